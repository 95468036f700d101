/* Rows of tasks as workers see them: which is taken next, and what becomes of it. */
#ifndef MIZAN_TASKS_TAKE_H
#define MIZAN_TASKS_TAKE_H

#include "tasks/tasks.h"

/* How often a worker looks and notes; tests have less time. */
typedef struct mz_task_pace {
    unsigned look_ms;        /* between looks whether the task at hand was cancelled */
    unsigned rest_ms;        /* between looks for a task that waits */
    int64_t beat_s, stale_s; /* noted as alive at least so often; taken to be dead after */
} mz_task_pace;
#define MZ_TASK_PACE_INIT                                                                                              \
    { .look_ms = 1000, .rest_ms = 5000, .beat_s = 10, .stale_s = MZ_TASK_STALE_S }

/* Before the worker is started. */
void mz_worker_pace(mz_worker *worker, const mz_task_pace *pace);

/* Who takes, and what it can do. */
typedef struct mz_task_taker {
    mz_str worker;
    const mz_task_runner *runners;
    size_t count;
    int64_t stale_s;
} mz_task_taker;

/* Whether mz_task_take would change anything; in a transaction that reads. */
mz_status mz_task_look(mz_sql *sql, const mz_task_taker *taker, mz_arena *arena, bool *ret_any, mz_error *error);
/* Takes the next; ret_task->key is empty when there is none. Those whose worker died once too often, or after they were
 * cancelled, are ended. */
mz_status mz_task_take(mz_sql *sql, const mz_task_taker *taker, mz_arena *arena, mz_task *ret_task, mz_error *error);

/* How it stands with a task that a worker has: still its own, and cancelled. */
typedef struct mz_task_standing {
    bool own, cancelled;
    int64_t beat, tries;
} mz_task_standing;
mz_status mz_task_stands(mz_sql *sql, mz_str key, mz_str worker, mz_task_standing *ret_standing, mz_error *error);
mz_status mz_task_beat(mz_sql *sql, mz_str key, mz_str worker, mz_error *error);
/* Nothing happens where it is not the worker's any more. */
mz_status mz_task_end(mz_sql *sql, mz_str key, mz_str worker, mz_task_phase phase, mz_str told, mz_error *error);
/* It waits again: at once, and as if it had not been tried; or not before some time, as one that got nowhere. */
mz_status mz_task_release(mz_sql *sql, mz_str key, mz_str worker, const mz_task_standing *standing, int64_t not_before,
                          mz_error *error);

/* A task from its columns, into `arena`: task, agency, kind, object, argument, phase, done, expected, unit, state,
 * error, creator, cancel, created, started, ended. */
mz_task mz_task_read(const mz_sql_value *columns, mz_arena *arena);

#endif
