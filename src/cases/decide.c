/* Decisions: made at once, or proposed and then answered by another person; and taken back. What follows from a
 * decision that is made is in one place (carry_out), whichever way it came about. */
#include "base/error.h"
#include "base/shown.h"
#include "cases/change.h"
#include "cases/reasons.h"

enum { DAY_S = 86400 };

/* An alert that a decision is about. */
typedef struct judged {
    mz_str key, entity, caption, list, phase, decision, subject_digest, entity_digest;
} judged;

typedef struct deciding {
    mz_case_work work;
    mz_case_settings settings;
    mz_str key; /* of the decision */
    mz_disposition disposition;
    const judged *alerts;
    size_t count;
} deciding;

/* ---- the alerts ---- */

static mz_status take_alert(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    mz_case_rows *rows = context;
    judged *alert = mz_case_rows_add(rows);
    (void)count;
    if (!alert) return mz_fail_arena(rows->arena, error, "the alerts of a case");
    *alert = (judged){.key = mz_case_column(rows->arena, c[0]),
                      .entity = mz_case_column(rows->arena, c[1]),
                      .caption = mz_case_column(rows->arena, c[2]),
                      .list = mz_case_column(rows->arena, c[3]),
                      .phase = mz_case_column(rows->arena, c[4]),
                      .decision = mz_case_column(rows->arena, c[5]),
                      .subject_digest = mz_case_column(rows->arena, c[6]),
                      .entity_digest = mz_case_column(rows->arena, c[7])};
    return MZ_OK;
}

static mz_status read_alerts(deciding *d, mz_case_rows *ret_rows, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(d->work.row.key)};
    *ret_rows = (mz_case_rows){.arena = d->work.arena, .size = sizeof(judged)};
    return mz_sql_query(d->work.sql,
                        "SELECT alert, entity, caption, list, phase, decision, subject_digest, entity_digest FROM "
                        "case_alert WHERE case_key = ?1 ORDER BY weight DESC, alert",
                        values, 1, take_alert, ret_rows, error);
}

static bool may_be_decided(const judged *alert) {
    return mz_alert_after(mz_alert_phase_of(alert->phase), MZ_ALERT_PROPOSE) != MZ_ALERT_PHASE_COUNT;
}

static const judged *find(const judged *alerts, size_t count, mz_str key) {
    for (size_t k = 0; k < count; k++)
        if (mz_str_equal(alerts[k].key, key)) return &alerts[k];
    return NULL;
}

static mz_status choose_one(const judged *all, size_t count, mz_str key, judged *chosen, size_t *chosen_count,
                            mz_error *error) {
    const judged *alert = find(all, count, key);
    if (!alert)
        return mz_fail(error, MZ_ERR_INPUT, "the case has no alert “%.*s”", mz_shown(key), key.data ? key.data : "");
    if (!may_be_decided(alert))
        return mz_fail(error, MZ_ERR_REFUSED, "the alert %.*s is %.*s already", mz_shown(alert->caption),
                       alert->caption.data, (int)alert->phase.size, alert->phase.data);
    if (!find(chosen, *chosen_count, key)) chosen[(*chosen_count)++] = *alert;
    return MZ_OK;
}

/* Those of the draft; when it names none, all that may be decided. */
static mz_status choose_alerts(deciding *d, const mz_decision_draft *draft, mz_error *error) {
    mz_case_rows rows;
    mz_status status = read_alerts(d, &rows, error);
    if (status) return status;
    const judged *all = rows.items;
    judged *chosen = MZ_ARENA_NEW(d->work.arena, rows.count + 1, judged);
    if (!chosen) return mz_fail_arena(d->work.arena, error, "the alerts of a case");
    for (size_t k = 0; k < draft->alert_count && !status; k++)
        status = choose_one(all, rows.count, draft->alerts[k], chosen, &d->count, error);
    for (size_t k = 0; k < rows.count && !draft->alert_count; k++)
        if (may_be_decided(&all[k])) chosen[d->count++] = all[k];
    if (!status && !d->count) status = mz_fail(error, MZ_ERR_REFUSED, "the case has no alert that is to be decided");
    if (!status && d->count > MZ_ALERTS_DECIDED_MOST)
        status = mz_fail(error, MZ_ERR_LIMIT, "a decision is on %d alerts at most", MZ_ALERTS_DECIDED_MOST);
    d->alerts = chosen;
    return status;
}

/* Those that are as the decision left them. */
static mz_status read_decided(deciding *d, mz_error *error) {
    mz_case_rows rows;
    mz_status status = read_alerts(d, &rows, error);
    judged *all = rows.items;
    for (size_t k = 0; k < rows.count && !status; k++)
        if (mz_str_equal(all[k].decision, d->key)) all[d->count++] = all[k];
    d->alerts = all;
    return status;
}

/* ---- what follows from a decision ---- */

static mz_status add_clearance(deciding *d, const judged *alert, mz_error *error) {
    char key[MZ_SQL_KEY_SIZE];
    const mz_case_row *row = &d->work.row;
    int64_t days = d->settings.clearance_days;
    mz_str search =
        mz_arena_print(d->work.arena, "%.*s %.*s %.*s", (int)alert->entity.size, alert->entity.data,
                       (int)alert->caption.size, alert->caption.data, (int)row->search.size, row->search.data);
    search = mz_case_searched(d->work.arena, search);
    if (d->work.arena->failed) return mz_fail_arena(d->work.arena, error, "the clearance");
    mz_sql_new_key(key);
    const mz_sql_value values[] = {mz_sql_text(mz_str_of(key)),
                                   mz_sql_text(d->work.agency),
                                   mz_sql_text(row->subject),
                                   mz_sql_text(alert->key),
                                   mz_sql_text(alert->entity),
                                   mz_sql_text(alert->caption),
                                   mz_sql_text(alert->list),
                                   mz_sql_text(search),
                                   mz_sql_text(alert->subject_digest),
                                   mz_sql_text(alert->entity_digest),
                                   mz_sql_text(d->key),
                                   mz_sql_int(days ? d->work.now + days * DAY_S : 0),
                                   mz_sql_int(d->work.now)};
    return mz_sql_run(d->work.sql,
                      "INSERT INTO case_clearance (clearance, agency, subject, alert, entity, caption, list, search, "
                      "subject_digest, entity_digest, decision, state, ends, created, quieted, last_quieted, ended, "
                      "ended_by_kind, ended_by, ended_why) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, "
                      "'valid', ?12, ?13, 0, 0, 0, '', '', '')",
                      values, sizeof values / sizeof *values, NULL, error);
}

/* What a disposition does to the alerts when the decision is made. */
static const struct {
    mz_alert_act act;
    bool clears, waits;
} effects[MZ_DISPOSITION_COUNT] = {
    [MZ_TRUE_MATCH] = {.act = MZ_ALERT_SETTLE},
    [MZ_FALSE_POSITIVE] = {.act = MZ_ALERT_SETTLE, .clears = true},
    [MZ_INSUFFICIENT_INFORMATION] = {.act = MZ_ALERT_WAIT, .waits = true},
};

static mz_status step_all(deciding *d, mz_alert_act act, int64_t until, bool keeps_decision, mz_error *error) {
    mz_str word = mz_str_of(mz_disposition_word(d->disposition));
    mz_status status = MZ_OK;
    for (size_t k = 0; k < d->count && !status; k++) {
        const mz_alert_step step = {.alert = d->alerts[k].key,
                                    .phase = d->alerts[k].phase,
                                    .act = act,
                                    .decision = keeps_decision ? d->key : MZ_STR(""),
                                    .disposition = keeps_decision ? word : MZ_STR(""),
                                    .until = until};
        status = mz_alert_take_step(&d->work, &step, error);
    }
    return status;
}

static mz_status carry_out(deciding *d, mz_error *error) {
    int64_t until = effects[d->disposition].waits ? d->work.now + d->settings.waiting_days * DAY_S : 0;
    mz_status status = step_all(d, effects[d->disposition].act, until, true, error);
    for (size_t k = 0; k < d->count && !status && effects[d->disposition].clears; k++)
        status = add_clearance(d, &d->alerts[k], error);
    return status;
}

/* ---- deciding ---- */

/* The ids of the reasons for a disposition, as far as a message has room for them. */
static mz_str name_reasons(const deciding *d, const mz_reason *reasons, size_t count) {
    enum { BYTES_MOST = 320 };
    mz_str named = MZ_STR("");
    for (size_t k = 0; k < count && named.size < BYTES_MOST; k++) {
        const mz_reason *reason = &reasons[k];
        if (reason->disposition != d->disposition || reason->retired) continue;
        bool fits = named.size + reason->key.size + 2 < BYTES_MOST;
        named = mz_arena_print(d->work.arena, "%.*s%s%.*s", (int)named.size, named.data, named.size ? ", " : "",
                               fits ? (int)reason->key.size : 3, fits ? reason->key.data : "…");
        if (!fits) break;
    }
    return named.size ? named : MZ_STR("none yet");
}

static mz_status check_reason(deciding *d, mz_str key, mz_error *error) {
    mz_reason *reasons;
    size_t count;
    mz_status status = mz_reasons_list(d->work.sql, d->work.agency, d->work.arena, &reasons, &count, error);
    for (size_t k = 0; k < count && !status; k++)
        if (mz_str_equal(reasons[k].key, key) && reasons[k].disposition == d->disposition && !reasons[k].retired)
            return MZ_OK;
    if (status) return status;
    mz_str named = name_reasons(d, reasons, count);
    return mz_fail(error, MZ_ERR_INPUT, "“%.*s” is no reason for “%s”; there are: %.*s", mz_shown(key),
                   key.data ? key.data : "", mz_disposition_word(d->disposition), (int)named.size, named.data);
}

typedef struct earlier {
    const deciding *of;
    bool found;
} earlier;

static mz_status take_earlier(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    earlier *e = context;
    (void)count, (void)error;
    for (size_t k = 0; k < e->of->count && !e->found; k++)
        e->found = mz_str_equal(e->of->alerts[k].entity, c[0].text) && mz_str_equal(e->of->alerts[k].list, c[1].text);
    return MZ_OK;
}

/* Whether one of the pairs was decided otherwise under four eyes, or was to be: also what was returned, withdrawn or
 * taken back, and in an earlier alert of the pair. Else one person would undo what asked for two. */
static mz_status find_earlier(const deciding *d, bool *ret_found, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(d->work.agency), mz_sql_text(d->work.row.subject),
                                   mz_sql_text(mz_str_of(mz_disposition_word(d->disposition)))};
    earlier e = {.of = d};
    mz_status status = mz_sql_query(d->work.sql,
                                    "SELECT a.entity, a.list FROM case_alert a JOIN case_judged j ON j.alert = a.alert "
                                    "JOIN case_decision x ON x.decision = j.decision WHERE a.agency || '' = ?1 AND "
                                    "a.subject = ?2 AND x.four_eyes = 1 AND x.disposition <> ?3",
                                    values, 3, take_earlier, &e, error);
    *ret_found = e.found;
    return status;
}

static mz_status asks_four_eyes(const deciding *d, bool *ret_asks, mz_error *error) {
    const bool asked[MZ_DISPOSITION_COUNT] = {
        [MZ_TRUE_MATCH] = d->settings.four_eyes_true_match,
        [MZ_FALSE_POSITIVE] = d->settings.four_eyes_false_positive,
        [MZ_INSUFFICIENT_INFORMATION] = d->settings.four_eyes_insufficient,
    };
    *ret_asks = asked[d->disposition];
    return *ret_asks ? MZ_OK : find_earlier(d, ret_asks, error);
}

/* The person behind who decides: of an API key, who made it. */
static mz_status find_behind(const deciding *d, mz_str *ret_person, mz_error *error) {
    const mz_principal *who = d->work.actor->who;
    *ret_person = who->key;
    if (who->kind != MZ_API_KEY) return MZ_OK;
    const mz_sql_value values[] = {mz_sql_text(d->work.agency), mz_sql_text(who->key)};
    const mz_sql_value *c;
    mz_status status = mz_case_one(d->work.sql, "SELECT creator FROM access_key WHERE agency = ?1 AND access_key = ?2",
                                   values, 2, "key", d->work.arena, &c, error);
    if (!status) *ret_person = c[0].text;
    return status;
}

/* Whether the subject is still who the alerts are about. What has changed is judged when it was screened anew, which
 * raises the alert again or leaves a pair that hits no more; one that is closed is not screened. `proposed`: when the
 * alerts were proposed as they are; 0: this is about to be done. */
static mz_status check_subject(deciding *d, int64_t proposed, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(d->work.agency), mz_sql_text(d->work.row.subject)};
    const mz_sql_value *c;
    mz_status status =
        mz_case_one(d->work.sql,
                    "SELECT digest, screened, changed FROM subject WHERE agency = ?1 AND subject = ?2 AND "
                    "state = 'active'",
                    values, 2, "subject", d->work.arena, &c, error);
    if (status == MZ_ERR_NOT_FOUND) return MZ_OK;
    bool same = true;
    for (size_t k = 0; k < d->count && !status; k++)
        same = same && mz_str_equal(c[0].text, d->alerts[k].subject_digest);
    if (status || same) return status;
    if (proposed && c[2].number >= proposed)
        return mz_fail(error, MZ_ERR_REFUSED,
                       "the subject has changed since this was proposed; return it, and look at the subject again");
    if (!c[1].number)
        return mz_fail(error, MZ_ERR_REFUSED,
                       "the subject has changed since it was screened; it is to be screened anew before this is "
                       "decided");
    return MZ_OK;
}

static mz_status insert_decision(deciding *d, const mz_decision_draft *draft, bool four_eyes, mz_error *error) {
    const mz_actor *actor = d->work.actor;
    mz_str behind;
    mz_status status = find_behind(d, &behind, error);
    if (!status && four_eyes && actor->who->kind == MZ_API_KEY && !behind.size)
        status = mz_fail(error, MZ_ERR_REFUSED,
                         "nobody stands behind this key, which was made at the machine; where four eyes decide, use a "
                         "key that a person made in the service");
    if (status) return status;
    const mz_sql_value values[] = {mz_sql_text(d->key),
                                   mz_sql_text(d->work.agency),
                                   mz_sql_text(d->work.row.key),
                                   mz_sql_text(mz_str_of(mz_disposition_word(d->disposition))),
                                   mz_sql_text(draft->reason),
                                   mz_case_text(draft->note),
                                   mz_sql_text(four_eyes ? MZ_STR("proposed") : MZ_STR("made")),
                                   mz_sql_int(four_eyes),
                                   mz_sql_text(mz_actor_kind_of(actor)),
                                   mz_case_text(actor->who->key),
                                   mz_case_text(behind),
                                   mz_sql_int(d->work.now)};
    status = mz_sql_run(d->work.sql,
                        "INSERT INTO case_decision (decision, agency, case_key, disposition, reason, note, "
                        "phase, four_eyes, proposer_kind, proposer, behind, proposed, answered, answer, entry) VALUES "
                        "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 0, '', 0)",
                        values, sizeof values / sizeof *values, NULL, error);
    for (size_t k = 0; k < d->count && !status; k++) {
        const mz_sql_value row[] = {mz_sql_text(d->key), mz_sql_text(d->alerts[k].key),
                                    mz_sql_text(d->alerts[k].subject_digest), mz_sql_text(d->alerts[k].entity_digest)};
        status = mz_sql_run(d->work.sql,
                            "INSERT INTO case_judged (decision, alert, subject_digest, entity_digest) VALUES (?1, ?2, "
                            "?3, ?4)",
                            row, 4, NULL, error);
    }
    return status;
}

static mz_str tell_decision(deciding *d, mz_str reason) {
    mz_case_object detail;
    mz_case_object_begin(&detail);
    mz_json_key(&detail.json, "alerts");
    mz_json_array(&detail.json);
    for (size_t k = 0; k < d->count; k++) mz_json_str(&detail.json, d->alerts[k].key);
    mz_json_array_end(&detail.json);
    mz_json_pair(&detail.json, "decision", d->key);
    mz_json_pair(&detail.json, "disposition", mz_str_of(mz_disposition_word(d->disposition)));
    if (reason.size) mz_json_pair(&detail.json, "reason", reason);
    return mz_case_object_end(&detail, d->work.arena);
}

static mz_status note_entry(deciding *d, int64_t entry, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(d->key), mz_sql_int(entry)};
    return mz_sql_run(d->work.sql, "UPDATE case_decision SET entry = ?2 WHERE decision = ?1", values, 2, NULL, error);
}

static mz_status begin(deciding *d, mz_sql *sql, mz_case_change *change, mz_str note, mz_arena *arena,
                       mz_error *error) {
    mz_status status = mz_case_check_text(note, "the note", MZ_NOTE_BYTES_MOST, error);
    if (!status) status = mz_case_begin(sql, change, arena, &d->work, error);
    if (!status) status = mz_case_check_kept(&d->work, error);
    return status ? status : mz_case_settings_get(sql, change->agency, &d->settings, error);
}

mz_status mz_case_decide(mz_sql *sql, mz_case_change *change, const mz_decision_draft *draft, mz_arena *arena,
                         mz_str *ret_decision, mz_error *error) {
    deciding d = {.disposition = draft->disposition};
    char key[MZ_SQL_KEY_SIZE];
    int64_t entry;
    mz_status status = begin(&d, sql, change, draft->note, arena, error);
    if (!status) status = check_reason(&d, draft->reason, error);
    if (!status) status = choose_alerts(&d, draft, error);
    if (!status) status = check_subject(&d, 0, error);
    if (status) return status;
    mz_sql_new_key(key);
    d.key = mz_arena_copy(arena, mz_str_of(key));
    bool four_eyes;
    status = asks_four_eyes(&d, &four_eyes, error);
    if (!status) status = insert_decision(&d, draft, four_eyes, error);
    if (!status) status = four_eyes ? step_all(&d, MZ_ALERT_PROPOSE, 0, true, error) : carry_out(&d, error);
    const mz_case_told told = {.kind = four_eyes ? "decision.proposed" : "decision.made",
                               .text = draft->note,
                               .detail = tell_decision(&d, draft->reason)};
    if (!status) status = mz_case_end(&d.work, &told, &entry, error);
    if (!status) status = note_entry(&d, entry, error);
    if (!status) *ret_decision = d.key;
    return status;
}

/* ---- answering and taking back ---- */

typedef struct kept_decision {
    mz_str phase, proposer_kind, proposer, behind;
    bool four_eyes;
    int64_t proposed;
} kept_decision;

static mz_status read_decision(deciding *d, mz_str key, kept_decision *ret_kept, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(d->work.agency), mz_sql_text(d->work.row.key), mz_case_text(key)};
    const mz_sql_value *c;
    mz_status status = mz_case_one(d->work.sql,
                                   "SELECT decision, disposition, phase, proposer, behind, four_eyes, proposer_kind, "
                                   "proposed FROM case_decision WHERE "
                                   "agency = ?1 AND case_key = ?2 AND decision = ?3",
                                   values, 3, "decision", d->work.arena, &c, error);
    if (status) return status;
    d->key = c[0].text;
    d->disposition = mz_disposition_of(c[1].text);
    *ret_kept = (kept_decision){.phase = c[2].text,
                                .proposer_kind = c[6].text,
                                .proposer = c[3].text,
                                .behind = c[4].text,
                                .four_eyes = c[5].number != 0,
                                .proposed = c[7].number};
    return read_decided(d, error);
}

static const char answer_statement[] =
    "UPDATE case_decision SET phase = ?2, approver_kind = ?4, approver = ?5, answered = ?6, answer = ?7 WHERE decision "
    "= ?1 AND phase = ?3";
static const char undo_statement[] =
    "UPDATE case_decision SET phase = ?2, undoer_kind = ?4, undoer = ?5, undone = ?6, undone_why = ?7 WHERE decision = "
    "?1 AND phase = ?3";

static mz_status take_decision_step(deciding *d, const kept_decision *kept, mz_decision_act act, mz_str note,
                                    mz_error *error) {
    const char *to = mz_decision_after(kept->phase, act);
    if (!to)
        return mz_fail(error, MZ_ERR_REFUSED, "the decision is %.*s already", (int)kept->phase.size, kept->phase.data);
    const mz_sql_value values[] = {mz_sql_text(d->key),
                                   mz_sql_text(mz_str_of(to)),
                                   mz_sql_text(kept->phase),
                                   mz_sql_text(mz_actor_kind_of(d->work.actor)),
                                   mz_case_text(d->work.actor->who->key),
                                   mz_sql_int(d->work.now),
                                   mz_case_text(note)};
    uint64_t changed;
    mz_status status = mz_sql_run(d->work.sql, act == MZ_DECISION_UNDO ? undo_statement : answer_statement, values, 7,
                                  &changed, error);
    if (!status && changed != 1) status = mz_fail(error, MZ_ERR_BUSY, "the decision was changed meanwhile");
    return status;
}

static bool is_by_command(const deciding *d) {
    return mz_str_equal(mz_actor_kind_of(d->work.actor), MZ_STR("command"));
}

/* The second pair of eyes: that of a person, who did not propose it. */
static mz_status check_other(const deciding *d, const kept_decision *kept, mz_error *error) {
    const mz_principal *who = d->work.actor->who;
    if (who->kind != MZ_PERSON || !who->key.size)
        return mz_fail(error, MZ_ERR_REFUSED, "a decision of two is approved, returned or taken back by a person");
    if (mz_str_equal(who->key, kept->proposer) || mz_str_equal(who->key, kept->behind))
        return mz_fail(error, MZ_ERR_REFUSED,
                       "what somebody proposed is approved, returned or, once it was approved, taken back by another "
                       "person");
    return MZ_OK;
}

/* At the machine one person is whoever it says. */
static mz_status check_machine(const deciding *d, const kept_decision *kept, mz_error *error) {
    if (!is_by_command(d) || !mz_str_equal(kept->proposer_kind, MZ_STR("command"))) return MZ_OK;
    return mz_fail(error, MZ_ERR_REFUSED,
                   "what was proposed at the machine is approved in the service, by somebody who has signed in, and is "
                   "taken back there, too");
}

static mz_status check_approver(const deciding *d, const kept_decision *kept, bool approve, mz_error *error) {
    mz_status status = check_other(d, kept, error);
    if (status || !approve) return status;
    if (is_by_command(d) && !d->settings.approve_by_command)
        return mz_fail(error, MZ_ERR_REFUSED,
                       "in this agency decisions are approved in the service alone, by somebody who has signed in "
                       "(“approve_by_command” of the settings of casework)");
    return check_machine(d, kept, error);
}

mz_status mz_case_answer(mz_sql *sql, mz_case_change *change, mz_str decision, bool approve, mz_str note,
                         mz_arena *arena, mz_error *error) {
    deciding d = {.count = 0};
    kept_decision kept;
    mz_status status = begin(&d, sql, change, note, arena, error);
    if (!status) status = read_decision(&d, decision, &kept, error);
    if (!status) status = check_approver(&d, &kept, approve, error);
    if (!status && approve) status = check_subject(&d, kept.proposed, error);
    if (!status)
        status = take_decision_step(&d, &kept, approve ? MZ_DECISION_APPROVE : MZ_DECISION_RETURN, note, error);
    if (!status) status = approve ? carry_out(&d, error) : step_all(&d, MZ_ALERT_RETURN, 0, false, error);
    if (status) return status;
    const mz_case_told told = {
        .kind = approve ? "decision.made" : "decision.returned", .text = note, .detail = tell_decision(&d, MZ_STR(""))};
    return mz_case_end(&d.work, &told, NULL, error);
}

/* A subject has one case that is not closed: what was decided in one before stays so, and is decided anew there. */
static mz_status check_newer(deciding *d, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(d->work.agency), mz_sql_text(d->work.row.subject),
                                   mz_sql_text(d->work.row.key)};
    const mz_sql_value *c;
    mz_status status = mz_sql_first(d->work.sql,
                                    "SELECT label FROM case_file WHERE agency || '' = ?1 AND subject = ?2 AND phase <> "
                                    "'closed' AND case_key <> ?3",
                                    values, 3, d->work.arena, &c, error);
    if (!status && c)
        status = mz_fail(error, MZ_ERR_REFUSED, "the subject has a newer case, %.*s; decide there", (int)c[0].text.size,
                         c[0].text.data);
    return status;
}

/* Nor is an alert opened again whose pair has had another one since. */
static mz_status check_later(deciding *d, mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t k = 0; k < d->count && !status; k++) {
        const mz_sql_value values[] = {mz_sql_text(d->work.agency), mz_sql_text(d->work.row.subject),
                                       mz_sql_text(d->alerts[k].list), mz_sql_text(d->alerts[k].entity),
                                       mz_sql_text(d->alerts[k].key)};
        const mz_sql_value *c;
        status = mz_sql_first(d->work.sql,
                              "SELECT alert FROM case_alert WHERE agency || '' = ?1 AND subject = ?2 AND list = ?3 AND "
                              "entity = ?4 AND previous = ?5",
                              values, 5, d->work.arena, &c, error);
        if (!status && c)
            status = mz_fail(error, MZ_ERR_REFUSED,
                             "there has been another alert on %.*s since; what was decided before stays as it is",
                             mz_shown(d->alerts[k].caption), d->alerts[k].caption.data);
    }
    return status;
}

static mz_status revoke_clearances(deciding *d, mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t k = 0; k < d->count && !status && effects[d->disposition].clears; k++) {
        const mz_sql_value values[] = {mz_sql_text(d->work.agency), mz_sql_text(d->key), mz_sql_text(d->alerts[k].key)};
        const mz_sql_value *c;
        status = mz_sql_first(d->work.sql,
                              "SELECT clearance FROM case_clearance WHERE agency = ?1 AND decision = ?2 AND alert = "
                              "?3 AND state = 'valid'",
                              values, 3, d->work.arena, &c, error);
        if (!status && c)
            status = mz_case_end_clearance(d->work.sql, d->work.agency, d->work.actor, c[0].text, "revoked",
                                           MZ_STR("undone"), MZ_STR(""), d->work.now, d->work.arena, NULL, error);
    }
    return status;
}

static mz_status check_withdrawal(const deciding *d, const kept_decision *kept, mz_error *error) {
    mz_str who = d->work.actor->who->key;
    if (mz_str_equal(who, kept->proposer) || mz_str_equal(who, kept->behind)) return MZ_OK;
    return mz_fail(error, MZ_ERR_REFUSED,
                   "what is proposed is withdrawn by who proposed it, or returned by somebody who may approve");
}

static mz_status check_undoer(const deciding *d, const kept_decision *kept, mz_error *error) {
    if (mz_str_equal(kept->phase, MZ_STR("proposed"))) return check_withdrawal(d, kept, error);
    if (!kept->four_eyes || !mz_str_equal(kept->phase, MZ_STR("made"))) return MZ_OK;
    if (!mz_may(d->work.actor->who, MZ_RIGHT_CASES_APPROVE))
        return mz_fail(error, MZ_ERR_REFUSED,
                       "a decision that two people made is taken back by somebody who may approve decisions");
    mz_status status = check_other(d, kept, error);
    return status ? status : check_machine(d, kept, error);
}

static mz_status check_undo(deciding *d, const kept_decision *kept, mz_error *error) {
    mz_status status = check_undoer(d, kept, error);
    if (!status && mz_str_equal(kept->phase, MZ_STR("made")) && !d->count)
        status = mz_fail(error, MZ_ERR_REFUSED, "something else has become of its alerts since");
    if (!status) status = check_newer(d, error);
    return status ? status : check_later(d, error);
}

mz_status mz_case_undo(mz_sql *sql, mz_case_change *change, mz_str decision, mz_str note, mz_arena *arena,
                       mz_error *error) {
    deciding d = {.count = 0};
    kept_decision kept;
    mz_status status = begin(&d, sql, change, note, arena, error);
    if (!status) status = read_decision(&d, decision, &kept, error);
    if (!status) status = check_undo(&d, &kept, error);
    if (!status) status = take_decision_step(&d, &kept, MZ_DECISION_UNDO, note, error);
    if (!status) status = revoke_clearances(&d, error);
    bool made = !status && mz_str_equal(kept.phase, MZ_STR("made"));
    if (!status) status = step_all(&d, made ? MZ_ALERT_UNDO : MZ_ALERT_RETURN, 0, false, error);
    if (status) return status;
    const mz_case_told told = {.kind = "decision.undone", .text = note, .detail = tell_decision(&d, MZ_STR(""))};
    return mz_case_end(&d.work, &told, NULL, error);
}
