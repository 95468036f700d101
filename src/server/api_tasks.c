/* /api/v1/tasks: long work of one's agency, how far it is, and how it ended. Who has no right to see what a task is
 * about is answered as if it were not there. */
#include "base/error.h"
#include "server/api.h"
#include "server/people_json.h"
#include "server/tables.h"
#include "server/work_kinds.h"

enum { PAGE_USUAL = 50, PAGE_MOST = 100 };

static bool may_see(const mz_request *request, const mz_task *task) {
    const mz_work_kind *kind = mz_work_kind_of(task->kind);
    return kind && mz_may(request->who, kind->see);
}

typedef struct page {
    const mz_request *request;
    mz_str kind, before;
    size_t limit;
    const mz_task **shown;
    size_t count;
} page;

/* Pages of the store until one of the answer is full: of some tasks nothing is shown. */
static mz_status read_page(void *context, mz_sql *sql, mz_error *error) {
    page *read = context;
    const mz_request *request = read->request;
    mz_str before = read->before;
    mz_status status = MZ_OK;
    read->count = 0;
    for (size_t found = PAGE_MOST; found == PAGE_MOST && read->count < read->limit && !status;) {
        mz_task *tasks;
        status = mz_tasks_list(sql, request->who->agency, read->kind, before, PAGE_MOST, request->arena, &tasks, &found,
                               error);
        for (size_t k = 0; !status && k < found && read->count < read->limit; k++)
            if (may_see(request, &tasks[k])) read->shown[read->count++] = &tasks[k];
        if (!status && found) before = tasks[found - 1].key;
    }
    return status;
}

static mz_status list(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("kind"), MZ_STR_INIT("before"), MZ_STR_INIT("limit")};
    mz_access *access;
    int64_t limit = PAGE_USUAL;
    mz_json json;
    page read = {
        .request = request, .kind = mz_request_query(request, "kind"), .before = mz_request_query(request, "before")};
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_api_parameters(request, known, 3, error);
    if (!status) status = mz_request_query_int(request, "limit", 1, PAGE_MOST, &limit, error);
    if (status) return status;
    read.limit = (size_t)limit;
    read.shown = MZ_ARENA_NEW(request->arena, read.limit, const mz_task *);
    if (!read.shown) return mz_fail_arena(request->arena, error, "the list of tasks");
    status = mz_store_read(request->service->store, read_page, &read, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "tasks");
    mz_json_array(&json);
    for (size_t k = 0; k < read.count; k++) mz_task_write(&json, read.shown[k], request->arena);
    mz_json_array_end(&json);
    const mz_people_page made = {.limit = read.limit};
    mz_people_next(&json, &made, read.count, read.count ? read.shown[read.count - 1]->key : MZ_STR(""));
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

typedef struct one {
    const mz_request *request;
    bool cancel, forbidden;
    mz_task task;
} one;

static mz_status look(void *context, mz_sql *sql, mz_error *error) {
    one *of = context;
    const mz_request *request = of->request;
    mz_str agency = request->who->agency, key = mz_request_place(request, "id");
    mz_status status = mz_task_get(sql, agency, key, request->arena, &of->task, error);
    if (!status && !may_see(request, &of->task)) status = mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such task");
    if (status || !of->cancel) return status;
    mz_right right = mz_work_kind_of(of->task.kind)->change;
    of->forbidden = !mz_may(request->who, right) && !mz_str_equal(of->task.creator, request->who->key);
    if (of->forbidden)
        return mz_fail(error, MZ_ERR_REFUSED, "to cancel this needs the right “%s”", mz_right_word(right));
    status = mz_task_cancel(sql, agency, key, error);
    return status ? status : mz_task_get(sql, agency, key, request->arena, &of->task, error);
}

static mz_status answer(const mz_request *request, bool cancel, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_json json;
    one of = {.request = request, .cancel = cancel};
    mz_status status = mz_people_bare(request, &access, error);
    if (!status)
        status = cancel ? mz_store_change(request->service->store, look, &of, error)
                        : mz_store_read(request->service->store, look, &of, error);
    if (status && of.forbidden) {
        mz_response_problem(response, request, 403, error);
        return MZ_OK;
    }
    if (status) return status;
    if (cancel) mz_list_import_forget(request->service, &of.task, request->arena);
    mz_json_init(&json, &response->body);
    mz_task_write(&json, &of.task, request->arena);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status get(const mz_request *request, mz_response *response, mz_error *error) {
    return answer(request, false, response, error);
}

static mz_status cancel(const mz_request *request, mz_response *response, mz_error *error) {
    return answer(request, true, response, error);
}

/* The right of the route is what every role has: which tasks are whose is looked at above. */
static const mz_route routes[] = {
    {.method = MZ_GET,
     .path = "/api/v1/tasks",
     .table = "tasks",
     .cursor = "before",
     .right = MZ_RIGHT_LISTS_READ,
     .handle = list},
    {.method = MZ_GET, .path = "/api/v1/tasks/{id}", .right = MZ_RIGHT_LISTS_READ, .handle = get},
    {.method = MZ_POST,
     .path = "/api/v1/tasks/{id}/cancel",
     .right = MZ_RIGHT_LISTS_READ,
     .flags = MZ_ROUTE_CHANGES,
     .handle = cancel},
};
const mz_routes mz_api_tasks_routes = {routes, sizeof routes / sizeof *routes};
