/* Continuous screening as the service does it: it sees by itself that subjects came or a list changed, raises alerts,
 * tells how it stands, and cases learn of whom their list has no more. */
#include "audit/build.h"
#include "base/file.h"
#include "index/current.h"
#include "server/work.h"
#include "staffed.h"
#include "subjects/subjects.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static staffed staff;
static char folder[256];

static void as(mz_access_role role) {
    staffed_as(&staff, &staff.people[STAFFED_HOUSE][role]);
}

static int ask(mz_method method, const char *target, const char *body) {
    return staffed_ask(&staff, method, target, body);
}

static bool says(const char *text) {
    return strstr(staffed_body(), text) != NULL;
}

static const char *const names[] = {"Tamovel Zorvanek", "Kirune Quellimar", "Oddvarine Lumbrecht"};

/* A list of some of them, in a new version, that is screened against then. */
static void bring_in(unsigned which) {
    mz_error error;
    char path[320], text[1024] = "";
    mz_list_version version;
    bool fresh;
    mz_service *service = &staff.called.service;
    const mz_import_options options = {.list = "house", .origin = "house.ftm.json", .accept = true, .most_shrink = 1};
    for (unsigned k = 0; k < sizeof names / sizeof *names; k++)
        if (which >> k & 1)
            (void)snprintf(text + strlen(text), sizeof text - strlen(text),
                           "{\"id\":\"h-%u\",\"schema\":\"Person\",\"properties\":{\"name\":[\"%s\"]}}\n", k, names[k]);
    (void)snprintf(path, sizeof path, "%s/house.ftm.json", folder);
    CHECK_OK(mz_file_replace(path, text, strlen(text), &error), error);
    CHECK_OK(mz_list_store_import(service->lists, mz_list_format_find(MZ_STR("ftm")), path, &options, &version, &fresh,
                                  &error),
             error);
    (void)unlink(path);
    CHECK_OK(mz_current_refresh(service->lists, NULL, &fresh, &error), error);
    if (service->work) CHECK_OK(mz_service_refresh(service, &fresh, &error), error);
}

static void start(void) {
    mz_error error;
    char index[320];
    mz_service *service = &staff.called.service;
    staffed_start(&staff);
    mz_engines_free(service->engines);
    mz_live_close(service->live);
    (void)snprintf(folder, sizeof folder, "%s/lists%s", mz_test_folder(), strrchr(staff.called.folder, '/'));
    CHECK_OK(mz_list_store_open(folder, true, &service->lists, &error), error);
    bring_in(1);
    CHECK_OK(mz_current_path(service->lists, index, sizeof index, &error), error);
    CHECK_OK(mz_live_open(index, &service->live, &error), error);
    CHECK_OK(mz_engines_new(service->live, &staff.called.options, 2, &service->engines, &error), error);
    CHECK_OK(mz_work_new(service, &service->work, &error), error);
    as(MZ_ACCESS_ANALYST);
}

static void stop(void) {
    mz_work_free(staff.called.service.work);
    mz_list_store_close(staff.called.service.lists);
    staffed_stop(&staff);
}

static mz_status put(void *context, mz_sql *sql, mz_error *error) {
    const char *name = context;
    mz_actor actor = {.who = &staff.office.in_house, .client = MZ_STR("test")};
    mz_fact facts[] = {{.property = MZ_PROP_birthDate, .value = MZ_STR("someday")},
                       {.property = MZ_PROP_name, .value = mz_str_of(name)}};
    bool dated = strstr(name, "Someday") != NULL;
    mz_entity entity = {.schema = MZ_SCHEMA_Person, .facts = facts + !dated, .fact_count = 1U + dated};
    mz_subject_draft draft = {MZ_STR("bank"), mz_str_of(name), &entity};
    mz_subject subject;
    mz_subject_outcome outcome;
    return mz_subject_put(sql, staff.office.house.key, &actor, &draft, true, &staff.office.arena, &subject, &outcome,
                          error);
}

static void put_subject(const char *name) {
    mz_error error;
    char copy[64];
    (void)snprintf(copy, sizeof copy, "%s", name);
    CHECK_OK(mz_store_change(staff.office.store, put, copy, &error), error);
}

/* What the worker of `mizan serve` does, once. */
static void let_it_work(void) {
    mz_error error;
    bool worked = true;
    CHECK_OK(mz_work_due(staff.called.service.work, &error), error);
    while (worked) CHECK_OK(mz_work_step(staff.called.service.work, &worked, &error), error);
}

TEST(subjects_that_come_are_screened_by_themselves) {
    start();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch", NULL));
    CHECK(
        says("{\"lists\":[],\"subjects\":0,\"screened\":0,\"not_wholly_screened\":0,\"image\":null,\"running\":null}"));
    put_subject(names[0]);
    put_subject("Pethrimo Nkumbaleni");
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch", NULL));
    CHECK(says("\"subjects\":2,\"screened\":0"));
    let_it_work();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch", NULL));
    CHECK(says("\"list\":\"house\"") && says("\"subjects\":2,\"screened\":2") && says("\"running\":null"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch/runs", NULL));
    CHECK(says("\"phase\":\"done\"") && says("\"raised\":1,\"refreshed\":0") && says("\"next\":null"));
    CHECK(says("\"everybody\":\"nobody was screened before\""));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/cases", NULL));
    CHECK(says("Tamovel Zorvanek") && !says("Pethrimo"));
    let_it_work(); /* nothing is left to do */
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch/runs?limit=5", NULL));
    CHECK(strstr(strstr(staffed_body(), "\"kind\":\"watch\"") + 1, "\"kind\":\"watch\"") == NULL);
    stop();
}

static mz_status judged_by(void *context, mz_sql *sql, mz_error *error) {
    const mz_sql_value *row = NULL;
    mz_status status =
        mz_sql_first(sql, "SELECT judged_by FROM subject_watched", NULL, 0, &staff.office.arena, &row, error);
    if (!status) *(mz_str *)context = row[0].text;
    return status;
}

static mz_status set_judged_by(void *context, mz_sql *sql, mz_error *error) {
    const mz_sql_value by = mz_sql_text(*(const mz_str *)context);
    return mz_sql_run(sql, "UPDATE subject_watched SET judged_by = ?1", &by, 1, NULL, error);
}

/* The matcher of another build may answer otherwise, whatever its version says. */
TEST(everybody_is_screened_by_a_program_that_was_built_anew) {
    mz_error error;
    mz_str by;
    char id[MZ_BUILD_ID_SIZE];
    start();
    mz_build_id(id);
    CHECK(id[0] != '\0');
    put_subject(names[0]);
    let_it_work();
    CHECK_OK(mz_store_read(staff.office.store, judged_by, &by, &error), error);
    char *at = memmem(by.data, by.size, id, strlen(id));
    CHECK(at != NULL);
    at[0] = at[0] == '0' ? '1' : '0'; /* of another build */
    CHECK_OK(mz_store_change(staff.office.store, set_judged_by, &by, &error), error);
    for (int round = 0; round < 2; round++) {
        let_it_work();
        CHECK_INT(200, ask(MZ_GET, "/api/v1/watch/runs?limit=5", NULL));
        const char *first = strstr(staffed_body(), "\"kind\":\"watch\"");
        const char *second = strstr(first + 1, "\"kind\":\"watch\"");
        CHECK(second && !strstr(second + 1, "\"kind\":\"watch\""));
        CHECK(says("\"everybody\":\"it is judged otherwise than before\"") && says("\"known\":1"));
    }
    stop();
}

TEST(a_list_that_changes_alerts_on_whom_it_touches) {
    start();
    put_subject(names[0]);
    put_subject(names[2]);
    let_it_work();
    bring_in(1 | 2 | 4);
    let_it_work();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch/runs?limit=1", NULL));
    CHECK(says("\"why\":\"list.changed\",\"everybody\":null,\"lists\":[{\"list\":\"house\",\"from\":"));
    CHECK(says("\"entities\":2}],\"screened\":1,\"pairs\":1,\"raised\":1"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch", NULL));
    CHECK(says("\"image\":{\"subjects\":2,\"made\":\""));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/alerts?list=house", NULL));
    CHECK(says("\"entity\":\"h-2\"") && says("\"entity\":\"h-0\"") && says("\"why\":\"list.changed\""));
    stop();
}

TEST(a_case_learns_that_its_list_has_somebody_no_more) {
    start();
    put_subject(names[0]);
    let_it_work();
    bring_in(2);
    let_it_work();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/cases", NULL));
    const char *at = strstr(staffed_body(), "\"id\":\"");
    CHECK(at != NULL);
    char target[64];
    (void)snprintf(target, sizeof target, "/api/v1/cases/%.26s", at + 6);
    CHECK_INT(200, ask(MZ_GET, target, NULL));
    CHECK(says("\"kind\":\"listing.removed\"") && says("\"entity\":\"h-0\""));
    CHECK_INT(202, ask(MZ_POST, "/api/v1/watch/runs", "{\"all\":true}"));
    let_it_work();
    CHECK_INT(200, ask(MZ_GET, target, NULL));
    const char *once = strstr(staffed_body(), "\"kind\":\"listing.removed\"");
    CHECK(once && !strstr(once + 1, "\"kind\":\"listing.removed\"")); /* and not again by each run */
    stop();
}

/* The id of the first of what a list tells. */
static void first_id(const char *list, char ret_id[32]) {
    CHECK_INT(200, ask(MZ_GET, list, NULL));
    const char *at = strstr(staffed_body(), "\"id\":\"");
    CHECK(at != NULL);
    (void)snprintf(ret_id, 32, "%.26s", at + strlen("\"id\":\""));
}

static void clear_the_case(int version) {
    char id[32], target[96], body[128];
    first_id("/api/v1/cases", id);
    (void)snprintf(target, sizeof target, "/api/v1/cases/%s/decisions", id);
    (void)snprintf(body, sizeof body, "{\"version\":%d,\"disposition\":\"false-positive\",\"reason\":\"name-only\"}",
                   version);
    CHECK_INT(200, ask(MZ_POST, target, body));
    CHECK(says("\"phase\":\"closed\""));
}

static mz_status let_clearances_end(void *context, mz_sql *sql, mz_error *error) {
    (void)context;
    return mz_sql_run(sql, "UPDATE case_clearance SET ends = 1 WHERE state = 'valid'", NULL, 0, NULL, error);
}

/* Nothing of the pair changes, and nobody screens it by hand. */
TEST(a_clearance_that_is_revoked_or_has_ended_lets_its_pair_alert_by_itself) {
    mz_error error;
    char id[32], target[96];
    start();
    put_subject(names[0]);
    let_it_work();
    clear_the_case(1);
    let_it_work();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/cases", NULL));
    CHECK(says("\"cases\":[]"));
    first_id("/api/v1/clearances", id);
    (void)snprintf(target, sizeof target, "/api/v1/clearances/%s/revoke", id);
    as(MZ_ACCESS_APPROVER);
    CHECK_INT(200, ask(MZ_POST, target, "{\"note\":\"not so sure\"}"));
    as(MZ_ACCESS_ANALYST);
    let_it_work();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch/runs?limit=1", NULL));
    CHECK(says("\"raised\":1"));
    clear_the_case(1);
    CHECK_OK(mz_store_change(staff.office.store, let_clearances_end, NULL, &error), error);
    let_it_work();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch/runs?limit=1", NULL));
    CHECK(says("\"raised\":1"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/clearances?state=all", NULL));
    CHECK(says("\"state\":\"expired\"") && says("\"state\":\"revoked\"") && !says("\"state\":\"valid\""));
    let_it_work();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/cases", NULL));
    CHECK(says(names[0]));
    stop();
}

TEST(everybody_is_screened_when_somebody_asks_for_it) {
    start();
    put_subject(names[0]);
    let_it_work();
    CHECK_INT(202, ask(MZ_POST, "/api/v1/watch/runs", "{\"all\":true}"));
    CHECK(says("\"phase\":\"waiting\"") && says("\"why\":\"\",\"everybody\":null,\"lists\":[]"));
    CHECK(strncmp(staffed_answer_header("Location", 0), "/api/v1/tasks/", 14) == 0);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch", NULL));
    CHECK(says("\"running\":{\"id\":"));
    let_it_work();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch/runs?limit=1", NULL));
    CHECK(says("\"everybody\":\"it was asked for\"") && says("\"known\":1"));
    CHECK(says("\"next\":\""));
    CHECK_INT(202, ask(MZ_POST, "/api/v1/watch/runs", "{}"));
    CHECK_INT(400, ask(MZ_POST, "/api/v1/watch/runs", "{\"all\":\"yes\"}"));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/watch/runs?limit=0", NULL));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/watch?all=1", NULL));
    as(MZ_ACCESS_SCREENER);
    CHECK_INT(403, ask(MZ_POST, "/api/v1/watch/runs", "{}"));
    stop();
}

/* Of whom something could not be compared. */
TEST(who_could_not_be_wholly_screened_is_listed) {
    start();
    put_subject(names[0]);
    put_subject("Pethrimo Someday");
    let_it_work();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch", NULL));
    CHECK(says("\"subjects\":2,\"screened\":2,\"not_wholly_screened\":1"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch/subjects", NULL));
    CHECK(says("\"source\":\"bank\",\"reference\":\"Pethrimo Someday\",\"caption\":\"Pethrimo Someday\",\"why\":["
               "\"query\"],\"hits\":null,\"at\":\"") &&
          says("\"next\":null") && !says(names[0]));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch/subjects?limit=1", NULL));
    CHECK(says("\"next\":\""));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/watch/subjects?limit=0", NULL));
    staffed_as(&staff, &staff.people[STAFFED_BUREAU][MZ_ACCESS_ANALYST]);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch/subjects", NULL));
    CHECK(says("{\"subjects\":[],\"next\":null}"));
    stop();
}

TEST(another_agency_sees_its_own) {
    start();
    put_subject(names[0]);
    let_it_work();
    staffed_as(&staff, &staff.people[STAFFED_BUREAU][MZ_ACCESS_ANALYST]);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch", NULL));
    CHECK(
        says("{\"lists\":[],\"subjects\":0,\"screened\":0,\"not_wholly_screened\":0,\"image\":null,\"running\":null}"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/watch/runs", NULL));
    CHECK(says("{\"runs\":[],\"next\":null}"));
    stop();
}

TEST_MAIN()
