#include "cases/change.h"

#include "audit/audit.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/shown.h"

enum { HOUR_S = 3600 };

mz_actor mz_actor_service(mz_principal *who, mz_str agency) {
    *who = (mz_principal){.kind = MZ_ANONYMOUS, .key = MZ_STR(""), .name = MZ_STR(""), .agency = agency};
    return (mz_actor){.who = who, .client = MZ_STR("service")};
}

/* --- beginning --- */

static mz_status read_row(mz_case_work *work, mz_str key, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(work->agency), mz_case_text(key)};
    const mz_sql_value *c;
    mz_status status = mz_case_one(work->sql,
                                   "SELECT c.case_key, c.label, c.subject, c.search, c.lists, c.phase, c.assignee, "
                                   "c.best, c.escalated, c.weight, c.alerts, c.due, c.opened, c.changed, c.closed, "
                                   "c.version, COALESCE(e.at, 0) FROM case_file c LEFT JOIN case_erased e ON e.agency "
                                   "= c.agency AND e.object = c.case_key WHERE c.agency = ?1 AND c.case_key = ?2",
                                   values, 2, "case", work->arena, &c, error);
    if (status) return status;
    work->row = (mz_case_row){.key = c[0].text,
                              .label = c[1].text,
                              .subject = c[2].text,
                              .search = c[3].text,
                              .lists = c[4].text,
                              .phase = c[5].text,
                              .assignee = c[6].text,
                              .best = c[7].text,
                              .escalated = c[8].number != 0,
                              .weight = c[9].real,
                              .alerts = c[10].number,
                              .due = c[11].number,
                              .opened = c[12].number,
                              .changed = c[13].number,
                              .closed = c[14].number,
                              .version = c[15].number,
                              .erased = c[16].number};
    return MZ_OK;
}

mz_status mz_case_begin_any(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str key, mz_arena *arena,
                            mz_case_work *ret_work, mz_error *error) {
    *ret_work = (mz_case_work){.sql = sql, .arena = arena, .agency = agency, .actor = actor, .now = mz_clock_now()};
    return read_row(ret_work, key, error);
}

/* Notes leave the version as it is: they are not what somebody was too late for. */
static mz_status fail_conflict(mz_case_work *work, mz_case_change *change, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(work->row.key)};
    const mz_sql_value *c;
    mz_status status = mz_case_one(work->sql,
                                   "SELECT e.kind, e.at, COALESCE(p.title, k.title, '') FROM case_event e LEFT JOIN "
                                   "access_person p ON p.person = e.actor LEFT JOIN access_key k ON k.access_key = "
                                   "e.actor WHERE e.case_key = ?1 AND e.kind NOT IN ('note', 'attachment.added', "
                                   "'attachment.removed') ORDER BY e.entry DESC LIMIT 1",
                                   values, 1, "event", work->arena, &c, error);
    if (status) return status;
    change->conflict =
        (mz_case_conflict){.what = c[0].text, .at = c[1].number, .by = c[2].text, .version = work->row.version};
    return mz_fail(error, MZ_ERR_REFUSED, "the case is no longer as it was seen: %s%.*s (%.*s); look at it again",
                   c[2].text.size ? "changed by " : "changed", mz_shown(c[2].text), c[2].text.data, (int)c[0].text.size,
                   c[0].text.data);
}

mz_status mz_case_begin(mz_sql *sql, mz_case_change *change, mz_arena *arena, mz_case_work *ret_work, mz_error *error) {
    change->conflict = (mz_case_conflict){.version = 0};
    change->refusal = NULL;
    mz_status status = mz_case_begin_any(sql, change->agency, change->actor, change->case_key, arena, ret_work, error);
    if (status) return status;
    bool same = change->version < 0 || change->version == ret_work->row.version;
    return same ? MZ_OK : fail_conflict(ret_work, change, error);
}

mz_status mz_case_check_kept(const mz_case_work *work, mz_error *error) {
    if (!work->row.erased) return MZ_OK;
    return mz_fail(error, MZ_ERR_REFUSED,
                   "what the case told of people was erased when its time had come; nothing is added to it any more");
}

/* --- telling --- */

static mz_status append(mz_case_work *work, const mz_case_told *told, int64_t *ret_entry, mz_error *error) {
    mz_audit_place place;
    mz_case_object personal;
    mz_audit_draft draft = {.chain = work->agency,
                            .kind = mz_str_of(told->kind),
                            .actor_kind = mz_actor_kind_of(work->actor),
                            .actor = work->actor->operating ? MZ_STR("") : work->actor->who->key,
                            .object = work->row.key,
                            .body = told->detail};
    if (told->text.size) {
        mz_case_object_begin(&personal);
        mz_json_pair(&personal.json, "text", told->text);
        draft.personal = mz_case_object_end(&personal, work->arena);
    }
    if (work->arena->failed) return mz_fail_arena(work->arena, error, "the case");
    mz_status status = mz_audit_append(work->sql, &draft, &place, error);
    if (!status) *ret_entry = place.number;
    return status;
}

mz_status mz_case_tell(mz_case_work *work, const mz_case_told *told, mz_str *ret_event, int64_t *ret_entry,
                       mz_error *error) {
    char key[MZ_SQL_KEY_SIZE];
    int64_t entry = told->entry;
    mz_status status = entry ? MZ_OK : append(work, told, &entry, error);
    if (status) return status;
    mz_sql_new_key(key);
    const mz_sql_value values[] = {mz_sql_text(mz_str_of(key)),
                                   mz_sql_text(work->agency),
                                   mz_sql_text(work->row.key),
                                   mz_sql_int(work->now),
                                   mz_sql_text(mz_str_of(told->kind)),
                                   mz_sql_text(mz_actor_kind_of(work->actor)),
                                   mz_case_text(work->actor->operating ? MZ_STR("") : work->actor->who->key),
                                   mz_case_text(told->text),
                                   mz_sql_text(told->detail.size ? told->detail : MZ_STR("{}")),
                                   mz_sql_int(entry)};
    status = mz_sql_run(work->sql,
                        "INSERT INTO case_event (event, agency, case_key, at, kind, actor_kind, actor, said, detail, "
                        "entry) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                        values, sizeof values / sizeof *values, NULL, error);
    if (status) return status;
    if (ret_event) *ret_event = mz_arena_copy(work->arena, mz_str_of(key));
    if (ret_entry) *ret_entry = entry;
    return MZ_OK;
}

/* --- ending --- */

mz_status mz_case_due(mz_case_work *work, int64_t *ret_due, mz_error *error) {
    mz_case_settings settings;
    mz_status status = mz_case_settings_get(work->sql, work->agency, &settings, error);
    if (status) return status;
    bool urgent = work->row.weight >= settings.urgent_weight && settings.due_hours_urgent;
    int64_t hours = urgent ? settings.due_hours_urgent : settings.due_hours;
    *ret_due = hours ? work->now + hours * HOUR_S : MZ_CASE_NEVER;
    return MZ_OK;
}

typedef struct reckoning {
    size_t counts[MZ_ALERT_PHASE_COUNT];
    double weight;
    int64_t until; /* the first of those that wait */
    mz_str best;
    mz_arena *arena;
} reckoning;

/* Those that are not decided come first, each kind by weight. */
static mz_status take_alert(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    reckoning *taken = context;
    mz_alert_phase phase = mz_alert_phase_of(c[1].text);
    (void)count;
    if (phase == MZ_ALERT_PHASE_COUNT)
        return mz_fail(error, MZ_ERR_IO, "the store has an alert in a phase that there is not");
    if (!taken->best.size) {
        taken->best = mz_arena_copy(taken->arena, c[0].text);
        taken->weight = c[2].real;
    }
    if (phase == MZ_ALERT_WAITING && c[3].number < taken->until) taken->until = c[3].number;
    taken->counts[phase]++;
    return MZ_OK;
}

/* What follows from the phase that the case comes into. */
static mz_status enter_phase(mz_case_work *work, const char *phase, int64_t until, mz_error *error) {
    mz_case_row *row = &work->row;
    bool was_at_work = mz_str_equal(row->phase, MZ_STR("open")) || mz_str_equal(row->phase, MZ_STR("proposed"));
    bool at_work = strcmp(phase, "open") == 0 || strcmp(phase, "proposed") == 0;
    row->phase = mz_str_of(phase);
    row->closed = strcmp(phase, "closed") == 0 ? work->now : 0;
    if (strcmp(phase, "waiting") == 0) row->due = until;
    return at_work && !was_at_work ? mz_case_due(work, &row->due, error) : MZ_OK;
}

mz_status mz_case_reckon(mz_case_work *work, mz_error *error) {
    reckoning taken = {.until = MZ_CASE_NEVER, .best = MZ_STR(""), .arena = work->arena};
    const mz_sql_value values[] = {mz_sql_text(work->row.key)};
    mz_status status = mz_sql_query(work->sql,
                                    "SELECT alert, phase, weight, until FROM case_alert WHERE case_key = ?1 ORDER BY "
                                    "CASE WHEN phase = 'decided' THEN 1 ELSE 0 END, weight DESC, alert",
                                    values, 1, take_alert, &taken, error);
    if (status) return status;
    const char *phase = mz_case_phase_by(taken.counts);
    work->row.weight = taken.weight;
    work->row.best = taken.best;
    work->row.alerts =
        (int64_t)(taken.counts[MZ_ALERT_OPEN] + taken.counts[MZ_ALERT_PROPOSED] + taken.counts[MZ_ALERT_WAITING]);
    if (mz_str_equal(work->row.phase, mz_str_of(phase)) && strcmp(phase, "waiting") != 0) return MZ_OK;
    return enter_phase(work, phase, taken.until, error);
}

/* The lists of the case as the queue of each goes by them. */
static mz_status write_lists(const mz_case_work *work, mz_error *error) {
    const mz_case_row *row = &work->row;
    mz_status status = MZ_OK;
    for (size_t at = 0; at < row->lists.size && !status;) {
        size_t end = at;
        while (end < row->lists.size && row->lists.data[end] != ' ') end++;
        const mz_sql_value values[] = {mz_sql_text(row->key),     mz_sql_text((mz_str){row->lists.data + at, end - at}),
                                       mz_sql_text(work->agency), mz_sql_text(row->phase),
                                       mz_sql_real(row->weight),  mz_sql_int(row->due)};
        if (end > at)
            status =
                mz_sql_run(work->sql,
                           "INSERT INTO case_list (case_key, list, agency, phase, weight, due) VALUES (?1, ?2, ?3, "
                           "?4, ?5, ?6) ON CONFLICT (case_key, list) DO UPDATE SET phase = excluded.phase, weight "
                           "= excluded.weight, due = excluded.due",
                           values, 6, NULL, error);
        at = end + 1;
    }
    return status;
}

mz_status mz_case_write(mz_case_work *work, mz_error *error) {
    mz_case_row *row = &work->row;
    uint64_t changed;
    const mz_sql_value values[] = {mz_sql_text(work->agency),  mz_sql_text(row->key),    mz_sql_text(row->search),
                                   mz_sql_text(row->lists),    mz_sql_text(row->phase),  mz_case_text(row->assignee),
                                   mz_sql_int(row->escalated), mz_sql_real(row->weight), mz_sql_text(row->best),
                                   mz_sql_int(row->alerts),    mz_sql_int(row->due),     mz_sql_int(work->now),
                                   mz_sql_int(row->closed),    mz_sql_int(row->version)};
    mz_status status = mz_sql_run(work->sql,
                                  "UPDATE case_file SET search = ?3, lists = ?4, phase = ?5, assignee = ?6, escalated "
                                  "= ?7, weight = ?8, best = ?9, alerts = ?10, due = ?11, changed = ?12, closed = ?13, "
                                  "version = version + 1 WHERE agency = ?1 AND case_key = ?2 AND version = ?14",
                                  values, sizeof values / sizeof *values, &changed, error);
    if (status) return status;
    if (changed != 1) return mz_fail(error, MZ_ERR_BUSY, "the case was changed by somebody else meanwhile");
    row->version++;
    return write_lists(work, error);
}

mz_status mz_case_end(mz_case_work *work, const mz_case_told *told, int64_t *ret_entry, mz_error *error) {
    mz_status status = mz_case_reckon(work, error);
    if (!status && work->arena->failed) status = mz_fail_arena(work->arena, error, "the case");
    if (!status) status = mz_case_write(work, error);
    return status ? status : mz_case_tell(work, told, NULL, ret_entry, error);
}

/* --- a new one --- */

static mz_status next_label(mz_case_work *work, mz_str *ret_label, mz_error *error) {
    int year, month, day;
    const mz_sql_value *c;
    mz_date_from_days(work->now / 86400, &year, &month, &day);
    const mz_sql_value values[] = {mz_sql_text(work->agency), mz_sql_int(year)};
    mz_status status = mz_sql_first(work->sql,
                                    "INSERT INTO case_year (agency, year, numbered) VALUES (?1, ?2, 1) ON CONFLICT "
                                    "(agency, year) DO UPDATE SET numbered = case_year.numbered + 1 RETURNING numbered",
                                    values, 2, work->arena, &c, error);
    if (!status) *ret_label = mz_arena_print(work->arena, "%04d-%06lld", year, (long long)c[0].number);
    return status;
}

mz_status mz_case_insert(mz_case_work *work, mz_error *error) {
    mz_case_row *row = &work->row;
    char key[MZ_SQL_KEY_SIZE];
    mz_status status = next_label(work, &row->label, error);
    if (status) return status;
    mz_sql_new_key(key);
    row->key = mz_arena_copy(work->arena, mz_str_of(key));
    row->search = mz_arena_print(work->arena, "%.*s %.*s", (int)row->label.size, row->label.data, (int)row->search.size,
                                 row->search.data);
    row->opened = work->now;
    row->version = 1;
    if (work->arena->failed) return mz_fail_arena(work->arena, error, "the case");
    const mz_sql_value values[] = {mz_sql_text(row->key),     mz_sql_text(work->agency), mz_sql_text(row->label),
                                   mz_sql_text(row->subject), mz_sql_text(row->search),  mz_sql_text(row->lists),
                                   mz_sql_real(row->weight),  mz_sql_text(row->best),    mz_sql_int(row->alerts),
                                   mz_sql_int(row->due),      mz_sql_int(row->opened)};
    row->phase = MZ_STR("open");
    status =
        mz_sql_run(work->sql,
                   "INSERT INTO case_file (case_key, agency, label, subject, search, lists, phase, assignee, "
                   "escalated, weight, best, alerts, due, opened, changed, closed, version) VALUES (?1, ?2, ?3, ?4, "
                   "?5, ?6, 'open', '', 0, ?7, ?8, ?9, ?10, ?11, ?11, 0, 1)",
                   values, sizeof values / sizeof *values, NULL, error);
    return status ? status : write_lists(work, error);
}

/* --- alerts and clearances --- */

mz_status mz_alert_take_step(mz_case_work *work, const mz_alert_step *step, mz_error *error) {
    mz_alert_phase from = mz_alert_phase_of(step->phase);
    mz_alert_phase to = from == MZ_ALERT_PHASE_COUNT ? from : mz_alert_after(from, step->act);
    if (to == MZ_ALERT_PHASE_COUNT)
        return mz_fail(error, MZ_ERR_REFUSED, "this cannot be done to an alert that is %.*s", (int)step->phase.size,
                       step->phase.data);
    const mz_sql_value values[] = {
        mz_sql_text(work->agency),    mz_sql_text(step->alert),        mz_sql_text(mz_str_of(mz_alert_phase_word(to))),
        mz_case_text(step->decision), mz_case_text(step->disposition), mz_sql_int(step->until),
        mz_sql_int(work->now)};
    return mz_sql_run(work->sql,
                      "UPDATE case_alert SET phase = ?3, decision = ?4, disposition = ?5, until = ?6, changed = ?7 "
                      "WHERE agency = ?1 AND alert = ?2",
                      values, 7, NULL, error);
}

mz_status mz_case_end_clearance(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str clearance, const char *state,
                                mz_str why, mz_str note, int64_t now, mz_arena *arena, int64_t *ret_entry,
                                mz_error *error) {
    mz_str said = note.size ? note : why;
    const mz_sql_value values[] = {mz_sql_text(agency),
                                   mz_sql_text(clearance),
                                   mz_sql_text(mz_str_of(state)),
                                   mz_sql_int(now),
                                   mz_sql_text(mz_actor_kind_of(actor)),
                                   mz_case_text(actor->operating ? MZ_STR("") : actor->who->key),
                                   mz_case_text(said)};
    mz_status status = mz_sql_run(sql,
                                  "UPDATE case_clearance SET state = ?3, ended = ?4, ended_by_kind = ?5, ended_by = "
                                  "?6, ended_why = ?7 WHERE agency = ?1 AND clearance = ?2 AND state = 'valid'",
                                  values, 7, NULL, error);
    if (status) return status;
    mz_audit_place place;
    mz_case_object body, personal;
    mz_case_object_begin(&body);
    if (why.size) mz_json_pair(&body.json, "why", why);
    mz_audit_draft draft = {.chain = agency,
                            .kind = mz_arena_print(arena, "clearance.%s", state),
                            .actor_kind = mz_actor_kind_of(actor),
                            .actor = actor->operating ? MZ_STR("") : actor->who->key,
                            .object = clearance,
                            .body = mz_case_object_end(&body, arena)};
    if (note.size) {
        mz_case_object_begin(&personal);
        mz_json_pair(&personal.json, "text", note);
        draft.personal = mz_case_object_end(&personal, arena);
    }
    if (arena->failed) return mz_fail_arena(arena, error, "the clearance");
    status = mz_audit_append(sql, &draft, &place, error);
    if (!status && ret_entry) *ret_entry = place.number;
    return status;
}
