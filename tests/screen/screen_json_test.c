/* Queries as JSON: what is refused, where, and with which remedy; what is understood; the form of the answer. */
#include "listed.h"

#include "base/arena.h"
#include "base/json_read.h"
#include "screen/query_json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static mz_error error;

static mz_status ask(mz_screener *screener, const char *query, mz_str *ret_answer) {
    size_t hits;
    error = (mz_error){0};
    return mz_screen_json(screener, mz_str_of(query), ret_answer, &hits, &error);
}

TEST(a_malformed_query_is_told_with_its_place_and_a_remedy) {
    static const struct {
        const char *query;
        uint64_t line, column;
        const char *words;
    } cases[] = {
        {"", 1, 1, ""},
        {"{", 1, 2, ""},
        {"{\"properties\":{}} {}", 1, 19, ""},
        {"{\"properties\":{},\"properties\":{}}", 1, 31, "properties"},
        {"[]", 1, 1, "a query must be an object"},
        {"\"Zaynab\"", 1, 1, "a query must be an object"},
        {"{}", 1, 1, "a query needs \"properties\""},
        {"{\"properties\":[]}", 1, 15, "\"properties\" must be an object"},
        {"{\"properties\":null}", 1, 15, "\"properties\" must be an object"},
        {"{\"id\":true,\"properties\":{}}", 1, 7, "\"id\" must be a string"},
        {"{\"id\":{},\"properties\":{}}", 1, 7, "\"id\" must be a string"},
        {"{\"id\":[1],\"properties\":{}}", 1, 7, "\"id\" must be a string"},
        {"{\"schema\":5,\"properties\":{}}", 1, 11, "\"schema\" must be a string"},
        {"{\"schema\":\"Preson\",\"properties\":{}}", 1, 11, "unknown schema \"Preson\"; did you mean \"Person\"?"},
        {"{\"schema\":\"person\",\"properties\":{}}", 1, 11, "did you mean \"Person\"?"},
        {"{\"properties\":\n {\"nmae\":[\"x\"]}}", 2, 10, "unknown property \"nmae\"; did you mean \"name\"?"},
        {"{\"properties\":{\"name\":[\"x\"],\n\n\"passport_number\":\"5\"}}", 3, 19,
         "did you mean \"passportNumber\"?"},
        {"{\"properties\":{\"zzzzzzzzzzzz\":1}}", 1, 31, "unknown property \"zzzzzzzzzzzz\""},
        {"{\"schema\":\"Person\",\"propertes\":{}}", 1, 32, "unknown key \"propertes\"; did you mean \"properties\"?"},
        {"{\"shema\":\"Person\",\"properties\":{}}", 1, 10, "did you mean \"schema\"?"},
        {"{\"properties\":{\"name\":[1]}}", 1, 24, "a value of \"name\" must be a string, not a number"},
        {"{\"properties\":{\"lastName\":7}}", 1, 27, "a value of \"lastName\" must be a string, not a number"},
        {"{\"properties\":{\"name\":true}}", 1, 23, "a value of \"name\" must be a string, not"},
        {"{\"properties\":{\"name\":[\"x\",null]}}", 1, 28, "a value of \"name\" must be a string, not"},
        {"{\"properties\":{\"name\":[[\"x\"]]}}", 1, 24, "a value of \"name\" must be a string, not an array"},
        {"{\"threshold\":\"0.7\",\"properties\":{}}", 1, 14, "\"threshold\" must be a number from 0.5 to 1"},
        {"{\"threshold\":0.4,\"properties\":{}}", 1, 14, "\"threshold\" must be from 0.5 to 1, not 0.4"},
        {"{\"treshold\":0.8,\"properties\":{}}", 1, 13, "unknown key \"treshold\"; did you mean \"threshold\"?"},
        {"{\"weight\":{},\"properties\":{}}", 1, 11, "unknown key \"weight\"; did you mean \"weights\"?"},
        {"{\"algorithm\":\"mizan\",\"properties\":{}}", 1, 14, "did you mean \"mizan-1\"?"},
        {"{\"algorithm\":5,\"properties\":{}}", 1, 14, "\"algorithm\" must be a string"},
        {"{\"weights\":[],\"properties\":{}}", 1, 12, "\"weights\" must be an object"},
        {"{\"weights\":{\"extr\":1},\"properties\":{}}", 1, 20, "unknown weight \"extr\"; did you mean \"extra\"?"},
        {"{\"weights\":{\"extra\":-1},\"properties\":{}}", 1, 21, "\"extra\" must be from 0 to 10, not -1"},
        {"{\"weights\":{\"missing\":3},\"properties\":{}}", 1, 12, "\"contradiction\" must be at least 1.1 times"},
        {"{\"limit\":0,\"properties\":{}}", 1, 10, "limit must be a whole number from 1 to 100000, not 0"},
        {"{\"limit\":\"5\",\"properties\":{}}", 1, 10, "limit must be a whole number, not a string"},
        {"{\"limt\":5,\"properties\":{}}", 1, 9, "unknown key \"limt\"; did you mean \"limit\"?"},
        {"{\"plan\":1,\"properties\":{}}", 1, 9, "plan must be true or false, not a number"},
        {"{\"properties\":{\"name\":{\"a\":1}}}", 1, 23, "a value of \"name\" must be a string, not an object"},
    };
    mz_screener *screener = listed_screener(0.7, 10, false);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_str answer = {"untouched", 9};
        mz_test_case("%s", cases[i].query);
        CHECK_INT(MZ_ERR_INPUT, ask(screener, cases[i].query, &answer));
        CHECK_INT(cases[i].line, error.line);
        CHECK_INT(cases[i].column, error.column);
        CHECK(error.text[0] != '\0');
        if (!strstr(error.text, cases[i].words)) CHECK_TEXT(cases[i].words, error.text);
        CHECK_STR(MZ_STR("untouched"), answer);
    }
    mz_screener_free(screener);
}

TEST(a_refused_query_leaves_the_screener_of_use) {
    mz_str answer;
    mz_screener *screener = listed_screener(0.7, 10, false);
    CHECK_INT(MZ_ERR_INPUT, ask(screener, "{\"properties\":{\"name\":[\"Karim Oulghazi\",{}]}}", &answer));
    CHECK_OK(ask(screener, "{\"properties\":{\"name\":[\"Sea Lantern\"]},\"schema\":\"Vessel\"}", &answer), error);
    CHECK(strstr(answer.data, "inv-02") == NULL && strstr(answer.data, "inv-07") != NULL);
    mz_screener_free(screener);
}

TEST(what_an_answer_begins_with) {
    static const struct {
        const char *query, *answer;
    } cases[] = {
        {"{\"id\":\"q 1\",\"properties\":{\"name\":\"Nobody Nowhere\"}}", "{\"id\":\"q 1\",\"hits\":[]}"},
        {"{\"id\":17,\"properties\":{\"name\":\"Nobody Nowhere\"}}", "{\"id\":\"17\",\"hits\":[]}"},
        {"{\"id\":null,\"schema\":null,\"properties\":{\"name\":\"Nobody Nowhere\"}}", "{\"id\":\"\",\"hits\":[]}"},
        {"{\"id\":\"\\u0022\\n\",\"properties\":{\"name\":\"Nobody Nowhere\"}}", "{\"id\":\"\\\"\\n\",\"hits\":[]}"},
        {"{\"other\":[{}],\"properties\":{\"name\":[\"Nobody Nowhere\"],\"alias\":null}}", "{\"id\":\"\",\"hits\":[]}"},
        {"{\"properties\":{}}",
         "{\"id\":\"\",\"hits\":[],\"not_done\":\"the query has no name with a letter or digit, and no identifier\"}"},
        {"{\"properties\":{\"name\":[],\"alias\":[\"?!\"],\"birthDate\":[\"1970\"]}}",
         "{\"id\":\"\",\"hits\":[],\"not_done\":\"the query has no name with a letter or digit, and no identifier\"}"},
        {"{\"threshold\":0.8,\"properties\":{\"name\":\"Nobody Nowhere\"}}",
         "{\"id\":\"\",\"hits\":[],\"threshold\":0.800000}"},
        {"{\"algorithm\":\"mizan-1\",\"properties\":{\"name\":\"Nobody Nowhere\"}}",
         "{\"id\":\"\",\"hits\":[],\"algorithm\":\"mizan-1\"}"},
        {"{\"weights\":{\"extra\":1,\"missing\":0.2},\"properties\":{\"name\":\"Nobody Nowhere\"}}",
         "{\"id\":\"\",\"hits\":[],\"weights\":{\"missing\":0.200000,\"extra\":1.000000}}"},
        {"{\"algorithm\":null,\"threshold\":null,\"weights\":null,\"properties\":{\"name\":\"Nobody Nowhere\"}}",
         "{\"id\":\"\",\"hits\":[]}"},
        {"{\"properties\":{\"passportNumber\":[99887766]}}", "{\"id\":\"\",\"hits\":[]}"},
    };
    mz_screener *screener = listed_screener(0.7, 10, false);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_str answer;
        mz_test_case("%s", cases[i].query);
        CHECK_OK(ask(screener, cases[i].query, &answer), error);
        CHECK_STR(mz_str_of(cases[i].answer), answer);
    }
    mz_screener_free(screener);
}

static double number_of(const mz_json_value *object, const char *key) {
    const mz_json_value *value = mz_json_member(object, key);
    char text[64];
    CHECK(value && value->kind == MZ_JSON_NUMBER && value->text.size < sizeof text);
    memcpy(text, value->text.data, value->text.size);
    text[value->text.size] = '\0';
    return strtod(text, NULL);
}

TEST(a_hit_is_written_with_evidence_that_adds_up) {
    mz_screener *screener = listed_screener(0.6, 10, false);
    mz_arena arena;
    mz_str answer;
    const mz_json_value *root;
    mz_arena_init(&arena, 1 << 20);
    CHECK_OK(ask(screener,
                 "{\"id\":\"q\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab "
                 "Murjani\"],\"birthDate\":[\"1971\"],"
                 "\"nationality\":[\"Morocco\"],\"gender\":\"f\"}}",
                 &answer),
             error);
    CHECK_OK(mz_json_parse(answer, 0, &arena, &root, &error), error);
    const mz_json_value *hits = mz_json_member(root, "hits");
    CHECK(hits && hits->count == 1);
    const mz_json_value *hit = hits->child, *evidence = mz_json_member(hit, "evidence");
    static const struct {
        const char *key, *text;
    } members[] = {{"entity", "inv-01"},          {"list", "invented"}, {"reference", "01"},
                   {"caption", "Zaynab Murjani"}, {"schema", "Person"}, {"name", "Zaynab Murjani"}};
    for (size_t i = 0; i < sizeof members / sizeof members[0]; i++) {
        const mz_json_value *member = mz_json_member(hit, members[i].key);
        mz_test_case("%s", members[i].key);
        CHECK(member != NULL);
        CHECK_STR(mz_str_of(members[i].text), member->text);
    }
    double points = 0, bits = 0;
    bool date = false;
    for (const mz_json_value *row = evidence->child; row; row = row->next) {
        points += number_of(row, "points");
        bits += number_of(row, "bits");
        date |= mz_str_equal(mz_json_member(row, "rule")->text, MZ_STR("date")) && number_of(row, "points") < 0;
    }
    CHECK(fabs(points - number_of(hit, "score")) < 1e-9);
    CHECK(fabs(bits - number_of(hit, "weight")) < 0.01 * evidence->count);
    CHECK(date);
    mz_arena_done(&arena);
    mz_screener_free(screener);
}

TEST(values_that_take_no_part_are_told) {
    static const struct {
        const char *property, *told;
    } cases[] = {
        {"\"birthDate\":[\"not a date\"]", "birthDate \\\"not a date\\\" was not understood and is not compared"},
        {"\"nationality\":[\"Atlantis\"]", "nationality \\\"Atlantis\\\" was not understood and is not compared"},
        {"\"leiCode\":\"529900T8BM49AURSDO56\"", "has a wrong check digit and decides nothing"},
    };
    mz_screener *screener = listed_screener(0.7, 10, false);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char query[256];
        mz_str answer;
        (void)snprintf(query, sizeof query, "{\"properties\":{\"name\":[\"Zaynab Murjani\"],%s}}", cases[i].property);
        mz_test_case("%s", query);
        CHECK_OK(ask(screener, query, &answer), error);
        CHECK(strstr(answer.data, "inv-01") != NULL);
        CHECK(strstr(answer.data, cases[i].told) != NULL);
    }
    mz_screener_free(screener);
}

TEST(what_a_query_sets_is_for_it_alone) {
    static const char plain[] = "{\"schema\":\"Person\",\"properties\":{\"name\":\"Zaynab\"}}";
    static const struct {
        const char *query;
        bool hit;
    } cases[] = {
        {"{\"schema\":\"Person\",\"properties\":{\"name\":\"Zaynab\"},\"threshold\":0.5}", true},
        {"{\"schema\":\"Person\",\"properties\":{\"name\":\"Zaynab\"},\"weights\":{\"extra\":9}}", false},
        {"{\"schema\":\"Person\",\"properties\":{\"name\":\"Zaynab\"},\"weights\":{\"extra\":0,\"single\":0}}", true},
        {"{\"schema\":\"Person\",\"properties\":{\"name\":\"Zaynab\"},\"threshold\":1}", false},
    };
    mz_screener *screener = listed_screener(0.6, 10, false);
    mz_str answer;
    CHECK_OK(ask(screener, plain, &answer), error);
    mz_str before = mz_str_of(strdup(answer.data));
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].query);
        CHECK_OK(ask(screener, cases[i].query, &answer), error);
        CHECK_INT(cases[i].hit, strstr(answer.data, "inv-01") != NULL);
        CHECK_OK(ask(screener, plain, &answer), error);
        CHECK_STR(before, answer);
    }
    free((void *)(uintptr_t)before.data);
    mz_screener_free(screener);
}

TEST(an_answer_tells_the_policy_it_was_found_by) {
    mz_policy *policy = NULL;
    mz_screener *screener;
    mz_str answer;
    char digest[MZ_POLICY_DIGEST_SIZE], expected[200];
    CHECK_OK(mz_policy_read(MZ_STR("{\"mizan-policy\":1,\"name\":\"house \\\"1\\\"\"}"), &policy, &error), error);
    CHECK_OK(mz_policy_digest(policy, digest, &error), error);
    mz_screen_options options = MZ_SCREEN_OPTIONS_INIT;
    options.policy = policy;
    CHECK_OK(mz_screener_new(listed_index(), &options, &screener, &error), error);
    CHECK_OK(ask(screener, "{\"id\":1,\"properties\":{\"name\":\"Nobody Nowhere\"}}", &answer), error);
    (void)snprintf(expected, sizeof expected,
                   "{\"id\":\"1\",\"hits\":[],\"policy\":{\"name\":\"house \\\"1\\\"\",\"digest\":\"%.16s\"}}", digest);
    CHECK_TEXT(expected, answer.data);
    mz_screener_free(screener);
    mz_policy_free(policy);
}

TEST(more_hits_than_the_limit_are_counted) {
    static const char query[] = "{\"schema\":\"Person\",\"properties\":{\"name\":[\"Idris Benzahi\"]}}";
    for (size_t limit = 0; limit < 4; limit++) {
        mz_str answer;
        mz_screener *screener = listed_screener(0.7, limit, false);
        mz_test_case("limit %zu", limit);
        CHECK_OK(ask(screener, query, &answer), error);
        CHECK((strstr(answer.data, "\"total\":2") != NULL) == (limit < 2));
        CHECK((strstr(answer.data, "inv-11") != NULL) == (limit > 0));
        CHECK((strstr(answer.data, "inv-12") != NULL) == (limit > 1));
        mz_screener_free(screener);
    }
}

TEST(a_query_sets_how_many_hits_it_wants_and_whether_it_is_told_what_was_done) {
    mz_screener *screener = listed_screener(0.7, 10, false);
    mz_str answer;
    CHECK_OK(ask(screener, "{\"limit\":1,\"properties\":{\"name\":\"Idris Benzahi\"}}", &answer), error);
    CHECK(strstr(answer.data, "inv-11") && !strstr(answer.data, "inv-12") && strstr(answer.data, "\"total\":2"));
    CHECK(!strstr(answer.data, "\"plan\""));
    CHECK_OK(ask(screener, "{\"plan\":true,\"properties\":{\"name\":\"Idris Benzahi\"}}", &answer), error);
    CHECK(strstr(answer.data, "inv-12") && strstr(answer.data, "\"plan\":{\"names\":") &&
          strstr(answer.data, "\"ns\""));
    CHECK_OK(ask(screener, "{\"plan\":false,\"properties\":{\"name\":\"Idris Benzahi\"}}", &answer), error);
    CHECK(!strstr(answer.data, "\"plan\""));
    mz_screener_free(screener);
}

/* Reads JSON into the arena; what the caller wishes is read as what a query does. */
static const mz_json_value *parsed(mz_arena *arena, const char *text, mz_query_wishes *ret_wishes) {
    static const mz_wish_bounds bounds = {.limit_most = 50};
    const mz_json_value *value;
    CHECK_OK(mz_json_parse(mz_str_of(text), 0, arena, &value, &error), error);
    if (ret_wishes) CHECK_OK(mz_query_read_wishes(value, &bounds, arena, ret_wishes, &error), error);
    return value;
}

TEST(what_a_caller_wishes_holds_where_the_query_is_silent) {
    static const struct {
        const char *query, *usual, *alike; /* the last is the query that says all of it itself */
    } cases[] = {
        {"{\"properties\":{\"name\":\"Idris Benzahi\"}}", "{\"limit\":1,\"threshold\":0.8}",
         "{\"properties\":{\"name\":\"Idris Benzahi\"},\"limit\":1,\"threshold\":0.8}"},
        {"{\"properties\":{\"name\":\"Idris Benzahi\"},\"limit\":2,\"threshold\":0.6}",
         "{\"limit\":1,\"threshold\":0.8,\"algorithm\":\"exact\"}",
         "{\"properties\":{\"name\":\"Idris Benzahi\"},\"limit\":2,\"threshold\":0.6,\"algorithm\":\"exact\"}"},
        {"{\"properties\":{\"name\":\"Zaynab\"},\"weights\":{\"extra\":0}}",
         "{\"weights\":{\"extra\":2,\"single\":0},\"plan\":false}",
         "{\"properties\":{\"name\":\"Zaynab\"},\"weights\":{\"extra\":0,\"single\":0}}"},
        {"{\"properties\":{\"name\":\"Karim Oulghazi\"},\"filter\":{\"topics\":[\"sanction\"]}}",
         "{\"filter\":{\"topics\":[\"role.pep\"],\"schemata\":[\"Person\"]}}",
         "{\"properties\":{\"name\":\"Karim "
         "Oulghazi\"},\"filter\":{\"topics\":[\"sanction\"],\"schemata\":[\"Person\"]}}"},
    };
    mz_screener *screener = listed_screener(0.7, 10, false);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_arena arena;
        mz_query_wishes usual;
        mz_str answer;
        size_t hits;
        mz_test_case("%s with %s", cases[i].query, cases[i].usual);
        mz_arena_init(&arena, 1 << 20);
        (void)parsed(&arena, cases[i].usual, &usual);
        CHECK_OK(ask(screener, cases[i].alike, &answer), error);
        mz_str expected = mz_arena_copy(&arena, answer);
        const mz_json_value *query = parsed(&arena, cases[i].query, NULL);
        CHECK_OK(mz_screen_json_value(screener, query, &usual, &answer, &hits, &error), error);
        CHECK_STR(expected, answer);
        mz_arena_done(&arena);
    }
    mz_screener_free(screener);
}

TEST_MAIN()
