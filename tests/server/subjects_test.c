/* /api/v1/subjects: giving, finding and closing subjects, their sources, and files of them. */
#include "server/work.h"
#include "staffed.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static staffed staff;
static mz_work *work;

static void start(void) {
    mz_error error;
    staffed_start(&staff);
    staff.called.service.settings.spool_folder = mz_test_folder();
    CHECK_OK(mz_work_new(&staff.called.service, &work, &error), error);
    staffed_as(&staff, &staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST]);
}

static void stop(void) {
    mz_work_free(work);
    staffed_stop(&staff);
}

static int ask(mz_method method, const char *target, const char *body) {
    return staffed_ask(&staff, method, target, body);
}

static const char *kept(const char *text) {
    return mz_arena_copy(&staff.office.arena, mz_str_of(text)).data;
}

static const char *at(const char *folder, const char *id, const char *behind) {
    return mz_arena_print(&staff.office.arena, "/api/v1/subjects%s/%s%s", folder, id, behind).data;
}

static bool says(const char *text) {
    if (strstr(staffed_body(), text)) return true;
    CHECK_TEXT(text, staffed_body());
    return false;
}

#define ZAYNAB                                                                                                         \
    "{\"source\":\"bank\",\"reference\":\"C-1\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"],"  \
    "\"birthDate\":\"1970-05-01\"}}"

TEST(a_subject_that_is_given_is_screened_at_once) {
    start();
    CHECK_INT(201, ask(MZ_POST, "/api/v1/subjects", ZAYNAB));
    CHECK(strncmp(staffed_answer_header("Location", 0), "/api/v1/subjects/", 17) == 0);
    CHECK_TEXT("added", staffed_member("outcome"));
    CHECK_TEXT("1", staffed_member("screening.raised"));
    const char *id = kept(staffed_member("subject.id")), *of_case = kept(staffed_member("screening.case"));
    CHECK(strlen(of_case) > 0);
    CHECK_TEXT(of_case, staffed_member("subject.open_case"));
    CHECK_TEXT("1", staffed_member("subject.alerts"));
    CHECK(strlen(staffed_member("subject.screened")) > 0);

    CHECK_INT(200, ask(MZ_POST, "/api/v1/subjects", ZAYNAB)); /* once is enough */
    CHECK_TEXT("same", staffed_member("outcome"));
    CHECK_TEXT("0", staffed_member("screening.raised"));
    CHECK_TEXT("1", staffed_member("screening.known"));
    CHECK_INT(200, ask(MZ_POST, at("", id, "/screen"), NULL));
    CHECK_TEXT("1", staffed_member("known"));
    CHECK_INT(200, ask(MZ_GET, at("", id, ""), NULL));
    says("\"properties\":{\"birthDate\":[\"1970-05-01\"],\"name\":[\"Zaynab Murjani\"]}");
    says("\"clearances\":0");
    says("\"phase\":\"open\"");
    CHECK_TEXT("no-store", staffed_answer_header("Cache-Control", 0));
    stop();
}

TEST(who_hits_nothing_is_kept_without_a_case) {
    start();
    CHECK_INT(201, ask(MZ_POST, "/api/v1/subjects",
                       "{\"source\":\"bank\",\"reference\":\"7\",\"properties\":{\"name\":\"Tamzirt Trading\"}}"));
    CHECK_TEXT("0", staffed_member("screening.hits"));
    says("\"open_case\":null");
    says("\"case\":null");
    stop();
}

TEST(subjects_are_listed_searched_and_saved_as_a_table) {
    start();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/subjects", NULL));
    CHECK_TEXT("{\"subjects\":[],\"next\":null}", staffed_body());
    CHECK_INT(201, ask(MZ_POST, "/api/v1/subjects", ZAYNAB));
    CHECK_INT(201, ask(MZ_POST, "/api/v1/subjects",
                       "{\"source\":\"shop\",\"reference\":\"=7\",\"properties\":{\"name\":\"+Tamzirt\"}}"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/subjects?limit=1", NULL));
    const char *next = kept(staffed_member("next"));
    CHECK(strlen(next) == MZ_SQL_KEY_SIZE - 1);
    CHECK_INT(200, ask(MZ_GET, mz_arena_print(&staff.office.arena, "/api/v1/subjects?after=%s", next).data, NULL));
    says("\"next\":null");
    CHECK_INT(200, ask(MZ_GET, "/api/v1/subjects?q=murjani&source=bank&schema=Person&state=all", NULL));
    says("\"caption\":\"Zaynab Murjani\"");
    CHECK(!strstr(staffed_body(), "properties"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/subjects?q=nobody", NULL));
    says("\"subjects\":[]");
    CHECK_INT(200, ask(MZ_GET, "/api/v1/subjects?format=csv&source=shop", NULL));
    says("id,source,reference,schema,caption,state,created,changed,screened\n");
    says(",shop,'=7,LegalEntity,'+Tamzirt,active,"); /* no spreadsheet carries it out */
    CHECK(strstr(staffed_answer_header("Content-Disposition", 0), "attachment"));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/subjects?state=gone", NULL));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/subjects?format=xml", NULL));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/subjects?limit=101", NULL));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/subjects?name=x", NULL));
    stop();
}

TEST(one_who_left_is_closed) {
    start();
    CHECK_INT(201, ask(MZ_POST, "/api/v1/subjects", ZAYNAB));
    const char *id = kept(staffed_member("subject.id"));
    CHECK_INT(200, ask(MZ_POST, at("", id, "/close"), NULL));
    CHECK_TEXT("closed", staffed_member("state"));
    CHECK_INT(200, ask(MZ_POST, at("", id, "/close"), NULL));
    CHECK_INT(400, ask(MZ_POST, at("", id, "/screen"), NULL));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/subjects?state=closed", NULL));
    says("Zaynab");
    CHECK_INT(200, ask(MZ_POST, "/api/v1/subjects", ZAYNAB));
    CHECK_TEXT("changed", staffed_member("outcome"));
    stop();
}

TEST(what_cannot_be_a_subject_is_refused) {
    static const char *const bodies[] = {
        "",
        "[]",
        "{}",
        "{\"source\":\"bank\",\"reference\":\"1\",\"properties\":{}}",
        "{\"source\":\"bank\",\"reference\":\"1\",\"properties\":{\"nmae\":\"A\"}}",
        "{\"source\":\"bank/../x\",\"reference\":\"1\",\"properties\":{\"name\":\"A B\"}}",
        "{\"source\":\"bank\",\"reference\":\"1\",\"properties\":{\"name\":\"A B\"},\"threshold\":0.1}",
        "{\"reference\":\"1\",\"properties\":{\"name\":\"A B\"}}",
    };
    start();
    for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++) {
        mz_test_case("%s", bodies[k]);
        CHECK_INT(400, ask(MZ_POST, "/api/v1/subjects", bodies[k]));
    }
    CHECK_INT(400, ask(MZ_POST, "/api/v1/subjects?x=1", ZAYNAB));
    CHECK_INT(404, ask(MZ_GET, at("", "01JZZZZZZZZZZZZZZZZZZZZZZZ", ""), NULL));
    stop();
}

#define MAPPING                                                                                                        \
    "{\"title\":\"Core banking\",\"mapping\":{\"schema\":\"Person\",\"reference\":\"No\",\"properties\":{\"name\":["   \
    "\"Name\"],\"birthDate\":[{\"column\":\"Born\",\"format\":\"DD/MM/YYYY\"}]}}}"

TEST(a_source_remembers_what_its_columns_are) {
    start();
    CHECK_INT(200, ask(MZ_PUT, "/api/v1/subjects/sources/core-banking", MAPPING));
    CHECK_TEXT("Core banking", staffed_member("title"));
    CHECK_TEXT("No", staffed_member("mapping.reference"));
    CHECK_INT(200, ask(MZ_PUT, "/api/v1/subjects/sources/core-banking", "{\"title\":\"Core\"}"));
    CHECK_TEXT("No", staffed_member("mapping.reference"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/subjects/sources", NULL));
    says("\"source\":\"core-banking\",\"title\":\"Core\"");
    CHECK_INT(200, ask(MZ_PUT, "/api/v1/subjects/sources/core-banking", "{\"mapping\":null}"));
    says("\"mapping\":null");
    CHECK_INT(400, ask(MZ_PUT, "/api/v1/subjects/sources/core-banking", "{\"mapping\":{}}"));
    CHECK_INT(400, ask(MZ_PUT, "/api/v1/subjects/sources/core%20banking", "{}"));
    CHECK_INT(400, ask(MZ_PUT, "/api/v1/subjects/sources/x", "{\"name\":\"Core\"}"));
    stop();
}

TEST(a_preview_shows_rows_and_guesses_columns) {
    start();
    CHECK_INT(200, ask(MZ_POST, "/api/v1/subjects/imports/preview?file_name=a.csv",
                       "N° client;Nom;Prénom;Date de naissance\n1;Tazi;Amina;14/03/1971\n2;Cut off"));
    CHECK_TEXT("csv", staffed_member("format"));
    says("\"columns\":[\"N° client\",\"Nom\",\"Prénom\",\"Date de naissance\"]");
    says("\"sample\":[[\"1\",\"Tazi\",\"Amina\",\"14/03/1971\"]]");
    CHECK_TEXT("N° client", staffed_member("guess.reference"));
    says("\"firstName\":[\"Prénom\"]");
    CHECK_INT(200, ask(MZ_POST, "/api/v1/subjects/imports/preview",
                       "{\"id\":\"7\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Amina\"]}}\n"));
    CHECK_TEXT("jsonl", staffed_member("format"));
    says("\"columns\":[\"id\",\"schema\",\"name\"],\"sample\":[[\"7\",\"Person\",\"Amina\"]],\"guess\":null");
    CHECK_INT(400, ask(MZ_POST, "/api/v1/subjects/imports/preview", ""));
    CHECK_INT(400, ask(MZ_POST, "/api/v1/subjects/imports/preview?format=xlsx", "no workbook"));
    CHECK_INT(400, ask(MZ_POST, "/api/v1/subjects/imports/preview?format=doc", "x"));
    stop();
}

static void do_tasks(void) {
    mz_error error;
    for (bool worked = true; worked;) CHECK_OK(mz_work_step(work, &worked, &error), error);
}

TEST(a_file_is_brought_in_by_a_task) {
    start();
    CHECK_INT(200, ask(MZ_PUT, "/api/v1/subjects/sources/bank", MAPPING));
    CHECK_INT(202, ask(MZ_POST, "/api/v1/subjects/imports?source=bank&file_name=..%2F..%2Fetc%2Fpasswd%3Cb%3E.csv",
                       "No;Name;Born\n1;Amina Tazi;14/03/1971\n;=Nobody;\n3;Odd Date;1971\n"));
    CHECK_TEXT("waiting", staffed_member("phase"));
    CHECK_TEXT("../../etc/passwd<b>.csv", staffed_member("file_name"));
    const char *id = kept(staffed_member("id"));
    CHECK_TEXT(at("/imports", id, ""), staffed_answer_header("Location", 0));
    do_tasks();
    CHECK_INT(200, ask(MZ_GET, at("/imports", id, ""), NULL));
    CHECK_TEXT("done", staffed_member("phase"));
    CHECK_TEXT("2", staffed_member("added"));
    CHECK_TEXT("1", staffed_member("rejected"));
    CHECK_TEXT("1", staffed_member("noted"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/subjects/imports?limit=1", NULL));
    CHECK_TEXT(id, staffed_member("next"));
    CHECK_INT(200, ask(MZ_GET, at("/imports", id, "/rejections"), NULL));
    says("{\"line\":3,\"taken\":false,\"field\":\"No\"");
    says("{\"line\":4,\"taken\":true,\"field\":\"Born\",\"code\":\"date-format\",\"number\":null,\"reason\":\"not a "
         "date in the format of this "
         "column\",\"value\":"
         "\"1971\"}");
    CHECK_INT(200, ask(MZ_GET, at("/imports", id, "/rejections?limit=1"), NULL));
    CHECK_TEXT("3", staffed_member("next"));
    CHECK_INT(200, ask(MZ_GET, at("/imports", id, "/rejections?after=3"), NULL));
    CHECK(!strstr(staffed_body(), "\"line\":3"));
    CHECK_INT(200, ask(MZ_GET, at("/imports", id, "/rejections?format=csv"), NULL));
    says("line,taken,field,code,number,reason,value\n3,false,No,no-reference,,");
    CHECK_INT(409, ask(MZ_POST, at("/imports", id, "/cancel"), NULL));
    stop();
}

TEST(an_import_that_waits_is_cancelled) {
    start();
    CHECK_INT(202, ask(MZ_POST, "/api/v1/subjects/imports?source=bank&format=jsonl", "{}\n"));
    const char *id = kept(staffed_member("id"));
    CHECK_INT(200, ask(MZ_POST, at("/imports", id, "/cancel"), NULL));
    CHECK_TEXT("cancelled", staffed_member("phase"));
    do_tasks();
    CHECK_INT(200, ask(MZ_GET, at("/imports", id, ""), NULL));
    CHECK_TEXT("0", staffed_member("rows"));
    stop();
}

TEST(a_file_that_cannot_be_read_tells_why) {
    start();
    CHECK_INT(200, ask(MZ_PUT, "/api/v1/subjects/sources/bank", MAPPING));
    CHECK_INT(202, ask(MZ_POST, "/api/v1/subjects/imports?source=bank&format=csv", "Other;Columns\n1;2\n"));
    const char *id = kept(staffed_member("id"));
    do_tasks();
    CHECK_INT(200, ask(MZ_GET, at("/imports", id, ""), NULL));
    CHECK_TEXT("failed", staffed_member("phase"));
    says("names a column “No” that the file does not have");
    CHECK_INT(200, ask(MZ_GET, "/api/v1/tasks?kind=subjects.import", NULL));
    says("\"phase\":\"failed\"");
    stop();
}

TEST(what_is_wrong_with_an_import_is_told_before_it_begins) {
    start();
    CHECK_INT(400, ask(MZ_POST, "/api/v1/subjects/imports?source=bank&format=csv", "No;Name\n")); /* no mapping */
    says("has no mapping");
    CHECK_INT(400, ask(MZ_POST, "/api/v1/subjects/imports?format=csv", "No;Name\n"));
    CHECK_INT(400, ask(MZ_POST, "/api/v1/subjects/imports?source=a%2Fb&format=csv", "No;Name\n"));
    CHECK_INT(400, ask(MZ_POST, "/api/v1/subjects/imports?source=bank&format=pdf", "No;Name\n"));
    CHECK_INT(400, ask(MZ_POST, "/api/v1/subjects/imports?source=bank&format=jsonl", ""));
    CHECK_INT(400, ask(MZ_POST, "/api/v1/subjects/imports?source=bank&format=jsonl&whole=maybe", "{}"));
    CHECK_INT(400, ask(MZ_POST, "/api/v1/subjects/imports?source=bank&format=jsonl&file_name=a%0Ab", "{}"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/subjects/imports", NULL));
    CHECK_TEXT("{\"imports\":[],\"next\":null}", staffed_body());
    stop();
}

TEST(another_agency_sees_neither_subjects_nor_files) {
    start();
    CHECK_INT(201, ask(MZ_POST, "/api/v1/subjects", ZAYNAB));
    CHECK_INT(202, ask(MZ_POST, "/api/v1/subjects/imports?source=bank&format=jsonl", "{}\n"));
    staffed_as(&staff, &staff.people[STAFFED_BUREAU][MZ_ACCESS_ANALYST]);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/subjects?state=all", NULL));
    CHECK_TEXT("{\"subjects\":[],\"next\":null}", staffed_body());
    CHECK_INT(200, ask(MZ_GET, "/api/v1/subjects/sources", NULL));
    CHECK_TEXT("{\"sources\":[]}", staffed_body());
    CHECK_INT(200, ask(MZ_GET, "/api/v1/subjects/imports", NULL));
    CHECK_TEXT("{\"imports\":[],\"next\":null}", staffed_body());
    CHECK_INT(201, ask(MZ_POST, "/api/v1/subjects", ZAYNAB)); /* the same person is another subject there */
    stop();
}

TEST_MAIN()
