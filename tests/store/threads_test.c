/* Many threads on one store: what each reads and writes in a transaction is as if it were alone. */
#include "stores.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

enum { THREADS = 6, TURNS = 40, PAIRS = 5 };

static mz_status prepare(void *context, mz_sql *sql, mz_error *error) {
    (void)context;
    return mz_sql_run(sql, "INSERT INTO thing (key, size) VALUES ('left', 100), ('right', 100)", NULL, 0, NULL, error);
}

static mz_status size_of(mz_sql *sql, const char *key, int64_t *ret_size, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(mz_str_of(key))};
    const mz_sql_value *row = NULL;
    mz_arena arena;
    mz_arena_init(&arena, 1 << 16);
    mz_status status = mz_sql_first(sql, "SELECT size FROM thing WHERE key = ?1", values, 1, &arena, &row, error);
    if (!status) *ret_size = row ? row[0].number : -1;
    mz_arena_done(&arena);
    return status;
}

static mz_status set_size(mz_sql *sql, const char *key, int64_t size, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(mz_str_of(key)), mz_sql_int(size)};
    return mz_sql_run(sql, "UPDATE thing SET size = ?2 WHERE key = ?1", values, 2, NULL, error);
}

/* Reads both, and writes what it read: a change in between would be lost. */
static mz_status move_one(void *context, mz_sql *sql, mz_error *error) {
    int64_t left = 0, right = 0, by = *(const int64_t *)context;
    mz_status status = size_of(sql, "left", &left, error);
    if (!status) status = size_of(sql, "right", &right, error);
    if (!status) status = set_size(sql, "left", left - by, error);
    if (!status) status = set_size(sql, "right", right + by, error);
    return status;
}

static mz_status add_up(void *context, mz_sql *sql, mz_error *error) {
    int64_t left = 0, right = 0, *sum = context;
    mz_status status = size_of(sql, "left", &left, error);
    if (!status) status = size_of(sql, "right", &right, error);
    if (!status) *sum = left + right;
    return status;
}

static mz_status left_of(void *context, mz_sql *sql, mz_error *error) {
    return size_of(sql, "left", context, error);
}

typedef struct worker {
    mz_store *store;
    int64_t by;
    int64_t moved, wrong_sums;
    mz_status status;
    mz_error error;
    pthread_t thread;
} worker;

static void *work(void *context) {
    worker *own = context;
    for (int turn = 0; turn < TURNS; turn++) {
        int64_t sum = 0;
        mz_status status = mz_store_change(own->store, move_one, &own->by, &own->error);
        if (!status) own->moved += own->by;
        /* on a server, where changes may meet again and again, one may be told to come back later */
        if (status && status != MZ_ERR_BUSY) own->status = status;
        status = mz_store_read(own->store, add_up, &sum, &own->error);
        if (status) own->status = status;
        if (!status && sum != 200) own->wrong_sums++;
    }
    return NULL;
}

STORE_TEST(no_change_of_many_threads_is_lost_and_none_is_seen_by_half) {
    static worker workers[THREADS];
    mz_error error = {0};
    mz_store *store = mz_test_open(address);
    int64_t moved = 0, sum = 0;
    CHECK_OK(mz_store_change(store, prepare, NULL, &error), error);
    for (int k = 0; k < THREADS; k++) {
        workers[k] = (worker){.store = store, .by = k % 2 ? k : -k - 1};
        CHECK(pthread_create(&workers[k].thread, NULL, work, &workers[k]) == 0);
    }
    for (int k = 0; k < THREADS; k++) CHECK(pthread_join(workers[k].thread, NULL) == 0);
    for (int k = 0; k < THREADS; k++) {
        CHECK_OK(workers[k].status, workers[k].error);
        CHECK_INT(0, workers[k].wrong_sums);
        moved += workers[k].moved;
    }
    CHECK_OK(mz_store_read(store, add_up, &sum, &error), error);
    CHECK_INT(200, sum);
    CHECK_OK(mz_store_read(store, left_of, &sum, &error), error);
    CHECK_INT(100 - moved, sum);
    mz_store_close(store);
}

/* ---- write skew: each of two looks at what the other changes ---- */

typedef struct doctor {
    mz_store *store;
    const char *own;
    atomic_int *arrived;
    mz_status status;
    mz_error error;
    pthread_t thread;
} doctor;

/* Sets its own to 0 when the two together still make more than 100. */
static mz_status leave(void *context, mz_sql *sql, mz_error *error) {
    doctor *one = context;
    int64_t sum = 0;
    mz_status status = add_up(&sum, sql, error);
    if (status || sum <= 100) return status;
    atomic_fetch_add(one->arrived, 1);
    return set_size(sql, one->own, 0, error);
}

static void *leave_one(void *context) {
    doctor *one = context;
    one->status = mz_store_change(one->store, leave, one, &one->error);
    return NULL;
}

static mz_status refill(void *context, mz_sql *sql, mz_error *error) {
    (void)context;
    return mz_sql_run(sql, "UPDATE thing SET size = 100", NULL, 0, NULL, error);
}

STORE_TEST(two_that_look_at_what_the_other_changes_do_not_both_go_through) {
    mz_error error = {0};
    mz_store *store = mz_test_open(address);
    CHECK_OK(mz_store_change(store, prepare, NULL, &error), error);
    for (int pair = 0; pair < PAIRS; pair++) {
        atomic_int arrived = 0;
        static doctor both[2];
        int64_t sum = 0;
        CHECK_OK(mz_store_change(store, refill, NULL, &error), error);
        for (int k = 0; k < 2; k++) {
            both[k] = (doctor){.store = store, .own = k ? "right" : "left", .arrived = &arrived};
            CHECK(pthread_create(&both[k].thread, NULL, leave_one, &both[k]) == 0);
        }
        for (int k = 0; k < 2; k++) CHECK(pthread_join(both[k].thread, NULL) == 0);
        for (int k = 0; k < 2; k++) CHECK_OK(both[k].status, both[k].error);
        CHECK_OK(mz_store_read(store, add_up, &sum, &error), error);
        CHECK_INT(100, sum);
    }
    mz_store_close(store);
}

/* ---- more threads than connections ---- */

static mz_status hold(void *context, mz_sql *sql, mz_error *error) {
    int64_t sum = 0;
    (void)context;
    return add_up(&sum, sql, error);
}

static void *hold_one(void *context) {
    worker *own = context;
    for (int turn = 0; turn < 5 && !own->status; turn++)
        own->status = mz_store_read(own->store, hold, NULL, &own->error);
    return NULL;
}

STORE_TEST(who_finds_all_connections_in_use_waits_for_one) {
    enum { MANY = 40 };
    static worker workers[MANY];
    mz_error error = {0};
    mz_store *store = mz_test_open(address);
    CHECK_OK(mz_store_change(store, prepare, NULL, &error), error);
    for (int k = 0; k < MANY; k++) {
        workers[k] = (worker){.store = store};
        CHECK(pthread_create(&workers[k].thread, NULL, hold_one, &workers[k]) == 0);
    }
    for (int k = 0; k < MANY; k++) CHECK(pthread_join(workers[k].thread, NULL) == 0);
    for (int k = 0; k < MANY; k++) CHECK_OK(workers[k].status, workers[k].error);
    mz_store_close(store);
}

TEST_MAIN()
