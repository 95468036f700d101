/* mizan-bench-store: what a change of the store and a read of it take.
 *
 * usage: mizan-bench-store [--json] ADDRESS...
 *
 * Each address is a path or postgresql://…, of a store that is new. A change adds one row of some 200 bytes in a
 * transaction of its own and is acknowledged when it is on the disk; a read finds one row by its key, in a transaction
 * of its own. Each is made by one thread, and by four at once, for two seconds. A disk without a cache of its own
 * decides the first; figures of different machines do not compare. */
#include "base/clock.h"
#include "store/open.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ROWS = 1000, MOST_THREADS = 4, RUN_MS = 2000, WAIT_MS = 10000, BODY_BYTES = 200 };

typedef struct bench_thread {
    mz_store *store;
    mz_store_work *work;
    atomic_bool *stop;
    char (*keys)[MZ_SQL_KEY_SIZE];
    unsigned seed;
    uint64_t done;
    mz_status status;
    mz_error error;
    pthread_t thread;
} bench_thread;

static mz_status add_row(mz_sql *sql, const char *key, mz_error *error) {
    char body[BODY_BYTES];
    memset(body, 'b', sizeof body);
    const mz_sql_value values[] = {mz_sql_text(mz_str_of(key)), mz_sql_text((mz_str){body, sizeof body})};
    return mz_sql_run(sql, "INSERT INTO bench (key, body) VALUES (?1, ?2)", values, 2, NULL, error);
}

static mz_status change(void *context, mz_sql *sql, mz_error *error) {
    char key[MZ_SQL_KEY_SIZE];
    (void)context;
    mz_sql_new_key(key);
    return add_row(sql, key, error);
}

static mz_status see(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    (void)count, (void)error;
    *(size_t *)context += columns[0].text.size;
    return MZ_OK;
}

static mz_status read_row(void *context, mz_sql *sql, mz_error *error) {
    bench_thread *own = context;
    size_t seen = 0;
    own->seed = own->seed * 1664525u + 1013904223u;
    const mz_sql_value values[] = {mz_sql_text(mz_str_of(own->keys[own->seed / 65536 % ROWS]))};
    return mz_sql_query(sql, "SELECT body FROM bench WHERE key = ?1", values, 1, see, &seen, error);
}

static mz_status fill(void *context, mz_sql *sql, mz_error *error) {
    char(*keys)[MZ_SQL_KEY_SIZE] = context;
    mz_status status = MZ_OK;
    for (int k = 0; !status && k < ROWS; k++) {
        mz_sql_new_key(keys[k]);
        status = add_row(sql, keys[k], error);
    }
    return status;
}

static void *run_one(void *context) {
    bench_thread *own = context;
    bool reads = own->work == read_row;
    while (!own->status && !atomic_load(own->stop)) {
        own->status = reads ? mz_store_read(own->store, own->work, own, &own->error)
                            : mz_store_change(own->store, own->work, own, &own->error);
        own->done += !own->status;
    }
    return NULL;
}

static int measure(const char *what, bench_thread *like, int count, bool json) {
    bench_thread threads[MOST_THREADS];
    atomic_bool stop = false;
    uint64_t done = 0, start = mz_clock_ns();
    for (int k = 0; k < count; k++) {
        threads[k] = *like;
        threads[k].stop = &stop;
        threads[k].seed = (unsigned)k;
        if (pthread_create(&threads[k].thread, NULL, run_one, &threads[k])) return 1;
    }
    while (mz_clock_ns() - start < RUN_MS * UINT64_C(1000000)) (void)nanosleep(&(struct timespec){0, 10000000}, NULL);
    atomic_store(&stop, true);
    for (int k = 0; k < count; k++) {
        (void)pthread_join(threads[k].thread, NULL);
        if (threads[k].status) return fprintf(stderr, "mizan-bench-store: %s\n", threads[k].error.text), 1;
        done += threads[k].done;
    }
    double per_s = (double)done * 1e9 / (double)(mz_clock_ns() - start);
    if (json)
        printf("{\"measure\":\"store\",\"of\":\"%s\",\"what\":\"%s\",\"threads\":%d,\"per_s\":%.0f}\n",
               strstr(mz_store_shown(like->store), "://") ? "postgresql" : "sqlite", what, count, per_s);
    else
        printf("  %-8s by %d thread%s %9.0f/s\n", what, count, count == 1 ? ": " : "s:", per_s);
    return fflush(stdout);
}

static int measure_store(const char *address, bool json) {
    static char keys[ROWS][MZ_SQL_KEY_SIZE];
    const mz_migration migrations[] = {
        mz_migrations[0],
        {"0001_bench", MZ_STR_INIT("CREATE TABLE bench (key TEXT NOT NULL PRIMARY KEY, body TEXT NOT NULL) STRICT")}};
    const mz_store_options options = {migrations, 2, WAIT_MS};
    mz_store *store = NULL;
    mz_error error = {0};
    mz_status status = mz_store_open_with(address, &options, &store, &error);
    if (!status) status = mz_store_change(store, fill, keys, &error);
    if (status) return fprintf(stderr, "mizan-bench-store: %s\n", error.text), 1;
    if (!json) printf("store in %s\n", mz_store_shown(store));
    bench_thread changes = {.store = store, .work = change}, reads = {.store = store, .work = read_row, .keys = keys};
    int outcome = measure("changes", &changes, 1, json) || measure("changes", &changes, MOST_THREADS, json) ||
                  measure("reads", &reads, 1, json) || measure("reads", &reads, MOST_THREADS, json);
    mz_store_close(store);
    return outcome;
}

int main(int argc, char **argv) {
    bool json = argc > 1 && strcmp(argv[1], "--json") == 0;
    int first = json ? 2 : 1, outcome = argc > first ? 0 : 2;
    if (outcome) (void)fprintf(stderr, "usage: mizan-bench-store [--json] ADDRESS...\n");
    for (int k = first; !outcome && k < argc; k++) outcome = measure_store(argv[k], json);
    return outcome;
}
