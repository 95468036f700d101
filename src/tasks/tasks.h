/* Tasks: long work that outlives a request and the process.
 *
 * A task is a row: what is to be done, how far it is, how it ended. A worker (a thread of `mizan serve`, or a command)
 * takes the next that waits, and does it by the runner of its kind. Agencies take turns: whose last task was taken
 * longest ago is next, and of an agency the oldest; of one kind and object one task runs at a time.
 *
 * While a runner is at work a second thread of the worker notes every few seconds that it is alive, however long a step
 * of the runner takes, and sees whether somebody cancelled. When that has not been noted for MZ_TASK_STALE_S the worker
 * is taken to be dead, and the task is taken up again: by its runner from the start, which finds in `state` what it
 * noted in its last transaction, and goes on there. A runner commits its work and its `state` together, so that nothing
 * is done twice: where a worker was taken to be dead and is not (it was stopped for a while, or its clock is wrong),
 * its next note is refused, and what belongs to it is undone. What ends the process each time is given up after
 * MZ_TASK_TRIES_MOST times without getting on. */
#ifndef MIZAN_TASKS_TASKS_H
#define MIZAN_TASKS_TASKS_H

#include "base/arena.h"
#include "mizan/status.h"
#include "store/sql.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    MZ_TASK_STALE_S = 60,
    MZ_TASK_TRIES_MOST = 5,
    MZ_TASKS_WAITING_MOST = 1000 /* of an agency */
};

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
    bool cancelling;          /* it runs, and was asked to stop */
    int64_t created, started, ended;
} mz_task;

/* In a transaction: the task waits when it is committed (then wake the worker, if it is at hand). Where one of the same
 * kind, object and argument waits already, that one is given back; one that runs is no obstacle. MZ_ERR_BUSY: the
 * agency has MZ_TASKS_WAITING_MOST. */
mz_status mz_task_add(mz_sql *sql, mz_str agency, const char *kind, mz_str object, mz_str argument, mz_str creator,
                      char ret_key[MZ_SQL_KEY_SIZE], mz_error *error);
/* Newest first. An empty `kind`: all; an empty `before`: from the newest. */
mz_status mz_tasks_list(mz_sql *sql, mz_str agency, mz_str kind, mz_str before, size_t limit, mz_arena *arena,
                        mz_task **ret_tasks, size_t *ret_count, mz_error *error);
/* MZ_ERR_NOT_FOUND also when it is another agency's. */
mz_status mz_task_get(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_task *ret_task, mz_error *error);
/* One that waits is cancelled at once, one that runs within a second or two; MZ_ERR_REFUSED: it has ended. */
mz_status mz_task_cancel(mz_sql *sql, mz_str agency, mz_str key, mz_error *error);

/* X(CONSTANT, word) */
#define MZ_TASK_PHASES(X)                                                                                              \
    X(WAITING, "waiting")                                                                                              \
    X(RUNNING, "running")                                                                                              \
    X(DONE, "done")                                                                                                    \
    X(FAILED, "failed")                                                                                                \
    X(CANCELLED, "cancelled")

typedef enum mz_task_phase {
#define MZ_X(constant, word) MZ_TASK_##constant,
    MZ_TASK_PHASES(MZ_X)
#undef MZ_X
        MZ_TASK_PHASE_COUNT
} mz_task_phase;

const char *mz_task_phase_word(mz_task_phase phase);
/* How many there are in each phase, of all agencies. */
mz_status mz_tasks_count(mz_sql *sql, uint64_t ret_counts[MZ_TASK_PHASE_COUNT], mz_error *error);

/* What a runner has: its task as it was taken, and the way to say how far it is. */
typedef struct mz_task_run mz_task_run;
const mz_task *mz_task_of(const mz_task_run *run);
/* Notes progress and state in the runner's own transaction, which should not take longer than some ten seconds.
 * `state` is an object of JSON; empty: it stays as it is. While `unit` stays the same, `done` never goes back.
 * MZ_ERR_CANCELLED: the task was cancelled or is another worker's; return that, so that the transaction is undone. */
mz_status mz_task_note(mz_task_run *run, mz_sql *sql, uint64_t done, uint64_t total, const char *unit, mz_str state,
                       mz_error *error);
/* The same in a transaction of its own, for work that is not in the store. */
mz_status mz_task_tell(mz_task_run *run, uint64_t done, uint64_t total, const char *unit, mz_str state,
                       mz_error *error);
/* Whether it was cancelled or the worker is to stop; a runner asks at least every second and returns MZ_ERR_CANCELLED,
 * keeping what it committed. It costs next to nothing. Any thread of the runner may ask. */
bool mz_task_stopping(mz_task_run *run);

/* A runner that returns MZ_ERR_BUSY is tried again; any other failure is told as the task's error. */
typedef struct mz_task_runner {
    const char *kind;
    mz_status (*run)(void *context, mz_task_run *run, mz_error *error);
    void *context;
} mz_task_runner;

/* A worker: the runners and the store must outlive it. */
typedef struct mz_worker mz_worker;
mz_status mz_worker_new(mz_store *store, const mz_task_runner *runners, size_t count, mz_worker **ret_worker,
                        mz_error *error);
/* Takes one task that waits and does it; *ret_worked false: there was none. For commands and tests. MZ_OK also when the
 * task failed: that is noted. */
mz_status mz_worker_step(mz_worker *worker, bool *ret_worked, mz_error *error);
/* A thread that does so until it is stopped; `failed` is told what could not even be noted (may be NULL). */
mz_status mz_worker_start(mz_worker *worker, void (*failed)(void *context, const mz_error *error), void *context,
                          mz_error *error);
/* Before it is started: what its thread calls between tasks, at first and then every so many seconds at most: adds what
 * is due, say. A failure is told as `failed` is. */
void mz_worker_between(mz_worker *worker, unsigned every_s, mz_status (*call)(void *context, mz_error *error),
                       void *context);
void mz_worker_wake(mz_worker *worker); /* a task was added: look now. NULL: nothing happens */
void mz_worker_stop(mz_worker *worker); /* what runs is to come to its end, and waits again; does not wait for that */
void mz_worker_free(mz_worker *worker); /* stops first, and waits until it has */

#endif
