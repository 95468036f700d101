/* What is done with a case besides deciding: to whom it goes, how urgent it is, when it is looked at again. */
#include "access/people.h"
#include "base/clock.h"
#include "base/error.h"
#include "cases/change.h"

enum { DAY_S = 86400 };

/* ---- assignment ---- */

/* Somebody of the agency who is active and may work on cases. */
static mz_status check_assignee(const mz_case_work *work, mz_str person, mz_str *ret_name, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(work->agency), mz_sql_text(person)};
    const mz_sql_value *c;
    mz_status status =
        mz_case_one(work->sql, "SELECT title, roles, state FROM access_person WHERE agency = ?1 AND person = ?2",
                    values, 2, "person", work->arena, &c, error);
    if (status) return status;
    bool active = mz_str_equal(c[2].text, mz_str_of(mz_person_state_word(MZ_PERSON_ACTIVE)));
    uint32_t rights = mz_rights_of_roles(mz_roles_read(c[1].text), false);
    if (!active || !(rights >> MZ_RIGHT_CASES_WORK & 1))
        return mz_fail(error, MZ_ERR_REFUSED, "%.*s does not work on cases", (int)c[0].text.size, c[0].text.data);
    *ret_name = c[0].text;
    return MZ_OK;
}

mz_status mz_case_assign(mz_sql *sql, mz_case_change *change, mz_str person, mz_arena *arena, mz_error *error) {
    mz_case_work work;
    mz_case_object detail;
    mz_str name = MZ_STR("");
    mz_status status = mz_case_begin(sql, change, arena, &work, error);
    if (!status && person.size) status = check_assignee(&work, person, &name, error);
    if (status) return status;
    mz_case_object_begin(&detail);
    mz_json_pair(&detail.json, "from", work.row.assignee);
    mz_json_pair(&detail.json, "to", person.data ? person : MZ_STR(""));
    const mz_case_told told = {.kind = "assigned", .text = name, .detail = mz_case_object_end(&detail, arena)};
    work.row.assignee = person.data ? person : MZ_STR("");
    return mz_case_end(&work, &told, NULL, error);
}

/* ---- urgency ---- */

mz_status mz_case_escalate(mz_sql *sql, mz_case_change *change, bool escalated, mz_str note, mz_arena *arena,
                           mz_error *error) {
    mz_case_work work;
    mz_case_object detail;
    mz_status status = mz_case_check_text(note, "the note", MZ_NOTE_BYTES_MOST, error);
    if (!status) status = mz_case_begin(sql, change, arena, &work, error);
    if (!status && note.size) status = mz_case_check_kept(&work, error);
    if (status) return status;
    mz_case_object_begin(&detail);
    mz_json_pair_bool(&detail.json, "escalated", escalated);
    const mz_case_told told = {.kind = "escalated", .text = note, .detail = mz_case_object_end(&detail, arena)};
    work.row.escalated = escalated;
    return mz_case_end(&work, &told, NULL, error);
}

/* Waiting ends: nobody takes a case out of the queue for good without deciding on it. */
static mz_status check_waiting(const mz_case_work *work, int64_t due, mz_error *error) {
    mz_case_settings settings;
    mz_status status = mz_case_settings_get(work->sql, work->agency, &settings, error);
    if (status) return status;
    if (due && due <= work->now + settings.waiting_days * DAY_S) return MZ_OK;
    return mz_fail(error, MZ_ERR_REFUSED, "a case that waits is looked at again within %lld days",
                   (long long)settings.waiting_days);
}

mz_status mz_case_set_due(mz_sql *sql, mz_case_change *change, int64_t due, mz_arena *arena, mz_error *error) {
    mz_case_work work;
    mz_case_object detail;
    if (due < 0 || due >= MZ_CASE_NEVER) return mz_fail(error, MZ_ERR_INPUT, "a case is due before the year 10000");
    mz_status status = mz_case_begin(sql, change, arena, &work, error);
    if (!status && !due && !mz_may(change->actor->who, MZ_RIGHT_CASES_APPROVE))
        status = mz_fail(error, MZ_ERR_REFUSED, "a deadline is taken away by somebody who may approve decisions");
    if (!status && !work.row.alerts)
        status = mz_fail(error, MZ_ERR_REFUSED, "the case is closed; nothing of it is due");
    bool waits = !status && mz_str_equal(work.row.phase, MZ_STR("waiting"));
    if (waits) status = check_waiting(&work, due, error);
    if (status) return status;
    mz_case_object_begin(&detail);
    mz_json_pair_int(&detail.json, "from", work.row.due < MZ_CASE_NEVER ? work.row.due : 0);
    mz_json_pair_int(&detail.json, "to", due);
    const mz_case_told told = {.kind = "due.set", .detail = mz_case_object_end(&detail, arena)};
    const mz_sql_value values[] = {mz_sql_text(work.row.key), mz_sql_int(due ? due : MZ_CASE_NEVER)};
    if (waits)
        status = mz_sql_run(sql, "UPDATE case_alert SET until = ?2 WHERE case_key = ?1 AND phase = 'waiting'", values,
                            2, NULL, error);
    work.row.due = due ? due : MZ_CASE_NEVER;
    return status ? status : mz_case_end(&work, &told, NULL, error);
}

/* ---- what waited long enough ---- */

static mz_status take_case(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    mz_case_rows *rows = context;
    mz_str *key = mz_case_rows_add(rows);
    (void)count;
    if (!key) return mz_fail_arena(rows->arena, error, "the cases that wait");
    *key = mz_case_column(rows->arena, c[0]);
    return MZ_OK;
}

static mz_status wake(mz_sql *sql, mz_str agency, mz_str key, int64_t now, mz_arena *arena, mz_error *error) {
    mz_principal who;
    mz_actor service = mz_actor_service(&who, agency);
    mz_case_work work;
    mz_status status = mz_case_begin_any(sql, agency, &service, key, arena, &work, error);
    if (status) return status;
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(key), mz_sql_int(now)};
    status = mz_sql_run(sql,
                        "UPDATE case_alert SET phase = 'open', decision = '', disposition = '', until = 0, changed = "
                        "?3 WHERE agency = ?1 AND case_key = ?2 AND phase = 'waiting' AND until <= ?3",
                        values, 3, NULL, error);
    const mz_case_told told = {.kind = "due.reached"};
    return status ? status : mz_case_end(&work, &told, NULL, error);
}

mz_status mz_cases_wake(mz_sql *sql, mz_str agency, int64_t now, size_t limit, mz_arena *arena, size_t *ret_count,
                        mz_error *error) {
    mz_case_rows rows = {.arena = arena, .size = sizeof(mz_str)};
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_int(now), mz_sql_int((int64_t)limit)};
    mz_status status = mz_sql_query(sql,
                                    "SELECT DISTINCT case_key FROM case_alert WHERE agency = ?1 AND phase = 'waiting' "
                                    "AND until <= ?2 ORDER BY case_key LIMIT ?3",
                                    values, 3, take_case, &rows, error);
    for (size_t k = 0; k < rows.count && !status; k++)
        status = wake(sql, agency, ((mz_str *)rows.items)[k], now, arena, error);
    if (!status) *ret_count = rows.count;
    return status;
}

static mz_status take_any(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    (void)c;
    (void)count;
    (void)error;
    *(bool *)context = true;
    return MZ_OK;
}

mz_status mz_cases_asleep(mz_sql *sql, mz_str agency, int64_t now, bool *ret_any, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_int(now)};
    *ret_any = false;
    return mz_sql_query(sql,
                        "SELECT alert FROM case_alert WHERE agency = ?1 AND phase = 'waiting' AND until <= ?2 LIMIT 1",
                        values, 2, take_any, ret_any, error);
}

/* ---- people ---- */

static mz_status take_person(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    mz_case_rows *rows = context;
    uint32_t rights = mz_rights_of_roles(mz_roles_read(c[3].text), false);
    (void)count;
    if (!(rights >> MZ_RIGHT_CASES_READ & 1)) return MZ_OK;
    mz_case_person *person = mz_case_rows_add(rows);
    if (!person) return mz_fail_arena(rows->arena, error, "the people who work on cases");
    *person = (mz_case_person){.key = mz_case_column(rows->arena, c[0]),
                               .name = mz_case_column(rows->arena, c[1]),
                               .login = mz_case_column(rows->arena, c[2]),
                               .works = rights >> MZ_RIGHT_CASES_WORK & 1,
                               .approves = rights >> MZ_RIGHT_CASES_APPROVE & 1};
    return MZ_OK;
}

mz_status mz_case_people(mz_sql *sql, mz_str agency, size_t limit, mz_arena *arena, mz_case_person **ret_people,
                         size_t *ret_count, mz_error *error) {
    mz_case_rows rows = {.arena = arena, .size = sizeof(mz_case_person)};
    const mz_sql_value values[] = {mz_sql_text(agency)};
    mz_status status = mz_sql_query(sql,
                                    "SELECT person, title, name, roles FROM access_person WHERE agency = ?1 AND state "
                                    "= 'active' ORDER BY title, person",
                                    values, 1, take_person, &rows, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the people who work on cases");
    if (status) return status;
    *ret_people = rows.items;
    *ret_count = rows.count < limit ? rows.count : limit;
    return MZ_OK;
}
