/* GET /api/v1/entities/{id}: the whole record with the source of each fact. GET …/history: when it was listed, and what
 * changed since, field by field, over the versions of its list that the store holds.
 *
 * The history is read from the changes that the store keeps beside each version, which are small; whole versions are
 * never read. An entity of which the first thing told is no addition was in the first version that is held. */
#include "base/error.h"
#include "base/shown.h"
#include "lists/delta.h"
#include "lists/version_json.h"
#include "server/api.h"
#include "server/tables.h"

#include <stdlib.h>
#include <string.h>

/* ---- the record ---- */

/* The list of an entity in the index, and the version of it that is there. */
static const mz_index_list *source_of(const mz_index *index, mz_str list) {
    mz_index_facts facts;
    mz_index_info(index, &facts);
    for (size_t i = 0; i < facts.list_count; i++)
        if (mz_str_equal(facts.lists[i].list, list)) return &facts.lists[i];
    return NULL;
}

static mz_status no_entity(mz_str id, mz_error *error) {
    return mz_fail(error, MZ_ERR_NOT_FOUND, "no entity “%.*s” is listed", mz_shown(id), id.data);
}

static mz_status write_entity(const mz_index *index, uint32_t number, mz_buffer *out, mz_error *error) {
    mz_index_entry entry;
    char *record;
    size_t size;
    mz_json json;
    mz_index_entity(index, number, &entry);
    const mz_index_list *list = source_of(index, entry.list);
    mz_status status = mz_index_record(index, number, &record, &size, error);
    if (status) return status;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_key(&json, "entity");
    mz_json_raw(&json, (mz_str){record, size});
    mz_json_key(&json, "source");
    mz_json_object(&json);
    mz_json_pair(&json, "list", entry.list);
    mz_json_pair(&json, "version", list ? list->version : MZ_STR(""));
    mz_time_write_json("published", list ? list->published : 0, &json);
    mz_json_object_end(&json);
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
    free(record);
    return MZ_OK;
}

static mz_status entity(const mz_request *request, mz_response *response, mz_error *error) {
    mz_status status = mz_api_parameters(request, NULL, 0, error);
    if (status) return status;
    mz_live *live = request->service->live;
    mz_live_lease *lease = mz_live_take(live);
    const mz_index *index = mz_live_index(lease);
    mz_str id = mz_request_place(request, "id");
    uint32_t number;
    status = mz_index_find(index, id, &number, error);
    if (status == MZ_ERR_NOT_FOUND) status = no_entity(id, error);
    if (!status) status = write_entity(index, number, &response->body, error);
    mz_live_give_back(live, lease);
    return status;
}

/* ---- its history ---- */

/* What is told of an entity from version to version. */
typedef struct watch {
    mz_str id;
    const mz_list_version *version; /* whose changes are gone through */
    mz_buffer events;               /* objects with commas between them */
    bool added;                     /* the first thing that is told is that it was */
} watch;

static void write_fields(const mz_change *change, mz_json *json) {
    mz_json_key(json, "fields");
    mz_json_array(json);
    for (size_t i = 0; change && i < change->field_count; i++) {
        mz_json_object(json);
        mz_json_pair(json, "schema", mz_str_of(mz_schema_name(change->fields[i].schema)));
        mz_json_pair(json, "property", mz_str_of(mz_property_name(change->fields[i].property)));
        mz_json_pair(json, "from", change->fields[i].from);
        mz_json_pair(json, "to", change->fields[i].to);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
}

static void write_event(const mz_list_version *version, const char *what, const mz_change *change, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "change", mz_str_of(what));
    mz_json_pair(&json, "version", mz_str_of(version->version));
    mz_time_write_json("published", version->published, &json);
    mz_time_write_json("imported", version->imported, &json);
    write_fields(change, &json);
    mz_json_object_end(&json);
}

static mz_status watch_change(void *context, const mz_change *change, mz_error *error) {
    static const char *const words[] = {
        [MZ_CHANGE_ADDED] = "added", [MZ_CHANGE_REMOVED] = "removed", [MZ_CHANGE_CHANGED] = "changed"};
    watch *w = context;
    if (!mz_str_equal(change->id, w->id)) return MZ_OK;
    if (w->events.size)
        mz_buffer_char(&w->events, ',');
    else
        w->added = change->kind == MZ_CHANGE_ADDED;
    write_event(w->version, words[change->kind], change, &w->events);
    return w->events.failed ? mz_fail_buffer(&w->events, error, "the answer") : MZ_OK;
}

/* Versions are given newest first, and told oldest first. */
static mz_status watch_versions(mz_list_store *store, const mz_list_version *versions, size_t count, watch *w,
                                mz_error *error) {
    mz_status status = MZ_OK;
    for (size_t i = count; i-- > 0 && !status;) {
        const mz_list_version *version = w->version = &versions[i];
        if (!version->previous[0] || version->damage[0]) continue;
        status = mz_list_store_diff(store, version->list, version->previous, version->version, watch_change, w, error);
        if (status == MZ_ERR_NOT_FOUND) status = MZ_OK; /* the version before is not held any more */
    }
    return mz_api_store_failure(status, error);
}

static void write_history(const watch *w, bool listed, const mz_list_version *versions, size_t count, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "id", w->id);
    mz_json_pair(&json, "list", mz_str_of(versions[0].list));
    mz_json_pair_bool(&json, "listed", listed);
    mz_json_pair_int(&json, "versions", (int64_t)count);
    mz_json_key(&json, "events");
    mz_json_raw(&json, MZ_STR("["));
    if (!w->added) {
        write_event(&versions[count - 1], "held", NULL, out);
        if (w->events.size) mz_buffer_char(out, ',');
    }
    mz_buffer_str(out, mz_buffer_view(&w->events));
    mz_buffer_char(out, ']');
    mz_json_object_end(&json);
    mz_buffer_char(out, '\n');
}

static mz_status tell_history(const mz_request *request, mz_str id, bool listed, const mz_list_version *versions,
                              size_t count, mz_buffer *out, mz_error *error) {
    watch w = {.id = id};
    mz_buffer_init(&w.events, MZ_RESPONSE_BYTES_MOST);
    mz_status status = watch_versions(request->service->lists, versions, count, &w, error);
    if (!status && !w.events.size && !listed) status = no_entity(id, error);
    if (!status) write_history(&w, listed, versions, count, out);
    mz_buffer_done(&w.events);
    return status;
}

/* The list of an entity, as a string: the index's, or that whose name the id begins with. */
static mz_status list_of(const mz_request *request, mz_str id, bool *ret_listed, const char **ret_list,
                         mz_error *error) {
    mz_live *live = request->service->live;
    mz_live_lease *lease = mz_live_take(live);
    const mz_index *index = mz_live_index(lease);
    mz_list_version *current = NULL;
    mz_index_entry entry = {.list = {NULL, 0}};
    uint32_t number;
    size_t count = 0;
    mz_status status = mz_index_find(index, id, &number, error);
    *ret_listed = !status;
    if (!status) mz_index_entity(index, number, &entry);
    if (status == MZ_ERR_NOT_FOUND)
        status = mz_api_store_failure(mz_list_store_current(request->service->lists, &current, &count, error), error);
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(current[i].list);
        if (size > entry.list.size && size < id.size && id.data[size] == '-' && !memcmp(id.data, current[i].list, size))
            entry.list = mz_str_of(current[i].list);
    }
    if (!status && !entry.list.data) status = no_entity(id, error);
    if (!status) *ret_list = mz_arena_copy(request->arena, entry.list).data;
    free(current);
    mz_live_give_back(live, lease);
    return status;
}

static mz_status history(const mz_request *request, mz_response *response, mz_error *error) {
    mz_str id = mz_request_place(request, "id");
    mz_list_version *versions = NULL;
    size_t count = 0;
    const char *list;
    bool listed;
    mz_status status = mz_api_parameters(request, NULL, 0, error);
    if (status) return status;
    if (!request->service->lists)
        return mz_fail(error, MZ_ERR_NOT_FOUND, "there is no store of lists, and so no history");
    status = list_of(request, id, &listed, &list, error);
    if (!status)
        status =
            mz_api_store_failure(mz_list_store_history(request->service->lists, list, &versions, &count, error), error);
    if (!status && !count) status = mz_fail(error, MZ_ERR_NOT_FOUND, "no version of the list %.60s is held", list);
    if (!status) status = tell_history(request, id, listed, versions, count, &response->body, error);
    free(versions);
    return status;
}

static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/api/v1/entities/{id}", .right = MZ_RIGHT_LISTS_READ, .handle = entity},
    {.method = MZ_GET,
     .path = "/api/v1/entities/{id}/history",
     .table = "events",
     .right = MZ_RIGHT_LISTS_READ,
     .handle = history},
};
const mz_routes mz_api_entities_routes = {routes, sizeof routes / sizeof *routes};
