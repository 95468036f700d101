/* See sql.h. Connections wait in a list for who needs one next, the warmest first; when all that there may be are in
 * use, who asks waits. A transaction is repeated while its fate says so and the patience lasts; what becomes of it
 * otherwise is decided here and nowhere else.
 *
 * SQLite has one writer, for which threads wait here in the order of a lock and not by its own polling, and readers
 * beside it; PostgreSQL has connections for both. */
#include "base/clock.h"
#include "base/error.h"
#include "store/open.h"
#include "text/text.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { USUAL_WAIT_MS = 10000, LONGEST_PAUSE_MS = 64, LOST_PAUSE_MS = 100, VALUES_MOST = MZ_DIALECT_VALUES_MOST };
enum { NS_OF_MS = 1000000 };

typedef struct sql_pool {
    mz_sql *idle;
    unsigned in_use, most;
} sql_pool;

struct mz_store {
    const mz_sql_backend *backend;
    mz_sql_place place;
    pthread_mutex_t lock;
    pthread_cond_t came_back;
    sql_pool writers, readers;
};

/* ---- connections ---- */

static sql_pool *pool_for(mz_store *store, bool reading) {
    return reading && store->readers.most ? &store->readers : &store->writers;
}

static struct timespec moment(uint64_t until_ns) {
    return (struct timespec){.tv_sec = (time_t)(until_ns / 1000000000), .tv_nsec = (long)(until_ns % 1000000000)};
}

/* A place among those in use, and an idle connection where there is one; false when none came back in time. */
static bool take_place(mz_store *store, sql_pool *pool, uint64_t until_ns, mz_sql **ret_idle) {
    struct timespec until = moment(until_ns);
    pthread_mutex_lock(&store->lock);
    while (pool->in_use == pool->most && pthread_cond_timedwait(&store->came_back, &store->lock, &until) != ETIMEDOUT)
        continue;
    bool taken = pool->in_use < pool->most;
    if (taken) {
        pool->in_use++;
        *ret_idle = pool->idle;
        if (pool->idle) pool->idle = pool->idle->next;
    }
    pthread_mutex_unlock(&store->lock);
    return taken;
}

static void leave_place(mz_store *store, sql_pool *pool, mz_sql *idle) {
    pthread_mutex_lock(&store->lock);
    pool->in_use--;
    if (idle) {
        idle->next = pool->idle;
        pool->idle = idle;
    }
    /* writers and readers wait for the same condition */
    pthread_cond_broadcast(&store->came_back);
    pthread_mutex_unlock(&store->lock);
}

static mz_status take(mz_store *store, bool reading, uint64_t until_ns, mz_sql **ret_sql, mz_error *error) {
    sql_pool *pool = pool_for(store, reading);
    mz_sql *sql = NULL;
    if (!take_place(store, pool, until_ns, &sql))
        return mz_fail(error, MZ_ERR_BUSY, "all %u connections to the store are in use; try again in a moment",
                       pool->most);
    mz_status status =
        sql ? MZ_OK : store->backend->connect(&store->place, reading && pool == &store->readers, &sql, error);
    if (status) {
        leave_place(store, pool, NULL);
        return status;
    }
    sql->fate = MZ_SQL_FINE;
    sql->why = (mz_error){0};
    sql->transaction[0] = '\0';
    *ret_sql = sql;
    return MZ_OK;
}

static void give_back(mz_store *store, bool reading, mz_sql *sql) {
    bool gone = sql->fate == MZ_SQL_LOST || sql->fate == MZ_SQL_UNKNOWN;
    if (gone) store->backend->disconnect(sql);
    leave_place(store, pool_for(store, reading), gone ? NULL : sql);
}

static void disconnect_all(mz_store *store, sql_pool *pool) {
    assert(!pool->in_use);
    while (pool->idle) {
        mz_sql *next = pool->idle->next;
        store->backend->disconnect(pool->idle);
        pool->idle = next;
    }
}

/* ---- transactions ---- */

typedef struct sql_attempt {
    mz_sql_fate fate;
    mz_status status;
    char transaction[MZ_SQL_KEY_SIZE];
} sql_attempt;

mz_status mz_sql_failed(mz_sql *sql, mz_sql_fate fate, const mz_error *error) {
    if (sql->fate == MZ_SQL_FINE || fate > sql->fate) {
        sql->fate = fate;
        sql->why = *error;
    }
    return error->status;
}

void mz_sql_doom(mz_sql *sql, const mz_error *error) {
    (void)mz_sql_failed(sql, MZ_SQL_FAILED, error);
}

static sql_attempt try_once(mz_store *store, mz_sql_begin how, mz_store_work *work, void *context, uint64_t until_ns,
                            mz_error *error) {
    mz_sql *sql = NULL;
    bool reading = how == MZ_SQL_READ;
    mz_status status = take(store, reading, until_ns, &sql, error);
    if (status) return (sql_attempt){status == MZ_ERR_NETWORK ? MZ_SQL_LOST : MZ_SQL_FAILED, status, ""};
    status = store->backend->begin(sql, how, error);
    if (!status) status = work(context, sql, error);
    if (!status && sql->fate == MZ_SQL_FINE) status = store->backend->commit(sql, error);
    if (sql->fate != MZ_SQL_FINE) {
        *error = sql->why;
        status = sql->why.status;
    }
    if (status && sql->fate < MZ_SQL_LOST) store->backend->rollback(sql);
    sql_attempt made = {sql->fate, status, ""};
    memcpy(made.transaction, sql->transaction, sizeof made.transaction);
    give_back(store, reading, sql);
    return made;
}

static void pause_ms(uint64_t ms) {
    struct timespec rest = moment(ms * NS_OF_MS);
    while (nanosleep(&rest, &rest) < 0 && errno == EINTR) continue;
}

/* Longer each time, and not as long as the other one's, so that two do not meet again for ever. */
static void pause_before(unsigned repetition, mz_sql_fate fate) {
    uint64_t most = repetition < 6 ? UINT64_C(1) << repetition : LONGEST_PAUSE_MS;
    pause_ms(fate == MZ_SQL_LOST ? LOST_PAUSE_MS : mz_clock_ns() / 1000 % most + 1);
}

/* Asks a server that is back what became of a commit which it did not answer. The fate becomes MZ_SQL_FINE, or
 * MZ_SQL_LOST: to be done again. */
static void settle(mz_store *store, sql_attempt *made, uint64_t until_ns, mz_error *error) {
    while (made->fate == MZ_SQL_UNKNOWN && mz_clock_ns() < until_ns) {
        mz_error own = {0};
        mz_sql *sql = NULL;
        bool committed = false;
        mz_status status = take(store, false, until_ns, &sql, &own);
        if (!status) {
            status = store->backend->was_committed(sql, made->transaction, &committed, &own);
            give_back(store, false, sql);
        }
        if (status) {
            pause_ms(LOST_PAUSE_MS);
            continue;
        }
        made->fate = committed ? MZ_SQL_FINE : MZ_SQL_LOST;
        made->status = committed ? MZ_OK : made->status;
    }
    if (made->fate == MZ_SQL_UNKNOWN)
        made->status =
            mz_fail(error, MZ_ERR_NETWORK,
                    "%s was lost while a change was being committed; whether it was is not known", store->place.shown);
}

static uint64_t end_of_patience(const mz_store *store) {
    return mz_clock_ns() + store->place.wait_ms * UINT64_C(1000000);
}

static mz_status transact(mz_store *store, mz_sql_begin how, mz_store_work *work, void *context, uint64_t until_ns,
                          mz_error *error) {
    mz_error own = {0};
    sql_attempt made;
    for (unsigned repetition = 0;; repetition++) {
        made = try_once(store, how, work, context, until_ns, &own);
        if (made.fate == MZ_SQL_UNKNOWN) settle(store, &made, end_of_patience(store), &own);
        if ((made.fate != MZ_SQL_MET_ANOTHER && made.fate != MZ_SQL_LOST) || mz_clock_ns() >= until_ns) break;
        pause_before(repetition, made.fate);
    }
    if (made.fate == MZ_SQL_MET_ANOTHER)
        made.status = mz_fail(&own, MZ_ERR_BUSY, "others changed the same in the store again and again; try again");
    if (made.status && error) *error = own;
    return made.status;
}

mz_status mz_store_transact(mz_store *store, mz_sql_begin how, mz_store_work *work, void *context, mz_error *error) {
    return transact(store, how, work, context, end_of_patience(store), error);
}

mz_status mz_store_change(mz_store *store, mz_store_work *work, void *context, mz_error *error) {
    return mz_store_transact(store, MZ_SQL_CHANGE, work, context, error);
}

mz_status mz_store_try(mz_store *store, mz_store_work *work, void *context, mz_error *error) {
    return transact(store, MZ_SQL_CHANGE, work, context, mz_clock_ns(), error);
}

mz_status mz_store_read(mz_store *store, mz_store_work *work, void *context, mz_error *error) {
    return mz_store_transact(store, MZ_SQL_READ, work, context, error);
}

/* ---- statements ---- */

static mz_status check_values(const mz_sql_value *values, size_t count, mz_error *error) {
    if (count > VALUES_MOST) return mz_fail(error, MZ_ERR_ARGUMENT, "%zu values; %d are allowed", count, VALUES_MOST);
    for (size_t k = 0; k < count; k++) {
        if (values[k].kind != MZ_SQL_TEXT || !values[k].text.size) continue;
        size_t bad = 0;
        if (!mz_utf8_valid(values[k].text, &bad))
            return mz_fail(error, MZ_ERR_ARGUMENT, "value %zu is not UTF-8 from byte %zu on", k + 1, bad);
        if (memchr(values[k].text.data, 0, values[k].text.size))
            return mz_fail(error, MZ_ERR_ARGUMENT, "value %zu has the character U+0000, which no store keeps", k + 1);
    }
    return MZ_OK;
}

static mz_status carry_out(mz_sql *sql, const char *statement, const mz_sql_value *values, size_t count,
                           mz_sql_row *row, void *context, uint64_t *ret_changed, mz_error *error) {
    mz_error own = {0};
    mz_status status = sql->fate ? sql->why.status : MZ_OK;
    if (status) {
        own = sql->why;
    } else {
        if (sql->in_rows)
            status = mz_fail(&own, MZ_ERR_ARGUMENT, "a statement while the rows of another are given out: %.200s",
                             statement);
        if (!status) status = check_values(values, count, &own);
        if (status)
            (void)mz_sql_failed(sql, MZ_SQL_FAILED, &own);
        else
            status = sql->backend->carry_out(sql, statement, values, count, row, context, ret_changed, &own);
    }
    if (status && error) *error = own;
    return status;
}

mz_status mz_sql_run(mz_sql *sql, const char *statement, const mz_sql_value *values, size_t count,
                     uint64_t *ret_changed, mz_error *error) {
    uint64_t changed = 0;
    mz_status status = carry_out(sql, statement, values, count, NULL, NULL, &changed, error);
    if (!status && ret_changed) *ret_changed = changed;
    return status;
}

mz_status mz_sql_query(mz_sql *sql, const char *query, const mz_sql_value *values, size_t count, mz_sql_row *row,
                       void *context, mz_error *error) {
    uint64_t changed;
    return carry_out(sql, query, values, count, row, context, &changed, error);
}

typedef struct first_row {
    mz_arena *arena;
    mz_sql_value *columns;
} first_row;

static mz_status keep_first(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    first_row *first = context;
    first->columns = MZ_ARENA_NEW(first->arena, count, mz_sql_value);
    for (size_t k = 0; k < count && first->columns; k++) {
        first->columns[k] = columns[k];
        if (columns[k].kind == MZ_SQL_TEXT || columns[k].kind == MZ_SQL_BYTES)
            first->columns[k].text = mz_arena_copy(first->arena, columns[k].text);
    }
    if (first->arena->failed) {
        first->columns = NULL;
        return mz_fail_arena(first->arena, error, "a row of the store");
    }
    return mz_fail(error, MZ_ERR_CANCELLED, "the first row is enough");
}

mz_status mz_sql_first(mz_sql *sql, const char *query, const mz_sql_value *values, size_t count, mz_arena *arena,
                       const mz_sql_value **ret_columns, mz_error *error) {
    first_row first = {.arena = arena};
    mz_error own = {0};
    mz_status status = mz_sql_query(sql, query, values, count, keep_first, &first, &own);
    if (status == MZ_ERR_CANCELLED && first.columns) status = MZ_OK;
    if (!status)
        *ret_columns = first.columns;
    else if (error)
        *error = own;
    return status;
}

/* ---- opening ---- */

mz_store_options mz_store_usual_options(void) {
    return (mz_store_options){mz_migrations, mz_migration_count, USUAL_WAIT_MS};
}

static const mz_sql_backend *backend_of(const char *address) {
    bool server = strncmp(address, "postgresql://", 13) == 0 || strncmp(address, "postgres://", 11) == 0;
    return server ? &mz_postgresql_backend : &mz_sqlite_backend;
}

/* NULL, and the error, when there is no memory or the address cannot be understood. */
static mz_store *new_store(const char *address, const mz_store_options *options, mz_error *error) {
    const mz_sql_backend *backend = backend_of(address);
    pthread_condattr_t attributes;
    mz_store *store = calloc(1, sizeof *store);
    char *copy = strdup(address);
    if (!store || !copy) (void)mz_fail_memory(error);
    if (!store || !copy || backend->shown(address, &store->place.shown, error)) {
        free(copy);
        free(store);
        return NULL;
    }
    store->backend = backend;
    store->place.address = copy;
    store->place.wait_ms = options->wait_ms;
    store->writers.most = store->backend->writers_most;
    store->readers.most = store->backend->readers_most;
    pthread_mutex_init(&store->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&store->came_back, &attributes);
    pthread_condattr_destroy(&attributes);
    return store;
}

mz_status mz_store_open_with(const char *address, const mz_store_options *options, mz_store **ret_store,
                             mz_error *error) {
    mz_error own = {0};
    if (!address || !*address)
        return mz_fail(error, MZ_ERR_ARGUMENT, "no store is named: a path, or postgresql://HOST/DATABASE");
    mz_store *store = new_store(address, options, &own);
    mz_status status = store ? store->backend->prepare_place(&store->place, &own) : own.status;
    if (!status && store) status = mz_store_migrate(store, options->migrations, options->migration_count, &own);
    if (status) {
        mz_store_close(store);
        if (error) *error = own;
    } else {
        *ret_store = store;
    }
    return status;
}

mz_status mz_store_open(const char *address, mz_store **ret_store, mz_error *error) {
    mz_store_options options = mz_store_usual_options();
    return mz_store_open_with(address, &options, ret_store, error);
}

void mz_store_close(mz_store *store) {
    if (!store) return;
    disconnect_all(store, &store->readers);
    disconnect_all(store, &store->writers); /* SQLite's last one, that brings everything into the one file */
    pthread_cond_destroy(&store->came_back);
    pthread_mutex_destroy(&store->lock);
    free(store->place.shown);
    free(store->place.address);
    free(store);
}

const char *mz_store_shown(const mz_store *store) {
    return store->place.shown;
}
