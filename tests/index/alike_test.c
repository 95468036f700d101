/* What a walk over the vocabulary finds is what comparing with every word of it finds: on words of random phones that
 * share beginnings, for every pair of writing systems and so for every table of costs, with and without articles. */
#include "index/alike.h"

#include "index/blocks.h"
#include "match/word.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

enum { WORDS = 400, QUERIES = 12, SOUNDS = MZ_PHONE_COUNT };

static uint64_t state = 0x9E3779B97F4A7C15u;

static uint32_t chance(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % below;
}

typedef struct word {
    uint8_t phones[MZ_PHONES_MOST];
    uint8_t count, bare;
} word;

/* Phones in use are few or many, so that words are alike or not. */
static void invent(word *made, uint32_t longest, uint32_t kinds) {
    made->count = (uint8_t)(1 + chance(longest));
    for (size_t p = 0; p < made->count; p++) made->phones[p] = (uint8_t)(1 + chance(kinds) * (SOUNDS - 1) / kinds);
    made->bare = (uint8_t)(made->count > 2 && chance(4) == 0 ? 2 : 0);
}

/* Another spelling of a word: phones changed, left out, added, in exchanged order. */
static void damage(word *made, uint32_t kinds) {
    for (uint32_t n = chance(4); n > 0; n--) {
        size_t at = chance(made->count);
        uint8_t other = (uint8_t)(1 + chance(kinds) * (SOUNDS - 1) / kinds), kept = made->phones[at];
        switch (chance(4)) {
        case 0: made->phones[at] = other; break;
        case 1:
            if (made->count < 4) break;
            memmove(made->phones + at, made->phones + at + 1, made->count - at - 1u);
            made->count--;
            break;
        case 2:
            if (made->count == MZ_PHONES_MOST) break;
            memmove(made->phones + at + 1, made->phones + at, made->count - at);
            made->phones[at] = other;
            made->count++;
            break;
        default:
            if (at + 1u == made->count) break;
            made->phones[at] = made->phones[at + 1];
            made->phones[at + 1] = kept;
        }
    }
    if (made->bare > made->count) made->bare = 0;
}

static int by_sound(const void *left, const void *right) {
    const word *a = left, *b = right;
    if (a->bare != b->bare) return a->bare < b->bare ? -1 : 1;
    return mz_blocks_order(a->phones, a->count, b->phones, b->count);
}

typedef struct vocabulary {
    word words[WORDS];
    mz_word_row rows[WORDS];
    uint8_t phones[WORDS * MZ_PHONES_MOST], kinds[WORDS];
    mz_buffer groups, columns;
    mz_index index; /* only what a search looks at */
} vocabulary;

static void lay_out(vocabulary *v, mz_sound_system system) {
    static const mz_script scripts[MZ_SOUND_SYSTEM_COUNT] = {
        [MZ_SOUNDS_ARABIC] = MZ_SCRIPT_ARABIC, [MZ_SOUNDS_HEBREW] = MZ_SCRIPT_HEBREW,
        [MZ_SOUNDS_HAN] = MZ_SCRIPT_HAN,       [MZ_SOUNDS_HANGUL] = MZ_SCRIPT_HANGUL,
        [MZ_SOUNDS_KANA] = MZ_SCRIPT_KANA,     [MZ_SOUNDS_CYRILLIC] = MZ_SCRIPT_CYRILLIC,
        [MZ_SOUNDS_GREEK] = MZ_SCRIPT_GREEK,   [MZ_SOUNDS_LATIN] = MZ_SCRIPT_LATIN};
    mz_buffer *buffers[] = {&v->groups, &v->columns};
    uint32_t size = 0;
    qsort(v->words, WORDS, sizeof v->words[0], by_sound);
    for (uint32_t i = 0; i < WORDS; i++) {
        const word *made = &v->words[i];
        v->rows[i] = (mz_word_row){.phones = size,
                                   .phone_count = made->count,
                                   .bare = made->bare,
                                   .system = (uint8_t)system,
                                   .script = (uint8_t)scripts[system]};
        memcpy(v->phones + size, made->phones, made->count);
        v->kinds[i] = MZ_KIND_APART; /* so that all is looked at */
        size += made->count;
    }
    for (size_t b = 0; b < sizeof buffers / sizeof *buffers; b++) {
        if (!buffers[b]->ceiling) mz_buffer_init(buffers[b], 1 << 24);
        mz_buffer_clear(buffers[b]);
    }
    mz_blocks_make(v->rows, WORDS, v->phones, &v->groups, &v->columns);
    v->index = (mz_index){.words = v->rows,
                          .phones = v->phones,
                          .kinds = v->kinds,
                          .text = "",
                          .word_count = WORDS,
                          .sound_groups = (const void *)v->groups.data,
                          .sound_columns = (const void *)v->columns.data,
                          .sound_group_count = (uint32_t)(v->groups.size / sizeof(mz_sound_group))};
    CHECK(mz_blocks_wrong(&v->index, (uint32_t)(v->columns.size / MZ_BLOCK_LANES)) == NULL);
}

static void done(vocabulary *v) {
    mz_buffer_done(&v->groups);
    mz_buffer_done(&v->columns);
    free(v);
}

typedef struct finding {
    uint8_t times[WORDS];
    uint16_t likeness[WORDS];
} finding;

static void mark(void *context, uint32_t number, uint16_t likeness) {
    finding *found = context;
    found->times[number]++;
    found->likeness[number] = likeness;
}

static uint32_t name_it(mz_name_word *named, const word *from, mz_sound_system system, char *text) {
    (void)snprintf(text, 8, "%u", chance(1000));
    *named = (mz_name_word){.folded = mz_str_of(text),
                            .phones = from->phones,
                            .phone_count = from->count,
                            .bare = from->bare,
                            .system = (uint8_t)system};
    return from->count;
}

static size_t check_queries(vocabulary *v, mz_sound_system query_system, uint32_t longest, uint32_t kinds) {
    size_t alike_ones = 0;
    mz_alike *search = mz_alike_new(&v->index);
    CHECK(search != NULL);
    for (size_t q = 0; q < QUERIES; q++) {
        static const uint16_t floors[] = {600, 600, 601, 700, 755, 900, 999, 1000};
        uint16_t floor = floors[chance(sizeof floors / sizeof *floors)];
        char text[8];
        finding found = {{0}, {0}};
        word query = v->words[chance(WORDS)];
        if (q % 3 == 0)
            invent(&query, longest, kinds);
        else
            damage(&query, kinds);
        mz_name_word asked;
        (void)name_it(&asked, &query, query_system, text);
        mz_alike_find(search, &asked, floor, mark, &found);
        for (uint32_t i = 0; i < WORDS; i++) {
            mz_name_word other;
            mz_index_word(&v->index, i, &other);
            uint16_t likeness = mz_word_likeness(&asked, &other);
            bool is_alike = likeness >= floor;
            mz_test_case("systems %d and %d, query %zu, floor %u, word %u", (int)query_system, (int)v->rows[i].system,
                         q, floor, i);
            CHECK_INT(is_alike, found.times[i]);
            if (is_alike) CHECK_INT(likeness, found.likeness[i]);
            alike_ones += is_alike;
        }
    }
    mz_alike_free(search);
    return alike_ones;
}

static void invent_words(vocabulary *v, uint32_t longest, uint32_t kinds) {
    for (size_t i = 0; i < WORDS; i++) {
        if (i % 2)
            v->words[i] = v->words[chance((uint32_t)i)];
        else
            invent(&v->words[i], longest, kinds);
        if (i % 4 == 1) damage(&v->words[i], kinds);
    }
}

TEST(a_search_finds_each_word_that_is_alike_once_and_no_other) {
    vocabulary *v = calloc(1, sizeof *v);
    size_t alike_ones = 0;
    CHECK(v != NULL);
    for (uint32_t round = 0; round < 4; round++) {
        uint32_t longest = round < 2 ? 9 : round == 2 ? 20 : MZ_PHONES_MOST, kinds = round == 1 ? SOUNDS - 1 : 5;
        for (int system = 0; system < MZ_SOUND_SYSTEM_COUNT; system++) {
            invent_words(v, longest, kinds);
            lay_out(v, (mz_sound_system)system);
            for (int other = 0; other < MZ_SOUND_SYSTEM_COUNT; other++)
                alike_ones += check_queries(v, (mz_sound_system)other, longest, kinds);
        }
    }
    CHECK(alike_ones > 10000); /* else little was tried */
    done(v);
}

TEST_MAIN()
