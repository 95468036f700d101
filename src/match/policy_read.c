/* Policies from their files, and the parts of them that a query may set for itself.
 *
 *     {"mizan-policy": 1, "name": "house", "description": "…", "algorithm": "mizan-1", "threshold": 0.7,
 *      "weights": {"missing": 0.5},
 *      "rules": [{"schema": "Vessel", "threshold": 0.8, "weights": {"number_differs": 2}}]}
 *
 * Only the version and the name must be there. JSON has no comments, so "description" is allowed in every object. What
 * is not understood is refused: a weight that was meant and not taken would be worse than an error. Numbers are read as
 * whole millionths, so that a policy is the same to the bit everywhere, whatever the locale; hence no exponents. */
#include "base/ascii.h"
#include "base/error.h"
#include "base/file.h"
#include "base/nearest.h"
#include "base/shown.h"
#include "match/policy.h"

#include <stdlib.h>

enum { ARENA_BYTES = 64 << 20, DECIMALS = 6, MILLION = 1000000 };

static mz_status refuse(const mz_json_value *at, mz_error *error, const char *text) {
    return mz_fail_at(error, MZ_ERR_INPUT, at->line, at->column, "%s", text);
}

static mz_status unknown(const mz_json_value *at, mz_error *error, const char *what, mz_str word, const char *nearest,
                         const char *otherwise) {
    return mz_fail_at(error, MZ_ERR_INPUT, at->line, at->column, "unknown %s \"%.*s\"; %s%s%s", what, mz_shown(word),
                      word.data, nearest ? "did you mean \"" : otherwise, nearest ? nearest : "", nearest ? "\"?" : "");
}

/* ---- numbers ---- */

/* Digits, and at most six behind a point: in millionths. */
static bool millionths(mz_str text, int64_t *ret_number) {
    size_t at = 0, decimals = 0;
    int64_t number = 0;
    bool negative = text.size && text.data[0] == '-', point = false;
    for (at = negative; at < text.size; at++) {
        if (text.data[at] == '.' && !point) {
            point = true;
            continue;
        }
        if (!mz_is_digit(text.data[at]) || number > INT64_MAX / 1000 / MILLION) return false;
        decimals += point;
        number = number * 10 + (text.data[at] - '0');
    }
    for (; decimals > DECIMALS && number % 10 == 0; decimals--) number /= 10;
    if (decimals > DECIMALS) return false;
    for (; decimals < DECIMALS; decimals++) number *= 10;
    *ret_number = negative ? -number : number;
    return true;
}

/* Both ends are allowed; with `above` the lower one is not. */
static mz_status read_number(const mz_json_value *value, const char *what, double least, bool above, double most,
                             double *ret_number, mz_error *error) {
    int64_t number;
    if (value->kind != MZ_JSON_NUMBER)
        return mz_fail_at(error, MZ_ERR_INPUT, value->line, value->column,
                          "\"%s\" must be a number from %g to %g, not %s", what, least, most,
                          mz_json_kind_name(value->kind));
    if (!millionths(value->text, &number))
        return mz_fail_at(error, MZ_ERR_INPUT, value->line, value->column,
                          "\"%s\" must be written with at most six decimals and without exponent, not %.*s", what,
                          mz_shown(value->text), value->text.data);
    double read = (double)number / MILLION;
    if (read < least || read > most || (above && read <= least))
        return mz_fail_at(error, MZ_ERR_INPUT, value->line, value->column, "\"%s\" must be %s %g%s %g, not %.*s", what,
                          above ? "above" : "from", least, above ? " and at most" : " to", most, mz_shown(value->text),
                          value->text.data);
    *ret_number = read;
    return MZ_OK;
}

mz_status mz_policy_read_threshold(const mz_json_value *threshold, bool any, double *ret_threshold, mz_error *error) {
    return read_number(threshold, "threshold", any ? 0 : 0.5, any, 1, ret_threshold, error);
}

/* ---- weights and algorithms ---- */

static mz_status read_weight(const mz_json_value *value, mz_policy_part *part, mz_error *error) {
    mz_str names[MZ_PRICE_COUNT];
    for (unsigned p = 0; p < MZ_PRICE_COUNT; p++) {
        const mz_price_facts *facts = mz_price_of((mz_price)p);
        names[p] = mz_str_of(facts->name);
        if (!mz_str_equal(value->key, names[p])) continue;
        double number;
        mz_status status = read_number(value, facts->name, facts->least, false, facts->most, &number, error);
        if (status) return status;
        part->set |= UINT64_C(1) << p;
        mz_price_set(&part->prices, (mz_price)p, number);
        return MZ_OK;
    }
    return unknown(value, error, "weight", value->key, mz_nearest(names, MZ_PRICE_COUNT, value->key),
                   "mizan policy show names them all");
}

static bool is_description(const mz_json_value *member) {
    return mz_str_equal(member->key, MZ_STR("description"));
}

mz_status mz_policy_read_weights(const mz_json_value *weights, mz_policy_part *part, mz_error *error) {
    mz_status status = mz_json_expect(weights, MZ_JSON_OBJECT, "\"weights\"", error);
    for (const mz_json_value *m = status ? NULL : weights->child; m && !status; m = m->next)
        if (is_description(m))
            status = mz_json_expect(m, MZ_JSON_STRING, "\"description\"", error);
        else
            status = read_weight(m, part, error);
    return status;
}

mz_status mz_policy_read_algorithm(const mz_json_value *algorithm, mz_algorithm *ret_algorithm, mz_error *error) {
    mz_error why;
    mz_status status = mz_json_expect(algorithm, MZ_JSON_STRING, "\"algorithm\"", error);
    if (status || !mz_algorithm_parse(algorithm->text, ret_algorithm, &why)) return status;
    return refuse(algorithm, error, why.text);
}

/* ---- the file ---- */

typedef enum policy_key {
    KEY_VERSION,
    KEY_NAME,
    KEY_DESCRIPTION,
    KEY_ALGORITHM,
    KEY_THRESHOLD,
    KEY_WEIGHTS,
    KEY_RULES,
    KEY_SCHEMA,
    KEY_CULTURE,
    KEY_COUNT
} policy_key;

static const mz_str keys[KEY_COUNT] = {
    [KEY_VERSION] = MZ_STR_INIT("mizan-policy"),
    [KEY_NAME] = MZ_STR_INIT("name"),
    [KEY_DESCRIPTION] = MZ_STR_INIT("description"),
    [KEY_ALGORITHM] = MZ_STR_INIT("algorithm"),
    [KEY_THRESHOLD] = MZ_STR_INIT("threshold"),
    [KEY_WEIGHTS] = MZ_STR_INIT("weights"),
    [KEY_RULES] = MZ_STR_INIT("rules"),
    [KEY_SCHEMA] = MZ_STR_INIT("schema"),
    [KEY_CULTURE] = MZ_STR_INIT("culture"),
};

/* The member's key among those from `first` on. */
static mz_status key_of(const mz_json_value *member, const policy_key *allowed, size_t count, const char *otherwise,
                        policy_key *ret_key, mz_error *error) {
    mz_str names[KEY_COUNT];
    for (size_t i = 0; i < count; i++) {
        names[i] = keys[allowed[i]];
        if (!mz_str_equal(member->key, names[i])) continue;
        *ret_key = allowed[i];
        return MZ_OK;
    }
    return unknown(member, error, "key", member->key, mz_nearest(names, count, member->key), otherwise);
}

static mz_status read_version(const mz_json_value *root, mz_error *error) {
    const mz_json_value *version = mz_json_member(root, "mizan-policy");
    if (!version) return refuse(root, error, "a policy begins with \"mizan-policy\": 1, its version");
    if (version->kind == MZ_JSON_NUMBER && mz_str_equal(version->text, MZ_STR("1"))) return MZ_OK;
    return refuse(version, error, "\"mizan-policy\" must be 1: this program knows no other version of policies");
}

static mz_status read_name(const mz_json_value *root, mz_policy *policy, mz_error *error) {
    const mz_json_value *name = mz_json_member(root, "name");
    if (!name) return refuse(root, error, "a policy needs a \"name\", by which answers tell it");
    mz_status status = mz_json_expect(name, MZ_JSON_STRING, "\"name\"", error);
    if (status) return status;
    if (!name->text.size || name->text.size > MZ_POLICY_NAME_BYTES)
        return mz_fail_at(error, MZ_ERR_INPUT, name->line, name->column, "\"name\" must have 1 to %d bytes, not %zu",
                          MZ_POLICY_NAME_BYTES, name->text.size);
    for (size_t i = 0; i < name->text.size; i++) {
        unsigned char c = (unsigned char)name->text.data[i];
        if (c < 0x20 || c == 0x7F) return refuse(name, error, "\"name\" must have no control characters");
    }
    memcpy(policy->name, name->text.data, name->text.size);
    return MZ_OK;
}

static mz_status read_schema(const mz_json_value *value, mz_policy_rule *rule, mz_error *error) {
    mz_status status = mz_json_expect(value, MZ_JSON_STRING, "\"schema\"", error);
    if (status) return status;
    rule->for_schema = true;
    if (mz_schema_find(value->text, &rule->schema)) return MZ_OK;
    return unknown(value, error, "schema", value->text, mz_schema_nearest(value->text),
                   "usual ones are Person, Company, Organization and Vessel");
}

static mz_status read_culture(const mz_json_value *value, mz_policy_rule *rule, mz_error *error) {
    mz_str names[MZ_CULTURE_COUNT];
    mz_status status = mz_json_expect(value, MZ_JSON_STRING, "\"culture\"", error);
    if (status) return status;
    rule->for_culture = true;
    if (mz_culture_named(value->text, &rule->culture)) return MZ_OK;
    for (unsigned c = 0; c < MZ_CULTURE_COUNT; c++) names[c] = mz_str_of(mz_culture_name((mz_culture)c));
    return unknown(value, error, "culture", value->text, mz_nearest(names, MZ_CULTURE_COUNT, value->text),
                   "docs/policies.md names them all");
}

static mz_status read_rule(const mz_json_value *object, mz_policy_rule *rule, mz_error *error) {
    static const policy_key allowed[] = {KEY_SCHEMA, KEY_CULTURE, KEY_THRESHOLD, KEY_WEIGHTS, KEY_DESCRIPTION};
    mz_status status = mz_json_expect(object, MZ_JSON_OBJECT, "a rule", error);
    for (const mz_json_value *m = status ? NULL : object->child; m && !status; m = m->next) {
        policy_key key;
        status = key_of(m, allowed, sizeof allowed / sizeof *allowed,
                        "a rule has schema, culture, threshold, weights and description", &key, error);
        if (status) return status;
        if (key == KEY_SCHEMA)
            status = read_schema(m, rule, error);
        else if (key == KEY_CULTURE)
            status = read_culture(m, rule, error);
        else if (key == KEY_THRESHOLD)
            status = mz_policy_read_threshold(m, false, &rule->part.threshold, error);
        else if (key == KEY_WEIGHTS)
            status = mz_policy_read_weights(m, &rule->part, error);
        else
            status = mz_json_expect(m, MZ_JSON_STRING, "\"description\"", error);
    }
    if (status) return status;
    if (!rule->part.set && rule->part.threshold <= 0)
        return refuse(object, error, "a rule needs a \"threshold\" or \"weights\"; this one changes nothing");
    return MZ_OK;
}

static bool for_the_same(const mz_policy_rule *a, const mz_policy_rule *b) {
    return a->for_schema == b->for_schema && a->schema == b->schema && a->for_culture == b->for_culture &&
           a->culture == b->culture;
}

static mz_status read_rules(const mz_json_value *array, mz_policy *policy, mz_error *error) {
    mz_status status = mz_json_expect(array, MZ_JSON_ARRAY, "\"rules\"", error);
    if (status) return status;
    if (array->count > MZ_POLICY_RULES_MOST)
        return mz_fail_at(error, MZ_ERR_INPUT, array->line, array->column, "%u rules; a policy has at most %d",
                          array->count, MZ_POLICY_RULES_MOST);
    mz_policy_rule *rules = MZ_ARENA_NEW(&policy->arena, array->count + 1, mz_policy_rule);
    if (!rules) return mz_fail_memory(error);
    policy->rules = rules;
    for (const mz_json_value *value = array->child; value; value = value->next) {
        size_t number = policy->rule_count;
        status = read_rule(value, &rules[number], error);
        if (status) return status;
        for (size_t r = 0; r < number; r++)
            if (for_the_same(&rules[r], &rules[number]))
                return mz_fail_at(error, MZ_ERR_INPUT, value->line, value->column,
                                  "this rule is for the same as rule %zu; put them into one", r + 1);
        policy->rule_count++;
    }
    return MZ_OK;
}

static mz_status read_member(const mz_json_value *member, mz_policy *policy, mz_error *error) {
    static const policy_key allowed[] = {KEY_VERSION,   KEY_NAME,    KEY_DESCRIPTION, KEY_ALGORITHM,
                                         KEY_THRESHOLD, KEY_WEIGHTS, KEY_RULES};
    policy_key key;
    mz_status status =
        key_of(member, allowed, sizeof allowed / sizeof *allowed,
               "a policy has mizan-policy, name, description, algorithm, threshold, weights and rules", &key, error);
    if (status) return status;
    switch (key) {
    case KEY_DESCRIPTION: return mz_json_expect(member, MZ_JSON_STRING, "\"description\"", error);
    case KEY_ALGORITHM:
        policy->algorithm_set = true;
        return mz_policy_read_algorithm(member, &policy->algorithm, error);
    case KEY_THRESHOLD:
        policy->threshold_set = true;
        return mz_policy_read_threshold(member, false, &policy->base.threshold, error);
    case KEY_WEIGHTS: return mz_policy_read_weights(member, &policy->base, error);
    case KEY_RULES: return read_rules(member, policy, error);
    case KEY_VERSION:
    case KEY_NAME:
    case KEY_SCHEMA:
    case KEY_CULTURE:
    case KEY_COUNT: break;
    }
    return MZ_OK; /* read before the others */
}

/* The place of what makes the prices unsound: the last rule that takes part, else the policy's own weights. */
static mz_status refuse_unsound(const mz_json_value *root, const mz_policy *policy, mz_error *error) {
    size_t number;
    const char *why = mz_policy_unsound(policy, NULL, &number);
    if (!why) return MZ_OK;
    const mz_json_value *at = mz_json_member(root, "weights");
    if (number < policy->rule_count) {
        const mz_json_value *rule = mz_json_member(root, "rules")->child;
        for (; number; number--) rule = rule->next;
        at = mz_json_member(rule, "weights");
    }
    return refuse(at ? at : root, error, why);
}

static mz_status read_policy(mz_str json, mz_arena *arena, mz_policy *policy, mz_error *error) {
    const mz_json_value *root;
    mz_status status = mz_json_parse(json, 0, arena, &root, error);
    if (!status) status = mz_json_expect(root, MZ_JSON_OBJECT, "a policy", error);
    if (!status) status = read_version(root, error);
    if (!status) status = read_name(root, policy, error);
    for (const mz_json_value *m = status ? NULL : root->child; m && !status; m = m->next)
        status = read_member(m, policy, error);
    return status ? status : refuse_unsound(root, policy, error);
}

mz_status mz_policy_read(mz_str json, mz_policy **ret_policy, mz_error *error) {
    if (json.size > MZ_POLICY_JSON_BYTES)
        return mz_fail(error, MZ_ERR_LIMIT, "a policy of more than %d KiB", MZ_POLICY_JSON_BYTES >> 10);
    mz_policy *policy = malloc(sizeof *policy);
    if (!policy) return mz_fail_memory(error);
    *policy = *mz_policy_default();
    memset(policy->name, 0, sizeof policy->name);
    mz_arena_init(&policy->arena, MZ_POLICY_JSON_BYTES);
    mz_arena arena;
    mz_arena_init(&arena, ARENA_BYTES);
    mz_status status = read_policy(json, &arena, policy, error);
    mz_arena_done(&arena);
    if (status)
        mz_policy_free(policy);
    else
        *ret_policy = policy;
    return status;
}

mz_status mz_policy_load(const char *path, mz_policy **ret_policy, mz_error *error) {
    mz_buffer text;
    mz_buffer_init(&text, MZ_POLICY_JSON_BYTES);
    mz_status status = mz_file_read(path, &text, error);
    if (!status) status = mz_policy_read(mz_buffer_view(&text), ret_policy, error);
    mz_buffer_done(&text);
    if (status) mz_error_name(error, path);
    return status;
}
