/* Reports over HTTP: pages to be printed, a case for the financial intelligence unit, figures; each for those who may,
 * and of one's own agency alone. */
#include "../reports/told.h"
#include "staffed.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static staffed staff;
static told_case told, open_case;
static char target[256];

static int ask(mz_method method, const char *where, const char *body) {
    return staffed_ask(&staff, method, where, body);
}

static const char *at(const char *part) {
    snprintf(target, sizeof target, "/api/v1/cases/%.*s/%s", (int)told.key.size, told.key.data, part);
    return target;
}

static void as(int agency, mz_access_role role) {
    staffed_as(&staff, &staff.people[agency][role]);
}

static void start(void) {
    staffed_start(&staff);
    const mz_person *analyst = &staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST].person;
    const mz_person *approver = &staff.people[STAFFED_HOUSE][MZ_ACCESS_APPROVER].person;
    told = told_add(&staff.office, &staff.office.house, "one", analyst, approver, true);
    open_case = told_add(&staff.office, &staff.office.house, "two", analyst, approver, false);
    as(STAFFED_HOUSE, MZ_ACCESS_APPROVER);
}

static void set_goaml(void) {
    as(STAFFED_HOUSE, MZ_ACCESS_ADMINISTRATOR);
    CHECK_INT(200, ask(MZ_PUT, "/api/v1/goaml/settings",
                       "{\"version\":0,\"settings\":{\"report\":{\"rentity_id\":17,\"currency_code_local\":\"MAD\","
                       "\"report_indicators\":[\"TFS01\"]}}}"));
    as(STAFFED_HOUSE, MZ_ACCESS_APPROVER);
}

static bool says(const char *text) {
    return strstr(staffed_body(), text) != NULL;
}

/* ---- the unit ---- */

TEST(what_a_report_lacks_is_told_with_what_to_fill_in) {
    start();
    CHECK_INT(200, ask(MZ_GET, at("goaml?language=ar"), NULL));
    CHECK(says("\"path\":\"/rentity_id\",\"problem\":\"missing\""));
    CHECK(says("\"label\":\"العملة المحلية\""));
    CHECK(says("\"first_name\":\"Sofyane\""));
    CHECK(says("{\"element\":\"last_name\",\"label\":\"الاسم العائلي\",\"why\":\"split\"}"));
    CHECK_INT(409, ask(MZ_POST, at("goaml"), "{\"report_code\":\"XYZ\"}"));
    CHECK(says("\"detail\":\"the report cannot be written yet: 8 places are to be filled in or mended\""));
    CHECK(says("\"path\":\"/report_code\",\"problem\":\"code\""));
    CHECK(says("\"codes\":[\"AIF\""));
    CHECK_INT(409, ask(MZ_POST, at("goaml?language=fr"), "{\"report_code\":\"XYZ\"}"));
    CHECK(says("\"says\":\"Ce code n’est pas dans la liste de la cellule.\",\"label\":\"Type de déclaration\""));
    CHECK(says("\"says\":\"À renseigner : un nombre entier.\",\"label\":\"Numéro de l’entité déclarante\""));
    staffed_stop(&staff);
}

/* Where the agency has not said in which language it reports, in that of who asks. */
TEST(a_report_is_written_in_the_language_of_the_agency_or_of_who_asks) {
    start();
    CHECK_INT(200, ask(MZ_GET, at("goaml?language=fr"), NULL));
    CHECK(says("s’est révélé figurer sur une liste"));
    as(STAFFED_HOUSE, MZ_ACCESS_ADMINISTRATOR);
    CHECK_INT(200, ask(MZ_PUT, "/api/v1/goaml/settings", "{\"version\":0,\"settings\":{\"language\":\"ar\"}}"));
    as(STAFFED_HOUSE, MZ_ACCESS_APPROVER);
    CHECK_INT(200, ask(MZ_GET, at("goaml?language=fr"), NULL));
    CHECK(!says("s’est révélé figurer sur une liste"));
    staffed_stop(&staff);
}

TEST(the_form_says_what_each_element_and_each_code_is) {
    start();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/goaml/form?language=fr", NULL));
    CHECK(says("{\"name\":\"report_code\",\"label\":\"Type de déclaration\",\"kind\":\"code\",\"required\":true,"
               "\"codes\":\"report_type\"}"));
    CHECK(says("{\"code\":\"CNMRA\",\"title\":\"Correspondance de nom confirmée\"}"));
    CHECK(says("{\"code\":\"MA\",\"title\":\"Maroc\"}"));
    CHECK(says("{\"code\":\"TFSUN\",\"title\":\"Sanctions : liste du Conseil de sécurité\"}"));
    CHECK(says("{\"code\":\"PF012\",\"title\":\"Prolifération, 12\"}"));
    CHECK(says("{\"code\":\"AVOID\"}")); /* no word is known: it stands for itself */
    CHECK(!says("full_name_frn"));       /* which only newer installations take */
    as(STAFFED_HOUSE, MZ_ACCESS_ADMINISTRATOR);
    CHECK_INT(200, ask(MZ_PUT, "/api/v1/goaml/settings",
                       "{\"version\":0,\"settings\":{\"supports\":\"5.2\",\"codes\":{\"report_type\":[\"SAR\","
                       "{\"code\":\"DOS\",\"title\":\"Déclaration de soupçon\"}]}}}"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/goaml/form?language=ar", NULL));
    CHECK(says("\"report_type\":[{\"code\":\"SAR\",\"title\":\"نشاط مشبوه\"},"
               "{\"code\":\"DOS\",\"title\":\"Déclaration de soupçon\"}]"));
    CHECK(says("full_name_frn"));
    as(STAFFED_BUREAU, MZ_ACCESS_APPROVER);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/goaml/form", NULL));
    CHECK(!says("DOS"));
    staffed_stop(&staff);
}

TEST(a_suggestion_is_sent_back_and_becomes_xml) {
    char report[16384];
    start();
    set_goaml();
    CHECK_INT(200, ask(MZ_GET, at("goaml"), NULL));
    CHECK(says(",\"missing\":[],"));
    const char *from = strstr(staffed_body(), "\"report\":") + strlen("\"report\":");
    snprintf(report, sizeof report, "%.*s", (int)(strstr(from, ",\"missing\":") - from), from);
    CHECK_INT(200, ask(MZ_POST, at("goaml"), report));
    CHECK(says("<last_name>El Marbekoui</last_name>"));
    CHECK_TEXT("attachment; filename=\"goaml-2027-one.xml\"", staffed_answer_header("Content-Disposition", 0));
    staffed_stop(&staff);
}

TEST(there_is_nothing_to_report_before_a_true_match_is_decided) {
    start();
    told = open_case;
    CHECK_INT(409, ask(MZ_GET, at("goaml"), NULL));
    CHECK(says("no alert of this case was decided to be a true match"));
    CHECK_INT(409, ask(MZ_POST, at("goaml"), "{}"));
    staffed_stop(&staff);
}

TEST(who_may_not_see_cases_reports_none) {
    start();
    as(STAFFED_HOUSE, MZ_ACCESS_PROGRAMME_OFFICER);
    CHECK_INT(404, ask(MZ_GET, at("goaml"), NULL));
    CHECK_INT(404, ask(MZ_POST, at("goaml"), "{}"));
    as(STAFFED_HOUSE, MZ_ACCESS_ANALYST);
    CHECK_INT(403, ask(MZ_GET, at("goaml"), NULL));
    as(STAFFED_BUREAU, MZ_ACCESS_APPROVER);
    CHECK_INT(404, ask(MZ_GET, at("goaml"), NULL));
    CHECK_INT(404, ask(MZ_POST, at("goaml"), "{}"));
    staffed_stop(&staff);
}

TEST(settings_are_of_one_agency_and_changed_by_who_has_seen_them) {
    start();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/goaml/settings", NULL));
    CHECK_TEXT("{\"version\":0,\"settings\":{}}", staffed_body());
    set_goaml();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/goaml/settings", NULL));
    CHECK(says("{\"version\":1,\"settings\":{\"report\":{\"currency_code_local\":\"MAD\""));
    CHECK_INT(403, ask(MZ_PUT, "/api/v1/goaml/settings", "{\"version\":1,\"settings\":{}}"));
    as(STAFFED_HOUSE, MZ_ACCESS_ADMINISTRATOR);
    CHECK_INT(409, ask(MZ_PUT, "/api/v1/goaml/settings", "{\"version\":0,\"settings\":{}}"));
    CHECK_INT(400, ask(MZ_PUT, "/api/v1/goaml/settings", "{\"version\":1}"));
    CHECK_INT(400, ask(MZ_PUT, "/api/v1/goaml/settings", "{\"settings\":{}}"));
    CHECK_INT(400, ask(MZ_PUT, "/api/v1/goaml/settings", "{\"version\":1,\"settings\":{\"raport\":{}}}"));
    CHECK(says("did you mean “report”"));
    as(STAFFED_BUREAU, MZ_ACCESS_ADMINISTRATOR);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/goaml/settings", NULL));
    CHECK_TEXT("{\"version\":0,\"settings\":{}}", staffed_body());
    staffed_stop(&staff);
}

/* ---- figures ---- */

TEST(figures_are_of_ones_own_agency) {
    start();
    CHECK_INT(200, ask(MZ_GET, "/api/v1/figures?since=2027-01-01&until=2027-02-01", NULL));
    CHECK(says("\"alerts\":{\"raised\":2,"));
    CHECK(says("\"true-match\":1"));
    CHECK(says("\"approval_s\":{\"count\":1,\"median\":1800,\"p90\":1800}"));
    CHECK(says("\"detection\":null"));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/figures", NULL)); /* the last thirty days */
    CHECK_INT(200, ask(MZ_GET, "/api/v1/figures?since=2027-01-01&until=2027-02-01&format=csv", NULL));
    CHECK(says("table,name,measure,value\nalerts,,raised,2\n"));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/figures?format=xml", NULL));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/figures?since=yesterday", NULL));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/figures?since=2027-02-01&until=2027-01-01", NULL));
    as(STAFFED_BUREAU, MZ_ACCESS_AUDITOR);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/figures?since=2027-01-01&until=2027-02-01", NULL));
    CHECK(says("\"alerts\":{\"raised\":0,"));
    staffed_stop(&staff);
}

/* ---- pages ---- */

TEST(a_case_file_is_a_page_in_each_language) {
    start();
    CHECK_INT(200, ask(MZ_GET, at("file?language=ar"), NULL));
    CHECK(says("<html lang=\"ar\" dir=\"rtl\">"));
    CHECK(says("2027-one"));
    CHECK(says("&lt;script&gt;alert(1)&lt;/script&gt;") && !says("<script"));
    CHECK(says("letter.txt"));
    CHECK(says("The passport was seen."));
    CHECK(strstr(staffed_answer_header("Content-Security-Policy", 0), "default-src 'none'; style-src 'sha256-") !=
          NULL);
    staffed_header(&staff, "accept-language", "fr-MA,fr;q=0.9");
    CHECK_INT(200, ask(MZ_GET, at("file"), NULL));
    CHECK(says("<html lang=\"fr\" dir=\"ltr\">"));
    CHECK_INT(400, ask(MZ_GET, at("file?language=de"), NULL));
    as(STAFFED_BUREAU, MZ_ACCESS_APPROVER);
    CHECK_INT(404, ask(MZ_GET, at("file"), NULL));
    as(STAFFED_HOUSE, MZ_ACCESS_ADMINISTRATOR);
    CHECK_INT(403, ask(MZ_GET, at("file"), NULL));
    staffed_stop(&staff);
}

TEST(a_certificate_is_a_page_of_a_screening) {
    char where[128], nowhere[2048];
    start();
    snprintf(where, sizeof where, "/api/v1/receipts/%lld/certificate?language=fr", (long long)told.receipt);
    CHECK_INT(200, ask(MZ_GET, where, NULL));
    CHECK(says("Certificat de criblage"));
    CHECK(says("<bdi>house-analyst</bdi>")); /* who screened */
    CHECK(says("<code>9f8e</code>"));
    CHECK_INT(404, ask(MZ_GET, "/api/v1/receipts/1/certificate", NULL)); /* an entry, and no screening */
    CHECK_INT(404, ask(MZ_GET, "/api/v1/receipts/99999999999999999999/certificate", NULL));
    CHECK_INT(404, ask(MZ_GET, "/api/v1/receipts/-1/certificate", NULL));
    as(STAFFED_BUREAU, MZ_ACCESS_APPROVER);
    CHECK_INT(404, ask(MZ_GET, where, NULL));
    snprintf(nowhere, sizeof nowhere, "%s", staffed_body());
    CHECK(!strstr(nowhere, "screening")); /* what another agency's chain has there is not told */
    staffed_stop(&staff);
}

/* ---- tables ---- */

TEST(each_list_comes_as_a_table_of_all_that_there_is) {
    static const char *const lists[] = {"people", "keys",  "history",       "sessions",  "agencies",
                                        "lists",  "tasks", "effectiveness", "watch/runs"};
    char where[64];
    start();
    as(STAFFED_HOUSE, MZ_ACCESS_ADMINISTRATOR);
    for (size_t k = 0; k < sizeof lists / sizeof *lists; k++) {
        snprintf(where, sizeof where, "/api/v1/%s?format=csv", lists[k]);
        mz_test_case("%s", where);
        CHECK_INT(200, ask(MZ_GET, where, NULL));
        CHECK(strstr(staffed_answer_header("Content-Disposition", 0), "attachment; filename=") != NULL);
        CHECK(staffed_body()[0] != '{');
    }
    CHECK_INT(200, ask(MZ_GET, "/api/v1/people?format=csv&limit=3", NULL)); /* pages of three, and all of them */
    CHECK(strncmp(staffed_body(),
                  "id,name,display_name,email,language,roles,state,second_factor,created,last_sign_in\n", 82) == 0);
    CHECK(says(",house-viewer,") && says(",house-administrator,") && !says("bureau"));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/people?format=xml", NULL));
    CHECK_INT(400, ask(MZ_GET, "/api/v1/people?format=csv&zzzz=1", NULL));
    as(STAFFED_HOUSE, MZ_ACCESS_APPROVER);
    CHECK_INT(200, ask(MZ_GET, "/api/v1/reasons?format=csv", NULL));
    CHECK_INT(200, ask(MZ_GET, "/api/v1/mentions?format=csv", NULL));
    as(STAFFED_HOUSE, MZ_ACCESS_VIEWER);
    CHECK_INT(403, ask(MZ_GET, "/api/v1/people?format=csv", NULL));
    staffed_stop(&staff);
}

TEST_MAIN()
