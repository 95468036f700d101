/* Requests of yente's clients when memory runs out: each allocation fails in turn, and the answer is 503 or whole. */
#include "oom.h"
#include "server/routes.h"
#include "server/service.h"
#include "test.h"
#include "yente_list.h"

#include <stdio.h>

enum { ARENA_BYTES = 64 << 20 };

typedef struct asked {
    mz_service service;
    mz_method method;
    const char *path, *query, *body; /* query: the value of "q", NULL: none */
} asked;

static const mz_screen_options options = MZ_SCREEN_OPTIONS_INIT;

static mz_status answer(asked *a, mz_error *error) {
    const mz_principal who = {.kind = MZ_PERSON, .rights = UINT32_MAX};
    const mz_parameter q = {MZ_STR("q"), mz_str_of(a->query)};
    mz_arena arena;
    mz_response response;
    mz_arena_init(&arena, ARENA_BYTES);
    mz_response_init(&response);
    mz_request request = {.service = &a->service,
                          .arena = &arena,
                          .method = a->method,
                          .path = mz_str_of(a->path),
                          .query = {&q, a->query ? 1 : 0},
                          .body = mz_str_of(a->body),
                          .id = MZ_STR("test"),
                          .client = MZ_STR("127.0.0.1"),
                          .who = &who};
    mz_dispatch(&request, &response);
    int status = response.status;
    snprintf(error->text, sizeof error->text, "%d: %.200s", status, response.body.data ? response.body.data : "");
    mz_response_done(&response);
    mz_arena_done(&arena);
    return status == 200 ? MZ_OK : status == 503 ? MZ_ERR_MEMORY : MZ_ERR_REFUSED;
}

/* Engines are made anew, so that nothing is kept from one run to the next. */
static mz_status ask(void *context, mz_error *error) {
    asked *a = context;
    mz_status status = mz_engines_new(a->service.live, &options, 1, &a->service.engines, error);
    if (status) return status;
    status = answer(a, error);
    mz_engines_free(a->service.engines);
    return status;
}

static void walk(asked *a) {
    char path[256];
    mz_error error;
    snprintf(path, sizeof path, "%s/yente.mzi", mz_test_folder());
    CHECK_OK(yente_image(path, &error), error);
    CHECK_OK(mz_live_open(path, &a->service.live, &error), error);
    a->service.settings =
        (mz_service_settings){.threshold = 0.7, .limit = 5, .limit_most = 500, .batch_most = 100, .wait_ms = 1000};
    CHECK(mz_oom_each(ask, a) > 5);
    mz_live_close(a->service.live);
}

TEST(a_match_without_memory_is_told_to_come_again) {
    walk(&(asked){.method = MZ_POST,
                  .path = "/match/default",
                  .body = "{\"queries\":{\"q1\":{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"],"
                          "\"birthDate\":\"1970\"}}},\"weights\":{\"missing\":0.8}}"});
}

TEST(a_search_without_memory_is_told_to_come_again) {
    walk(&(asked){.method = MZ_GET, .path = "/search/default", .query = "Murjani AB123456", .body = ""});
    walk(&(asked){.method = MZ_GET, .path = "/search/alpha", .query = "", .body = ""});
}

TEST(an_entity_without_memory_is_told_to_come_again) {
    walk(&(asked){.method = MZ_GET, .path = "/entities/alpha-1", .body = ""});
    walk(&(asked){.method = MZ_GET, .path = "/entities/alpha-1/adjacent", .body = ""});
}

TEST(the_catalog_without_memory_is_told_to_come_again) {
    walk(&(asked){.method = MZ_GET, .path = "/catalog", .body = ""});
}

TEST_MAIN()
