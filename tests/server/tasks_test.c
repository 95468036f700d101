/* Lists that are changed over HTTP, and the tasks that do it: asked for, seen, done, refused, cancelled. */
#include "../lists/http_server.h"
#include "base/file.h"
#include "index/current.h"
#include "server/audit.h"
#include "server/spool.h"
#include "server/work.h"
#include "staffed.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static staffed staff;
static char folder[256];

static const staffed_person *who(mz_access_role role) {
    return &staff.people[STAFFED_HOUSE][role];
}

static int ask(mz_method method, const char *target, const char *body) {
    return staffed_ask(&staff, method, target, body);
}

static const char *kept(const char *text) {
    return mz_arena_copy(&staff.office.arena, mz_str_of(text)).data;
}

/* So many invented people, in the form of data sets of FollowTheMoney; dated by nothing. */
static const char *people(int count, const char *name) {
    mz_str text = MZ_STR("");
    for (int k = 1; k <= count; k++)
        text = mz_arena_print(&staff.office.arena,
                              "%s{\"id\":\"p-%d\",\"schema\":\"Person\",\"properties\":{\"name\":[\"%s %c%c\"]}}\n",
                              text.data, k, name, 'A' + k / 26, 'A' + k % 26);
    return text.data;
}

/* A service over a store of lists that has one, "house" of twelve, and does its tasks when it is told to. */
static void start(void) {
    mz_error error;
    char path[320], index[320];
    mz_list_version version;
    bool fresh;
    mz_service *service = &staff.called.service;
    const mz_import_options options = {.list = "house", .origin = "house.ftm.json"};
    staffed_start(&staff);
    mz_engines_free(service->engines);
    mz_live_close(service->live);
    snprintf(folder, sizeof folder, "%s/lists%s", mz_test_folder(), strrchr(staff.called.folder, '/'));
    snprintf(path, sizeof path, "%s/house.ftm.json", folder);
    CHECK_OK(mz_list_store_open(folder, true, &service->lists, &error), error);
    CHECK_OK(mz_file_replace(path, people(12, "Zaynab"), strlen(people(12, "Zaynab")), &error), error);
    CHECK_OK(mz_list_store_import(service->lists, mz_list_format_find(MZ_STR("ftm")), path, &options, &version, &fresh,
                                  &error),
             error);
    (void)unlink(path);
    CHECK_OK(mz_current_refresh(service->lists, NULL, &fresh, &error), error);
    CHECK(fresh);
    CHECK_OK(mz_current_path(service->lists, index, sizeof index, &error), error);
    CHECK_OK(mz_live_open(index, &service->live, &error), error);
    CHECK_OK(mz_engines_new(service->live, &staff.called.options, 2, &service->engines, &error), error);
    CHECK_OK(mz_work_new(service, &service->work, &error), error);
    staffed_as(&staff, who(MZ_ACCESS_PROGRAMME_OFFICER));
}

static void stop(void) {
    mz_work_free(staff.called.service.work);
    mz_list_store_close(staff.called.service.lists);
    staffed_stop(&staff);
}

/* Does what waits, and asks for the task whose answer was the last. */
static void do_it(void) {
    mz_error error;
    bool worked = true;
    const char *target = kept(staffed_answer_header("Location", 0));
    while (worked) CHECK_OK(mz_work_step(staff.called.service.work, &worked, &error), error);
    CHECK_INT(200, ask(MZ_GET, target, NULL));
}

static int hits_for(const char *name) {
    char body[256];
    snprintf(body, sizeof body, "{\"schema\":\"Person\",\"properties\":{\"name\":[\"%s\"]}}", name);
    CHECK_INT(200, ask(MZ_POST, "/api/v1/screen", body));
    int hits = 0;
    for (const char *at = staffed_body(); (at = strstr(at, "\"caption\"")); at++) hits++;
    return hits;
}

static int files_in_spool(void) {
    char path[320];
    int count = 0;
    snprintf(path, sizeof path, "%s/spool", folder);
    DIR *open = opendir(path);
    for (struct dirent *entry; open && (entry = readdir(open));) count += entry->d_name[0] != '.';
    if (open) closedir(open);
    return count;
}

/* How many entries "list.changed" the audit chain of the house has. */
static mz_status count_entries(void *context, mz_sql *sql, mz_error *error) {
    const mz_sql_value *row = NULL, chain = mz_sql_text(staff.office.house.key);
    mz_status status =
        mz_sql_first(sql, "SELECT COUNT(*), MAX(line) FROM audit_entry WHERE chain = ?1 AND kind = 'list.changed'",
                     &chain, 1, &staff.office.arena, &row, error);
    if (!status) *(const mz_sql_value **)context = row;
    return status;
}

static int entries(const char *told) {
    mz_error error;
    const mz_sql_value *row = NULL;
    CHECK_OK(mz_store_read(staff.office.store, count_entries, (void *)&row, &error), error);
    if (told) CHECK(strstr(row[1].text.data, told) != NULL);
    return (int)row[0].number;
}

/* ---- a file ---- */

TEST(a_list_that_is_sent_is_brought_in_and_screened_against) {
    start();
    CHECK_INT(0, hits_for("Karim AB"));
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/import?list=sent&format=ftm&file_name=sent.json", people(3, "Karim")));
    CHECK_TEXT("waiting", staffed_member("phase"));
    CHECK_TEXT("lists.import", staffed_member("kind"));
    CHECK_TEXT("sent", staffed_member("object"));
    CHECK_INT(1, files_in_spool());
    do_it();
    CHECK_TEXT("done", staffed_member("phase"));
    CHECK_TEXT("new", staffed_member("result.outcome"));
    CHECK_TEXT("sent", staffed_member("result.list"));
    CHECK_TEXT("3", staffed_member("result.entities"));
    CHECK_TEXT("sent.json", staffed_member("result.origin"));
    CHECK(hits_for("Karim AB") > 0);
    CHECK_INT(0, files_in_spool());
    CHECK_INT(1, entries("\"how\":\"import\""));
    CHECK_INT(1, entries(who(MZ_ACCESS_PROGRAMME_OFFICER)->person.key.data));
    stop();
}

static mz_status cancel(void *context, mz_sql *sql, mz_error *error) {
    return mz_task_cancel(sql, staff.office.house.key, mz_str_of(context), error);
}

/* A file is not kept for who does not want it read any more: neither when the service is told so, nor when the command
 * line cancels what waits. */
TEST(the_file_of_an_import_that_is_cancelled_goes_with_it) {
    mz_error error;
    char target[96], key[32];
    start();
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/import?list=sent&format=ftm&file_name=sent.json", people(3, "Karim")));
    (void)snprintf(target, sizeof target, "/api/v1/tasks/%s/cancel", staffed_member("id"));
    CHECK_INT(1, files_in_spool());
    CHECK_INT(200, ask(MZ_POST, target, NULL));
    CHECK_TEXT("cancelled", staffed_member("phase"));
    CHECK_INT(0, files_in_spool());
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/import?list=sent&format=ftm&file_name=sent.json", people(4, "Karim")));
    (void)snprintf(key, sizeof key, "%s", staffed_member("id"));
    CHECK_OK(mz_store_change(staff.office.store, cancel, key, &error), error);
    CHECK_INT(1, files_in_spool());
    CHECK_OK(mz_work_due(staff.called.service.work, &error), error);
    CHECK_INT(0, files_in_spool());
    stop();
}

/* What a task told is not found again when the service notes what it screens with. */
TEST(a_change_that_was_told_is_not_told_again) {
    mz_error error;
    start();
    CHECK_OK(mz_service_note_using(&staff.called.service, &error), error);
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/import?list=sent&format=ftm&file_name=sent.json", people(3, "Karim")));
    do_it();
    CHECK_OK(mz_service_note_using(&staff.called.service, &error), error);
    CHECK_INT(1, entries("\"how\":\"import\""));
    stop();
}

TEST(the_same_file_again_changes_nothing_and_is_no_entry) {
    start();
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/import?list=house&format=ftm", people(12, "Zaynab")));
    do_it();
    CHECK_TEXT("done", staffed_member("phase"));
    CHECK_TEXT("unchanged", staffed_member("result.outcome"));
    CHECK_INT(0, entries(NULL));
    stop();
}

TEST(a_list_that_shrank_is_refused_until_it_is_accepted) {
    start();
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/import?list=house&format=ftm", people(4, "Zaynab")));
    do_it();
    CHECK_TEXT("failed", staffed_member("phase"));
    CHECK(strstr(staffed_member("error"), "it shrank from 12 to 4 records") != NULL);
    CHECK(strstr(staffed_member("error"), "take it with accept=true") != NULL);
    CHECK_INT(0, entries(NULL));
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/import?list=house&format=ftm&accept=true", people(4, "Zaynab")));
    do_it();
    CHECK_TEXT("done", staffed_member("phase"));
    CHECK(strstr(staffed_member("result.accepted"), "it shrank") != NULL);
    CHECK_INT(1, entries("it shrank"));
    stop();
}

TEST(what_is_no_list_fails_and_says_where) {
    start();
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/import?list=house&format=ftm", "{\"id\":\"p-1\",\"schema\":"));
    do_it();
    CHECK_TEXT("failed", staffed_member("phase"));
    CHECK(strlen(staffed_member("error")) > 0 && !strstr(staffed_member("error"), folder));
    CHECK_INT(400, ask(MZ_POST, "/api/v1/lists/import?list=house", ""));
    CHECK_INT(400, ask(MZ_POST, "/api/v1/lists/import?format=zzz", "x"));
    CHECK_INT(400, ask(MZ_POST, "/api/v1/lists/import?list=../x", "x"));
    CHECK_INT(0, files_in_spool());
    stop();
}

/* ---- versions ---- */

TEST(an_earlier_version_is_selected_again) {
    char first[128], body[192];
    start();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/lists/house", NULL));
    snprintf(first, sizeof first, "%s", staffed_member("held.version"));
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/import?list=house&format=ftm", people(13, "Idris")));
    do_it();
    CHECK_TEXT("new", staffed_member("result.outcome"));
    CHECK_INT(0, hits_for("Zaynab AB"));
    snprintf(body, sizeof body, "{\"version\":\"%.8s\"}", first);
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/house/select", body));
    do_it();
    CHECK_TEXT("done", staffed_member("phase"));
    CHECK_TEXT(first, staffed_member("result.version"));
    CHECK(hits_for("Zaynab AB") > 0);
    CHECK_INT(2, entries(first));
    CHECK_INT(404, ask(MZ_POST, "/api/v1/lists/house/select", "{\"version\":\"0000000000\"}"));
    CHECK_INT(404, ask(MZ_POST, "/api/v1/lists/nowhere/select", "{\"version\":\"0000000000\"}"));
    CHECK_INT(400, ask(MZ_POST, "/api/v1/lists/house/select", "{}"));
    stop();
}

/* ---- from a publisher ---- */

static void publish(int count) {
    mz_error error;
    char path[320];
    mz_str text = MZ_STR("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<CONSOLIDATED_LIST "
                         "dateGenerated=\"2026-03-01T00:00:00Z\">\n<INDIVIDUALS>\n");
    for (int k = 1; k <= count; k++)
        text = mz_arena_print(&staff.office.arena,
                              "%s<INDIVIDUAL><DATAID>%d</DATAID><FIRST_NAME>AMINA</FIRST_NAME><SECOND_NAME>TAZI "
                              "%d</SECOND_NAME><UN_LIST_TYPE>Invented</UN_LIST_TYPE><REFERENCE_NUMBER>XXi.%03d"
                              "</REFERENCE_NUMBER></INDIVIDUAL>\n",
                              text.data, k, k, k);
    text = mz_arena_print(&staff.office.arena, "%s</INDIVIDUALS>\n<ENTITIES></ENTITIES>\n</CONSOLIDATED_LIST>\n",
                          text.data);
    snprintf(path, sizeof path, "%s/un", served_folder());
    CHECK_OK(mz_folder_make(path, &error), error);
    snprintf(path, sizeof path, "%s/un/consolidated.xml", served_folder());
    CHECK_OK(mz_file_replace(path, text.data, text.size, &error), error);
}

TEST(a_list_is_updated_from_where_it_is_published) {
    start();
    publish(20);
    staff.called.service.settings.mirror = kept(served("mirror"));
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/un/update", NULL));
    do_it();
    CHECK_TEXT("null", staffed_member("error"));
    CHECK_TEXT("done", staffed_member("phase"));
    CHECK_TEXT("20", staffed_member("result.entities"));
    CHECK(hits_for("Amina Tazi 3") > 0);
    CHECK_INT(1, entries("\"how\":\"update\""));
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/un/update?accept=true", NULL));
    do_it();
    CHECK_TEXT("unchanged", staffed_member("result.outcome"));
    CHECK_INT(1, entries(NULL));
    CHECK_INT(404, ask(MZ_POST, "/api/v1/lists/house/update", NULL));
    stop();
}

/* ---- tasks ---- */

TEST(a_task_is_seen_by_who_may_see_what_it_is_about_and_cancelled_by_who_may_ask_for_it) {
    char target[128], cancel[160];
    start();
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/un/update", NULL));
    snprintf(target, sizeof target, "%s", staffed_answer_header("Location", 0));
    snprintf(cancel, sizeof cancel, "%s/cancel", target);
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/un/update", NULL));
    CHECK_TEXT(target, staffed_answer_header("Location", 0)); /* it waits already */
    staffed_as(&staff, who(MZ_ACCESS_VIEWER));
    CHECK_INT(200, ask(MZ_GET, target, NULL));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/tasks", NULL));
    CHECK(strstr(staffed_body(), target + strlen("/api/v1/tasks/")) != NULL);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/tasks?kind=lists.select&limit=1", NULL));
    CHECK_TEXT("{\"tasks\":[],\"next\":null}", staffed_body());
    CHECK_INT(403, ask(MZ_POST, cancel, NULL));
    CHECK(strstr(staffed_body(), "lists.change") != NULL);
    staffed_as(&staff, &staff.people[STAFFED_BUREAU][MZ_ACCESS_ADMINISTRATOR]);
    CHECK_INT(404, ask(MZ_GET, target, NULL));
    CHECK_INT(404, ask(MZ_POST, cancel, NULL));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/tasks", NULL));
    CHECK_TEXT("{\"tasks\":[],\"next\":null}", staffed_body());
    staffed_as(&staff, who(MZ_ACCESS_ADMINISTRATOR));
    CHECK_INT(200, ask(MZ_POST, cancel, NULL));
    CHECK_TEXT("cancelled", staffed_member("phase"));
    CHECK_INT(409, ask(MZ_POST, cancel, NULL));
    CHECK(strstr(staffed_body(), "the task has ended already (cancelled)") != NULL);
    stop();
}

TEST(tasks_are_counted_in_the_figures) {
    start();
    staffed_as(&staff, who(MZ_ACCESS_ADMINISTRATOR));
    CHECK_INT(202, ask(MZ_POST, "/api/v1/lists/un/update", NULL));
    CHECK_INT(200, ask(MZ_GET, "/metrics", NULL));
    CHECK(strstr(staffed_body(), "mizan_tasks{phase=\"waiting\"} 1\n") != NULL);
    CHECK(strstr(staffed_body(), "mizan_tasks{phase=\"failed\"} 0\n") != NULL);
    stop();
}

TEST(pages_of_tasks_follow_each_other) {
    static const char *const lists[] = {"un", "eu", "ofac"};
    char target[160];
    int seen = 0;
    start();
    for (int k = 0; k < 3; k++) {
        snprintf(target, sizeof target, "/api/v1/lists/%s/update", lists[k]);
        CHECK_INT(202, ask(MZ_POST, target, NULL));
    }
    snprintf(target, sizeof target, "/api/v1/tasks?limit=2");
    for (int page = 0; page < 3 && target[0]; page++) {
        CHECK_INT(200, ask(MZ_GET, target, NULL));
        for (const char *at = staffed_body(); (at = strstr(at, "\"kind\"")); at++) seen++;
        const char *next = staffed_member("next");
        if (*next && strcmp(next, "null") != 0)
            snprintf(target, sizeof target, "/api/v1/tasks?limit=2&before=%s", next);
        else
            target[0] = '\0';
    }
    CHECK_INT(3, seen);
    stop();
}

/* ---- the spool ---- */

TEST(a_file_is_bounded_and_what_was_not_kept_is_gone) {
    mz_error error;
    mz_spool *spool;
    char name[MZ_SPOOL_NAME_SIZE], path[512];
    start();
    mz_service *service = &staff.called.service;
    CHECK_OK(mz_spool_new(service, 10, &spool, &error), error);
    CHECK_OK(mz_spool_put(spool, MZ_STR("0123456"), &error), error);
    CHECK_INT(MZ_ERR_LIMIT, mz_spool_put(spool, MZ_STR("0123456"), &error));
    mz_spool_free(spool);
    CHECK_INT(0, files_in_spool());
    CHECK(mz_spool_claim(service, mz_spool_bytes_most - 3));
    CHECK_OK(mz_spool_new(service, 10, &spool, &error), error);
    CHECK_INT(MZ_ERR_BUSY, mz_spool_put(spool, MZ_STR("0123456"), &error));
    mz_spool_unclaim(service, mz_spool_bytes_most - 3);
    CHECK_OK(mz_spool_put(spool, MZ_STR("0123456"), &error), error);
    CHECK_OK(mz_spool_keep(spool, name, &error), error);
    mz_spool_free(spool);
    CHECK_INT(1, files_in_spool());
    CHECK_OK(mz_spool_path(service, mz_str_of(name), path, sizeof path, &error), error);
    CHECK(access(path, R_OK) == 0);
    unsetenv("MIZAN_NOW"); /* files have the machine's time */
    mz_spool_sweep(service, 1);
    CHECK_INT(1, files_in_spool());
    setenv("MIZAN_NOW", "4000000000", 1); /* long after that */
    mz_spool_sweep(service, 1);
    CHECK_INT(0, files_in_spool());
    CHECK_INT(MZ_ERR_ARGUMENT, mz_spool_path(service, MZ_STR("../index.mzi"), path, sizeof path, &error));
    CHECK_INT(MZ_ERR_ARGUMENT,
              mz_spool_path(service, MZ_STR("file-0123456789ABCDEFGHJKMNPQR/"), path, sizeof path, &error));
    stop();
}

TEST_MAIN()
