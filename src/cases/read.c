/* Cases with all that belongs to them, as people read them. Names of people, keys and subjects are those that they have
 * now. */
#include "base/error.h"
#include "cases/reasons.h"
#include "cases/rows.h"

static mz_schema schema_of(mz_str name) {
    mz_schema schema = MZ_SCHEMA_Thing;
    (void)mz_schema_find(name, &schema);
    return schema;
}

/* --- cases --- */

mz_status mz_case_get(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_case *ret_case, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_case_text(key)};
    const mz_sql_value *c;
    mz_status status =
        mz_case_one(sql,
                    "SELECT c.case_key, c.label, c.subject, c.phase, c.assignee, COALESCE(p.title, ''), c.escalated, "
                    "c.weight, c.alerts, c.due, c.opened, c.changed, c.closed, c.version, s.source, s.reference, "
                    "s.caption, s.schema, c.best, COALESCE(a.entity, ''), COALESCE(a.caption, ''), COALESCE(a.list, "
                    "''), a.score, a.weight FROM case_file c JOIN subject s ON s.subject = c.subject LEFT JOIN "
                    "access_person p ON p.person = c.assignee LEFT JOIN case_alert a ON a.alert = c.best WHERE "
                    "c.agency = ?1 AND c.case_key = ?2",
                    values, 2, "case", arena, &c, error);
    if (status) return status;
    *ret_case = (mz_case){
        .key = c[0].text,
        .label = c[1].text,
        .subject = c[2].text,
        .phase = c[3].text,
        .assignee = {.kind = c[4].text.size ? MZ_STR("person") : MZ_STR(""), .key = c[4].text, .name = c[5].text},
        .escalated = c[6].number != 0,
        .weight = c[7].real,
        .alerts = c[8].number,
        .due = c[9].number < MZ_CASE_NEVER ? c[9].number : 0,
        .opened = c[10].number,
        .changed = c[11].number,
        .closed = c[12].number,
        .version = c[13].number,
        .source = c[14].text,
        .reference = c[15].text,
        .caption = c[16].text,
        .schema = schema_of(c[17].text),
        .best = {.alert = c[18].text,
                 .entity = c[19].text,
                 .caption = c[20].text,
                 .list = c[21].text,
                 .score = c[22].real,
                 .weight = c[23].real},
    };
    return MZ_OK;
}

mz_status mz_case_find(mz_sql *sql, mz_str agency, mz_str label, mz_arena *arena, mz_case *ret_case, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_case_text(label)};
    const mz_sql_value *c;
    mz_status status = mz_case_one(sql, "SELECT case_key FROM case_file WHERE agency = ?1 AND label = ?2", values, 2,
                                   "case", arena, &c, error);
    return status ? status : mz_case_get(sql, agency, c[0].text, arena, ret_case, error);
}

static mz_status take_key(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    mz_case_rows *rows = context;
    mz_str *key = mz_case_rows_add(rows);
    (void)count;
    if (!key) return mz_fail_arena(rows->arena, error, "the list of cases");
    *key = mz_case_column(rows->arena, c[0]);
    return MZ_OK;
}

mz_status mz_cases_of_subject(mz_sql *sql, mz_str agency, mz_str subject, mz_arena *arena, mz_case **ret_cases,
                              size_t *ret_count, mz_error *error) {
    mz_case_rows keys = {.arena = arena, .size = sizeof(mz_str)};
    const mz_sql_value values[] = {mz_sql_text(agency), mz_case_text(subject)};
    mz_status status =
        mz_sql_query(sql,
                     "SELECT case_key FROM case_file WHERE agency || '' = ?1 AND subject = ?2 ORDER BY CASE "
                     "WHEN phase = 'closed' THEN 1 ELSE 0 END, opened DESC, case_key DESC",
                     values, 2, take_key, &keys, error);
    mz_case *cases = status ? NULL : MZ_ARENA_NEW(arena, keys.count + 1, mz_case);
    if (!status && !cases) status = mz_fail_arena(arena, error, "the list of cases");
    for (size_t k = 0; k < keys.count && !status; k++)
        status = mz_case_get(sql, agency, ((mz_str *)keys.items)[k], arena, &cases[k], error);
    if (status) return status;
    *ret_cases = cases;
    *ret_count = keys.count;
    return MZ_OK;
}

/* --- alerts --- */

static mz_status take_alert(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    mz_case_rows *rows = context;
    mz_alert *alert = mz_case_rows_add(rows);
    mz_arena *arena = rows->arena;
    (void)count;
    if (!alert) return mz_fail_arena(arena, error, "the list of alerts");
    *alert = (mz_alert){
        .key = mz_case_column(arena, c[0]),
        .case_key = mz_case_column(arena, c[1]),
        .subject = mz_case_column(arena, c[2]),
        .entity = mz_case_column(arena, c[3]),
        .list = mz_case_column(arena, c[4]),
        .list_version = mz_case_column(arena, c[5]),
        .caption = mz_case_column(arena, c[6]),
        .schema = schema_of(c[7].text),
        .score = c[8].real,
        .weight = c[9].real,
        .hit = mz_case_column(arena, c[10]),
        .subject_facts = mz_case_column(arena, c[11]),
        .entity_facts = mz_case_column(arena, c[12]),
        .subject_base = mz_case_column(arena, c[13]),
        .entity_base = mz_case_column(arena, c[14]),
        .phase = mz_case_column(arena, c[15]),
        .disposition = mz_case_column(arena, c[16]),
        .decision = mz_case_column(arena, c[17]),
        .previous = mz_case_column(arena, c[18]),
        .why = mz_case_column(arena, c[19]),
        .receipt = c[20].number,
        .born = c[21].number,
        .changed = c[22].number,
        .until = c[23].number,
        .case_label = mz_case_column(arena, c[24]),
        .subject_caption = mz_case_column(arena, c[25]),
    };
    return arena->failed ? mz_fail_arena(arena, error, "the list of alerts") : MZ_OK;
}

mz_status mz_case_alerts(mz_sql *sql, mz_str agency, mz_str case_key, mz_arena *arena, mz_alert **ret_alerts,
                         size_t *ret_count, mz_error *error) {
    mz_case_rows rows = {.arena = arena, .size = sizeof(mz_alert)};
    const mz_sql_value values[] = {mz_sql_text(agency), mz_case_text(case_key)};
    mz_status status =
        mz_sql_query(sql,
                     "SELECT a.alert, a.case_key, a.subject, a.entity, a.list, a.list_version, a.caption, a.schema, "
                     "a.score, a.weight, a.hit, COALESCE(f.facts, ''), COALESCE(g.facts, ''), COALESCE(h.facts, ''), "
                     "COALESCE(i.facts, ''), a.phase, a.disposition, a.decision, a.previous, a.why, a.receipt, a.born, "
                     "a.changed, a.until, c.label, s.caption FROM case_alert a JOIN case_file c ON c.case_key = "
                     "a.case_key JOIN subject s ON s.subject = a.subject LEFT JOIN case_facts f ON f.agency = a.agency "
                     "AND f.digest = a.subject_digest LEFT JOIN case_facts g ON g.agency = a.agency AND g.digest = "
                     "a.entity_digest LEFT JOIN case_facts h ON h.agency = a.agency AND h.digest = a.subject_base LEFT "
                     "JOIN case_facts i ON i.agency = a.agency AND i.digest = a.entity_base WHERE a.agency = ?1 AND "
                     "a.case_key = ?2 ORDER BY CASE WHEN a.phase = 'decided' THEN 1 ELSE 0 END, a.weight DESC, a.alert",
                     values, 2, take_alert, &rows, error);
    if (status) return status;
    *ret_alerts = rows.items;
    *ret_count = rows.count;
    return MZ_OK;
}

mz_status mz_alert_row(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_alert *ret_alert, mz_error *error) {
    mz_case_rows rows = {.arena = arena, .size = sizeof(mz_alert)};
    const mz_sql_value values[] = {mz_sql_text(agency), mz_case_text(key)};
    mz_status status =
        mz_sql_query(sql,
                     "SELECT a.alert, a.case_key, a.subject, a.entity, a.list, a.list_version, a.caption, a.schema, "
                     "a.score, a.weight, a.hit, '', '', '', '', a.phase, a.disposition, a.decision, a.previous, a.why, "
                     "a.receipt, a.born, a.changed, a.until, c.label, s.caption FROM case_alert a JOIN case_file c ON "
                     "c.case_key = a.case_key JOIN subject s ON s.subject = a.subject WHERE a.agency = ?1 AND a.alert "
                     "= ?2",
                     values, 2, take_alert, &rows, error);
    if (!status && !rows.count) status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such alert");
    if (!status) *ret_alert = *(mz_alert *)rows.items;
    return status;
}

/* --- decisions --- */

typedef struct reasons {
    const mz_reason *items;
    size_t count;
} reasons;

typedef struct decision_rows {
    mz_case_rows rows;
    reasons reasons;
} decision_rows;

static void put_titles(const reasons *known, mz_str reason, mz_str titles[3]) {
    for (int t = 0; t < 3; t++) titles[t] = reason;
    for (size_t k = 0; k < known->count; k++)
        if (mz_str_equal(known->items[k].key, reason))
            for (int t = 0; t < 3; t++) titles[t] = known->items[k].titles[t];
}

static mz_status take_decision(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    decision_rows *taken = context;
    mz_arena *arena = taken->rows.arena;
    mz_decision *decision = mz_case_rows_add(&taken->rows);
    (void)count;
    if (!decision) return mz_fail_arena(arena, error, "the list of decisions");
    *decision = (mz_decision){
        .key = mz_case_column(arena, c[0]),
        .case_key = mz_case_column(arena, c[1]),
        .disposition = mz_disposition_of(c[2].text),
        .reason = mz_case_column(arena, c[3]),
        .note = mz_case_column(arena, c[4]),
        .phase = mz_case_column(arena, c[5]),
        .four_eyes = c[6].number != 0,
        .proposer = mz_case_named(arena, &c[7]),
        .approver = {.kind = c[10].text.size ? MZ_STR("person") : MZ_STR(""),
                     .key = mz_case_column(arena, c[10]),
                     .name = mz_case_column(arena, c[11])},
        .proposed = c[12].number,
        .answered = c[13].number,
        .answer = mz_case_column(arena, c[14]),
        .entry = c[15].number,
        .undoer = mz_case_named(arena, &c[16]),
        .undone = c[19].number,
        .undone_why = mz_case_column(arena, c[20]),
    };
    put_titles(&taken->reasons, decision->reason, decision->titles);
    return MZ_OK;
}

static mz_status read_judged(mz_sql *sql, mz_decision *decision, mz_arena *arena, mz_error *error) {
    mz_case_rows keys = {.arena = arena, .size = sizeof(mz_str)};
    const mz_sql_value values[] = {mz_sql_text(decision->key)};
    mz_status status = mz_sql_query(sql, "SELECT alert FROM case_judged WHERE decision = ?1 ORDER BY alert", values, 1,
                                    take_key, &keys, error);
    decision->alerts = keys.items;
    decision->alert_count = keys.count;
    return status;
}

mz_status mz_case_decisions(mz_sql *sql, mz_str agency, mz_str case_key, mz_arena *arena, mz_decision **ret_decisions,
                            size_t *ret_count, mz_error *error) {
    decision_rows taken = {.rows = {.arena = arena, .size = sizeof(mz_decision)}};
    mz_reason *known;
    const mz_sql_value values[] = {mz_sql_text(agency), mz_case_text(case_key)};
    mz_status status = mz_reasons_list(sql, agency, arena, &known, &taken.reasons.count, error);
    if (status) return status;
    taken.reasons.items = known;
    status = mz_sql_query(sql,
                          "SELECT d.decision, d.case_key, d.disposition, d.reason, d.note, d.phase, d.four_eyes, "
                          "d.proposer_kind, d.proposer, COALESCE(p.title, k.title, ''), COALESCE(d.approver, ''), "
                          "COALESCE(q.title, ''), d.proposed, d.answered, d.answer, d.entry, COALESCE(d.undoer_kind, "
                          "''), COALESCE(d.undoer, ''), COALESCE(r.title, l.title, ''), COALESCE(d.undone, CAST(0 AS "
                          "INTEGER)), COALESCE(d.undone_why, '') FROM case_decision d LEFT JOIN access_person p ON "
                          "p.person = d.proposer LEFT JOIN access_key k ON k.access_key = d.proposer LEFT JOIN "
                          "access_person q ON q.person = d.approver LEFT JOIN access_person r ON r.person = d.undoer "
                          "LEFT JOIN access_key l ON l.access_key = d.undoer WHERE d.agency = ?1 AND d.case_key = ?2 "
                          "ORDER BY d.entry",
                          values, 2, take_decision, &taken, error);
    mz_decision *decisions = taken.rows.items;
    for (size_t k = 0; k < taken.rows.count && !status; k++) status = read_judged(sql, &decisions[k], arena, error);
    if (status) return status;
    *ret_decisions = decisions;
    *ret_count = taken.rows.count;
    return MZ_OK;
}

mz_status mz_decision_get(mz_sql *sql, mz_str agency, mz_str case_key, mz_str key, mz_arena *arena,
                          mz_decision *ret_decision, mz_error *error) {
    mz_decision *decisions;
    size_t count;
    mz_status status = mz_case_decisions(sql, agency, case_key, arena, &decisions, &count, error);
    for (size_t k = 0; k < count && !status; k++)
        if (mz_str_equal(decisions[k].key, key)) {
            *ret_decision = decisions[k];
            return MZ_OK;
        }
    return status ? status : mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such decision");
}

/* --- events --- */

mz_status mz_case_take_event(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    mz_case_rows *rows = context;
    mz_arena *arena = rows->arena;
    mz_case_event *event = mz_case_rows_add(rows);
    (void)count;
    if (!event) return mz_fail_arena(arena, error, "the list of events");
    *event = (mz_case_event){.key = mz_case_column(arena, c[0]),
                             .case_key = mz_case_column(arena, c[1]),
                             .case_label = mz_case_column(arena, c[2]),
                             .at = c[3].number,
                             .kind = mz_case_column(arena, c[4]),
                             .actor = mz_case_named(arena, &c[5]),
                             .text = mz_case_column(arena, c[8]),
                             .detail = mz_case_column(arena, c[9]),
                             .entry = c[10].number};
    return arena->failed ? mz_fail_arena(arena, error, "the list of events") : MZ_OK;
}

/* Where in the order of its case an event stands. */
static mz_status find_place(mz_sql *sql, mz_str agency, mz_str case_key, mz_str event, mz_arena *arena,
                            int64_t *ret_entry, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_case_text(case_key), mz_case_text(event)};
    const mz_sql_value *c;
    mz_status status =
        mz_sql_first(sql, "SELECT entry FROM case_event WHERE agency = ?1 AND case_key = ?2 AND event = ?3", values, 3,
                     arena, &c, error);
    if (!status && !c) status = mz_fail(error, MZ_ERR_ARGUMENT, "there is no such event in the case");
    if (!status) *ret_entry = c[0].number;
    return status;
}

mz_status mz_case_events(mz_sql *sql, mz_str agency, mz_str case_key, mz_str before, size_t limit, mz_arena *arena,
                         mz_case_event **ret_events, size_t *ret_count, bool *ret_more, mz_error *error) {
    mz_case_rows rows = {.arena = arena, .size = sizeof(mz_case_event)};
    int64_t entry = INT64_MAX;
    mz_status status = before.size ? find_place(sql, agency, case_key, before, arena, &entry, error) : MZ_OK;
    if (status) return status;
    const mz_sql_value values[] = {mz_sql_text(agency), mz_case_text(case_key), mz_sql_int(entry), mz_case_text(before),
                                   mz_sql_int((int64_t)limit + 1)};
    status = mz_sql_query(sql,
                          "SELECT e.event, e.case_key, c.label, e.at, e.kind, e.actor_kind, e.actor, COALESCE(p.title, "
                          "k.title, ''), e.said, e.detail, e.entry FROM case_event e JOIN case_file c ON c.case_key = "
                          "e.case_key LEFT JOIN access_person p ON p.person = e.actor LEFT JOIN access_key k ON "
                          "k.access_key = e.actor WHERE e.agency || '' = ?1 AND e.case_key = ?2 AND e.entry <= ?3 AND "
                          "(e.entry < ?3 OR e.event < ?4) ORDER BY e.entry DESC, e.event DESC LIMIT ?5",
                          values, 5, mz_case_take_event, &rows, error);
    if (status) return status;
    mz_case_event *events = rows.items;
    *ret_more = rows.count > limit;
    *ret_count = *ret_more ? limit : rows.count;
    for (size_t k = 0; k < *ret_count / 2; k++) {
        mz_case_event later = events[k];
        events[k] = events[*ret_count - 1 - k];
        events[*ret_count - 1 - k] = later;
    }
    *ret_events = events;
    return MZ_OK;
}
