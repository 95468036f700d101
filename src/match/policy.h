/* What a policy holds, and how its rules are settled for one name of a query. */
#ifndef MIZAN_MATCH_POLICY_H
#define MIZAN_MATCH_POLICY_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json_read.h"
#include "match/prices.h"
#include "mizan/culture.h"
#include "mizan/policy.h"

#include <stdint.h>

#define MZ_POLICY_USUAL_THRESHOLD 0.70

enum { MZ_POLICY_VERSION = 1, MZ_POLICY_NAME_BYTES = 64, MZ_POLICY_RULES_MOST = 64, MZ_POLICY_JSON_BYTES = 1 << 20 };

/* What is set, and what is left as it was. */
typedef struct mz_policy_part {
    double threshold; /* 0: not set */
    uint64_t set;     /* a bit for each price that is */
    mz_prices prices;
} mz_policy_part;

_Static_assert(MZ_PRICE_COUNT <= 64, "a bit for each price");

/* A rule is for names of queries that are of its schema, or of one below it, and of its culture; without either it is
 * for all, as is the one that holds what a caller changed. */
typedef struct mz_policy_rule {
    bool for_schema, for_culture;
    mz_schema schema;
    mz_culture culture;
    mz_policy_part part;
} mz_policy_rule;

struct mz_policy {
    char name[MZ_POLICY_NAME_BYTES + 1];
    mz_algorithm algorithm;
    bool algorithm_set, threshold_set; /* by the file or a change: else they are the program's */
    mz_policy_part base;
    const mz_policy_rule *rules; /* in the order of the file, which is that in which they apply */
    size_t rule_count;
    mz_arena arena; /* rules; empty in the default */
};

/* What holds for one name. */
typedef struct mz_settings {
    double threshold;
    mz_prices prices;
} mz_settings;

/* `policy` (NULL: the default), its rules for a name of that culture in a query of that schema, then `last` (may be
 * NULL). */
void mz_policy_settle(const mz_policy *policy, mz_schema schema, mz_culture culture, const mz_policy_part *last,
                      mz_settings *ret_settings);
/* Whether any rule looks at the culture. */
bool mz_policy_by_culture(const mz_policy *policy);

/* "weights": {…}, into `part`; an unknown name, a wrong type or a value out of range is MZ_ERR_INPUT at its place. */
mz_status mz_policy_read_weights(const mz_json_value *weights, mz_policy_part *part, mz_error *error);
/* "threshold": a number from 0.5, or with `any` from above 0, to 1. */
mz_status mz_policy_read_threshold(const mz_json_value *threshold, bool any, double *ret_threshold, mz_error *error);
mz_status mz_policy_read_algorithm(const mz_json_value *algorithm, mz_algorithm *ret_algorithm, mz_error *error);

/* Whether prices are sound for every name that a query may have; else why not, and *ret_rule the last rule that takes
 * part (the count of rules: none does). */
const char *mz_policy_unsound(const mz_policy *policy, const mz_policy_part *last, size_t *ret_rule);

/* The canonical form: one line of JSON. */
void mz_policy_write_json(const mz_policy *policy, mz_buffer *out);

#endif
