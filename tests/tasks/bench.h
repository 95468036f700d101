/* Tasks of two agencies and workers that do them, for the tests. */
#ifndef MIZAN_TEST_TASKS_BENCH_H
#define MIZAN_TEST_TASKS_BENCH_H

#include "../access/office.h"
#include "tasks/take.h"
#include "tasks/tasks.h"

/* Adds a task of the house (or of that agency) and gives its key back, in the office's arena. */
mz_str bench_add(office *open, const char *kind, const char *object);
mz_str bench_add_for(office *open, const mz_agency *agency, const char *kind, const char *object, const char *argument);
/* The task as it is now. */
mz_task bench_get(office *open, mz_str key);
void bench_cancel(office *open, mz_str key);

/* A worker that looks often. */
mz_worker *bench_worker(mz_store *store, const mz_task_runner *runners, size_t count);
bool bench_step(mz_worker *worker);

/* Keeps a row that can be there once: a second one with that name fails. How many there are whose name begins so. */
mz_status bench_work(mz_sql *sql, const char *name, mz_error *error);
int bench_done(office *open, const char *start);

#endif
