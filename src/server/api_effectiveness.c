/* /api/v1/effectiveness: the supervisor's test, asked for as a task (work_effectiveness.c), and its reports. */
#include "base/error.h"
#include "base/json_canonical.h"
#include "reports/effectiveness.h"
#include "server/api.h"
#include "server/people_json.h"
#include "server/tables.h"
#include "server/work_kinds.h"

enum { PAGE_USUAL = 50, PAGE_MOST = 100, CLASSES_MOST = 256, WISH_BYTES = 1 << 16 };
static const int share_decimals = 6;

static mz_status ask(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("classes"), MZ_STR_INIT("sample"), MZ_STR_INIT("seed"),
                                   MZ_STR_INIT("threshold")};
    const mz_json_value *body;
    size_t classes[CLASSES_MOST];
    mz_effectiveness_options options = MZ_EFFECTIVENESS_OPTIONS_INIT;
    mz_buffer wish;
    mz_status status = mz_people_body(request, known, 4, &body, error);
    if (!status) status = mz_effectiveness_wish(body, classes, CLASSES_MOST, &options, error);
    if (status) return status;
    mz_buffer_init(&wish, WISH_BYTES);
    status = mz_json_canonical_value(body, request->arena, &wish, error);
    if (!status) status = mz_work_ask(request, "effectiveness", MZ_STR(""), mz_buffer_view(&wish), response, error);
    mz_buffer_done(&wish);
    return status;
}

typedef struct reading {
    const mz_request *request;
    mz_str key, before;
    size_t limit, count;
    mz_kept_effectiveness *kept;
    mz_str text;
} reading;

static mz_status read_list(void *context, mz_sql *sql, mz_error *error) {
    reading *read = context;
    return mz_effectiveness_list(sql, read->request->who->agency, read->before, read->limit, read->request->arena,
                                 &read->kept, &read->count, error);
}

static void write_share(mz_json *json, const char *key, double share) {
    mz_json_key(json, key);
    if (share < 0)
        mz_json_null(json);
    else
        mz_json_fixed(json, share, share_decimals);
}

static void write_one(mz_json *json, const mz_kept_effectiveness *kept) {
    mz_json_object(json);
    mz_json_pair(json, "id", kept->key);
    mz_people_time(json, "made", kept->made);
    mz_json_key(json, "lists");
    mz_json_raw(json, kept->lists);
    write_share(json, "threshold", kept->threshold);
    mz_json_pair_int(json, "names", kept->names);
    mz_json_pair_int(json, "customers", kept->customers);
    write_share(json, "found", kept->found);
    write_share(json, "detection", kept->detection);
    write_share(json, "alerts", kept->alerts);
    mz_json_object_end(json);
}

static mz_status list(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("before"), MZ_STR_INIT("limit")};
    mz_access *access;
    int64_t limit = PAGE_USUAL;
    mz_json json;
    reading read = {.request = request, .before = mz_request_query(request, "before")};
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_api_parameters(request, known, 2, error);
    if (!status) status = mz_request_query_int(request, "limit", 1, PAGE_MOST, &limit, error);
    read.limit = (size_t)limit;
    if (!status) status = mz_store_read(request->service->store, read_list, &read, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "reports");
    mz_json_array(&json);
    for (size_t k = 0; k < read.count; k++) write_one(&json, &read.kept[k]);
    mz_json_array_end(&json);
    const mz_people_page page = {.limit = read.limit};
    mz_people_next(&json, &page, read.count, read.count ? read.kept[read.count - 1].key : MZ_STR(""));
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status read_text(void *context, mz_sql *sql, mz_error *error) {
    reading *read = context;
    return mz_effectiveness_text(sql, read->request->who->agency, read->key, read->request->arena, &read->text, error);
}

static mz_status get(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    reading read = {.request = request, .key = mz_request_place(request, "id")};
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_store_read(request->service->store, read_text, &read, error);
    if (status) return status;
    mz_buffer_str(&response->body, read.text);
    mz_people_private(response);
    return MZ_OK;
}

#define SEE .right = MZ_RIGHT_REPORTS
static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/effectiveness", .table = "reports", .cursor = "before", SEE, .handle = list},
    {.method = MZ_POST,
     .path = "/api/v1/effectiveness",
     SEE,
     .flags = MZ_ROUTE_CHANGES,
     .body_most = MZ_PEOPLE_BODY_BYTES,
     .handle = ask},
    {.method = MZ_GET, .path = "/api/v1/effectiveness/{id}", SEE, .handle = get},
};
const mz_routes mz_effect_routes = {routes, sizeof routes / sizeof *routes};
