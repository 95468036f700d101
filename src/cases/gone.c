#include "cases/gone.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/json_write.h"
#include "cases/change.h"

#include <string.h>

enum { DETAIL_BYTES = 1 << 16, ALERTS_AT_ONCE = 500, ASKED_AT_ONCE = 1000 };

typedef struct open_alert {
    mz_str alert, case_key, entity, list;
    bool gone; /* told before */
} open_alert;

typedef struct finding {
    mz_sql *sql;
    mz_str agency;
    const mz_actor *actor;
    const mz_index *index;
    mz_arena *arena;
    open_alert *alerts;
    size_t count;
} finding;

static mz_status take(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    finding *f = context;
    (void)count;
    f->alerts[f->count++] =
        (open_alert){mz_arena_copy(f->arena, c[0].text), mz_arena_copy(f->arena, c[1].text),
                     mz_arena_copy(f->arena, c[2].text), mz_arena_copy(f->arena, c[3].text), c[4].number != 0};
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

static mz_status tell_all(const finding *f, bool back, size_t *told, mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t k = 0; k < f->count && !status; k++) {
        uint32_t number;
        const open_alert *alert = &f->alerts[k];
        bool gone = mz_index_find_listed(f->index, alert->list, alert->entity, &number, NULL) != MZ_OK;
        if (gone == alert->gone || gone == back) continue;
        status = set_gone(f->sql, f->agency, alert->alert, gone, error);
        if (!status && gone) status = tell(f->sql, f->agency, f->actor, alert, f->arena, error);
        *told += gone;
    }
    return status;
}

/* Alerts behind the place: those that were told (which are back?), on an entity, or all. */
static mz_status find(finding *f, const mz_watch_gone_place *place, bool everybody, const mz_str *ids,
                      mz_error *error) {
    static const char told[] =
        "SELECT alert, case_key, entity, list, gone FROM case_alert WHERE agency = ?1 AND gone = 1 AND phase <> "
        "'decided' AND alert > ?2 ORDER BY alert LIMIT ?3";
    static const char any[] = "SELECT alert, case_key, entity, list, gone FROM case_alert WHERE agency = ?1 AND phase "
                              "<> 'decided' AND alert > ?2 ORDER BY alert LIMIT ?3";
    static const char of_entity[] =
        "SELECT alert, case_key, entity, list, gone FROM case_alert WHERE agency = ?1 AND entity = ?4 AND phase <> "
        "'decided' AND alert > ?2 ORDER BY alert LIMIT ?3";
    bool by_id = place->back_told && !everybody;
    const mz_sql_value values[] = {mz_sql_text(f->agency), mz_sql_text(mz_str_of(place->alert)),
                                   mz_sql_int(ALERTS_AT_ONCE),
                                   by_id ? mz_sql_text(ids[place->id]) : mz_sql_text(MZ_STR(""))};
    f->count = 0;
    return mz_sql_query(f->sql,
                        !place->back_told ? told
                        : everybody       ? any
                                          : of_entity,
                        values, by_id ? 4 : 3, take, f, error);
}

/* Behind a full page comes the rest of it, else the next that there is to be looked at. */
static void move_on(const finding *f, mz_watch_gone_place *place, bool everybody, size_t count) {
    mz_str last = f->count == ALERTS_AT_ONCE ? f->alerts[f->count - 1].alert : (mz_str){"", 0};
    memset(place->alert, 0, sizeof place->alert);
    memcpy(place->alert, last.data, last.size);
    if (last.size) return;
    if (place->back_told)
        place->id++;
    else
        place->back_told = true;
    place->over = place->id >= (everybody ? 1 : count);
}

mz_status mz_cases_gone(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_index *index, bool everybody,
                        const mz_str *ids, size_t count, mz_watch_gone_place *place, mz_arena *arena, size_t *ret_count,
                        mz_error *error) {
    finding f = {.sql = sql, .agency = agency, .actor = actor, .index = index, .arena = arena};
    size_t told = 0;
    f.alerts = MZ_ARENA_NEW(arena, ALERTS_AT_ONCE, open_alert);
    mz_status status = f.alerts ? MZ_OK : mz_fail_arena(arena, error, "open alerts");
    for (size_t looked_at = 0, asked = 0; !status && !place->over; looked_at += f.count, asked++) {
        if (looked_at >= ALERTS_AT_ONCE || asked == ASKED_AT_ONCE) break;
        bool back = !place->back_told;
        status = find(&f, place, everybody, ids, error);
        if (!status) status = tell_all(&f, back, &told, error);
        if (!status) move_on(&f, place, everybody, count);
    }
    if (!status && ret_count) *ret_count = told;
    return status;
}
