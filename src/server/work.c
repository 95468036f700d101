/* See work.h. */
#include "server/work.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/json_canonical.h"
#include "server/audit.h"
#include "server/people_json.h"
#include "server/spool.h"
#include "server/work_kinds.h"
#include "subjects/imports.h"

#include <stdlib.h>

enum { DUE_S = 3, SPOOL_DAYS = 7, TOLD_EVERY_NS = 500000000, RESULT_BYTES = 1 << 20 };

static const mz_work_kind kinds[] = {
    {"lists.update", MZ_RIGHT_LISTS_READ, MZ_RIGHT_LISTS_CHANGE, mz_run_list_update},
    {"lists.select", MZ_RIGHT_LISTS_READ, MZ_RIGHT_LISTS_CHANGE, mz_run_list_select},
    {"lists.import", MZ_RIGHT_LISTS_READ, MZ_RIGHT_LISTS_CHANGE, mz_run_list_import},
    {"audit.verify", MZ_RIGHT_AUDIT, MZ_RIGHT_AUDIT, mz_run_audit_verify},
    {"retention", MZ_RIGHT_AUDIT, MZ_RIGHT_CASES_SETTINGS, mz_run_retention},
    {"watch", MZ_RIGHT_SUBJECTS_READ, MZ_RIGHT_SUBJECTS_CHANGE, mz_run_watch},
    {MZ_IMPORT_TASK, MZ_RIGHT_SUBJECTS_READ, MZ_RIGHT_SUBJECTS_CHANGE, mz_run_subject_import},
    {"effectiveness", MZ_RIGHT_REPORTS, MZ_RIGHT_REPORTS, mz_run_effectiveness},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static mz_status sweep(mz_service *service, mz_error *error) {
    mz_spool_sweep(service, SPOOL_DAYS);
    return mz_list_imports_forget(service, error);
}

static mz_status sign_chains(mz_service *service, mz_error *error) {
    return mz_service_sign(service, MZ_CHECKPOINT_EVERY_S, error);
}

/* Each is called now and then, and sees for itself whether there is anything to do. */
static const struct {
    unsigned every_s;
    mz_status (*call)(mz_service *service, mz_error *error);
} due[] = {
    {60, sweep}, {60, mz_service_note_using}, {60, sign_chains}, {60, mz_due_retention}, {DUE_S, mz_due_watch},
};
enum { DUE = sizeof due / sizeof *due };

const mz_work_kind *mz_work_kind_of(mz_str kind) {
    for (size_t k = 0; k < KINDS; k++)
        if (mz_str_equal(kind, mz_str_of(kinds[k].kind))) return &kinds[k];
    return NULL;
}

/* ---- the worker ---- */

typedef struct bound_kind {
    mz_service *service;
    const mz_work_kind *kind;
} bound_kind;

struct mz_work {
    mz_service *service;
    mz_worker *worker;
    bound_kind bound[KINDS];
    mz_task_runner runners[KINDS];
    uint64_t due_ns[DUE]; /* when each was called last; 0: never */
};

static mz_status run(void *context, mz_task_run *run, mz_error *error) {
    const bound_kind *bound = context;
    return bound->kind->run(bound->service, run, error);
}

/* What fails does not keep the others from being done; the first failure is told. */
static mz_status do_due(mz_work *work, bool all, mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t k = 0; k < DUE; k++) {
        mz_error own;
        uint64_t now = mz_clock_ns();
        if (!all && work->due_ns[k] && now - work->due_ns[k] < due[k].every_s * UINT64_C(1000000000)) continue;
        work->due_ns[k] = now;
        mz_status one = due[k].call(work->service, &own);
        if (one && !status) {
            status = one;
            *error = own;
        }
    }
    return status;
}

static mz_status do_due_now(void *context, mz_error *error) {
    return do_due(context, false, error);
}

mz_status mz_work_new(mz_service *service, mz_work **ret_work, mz_error *error) {
    mz_work *work = calloc(1, sizeof *work);
    if (!work) return mz_fail_memory(error);
    work->service = service;
    for (size_t k = 0; k < KINDS; k++) {
        work->bound[k] = (bound_kind){service, &kinds[k]};
        work->runners[k] = (mz_task_runner){kinds[k].kind, run, &work->bound[k]};
    }
    mz_status status = mz_worker_new(service->store, work->runners, KINDS, &work->worker, error);
    if (status) {
        free(work);
        return status;
    }
    mz_worker_between(work->worker, DUE_S, do_due_now, work);
    *ret_work = work;
    return MZ_OK;
}

mz_status mz_work_start(mz_work *work, void (*failed)(void *context, const mz_error *error), void *context,
                        mz_error *error) {
    return mz_worker_start(work->worker, failed, context, error);
}

mz_status mz_work_due(mz_work *work, mz_error *error) {
    return do_due(work, true, error);
}

mz_status mz_work_step(mz_work *work, bool *ret_worked, mz_error *error) {
    return mz_worker_step(work->worker, ret_worked, error);
}

void mz_work_wake(mz_work *work) {
    if (work) mz_worker_wake(work->worker);
}

void mz_work_stop(mz_work *work) {
    if (work) mz_worker_stop(work->worker);
}

void mz_work_free(mz_work *work) {
    if (!work) return;
    mz_worker_free(work->worker);
    free(work);
}

/* ---- for runners ---- */

int mz_work_told(mz_work_pace *pace, uint64_t done, uint64_t total, const char *unit) {
    uint64_t now = mz_clock_ns();
    if (mz_task_stopping(pace->run)) return 1;
    if (done < pace->last) pace->base += pace->last; /* the next part has begun */
    pace->last = done;
    if (now - pace->told_ns < TOLD_EVERY_NS) return 0;
    pace->told_ns = now;
    total = total ? pace->base + total : 0;
    mz_status status = mz_task_tell(pace->run, pace->base + done, total, unit, MZ_STR(""), NULL);
    return status == MZ_ERR_CANCELLED; /* another failure is one of telling, and not of the work */
}

/* ---- for handlers ---- */

typedef struct asking {
    const mz_request *request;
    const char *kind;
    mz_str object, argument;
    mz_task task;
} asking;

static mz_status add(void *context, mz_sql *sql, mz_error *error) {
    asking *asked = context;
    const mz_request *request = asked->request;
    char key[MZ_SQL_KEY_SIZE];
    mz_str agency = request->who->agency;
    mz_status status =
        mz_task_add(sql, agency, asked->kind, asked->object, asked->argument, request->who->key, key, error);
    if (!status) status = mz_task_get(sql, agency, mz_str_of(key), request->arena, &asked->task, error);
    return status;
}

mz_status mz_work_ask(const mz_request *request, const char *kind, mz_str object, mz_str argument,
                      mz_response *response, mz_error *error) {
    asking asked = {.request = request, .kind = kind, .object = object, .argument = argument};
    mz_access *access;
    mz_status status = mz_people_access(request, &access, error); /* there is a store */
    if (!status && !request->who->agency.size)
        status = mz_fail(error, MZ_ERR_REFUSED, "this needs a person who signed in, or an API key");
    if (!status) status = mz_store_change(request->service->store, add, &asked, error);
    if (!status) mz_work_accepted(request, &asked.task, response);
    return status;
}

/* The member "result" of a task's state. */
static void write_result(mz_json *json, const mz_task *task, mz_arena *arena) {
    const mz_json_value *state = NULL, *result = NULL;
    mz_buffer text;
    mz_buffer_init(&text, RESULT_BYTES);
    if (mz_json_parse(task->state, 0, arena, &state, NULL) == MZ_OK) result = mz_json_member(state, "result");
    mz_json_key(json, "result");
    if (result && mz_json_canonical_value(result, arena, &text, NULL) == MZ_OK && !text.failed)
        mz_json_raw(json, mz_buffer_view(&text));
    else
        mz_json_null(json);
    mz_buffer_done(&text);
}

void mz_task_write(mz_json *json, const mz_task *task, mz_arena *arena) {
    mz_json_object(json);
    mz_json_pair(json, "id", task->key);
    mz_json_pair(json, "kind", task->kind);
    mz_json_pair(json, "object", task->object);
    mz_json_pair(json, "phase", task->phase);
    mz_json_pair_bool(json, "stopping", task->cancelling);
    mz_json_pair_int(json, "done", (int64_t)task->done);
    mz_json_key(json, "total");
    if (task->total)
        mz_json_int(json, (int64_t)task->total);
    else
        mz_json_null(json);
    mz_json_pair(json, "unit", task->unit);
    mz_json_key(json, "error");
    if (task->error.size)
        mz_json_str(json, task->error);
    else
        mz_json_null(json);
    write_result(json, task, arena);
    mz_people_time(json, "created", task->created);
    mz_people_time(json, "started", task->started);
    mz_people_time(json, "ended", task->ended);
    mz_json_object_end(json);
}

void mz_work_accepted(const mz_request *request, const mz_task *task, mz_response *response) {
    mz_json json;
    mz_work_wake(request->service->work);
    response->status = 202;
    mz_json_init(&json, &response->body);
    mz_task_write(&json, task, request->arena);
    mz_people_private(response);
    mz_response_header(response, MZ_STR("Location"),
                       mz_arena_print(request->arena, "/api/v1/tasks/%.*s", (int)task->key.size, task->key.data));
}
