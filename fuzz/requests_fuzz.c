/* Requests with a body to every address that screens and takes one, against a small list. Those of people and keys
 * need a database and are not asked; credentials_fuzz.c has the parsers behind them. The first line of the input
 * chooses the route and has its parameters, what follows is the body. Whatever is sent, there is an answer, and it is
 * no failure of the service; what is JSON by its type is JSON. */
#include "base/json_read.h"
#include "invented_image.h"
#include "server/routes.h"
#include "server/service.h"
#include "text/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_INPUT_BYTES = 16 * 1024, ARENA_BYTES = 64 * 1024 * 1024, ROUTES_MOST = 256, PARAMETERS_MOST = 8 };

typedef struct target {
    mz_service service;
    mz_screen_options options;
    const mz_route *routes[ROUTES_MOST];
    size_t route_count;
} target;

static void open_index(target *t) {
    char path[] = "/tmp/mizan-fuzz-XXXXXX";
    int descriptor = mkstemp(path);
    t->options = (mz_screen_options)MZ_SCREEN_OPTIONS_INIT;
    t->options.limit_most = 50;
    if (descriptor < 0 || close(descriptor) < 0 || invented_image(path, NULL)) abort();
    if (mz_live_open(path, &t->service.live, NULL)) abort();
    (void)unlink(path);
    if (mz_engines_new(t->service.live, &t->options, 1, &t->service.engines, NULL)) abort();
    t->service.settings =
        (mz_service_settings){.threshold = 0.7, .limit = 5, .limit_most = 50, .batch_most = 20, .wait_ms = 1000};
}

/* Those that take a body, and need no more than an index. */
static void find_routes(target *t) {
    size_t table_count;
    const mz_routes *const *tables = mz_all_routes(&table_count);
    for (size_t i = 0; i < table_count; i++)
        for (size_t r = 0; r < tables[i]->count; r++) {
            const mz_route *route = &tables[i]->routes[r];
            bool takes = route->stream || route->body_most;
            if (takes && route->right == MZ_RIGHT_SCREEN && t->route_count < ROUTES_MOST)
                t->routes[t->route_count++] = route;
        }
}

static mz_str cut(mz_str *rest, char mark) {
    const char *end = rest->size ? memchr(rest->data, mark, rest->size) : NULL;
    size_t size = end ? (size_t)(end - rest->data) : rest->size, taken = end ? size + 1 : size;
    mz_str found = {rest->data, size};
    *rest = (mz_str){rest->data + taken, rest->size - taken};
    return found;
}

/* "{id}" of a path stands for a list and an entity that there are. */
static mz_str path_of(const mz_route *route, mz_arena *arena) {
    mz_str rest = mz_str_of(route->path), path = MZ_STR("");
    while (rest.size) {
        mz_str part = cut(&rest, '{');
        if (!rest.size) return mz_arena_print(arena, "%.*s%.*s", (int)path.size, path.data, (int)part.size, part.data);
        (void)cut(&rest, '}');
        path = mz_arena_print(arena, "%.*s%.*sinvented", (int)path.size, path.data, (int)part.size, part.data);
    }
    return path;
}

static void check_answer(const mz_response *response) {
    mz_arena arena;
    const mz_json_value *value;
    if (response->status >= 500 && response->status != 503) __builtin_trap();
    if (response->descriptor >= 0 || !strstr(response->type, "json") || strstr(response->type, "ndjson")) return;
    mz_arena_init(&arena, ARENA_BYTES);
    if (mz_json_parse(mz_buffer_view(&response->body), 0, &arena, &value, NULL) == MZ_ERR_INPUT) __builtin_trap();
    mz_arena_done(&arena);
}

static void ask(target *t, mz_str line, mz_str body) {
    static const mz_principal anybody = {.kind = MZ_PERSON, .rights = UINT32_MAX};
    mz_arena arena;
    mz_response response;
    mz_parameter parameters[PARAMETERS_MOST];
    size_t count = 0;
    mz_arena_init(&arena, ARENA_BYTES);
    mz_response_init(&response);
    const mz_route *route = t->routes[line.size ? (uint8_t)line.data[0] % t->route_count : 0];
    mz_str rest = line.size ? (mz_str){line.data + 1, line.size - 1} : line;
    for (; rest.size && count < PARAMETERS_MOST; count++) {
        mz_str value = cut(&rest, '&');
        parameters[count].name = cut(&value, '=');
        parameters[count].value = value;
    }
    mz_request request = {.service = &t->service,
                          .arena = &arena,
                          .method = route->method,
                          .path = path_of(route, &arena),
                          .query = {parameters, count},
                          .body = body,
                          .id = MZ_STR("fuzz"),
                          .client = MZ_STR("127.0.0.1"),
                          .who = &anybody};
    mz_dispatch(&request, &response);
    check_answer(&response);
    mz_response_done(&response);
    mz_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static target *t;
    if (!t) {
        t = calloc(1, sizeof *t);
        if (!t) abort();
        open_index(t);
        find_routes(t);
    }
    if (size > MOST_INPUT_BYTES) return 0;
    mz_str body = {(const char *)data, size};
    mz_str line = cut(&body, '\n');
    if (mz_utf8_valid(line, NULL)) ask(t, line, body); /* the listener lets nothing else through */
    return 0;
}
