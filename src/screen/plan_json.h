/* A plan as JSON: {"names":1,"work":52000,"base":{"words_searched":2,…},"overlay":{…},"ns":{"read":3100,…}}. */
#ifndef MIZAN_SCREEN_PLAN_JSON_H
#define MIZAN_SCREEN_PLAN_JSON_H

#include "base/json_write.h"
#include "mizan/plan.h"

/* All counters of a part; a part in which nothing was done is left out, and so are times that were not measured. */
void mz_plan_write_json(const mz_plan *plan, mz_json *json);

#endif
