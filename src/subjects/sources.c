#include "subjects/sources.h"

#include "base/clock.h"
#include "base/error.h"

static mz_subject_source source_of(const mz_sql_value *c, mz_arena *arena) {
    return (mz_subject_source){.source = mz_arena_copy(arena, c[0].text),
                               .title = mz_arena_copy(arena, c[1].text),
                               .mapping = mz_arena_copy(arena, c[2].text),
                               .subjects = (uint64_t)c[3].number,
                               .changed = c[4].number};
}

typedef struct listing {
    mz_arena *arena;
    mz_subject_source *sources;
    size_t count;
} listing;

static mz_status take_source(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    listing *taken = context;
    (void)count, (void)error;
    if (taken->count < MZ_SUBJECT_SOURCES_MOST) taken->sources[taken->count++] = source_of(columns, taken->arena);
    return MZ_OK;
}

mz_status mz_subject_sources_list(mz_sql *sql, mz_str agency, mz_arena *arena, mz_subject_source **ret_sources,
                                  size_t *ret_count, mz_error *error) {
    listing taken = {.arena = arena, .sources = MZ_ARENA_NEW(arena, MZ_SUBJECT_SOURCES_MOST, mz_subject_source)};
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_int(MZ_SUBJECT_SOURCES_MOST)};
    if (!taken.sources) return mz_fail_arena(arena, error, "the list of sources");
    mz_status status = mz_sql_query(sql,
                                    "SELECT source, title, mapping, subjects, changed FROM subject_source WHERE agency "
                                    "= ?1 ORDER BY source LIMIT ?2",
                                    values, 2, take_source, &taken, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the list of sources");
    if (status) return status;
    *ret_sources = taken.sources;
    *ret_count = taken.count;
    return MZ_OK;
}

mz_status mz_subject_source_get(mz_sql *sql, mz_str agency, mz_str source, mz_arena *arena,
                                mz_subject_source *ret_source, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(source)};
    const mz_sql_value *columns = NULL;
    mz_status status = mz_sql_first(
        sql, "SELECT source, title, mapping, subjects, changed FROM subject_source WHERE agency = ?1 AND source = ?2",
        values, 2, arena, &columns, error);
    if (!status && !columns) status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such source of subjects");
    if (status) return status;
    *ret_source = source_of(columns, arena);
    return arena->failed ? mz_fail_arena(arena, error, "the source") : MZ_OK;
}

/* ---- changing ---- */

/* Whether one more may be made. */
static mz_status check_room(mz_sql *sql, mz_str agency, mz_error *error) {
    mz_arena arena;
    const mz_sql_value values[] = {mz_sql_text(agency)};
    const mz_sql_value *columns = NULL;
    mz_arena_init(&arena, 1 << 16);
    mz_status status =
        mz_sql_first(sql, "SELECT COUNT(*) FROM subject_source WHERE agency = ?1", values, 1, &arena, &columns, error);
    if (!status && columns && columns[0].number >= MZ_SUBJECT_SOURCES_MOST)
        status = mz_fail(error, MZ_ERR_LIMIT, "an agency has at most %d sources of subjects", MZ_SUBJECT_SOURCES_MOST);
    mz_arena_done(&arena);
    return status;
}

mz_status mz_subject_source_count(mz_sql *sql, mz_str agency, mz_str source, int64_t more, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(source), mz_sql_int(more),
                                   mz_sql_int(mz_clock_now())};
    uint64_t changed = 0;
    mz_status status =
        mz_sql_run(sql, "UPDATE subject_source SET subjects = subjects + ?3 WHERE agency = ?1 AND source = ?2", values,
                   3, &changed, error);
    if (status || changed) return status;
    status = check_room(sql, agency, error);
    if (status) return status;
    return mz_sql_run(sql,
                      "INSERT INTO subject_source (agency, source, title, mapping, subjects, changed) VALUES (?1, ?2, "
                      "'', '', ?3, ?4)",
                      values, 4, NULL, error);
}
