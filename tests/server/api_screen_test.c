/* /api/v1/screen and its batch: answers as the library gives them, to the byte, and refusals that say where. */
#include "called.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static called_service service;
static mz_error error;

/* What the library answers to the same query, with the options of the service. */
static const char *expected(const char *query, mz_arena *arena) {
    mz_engine *engine;
    mz_str answer;
    size_t hits;
    CHECK_OK(mz_engines_take(service.service.engines, 0, &engine, &error), error);
    CHECK_OK(mz_screen_json(engine->screener, mz_str_of(query), &answer, &hits, &error), error);
    mz_str line = mz_arena_print(arena, "%.*s\n", (int)answer.size, answer.data);
    mz_engines_give_back(service.service.engines, engine);
    return line.data;
}

TEST(an_answer_is_that_of_the_library_to_the_byte) {
    static const struct {
        const char *target, *body, *alike; /* the query that wishes for itself what the address does; NULL: the body */
    } cases[] = {
        {"/api/v1/screen", "{\"id\":\"q\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Zainab al-Murjani\"]}}",
         NULL},
        {"/api/v1/screen", "{\"properties\":{\"name\":\"زينب مرجاني\",\"birthDate\":\"1970\"}}", NULL},
        {"/api/v1/screen", "{\"properties\":{}}", NULL},
        {"/api/v1/screen", "\n {\"id\":7,\"properties\":{\"imoNumber\":\"9074729\"}}", NULL},
        {"/api/v1/screen?limit=1", "{\"properties\":{\"name\":\"Idris Benzahi\"}}",
         "{\"properties\":{\"name\":\"Idris Benzahi\"},\"limit\":1}"},
        {"/api/v1/screen?limit=1&threshold=0.9&algorithm=exact", "{\"properties\":{\"name\":\"Idris Benzahi\"}}",
         "{\"properties\":{\"name\":\"Idris Benzahi\"},\"limit\":1,\"threshold\":0.9,\"algorithm\":\"exact\"}"},
        {"/api/v1/screen?threshold=0.9", "{\"properties\":{\"name\":\"Idris Benzahi\"},\"threshold\":0.6}",
         "{\"properties\":{\"name\":\"Idris Benzahi\"},\"threshold\":0.6}"},
        {"/api/v1/screen?lists=invented&topics=sanction&topics=role.pep&listed_since=2019",
         "{\"properties\":{\"name\":\"Karim Oulghazi\"}}",
         "{\"properties\":{\"name\":\"Karim Oulghazi\"},\"filter\":{\"lists\":[\"invented\"],"
         "\"topics\":[\"sanction\",\"role.pep\"],\"listed_since\":\"2019\"}}"},
    };
    called_start(&service);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        called_answer answer;
        mz_test_case("%s %s", cases[i].target, cases[i].body);
        called(&service, MZ_POST, cases[i].target, cases[i].body, UINT32_MAX, &answer);
        CHECK_INT(200, answer.response.status);
        CHECK_TEXT("application/json", answer.response.type);
        CHECK_TEXT(expected(cases[i].alike ? cases[i].alike : cases[i].body, &answer.arena), called_body(&answer));
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(what_was_done_is_told_to_who_asks) {
    called_answer answer;
    called_start(&service);
    called(&service, MZ_POST, "/api/v1/screen?plan=true", "{\"properties\":{\"name\":\"Idris Benzahi\"}}", UINT32_MAX,
           &answer);
    CHECK_INT(200, answer.response.status);
    CHECK(strstr(called_body(&answer), "\"plan\":{\"names\":") != NULL);
    called_done(&answer);
    called_stop(&service);
}

/* What the problem says, and where. */
typedef struct refusal {
    const char *target, *body;
    int status, line, column;
    const char *words;
} refusal;

static void check_refusals(const refusal *cases, size_t count) {
    called_start(&service);
    for (size_t i = 0; i < count; i++) {
        called_answer answer;
        char place[64];
        mz_test_case("%s %.200s", cases[i].target, cases[i].body ? cases[i].body : "");
        called(&service, MZ_POST, cases[i].target, cases[i].body, UINT32_MAX, &answer);
        CHECK_INT(cases[i].status, answer.response.status);
        CHECK_TEXT("application/problem+json", answer.response.type);
        (void)snprintf(place, sizeof place, "\"line\":%d,\"column\":%d,", cases[i].line, cases[i].column);
        if (!strstr(called_body(&answer), cases[i].words)) CHECK_TEXT(cases[i].words, called_body(&answer));
        if (cases[i].line && !strstr(called_body(&answer), place)) CHECK_TEXT(place, called_body(&answer));
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(a_query_that_cannot_be_understood_is_refused_with_place_and_remedy) {
    static const char deep[] =
        "{\"properties\":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[";
    static const refusal cases[] = {
        {"/api/v1/screen", "", 400, 0, 0, "no body"},
        {"/api/v1/screen", "{", 400, 1, 2, ""},
        {"/api/v1/screen", "{}\n}", 400, 2, 1, ""},
        {"/api/v1/screen", "[]", 400, 1, 1, "a query must be an object"},
        {"/api/v1/screen", deep, 400, 1, 78, "deep"},
        {"/api/v1/screen", "{\"properties\":{\"name\":\"a\xff\"}}", 400, 1, 25, "UTF-8"},
        {"/api/v1/screen", "{\"properties\":{\"name\":\"a\\ud800\"}}", 400, 1, 25, "surrogate"},
        {"/api/v1/screen", "{\"properties\":{},\n\"properties\":{}}", 400, 2, 14, "properties"},
        {"/api/v1/screen", "{\"schema\":\"Preson\",\"properties\":{}}", 400, 1, 11, "did you mean \\\"Person\\\"?"},
        {"/api/v1/screen", "{\"properties\":{\"nmae\":\"x\"}}", 400, 1, 23, "did you mean \\\"name\\\"?"},
        {"/api/v1/screen", "{\"schema\":\"Person\",\"propertes\":{\"name\":[\"x\"]}}", 400, 1, 32,
         "unknown key \\\"propertes\\\"; did you mean \\\"properties\\\"?"},
        {"/api/v1/screen", "{\"properties\":{\"name\":[1]}}", 400, 1, 24, "must be a string, not a number"},
        {"/api/v1/screen", "{\"properties\":{\"name\":{}}}", 400, 1, 23, "must be a string, not an object"},
        {"/api/v1/screen", "{\"properties\":{},\"limit\":1e999999999999}", 400, 1, 26, "from 1 to 500"},
        {"/api/v1/screen", "{\"properties\":{},\"threshold\":1e400}", 400, 1, 30, "threshold"},
        {"/api/v1/screen", "{\"properties\":{},\"filter\":{\"list\":[\"un\"]}}", 400, 1, 35,
         "did you mean \\\"lists\\\"?"},
        {"/api/v1/screen", "{\"properties\":{},\"filter\":{\"lists\":[\"on\"]}}", 400, 1, 36, "invented"},
        {"/api/v1/screen", "{\"properties\":{},\"limit\":501}", 400, 1, 26, "from 1 to 500, not 501"},
        {"/api/v1/screen?limit=501", "{\"properties\":{}}", 400, 0, 0, "from 1 to 500, not “501”"},
        {"/api/v1/screen?treshold=0.9", "{\"properties\":{}}", 400, 0, 0,
         "unknown parameter “treshold”; did you mean “threshold”?"},
        {"/api/v1/screen?limit=3&limit=4", "{\"properties\":{}}", 400, 0, 0, "“limit” stands there twice"},
        {"/api/v1/screen?listed_since=2020&listed_since=2021", "{\"properties\":{}}", 400, 0, 0, "stands there twice"},
        {"/api/v1/screen?threshold=nan", "{\"properties\":{}}", 400, 0, 0, "must be a number from 0.5 to 1"},
        {"/api/v1/screen?algorithm=mizan", "{\"properties\":{}}", 400, 0, 0, "mizan-1"},
        {"/api/v1/screen?plan=maybe", "{\"properties\":{}}", 400, 0, 0, "true or false"},
        {"/api/v1/screen?lists=on", "{\"properties\":{}}", 400, 0, 0, "invented"},
        {"/api/v1/screen?listed_since=yesterday", "{\"properties\":{}}", 400, 0, 0, "is no date"},
    };
    check_refusals(cases, sizeof cases / sizeof *cases);
}

/* ---- batches ---- */

TEST(a_batch_is_answered_as_its_queries_one_by_one_in_their_order) {
    static const char *const names[] = {"Idris Benzahi", "Sea Lantern", "Nobody Nowhere", "Karim Oulghazi"};
    enum { QUERIES = 97, NAMES = sizeof names / sizeof *names };
    called_answer answer;
    mz_buffer body, all;
    mz_arena arena;
    called_start(&service);
    mz_arena_init(&arena, 1 << 24);
    mz_buffer_init(&body, 1 << 20);
    mz_buffer_init(&all, 1 << 24);
    mz_buffer_print(&body, "{\"threshold\":0.65,\"queries\":[");
    mz_buffer_print(&all, "{\"answers\":[");
    for (int q = 0; q < QUERIES; q++) {
        mz_str query = mz_arena_print(&arena, "{\"id\":%d,\"properties\":{\"name\":\"%s\"}}", q, names[q % NAMES]);
        mz_str alike = mz_arena_print(&arena, "{\"threshold\":0.65,%s", query.data + 1);
        const char *line = expected(alike.data, &arena);
        mz_buffer_print(&body, "%s%s", q ? "," : "", query.data);
        mz_buffer_print(&all, "%s%.*s", q ? "," : "", (int)strlen(line) - 1, line);
    }
    mz_buffer_print(&body, "]}");
    mz_buffer_print(&all, "],\"failed\":0}\n");
    called(&service, MZ_POST, "/api/v1/screen/batch?threshold=0.9", body.data, UINT32_MAX, &answer);
    CHECK_INT(200, answer.response.status);
    CHECK_TEXT(all.data, called_body(&answer));
    called_done(&answer);
    mz_buffer_done(&body);
    mz_buffer_done(&all);
    mz_arena_done(&arena);
    called_stop(&service);
}

TEST(a_query_of_a_batch_that_cannot_be_understood_is_answered_by_an_error_in_its_place) {
    called_answer answer;
    called_start(&service);
    called(&service, MZ_POST, "/api/v1/screen/batch",
           "{\"queries\":[\n{\"id\":\"a\",\"properties\":{\"name\":\"Nobody\"}},\n{\"id\":\"b\",\"properties\":{"
           "\"nmae\":1}},\n"
           "7,\n{\"id\":\"c\",\"properties\":{\"name\":\"Nobody\"}}]}",
           UINT32_MAX, &answer);
    CHECK_INT(200, answer.response.status);
    CHECK_TEXT(
        "{\"answers\":[{\"id\":\"a\",\"hits\":[]},"
        "{\"id\":\"b\",\"error\":{\"message\":\"unknown property \\\"nmae\\\"; did you mean \\\"name\\\"?\","
        "\"line\":3,\"column\":32}},"
        "{\"id\":null,\"error\":{\"message\":\"a query must be an object, not a number\",\"line\":4,\"column\":1}},"
        "{\"id\":\"c\",\"hits\":[]}],\"failed\":2}\n",
        called_body(&answer));
    called_done(&answer);
    called(&service, MZ_POST, "/api/v1/screen/batch", "{\"queries\":[]}", UINT32_MAX, &answer);
    CHECK_TEXT("{\"answers\":[],\"failed\":0}\n", called_body(&answer));
    called_done(&answer);
    called_stop(&service);
}

/* What is answered does not depend on who was quick: the errors begin at the same query each time. */
TEST(queries_behind_the_budget_of_a_batch_are_answered_by_an_error) {
    mz_buffer body;
    char first[1 << 16] = "";
    called_start(&service);
    mz_buffer_init(&body, 1 << 20);
    mz_buffer_str(&body, MZ_STR("{\"queries\":["));
    for (unsigned k = 0; k < 60; k++)
        mz_buffer_print(&body, "%s{\"id\":\"q%u\",\"properties\":{\"name\":\"Zaynab Murjani %u\"}}", k ? "," : "", k,
                        k);
    mz_buffer_str(&body, MZ_STR("]}"));
    service.service.settings.request_budget = 1000000;
    for (unsigned turn = 0; turn < 5; turn++) {
        called_answer answer;
        called(&service, MZ_POST, "/api/v1/screen/batch", body.data, UINT32_MAX, &answer);
        CHECK_INT(200, answer.response.status);
        const char *all = called_body(&answer);
        if (!turn) snprintf(first, sizeof first, "%s", all);
        CHECK_TEXT(first, all);
        CHECK(!strstr(all, "\"q0\",\"error\""));
        CHECK(strstr(all, "{\"id\":\"q59\",\"error\":{\"message\":\"what this request asks for takes more work"));
        called_done(&answer);
    }
    mz_buffer_done(&body);
    called_stop(&service);
}

TEST(a_service_that_stops_now_begins_no_query) {
    static const char *const asked[][2] = {
        {"/api/v1/screen/batch", "{\"queries\":[{\"properties\":{\"name\":\"Zaynab Murjani\"}}]}"},
        {"/api/v1/compare", "{\"pairs\":[{\"query\":\"Zaynab\",\"candidate\":\"Zaynab\"}]}"},
        {"/match/default", "{\"queries\":{\"a\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab\"]}}}}"},
        {"/reconcile/default", "queries=%7B%22a%22%3A%7B%22query%22%3A%22Zaynab%22%7D%7D"},
    };
    called_start(&service);
    for (unsigned k = 0; k < 8; k++) {
        called_answer answer;
        service.service.stopping_now = k >= 4;
        mz_test_case("%s", asked[k % 4][0]);
        called(&service, MZ_POST, asked[k % 4][0], asked[k % 4][1], UINT32_MAX, &answer);
        CHECK_INT(k >= 4 ? 503 : 200, answer.response.status);
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(a_batch_that_is_none_is_refused) {
    static const refusal cases[] = {
        {"/api/v1/screen/batch", "[]", 400, 1, 1, "a batch must be an object"},
        {"/api/v1/screen/batch", "{}", 400, 1, 1, "a batch needs"},
        {"/api/v1/screen/batch", "{\"queries\":{}}", 400, 1, 12, "must be an array, not an object"},
        {"/api/v1/screen/batch", "{\"querys\":[]}", 400, 1, 11, "unknown key “querys”; did you mean “queries”?"},
        {"/api/v1/screen/batch", "{\"queries\":[],\"threshold\":\"1\"}", 400, 1, 27, "threshold"},
        {"/api/v1/screen/batch?limits=3", "{\"queries\":[]}", 400, 0, 0, "did you mean “limit”?"},
        {"/api/v1/screen/batch",
         "{\"queries\":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,"
         "1,1,"
         "1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]}",
         413, 1, 12, "a batch may have 100"},
    };
    check_refusals(cases, sizeof cases / sizeof *cases);
}

TEST(when_all_engines_are_at_work_a_query_is_told_to_come_again) {
    mz_engine *first, *second;
    called_answer answer;
    called_start(&service);
    service.service.settings.wait_ms = 1;
    CHECK_OK(mz_engines_take(service.service.engines, 0, &first, &error), error);
    called(&service, MZ_POST, "/api/v1/screen/batch", "{\"queries\":[{\"properties\":{\"name\":\"Nobody\"}}]}",
           UINT32_MAX, &answer);
    CHECK_INT(200, answer.response.status); /* one engine is enough */
    called_done(&answer);
    CHECK_OK(mz_engines_take(service.service.engines, 0, &second, &error), error);
    static const char *const targets[] = {"/api/v1/screen", "/api/v1/screen/batch"};
    static const char *const bodies[] = {"{\"properties\":{}}", "{\"queries\":[{\"properties\":{}}]}"};
    for (size_t i = 0; i < 2; i++) {
        mz_test_case("%s", targets[i]);
        called(&service, MZ_POST, targets[i], bodies[i], UINT32_MAX, &answer);
        CHECK_INT(503, answer.response.status);
        called_done(&answer);
    }
    mz_engines_give_back(service.service.engines, first);
    mz_engines_give_back(service.service.engines, second);
    called_stop(&service);
}

TEST_MAIN()
