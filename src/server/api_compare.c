/* POST /api/v1/compare: how alike names are, without an index, as `mizan compare` says it. */
#include "base/error.h"
#include "base/nearest.h"
#include "base/shown.h"
#include "server/answers.h"
#include "server/api.h"
#include "server/tables.h"
#include "server/turns.h"

enum { PAIRS_BYTES_MOST = 4 << 20 };

typedef struct name_pair {
    mz_str id, query, candidate;
    mz_schema schema;
} name_pair;

static mz_status needed(const mz_json_value *pair, const char *key, mz_str *ret_text, mz_error *error) {
    mz_status status = mz_json_read_str(pair, key, ret_text, error);
    if (!status && !ret_text->data)
        status = mz_fail_at(error, MZ_ERR_INPUT, pair->line, pair->column, "a pair needs \"%s\", a name", key);
    return status;
}

static mz_status read_schema(const mz_json_value *pair, mz_schema *ret_schema, mz_error *error) {
    const mz_json_value *value = mz_json_member(pair, "schema");
    mz_str name = {NULL, 0};
    mz_status status = mz_json_read_str(pair, "schema", &name, error);
    if (status || !name.data || mz_schema_find(name, ret_schema)) return status;
    const char *nearest = mz_schema_nearest(name);
    return mz_fail_at(error, MZ_ERR_INPUT, value->line, value->column, "unknown schema “%.*s”%s%s%s", mz_shown(name),
                      name.data, nearest ? "; did you mean “" : "", nearest ? nearest : "", nearest ? "”?" : "");
}

static mz_status read_pair(const mz_json_value *value, name_pair *ret_pair, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("id"), MZ_STR_INIT("schema"), MZ_STR_INIT("query"),
                                   MZ_STR_INIT("candidate")};
    *ret_pair = (name_pair){.schema = MZ_SCHEMA_Thing};
    mz_status status = mz_json_expect(value, MZ_JSON_OBJECT, "a pair", error);
    if (!status) status = mz_api_members(value, known, sizeof known / sizeof *known, error);
    if (!status) status = read_schema(value, &ret_pair->schema, error);
    if (!status) status = needed(value, "query", &ret_pair->query, error);
    if (!status) status = needed(value, "candidate", &ret_pair->candidate, error);
    ret_pair->id = mz_query_id(value);
    return status;
}

/* ---- by what is compared ---- */

/* The policy of the service with what the request changes in it; *ret_policy NULL when it changes nothing. */
static mz_status read_policy(const mz_request *request, const mz_json_value *body, mz_policy **ret_policy,
                             mz_error *error) {
    mz_query_wishes wishes;
    const mz_wish_bounds bounds = mz_api_bounds(request->service);
    mz_policy_weight weights[MZ_PRICE_COUNT];
    mz_policy_changes changes = {.weights = weights};
    *ret_policy = NULL;
    mz_status status = mz_query_read_wishes(body, &bounds, request->arena, &wishes, error);
    if (status || (!wishes.algorithm_at && !wishes.part.set)) return status;
    if (wishes.algorithm_at) changes.algorithm = &wishes.algorithm;
    for (unsigned p = 0; p < MZ_PRICE_COUNT; p++)
        if (wishes.part.set >> p & 1)
            weights[changes.weight_count++] = (mz_policy_weight){mz_str_of(mz_price_of((mz_price)p)->name),
                                                                 mz_price_get(&wishes.part.prices, (mz_price)p)};
    return mz_policy_change(mz_engines_policy(request->service->engines), &changes, ret_policy, error);
}

static mz_status compare_all(const mz_request *request, const mz_engine *engine, mz_comparer *comparer,
                             const mz_json_value *pairs, mz_buffer *out, mz_error *error) {
    mz_status status = MZ_OK;
    mz_turns turns = mz_turns_of(request->service, engine, comparer);
    uint64_t failed = 0;
    mz_buffer_str(out, MZ_STR("{\"answers\":["));
    for (const mz_json_value *value = pairs->child; value && !status; value = value->next) {
        const mz_comparison *found;
        name_pair pair;
        if (value != pairs->child) mz_buffer_char(out, ',');
        status = mz_turns_next(&turns, error);
        if (!status) status = read_pair(value, &pair, error);
        if (!status) mz_request_asked(request, pair.query);
        if (!status) status = mz_compare_names(comparer, pair.schema, pair.query, pair.candidate, &found, error);
        if (!status) {
            mz_comparison_write_json(pair.id, found, out);
        } else if (mz_fails_one_query(status)) {
            mz_answer_write_error(0, mz_query_id(value), error, out);
            failed++;
            status = MZ_OK;
        }
    }
    mz_buffer_print(out, "],\"failed\":%llu}\n", (unsigned long long)failed);
    return status;
}

static mz_status read_pairs(const mz_request *request, const mz_json_value **ret_body, const mz_json_value **ret_pairs,
                            mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("pairs"), MZ_STR_INIT("algorithm"), MZ_STR_INIT("weights")};
    const mz_json_value *body;
    size_t most = request->service->settings.batch_most;
    mz_status status = mz_api_parameters(request, NULL, 0, error);
    if (!status) status = mz_request_json(request, &body, error);
    if (!status) status = mz_json_expect(body, MZ_JSON_OBJECT, "a comparison", error);
    if (!status) status = mz_api_members(body, known, sizeof known / sizeof *known, error);
    if (status) return status;
    const mz_json_value *pairs = mz_json_member(body, "pairs");
    if (!pairs)
        return mz_fail_at(error, MZ_ERR_INPUT, body->line, body->column, "a comparison needs \"pairs\", an array");
    status = mz_json_expect(pairs, MZ_JSON_ARRAY, "\"pairs\"", error);
    if (!status && pairs->count > most)
        status = mz_fail_at(error, MZ_ERR_LIMIT, pairs->line, pairs->column, "%u pairs, and a request may have %zu",
                            pairs->count, most);
    *ret_body = body;
    *ret_pairs = pairs;
    return status;
}

static mz_status compare(const mz_request *request, mz_response *response, mz_error *error) {
    mz_service *service = request->service;
    const mz_json_value *body = NULL, *pairs = NULL;
    mz_policy *policy = NULL;
    mz_comparer *own = NULL;
    mz_engine *engine;
    mz_status status = read_pairs(request, &body, &pairs, error);
    if (!status) status = read_policy(request, body, &policy, error);
    if (!status && policy) status = mz_comparer_new(policy, &own, error);
    if (!status) status = mz_engines_take(service->engines, service->settings.wait_ms, &engine, error);
    if (!status) {
        status = compare_all(request, engine, own ? own : engine->comparer, pairs, &response->body, error);
        mz_engines_give_back(service->engines, engine);
    }
    mz_comparer_free(own);
    mz_policy_free(policy);
    return status;
}

static const mz_route routes[] = {{.method = MZ_POST,
                                   .path = "/api/v1/compare",
                                   .right = MZ_RIGHT_SCREEN,
                                   .body_most = PAIRS_BYTES_MOST,
                                   .handle = compare}};
const mz_routes mz_api_compare_routes = {routes, sizeof routes / sizeof *routes};
