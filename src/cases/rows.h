/* What the files of this folder share: texts for columns, and reading rows. */
#ifndef MIZAN_CASES_ROWS_H
#define MIZAN_CASES_ROWS_H

#include "base/json_write.h"
#include "cases/cases.h"

/* What is kept where nothing is due; it sorts behind all that is. */
enum { MZ_CASE_TEXT_BYTES = 64 << 20 };
#define MZ_CASE_NEVER INT64_C(253402300799)

static inline mz_sql_value mz_case_text(mz_str text) {
    return mz_sql_text(text.data ? text : MZ_STR(""));
}

static inline mz_str mz_case_column(mz_arena *arena, mz_sql_value value) {
    return value.kind == MZ_SQL_NULL ? MZ_STR("") : mz_arena_copy(arena, value.text);
}

static inline mz_named mz_case_named(mz_arena *arena, const mz_sql_value *columns) {
    return (mz_named){.kind = mz_case_column(arena, columns[0]),
                      .key = mz_case_column(arena, columns[1]),
                      .name = mz_case_column(arena, columns[2])};
}

/* A list that grows in an arena while rows are read. */
typedef struct mz_case_rows {
    mz_arena *arena;
    void *items;
    size_t count, room, size; /* size: of one */
} mz_case_rows;
/* Room for one more, zeroed; NULL when the arena has failed. */
void *mz_case_rows_add(mz_case_rows *rows);

/* The one row of a query; `columns` NULL when there is none: MZ_ERR_NOT_FOUND, "there is no such WHAT". */
mz_status mz_case_one(mz_sql *sql, const char *query, const mz_sql_value *values, size_t count, const char *what,
                      mz_arena *arena, const mz_sql_value **ret_columns, mz_error *error);

/* Words of a text as it is searched: small letters of ASCII. */
mz_str mz_case_lower(mz_arena *arena, mz_str text);
/* The same, as it is kept to be searched: its first MZ_CASE_SEARCH_BYTES, so that it fits into an index. */
enum { MZ_CASE_SEARCH_BYTES = 1200 };
mz_str mz_case_searched(mz_arena *arena, mz_str text);
/* A pattern of LIKE … ESCAPE '\' for what contains the text; empty: '%'. */
mz_str mz_case_pattern(mz_arena *arena, mz_str text);

/* An object of JSON that is put together: begin, write into `json`, end. */
typedef struct mz_case_object {
    mz_buffer text;
    mz_json json;
} mz_case_object;
void mz_case_object_begin(mz_case_object *object);
/* In the arena; when there was no room, the arena has failed. */
mz_str mz_case_object_end(mz_case_object *object, mz_arena *arena);
void mz_case_put_keys(mz_case_object *object, const char *name, const mz_str *keys, size_t count);

/* Keeps a text of facts, once. */
mz_status mz_case_keep_facts(mz_sql *sql, mz_str agency, mz_str digest, mz_str facts, mz_error *error);

/* Whether a text may be kept as a note: valid UTF-8, without control characters but ends of lines and tabs. */
mz_status mz_case_check_text(mz_str text, const char *what, size_t bytes_most, mz_error *error);

/* An alert without its facts. */
mz_status mz_alert_row(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_alert *ret_alert, mz_error *error);
/* A row of event, case_key, label, at, kind, actor_kind, actor, its name, said, detail, entry; into mz_case_rows of
 * mz_case_event. */
mz_status mz_case_take_event(void *context, const mz_sql_value *columns, size_t count, mz_error *error);

#endif
