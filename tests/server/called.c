#include "called.h"

#include "invented_list.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ARENA_BYTES = 64 << 20, QUERY_MOST = 64 };

void called_start(called_service *called) {
    mz_error error;
    char path[96];
    *called = (called_service){.options = MZ_SCREEN_OPTIONS_INIT};
    snprintf(called->folder, sizeof called->folder, "%s", "/tmp/mizan-called-XXXXXX");
    if (!mkdtemp(called->folder)) abort();
    snprintf(path, sizeof path, "%s/index.mzi", called->folder);
    mz_status status = invented_image(path, &error);
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

void called(called_service *service, mz_method method, const char *target, const char *body, uint32_t rights,
            called_answer *ret_answer) {
    const char *question = strchr(target, '?');
    *ret_answer = (called_answer){{0}, {0}, {0}};
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
        .body = mz_str_of(body),
        .id = MZ_STR("test"),
        .client = MZ_STR("127.0.0.1"),
        .who = who,
    };
    mz_response_init(&ret_answer->response);
    mz_dispatch(&ret_answer->request, &ret_answer->response);
}

void called_done(called_answer *answer) {
    mz_response_done(&answer->response);
    mz_arena_done(&answer->arena);
}

const char *called_body(const called_answer *answer) {
    return answer->response.body.data ? answer->response.body.data : "";
}
