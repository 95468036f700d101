/* /api/v1/watch: against what one's agency's subjects were screened, which of them not wholly, and the runs of
 * continuous screening. */
#include "base/error.h"
#include "server/api.h"
#include "server/people_json.h"
#include "server/tables.h"
#include "server/watching.h"
#include "server/work.h"

enum { PAGE_USUAL = 50, PAGE_MOST = 100 };

/* ---- runs ---- */

static mz_str text_of(const mz_json_value *result, const char *key) {
    const mz_json_value *value = mz_json_member(result, key);
    return value && value->kind == MZ_JSON_STRING ? value->text : (mz_str){"", 0};
}

static void write_text_or_null(mz_json *json, const char *key, mz_str text) {
    mz_json_key(json, key);
    if (text.size)
        mz_json_str(json, text);
    else
        mz_json_null(json);
}

static void write_lists(mz_json *json, const mz_json_value *result) {
    const mz_json_value *lists = mz_json_member(result, "lists");
    mz_json_key(json, "lists");
    mz_json_array(json);
    for (const mz_json_value *l = lists ? lists->child : NULL; l; l = l->next) {
        int64_t entities = 0;
        (void)mz_json_read_int(l, "entities", 0, UINT32_MAX, &entities, NULL);
        mz_json_object(json);
        mz_json_pair(json, "list", text_of(l, "list"));
        write_text_or_null(json, "from", text_of(l, "from"));
        write_text_or_null(json, "to", text_of(l, "to"));
        mz_json_pair_int(json, "entities", entities);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

/* A task, and what it found beside its own members. */
static void write_run(mz_buffer *out, const mz_task *task, mz_arena *arena) {
    static const char *const counts[] = {"screened",           "pairs", "raised", "refreshed", "quiet", "known",
                                         "not_wholly_screened"};
    mz_json json;
    const mz_json_value *state = NULL;
    if (task->state.size) (void)mz_json_parse(task->state, 0, arena, &state, NULL);
    const mz_json_value *result = mz_json_member(state, "result");
    mz_json_init(&json, out);
    mz_task_write(&json, task, arena);
    if (out->failed || !out->size) return;
    out->size--; /* its closing brace */
    mz_buffer_str(out, MZ_STR(",\"why\":"));
    mz_json_init(&json, out);
    mz_json_str(&json, result ? text_of(result, "why") : MZ_STR(""));
    json = (mz_json){.out = out, .depth = 1, .filled = {[1] = true}};
    write_text_or_null(&json, "everybody", text_of(result, "everybody"));
    write_lists(&json, result);
    for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
        int64_t count = 0;
        (void)mz_json_read_int(result, counts[k], 0, INT64_MAX, &count, NULL);
        mz_json_pair_int(&json, counts[k], count);
    }
    mz_json_object_end(&json);
}

typedef struct asking {
    const mz_request *request;
    mz_str before;
    size_t limit;
    mz_task *tasks;
    size_t count;
    bool all;
    mz_task added;
    mz_watched watched;
    uint64_t subjects, unscreened, partly_count;
    mz_partly *partly;
} asking;

static mz_status read_runs(void *context, mz_sql *sql, mz_error *error) {
    asking *a = context;
    const mz_request *request = a->request;
    return mz_tasks_list(sql, request->who->agency, MZ_STR(MZ_WATCH_KIND), a->before, a->limit, request->arena,
                         &a->tasks, &a->count, error);
}

static mz_status runs(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("before"), MZ_STR_INIT("limit")};
    mz_access *access;
    int64_t limit = PAGE_USUAL;
    mz_json json;
    asking a = {.request = request, .before = mz_request_query(request, "before")};
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_api_parameters(request, known, 2, error);
    if (!status) status = mz_request_query_int(request, "limit", 1, PAGE_MOST, &limit, error);
    a.limit = (size_t)limit;
    if (!status) status = mz_store_read(request->service->store, read_runs, &a, error);
    if (status) return status;
    mz_buffer_str(&response->body, MZ_STR("{\"runs\":["));
    for (size_t k = 0; k < a.count; k++) {
        if (k) mz_buffer_char(&response->body, ',');
        write_run(&response->body, &a.tasks[k], request->arena);
    }
    mz_buffer_char(&response->body, ']');
    json = (mz_json){.out = &response->body, .depth = 1, .filled = {[1] = true}};
    const mz_people_page page = {.limit = a.limit};
    mz_people_next(&json, &page, a.count, a.count ? a.tasks[a.count - 1].key : (mz_str){"", 0});
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status add_run(void *context, mz_sql *sql, mz_error *error) {
    asking *a = context;
    char key[MZ_SQL_KEY_SIZE];
    const mz_request *request = a->request;
    mz_status status = mz_watch_ask(sql, request->who->agency, a->all, request->who->key, key, error);
    if (!status) status = mz_task_get(sql, request->who->agency, mz_str_of(key), request->arena, &a->added, error);
    return status;
}

static mz_status ask(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("all")};
    mz_access *access;
    const mz_json_value *body;
    asking a = {.request = request};
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_people_body(request, known, 1, &body, error);
    if (!status) status = mz_json_read_bool(body, "all", &a.all, error);
    if (!status && !request->who->agency.size)
        status = mz_fail(error, MZ_ERR_REFUSED, "this needs a person who signed in, or an API key");
    if (!status) status = mz_store_change(request->service->store, add_run, &a, error);
    if (status) return status;
    mz_work_wake(request->service->work);
    response->status = 202;
    write_run(&response->body, &a.added, request->arena);
    mz_people_private(response);
    mz_response_header(response, MZ_STR("Location"),
                       mz_arena_print(request->arena, "/api/v1/tasks/%.*s", (int)a.added.key.size, a.added.key.data));
    return MZ_OK;
}

/* ---- how it stands ---- */

static mz_status read_standing(void *context, mz_sql *sql, mz_error *error) {
    asking *a = context;
    mz_str agency = a->request->who->agency;
    a->limit = 1;
    mz_status status = mz_watched_get(sql, agency, a->request->arena, &a->watched, error);
    if (!status) status = mz_subjects_count(sql, agency, &a->subjects, error);
    if (!status) status = mz_watched_missing(sql, agency, &a->watched, &a->unscreened, error);
    if (!status) status = mz_partly_count(sql, agency, &a->partly_count, error);
    return status ? status : read_runs(context, sql, error);
}

static void write_roster(const mz_request *request, mz_json *json) {
    char folder[PATH_MAX];
    mz_watch watch;
    uint32_t subjects;
    int64_t made;
    bool there = false;
    mz_json_key(json, "image");
    if (mz_watch_of(request->service, folder, &watch))
        (void)mz_watch_roster(&watch, request->who->agency, &subjects, &made, &there, NULL);
    if (!there) {
        mz_json_null(json);
        return;
    }
    mz_json_object(json);
    mz_json_pair_int(json, "subjects", subjects);
    mz_people_time(json, "made", made);
    mz_json_object_end(json);
}

static bool is_under_way(const asking *a) {
    return a->count &&
           (mz_str_equal(a->tasks[0].phase, MZ_STR("waiting")) || mz_str_equal(a->tasks[0].phase, MZ_STR("running")));
}

static mz_status standing(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_json json;
    asking a = {.request = request};
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_store_read(request->service->store, read_standing, &a, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "lists");
    mz_json_array(&json);
    for (size_t l = 0; l < a.watched.list_count; l++) {
        mz_json_object(&json);
        mz_json_pair(&json, "list", a.watched.lists[l].list);
        mz_json_pair(&json, "version", a.watched.lists[l].version);
        mz_people_time(&json, "at", a.watched.at);
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
    mz_json_pair_int(&json, "subjects", (int64_t)a.subjects);
    mz_json_pair_int(&json, "screened", (int64_t)(a.subjects > a.unscreened ? a.subjects - a.unscreened : 0));
    mz_json_pair_int(&json, "not_wholly_screened", (int64_t)a.partly_count);
    write_roster(request, &json);
    mz_json_key(&json, "running");
    if (is_under_way(&a))
        mz_task_write(&json, &a.tasks[0], request->arena);
    else
        mz_json_null(&json);
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

/* ---- who could not be wholly screened ---- */

static mz_status read_partly(void *context, mz_sql *sql, mz_error *error) {
    asking *a = context;
    const mz_request *request = a->request;
    return mz_partly_list(sql, request->who->agency, a->before, a->limit, request->arena, &a->partly, &a->count, error);
}

static void write_partly(mz_json *json, const mz_partly *subject) {
    mz_json_object(json);
    mz_json_pair(json, "id", subject->subject);
    mz_json_pair(json, "source", subject->source);
    mz_json_pair(json, "reference", subject->reference);
    mz_json_pair(json, "caption", subject->caption);
    mz_json_key(json, "why");
    mz_json_array(json);
    for (size_t k = 0; k < MZ_PARTLY_COUNT; k++)
        if (subject->why[k]) mz_json_str(json, mz_str_of(mz_partly_word(k)));
    mz_json_array_end(json);
    mz_json_key(json, "hits");
    if (subject->hits)
        mz_json_int(json, subject->hits);
    else
        mz_json_null(json);
    mz_people_time(json, "at", subject->at);
    mz_json_object_end(json);
}

static mz_status partly(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("after"), MZ_STR_INIT("limit")};
    mz_access *access;
    int64_t limit = PAGE_USUAL;
    mz_json json;
    asking a = {.request = request, .before = mz_request_query(request, "after")};
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_api_parameters(request, known, 2, error);
    if (!status) status = mz_request_query_int(request, "limit", 1, PAGE_MOST, &limit, error);
    a.limit = (size_t)limit;
    if (!status) status = mz_store_read(request->service->store, read_partly, &a, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "subjects");
    mz_json_array(&json);
    for (size_t k = 0; k < a.count; k++) write_partly(&json, &a.partly[k]);
    mz_json_array_end(&json);
    const mz_people_page page = {.limit = a.limit};
    mz_people_next(&json, &page, a.count, a.count ? a.partly[a.count - 1].subject : (mz_str){"", 0});
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/watch", .right = MZ_RIGHT_SUBJECTS_READ, .handle = standing},
    {.method = MZ_GET,
     .path = "/api/v1/watch/subjects",
     .table = "subjects",
     .cursor = "after",
     .right = MZ_RIGHT_SUBJECTS_READ,
     .handle = partly},
    {.method = MZ_GET,
     .path = "/api/v1/watch/runs",
     .table = "runs",
     .cursor = "before",
     .right = MZ_RIGHT_SUBJECTS_READ,
     .handle = runs},
    {.method = MZ_POST,
     .path = "/api/v1/watch/runs",
     .right = MZ_RIGHT_SUBJECTS_CHANGE,
     .body_most = MZ_PEOPLE_BODY_BYTES,
     .flags = MZ_ROUTE_CHANGES,
     .handle = ask},
};
const mz_routes mz_watch_routes = {routes, sizeof routes / sizeof *routes};
