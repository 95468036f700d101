/* See tasks.h. A task at hand has two threads: the runner's, and one beside it that looks every second whether the task
 * is still this worker's and wanted, and notes that the worker lives. The runner could do neither while it is in a long
 * step, and a step of a library that is waited for (a download, an index that is built) does not ask.
 *
 * Rejected: a lock of the database that a worker holds while it lives (advisory locks of PostgreSQL): SQLite has none,
 * and a connection that broke would free the task of a worker that is well. */
#include "tasks/tasks.h"

#include "base/clock.h"
#include "base/error.h"
#include "tasks/take.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    TASK_BYTES = 64 << 20, /* of rows that are looked at, and of a task with its state */
    BUSY_PAUSE_S = 5       /* before another try, and so much longer each time */
};

struct mz_worker {
    mz_store *store;
    const mz_task_runner *runners;
    size_t count;
    mz_task_pace pace;
    char key[MZ_SQL_KEY_SIZE];
    atomic_bool stopping;
    pthread_mutex_t lock;
    pthread_cond_t called;
    bool woken; /* under `lock` */
    bool started;
    pthread_t thread;
    void (*failed)(void *context, const mz_error *error);
    void *context;
    mz_status (*between)(void *context, mz_error *error);
    void *between_context;
    uint64_t between_ns, next_ns; /* every so long; not before */
};

struct mz_task_run {
    mz_worker *worker;
    const mz_task *task;
    atomic_bool unwanted; /* cancelled, or another worker's */
    pthread_mutex_t lock;
    pthread_cond_t ended;
    bool over; /* under `lock` */
};

/* ---- waiting ---- */

static void init_waiting(pthread_mutex_t *lock, pthread_cond_t *condition) {
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_mutex_init(lock, NULL);
    pthread_cond_init(condition, &monotonic);
    pthread_condattr_destroy(&monotonic);
}

/* Until *done, or so long; `lock` is held. */
static void wait_ms(pthread_cond_t *condition, pthread_mutex_t *lock, const bool *done, unsigned ms) {
    uint64_t until = mz_clock_ns() + ms * UINT64_C(1000000);
    const struct timespec at = {.tv_sec = (time_t)(until / 1000000000), .tv_nsec = (long)(until % 1000000000)};
    while (!*done && pthread_cond_timedwait(condition, lock, &at) != ETIMEDOUT) continue;
}

/* ---- the task at hand ---- */

const mz_task *mz_task_of(const mz_task_run *run) {
    return run->task;
}

bool mz_task_stopping(mz_task_run *run) {
    return atomic_load(&run->unwanted) || atomic_load(&run->worker->stopping);
}

mz_status mz_task_note(mz_task_run *run, mz_sql *sql, uint64_t done, uint64_t total, const char *unit, mz_str state,
                       mz_error *error) {
    uint64_t changed = 0;
    const mz_sql_value values[] = {
        mz_sql_text(run->task->key),  mz_sql_text(mz_str_of(run->worker->key)),
        mz_sql_int((int64_t)done),    mz_sql_int((int64_t)total),
        mz_sql_text(mz_str_of(unit)), mz_sql_text(state.data ? state : MZ_STR("")),
        mz_sql_int(mz_clock_now()),
    };
    mz_status status = mz_sql_run(
        sql,
        "UPDATE task SET done = CASE WHEN unit = ?5 AND done > ?3 THEN done ELSE ?3 END, expected = ?4, tries = CASE "
        "WHEN unit <> ?5 OR done < ?3 THEN 0 ELSE tries END, unit = ?5, state = CASE WHEN ?6 = '' THEN state ELSE ?6 "
        "END, beat = ?7 WHERE task = ?1 AND worker = ?2 AND phase = 'running' AND cancel = 0",
        values, sizeof values / sizeof *values, &changed, error);
    if (!status && !changed) status = mz_fail(error, MZ_ERR_CANCELLED, "the task was cancelled");
    return status;
}

typedef struct telling {
    mz_task_run *run;
    uint64_t done, total;
    const char *unit;
    mz_str state;
} telling;

static mz_status tell(void *context, mz_sql *sql, mz_error *error) {
    const telling *told = context;
    return mz_task_note(told->run, sql, told->done, told->total, told->unit, told->state, error);
}

mz_status mz_task_tell(mz_task_run *run, uint64_t done, uint64_t total, const char *unit, mz_str state,
                       mz_error *error) {
    telling told = {run, done, total, unit, state};
    return mz_store_change(run->worker->store, tell, &told, error);
}

/* ---- beside it ---- */

typedef struct looking {
    const mz_task_run *run;
    mz_task_standing standing;
} looking;

static mz_status look_at_it(void *context, mz_sql *sql, mz_error *error) {
    looking *look = context;
    return mz_task_stands(sql, look->run->task->key, mz_str_of(look->run->worker->key), &look->standing, error);
}

static mz_status beat(void *context, mz_sql *sql, mz_error *error) {
    const looking *look = context;
    return mz_task_beat(sql, look->run->task->key, mz_str_of(look->run->worker->key), error);
}

/* What fails is tried again at the next look. */
static void look_once(mz_task_run *run) {
    looking look = {.run = run};
    if (mz_store_read(run->worker->store, look_at_it, &look, NULL)) return;
    if (!look.standing.own || look.standing.cancelled) atomic_store(&run->unwanted, true);
    if (look.standing.own && look.standing.beat <= mz_clock_now() - run->worker->pace.beat_s)
        (void)mz_store_change(run->worker->store, beat, &look, NULL);
}

static void *stand_by(void *context) {
    mz_task_run *run = context;
    pthread_mutex_lock(&run->lock);
    while (!run->over) {
        pthread_mutex_unlock(&run->lock);
        look_once(run);
        pthread_mutex_lock(&run->lock);
        wait_ms(&run->ended, &run->lock, &run->over, run->worker->pace.look_ms);
    }
    pthread_mutex_unlock(&run->lock);
    return NULL;
}

static const mz_task_runner *runner_of(const mz_worker *worker, mz_str kind) {
    const mz_task_runner *runner = worker->runners;
    while (!mz_str_equal(kind, mz_str_of(runner->kind))) runner++; /* mz_task_take gives no others */
    return runner;
}

static mz_status run_beside(mz_task_run *run, mz_error *error) {
    const mz_task_runner *runner = runner_of(run->worker, run->task->kind);
    pthread_t thread;
    init_waiting(&run->lock, &run->ended);
    int failure = pthread_create(&thread, NULL, stand_by, run);
    mz_status status = MZ_OK;
    if (failure) {
        status = mz_fail(error, MZ_ERR_BUSY, "no thread can be started: %s", strerrordesc_np(failure));
    } else {
        status = runner->run(runner->context, run, error);
        pthread_mutex_lock(&run->lock);
        run->over = true;
        pthread_cond_signal(&run->ended);
        pthread_mutex_unlock(&run->lock);
        (void)pthread_join(thread, NULL);
    }
    pthread_cond_destroy(&run->ended);
    pthread_mutex_destroy(&run->lock);
    return status;
}

/* ---- its end ---- */

typedef struct ending {
    const mz_task_run *run;
    mz_status status;
    const mz_error *why;
} ending;

/* One line for people, without names of files, which are not theirs to know. */
static mz_str told_of(mz_status status, const mz_error *why, char *line, size_t size) {
    int length = why->line ? snprintf(line, size, "line %llu: %s", (unsigned long long)why->line, why->text)
                           : snprintf(line, size, "%s", why->text[0] ? why->text : mz_status_name(status));
    for (int k = 0; k < length; k++)
        if ((unsigned char)line[k] < ' ') line[k] = ' ';
    return mz_str_of(line);
}

static mz_status end_task(void *context, mz_sql *sql, mz_error *error) {
    const ending *end = context;
    char line[MZ_ERROR_TEXT_SIZE + 32];
    mz_str task = end->run->task->key, worker = mz_str_of(end->run->worker->key);
    mz_task_standing standing = {.own = false};
    mz_status status = mz_task_stands(sql, task, worker, &standing, error);
    if (status || !standing.own) return status;
    if (!end->status) return mz_task_end(sql, task, worker, MZ_TASK_DONE, MZ_STR(""), error);
    if (standing.cancelled) return mz_task_end(sql, task, worker, MZ_TASK_CANCELLED, MZ_STR(""), error);
    if (end->status == MZ_ERR_CANCELLED && atomic_load(&end->run->worker->stopping))
        return mz_task_release(sql, task, worker, &standing, 0, error);
    if (end->status == MZ_ERR_BUSY && standing.tries < MZ_TASK_TRIES_MOST)
        return mz_task_release(sql, task, worker, &standing, mz_clock_now() + BUSY_PAUSE_S * standing.tries, error);
    return mz_task_end(sql, task, worker, MZ_TASK_FAILED, told_of(end->status, end->why, line, sizeof line), error);
}

static mz_status work_on(mz_worker *worker, const mz_task *task, mz_error *error) {
    mz_error why = {0};
    mz_task_run run = {.worker = worker, .task = task};
    ending end = {.run = &run, .why = &why};
    end.status = run_beside(&run, &why);
    return mz_store_change(worker->store, end_task, &end, error);
}

/* ---- taking ---- */

typedef struct taking {
    mz_task_taker taker;
    mz_arena arena;
    mz_task task;
    bool any;
} taking;

static mz_status look(void *context, mz_sql *sql, mz_error *error) {
    taking *take = context;
    mz_arena_reset(&take->arena);
    return mz_task_look(sql, &take->taker, &take->arena, &take->any, error);
}

static mz_status take_one(void *context, mz_sql *sql, mz_error *error) {
    taking *take = context;
    mz_arena_reset(&take->arena);
    return mz_task_take(sql, &take->taker, &take->arena, &take->task, error);
}

mz_status mz_worker_step(mz_worker *worker, bool *ret_worked, mz_error *error) {
    taking take = {.taker = {mz_str_of(worker->key), worker->runners, worker->count, worker->pace.stale_s}};
    mz_arena_init(&take.arena, TASK_BYTES);
    mz_status status = mz_store_read(worker->store, look, &take, error);
    if (!status && take.any) status = mz_store_change(worker->store, take_one, &take, error);
    bool taken = !status && take.task.key.size > 0;
    if (taken) status = work_on(worker, &take.task, error);
    mz_arena_done(&take.arena);
    if (!status) *ret_worked = taken;
    return status;
}

/* ---- the worker ---- */

mz_status mz_worker_new(mz_store *store, const mz_task_runner *runners, size_t count, mz_worker **ret_worker,
                        mz_error *error) {
    mz_worker *worker = calloc(1, sizeof *worker);
    if (!worker) return mz_fail_memory(error);
    worker->store = store;
    worker->runners = runners;
    worker->count = count;
    worker->pace = (mz_task_pace)MZ_TASK_PACE_INIT;
    atomic_init(&worker->stopping, false);
    mz_sql_new_key(worker->key);
    init_waiting(&worker->lock, &worker->called);
    *ret_worker = worker;
    return MZ_OK;
}

void mz_worker_pace(mz_worker *worker, const mz_task_pace *pace) {
    worker->pace = *pace;
}

void mz_worker_between(mz_worker *worker, unsigned every_s, mz_status (*call)(void *context, mz_error *error),
                       void *context) {
    worker->between = call;
    worker->between_context = context;
    worker->between_ns = every_s * UINT64_C(1000000000);
}

static void do_between(mz_worker *worker) {
    mz_error error = {0};
    uint64_t now = mz_clock_ns();
    if (!worker->between || now < worker->next_ns) return;
    worker->next_ns = now + worker->between_ns;
    if (worker->between(worker->between_context, &error) && worker->failed) worker->failed(worker->context, &error);
}

static void *work(void *context) {
    mz_worker *worker = context;
    while (!atomic_load(&worker->stopping)) {
        mz_error error = {0};
        bool worked = false;
        do_between(worker);
        if (mz_worker_step(worker, &worked, &error) && worker->failed) worker->failed(worker->context, &error);
        if (worked) continue;
        pthread_mutex_lock(&worker->lock);
        wait_ms(&worker->called, &worker->lock, &worker->woken, worker->pace.rest_ms);
        worker->woken = false;
        pthread_mutex_unlock(&worker->lock);
    }
    return NULL;
}

mz_status mz_worker_start(mz_worker *worker, void (*failed)(void *context, const mz_error *error), void *context,
                          mz_error *error) {
    worker->failed = failed;
    worker->context = context;
    int failure = pthread_create(&worker->thread, NULL, work, worker);
    if (failure) return mz_fail(error, MZ_ERR_MEMORY, "no thread can be started: %s", strerrordesc_np(failure));
    worker->started = true;
    return MZ_OK;
}

void mz_worker_wake(mz_worker *worker) {
    if (!worker) return;
    pthread_mutex_lock(&worker->lock);
    worker->woken = true;
    pthread_cond_signal(&worker->called);
    pthread_mutex_unlock(&worker->lock);
}

void mz_worker_stop(mz_worker *worker) {
    if (!worker) return;
    atomic_store(&worker->stopping, true);
    mz_worker_wake(worker);
}

void mz_worker_free(mz_worker *worker) {
    if (!worker) return;
    mz_worker_stop(worker);
    if (worker->started) (void)pthread_join(worker->thread, NULL);
    pthread_cond_destroy(&worker->called);
    pthread_mutex_destroy(&worker->lock);
    free(worker);
}
