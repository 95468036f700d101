/* GET /api/v1/lists and what is below it: which lists are held and screened against, their versions, and what changed
 * from one to the next. Without a store of lists there is only what the index has. */
#include "base/clock.h"
#include "base/error.h"
#include "base/shown.h"
#include "lists/delta.h"
#include "lists/version_json.h"
#include "server/api.h"
#include "server/tables.h"

#include <stdlib.h>
#include <string.h>

enum { HOUR_SECONDS = 3600 };

/* What a request looks at: the versions that are current in the store, and the index. */
typedef struct view {
    mz_service *service;
    mz_list_version *current;
    size_t count;
    mz_live_lease *lease;
    mz_index_facts facts;
} view;

static mz_status open_view(const mz_request *request, view *v, mz_error *error) {
    *v = (view){.service = request->service};
    mz_status status = MZ_OK;
    if (v->service->lists) status = mz_list_store_current(v->service->lists, &v->current, &v->count, error);
    if (status) return mz_api_store_failure(status, error);
    v->lease = mz_live_take(v->service->live);
    mz_index_info(mz_live_index(v->lease), &v->facts);
    return MZ_OK;
}

static void close_view(view *v) {
    if (v->lease) mz_live_give_back(v->service->live, v->lease);
    free(v->current);
}

static const mz_index_list *indexed(const view *v, mz_str list) {
    for (size_t i = 0; i < v->facts.list_count; i++)
        if (mz_str_equal(v->facts.lists[i].list, list)) return &v->facts.lists[i];
    return NULL;
}

static const mz_list_version *held(const view *v, mz_str list) {
    for (size_t i = 0; i < v->count; i++)
        if (mz_str_equal(mz_str_of(v->current[i].list), list)) return &v->current[i];
    return NULL;
}

static const mz_list_origin *origin_of(mz_str list) {
    size_t count;
    const mz_list_origin *origins = mz_list_origins(&count);
    for (size_t i = 0; i < count; i++)
        if (mz_str_equal(mz_str_of(origins[i].list), list)) return &origins[i];
    return NULL;
}

/* ---- one list ---- */

static void write_text(mz_json *json, const char *key, const char *text) {
    mz_json_key(json, key);
    if (text)
        mz_json_str(json, mz_str_of(text));
    else
        mz_json_null(json);
}

static void write_held(const mz_list_version *version, unsigned stale_after_h, mz_json *json) {
    mz_json_key(json, "held");
    if (!version) {
        mz_json_null(json);
        return;
    }
    int64_t age_h = (mz_clock_now() - version->checked) / HOUR_SECONDS;
    mz_json_object(json);
    mz_list_version_write_json(version, json);
    mz_json_object_end(json);
    mz_json_pair_int(json, "age_h", age_h > 0 ? age_h : 0);
    mz_json_pair_bool(json, "stale", stale_after_h && age_h >= (int64_t)stale_after_h);
}

static void write_indexed(const mz_index_list *list, mz_json *json) {
    mz_json_key(json, "indexed");
    if (!list) {
        mz_json_null(json);
        return;
    }
    mz_json_object(json);
    mz_json_pair(json, "version", list->version);
    mz_time_write_json("published", list->published, json);
    mz_json_pair_int(json, "entities", list->entities);
    mz_json_object_end(json);
}

static void write_list(const view *v, mz_str list, mz_json *json) {
    const mz_list_origin *origin = origin_of(list);
    mz_json_object(json);
    mz_json_pair(json, "list", list);
    write_text(json, "title", origin ? origin->title : NULL);
    write_text(json, "publisher", origin ? origin->publisher : NULL);
    mz_json_pair_bool(json, "updatable", origin && v->service->lists);
    write_held(held(v, list), v->service->settings.stale_after_h, json);
    write_indexed(indexed(v, list), json);
    mz_json_object_end(json);
}

static mz_status no_list(mz_str list, mz_error *error) {
    return mz_fail(error, MZ_ERR_NOT_FOUND, "no list “%.*s” is held; /api/v1/lists has those that are", mz_shown(list),
                   list.data);
}

static mz_status lists(const mz_request *request, mz_response *response, mz_error *error) {
    view v;
    mz_json json;
    mz_status status = mz_api_parameters(request, NULL, 0, error);
    if (!status) status = open_view(request, &v, error);
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "lists");
    mz_json_array(&json);
    for (size_t i = 0; i < v.count; i++) write_list(&v, mz_str_of(v.current[i].list), &json);
    for (size_t i = 0; i < v.facts.list_count; i++)
        if (!held(&v, v.facts.lists[i].list)) write_list(&v, v.facts.lists[i].list, &json);
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    mz_buffer_char(&response->body, '\n');
    close_view(&v);
    return MZ_OK;
}

static mz_status one_list(const mz_request *request, mz_response *response, mz_error *error) {
    mz_str list = mz_request_place(request, "list");
    view v;
    mz_json json;
    mz_status status = mz_api_parameters(request, NULL, 0, error);
    if (!status) status = open_view(request, &v, error);
    if (status) return status;
    if (!held(&v, list) && !indexed(&v, list)) status = no_list(list, error);
    if (!status) {
        mz_json_init(&json, &response->body);
        write_list(&v, list, &json);
        mz_buffer_char(&response->body, '\n');
    }
    close_view(&v);
    return status;
}

/* ---- versions ---- */

/* The versions of the list that the path names, newest first, to be freed; MZ_ERR_NOT_FOUND when there is none. */
static mz_status versions_of(const mz_request *request, const char **ret_list, mz_list_version **ret_versions,
                             size_t *ret_count, mz_error *error) {
    mz_str list = mz_arena_copy(request->arena, mz_request_place(request, "list"));
    mz_list_store *store = request->service->lists;
    if (!store || strlen(list.data) != list.size) return no_list(list, error);
    mz_status status = mz_list_store_history(store, list.data, ret_versions, ret_count, error);
    if (status == MZ_ERR_ARGUMENT || status == MZ_ERR_NOT_FOUND) return no_list(list, error);
    if (status) return mz_api_store_failure(status, error);
    *ret_list = list.data;
    if (*ret_count) return MZ_OK;
    free(*ret_versions);
    return no_list(list, error);
}

static mz_status versions(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("limit"), MZ_STR_INIT("offset")};
    const char *list;
    mz_list_version *items;
    size_t count;
    mz_api_page page;
    view v;
    mz_json json;
    mz_status status = mz_api_parameters(request, known, 2, error);
    if (!status) status = mz_api_read_page(request, &page, error);
    if (!status) status = versions_of(request, &list, &items, &count, error);
    if (status) return status;
    status = open_view(request, &v, error);
    const mz_list_version *current = status ? NULL : held(&v, mz_str_of(list));
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair(&json, "list", mz_str_of(list));
    mz_json_pair_int(&json, "total", (int64_t)count);
    mz_json_key(&json, "versions");
    mz_json_array(&json);
    for (size_t i = page.offset; i < count && i - page.offset < page.limit; i++) {
        mz_json_object(&json);
        mz_list_version_write_json(&items[i], &json);
        mz_json_pair_bool(&json, "current", current && !strcmp(current->version, items[i].version));
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
    mz_json_object_end(&json);
    mz_buffer_char(&response->body, '\n');
    free(items);
    close_view(&v);
    return status;
}

/* ---- changes ---- */

typedef struct change_page {
    mz_api_page page;
    uint64_t total;
    mz_buffer *out;
} change_page;

static mz_status put_change(void *context, const mz_change *change, mz_error *error) {
    change_page *p = context;
    uint64_t number = p->total++;
    if (number < p->page.offset || number - p->page.offset >= p->page.limit) return MZ_OK;
    if (number > p->page.offset) mz_buffer_char(p->out, ',');
    mz_change_write(change, p->out);
    return p->out->failed ? mz_fail_buffer(p->out, error, "the answer") : MZ_OK;
}

/* The version that a prefix means among all of a list. */
static mz_status find_version(const mz_list_version *items, size_t count, mz_str prefix,
                              const mz_list_version **ret_version, mz_error *error) {
    enum { FEWEST = 4 };
    const mz_list_version *found = NULL;
    for (size_t i = 0; i < count && prefix.size >= FEWEST && prefix.size < MZ_VERSION_SIZE; i++) {
        if (strncmp(items[i].version, prefix.data, prefix.size) != 0) continue;
        if (found) return mz_fail(error, MZ_ERR_ARGUMENT, "several versions begin so; give more digits");
        found = &items[i];
    }
    if (!found) return mz_fail(error, MZ_ERR_NOT_FOUND, "the list has no such version");
    *ret_version = found;
    return MZ_OK;
}

/* The two versions between which changes are asked for: the later is in the path; the earlier is "against", or the one
 * that the later came in place of. */
static mz_status choose_pair(const mz_request *request, const mz_list_version *items, size_t count,
                             const mz_list_version **ret_later, const mz_list_version **ret_earlier, mz_error *error) {
    mz_str against = mz_request_query(request, "against");
    mz_status status = find_version(items, count, mz_request_place(request, "version"), ret_later, error);
    if (status) return status;
    if (!against.data) against = mz_str_of((*ret_later)->previous);
    if (!against.size) return mz_fail(error, MZ_ERR_NOT_FOUND, "this is the first version that is held of the list");
    return find_version(items, count, against, ret_earlier, error);
}

static mz_status write_changes(const mz_request *request, const mz_list_version *later, const mz_list_version *earlier,
                               change_page *p, mz_error *error) {
    mz_json json;
    mz_json_init(&json, p->out);
    mz_json_object(&json);
    mz_json_pair(&json, "list", mz_str_of(later->list));
    mz_json_pair(&json, "version", mz_str_of(later->version));
    mz_json_pair(&json, "against", mz_str_of(earlier->version));
    mz_json_key(&json, "changes");
    mz_json_raw(&json, MZ_STR("["));
    mz_status status = mz_list_store_diff(request->service->lists, later->list, earlier->version, later->version,
                                          put_change, p, error);
    mz_buffer_char(p->out, ']');
    mz_json_pair_int(&json, "total", (int64_t)p->total);
    mz_json_object_end(&json);
    mz_buffer_char(p->out, '\n');
    return mz_api_store_failure(status, error);
}

static mz_status changes(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("against"), MZ_STR_INIT("limit"), MZ_STR_INIT("offset")};
    change_page p = {.out = &response->body};
    const char *list;
    mz_list_version *items;
    size_t count;
    const mz_list_version *later, *earlier;
    mz_status status = mz_api_parameters(request, known, 3, error);
    if (!status) status = mz_api_read_page(request, &p.page, error);
    if (!status) status = versions_of(request, &list, &items, &count, error);
    if (status) return status;
    status = choose_pair(request, items, count, &later, &earlier, error);
    if (!status) status = write_changes(request, later, earlier, &p, error);
    free(items);
    return status;
}

static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/lists", .table = "lists", .right = MZ_RIGHT_LISTS_READ, .handle = lists},
    {.method = MZ_GET, .path = "/api/v1/lists/{list}", .right = MZ_RIGHT_LISTS_READ, .handle = one_list},
    {.method = MZ_GET,
     .path = "/api/v1/lists/{list}/versions",
     .table = "versions",
     .right = MZ_RIGHT_LISTS_READ,
     .handle = versions},
    {.method = MZ_GET,
     .path = "/api/v1/lists/{list}/versions/{version}/changes",
     .table = "changes",
     .right = MZ_RIGHT_LISTS_READ,
     .handle = changes},
};
const mz_routes mz_api_lists_routes = {routes, sizeof routes / sizeof *routes};
