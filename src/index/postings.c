#include "index/postings.h"

#include "base/error.h"
#include "match/name_score.h"

#include <stdlib.h>

enum { OWN_CODES = MZ_CODE_COUNT / 2, SHORT_LIST = 24, KEYS = 1 << 7 };

mz_word_rank mz_rank_of_word(const mz_word_row *word) {
    if (word->weight <= MZ_LIGHT_WEIGHT) return MZ_RANK_LIGHT;
    return word->class == MZ_WORD_PLAIN && word->weight > MZ_FULL_WEIGHT ? MZ_RANK_FULL : MZ_RANK_HALF;
}

uint8_t mz_posting_key(const uint32_t counts[MZ_RANK_FULL + 1], mz_word_rank own) {
    uint32_t full = counts[MZ_RANK_FULL] - (own == MZ_RANK_FULL), half = counts[MZ_RANK_HALF] - (own == MZ_RANK_HALF),
             light = counts[MZ_RANK_LIGHT] - (own == MZ_RANK_LIGHT);
    if (full + half > MZ_CONTEXT_MOST) return (uint8_t)(MZ_KEY_OPEN | (light > 0));
    return (uint8_t)(full << 4 | half << 1 | (light > 0));
}

/* ---- codes ---- */

typedef struct used_word {
    uint32_t postings, word;
} used_word;

static int most_used_first(const void *left, const void *right) {
    const used_word *a = left, *b = right;
    if (a->postings != b->postings) return a->postings > b->postings ? -1 : 1;
    return (a->word > b->word) - (a->word < b->word);
}

static void give_code(mz_postings *postings, const mz_word_row *words, uint32_t word, uint32_t code) {
    mz_code_row *shape = &postings->shapes[code];
    postings->codes[word] = (uint16_t)code;
    if (code == postings->code_count)
        postings->shapes[postings->code_count++] =
            (mz_code_row){.class = words[word].class, .weight = words[word].weight};
    else if (words[word].weight < shape->weight)
        shape->weight = words[word].weight;
}

/* Words that share a code are of one class and nearly one weight, so that the least of what they weigh says much. */
enum { KINDS = 16 * MZ_WORD_CLASS_COUNT };
static unsigned kind_of(const mz_word_row *word) {
    return word->class * 16u + word->weight / 10u;
}

static bool without_code(const mz_postings *postings, const mz_word_row *words, uint32_t word) {
    return postings->codes[word] == MZ_CODE_NONE && mz_rank_of_word(&words[word]) != MZ_RANK_LIGHT;
}

static void share_codes(mz_postings *postings, const mz_word_row *words, uint32_t word_count, uint32_t rest) {
    uint32_t given[KINDS] = {0}, code[KINDS] = {0}, room = MZ_CODE_COUNT - postings->code_count - KINDS;
    uint32_t together = (rest + room - 1) / room; /* words to a code; the last code of a kind may have fewer */
    for (uint32_t w = 0; w < word_count; w++) {
        if (!without_code(postings, words, w)) continue;
        unsigned kind = kind_of(&words[w]);
        if (given[kind]++ % together == 0) code[kind] = postings->code_count;
        give_code(postings, words, w, code[kind]);
    }
}

static mz_status make_codes(mz_postings *postings, const mz_word_row *words, uint32_t word_count, mz_error *error) {
    postings->codes = calloc((size_t)word_count + 1, sizeof *postings->codes);
    postings->shapes = calloc(MZ_CODE_COUNT, sizeof *postings->shapes);
    used_word *used = malloc(((size_t)word_count + 1) * sizeof *used);
    if (!postings->codes || !postings->shapes || !used) {
        free(used);
        return mz_fail_memory(error);
    }
    uint32_t count = 0;
    postings->code_count = 1; /* MZ_CODE_NONE */
    for (uint32_t w = 0; w < word_count; w++)
        if (mz_rank_of_word(&words[w]) != MZ_RANK_LIGHT) used[count++] = (used_word){words[w].posting_count, w};
    uint32_t own = count < MZ_CODE_COUNT ? count : OWN_CODES;
    if (own < count) qsort(used, count, sizeof *used, most_used_first);
    for (uint32_t k = 0; k < own; k++) give_code(postings, words, used[k].word, postings->code_count);
    free(used);
    if (own < count) share_codes(postings, words, word_count, count - own);
    return MZ_OK;
}

/* ---- postings ---- */

typedef struct names_view {
    const mz_name_row *names;
    const mz_name_word_row *uses;
    const mz_word_row *words;
} names_view;

static bool first_of_its_kind(const mz_name_word_row *uses, uint32_t at) {
    for (uint32_t i = 0; i < at; i++)
        if (uses[i].word == uses[at].word) return false;
    return true;
}

/* Counts postings of all words (`names` NULL), or enters each name behind those that are there. */
static void spread(const names_view *of, uint32_t name_count, mz_word_row *words, uint32_t *names) {
    for (uint32_t n = 0; n < name_count; n++) {
        const mz_name_word_row *uses = of->uses + of->names[n].first_word;
        for (uint32_t i = 0; i < of->names[n].word_count; i++) {
            if (!first_of_its_kind(uses, i)) continue;
            mz_word_row *word = &words[uses[i].word];
            if (names) names[word->first_posting + word->posting_count] = n;
            word->posting_count++;
        }
    }
}

static void count_ranks(const names_view *of, uint32_t name, uint32_t counts[MZ_RANK_FULL + 1]) {
    const mz_name_row *row = &of->names[name];
    memset(counts, 0, (MZ_RANK_FULL + 1) * sizeof *counts);
    for (uint32_t i = row->first_word; i < row->first_word + row->word_count; i++)
        counts[mz_rank_of_word(&of->words[of->uses[i].word])]++;
}

/* Stable, by counting; `room` holds as many names as a word has postings. */
static void sort_by_key(uint32_t *names, uint8_t *keys, uint32_t count, uint32_t *room) {
    uint32_t at[KEYS + 1] = {0};
    for (uint32_t p = 0; p < count; p++) at[keys[p] + 1]++;
    for (unsigned k = 0; k < KEYS; k++) at[k + 1] += at[k];
    for (uint32_t p = 0; p < count; p++) room[at[keys[p]]++] = names[p];
    memcpy(names, room, count * sizeof *names);
    for (uint32_t p = 0, k = 0; p < count; p++) {
        while (at[k] <= p) k++;
        keys[p] = (uint8_t)k;
    }
}

static void insert_by_key(uint32_t *names, uint8_t *keys, uint32_t count) {
    for (uint32_t p = 1; p < count; p++) {
        uint32_t name = names[p], at = p;
        uint8_t key = keys[p];
        for (; at > 0 && keys[at - 1] > key; at--) names[at] = names[at - 1], keys[at] = keys[at - 1];
        names[at] = name, keys[at] = key;
    }
}

/* Codes of a name's words but one, the full ones first. */
static uint16_t *put_context(const names_view *of, const mz_postings *postings, uint32_t name, uint32_t own,
                             uint16_t *into) {
    const mz_name_row *row = &of->names[name];
    for (int rank = MZ_RANK_FULL; rank > MZ_RANK_LIGHT; rank--) {
        bool passed = false;
        for (uint32_t i = row->first_word; i < row->first_word + row->word_count; i++) {
            uint32_t word = of->uses[i].word;
            if (mz_rank_of_word(&of->words[word]) != (mz_word_rank)rank) continue;
            if (word == own && !passed) {
                passed = true;
                continue;
            }
            *into++ = postings->codes[word];
        }
    }
    return into;
}

static mz_status key_postings(const names_view *of, mz_word_row *words, uint32_t word_count, uint32_t most,
                              mz_postings *postings, mz_error *error) {
    uint32_t *room = malloc(((size_t)most + 1) * sizeof *room);
    uint64_t codes = 0;
    if (!room) return mz_fail_memory(error);
    for (uint32_t w = 0; w < word_count; w++) {
        uint32_t *names = postings->names + words[w].first_posting, count = words[w].posting_count;
        uint8_t *keys = postings->keys + words[w].first_posting;
        mz_word_rank rank = mz_rank_of_word(&words[w]);
        for (uint32_t p = 0; p < count; p++) {
            uint32_t ranks[MZ_RANK_FULL + 1];
            count_ranks(of, names[p], ranks);
            keys[p] = mz_posting_key(ranks, rank);
            codes += mz_key_codes(keys[p]);
        }
        if (count > SHORT_LIST)
            sort_by_key(names, keys, count, room);
        else
            insert_by_key(names, keys, count);
    }
    free(room);
    if (codes >= UINT32_MAX) return mz_fail(error, MZ_ERR_LIMIT, "the lists are too large for one image");
    postings->context_count = (uint32_t)codes;
    return MZ_OK;
}

static void make_contexts(const names_view *of, mz_word_row *words, uint32_t word_count, mz_postings *postings) {
    uint16_t *at = postings->contexts;
    for (uint32_t w = 0; w < word_count; w++) {
        words[w].first_context = (uint32_t)(at - postings->contexts);
        for (uint32_t p = words[w].first_posting; p < words[w].first_posting + words[w].posting_count; p++)
            if (mz_key_codes(postings->keys[p])) at = put_context(of, postings, postings->names[p], w, at);
    }
}

static mz_status make(const names_view *of, uint32_t name_count, mz_word_row *words, uint32_t word_count,
                      mz_postings *postings, mz_error *error) {
    uint64_t count = 0;
    uint32_t most = 0;
    for (uint32_t w = 0; w < word_count; w++) words[w].posting_count = 0;
    spread(of, name_count, words, NULL);
    for (uint32_t w = 0; w < word_count; w++) {
        words[w].first_posting = (uint32_t)count;
        count += words[w].posting_count;
        if (most < words[w].posting_count) most = words[w].posting_count;
    }
    if (count >= UINT32_MAX) return mz_fail(error, MZ_ERR_LIMIT, "the lists are too large for one image");
    postings->posting_count = (uint32_t)count;
    mz_status status = make_codes(postings, words, word_count, error);
    if (status) return status;
    postings->names = malloc((count + 1) * sizeof *postings->names);
    postings->keys = malloc(count + 1);
    if (!postings->names || !postings->keys) return mz_fail_memory(error);
    for (uint32_t w = 0; w < word_count; w++) words[w].posting_count = 0;
    spread(of, name_count, words, postings->names);
    status = key_postings(of, words, word_count, most, postings, error);
    if (status) return status;
    postings->contexts = malloc(((size_t)postings->context_count + 1) * sizeof *postings->contexts);
    if (!postings->contexts) return mz_fail_memory(error);
    make_contexts(of, words, word_count, postings);
    return MZ_OK;
}

mz_status mz_postings_make(const mz_name_row *names, uint32_t name_count, const mz_name_word_row *uses,
                           mz_word_row *words, uint32_t word_count, mz_postings *ret_postings, mz_error *error) {
    const names_view of = {names, uses, words};
    mz_postings postings = {.names = NULL};
    mz_status status = make(&of, name_count, words, word_count, &postings, error);
    if (status)
        mz_postings_done(&postings);
    else
        *ret_postings = postings;
    return status;
}

void mz_postings_done(mz_postings *postings) {
    free(postings->names);
    free(postings->keys);
    free(postings->contexts);
    free(postings->codes);
    free(postings->shapes);
}
