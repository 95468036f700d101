/* Work in pieces, shared by the processors of the machine.
 *
 * Pieces are numbered from 0 on and taken in that order by whoever is free; what they make must not depend on who makes
 * them or when. The caller's thread is one of the crew, and the only one that tells how far it is. */
#ifndef MIZAN_BASE_CREW_H
#define MIZAN_BASE_CREW_H

#include "mizan/status.h"

#include <stdint.h>

enum { MZ_CREW_MOST = 64 };

typedef struct mz_crew_work {
    uint64_t pieces;
    /* `worker` is below mz_crew_size, and at one piece at a time. */
    mz_status (*piece)(void *context, unsigned worker, uint64_t number, mz_error *error);
    void *context;
    /* Between two pieces of the caller's thread; not 0 stops all (MZ_ERR_CANCELLED). May be NULL. */
    int (*progress)(void *context, uint64_t done, uint64_t pieces);
    void *progress_context;
} mz_crew_work;

/* How many work: `wanted`, or where that is 0 as many as there are processors; 64 at most. */
unsigned mz_crew_size(unsigned wanted);

/* Carries out all pieces by `size` workers; a thread that cannot be begun is done without. When one fails, no more are
 * begun, and of those that failed the error of the first by number is given back. */
mz_status mz_crew_run(unsigned size, const mz_crew_work *work, mz_error *error);

#endif
