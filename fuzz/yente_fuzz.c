/* What is read with GET, and the body of /match by itself.
 *
 * The first byte chooses: a search whose words and parameters are the rest, an entity whose id it is, or a body. Every
 * request gets an answer that is no failure of the service and is JSON, its page no longer than was asked for; of a
 * body that is taken, every query becomes a record. */
#include "base/json_read.h"
#include "invented_image.h"
#include "server/routes.h"
#include "server/service.h"
#include "server/yente_body.h"
#include "text/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_INPUT_BYTES = 4 * 1024, ARENA_BYTES = 64 << 20, PARAMETERS_MOST = 8, QUERIES_MOST = 20, PAGE = 10 };

static void hold(bool truth) {
    if (!truth) abort();
}

static void open_index(mz_service *service, const mz_screen_options *options) {
    char path[] = "/tmp/mizan-fuzz-XXXXXX";
    int descriptor = mkstemp(path);
    hold(descriptor >= 0 && !close(descriptor) && !invented_image(path, NULL));
    hold(!mz_live_open(path, &service->live, NULL));
    (void)unlink(path);
    hold(!mz_engines_new(service->live, options, 1, &service->engines, NULL));
    service->settings = (mz_service_settings){
        .threshold = 0.7, .limit = 5, .limit_most = 50, .batch_most = QUERIES_MOST, .wait_ms = 1000};
}

static mz_service *the_service(void) {
    static mz_service service;
    static mz_screen_options options = MZ_SCREEN_OPTIONS_INIT;
    if (!service.live) open_index(&service, &options);
    return &service;
}

/* ---- requests ---- */

static void check_answer(const mz_response *response) {
    mz_arena arena;
    const mz_json_value *root;
    mz_arena_init(&arena, (size_t)1 << 30);
    hold(response->status < 500 || response->status == 503);
    hold(!mz_json_parse(mz_buffer_view(&response->body), 0, &arena, &root, NULL));
    const mz_json_value *results = mz_json_member(root, "results"), *limit = mz_json_member(root, "limit");
    hold(!results || !limit || results->count <= strtoul(limit->text.data, NULL, 10));
    mz_arena_done(&arena);
}

/* "name=value" in lines behind the first. */
static size_t read_parameters(mz_str text, mz_parameter *parameters) {
    size_t count = 0;
    while (text.size && count < PARAMETERS_MOST) {
        const char *end = memchr(text.data, '\n', text.size);
        mz_str line = {text.data, end ? (size_t)(end - text.data) : text.size};
        const char *equals = line.size ? memchr(line.data, '=', line.size) : NULL;
        size_t name = equals ? (size_t)(equals - line.data) : line.size;
        size_t behind = equals ? name + 1 : name;
        parameters[count++] = (mz_parameter){{line.data, name}, {line.data + behind, line.size - behind}};
        text = (mz_str){text.data + line.size, text.size - line.size};
        if (end) text = (mz_str){text.data + 1, text.size - 1};
    }
    return count;
}

static void ask(mz_arena *arena, mz_str path, mz_parameters query) {
    const mz_principal who = {.kind = MZ_PERSON, .rights = UINT32_MAX};
    mz_request request = {.service = the_service(),
                          .arena = arena,
                          .method = MZ_GET,
                          .path = path,
                          .query = query,
                          .body = MZ_STR(""),
                          .id = MZ_STR("fuzz"),
                          .client = MZ_STR("127.0.0.1"),
                          .who = &who};
    mz_response response;
    mz_response_init(&response);
    mz_dispatch(&request, &response);
    check_answer(&response);
    mz_response_done(&response);
}

static void search(mz_arena *arena, mz_str input) {
    mz_parameter parameters[PARAMETERS_MOST + 1];
    const char *end = input.size ? memchr(input.data, '\n', input.size) : NULL;
    size_t words = end ? (size_t)(end - input.data) : input.size, behind = end ? words + 1 : words;
    parameters[0] = (mz_parameter){MZ_STR("q"), {input.data, words}};
    size_t count = 1 + read_parameters((mz_str){input.data + behind, input.size - behind}, parameters + 1);
    ask(arena, MZ_STR("/search/default"), (mz_parameters){parameters, count});
}

static void fetch(mz_arena *arena, mz_str id) {
    ask(arena, mz_arena_print(arena, "/entities/%.*s", (int)id.size, id.data), (mz_parameters){NULL, 0});
    ask(arena, mz_arena_print(arena, "/entities/%.*s/adjacent", (int)id.size, id.data), (mz_parameters){NULL, 0});
}

/* ---- the body ---- */

static void read_body(mz_arena *arena, mz_str text) {
    const mz_json_value *root;
    mz_yente_body body;
    mz_builder *builder;
    mz_error error = {.text = ""};
    if (mz_json_parse(text, 0, arena, &root, NULL)) return;
    if (mz_yente_body_read(root, QUERIES_MOST, arena, &body, &error)) {
        hold(error.text[0] &&
             (error.status == MZ_ERR_INPUT || error.status == MZ_ERR_ARGUMENT || error.status == MZ_ERR_LIMIT));
        return;
    }
    hold(body.queries->count && body.queries->count <= QUERIES_MOST);
    hold(!mz_builder_new((size_t)64 << 20, MZ_DATE_DAY_FIRST, &builder, NULL));
    for (const mz_json_value *q = body.queries->child; q; q = q->next) {
        mz_yente_query query;
        hold(!mz_yente_query_read(q, builder, arena, &query, NULL));
        hold(query.record->entity_count == 1);
    }
    mz_builder_free(builder);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_arena arena;
    if (!size || size > MOST_INPUT_BYTES) return 0;
    mz_str input = {(const char *)data + 1, size - 1};
    mz_arena_init(&arena, ARENA_BYTES);
    if (data[0] % 3 == 0) {
        read_body(&arena, input);
    } else if (mz_utf8_valid(input, NULL)) { /* as the listener hands it over */
        if (data[0] % 3 == 1)
            search(&arena, input);
        else
            fetch(&arena, input);
    }
    mz_arena_done(&arena);
    return 0;
}
