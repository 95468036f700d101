/* The supervisor's test over HTTP: asked for as a task, its report kept and given out as the command prints it. */
#include "server/work.h"
#include "staffed.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static staffed staff;

static int ask(mz_method method, const char *target, const char *body) {
    return staffed_ask(&staff, method, target, body);
}

static void start(void) {
    mz_error error;
    staffed_start(&staff);
    CHECK_OK(mz_work_new(&staff.called.service, &staff.called.service.work, &error), error);
    staffed_as(&staff, &staff.people[STAFFED_HOUSE][MZ_ACCESS_PROGRAMME_OFFICER]);
}

static void stop(void) {
    mz_work_free(staff.called.service.work);
    staffed_stop(&staff);
}

TEST(a_report_is_asked_for_and_kept) {
    mz_error error;
    bool worked = false;
    char task[128], report[128];
    start();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/effectiveness", NULL));
    CHECK_TEXT("{\"reports\":[],\"next\":null}", staffed_body());
    CHECK_INT(202, ask(MZ_POST, "/api/v1/effectiveness",
                       "{\"sample\":20,\"seed\":7,\"threshold\":0.75,\"classes\":[\"lower-case\",\"reversed\"]}"));
    snprintf(task, sizeof task, "%s", staffed_answer_header("Location", 0));
    CHECK_OK(mz_work_step(staff.called.service.work, &worked, &error), error);
    CHECK(worked);
    CHECK_INT(200, ask(MZ_GET, task, NULL));
    CHECK_TEXT("done", staffed_member("phase"));
    snprintf(report, sizeof report, "/api/v1/effectiveness/%s", staffed_member("result.report"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/effectiveness?limit=1", NULL));
    CHECK(strstr(staffed_body(), strrchr(report, '/') + 1) != NULL);
    CHECK(strstr(staffed_body(), "\"threshold\":0.750000") != NULL);
    CHECK(strstr(staffed_body(), "\"alerts\":null") != NULL);
    CHECK_INT(200, ask(MZ_GET, report, NULL));
    CHECK(strstr(staffed_body(), "\"build\":\"mizan ") != NULL);
    CHECK(strstr(staffed_body(), "lower-case") != NULL && strstr(staffed_body(), "reversed") != NULL);
    CHECK(!strstr(staffed_body(), "words-joined"));
    staffed_as(&staff, &staff.people[STAFFED_BUREAU][MZ_ACCESS_AUDITOR]);
    CHECK_INT(404, ask(MZ_GET, report, NULL));
    CHECK_INT(404, ask(MZ_GET, task, NULL));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/effectiveness", NULL));
    CHECK_TEXT("{\"reports\":[],\"next\":null}", staffed_body());
    staffed_as(&staff, &staff.people[STAFFED_HOUSE][MZ_ACCESS_VIEWER]);
    CHECK_INT(403, ask(MZ_GET, report, NULL));
    CHECK_INT(404, ask(MZ_GET, task, NULL)); /* what it is about is not for him */
    stop();
}

TEST(what_cannot_be_tested_is_refused_at_once) {
    static const char *const bodies[] = {
        "{\"classes\":[\"no-such-class\"]}",
        "{\"threshold\":0.2}",
        "{\"threshold\":\"high\"}",
        "{\"sample\":0}",
        "{\"sample\":1000000}",
        "{\"seed\":-1}",
        "{\"customers\":\"x\"}",
        "[]",
    };
    start();
    for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++) {
        mz_test_case("%s", bodies[k]);
        CHECK_INT(400, ask(MZ_POST, "/api/v1/effectiveness", bodies[k]));
    }
    stop();
}

TEST_MAIN()
