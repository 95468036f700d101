/* GET /catalog and /manifest: the lists as data sets; POST /updatez: looks for a newer index.
 *
 * A data set's version is the content address of its list's version, short as it is shown everywhere else; a list that
 * came into the index without one is known by its date. The index is behind where the store of lists has a current
 * version that the index was not made of. */
#include "base/clock.h"
#include "base/error.h"
#include "server/api.h"
#include "server/scope.h"
#include "server/service.h"
#include "server/yente.h"
#include "server/yente_entity.h"

#include <stdlib.h>

enum { SHORT_VERSION = 16 };

/* A list of the index, and its current version in the store of lists; NULL when that does not have it. */
typedef struct dataset {
    const mz_index_list *list;
    const mz_list_version *held;
    const mz_list_origin *origin; /* NULL: not of the catalogue */
} dataset;

static const mz_list_version *find_held(const mz_list_version *versions, size_t count, mz_str list) {
    for (size_t k = 0; k < count; k++)
        if (mz_str_equal(mz_str_of(versions[k].list), list) && !versions[k].damage[0]) return &versions[k];
    return NULL;
}

static const mz_list_origin *find_origin(mz_str list) {
    size_t count;
    const mz_list_origin *origins = mz_list_origins(&count);
    for (size_t k = 0; k < count; k++)
        if (mz_str_equal(mz_str_of(origins[k].list), list)) return &origins[k];
    return NULL;
}

static bool is_current(const dataset *set) {
    return !set->held || mz_str_equal(mz_str_of(set->held->version), set->list->version);
}

/* "static" where neither a version nor a date is known. */
static mz_str shown_version(mz_str version, int64_t published, char room[MZ_TIME_TEXT_SIZE]) {
    if (version.size) return (mz_str){version.data, version.size < SHORT_VERSION ? version.size : SHORT_VERSION};
    if (!published) return MZ_STR("static");
    mz_time_text(published, room);
    return (mz_str){room, 10};
}

static void write_version(mz_json *json, const dataset *set) {
    char room[MZ_TIME_TEXT_SIZE];
    mz_str indexed = shown_version(set->list->version, set->list->published, room);
    mz_str held = set->held ? shown_version(mz_str_of(set->held->version), 0, room) : indexed;
    mz_json_pair(json, "version", held);
    mz_json_pair(json, "index_version", indexed);
    mz_json_pair_bool(json, "index_current", is_current(set));
}

static void write_publisher(mz_json *json, const mz_list_origin *origin) {
    mz_json_key(json, "publisher");
    if (!origin) {
        mz_json_null(json);
        return;
    }
    mz_json_object(json);
    mz_json_pair(json, "name", mz_str_of(origin->publisher));
    mz_json_pair_bool(json, "official", true);
    mz_json_object_end(json);
}

static void write_dataset(mz_json *json, const dataset *set) {
    mz_json_object(json);
    mz_json_pair(json, "name", set->list->list);
    mz_json_pair(json, "title", set->origin ? mz_str_of(set->origin->title) : set->list->list);
    mz_json_pair(json, "summary", mz_str_of(set->origin && set->origin->note ? set->origin->note : ""));
    write_publisher(json, set->origin);
    mz_json_pair_bool(json, "load", true);
    write_version(json, set);
    mz_json_pair_int(json, "entity_count", set->list->entities);
    mz_json_pair_int(json, "thing_count", set->list->entities);
    mz_yente_write_time(json, "last_export", set->list->published);
    mz_yente_write_time(json, "updated_at", set->held ? set->held->imported : set->list->published);
    mz_json_key(json, "children");
    mz_json_array(json);
    mz_json_array_end(json);
    mz_json_object_end(json);
}

static void write_collection(mz_json *json, const char *name, const mz_index_facts *facts, bool current) {
    int64_t latest = 0;
    for (size_t l = 0; l < facts->list_count; l++)
        if (facts->lists[l].published > latest) latest = facts->lists[l].published;
    mz_json_object(json);
    mz_json_pair(json, "name", mz_str_of(name));
    mz_json_pair(json, "title", MZ_STR("All lists"));
    mz_json_pair(json, "summary", MZ_STR("Everything that this service screens against."));
    mz_json_pair_bool(json, "load", false);
    mz_json_pair(json, "version", MZ_STR("collection"));
    mz_json_pair(json, "index_version", MZ_STR("collection"));
    mz_json_pair_bool(json, "index_current", current);
    mz_json_pair_int(json, "entity_count", facts->entities);
    mz_json_pair_int(json, "thing_count", facts->entities);
    mz_yente_write_time(json, "last_export", latest);
    mz_yente_write_time(json, "updated_at", latest);
    mz_json_key(json, "children");
    mz_json_array(json);
    for (size_t l = 0; l < facts->list_count; l++) mz_json_str(json, facts->lists[l].list);
    mz_json_array_end(json);
    mz_json_object_end(json);
}

static void write_names(mz_json *json, const char *key, const dataset *sets, size_t count, bool current) {
    mz_json_key(json, key);
    mz_json_array(json);
    for (size_t k = 0; k < count; k++)
        if (is_current(&sets[k]) == current) mz_json_str(json, sets[k].list->list);
    mz_json_array_end(json);
}

static mz_status write_catalog(const mz_request *request, const mz_index *index, const mz_list_version *versions,
                               size_t version_count, mz_response *response, mz_error *error) {
    mz_json json;
    mz_index_facts facts;
    bool stale = false;
    mz_index_info(index, &facts);
    dataset *sets = MZ_ARENA_NEW(request->arena, facts.list_count + 1, dataset);
    if (!sets) return mz_fail_arena(request->arena, error, "the catalog");
    for (size_t l = 0; l < facts.list_count; l++) {
        mz_str list = facts.lists[l].list;
        sets[l] = (dataset){&facts.lists[l], find_held(versions, version_count, list), find_origin(list)};
        stale |= !is_current(&sets[l]);
    }
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_key(&json, "datasets");
    mz_json_array(&json);
    for (size_t l = 0; l < facts.list_count; l++) write_dataset(&json, &sets[l]);
    for (size_t k = 0; mz_scope_collection(k); k++) write_collection(&json, mz_scope_collection(k), &facts, !stale);
    mz_json_array_end(&json);
    write_names(&json, "current", sets, facts.list_count, true);
    write_names(&json, "outdated", sets, facts.list_count, false);
    mz_json_pair_bool(&json, "index_stale", stale);
    mz_json_object_end(&json);
    return MZ_OK;
}

mz_status mz_yente_catalog(const mz_request *request, mz_response *response, mz_error *error) {
    mz_service *service = request->service;
    mz_list_version *versions = NULL;
    size_t count = 0;
    mz_status status = service->lists ? mz_list_store_current(service->lists, &versions, &count, error) : MZ_OK;
    if (status) return mz_api_store_failure(status, error);
    mz_live_lease *lease = mz_live_take(service->live);
    status = write_catalog(request, mz_live_index(lease), versions, count, response, error);
    mz_live_give_back(service->live, lease);
    free(versions);
    return status;
}

/* Requests in hand go on with the index that they have. What cannot be used is told, and the old one stays. */
mz_status mz_yente_update(const mz_request *request, mz_response *response, mz_error *error) {
    mz_json json;
    bool fresh = false, sync = false;
    mz_status status = mz_request_query_bool(request, "sync", &sync, error);
    if (!status && mz_live_refresh(request->service->live, &fresh, error))
        status = mz_fail(error, MZ_ERR_BUSY, "the new index cannot be used; the old one stays. See the service's log");
    if (status) return status;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_json_pair(&json, "status", MZ_STR("ok"));
    mz_json_pair_bool(&json, "new", fresh);
    mz_json_object_end(&json);
    return MZ_OK;
}

enum { MATCH_BODY_BYTES = 16 << 20 };

static const mz_route routes[] = {
    {.method = MZ_POST,
     .path = "/match/{dataset}",
     .right = MZ_RIGHT_SCREEN,
     .body_most = MATCH_BODY_BYTES,
     .handle = mz_yente_match},
    {.method = MZ_GET, .path = "/search/{dataset}", .right = MZ_RIGHT_SCREEN, .handle = mz_yente_search},
    {.method = MZ_GET, .path = "/entities/{id}", .right = MZ_RIGHT_SCREEN, .handle = mz_yente_entity},
    {.method = MZ_GET, .path = "/entities/{id}/adjacent", .right = MZ_RIGHT_SCREEN, .handle = mz_yente_adjacent},
    {.method = MZ_GET,
     .path = "/entities/{id}/adjacent/{property}",
     .right = MZ_RIGHT_SCREEN,
     .handle = mz_yente_adjacent_property},
    {.method = MZ_GET, .path = "/catalog", .right = MZ_RIGHT_SCREEN, .handle = mz_yente_catalog},
    {.method = MZ_GET, .path = "/manifest", .right = MZ_RIGHT_SCREEN, .handle = mz_yente_catalog},
    {.method = MZ_GET, .path = "/algorithms", .right = MZ_RIGHT_SCREEN, .handle = mz_yente_algorithms},
    {.method = MZ_POST,
     .path = "/updatez",
     .right = MZ_RIGHT_LISTS_CHANGE,
     .flags = MZ_ROUTE_CHANGES,
     .handle = mz_yente_update},
};
const mz_routes mz_yente_routes = {routes, sizeof routes / sizeof *routes};
