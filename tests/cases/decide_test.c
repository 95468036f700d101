/* Decisions: made at once or by two people, on one alert or several; returned, taken back, waited for; and what happens
 * when two decide at once. */
#include "worked.h"

#include "../store/stores.h"
#include "test.h"

#include <string.h>

static worked work;

/* A case of two alerts, z-01 and z-02. */
static mz_str begin(const char *address) {
    worked_open(&work, address);
    mz_subject subject = worked_subject(&work, "c-1", "Tamrin Wardafi", "1970-05-01");
    return worked_raise(&work, &subject).case_key;
}

static mz_alert alert_of(mz_str case_key, const char *entity) {
    mz_alert *alerts;
    size_t count = worked_alerts(&work, case_key, &alerts);
    for (size_t k = 0; k < count; k++)
        if (mz_str_equal(alerts[k].entity, mz_str_of(entity))) return alerts[k];
    mz_test_fail(__FILE__, __LINE__, "no alert on %s", entity);
}

static void end(void) {
    worked_check(&work);
    worked_close(&work);
}

STORE_TEST(a_false_positive_is_made_at_once_and_leaves_a_clearance) {
    mz_clearance *clearances;
    mz_decision *decisions;
    mz_case_event *events;
    mz_str decision, key = begin(address);
    int64_t entries = worked_entries(&work);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, &decision), work.error);
    CHECK_INT(entries + 1, worked_entries(&work));
    mz_case found = worked_case(&work, key);
    CHECK_STR(MZ_STR("closed"), found.phase);
    CHECK_INT(0, found.alerts);
    CHECK_INT(OFFICE_NOW, found.closed);
    CHECK_INT(2, found.version);
    CHECK_STR(MZ_STR("decided"), alert_of(key, "z-01").phase);
    CHECK_STR(MZ_STR("false-positive"), alert_of(key, "z-01").disposition);
    CHECK_INT(2, worked_clearances(&work, "valid", &clearances));
    CHECK_INT(OFFICE_NOW + INT64_C(365) * 86400, clearances[0].ends);
    CHECK_STR(decision, clearances[0].decision);
    CHECK_STR(work.amal.key, clearances[0].proposer.key);
    CHECK(strstr(clearances[0].subject_facts.data, "1970-05-01") != NULL);
    CHECK_INT(1, worked_decisions(&work, key, &decisions));
    CHECK_STR(MZ_STR("made"), decisions[0].phase);
    CHECK_STR(MZ_STR("Another date of birth"), decisions[0].titles[2]);
    CHECK_INT(2, decisions[0].alert_count);
    CHECK_STR(work.amal.key, decisions[0].proposer.key);
    CHECK_INT(2, worked_events(&work, key, &events));
    CHECK_STR(MZ_STR("decision.made"), events[1].kind);
    CHECK_STR(MZ_STR("looked at the papers"), events[1].text);
    CHECK_INT(decisions[0].entry, events[1].entry);
    end();
}

STORE_TEST(each_alert_of_a_case_may_be_decided_by_itself) {
    mz_str key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, alert_of(key, "z-02").key.data, NULL),
             work.error);
    mz_case found = worked_case(&work, key);
    CHECK_STR(MZ_STR("open"), found.phase);
    CHECK_INT(1, found.alerts);
    CHECK_STR(MZ_STR("z-01"), found.best.entity);
    CHECK_INT(MZ_ERR_REFUSED,
              worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, alert_of(key, "z-02").key.data, NULL));
    CHECK_INT(MZ_ERR_INPUT, worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, "nothing", NULL));
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, NULL), work.error);
    CHECK_INT(MZ_ERR_REFUSED, worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, NULL));
    end();
}

STORE_TEST(with_four_eyes_another_person_approves) {
    mz_decision *decisions;
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    CHECK_STR(MZ_STR("proposed"), worked_case(&work, key).phase);
    CHECK_STR(MZ_STR("proposed"), alert_of(key, "z-01").phase);
    CHECK_INT(MZ_ERR_REFUSED, worked_answer(&work, key, WORKED_NOW, decision, true)); /* one's own */
    CHECK(strstr(work.error.text, "another person") != NULL);
    work.as = NULL; /* nor does the service */
    CHECK_INT(MZ_ERR_REFUSED, worked_answer(&work, key, WORKED_NOW, decision, true));
    work.as = &work.office.in_house; /* nor whoever is not named */
    CHECK_INT(MZ_ERR_REFUSED, worked_answer(&work, key, WORKED_NOW, decision, true));
    work.as = &work.chadia;
    CHECK_OK(worked_answer(&work, key, WORKED_NOW, decision, true), work.error);
    CHECK_STR(MZ_STR("closed"), worked_case(&work, key).phase);
    CHECK_INT(1, worked_decisions(&work, key, &decisions));
    CHECK_STR(MZ_STR("made"), decisions[0].phase);
    CHECK(decisions[0].four_eyes);
    CHECK_STR(work.amal.key, decisions[0].proposer.key);
    CHECK_STR(work.chadia.key, decisions[0].approver.key);
    CHECK_STR(MZ_STR("seen"), decisions[0].answer);
    CHECK_INT(MZ_ERR_REFUSED, worked_answer(&work, key, WORKED_NOW, decision, true));
    end();
}

typedef struct by_command {
    mz_str case_key, decision;
    bool approve;
} by_command;

static mz_status answer_by_command(void *context, mz_sql *sql, mz_error *error) {
    const by_command *self = context;
    const mz_actor actor = {.who = work.as, .client = MZ_STR("command line")};
    mz_case_change change = {.agency = work.in, .actor = &actor, .case_key = self->case_key, .version = -1};
    return mz_case_answer(sql, &change, self->decision, self->approve, MZ_STR("seen"), &work.office.arena, error);
}

STORE_TEST(an_agency_may_forbid_that_decisions_are_approved_by_command) {
    by_command self = {.case_key = begin(address), .approve = true};
    mz_case_settings settings = worked_settings_now(&work);
    CHECK(settings.approve_by_command);
    CHECK_OK(worked_decide(&work, self.case_key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &self.decision), work.error);
    settings.approve_by_command = false;
    worked_settings(&work, &settings);
    CHECK(!worked_settings_now(&work).approve_by_command);
    work.as = &work.chadia;
    CHECK_INT(MZ_ERR_REFUSED, worked_do(&work, answer_by_command, &self));
    CHECK(strstr(work.error.text, "approve_by_command") != NULL);
    self.approve = false; /* who sends it back does no harm */
    CHECK_OK(worked_do(&work, answer_by_command, &self), work.error);
    work.as = &work.amal;
    CHECK_OK(worked_decide(&work, self.case_key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &self.decision), work.error);
    settings = worked_settings_now(&work);
    settings.approve_by_command = true;
    worked_settings(&work, &settings);
    work.as = &work.chadia;
    self.approve = true;
    CHECK_OK(worked_do(&work, answer_by_command, &self), work.error);
    CHECK_STR(MZ_STR("closed"), worked_case(&work, self.case_key).phase);
    end();
}

STORE_TEST(what_is_returned_is_open_again) {
    mz_decision *decisions;
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    work.as = &work.chadia;
    CHECK_OK(worked_answer(&work, key, WORKED_NOW, decision, false), work.error);
    CHECK_STR(MZ_STR("open"), worked_case(&work, key).phase);
    CHECK_STR(MZ_STR("open"), alert_of(key, "z-01").phase);
    CHECK_INT(0, alert_of(key, "z-01").decision.size);
    CHECK_INT(1, worked_decisions(&work, key, &decisions));
    CHECK_STR(MZ_STR("returned"), decisions[0].phase);
    CHECK_STR(work.chadia.key, decisions[0].approver.key);
    end();
}

typedef struct keyed {
    mz_key key;
    char secret[MZ_KEY_SIZE];
} keyed;

STORE_TEST(who_made_a_key_does_not_approve_what_it_proposes_and_no_key_approves) {
    keyed made;
    mz_str decision, key = begin(address);
    mz_principal boss = work.chadia;
    boss.rights = UINT32_MAX;
    const mz_actor actor = {.who = &boss, .client = MZ_STR("test")};
    const mz_key_draft draft = {.title = MZ_STR("robot"), .rights = MZ_RIGHT_BIT(MZ_RIGHT_CASES_WORK)};
    CHECK_OK(mz_key_add(work.office.access, &actor, &draft, &work.office.arena, &made.key, made.secret, &work.error),
             work.error);
    mz_principal robot = {.kind = MZ_API_KEY, .key = made.key.key, .agency = work.agency, .rights = UINT32_MAX};
    work.as = &robot;
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    CHECK_INT(MZ_ERR_REFUSED, worked_answer(&work, key, WORKED_NOW, decision, true));
    work.as = &work.chadia;
    CHECK_INT(MZ_ERR_REFUSED, worked_answer(&work, key, WORKED_NOW, decision, true));
    work.as = &work.badr;
    CHECK_OK(worked_answer(&work, key, WORKED_NOW, decision, true), work.error);
    end();
}

static mz_status forget_who_made(void *context, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(*(mz_str *)context)};
    return mz_sql_run(sql, "UPDATE access_key SET creator = '' WHERE access_key = ?1", values, 1, NULL, error);
}

STORE_TEST(a_key_that_nobody_stands_behind_proposes_nothing) {
    keyed made;
    mz_str decision, key = begin(address);
    mz_principal boss = work.chadia;
    boss.rights = UINT32_MAX;
    const mz_actor actor = {.who = &boss, .client = MZ_STR("test")};
    const mz_key_draft draft = {.title = MZ_STR("robot"), .rights = MZ_RIGHT_BIT(MZ_RIGHT_CASES_WORK)};
    CHECK_OK(mz_key_add(work.office.access, &actor, &draft, &work.office.arena, &made.key, made.secret, &work.error),
             work.error);
    CHECK_OK(worked_do(&work, forget_who_made, &made.key.key), work.error); /* as of one made at the machine */
    mz_principal robot = {.kind = MZ_API_KEY, .key = made.key.key, .agency = work.agency, .rights = UINT32_MAX};
    work.as = &robot;
    CHECK_INT(MZ_ERR_REFUSED, worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision));
    CHECK(strstr(work.error.text, "a key that a person made") != NULL);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, &decision), work.error);
    end();
}

static mz_status approve_own(void *context, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(*(mz_str *)context)};
    return mz_sql_run(sql, "UPDATE case_decision SET approver = proposer, phase = 'made' WHERE decision = ?1", values,
                      1, NULL, error);
}

static mz_status approve_nobody(void *context, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(*(mz_str *)context)};
    return mz_sql_run(sql, "UPDATE case_decision SET phase = 'made' WHERE decision = ?1", values, 1, NULL, error);
}

static mz_status approve_key(void *context, mz_sql *sql, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(*(mz_str *)context), mz_sql_text(MZ_STR("no-person"))};
    return mz_sql_run(sql, "UPDATE case_decision SET approver = ?2, phase = 'made' WHERE decision = ?1", values, 2,
                      NULL, error);
}

STORE_TEST(the_store_itself_refuses_what_four_eyes_forbid) {
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    CHECK_INT(MZ_ERR_REFUSED, worked_do(&work, approve_own, &decision));
    CHECK_INT(MZ_ERR_REFUSED, worked_do(&work, approve_nobody, &decision));
    CHECK_INT(MZ_ERR_REFUSED, worked_do(&work, approve_key, &decision));
    end();
}

STORE_TEST(of_two_who_decide_at_once_the_second_is_told_what_the_first_did) {
    mz_str key = begin(address);
    int64_t seen = worked_case(&work, key).version;
    CHECK_OK(worked_decide(&work, key, seen, MZ_FALSE_POSITIVE, alert_of(key, "z-02").key.data, NULL), work.error);
    CHECK_OK(worked_note(&work, key, "and that is that", NULL), work.error);
    int64_t entries = worked_entries(&work);
    work.as = &work.badr;
    CHECK_INT(MZ_ERR_REFUSED, worked_decide(&work, key, seen, MZ_TRUE_MATCH, NULL, NULL));
    CHECK_STR(MZ_STR("amal"), work.conflict.by);
    CHECK_STR(MZ_STR("decision.made"), work.conflict.what);
    CHECK_INT(OFFICE_NOW, work.conflict.at);
    CHECK_INT(seen + 1, work.conflict.version);
    CHECK(strstr(work.error.text, "amal") != NULL);
    CHECK_INT(entries, worked_entries(&work));
    CHECK_STR(MZ_STR("open"), alert_of(key, "z-01").phase);
    end();
}

STORE_TEST(insufficient_information_waits_and_comes_back) {
    mz_case_event *events;
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_INSUFFICIENT_INFORMATION, NULL, &decision), work.error);
    mz_case found = worked_case(&work, key);
    CHECK_STR(MZ_STR("waiting"), found.phase);
    CHECK_INT(2, found.alerts);
    CHECK_INT(OFFICE_NOW + 14 * 86400, found.due);
    CHECK_INT(0, worked_wake(&work));
    office_later(14 * 86400);
    CHECK_INT(1, worked_wake(&work));
    CHECK_INT(0, worked_wake(&work));
    found = worked_case(&work, key);
    CHECK_STR(MZ_STR("open"), found.phase);
    CHECK(found.due > OFFICE_NOW + 14 * 86400);
    size_t count = worked_events(&work, key, &events);
    CHECK_STR(MZ_STR("due.reached"), events[count - 1].kind);
    CHECK_STR(MZ_STR("service"), events[count - 1].actor.kind);
    CHECK_INT(MZ_ERR_REFUSED, worked_undo(&work, key, WORKED_NOW, decision));
    end();
}

STORE_TEST(an_alert_that_waits_may_be_decided_before_its_time) {
    mz_str key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_INSUFFICIENT_INFORMATION, NULL, NULL), work.error);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, NULL), work.error);
    CHECK_STR(MZ_STR("closed"), worked_case(&work, key).phase);
    end();
}

STORE_TEST(what_waits_is_open_again_when_its_pair_changes) {
    mz_str key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_INSUFFICIENT_INFORMATION, NULL, NULL), work.error);
    mz_subject subject = worked_subject(&work, "c-1", "Tamrin Wardafi", "1970-05-02");
    CHECK_INT(2, worked_raise(&work, &subject).refreshed);
    CHECK_STR(MZ_STR("open"), worked_case(&work, key).phase);
    end();
}

STORE_TEST(a_decision_is_taken_back_with_its_clearances) {
    mz_clearance *clearances;
    mz_decision *decisions;
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, &decision), work.error);
    CHECK_OK(worked_undo(&work, key, WORKED_NOW, decision), work.error);
    mz_case found = worked_case(&work, key);
    CHECK_STR(MZ_STR("open"), found.phase);
    CHECK_INT(2, found.alerts);
    CHECK_INT(0, found.closed);
    CHECK_INT(0, worked_clearances(&work, "valid", &clearances));
    CHECK_INT(2, worked_clearances(&work, "revoked", &clearances));
    CHECK_STR(MZ_STR("undone"), clearances[0].ended_why);
    CHECK_INT(1, worked_decisions(&work, key, &decisions));
    CHECK_STR(MZ_STR("undone"), decisions[0].phase);
    CHECK_INT(MZ_ERR_REFUSED, worked_undo(&work, key, WORKED_NOW, decision));
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, NULL), work.error);
    end();
}

STORE_TEST(who_proposed_withdraws_and_what_two_made_an_approver_takes_back) {
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    CHECK_OK(worked_undo(&work, key, WORKED_NOW, decision), work.error);
    CHECK_STR(MZ_STR("open"), worked_case(&work, key).phase);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    work.as = &work.chadia;
    CHECK_OK(worked_answer(&work, key, WORKED_NOW, decision, true), work.error);
    work.as = &work.amal;
    CHECK_INT(MZ_ERR_REFUSED, worked_undo(&work, key, WORKED_NOW, decision));
    work.as = &work.chadia;
    CHECK_OK(worked_undo(&work, key, WORKED_NOW, decision), work.error);
    end();
}

/* Who may approve may propose, too. */
STORE_TEST(who_proposed_does_not_take_back_alone_what_another_approved) {
    mz_str decision, key = begin(address);
    mz_principal erfan = work.badr;
    erfan.rights = work.chadia.rights;
    work.as = &erfan;
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    work.as = &work.chadia;
    CHECK_OK(worked_answer(&work, key, WORKED_NOW, decision, true), work.error);
    work.as = &erfan;
    CHECK_INT(MZ_ERR_REFUSED, worked_undo(&work, key, WORKED_NOW, decision));
    CHECK(strstr(work.error.text, "another person") != NULL);
    CHECK_STR(MZ_STR("closed"), worked_case(&work, key).phase);
    work.as = NULL; /* nor the service */
    CHECK_INT(MZ_ERR_REFUSED, worked_undo(&work, key, WORKED_NOW, decision));
    work.as = &work.chadia;
    CHECK_OK(worked_undo(&work, key, WORKED_NOW, decision), work.error);
    end();
}

STORE_TEST(nobody_withdraws_what_another_proposed) {
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    work.as = &work.badr;
    CHECK_INT(MZ_ERR_REFUSED, worked_undo(&work, key, WORKED_NOW, decision));
    CHECK(strstr(work.error.text, "returned by somebody who may approve") != NULL);
    work.as = &work.chadia;
    CHECK_INT(MZ_ERR_REFUSED, worked_undo(&work, key, WORKED_NOW, decision)); /* who returns it */
    CHECK_STR(MZ_STR("proposed"), worked_case(&work, key).phase);
    CHECK_OK(worked_answer(&work, key, WORKED_NOW, decision, false), work.error);
    end();
}

static mz_str phase_of(mz_str case_key, mz_str decision) {
    mz_decision *decisions;
    size_t count = worked_decisions(&work, case_key, &decisions);
    for (size_t k = 0; k < count; k++)
        if (mz_str_equal(decisions[k].key, decision)) return decisions[k].phase;
    mz_test_fail(__FILE__, __LINE__, "no such decision");
}

STORE_TEST(what_was_once_for_two_pairs_of_eyes_is_cleared_by_two) {
    mz_str decision, key = begin(address);
    mz_str one = alert_of(key, "z-01").key;
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, one.data, &decision), work.error);
    CHECK_OK(worked_undo(&work, key, WORKED_NOW, decision), work.error); /* withdrawn */
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, alert_of(key, "z-02").key.data, &decision),
             work.error);
    CHECK_STR(MZ_STR("made"), phase_of(key, decision)); /* the other pair never was */
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, &decision), work.error);
    CHECK_STR(MZ_STR("proposed"), phase_of(key, decision));
    work.as = &work.chadia;
    CHECK_OK(worked_answer(&work, key, WORKED_NOW, decision, true), work.error);
    CHECK_STR(MZ_STR("closed"), worked_case(&work, key).phase);
    end();
}

STORE_TEST(a_later_alert_of_a_pair_that_two_found_true_is_cleared_by_two) {
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    work.as = &work.chadia;
    CHECK_OK(worked_answer(&work, key, WORKED_NOW, decision, true), work.error);
    mz_subject subject = worked_subject(&work, "c-1", "Tamrin Wardafi", "1970-05-02");
    mz_str later = worked_raise(&work, &subject).case_key;
    CHECK(!mz_str_equal(key, later));
    CHECK_OK(worked_decide(&work, later, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, &decision), work.error);
    CHECK_STR(MZ_STR("proposed"), phase_of(later, decision));
    end();
}

static mz_status set_undone(mz_sql *sql, mz_str decision, const char *by, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(decision)};
    mz_str statement = mz_arena_print(&work.office.arena,
                                      "UPDATE case_decision SET phase = 'undone', undone = 1, undone_why = '', "
                                      "undoer_kind = 'person', undoer = %s WHERE decision = ?1",
                                      by);
    return mz_sql_run(sql, statement.data, values, 1, NULL, error);
}

static mz_status undo_by_proposer(void *context, mz_sql *sql, mz_error *error) {
    return set_undone(sql, *(mz_str *)context, "proposer", error);
}

static mz_status undo_by_other(void *context, mz_sql *sql, mz_error *error) {
    return set_undone(sql, *(mz_str *)context, "'another'", error);
}

STORE_TEST(the_store_itself_refuses_who_may_not_take_back) {
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    CHECK_INT(MZ_ERR_REFUSED, worked_do(&work, undo_by_other, &decision));
    work.as = &work.chadia;
    CHECK_OK(worked_answer(&work, key, WORKED_NOW, decision, true), work.error);
    CHECK_INT(MZ_ERR_REFUSED, worked_do(&work, undo_by_proposer, &decision));
    end();
}

STORE_TEST(what_was_answered_stays_told_when_it_is_taken_back) {
    mz_decision *decisions;
    mz_case_event *events;
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    office_later(3600);
    work.as = &work.chadia;
    CHECK_OK(worked_answer(&work, key, WORKED_NOW, decision, true), work.error);
    CHECK_INT(1, worked_decisions(&work, key, &decisions));
    mz_str answer = decisions[0].answer;
    CHECK(answer.size > 0);
    CHECK_INT(0, decisions[0].undone);
    CHECK_STR(MZ_STR(""), decisions[0].undoer.name);
    office_later(7200);
    CHECK_OK(worked_undo(&work, key, WORKED_NOW, decision), work.error);
    CHECK_INT(1, worked_decisions(&work, key, &decisions));
    CHECK_STR(MZ_STR("chadia"), decisions[0].approver.name);
    CHECK_INT(OFFICE_NOW + 3600, decisions[0].answered);
    CHECK_STR(answer, decisions[0].answer);
    CHECK_STR(MZ_STR("chadia"), decisions[0].undoer.name);
    CHECK_INT(OFFICE_NOW + 10800, decisions[0].undone);
    CHECK(decisions[0].undone_why.size > 0 && !mz_str_equal(answer, decisions[0].undone_why));
    size_t count = worked_events(&work, key, &events);
    CHECK_STR(MZ_STR("decision.made"), events[count - 2].kind);
    CHECK_STR(MZ_STR("decision.undone"), events[count - 1].kind);
    CHECK_STR(decisions[0].undone_why, events[count - 1].text);
    end();
}

STORE_TEST(what_nobody_answered_was_not_answered_by_who_withdrew_it) {
    mz_decision *decisions;
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    CHECK_OK(worked_undo(&work, key, WORKED_NOW, decision), work.error);
    CHECK_INT(1, worked_decisions(&work, key, &decisions));
    CHECK_INT(0, decisions[0].answered);
    CHECK_STR(MZ_STR(""), decisions[0].answer);
    CHECK_STR(MZ_STR("amal"), decisions[0].undoer.name);
    end();
}

STORE_TEST(nothing_is_taken_back_of_which_there_is_something_newer) {
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, &decision), work.error);
    mz_subject subject = worked_subject(&work, "c-1", "Tamrin Wardafi", "1970-05-02");
    mz_raised again = worked_raise(&work, &subject);
    CHECK_INT(2, again.raised);
    CHECK_INT(MZ_ERR_REFUSED, worked_undo(&work, key, WORKED_NOW, decision)); /* another case is open */
    CHECK(strstr(work.error.text, "2027-000002") != NULL);
    CHECK_OK(worked_decide(&work, again.case_key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, NULL), work.error);
    CHECK_INT(MZ_ERR_REFUSED, worked_undo(&work, key, WORKED_NOW, decision)); /* and another alert was decided */
    end();
}

STORE_TEST(what_belongs_to_another_agency_is_not_there) {
    mz_case found;
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    int64_t version = worked_case(&work, key).version;
    work.as = &work.dalila;
    work.in = work.office.bureau.key;
    CHECK_INT(MZ_ERR_NOT_FOUND, worked_decide(&work, key, version, MZ_FALSE_POSITIVE, NULL, NULL));
    CHECK_INT(MZ_ERR_NOT_FOUND, worked_answer(&work, key, version, decision, true));
    CHECK_INT(MZ_ERR_NOT_FOUND, worked_undo(&work, key, version, decision));
    CHECK_INT(MZ_ERR_NOT_FOUND, worked_assign(&work, key, version, MZ_STR("")));
    CHECK_INT(MZ_ERR_NOT_FOUND, worked_escalate(&work, key, version, true));
    CHECK_INT(MZ_ERR_NOT_FOUND, worked_due(&work, key, version, 0));
    CHECK_INT(MZ_ERR_NOT_FOUND, worked_note(&work, key, "hello", NULL));
    CHECK_INT(MZ_ERR_NOT_FOUND, worked_attach(&work, key, "a.txt", MZ_STR("hello"), NULL));
    CHECK_INT(0, worked_alerts(&work, key, &(mz_alert *){NULL}));
    work.in = work.agency;
    found = worked_case(&work, key);
    CHECK_STR(MZ_STR("proposed"), found.phase);
    end();
}

STORE_TEST(a_reason_that_is_retired_or_of_another_disposition_is_none) {
    mz_str key = begin(address);
    CHECK_INT(MZ_ERR_INPUT, worked_decide_for(&work, key, MZ_TRUE_MATCH, "other-birth-date"));
    CHECK_INT(MZ_ERR_INPUT, worked_decide_for(&work, key, MZ_FALSE_POSITIVE, "nonsense"));
    CHECK(strstr(work.error.text, "there are: ") && strstr(work.error.text, "other-birth-date, "));
    CHECK(strstr(work.error.text, "name-only") && !strstr(work.error.text, "same-"));
    CHECK_OK(worked_decide_for(&work, key, MZ_FALSE_POSITIVE, "name-only"), work.error);
    end();
}

static mz_status note_screened(void *context, mz_sql *sql, mz_error *error) {
    const mz_subject *subject = context;
    return mz_subject_screened(sql, work.agency, subject->key, subject->sequence, office_moment(), error);
}

STORE_TEST(nothing_is_approved_of_a_subject_that_is_another_by_now) {
    mz_str decision, key = begin(address);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    int64_t seen = worked_case(&work, key).version;
    office_later(60);
    mz_subject changed = worked_subject(&work, "c-1", "Harmless Gardener", "");
    work.as = &work.chadia;
    CHECK_INT(MZ_ERR_REFUSED, worked_answer(&work, key, seen, decision, true));
    CHECK(strstr(work.error.text, "the subject has changed since this was proposed") != NULL);
    CHECK_STR(MZ_STR("proposed"), worked_case(&work, key).phase);
    CHECK_OK(worked_answer(&work, key, seen, decision, false), work.error);
    work.as = &work.amal;
    CHECK_INT(MZ_ERR_REFUSED, worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, &decision));
    CHECK(strstr(work.error.text, "screened anew") != NULL);
    CHECK_INT(0, worked_raise(&work, &changed).hits); /* the pair hits no more, and is judged as such */
    CHECK_OK(worked_do(&work, note_screened, &changed), work.error);
    office_later(60);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_FALSE_POSITIVE, NULL, &decision), work.error);
    work.as = &work.chadia;
    CHECK_OK(worked_answer(&work, key, WORKED_NOW, decision, true), work.error);
    CHECK_STR(MZ_STR("closed"), worked_case(&work, key).phase);
    end();
}

TEST_MAIN()
