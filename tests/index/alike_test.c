/* What a walk over the vocabulary finds is what comparing with every word of it finds: on words of random phones that
 * share beginnings, for every pair of writing systems and so for every table of costs, with and without articles. */
#include "index/alike.h"

#include "index/branches.h"
#include "match/word.h"
#include "test.h"

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

static int by_phones(const void *left, const void *right) {
    const word *a = left, *b = right;
    if (a->bare != b->bare) return a->bare < b->bare ? -1 : 1;
    return mz_str_order((mz_str){(const char *)a->phones, a->count}, (mz_str){(const char *)b->phones, b->count});
}

typedef struct vocabulary {
    word words[WORDS];
    mz_sound_row rows[WORDS];
    uint8_t phones[WORDS * MZ_PHONES_MOST];
    mz_index index; /* only what a walk looks at */
} vocabulary;

static void lay_out(vocabulary *v, mz_sound_system system) {
    uint32_t size = 0;
    qsort(v->words, WORDS, sizeof v->words[0], by_phones);
    for (uint32_t i = 0; i < WORDS; i++) {
        const word *made = &v->words[i], *before = i ? made - 1 : made;
        uint8_t shared = 0;
        while (i && made->bare == before->bare && shared < made->count && shared < before->count &&
               made->phones[shared] == before->phones[shared])
            shared++;
        v->rows[i] = (mz_sound_row){.word = i,
                                    .phones = size,
                                    .phone_count = made->count,
                                    .bare = made->bare,
                                    .system = (uint8_t)system,
                                    .shared = shared};
        memcpy(v->phones + size, made->phones, made->count);
        size += made->count;
    }
    mz_branches branches;
    mz_branches_begin(&branches, WORDS);
    for (uint32_t i = WORDS; i-- > 0;)
        mz_branches_row(&branches, i, &v->rows[i], &v->rows[i].branch_end, &v->rows[i].branch_longest);
    v->index = (mz_index){.sounds = v->rows, .phones = v->phones, .sound_count = WORDS};
}

static void mark(void *context, uint32_t number) {
    uint8_t *found = context;
    found[number]++;
}

static bool alike(const word *query, mz_sound_system query_system, const word *listed, mz_sound_system listed_system) {
    bool turned;
    const mz_spelling *spelling = mz_spelling_between(query_system, listed_system, &turned);
    mz_sound left = {query->phones, query->count, query->bare}, right = {listed->phones, listed->count, listed->bare};
    return mz_sound_likeness(spelling, turned ? &right : &left, turned ? &left : &right, MZ_LIKENESS_FLOOR) > 0;
}

static size_t check_queries(mz_alike *walk, const vocabulary *v, mz_sound_system system, mz_sound_system query_system,
                            uint32_t longest, uint32_t kinds) {
    size_t alike_ones = 0;
    for (size_t q = 0; q < QUERIES; q++) {
        uint8_t found[WORDS] = {0};
        word query = v->words[chance(WORDS)];
        if (q % 3 == 0)
            invent(&query, longest, kinds);
        else
            damage(&query, kinds);
        mz_name_word asked = {
            .phones = query.phones, .phone_count = query.count, .bare = query.bare, .system = (uint8_t)query_system};
        mz_alike_find(walk, &v->index, &asked, mark, found);
        for (size_t i = 0; i < WORDS; i++) {
            bool is_alike = alike(&query, query_system, &v->words[i], system);
            mz_test_case("systems %d and %d, query %zu, word %zu", query_system, system, q, i);
            CHECK_INT(is_alike, found[i]);
            alike_ones += is_alike;
        }
    }
    return alike_ones;
}

TEST(a_walk_finds_each_word_that_is_alike_once_and_no_other) {
    mz_alike *walk = mz_alike_new();
    vocabulary *v = malloc(sizeof *v);
    size_t alike_ones = 0;
    CHECK(walk && v);
    for (uint32_t round = 0; round < 4; round++) {
        uint32_t longest = round < 2 ? 9 : round == 2 ? 20 : MZ_PHONES_MOST, kinds = round == 1 ? SOUNDS - 1 : 5;
        for (int system = 0; system < MZ_SOUND_SYSTEM_COUNT; system++) {
            for (size_t i = 0; i < WORDS; i++) {
                if (i % 2)
                    v->words[i] = v->words[chance((uint32_t)i)];
                else
                    invent(&v->words[i], longest, kinds);
                if (i % 4 == 1) damage(&v->words[i], kinds);
            }
            lay_out(v, (mz_sound_system)system);
            for (int other = 0; other < MZ_SOUND_SYSTEM_COUNT; other++)
                alike_ones += check_queries(walk, v, (mz_sound_system)system, (mz_sound_system)other, longest, kinds);
        }
    }
    CHECK(alike_ones > 10000); /* else little was tried */
    free(v);
    mz_alike_free(walk);
}

TEST(a_branch_is_all_words_that_begin_alike) {
    vocabulary *v = malloc(sizeof *v);
    CHECK(v != NULL);
    for (size_t i = 0; i < WORDS; i++) invent(&v->words[i], 8, 3);
    lay_out(v, MZ_SOUNDS_LATIN);
    for (uint32_t i = 0; i < WORDS; i++) {
        const mz_sound_row *row = &v->rows[i];
        size_t longest = 0;
        uint32_t end = i;
        size_t begin = row->shared + 1u;
        do {
            if (v->words[end].count > longest) longest = v->words[end].count;
            end++;
        } while (end < WORDS && v->words[end].bare == v->words[i].bare && begin <= row->phone_count &&
                 begin <= v->words[end].count && !memcmp(v->words[end].phones, v->words[i].phones, begin));
        mz_test_case("word %u", i);
        CHECK_INT(end, row->branch_end);
        CHECK_INT(longest, row->branch_longest);
    }
    free(v);
}

TEST_MAIN()
