/* Counting the work of a search, and stopping it when its budget is used up.
 *
 * Nothing here asks a clock unless times were asked for, and no time decides anything: the budget is in units of work,
 * each kind of which has a weight. The weights were measured as nanoseconds a piece on a common machine (see
 * docs/filters.md), so that a unit is about a nanosecond there, and are part of the program: the same query
 * is cut at the same place everywhere.
 *
 * Whoever searches counts what it does where it does it, and asks mz_work_left before each step whose cost has a
 * bound. What a step costs may be known only behind it: a search ends at most one step behind its budget. What was
 * remembered from a query before is charged as if it had been done (mz_work_charge), so that what is cut does not
 * depend on the queries before. */
#ifndef MIZAN_INDEX_WORK_H
#define MIZAN_INDEX_WORK_H

#include "base/clock.h"
#include "mizan/plan.h"

#include <stdbool.h>
#include <stdint.h>

/* Units of one piece of each kind; 0: it is part of another. */
static const uint16_t mz_work_weights[MZ_PLAN_COUNTER_COUNT] = {
    [MZ_PLAN_WORDS_SEARCHED] = 15000,  [MZ_PLAN_ROWS_WALKED] = 4,          [MZ_PLAN_WORDS_ALIGNED] = 10,
    [MZ_PLAN_WORDS_COMPARED] = 60,     [MZ_PLAN_WORDS_ALIKE] = 20,         [MZ_PLAN_POSTINGS_READ] = 30,
    [MZ_PLAN_POSTINGS_CROWDED] = 10,   [MZ_PLAN_NUMBERS_READ] = 300,       [MZ_PLAN_NAMES_SCANNED] = 20,
    [MZ_PLAN_NAMES_MET] = 50,          [MZ_PLAN_NAMES_DEAR] = 80,          [MZ_PLAN_NAMES_FILTERED] = 10,
    [MZ_PLAN_NAMES_INCOMPARABLE] = 50, [MZ_PLAN_NAMES_CONTRADICTED] = 230, [MZ_PLAN_PAIRS_SCORED] = 300,
    [MZ_PLAN_CELLS_ALIGNED] = 4,       [MZ_PLAN_ENTITIES_JUDGED] = 300,    [MZ_PLAN_TRAITS_COMPARED] = 120,
};

/* A budget is shared, so that what was found can be compared, and what was compared judged: half of it is for finding
 * names, of which what is left over is for comparing them too, and an eighth is kept for judging entities. */
typedef enum mz_work_limit { MZ_WORK_FIND, MZ_WORK_COMPARE, MZ_WORK_JUDGE, MZ_WORK_LIMITS } mz_work_limit;

/* What comparing a name, judging an entity, are reckoned at before it is done. */
enum { MZ_WORK_USUAL_PAIR = 2000, MZ_WORK_USUAL_ENTITY = 4000 };

typedef struct mz_work {
    mz_plan plan;
    mz_plan_part part;               /* of the index, in hand */
    mz_plan_stage stage;             /* in hand, when timed */
    uint64_t limits[MZ_WORK_LIMITS]; /* of plan.work; UINT64_MAX: none */
    uint64_t since_ns;
} mz_work;

/* `budget` 0: none. */
static inline void mz_work_begin(mz_work *work, uint64_t budget, bool timed) {
    *work = (mz_work){.plan = {.queries = 1, .budget = budget, .timed = timed}};
    work->limits[MZ_WORK_FIND] = budget ? budget - budget / 2 : UINT64_MAX;
    work->limits[MZ_WORK_COMPARE] = budget ? budget - budget / 8 : UINT64_MAX;
    work->limits[MZ_WORK_JUDGE] = budget ? budget : UINT64_MAX;
    if (timed) work->since_ns = mz_clock_ns();
}

/* The stage that follows; the time so far is that of the one before. */
static inline void mz_work_stage(mz_work *work, mz_plan_stage stage) {
    if (!work->plan.timed) return;
    uint64_t now_ns = mz_clock_ns();
    work->plan.ns[work->stage] += now_ns - work->since_ns;
    work->since_ns = now_ns;
    work->stage = stage;
}

/* Units charged without being done. */
static inline void mz_work_charge(mz_work *work, uint64_t units) {
    work->plan.work += units;
}

/* Counts pieces of work that were done, and charges them. */
static inline void mz_work_count(mz_work *work, mz_plan_counter counter, uint64_t pieces) {
    work->plan.counts[work->part][counter] += pieces;
    work->plan.work += pieces * mz_work_weights[counter];
}

/* Whether what a budget allows up to this kind of work is not yet used up. */
static inline bool mz_work_left(const mz_work *work, mz_work_limit limit) {
    return work->plan.work < work->limits[limit];
}

/* Units that are left of it. */
static inline uint64_t mz_work_rest(const mz_work *work, mz_work_limit limit) {
    return mz_work_left(work, limit) ? work->limits[limit] - work->plan.work : 0;
}

#endif
