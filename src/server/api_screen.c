/* POST /api/v1/screen and /api/v1/screen/batch: a query or several, answered as `mizan screen` answers them, to the
 * byte. What the caller wishes for all of them stands in the parameters of the address, or in the body of a batch. */
#include "base/error.h"
#include "server/answers.h"
#include "server/api.h"
#include "server/tables.h"

enum {
    QUERY_BYTES_MOST = MZ_LINE_BYTES_MOST,
    BATCH_BYTES_MOST = 16 << 20,
    BATCH_ANSWER_BYTES = 64 << 20 /* which wait in memory until they are sent */
};

static mz_status screen(const mz_request *request, mz_response *response, mz_error *error) {
    mz_service *service = request->service;
    const mz_json_value *query;
    mz_query_wishes usual;
    mz_engine *engine;
    mz_str answer;
    size_t hits;
    mz_status status = mz_api_wishes(request, &usual, error);
    if (!status) status = mz_request_json(request, &query, error);
    if (status) return status;
    mz_api_asked(request, query);
    status = mz_engines_take(service->engines, service->settings.wait_ms, &engine, error);
    if (status) return status;
    status = mz_screen_json_value(engine->screener, query, &usual, &answer, &hits, error);
    if (!status) {
        mz_buffer_str(&response->body, answer);
        mz_buffer_char(&response->body, '\n');
    }
    mz_engines_give_back(service->engines, engine);
    return status;
}

/* ---- several ---- */

static mz_status read_queries(const mz_request *request, const mz_json_value *body, mz_questions *questions,
                              mz_error *error) {
    const mz_json_value *queries = mz_json_member(body, "queries");
    size_t most = request->service->settings.batch_most, count = 0;
    if (!queries)
        return mz_fail_at(error, MZ_ERR_INPUT, body->line, body->column,
                          "a batch needs \"queries\", an array of queries");
    mz_status status = mz_json_expect(queries, MZ_JSON_ARRAY, "\"queries\"", error);
    if (status) return status;
    if (queries->count > most)
        return mz_fail_at(error, MZ_ERR_LIMIT, queries->line, queries->column,
                          "%u queries, and a batch may have %zu; /api/v1/screen/stream takes any number",
                          queries->count, most);
    mz_question *items = MZ_ARENA_NEW(request->arena, queries->count + 1, mz_question);
    if (!items) return mz_fail_arena(request->arena, error, "the request");
    for (const mz_json_value *q = queries->child; q; q = q->next) {
        items[count++].query = q;
        mz_api_asked(request, q);
    }
    questions->items = items;
    questions->count = count;
    return MZ_OK;
}

/* What the body wishes wins over what the address does. */
static mz_status read_batch(const mz_request *request, mz_query_wishes *wishes, mz_questions *questions,
                            mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("queries"),
#define MZ_X(name) MZ_STR_INIT(#name),
                                   MZ_QUERY_WISHES(MZ_X)
#undef MZ_X
    };
    const mz_json_value *body;
    mz_query_wishes usual;
    mz_wish_bounds bounds = mz_api_bounds(request->service);
    mz_status status = mz_api_wishes(request, &usual, error);
    if (!status) status = mz_request_json(request, &body, error);
    if (!status) status = mz_json_expect(body, MZ_JSON_OBJECT, "a batch", error);
    if (!status) status = mz_api_members(body, known, sizeof known / sizeof *known, error);
    if (!status) status = mz_query_read_wishes(body, &bounds, request->arena, wishes, error);
    if (!status) status = read_queries(request, body, questions, error);
    if (!status) mz_query_wish_usual(wishes, &usual);
    return status;
}

static mz_status screen_batch(const mz_request *request, mz_response *response, mz_error *error) {
    mz_query_wishes wishes;
    mz_questions questions = {.usual = &wishes,
                              .behind = ',',
                              .wait_ms = request->service->settings.wait_ms,
                              .budget = request->service->settings.request_budget};
    mz_buffer *out = &response->body;
    uint64_t failed;
    mz_status status = read_batch(request, &wishes, &questions, error);
    if (status) return status;
    out->ceiling = BATCH_ANSWER_BYTES;
    mz_buffer_str(out, MZ_STR("{\"answers\":["));
    status = mz_answer_all(request->service, &questions, out, &failed, error);
    if (status == MZ_ERR_LIMIT)
        return mz_fail(error, status, "the answers take more than %d MiB; lower the limit of hits, or send a stream",
                       BATCH_ANSWER_BYTES >> 20);
    if (status) return status;
    if (questions.count && out->size) out->size--; /* the last comma */
    mz_buffer_print(out, "],\"failed\":%llu}\n", (unsigned long long)failed);
    return MZ_OK;
}

static const mz_route routes[] = {
    {.method = MZ_POST,
     .path = "/api/v1/screen",
     .right = MZ_RIGHT_SCREEN,
     .body_most = QUERY_BYTES_MOST,
     .handle = screen},
    {.method = MZ_POST,
     .path = "/api/v1/screen/batch",
     .right = MZ_RIGHT_SCREEN,
     .body_most = BATCH_BYTES_MOST,
     .handle = screen_batch},
};
const mz_routes mz_api_screen_routes = {routes, sizeof routes / sizeof *routes};
