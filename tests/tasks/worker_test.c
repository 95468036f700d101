/* Workers: what one of them has no other does, and what one leaves behind another takes up. */
#include "bench.h"
#include "store/stores.h"
#include "test.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORKERS = 4, CROWD = 24, STEPS = 6 };

static void rest_ms(long ms) {
    (void)nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

/* ---- several at once ---- */

typedef struct contest {
    mz_store *store;
    const char *address;
    mz_task_runner runner;
    atomic_bool failed;
} contest;

typedef struct piece {
    mz_task_run *run;
    const char *name;
    uint64_t done;
    const char *state;
} piece;

static mz_status work_and_note(void *context, mz_sql *sql, mz_error *error) {
    const piece *done = context;
    mz_status status = bench_work(sql, done->name, error);
    if (status) return status;
    return mz_task_note(done->run, sql, done->done, STEPS, "steps", mz_str_of(done->state), error);
}

static mz_status do_once(void *context, mz_task_run *run, mz_error *error) {
    char name[64];
    contest *held = context;
    (void)snprintf(name, sizeof name, "once-%s", mz_task_of(run)->object.data);
    piece done = {run, name, 1, "{}"};
    return mz_store_change(held->store, work_and_note, &done, error);
}

/* Each has a connection of its own to the store, as another process would. */
static void *compete(void *context) {
    contest *held = context;
    mz_store *store;
    mz_worker *worker;
    bool worked = true;
    contest own = *held;
    if (mz_store_open(held->address, &store, NULL)) {
        atomic_store(&held->failed, true);
        return NULL;
    }
    own.store = store;
    own.runner.context = &own;
    if (mz_worker_new(store, &own.runner, 1, &worker, NULL)) {
        atomic_store(&held->failed, true);
    } else {
        while (worked && !atomic_load(&held->failed))
            if (mz_worker_step(worker, &worked, NULL)) atomic_store(&held->failed, true);
        mz_worker_free(worker);
    }
    mz_store_close(store);
    return NULL;
}

STORE_TEST(each_task_is_done_once_although_several_compete) {
    office open;
    pthread_t threads[WORKERS];
    mz_str keys[CROWD];
    office_open(&open, address);
    contest held = {.address = address, .runner = {"once", do_once, NULL}};
    for (int k = 0; k < CROWD; k++) {
        char object[8];
        (void)snprintf(object, sizeof object, "%d", k);
        keys[k] = bench_add_for(&open, k % 3 ? &open.house : &open.bureau, "once", object, "");
    }
    for (int k = 0; k < WORKERS; k++) CHECK(pthread_create(&threads[k], NULL, compete, &held) == 0);
    for (int k = 0; k < WORKERS; k++) CHECK(pthread_join(threads[k], NULL) == 0);
    CHECK(!atomic_load(&held.failed));
    CHECK_INT(CROWD, bench_done(&open, "once-"));
    for (int k = 0; k < CROWD; k++) CHECK_STR(MZ_STR("done"), bench_get(&open, keys[k]).phase);
    office_close(&open);
}

typedef struct inner {
    mz_worker *other;
    mz_task_runner runner;
    bool took;
} inner;

static mz_status let_another_look(void *context, mz_task_run *run, mz_error *error) {
    inner *at = context;
    (void)run;
    return mz_worker_step(at->other, &at->took, error);
}

static mz_status do_nothing(void *context, mz_task_run *run, mz_error *error) {
    (void)context;
    (void)run;
    (void)error;
    return MZ_OK;
}

STORE_TEST(of_one_kind_and_object_one_runs_at_a_time) {
    office open;
    office_open(&open, address);
    const mz_task_runner simple = {"lists", do_nothing, NULL};
    inner at = {.other = bench_worker(open.store, &simple, 1), .took = true};
    const mz_task_runner runner = {"lists", let_another_look, &at};
    mz_worker *worker = bench_worker(open.store, &runner, 1);
    (void)bench_add_for(&open, &open.house, "lists", "un", "{\"first\":true}");
    (void)bench_add_for(&open, &open.house, "lists", "un", "{\"first\":false}");
    CHECK(bench_step(worker));
    CHECK(!at.took);
    (void)bench_add(&open, "lists", "eu");
    CHECK(bench_step(worker));
    CHECK(at.took);
    mz_worker_free(worker);
    mz_worker_free(at.other);
    office_close(&open);
}

/* ---- killed ---- */

typedef struct journey {
    mz_store *store;
    int killed_before; /* this step; -1: none */
    int begun_at;
} journey;

/* Steps that are told by `state`; each one's work, progress and state are one change. */
static mz_status go_on(void *context, mz_task_run *run, mz_error *error) {
    journey *made = context;
    mz_status status = MZ_OK;
    int step = 0;
    (void)sscanf(mz_task_of(run)->state.data, "{\"step\":%d}", &step);
    made->begun_at = step;
    for (; step < STEPS && !status; step++) {
        char name[32], state[32];
        if (step == made->killed_before) (void)kill(getpid(), SIGKILL);
        (void)snprintf(name, sizeof name, "step-%d", step);
        (void)snprintf(state, sizeof state, "{\"step\":%d}", step + 1);
        piece done = {run, name, (uint64_t)step + 1, state};
        status = mz_store_change(made->store, work_and_note, &done, error);
    }
    return status;
}

static void be_killed(const char *address, int before) {
    mz_store *store;
    mz_worker *worker;
    bool worked;
    journey made = {.killed_before = before};
    const mz_task_runner runner = {"journey", go_on, &made};
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        if (mz_store_open(address, &store, NULL) || mz_worker_new(store, &runner, 1, &worker, NULL)) _exit(1);
        made.store = store;
        (void)mz_worker_step(worker, &worked, NULL);
        _exit(2);
    }
    int how = 0;
    CHECK(waitpid(child, &how, 0) == child);
    CHECK(WIFSIGNALED(how) && WTERMSIG(how) == SIGKILL);
}

/* The child opens the store for itself: nothing of it may be open when it is forked. */
STORE_TEST(what_a_killed_worker_left_is_taken_up_where_it_was) {
    office open;
    mz_error error;
    office_open(&open, address);
    mz_str key = bench_add(&open, "journey", "");
    mz_store *store = open.store;
    mz_access_close(open.access);
    mz_store_close(store);
    be_killed(address, 3);
    CHECK_OK(mz_store_open(address, &open.store, &error), error);
    mz_access_settings settings = MZ_ACCESS_SETTINGS_INIT;
    CHECK_OK(mz_access_open(open.store, &settings, &open.access, &error), error);
    journey made = {.store = open.store, .killed_before = -1, .begun_at = -1};
    const mz_task_runner runner = {"journey", go_on, &made};
    mz_worker *worker = bench_worker(open.store, &runner, 1);
    CHECK_STR(MZ_STR("running"), bench_get(&open, key).phase);
    office_later(MZ_TASK_STALE_S);
    CHECK(!bench_step(worker)); /* it may be alive */
    office_later(1);
    CHECK(bench_step(worker));
    CHECK_INT(3, made.begun_at);
    mz_task task = bench_get(&open, key);
    CHECK_STR(MZ_STR("done"), task.phase);
    CHECK_INT(STEPS, task.done);
    CHECK_INT(STEPS, bench_done(&open, "step-"));
    CHECK_INT(OFFICE_NOW, task.started);
    mz_worker_free(worker);
    office_close(&open);
}

typedef struct death {
    mz_str worker;
    const mz_task_runner *runner;
    mz_arena *arena;
    mz_task task;
} death;

static mz_status take_and_die(void *context, mz_sql *sql, mz_error *error) {
    death *died = context;
    const mz_task_taker taker = {died->worker, died->runner, 1, MZ_TASK_STALE_S};
    return mz_task_take(sql, &taker, died->arena, &died->task, error);
}

STORE_TEST(what_ends_its_worker_each_time_is_given_up) {
    office open;
    mz_error error;
    office_open(&open, address);
    const mz_task_runner runner = {"deadly", do_nothing, NULL};
    mz_str key = bench_add(&open, "deadly", "");
    death died = {MZ_STR("somebody"), &runner, &open.arena, {.done = 0}};
    for (int k = 0; k < MZ_TASK_TRIES_MOST; k++) {
        CHECK_OK(mz_store_change(open.store, take_and_die, &died, &error), error);
        CHECK_STR(key, died.task.key);
        office_later(MZ_TASK_STALE_S + 1);
    }
    mz_worker *worker = bench_worker(open.store, &runner, 1);
    CHECK(!bench_step(worker));
    mz_task task = bench_get(&open, key);
    CHECK_STR(MZ_STR("failed"), task.phase);
    CHECK_STR(MZ_STR("the program ended each time it was at this; see its log, and begin anew"), task.error);
    mz_worker_free(worker);
    office_close(&open);
}

STORE_TEST(what_was_cancelled_after_its_worker_died_is_not_taken_up) {
    office open;
    mz_error error;
    office_open(&open, address);
    const mz_task_runner runner = {"deadly", do_nothing, NULL};
    mz_str key = bench_add(&open, "deadly", "");
    death died = {MZ_STR("somebody"), &runner, &open.arena, {.done = 0}};
    CHECK_OK(mz_store_change(open.store, take_and_die, &died, &error), error);
    bench_cancel(&open, key);
    CHECK(bench_get(&open, key).cancelling);
    office_later(MZ_TASK_STALE_S + 1);
    mz_worker *worker = bench_worker(open.store, &runner, 1);
    CHECK(!bench_step(worker));
    CHECK_STR(MZ_STR("cancelled"), bench_get(&open, key).phase);
    mz_worker_free(worker);
    office_close(&open);
}

/* ---- taken to be dead ---- */

/* Its worker was stopped for a minute, in the middle of this, and the task was taken up and done meanwhile. */
typedef struct sleeper {
    mz_store *store;
    mz_worker *other;
    mz_status status;
} sleeper;

static mz_status oversleep(void *context, mz_task_run *run, mz_error *error) {
    sleeper *slept = context;
    bool took = false;
    piece done = {run, "late", 1, "{}"};
    office_later(MZ_TASK_STALE_S + 1);
    mz_status status = mz_worker_step(slept->other, &took, error);
    if (status || !took) return mz_store_change(slept->store, work_and_note, &done, error);
    return slept->status = mz_store_change(slept->store, work_and_note, &done, error);
}

STORE_TEST(who_was_taken_to_be_dead_can_commit_no_more) {
    office open;
    office_open(&open, address);
    contest held = {.store = open.store};
    const mz_task_runner punctual = {"nap", do_once, &held};
    sleeper slept = {.store = open.store, .other = bench_worker(open.store, &punctual, 1)};
    const mz_task_runner late = {"nap", oversleep, &slept};
    mz_worker *worker = bench_worker(open.store, &late, 1);
    const mz_task_pace asleep = {.look_ms = 60000, .rest_ms = 50, .beat_s = 600, .stale_s = MZ_TASK_STALE_S};
    mz_worker_pace(worker, &asleep);
    mz_str key = bench_add(&open, "nap", "o");
    CHECK(bench_step(worker));
    CHECK_INT(MZ_ERR_CANCELLED, slept.status);
    CHECK_INT(0, bench_done(&open, "late"));
    CHECK_INT(1, bench_done(&open, "once-o"));
    CHECK_STR(MZ_STR("done"), bench_get(&open, key).phase);
    mz_worker_free(worker);
    mz_worker_free(slept.other);
    office_close(&open);
}

/* With the real clock: a step that takes longer than the time after which a worker is taken to be dead. */
static mz_status take_long(void *context, mz_task_run *run, mz_error *error) {
    inner *at = context;
    (void)run;
    mz_status status = MZ_OK;
    for (int k = 0; k < 35 && !status && !at->took; k++) {
        rest_ms(100);
        status = mz_worker_step(at->other, &at->took, error);
    }
    return status;
}

STORE_TEST(a_worker_in_a_long_step_is_alive) {
    office open;
    office_open(&open, address);
    (void)unsetenv("MIZAN_NOW");
    const mz_task_runner simple = {"long", do_nothing, NULL};
    const mz_task_pace hasty = {.look_ms = 50, .rest_ms = 50, .beat_s = 0, .stale_s = 1};
    inner at = {.other = bench_worker(open.store, &simple, 1)};
    const mz_task_runner runner = {"long", take_long, &at};
    mz_worker *worker = bench_worker(open.store, &runner, 1);
    mz_worker_pace(worker, &hasty);
    mz_worker_pace(at.other, &hasty);
    mz_str key = bench_add(&open, "long", "");
    CHECK(bench_step(worker));
    CHECK(!at.took);
    CHECK_STR(MZ_STR("done"), bench_get(&open, key).phase);
    mz_worker_free(worker);
    mz_worker_free(at.other);
    office_close(&open);
}

/* ---- how it ends ---- */

typedef struct patience {
    mz_store *store;
    atomic_bool begun;
    atomic_int seen;
} patience;

static mz_status until_stopped(void *context, mz_task_run *run, mz_error *error) {
    patience *had = context;
    piece done = {run, "kept", 2, "{\"kept\":2}"};
    mz_status status = mz_store_change(had->store, work_and_note, &done, error);
    atomic_store(&had->begun, true);
    if (status) return status;
    for (int k = 0; k < 1000 && !mz_task_stopping(run); k++) rest_ms(10);
    atomic_fetch_add(&had->seen, mz_task_stopping(run));
    return MZ_ERR_CANCELLED;
}

static void await(atomic_bool *begun) {
    for (int k = 0; k < 1000 && !atomic_load(begun); k++) rest_ms(10);
    CHECK(atomic_load(begun));
}

STORE_TEST(what_runs_is_cancelled_and_what_it_committed_stays) {
    office open;
    mz_error error;
    office_open(&open, address);
    patience had = {.store = open.store};
    const mz_task_runner runner = {"patient", until_stopped, &had};
    mz_worker *worker = bench_worker(open.store, &runner, 1);
    mz_str key = bench_add(&open, "patient", "");
    CHECK_OK(mz_worker_start(worker, NULL, NULL, &error), error);
    await(&had.begun);
    bench_cancel(&open, key);
    for (int k = 0; k < 500 && mz_str_equal(bench_get(&open, key).phase, MZ_STR("running")); k++) rest_ms(10);
    mz_task task = bench_get(&open, key);
    CHECK_STR(MZ_STR("cancelled"), task.phase);
    CHECK_STR(MZ_STR(""), task.error);
    CHECK_STR(MZ_STR("{\"kept\":2}"), task.state);
    CHECK_INT(1, bench_done(&open, "kept"));
    CHECK_INT(1, atomic_load(&had.seen));
    mz_worker_free(worker);
    office_close(&open);
}

STORE_TEST(what_runs_when_the_service_stops_waits_again) {
    office open;
    mz_error error;
    office_open(&open, address);
    patience had = {.store = open.store};
    const mz_task_runner runner = {"patient", until_stopped, &had}, simple = {"patient", do_nothing, NULL};
    mz_worker *worker = bench_worker(open.store, &runner, 1);
    CHECK_OK(mz_worker_start(worker, NULL, NULL, &error), error);
    mz_str key = bench_add(&open, "patient", "");
    mz_worker_wake(worker);
    await(&had.begun);
    mz_worker_free(worker);
    mz_task task = bench_get(&open, key);
    CHECK_STR(MZ_STR("waiting"), task.phase);
    CHECK_STR(MZ_STR("{\"kept\":2}"), task.state);
    CHECK_INT(2, task.done);
    worker = bench_worker(open.store, &simple, 1);
    CHECK(bench_step(worker));
    CHECK_STR(MZ_STR("done"), bench_get(&open, key).phase);
    mz_worker_free(worker);
    office_close(&open);
}

static mz_status add_what_is_due(void *context, mz_error *error) {
    (void)error;
    atomic_fetch_add((atomic_int *)context, 1);
    return MZ_OK;
}

STORE_TEST(between_tasks_a_worker_sees_to_what_is_due) {
    office open;
    mz_error error;
    atomic_int calls = 0;
    office_open(&open, address);
    const mz_task_runner simple = {"patient", do_nothing, NULL};
    mz_worker *worker = bench_worker(open.store, &simple, 1);
    mz_worker_between(worker, 3600, add_what_is_due, &calls);
    mz_str key = bench_add(&open, "patient", "");
    CHECK_OK(mz_worker_start(worker, NULL, NULL, &error), error);
    for (int k = 0; k < 500 && !mz_str_equal(bench_get(&open, key).phase, MZ_STR("done")); k++) rest_ms(10);
    mz_worker_free(worker);
    CHECK_INT(1, atomic_load(&calls));
    office_close(&open);
}

static mz_status fail(void *context, mz_task_run *run, mz_error *error) {
    mz_status *status = context;
    (void)run;
    if (!error) return *status;
    *error = (mz_error){.status = *status, .line = 7, .where = "/somewhere/file", .text = "a name is\nnot closed"};
    return *status;
}

STORE_TEST(a_failure_is_told_in_one_line_without_a_file) {
    office open;
    office_open(&open, address);
    mz_status status = MZ_ERR_INPUT;
    const mz_task_runner runner = {"broken", fail, &status};
    mz_worker *worker = bench_worker(open.store, &runner, 1);
    mz_str key = bench_add(&open, "broken", "");
    CHECK(bench_step(worker));
    mz_task task = bench_get(&open, key);
    CHECK_STR(MZ_STR("failed"), task.phase);
    CHECK_STR(MZ_STR("line 7: a name is not closed"), task.error);
    mz_worker_free(worker);
    office_close(&open);
}

STORE_TEST(what_is_busy_is_tried_again_a_little_later_and_not_for_ever) {
    office open;
    office_open(&open, address);
    mz_status status = MZ_ERR_BUSY;
    const mz_task_runner runner = {"broken", fail, &status};
    mz_worker *worker = bench_worker(open.store, &runner, 1);
    mz_str key = bench_add(&open, "broken", "");
    for (int k = 1; k < MZ_TASK_TRIES_MOST; k++) {
        CHECK(bench_step(worker));
        CHECK_STR(MZ_STR("waiting"), bench_get(&open, key).phase);
        CHECK(!bench_step(worker));
        office_later(60);
    }
    CHECK(bench_step(worker));
    CHECK_STR(MZ_STR("failed"), bench_get(&open, key).phase);
    mz_worker_free(worker);
    office_close(&open);
}

/* ---- work and state ---- */

static mz_status half_a_step(void *context, mz_sql *sql, mz_error *error) {
    const piece *done = context;
    mz_status status = work_and_note(context, sql, error);
    if (!status) status = bench_work(sql, done->name, error); /* it is there already: all of this is undone */
    return status;
}

static mz_status step_and_half(void *context, mz_task_run *run, mz_error *error) {
    contest *held = context;
    piece first = {run, "first", 1, "{\"step\":1}"}, second = {run, "second", 2, "{\"step\":2}"};
    mz_status status = mz_store_change(held->store, work_and_note, &first, error);
    if (!status) status = mz_store_change(held->store, half_a_step, &second, error);
    return status;
}

STORE_TEST(work_and_state_are_committed_together_or_not_at_all) {
    office open;
    office_open(&open, address);
    contest held = {.store = open.store};
    const mz_task_runner runner = {"half", step_and_half, &held};
    mz_worker *worker = bench_worker(open.store, &runner, 1);
    mz_str key = bench_add(&open, "half", "");
    CHECK(bench_step(worker));
    mz_task task = bench_get(&open, key);
    CHECK_STR(MZ_STR("failed"), task.phase);
    CHECK_INT(1, task.done);
    CHECK_STR(MZ_STR("{\"step\":1}"), task.state);
    CHECK_INT(1, bench_done(&open, "first"));
    CHECK_INT(0, bench_done(&open, "second"));
    mz_worker_free(worker);
    office_close(&open);
}

typedef struct progress {
    office *open;
    uint64_t seen[4];
} progress;

static mz_status go_back(void *context, mz_task_run *run, mz_error *error) {
    static const struct {
        uint64_t done;
        const char *unit;
    } told[] = {{5, "bytes"}, {3, "bytes"}, {9, "bytes"}, {2, "names"}};
    progress *made = context;
    mz_status status = MZ_OK;
    for (int k = 0; k < 4 && !status; k++) {
        status = mz_task_tell(run, told[k].done, 10, told[k].unit, MZ_STR(""), error);
        if (!status) made->seen[k] = bench_get(made->open, mz_task_of(run)->key).done;
    }
    return status;
}

STORE_TEST(progress_never_goes_back) {
    office open;
    office_open(&open, address);
    progress made = {.open = &open};
    const mz_task_runner runner = {"progress", go_back, &made};
    mz_worker *worker = bench_worker(open.store, &runner, 1);
    (void)bench_add(&open, "progress", "");
    CHECK(bench_step(worker));
    CHECK_INT(5, made.seen[0]);
    CHECK_INT(5, made.seen[1]);
    CHECK_INT(9, made.seen[2]);
    CHECK_INT(2, made.seen[3]); /* of something else */
    mz_worker_free(worker);
    office_close(&open);
}

TEST_MAIN()
