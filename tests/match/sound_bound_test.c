/* Scans over blocks of words leave no word out that is within the floor, and find the same on every kind of processor:
 * for all pairs of writing systems, short words and long ones, with and without articles. */
#include "match/sound_bound.h"

#include "match/word.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

enum { LANES = MZ_BLOCK_LANES, BLOCKS = 6, WORDS = LANES * BLOCKS, ROUNDS = 400 };

static uint64_t state = 0x9E3779B97F4A7C15u;

static uint32_t chance(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % below;
}

typedef struct vocabulary {
    size_t count, bare; /* phones of each word */
    mz_sound_system system;
    uint8_t words[WORDS][MZ_PHONES_MOST];
    mz_block_column columns[BLOCKS * MZ_PHONES_MOST];
    uint8_t shared[BLOCKS];
} vocabulary;

static size_t compared; /* phones that by_phones compares */

static int by_phones(const void *a, const void *b) {
    return memcmp(a, b, compared);
}

/* Words begin alike, so that blocks share columns; many are near the query. */
static void invent(vocabulary *v, const uint8_t *query, size_t query_count, uint32_t kinds) {
    memset(v->words, 0, sizeof v->words);
    for (size_t w = 0; w < WORDS; w++) {
        size_t fresh = chance((uint32_t)v->count + 1), from = w ? chance((uint32_t)w) : 0;
        for (size_t i = 0; i < v->count; i++)
            v->words[w][i] = i < query_count ? query[i] : (uint8_t)(1 + chance(kinds) * (MZ_PHONE_COUNT - 1) / kinds);
        if (w % 3) memcpy(v->words[w], v->words[from], v->count);
        for (size_t i = v->count - fresh; i < v->count; i++)
            if (chance(2)) v->words[w][i] = (uint8_t)(1 + chance(kinds) * (MZ_PHONE_COUNT - 1) / kinds);
        size_t at = chance((uint32_t)v->count);
        uint8_t kept = v->words[w][at];
        if (w % 4 || at + 1 == v->count) continue;
        v->words[w][at] = v->words[w][at + 1];
        v->words[w][at + 1] = kept;
    }
    compared = v->count;
    qsort(v->words, WORDS, sizeof v->words[0], by_phones);
}

static void lay_out(vocabulary *v) {
    for (size_t b = 0; b < BLOCKS; b++) {
        const uint8_t *last = v->words[b * LANES + LANES - 1];
        size_t shared = 0;
        for (size_t i = 0; i < v->count; i++)
            for (size_t l = 0; l < LANES; l++)
                v->columns[b * v->count + i].at[l] = mz_block_code(v->words[b * LANES + l][i]);
        while (b && shared < v->count && v->words[(b - 1) * LANES][shared] == last[shared]) shared++;
        v->shared[b] = (uint8_t)shared;
    }
}

/* How alike a word of the vocabulary is by sound. */
static uint16_t likeness_of(const vocabulary *v, const mz_name_word *query, size_t w) {
    bool turned;
    const mz_spelling *spelling = mz_spelling_between((mz_sound_system)query->system, v->system, &turned);
    mz_sound asked = {query->phones, query->phone_count, query->bare}, listed = {v->words[w], v->count, v->bare};
    return turned ? mz_sound_likeness(spelling, &listed, &asked, MZ_LIKENESS_FLOOR)
                  : mz_sound_likeness(spelling, &asked, &listed, MZ_LIKENESS_FLOOR);
}

static void scan(const vocabulary *v, const mz_sound_bound *bound, mz_block_scan *by, mz_block_rows *rows,
                 uint64_t masks[BLOCKS]) {
    mz_block_run run = {.columns = v->columns, .shared = v->shared, .block_count = BLOCKS, .count = v->count};
    memset(masks, 0, BLOCKS * sizeof *masks);
    (void)by(bound, &run, rows, masks);
    run.bare = v->bare;
    if (run.bare) (void)by(bound, &run, rows, masks);
}

typedef struct tally {
    size_t alike, left, looked;
} tally;

static void check_round(vocabulary *v, mz_sound_bound *bound, mz_block_rows *rows, uint32_t kinds, tally *t) {
    uint8_t query[MZ_PHONES_MOST];
    uint32_t longest = chance(8) ? 10 : MZ_PHONES_MOST;
    static const uint16_t floors[] = {600, 600, 601, 700, 800, 950, 1000};
    uint16_t floor = floors[chance(sizeof floors / sizeof *floors)];
    mz_name_word asked = {.phones = query, .phone_count = (uint8_t)(1 + chance(longest))};
    asked.system = (uint8_t)chance(MZ_SOUND_SYSTEM_COUNT);
    asked.bare = (uint8_t)(asked.phone_count > 2 && chance(4) == 0 ? 2 : 0);
    for (size_t i = 0; i < asked.phone_count; i++)
        query[i] = (uint8_t)(1 + chance(kinds) * (MZ_PHONE_COUNT - 1) / kinds);
    v->count = asked.phone_count + chance(5);
    v->count = v->count > 2 ? v->count - 2 : 1;
    if (v->count > MZ_PHONES_MOST) v->count = MZ_PHONES_MOST;
    v->bare = v->count > 2 && chance(4) == 0 ? 1 + chance(3) : 0;
    v->system = (mz_sound_system)chance(MZ_SOUND_SYSTEM_COUNT);
    invent(v, query, asked.phone_count, kinds);
    lay_out(v);
    mz_sound_bound_start(bound, &asked, v->system, floor, v->count + chance(3), v->bare);
    mz_block_scan *scans[MZ_BLOCK_SCANS_MOST];
    size_t kinds_of_scans = mz_block_scans(scans);
    uint64_t plain[BLOCKS], fast[BLOCKS];
    scan(v, bound, scans[kinds_of_scans - 1], rows, plain);
    for (size_t s = 0; s + 1 < kinds_of_scans; s++) {
        scan(v, bound, scans[s], rows, fast);
        for (size_t b = 0; b < BLOCKS; b++) CHECK_INT((long long)plain[b], (long long)fast[b]);
    }
    for (size_t w = 0; w < WORDS; w++) {
        bool is_left = plain[w / LANES] >> w % LANES & 1, is_alike = likeness_of(v, &asked, w) >= floor;
        CHECK(is_left || !is_alike);
        t->alike += is_alike;
        t->left += is_left;
        t->looked++;
    }
}

TEST(a_scan_loses_no_word_and_is_the_same_on_every_processor) {
    vocabulary *v = calloc(1, sizeof *v);
    void *bound = aligned_alloc(LANES, sizeof(mz_sound_bound)), *rows = aligned_alloc(LANES, sizeof(mz_block_rows));
    tally t = {0, 0, 0};
    CHECK(v && bound && rows);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        mz_test_case("round %u", round);
        check_round(v, bound, rows, round % 2 ? 6 : MZ_PHONE_COUNT - 1, &t);
    }
    CHECK(t.alike > t.looked / 20);   /* else little was tried */
    CHECK(t.left < t.looked * 3 / 4); /* else little is ruled out */
    CHECK(t.left < t.alike * 3);      /* and most of what is left is alike */
    free(v);
    free(bound);
    free(rows);
}

TEST_MAIN()
