/* The store in a server: PostgreSQL 13 or newer, by libpq. Changes are serializable: what met another is done again by
 * store.c, and so is everything that was under way when the server went.
 *
 * A commit that the server did not answer may have been carried out. So each change puts a key of its own into
 * store_commit, in one message with its COMMIT; and whoever does not know what became of it puts the same key there
 * again, on another connection. The key is there already: it was committed. It was not: now it is, and should the first
 * still be on its way it fails on the key. While the server is at the first, the second waits. So an acknowledged
 * change is there, one that is not there is made again, and none is made twice.
 *
 * Rejected: asking pg_xact_status for the number of the transaction. After a crash the server gives the number of a
 * transaction of which nothing was written yet to another one, whose commit is then taken for that of the first; a test
 * that crashes the server found it. Rejected, too: pools in front that give each transaction another connection
 * (pgbouncer in its mode "transaction"), since statements are prepared once for a connection. */
#include "store/postgresql.h"

#include "base/error.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONNECTIONS_MOST = 16, OLDEST_SERVER = 130000, STATEMENT_TIMEOUT_MS = 60000 };
enum { COMMIT_KEPT_MS = 15 * 60 * 1000, COMMITS_BETWEEN_FORGETTING = 256 };

/* ---- errors ---- */

typedef struct postgresql_fault {
    const char *state; /* the first letters of the SQLSTATE */
    mz_sql_fate fate;
    mz_status status;
    const char *what; /* and what to do; NULL: what the server says */
} postgresql_fault;

/* https://www.postgresql.org/docs/15/errcodes-appendix.html; the first that fits. The server's primary message has
 * names of tables and constraints in it and no values, but for class 22. */
static const postgresql_fault faults[] = {
    {"08", MZ_SQL_LOST, MZ_ERR_NETWORK, NULL},
    {"57P", MZ_SQL_LOST, MZ_ERR_NETWORK, NULL},
    {"25P03", MZ_SQL_LOST, MZ_ERR_BUSY, "a transaction waited for too long in the middle"},
    {"40", MZ_SQL_MET_ANOTHER, MZ_ERR_BUSY, "others changed the same"},
    {"55P03", MZ_SQL_FAILED, MZ_ERR_BUSY, "another keeps the store locked; try again when it is done"},
    {"57014", MZ_SQL_FAILED, MZ_ERR_BUSY, "the server needed too long"},
    {"22", MZ_SQL_FAILED, MZ_ERR_ARGUMENT, "a value is not what its column or parameter takes"},
    {"23", MZ_SQL_FAILED, MZ_ERR_REFUSED, NULL},
    {"25006", MZ_SQL_FAILED, MZ_ERR_IO, "the server may only be read: it is the copy of another one"},
    {"28", MZ_SQL_FAILED, MZ_ERR_IO, NULL},
    {"42501", MZ_SQL_FAILED, MZ_ERR_IO, NULL},
    {"42", MZ_SQL_FAILED, MZ_ERR_ARGUMENT, NULL},
    {"0A", MZ_SQL_FAILED, MZ_ERR_ARGUMENT, NULL},
    {"53100", MZ_SQL_FAILED, MZ_ERR_IO, "the disk of the server is full; make room, nothing was changed"},
    {"54", MZ_SQL_FAILED, MZ_ERR_LIMIT, NULL},
    {"XX001", MZ_SQL_FAILED, MZ_ERR_IO, "the database is damaged; keep a copy of it and restore a backup"},
    {"XX002", MZ_SQL_FAILED, MZ_ERR_IO, "an index of the database is damaged; REINDEX it"},
    {"", MZ_SQL_FAILED, MZ_ERR_IO, NULL},
};

static const postgresql_fault *fault_of(const char *state) {
    const postgresql_fault *fault = faults;
    while (strncmp(fault->state, state, strlen(fault->state)) != 0) fault++;
    return fault;
}

/* The first line of what libpq or the server says. */
static mz_status say(mz_error *error, mz_status status, const char *before, const char *said) {
    return mz_fail(error, status, "%s: %.*s", before, (int)strcspn(said, "\n"), said);
}

mz_status mz_postgresql_fail(mz_postgresql *connection, const struct pg_result *result, mz_error *error) {
    const char *state = result ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : NULL;
    const char *primary = result ? PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY) : NULL;
    const postgresql_fault *fault = fault_of(state ? state : "");
    mz_sql_fate fate = fault->fate;
    if (PQstatus(connection->server) == CONNECTION_BAD || (fate == MZ_SQL_LOST && !fault->what)) {
        fate = MZ_SQL_LOST;
        (void)say(error, MZ_ERR_NETWORK, "the server of the store is gone",
                  primary ? primary : PQerrorMessage(connection->server));
    } else if (!result) {
        (void)mz_fail_memory(error);
        fate = MZ_SQL_FAILED;
    } else if (strcmp(fault->state, "25006") == 0 && connection->sql.reading) {
        (void)mz_fail(error, MZ_ERR_ARGUMENT, "a change in a transaction that only reads");
    } else if (fault->what) {
        (void)mz_fail(error, fault->status, "%s (%s)", fault->what, state);
    } else {
        (void)say(error, fault->status, "the store refuses this", primary ? primary : PQresultErrorMessage(result));
    }
    mz_error_name(error, connection->shown);
    return mz_sql_failed(&connection->sql, fate, error);
}

mz_status mz_postgresql_ask(mz_postgresql *connection, const char *text, struct pg_result **ret_result,
                            mz_error *error) {
    PGresult *result = PQexec(connection->server, text);
    ExecStatusType answer = PQresultStatus(result);
    mz_status status = MZ_OK;
    if (answer != PGRES_COMMAND_OK && answer != PGRES_TUPLES_OK) status = mz_postgresql_fail(connection, result, error);
    if (!status && ret_result)
        *ret_result = result;
    else
        PQclear(result);
    return status;
}

mz_status mz_postgresql_execute(mz_sql *sql, const char *text, mz_error *error) {
    return mz_postgresql_ask(mz_postgresql_of(sql), text, NULL, error);
}

/* ---- connections ---- */

static void disconnect(mz_sql *sql) {
    mz_postgresql *connection = mz_postgresql_of(sql);
    mz_postgresql_forget(connection);
    PQfinish(connection->server);
    free(connection);
}

/* libpq would print it. */
static void ignore_notice(void *context, const PGresult *result) {
    (void)context, (void)result;
}

/* Whether the server is one that a store can be in. */
static mz_status check_server(const mz_postgresql *connection, mz_error *error) {
    const char *encoding = PQparameterStatus(connection->server, "server_encoding");
    if (PQserverVersion(connection->server) < OLDEST_SERVER)
        return mz_fail(error, MZ_ERR_REFUSED, "the server is PostgreSQL %d; a store needs 13 or newer",
                       PQserverVersion(connection->server) / 10000);
    if (!encoding || strcmp(encoding, "UTF8") != 0)
        return mz_fail(error, MZ_ERR_REFUSED, "the database has the encoding %.40s; make one with UTF8",
                       encoding ? encoding : "?");
    return MZ_OK;
}

/* A server that was set to acknowledge before anything is on its disk is told otherwise. */
static mz_status set_up(mz_postgresql *connection, unsigned wait_ms, mz_error *error) {
    char text[512];
    (void)snprintf(text, sizeof text,
                   "SET standard_conforming_strings = on; SET client_min_messages = warning; SET lock_timeout = %u;"
                   "SET statement_timeout = %d; SET idle_in_transaction_session_timeout = %d;"
                   "SELECT set_config('synchronous_commit', 'on', false)"
                   " WHERE current_setting('synchronous_commit') = 'off'",
                   wait_ms ? wait_ms : 1, STATEMENT_TIMEOUT_MS, STATEMENT_TIMEOUT_MS);
    return mz_postgresql_execute(&connection->sql, text, error);
}

static mz_status cannot_reach(const mz_sql_place *place, mz_status status, const PGconn *server, mz_error *error) {
    (void)say(error, status, "cannot reach the store", PQerrorMessage(server));
    mz_error_name(error, place->shown);
    return status;
}

/* Reaches the server. libpq does not tell a server that is just starting from one that does not let us in: so when one
 * answers after a failure, it is tried once more, and what it says then is for a person. */
static mz_status reach(mz_postgresql *connection, const mz_sql_place *place, mz_error *error) {
    connection->server = mz_postgresql_dial(place, error);
    if (!connection->server) return error->status;
    if (PQstatus(connection->server) == CONNECTION_OK) return MZ_OK;
    if (mz_postgresql_may_come(place)) return cannot_reach(place, MZ_ERR_NETWORK, connection->server, error);
    PQfinish(connection->server);
    connection->server = mz_postgresql_dial(place, error);
    if (!connection->server) return error->status;
    if (PQstatus(connection->server) == CONNECTION_OK) return MZ_OK;
    return cannot_reach(place, MZ_ERR_IO, connection->server, error);
}

static mz_status connect(const mz_sql_place *place, bool reading, mz_sql **ret_sql, mz_error *error) {
    mz_postgresql *connection = calloc(1, sizeof *connection);
    (void)reading;
    if (!connection) return mz_fail_memory(error);
    connection->sql.backend = &mz_postgresql_backend;
    connection->shown = place->shown;
    mz_status status = reach(connection, place, error);
    if (!status) {
        (void)PQsetNoticeReceiver(connection->server, ignore_notice, NULL);
        status = check_server(connection, error);
    }
    if (!status) status = set_up(connection, place->wait_ms, error);
    if (status)
        disconnect(&connection->sql);
    else
        *ret_sql = &connection->sql;
    return status;
}

static mz_status prepare_place(const mz_sql_place *place, mz_error *error) {
    (void)place, (void)error;
    return MZ_OK;
}

/* ---- transactions ---- */

static mz_status begin(mz_sql *sql, mz_sql_begin how, mz_error *error) {
    static const char *const words[] = {
        [MZ_SQL_READ] = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        [MZ_SQL_CHANGE] = "BEGIN ISOLATION LEVEL SERIALIZABLE, READ WRITE",
        [MZ_SQL_MIGRATE] = "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE",
        [MZ_SQL_VERIFY] = "BEGIN ISOLATION LEVEL READ COMMITTED, READ WRITE",
    };
    sql->reading = how == MZ_SQL_READ;
    mz_postgresql_of(sql)->wrote = false;
    mz_postgresql_of(sql)->asks = how == MZ_SQL_CHANGE; /* who migrates looks again for what is there */
    return mz_postgresql_execute(sql, words[how], error);
}

/* Keys of changes that nobody asks for any more; they sort by their time. One that stays does no harm. */
static void forget_commits(mz_postgresql *connection, const char *now) {
    char oldest[MZ_SQL_KEY_SIZE], text[128];
    mz_error ignored;
    if (connection->commits++ % COMMITS_BETWEEN_FORGETTING) return;
    mz_sql_key_before(now, COMMIT_KEPT_MS, oldest);
    (void)snprintf(text, sizeof text, "DELETE FROM store_commit WHERE key < '%s'", oldest);
    PGresult *result = PQexec(connection->server, text);
    if (PQstatus(connection->server) == CONNECTION_BAD) (void)mz_postgresql_fail(connection, result, &ignored);
    PQclear(result);
}

static mz_status commit(mz_sql *sql, mz_error *error) {
    mz_postgresql *connection = mz_postgresql_of(sql);
    char text[128] = "COMMIT";
    mz_status status = MZ_OK;
    if (connection->wrote && connection->asks) {
        mz_sql_new_key(sql->transaction);
        (void)snprintf(text, sizeof text, "INSERT INTO store_commit (key) VALUES ('%s'); COMMIT", sql->transaction);
    }
    PGresult *result = PQexec(connection->server, text);
    if (PQresultStatus(result) != PGRES_COMMAND_OK) {
        status = mz_postgresql_fail(connection, result, error);
        if (sql->fate == MZ_SQL_LOST && sql->transaction[0]) sql->fate = MZ_SQL_UNKNOWN;
    } else if (strcmp(PQcmdStatus(result), "COMMIT") != 0) {
        (void)mz_fail(error, MZ_ERR_IO, "the server undid a change instead of committing it");
        status = mz_sql_failed(sql, MZ_SQL_FAILED, error);
    } else if (sql->transaction[0]) {
        forget_commits(connection, sql->transaction);
    }
    PQclear(result);
    return status;
}

static void rollback(mz_sql *sql) {
    mz_error ignored = {0};
    (void)mz_postgresql_execute(sql, "ROLLBACK", &ignored);
}

static mz_status was_committed(mz_sql *sql, const char *transaction, bool *ret_committed, mz_error *error) {
    mz_postgresql *connection = mz_postgresql_of(sql);
    PGresult *result =
        PQexecParams(connection->server, "INSERT INTO store_commit (key) VALUES ($1) ON CONFLICT (key) DO NOTHING", 1,
                     NULL, &transaction, NULL, NULL, 0);
    mz_status status = MZ_OK;
    if (PQresultStatus(result) != PGRES_COMMAND_OK)
        status = mz_postgresql_fail(connection, result, error);
    else
        *ret_committed = strcmp(PQcmdTuples(result), "0") == 0;
    PQclear(result);
    return status;
}

const mz_sql_backend mz_postgresql_backend = {
    .dialect = MZ_DIALECT_POSTGRESQL,
    .writers_most = CONNECTIONS_MOST,
    .shown = mz_postgresql_shown,
    .prepare_place = prepare_place,
    .connect = connect,
    .disconnect = disconnect,
    .begin = begin,
    .commit = commit,
    .rollback = rollback,
    .was_committed = was_committed,
    .carry_out = mz_postgresql_carry_out,
    .understands = mz_postgresql_understands,
    .execute = mz_postgresql_execute,
    .has_migrations = mz_postgresql_has_migrations,
    .lock_migrations = mz_postgresql_lock_migrations,
    .open_scratch = mz_postgresql_open_scratch,
    .compare_scratch = mz_postgresql_compare_scratch,
    .close_scratch = mz_postgresql_close_scratch,
};
