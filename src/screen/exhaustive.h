/* Scoring every name of an image without its tables: what a search by them is held against.
 *
 * Nothing of what makes the index fast is used: no walk over sounds, no postings, no joins, no bound on a cost. Each
 * distinct word of the image is compared once with each word of the query, by mz_word_likeness. Then all names are
 * passed over, and those are scored that have a word alike to one of the query in which names meet in earnest, or in
 * which a join or an acronym may meet. A name that has neither has no score, by what a score is (name_score.h), not by
 * what it costs. */
#ifndef MIZAN_SCREEN_EXHAUSTIVE_H
#define MIZAN_SCREEN_EXHAUSTIVE_H

#include "index/image.h"
#include "match/word.h"

/* Working memory, a few bytes for each word of the image; one thread at a time. */
typedef struct mz_exhaustive mz_exhaustive;
mz_status mz_exhaustive_new(const mz_index *index, mz_exhaustive **ret_exhaustive, mz_error *error);
void mz_exhaustive_free(mz_exhaustive *exhaustive);

/* Compares all words with the query's; `query` must live as long as it is asked for. */
mz_status mz_exhaustive_start(mz_exhaustive *exhaustive, const mz_name *query, mz_error *error);

/* Whether a name can have a score against the query; *ret_may_join: whether words written together, or an acronym, may
 * meet. */
bool mz_exhaustive_may_meet(const mz_exhaustive *exhaustive, uint32_t name, bool *ret_may_join);

/* mz_word_likeness of the query's word i and a word of the image. */
uint16_t mz_exhaustive_likeness(const mz_exhaustive *exhaustive, size_t i, uint32_t word);

#endif
