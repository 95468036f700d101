/* What the two files of the SQLite store share. */
#ifndef MIZAN_STORE_SQLITE_H
#define MIZAN_STORE_SQLITE_H

#include "store/backend.h"

struct sqlite3;

typedef struct mz_sqlite_kept {
    char *text; /* of the statement; NULL: the slot is free */
    struct sqlite3_stmt *statement;
} mz_sqlite_kept;

typedef struct mz_sqlite {
    mz_sql sql; /* first: a mz_sql of SQLite is one of these */
    struct sqlite3 *database;
    const char *shown; /* the path, as it is shown */
    mz_sqlite_kept kept[MZ_SQL_SLOTS];
} mz_sqlite;

static inline mz_sqlite *mz_sqlite_of(mz_sql *sql) {
    return (mz_sqlite *)(void *)sql;
}

/* Notes what SQLite said last, and puts it into `error`. */
mz_status mz_sqlite_fail(mz_sqlite *connection, int code, mz_error *error);

/* A connection to a file, or for NULL to an empty database in memory. */
mz_status mz_sqlite_connect(const char *path, unsigned wait_ms, mz_sqlite **ret_connection, mz_error *error);
void mz_sqlite_disconnect(mz_sql *sql);
mz_status mz_sqlite_execute(mz_sql *sql, const char *text, mz_error *error);

/* sqlite_schema.c */
mz_status mz_sqlite_has_migrations(mz_sql *sql, bool *ret_has, mz_error *error);
mz_status mz_sqlite_open_scratch(mz_sql *sql, mz_sql **ret_scratch, mz_error *error);
mz_status mz_sqlite_compare_scratch(mz_sql *sql, mz_sql *scratch, mz_error *error);
void mz_sqlite_close_scratch(mz_sql *sql, mz_sql *scratch);

#endif
