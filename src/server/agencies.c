/* /api/v1/agency: one's own; /api/v1/agencies: all, for who operates the service; /api/v1/history: who did what in
 * one's own. */
#include "access/agencies.h"

#include "base/clock.h"
#include "base/error.h"
#include "server/api.h"
#include "server/people_json.h"
#include "server/tables.h"

static mz_status answer_agency(mz_response *response, const mz_agency *agency) {
    mz_json json;
    mz_json_init(&json, &response->body);
    mz_agency_write(&json, agency);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status get_agency(const mz_request *request, mz_str key, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_agency agency;
    mz_status status = mz_people_bare(request, &access, error);
    if (!status) status = mz_agency_get(access, key, request->arena, &agency, error);
    return status ? status : answer_agency(response, &agency);
}

static mz_status get_own(const mz_request *request, mz_response *response, mz_error *error) {
    return get_agency(request, request->who->agency, response, error);
}

static mz_status get(const mz_request *request, mz_response *response, mz_error *error) {
    return get_agency(request, mz_request_place(request, "id"), response, error);
}

static mz_status list(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_people_page page;
    mz_agency *agencies;
    size_t count;
    mz_json json;
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_people_read_page(request, &page, error);
    if (!status) status = mz_agencies_list(access, page.after, page.limit, request->arena, &agencies, &count, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "agencies");
    mz_json_array(&json);
    for (size_t k = 0; k < count; k++) mz_agency_write(&json, &agencies[k]);
    mz_json_array_end(&json);
    mz_people_next(&json, &page, count, count ? agencies[count - 1].key : MZ_STR(""));
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

static mz_status add(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("name"), MZ_STR_INIT("title"), MZ_STR_INIT("administrator")};
    mz_access *access;
    const mz_json_value *body;
    mz_agency_draft draft = MZ_AGENCY_DRAFT_INIT;
    mz_agency agency;
    mz_json json;
    char password[MZ_ONE_TIME_PASSWORD_SIZE];
    mz_actor actor = mz_people_actor(request);
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_people_body(request, known, 3, &body, error);
    if (!status) status = mz_people_need(body, "name", &draft.name, error);
    if (!status) status = mz_json_read_str(body, "title", &draft.title, error);
    if (!status) status = mz_people_need(body, "administrator", &draft.administrator, error);
    if (!status) status = mz_agency_add(access, &actor, &draft, request->arena, &agency, password, error);
    if (status) return status;
    response->status = 201;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "agency");
    mz_agency_write(&json, &agency);
    mz_json_pair(&json, "administrator", draft.administrator);
    mz_json_pair(&json, "one_time_password", mz_str_of(password));
    mz_json_object_end(&json);
    mz_people_private(response);
    mz_response_header(response, MZ_STR("Location"),
                       mz_arena_print(request->arena, "/api/v1/agencies/%.*s", (int)agency.key.size, agency.key.data));
    return MZ_OK;
}

static mz_status change_agency(const mz_request *request, mz_str key, const mz_agency_draft *draft,
                               mz_response *response, mz_error *error) {
    mz_agency agency;
    mz_actor actor = mz_people_actor(request);
    mz_status status = mz_agency_change(request->service->access, &actor, key, draft, request->arena, &agency, error);
    return status ? status : answer_agency(response, &agency);
}

/* What an agency says of itself: how it is called, and whether everybody needs a second factor. */
static mz_status change_own(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("title"), MZ_STR_INIT("second_factor_demanded")};
    mz_access *access;
    const mz_json_value *body;
    mz_agency_draft draft = MZ_AGENCY_DRAFT_INIT;
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_people_body(request, known, 2, &body, error);
    if (!status) status = mz_json_read_str(body, "title", &draft.title, error);
    if (!status) status = mz_people_flag(body, "second_factor_demanded", &draft.second_factor, error);
    return status ? status : change_agency(request, request->who->agency, &draft, response, error);
}

static mz_status change(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("title"), MZ_STR_INIT("locked")};
    mz_access *access;
    const mz_json_value *body;
    mz_agency_draft draft = MZ_AGENCY_DRAFT_INIT;
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = mz_people_body(request, known, 2, &body, error);
    if (!status) status = mz_json_read_str(body, "title", &draft.title, error);
    if (!status) status = mz_people_flag(body, "locked", &draft.locked, error);
    return status ? status : change_agency(request, mz_request_place(request, "id"), &draft, response, error);
}

/* --- history --- */

enum { HISTORY_USUAL = 100, HISTORY_MOST = 500 };

static mz_status read_moment(const mz_request *request, const char *name, int64_t *ret_seconds, mz_error *error) {
    mz_str text = mz_request_query(request, name);
    if (!text.data || mz_time_parse(text.data, text.size, ret_seconds)) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “%s” must be a day or a time such as 2026-05-01T00:00:00Z",
                   name);
}

static mz_status read_history_query(const mz_request *request, mz_history_query *ret_query, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("limit"), MZ_STR_INIT("before"), MZ_STR_INIT("event"),
                                   MZ_STR_INIT("of"),    MZ_STR_INIT("since"),  MZ_STR_INIT("until")};
    int64_t limit = HISTORY_USUAL;
    mz_history_query query = {.before = mz_request_query(request, "before"),
                              .event = mz_request_query(request, "event"),
                              .person = mz_request_query(request, "of")};
    mz_status status = mz_api_parameters(request, known, sizeof known / sizeof *known, error);
    if (!status) status = mz_request_query_int(request, "limit", 1, HISTORY_MOST, &limit, error);
    if (!status) status = read_moment(request, "since", &query.since, error);
    if (!status) status = read_moment(request, "until", &query.until, error);
    query.limit = (size_t)limit;
    if (!status) *ret_query = query;
    return status;
}

static void write_named(mz_json *json, const char *key, mz_str kind, mz_str id, mz_str name) {
    mz_json_key(json, key);
    mz_json_object(json);
    if (kind.size) mz_json_pair(json, "kind", kind);
    mz_json_pair(json, "id", id);
    mz_json_pair(json, "name", name);
    mz_json_object_end(json);
}

static void write_entry(mz_json *json, const mz_history_entry *entry) {
    mz_json_object(json);
    mz_json_pair(json, "id", entry->key);
    mz_people_time(json, "at", entry->at);
    mz_json_pair(json, "event", entry->event);
    write_named(json, "actor", entry->actor_kind, entry->actor, entry->actor_name);
    write_named(json, "object", MZ_STR(""), entry->object, entry->object_name);
    mz_json_pair(json, "client", entry->client);
    mz_json_key(json, "detail");
    mz_json_raw(json, entry->detail);
    mz_json_object_end(json);
}

static mz_status history(const mz_request *request, mz_response *response, mz_error *error) {
    mz_access *access;
    mz_history_query query;
    mz_history_entry *entries;
    size_t count;
    mz_json json;
    mz_status status = mz_people_access(request, &access, error);
    if (!status) status = read_history_query(request, &query, error);
    if (!status)
        status = mz_history_list(access, request->who->agency, &query, request->arena, &entries, &count, error);
    if (status) return status;
    const mz_people_page page = {.limit = query.limit};
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "entries");
    mz_json_array(&json);
    for (size_t k = 0; k < count; k++) write_entry(&json, &entries[k]);
    mz_json_array_end(&json);
    mz_people_next(&json, &page, count, count ? entries[count - 1].key : MZ_STR(""));
    mz_json_object_end(&json);
    mz_people_private(response);
    return MZ_OK;
}

#define OPERATE .right = MZ_RIGHT_AGENCIES
#define CHANGES .flags = MZ_ROUTE_CHANGES, .body_most = MZ_PEOPLE_BODY_BYTES
static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/agency", .right = MZ_RIGHT_PEOPLE_READ, .handle = get_own},
    {.method = MZ_PATCH, .path = "/api/v1/agency", .right = MZ_RIGHT_PEOPLE_CHANGE, CHANGES, .handle = change_own},
    {.method = MZ_GET, .path = "/api/v1/agencies", .table = "agencies", .cursor = "after", OPERATE, .handle = list},
    {.method = MZ_POST, .path = "/api/v1/agencies", OPERATE, CHANGES, .handle = add},
    {.method = MZ_GET, .path = "/api/v1/agencies/{id}", OPERATE, .handle = get},
    {.method = MZ_PATCH, .path = "/api/v1/agencies/{id}", OPERATE, CHANGES, .handle = change},
    {.method = MZ_GET,
     .path = "/api/v1/history",
     .table = "entries",
     .cursor = "before",
     .right = MZ_RIGHT_HISTORY,
     .handle = history},
};
const mz_routes mz_agency_routes = {routes, sizeof routes / sizeof *routes};
