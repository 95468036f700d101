/* POST /match: what a program written for yente sends, and what it reads. */
#include "called.h"
#include "test.h"
#include "yente_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static called_service service;

static void ask(const char *target, const char *body, called_answer *ret_answer) {
    called(&service, MZ_POST, target, body, UINT32_MAX, ret_answer);
}

#define ZAYNAB "{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"]}}"
#define ONE(query) "{\"queries\":{\"q1\":" query "}}"

/* The answer to a request, as JSON; what it stands in is the answer's. */
static const mz_json_value *answered(called_answer *answer, const char *target, const char *body, int status) {
    const mz_json_value *root;
    mz_error error;
    ask(target, body, answer);
    mz_test_case("%s %s: %s", target, body, called_body(answer));
    CHECK_INT(status, answer->response.status);
    CHECK_OK(mz_json_parse(mz_buffer_view(&answer->response.body), 0, &answer->arena, &root, &error), error);
    return root;
}

static const mz_json_value *response_of(const mz_json_value *root, const char *name) {
    const mz_json_value *response = mz_json_member(mz_json_member(root, "responses"), name);
    CHECK(response);
    return response;
}

/* "alpha-1 beta-3": the ids of a query's results. */
static const char *ids_of(const mz_json_value *root, const char *name) {
    static char text[256];
    size_t size = 0;
    text[0] = '\0';
    for (const mz_json_value *r = mz_json_member(response_of(root, name), "results")->child; r; r = r->next) {
        mz_str id = mz_json_member(r, "id")->text;
        size += (size_t)snprintf(text + size, sizeof text - size, "%s%.*s", size ? " " : "", (int)id.size, id.data);
    }
    return text;
}

static const char *text_of(const mz_json_value *object, const char *key) {
    static char text[4][512];
    static unsigned turn;
    const mz_json_value *member = mz_json_member(object, key);
    char *room = text[turn++ % 4];
    snprintf(room, 512, "%.*s", member ? (int)member->text.size : 7, member ? member->text.data : "(none)");
    return room;
}

TEST(a_match_is_told_as_yente_tells_it) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root = answered(&answer, "/match/default", ONE(ZAYNAB), 200);
    CHECK_TEXT("alpha-1 beta-3", ids_of(root, "q1"));
    const mz_json_value *response = response_of(root, "q1");
    CHECK_TEXT("200", text_of(response, "status"));
    CHECK_TEXT("2", text_of(mz_json_member(response, "total"), "value"));
    CHECK_TEXT("eq", text_of(mz_json_member(response, "total"), "relation"));
    CHECK_TEXT("Person", text_of(mz_json_member(response, "query"), "schema"));
    CHECK_TEXT("5", text_of(root, "limit"));
    const mz_json_value *first = mz_json_member(response, "results")->child;
    CHECK_TEXT("Zaynab Murjani", text_of(first, "caption"));
    CHECK_TEXT("Person", text_of(first, "schema"));
    CHECK_TEXT("true", text_of(first, "target"));
    CHECK_TEXT("true", text_of(first, "match"));
    CHECK_TEXT("2020-03-04T00:00:00", text_of(first, "first_seen"));
    CHECK_TEXT("2024-06-01T00:00:00", text_of(first, "last_change"));
    CHECK_TEXT("2023-11-14T22:13:20", text_of(first, "last_seen"));
    CHECK(strtod(text_of(first, "score"), NULL) > 0.99);
    CHECK_STR(MZ_STR("alpha"), mz_json_member(first, "datasets")->child->text);
    CHECK_INT(0, mz_json_member(first, "referents")->count);
    const mz_json_value *same = mz_json_member(mz_json_member(first, "explanations"), "same");
    CHECK_TEXT("Zaynab Murjani", text_of(same, "query"));
    CHECK_TEXT("Zaynab Murjani", text_of(same, "candidate"));
    CHECK(strstr(text_of(same, "detail"), "name: “Zaynab” / “Zaynab”: +0."));
    CHECK_TEXT(text_of(first, "score"), text_of(mz_json_member(first, "features"), "same"));
    CHECK(mz_json_member(mz_json_member(root, "matcher"), "same"));
    called_done(&answer);
    called_stop(&service);
}

TEST(properties_are_followthemoneys_and_dates_have_no_more_than_their_digits) {
    called_answer answer;
    called_start_with(&service, yente_image);
    ask("/match/default", ONE(ZAYNAB), &answer);
    CHECK(strstr(called_body(&answer), "\"birthDate\":[\"1970\"]"));
    CHECK(strstr(called_body(&answer), "\"nationality\":[\"ma\"]"));
    CHECK(strstr(called_body(&answer), "\"addressEntity\":[\"alpha-1-address-1\"]"));
    called_done(&answer);
    ask("/match/default", ONE("{\"schema\":\"Person\",\"properties\":{\"name\":\"Karim Oulghazi\"}}"), &answer);
    CHECK(strstr(called_body(&answer), "\"birthDate\":[\"1968\",\"1972\"]"));
    called_done(&answer);
    called_stop(&service);
}

TEST(each_query_of_a_batch_has_its_answer) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root =
        answered(&answer, "/match/all",
                 "{\"queries\":{\"a\":" ZAYNAB ",\"b\":{\"id\":\"mine\",\"schema\":\"Company\",\"properties\":{"
                 "\"name\":[\"Atlas Saffron Trading\"],\"jurisdiction\":\"Morocco\"}},"
                 "\"c\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Olof Borgström\"]}}}}",
                 200);
    CHECK_TEXT("alpha-1 beta-3", ids_of(root, "a"));
    CHECK_TEXT("beta-1", ids_of(root, "b"));
    CHECK_TEXT("", ids_of(root, "c"));
    CHECK_TEXT("mine", text_of(mz_json_member(response_of(root, "b"), "query"), "id"));
    CHECK(strstr(called_body(&answer), "\"jurisdiction\":[\"ma\"]"));
    CHECK_STR(MZ_STR("X-Batch-Size"), answer.response.headers[0].name);
    CHECK_STR(MZ_STR("3"), answer.response.headers[0].value);
    called_done(&answer);
    called_stop(&service);
}

TEST(parameters_say_what_is_looked_at) {
    static const struct {
        const char *target, *ids;
    } cases[] = {
        {"/match/alpha", "alpha-1"},
        {"/match/beta", "beta-3"},
        {"/match/default?include_dataset=beta", "beta-3"},
        {"/match/default?include_dataset=beta&include_dataset=alpha", "alpha-1 beta-3"},
        {"/match/default?exclude_dataset=beta", "alpha-1"},
        {"/match/default?exclude_dataset=alpha&exclude_dataset=beta", ""},
        {"/match/alpha?include_dataset=beta", ""},
        {"/match/default?topics=crime", "beta-3"},
        {"/match/default?topics=crime&topics=sanction", "alpha-1 beta-3"},
        {"/match/default?topics=debarment", ""},
        {"/match/default?exclude_schema=Person", ""},
        {"/match/default?exclude_schema=LegalEntity", "alpha-1 beta-3"},
        {"/match/default?exclude_schema=Trip", "alpha-1 beta-3"},
        {"/match/default?include_schema=LegalEntity", "alpha-1 beta-3"},
        {"/match/default?include_schema=Company", ""},
        {"/match/default?changed_since=2024-06-02", ""}, /* that of beta-3 is not known */
        {"/match/default?changed_since=2024-06-01T10:00:00", "alpha-1"},
        {"/match/default?changed_since=2019-01-01", "alpha-1"},
        {"/match/default?exclude_entity_ids=alpha-1", "beta-3"},
        {"/match/default?exclude_entity_ids=alpha-1&exclude_entity_ids=beta-3", ""},
        {"/match/default?limit=1", "alpha-1"},
        {"/match/default?limit=0", ""},
        {"/match/default?algorithm=exact", "alpha-1 beta-3"},
        {"/match/default?algorithm=Best", "alpha-1 beta-3"},
        {"/match/default?fuzzy=true&algorithm=regression-v1", "alpha-1 beta-3"},
    };
    called_start_with(&service, yente_image);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        called_answer answer;
        const mz_json_value *root = answered(&answer, cases[i].target, ONE(ZAYNAB), 200);
        CHECK_TEXT(cases[i].ids, ids_of(root, "q1"));
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(results_go_down_to_the_cutoff_and_match_from_the_threshold) {
    static const char query[] = ONE("{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zeineb Mourjany\"]}}");
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root = answered(&answer, "/match/default?threshold=0.6", query, 200);
    const mz_json_value *first = mz_json_member(response_of(root, "q1"), "results")->child;
    CHECK(first && !strcmp("true", text_of(first, "match")));
    double score = strtod(text_of(first, "score"), NULL);
    CHECK(score > 0.6 && score < 0.999);
    called_done(&answer);
    root = answered(&answer, "/match/default?threshold=0.999", query, 200);
    CHECK_TEXT("", ids_of(root, "q1"));
    called_done(&answer);
    root = answered(&answer, "/match/default?threshold=0.999&cutoff=0.6&limit=1", query, 200);
    first = mz_json_member(response_of(root, "q1"), "results")->child;
    CHECK(first && !strcmp("false", text_of(first, "match")));
    CHECK_TEXT("0", text_of(mz_json_member(response_of(root, "q1"), "total"), "value"));
    called_done(&answer);
    root = answered(&answer, "/match/default?threshold=0.1", query, 200);
    CHECK(strstr(text_of(root, "not_done"), "less than 0.5"));
    called_done(&answer);
    called_stop(&service);
}

TEST(an_algorithm_by_names_alone_does_not_look_at_dates) {
    static const char query[] = ONE("{\"schema\":\"Person\",\"properties\":{\"name\":[\"Karim Oulghazi\"],"
                                    "\"birthDate\":[\"1999-01-01\"],\"nationality\":[\"se\"]}}");
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root = answered(&answer, "/match/default?algorithm=name-based", query, 200);
    CHECK_TEXT("alpha-2", ids_of(root, "q1"));
    const mz_json_value *first = mz_json_member(response_of(root, "q1"), "results")->child;
    double alone = strtod(text_of(first, "score"), NULL);
    CHECK(alone > 0.99);
    CHECK(strstr(called_body(&answer), "\"birthDate\":[\"1999-01-01\"]")); /* the query is told whole */
    called_done(&answer);
    root = answered(&answer, "/match/default?algorithm=logic-v2&cutoff=0.5", query, 200);
    first = mz_json_member(response_of(root, "q1"), "results")->child;
    CHECK(!first || strtod(text_of(first, "score"), NULL) < alone);
    called_done(&answer);
    called_stop(&service);
}

TEST(what_followthemoney_knows_and_is_not_compared_is_told) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root =
        answered(&answer, "/match/default",
                 "{\"queries\":{\"q1\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\",null],"
                 "\"profession\":[\"lamp lighter\"],\"sanctions\":[{\"id\":\"x\"}]}}},"
                 "\"weights\":{\"name_literal_match\":0.5,\"missing\":0.8},\"config\":{\"nm_number_mismatch\":0.4}}",
                 200);
    CHECK_TEXT("alpha-1 beta-3", ids_of(root, "q1"));
    CHECK_TEXT("“profession” is not compared; “sanctions” is not compared",
               text_of(response_of(root, "q1"), "not_done"));
    CHECK_TEXT("weights: “name_literal_match” is no weight of this service; config: “nm_number_mismatch” is no setting "
               "of this service",
               text_of(root, "not_done"));
    called_done(&answer);
    root = answered(&answer, "/match/default?topics=debarment", ONE(ZAYNAB), 200);
    CHECK_TEXT("topics: nothing that is listed has “debarment”", text_of(root, "not_done"));
    called_done(&answer);
    called_stop(&service);
}

TEST(what_cannot_be_understood_is_refused_with_its_name) {
    static const struct {
        const char *target, *body;
        int status;
        const char *detail;
    } cases[] = {
        {"/match/gamma", ONE(ZAYNAB), 404,
         "there is no dataset “gamma”; there are default, all, sanctions, alpha, beta"},
        {"/match/default?include_dataset=gamma", ONE(ZAYNAB), 400, "include_dataset: there is no dataset “gamma”"},
        {"/match/default?exclude_dataset=un_sc_sanctions", ONE(ZAYNAB), 400, "exclude_dataset: there is no dataset"},
        {"/match/default?algorithm=logic-v9", ONE(ZAYNAB), 400, "there is no algorithm “logic-v9”; there are best, mi"},
        {"/match/default?limit=501", ONE(ZAYNAB), 400, "“limit” must be a whole number from 0 to 500"},
        {"/match/default?limit=many", ONE(ZAYNAB), 400, "“limit” must be"},
        {"/match/default?threshold=high", ONE(ZAYNAB), 400, "“threshold” must be a number from 0 to 1"},
        {"/match/default?cutoff=2", ONE(ZAYNAB), 400, "“cutoff” must be a number from 0 to 1"},
        {"/match/default?changed_since=yesterday", ONE(ZAYNAB), 400, "“changed_since” must be a day"},
        {"/match/default?changed_since=2024-13-45", ONE(ZAYNAB), 400, "changed_since: "},
        {"/match/default?exclude_schema=Foo", ONE(ZAYNAB), 400, "https://followthemoney.tech/explorer/"},
        {"/match/default?exclude_schema=Persn", ONE(ZAYNAB), 400, "there is no schema “Persn”; did you mean “Person”?"},
        {"/match/default", "", 400, "no body"},
        {"/match/default", "{\"queries\":{\"q1\":", 400, ""},
        {"/match/default", "[]", 400, "the body must be an object, not an array"},
        {"/match/default", "{}", 400, "no queries"},
        {"/match/default", "{\"query\":{}}", 400, "unknown “query”; did you mean “queries”?"},
        {"/match/default", "{\"queries\":{}}", 400, "no queries"},
        {"/match/default", "{\"queries\":[]}", 400, "“queries” must be an object"},
        {"/match/default", ONE("null"), 400, "the query “q1”: a query must be an object, not null"},
        {"/match/default", ONE("{\"properties\":{}}"), 400, "the query “q1”: it needs a “schema”"},
        {"/match/default", ONE("{\"schema\":\"Person\"}"), 400, "the query “q1”: it needs “properties”"},
        {"/match/default", ONE("{\"schema\":7,\"properties\":{}}"), 400, "“schema” must be a string, not a number"},
        {"/match/default", ONE("{\"schema\":\"Persn\",\"properties\":{}}"), 400,
         "there is no schema “Persn”; did you mean “Person”?"},
        {"/match/default", ONE("{\"schema\":\"Sanction\",\"properties\":{}}"), 400,
         "nothing is screened for things of the schema “Sanction”"},
        {"/match/default", ONE("{\"schema\":\"CourtCase\",\"properties\":{}}"), 400, "of the schema “CourtCase”"},
        {"/match/default", ONE("{\"schema\":\"Person\",\"properties\":{\"nmae\":[\"x\"]}}"), 400,
         "there is no property “nmae”; did you mean “name”?"},
        {"/match/default", ONE("{\"schema\":\"Person\",\"properties\":{\"name\":[{}]}}"), 400,
         "a value of “name” must be a string, not an object"},
        {"/match/default", ONE("{\"schema\":\"Person\",\"properties\":{\"name\":{}}}"), 400,
         "a value of “name” must be a string, not an object"},
        {"/match/default", "{\"queries\":{\"q1\":" ZAYNAB ",\"q1\":" ZAYNAB "}}", 400, "q1"},
        {"/match/default", ONE("{\"schema\":\"Person\",\"properties\":{\"name\":[\"\xff\"]}}"), 400, "UTF-8"},
        {"/match/default", "{\"queries\":{\"q1\":" ZAYNAB "},\"weights\":{\"missing\":\"much\"}}", 400,
         "a weight must"},
        {"/match/default", "{\"queries\":{\"q1\":" ZAYNAB "},\"weights\":{\"missing\":1e300}}", 400, "missing"},
        {"/match/default", "{\"queries\":{\"q1\":" ZAYNAB "},\"config\":{\"nm_number_mismtach\":1}}", 400,
         "config: there is no setting “nm_number_mismtach”; did you mean “nm_number_mismatch”?"},
    };
    called_start_with(&service, yente_image);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        called_answer answer;
        const mz_json_value *root = answered(&answer, cases[i].target, cases[i].body, cases[i].status);
        CHECK_TEXT("application/problem+json", answer.response.type);
        CHECK(strstr(text_of(root, "detail"), cases[i].detail));
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(the_place_of_a_mistake_is_told) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root =
        answered(&answer, "/match/default",
                 "{\"queries\":{\n \"q1\":{\"schema\":\"Person\",\n  \"properties\":{\"nmae\":[]}}}}", 400);
    CHECK_TEXT("3", text_of(root, "line"));
    CHECK(strtol(text_of(root, "column"), NULL, 10) > 10);
    called_done(&answer);
    called_stop(&service);
}

TEST(deep_nesting_and_large_batches_are_refused) {
    static char body[64 << 10];
    called_answer answer;
    size_t size = (size_t)snprintf(body, sizeof body, "{\"queries\":");
    for (int k = 0; k < 200; k++) body[size++] = '[';
    body[size] = '\0';
    called_start_with(&service, yente_image);
    ask("/match/default", body, &answer);
    CHECK(answer.response.status == 400 || answer.response.status == 413);
    called_done(&answer);
    size = (size_t)snprintf(body, sizeof body, "{\"queries\":{");
    for (int k = 0; k <= 100; k++)
        size += (size_t)snprintf(body + size, sizeof body - size, "%s\"q%d\":" ZAYNAB, k ? "," : "", k);
    snprintf(body + size, sizeof body - size, "}}");
    const mz_json_value *root = answered(&answer, "/match/default", body, 400);
    CHECK(strstr(text_of(root, "detail"), "too many queries in one batch: 101, and at most 100"));
    called_done(&answer);
    called_stop(&service);
}

TEST(queries_that_take_too_much_work_together_are_refused_as_one) {
    static const struct {
        int status;
        const char *body;
    } cases[] = {
        {200, "{\"queries\":{\"a\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"]}}}}"},
        {413, "{\"queries\":{\"a\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"]}},"
              "\"b\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"]}}}}"},
    };
    called_start(&service);
    service.service.settings.request_budget = 1;
    for (size_t k = 0; k < 2; k++) {
        called_answer answer;
        called(&service, MZ_POST, "/match/default", cases[k].body, UINT32_MAX, &answer);
        CHECK_INT(cases[k].status, answer.response.status);
        CHECK(!strstr(called_body(&answer), "more work than one request may") == (k == 0));
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(who_may_not_screen_learns_nothing) {
    called_answer answer;
    called_start_with(&service, yente_image);
    called(&service, MZ_POST, "/match/gamma", "{", 0, &answer);
    CHECK_INT(401, answer.response.status);
    called_done(&answer);
    called(&service, MZ_POST, "/match/default", ONE(ZAYNAB), 1u << MZ_RIGHT_METRICS, &answer);
    CHECK_INT(403, answer.response.status);
    called_done(&answer);
    called_stop(&service);
}

TEST_MAIN()
