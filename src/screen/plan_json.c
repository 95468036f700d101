#include "screen/plan_json.h"

static bool any(const mz_plan *plan, mz_plan_part part) {
    for (unsigned c = 0; c < MZ_PLAN_COUNTER_COUNT; c++)
        if (plan->counts[part][c]) return true;
    return false;
}

void mz_plan_write_json(const mz_plan *plan, mz_json *json) {
    mz_json_object(json);
    mz_json_pair_int(json, "names", (int64_t)plan->names);
    mz_json_pair_int(json, "work", (int64_t)plan->work);
    if (plan->budget) mz_json_pair_int(json, "budget", (int64_t)plan->budget);
    for (unsigned p = 0; p < MZ_PLAN_PART_COUNT; p++) {
        if (p != MZ_PLAN_BASE && !any(plan, (mz_plan_part)p)) continue;
        mz_json_key(json, mz_plan_part_name((mz_plan_part)p));
        mz_json_object(json);
        for (unsigned c = 0; c < MZ_PLAN_COUNTER_COUNT; c++)
            mz_json_pair_int(json, mz_plan_counter_name((mz_plan_counter)c), (int64_t)plan->counts[p][c]);
        mz_json_object_end(json);
    }
    if (plan->timed) {
        mz_json_key(json, "ns");
        mz_json_object(json);
        for (unsigned s = 0; s < MZ_PLAN_STAGE_COUNT; s++)
            mz_json_pair_int(json, mz_plan_stage_name((mz_plan_stage)s), (int64_t)plan->ns[s]);
        mz_json_object_end(json);
    }
    mz_json_object_end(json);
}
