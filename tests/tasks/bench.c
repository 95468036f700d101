#include "bench.h"

#include "test.h"

#include <stdio.h>

typedef struct addition {
    const mz_agency *agency;
    const char *kind, *object, *argument;
    char key[MZ_SQL_KEY_SIZE];
} addition;

static mz_status add(void *context, mz_sql *sql, mz_error *error) {
    addition *added = context;
    return mz_task_add(sql, added->agency->key, added->kind, mz_str_of(added->object), mz_str_of(added->argument),
                       MZ_STR(""), added->key, error);
}

mz_str bench_add_for(office *open, const mz_agency *agency, const char *kind, const char *object,
                     const char *argument) {
    addition added = {agency, kind, object, argument, ""};
    mz_error error;
    CHECK_OK(mz_store_change(open->store, add, &added, &error), error);
    return mz_arena_copy(&open->arena, mz_str_of(added.key));
}

mz_str bench_add(office *open, const char *kind, const char *object) {
    return bench_add_for(open, &open->house, kind, object, "");
}

typedef struct fetching {
    office *open;
    mz_str key;
    mz_task task;
} fetching;

static mz_status get(void *context, mz_sql *sql, mz_error *error) {
    fetching *fetched = context;
    mz_status status =
        mz_task_get(sql, fetched->open->house.key, fetched->key, &fetched->open->arena, &fetched->task, error);
    if (status != MZ_ERR_NOT_FOUND) return status;
    return mz_task_get(sql, fetched->open->bureau.key, fetched->key, &fetched->open->arena, &fetched->task, error);
}

mz_task bench_get(office *open, mz_str key) {
    fetching fetched = {.open = open, .key = key};
    mz_error error;
    CHECK_OK(mz_store_read(open->store, get, &fetched, &error), error);
    return fetched.task;
}

static mz_status cancel(void *context, mz_sql *sql, mz_error *error) {
    const fetching *fetched = context;
    return mz_task_cancel(sql, fetched->open->house.key, fetched->key, error);
}

void bench_cancel(office *open, mz_str key) {
    fetching fetched = {.open = open, .key = key};
    mz_error error;
    CHECK_OK(mz_store_change(open->store, cancel, &fetched, &error), error);
}

mz_worker *bench_worker(mz_store *store, const mz_task_runner *runners, size_t count) {
    mz_worker *worker;
    mz_error error;
    const mz_task_pace pace = {.look_ms = 20, .rest_ms = 50, .beat_s = 10, .stale_s = MZ_TASK_STALE_S};
    CHECK_OK(mz_worker_new(store, runners, count, &worker, &error), error);
    mz_worker_pace(worker, &pace);
    return worker;
}

bool bench_step(mz_worker *worker) {
    bool worked;
    mz_error error;
    CHECK_OK(mz_worker_step(worker, &worked, &error), error);
    return worked;
}

mz_status bench_work(mz_sql *sql, const char *name, mz_error *error) {
    const mz_sql_value value = mz_sql_text(mz_str_of(name));
    return mz_sql_run(sql,
                      "INSERT INTO task (task, agency, kind, object, argument, phase, cancel, done, expected, unit, "
                      "state, error, creator, worker, beat, tries, created, started, ended) SELECT ?1, MIN(agency), "
                      "'work', '', '{}', 'done', 0, 0, 0, '', '{}', '', '', '', 0, 0, 0, 0, 0 FROM access_agency",
                      &value, 1, NULL, error);
}

typedef struct counting {
    const char *start;
    int count;
} counting;

static mz_status count_row(void *context, const mz_sql_value *columns, size_t count, mz_error *error) {
    counting *counted = context;
    (void)count;
    (void)error;
    counted->count += strncmp(columns[0].text.data, counted->start, strlen(counted->start)) == 0;
    return MZ_OK;
}

static mz_status count_rows(void *context, mz_sql *sql, mz_error *error) {
    ((counting *)context)->count = 0;
    return mz_sql_query(sql, "SELECT task FROM task WHERE kind = 'work'", NULL, 0, count_row, context, error);
}

int bench_done(office *open, const char *start) {
    counting counted = {.start = start};
    mz_error error;
    CHECK_OK(mz_store_read(open->store, count_rows, &counted, &error), error);
    return counted.count;
}
