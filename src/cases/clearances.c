#include "cases/clearances.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/shown.h"
#include "cases/change.h"
#include "cases/reasons.h"

#include <stdlib.h>

typedef struct listing {
    mz_case_rows rows;
    const mz_reason *reasons;
    size_t reason_count;
    int64_t now;
} listing;

/* One that is valid in the store has expired when its time has come, whether or not its pair was met again. */
static mz_str state_of(mz_arena *arena, const mz_sql_value *c, int64_t ends, int64_t now) {
    bool over = ends && ends <= now && mz_str_equal(c->text, MZ_STR("valid"));
    return over ? MZ_STR("expired") : mz_case_column(arena, *c);
}

static void put_titles(const listing *taken, mz_clearance *clearance) {
    for (int t = 0; t < 3; t++) clearance->titles[t] = clearance->reason;
    for (size_t k = 0; k < taken->reason_count; k++)
        if (mz_str_equal(taken->reasons[k].key, clearance->reason))
            for (int t = 0; t < 3; t++) clearance->titles[t] = taken->reasons[k].titles[t];
}

static mz_status take_clearance(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    listing *taken = context;
    mz_arena *arena = taken->rows.arena;
    mz_clearance *made = mz_case_rows_add(&taken->rows);
    (void)count;
    if (!made) return mz_fail_arena(arena, error, "the list of clearances");
    *made = (mz_clearance){
        .key = mz_case_column(arena, c[0]),
        .subject = mz_case_column(arena, c[1]),
        .subject_caption = mz_case_column(arena, c[2]),
        .entity = mz_case_column(arena, c[3]),
        .caption = mz_case_column(arena, c[4]),
        .list = mz_case_column(arena, c[5]),
        .state = state_of(arena, &c[6], c[7].number, taken->now),
        .ends = c[7].number,
        .created = c[8].number,
        .quieted = c[9].number,
        .last_quieted = c[10].number,
        .decision = mz_case_column(arena, c[11]),
        .case_key = mz_case_column(arena, c[12]),
        .case_label = mz_case_column(arena, c[13]),
        .reason = mz_case_column(arena, c[14]),
        .note = mz_case_column(arena, c[15]),
        .proposer = mz_case_named(arena, &c[16]),
        .approver = {.kind = c[19].text.size ? MZ_STR("person") : MZ_STR(""),
                     .key = mz_case_column(arena, c[19]),
                     .name = mz_case_column(arena, c[20])},
        .subject_facts = mz_case_column(arena, c[21]),
        .entity_facts = mz_case_column(arena, c[22]),
        .ended = c[23].number,
        .ended_by = mz_case_named(arena, &c[24]),
        .ended_why = mz_case_column(arena, c[27]),
    };
    if (mz_str_equal(made->state, MZ_STR("expired")) && !made->ended) made->ended = made->ends;
    put_titles(taken, made);
    return arena->failed ? mz_fail_arena(arena, error, "the list of clearances") : MZ_OK;
}

static mz_status take_key(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    mz_case_rows *rows = context;
    mz_str *key = mz_case_rows_add(rows);
    (void)count;
    if (!key) return mz_fail_arena(rows->arena, error, "the list of clearances");
    *key = mz_case_column(rows->arena, c[0]);
    return MZ_OK;
}

static mz_status get(mz_sql *sql, mz_str agency, mz_str key, listing *taken, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_case_text(key)};
    return mz_sql_query(
        sql,
        "SELECT c.clearance, c.subject, s.caption, c.entity, c.caption, c.list, c.state, c.ends, c.created, c.quieted, "
        "c.last_quieted, c.decision, d.case_key, f.label, d.reason, d.note, d.proposer_kind, d.proposer, "
        "COALESCE(p.title, k.title, ''), COALESCE(d.approver, ''), COALESCE(q.title, ''), COALESCE(g.facts, ''), "
        "COALESCE(h.facts, ''), c.ended, c.ended_by_kind, c.ended_by, COALESCE(r.title, l.title, ''), c.ended_why FROM "
        "case_clearance c JOIN subject s ON s.subject = c.subject JOIN case_decision d ON d.decision = c.decision JOIN "
        "case_file f ON f.case_key = d.case_key LEFT JOIN access_person p ON p.person = d.proposer LEFT JOIN "
        "access_key "
        "k ON k.access_key = d.proposer LEFT JOIN access_person q ON q.person = d.approver LEFT JOIN case_facts g ON "
        "g.agency = c.agency AND g.digest = c.subject_digest LEFT JOIN case_facts h ON h.agency = c.agency AND "
        "h.digest "
        "= c.entity_digest LEFT JOIN access_person r ON r.person = c.ended_by LEFT JOIN access_key l ON l.access_key = "
        "c.ended_by WHERE c.agency = ?1 AND c.clearance = ?2",
        values, 2, take_clearance, taken, error);
}

static mz_status begin(mz_sql *sql, mz_str agency, int64_t now, mz_arena *arena, listing *ret_listing,
                       mz_error *error) {
    mz_reason *reasons;
    *ret_listing = (listing){.rows = {.arena = arena, .size = sizeof(mz_clearance)}, .now = now};
    mz_status status = mz_reasons_list(sql, agency, arena, &reasons, &ret_listing->reason_count, error);
    if (!status) ret_listing->reasons = reasons;
    return status;
}

/* ---- pages ---- */

/* Of a state as it is kept, the newest first, from an index that has all that is asked for. Those that are kept as
 * valid and whose time has come are told as expired: ?6 is 1 for them alone, 0 for all but them, -1 for both. */
static const char of_state[] =
    "SELECT clearance FROM case_clearance WHERE agency = ?1 AND state = ?2 AND clearance < ?3 AND (?4 = '' OR search "
    "LIKE ?4 ESCAPE '\\') AND (?6 < 0 OR ?6 = CASE WHEN ends > 0 AND ends <= ?7 THEN 1 ELSE 0 END) ORDER BY clearance "
    "DESC LIMIT ?5";
/* The same of one subject, or from one case: by their indexes, as they are few. */
static const char of_subject[] =
    "SELECT clearance FROM case_clearance WHERE agency || '' = ?1 AND state || '' = ?2 AND clearance < ?3 AND (?4 = '' "
    "OR search LIKE ?4 ESCAPE '\\') AND (?6 < 0 OR ?6 = CASE WHEN ends > 0 AND ends <= ?7 THEN 1 ELSE 0 END) AND "
    "subject = ?8 AND (?9 = '' OR decision IN (SELECT decision FROM case_decision WHERE case_key = ?9)) ORDER BY "
    "clearance DESC LIMIT ?5";
static const char of_case[] =
    "SELECT clearance FROM case_clearance WHERE agency || '' = ?1 AND state || '' = ?2 AND clearance < ?3 AND (?4 = '' "
    "OR search LIKE ?4 ESCAPE '\\') AND (?6 < 0 OR ?6 = CASE WHEN ends > 0 AND ends <= ?7 THEN 1 ELSE 0 END) AND ?8 = "
    "'' AND decision IN (SELECT decision FROM case_decision WHERE case_key = ?9) ORDER BY clearance DESC LIMIT ?5";

static mz_status read_state(mz_sql *sql, mz_str agency, const mz_clearance_query *query, const char *state, int over,
                            mz_case_rows *keys, mz_error *error) {
    const char *statement = query->subject.size ? of_subject : query->decided_in.size ? of_case : of_state;
    const mz_sql_value values[] = {
        mz_sql_text(agency),
        mz_sql_text(mz_str_of(state)),
        mz_sql_text(query->after.size ? query->after : MZ_STR("~")), /* behind all keys */
        mz_sql_text(query->text.size ? mz_case_pattern(keys->arena, query->text) : MZ_STR("")),
        mz_sql_int((int64_t)query->limit),
        mz_sql_int(over),
        mz_sql_int(query->now),
        mz_case_text(query->subject),
        mz_case_text(query->decided_in)};
    return mz_sql_query(sql, statement, values, statement == of_state ? 7 : 9, take_key, keys, error);
}

static int newest_first(const void *a, const void *b) {
    return mz_str_order(*(const mz_str *)b, *(const mz_str *)a);
}

/* A page of each state as it is kept that is asked for, and the newest of all of them. */
static mz_status read_keys(mz_sql *sql, mz_str agency, const mz_clearance_query *query, mz_case_rows *keys,
                           mz_error *error) {
    static const struct {
        const char *told, *kept;
        int over;
    } states[] = {{"valid", "valid", 0},
                  {"expired", "valid", 1},
                  {"expired", "expired", -1},
                  {"outdated", "outdated", -1},
                  {"revoked", "revoked", -1}};
    mz_status status = MZ_OK;
    for (size_t k = 0; k < sizeof states / sizeof *states && !status; k++)
        if (!query->state.size || mz_str_equal(query->state, mz_str_of(states[k].told)))
            status = read_state(sql, agency, query, states[k].kept, states[k].over, keys, error);
    if (keys->count) qsort(keys->items, keys->count, keys->size, newest_first);
    if (keys->count > query->limit) keys->count = query->limit;
    return status;
}

mz_status mz_clearances_list(mz_sql *sql, mz_str agency, const mz_clearance_query *query, mz_arena *arena,
                             mz_clearance **ret_clearances, size_t *ret_count, mz_error *error) {
    mz_case_rows keys = {.arena = arena, .size = sizeof(mz_str)};
    listing taken;
    mz_status status = begin(sql, agency, query->now, arena, &taken, error);
    if (!status) status = read_keys(sql, agency, query, &keys, error);
    for (size_t k = 0; k < keys.count && !status; k++)
        status = get(sql, agency, ((mz_str *)keys.items)[k], &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the list of clearances");
    if (status) return status;
    *ret_clearances = taken.rows.items;
    *ret_count = taken.rows.count;
    return MZ_OK;
}

mz_status mz_clearance_get(mz_sql *sql, mz_str agency, mz_str key, int64_t now, mz_arena *arena,
                           mz_clearance *ret_clearance, mz_error *error) {
    listing taken;
    mz_status status = begin(sql, agency, now, arena, &taken, error);
    if (!status) status = get(sql, agency, key, &taken, error);
    if (!status && !taken.rows.count) status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such clearance");
    if (!status) *ret_clearance = *(mz_clearance *)taken.rows.items;
    return status;
}

static mz_status take_count(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    (void)count;
    (void)error;
    *(int64_t *)context = c[0].number;
    return MZ_OK;
}

mz_status mz_clearances_count(mz_sql *sql, mz_str agency, mz_str subject, int64_t now, int64_t *ret_count,
                              mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_case_text(subject), mz_sql_int(now)};
    return mz_sql_query(
        sql,
        "SELECT COUNT(*) FROM case_clearance WHERE agency || '' = ?1 AND subject = ?2 AND state = 'valid' "
        "AND (ends = 0 OR ends > ?3)",
        values, 3, take_count, ret_count, error);
}

mz_status mz_clearance_revoke(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str key, mz_str note,
                              mz_arena *arena, mz_error *error) {
    mz_clearance clearance;
    mz_case_work work;
    int64_t now = mz_clock_now();
    mz_case_object detail;
    int64_t entry = 0;
    mz_status status = mz_case_check_text(note, "the note", MZ_NOTE_BYTES_MOST, error);
    if (!status) status = mz_clearance_get(sql, agency, key, now, arena, &clearance, error);
    if (!status && !mz_str_equal(clearance.state, MZ_STR("valid")))
        status = mz_fail(error, MZ_ERR_REFUSED, "the clearance is %.*s already", (int)clearance.state.size,
                         clearance.state.data);
    if (!status)
        status = mz_case_end_clearance(sql, agency, actor, clearance.key, "revoked", MZ_STR(""), note, now, arena,
                                       &entry, error);
    if (!status) status = mz_subject_again(sql, agency, clearance.subject, error);
    if (!status) status = mz_case_begin_any(sql, agency, actor, clearance.case_key, arena, &work, error);
    if (!status && note.size) status = mz_case_check_kept(&work, error);
    if (status) return status;
    mz_case_object_begin(&detail);
    mz_json_pair(&detail.json, "clearance", clearance.key);
    const mz_case_told told = {
        .kind = "clearance.revoked", .text = note, .detail = mz_case_object_end(&detail, arena), .entry = entry};
    return mz_case_tell(&work, &told, NULL, NULL, error);
}

/* ---- those whose time has come ---- */

typedef struct over {
    mz_str clearance, subject;
} over;

static mz_status take_over(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    mz_case_rows *rows = context;
    over *made = mz_case_rows_add(rows);
    (void)count;
    if (!made) return mz_fail_arena(rows->arena, error, "the list of clearances");
    *made = (over){mz_case_column(rows->arena, c[0]), mz_case_column(rows->arena, c[1])};
    return rows->arena->failed ? mz_fail_arena(rows->arena, error, "the list of clearances") : MZ_OK;
}

static mz_status take_any(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    (void)c;
    (void)count;
    (void)error;
    *(bool *)context = true;
    return MZ_OK;
}

mz_status mz_clearances_over(mz_sql *sql, mz_str agency, int64_t now, bool *ret_any, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_int(now)};
    *ret_any = false;
    return mz_sql_query(sql,
                        "SELECT clearance FROM case_clearance WHERE agency = ?1 AND state = 'valid' AND ends > 0 AND "
                        "ends <= ?2 LIMIT 1",
                        values, 2, take_any, ret_any, error);
}

mz_status mz_clearances_expire(mz_sql *sql, mz_str agency, const mz_actor *actor, int64_t now, size_t limit,
                               mz_arena *arena, mz_error *error) {
    mz_case_rows rows = {.arena = arena, .size = sizeof(over)};
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_int(now), mz_sql_int((int64_t)limit)};
    mz_status status = mz_sql_query(sql,
                                    "SELECT clearance, subject FROM case_clearance WHERE agency = ?1 AND state = "
                                    "'valid' AND ends > 0 AND ends <= ?2 ORDER BY ends, clearance LIMIT ?3",
                                    values, 3, take_over, &rows, error);
    const over *found = rows.items;
    for (size_t k = 0; k < rows.count && !status; k++) {
        status = mz_case_end_clearance(sql, agency, actor, found[k].clearance, "expired", MZ_STR("expired"), MZ_STR(""),
                                       now, arena, NULL, error);
        if (!status) status = mz_subject_again(sql, agency, found[k].subject, error);
    }
    return status;
}
