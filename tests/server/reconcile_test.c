/* /reconcile: what OpenRefine asks, and what it reads. */
#include "called.h"
#include "test.h"
#include "yente_list.h"

#include <stdio.h>
#include <string.h>

static called_service service;

/* The answer as JSON; what it stands in is the answer's. NULL when it is none. */
static const mz_json_value *answered(called_answer *answer, mz_method method, const char *target, const char *body,
                                     int status) {
    const mz_json_value *root = NULL;
    mz_error error;
    called(&service, method, target, body, UINT32_MAX, answer);
    mz_test_case("%s: %s", target, called_body(answer));
    CHECK_INT(status, answer->response.status);
    CHECK_OK(mz_json_parse(mz_buffer_view(&answer->response.body), 0, &answer->arena, &root, &error), error);
    return root;
}

static bool has(const called_answer *answer, const char *part) {
    return strstr(called_body(answer), part) != NULL;
}

#define ZAYNAB "%7B%22query%22%3A%22Zaynab+Murjani%22%7D"         /* {"query":"Zaynab Murjani"} */
#define SAFFRON "%7B%22query%22%3A%22Atlas+Saffron+Trading%22%7D" /* {"query":"Atlas Saffron Trading"} */

TEST(a_manifest_tells_where_suggestions_and_previews_are) {
    static const mz_parameter host = {MZ_STR_INIT("host"), MZ_STR_INIT("screening.example:8443")};
    called_answer answer;
    called_start_with(&service, yente_image);
    service.headers = (mz_parameters){&host, 1};
    service.service.settings.secure = true;
    const mz_json_value *root = answered(&answer, MZ_GET, "/reconcile/alpha", NULL, 200);
    CHECK(mz_str_equal(mz_json_member(root, "versions")->child->text, MZ_STR("0.2")));
    CHECK(has(&answer, "\"view\":{\"url\":\"https://screening.example:8443/entities/{{id}}\"}"));
    CHECK(has(&answer, "\"service_url\":\"https://screening.example:8443/reconcile/alpha\""));
    CHECK(mz_json_member(mz_json_member(root, "suggest"), "entity"));
    called_done(&answer);
    called_stop(&service);
}

TEST(a_host_that_is_none_does_not_get_into_addresses) {
    static const mz_parameter host = {MZ_STR_INIT("host"), MZ_STR_INIT("a\"/><b")};
    called_answer answer;
    called_start_with(&service, yente_image);
    service.headers = (mz_parameters){&host, 1};
    (void)answered(&answer, MZ_GET, "/reconcile/default", NULL, 200);
    CHECK(has(&answer, "http://localhost/reconcile/default"));
    called_done(&answer);
    called_stop(&service);
}

TEST(a_candidate_is_a_match_when_no_other_reaches_the_threshold) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root = answered(
        &answer, MZ_GET, "/reconcile/default?queries=%7B%22q0%22%3A" ZAYNAB "%2C%22q1%22%3A" SAFFRON "%7D", NULL, 200);
    const mz_json_value *two = mz_json_member(mz_json_member(root, "q0"), "result");
    const mz_json_value *one = mz_json_member(mz_json_member(root, "q1"), "result");
    CHECK_INT(2, two->count);
    CHECK(mz_json_member(two->child, "match")->kind == MZ_JSON_FALSE);
    CHECK(mz_json_member(two->child, "score")->text.data[0] == '9'); /* hundredths */
    CHECK_INT(1, one->count);
    CHECK(mz_json_member(one->child, "match")->kind == MZ_JSON_TRUE);
    CHECK(mz_str_equal(mz_json_member(one->child, "id")->text, MZ_STR("beta-1")));
    CHECK(mz_json_member(one->child, "features")->count > 0);
    called_done(&answer);
    called_stop(&service);
}

TEST(a_batch_may_come_in_a_form) {
    called_answer answer;
    called_start_with(&service, yente_image);
    const mz_json_value *root =
        answered(&answer, MZ_POST, "/reconcile/beta", "queries=%7B%22q0%22%3A" ZAYNAB "%7D", 200);
    CHECK_INT(1, mz_json_member(mz_json_member(root, "q0"), "result")->count);
    CHECK(mz_json_member(mz_json_member(mz_json_member(root, "q0"), "result")->child, "match")->kind == MZ_JSON_TRUE);
    called_done(&answer);
    called_stop(&service);
}

/* Types and properties as OpenRefine writes them, not encoded here for the eye: a form takes these characters. */
#define FORM(query) "queries={\"q0\":" query "}"

TEST(types_and_properties_narrow_what_is_found) {
    static const struct {
        const char *query;
        unsigned count;
    } cases[] = {
        {"{\"query\":\"Zaynab+Murjani\",\"type\":\"Person\"}", 2},
        {"{\"query\":\"Zaynab+Murjani\",\"type\":[\"Company\",\"Vessel\"]}", 0},
        {"{\"query\":\"Zaynab+Murjani\",\"type\":[\"Company\",\"Person\"]}", 2},
        {"{\"query\":\"Zaynab+Murjani\",\"limit\":1}", 1},
        {"{\"properties\":[{\"pid\":\"passportNumber\",\"v\":\"AB123456\"}]}", 1},
        {"{\"properties\":[{\"pid\":\"name\",\"v\":[{\"id\":\"x\",\"name\":\"Karim+Oulghazi\"},\"Karim\"]}]}", 1},
        {"{\"query\":\"Nobody+Hereabouts\"}", 0},
    };
    called_start_with(&service, yente_image);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        called_answer answer;
        char body[512];
        snprintf(body, sizeof body, "queries={\"q0\":%s}", cases[k].query);
        const mz_json_value *root = answered(&answer, MZ_POST, "/reconcile/default", body, 200);
        CHECK_INT(cases[k].count, mz_json_member(mz_json_member(root, "q0"), "result")->count);
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(what_cannot_be_understood_is_refused_with_its_place) {
    static const struct {
        const char *body, *told;
        int status;
    } cases[] = {
        {"", "no field “queries”", 400},
        {"other=1", "no field “queries”", 400},
        {"queries={\"q0\":", "“queries”", 400},
        {"queries=[]", "must be an object", 400},
        {FORM("{}"), "needs “query” or “properties”", 400},
        {FORM("7"), "a query must be an object", 400},
        {FORM("{\"query\":7}"), "string", 400},
        {FORM("{\"query\":\"x\",\"type\":\"Persn\"}"), "did you mean “Person”", 400},
        {FORM("{\"query\":\"x\",\"type\":{}}"), "a type must be", 400},
        {FORM("{\"query\":\"x\",\"limit\":0}"), "limit", 400},
        {FORM("{\"query\":\"x\",\"properties\":{}}"), "properties", 400},
        {FORM("{\"query\":\"x\",\"properties\":[{\"pid\":\"birthDat\",\"v\":1}]}"), "did you mean “birthDate”", 400},
        {FORM("{\"query\":\"x\",\"properties\":[{\"pid\":\"no-such-thing\",\"v\":1}]}"),
         "/reconcile/default/suggest/property?prefix= lists", 400},
        {FORM("{\"query\":\"x\",\"type\":\"Foo\"}"), "/reconcile/default/suggest/type?prefix= lists", 400},
        {FORM("{\"query\":\"x\",\"properties\":[{\"pid\":\"name\"}]}"), "needs “pid” and “v”", 400},
        {FORM("{\"query\":\"x\",\"properties\":[{\"pid\":\"name\",\"v\":[[1]]}]}"), "must be", 400},
        {"queries=%FF", "UTF-8", 400},
        {"queries=%2", "hexadecimal", 400},
    };
    called_start_with(&service, yente_image);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        called_answer answer;
        called(&service, MZ_POST, "/reconcile/default", cases[k].body, UINT32_MAX, &answer);
        mz_test_case("%s: %s", cases[k].body, called_body(&answer));
        CHECK_INT(cases[k].status, answer.response.status);
        if (k != 2) CHECK(has(&answer, cases[k].told));
        called_done(&answer);
    }
    called_answer answer;
    (void)answered(&answer, MZ_GET, "/reconcile/nowhere", NULL, 404);
    called_done(&answer);
    called_stop(&service);
}

TEST(that_something_is_so_or_not_is_told_not_to_be_compared) {
    static const char *const queries[] = {
        "{\"query\":\"Zaynab+Murjani\",\"properties\":[{\"pid\":\"status\",\"v\":true}]}",
        "{\"query\":\"Zaynab+Murjani\",\"properties\":[{\"pid\":\"status\",\"v\":[false,\"listed\"]}]}",
        "{\"properties\":[{\"pid\":\"status\",\"v\":true}]}",
    };
    called_start_with(&service, yente_image);
    for (size_t k = 0; k < sizeof queries / sizeof *queries; k++) {
        called_answer answer;
        char body[512];
        snprintf(body, sizeof body, "queries={\"q0\":%s}", queries[k]);
        const mz_json_value *root = answered(&answer, MZ_POST, "/reconcile/default", body, 200);
        const mz_json_value *query = mz_json_member(root, "q0");
        CHECK_INT(k < 2 ? 2 : 0, mz_json_member(query, "result")->count);
        CHECK(has(&answer, k == 1 ? "status: false is not compared" : "status: true is not compared"));
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(names_that_are_asked_for_stand_in_the_log) {
    called_answer answer;
    called_start_with(&service, yente_image);
    (void)answered(&answer, MZ_POST, "/reconcile/default",
                   FORM("{\"query\":\"Zaynab+Murjani\",\"properties\":[{\"pid\":\"alias\",\"v\":\"Zizi\"}]}"), 200);
    CHECK_INT(2, answer.asked.count);
    CHECK(mz_str_equal(answer.asked.names[0], MZ_STR("Zaynab Murjani")));
    CHECK(mz_str_equal(answer.asked.names[1], MZ_STR("Zizi")));
    called_done(&answer);
    (void)answered(&answer, MZ_GET, "/reconcile/default/suggest/entity?prefix=Zay", NULL, 200);
    CHECK_INT(1, answer.asked.count);
    CHECK(mz_str_equal(answer.asked.names[0], MZ_STR("Zay")));
    called_done(&answer);
    called_stop(&service);
}

TEST(properties_and_types_are_suggested_by_their_letters) {
    called_answer answer;
    called_start_with(&service, yente_image);
    (void)answered(&answer, MZ_GET, "/reconcile/default/suggest/property?prefix=birth", NULL, 200);
    CHECK(strncmp(called_body(&answer), "{\"result\":[{\"id\":\"birth", 22) == 0);
    called_done(&answer);
    (void)answered(&answer, MZ_GET, "/reconcile/default/suggest/type?prefix=ORG", NULL, 200);
    CHECK(strncmp(called_body(&answer), "{\"result\":[{\"id\":\"Organization\"", 30) == 0);
    called_done(&answer);
    (void)answered(&answer, MZ_GET, "/reconcile/default/suggest/type", NULL, 400);
    called_done(&answer);
    (void)answered(&answer, MZ_GET, "/reconcile/nowhere/suggest/type?prefix=P", NULL, 404);
    called_done(&answer);
    called_stop(&service);
}

TEST(an_entity_is_suggested_by_the_beginning_of_a_name) {
    called_answer answer;
    called_start_with(&service, yente_image);
    (void)answered(&answer, MZ_GET, "/reconcile/default/suggest/entity?prefix=Atlas+Saffron", NULL, 200);
    CHECK(has(&answer, "\"id\":\"beta-1\""));
    CHECK(has(&answer, "\"notable\":[{\"id\":\"Company\",\"name\":\"Company\"}]"));
    called_done(&answer);
    (void)answered(&answer, MZ_GET, "/reconcile/alpha/suggest/entity?prefix=Atlas+Saffron", NULL, 200);
    CHECK(!has(&answer, "beta-1"));
    called_done(&answer);
    (void)answered(&answer, MZ_GET, "/reconcile/default/suggest/entity?prefix=", NULL, 200);
    called_done(&answer);
    called_stop(&service);
}

TEST(what_is_being_typed_suggests_letter_by_letter) {
    static const struct {
        const char *prefix, *suggested, *not_suggested;
    } cases[] = {
        {"Atlas+Saff", "beta-1", "alpha"},
        {"Saffron+At", "beta-1", "alpha"},
        {"s", "beta-1", "beta-2"},
        {"ATL", "beta-1", "alpha"},
        {"zay", "alpha-1", "beta-1"},
        {"zaynab+m", "beta-3", "beta-1"},
        {"%D9%85%D8%B1%D8%AC", "alpha-1", "beta-1"}, /* مرج */
        {"Atlas+Zay", "\"result\":[]", "beta"},
        {"ffron", "\"result\":[]", "beta-1"},
    };
    called_start_with(&service, yente_image);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char target[256];
        called_answer answer;
        snprintf(target, sizeof target, "/reconcile/default/suggest/entity?prefix=%s", cases[k].prefix);
        (void)answered(&answer, MZ_GET, target, NULL, 200);
        CHECK(has(&answer, cases[k].suggested) && !has(&answer, cases[k].not_suggested));
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(a_preview_shows_markup_as_text) {
    called_answer answer;
    called_start_with(&service, yente_image);
    called(&service, MZ_GET, "/reconcile/default/preview?id=alpha-1", NULL, UINT32_MAX, &answer);
    CHECK_INT(200, answer.response.status);
    CHECK(!strncmp(answer.response.type, "text/html", 9));
    CHECK(has(&answer, "Zaynab Murjani") && has(&answer, "زينب مرجاني"));
    CHECK(!has(&answer, "<script"));
    called_done(&answer);
    called(&service, MZ_GET, "/reconcile/default/preview?id=nobody", NULL, UINT32_MAX, &answer);
    CHECK_INT(404, answer.response.status);
    called_done(&answer);
    called_stop(&service);
}

TEST_MAIN()
