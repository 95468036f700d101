#include "worked.h"

#include "../store/stores.h"
#include "entity/record.h"
#include "mizan/screen.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { EVENTS_MOST = 100000 };

static const mz_position nowhere = {0};

/* ---- the list ---- */

void worked_list_in(worked *work, const char *list, const char *id, const char *name, const char *birth_date) {
    size_t at = 0;
    while (at < work->listed_count &&
           (strcmp(work->listed[at].id, id) != 0 || strcmp(work->listed[at].list, list) != 0))
        at++;
    CHECK(at < WORKED_LISTED_MOST);
    if (at == work->listed_count) work->listed_count++;
    snprintf(work->listed[at].list, sizeof work->listed[at].list, "%s", list);
    snprintf(work->listed[at].id, sizeof work->listed[at].id, "%s", id);
    snprintf(work->listed[at].name, sizeof work->listed[at].name, "%s", name);
    snprintf(work->listed[at].birth_date, sizeof work->listed[at].birth_date, "%s", birth_date);
}

void worked_list(worked *work, const char *id, const char *name, const char *birth_date) {
    worked_list_in(work, "invented", id, name, birth_date);
}

static const mz_record *record_of(mz_builder *builder, const char *list, const char *id, const char *name,
                                  const char *birth_date) {
    const mz_record *record;
    mz_error error;
    mz_builder_start(builder, mz_str_of(list));
    (void)mz_builder_entity(builder, MZ_SCHEMA_Person, mz_str_of(id), nowhere);
    (void)mz_builder_add(builder, 0, MZ_PROP_name, mz_str_of(name), nowhere);
    (void)mz_builder_add(builder, 0, MZ_PROP_birthDate, mz_str_of(birth_date), nowhere);
    CHECK_OK(mz_builder_finish(builder, &record, &error), error);
    return record;
}

static void close_index(worked *work) {
    if (work->screener) mz_screener_free(work->screener);
    if (work->index) mz_index_close(work->index);
    work->screener = NULL;
    work->index = NULL;
}

void worked_relist(worked *work) {
    mz_index_builder *image;
    mz_builder *builder;
    mz_error error;
    char path[600], version[16];
    const mz_screen_options options = {.threshold = 0.7, .limit = 100};
    close_index(work);
    snprintf(path, sizeof path, "%s/worked.mzi", mz_test_folder());
    snprintf(version, sizeof version, "v%u", ++work->images);
    CHECK_OK(mz_index_builder_new(path, &image, &error), error);
    CHECK_OK(mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &builder, &error), error);
    static const char *const lists[] = {"invented", "second"};
    for (size_t l = 0; l < 2; l++) {
        bool begun = l == 0;
        if (begun) CHECK_OK(mz_index_builder_list(image, mz_str_of(lists[l]), mz_str_of(version), 0, &error), error);
        for (size_t k = 0; k < work->listed_count; k++) {
            if (strcmp(work->listed[k].list, lists[l]) != 0) continue;
            if (!begun)
                CHECK_OK(mz_index_builder_list(image, mz_str_of(lists[l]), mz_str_of(version), 0, &error), error);
            begun = true;
            CHECK_OK(mz_index_builder_add(image,
                                          record_of(builder, lists[l], work->listed[k].id, work->listed[k].name,
                                                    work->listed[k].birth_date),
                                          &error),
                     error);
        }
    }
    CHECK_OK(mz_index_builder_finish(image, &error), error);
    mz_index_builder_free(image);
    mz_builder_free(builder);
    CHECK_OK(mz_index_open(path, &work->index, &error), error);
    CHECK_OK(mz_screener_new(work->index, &options, &work->screener, &error), error);
}

/* ---- opening ---- */

static mz_principal somebody(worked *work, const mz_principal *where, const char *name, mz_access_role role) {
    const char *agency = where == &work->office.in_house ? "house" : "bureau";
    (void)office_person(&work->office, where, name, role);
    return office_who(&work->office, NULL, office_cookie(&work->office, agency, name));
}

void worked_open_alone(worked *work, const char *address) {
    *work = (worked){.listed_count = 0};
    office_open(&work->office, address);
    work->agency = work->in = work->office.house.key;
    work->as = &work->office.in_house;
    worked_list(work, "z-01", "Tamrin Wardafi", "1970-05-01");
    worked_list(work, "z-02", "Tamrin Wardafi", "");
    worked_list(work, "z-03", "Ossoul Qenlou", "1981");
    worked_relist(work);
}

void worked_open(worked *work, const char *address) {
    worked_open_alone(work, address);
    work->amal = somebody(work, &work->office.in_house, "amal", MZ_ACCESS_ANALYST);
    work->badr = somebody(work, &work->office.in_house, "badr", MZ_ACCESS_ANALYST);
    work->chadia = somebody(work, &work->office.in_house, "chadia", MZ_ACCESS_APPROVER);
    work->dalila = somebody(work, &work->office.in_bureau, "dalila", MZ_ACCESS_ANALYST);
    work->as = &work->amal;
}

void worked_close(worked *work) {
    close_index(work);
    office_close(&work->office);
}

/* ---- acts ---- */

mz_status worked_do(worked *work, mz_store_work *what, void *context) {
    return mz_store_change(work->office.store, what, context, &work->error);
}

typedef struct act {
    worked *work;
    mz_actor actor;
    mz_principal service;
    mz_case_change change;
    mz_subject subject;
    const mz_subject_draft *draft;
    mz_decision_draft decision;
    mz_str alert, key, text, bytes;
    bool yes;
    int64_t number;
    const mz_raising *raising;
    mz_raised raised;
    mz_case_event event;
    mz_attachment attachment;
    mz_case found;
    void *items;
    size_t count;
    const char *state;
    mz_case_settings settings;
} act;

static mz_arena *arena_of(act *a) {
    return &a->work->office.arena;
}

static act act_on(worked *work, mz_str case_key, int64_t version) {
    act a = {.work = work, .number = version};
    a.change = (mz_case_change){.agency = work->in, .case_key = case_key, .version = version};
    return a;
}

static void name_actor(act *a) {
    if (a->work->as)
        a->actor = (mz_actor){.who = a->work->as, .client = MZ_STR("test")};
    else
        a->actor = mz_actor_service(&a->service, a->work->in);
    a->change.actor = &a->actor;
}

static mz_status run(act *a, mz_store_work *what) {
    name_actor(a);
    if (a->number == WORKED_NOW) a->change.version = worked_case(a->work, a->change.case_key).version;
    mz_status status = worked_do(a->work, what, a);
    a->work->conflict = a->change.conflict;
    return status;
}

static mz_status put_subject(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    mz_subject_outcome outcome;
    return mz_subject_put(sql, a->work->in, &a->actor, a->draft, true, arena_of(a), &a->subject, &outcome, error);
}

mz_subject worked_subject(worked *work, const char *reference, const char *name, const char *birth_date) {
    mz_builder *builder;
    act a = {.work = work};
    CHECK_OK(mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &builder, &work->error), work->error);
    const mz_record *record = record_of(builder, "invented", reference, name, birth_date);
    const mz_subject_draft draft = {
        .source = MZ_STR("test"), .reference = mz_str_of(reference), .entity = &record->entities[0]};
    a.draft = &draft;
    CHECK_OK(run(&a, put_subject), work->error);
    mz_builder_free(builder);
    return a.subject;
}

static mz_status raise_it(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_cases_raise(sql, a->raising, arena_of(a), &a->raised, error);
}

mz_status worked_try_raise(worked *work, const mz_subject *subject, mz_raised *ret_raised) {
    const mz_screening *screening;
    const mz_entity *entity;
    act a = {.work = work};
    CHECK_OK(mz_subject_entity(subject, &work->office.arena, &entity, &work->error), work->error);
    CHECK_OK(mz_screen(work->screener, subject->key, entity, &screening, &work->error), work->error);
    name_actor(&a);
    const mz_raising raising = {.agency = work->in,
                                .actor = &a.actor,
                                .subject = subject,
                                .index = work->index,
                                .query =
                                    mz_arena_print(&work->office.arena, "{\"schema\":\"Person\",\"properties\":%.*s}",
                                                   (int)subject->properties.size, subject->properties.data),
                                .screening = screening,
                                .why = "asked"};
    a.raising = &raising;
    mz_status status = run(&a, raise_it);
    if (!status) *ret_raised = a.raised;
    return status;
}

mz_raised worked_raise(worked *work, const mz_subject *subject) {
    mz_raised raised;
    CHECK_OK(worked_try_raise(work, subject, &raised), work->error);
    return raised;
}

static mz_status decide(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_case_decide(sql, &a->change, &a->decision, arena_of(a), &a->key, error);
}

mz_status worked_decide(worked *work, mz_str case_key, int64_t version, mz_disposition disposition, const char *alert,
                        mz_str *ret_decision) {
    static const char *const reasons[] = {[MZ_TRUE_MATCH] = "same-person",
                                          [MZ_FALSE_POSITIVE] = "other-birth-date",
                                          [MZ_INSUFFICIENT_INFORMATION] = "documents-missing"};
    act a = act_on(work, case_key, version);
    a.alert = mz_str_of(alert);
    a.decision = (mz_decision_draft){.alerts = alert ? &a.alert : NULL,
                                     .alert_count = alert ? 1 : 0,
                                     .disposition = disposition,
                                     .reason = mz_str_of(reasons[disposition]),
                                     .note = MZ_STR("looked at the papers")};
    mz_status status = run(&a, decide);
    if (!status && ret_decision) *ret_decision = a.key;
    return status;
}

mz_status worked_decide_for(worked *work, mz_str case_key, mz_disposition disposition, const char *reason) {
    act a = act_on(work, case_key, WORKED_NOW);
    a.decision = (mz_decision_draft){.disposition = disposition, .reason = mz_str_of(reason)};
    return run(&a, decide);
}

static mz_status answer(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_case_answer(sql, &a->change, a->key, a->yes, MZ_STR("seen"), arena_of(a), error);
}

mz_status worked_answer(worked *work, mz_str case_key, int64_t version, mz_str decision, bool approve) {
    act a = act_on(work, case_key, version);
    a.key = decision;
    a.yes = approve;
    return run(&a, answer);
}

static mz_status undo(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_case_undo(sql, &a->change, a->key, MZ_STR("a mistake"), arena_of(a), error);
}

mz_status worked_undo(worked *work, mz_str case_key, int64_t version, mz_str decision) {
    act a = act_on(work, case_key, version);
    a.key = decision;
    return run(&a, undo);
}

static mz_status assign(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_case_assign(sql, &a->change, a->key, arena_of(a), error);
}

mz_status worked_assign(worked *work, mz_str case_key, int64_t version, mz_str person) {
    act a = act_on(work, case_key, version);
    a.key = person;
    return run(&a, assign);
}

static mz_status escalate(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_case_escalate(sql, &a->change, a->yes, MZ_STR("look at this"), arena_of(a), error);
}

mz_status worked_escalate(worked *work, mz_str case_key, int64_t version, bool escalated) {
    act a = act_on(work, case_key, version);
    a.yes = escalated;
    return run(&a, escalate);
}

static mz_status set_due(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_case_set_due(sql, &a->change, a->found.due, arena_of(a), error);
}

mz_status worked_due(worked *work, mz_str case_key, int64_t version, int64_t due) {
    act a = act_on(work, case_key, version);
    a.found.due = due;
    return run(&a, set_due);
}

static mz_status note(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_case_note(sql, &a->change, a->text, arena_of(a), &a->event, error);
}

mz_status worked_note(worked *work, mz_str case_key, const char *text, mz_case_event *ret_event) {
    act a = act_on(work, case_key, -1);
    a.text = mz_str_of(text);
    mz_status status = run(&a, note);
    if (!status && ret_event) *ret_event = a.event;
    return status;
}

static mz_status attach(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_attachment_add(sql, &a->change, a->text, a->bytes, arena_of(a), &a->attachment, error);
}

mz_status worked_attach(worked *work, mz_str case_key, const char *name, mz_str bytes, mz_attachment *ret_attachment) {
    act a = act_on(work, case_key, -1);
    a.text = mz_str_of(name);
    a.bytes = bytes;
    mz_status status = run(&a, attach);
    if (!status && ret_attachment) *ret_attachment = a.attachment;
    return status;
}

static mz_status detach(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_attachment_remove(sql, &a->change, a->key, arena_of(a), error);
}

mz_status worked_detach(worked *work, mz_str case_key, mz_str attachment) {
    act a = act_on(work, case_key, -1);
    a.key = attachment;
    return run(&a, detach);
}

static mz_status revoke(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_clearance_revoke(sql, a->work->in, &a->actor, a->key, MZ_STR("not so sure"), arena_of(a), error);
}

mz_status worked_revoke(worked *work, mz_str clearance) {
    act a = {.work = work, .key = clearance};
    return run(&a, revoke);
}

static mz_status wake(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_cases_wake(sql, a->work->in, office_moment(), 100, arena_of(a), &a->count, error);
}

size_t worked_wake(worked *work) {
    act a = {.work = work};
    CHECK_OK(run(&a, wake), work->error);
    return a.count;
}

/* ---- reading ---- */

static mz_status read_case(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_case_get(sql, a->work->in, a->key, arena_of(a), &a->found, error);
}

mz_case worked_case(worked *work, mz_str key) {
    act a = {.work = work, .key = key};
    mz_error error;
    CHECK_OK(mz_store_read(work->office.store, read_case, &a, &error), error);
    return a.found;
}

static mz_status read_alerts(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_case_alerts(sql, a->work->in, a->key, arena_of(a), (mz_alert **)&a->items, &a->count, error);
}
static mz_status read_decisions(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_case_decisions(sql, a->work->in, a->key, arena_of(a), (mz_decision **)&a->items, &a->count, error);
}
static mz_status read_events(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    bool more;
    return mz_case_events(sql, a->work->in, a->key, MZ_STR(""), EVENTS_MOST, arena_of(a), (mz_case_event **)&a->items,
                          &a->count, &more, error);
}
static mz_status read_clearances(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    const mz_clearance_query query = {.state = mz_str_of(a->state), .limit = 500, .now = office_moment()};
    return mz_clearances_list(sql, a->work->in, &query, arena_of(a), (mz_clearance **)&a->items, &a->count, error);
}

static size_t read_all(worked *work, mz_str key, const char *state, mz_store_work *what, void **ret_items) {
    act a = {.work = work, .key = key, .state = state};
    mz_error error;
    CHECK_OK(mz_store_read(work->office.store, what, &a, &error), error);
    *ret_items = a.items;
    return a.count;
}

size_t worked_alerts(worked *work, mz_str case_key, mz_alert **ret_alerts) {
    return read_all(work, case_key, "", read_alerts, (void **)ret_alerts);
}
size_t worked_decisions(worked *work, mz_str case_key, mz_decision **ret_decisions) {
    return read_all(work, case_key, "", read_decisions, (void **)ret_decisions);
}
size_t worked_events(worked *work, mz_str case_key, mz_case_event **ret_events) {
    return read_all(work, case_key, "", read_events, (void **)ret_events);
}
size_t worked_clearances(worked *work, const char *state, mz_clearance **ret_clearances) {
    return read_all(work, MZ_STR(""), state, read_clearances, (void **)ret_clearances);
}

static mz_status read_settings(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_case_settings_get(sql, a->work->in, &a->settings, error);
}
static mz_status write_settings(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    return mz_case_settings_set(sql, a->work->in, &a->actor, &a->settings, error);
}

mz_case_settings worked_settings_now(worked *work) {
    act a = {.work = work};
    CHECK_OK(run(&a, read_settings), work->error);
    return a.settings;
}

void worked_settings(worked *work, const mz_case_settings *settings) {
    act a = {.work = work, .settings = *settings};
    CHECK_OK(run(&a, write_settings), work->error);
}

static mz_status take_number(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    (void)count;
    (void)error;
    ((act *)context)->number = c[0].number;
    return MZ_OK;
}

static mz_status count_entries(void *context, mz_sql *sql, mz_error *error) {
    act *a = context;
    const mz_sql_value values[] = {mz_sql_text(a->work->agency)};
    return mz_sql_query(sql, "SELECT number FROM audit_chain WHERE chain = ?1", values, 1, take_number, a, error);
}

int64_t worked_entries(worked *work) {
    act a = {.work = work};
    mz_error error;
    CHECK_OK(mz_store_read(work->office.store, count_entries, &a, &error), error);
    return a.number;
}

/* ---- what always holds ---- */

static const struct {
    const char *what, *query; /* a row for each that breaks it */
} invariants[] = {
    {"each list of a case has it in its queue, as it is",
     "SELECT l.case_key FROM case_list l JOIN case_file c ON c.case_key = l.case_key WHERE l.phase <> c.phase OR "
     "l.weight <> c.weight OR l.due <> c.due OR l.agency <> c.agency UNION ALL SELECT a.case_key FROM case_alert a "
     "LEFT "
     "JOIN case_list l ON l.case_key = a.case_key AND l.list = a.list WHERE l.list IS NULL"},
    {"an alert is in the case of its subject and agency",
     "SELECT a.alert FROM case_alert a LEFT JOIN case_file c ON c.case_key = a.case_key AND c.subject = a.subject AND "
     "c.agency = a.agency WHERE c.case_key IS NULL"},
    {"a case counts its alerts that are not decided",
     "SELECT c.case_key FROM case_file c WHERE c.alerts <> (SELECT COUNT(*) FROM case_alert a WHERE a.case_key = "
     "c.case_key AND a.phase <> 'decided')"},
    {"a case has the phase that its alerts make",
     "SELECT c.case_key FROM case_file c WHERE c.phase <> CASE WHEN EXISTS (SELECT 1 FROM case_alert a WHERE "
     "a.case_key = c.case_key AND a.phase = 'proposed') THEN 'proposed' WHEN EXISTS (SELECT 1 FROM case_alert a WHERE "
     "a.case_key = c.case_key AND a.phase = 'open') THEN 'open' WHEN EXISTS (SELECT 1 FROM case_alert a WHERE "
     "a.case_key = c.case_key AND a.phase = 'waiting') THEN 'waiting' ELSE 'closed' END"},
    {"the best of a case is its own, and not decided where another is not",
     "SELECT c.case_key FROM case_file c LEFT JOIN case_alert b ON b.alert = c.best AND b.case_key = c.case_key WHERE "
     "b.alert IS NULL OR b.weight <> c.weight OR (b.phase = 'decided' AND c.alerts > 0)"},
    {"a subject has one case at most that is not closed",
     "SELECT subject FROM case_file WHERE phase <> 'closed' GROUP BY agency, subject HAVING COUNT(*) > 1"},
    {"a pair has one alert at most that is not decided", "SELECT subject FROM case_alert WHERE phase <> 'decided' "
                                                         "GROUP BY agency, subject, list, entity HAVING COUNT(*) > 1"},
    {"a pair has one clearance at most that is valid", "SELECT subject FROM case_clearance WHERE state = 'valid' GROUP "
                                                       "BY agency, subject, list, entity HAVING COUNT(*) > 1"},
    {"a clearance that is valid has a decision that was made, and was a false positive",
     "SELECT c.clearance FROM case_clearance c JOIN case_decision d ON d.decision = c.decision WHERE d.disposition <> "
     "'false-positive' OR (c.state = 'valid' AND d.phase <> 'made')"},
    {"what was proposed by two is approved by another",
     "SELECT decision FROM case_decision WHERE four_eyes = 1 AND phase = 'made' AND (approver IS NULL OR approver = "
     "proposer OR approver = behind)"},
    {"an alert that is decided or waits has a decision that was made",
     "SELECT a.alert FROM case_alert a LEFT JOIN case_decision d ON d.decision = a.decision WHERE a.phase IN "
     "('decided', 'waiting') AND (d.decision IS NULL OR d.phase <> 'made' OR d.disposition <> a.disposition)"},
    {"an alert that is proposed has a decision that is proposed",
     "SELECT a.alert FROM case_alert a LEFT JOIN case_decision d ON d.decision = a.decision WHERE a.phase = 'proposed' "
     "AND (d.decision IS NULL OR d.phase <> 'proposed')"},
    {"what a decision was about is in its case",
     "SELECT j.alert FROM case_judged j JOIN case_decision d ON d.decision = j.decision JOIN case_alert a ON a.alert = "
     "j.alert WHERE a.case_key <> d.case_key"},
    {"every event has an entry of the chain",
     "SELECT e.event FROM case_event e LEFT JOIN audit_entry a ON a.chain = e.agency AND a.number = e.entry WHERE "
     "a.number IS NULL"},
    {"what is proposed or made by a raising aside, an entry tells of one event",
     "SELECT e.entry FROM case_event e WHERE e.kind NOT IN ('opened', 'alert.raised', 'alert.refreshed') GROUP BY "
     "e.agency, e.entry HAVING COUNT(*) > 1"},
};

static mz_status take_broken(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    char *key = context;
    (void)count;
    (void)error;
    snprintf(key, 64, "%.*s", c[0].kind == MZ_SQL_TEXT ? (int)c[0].text.size : 1,
             c[0].kind == MZ_SQL_TEXT ? c[0].text.data : "#");
    return MZ_OK;
}

typedef struct checked {
    const char *broken;
    char key[64];
} checked;

static mz_status check_all(void *context, mz_sql *sql, mz_error *error) {
    checked *found = context;
    mz_status status = MZ_OK;
    *found = (checked){.broken = NULL};
    for (size_t k = 0; k < sizeof invariants / sizeof *invariants && !status && !found->broken; k++) {
        status = mz_sql_query(sql, invariants[k].query, NULL, 0, take_broken, found->key, error);
        if (found->key[0]) found->broken = invariants[k].what;
    }
    return status;
}

void worked_check(worked *work) {
    checked found;
    mz_error error;
    CHECK_OK(mz_store_read(work->office.store, check_all, &found, &error), error);
    if (found.broken) mz_test_fail(__FILE__, __LINE__, "it does not hold that %s: %s", found.broken, found.key);
    mz_audit_verdict verdict = worked_verify(work);
    if (!verdict.whole)
        mz_test_fail(__FILE__, __LINE__, "the audit chain is not whole: %.*s", (int)verdict.what.size,
                     verdict.what.data);
}

mz_audit_verdict worked_verify(worked *work) {
    mz_audit_verdict verdict;
    mz_audit_witness witness;
    mz_error error;
    CHECK_OK(mz_case_witness_new(&witness, &error), error);
    const mz_audit_verify_options options = {.witness = &witness};
    CHECK_OK(mz_audit_verify(work->office.store, work->agency, &options, &work->office.arena, &verdict, &error), error);
    mz_case_witness_free(&witness);
    return verdict;
}
