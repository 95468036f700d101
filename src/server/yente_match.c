/* POST /match/{dataset}: a batch of queries, each to its hits.
 *
 * A batch is screened by one engine, query after query, and written as it goes. What a query costs beyond its screening
 * is the record of each hit, which is read from the image and taken apart. */
#include "base/error.h"
#include "screen/evidence.h"
#include "screen/query.h"
#include "server/api.h"
#include "server/scope.h"
#include "server/service.h"
#include "server/turns.h"
#include "server/yente.h"
#include "server/yente_body.h"
#include "server/yente_entity.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>

enum { MATCH_ANSWER_BYTES = 64 << 20 };

static const double LEAST_CUTOFF = 0.5; /* below it an index finds no longer all */

typedef struct match {
    const mz_request *request;
    const mz_engine *engine;
    const mz_yente_algorithm *algorithm;
    mz_yente_body body;
    mz_scope scope;
    mz_query_wishes wishes;
    double threshold, cutoff; /* 0: the policy's */
    size_t limit;
    mz_builder *builder;
    mz_yente_reader reader;
    mz_json json;
} match;

/* ---- parameters ---- */

/* What is wished for without JSON to point at. */
static const mz_json_value parameter = {.kind = MZ_JSON_NULL};

static mz_status read_scores(match *m, mz_error *error) {
    const mz_service_settings *settings = &m->request->service->settings;
    int64_t limit = (int64_t)settings->limit;
    double asked = -1;
    m->threshold = settings->threshold;
    mz_status status = mz_request_query_number(m->request, "threshold", 0, 1, &m->threshold, error);
    if (!status) status = mz_request_query_number(m->request, "cutoff", 0, 1, &asked, error);
    if (!status) status = mz_request_query_int(m->request, "limit", 0, (int64_t)settings->limit_most, &limit, error);
    if (status) return status;
    m->limit = (size_t)limit;
    bool own = m->threshold > 0 || mz_request_query(m->request, "threshold").data;
    m->cutoff = asked >= 0 && (asked < m->threshold || !own) ? asked : m->threshold;
    if (!own && asked < 0) return MZ_OK; /* all is the policy's */
    if (m->cutoff < LEAST_CUTOFF)
        mz_scope_tell(m->request->arena, &m->scope.not_done, "nothing is looked for that scores less than 0.5");
    m->wishes.threshold_at = &parameter;
    m->wishes.part.threshold = m->cutoff < LEAST_CUTOFF ? LEAST_CUTOFF : m->cutoff;
    return MZ_OK;
}

static mz_status read_parameters(match *m, mz_error *error) {
    const mz_json_value *root;
    mz_status status =
        mz_scope_read(m->request, mz_request_place(m->request, "dataset"), m->engine->index, &m->scope, error);
    if (!status)
        status =
            mz_yente_algorithm_find(mz_request_query(m->request, "algorithm"), m->request->arena, &m->algorithm, error);
    if (!status) status = mz_request_json(m->request, &root, error);
    if (!status)
        status = mz_yente_body_read(root, m->request->service->settings.batch_most, m->request->arena, &m->body, error);
    if (status) return status;
    m->wishes = (mz_query_wishes){.weights_at = m->body.weights_at,
                                  .part = m->body.weights,
                                  .algorithm_at = mz_request_query(m->request, "algorithm").data ? &parameter : NULL,
                                  .algorithm = m->algorithm->algorithm,
                                  .filter_at = &parameter,
                                  .filter = m->scope.filter,
                                  .limit_at = &parameter,
                                  .excluded_schemata = m->scope.excluded_schemata};
    status = read_scores(m, error);
    m->wishes.limit = m->limit;
    return status;
}

/* ---- answers ---- */

/* "+0.412345": without a locale's comma. */
static mz_str fixed(mz_arena *arena, double number, int64_t scale, int digits) {
    int64_t units = llround(number * (double)scale), size = units < 0 ? -units : units;
    return mz_arena_print(arena, "%c%" PRId64 ".%0*" PRId64, units < 0 ? '-' : '+', size / scale, digits, size % scale);
}

static void join(mz_arena *arena, mz_str *text, const char *between, mz_str more) {
    if (!more.size) return;
    *text = mz_arena_print(arena, "%.*s%s%.*s", (int)text->size, text->data, text->size ? between : "", (int)more.size,
                           more.data);
}

static mz_str tell(mz_arena *arena, const mz_evidence *e) {
    mz_str points = fixed(arena, e->points, 1000000, 6), bits = fixed(arena, e->bits, 100, 2);
    const char *property = mz_property_name(e->property);
    if (!e->query.size && !e->entity.size)
        return mz_arena_print(arena, "%s: %.*s points, %.*s bits", property, (int)points.size, points.data,
                              (int)bits.size, bits.data);
    return mz_arena_print(arena, "%s: “%.*s” / “%.*s”: %.*s points, %.*s bits", property, (int)e->query.size,
                          e->query.data, (int)e->entity.size, e->entity.data, (int)points.size, points.data,
                          (int)bits.size, bits.data);
}

/* All evidence by one rule as one feature; the texts live until the reader's next record. */
static void write_explanation(match *m, const mz_hit *hit, mz_rule rule) {
    mz_arena *arena = &m->reader.arena;
    mz_str detail = {"", 0}, query = {"", 0}, candidate = {"", 0};
    double points = 0;
    for (size_t k = 0; k < hit->evidence_count; k++) {
        const mz_evidence *e = &hit->evidence[k];
        if (e->rule != rule) continue;
        points += e->points;
        join(arena, &detail, "; ", tell(arena, e));
        join(arena, &query, " ", e->query);
        join(arena, &candidate, " ", e->entity);
    }
    mz_json_key(&m->json, mz_rule_name(rule));
    mz_json_object(&m->json);
    mz_json_key(&m->json, "score");
    mz_json_fixed(&m->json, points, 6);
    mz_json_pair(&m->json, "detail", detail);
    mz_json_key(&m->json, "query");
    query.size ? mz_json_str(&m->json, query) : mz_json_null(&m->json);
    mz_json_key(&m->json, "candidate");
    candidate.size ? mz_json_str(&m->json, candidate) : mz_json_null(&m->json);
    mz_json_object_end(&m->json);
}

static void write_why(match *m, const mz_hit *hit) {
    mz_rule_points sums;
    mz_evidence_by_rule(hit, &sums);
    mz_json_key(&m->json, "features");
    mz_json_object(&m->json);
    for (unsigned r = 0; r < MZ_RULE_COUNT; r++) {
        if (!sums.met[r]) continue;
        mz_json_key(&m->json, mz_rule_name((mz_rule)r));
        mz_json_fixed(&m->json, sums.points[r], 6);
    }
    mz_json_object_end(&m->json);
    mz_json_key(&m->json, "explanations");
    mz_json_object(&m->json);
    for (unsigned r = 0; r < MZ_RULE_COUNT; r++)
        if (sums.met[r]) write_explanation(m, hit, (mz_rule)r);
    mz_json_object_end(&m->json);
}

static mz_status write_hit(match *m, const mz_hit *hit, mz_error *error) {
    const mz_yente_record *record;
    mz_status status = mz_yente_read(&m->reader, hit->number, &record, error);
    if (status) return status;
    mz_json_object(&m->json);
    mz_yente_write_head(&m->json, record, record->record.entities);
    mz_yente_write_properties(&m->json, record->record.entities);
    mz_yente_write_tail(&m->json, record, record->record.entities);
    mz_json_key(&m->json, "score");
    mz_json_fixed(&m->json, hit->score, 6);
    write_why(m, hit);
    mz_json_pair_bool(&m->json, "match", hit->score >= m->threshold);
    mz_json_object_end(&m->json);
    return m->reader.arena.failed ? mz_fail_arena(&m->reader.arena, error, "a record") : MZ_OK;
}

static void write_query(match *m, const mz_yente_query *query) {
    mz_json_key(&m->json, "query");
    mz_json_object(&m->json);
    mz_json_key(&m->json, "id");
    query->id.data ? mz_json_str(&m->json, query->id) : mz_json_null(&m->json);
    mz_json_pair(&m->json, "schema", mz_str_of(mz_schema_name(query->record->entities[0].schema)));
    mz_yente_write_properties(&m->json, query->record->entities);
    mz_json_object_end(&m->json);
}

static mz_status write_results(match *m, const mz_screening *screening, mz_error *error) {
    mz_status status = MZ_OK;
    size_t matches = screening ? mz_screener_reaching(m->engine->screener, m->threshold) : 0;
    mz_json_key(&m->json, "results");
    mz_json_array(&m->json);
    for (size_t h = 0; screening && h < screening->hit_count && !status; h++)
        status = write_hit(m, &screening->hits[h], error);
    if (status) return status;
    mz_json_array_end(&m->json);
    mz_json_key(&m->json, "total");
    mz_json_object(&m->json);
    mz_json_pair_int(&m->json, "value", (int64_t)matches);
    mz_json_pair(&m->json, "relation", mz_str_of(screening && screening->cut ? "gte" : "eq"));
    mz_json_object_end(&m->json);
    return MZ_OK;
}

/* ---- queries ---- */

/* The query's names alone, in the request's arena. */
static mz_status keep_names(match *m, const mz_entity *entity, mz_entity *ret_names, mz_error *error) {
    mz_fact *facts = MZ_ARENA_NEW(m->request->arena, entity->fact_count + 1, mz_fact);
    if (!facts) return mz_fail_arena(m->request->arena, error, "the request");
    *ret_names = *entity;
    ret_names->facts = facts;
    ret_names->fact_count = 0;
    for (size_t f = 0; f < entity->fact_count; f++) {
        mz_property_type type = mz_property_kind(entity->facts[f].property);
        if (type == MZ_TYPE_NAME || type == MZ_TYPE_NAME_PART) facts[ret_names->fact_count++] = entity->facts[f];
    }
    return MZ_OK;
}

static mz_status answer_query(match *m, const mz_json_value *at, mz_error *error) {
    mz_yente_query query;
    mz_entity asked;
    const mz_screening *screening = NULL;
    mz_api_asked(m->request, at);
    mz_status status = mz_yente_query_read(at, m->builder, m->request->arena, &query, error);
    if (status) return status;
    asked = query.record->entities[0];
    if (m->algorithm->names_only) status = keep_names(m, &query.record->entities[0], &asked, error);
    if (!status && !m->scope.nothing)
        status = mz_screen_wished(m->engine->screener, at->key, &asked, &m->wishes, &screening, error);
    if (status) return status;
    mz_json_key(&m->json, mz_arena_copy(m->request->arena, at->key).data);
    mz_json_object(&m->json);
    mz_json_pair_int(&m->json, "status", 200);
    status = write_results(m, screening, error);
    if (status) return status;
    write_query(m, &query);
    if (screening && screening->not_done.size)
        mz_scope_tell(m->request->arena, &query.not_done, "%.*s", (int)screening->not_done.size,
                      screening->not_done.data);
    if (query.not_done.size) mz_json_pair(&m->json, "not_done", query.not_done);
    mz_json_object_end(&m->json);
    return m->request->arena->failed ? mz_fail_arena(m->request->arena, error, "the request") : MZ_OK;
}

static mz_status answer_all(match *m, mz_response *response, mz_error *error) {
    mz_status status = MZ_OK;
    mz_turns turns = mz_turns_of(m->request->service, m->engine, NULL);
    response->body.ceiling = MATCH_ANSWER_BYTES;
    mz_json_init(&m->json, &response->body);
    mz_json_object(&m->json);
    mz_json_key(&m->json, "responses");
    mz_json_object(&m->json);
    for (const mz_json_value *q = m->body.queries->child; q && !status; q = q->next) {
        status = mz_turns_next(&turns, error);
        if (!status) status = answer_query(m, q, error);
        if (!status && response->body.failed) status = mz_fail_buffer(&response->body, error, "the answer");
    }
    if (status) return status;
    mz_json_object_end(&m->json);
    mz_json_key(&m->json, "matcher");
    mz_yente_write_features(&m->json);
    mz_json_pair_int(&m->json, "limit", (int64_t)m->limit);
    if (m->body.not_done.size)
        mz_scope_tell(m->request->arena, &m->scope.not_done, "%.*s", (int)m->body.not_done.size, m->body.not_done.data);
    if (m->scope.not_done.size) mz_json_pair(&m->json, "not_done", m->scope.not_done);
    mz_json_object_end(&m->json);
    mz_response_header(response, MZ_STR("X-Batch-Size"),
                       mz_arena_print(m->request->arena, "%u", m->body.queries->count));
    return MZ_OK;
}

mz_status mz_yente_match(const mz_request *request, mz_response *response, mz_error *error) {
    mz_engine *engine;
    mz_service *service = request->service;
    match m = {.request = request, .builder = NULL};
    mz_status status = mz_engines_take(service->engines, service->settings.wait_ms, &engine, error);
    if (status) return status;
    m.engine = engine;
    mz_yente_reader_init(&m.reader, engine->index);
    status = read_parameters(&m, error);
    if (!status) status = mz_builder_new(MZ_QUERY_ARENA_BYTES, MZ_DATE_DAY_FIRST, &m.builder, error);
    if (!status) status = answer_all(&m, response, error);
    mz_builder_free(m.builder);
    mz_yente_reader_done(&m.reader);
    mz_engines_give_back(service->engines, engine);
    return status;
}
