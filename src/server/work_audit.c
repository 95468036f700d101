/* audit.verify: a chain that is too long to be verified while somebody waits. Its result is the verdict. */
#include "server/audit.h"
#include "server/audit_json.h"
#include "server/work_kinds.h"

typedef struct verifying {
    mz_service *service;
    mz_task_run *run;
    mz_work_pace pace;
    mz_arena arena;
    mz_audit_verdict verdict;
    mz_str state;
} verifying;

static int show(void *context, uint64_t done, uint64_t total) {
    verifying *work = context;
    return mz_work_told(&work->pace, done, total, "entries");
}

static mz_status note(void *context, mz_sql *sql, mz_error *error) {
    verifying *work = context;
    uint64_t entries = (uint64_t)work->verdict.entries;
    return mz_task_note(work->run, sql, entries, entries, "entries", work->state, error);
}

static mz_status verify(verifying *work, mz_error *error) {
    const mz_task *task = mz_task_of(work->run);
    const mz_audit_verify_options options = {.progress = show, .context = work};
    mz_buffer state;
    mz_json json;
    mz_status status =
        mz_service_verify(work->service, task->agency, task->creator.size ? MZ_STR("person") : MZ_STR("service"),
                          task->creator, &options, &work->arena, &work->verdict, error);
    if (status) return status;
    mz_buffer_init(&state, MZ_AUDIT_BODY_BYTES);
    mz_json_init(&json, &state);
    mz_json_object(&json);
    mz_json_key(&json, "result");
    mz_verdict_write(&json, &work->verdict);
    mz_json_object_end(&json);
    work->state = mz_buffer_view(&state);
    status = state.failed ? mz_fail_buffer(&state, error, "a verdict")
                          : mz_store_change(work->service->store, note, work, error);
    mz_buffer_done(&state);
    return status;
}

mz_status mz_run_audit_verify(mz_service *service, mz_task_run *run, mz_error *error) {
    enum { VERDICT_BYTES = 4 << 20 };
    verifying work = {.service = service, .run = run, .pace = {.run = run}};
    mz_arena_init(&work.arena, VERDICT_BYTES);
    mz_status status = verify(&work, error);
    mz_arena_done(&work.arena);
    return status;
}
