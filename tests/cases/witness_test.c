/* What people read of a case stands beside the audit chain. Whatever of it is altered in the database, verifying the
 * chain names the entry that says otherwise, and so does the case itself. */
#include "worked.h"

#include "../store/stores.h"
#include "test.h"

#include <string.h>

static worked work;

typedef struct tampering {
    const char *statement;
    uint64_t changed;
} tampering;

static mz_status run_one(void *context, mz_sql *sql, mz_error *error) {
    tampering *done = context;
    return mz_sql_run(sql, done->statement, NULL, 0, &done->changed, error);
}

static void tamper(const char *statement) {
    tampering done = {statement, 0};
    CHECK_OK(worked_do(&work, run_one, &done), work.error);
    CHECK(done.changed > 0);
}

typedef struct asked {
    mz_str case_key;
    mz_case_disagreement *items;
    size_t count;
} asked;

static mz_status ask_case(void *context, mz_sql *sql, mz_error *error) {
    asked *a = context;
    return mz_case_disagrees(sql, work.agency, a->case_key, &work.office.arena, &a->items, &a->count, error);
}

/* A case of two alerts, with a note, proposed by one and approved by another. */
static mz_str begin(const char *address) {
    mz_str decision;
    mz_case_event event;
    worked_open(&work, address);
    mz_subject subject = worked_subject(&work, "c-1", "Tamrin Wardafi", "1970-05-01");
    mz_str key = worked_raise(&work, &subject).case_key;
    CHECK_OK(worked_note(&work, key, "asked the bank", &event), work.error);
    CHECK_OK(worked_decide(&work, key, WORKED_NOW, MZ_TRUE_MATCH, NULL, &decision), work.error);
    work.as = &work.chadia;
    CHECK_OK(worked_answer(&work, key, WORKED_NOW, decision, true), work.error);
    return key;
}

STORE_TEST(what_was_left_alone_says_what_the_chain_says) {
    asked of_case = {.case_key = begin(address)};
    CHECK(worked_verify(&work).whole);
    CHECK_OK(worked_do(&work, ask_case, &of_case), work.error);
    CHECK_INT(0, of_case.count);
    worked_close(&work);
}

static void alter_each(const char *(*fresh)(void)) {
    static const struct {
        const char *statement, *says;
    } cases[] = {
        {"UPDATE case_event SET said = 'asked nobody' WHERE kind = 'note'", "the event "},
        {"UPDATE case_event SET said = '' WHERE kind = 'note'", "the event "},
        {"UPDATE case_event SET kind = 'escalated' WHERE kind = 'note'", "another kind"},
        {"UPDATE case_event SET actor = 'somebody' WHERE kind = 'note'", "by whom"},
        {"UPDATE case_event SET at = at - 86400 WHERE kind = 'note'", "another time"},
        {"UPDATE case_event SET detail = '{\"mentions\":[\"x\"]}' WHERE kind = 'note'", "the event "},
        {"UPDATE case_event SET detail = 'x' WHERE kind = 'note'", "cannot be read"},
        {"UPDATE case_event SET actor_kind = 'command' WHERE kind = 'opened'", "by whom"},
        {"DELETE FROM case_event WHERE kind = 'note'", "not there"},
        {"DELETE FROM case_event WHERE kind = 'decision.made'", "nobody gave"},
        {"UPDATE case_decision SET disposition = 'false-positive'", "its disposition"},
        {"UPDATE case_decision SET reason = 'other'", "the decision "},
        {"UPDATE case_decision SET note = 'did not look'", "the decision "},
        {"UPDATE case_decision SET proposer = 'somebody'", "the decision "},
        {"UPDATE case_decision SET proposer_kind = 'key'", "the decision "},
        {"UPDATE case_decision SET phase = 'returned'", "its last event"},
        {"UPDATE case_decision SET answer = 'yes, surely'", "who answered"},
        {"UPDATE case_decision SET undone_why = 'by mistake'", "nobody has taken it back"},
        {"UPDATE case_decision SET approver_kind = 'command'", "who answered"},
        {"DELETE FROM case_judged WHERE alert IN (SELECT MIN(alert) FROM case_judged)", "the decision "},
        {"UPDATE case_alert SET hit = '{}'", "not among those"},
        {"UPDATE case_alert SET hit = 'x'", "not among those"},
        {"UPDATE case_alert SET caption = 'Zaynab Murjani'", "what its hit says"},
        {"UPDATE case_alert SET score = 0.5", "what its hit says"},
        {"UPDATE case_alert SET receipt = receipt + 1", "no receipt"},
        {"UPDATE case_alert SET disposition = 'false-positive'", "its disposition"},
        {"INSERT INTO case_event (event, agency, case_key, at, kind, actor_kind, actor, said, detail, entry) SELECT "
         "'forged', agency, case_key, at, kind, actor_kind, actor, said, detail, 9000 FROM case_event WHERE kind = "
         "'note'",
         "it is not there"},
        {"INSERT INTO case_event (event, agency, case_key, at, kind, actor_kind, actor, said, detail, entry) SELECT "
         "'forged', agency, case_key, at, kind, actor_kind, actor, said, detail, 0 FROM case_event WHERE kind = 'note'",
         "that there is not"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        mz_test_case("%s", cases[k].statement);
        asked of_case = {.case_key = begin(fresh())};
        tamper(cases[k].statement);
        mz_audit_verdict verdict = worked_verify(&work);
        CHECK(!verdict.whole);
        CHECK_TEXT("told-otherwise", mz_audit_fault_word(verdict.fault));
        if (!strstr(verdict.what.data, cases[k].says)) CHECK_TEXT(cases[k].says, verdict.what.data);
        CHECK_OK(worked_do(&work, ask_case, &of_case), work.error);
        bool nothing_names_it = strncmp(cases[k].statement, "DELETE FROM case_event WHERE kind = 'note'", 42) == 0;
        CHECK(nothing_names_it ? of_case.count == 0 : of_case.count > 0);
        worked_close(&work);
    }
}

STORE_TEST(all_that_disagrees_in_a_case_is_told_whatever_entries_it_names) {
    asked of_case = {.case_key = begin(address)};
    tamper("UPDATE case_event SET entry = 0 WHERE kind = 'opened'");
    tamper("UPDATE case_event SET entry = 9223372036854775807 WHERE kind = 'note'");
    tamper("UPDATE case_decision SET note = 'did not look'");
    CHECK_OK(worked_do(&work, ask_case, &of_case), work.error);
    CHECK(of_case.count >= 3);
    CHECK_INT(0, of_case.items[0].entry);
    CHECK(of_case.items[1].entry > 0 && of_case.items[1].entry < 9000);
    CHECK(strstr(of_case.items[1].what.data, "the decision "));
    CHECK_INT(INT64_MAX, of_case.items[of_case.count - 1].entry);
    for (size_t k = 0; k < of_case.count; k++) CHECK(of_case.items[k].key.size && of_case.items[k].what.size);
    worked_close(&work);
}

TEST(whatever_is_altered_beside_the_chain_is_found_on_sqlite) {
    alter_each(mz_test_sqlite);
}

TEST(whatever_is_altered_beside_the_chain_is_found_on_postgresql) {
    alter_each(mz_test_postgresql);
}

TEST_MAIN()
