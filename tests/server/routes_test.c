/* The dispatcher: every request gets an answer, whose status tells what was wrong. */
#include "called.h"
#include "test.h"

#include <string.h>

static called_service service;

TEST(an_address_that_is_not_there_is_a_problem_as_rfc_9457_says) {
    called_answer answer;
    called_start(&service);
    called(&service, MZ_GET, "/nowhere?a=%D8%B9&b", NULL, UINT32_MAX, &answer);
    CHECK(answer.response.status == 404);
    CHECK(!strcmp(answer.response.type, "application/problem+json"));
    CHECK(strstr(called_body(&answer), "\"status\":404"));
    CHECK(strstr(called_body(&answer), "\"instance\":\"/nowhere\""));
    CHECK(mz_str_equal(mz_request_query(&answer.request, "a"), MZ_STR("ع")));
    CHECK(mz_request_query(&answer.request, "b").data && !mz_request_query(&answer.request, "c").data);
    called_done(&answer);
    called_stop(&service);
}

TEST(the_process_says_that_it_is_there) {
    called_answer answer;
    called_start(&service);
    called(&service, MZ_GET, "/healthz", NULL, 0, &answer);
    CHECK(answer.response.status == 200);
    called_done(&answer);
    called_stop(&service);
}

TEST_MAIN()
