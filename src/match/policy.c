/* Policies as objects: the default, changes, rules settled, the canonical form and its digest. Reading is in
 * policy_read.c. */
#include "match/policy.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/json_write.h"
#include "base/nearest.h"
#include "base/shown.h"

#include <math.h>
#include <stdlib.h>

enum { CANONICAL_BYTES = 1 << 20 };

const mz_policy *mz_policy_default(void) {
    static const mz_policy usual = {.name = "default",
                                    .algorithm = MZ_ALGORITHM_MIZAN_1,
                                    .base = {.threshold = MZ_POLICY_USUAL_THRESHOLD,
                                             .prices = {
#define MZ_X(name, usual_price, least, most) .name = usual_price,
                                                 MZ_PRICES(MZ_X)
#undef MZ_X
                                             }}};
    return &usual;
}

static const mz_policy *given(const mz_policy *policy) {
    return policy ? policy : mz_policy_default();
}

void mz_policy_free(mz_policy *policy) {
    if (!policy || policy == mz_policy_default()) return;
    mz_arena_done(&policy->arena);
    free(policy);
}

mz_str mz_policy_name(const mz_policy *policy) {
    return mz_str_of(given(policy)->name);
}

mz_algorithm mz_policy_algorithm(const mz_policy *policy) {
    return given(policy)->algorithm;
}

double mz_policy_threshold(const mz_policy *policy, mz_schema schema) {
    mz_settings settings;
    mz_policy_settle(policy, schema, MZ_CULTURE_UNKNOWN, NULL, &settings);
    return settings.threshold;
}

bool mz_policy_weight_range(size_t number, mz_weight_range *ret_range) {
    if (number >= MZ_PRICE_COUNT) return false;
    const mz_price_facts *facts = mz_price_of((mz_price)number);
    *ret_range = (mz_weight_range){facts->name, facts->usual, facts->least, facts->most};
    return true;
}

/* ---- rules ---- */

static void apply(const mz_policy_part *part, mz_settings *settings) {
    if (part->threshold > 0) settings->threshold = part->threshold;
    for (unsigned p = 0; p < MZ_PRICE_COUNT; p++)
        if (part->set >> p & 1) mz_price_set(&settings->prices, (mz_price)p, mz_price_get(&part->prices, (mz_price)p));
}

static bool is_for(const mz_policy_rule *rule, mz_schema schema, mz_culture culture) {
    if (rule->for_culture && rule->culture != culture) return false;
    return !rule->for_schema || mz_schema_is_a(schema, rule->schema);
}

void mz_policy_settle(const mz_policy *policy, mz_schema schema, mz_culture culture, const mz_policy_part *last,
                      mz_settings *ret_settings) {
    policy = given(policy);
    *ret_settings = (mz_settings){policy->base.threshold, policy->base.prices};
    for (size_t r = 0; r < policy->rule_count; r++)
        if (is_for(&policy->rules[r], schema, culture)) apply(&policy->rules[r].part, ret_settings);
    if (last) apply(last, ret_settings);
}

bool mz_policy_by_culture(const mz_policy *policy) {
    policy = given(policy);
    for (size_t r = 0; r < policy->rule_count; r++)
        if (policy->rules[r].for_culture) return true;
    return false;
}

const char *mz_policy_unsound(const mz_policy *policy, const mz_policy_part *last, size_t *ret_rule) {
    policy = given(policy);
    unsigned cultures = mz_policy_by_culture(policy) ? MZ_CULTURE_COUNT : 1;
    for (unsigned number = 0; number < MZ_SCHEMA_COUNT * cultures; number++) {
        mz_schema schema = (mz_schema)(number / cultures);
        mz_culture culture = (mz_culture)(number % cultures);
        mz_settings settings;
        mz_policy_settle(policy, schema, culture, last, &settings);
        const char *why = mz_prices_unsound(&settings.prices);
        if (!why) continue;
        *ret_rule = policy->rule_count;
        for (size_t r = 0; r < policy->rule_count; r++)
            if (policy->rules[r].part.set && is_for(&policy->rules[r], schema, culture)) *ret_rule = r;
        return why;
    }
    return NULL;
}

/* ---- changes ---- */

static bool for_all(const mz_policy_rule *rule) {
    return !rule->for_schema && !rule->for_culture;
}

/* *ret_last: a rule for all behind the others, to put changes into. */
static mz_status copy(const mz_policy *policy, mz_policy **ret_copy, mz_policy_rule **ret_last, mz_error *error) {
    mz_policy *made = malloc(sizeof *made);
    if (!made) return mz_fail_memory(error);
    *made = *policy;
    mz_arena_init(&made->arena, MZ_POLICY_JSON_BYTES);
    made->rules = NULL;
    mz_policy_rule *rules = MZ_ARENA_NEW(&made->arena, policy->rule_count + 1, mz_policy_rule);
    if (!rules) {
        mz_policy_free(made);
        return mz_fail_memory(error);
    }
    if (policy->rule_count) memcpy(rules, policy->rules, policy->rule_count * sizeof *rules);
    made->rules = rules;
    *ret_last = &rules[policy->rule_count];
    if (policy->rule_count && for_all(&rules[policy->rule_count - 1])) --*ret_last;
    *ret_copy = made;
    return MZ_OK;
}

/* As a file would say it, so that the canonical form says all of it. */
static double in_millionths(double number) {
    return (double)llround(number * 1e6) / 1e6;
}

static mz_status change_weight(mz_policy_part *part, const mz_policy_weight *weight, mz_error *error) {
    mz_str names[MZ_PRICE_COUNT];
    for (unsigned p = 0; p < MZ_PRICE_COUNT; p++) {
        const mz_price_facts *facts = mz_price_of((mz_price)p);
        names[p] = mz_str_of(facts->name);
        if (!mz_str_equal(weight->name, names[p])) continue;
        if (!(weight->value >= facts->least && weight->value <= facts->most))
            return mz_fail(error, MZ_ERR_ARGUMENT, "the weight \"%s\" must be from %g to %g, not %g", facts->name,
                           facts->least, facts->most, weight->value);
        part->set |= UINT64_C(1) << p;
        mz_price_set(&part->prices, (mz_price)p, in_millionths(weight->value));
        return MZ_OK;
    }
    const char *nearest = mz_nearest(names, MZ_PRICE_COUNT, weight->name);
    return mz_fail(error, MZ_ERR_ARGUMENT, "unknown weight \"%.*s\"; %s%s%s", mz_shown(weight->name), weight->name.data,
                   nearest ? "did you mean \"" : "mizan policy show names them all", nearest ? nearest : "",
                   nearest ? "\"?" : "");
}

static mz_status apply_changes(mz_policy *policy, mz_policy_rule *last, const mz_policy_changes *changes,
                               mz_error *error) {
    mz_status status = MZ_OK;
    size_t rule;
    if (changes->algorithm) {
        if ((unsigned)*changes->algorithm >= MZ_ALGORITHM_COUNT)
            return mz_fail(error, MZ_ERR_ARGUMENT, "there is no algorithm of number %u", (unsigned)*changes->algorithm);
        policy->algorithm = *changes->algorithm;
        policy->algorithm_set = true;
    }
    if (changes->threshold < 0 || changes->threshold > 0) {
        if (!(changes->threshold >= 0.5 && changes->threshold <= 1))
            return mz_fail(error, MZ_ERR_ARGUMENT, "the threshold of a policy must be from 0.5 to 1, not %g",
                           changes->threshold);
        last->part.threshold = in_millionths(changes->threshold);
    }
    for (size_t w = 0; w < changes->weight_count && !status; w++)
        status = change_weight(&last->part, &changes->weights[w], error);
    bool more = last == &policy->rules[policy->rule_count] && (last->part.set || last->part.threshold > 0);
    if (more && policy->rule_count == MZ_POLICY_RULES_MOST)
        return mz_fail(error, MZ_ERR_ARGUMENT, "a policy of %d rules can have no changes beside it; change the file",
                       MZ_POLICY_RULES_MOST);
    policy->rule_count += more;
    const char *why = status ? NULL : mz_policy_unsound(policy, NULL, &rule);
    return why ? mz_fail(error, MZ_ERR_ARGUMENT, "%s", why) : status;
}

mz_status mz_policy_change(const mz_policy *policy, const mz_policy_changes *changes, mz_policy **ret_policy,
                           mz_error *error) {
    mz_policy *made = NULL;
    mz_policy_rule *last = NULL;
    mz_status status = copy(given(policy), &made, &last, error);
    if (status) return status;
    status = apply_changes(made, last, changes, error);
    if (status)
        mz_policy_free(made);
    else
        *ret_policy = made;
    return status;
}

/* ---- the canonical form ---- */

/* What a part sets, each price in the order of the table. */
static void write_part(mz_json *json, const mz_policy_part *part, bool all) {
    if (part->threshold > 0) {
        mz_json_key(json, "threshold");
        mz_json_fixed(json, part->threshold, 6);
    }
    if (!part->set && !all) return;
    mz_json_key(json, "weights");
    mz_json_object(json);
    for (unsigned p = 0; p < MZ_PRICE_COUNT; p++) {
        if (!all && !(part->set >> p & 1)) continue;
        mz_json_key(json, mz_price_of((mz_price)p)->name);
        mz_json_fixed(json, mz_price_get(&part->prices, (mz_price)p), 6);
    }
    mz_json_object_end(json);
}

void mz_policy_write_json(const mz_policy *policy, mz_buffer *out) {
    mz_json json;
    policy = given(policy);
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair_int(&json, "mizan-policy", MZ_POLICY_VERSION);
    mz_json_pair(&json, "name", mz_str_of(policy->name));
    mz_json_pair(&json, "algorithm", mz_str_of(mz_algorithm_name(policy->algorithm)));
    write_part(&json, &policy->base, true);
    if (policy->rule_count) {
        mz_json_key(&json, "rules");
        mz_json_array(&json);
        for (size_t r = 0; r < policy->rule_count; r++) {
            const mz_policy_rule *rule = &policy->rules[r];
            mz_json_object(&json);
            if (rule->for_schema) mz_json_pair(&json, "schema", mz_str_of(mz_schema_name(rule->schema)));
            if (rule->for_culture) mz_json_pair(&json, "culture", mz_str_of(mz_culture_name(rule->culture)));
            write_part(&json, &rule->part, false);
            mz_json_object_end(&json);
        }
        mz_json_array_end(&json);
    }
    mz_json_object_end(&json);
}

mz_status mz_policy_digest(const mz_policy *policy, char ret_digest[MZ_POLICY_DIGEST_SIZE], mz_error *error) {
    mz_buffer text;
    mz_digest digest;
    mz_buffer_init(&text, CANONICAL_BYTES);
    mz_policy_write_json(policy, &text);
    bool failed = text.failed;
    if (!failed) {
        mz_digest_init(&digest);
        mz_digest_update(&digest, text.data, text.size);
        mz_digest_hex(&digest, ret_digest);
    }
    mz_buffer_done(&text);
    return failed ? mz_fail_memory(error) : MZ_OK;
}
