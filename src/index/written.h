/* The names of an image as they are written, for the algorithms `exact` and `ofac`.
 *
 * The image holds parsed names, in which words are joined, split and put aside: no use to who asks how a name is
 * written. So the names are made ready once from their texts, when an algorithm is first asked for, and kept: for
 * `exact` a number for the words of each, sorted, to be looked up; for `ofac` letters and parts, all of which are gone
 * through for each query, because the portal's likeness is no sum that an index could bound. Bounds that cost little
 * come before the score; none loses a name. */
#ifndef MIZAN_INDEX_WRITTEN_H
#define MIZAN_INDEX_WRITTEN_H

#include "index/image.h"
#include "index/work.h"
#include "match/plain.h"

/* Working memory; one thread at a time. */
typedef struct mz_written mz_written;
/* MZ_ERR_MEMORY, or MZ_ERR_LIMIT for an image with names of more than 1 GiB. */
mz_status mz_written_new(const mz_index *index, mz_algorithm algorithm, mz_written **ret_written, mz_error *error);
void mz_written_free(mz_written *written);

/* The names that have a score of at least `least` millionths against the query's: every one that has, and for `exact`
 * some that have none. The numbers are ascending and valid until the next call. False when the budget of work did not
 * allow all names to be gone through. */
bool mz_written_find(mz_written *written, mz_work *work, const mz_plain_name *query, uint32_t least,
                     const uint32_t **ret_names, size_t *ret_count);

#endif
