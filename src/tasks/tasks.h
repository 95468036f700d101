/* Tasks: long work that outlives a request and the process.
 *
 * A task is a row: what is to be done, how far it is, how it ended. One worker (a thread of `mizan serve`, or a
 * command) takes the oldest that waits, and does it by the runner of its kind. A worker notes that it is alive with its
 * progress; a task whose worker was killed is taken up again from the start of its runner, which finds in `state` what
 * it noted in its last transaction, and goes on there: a runner commits its work and its `state` together. */
#ifndef MIZAN_TASKS_TASKS_H
#define MIZAN_TASKS_TASKS_H

#include "base/arena.h"
#include "mizan/status.h"
#include "store/sql.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct mz_task {
    mz_str key, agency, kind; /* kind: "subjects.import", "watch", … */
    mz_str object;            /* key of what it is about; may be empty */
    mz_str argument;          /* an object of JSON */
    mz_str phase;             /* "waiting", "running", "done", "failed", "cancelled" */
    uint64_t done, total;     /* in units of `unit`; total 0: not known */
    mz_str unit;              /* "lines", "subjects", … */
    mz_str state;             /* an object of JSON: what its runner needs to go on, and tells of it */
    mz_str error;             /* of a failed one: one line */
    mz_str creator;           /* key of a person or key; empty: the service */
    int64_t created, started, ended;
} mz_task;

/* In a transaction: the task waits when it is committed. Where one of the same kind and object waits already, that one
 * is given back. */
mz_status mz_task_add(mz_sql *sql, mz_str agency, const char *kind, mz_str object, mz_str argument, mz_str creator,
                      char ret_key[MZ_SQL_KEY_SIZE], mz_error *error);
/* Newest first. An empty `kind`: all. */
mz_status mz_tasks_list(mz_sql *sql, mz_str agency, mz_str kind, mz_str before, size_t limit, mz_arena *arena,
                        mz_task **ret_tasks, size_t *ret_count, mz_error *error);
/* MZ_ERR_NOT_FOUND also when it is another agency's. */
mz_status mz_task_get(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_task *ret_task, mz_error *error);
/* One that waits is cancelled at once, one that runs at its next note; MZ_ERR_REFUSED: it has ended. */
mz_status mz_task_cancel(mz_sql *sql, mz_str agency, mz_str key, mz_error *error);

/* What a runner has: its task, and the way to say how far it is. */
typedef struct mz_task_run mz_task_run;
const mz_task *mz_task_of(const mz_task_run *run);
/* Notes progress and state in the runner's own transaction. */
mz_status mz_task_note(mz_task_run *run, mz_sql *sql, uint64_t done, uint64_t total, const char *unit, mz_str state,
                       mz_error *error);
/* Whether it was cancelled or the worker is to stop; a runner asks at least every second and returns MZ_ERR_CANCELLED,
 * keeping what it committed. */
bool mz_task_stopping(mz_task_run *run);

typedef struct mz_task_runner {
    const char *kind;
    mz_status (*run)(void *context, mz_task_run *run, mz_error *error);
    void *context;
} mz_task_runner;

/* A worker: the runners and the store must outlive it. */
typedef struct mz_worker mz_worker;
mz_status mz_worker_new(mz_store *store, const mz_task_runner *runners, size_t count, mz_worker **ret_worker,
                        mz_error *error);
/* Takes one task that waits and does it; *ret_worked false: there was none. For commands and tests. */
mz_status mz_worker_step(mz_worker *worker, bool *ret_worked, mz_error *error);
/* A thread that does so until it is stopped; `failed` is told what could not even be noted (may be NULL). */
mz_status mz_worker_start(mz_worker *worker, void (*failed)(void *context, const mz_error *error), void *context,
                          mz_error *error);
void mz_worker_wake(mz_worker *worker); /* a task was added: look now */
void mz_worker_free(mz_worker *worker); /* stops first; what runs is left to be taken up again */

#endif
