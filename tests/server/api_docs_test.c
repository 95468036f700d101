/* The description of the service and the page made of it. */
#include "called.h"
#include "test.h"

#include <string.h>

static called_service service;

static mz_str header_of(const called_answer *answer, const char *name) {
    for (size_t h = 0; h < answer->response.header_count; h++)
        if (mz_str_equal(answer->response.headers[h].name, mz_str_of(name))) return answer->response.headers[h].value;
    return MZ_STR("");
}

TEST(the_description_and_its_page_are_open_to_everybody) {
    static const struct {
        const char *path, *type, *words;
    } cases[] = {{"/openapi.json", "application/json", "\"openapi\": \"3.1.0\""},
                 {"/docs", "text/html; charset=utf-8", "<h1>Mizan API</h1>"}};
    called_start(&service);
    for (size_t i = 0; i < 2; i++) {
        called_answer answer;
        mz_test_case("%s", cases[i].path);
        called(&service, MZ_GET, cases[i].path, NULL, 0, &answer);
        CHECK_INT(200, answer.response.status);
        CHECK_TEXT(cases[i].type, answer.response.type);
        CHECK(strstr(called_body(&answer), cases[i].words) != NULL);
        mz_str tag = header_of(&answer, "ETag");
        CHECK(tag.size > 2);
        const mz_parameter held = {MZ_STR("if-none-match"), tag};
        called_answer again;
        service.headers = (mz_parameters){&held, 1};
        called(&service, MZ_GET, cases[i].path, NULL, 0, &again);
        CHECK_INT(304, again.response.status);
        CHECK_TEXT("", called_body(&again));
        called_done(&again);
        called_done(&answer);
        service.headers = (mz_parameters){NULL, 0};
    }
    called_stop(&service);
}

TEST(the_page_asks_for_nothing_from_elsewhere) {
    called_answer answer;
    called_start(&service);
    called(&service, MZ_GET, "/docs", NULL, 0, &answer);
    CHECK(strstr(header_of(&answer, "Content-Security-Policy").data, "default-src 'none'") != NULL);
    static const char *const elsewhere[] = {
        "<script", "<link", "<img", "src=", "@import", "url(", "=\"http", "onclick"};
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
        mz_test_case("%s", elsewhere[i]);
        CHECK(strstr(called_body(&answer), elsewhere[i]) == NULL);
    }
    called_done(&answer);
    called_stop(&service);
}

TEST_MAIN()
