/* The tasks of the service: what it does beside answering requests, and what runs them.
 *
 * Each kind is a row of the table in work.c: its name, who may see and who may cancel such tasks, and its runner, which
 * is called with the service. So is what has to be done again and again, such as looking whether lists have changed. */
#ifndef MIZAN_SERVER_WORK_H
#define MIZAN_SERVER_WORK_H

#include "access/rights.h"
#include "server/http.h"
#include "server/service.h"
#include "tasks/tasks.h"

typedef mz_status mz_work_run(mz_service *service, mz_task_run *run, mz_error *error);

typedef struct mz_work_kind {
    const char *kind;
    mz_right see, change;
    mz_work_run *run;
} mz_work_kind;

/* NULL: there is none of that name. */
const mz_work_kind *mz_work_kind_of(mz_str kind);

typedef struct mz_work mz_work;

/* Needs service->store. The service must outlive it. */
mz_status mz_work_new(mz_service *service, mz_work **ret_work, mz_error *error);
/* A thread that does what waits; `failed` is told what could not be noted. */
mz_status mz_work_start(mz_work *work, void (*failed)(void *context, const mz_error *error), void *context,
                        mz_error *error);
/* Without a thread: adds what is due, and does one task; *ret_worked false: there was none. */
mz_status mz_work_due(mz_work *work, mz_error *error);
mz_status mz_work_step(mz_work *work, bool *ret_worked, mz_error *error);
void mz_work_wake(mz_work *work); /* NULL: nothing happens, as in the next two */
void mz_work_stop(mz_work *work); /* what runs is to come to its end; does not wait for that */
void mz_work_free(mz_work *work);

/* For handlers: adds a task of who asks, wakes the worker, and answers 202 with it. */
mz_status mz_work_ask(const mz_request *request, const char *kind, mz_str object, mz_str argument,
                      mz_response *response, mz_error *error);
/* A task as it is told: its state is not, but for the member "result" of it. */
void mz_task_write(mz_json *json, const mz_task *task, mz_arena *arena);
/* 202 with it. */
void mz_work_accepted(const mz_request *request, const mz_task *task, mz_response *response);

/* For runners: notes progress in a transaction of its own, but not more than twice a second; a whole one at the end is
 * the runner's to note. Not 0: the task is to stop. */
typedef struct mz_work_pace {
    mz_task_run *run;
    uint64_t told_ns;
    uint64_t base, last; /* of parts that follow each other, so that what is told never goes back */
} mz_work_pace;
int mz_work_told(mz_work_pace *pace, uint64_t done, uint64_t total, const char *unit);

#endif
