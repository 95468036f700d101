/* A writer whose changes are seen to be whole: each adds a thing and its three parts, and counts itself, in one
 * transaction. Of thread T the things are "T-0", "T-1", … */
#ifndef MIZAN_TEST_WRITER_H
#define MIZAN_TEST_WRITER_H

#include "stores.h"

enum { MZ_WRITER_PARTS = 3, MZ_WRITER_THREADS = 4 };

/* Which change was acknowledged: written whole to a pipe, or not at all. */
typedef struct mz_acknowledged {
    uint32_t thread, number;
} mz_acknowledged;

/* The row that counts the changes of a thread. */
void mz_writer_prepare(mz_store *store);
/* The change `number` of a thread. */
mz_status mz_writer_change(mz_store *store, uint32_t thread, uint32_t number, mz_error *error);
/* Where a thread is to go on: behind the changes that are there. Fails the test when a change is there in part, twice,
 * or without those before it. */
uint32_t mz_writer_whole(mz_store *store, uint32_t thread);

#endif
