/* Casework over HTTP: a screening that is kept, the queue, a case from its alert to its decision, and what belongs to
 * it. What each answer looks like is checked against openapi.json by openapi_test.py. */
#include "staffed.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static staffed staff;
static char target[512], body[1024], case_key[32];

static const staffed_person *house(mz_access_role role) {
    return &staff.people[STAFFED_HOUSE][role];
}

static void as(mz_access_role role) {
    staffed_as(&staff, house(role));
}

#define ASK(expected, method, ...)                                                                                     \
    do {                                                                                                               \
        snprintf(target, sizeof target, __VA_ARGS__);                                                                  \
        mz_test_case("%s: %.300s", target, staffed_body());                                                            \
        CHECK_INT(expected, staffed_ask(&staff, method, target, body[0] ? body : NULL));                               \
        body[0] = '\0';                                                                                                \
    } while (0)
#define BODY(...) snprintf(body, sizeof body, __VA_ARGS__)

static const char *keep(const char *path) {
    return mz_arena_copy(&staff.office.arena, mz_str_of(staffed_member(path))).data;
}

static bool says(const char *text) {
    return strstr(staffed_body(), text) != NULL;
}

static long version(void) {
    ASK(200, MZ_GET, "/api/v1/cases/%s", case_key);
    return strtol(staffed_member("version"), NULL, 10);
}

/* The house screens somebody who is listed; its case is open. */
static void begin(void) {
    staffed_start(&staff);
    body[0] = '\0';
    as(MZ_ACCESS_ANALYST);
    BODY(
        "{\"query\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"],\"birthDate\":[\"1970-05-01\"]"
        "}},\"subject\":{\"source\":\"counter\",\"reference\":\"K-1\"}}");
    ASK(200, MZ_POST, "/api/v1/screenings");
    snprintf(case_key, sizeof case_key, "%s", staffed_member("case"));
}

TEST(a_screening_that_is_kept_raises_alerts_once) {
    begin();
    CHECK_TEXT("1", staffed_member("raised"));
    CHECK(says("\"answer\":{\"id\":") && says("\"evidence\":["));
    BODY(
        "{\"query\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"],\"birthDate\":[\"1970-05-01\"]"
        "}},\"subject\":{\"source\":\"counter\",\"reference\":\"K-1\"},\"limit\":3}");
    ASK(200, MZ_POST, "/api/v1/screenings");
    CHECK_TEXT("0", staffed_member("raised"));
    CHECK_TEXT("1", staffed_member("known"));
    CHECK(says("\"case\":null,\"receipt\":null"));
    /* without a subject the query is one; what hits nothing leaves nothing */
    BODY("{\"query\":{\"properties\":{\"name\":[\"Karim Oulghazi\"]}}}");
    ASK(200, MZ_POST, "/api/v1/screenings");
    CHECK_TEXT("1", staffed_member("raised"));
    const char *subject = keep("subject");
    BODY("{\"query\":{\"properties\":{\"name\":[\"Karim Oulghazi\"]}}}");
    ASK(200, MZ_POST, "/api/v1/screenings");
    CHECK_TEXT("1", staffed_member("known"));
    CHECK_TEXT(subject, staffed_member("subject"));
    BODY("{\"query\":{\"properties\":{\"name\":[\"Qqwwee Rrttyy\"]}}}");
    ASK(200, MZ_POST, "/api/v1/screenings");
    CHECK(says("\"subject\":null"));
    staffed_stop(&staff);
}

TEST(what_is_wrong_with_a_screening_is_told_with_its_place) {
    begin();
    BODY("{\"query\":{\"properties\":{\"nam\":[\"x\"]}}}");
    ASK(400, MZ_POST, "/api/v1/screenings");
    CHECK(says("name"));
    BODY("{\"subject\":{}}");
    ASK(400, MZ_POST, "/api/v1/screenings");
    BODY("{\"query\":{\"properties\":{\"name\":[\"x\"]}},\"subject\":{\"source\":\"a b\",\"reference\":\"1\"}}");
    ASK(400, MZ_POST, "/api/v1/screenings");
    as(MZ_ACCESS_LIAISON); /* may screen, and not see the register */
    BODY("{\"query\":{\"properties\":{\"name\":[\"x\"]}}}");
    ASK(403, MZ_POST, "/api/v1/screenings");
    staffed_stop(&staff);
}

#define KNOWN "{\"query\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"],\"birthDate\":["
#define K1 "\"subject\":{\"source\":\"counter\",\"reference\":\"K-1\"}}"

TEST(who_may_only_screen_leaves_the_register_as_it_is) {
    begin();
    as(MZ_ACCESS_SCREENER);
    BODY(KNOWN "\"1970-05-01\"]}}," K1);
    ASK(200, MZ_POST, "/api/v1/screenings"); /* as it stands there */
    BODY(KNOWN "\"1999-01-01\"]}}," K1);
    ASK(403, MZ_POST, "/api/v1/screenings");
    CHECK(says("subjects.change"));
    BODY(KNOWN "\"1970-05-01\"]}},\"subject\":{\"source\":\"counter\",\"reference\":\"K-2\"}}");
    ASK(403, MZ_POST, "/api/v1/screenings");
    BODY(KNOWN "\"1970-05-01\"]}},\"subject\":{\"source\":\"screening\",\"reference\":\"own\"}}");
    ASK(200, MZ_POST, "/api/v1/screenings");
    BODY(KNOWN "\"1970-05-01\"]}}}");
    ASK(200, MZ_POST, "/api/v1/screenings");
    as(MZ_ACCESS_ANALYST);
    ASK(200, MZ_GET, "/api/v1/cases/%s", case_key);
    const char *subject = keep("subject.id");
    ASK(200, MZ_GET, "/api/v1/subjects/%s", subject);
    CHECK(says("1970-05-01") && !says("1999"));
    ASK(200, MZ_POST, "/api/v1/subjects/%s/close", subject);
    as(MZ_ACCESS_SCREENER);
    BODY(KNOWN "\"1970-05-01\"]}}," K1);
    ASK(403, MZ_POST, "/api/v1/screenings"); /* nor is one opened that was closed */
    as(MZ_ACCESS_ANALYST);
    BODY(KNOWN "\"1970-05-01\"]}}," K1);
    ASK(200, MZ_POST, "/api/v1/screenings");
    staffed_stop(&staff);
}

TEST(the_threshold_of_the_agency_holds_where_the_query_sets_none) {
    begin();
    as(MZ_ACCESS_ADMINISTRATOR);
    BODY("{\"version\":0,\"threshold\":1}");
    ASK(200, MZ_PUT, "/api/v1/casework/settings");
    as(MZ_ACCESS_ANALYST);
    BODY("{\"query\":{\"properties\":{\"name\":[\"Zeinab Morjani\"]}}}");
    ASK(200, MZ_POST, "/api/v1/screenings");
    CHECK(says("\"hits\":[]") && says("\"threshold\":1.000000"));
    BODY("{\"query\":{\"properties\":{\"name\":[\"Zeinab Morjani\"]},\"threshold\":0.7}}");
    ASK(200, MZ_POST, "/api/v1/screenings");
    CHECK(!says("\"hits\":[]"));
    staffed_stop(&staff);
}

TEST(the_queue_is_filtered_ordered_and_counted) {
    begin();
    BODY("{\"query\":{\"properties\":{\"name\":[\"Karim Oulghazi\"]}}}");
    ASK(200, MZ_POST, "/api/v1/screenings");
    ASK(200, MZ_GET, "/api/v1/cases");
    CHECK(says("\"counts\":{\"open\":2,\"proposed\":0,\"waiting\":0,\"mine\":0,\"overdue\":0,\"mentions\":0}"));
    CHECK(says("2027-000001") && says("2027-000002") && says("\"next\":null"));
    ASK(200, MZ_GET, "/api/v1/cases?limit=1&order=age");
    CHECK(says("2027-000001") && !says("2027-000002"));
    const char *next = keep("next");
    ASK(200, MZ_GET, "/api/v1/cases?limit=1&order=age&after=%s", next);
    CHECK(!says("2027-000001") && says("2027-000002"));
    ASK(200, MZ_GET, "/api/v1/cases?q=oulghazi");
    CHECK(!says("2027-000001") && says("2027-000002"));
    ASK(200, MZ_GET, "/api/v1/cases?q=000001&list=invented&order=due&escalated=false&assignee=none&phase=open");
    CHECK(says("2027-000001") && !says("2027-000002"));
    ASK(200, MZ_GET, "/api/v1/cases?list=nowhere");
    CHECK(says("\"cases\":[]"));
    ASK(200, MZ_GET, "/api/v1/cases?assignee=me");
    CHECK(says("\"cases\":[]"));
    ASK(400, MZ_GET, "/api/v1/cases?phase=nonsense");
    ASK(400, MZ_GET, "/api/v1/cases?order=nonsense");
    ASK(400, MZ_GET, "/api/v1/cases?after=nonsense");
    ASK(400, MZ_GET, "/api/v1/cases?limit=101");
    ASK(400, MZ_GET, "/api/v1/cases?format=xml");
    ASK(200, MZ_GET, "/api/v1/cases?label=2027-000001");
    CHECK_TEXT("null", staffed_member("next"));
    CHECK(says("2027-000001"));
    ASK(200, MZ_GET, "/api/v1/cases?label=2027-00000");
    CHECK(says("\"cases\":[]"));
    ASK(200, MZ_GET, "/api/v1/cases?format=csv");
    CHECK(strncmp(staffed_body(), "label,phase,source,", 19) == 0 && says("\n2027-000001,open,counter,K-1,"));
    CHECK_TEXT("attachment; filename=\"cases.csv\"", staffed_answer_header("Content-Disposition", 0));
    staffed_stop(&staff);
}

TEST(a_long_history_is_read_on_from_where_the_case_leaves_off) {
    begin();
    for (int k = 0; k < 502; k++) {
        BODY("{\"text\":\"one more\"}");
        ASK(200, MZ_POST, "/api/v1/cases/%s/notes", case_key);
    }
    ASK(200, MZ_GET, "/api/v1/cases/%s", case_key);
    CHECK_TEXT("true", staffed_member("events_more"));
    CHECK(!says("\"kind\":\"opened\""));
    ASK(200, MZ_GET, "/api/v1/cases/%s/events?limit=500", case_key);
    const char *next = keep("next");
    CHECK(strlen(next) > 0);
    ASK(200, MZ_GET, "/api/v1/cases/%s/events?before=%s", case_key, next);
    CHECK(says("\"kind\":\"opened\"") && says("\"next\":null"));
    ASK(200, MZ_GET, "/api/v1/cases/%s/events?format=csv", case_key);
    CHECK(says("opened") && strncmp(staffed_body(), "id,at,kind,", 11) == 0);
    ASK(400, MZ_GET, "/api/v1/cases/%s/events?before=nothing", case_key);
    staffed_as(&staff, &staff.people[STAFFED_BUREAU][MZ_ACCESS_ANALYST]);
    ASK(404, MZ_GET, "/api/v1/cases/%s/events", case_key);
    staffed_stop(&staff);
}

TEST(a_case_is_told_whole) {
    begin();
    ASK(200, MZ_GET, "/api/v1/cases/%s", case_key);
    CHECK_TEXT("2027-000001", staffed_member("label"));
    CHECK_TEXT("Zaynab Murjani", staffed_member("subject.caption"));
    CHECK(says("\"properties\":{\"birthDate\":[\"1970-05-01\"],\"name\":[\"Zaynab Murjani\"]}"));
    CHECK(says("\"record\":{") && says("\"changed_since\":null") && says("\"kind\":\"opened\""));
    CHECK_TEXT("true", staffed_member("may.decide"));
    CHECK_TEXT("false", staffed_member("may.approve"));
    ASK(404, MZ_GET, "/api/v1/cases/01JZZZZZZZZZZZZZZZZZZZZZZZ");
    /* what changed is told field by field */
    BODY(
        "{\"query\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"],\"birthDate\":[\"1970-05-02\"]"
        "}},\"subject\":{\"source\":\"counter\",\"reference\":\"K-1\"}}");
    ASK(200, MZ_POST, "/api/v1/screenings");
    CHECK_TEXT("1", staffed_member("refreshed"));
    ASK(200, MZ_GET, "/api/v1/cases/%s", case_key);
    CHECK(
        says("\"changed_since\":{\"subject\":[{\"property\":\"birthDate\",\"from\":[\"1970-05-01\"],\"to\":[\"1970-05-"
             "02\"]}],\"entity\":[]}"));
    staffed_stop(&staff);
}

TEST(a_case_is_given_to_somebody_escalated_and_put_off) {
    begin();
    BODY("{\"version\":1,\"assignee\":\"%s\"}", house(MZ_ACCESS_APPROVER)->person.key.data);
    ASK(200, MZ_POST, "/api/v1/cases/%s/assign", case_key);
    CHECK_TEXT("house-approver", staffed_member("assignee.name"));
    BODY("{\"version\":2,\"assignee\":\"%s\"}", house(MZ_ACCESS_VIEWER)->person.key.data);
    ASK(409, MZ_POST, "/api/v1/cases/%s/assign", case_key);
    CHECK(!says("conflict\":"));
    BODY("{\"version\":2,\"assignee\":\"nobody\"}");
    ASK(404, MZ_POST, "/api/v1/cases/%s/assign", case_key);
    BODY("{\"version\":2,\"escalated\":true,\"note\":\"look\"}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/escalate", case_key);
    CHECK_TEXT("true", staffed_member("escalated"));
    BODY("{\"version\":3,\"due\":\"2027-06-01\"}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/due", case_key);
    CHECK_TEXT("2027-06-01T00:00:00Z", staffed_member("due"));
    BODY("{\"version\":4}"); /* what is forgotten takes nothing away */
    ASK(400, MZ_POST, "/api/v1/cases/%s/due", case_key);
    BODY("{\"version\":4,\"due\":null}");
    ASK(409, MZ_POST, "/api/v1/cases/%s/due", case_key);
    staffed_as(&staff, house(MZ_ACCESS_APPROVER));
    BODY("{\"version\":4,\"due\":null}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/due", case_key);
    CHECK(says("\"due\":null"));
    staffed_as(&staff, house(MZ_ACCESS_ANALYST));
    BODY("{\"version\":5,\"due\":\"tomorrow\"}");
    ASK(400, MZ_POST, "/api/v1/cases/%s/due", case_key);
    BODY("{\"due\":null}");
    ASK(400, MZ_POST, "/api/v1/cases/%s/due", case_key);
    CHECK(says("version"));
    BODY("{\"version\":5,\"assignee\":null}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/assign", case_key);
    CHECK(says("\"assignee\":null"));
    ASK(200, MZ_GET, "/api/v1/cases/%s", case_key);
    CHECK(says("\"detail\":{\"assignee\":{\"id\":") && says("\"detail\":{\"due\":\"2027-06-01T00:00:00Z\"}"));
    ASK(200, MZ_GET, "/api/v1/cases/people");
    CHECK(says("\"login\":\"house-approver\",\"works\":true,\"approves\":true") && !says("house-viewer"));
    staffed_stop(&staff);
}

TEST(of_two_who_act_at_once_the_second_is_told_who_did_what) {
    begin();
    BODY("{\"version\":1,\"escalated\":true}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/escalate", case_key);
    as(MZ_ACCESS_APPROVER);
    BODY("{\"version\":1,\"disposition\":\"false-positive\",\"reason\":\"name-only\"}");
    ASK(409, MZ_POST, "/api/v1/cases/%s/decisions", case_key);
    CHECK_TEXT("house-analyst", staffed_member("conflict.by"));
    CHECK_TEXT("escalated", staffed_member("conflict.what"));
    CHECK_TEXT("2", staffed_member("conflict.version"));
    CHECK_TEXT("2027-01-15T08:00:00Z", staffed_member("conflict.at"));
    staffed_stop(&staff);
}

TEST(a_true_match_takes_two) {
    begin();
    BODY("{\"version\":1,\"disposition\":\"true-match\",\"reason\":\"same-person\",\"note\":\"the <b>same</b> "
         "passport\"}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/decisions", case_key);
    CHECK_TEXT("proposed", staffed_member("decision.phase"));
    CHECK_TEXT("proposed", staffed_member("case.phase"));
    const char *decision = keep("decision.id");
    as(MZ_ACCESS_APPROVER);
    ASK(200, MZ_GET, "/api/v1/cases/%s", case_key);
    CHECK_TEXT("true", staffed_member("may.approve"));
    BODY("{\"version\":2,\"approve\":true,\"note\":\"seen\"}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/decisions/%s/answer", case_key, decision);
    CHECK_TEXT("made", staffed_member("decision.phase"));
    CHECK_TEXT("house-approver", staffed_member("decision.approver.name"));
    CHECK_TEXT("closed", staffed_member("case.phase"));
    as(MZ_ACCESS_ANALYST);
    BODY("{\"version\":3,\"note\":\"a mistake\"}");
    ASK(409, MZ_POST, "/api/v1/cases/%s/decisions/%s/undo", case_key, decision);
    as(MZ_ACCESS_APPROVER);
    BODY("{\"version\":3,\"note\":\"a mistake\"}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/decisions/%s/undo", case_key, decision);
    CHECK_TEXT("undone", staffed_member("decision.phase"));
    CHECK_TEXT("open", staffed_member("case.phase"));
    /* what one proposes oneself, another answers */
    BODY("{\"version\":4,\"disposition\":\"true-match\",\"reason\":\"same-person\"}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/decisions", case_key);
    decision = keep("decision.id");
    BODY("{\"version\":5,\"approve\":true}");
    ASK(409, MZ_POST, "/api/v1/cases/%s/decisions/%s/answer", case_key, decision);
    CHECK(says("another person"));
    BODY("{\"version\":5}");
    ASK(400, MZ_POST, "/api/v1/cases/%s/decisions/%s/answer", case_key, decision);
    staffed_stop(&staff);
}

TEST(a_key_proposes_and_does_not_approve) {
    mz_key key;
    mz_error error;
    char secret[MZ_KEY_SIZE];
    begin();
    mz_principal head = staff.office.in_house;
    head.key = house(MZ_ACCESS_ADMINISTRATOR)->person.key;
    const mz_actor boss = {.who = &head, .client = MZ_STR("test")};
    const mz_key_draft draft = {.title = MZ_STR("robot"),
                                .rights = MZ_RIGHT_BIT(MZ_RIGHT_CASES_WORK) | MZ_RIGHT_BIT(MZ_RIGHT_CASES_READ)};
    CHECK_OK(mz_key_add(staff.office.access, &boss, &draft, &staff.office.arena, &key, secret, &error), error);
    staffed_as_key(&staff, secret);
    BODY("{\"version\":1,\"disposition\":\"true-match\",\"reason\":\"same-number\"}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/decisions", case_key);
    CHECK_TEXT("robot", staffed_member("decision.proposer.name"));
    const char *decision = keep("decision.id");
    BODY("{\"version\":2,\"approve\":true}");
    ASK(403, MZ_POST, "/api/v1/cases/%s/decisions/%s/answer", case_key, decision);
    ASK(200, MZ_GET, "/api/v1/cases/%s", case_key);
    CHECK(says("\"actor_kind\":\"key\""));
    staffed_stop(&staff);
}

TEST(decisions_are_read_with_care) {
    begin();
    BODY("{\"version\":1,\"disposition\":\"perhaps\",\"reason\":\"name-only\"}");
    ASK(400, MZ_POST, "/api/v1/cases/%s/decisions", case_key);
    BODY("{\"version\":1,\"disposition\":\"false-positive\",\"reason\":\"nonsense\"}");
    ASK(400, MZ_POST, "/api/v1/cases/%s/decisions", case_key);
    BODY("{\"version\":1,\"disposition\":\"false-positive\"}");
    ASK(400, MZ_POST, "/api/v1/cases/%s/decisions", case_key);
    BODY("{\"version\":1,\"disposition\":\"false-positive\",\"reason\":\"name-only\",\"alerts\":[]}");
    ASK(400, MZ_POST, "/api/v1/cases/%s/decisions", case_key);
    BODY("{\"version\":1,\"disposition\":\"false-positive\",\"reason\":\"name-only\",\"alerts\":[\"x\"]}");
    ASK(400, MZ_POST, "/api/v1/cases/%s/decisions", case_key);
    CHECK_INT(1, version());
    staffed_stop(&staff);
}

TEST(a_clearance_keeps_a_pair_quiet_until_it_is_revoked) {
    begin();
    BODY("{\"version\":1,\"disposition\":\"false-positive\",\"reason\":\"other-birth-date\",\"note\":\"=1+1\"}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/decisions", case_key);
    BODY(
        "{\"query\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"],\"birthDate\":[\"1970-05-01\"]"
        "}},\"subject\":{\"source\":\"counter\",\"reference\":\"K-1\"}}");
    ASK(200, MZ_POST, "/api/v1/screenings");
    CHECK_TEXT("1", staffed_member("quiet"));
    ASK(200, MZ_GET, "/api/v1/clearances?q=murjani&subject=%s", keep("subject"));
    CHECK(says("\"quieted\":1") && says("\"rests_on\":{\"subject\":{\"properties\":{\"birthDate\":[\"1970-05-01\"]"));
    char key[32];
    snprintf(key, sizeof key, "%.26s", strstr(staffed_body(), "\"id\":\"") + 6);
    ASK(200, MZ_GET, "/api/v1/clearances/%s", key);
    CHECK_TEXT("valid", staffed_member("state"));
    CHECK_TEXT("Another date of birth", staffed_member("decision.reason.titles.en"));
    ASK(200, MZ_GET, "/api/v1/clearances?state=all&case=%s&format=csv", case_key);
    CHECK(says(",'=1+1,"));
    ASK(400, MZ_GET, "/api/v1/clearances?state=good");
    BODY("{\"note\":\"another passport\"}");
    ASK(200, MZ_POST, "/api/v1/clearances/%s/revoke", key);
    CHECK_TEXT("revoked", staffed_member("state"));
    CHECK_TEXT("house-analyst", staffed_member("ended_by.name"));
    CHECK_TEXT("another passport", staffed_member("ended_why"));
    BODY("{\"note\":\"again\"}");
    ASK(409, MZ_POST, "/api/v1/clearances/%s/revoke", key);
    ASK(200, MZ_GET, "/api/v1/clearances?state=revoked&limit=1");
    CHECK(says(key));
    BODY(
        "{\"query\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"],\"birthDate\":[\"1970-05-01\"]"
        "}},\"subject\":{\"source\":\"counter\",\"reference\":\"K-1\"}}");
    ASK(200, MZ_POST, "/api/v1/screenings");
    CHECK_TEXT("1", staffed_member("raised"));
    staffed_stop(&staff);
}

TEST(notes_mention_people_who_see_it) {
    begin();
    BODY("{\"text\":\"@house-approver and @Nobody: <script>alert(1)</script>\"}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/notes", case_key);
    CHECK_TEXT("note", staffed_member("kind"));
    CHECK(says("<script>alert(1)</script>"));
    CHECK(says(house(MZ_ACCESS_APPROVER)->person.key.data));
    BODY("{\"text\":\"  \"}");
    ASK(400, MZ_POST, "/api/v1/cases/%s/notes", case_key);
    ASK(200, MZ_GET, "/api/v1/mentions");
    CHECK(says("\"mentions\":[]"));
    as(MZ_ACCESS_APPROVER);
    ASK(200, MZ_GET, "/api/v1/cases");
    CHECK(says("\"mentions\":1"));
    ASK(200, MZ_GET, "/api/v1/mentions?limit=1");
    CHECK(says("2027-000001") && says("\"seen\":false"));
    ASK(200, MZ_GET, "/api/v1/mentions?before=%s", keep("next"));
    CHECK(says("\"mentions\":[]"));
    ASK(204, MZ_POST, "/api/v1/mentions/seen");
    ASK(200, MZ_GET, "/api/v1/mentions");
    CHECK(says("\"seen\":true"));
    CHECK_INT(1, (int)version());
    staffed_stop(&staff);
}

TEST(files_are_kept_by_what_they_are_and_given_out_as_downloads) {
    begin();
    BODY("%%PDF-1.4 a letter");
    ASK(201, MZ_POST, "/api/v1/cases/%s/attachments?file_name=%s", case_key, "lettre%20%C3%A9t%C3%A9%3B%22x%22.pdf");
    CHECK_TEXT("application/pdf", staffed_member("media_type"));
    CHECK_TEXT("lettre été;\"x\".pdf", staffed_member("file_name"));
    const char *file = keep("id");
    ASK(200, MZ_GET, "/api/v1/cases/%s/attachments/%s", case_key, file);
    CHECK_TEXT("%PDF-1.4 a letter", staffed_body());
    CHECK_TEXT("attachment; filename=\"lettre __t____x_.pdf\"; filename*=UTF-8''lettre%20%C3%A9t%C3%A9%3B%22x%22.pdf",
               staffed_answer_header("Content-Disposition", 0));
    CHECK_TEXT("sandbox; default-src 'none'", staffed_answer_header("Content-Security-Policy", 0));
    BODY("hello");
    ASK(415, MZ_POST, "/api/v1/cases/%s/attachments?file_name=page.html", case_key);
    CHECK_TEXT("attachment-type", staffed_member("code"));
    BODY("hello");
    ASK(422, MZ_POST, "/api/v1/cases/%s/attachments?file_name=not.pdf", case_key);
    CHECK_TEXT("attachment-broken", staffed_member("code"));
    ASK(422, MZ_POST, "/api/v1/cases/%s/attachments?file_name=empty.txt", case_key);
    CHECK_TEXT("attachment-empty", staffed_member("code"));
    BODY("hello");
    ASK(400, MZ_POST, "/api/v1/cases/%s/attachments", case_key);
    BODY("hello");
    ASK(400, MZ_POST, "/api/v1/cases/%s/attachments?file_name=..%%2Fx.txt", case_key);
    BODY("hello");
    ASK(201, MZ_POST, "/api/v1/cases/%s/attachments?file_name=x.txt", case_key);
    const char *text = keep("id");
    ASK(200, MZ_GET, "/api/v1/cases/%s/attachments/%s", case_key, text);
    ASK(204, MZ_DELETE, "/api/v1/cases/%s/attachments/%s", case_key, file);
    ASK(404, MZ_GET, "/api/v1/cases/%s/attachments/%s", case_key, file);
    ASK(404, MZ_DELETE, "/api/v1/cases/%s/attachments/%s", case_key, file);
    ASK(200, MZ_GET, "/api/v1/cases/%s", case_key);
    CHECK(says("\"removed\":true") && says("\"kind\":\"attachment.removed\""));
    as(MZ_ACCESS_ADMINISTRATOR);
    BODY("{\"version\":0,\"attachment_bytes_most\":4}");
    ASK(200, MZ_PUT, "/api/v1/casework/settings");
    as(MZ_ACCESS_ANALYST);
    BODY("hello");
    ASK(413, MZ_POST, "/api/v1/cases/%s/attachments?file_name=x.txt", case_key);
    CHECK_TEXT("attachment-size", staffed_member("code"));
    as(MZ_ACCESS_ADMINISTRATOR);
    BODY("{\"version\":1,\"attachment_bytes_most\":400,\"attachments_bytes_most\":7}");
    ASK(200, MZ_PUT, "/api/v1/casework/settings");
    CHECK_TEXT("7", staffed_member("attachments_bytes_most"));
    as(MZ_ACCESS_ANALYST);
    BODY("other");
    ASK(413, MZ_POST, "/api/v1/cases/%s/attachments?file_name=x.txt", case_key);
    CHECK_TEXT("attachments-bytes-most", staffed_member("code"));
    staffed_stop(&staff);
}

TEST(alerts_are_listed_across_cases) {
    begin();
    ASK(200, MZ_GET, "/api/v1/alerts?list=invented&entity=inv-01&order=age&limit=1&phase=open");
    CHECK(says("\"case\":{\"id\":") && says("\"entity\":\"inv-01\"") && !says("\"record\""));
    ASK(200, MZ_GET, "/api/v1/alerts?phase=decided");
    CHECK(says("\"alerts\":[]"));
    ASK(200, MZ_GET, "/api/v1/alerts?format=csv");
    CHECK(strncmp(staffed_body(), "id,case,subject,", 16) == 0 && says("inv-01"));
    ASK(400, MZ_GET, "/api/v1/alerts?order=due");
    ASK(400, MZ_GET, "/api/v1/alerts?phase=closed");
    staffed_stop(&staff);
}

TEST(reasons_are_edited_and_retired) {
    begin();
    ASK(200, MZ_GET, "/api/v1/reasons");
    CHECK(says("\"id\":\"other-birth-date\",\"disposition\":\"false-positive\"") && says("تاريخ ميلاد مختلف"));
    as(MZ_ACCESS_ADMINISTRATOR);
    BODY("{\"reasons\":[{\"id\":\"same-person\",\"disposition\":\"true-match\",\"titles\":{\"ar\":\"ا\",\"fr\":\"f\","
         "\"en\":\"e\"}},{\"id\":\"my-own\",\"disposition\":\"false-positive\",\"titles\":{\"ar\":\"ا\",\"fr\":\"f\","
         "\"en\":\"mine\"}},{\"id\":\"asked\",\"disposition\":\"insufficient-information\",\"titles\":{\"ar\":\"ا\","
         "\"fr\":\"f\",\"en\":\"e\"}}]}");
    ASK(200, MZ_PUT, "/api/v1/reasons");
    CHECK(says("{\"id\":\"my-own\",\"disposition\":\"false-positive\"") && says("\"retired\":true"));
    BODY("{\"reasons\":[{\"id\":\"my-own\",\"disposition\":\"true-match\",\"titles\":{\"ar\":\"a\",\"fr\":\"f\",\"en\":"
         "\"e\"}}]}");
    ASK(409, MZ_PUT, "/api/v1/reasons");
    BODY("{\"reasons\":[]}");
    ASK(400, MZ_PUT, "/api/v1/reasons");
    BODY("{\"reasons\":[{\"id\":\"A "
         "b\",\"disposition\":\"true-match\",\"titles\":{\"ar\":\"a\",\"fr\":\"f\",\"en\":\"e\""
         "}}]}");
    ASK(400, MZ_PUT, "/api/v1/reasons");
    as(MZ_ACCESS_ANALYST);
    BODY("{\"version\":1,\"disposition\":\"false-positive\",\"reason\":\"other-birth-date\"}");
    ASK(400, MZ_POST, "/api/v1/cases/%s/decisions", case_key);
    BODY("{\"version\":1,\"disposition\":\"false-positive\",\"reason\":\"my-own\"}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/decisions", case_key);
    CHECK_TEXT("mine", staffed_member("decision.reason.titles.en"));
    staffed_stop(&staff);
}

TEST(settings_are_changed_by_one_at_a_time) {
    begin();
    ASK(200, MZ_GET, "/api/v1/casework/settings");
    CHECK_TEXT("true", staffed_member("four_eyes.true_match"));
    CHECK_TEXT("72", staffed_member("due_hours"));
    as(MZ_ACCESS_ADMINISTRATOR);
    BODY("{\"version\":0,\"four_eyes\":{\"false_positive\":true},\"urgent_weight\":12.5}");
    ASK(200, MZ_PUT, "/api/v1/casework/settings");
    CHECK_TEXT("true", staffed_member("four_eyes.true_match"));
    CHECK_TEXT("true", staffed_member("four_eyes.false_positive"));
    CHECK_TEXT("12.500000", staffed_member("urgent_weight"));
    CHECK_TEXT("1", staffed_member("version"));
    BODY("{\"version\":0,\"due_hours\":5}");
    ASK(409, MZ_PUT, "/api/v1/casework/settings");
    BODY("{\"version\":1,\"due_hours\":-5}");
    ASK(400, MZ_PUT, "/api/v1/casework/settings");
    BODY("{\"version\":1,\"threshold\":0.2}");
    ASK(400, MZ_PUT, "/api/v1/casework/settings");
    BODY("{\"version\":1,\"four_eyes\":{\"tru_match\":true}}");
    ASK(400, MZ_PUT, "/api/v1/casework/settings");
    as(MZ_ACCESS_ANALYST);
    BODY("{\"version\":1,\"disposition\":\"false-positive\",\"reason\":\"name-only\"}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/decisions", case_key);
    CHECK_TEXT("proposed", staffed_member("decision.phase"));
    staffed_stop(&staff);
}

TEST(what_waited_long_enough_is_in_the_queue_again) {
    begin();
    BODY("{\"version\":1,\"disposition\":\"insufficient-information\",\"reason\":\"asked-customer\"}");
    ASK(200, MZ_POST, "/api/v1/cases/%s/decisions", case_key);
    CHECK_TEXT("waiting", staffed_member("case.phase"));
    office_later(15 * 86400);
    staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST].cookie = office_cookie(&staff.office, "house", "house-analyst");
    staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST].csrf =
        office_who(&staff.office, NULL, staff.people[STAFFED_HOUSE][MZ_ACCESS_ANALYST].cookie).csrf;
    as(MZ_ACCESS_ANALYST);
    ASK(200, MZ_GET, "/api/v1/cases?phase=open");
    CHECK(says("2027-000001"));
    staffed_stop(&staff);
}

TEST(nobody_of_no_agency_has_casework) {
    begin();
    staff.called.service.settings.anonymous_rights = UINT32_MAX;
    staffed_as(&staff, NULL);
    ASK(404, MZ_GET, "/api/v1/cases");
    BODY("{\"query\":{\"properties\":{\"name\":[\"Zaynab Murjani\"]}}}");
    ASK(404, MZ_POST, "/api/v1/screenings");
    staffed_stop(&staff);
}

TEST_MAIN()
