#include "server/turns.h"

#include "base/error.h"
#include "screen/charged.h"

#include <stdatomic.h>

enum {
    TURN_QUERIES = 8,     /* after which others go first */
    TURN_UNITS = 50000000 /* of work, the same: some fifty milliseconds */
};

static uint64_t charged_so_far(const mz_turns *turns) {
    return turns->comparer ? mz_comparer_charged(turns->comparer) : mz_screener_charged(turns->engine->screener);
}

mz_turns mz_turns_of(const mz_service *service, const mz_engine *engine, const mz_comparer *comparer) {
    mz_turns turns = {.service = service, .engine = engine, .comparer = comparer};
    turns.before = charged_so_far(&turns);
    return turns;
}

mz_status mz_turns_used_up(mz_error *error) {
    return mz_fail(error, MZ_ERR_LIMIT,
                   "what this request asks for takes more work than one request may; ask for less of it at a time");
}

bool mz_turns_stopping(const mz_service *service, mz_error *error) {
    if (!atomic_load(&service->stopping_now)) return false;
    (void)mz_fail(error, MZ_ERR_BUSY, "the service is stopping");
    return true;
}

void mz_turns_let_others(mz_turns *turns) {
    uint64_t charged = charged_so_far(turns) - turns->before;
    if (++turns->queries <= TURN_QUERIES && charged - turns->yielded < TURN_UNITS) return;
    turns->queries = 0;
    turns->yielded = charged;
    mz_engines_let_others(turns->service->engines);
}

mz_status mz_turns_next(mz_turns *turns, mz_error *error) {
    const mz_service *service = turns->service;
    uint64_t charged = charged_so_far(turns) - turns->before, most = service->settings.request_budget;
    if (mz_turns_stopping(service, error)) return MZ_ERR_BUSY;
    if (most && charged >= most) return mz_turns_used_up(error);
    mz_turns_let_others(turns);
    return MZ_OK;
}
