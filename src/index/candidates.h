/* Candidates: the names of an image that may reach a score, and how alike their words are to the query's. */
#ifndef MIZAN_INDEX_CANDIDATES_H
#define MIZAN_INDEX_CANDIDATES_H

#include "index/image.h"
#include "index/work.h"
#include "match/prices.h"
#include "mizan/status.h"

/* Working memory for searches in one image; one thread at a time. */
typedef struct mz_candidates mz_candidates;
mz_status mz_candidates_new(const mz_index *index, mz_candidates **ret_candidates, mz_error *error);
void mz_candidates_free(mz_candidates *candidates);

/* Finds the names whose cost against the query, at these prices, may be at most `most_cost`: every one that is (see
 * candidates.c for the argument), and some that are not. The numbers are ascending and valid until the next call. What
 * is done, also by mz_candidates_likeness after, is counted in `work`. */
mz_status mz_candidates_find(mz_candidates *candidates, mz_work *work, const mz_prices *prices, const mz_name *query,
                             double most_cost, const uint32_t **ret_names, size_t *ret_count, mz_error *error);

/* After a find: words of the query (bits by number) whose like were not, or not all, looked for because the budget of
 * work did not allow it; names are missing because of it. Names that the budget may not allow to be compared all stand
 * the likelier ones first, instead of ascending. */
uint64_t mz_candidates_words_left(const mz_candidates *candidates);

/* After a find: mz_word_likeness of the query's word i and a word of the vocabulary. */
uint16_t mz_candidates_likeness(mz_candidates *candidates, size_t i, uint32_t word);

/* After a find: whether words of a name, written together, meet a word of the query, or the other way round. */
bool mz_candidates_may_join(const mz_candidates *candidates, uint32_t name);

#endif
