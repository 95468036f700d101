/* What somebody who types may mean: an entity by the beginning of a name, a property, a type; and a small page about an
 * entity, which OpenRefine shows in a frame. */
#include "base/ascii.h"
#include "base/error.h"
#include "server/reconcile.h"
#include "server/scope.h"
#include "server/search.h"
#include "server/service.h"
#include "server/yente_entity.h"
#include "text/html.h"

enum { SUGGESTED_MOST = 20, FACTS_SHOWN = 12 };

static mz_status read_prefix(const mz_request *request, mz_str *ret_prefix, int64_t *ret_cursor, mz_error *error) {
    *ret_prefix = mz_trimmed(mz_request_query(request, "prefix"));
    *ret_cursor = 0;
    if (!mz_request_query(request, "prefix").data)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “prefix” is missing: what was typed so far");
    return mz_request_query_int(request, "cursor", 0, 1000, ret_cursor, error);
}

/* Whether the data set is one: suggestions are asked for under its address. */
static mz_status check_dataset(const mz_request *request, mz_error *error) {
    mz_scope scope;
    mz_live_lease *lease = mz_live_take(request->service->live);
    mz_status status =
        mz_scope_read(request, mz_request_place(request, "dataset"), mz_live_index(lease), &scope, error);
    mz_live_give_back(request->service->live, lease);
    return status;
}

static void begin(mz_json *json, mz_response *response) {
    mz_reconcile_allow_all(response);
    mz_json_init(json, &response->body);
    mz_json_object(json);
    mz_json_key(json, "result");
    mz_json_array(json);
}

static void end(mz_json *json) {
    mz_json_array_end(json);
    mz_json_object_end(json);
}

/* Words that have what was typed in them, those that begin so first. */
typedef const char *name_of(unsigned number);

static void suggest_words(mz_json *json, name_of *name, unsigned count, mz_str prefix, int64_t cursor) {
    for (unsigned inside = 0; inside < 2; inside++) {
        for (unsigned k = 0; k < count; k++) {
            mz_str word = mz_str_of(name(k));
            bool begins = word.size >= prefix.size && mz_same_letters((mz_str){word.data, prefix.size}, prefix);
            bool has = begins;
            for (size_t at = 1; !has && at + prefix.size <= word.size; at++)
                has = mz_same_letters((mz_str){word.data + at, prefix.size}, prefix);
            if (!has || begins == (inside == 1) || cursor-- > 0) continue;
            mz_json_object(json);
            mz_json_pair(json, "id", word);
            mz_json_pair(json, "name", word);
            mz_json_object_end(json);
        }
    }
}

static const char *schema_at(unsigned number) {
    return mz_schema_name((mz_schema)number);
}

static const char *property_at(unsigned number) {
    return mz_property_name((mz_property)number);
}

static mz_status suggest(const mz_request *request, name_of *name, unsigned count, mz_response *response,
                         mz_error *error) {
    mz_str prefix;
    int64_t cursor;
    mz_json json;
    mz_status status = read_prefix(request, &prefix, &cursor, error);
    if (!status) status = check_dataset(request, error);
    if (status) return status;
    begin(&json, response);
    suggest_words(&json, name, count, prefix, cursor);
    end(&json);
    return MZ_OK;
}

mz_status mz_reconcile_suggest_property(const mz_request *request, mz_response *response, mz_error *error) {
    return suggest(request, property_at, MZ_PROPERTY_COUNT, response, error);
}

mz_status mz_reconcile_suggest_type(const mz_request *request, mz_response *response, mz_error *error) {
    return suggest(request, schema_at, MZ_SCHEMA_COUNT, response, error);
}

/* ---- entities ---- */

static void write_entity(mz_json *json, const mz_index_entry *entity) {
    mz_json_object(json);
    mz_json_pair(json, "id", entity->id);
    mz_json_pair(json, "name", entity->caption.size ? entity->caption : entity->id);
    mz_json_pair(json, "description", entity->list);
    mz_json_key(json, "notable");
    mz_json_array(json);
    mz_reconcile_write_type(json, entity->schema);
    mz_json_array_end(json);
    mz_json_object_end(json);
}

static mz_status suggest_entities(const mz_request *request, const mz_engine *engine, mz_str prefix, int64_t cursor,
                                  mz_json *json, mz_error *error) {
    mz_search_result found;
    mz_scope scope;
    mz_search_request wanted = {.text = prefix,
                                .typing = true,
                                .schema = MZ_SCHEMA_Thing,
                                .scope = &scope,
                                .offset = (size_t)cursor,
                                .limit = SUGGESTED_MOST};
    mz_status status = mz_scope_read(request, mz_request_place(request, "dataset"), engine->index, &scope, error);
    if (status || scope.nothing || !prefix.size) return status;
    mz_request_asked(request, prefix);
    status = mz_search_listed(engine, &wanted, request->arena, &found, error);
    for (size_t h = 0; !status && h < found.hit_count; h++) {
        mz_index_entry entity;
        mz_index_entity(engine->index, found.hits[h].number, &entity);
        write_entity(json, &entity);
    }
    return status;
}

mz_status mz_reconcile_suggest_entity(const mz_request *request, mz_response *response, mz_error *error) {
    mz_str prefix;
    int64_t cursor;
    mz_json json;
    mz_engine *engine;
    mz_service *service = request->service;
    mz_status status = read_prefix(request, &prefix, &cursor, error);
    if (!status) status = mz_engines_take(service->engines, service->settings.wait_ms, &engine, error);
    if (status) return status;
    begin(&json, response);
    status = suggest_entities(request, engine, prefix, cursor, &json, error);
    mz_engines_give_back(service->engines, engine);
    if (!status) end(&json);
    return status;
}

/* ---- a page about an entity ---- */

static void put_page(mz_buffer *page, const mz_yente_record *record) {
    const mz_entity *entity = &record->record.entities[0];
    mz_property last = MZ_PROPERTY_COUNT;
    unsigned shown = 0;
    mz_buffer_str(page, MZ_STR("<!doctype html><html><head><meta charset=\"utf-8\"><title>"));
    mz_html_text(page, record->record.caption);
    mz_buffer_str(page,
                  MZ_STR("</title><style>body{font:14px/1.4 sans-serif;margin:8px}h1{font-size:16px;margin:0 0 4px}"
                         "p{margin:0 0 6px}dl{margin:0;display:grid;grid-template-columns:auto 1fr;gap:2px 10px}"
                         "dt{opacity:.7}dd{margin:0}:root{color-scheme:light dark}</style></head><body><h1 "
                         "dir=\"auto\">"));
    mz_html_text(page, record->record.caption);
    mz_buffer_str(page, MZ_STR("</h1><p>"));
    mz_html_text(page, mz_str_of(mz_schema_name(entity->schema)));
    mz_buffer_str(page, MZ_STR(" · "));
    mz_html_text(page, record->record.list);
    if (record->record.reference.size) mz_buffer_str(page, MZ_STR(" · "));
    mz_html_text(page, record->record.reference);
    mz_buffer_str(page, MZ_STR("</p><dl>"));
    for (size_t f = 0; f < entity->fact_count && shown < FACTS_SHOWN; f++, shown++) {
        const mz_fact *fact = &entity->facts[f];
        if (mz_property_kind(fact->property) == MZ_TYPE_ENTITY) continue;
        mz_buffer_str(page, MZ_STR("<dt>"));
        if (fact->property != last) mz_html_text(page, mz_str_of(mz_property_name(fact->property)));
        mz_buffer_str(page, MZ_STR("</dt><dd dir=\"auto\">"));
        mz_html_text(page, fact->value);
        mz_buffer_str(page, MZ_STR("</dd>"));
        last = fact->property;
    }
    mz_buffer_str(page, MZ_STR("</dl></body></html>\n"));
}

static mz_status show(const mz_request *request, const mz_index *index, mz_response *response, mz_error *error) {
    mz_yente_reader reader;
    const mz_yente_record *record;
    uint32_t number;
    mz_scope scope;
    mz_str id = mz_request_query(request, "id");
    mz_status status = mz_scope_read(request, mz_request_place(request, "dataset"), index, &scope, error);
    if (!status && !id.size) status = mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “id” is missing");
    if (!status) status = mz_index_find(index, id, &number, error);
    if (status) return status;
    mz_yente_reader_init(&reader, index);
    status = mz_yente_read(&reader, number, &record, error);
    if (!status) {
        response->type = "text/html; charset=utf-8";
        mz_response_header(
            response, MZ_STR("Content-Security-Policy"),
            MZ_STR("default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"));
        put_page(&response->body, record);
    }
    mz_yente_reader_done(&reader);
    return status;
}

mz_status mz_reconcile_preview(const mz_request *request, mz_response *response, mz_error *error) {
    mz_live_lease *lease = mz_live_take(request->service->live);
    mz_reconcile_allow_all(response);
    mz_status status = show(request, mz_live_index(lease), response, error);
    mz_live_give_back(request->service->live, lease);
    return status;
}
