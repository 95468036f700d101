/* Scans over blocks of words leave no word out that is within the floor, their alignments say what one alignment after
 * the other says, and every kind of processor finds the same: for all pairs of writing systems, short words and long
 * ones, with and without articles. */
#include "match/sound_scan.h"
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
} vocabulary;

/* A query, and what scans need for it; larger than a stack likes. */
typedef struct search {
    mz_sound_bound bound;
    mz_sound_cells cells;
    mz_cells_rows rows;
    mz_block_batch batch;
    mz_name_word asked;
    uint8_t phones[MZ_PHONES_MOST];
    uint16_t floor;
    const mz_block_scan *scans[MZ_BLOCK_SCANS_MOST];
    size_t scan_count;
} search;

typedef struct tally {
    size_t alike, left, looked, exact, dear;
} tally;

static uint8_t any_phone(uint32_t kinds) {
    return (uint8_t)(1 + chance(kinds) * (MZ_PHONE_COUNT - 1) / kinds);
}

static void exchange_two(uint8_t *phones, size_t count) {
    size_t at = chance((uint32_t)count);
    if (at + 1 == count) return;
    uint8_t kept = phones[at];
    phones[at] = phones[at + 1];
    phones[at + 1] = kept;
}

/* Many are near the query, some with phones in exchanged order. */
static void invent(vocabulary *v, const search *s, uint32_t kinds) {
    memset(v->words, 0, sizeof v->words);
    for (size_t w = 0; w < WORDS; w++) {
        uint8_t *word = v->words[w];
        size_t fresh = chance((uint32_t)v->count + 1), from = w ? chance((uint32_t)w) : 0;
        for (size_t i = 0; i < v->count; i++) word[i] = i < s->asked.phone_count ? s->phones[i] : any_phone(kinds);
        if (w % 3) memcpy(word, v->words[from], v->count);
        for (size_t i = v->count - fresh; i < v->count; i++)
            if (chance(2)) word[i] = any_phone(kinds);
        if (w % 4 == 0) exchange_two(word, v->count);
        if (w % 16 == 0) memcpy(word, s->phones, v->count < s->asked.phone_count ? v->count : s->asked.phone_count);
        if (w % 16 == 0) exchange_two(word, v->count);
        for (size_t i = 0; i < v->count; i++)
            v->columns[w / LANES * v->count + i].at[w % LANES] = mz_block_code(word[i]);
    }
}

static void begin(vocabulary *v, search *s, uint32_t kinds) {
    static const uint16_t floors[] = {600, 600, 601, 700, 800, 950, 1000};
    uint32_t longest = chance(8) ? 10 : MZ_PHONES_MOST;
    s->floor = floors[chance(sizeof floors / sizeof *floors)];
    s->asked = (mz_name_word){.phones = s->phones, .phone_count = (uint8_t)(1 + chance(longest))};
    s->asked.system = (uint8_t)chance(MZ_SOUND_SYSTEM_COUNT);
    s->asked.bare = (uint8_t)(s->asked.phone_count > 2 && chance(4) == 0 ? 2 : 0);
    for (size_t i = 0; i < s->asked.phone_count; i++) s->phones[i] = any_phone(kinds);
    v->count = s->asked.phone_count + chance(5);
    v->count = v->count > 2 ? v->count - 2 : 1;
    if (v->count > MZ_PHONES_MOST) v->count = MZ_PHONES_MOST;
    v->bare = v->count > 2 && chance(4) == 0 ? 1 + chance(3) : 0;
    v->system = (mz_sound_system)chance(MZ_SOUND_SYSTEM_COUNT);
    invent(v, s, kinds);
    mz_sound_bound_start(&s->bound, &s->asked, v->system, s->floor);
}

/* How alike a word of the vocabulary is by sound. */
static uint16_t likeness_of(const vocabulary *v, const search *s, size_t w) {
    bool turned;
    const mz_spelling *spelling = mz_spelling_between((mz_sound_system)s->asked.system, v->system, &turned);
    mz_sound asked = {s->phones, s->asked.phone_count, s->asked.bare}, listed = {v->words[w], v->count, v->bare};
    return turned ? mz_sound_likeness(spelling, &listed, &asked, MZ_LIKENESS_FLOOR)
                  : mz_sound_likeness(spelling, &asked, &listed, MZ_LIKENESS_FLOOR);
}

static unsigned sizes_of(const vocabulary *v, const search *s, size_t w) {
    mz_sound_sides sides = mz_sound_sides_of((mz_sound_system)s->asked.system, v->system, s->floor);
    return mz_phones_size(s->phones, s->asked.phone_count, sides.query_sizes) +
           mz_phones_size(v->words[w], v->count, sides.sizes);
}

static bool has_digits(const vocabulary *v, const search *s, size_t w) {
    bool digits = false;
    for (size_t i = 0; i < v->count; i++) digits |= v->words[w][i] >= MZ_BLOCK_DIGIT;
    for (size_t i = 0; i < s->asked.phone_count; i++) digits |= s->phones[i] >= MZ_BLOCK_DIGIT;
    return digits;
}

/* ---- words that are left ---- */

static void leave(const vocabulary *v, const search *s, const mz_block_scan *scan, uint64_t masks[BLOCKS]) {
    mz_block_run run = {.columns = v->columns, .block_count = BLOCKS, .count = v->count};
    memset(masks, 0, BLOCKS * sizeof *masks);
    scan->leave(&s->bound, &run, masks);
    run.bare = v->bare;
    if (run.bare) scan->leave(&s->bound, &run, masks);
}

static void check_left(const vocabulary *v, const search *s, tally *t) {
    uint64_t plain[BLOCKS], fast[BLOCKS];
    leave(v, s, s->scans[s->scan_count - 1], plain);
    for (size_t k = 0; k + 1 < s->scan_count; k++) {
        leave(v, s, s->scans[k], fast);
        for (size_t b = 0; b < BLOCKS; b++) CHECK_INT((long long)plain[b], (long long)fast[b]);
    }
    for (size_t w = 0; w < WORDS; w++) {
        bool is_left = plain[w / LANES] >> w % LANES & 1, is_alike = likeness_of(v, s, w) >= s->floor;
        CHECK(is_left || !is_alike);
        t->alike += is_alike;
        t->left += is_left;
        t->looked++;
    }
}

/* ---- words put together ---- */

static void check_gathered(const vocabulary *v, search *s, uint64_t mask) {
    size_t before = chance(LANES);
    for (size_t k = 0; k < s->scan_count; k++) {
        size_t at = before;
        s->batch.count = before;
        memset(s->batch.phones, 0, sizeof s->batch.phones);
        s->scans[k]->gather(v->columns, v->count, mask, &s->batch);
        for (size_t lane = 0; lane < LANES; lane++) {
            if (!(mask >> lane & 1)) continue;
            CHECK_INT((long long)lane, s->batch.lanes[at]);
            for (size_t i = 0; i < v->count; i++) CHECK_INT(v->columns[i].at[lane], s->batch.phones[i][at]);
            at++;
        }
        CHECK_INT((long long)at, (long long)s->batch.count);
    }
}

/* ---- words aligned ---- */

static void check_costs(const vocabulary *v, const search *s, const mz_cells_costs *costs, uint64_t within, size_t b,
                        tally *t) {
    for (size_t lane = 0; lane < LANES; lane++) {
        size_t w = b * LANES + lane;
        uint16_t likeness = likeness_of(v, s, w);
        unsigned sizes = sizes_of(v, s, w), cost = mz_cells_cost(costs, lane);
        bool is_within = within >> lane & 1;
        CHECK(is_within || likeness < s->floor);
        if (!is_within || has_digits(v, s, w)) continue;
        uint16_t told = (uint16_t)(sizes && cost <= mz_likeness_budget(sizes, MZ_LIKENESS_FLOOR)
                                       ? MZ_LIKENESS_SAME - 2 * MZ_LIKENESS_SAME * cost / sizes
                                       : 0);
        CHECK_INT(likeness, told);
        t->exact++;
        t->dear += cost > UINT8_MAX;
    }
}

static void check_aligned(const vocabulary *v, search *s, size_t b, tally *t) {
    mz_cells_costs plain, fast;
    const mz_cells_words words = {v->columns[b * v->count].at, LANES, v->count, v->bare};
    mz_sound_cells_start(&s->cells, &s->asked, v->system, s->floor);
    uint64_t within = s->scans[s->scan_count - 1]->align(&s->cells, &words, &s->rows, &plain);
    for (size_t k = 0; k + 1 < s->scan_count; k++) {
        CHECK_INT((long long)within, (long long)s->scans[k]->align(&s->cells, &words, &s->rows, &fast));
        for (size_t lane = 0; lane < LANES; lane++)
            if (within >> lane & 1) CHECK_INT(mz_cells_cost(&plain, lane), mz_cells_cost(&fast, lane));
    }
    check_costs(v, s, &plain, within, b, t);
}

TEST(a_scan_loses_no_word_and_is_the_same_on_every_processor) {
    vocabulary *v = calloc(1, sizeof *v);
    search *s = aligned_alloc(LANES, (sizeof *s + LANES - 1) / LANES * LANES);
    tally t = {.alike = 0};
    CHECK(v && s);
    s->scan_count = mz_block_scans(s->scans);
    for (uint32_t round = 0; round < ROUNDS; round++) {
        mz_test_case("round %u", round);
        begin(v, s, round % 2 ? 6 : MZ_PHONE_COUNT - 1);
        check_left(v, s, &t);
        check_gathered(v, s, state & (state >> 7 | state << 9));
        for (size_t b = 0; b < BLOCKS; b++) check_aligned(v, s, b, &t);
    }
    CHECK(t.alike > t.looked / 20);   /* else little was tried */
    CHECK(t.left < t.looked * 3 / 4); /* else little is ruled out */
    CHECK(t.exact > t.alike / 10);    /* or few aligned */
    CHECK(t.dear > t.exact / 100);    /* or few that bytes do not hold */
    free(v);
    free(s);
}

TEST_MAIN()
