/* Screening a small list: which entities are found, at which threshold, in which order, and why. */
#include "listed.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static mz_error error;

static const mz_screening *ask(mz_screener *screener, mz_schema schema, const mz_fact *facts, size_t count) {
    mz_entity query = {.schema = schema, .facts = facts, .fact_count = count};
    const mz_screening *screening;
    CHECK_OK(mz_screen(screener, MZ_STR("q"), &query, &screening, &error), error);
    CHECK_STR(MZ_STR("q"), screening->id);
    return screening;
}

static const mz_screening *ask_name(mz_screener *screener, mz_schema schema, const char *name) {
    mz_fact fact = {.property = MZ_PROP_name, .value = mz_str_of(name)};
    return ask(screener, schema, &fact, 1);
}

static bool has_rule(const mz_hit *hit, mz_rule rule) {
    for (size_t e = 0; e < hit->evidence_count; e++)
        if (hit->evidence[e].rule == rule) return true;
    return false;
}

/* The score of an entity for a query, looked at exhaustively so that nothing is below a threshold; 0: no hit. */
static double score_of(mz_schema schema, const mz_fact *facts, size_t count, const char *id) {
    mz_screener *screener = listed_screener(0.01, 100, true);
    const mz_screening *screening = ask(screener, schema, facts, count);
    check_sound(screening, 0.01, 100);
    const mz_hit *hit = hit_of(screening, id);
    double score = hit ? hit->score : 0;
    mz_screener_free(screener);
    return score;
}

TEST(thresholds_that_mean_nothing_are_refused) {
    static const struct {
        double threshold;
        bool exhaustive, fine;
    } cases[] = {{0.5, false, true},   {1, false, true},   {0.49, false, false},
                 {0.49, true, true},   {0, false, true},   {-1, true, false},
                 {1.01, false, false}, {NAN, true, false}, {INFINITY, false, false}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_screener *screener = NULL;
        mz_screen_options options = {.threshold = cases[i].threshold, .limit = 1, .exhaustive = cases[i].exhaustive};
        mz_test_case("%g", cases[i].threshold);
        mz_status status = mz_screener_new(listed_index(), &options, &screener, &error);
        CHECK_INT(cases[i].fine ? MZ_OK : MZ_ERR_ARGUMENT, status);
        mz_screener_free(screener);
    }
}

TEST(a_hit_is_one_whose_score_reaches_the_threshold) {
    mz_fact fact = {.property = MZ_PROP_name, .value = MZ_STR("Zeinab Mourjany")};
    double score = score_of(MZ_SCHEMA_Person, &fact, 1, "inv-01");
    CHECK(score > 0.6 && score < 1);
    for (int step = -2; step <= 2; step++) {
        double threshold = score + step / 1e6;
        mz_screener *screener = listed_screener(threshold, 10, false);
        const mz_screening *screening = ask(screener, MZ_SCHEMA_Person, &fact, 1);
        mz_test_case("threshold %.6f, score %.6f", threshold, score);
        CHECK_INT(step <= 0, screening->total_hits);
        check_sound(screening, threshold - 1e-9, 10);
        mz_screener_free(screener);
    }
}

TEST(equal_hits_are_in_the_order_of_their_ids) {
    mz_screener *screener = listed_screener(0.7, 10, false);
    const mz_screening *screening = ask_name(screener, MZ_SCHEMA_Person, "Idris Benzahi");
    CHECK_TEXT("inv-11 inv-12", ids_of(screening));
    CHECK(!(screening->hits[0].score < screening->hits[1].score) && screening->hits[0].score > 0.99);
    mz_screener_free(screener);
    screener = listed_screener(0.7, 1, false);
    screening = ask_name(screener, MZ_SCHEMA_Person, "Idris Benzahi");
    CHECK_TEXT("inv-11", ids_of(screening));
    CHECK_INT(2, screening->total_hits);
    mz_screener_free(screener);
}

TEST(names_are_found_among_what_the_schema_allows) {
    static const struct {
        mz_schema schema;
        const char *name, *ids;
    } cases[] = {
        {MZ_SCHEMA_Person, "Zaynab Murjani", "inv-01"},
        {MZ_SCHEMA_LegalEntity, "Zaynab Murjani", "inv-01"},
        {MZ_SCHEMA_Thing, "Zaynab Murjani", "inv-01"},
        {MZ_SCHEMA_Company, "Zaynab Murjani", ""},
        {MZ_SCHEMA_Vessel, "Zaynab Murjani", ""},
        {MZ_SCHEMA_Company, "Atlas Saffron Trading Company", "inv-06"},
        {MZ_SCHEMA_Organization, "Atlas Saffron Trading Company", "inv-06"},
        {MZ_SCHEMA_LegalEntity, "Atlas Saffron Trading Company", "inv-06"},
        {MZ_SCHEMA_Thing, "Atlas Saffron Trading Company", "inv-06"},
        {MZ_SCHEMA_Person, "Atlas Saffron Trading Company", ""},
        {MZ_SCHEMA_Vessel, "Sea Lantern", "inv-07 inv-08"},
        {MZ_SCHEMA_Thing, "Sea Lantern", "inv-07 inv-08"},
        {MZ_SCHEMA_LegalEntity, "Sea Lantern", "inv-07 inv-08"}, /* some lists have no word for ships */
        {MZ_SCHEMA_Company, "Sea Lantern", ""},
        {MZ_SCHEMA_Person, "زينب مرجاني", "inv-01"},
        {MZ_SCHEMA_Person, "Borimir Shchedrogorov", "inv-03"},
        {MZ_SCHEMA_Person, "Карим Улгази", "inv-02"},
        {MZ_SCHEMA_Person, "Ouyang Tuolin", "inv-04"},
        {MZ_SCHEMA_Thing, "7 Lantern Street, Fes", ""},
        {MZ_SCHEMA_Person, "???", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_screener *screener = listed_screener(0.8, 10, false);
        mz_test_case("%s as %s", cases[i].name, mz_schema_name(cases[i].schema));
        const mz_screening *screening = ask_name(screener, cases[i].schema, cases[i].name);
        CHECK_TEXT(cases[i].ids, ids_of(screening));
        check_sound(screening, 0.8, 10);
        mz_screener_free(screener);
    }
}

TEST(the_same_number_finds_whatever_the_name) {
    mz_fact facts[] = {{.property = MZ_PROP_name, .value = MZ_STR("Golden Ant")},
                       {.property = MZ_PROP_imoNumber, .value = MZ_STR("IMO9074729")}};
    mz_screener *screener = listed_screener(0.9, 10, false);
    const mz_screening *screening = ask(screener, MZ_SCHEMA_Vessel, facts, 2);
    CHECK_TEXT("inv-08", ids_of(screening));
    CHECK(has_rule(&screening->hits[0], MZ_RULE_IDENTIFIER));
    check_sound(screening, 0.9, 10);
    screening = ask(screener, MZ_SCHEMA_Vessel, &facts[1], 1);
    CHECK_TEXT("inv-08", ids_of(screening));
    CHECK_INT(0, screening->hits[0].query_name.size);
    CHECK_INT(0, screening->not_done.size);
    mz_screener_free(screener);
}

TEST(another_number_of_a_kind_that_is_one_speaks_against) {
    mz_fact facts[] = {{.property = MZ_PROP_name, .value = MZ_STR("Sea Lantern")},
                       {.property = MZ_PROP_imoNumber, .value = MZ_STR("IMO9074729")}};
    double same = score_of(MZ_SCHEMA_Vessel, facts, 2, "inv-08"),
           other = score_of(MZ_SCHEMA_Vessel, facts, 2, "inv-07");
    double name_only = score_of(MZ_SCHEMA_Vessel, facts, 1, "inv-07");
    CHECK(same > 0.98);
    CHECK(name_only > 0.9);
    CHECK(other > 0 && other < 0.7);
}

TEST(a_passport_written_otherwise_is_the_same) {
    static const char *const spellings[] = {"AB123456", "ab 123456", "AB-123-456", " AB 123456 "};
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++) {
        char query[200];
        mz_str answer;
        size_t hits;
        mz_screener *screener = listed_screener(0.9, 10, false);
        (void)snprintf(query, sizeof query, "{\"schema\":\"Person\",\"properties\":{\"passportNumber\":\"%s\"}}",
                       spellings[i]);
        mz_test_case("%s", query);
        CHECK_OK(mz_screen_json(screener, mz_str_of(query), &answer, &hits, &error), error);
        CHECK_INT(1, hits);
        CHECK(strstr(answer.data, "\"entity\":\"inv-01\"") != NULL);
        mz_screener_free(screener);
    }
}

TEST(a_weak_alias_costs_something) {
    mz_screener *screener = listed_screener(0.7, 10, false);
    const mz_screening *screening = ask_name(screener, MZ_SCHEMA_Person, "Umm Lantern");
    const mz_hit *hit = hit_of(screening, "inv-01");
    CHECK(hit != NULL);
    CHECK(hit->score < 0.95 && has_rule(hit, MZ_RULE_WEAK_ALIAS));
    CHECK_STR(MZ_STR("Umm Lantern"), hit->entity_name);
    mz_screener_free(screener);
}

TEST(a_weak_alias_is_believed_where_the_birth_date_agrees) {
    mz_fact facts[] = {{.property = MZ_PROP_name, .value = MZ_STR("Umm Lantern")},
                       {.property = MZ_PROP_birthDate, .value = MZ_STR("1970-05-01")}};
    double alone = score_of(MZ_SCHEMA_Person, facts, 1, "inv-01"),
           dated = score_of(MZ_SCHEMA_Person, facts, 2, "inv-01");
    CHECK(alone < 0.80 && dated > 0.90);
    facts[1].value = MZ_STR("1974");
    CHECK(score_of(MZ_SCHEMA_Person, facts, 2, "inv-01") < alone);
    facts[1] = (mz_fact){.property = MZ_PROP_nationality, .value = MZ_STR("ma")};
    double national = score_of(MZ_SCHEMA_Person, facts, 2, "inv-01");
    CHECK(!(national < alone) && !(national > alone)); /* a country is no support */
}

TEST(birth_dates_that_contradict_take_away) {
    static const char *const dates[] = {"1970-05-01", "1970", "1970-01-05", "1970-11-20", "1972", "1975", "1999"};
    double before = 2;
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        mz_fact facts[] = {{.property = MZ_PROP_name, .value = MZ_STR("Zaynab Murjani")},
                           {.property = MZ_PROP_birthDate, .value = mz_str_of(dates[i])}};
        double score = score_of(MZ_SCHEMA_Person, facts, 2, "inv-01");
        mz_test_case("%s: %.6f after %.6f", dates[i], score, before);
        CHECK(score <= before);
        if (i == 0) CHECK(score > 0.99);
        if (i > 1) CHECK(score < before);
        before = score;
    }
    CHECK(before < 0.6);
}

TEST(one_of_several_nationalities_suffices) {
    mz_fact facts[] = {{.property = MZ_PROP_name, .value = MZ_STR("Karim Oulghazi")},
                       {.property = MZ_PROP_nationality, .value = MZ_STR("fr")}};
    double same = score_of(MZ_SCHEMA_Person, facts, 2, "inv-02"),
           without = score_of(MZ_SCHEMA_Person, facts, 1, "inv-02");
    facts[1].value = MZ_STR("jp");
    double other = score_of(MZ_SCHEMA_Person, facts, 2, "inv-02");
    CHECK(!(same < without) && !(same > without));
    CHECK(other < same);
}

TEST(a_name_is_put_together_from_its_parts) {
    mz_fact facts[] = {{.property = MZ_PROP_name, .value = MZ_STR("--")},
                       {.property = MZ_PROP_firstName, .value = MZ_STR("Karim")},
                       {.property = MZ_PROP_lastName, .value = MZ_STR("Oulghazi")}};
    mz_screener *screener = listed_screener(0.9, 10, false);
    const mz_screening *screening = ask(screener, MZ_SCHEMA_Person, &facts[1], 2);
    CHECK_TEXT("inv-02", ids_of(screening));
    CHECK_STR(MZ_STR("Karim Oulghazi"), screening->hits[0].query_name);
    /* also where the name that is given has nothing in it */
    CHECK_TEXT("inv-02", ids_of(ask(screener, MZ_SCHEMA_Person, facts, 3)));
    /* a name that is there is the name */
    facts[0].value = MZ_STR("Idris Benzahi");
    CHECK_TEXT("inv-11 inv-12", ids_of(ask(screener, MZ_SCHEMA_Person, facts, 3)));
    mz_screener_free(screener);
}

TEST(of_several_names_the_best_counts) {
    mz_fact facts[] = {{.property = MZ_PROP_name, .value = MZ_STR("Zeinab Mourjany")},
                       {.property = MZ_PROP_alias, .value = MZ_STR("Zaynab Murjani")},
                       {.property = MZ_PROP_alias, .value = MZ_STR("Karim Oulghazi")}};
    mz_screener *screener = listed_screener(0.7, 10, false);
    const mz_screening *screening = ask(screener, MZ_SCHEMA_Person, facts, 3);
    CHECK_INT(2, screening->hit_count);
    check_sound(screening, 0.7, 10);
    const mz_hit *hit = hit_of(screening, "inv-01");
    CHECK(hit && hit_of(screening, "inv-02"));
    CHECK_STR(MZ_STR("Zaynab Murjani"), hit->query_name);
    mz_screener_free(screener);
}

TEST(more_names_than_are_compared_are_told) {
    enum { NAMES = 600 };
    static char texts[NAMES][16];
    static mz_fact facts[NAMES];
    for (int i = 0; i < NAMES; i++) {
        (void)snprintf(texts[i], sizeof texts[i], "Qu%c%cz Vek%cor", 'a' + i % 26, 'a' + i / 26, 'a' + i % 7);
        facts[i] = (mz_fact){.property = MZ_PROP_name, .value = mz_str_of(texts[i])};
    }
    facts[0].value = MZ_STR("Karim Oulghazi");
    mz_screener *screener = listed_screener(0.9, 10, false);
    const mz_screening *screening = ask(screener, MZ_SCHEMA_LegalEntity, facts, NAMES);
    CHECK_TEXT("inv-02", ids_of(screening));
    CHECK(screening->not_done.size > 0);
    mz_screener_free(screener);
}

/* ---- one screener, many queries --------------------------------------------------------------------------------- */

TEST(a_screener_that_was_used_answers_like_a_fresh_one) {
    static const char *const queries[] = {
        "{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zeinab Morjani\"],\"birthDate\":\"1970\"}}",
        "{\"schema\":\"Vessel\",\"properties\":{\"name\":[\"Lantern Sea\"],\"imoNumber\":\"9074729\"}}",
        "{\"properties\":{\"name\":[\"Nahda Horizon\",\"Idris Ben Zahi\",\"A Qasmouri\"]}}",
        "{\"broken\":",
        "{\"properties\":{}}",
        "{\"schema\":\"Company\",\"properties\":{\"name\":\"Saffron of the Atlas LLC\",\"jurisdiction\":\"fr\"}}",
        "{\"schema\":\"Person\",\"properties\":{\"passportNumber\":\"ZZ777888\"}}",
        "{\"schema\":\"Person\",\"properties\":{\"name\":\"Boromir Shchedrogorov Karim Oulghazi Zaynab Idris\"}}",
    };
    enum { QUERIES = sizeof queries / sizeof queries[0] };
    mz_screener *used = listed_screener(0.5, 5, false);
    for (int i = 0; i < 3 * QUERIES; i++) {
        const char *query = queries[i * 5 % QUERIES];
        mz_screener *fresh = listed_screener(0.5, 5, false);
        mz_str expected = {"", 0}, found = {"", 0};
        size_t expected_hits = 0, found_hits = 0;
        mz_test_case("%s", query);
        mz_status status = mz_screen_json(fresh, mz_str_of(query), &expected, &expected_hits, &error);
        CHECK_INT(status, mz_screen_json(used, mz_str_of(query), &found, &found_hits, &error));
        CHECK_STR(expected, found);
        CHECK_INT(expected_hits, found_hits);
        mz_screener_free(fresh);
    }
    mz_screener_free(used);
}

TEST_MAIN()
