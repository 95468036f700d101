/* Words that were looked for before, and what was found alike to them.
 *
 * Words of queries recur: of people's names in a batch, most have been looked for. What is alike to a word depends on
 * the word and the image alone, so that remembering changes no result.
 *
 * It takes 64 MiB at most: of 54,000 words some 200 are alike to one, and all of the 16,384 words that are kept fit; of
 * 1.4 million it may be several thousand, and two thousand words fit. */
#ifndef MIZAN_INDEX_REMEMBERED_H
#define MIZAN_INDEX_REMEMBERED_H

#include "base/arena.h"
#include "base/map.h"
#include "names/name.h"

/* Six bytes: they are what fills the memory. */
typedef struct __attribute__((packed, aligned(2))) mz_likeness_pair {
    uint32_t word; /* of the vocabulary */
    uint16_t likeness;
} mz_likeness_pair;
_Static_assert(sizeof(mz_likeness_pair) == 6, "packed");

/* Zeroed memory is an empty one. At a size it forgets everything and begins anew. */
typedef struct mz_remembered {
    mz_arena arena;
    mz_map words;
    struct mz_remembered_word *entries;
    uint32_t entry_count;
} mz_remembered;

void mz_remembered_done(mz_remembered *remembered);

/* What was found for the word at this floor; NULL when it was not looked for, or is forgotten. `cost`: what finding it
 * was charged (index/work.h). */
const mz_likeness_pair *mz_remembered_find(mz_remembered *remembered, const mz_name_word *word, uint16_t floor,
                                           size_t *ret_count, uint64_t *ret_cost);

/* The same of the codes of words that may be alike from a floor on, which are copied out. */
bool mz_remembered_codes(mz_remembered *remembered, const mz_name_word *word, uint16_t floor, uint16_t *into,
                         uint32_t *ret_count, uint64_t *ret_cost);
void mz_remembered_put_codes(mz_remembered *remembered, const mz_name_word *word, uint16_t floor, const uint16_t *codes,
                             uint32_t count, uint64_t cost);

/* And of light words, which have no code, with how alike they are; they are put before the codes. */
const mz_likeness_pair *mz_remembered_light(mz_remembered *remembered, const mz_name_word *word, uint16_t floor,
                                            size_t *ret_count);
void mz_remembered_put_light(mz_remembered *remembered, const mz_name_word *word, uint16_t floor,
                             const mz_likeness_pair *pairs, size_t count);

/* Remembers; where memory does not suffice it does not, and nothing else happens. */
void mz_remembered_put(mz_remembered *remembered, const mz_name_word *word, uint16_t floor,
                       const mz_likeness_pair *pairs, size_t count, uint64_t cost);

#endif
