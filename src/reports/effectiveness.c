#include "reports/effectiveness.h"

#include "base/error.h"

enum { REPORTS_KEPT = 200 /* of an agency: older ones go */ };

static mz_sql_value text_or_empty(mz_str text) {
    return mz_sql_text(text.data ? text : MZ_STR(""));
}

mz_status mz_effectiveness_keep(mz_sql *sql, mz_str agency, const mz_kept_effectiveness *kept, mz_str text,
                                char ret_key[MZ_SQL_KEY_SIZE], mz_error *error) {
    mz_sql_new_key(ret_key);
    const mz_sql_value values[] = {
        mz_sql_text(mz_str_of(ret_key)), mz_sql_text(agency),         mz_sql_int(kept->made),
        text_or_empty(kept->lists),      text_or_empty(kept->policy), mz_sql_real(kept->threshold),
        mz_sql_int(kept->names),         mz_sql_int(kept->customers), mz_sql_real(kept->found),
        mz_sql_real(kept->detection),    mz_sql_real(kept->alerts),   mz_sql_text(text),
    };
    const mz_sql_value old[] = {mz_sql_text(agency), mz_sql_int(REPORTS_KEPT)};
    mz_status status = mz_sql_run(sql,
                                  "INSERT INTO report_effectiveness (report, agency, made, lists, policy, threshold, "
                                  "names, customers, found, detection, alerts, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6, "
                                  "?7, ?8, ?9, ?10, ?11, ?12)",
                                  values, sizeof values / sizeof *values, NULL, error);
    if (!status)
        status = mz_sql_run(sql,
                            "DELETE FROM report_effectiveness WHERE agency = ?1 AND report NOT IN (SELECT report FROM "
                            "report_effectiveness WHERE agency = ?1 ORDER BY report DESC LIMIT ?2)",
                            old, 2, NULL, error);
    return status;
}

typedef struct listing {
    mz_arena *arena;
    mz_kept_effectiveness *kept;
    size_t count, limit;
} listing;

static mz_status take(void *context, const mz_sql_value *c, size_t count, mz_error *error) {
    listing *taken = context;
    (void)count;
    (void)error;
    if (taken->count == taken->limit) return MZ_OK;
    taken->kept[taken->count++] = (mz_kept_effectiveness){
        .key = mz_arena_copy(taken->arena, c[0].text),
        .made = c[1].number,
        .lists = mz_arena_copy(taken->arena, c[2].text),
        .policy = mz_arena_copy(taken->arena, c[3].text),
        .threshold = c[4].real,
        .names = c[5].number,
        .customers = c[6].number,
        .found = c[7].real,
        .detection = c[8].real,
        .alerts = c[9].real,
    };
    return MZ_OK;
}

mz_status mz_effectiveness_list(mz_sql *sql, mz_str agency, mz_str before, size_t limit, mz_arena *arena,
                                mz_kept_effectiveness **ret_kept, size_t *ret_count, mz_error *error) {
    listing taken = {.arena = arena, .limit = limit};
    const mz_sql_value values[] = {mz_sql_text(agency), text_or_empty(before), mz_sql_int((int64_t)limit)};
    taken.kept = MZ_ARENA_NEW(arena, limit + 1, mz_kept_effectiveness);
    if (!taken.kept) return mz_fail_arena(arena, error, "the list of reports");
    mz_status status = mz_sql_query(sql,
                                    "SELECT report, made, lists, policy, threshold, names, customers, found, "
                                    "detection, alerts FROM report_effectiveness WHERE agency = ?1 AND (?2 = '' OR "
                                    "report < ?2) ORDER BY report DESC LIMIT ?3",
                                    values, 3, take, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the list of reports");
    if (status) return status;
    *ret_kept = taken.kept;
    *ret_count = taken.count;
    return MZ_OK;
}

mz_status mz_effectiveness_text(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_str *ret_text,
                                mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), text_or_empty(key)}, *row = NULL;
    mz_status status = mz_sql_first(sql, "SELECT text FROM report_effectiveness WHERE agency = ?1 AND report = ?2",
                                    values, 2, arena, &row, error);
    if (!status && !row) status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such report");
    if (!status) *ret_text = row[0].text;
    return status;
}
