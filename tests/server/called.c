#include "called.h"

#include "base/json_write.h"
#include "invented_list.h"
#include "server/identify.h"
#include "test.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARENA_BYTES = 64 << 20, QUERY_MOST = 64, LOGGED_BYTES = 1 << 20 };

void called_start(called_service *called) {
    called_start_with(called, invented_image);
}

void called_start_with(called_service *called, mz_status (*build)(const char *path, mz_error *error)) {
    mz_error error;
    char path[96];
    *called = (called_service){.options = MZ_SCREEN_OPTIONS_INIT};
    called->options.limit = 5;
    called->options.limit_most = 500;
    snprintf(called->folder, sizeof called->folder, "%s", "/tmp/mizan-called-XXXXXX");
    if (!mkdtemp(called->folder)) abort();
    snprintf(path, sizeof path, "%s/index.mzi", called->folder);
    mz_status status = build(path, &error);
    if (!status) status = mz_live_open(path, &called->service.live, &error);
    if (!status) status = mz_engines_new(called->service.live, &called->options, 2, &called->service.engines, &error);
    CHECK_OK(status, error);
    if (status) abort();
    called->service.settings =
        (mz_service_settings){.threshold = 0.7, .limit = 5, .limit_most = 500, .batch_most = 100, .wait_ms = 2000};
}

void called_stop(called_service *called) {
    char path[96];
    mz_engines_free(called->service.engines);
    mz_live_close(called->service.live);
    snprintf(path, sizeof path, "%s/index.mzi", called->folder);
    unlink(path);
    rmdir(called->folder);
}

static mz_str decoded(mz_arena *arena, const char *text, size_t size) {
    mz_str copy = mz_arena_copy(arena, (mz_str){text, size});
    char *out = (char *)(uintptr_t)copy.data;
    size_t length = 0;
    for (size_t k = 0; k < size; k++) {
        unsigned byte;
        if (text[k] == '%' && k + 2 < size && sscanf(text + k + 1, "%2x", &byte) == 1) {
            out[length++] = (char)byte;
            k += 2;
        } else {
            out[length++] = text[k] == '+' ? ' ' : text[k];
        }
    }
    return (mz_str){copy.data, length};
}

/* ---- what was asked and answered, for the check against openapi.json ---- */

/* The body of a response, also of one that is in a file; as much of it as matters. */
static mz_str body_of(mz_response *response, mz_arena *arena) {
    if (response->descriptor < 0) return mz_buffer_view(&response->body);
    char *bytes = MZ_ARENA_NEW(arena, LOGGED_BYTES, char);
    ssize_t size = bytes ? pread(response->descriptor, bytes, LOGGED_BYTES, 0) : -1;
    return size < 0 ? MZ_STR("") : (mz_str){bytes, (size_t)size};
}

static void put_text(mz_json *json, const char *key, mz_str text) {
    mz_json_key(json, key);
    if (mz_utf8_valid(text, NULL))
        mz_json_str(json, text);
    else
        mz_json_null(json);
}

/* A line for each request, in the file that the environment names. */
static void log_answer(called_answer *answer, const char *target) {
    static const char *const methods[MZ_METHOD_COUNT] = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};
    const char *path = getenv("MIZAN_CALLED_LOG");
    FILE *file = path ? fopen(path, "a") : NULL;
    mz_response *response = &answer->response;
    mz_buffer line;
    mz_json json;
    if (!file) return;
    mz_buffer_init(&line, (size_t)1 << 30);
    mz_json_init(&json, &line);
    mz_json_object(&json);
    mz_json_pair(&json, "method", mz_str_of(methods[answer->request.method]));
    mz_json_pair(&json, "target", mz_str_of(target));
    put_text(&json, "asked", answer->request.body);
    mz_json_pair_int(&json, "status", response->status);
    mz_json_pair(&json, "type", mz_str_of(response->type));
    mz_json_key(&json, "headers");
    mz_json_object(&json);
    for (size_t h = 0; h < response->header_count; h++)
        mz_json_pair(&json, response->headers[h].name.data, response->headers[h].value);
    mz_json_object_end(&json);
    put_text(&json, "answered", body_of(response, &answer->arena));
    mz_json_object_end(&json);
    (void)fprintf(file, "%s\n", line.failed ? "null" : line.data);
    (void)fclose(file);
    mz_buffer_done(&line);
}

void called(called_service *service, mz_method method, const char *target, const char *body, uint32_t rights,
            called_answer *ret_answer) {
    const char *question = strchr(target, '?');
    *ret_answer = (called_answer){{0}, {0}, {0}, {.count = 0}};
    mz_arena *arena = &ret_answer->arena;
    mz_arena_init(arena, ARENA_BYTES);
    mz_principal *who = MZ_ARENA_NEW(arena, 1, mz_principal);
    mz_parameter *query = MZ_ARENA_NEW(arena, QUERY_MOST, mz_parameter);
    size_t count = 0;
    *who = (mz_principal){.kind = rights ? MZ_PERSON : MZ_ANONYMOUS, .rights = rights};
    for (const char *at = question; at && count < QUERY_MOST;) {
        const char *end = strchr(at + 1, '&'), *equals = strchr(at + 1, '=');
        size_t size = end ? (size_t)(end - at - 1) : strlen(at + 1);
        size_t name = equals && equals < at + 1 + size ? (size_t)(equals - at - 1) : size;
        query[count].name = decoded(arena, at + 1, name);
        query[count++].value = name < size ? decoded(arena, equals + 1, size - name - 1) : MZ_STR("");
        at = end;
    }
    ret_answer->request = (mz_request){
        .service = &service->service,
        .arena = arena,
        .method = method,
        .path = decoded(arena, target, question ? (size_t)(question - target) : strlen(target)),
        .query = {query, count},
        .headers = service->headers,
        .body = mz_str_of(body),
        .id = MZ_STR("test"),
        .client = MZ_STR("127.0.0.1"),
        .who = who,
        .asked = &ret_answer->asked,
    };
    mz_response_init(&ret_answer->response);
    bool known = !service->service.access || mz_request_identify(&ret_answer->request, &ret_answer->response);
    if (known) mz_dispatch(&ret_answer->request, &ret_answer->response);
    log_answer(ret_answer, target);
}

void called_done(called_answer *answer) {
    mz_response_done(&answer->response);
    mz_arena_done(&answer->arena);
}

const char *called_body(const called_answer *answer) {
    return answer->response.body.data ? answer->response.body.data : "";
}
