/* POST /api/v1/explain: why a query hits a listed entity, or why it does not; or why two names are alike or not. As
 * `mizan explain` says it, with texts to be shown to people in the language asked for. */
#include "base/error.h"
#include "base/shown.h"
#include "mizan/country.h"
#include "reports/words.h"
#include "screen/explanation.h"
#include "server/answers.h"
#include "server/api.h"
#include "server/tables.h"

#include <string.h>

enum { QUERY_BYTES_MOST = MZ_LINE_BYTES_MOST, RECORD_BYTES = 64 << 20 };

/* ---- what is asked ---- */

typedef struct question {
    const mz_json_value *query; /* with an entity */
    mz_str entity;
    mz_str names[2]; /* or two names, of things of a schema */
    mz_schema schema;
} question;

static mz_status read_names(const mz_request *request, const mz_json_value *names, question *q, mz_error *error) {
    mz_status status = mz_json_expect(names, MZ_JSON_ARRAY, "\"names\"", error);
    if (!status && names->count != 2)
        status =
            mz_fail_at(error, MZ_ERR_INPUT, names->line, names->column, "\"names\" must be two, not %u", names->count);
    for (const mz_json_value *name = status ? NULL : names->child; name && !status; name = name->next) {
        status = mz_json_expect(name, MZ_JSON_STRING, "a name", error);
        q->names[name != names->child] = name->text;
        if (!status) mz_request_asked(request, name->text);
    }
    return status;
}

static mz_status read_schema(const mz_json_value *body, question *q, mz_error *error) {
    const mz_json_value *value = mz_json_member(body, "schema");
    mz_str name = {NULL, 0};
    q->schema = MZ_SCHEMA_Thing;
    mz_status status = mz_json_read_str(body, "schema", &name, error);
    if (status || !name.data || mz_schema_find(name, &q->schema)) return status;
    const char *nearest = mz_schema_nearest(name);
    return mz_fail_at(error, MZ_ERR_INPUT, value->line, value->column, "unknown schema “%.*s”%s%s%s", mz_shown(name),
                      name.data, nearest ? "; did you mean “" : "", nearest ? nearest : "", nearest ? "”?" : "");
}

static mz_status read_question(const mz_request *request, question *q, mz_error *error) {
    static const mz_str of_entity[] = {MZ_STR_INIT("query"), MZ_STR_INIT("entity")};
    static const mz_str of_names[] = {MZ_STR_INIT("names"), MZ_STR_INIT("schema")};
    const mz_json_value *body;
    *q = (question){.query = NULL};
    mz_status status = mz_request_json(request, &body, error);
    if (!status) status = mz_json_expect(body, MZ_JSON_OBJECT, "what is to be explained", error);
    if (status) return status;
    const mz_json_value *names = mz_json_member(body, "names");
    if (names) {
        status = mz_api_members(body, of_names, 2, error);
        if (!status) status = read_names(request, names, q, error);
        return status ? status : read_schema(body, q, error);
    }
    q->query = mz_json_member(body, "query");
    mz_api_asked(request, q->query);
    status = mz_api_members(body, of_entity, 2, error);
    if (!status) status = mz_json_read_str(body, "entity", &q->entity, error);
    if (!status && (!q->query || !q->entity.data))
        status = mz_fail_at(error, MZ_ERR_INPUT, body->line, body->column,
                            "an explanation needs \"query\" and \"entity\", the id of who is listed, or \"names\", two "
                            "of them");
    return status;
}

/* ---- the answers ---- */

static mz_status explain_names(const mz_service *service, mz_engine *engine, const question *q, mz_explanation *told,
                               mz_error *error) {
    const mz_policy *policy = mz_engines_policy(service->engines);
    mz_status status = mz_explain_names(engine->comparer, q->schema, q->names[0], q->names[1],
                                        mz_policy_threshold(policy, q->schema), told, error);
    if (!status) told->algorithm = mz_policy_algorithm(policy);
    return status;
}

static mz_status explain_entity(const mz_request *request, mz_engine *engine, const question *q, mz_builder *builder,
                                mz_explanation *told, mz_error *error) {
    const mz_wish_bounds bounds = mz_api_bounds(request->service);
    mz_query_wishes wishes;
    const mz_record *record;
    mz_str id;
    uint32_t number;
    mz_status status = mz_query_read_json(q->query, &bounds, request->arena, builder, &id, &record, &wishes, error);
    if (status) return status;
    if (mz_index_find(engine->index, q->entity, &number, error))
        return mz_fail(error, MZ_ERR_NOT_FOUND, "no entity “%.*s” is listed", mz_shown(q->entity), q->entity.data);
    return mz_explain_entity(engine->screener, engine->index, &record->entities[0], &wishes, number, told, error);
}

static mz_status answer(const mz_request *request, mz_engine *engine, const question *q, mz_language language,
                        mz_buffer *out, mz_error *error) {
    mz_service *service = request->service;
    mz_builder *builder = NULL; /* holds what the explanation points to */
    mz_explanation told;
    mz_status status = q->query ? mz_builder_new(RECORD_BYTES, MZ_DATE_DAY_FIRST, &builder, error) : MZ_OK;
    if (!status)
        status = q->query ? explain_entity(request, engine, q, builder, &told, error)
                          : explain_names(service, engine, q, &told, error);
    if (!status)
        status = mz_explanation_write_json(&told, service->words ? &service->words[language] : NULL, out, error);
    mz_buffer_char(out, '\n');
    mz_builder_free(builder);
    return status;
}

static mz_status explain(const mz_request *request, mz_response *response, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("language")};
    mz_service *service = request->service;
    mz_language language;
    mz_engine *engine;
    question q;
    mz_status status = mz_api_parameters(request, known, 1, error);
    if (!status) status = mz_api_language(request, &language, error);
    if (!status) status = read_question(request, &q, error);
    if (!status) status = mz_engines_take(service->engines, service->settings.wait_ms, &engine, error);
    if (status) return status;
    status = answer(request, engine, &q, language, &response->body, error);
    mz_engines_give_back(service->engines, engine);
    mz_response_header(response, MZ_STR("Content-Language"), mz_str_of(mz_report_language_code(language)));
    return status;
}

static const mz_route routes[] = {{.method = MZ_POST,
                                   .path = "/api/v1/explain",
                                   .right = MZ_RIGHT_SCREEN,
                                   .body_most = QUERY_BYTES_MOST,
                                   .handle = explain}};
const mz_routes mz_api_explain_routes = {routes, sizeof routes / sizeof *routes};
