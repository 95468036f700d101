/* The look-ups are those of a search (candidates.c, 4.), with the few in the place of the query: a join needs the same
 * consonants on both sides, and the scorer compares acronyms by the keys that the table holds. */
#include "index/few_joins.h"

#include "base/error.h"
#include "index/joins.h"
#include "index/postings.h"
#include "names/acronym.h"

#include <stdlib.h>

typedef struct pairing {
    const mz_index *image;
    const mz_few *few;
    mz_joined_pair *rows;
    size_t count, room, most;
    bool starved, crowded;
} pairing;

static void enter(pairing *p, uint32_t name, uint32_t few_name) {
    if (p->starved || p->crowded) return;
    if (p->count == p->room) {
        size_t room = p->room ? 2 * p->room : 4096;
        p->crowded = p->room >= p->most;
        mz_joined_pair *grown = p->crowded ? NULL : realloc(p->rows, room * sizeof *grown);
        p->starved = !p->crowded && !grown;
        if (!grown) return;
        p->rows = grown;
        p->room = room;
    }
    p->rows[p->count++] = (mz_joined_pair){name, few_name};
}

/* A name of the image with every name of the few that has this word. */
static void enter_uses(pairing *p, uint32_t name, uint32_t few_word) {
    for (uint32_t u = p->few->first_use[few_word]; u < p->few->first_use[few_word + 1]; u++)
        enter(p, name, p->few->uses[u]);
}

/* Every name of the image that has this word with a name of the few. */
static void enter_names_of(pairing *p, uint32_t word, uint32_t few_name) {
    const mz_word_row *row = &p->image->words[word];
    for (uint32_t k = 0; k < row->posting_count; k++) enter(p, p->image->postings[row->first_posting + k], few_name);
}

/* ---- words of the few, against words of the image's names written together ---- */

static void meet_joins(pairing *p, uint32_t few_word, const mz_name_word *word, uint64_t key) {
    const mz_index *image = p->image;
    const uint32_t *rows;
    size_t count = key ? mz_index_joins(image, key, &rows) : 0;
    for (size_t r = 0; r < count; r++) {
        const mz_join_row *join = &image->joined[rows[r]];
        for (uint32_t k = join->first_posting; k < join->first_posting + join->posting_count; k++) {
            uint8_t place = image->places[k - image->first_joined];
            if (mz_index_place_meets(image, image->postings[k], place, word, MZ_LIKENESS_JOIN_FLOOR))
                enter_uses(p, image->postings[k], few_word);
        }
    }
}

static void meet_acronyms(pairing *p, uint32_t few_word, const mz_name_word *word) {
    const uint32_t *rows;
    uint64_t key = mz_acronym_of_word(word);
    size_t count = key ? mz_index_joins(p->image, key, &rows) : 0;
    for (size_t r = 0; r < count; r++) {
        const mz_join_row *join = &p->image->joined[rows[r]];
        for (uint32_t k = join->first_posting; k < join->first_posting + join->posting_count; k++)
            enter_uses(p, p->image->postings[k], few_word);
    }
}

static void pair_words(pairing *p) {
    for (uint32_t w = 0; w < p->few->word_count; w++) {
        mz_name_word word;
        mz_index_word(p->few->index, p->few->words[w], &word);
        meet_joins(p, w, &word, word.skeleton);
        if (mz_script_unspaced((mz_script)word.script)) meet_joins(p, w, &word, mz_turned_key(word.skeleton));
        meet_acronyms(p, w, &word);
    }
}

/* ---- words of the few's names written together, against words of the image ---- */

static void join(pairing *p, uint32_t few_name, const mz_name_word *const *parts, size_t size, bool turned) {
    const uint32_t *words;
    mz_joined joined;
    size_t count = mz_join_sound(parts, size, &joined) ? mz_index_skeletons(p->image, joined.skeleton, &words) : 0;
    for (size_t k = 0; k < count; k++) {
        if (turned && !mz_script_unspaced((mz_script)p->image->words[words[k]].script)) continue;
        if (mz_index_joined_meets(p->image, &joined, words[k])) enter_names_of(p, words[k], few_name);
    }
}

static void pair_name(pairing *p, uint32_t few_name) {
    mz_name_word words[MZ_NAME_WORDS_MOST];
    mz_name name;
    mz_index_name(p->few->index, p->few->names.first + few_name, words, &name);
    for (size_t size = 2; size <= 3; size++)
        for (size_t i = 0; i + size <= name.count; i++)
            join(p, few_name, (const mz_name_word *const[]){&words[i], &words[i + 1], &words[i + size - 1]}, size,
                 false);
    if (name.count == 2) join(p, few_name, (const mz_name_word *const[]){&words[1], &words[0]}, 2, true);
    uint64_t acronyms[MZ_ACRONYMS_MOST];
    for (size_t a = 0, count = mz_acronyms_of_name(&name, acronyms); a < count; a++) {
        const uint32_t *found;
        size_t found_count = mz_index_skeletons(p->image, acronyms[a], &found);
        for (size_t k = 0; k < found_count; k++) enter_names_of(p, found[k], few_name);
    }
}

static int in_order(const void *left, const void *right) {
    const mz_joined_pair *a = left, *b = right;
    if (a->name != b->name) return a->name < b->name ? -1 : 1;
    return (a->few_name > b->few_name) - (a->few_name < b->few_name);
}

mz_status mz_few_joins(const mz_index *image, const mz_few *few, size_t most, mz_joined_pair **ret_pairs,
                       size_t *ret_count, bool *ret_crowded, mz_error *error) {
    pairing p = {.image = image, .few = few, .most = most};
    pair_words(&p);
    for (uint32_t n = 0; n < few->name_count; n++)
        if (few->first_word[n] < few->first_word[n + 1]) pair_name(&p, n);
    *ret_crowded = p.crowded;
    if (p.starved || p.crowded) {
        free(p.rows);
        return p.starved ? mz_fail_memory(error) : MZ_OK;
    }
    size_t kept = 0;
    if (p.count) qsort(p.rows, p.count, sizeof *p.rows, in_order);
    for (size_t k = 0; k < p.count; k++)
        if (!kept || in_order(&p.rows[kept - 1], &p.rows[k]) != 0) p.rows[kept++] = p.rows[k];
    *ret_pairs = p.rows;
    *ret_count = kept;
    return MZ_OK;
}
