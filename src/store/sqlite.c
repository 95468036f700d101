/* The store in a file: SQLite, with a write-ahead log (https://www.sqlite.org/wal.html), so that readers wait for no
 * writer. Each commit is flushed to the disk (synchronous=FULL): what was acknowledged outlives a power cut too. The
 * file belongs on a disk of this machine: the log's index is shared memory, which network file systems do not share.
 *
 * Rejected: synchronous=NORMAL, twice as fast and loses the last commits when the machine stops; and SQLite's own lock
 * on each call, since a connection has one thread at a time here. */
#include "store/sqlite.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { READERS_MOST = 16, LOCK_STEP_MS = 10, PATH_BYTES = 4096 };

/* ---- errors ---- */

typedef struct sqlite_fault {
    mz_sql_fate fate;
    mz_status status;
    const char *what; /* and what to do; NULL: what SQLite says */
} sqlite_fault;

static sqlite_fault fault_of(const mz_sqlite *connection, int code) {
    if (code == SQLITE_CONSTRAINT_DATATYPE) return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_ARGUMENT, NULL};
    switch (code & 0xFF) {
    case SQLITE_NOMEM: return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_MEMORY, "out of memory"};
    case SQLITE_CONSTRAINT: return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_REFUSED, NULL};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_BUSY,
                              "another program keeps the store locked; try again when it is done"};
    case SQLITE_FULL:
        return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_IO, "the disk is full; make room, nothing was changed"};
    case SQLITE_READONLY:
        if (connection->sql.reading)
            return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_ARGUMENT, "a change in a transaction that only reads"};
        return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_IO,
                              "the store may not be written; see to the rights of file and folder"};
    case SQLITE_CANTOPEN:
        return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_IO,
                              "the store cannot be opened; see to the rights of file and folder"};
    case SQLITE_PERM:
    case SQLITE_AUTH: return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_IO, "the store may not be opened"};
    case SQLITE_CORRUPT:
        return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_IO, "the store is damaged; keep a copy of it and restore a backup"};
    case SQLITE_NOTADB: return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_REFUSED, "the file is no SQLite database"};
    case SQLITE_IOERR: return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_IO, "the disk failed; nothing was changed"};
    case SQLITE_TOOBIG: return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_LIMIT, "a value is too large for the store"};
    case SQLITE_MISMATCH:
    case SQLITE_RANGE:
    case SQLITE_ERROR: return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_ARGUMENT, NULL};
    default: return (sqlite_fault){MZ_SQL_FAILED, MZ_ERR_IO, NULL};
    }
}

/* Of the values in a row SQLite's own messages say nothing: they may be personal data. */
mz_status mz_sqlite_fail(mz_sqlite *connection, int code, mz_error *error) {
    sqlite_fault fault = fault_of(connection, code);
    int system = sqlite3_system_errno(connection->database);
    bool of_system = system && ((code & 0xFF) == SQLITE_IOERR || (code & 0xFF) == SQLITE_CANTOPEN);
    if (fault.what)
        (void)mz_fail(error, fault.status, "%s%s%s", fault.what, of_system ? ": " : "",
                      of_system ? strerrordesc_np(system) : "");
    else
        (void)mz_fail(error, fault.status, "the store refuses this: %.300s", sqlite3_errmsg(connection->database));
    mz_error_name(error, connection->shown);
    return mz_sql_failed(&connection->sql, fault.fate, error);
}

/* ---- connections ---- */

mz_status mz_sqlite_execute(mz_sql *sql, const char *text, mz_error *error) {
    mz_sqlite *connection = mz_sqlite_of(sql);
    int code = sqlite3_exec(connection->database, text, NULL, NULL, NULL);
    return code ? mz_sqlite_fail(connection, code, error) : MZ_OK;
}

/* The write-ahead log is made once, by whoever comes first; SQLite does not wait here by itself. */
static mz_status use_log(mz_sqlite *connection, unsigned wait_ms, mz_error *error) {
    sqlite3_stmt *statement = NULL;
    uint64_t until_ns = mz_clock_ns() + wait_ms * UINT64_C(1000000);
    for (;;) {
        int code = sqlite3_prepare_v2(connection->database, "PRAGMA journal_mode = WAL", -1, &statement, NULL);
        if (!code) code = sqlite3_step(statement);
        const char *mode = code == SQLITE_ROW ? (const char *)sqlite3_column_text(statement, 0) : NULL;
        bool done = mode && strcmp(mode, "wal") == 0;
        bool busy = (code & 0xFF) == SQLITE_BUSY && mz_clock_ns() < until_ns;
        (void)sqlite3_finalize(statement);
        if (done) return MZ_OK;
        if (code == SQLITE_ROW)
            return mz_fail(error, MZ_ERR_IO,
                           "the file system of %.200s shares no memory between programs; "
                           "a store needs a disk of this machine",
                           connection->shown);
        if (!busy) return mz_sqlite_fail(connection, code, error);
        (void)nanosleep(&(struct timespec){.tv_nsec = LOCK_STEP_MS * 1000000L}, NULL);
    }
}

static void set_up(sqlite3 *database, unsigned wait_ms) {
    (void)sqlite3_busy_timeout(database, (int)wait_ms);
    (void)sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    (void)sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    (void)sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    (void)sqlite3_db_config(database, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    (void)sqlite3_db_config(database, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
}

mz_status mz_sqlite_connect(const char *path, unsigned wait_ms, mz_sqlite **ret_connection, mz_error *error) {
    mz_sqlite *connection = calloc(1, sizeof *connection);
    if (!connection) return mz_fail_memory(error);
    connection->sql.backend = &mz_sqlite_backend;
    connection->shown = path ? path : "memory";
    char plain[PATH_BYTES + 3]; /* so that no name means anything special to SQLite */
    (void)snprintf(plain, sizeof plain, "%s%s", !path || path[0] == '/' ? "" : "./", path ? path : ":memory:");
    int code = sqlite3_open_v2(plain, &connection->database,
                               SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);
    mz_status status = code ? mz_sqlite_fail(connection, code, error) : MZ_OK;
    if (!status) set_up(connection->database, wait_ms);
    if (!status)
        status = mz_sqlite_execute(&connection->sql,
                                   "PRAGMA synchronous = FULL; PRAGMA case_sensitive_like = ON;"
                                   "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
                                   "PRAGMA journal_size_limit = 67108864",
                                   error);
    if (status)
        mz_sqlite_disconnect(&connection->sql);
    else
        *ret_connection = connection;
    return status;
}

void mz_sqlite_disconnect(mz_sql *sql) {
    mz_sqlite *connection = mz_sqlite_of(sql);
    for (size_t k = 0; k < MZ_SQL_SLOTS; k++) {
        (void)sqlite3_finalize(connection->kept[k].statement);
        free(connection->kept[k].text);
    }
    (void)sqlite3_close(connection->database);
    free(connection);
}

static mz_status connect(const mz_sql_place *place, bool reading, mz_sql **ret_sql, mz_error *error) {
    mz_sqlite *connection = NULL;
    mz_status status = mz_sqlite_connect(place->address, place->wait_ms, &connection, error);
    if (status) return status;
    if (sqlite3_db_readonly(connection->database, "main") == 1) {
        status = mz_sqlite_fail(connection, SQLITE_READONLY, error);
    } else {
        status = use_log(connection, place->wait_ms, error);
        if (!status && reading) status = mz_sqlite_execute(&connection->sql, "PRAGMA query_only = ON", error);
    }
    connection->sql.reading = reading;
    if (status)
        mz_sqlite_disconnect(&connection->sql);
    else
        *ret_sql = &connection->sql;
    return status;
}

static mz_status shown(const char *address, char **ret_shown, mz_error *error) {
    if (strlen(address) > PATH_BYTES)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the path of the store is longer than %d bytes", PATH_BYTES);
    char *copy = strdup(address);
    if (!copy) return mz_fail_memory(error);
    *ret_shown = copy;
    return MZ_OK;
}

static mz_status sync_folder_of(const char *path, mz_error *error) {
    const char *slash = strrchr(path, '/');
    char folder[PATH_BYTES + 1];
    if (!slash) return mz_folder_sync(".", error);
    (void)snprintf(folder, sizeof folder, "%.*s", slash == path ? 1 : (int)(slash - path), path);
    return mz_folder_sync(folder, error);
}

/* The file is made for its owner only, and the log beside it gets its mode from it. One that is there is not opened:
 * closing it would let go of the locks that this process has on it (fcntl(2)). */
static mz_status prepare_place(const mz_sql_place *place, mz_error *error) {
    int descriptor = open(place->address, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor < 0) return errno == EEXIST ? MZ_OK : mz_fail_errno(error, "make the store", place->address);
    (void)close(descriptor);
    return sync_folder_of(place->address, error);
}

/* ---- transactions ---- */

static mz_status begin(mz_sql *sql, mz_sql_begin how, mz_error *error) {
    return mz_sqlite_execute(sql, how == MZ_SQL_READ || how == MZ_SQL_VERIFY ? "BEGIN" : "BEGIN IMMEDIATE", error);
}

static mz_status commit(mz_sql *sql, mz_error *error) {
    return mz_sqlite_execute(sql, "COMMIT", error);
}

/* After some failures SQLite has undone it already. */
static void rollback(mz_sql *sql) {
    sqlite3 *database = mz_sqlite_of(sql)->database;
    if (!sqlite3_get_autocommit(database)) (void)sqlite3_exec(database, "ROLLBACK", NULL, NULL, NULL);
}

/* ---- statements ---- */

/* A statement that is kept, or is from now on. */
static mz_status prepare(mz_sqlite *connection, const char *text, sqlite3_stmt **ret_statement, mz_error *error) {
    mz_sqlite_kept *kept = &connection->kept[mz_sql_slot(text)];
    unsigned parameters = 0;
    mz_buffer checked;
    if (kept->text && strcmp(kept->text, text) == 0) {
        *ret_statement = kept->statement;
        return MZ_OK;
    }
    (void)sqlite3_finalize(kept->statement);
    free(kept->text);
    *kept = (mz_sqlite_kept){0};
    mz_buffer_init(&checked, 2 * MZ_DIALECT_STATEMENT_BYTES);
    mz_status status = mz_dialect_translate(mz_str_of(text), MZ_DIALECT_SQLITE, false, &checked, &parameters, error);
    if (!status) {
        char *copy = strdup(text);
        int code = copy ? sqlite3_prepare_v3(connection->database, checked.data, (int)checked.size,
                                             SQLITE_PREPARE_PERSISTENT, &kept->statement, NULL)
                        : SQLITE_NOMEM;
        kept->text = code ? NULL : copy;
        if (code) free(copy);
        status = code ? mz_sqlite_fail(connection, code, error) : MZ_OK;
    } else {
        (void)mz_sql_failed(&connection->sql, MZ_SQL_FAILED, error);
    }
    mz_buffer_done(&checked);
    if (!status) *ret_statement = kept->statement;
    return status;
}

/* Values are borrowed until the statement is reset. SQLite takes a pointer to nothing for NULL. */
static int bind(sqlite3_stmt *statement, int at, const mz_sql_value *value) {
    const char *data = value->text.data ? value->text.data : "";
    switch (value->kind) {
    case MZ_SQL_NULL: return sqlite3_bind_null(statement, at);
    case MZ_SQL_INT: return sqlite3_bind_int64(statement, at, value->number);
    case MZ_SQL_REAL: return sqlite3_bind_double(statement, at, value->real);
    case MZ_SQL_TEXT: return sqlite3_bind_text64(statement, at, data, value->text.size, SQLITE_STATIC, SQLITE_UTF8);
    case MZ_SQL_BYTES: return sqlite3_bind_blob64(statement, at, data, value->text.size, SQLITE_STATIC);
    }
    return SQLITE_MISUSE;
}

static mz_status bind_all(mz_sqlite *connection, sqlite3_stmt *statement, const mz_sql_value *values, size_t count,
                          mz_error *error) {
    if ((size_t)sqlite3_bind_parameter_count(statement) != count) {
        (void)mz_fail(error, MZ_ERR_ARGUMENT, "%zu values for the %d parameters of: %.200s", count,
                      sqlite3_bind_parameter_count(statement), sqlite3_sql(statement));
        return mz_sql_failed(&connection->sql, MZ_SQL_FAILED, error);
    }
    for (size_t k = 0; k < count; k++) {
        int code = bind(statement, (int)k + 1, &values[k]);
        if (code) return mz_sqlite_fail(connection, code, error);
    }
    return MZ_OK;
}

/* False when SQLite had no memory to give the value out. */
static bool column(sqlite3_stmt *statement, int at, mz_sql_value *ret_value) {
    switch (sqlite3_column_type(statement, at)) {
    case SQLITE_INTEGER: *ret_value = mz_sql_int(sqlite3_column_int64(statement, at)); return true;
    case SQLITE_FLOAT: *ret_value = mz_sql_real(sqlite3_column_double(statement, at)); return true;
    case SQLITE_TEXT: *ret_value = mz_sql_text((mz_str){(const char *)sqlite3_column_text(statement, at), 0}); break;
    case SQLITE_BLOB: *ret_value = mz_sql_bytes((mz_str){sqlite3_column_blob(statement, at), 0}); break;
    default: *ret_value = mz_sql_null(); return true;
    }
    ret_value->text.size = (size_t)sqlite3_column_bytes(statement, at);
    return ret_value->text.data || !ret_value->text.size;
}

static mz_status give_row(mz_sqlite *connection, sqlite3_stmt *statement, mz_sql_row *row, void *context,
                          mz_error *error) {
    mz_sql_value columns[MZ_DIALECT_VALUES_MOST];
    int count = sqlite3_column_count(statement);
    if (count > MZ_DIALECT_VALUES_MOST) {
        (void)mz_fail(error, MZ_ERR_ARGUMENT, "a query for %d columns; %d are allowed", count, MZ_DIALECT_VALUES_MOST);
        return mz_sql_failed(&connection->sql, MZ_SQL_FAILED, error);
    }
    for (int k = 0; k < count; k++)
        if (!column(statement, k, &columns[k])) return mz_sqlite_fail(connection, SQLITE_NOMEM, error);
    connection->sql.in_rows = true;
    mz_status status = row(context, columns, (size_t)count, error);
    connection->sql.in_rows = false;
    return status;
}

static mz_status step_all(mz_sqlite *connection, sqlite3_stmt *statement, mz_sql_row *row, void *context,
                          mz_error *error) {
    for (;;) {
        int code = sqlite3_step(statement);
        if (code == SQLITE_DONE) return MZ_OK;
        if (code != SQLITE_ROW) return mz_sqlite_fail(connection, code, error);
        mz_status status = row ? give_row(connection, statement, row, context, error) : MZ_OK;
        if (status) return status;
    }
}

static mz_status carry_out(mz_sql *sql, const char *text, const mz_sql_value *values, size_t count, mz_sql_row *row,
                           void *context, uint64_t *ret_changed, mz_error *error) {
    mz_sqlite *connection = mz_sqlite_of(sql);
    sqlite3_stmt *statement = NULL;
    mz_status status = prepare(connection, text, &statement, error);
    if (status) return status;
    status = bind_all(connection, statement, values, count, error);
    if (!status) status = step_all(connection, statement, row, context, error);
    if (!status)
        *ret_changed = sqlite3_stmt_readonly(statement) ? 0 : (uint64_t)sqlite3_changes64(connection->database);
    (void)sqlite3_reset(statement);
    (void)sqlite3_clear_bindings(statement);
    return status;
}

static mz_status understands(mz_sql *sql, const char *text, mz_error *error) {
    sqlite3_stmt *statement = NULL;
    return prepare(mz_sqlite_of(sql), text, &statement, error);
}

/* BEGIN IMMEDIATE has it. */
static mz_status lock_migrations(mz_sql *sql, mz_error *error) {
    (void)sql, (void)error;
    return MZ_OK;
}

/* No server can be lost. */
static mz_status was_committed(mz_sql *sql, const char *transaction, bool *ret_committed, mz_error *error) {
    (void)sql, (void)transaction, (void)ret_committed;
    return mz_fail(error, MZ_ERR_ARGUMENT, "a commit of SQLite is always answered");
}

const mz_sql_backend mz_sqlite_backend = {
    .dialect = MZ_DIALECT_SQLITE,
    .writers_most = 1,
    .readers_most = READERS_MOST,
    .shown = shown,
    .prepare_place = prepare_place,
    .connect = connect,
    .disconnect = mz_sqlite_disconnect,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .was_committed = was_committed,
    .carry_out = carry_out,
    .understands = understands,
    .execute = mz_sqlite_execute,
    .has_migrations = mz_sqlite_has_migrations,
    .lock_migrations = lock_migrations,
    .open_scratch = mz_sqlite_open_scratch,
    .compare_scratch = mz_sqlite_compare_scratch,
    .close_scratch = mz_sqlite_close_scratch,
};
