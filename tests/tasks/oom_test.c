/* Adding, doing and listing tasks when memory runs out: an error, and a task that can be done later. */
#include "bench.h"
#include "oom.h"
#include "store/stores.h"
#include "test.h"

#include <stdio.h>

typedef struct day {
    const char *address;
    mz_str agency;
    unsigned number;
} day;

typedef struct step {
    day *of;
    mz_arena *arena;
    mz_task *tasks;
    size_t count;
} step;

static mz_status add(void *context, mz_sql *sql, mz_error *error) {
    const step *made = context;
    char key[MZ_SQL_KEY_SIZE], object[16];
    (void)snprintf(object, sizeof object, "%u", made->of->number);
    return mz_task_add(sql, made->of->agency, "nothing", mz_str_of(object), MZ_STR("{}"), MZ_STR(""), key, error);
}

static mz_status list(void *context, mz_sql *sql, mz_error *error) {
    step *made = context;
    return mz_tasks_list(sql, made->of->agency, MZ_STR(""), MZ_STR(""), 2, made->arena, &made->tasks, &made->count,
                         error);
}

static mz_status tell(void *context, mz_task_run *run, mz_error *error) {
    (void)context;
    return mz_task_tell(run, 1, 1, "steps", MZ_STR("{}"), error);
}

/* Whether a runner lacked memory is in the task, and not in the status of the step. */
static mz_status spend(void *context, mz_error *error) {
    day *of = context;
    const mz_task_runner runner = {"nothing", tell, NULL};
    mz_store *store;
    mz_worker *worker = NULL;
    mz_arena arena;
    bool worked;
    step made = {.of = of, .arena = &arena};
    of->number++;
    mz_status status = mz_store_open(of->address, &store, error);
    if (status) return status;
    mz_arena_init(&arena, 1 << 20);
    status = mz_store_change(store, add, &made, error);
    if (!status) status = mz_worker_new(store, &runner, 1, &worker, error);
    if (!status) status = mz_worker_step(worker, &worked, error);
    if (!status) status = mz_store_read(store, list, &made, error);
    mz_worker_free(worker);
    mz_arena_done(&arena);
    mz_store_close(store);
    return status;
}

TEST(without_memory_tasks_wait) {
    office open;
    office_open(&open, mz_test_sqlite());
    day of = {.address = mz_store_shown(open.store), .agency = open.house.key};
    printf("# %zu allocations\n", mz_oom_each(spend, &of));
    office_close(&open);
}

TEST_MAIN()
