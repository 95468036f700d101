/* Requests of several queries: what they may cost together, and that others get their turn meanwhile.
 *
 * Work is counted, not timed: a query is begun when those before it have not used up what a request may cost, so that
 * the same request ends at the same place everywhere. */
#ifndef MIZAN_SERVER_TURNS_H
#define MIZAN_SERVER_TURNS_H

#include "server/service.h"

typedef struct mz_turns {
    const mz_service *service;
    const mz_engine *engine;
    const mz_comparer *comparer; /* whose work counts; NULL: the screener's */
    uint64_t before, yielded;    /* charged before this request; of it, until others went first */
    unsigned queries;            /* since then */
} mz_turns;

mz_turns mz_turns_of(const mz_service *service, const mz_engine *engine, const mz_comparer *comparer);

/* To be called before each query. MZ_ERR_LIMIT: nothing is left of the work that a request may cost; MZ_ERR_BUSY: the
 * service is stopping, and waits no longer. */
mz_status mz_turns_next(mz_turns *turns, mz_error *error);

/* The parts of it, for who counts by himself. */
void mz_turns_let_others(mz_turns *turns);
bool mz_turns_stopping(const mz_service *service, mz_error *error);
mz_status mz_turns_used_up(mz_error *error);

#endif
