#include "mizan/plan.h"

void mz_plan_add(mz_plan *sum, const mz_plan *plan) {
    sum->timed = plan->timed && (sum->timed || !sum->queries);
    sum->queries += plan->queries;
    sum->names += plan->names;
    sum->work += plan->work;
    if (sum->budget < plan->budget) sum->budget = plan->budget;
    for (unsigned p = 0; p < MZ_PLAN_PART_COUNT; p++)
        for (unsigned c = 0; c < MZ_PLAN_COUNTER_COUNT; c++) sum->counts[p][c] += plan->counts[p][c];
    for (unsigned s = 0; s < MZ_PLAN_STAGE_COUNT; s++) sum->ns[s] += plan->ns[s];
}

uint64_t mz_plan_count(const mz_plan *plan, mz_plan_counter counter) {
    uint64_t count = 0;
    for (unsigned p = 0; p < MZ_PLAN_PART_COUNT; p++) count += plan->counts[p][counter];
    return count;
}

const char *mz_plan_counter_name(mz_plan_counter counter) {
    static const char *const names[MZ_PLAN_COUNTER_COUNT] = {
#define MZ_X(constant, name) name,
        MZ_PLAN_COUNTERS(MZ_X)
#undef MZ_X
    };
    return counter < MZ_PLAN_COUNTER_COUNT ? names[counter] : "?";
}

const char *mz_plan_stage_name(mz_plan_stage stage) {
    static const char *const names[MZ_PLAN_STAGE_COUNT] = {
#define MZ_X(constant, name) name,
        MZ_PLAN_STAGES(MZ_X)
#undef MZ_X
    };
    return stage < MZ_PLAN_STAGE_COUNT ? names[stage] : "?";
}

const char *mz_plan_part_name(mz_plan_part part) {
    return part == MZ_PLAN_BASE ? "base" : part == MZ_PLAN_OVERLAY ? "overlay" : "?";
}
