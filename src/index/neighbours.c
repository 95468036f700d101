#include "index/neighbours.h"

#include "index/postings.h"
#include "match/word.h"

#include <stdlib.h>

enum { SIEVE_WORDS = MZ_CODE_COUNT / 64 };

bool mz_neighbours_init(mz_neighbours *n, const mz_index *index) {
    n->index = index;
    n->alike = mz_alike_new(index);
    n->pairs = malloc(((size_t)index->word_count + 1) * sizeof *n->pairs);
    n->sieve = calloc(SIEVE_WORDS, sizeof *n->sieve);
    return n->alike && n->pairs && n->sieve;
}

void mz_neighbours_done(mz_neighbours *n) {
    for (size_t i = 0; i < MZ_NAME_WORDS_MOST; i++) {
        free(n->words[i].likeness);
        free(n->words[i].compared);
        free(n->words[i].codes);
    }
    mz_alike_free(n->alike);
    mz_remembered_done(&n->remembered);
    free(n->pairs);
    free(n->sieve);
}

static bool prepare_word(mz_neighbours *n, mz_query_word *word) {
    size_t words = (size_t)n->index->word_count + 1;
    if (!word->likeness) {
        word->likeness = calloc(words, sizeof *word->likeness);
        word->compared = malloc(words * sizeof *word->compared);
        word->codes = malloc(MZ_CODE_COUNT * sizeof *word->codes);
        if (!word->likeness || !word->compared || !word->codes) {
            free(word->likeness), free(word->compared), free(word->codes);
            word->likeness = NULL, word->compared = NULL, word->codes = NULL;
            return false;
        }
    }
    for (uint32_t k = 0; k < word->compared_count; k++) word->likeness[word->compared[k]] = 0;
    word->compared_count = word->code_count = 0;
    word->searched = word->sifted = false;
    return true;
}

bool mz_neighbours_start(mz_neighbours *n, const mz_name *query, mz_work *work) {
    n->query = query;
    n->work = work;
    for (size_t i = 0; i < query->count; i++)
        if (!prepare_word(n, &n->words[i])) return false;
    return true;
}

static void note(mz_query_word *word, uint32_t number, uint16_t likeness) {
    if (word->likeness[number]) return;
    word->likeness[number] = (uint16_t)(likeness + 1);
    word->compared[word->compared_count++] = number;
}

uint16_t mz_neighbours_compare(mz_neighbours *n, size_t i, uint32_t number) {
    mz_query_word *word = &n->words[i];
    if (word->likeness[number]) return (uint16_t)(word->likeness[number] - 1);
    mz_name_word other;
    mz_index_word(n->index, number, &other);
    uint16_t likeness = mz_word_likeness(&n->query->words[i], &other);
    mz_work_count(n->work, MZ_PLAN_WORDS_COMPARED, 1);
    mz_work_count(n->work, MZ_PLAN_CELLS_ALIGNED, (uint64_t)n->query->words[i].phone_count * other.phone_count);
    note(word, number, likeness);
    return likeness;
}

static void note_found(void *context, uint32_t word, uint16_t likeness) {
    mz_neighbours *n = context;
    mz_query_word *of = &n->words[n->looking];
    if (!of->likeness[word]) note(of, word, likeness);
}

static void look_up_groups(mz_neighbours *n, size_t i) {
    const mz_name_word *word = &n->query->words[i];
    for (size_t g = 0; g < MZ_WORD_GROUPS_MOST && word->groups[g]; g++) {
        const uint32_t *words;
        size_t count = mz_index_group(n->index, word->groups[g], &words);
        for (size_t k = 0; k < count; k++) (void)mz_neighbours_compare(n, i, words[k]);
    }
}

/* Enters what was found when the word was looked for before; false when it was not. */
static bool recall(mz_neighbours *n, size_t i, uint16_t share) {
    size_t count;
    uint64_t cost;
    const mz_likeness_pair *pairs = mz_remembered_find(&n->remembered, &n->query->words[i], share, &count, &cost);
    if (!pairs) return false;
    mz_work_count(n->work, MZ_PLAN_WORDS_REMEMBERED, 1);
    mz_work_count(n->work, MZ_PLAN_WORDS_ALIKE, count);
    mz_work_charge(n->work, cost);
    for (size_t k = 0; k < count; k++) note(&n->words[i], pairs[k].word, pairs[k].likeness);
    return true;
}

static void remember(mz_neighbours *n, size_t i, uint16_t share, uint64_t cost) {
    const mz_query_word *word = &n->words[i];
    size_t count = 0;
    for (uint32_t k = 0; k < word->compared_count; k++) {
        uint16_t likeness = (uint16_t)(word->likeness[word->compared[k]] - 1);
        if (likeness) n->pairs[count++] = (mz_likeness_pair){word->compared[k], likeness};
    }
    mz_work_count(n->work, MZ_PLAN_WORDS_ALIKE, count);
    mz_remembered_put(&n->remembered, &n->query->words[i], share, n->pairs, count, cost);
}

/* After a search as after a recollection: what was compared in vain is not known, so that the same is charged for
 * comparing it once more. */
static void forget_unlike(mz_query_word *word) {
    uint32_t kept = 0;
    for (uint32_t k = 0; k < word->compared_count; k++) {
        uint32_t number = word->compared[k];
        if (word->likeness[number] > 1)
            word->compared[kept++] = number;
        else
            word->likeness[number] = 0;
    }
    word->compared_count = kept;
}

static void count_alike(mz_neighbours *n) {
    mz_work_count(n->work, MZ_PLAN_ROWS_WALKED, mz_alike_count(n->alike).rows);
    mz_work_count(n->work, MZ_PLAN_WORDS_ALIGNED, mz_alike_count(n->alike).words);
}

void mz_neighbours_find(mz_neighbours *n, size_t i, uint16_t share) {
    const mz_name_word *word = &n->query->words[i];
    bool initial = word->class == MZ_WORD_INITIAL;
    if (n->words[i].searched) return;
    /* words that an initial may stand for are many, and never a meeting in earnest: compared when asked for */
    n->words[i].searched = !initial;
    n->words[i].share = share;
    if (!initial && recall(n, i, share)) return;
    uint64_t before = n->work->plan.work;
    mz_work_count(n->work, MZ_PLAN_WORDS_SEARCHED, 1);
    for (uint32_t k = 0; k < n->index->special_count; k++) (void)mz_neighbours_compare(n, i, n->index->special[k]);
    n->looking = i;
    if (word->phone_count) {
        mz_alike_find(n->alike, word, share, note_found, n);
        count_alike(n);
    }
    look_up_groups(n, i);
    if (!initial) remember(n, i, share, n->work->plan.work - before);
    if (!initial) forget_unlike(&n->words[i]);
}

/* ---- sifting ---- */

static void sift_in(void *context, uint32_t word) {
    mz_neighbours *n = context;
    uint16_t code = n->index->word_codes[word];
    if (code == MZ_CODE_NONE)
        (void)mz_neighbours_compare(n, n->looking, word);
    else
        n->sieve[code / 64] |= UINT64_C(1) << code % 64;
}

/* Light words that are alike are remembered with the codes. */
static void remember_light(mz_neighbours *n, size_t i) {
    const mz_query_word *word = &n->words[i];
    size_t count = 0;
    for (uint32_t k = 0; k < word->compared_count; k++) {
        uint32_t number = word->compared[k];
        uint16_t likeness = (uint16_t)(word->likeness[number] - 1);
        if (likeness && n->index->word_codes[number] == MZ_CODE_NONE)
            n->pairs[count++] = (mz_likeness_pair){number, likeness};
    }
    mz_remembered_put_light(&n->remembered, &n->query->words[i], word->floor, n->pairs, count);
}

/* The codes of the sieve, in order, which is empty then. */
static void empty_sieve(mz_neighbours *n, mz_query_word *word) {
    word->code_count = 0;
    for (uint32_t at = 0; at < SIEVE_WORDS; at++) {
        for (uint64_t bits = n->sieve[at]; bits; bits &= bits - 1)
            word->codes[word->code_count++] = (uint16_t)(at * 64 + (uint32_t)__builtin_ctzll(bits));
        n->sieve[at] = 0;
    }
}

void mz_neighbours_sift(mz_neighbours *n, size_t i) {
    mz_query_word *word = &n->words[i];
    const mz_name_word *of = &n->query->words[i];
    uint64_t cost = 0;
    if (word->sifted || of->class == MZ_WORD_INITIAL) return;
    word->sifted = true;
    size_t light_count = 0;
    const mz_likeness_pair *light = mz_remembered_light(&n->remembered, of, word->floor, &light_count);
    if (light && mz_remembered_codes(&n->remembered, of, word->floor, word->codes, &word->code_count, &cost)) {
        mz_work_charge(n->work, cost);
        for (size_t k = 0; k < light_count; k++) note(word, light[k].word, light[k].likeness);
    } else {
        uint64_t before = n->work->plan.work;
        n->looking = i;
        if (of->phone_count) {
            mz_alike_sift(n->alike, of, word->floor, sift_in, n);
            count_alike(n);
        }
        empty_sieve(n, word);
        mz_work_charge(n->work, SIEVE_WORDS + 2 * (uint64_t)word->code_count);
        remember_light(n, i);
        mz_remembered_put_codes(&n->remembered, of, word->floor, word->codes, word->code_count,
                                n->work->plan.work - before);
        forget_unlike(word);
    }
}
