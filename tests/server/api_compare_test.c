/* /api/v1/compare: pairs of names. */
#include "called.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static called_service service;

TEST(pairs_are_compared_in_their_order) {
    called_answer answer;
    called_start(&service);
    called(
        &service, MZ_POST, "/api/v1/compare",
        "{\"pairs\":[{\"id\":\"a\",\"schema\":\"Person\",\"query\":\"Zaynab Murjani\",\"candidate\":\"زينب مرجاني\"},\n"
        "{\"id\":2,\"query\":\"Atlas Saffron\",\"candidate\":\"Atlas Saffron\"},\n"
        "{\"query\":\"one\"},\n"
        "{\"id\":\"d\",\"schema\":\"Preson\",\"query\":\"a\",\"candidate\":\"b\"}]}",
        UINT32_MAX, &answer);
    CHECK_INT(200, answer.response.status);
    const char *body = called_body(&answer);
    CHECK(strstr(body, "{\"answers\":[{\"id\":\"a\",\"score\":") == body);
    CHECK(strstr(body, "\"rule\":\"script\"") != NULL);
    CHECK(strstr(body, "{\"id\":\"2\",\"score\":") != NULL);
    CHECK(strstr(
        body,
        "{\"id\":null,\"error\":{\"message\":\"a pair needs \\\"candidate\\\", a name\",\"line\":3,\"column\":1}}"));
    CHECK(strstr(
        body, "{\"id\":\"d\",\"error\":{\"message\":\"unknown schema “Preson”; did you mean “Person”?\",\"line\":4"));
    CHECK(strstr(body, "],\"failed\":2}\n") != NULL);
    called_done(&answer);
    called_stop(&service);
}

TEST(pairs_behind_the_budget_of_a_request_are_answered_by_an_error) {
    called_answer answer;
    called_start(&service);
    service.service.settings.request_budget = 1;
    for (unsigned turn = 0; turn < 2; turn++) { /* what was done for one request is not held against the next */
        called(&service, MZ_POST, "/api/v1/compare",
               "{\"pairs\":[{\"id\":\"a\",\"query\":\"Zaynab\",\"candidate\":\"Zaynab\"},"
               "{\"id\":\"b\",\"query\":\"Zaynab\",\"candidate\":\"Zaynab\"}]}",
               UINT32_MAX, &answer);
        CHECK_INT(200, answer.response.status);
        CHECK(strstr(called_body(&answer), "{\"answers\":[{\"id\":\"a\",\"score\":") != NULL);
        CHECK(strstr(called_body(&answer),
                     "{\"id\":\"b\",\"error\":{\"message\":\"what this request asks for takes more"));
        CHECK(strstr(called_body(&answer), "],\"failed\":1}"));
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(the_algorithm_and_the_weights_are_those_that_are_asked_for) {
    static const struct {
        const char *body, *score;
    } cases[] = {
        {"{\"pairs\":[{\"query\":\"Mohamed Murjani\",\"candidate\":\"Muhammad Murjani\"}],\"algorithm\":\"exact\"}",
         "0."},
        {"{\"pairs\":[{\"query\":\"Murjani\",\"candidate\":\"Murjani\"}],\"algorithm\":\"exact\"}", "1.000000"},
        {"{\"pairs\":[{\"query\":\"Zaynab Murjani\",\"candidate\":\"Zaynab Murjani "
         "Extra\"}],\"weights\":{\"extra\":0}}",
         "0.99"},
    };
    called_start(&service);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        called_answer answer;
        char expected[64];
        mz_test_case("%s", cases[i].body);
        called(&service, MZ_POST, "/api/v1/compare", cases[i].body, UINT32_MAX, &answer);
        CHECK_INT(200, answer.response.status);
        (void)snprintf(expected, sizeof expected, "{\"answers\":[{\"id\":\"\",\"score\":%s", cases[i].score);
        if (strncmp(expected, called_body(&answer), strlen(expected)) != 0) CHECK_TEXT(expected, called_body(&answer));
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(a_comparison_that_is_none_is_refused) {
    static const char *const bodies[] = {"[]",
                                         "{}",
                                         "{\"pairs\":1}",
                                         "{\"pairs\":[],\"weight\":{}}",
                                         "{\"pairs\":[],\"weights\":{\"extr\":1}}",
                                         "{\"pairs\":[],\"algorithm\":5}",
                                         "{\"pairs\":[],\"weights\":{\"missing\":3}}"};
    called_start(&service);
    for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
        called_answer answer;
        mz_test_case("%s", bodies[i]);
        called(&service, MZ_POST, "/api/v1/compare", bodies[i], UINT32_MAX, &answer);
        CHECK_INT(400, answer.response.status);
        called_done(&answer);
    }
    called_stop(&service);
}

TEST_MAIN()
