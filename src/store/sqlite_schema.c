/* What tables a SQLite file has, and whether they are those that the migrations make: the text by which each was made
 * is kept in the file, so that texts are compared. */
#include "base/error.h"
#include "store/sqlite.h"

#include <sqlite3.h>
#include <string.h>

static const char schema_query[] =
    "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name";

mz_status mz_sqlite_has_migrations(mz_sql *sql, bool *ret_has, mz_error *error) {
    mz_sqlite *connection = mz_sqlite_of(sql);
    sqlite3_stmt *statement = NULL;
    int tables = 0, ours = 0;
    int code = sqlite3_prepare_v2(connection->database,
                                  "SELECT COUNT(*), COALESCE(SUM(name = 'store_migration'), 0) FROM sqlite_schema", -1,
                                  &statement, NULL);
    if (!code) code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        tables = sqlite3_column_int(statement, 0);
        ours = sqlite3_column_int(statement, 1);
    }
    (void)sqlite3_finalize(statement);
    if (code != SQLITE_ROW) return mz_sqlite_fail(connection, code, error);
    if (tables && !ours)
        return mz_fail(error, MZ_ERR_REFUSED,
                       "the file is a database of another program; give the store one of its own");
    *ret_has = ours != 0;
    return MZ_OK;
}

mz_status mz_sqlite_open_scratch(mz_sql *sql, mz_sql **ret_scratch, mz_error *error) {
    mz_sqlite *scratch = NULL;
    (void)sql;
    mz_status status = mz_sqlite_connect(NULL, 0, &scratch, error);
    if (!status) *ret_scratch = &scratch->sql;
    return status;
}

void mz_sqlite_close_scratch(mz_sql *sql, mz_sql *scratch) {
    (void)sql;
    mz_sqlite_disconnect(scratch);
}

static const char *text_at(sqlite3_stmt *statement, int column) {
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text ? text : "";
}

/* One table or index of the scratch database in the store. */
static mz_status compare_one(mz_sqlite *connection, sqlite3_stmt *expected, sqlite3_stmt *find, mz_error *error) {
    const char *type = text_at(expected, 0), *name = text_at(expected, 1);
    int code = sqlite3_bind_text(find, 1, type, -1, SQLITE_STATIC);
    if (!code) code = sqlite3_bind_text(find, 2, name, -1, SQLITE_STATIC);
    if (!code) code = sqlite3_step(find);
    bool there = code == SQLITE_ROW, same = there && strcmp(text_at(find, 0), text_at(expected, 2)) == 0;
    (void)sqlite3_reset(find);
    if (!there && code != SQLITE_DONE) return mz_sqlite_fail(connection, code, error);
    if (same) return MZ_OK;
    return mz_fail(error, MZ_ERR_REFUSED, "the store is not whole: its %s %.100s is %s; restore a backup", type, name,
                   there ? "not as the migrations make it" : "missing");
}

mz_status mz_sqlite_compare_scratch(mz_sql *sql, mz_sql *scratch, mz_error *error) {
    mz_sqlite *connection = mz_sqlite_of(sql), *made = mz_sqlite_of(scratch);
    sqlite3_stmt *expected = NULL, *find = NULL;
    int code = sqlite3_prepare_v2(made->database, schema_query, -1, &expected, NULL);
    mz_status status = code ? mz_sqlite_fail(made, code, error) : MZ_OK;
    if (!status) {
        code = sqlite3_prepare_v2(connection->database, "SELECT sql FROM sqlite_schema WHERE type = ?1 AND name = ?2",
                                  -1, &find, NULL);
        status = code ? mz_sqlite_fail(connection, code, error) : MZ_OK;
    }
    while (!status && (code = sqlite3_step(expected)) == SQLITE_ROW)
        status = compare_one(connection, expected, find, error);
    if (!status && code != SQLITE_DONE) status = mz_sqlite_fail(made, code, error);
    (void)sqlite3_finalize(expected);
    (void)sqlite3_finalize(find);
    return status;
}
