#include "cases/gone.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/json_write.h"
#include "cases/change.h"

enum { DETAIL_BYTES = 1 << 16, ALERTS_AT_ONCE = 500 };

typedef struct open_alert {
    mz_str alert, case_key, entity, list;
    bool gone; /* told before */
} open_alert;

typedef struct finding {
    mz_arena *arena;
    open_alert *alerts;
    size_t count;
    mz_str last; /* alert that was looked at */
} finding;

static mz_status take(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    finding *f = context;
    (void)count;
    f->alerts[f->count++] =
        (open_alert){mz_arena_copy(f->arena, c[0].text), mz_arena_copy(f->arena, c[1].text),
                     mz_arena_copy(f->arena, c[2].text), mz_arena_copy(f->arena, c[3].text), c[4].number != 0};
    f->last = f->alerts[f->count - 1].alert;
    return f->arena->failed ? mz_fail_arena(f->arena, error, "open alerts") : MZ_OK;
}

static mz_status tell(mz_sql *sql, mz_str agency, const mz_actor *actor, const open_alert *alert, mz_arena *arena,
                      mz_error *error) {
    mz_case_work work;
    mz_buffer detail;
    mz_json json;
    mz_status status = mz_case_begin_any(sql, agency, actor, alert->case_key, arena, &work, error);
    if (status) return status;
    mz_buffer_init(&detail, DETAIL_BYTES);
    mz_json_init(&json, &detail);
    mz_json_object(&json);
    mz_json_pair(&json, "alert", alert->alert);
    mz_json_pair(&json, "entity", alert->entity);
    mz_json_pair(&json, "list", alert->list);
    mz_json_object_end(&json);
    const mz_case_told told = {.kind = "listing.removed", .detail = mz_buffer_view(&detail)};
    status = detail.failed ? mz_fail_buffer(&detail, error, "an event") : mz_case_tell(&work, &told, NULL, NULL, error);
    mz_buffer_done(&detail);
    return status;
}

static mz_status set_gone(mz_sql *sql, mz_str agency, mz_str alert, bool gone, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(alert), mz_sql_int(gone)};
    return mz_sql_run(sql, "UPDATE case_alert SET gone = ?3 WHERE agency = ?1 AND alert = ?2", values, 3, NULL, error);
}

/* Of any, which is when everybody was screened: who is told already is not told again, and who is back may be
 * told another time. */
static mz_status tell_all(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_index *index, bool any,
                          const finding *f, mz_arena *arena, size_t *told, mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t k = 0; k < f->count && !status; k++) {
        uint32_t number;
        const open_alert *alert = &f->alerts[k];
        bool gone = mz_index_find_listed(index, alert->list, alert->entity, &number, NULL) != MZ_OK;
        if (gone != alert->gone) status = set_gone(sql, agency, alert->alert, gone, error);
        if (status || !gone || (any && alert->gone)) continue;
        status = tell(sql, agency, actor, alert, arena, error);
        ++*told;
    }
    return status;
}

static mz_status of_entity(mz_sql *sql, mz_str agency, mz_str entity, finding *f, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(entity), mz_sql_text(f->last),
                                   mz_sql_int(ALERTS_AT_ONCE)};
    f->count = 0;
    return mz_sql_query(
        sql,
        "SELECT alert, case_key, entity, list, gone FROM case_alert WHERE agency = ?1 AND entity = ?2 AND phase <> "
        "'decided' AND alert > ?3 ORDER BY alert LIMIT ?4",
        values, 4, take, f, error);
}

static mz_status of_any(mz_sql *sql, mz_str agency, finding *f, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(f->last), mz_sql_int(ALERTS_AT_ONCE)};
    f->count = 0;
    return mz_sql_query(
        sql,
        "SELECT alert, case_key, entity, list, gone FROM case_alert WHERE agency = ?1 AND phase <> 'decided' AND "
        "alert > ?2 ORDER BY alert LIMIT ?3",
        values, 3, take, f, error);
}

mz_status mz_cases_gone(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_index *index, const mz_str *ids,
                        size_t count, mz_arena *arena, size_t *ret_count, mz_error *error) {
    finding f = {.arena = arena, .alerts = MZ_ARENA_NEW(arena, ALERTS_AT_ONCE, open_alert)};
    size_t told = 0;
    mz_status status = f.alerts ? MZ_OK : mz_fail_arena(arena, error, "open alerts");
    for (size_t k = 0; !status && k < (ids ? count : 1); k++) {
        f.last = (mz_str){"", 0};
        do {
            status = ids ? of_entity(sql, agency, ids[k], &f, error) : of_any(sql, agency, &f, error);
            if (!status) status = tell_all(sql, agency, actor, index, !ids, &f, arena, &told, error);
        } while (!status && f.count == ALERTS_AT_ONCE);
    }
    if (!status && ret_count) *ret_count = told;
    return status;
}
