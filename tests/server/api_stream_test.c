/* /api/v1/screen/stream: lines in pieces of any size, answers in order, errors in their place, memory that is bounded.
 */
#include "called.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static called_service service;
static mz_error error;

TEST(lines_are_answered_by_lines_and_errors_stand_in_their_place) {
    called_answer answer;
    called_start(&service);
    called(&service, MZ_POST, "/api/v1/screen/stream?limit=1",
           "{\"id\":\"a\",\"properties\":{\"name\":\"Nobody Nowhere\"}}\n"
           "\n"
           "{\"id\":\"b\",\"properties\":{\"nmae\":\"x\"}}\r\n"
           "no json\n"
           " \t\r\n"
           "{\"id\":\"c\",\"properties\":{\"name\":\"Nobody Nowhere\"},\"threshold\":0.9}",
           UINT32_MAX, &answer);
    CHECK_INT(200, answer.response.status);
    CHECK_TEXT("application/x-ndjson", answer.response.type);
    CHECK_TEXT(
        "{\"id\":\"a\",\"hits\":[]}\n"
        "{\"line\":3,\"id\":\"b\",\"error\":{\"message\":\"unknown property \\\"nmae\\\"; did you mean \\\"name\\\"?\","
        "\"column\":32}}\n"
        "{\"line\":4,\"id\":null,\"error\":{\"message\":\"a value was expected: an object, array, string, number, "
        "true, false or null\",\"column\":1}}\n"
        "{\"id\":\"c\",\"hits\":[],\"threshold\":0.900000}\n",
        called_body(&answer));
    called_done(&answer);
    called_stop(&service);
}

TEST(a_stream_may_be_empty_and_its_parameters_are_checked) {
    called_answer answer;
    called_start(&service);
    called(&service, MZ_POST, "/api/v1/screen/stream", "", UINT32_MAX, &answer);
    CHECK_INT(200, answer.response.status);
    CHECK_TEXT("", called_body(&answer));
    called_done(&answer);
    called(&service, MZ_POST, "/api/v1/screen/stream?limt=1", "{}\n", UINT32_MAX, &answer);
    CHECK_INT(400, answer.response.status);
    CHECK(strstr(called_body(&answer), "did you mean “limit”?") != NULL);
    called_done(&answer);
    called_stop(&service);
}

/* ---- in pieces, as a listener hands them over ---- */

typedef struct piecewise {
    called_answer answer;
    const mz_route *route;
    void *state;
    mz_status status;
} piecewise;

static void begin(piecewise *p) {
    called(&service, MZ_POST, "/api/v1/screen/stream", "", UINT32_MAX, &p->answer); /* makes the request */
    mz_response_done(&p->answer.response);
    mz_response_init(&p->answer.response);
    unsigned allowed;
    p->route =
        mz_route_find(MZ_POST, MZ_STR("/api/v1/screen/stream"), &p->answer.arena, &p->answer.request.place, &allowed);
    p->state = NULL;
    p->status = MZ_OK;
}

static void piece(piecewise *p, mz_str bytes) {
    if (!p->status)
        p->status = p->route->stream(&p->answer.request, &p->state, bytes, false, &p->answer.response, &error);
}

static void end(piecewise *p) {
    if (!p->status)
        p->status = p->route->stream(&p->answer.request, &p->state, MZ_STR(""), true, &p->answer.response, &error);
    p->route->free_state(p->state);
}

TEST(it_does_not_matter_in_which_pieces_a_stream_comes) {
    static const char lines[] = "{\"id\":1,\"properties\":{\"name\":\"Idris Benzahi\"}}\n\nx\n"
                                "{\"id\":2,\"properties\":{\"name\":\"زينب مرجاني\"}}\n"
                                "{\"id\":3,\"properties\":{\"name\":\"Sea Lantern\"},\"schema\":\"Vessel\"}";
    called_answer whole;
    called_start(&service);
    called(&service, MZ_POST, "/api/v1/screen/stream", lines, UINT32_MAX, &whole);
    for (size_t size = 1; size < sizeof lines; size++) {
        piecewise p;
        mz_test_case("pieces of %zu bytes", size);
        begin(&p);
        for (size_t at = 0; at < sizeof lines - 1; at += size) {
            size_t left = sizeof lines - 1 - at, taken = size < left ? size : left;
            char *copy = malloc(taken); /* of which nothing is there any more when the next comes */
            memcpy(copy, lines + at, taken);
            piece(&p, (mz_str){copy, taken});
            free(copy);
        }
        end(&p);
        CHECK_OK(p.status, error);
        CHECK_TEXT(called_body(&whole), called_body(&p.answer));
        called_done(&p.answer);
    }
    called_done(&whole);
    called_stop(&service);
}

TEST(a_line_without_end_takes_no_memory_and_the_next_is_answered) {
    static char megabyte[1 << 20];
    piecewise p;
    called_start(&service);
    memset(megabyte, 'x', sizeof megabyte);
    begin(&p);
    for (int i = 0; i < 64; i++) piece(&p, (mz_str){megabyte, sizeof megabyte});
    piece(&p, MZ_STR("\n{\"id\":\"after\",\"properties\":{\"name\":\"Nobody Nowhere\"}}\n"));
    end(&p);
    CHECK_OK(p.status, error);
    CHECK_TEXT(
        "{\"line\":1,\"id\":null,\"error\":{\"message\":\"a query of more than 1 MiB; split it\",\"column\":null}}\n"
        "{\"id\":\"after\",\"hits\":[]}\n",
        called_body(&p.answer));
    called_done(&p.answer);
    called_stop(&service);
}

/* More answers than are kept in memory: they come from a file that has no name. */
TEST(many_answers_wait_in_a_file) {
    enum { LINES = 20000 };
    char folder[] = "/tmp/mizan-stream-XXXXXX", line[128];
    piecewise p;
    called_start(&service);
    CHECK(mkdtemp(folder) != NULL);
    service.service.settings.spool_folder = folder;
    begin(&p);
    for (int i = 0; i < LINES; i++) {
        int size =
            snprintf(line, sizeof line, "{\"id\":%d,\"properties\":{\"passportNumber\":\"N%d\",\"name\":\"Q\"}}\n", i,
                     10000000 + i);
        piece(&p, (mz_str){line, (size_t)size});
    }
    end(&p);
    CHECK_OK(p.status, error);
    CHECK(p.answer.response.descriptor < 0); /* half a megabyte */
    called_done(&p.answer);
    begin(&p);
    for (int i = 0; i < LINES; i++) {
        int size = snprintf(line, sizeof line, "{\"id\":%d,\"properties\":{\"nmae\":\"Q\"}}\n", i);
        piece(&p, (mz_str){line, (size_t)size});
    }
    end(&p);
    CHECK_OK(p.status, error);
    CHECK(p.answer.response.descriptor >= 0 && !p.answer.response.body.size);
    FILE *file = fdopen(dup(p.answer.response.descriptor), "r");
    uint64_t bytes = 0;
    int count = 0;
    char seen[512];
    rewind(file);
    for (; fgets(seen, sizeof seen, file); count++) {
        char expected[64];
        (void)snprintf(expected, sizeof expected, "{\"line\":%d,\"id\":\"%d\",\"error\"", count + 1, count);
        bytes += strlen(seen);
        if (strncmp(expected, seen, strlen(expected)) != 0) CHECK_TEXT(expected, seen);
    }
    CHECK_INT(LINES, count);
    CHECK_INT(p.answer.response.file_size, bytes);
    (void)fclose(file);
    called_done(&p.answer);
    CHECK_INT(0, rmdir(folder));
    called_stop(&service);
}

TEST(without_room_for_the_answers_a_stream_is_refused_for_now) {
    static const char bad[] =
        "{\"id\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}\n";
    piecewise p;
    called_start(&service);
    service.service.settings.spool_folder = "/nowhere/at/all";
    begin(&p);
    for (int i = 0; i < 20000; i++) piece(&p, (mz_str){bad, sizeof bad - 1});
    end(&p);
    CHECK_INT(MZ_ERR_BUSY, p.status);
    CHECK(strstr(error.text, "no room") != NULL);
    called_done(&p.answer);
    called_stop(&service);
}

TEST_MAIN()
