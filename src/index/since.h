/* What is new in an index: which entities of its lists are not told as they were in versions before, which are no more,
 * and an image of the new and changed ones alone. Where in its file something stands is no change. */
#ifndef MIZAN_INDEX_SINCE_H
#define MIZAN_INDEX_SINCE_H

#include "mizan/index.h"

typedef struct mz_since mz_since;

/* The index must outlive it. */
mz_status mz_since_new(const mz_index *index, mz_since **ret_since, mz_error *error);
void mz_since_free(mz_since *since);

/* A list, told as it was: begin, each record that it had, end. One that had none before: all of it is new. One that the
 * index does not have any more: all of it is gone. *ret_fresh (may be NULL) how many are new or changed. */
mz_status mz_since_begin(mz_since *since, mz_str list, mz_error *error);
mz_status mz_since_was(mz_since *since, const mz_record *record, mz_error *error);
mz_status mz_since_end(mz_since *since, uint32_t *ret_fresh, mz_error *error);

/* Of all lists that have ended. */
uint32_t mz_since_fresh(const mz_since *since);
/* Ids that the lists have no more, in the order told; *ret_count of them. */
const mz_str *mz_since_gone(const mz_since *since, size_t *ret_count);

/* Writes an image of what is new or changed. */
mz_status mz_since_write(const mz_since *since, const char *path, mz_error *error);

#endif
