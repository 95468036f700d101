/* Policies: what the default is, what a file may say, each refusal with its place and remedy, which rules apply, what
 * a caller may change, and that the digest tells policies apart. */
#include "match/policy.h"
#include "test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static mz_error error;

static mz_policy *read_it(const char *json) {
    mz_policy *policy = NULL;
    error = (mz_error){0};
    CHECK_OK(mz_policy_read(mz_str_of(json), &policy, &error), error);
    return policy;
}

TEST(the_default_is_the_program) {
    mz_settings settings;
    CHECK_STR(MZ_STR("default"), mz_policy_name(NULL));
    CHECK_INT(MZ_ALGORITHM_MIZAN_1, mz_policy_algorithm(NULL));
    mz_policy_settle(NULL, MZ_SCHEMA_Person, MZ_CULTURE_UNKNOWN, NULL, &settings);
    CHECK(fabs(settings.threshold - 0.7) < 1e-12);
    CHECK_INT(0, memcmp(&settings.prices, &mz_default_prices, sizeof mz_default_prices));
    CHECK(mz_prices_unsound(&mz_default_prices) == NULL);
    mz_policy_free(NULL);
    mz_policy_free((mz_policy *)(uintptr_t)mz_policy_default());
}

TEST(algorithms_are_known_by_name) {
    for (unsigned a = 0; a < MZ_ALGORITHM_COUNT; a++) {
        mz_algorithm found;
        mz_test_case("%s", mz_algorithm_name((mz_algorithm)a));
        CHECK_OK(mz_algorithm_parse(mz_str_of(mz_algorithm_name((mz_algorithm)a)), &found, &error), error);
        CHECK_INT(a, found);
    }
    mz_algorithm untouched = MZ_ALGORITHM_OFAC;
    CHECK_INT(MZ_ERR_ARGUMENT, mz_algorithm_parse(MZ_STR("exat"), &untouched, &error));
    CHECK_TEXT("unknown algorithm \"exat\"; did you mean \"exact\"? There are mizan-1, exact and ofac", error.text);
    CHECK_INT(MZ_ERR_ARGUMENT, mz_algorithm_parse(MZ_STR("jaro-winkler"), &untouched, &error));
    CHECK_TEXT("unknown algorithm \"jaro-winkler\"; there are mizan-1, exact and ofac", error.text);
    CHECK_INT(MZ_ALGORITHM_OFAC, untouched);
}

TEST(a_file_sets_what_it_names_and_leaves_the_rest) {
    mz_policy *policy =
        read_it("{\"mizan-policy\": 1, \"name\": \"house\", \"description\": \"of this house\",\n"
                " \"algorithm\": \"exact\", \"threshold\": 0.85,\n"
                " \"weights\": {\"description\": \"stricter\", \"missing\": 0.5, \"order\": 0},\n"
                " \"rules\": [{\"schema\": \"Vessel\", \"description\": \"ships\", \"threshold\": 0.9}]}");
    mz_settings settings;
    CHECK_STR(MZ_STR("house"), mz_policy_name(policy));
    CHECK_INT(MZ_ALGORITHM_EXACT, mz_policy_algorithm(policy));
    mz_policy_settle(policy, MZ_SCHEMA_Person, MZ_CULTURE_UNKNOWN, NULL, &settings);
    CHECK(fabs(settings.threshold - 0.85) < 1e-12 && fabs(settings.prices.missing - 0.5) < 1e-12);
    CHECK(settings.prices.order <= 0);
    CHECK(fabs(settings.prices.extra - mz_default_prices.extra) < 1e-12);
    CHECK(fabs(mz_policy_threshold(policy, MZ_SCHEMA_Vessel) - 0.9) < 1e-12);
    mz_policy_free(policy);
    policy = read_it("{\"mizan-policy\":1,\"name\":\"least\"}");
    CHECK(fabs(mz_policy_threshold(policy, MZ_SCHEMA_Thing) - 0.7) < 1e-12);
    mz_policy_free(policy);
}

TEST(rules_apply_in_their_order_to_their_schema_and_those_below_it) {
    mz_policy *policy = read_it("{\"mizan-policy\":1,\"name\":\"r\",\"threshold\":0.6,\"rules\":["
                                "{\"schema\":\"LegalEntity\",\"threshold\":0.8,\"weights\":{\"extra\":1}},"
                                "{\"schema\":\"Company\",\"threshold\":0.7},"
                                "{\"schema\":\"Organization\",\"weights\":{\"extra\":2}}]}");
    static const struct {
        mz_schema schema;
        double threshold, extra;
    } cases[] = {{MZ_SCHEMA_Thing, 0.6, 0.26},  {MZ_SCHEMA_Vessel, 0.6, 0.26},    {MZ_SCHEMA_LegalEntity, 0.8, 1},
                 {MZ_SCHEMA_Person, 0.8, 1},    {MZ_SCHEMA_Organization, 0.8, 2}, {MZ_SCHEMA_Company, 0.7, 2},
                 {MZ_SCHEMA_PublicBody, 0.8, 2}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_settings settings;
        mz_test_case("%s", mz_schema_name(cases[i].schema));
        mz_policy_settle(policy, cases[i].schema, MZ_CULTURE_UNKNOWN, NULL, &settings);
        CHECK(fabs(settings.threshold - cases[i].threshold) < 1e-12);
        double extra = cases[i].extra < 0.5 ? mz_default_prices.extra : cases[i].extra;
        CHECK(fabs(settings.prices.extra - extra) < 1e-12);
    }
    mz_policy_free(policy);
}

TEST(a_rule_for_a_culture_is_for_names_of_that_culture_alone) {
    mz_policy *policy = read_it("{\"mizan-policy\":1,\"name\":\"c\",\"rules\":["
                                "{\"culture\":\"maghrebi\",\"threshold\":0.8},"
                                "{\"culture\":\"chinese\",\"schema\":\"Person\",\"threshold\":0.9},"
                                "{\"culture\":\"unknown\",\"threshold\":0.6}]}");
    static const struct {
        mz_schema schema;
        mz_culture culture;
        double threshold;
    } cases[] = {{MZ_SCHEMA_Person, MZ_CULTURE_MAGHREBI, 0.8}, {MZ_SCHEMA_Thing, MZ_CULTURE_MAGHREBI, 0.8},
                 {MZ_SCHEMA_Person, MZ_CULTURE_ARABIC, 0.7},   {MZ_SCHEMA_Person, MZ_CULTURE_CHINESE, 0.9},
                 {MZ_SCHEMA_Company, MZ_CULTURE_CHINESE, 0.7}, {MZ_SCHEMA_Company, MZ_CULTURE_UNKNOWN, 0.6},
                 {MZ_SCHEMA_Person, MZ_CULTURE_WESTERN, 0.7}};
    CHECK(mz_policy_by_culture(policy) && !mz_policy_by_culture(NULL));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_settings settings;
        mz_test_case("%s %s", mz_schema_name(cases[i].schema), mz_culture_name(cases[i].culture));
        mz_policy_settle(policy, cases[i].schema, cases[i].culture, NULL, &settings);
        CHECK(fabs(settings.threshold - cases[i].threshold) < 1e-12);
    }
    mz_policy_free(policy);
}

TEST(what_is_wrong_is_told_with_its_place_and_a_remedy) {
    static const struct {
        const char *json;
        uint64_t line, column;
        const char *text;
    } cases[] = {
        {"[]", 1, 1, "a policy must be an object, not an array"},
        {"{}", 1, 1, "a policy begins with \"mizan-policy\": 1, its version"},
        {"{\"mizan-policy\":2,\"name\":\"x\"}", 1, 17,
         "\"mizan-policy\" must be 1: this program knows no other version of policies"},
        {"{\"mizan-policy\":\"1\",\"name\":\"x\"}", 1, 17,
         "\"mizan-policy\" must be 1: this program knows no other version of policies"},
        {"{\"mizan-policy\":1}", 1, 1, "a policy needs a \"name\", by which answers tell it"},
        {"{\"mizan-policy\":1,\"name\":5}", 1, 26, "\"name\" must be a string, not a number"},
        {"{\"mizan-policy\":1,\"name\":\"\"}", 1, 26, "\"name\" must have 1 to 64 bytes, not 0"},
        {"{\"mizan-policy\":1,\"name\":\"a\\nb\"}", 1, 26, "\"name\" must have no control characters"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\n \"treshold\":0.7}", 2, 13,
         "unknown key \"treshold\"; did you mean \"threshold\"?"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"colour\":1}", 1, 39,
         "unknown key \"colour\"; a policy has mizan-policy, name, description, algorithm, threshold, weights and "
         "rules"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"schema\":\"Person\"}", 1, 39,
         "unknown key \"schema\"; a policy has mizan-policy, name, description, algorithm, threshold, weights and "
         "rules"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"name\":\"y\"}", 1, 37, NULL},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"description\":1}", 1, 44,
         "\"description\" must be a string, not a number"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"algorithm\":\"ofca\"}", 1, 42,
         "unknown algorithm \"ofca\"; did you mean \"ofac\"? There are mizan-1, exact and ofac"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"algorithm\":null}", 1, 42, "\"algorithm\" must be a string, not null"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"threshold\":\"0.7\"}", 1, 42,
         "\"threshold\" must be a number from 0.5 to 1, not a string"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"threshold\":0.49}", 1, 42,
         "\"threshold\" must be from 0.5 to 1, not 0.49"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"threshold\":70}", 1, 42, "\"threshold\" must be from 0.5 to 1, not 70"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"threshold\":7e-1}", 1, 42,
         "\"threshold\" must be written with at most six decimals and without exponent, not 7e-1"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"threshold\":0.7000001}", 1, 42,
         "\"threshold\" must be written with at most six decimals and without exponent, not 0.7000001"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"weights\":[]}", 1, 40, "\"weights\" must be an object, not an array"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"weights\":{\n\"mising\":1}}", 2, 10,
         "unknown weight \"mising\"; did you mean \"missing\"?"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"weights\":{\"colour\":1}}", 1, 50,
         "unknown weight \"colour\"; mizan policy show names them all"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"weights\":{\"missing\":-0.1}}", 1, 51,
         "\"missing\" must be from 0 to 5, not -0.1"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"weights\":{\"one_word\":0.9}}", 1, 52,
         "\"one_word\" must be from 1 to 10, not 0.9"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"weights\":{\"extra\":99999999999999999999}}", 1, 49, NULL},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"weights\":{\"extra\":true}}", 1, 49,
         "\"extra\" must be a number from 0 to 10, not true"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"weights\":{\"missing\":3}}", 1, 40,
         "\"contradiction\" must be at least 1.1 times \"missing\": a word that differs is never less than one that is "
         "not there"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"rules\":{}}", 1, 38, "\"rules\" must be an array, not an object"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"rules\":[5]}", 1, 39, "a rule must be an object, not a number"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"rules\":[{\"schema\":\"Vessel\"}]}", 1, 39,
         "a rule needs a \"threshold\" or \"weights\"; this one changes nothing"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"rules\":[{\"schema\":\"Vessell\",\"threshold\":0.8}]}", 1, 49,
         "unknown schema \"Vessell\"; did you mean \"Vessel\"?"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"rules\":[{\"schema\":\"Person\",\"algorithm\":\"exact\"}]}", 1, 70,
         NULL},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"rules\":[{\"schema\":\"Vessel\",\"threshold\":0.8},\n"
         "{\"schema\":\"Vessel\",\"threshold\":0.9}]}",
         2, 1, "this rule is for the same as rule 1; put them into one"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"weights\":{\"contradiction\":0.9},\"rules\":[\n"
         "{\"schema\":\"Person\",\"weights\":{\"extra\":1}},\n"
         "{\"schema\":\"Company\",\"weights\":{\"missing\":0.9}}]}",
         3, 31,
         "\"contradiction\" must be at least 1.1 times \"missing\": a word that differs is never less than one that is "
         "not there"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"rules\":[{\"treshold\":0.8}]}", 1, 51,
         "unknown key \"treshold\"; did you mean \"threshold\"?"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"rules\":[{\"shade\":0.8}]}", 1, 48,
         "unknown key \"shade\"; a rule has schema, culture, threshold, weights and description"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"rules\":[{\"culture\":\"arab\",\"threshold\":0.8}]}", 1, 50,
         "unknown culture \"arab\"; did you mean \"arabic\"?"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"rules\":[{\"culture\":\"martian\",\"threshold\":0.8}]}", 1, 50,
         "unknown culture \"martian\"; docs/policies.md names them all"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"rules\":[{\"culture\":1,\"threshold\":0.8}]}", 1, 50,
         "\"culture\" must be a string, not a number"},
        {"{\"mizan-policy\":1,\"name\":\"x\",\"rules\":[{\"schema\":\"Person\",\"weights\":{\"missing\":1}},\n"
         "{\"culture\":\"arabic\",\"weights\":{\"contradiction\":1}}]}",
         2, 31,
         "\"contradiction\" must be at least 1.1 times \"missing\": a word that differs is never less than one that is "
         "not there"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_policy *policy = NULL;
        error = (mz_error){0};
        mz_test_case("%s", cases[i].json);
        CHECK_INT(MZ_ERR_INPUT, mz_policy_read(mz_str_of(cases[i].json), &policy, &error));
        CHECK(policy == NULL);
        CHECK(error.text[0] != '\0');
        if (cases[i].text) CHECK_TEXT(cases[i].text, error.text);
        CHECK_INT(cases[i].line, error.line);
        CHECK_INT(cases[i].column, error.column);
    }
}

TEST(a_policy_is_bounded) {
    mz_policy *policy = NULL;
    char *rules = malloc(1 << 20), *at = rules;
    CHECK(rules != NULL);
    at += sprintf(at, "{\"mizan-policy\":1,\"name\":\"x\",\"rules\":[");
    for (int i = 0; i < 65; i++) at += sprintf(at, "%s{\"schema\":\"Person\",\"threshold\":0.9}", i ? "," : "");
    (void)sprintf(at, "]}");
    CHECK_INT(MZ_ERR_INPUT, mz_policy_read(mz_str_of(rules), &policy, &error));
    CHECK_TEXT("65 rules; a policy has at most 64", error.text);
    memset(rules, ' ', 1 << 20);
    CHECK_INT(MZ_ERR_INPUT, mz_policy_read((mz_str){rules, 1 << 20}, &policy, &error));
    CHECK_INT(MZ_ERR_LIMIT, mz_policy_read((mz_str){rules, (1 << 20) + 1}, &policy, &error));
    free(rules);
}

TEST(the_limits_of_every_weight_are_accepted_and_what_is_beyond_is_not) {
    for (unsigned p = 0; p < MZ_PRICE_COUNT; p++) {
        const mz_price_facts *facts = mz_price_of((mz_price)p);
        const double values[] = {facts->least, facts->most, facts->least - 0.000001, facts->most + 0.000001};
        CHECK(facts->least >= 0 && facts->usual >= facts->least && facts->usual <= facts->most);
        for (size_t v = 0; v < 4; v++) {
            char json[200];
            mz_policy *policy = NULL;
            /* a contradiction dear enough for any "missing" */
            const char *beside = p == MZ_PRICE_missing ? ",\"contradiction\":10" : "";
            if (p == MZ_PRICE_contradiction) beside = ",\"missing\":0";
            (void)snprintf(json, sizeof json, "{\"mizan-policy\":1,\"name\":\"x\",\"weights\":{\"%s\":%.6f%s}}",
                           facts->name, values[v], beside);
            mz_test_case("%s", json);
            CHECK_INT(v < 2 ? MZ_OK : MZ_ERR_INPUT, mz_policy_read(mz_str_of(json), &policy, &error));
            if (v < 2) CHECK(fabs(mz_price_get(&policy->base.prices, (mz_price)p) - values[v]) < 1e-12);
            mz_policy_free(policy);
        }
    }
}

TEST(a_caller_has_the_last_word) {
    mz_policy *policy = read_it("{\"mizan-policy\":1,\"name\":\"house\",\"weights\":{\"extra\":1},\"rules\":["
                                "{\"schema\":\"Person\",\"threshold\":0.9,\"weights\":{\"extra\":2}}]}"),
              *changed = NULL;
    const mz_algorithm exact = MZ_ALGORITHM_EXACT;
    const mz_policy_weight weights[] = {{MZ_STR_INIT("extra"), 3.0000004}, {MZ_STR_INIT("missing"), 0.1}};
    mz_policy_changes changes = {.algorithm = &exact, .threshold = 0.6, .weights = weights, .weight_count = 2};
    CHECK_OK(mz_policy_change(policy, &changes, &changed, &error), error);
    mz_policy_free(policy);
    mz_settings settings;
    mz_policy_settle(changed, MZ_SCHEMA_Person, MZ_CULTURE_UNKNOWN, NULL, &settings);
    CHECK_STR(MZ_STR("house"), mz_policy_name(changed));
    CHECK_INT(MZ_ALGORITHM_EXACT, mz_policy_algorithm(changed));
    CHECK(fabs(settings.threshold - 0.6) < 1e-12 && fabs(settings.prices.extra - 3) < 1e-12);
    CHECK(fabs(settings.prices.missing - 0.1) < 1e-12);
    char expected[MZ_POLICY_DIGEST_SIZE], seen[MZ_POLICY_DIGEST_SIZE];
    mz_policy *again = NULL, *twice = NULL;
    CHECK_OK(mz_policy_change(changed, &changes, &twice, &error), error);
    mz_buffer text;
    mz_buffer_init(&text, 1 << 20);
    mz_policy_write_json(twice, &text);
    CHECK_OK(mz_policy_read(mz_buffer_view(&text), &again, &error), error);
    CHECK_OK(mz_policy_digest(changed, expected, &error), error);
    CHECK_OK(mz_policy_digest(again, seen, &error), error);
    mz_test_case("the same change twice is one, and what was changed can be written and read");
    CHECK_TEXT(expected, seen);
    mz_buffer_done(&text);
    mz_policy_free(again);
    mz_policy_free(twice);
    mz_policy_free(changed);
}

TEST(a_change_that_cannot_be_is_refused) {
    static const struct {
        mz_policy_weight weight;
        double threshold;
        const char *text;
    } cases[] = {
        {{MZ_STR_INIT("extra"), -1}, 0, "the weight \"extra\" must be from 0 to 10, not -1"},
        {{MZ_STR_INIT("extra"), NAN}, 0, "the weight \"extra\" must be from 0 to 10, not nan"},
        {{MZ_STR_INIT("extrra"), 1}, 0, "unknown weight \"extrra\"; did you mean \"extra\"?"},
        {{MZ_STR_INIT("colour"), 1}, 0, "unknown weight \"colour\"; mizan policy show names them all"},
        {{MZ_STR_INIT("extra"), 1}, 0.4, "the threshold of a policy must be from 0.5 to 1, not 0.4"},
        {{MZ_STR_INIT("extra"), 1}, 1.5, "the threshold of a policy must be from 0.5 to 1, not 1.5"},
        {{MZ_STR_INIT("missing"), 3},
         0,
         "\"contradiction\" must be at least 1.1 times \"missing\": a word that differs is never less than one that is "
         "not there"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_policy *changed = NULL;
        mz_policy_changes changes = {.threshold = cases[i].threshold, .weights = &cases[i].weight, .weight_count = 1};
        mz_test_case("%s", cases[i].text);
        CHECK_INT(MZ_ERR_ARGUMENT, mz_policy_change(NULL, &changes, &changed, &error));
        CHECK_TEXT(cases[i].text, error.text);
        CHECK(changed == NULL);
    }
}

static void digest_of(const char *json, char ret_digest[MZ_POLICY_DIGEST_SIZE]) {
    mz_policy *policy = read_it(json);
    CHECK_OK(mz_policy_digest(policy, ret_digest, &error), error);
    mz_policy_free(policy);
}

TEST(the_digest_is_of_what_a_policy_means_and_not_of_how_it_is_written) {
    static const char first[] = "{\"mizan-policy\":1,\"name\":\"x\",\"weights\":{\"extra\":0.5,\"order\":0.02}}";
    static const char *const same[] = {
        "{\"name\":\"x\",\n\"description\":\"y\",\"mizan-policy\":1,\"weights\":{\"order\":0.020,\"extra\":0.50}}",
        "{\"mizan-policy\":1,\"name\":\"x\",\"weights\":{\"extra\":0.5,\"order\":0.02},\"algorithm\":\"mizan-1\","
        "\"threshold\":0.7,\"rules\":[]}",
    };
    static const char *const others[] = {
        "{\"mizan-policy\":1,\"name\":\"z\",\"weights\":{\"extra\":0.5,\"order\":0.02}}",
        "{\"mizan-policy\":1,\"name\":\"x\",\"weights\":{\"extra\":0.5,\"order\":0.020001}}",
        "{\"mizan-policy\":1,\"name\":\"x\",\"threshold\":0.71,\"weights\":{\"extra\":0.5,\"order\":0.02}}",
        "{\"mizan-policy\":1,\"name\":\"x\",\"algorithm\":\"exact\",\"weights\":{\"extra\":0.5,\"order\":0.02}}",
        "{\"mizan-policy\":1,\"name\":\"x\",\"weights\":{\"extra\":0.5,\"order\":0.02},"
        "\"rules\":[{\"schema\":\"Person\",\"threshold\":0.7}]}",
    };
    char expected[MZ_POLICY_DIGEST_SIZE], seen[MZ_POLICY_DIGEST_SIZE];
    digest_of(first, expected);
    CHECK_INT(64, strlen(expected));
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        mz_test_case("%s", same[i]);
        digest_of(same[i], seen);
        CHECK_TEXT(expected, seen);
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        mz_test_case("%s", others[i]);
        digest_of(others[i], seen);
        CHECK(strcmp(expected, seen) != 0);
    }
}

TEST(the_canonical_form_is_a_policy_of_the_same_digest) {
    mz_policy *policy = read_it("{\"mizan-policy\":1,\"name\":\"x\",\"threshold\":0.8,\"rules\":["
                                "{\"schema\":\"Vessel\",\"weights\":{\"number_differs\":2}}]}"),
              *again = NULL;
    char expected[MZ_POLICY_DIGEST_SIZE], seen[MZ_POLICY_DIGEST_SIZE];
    mz_buffer text;
    mz_buffer_init(&text, 1 << 20);
    mz_policy_write_json(policy, &text);
    CHECK_OK(mz_policy_digest(policy, expected, &error), error);
    CHECK_OK(mz_policy_read(mz_buffer_view(&text), &again, &error), error);
    CHECK_OK(mz_policy_digest(again, seen, &error), error);
    CHECK_TEXT(expected, seen);
    mz_buffer_done(&text);
    mz_policy_free(policy);
    mz_policy_free(again);
}

TEST(the_ranges_of_the_weights_are_told) {
    mz_weight_range range;
    size_t count = 0;
    while (mz_policy_weight_range(count, &range)) count++;
    CHECK_INT(MZ_PRICE_COUNT, count);
    CHECK(mz_policy_weight_range(MZ_PRICE_one_word, &range));
    CHECK_TEXT("one_word", range.name);
    CHECK(range.least >= 1 && range.usual >= range.least && range.most > range.usual);
}

TEST_MAIN()
