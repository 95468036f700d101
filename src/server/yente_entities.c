/* GET /entities/{id}, …/adjacent, …/adjacent/{property}: what is listed, and what stands around it.
 *
 * Ids here are a list's own; nothing is merged, so that nothing is redirected. */
#include "base/error.h"
#include "server/service.h"
#include "server/yente.h"
#include "server/yente_graph.h"

#include <stdlib.h>

enum { PAGE = 10, PAGE_MOST = 500, OFFSET_MOST = 9499 };

/* A page of what is adjacent, and its order. */
typedef struct page {
    int64_t limit, offset;
    mz_str sort; /* empty: the order of the record */
    bool descending;
} page;

static mz_status read_page(const mz_request *request, page *ret_page, mz_error *error) {
    mz_str sort = mz_request_query(request, "sort");
    const char *colon = sort.size ? memchr(sort.data, ':', sort.size) : NULL;
    *ret_page = (page){.limit = PAGE, .sort = sort};
    if (colon) {
        size_t name = (size_t)(colon - sort.data);
        ret_page->descending = mz_str_equal((mz_str){colon + 1, sort.size - name - 1}, MZ_STR("desc"));
        ret_page->sort.size = name;
    }
    static const mz_str prefix = MZ_STR_INIT("properties.");
    if (ret_page->sort.size > prefix.size && !memcmp(ret_page->sort.data, prefix.data, prefix.size))
        ret_page->sort = (mz_str){ret_page->sort.data + prefix.size, ret_page->sort.size - prefix.size};
    mz_status status = mz_request_query_int(request, "limit", 0, PAGE_MOST, &ret_page->limit, error);
    if (!status) status = mz_request_query_int(request, "offset", 0, OFFSET_MOST, &ret_page->offset, error);
    return status;
}

/* ---- order ---- */

typedef struct sorted {
    mz_yente_adjacent_entity entity;
    mz_str key; /* data NULL: it has none, and stands last */
    size_t place;
    bool descending;
} sorted;

static mz_str key_of(const mz_entity *entity, mz_str sort) {
    mz_property property;
    if (mz_str_equal(sort, MZ_STR("id"))) return entity->id;
    if (mz_str_equal(sort, MZ_STR("schema"))) return mz_str_of(mz_schema_name(entity->schema));
    if (mz_str_equal(sort, MZ_STR("caption"))) return mz_entity_first(entity, MZ_PROP_name);
    if (!mz_property_find(sort, &property)) return (mz_str){NULL, 0};
    mz_str first = mz_entity_first(entity, property);
    return first.size ? first : (mz_str){NULL, 0};
}

static int by_key(const void *left, const void *right) {
    const sorted *a = left, *b = right;
    if (!a->key.data != !b->key.data) return a->key.data ? -1 : 1;
    int order = a->key.data ? mz_str_order(a->key, b->key) : 0;
    if (order) return a->descending ? -order : order;
    return a->place < b->place ? -1 : a->place > b->place;
}

static sorted *put_in_order(mz_yente_graph *graph, const mz_yente_adjacent_entity *found, size_t count,
                            const page *of) {
    sorted *all = MZ_ARENA_NEW(&graph->arena, count + 1, sorted);
    for (size_t k = 0; all && k < count; k++)
        all[k] = (sorted){found[k], key_of(found[k].entity, of->sort), k, of->descending};
    if (all && of->sort.size && count) qsort(all, count, sizeof *all, by_key);
    return all;
}

/* ---- answers ---- */

static void write_page(mz_yente_graph *graph, mz_str property, const page *of, mz_json *json) {
    size_t count;
    const mz_yente_adjacent_entity *found = mz_yente_graph_adjacent(graph, property, &count);
    const sorted *all = put_in_order(graph, found, count, of);
    size_t first = (size_t)of->offset, end = first + (size_t)of->limit;
    mz_json_object(json);
    mz_json_key(json, "results");
    mz_json_array(json);
    for (size_t k = first; all && k < count && k < end; k++) mz_yente_graph_write_adjacent(graph, &all[k].entity, json);
    mz_json_array_end(json);
    mz_json_key(json, "total");
    mz_json_object(json);
    mz_json_pair_int(json, "value", (int64_t)count);
    mz_json_pair(json, "relation", MZ_STR("eq"));
    mz_json_object_end(json);
    mz_json_pair_int(json, "limit", of->limit);
    mz_json_pair_int(json, "offset", of->offset);
    mz_json_object_end(json);
}

typedef enum asked { ASKED_ENTITY, ASKED_ADJACENT, ASKED_PROPERTY } asked;

static mz_status answer(mz_yente_graph *graph, const mz_request *request, asked what, mz_response *response,
                        mz_error *error) {
    mz_json json;
    page of;
    bool nested = true;
    mz_str property = mz_request_place(request, "property");
    mz_status status = mz_request_query_bool(request, "nested", &nested, error);
    if (!status && what != ASKED_ENTITY) status = read_page(request, &of, error);
    if (status) return status;
    if (what == ASKED_PROPERTY && !mz_yente_graph_has_property(graph, property))
        return mz_fail(error, MZ_ERR_NOT_FOUND, "nothing stands next to this entity over a property “%.*s”",
                       (int)(property.size < 80 ? property.size : 80), property.data);
    mz_json_init(&json, &response->body);
    if (what == ASKED_ENTITY) {
        mz_yente_graph_write(graph, nested, &json);
    } else if (what == ASKED_PROPERTY) {
        write_page(graph, property, &of, &json);
    } else {
        size_t count;
        mz_json_object(&json);
        mz_json_key(&json, "entity");
        mz_yente_graph_write(graph, false, &json);
        mz_json_key(&json, "adjacent");
        mz_json_object(&json);
        const char *const *properties = mz_yente_graph_properties(graph, &count);
        for (size_t k = 0; k < count; k++) {
            mz_json_key(&json, properties[k]);
            write_page(graph, mz_str_of(properties[k]), &of, &json);
        }
        mz_json_object_end(&json);
        mz_json_object_end(&json);
    }
    return mz_yente_graph_failed(graph, error) ? error->status : MZ_OK;
}

static mz_status fetch(const mz_request *request, asked what, mz_response *response, mz_error *error) {
    mz_yente_graph graph;
    mz_live *live = request->service->live;
    mz_live_lease *lease = mz_live_take(live);
    mz_status status = mz_yente_graph_load(&graph, mz_live_index(lease), mz_request_place(request, "id"), error);
    if (!status) status = answer(&graph, request, what, response, error);
    mz_yente_graph_done(&graph);
    mz_live_give_back(live, lease);
    return status;
}

mz_status mz_yente_entity(const mz_request *request, mz_response *response, mz_error *error) {
    return fetch(request, ASKED_ENTITY, response, error);
}

mz_status mz_yente_adjacent(const mz_request *request, mz_response *response, mz_error *error) {
    return fetch(request, ASKED_ADJACENT, response, error);
}

mz_status mz_yente_adjacent_property(const mz_request *request, mz_response *response, mz_error *error) {
    return fetch(request, ASKED_PROPERTY, response, error);
}
