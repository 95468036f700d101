/* The algorithms that take names as they are written: which names they find, with which scores and evidence, and that
 * the tables of the image's names find what looking at every name does. */
#include "listed.h"
#include "oom.h"

#include <math.h>
#include <stdio.h>

static mz_error error;

static mz_policy *policy_of(mz_algorithm algorithm, const char *rules) {
    char json[600];
    mz_policy *policy = NULL;
    (void)snprintf(json, sizeof json, "{\"mizan-policy\":1,\"name\":\"t\",\"algorithm\":\"%s\",\"threshold\":0.5%s}",
                   mz_algorithm_name(algorithm), rules);
    CHECK_OK(mz_policy_read(mz_str_of(json), &policy, &error), error);
    return policy;
}

static mz_screener *screener_of(const mz_policy *policy, bool exhaustive) {
    mz_screener *screener = NULL;
    mz_screen_options options = {.limit = 100, .exhaustive = exhaustive, .policy = policy};
    CHECK_OK(mz_screener_new(listed_index(), &options, &screener, &error), error);
    return screener;
}

typedef struct hit_case {
    const char *name, *id;
    double score; /* 0: no hit */
} hit_case;

static void check_hits(mz_algorithm algorithm, const hit_case *cases, size_t count) {
    mz_policy *policy = policy_of(algorithm, "");
    mz_screener *fast = screener_of(policy, false), *full = screener_of(policy, true);
    for (size_t i = 0; i < count; i++) {
        const mz_screening *found, *expected;
        mz_test_case("%s: %s", mz_algorithm_name(algorithm), cases[i].name);
        CHECK_OK(mz_screen_name(fast, MZ_SCHEMA_Thing, mz_str_of(cases[i].name), &found, &error), error);
        CHECK_INT(algorithm, found->algorithm);
        check_sound(found, 0.5, 100);
        const mz_hit *hit = hit_of(found, cases[i].id);
        CHECK((hit != NULL) == (cases[i].score > 0));
        if (hit) CHECK(fabs(hit->score - cases[i].score) < 5e-7);
        CHECK_OK(mz_screen_name(full, MZ_SCHEMA_Thing, mz_str_of(cases[i].name), &expected, &error), error);
        CHECK_INT(expected->total_hits, found->total_hits);
        for (size_t h = 0; h < found->hit_count; h++) {
            CHECK_STR(expected->hits[h].entity.id, found->hits[h].entity.id);
            CHECK(fabs(expected->hits[h].score - found->hits[h].score) < 1e-9);
        }
    }
    mz_screener_free(fast);
    mz_screener_free(full);
    mz_policy_free(policy);
}

TEST(exact_finds_the_same_words_in_normal_form) {
    static const hit_case cases[] = {
        {"Zaynab Murjani", "inv-01", 1},
        {"ZAYNAB  MURJANI", "inv-01", 1},
        {"Zaynáb, Murjānī!", "inv-01", 1},
        {"زَيْنَب مَرجاني", "inv-01", 1},           /* vowel marks are marks */
        {"Murjani Zaynab", "inv-01", 0.991635}, /* the price of order */
        {"Zaynab Murjany", "inv-01", 0},
        {"Zaynab", "inv-01", 0},
        {"Zaynab Murjani Murjani", "inv-01", 0},
        {"Zay nab Murjani", "inv-01", 0},
        {"Abd al-Rahman ibn Qasmouri", "inv-05", 1},
        {"Abdulrahman ibn Qasmouri", "inv-05", 0},
        {"Dr. A Qasmouri", "inv-05", 1},
        {"Atlas Saffron Trading Company S.A.R.L.", "inv-06", 1},
        {"Atlas Saffron Trading Company", "inv-06", 0},
        {"Nahda Horizon 12", "inv-09", 1},
        {"Nahda Horizon 13", "inv-09", 0},
        {"Umm Lantern", "inv-01", 0.777250}, /* an alias that its list calls weak, and nothing that supports it */
        {"???", "inv-15", 0},
        {"欧阳拓霖", "inv-04", 1},
    };
    check_hits(MZ_ALGORITHM_EXACT, cases, sizeof cases / sizeof cases[0]);
}

TEST(ofac_scores_whole_percents_of_the_name_alone) {
    static const hit_case cases[] = {
        {"Zaynab Murjani", "inv-01", 1}, {"Murjani, Zaynab", "inv-01", 1},
        {"Zaynab", "inv-01", 1}, /* parts of the listed name that are left over cost nothing */
        {"Umm Lantern", "inv-01", 1},    {"Sea Lantern", "inv-08", 1},
        {"Xoxo Pqpq", "inv-01", 0},      {"???", "inv-15", 0},
    };
    check_hits(MZ_ALGORITHM_OFAC, cases, sizeof cases / sizeof cases[0]);
}

static const mz_screening *ask(mz_screener *screener, const mz_fact *facts, size_t count) {
    const mz_screening *screening;
    mz_entity query = {.schema = MZ_SCHEMA_Person, .facts = facts, .fact_count = count};
    CHECK_OK(mz_screen(screener, MZ_STR("q"), &query, &screening, &error), error);
    return screening;
}

TEST(to_ofac_nothing_known_beside_the_name_matters_but_exact_minds_it) {
    static const mz_fact facts[] = {{.property = MZ_PROP_name, .value = MZ_STR_INIT("Zaynab Murjani")},
                                    {.property = MZ_PROP_birthDate, .value = MZ_STR_INIT("1923-02-02")},
                                    {.property = MZ_PROP_gender, .value = MZ_STR_INIT("male")}};
    for (unsigned a = MZ_ALGORITHM_EXACT; a <= MZ_ALGORITHM_OFAC; a++) {
        mz_policy *policy = policy_of((mz_algorithm)a, ",\"weights\":{\"year_other\":0.2,\"gender_differs\":0.1}");
        mz_screener *screener = screener_of(policy, false);
        mz_test_case("%s", mz_algorithm_name((mz_algorithm)a));
        const mz_hit *bare = hit_of(ask(screener, facts, 1), "inv-01");
        CHECK(bare && bare->score >= 1);
        double weight = bare->weight;
        const mz_hit *known = hit_of(ask(screener, facts, 3), "inv-01");
        CHECK(known != NULL);
        CHECK_INT(a == MZ_ALGORITHM_OFAC, known->score >= 1);
        CHECK(known->weight < weight);
        mz_screener_free(screener);
        mz_policy_free(policy);
    }
}

TEST(the_same_number_decides_under_every_algorithm) {
    static const mz_fact facts[] = {{.property = MZ_PROP_name, .value = MZ_STR_INIT("Quite Another")},
                                    {.property = MZ_PROP_passportNumber, .value = MZ_STR_INIT("ZZ777888")}};
    for (unsigned a = 0; a < MZ_ALGORITHM_COUNT; a++) {
        mz_policy *policy = policy_of((mz_algorithm)a, "");
        mz_screener *screener = screener_of(policy, false);
        mz_test_case("%s", mz_algorithm_name((mz_algorithm)a));
        const mz_hit *hit = hit_of(ask(screener, facts, 2), "inv-13");
        CHECK(hit && hit->score >= 0.9);
        mz_screener_free(screener);
        mz_policy_free(policy);
    }
}

TEST(a_query_may_ask_for_another_algorithm) {
    mz_screener *screener = listed_screener(0.7, 10, false);
    mz_str answer;
    size_t hits;
    CHECK_OK(mz_screen_json(screener, MZ_STR("{\"properties\":{\"name\":\"Zeinab Morjani\"}}"), &answer, &hits, &error),
             error);
    CHECK_INT(1, hits);
    CHECK_OK(mz_screen_json(screener, MZ_STR("{\"algorithm\":\"exact\",\"properties\":{\"name\":\"Zeinab Morjani\"}}"),
                            &answer, &hits, &error),
             error);
    CHECK_TEXT("{\"id\":\"\",\"hits\":[],\"algorithm\":\"exact\"}", answer.data);
    CHECK_OK(mz_screen_json(screener, MZ_STR("{\"algorithm\":\"ofac\",\"properties\":{\"name\":\"Zaynab\"}}"), &answer,
                            &hits, &error),
             error);
    CHECK(hits == 1 && strstr(answer.data, "\"score\":1.000000") && strstr(answer.data, "\"algorithm\":\"ofac\""));
    mz_screener_free(screener);
}

TEST(two_names_are_compared_by_the_algorithm_of_the_policy) {
    static const struct {
        mz_algorithm algorithm;
        const char *query, *candidate;
        double score;
        mz_rule first;
        size_t pieces;
    } cases[] = {
        {MZ_ALGORITHM_EXACT, "Ali Ben Salem", "ALI BEN SALEM", 1, MZ_RULE_SAME, 3},
        {MZ_ALGORITHM_EXACT, "Ali Ben Salem", "Salem Ali Ben", 0.991635, MZ_RULE_SAME, 4},
        {MZ_ALGORITHM_EXACT, "Ali Ben Salem", "Ali Salem", 0, MZ_RULE_SAME, 0},
        {MZ_ALGORITHM_OFAC, "Ali Ben Salem", "SALEM, Ali Ben", 1, MZ_RULE_SAME, 3},
        {MZ_ALGORITHM_OFAC, "Ali Ben Salem Vovkx", "SALEM, Ali Ben", 0.75, MZ_RULE_SAME, 4},
        {MZ_ALGORITHM_OFAC, "Xyz", "SALEM, Ali Ben", 0, MZ_RULE_SAME, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_policy *policy = policy_of(cases[i].algorithm, "");
        mz_comparer *comparer = NULL;
        const mz_comparison *comparison;
        CHECK_OK(mz_comparer_new(policy, &comparer, &error), error);
        mz_test_case("%s: %s ~ %s", mz_algorithm_name(cases[i].algorithm), cases[i].query, cases[i].candidate);
        CHECK_OK(mz_compare_names(comparer, MZ_SCHEMA_Person, mz_str_of(cases[i].query), mz_str_of(cases[i].candidate),
                                  &comparison, &error),
                 error);
        CHECK(fabs(comparison->score - cases[i].score) < 5e-7);
        CHECK_INT(cases[i].pieces, comparison->evidence_count);
        if (cases[i].pieces) CHECK_INT(cases[i].first, comparison->evidence[0].rule);
        double points = 0;
        for (size_t e = 0; e < comparison->evidence_count; e++) points += comparison->evidence[e].points;
        CHECK(fabs(points - comparison->score) < 1e-9);
        mz_comparer_free(comparer);
        mz_policy_free(policy);
    }
}

static mz_status screen_once(void *context, mz_error *failure) {
    static const char *const queries[] = {"{\"algorithm\":\"exact\",\"properties\":{\"name\":\"Murjani Zaynab\"}}",
                                          "{\"algorithm\":\"ofac\",\"properties\":{\"name\":\"Zaynab Murjany\"}}"};
    mz_screener *screener = NULL;
    mz_screen_options options = {.threshold = 0.5, .limit = 10};
    mz_str answer;
    size_t hits = 0;
    mz_status status = mz_screener_new(context, &options, &screener, failure);
    for (size_t q = 0; q < 2 && !status; q++) {
        status = mz_screen_json(screener, mz_str_of(queries[q]), &answer, &hits, failure);
        if (!status && hits < 1) status = MZ_ERR_REFUSED;
    }
    mz_screener_free(screener);
    return status;
}

TEST(a_table_that_memory_does_not_suffice_for_is_an_error) {
    union {
        const mz_index *index;
        void *context;
    } listed = {listed_index()};
    CHECK(mz_oom_each(screen_once, listed.context) > 15);
}

TEST_MAIN()
