/* GET and POST /reconcile/{dataset}: a batch of cells of somebody's table, each to the entities that it may mean.
 *
 * The batch comes as JSON in the parameter "queries", of the address or of a form in the body, as OpenRefine sends it.
 * A candidate is a match, which OpenRefine takes over unseen, when it reaches the threshold and no other does. Scores
 * are told in hundredths, as OpenRefine shows them. */
#include "server/reconcile.h"

#include "base/error.h"
#include "base/shown.h"
#include "screen/evidence.h"
#include "screen/query.h"
#include "server/scope.h"
#include "server/service.h"
#include "server/tables.h"
#include "server/target.h"
#include "server/turns.h"
#include "server/yente_entity.h"

#include <string.h>

static const double LEAST_CUTOFF = 0.5;

typedef struct reconciling {
    const mz_request *request;
    const mz_engine *engine;
    mz_scope scope;
    mz_query_wishes wishes;
    double threshold;
    mz_builder *builder;
    mz_yente_reader reader;
    mz_str not_done; /* of the query in hand */
    mz_json json;
} reconciling;

static const mz_json_value parameter = {.kind = MZ_JSON_NULL};

/* ---- what is asked ---- */

/* "queries" of the address, or of the form in the body; data NULL: there are none. */
static mz_status find_queries(const mz_request *request, mz_str *ret_queries, mz_error *error) {
    mz_parameters form = request->query;
    mz_str path;
    if (request->method == MZ_POST) {
        mz_str type = mz_request_header(request, "content-type");
        if (type.size >= 16 && memcmp(type.data, "application/json", 16) == 0)
            return mz_fail(error, MZ_ERR_INPUT, "the body must be a form with the field “queries”, not JSON by itself");
        mz_str target = mz_arena_print(request->arena, "/?%.*s", (int)request->body.size, request->body.data);
        if (request->arena->failed) return mz_fail_arena(request->arena, error, "the request");
        mz_status status = mz_target_read(target, request->arena, &path, &form, error);
        if (status) return status;
    }
    *ret_queries = (mz_str){NULL, 0};
    for (size_t k = 0; k < form.count && !ret_queries->data; k++)
        if (mz_str_equal(form.items[k].name, MZ_STR("queries"))) *ret_queries = form.items[k].value;
    if (request->method == MZ_POST && !ret_queries->data)
        return mz_fail(error, MZ_ERR_INPUT, "the form has no field “queries”");
    return MZ_OK;
}

/* `what`: "type" or "property", as the addresses that list them say it, too. */
static mz_status unknown(const mz_json_value *at, const char *what, mz_str name, const char *nearest, mz_error *error) {
    return mz_fail_at(error, MZ_ERR_INPUT, at->line, at->column, "unknown %s “%.*s”; %s%s%s", what, mz_shown(name),
                      name.data, nearest ? "did you mean “" : "/reconcile/default/suggest/", nearest ? nearest : what,
                      nearest ? "”?" : "?prefix= lists what there is");
}

static mz_status read_type(const mz_json_value *at, mz_schema *ret_schema, mz_error *error) {
    mz_status status = mz_json_expect(at, MZ_JSON_STRING, "a type", error);
    if (!status && !mz_schema_find(at->text, ret_schema))
        status = unknown(at, "type", at->text, mz_schema_nearest(at->text), error);
    return status;
}

/* One type is what the query is; of several, each candidate is to be one. */
static mz_status read_types(reconciling *r, const mz_json_value *query, mz_schema *ret_schema, mz_error *error) {
    const mz_json_value *type = mz_json_member(query, "type");
    mz_status status = MZ_OK;
    *ret_schema = MZ_SCHEMA_Thing;
    r->wishes.excluded_schemata = r->scope.excluded_schemata;
    if (!type || type->kind == MZ_JSON_NULL || (type->kind == MZ_JSON_ARRAY && !type->count)) return MZ_OK;
    if (type->kind != MZ_JSON_ARRAY) return read_type(type, ret_schema, error);
    if (type->count == 1) return read_type(type->child, ret_schema, error);
    bool *excluded = MZ_ARENA_NEW(r->request->arena, MZ_SCHEMA_COUNT, bool);
    if (!excluded) return mz_fail_arena(r->request->arena, error, "the request");
    for (unsigned s = 0; s < MZ_SCHEMA_COUNT; s++) excluded[s] = true;
    for (const mz_json_value *one = type->child; one && !status; one = one->next) {
        mz_schema wanted = MZ_SCHEMA_Thing;
        status = read_type(one, &wanted, error);
        for (unsigned s = 0; s < MZ_SCHEMA_COUNT; s++)
            if (mz_schema_is_a((mz_schema)s, wanted)) excluded[s] = false;
    }
    for (unsigned s = 0; s < MZ_SCHEMA_COUNT && r->scope.excluded_schemata; s++)
        if (r->scope.excluded_schemata[s]) excluded[s] = true;
    r->wishes.excluded_schemata = excluded;
    return status;
}

/* A value that is itself a thing reconciled before is compared by its name; that something is so or not is compared
 * with nothing. */
static mz_status add_value(reconciling *r, mz_property property, const mz_json_value *value, mz_error *error) {
    mz_str text = value->text;
    if (value->kind == MZ_JSON_OBJECT) {
        text = (mz_str){NULL, 0};
        mz_status status = mz_json_read_str(value, "name", &text, error);
        if (!status && !text.data) status = mz_json_read_str(value, "id", &text, error);
        if (status) return status;
    } else if (value->kind == MZ_JSON_ARRAY) {
        return mz_json_expect(value, MZ_JSON_STRING, "a value of a property", error);
    }
    if (value->kind == MZ_JSON_TRUE || value->kind == MZ_JSON_FALSE) {
        mz_scope_tell(r->request->arena, &r->not_done, "%s: %s is not compared", mz_property_name(property),
                      mz_json_kind_name(value->kind));
    } else if (text.size && value->kind != MZ_JSON_NULL) {
        if (mz_property_kind(property) == MZ_TYPE_NAME) mz_request_asked(r->request, text);
        (void)mz_builder_add(r->builder, 0, property, text, (mz_position){0});
    }
    return MZ_OK;
}

static mz_status add_property(reconciling *r, const mz_json_value *item, mz_error *error) {
    mz_property property;
    const mz_json_value *pid = mz_json_member(item, "pid"), *value = mz_json_member(item, "v");
    mz_status status = mz_json_expect(item, MZ_JSON_OBJECT, "an element of “properties”", error);
    if (status) return status;
    if (!pid || !value)
        return mz_fail_at(error, MZ_ERR_INPUT, item->line, item->column, "a property needs “pid” and “v”");
    status = mz_json_expect(pid, MZ_JSON_STRING, "“pid”", error);
    if (status) return status;
    if (!mz_property_find(pid->text, &property))
        return unknown(pid, "property", pid->text, mz_property_nearest(pid->text), error);
    if (value->kind != MZ_JSON_ARRAY) return add_value(r, property, value, error);
    for (const mz_json_value *one = value->child; one && !status; one = one->next)
        status = add_value(r, property, one, error);
    return status;
}

static mz_status read_query(reconciling *r, const mz_json_value *query, const mz_record **ret_record, mz_error *error) {
    const mz_service_settings *settings = &r->request->service->settings;
    int64_t limit = (int64_t)settings->limit;
    mz_str name = {NULL, 0};
    mz_schema schema = MZ_SCHEMA_Thing;
    const mz_json_value *properties = mz_json_member(query, "properties");
    mz_status status = mz_json_expect(query, MZ_JSON_OBJECT, "a query", error);
    if (!status) status = mz_json_read_str(query, "query", &name, error);
    if (!status) status = mz_json_read_int(query, "limit", 1, (int64_t)settings->limit_most, &limit, error);
    if (!status && properties) status = mz_json_expect(properties, MZ_JSON_ARRAY, "“properties”", error);
    if (!status && !name.size && !(properties && properties->count))
        status = mz_fail_at(error, MZ_ERR_INPUT, query->line, query->column, "a query needs “query” or “properties”");
    if (!status) status = read_types(r, query, &schema, error);
    if (status) return status;
    r->wishes.limit = (size_t)limit;
    mz_builder_start(r->builder, MZ_STR("query"));
    (void)mz_builder_entity(r->builder, schema, MZ_STR("query"), (mz_position){0});
    if (name.size) {
        mz_request_asked(r->request, name);
        (void)mz_builder_add(r->builder, 0, MZ_PROP_name, name, (mz_position){0});
    }
    for (const mz_json_value *item = properties ? properties->child : NULL; item && !status; item = item->next)
        status = add_property(r, item, error);
    return status ? status : mz_builder_finish(r->builder, ret_record, error);
}

/* ---- what is answered ---- */

static void describe(reconciling *r, const mz_entity *entity, mz_str list) {
    mz_str born = mz_entity_first(entity, MZ_PROP_birthDate), country = mz_entity_first(entity, MZ_PROP_nationality);
    if (!country.size) country = mz_entity_first(entity, MZ_PROP_country);
    if (!country.size) country = mz_entity_first(entity, MZ_PROP_jurisdiction);
    mz_json_pair(&r->json, "description",
                 mz_arena_print(r->request->arena, "%.*s%s%.*s%s%.*s", (int)list.size, list.data,
                                country.size ? ", " : "", (int)country.size, country.data, born.size ? ", " : "",
                                (int)born.size, born.data));
}

static void write_features(reconciling *r, const mz_hit *hit) {
    mz_rule_points sums;
    mz_evidence_by_rule(hit, &sums);
    mz_json_key(&r->json, "features");
    mz_json_array(&r->json);
    for (unsigned rule = 0; rule < MZ_RULE_COUNT; rule++) {
        if (!sums.met[rule]) continue;
        mz_json_object(&r->json);
        mz_json_pair(&r->json, "id", mz_str_of(mz_rule_name((mz_rule)rule)));
        mz_json_key(&r->json, "value");
        mz_json_fixed(&r->json, sums.points[rule], 6);
        mz_json_object_end(&r->json);
    }
    mz_json_array_end(&r->json);
}

static mz_status write_candidate(reconciling *r, const mz_hit *hit, bool alone, mz_error *error) {
    const mz_yente_record *record;
    mz_status status = mz_yente_read(&r->reader, hit->number, &record, error);
    if (status) return status;
    mz_json_object(&r->json);
    mz_json_pair(&r->json, "id", hit->entity.id);
    mz_json_pair(&r->json, "name", hit->entity.caption.size ? hit->entity.caption : hit->entity.id);
    describe(r, &record->record.entities[0], record->record.list);
    mz_json_key(&r->json, "type");
    mz_json_array(&r->json);
    mz_reconcile_write_type(&r->json, record->record.entities[0].schema);
    mz_json_array_end(&r->json);
    mz_json_key(&r->json, "score");
    mz_json_fixed(&r->json, hit->score * 100, 4);
    mz_json_pair_bool(&r->json, "match", alone && hit->score >= r->threshold);
    write_features(r, hit);
    mz_json_object_end(&r->json);
    return r->request->arena->failed ? mz_fail_arena(r->request->arena, error, "the request") : MZ_OK;
}

static mz_status answer_query(reconciling *r, const mz_json_value *query, mz_error *error) {
    const mz_record *record;
    const mz_screening *screening = NULL;
    r->not_done = r->scope.not_done;
    mz_status status = read_query(r, query, &record, error);
    if (!status && !r->scope.nothing)
        status = mz_screen_wished(r->engine->screener, query->key, &record->entities[0], &r->wishes, &screening, error);
    if (status) return status;
    bool alone = screening && mz_screener_reaching(r->engine->screener, r->threshold) == 1;
    mz_json_key(&r->json, mz_arena_copy(r->request->arena, query->key).data);
    mz_json_object(&r->json);
    mz_json_key(&r->json, "result");
    mz_json_array(&r->json);
    for (size_t h = 0; screening && h < screening->hit_count && !status; h++)
        status = write_candidate(r, &screening->hits[h], alone, error);
    if (status) return status;
    mz_json_array_end(&r->json);
    if (screening && screening->not_done.size)
        mz_scope_tell(r->request->arena, &r->not_done, "%.*s", (int)screening->not_done.size, screening->not_done.data);
    if (r->not_done.size) mz_json_pair(&r->json, "not_done", r->not_done);
    mz_json_object_end(&r->json);
    return MZ_OK;
}

static mz_status answer_batch(reconciling *r, mz_str queries, mz_response *response, mz_error *error) {
    const mz_json_value *batch;
    mz_turns turns = mz_turns_of(r->request->service, r->engine, NULL);
    size_t most = r->request->service->settings.batch_most;
    mz_status status = mz_json_parse(queries, 0, r->request->arena, &batch, error);
    if (!status) status = mz_json_expect(batch, MZ_JSON_OBJECT, "“queries”", error);
    if (!status && batch->count > most)
        status = mz_fail_at(error, MZ_ERR_ARGUMENT, batch->line, batch->column,
                            "too many queries in one batch: %u, and at most %zu are taken", batch->count, most);
    if (status) return status;
    mz_json_init(&r->json, &response->body);
    mz_json_object(&r->json);
    for (const mz_json_value *query = batch->child; query && !status; query = query->next) {
        status = mz_turns_next(&turns, error);
        if (!status) status = answer_query(r, query, error);
        if (!status && response->body.failed) status = mz_fail_buffer(&response->body, error, "the answer");
    }
    if (status) return status;
    mz_json_object_end(&r->json);
    return MZ_OK;
}

static mz_status reconcile(const mz_request *request, mz_str dataset, mz_str queries, mz_response *response,
                           mz_error *error) {
    mz_engine *engine;
    mz_service *service = request->service;
    reconciling r = {.request = request, .threshold = service->settings.threshold};
    mz_status status = mz_engines_take(service->engines, service->settings.wait_ms, &engine, error);
    if (status) return status;
    r.engine = engine;
    mz_yente_reader_init(&r.reader, engine->index);
    status = mz_scope_read(request, dataset, engine->index, &r.scope, error);
    r.wishes = (mz_query_wishes){
        .filter_at = &parameter, .filter = r.scope.filter, .limit_at = &parameter, .threshold_at = &parameter};
    r.wishes.part.threshold = LEAST_CUTOFF;
    if (!status) status = mz_builder_new(MZ_QUERY_ARENA_BYTES, MZ_DATE_DAY_FIRST, &r.builder, error);
    if (!status)
        status = queries.data ? answer_batch(&r, queries, response, error)
                              : mz_reconcile_write_manifest(request, dataset, response, error);
    mz_builder_free(r.builder);
    mz_yente_reader_done(&r.reader);
    mz_engines_give_back(service->engines, engine);
    return status;
}

mz_status mz_reconcile(const mz_request *request, mz_response *response, mz_error *error) {
    mz_str queries;
    mz_reconcile_allow_all(response);
    mz_status status = find_queries(request, &queries, error);
    return status ? status : reconcile(request, mz_request_place(request, "dataset"), queries, response, error);
}

enum { FORM_BYTES = 4 << 20 };

static const mz_route routes[] = {
    {.method = MZ_GET, .path = "/reconcile/{dataset}", .right = MZ_RIGHT_SCREEN, .handle = mz_reconcile},
    {.method = MZ_POST,
     .path = "/reconcile/{dataset}",
     .right = MZ_RIGHT_SCREEN,
     .body_most = FORM_BYTES,
     .handle = mz_reconcile},
    {.method = MZ_GET,
     .path = "/reconcile/{dataset}/suggest/entity",
     .right = MZ_RIGHT_SCREEN,
     .handle = mz_reconcile_suggest_entity},
    {.method = MZ_GET,
     .path = "/reconcile/{dataset}/suggest/property",
     .right = MZ_RIGHT_SCREEN,
     .handle = mz_reconcile_suggest_property},
    {.method = MZ_GET,
     .path = "/reconcile/{dataset}/suggest/type",
     .right = MZ_RIGHT_SCREEN,
     .handle = mz_reconcile_suggest_type},
    {.method = MZ_GET,
     .path = "/reconcile/{dataset}/preview",
     .right = MZ_RIGHT_SCREEN,
     .handle = mz_reconcile_preview},
};
const mz_routes mz_reconcile_routes = {routes, sizeof routes / sizeof *routes};
