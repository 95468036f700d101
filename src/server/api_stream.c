/* POST /api/v1/screen/stream: any number of queries, a line each, answered by a line each, as `mizan screen FILE`
 * answers them, to the byte.
 *
 * Lines are screened as they come, so that a sender who is faster than the engines waits: what was not read yet stays
 * in the socket. The listener's library sends nothing before the whole request was received. So answers wait: the first
 * in memory, more in a file without a name, to stream_bytes_most; behind that the stream is refused whole, because
 * answers that end early look like answers. An engine is held for one piece only, never while waiting for the sender;
 * a new index is used from the next piece on.
 *
 * Rejected: a connection of its own for the answers, which proxies and the tools of every day do not have. */
#include "base/error.h"
#include "base/file.h"
#include "server/answers.h"
#include "server/api.h"
#include "server/spool.h"
#include "server/tables.h"

#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINES_AT_ONCE = 64, KEPT_BYTES = 1 << 20, WAIT_MS = 60 * 1000 /* what was done would be lost */ };
static const uint64_t stream_bytes_most = (uint64_t)4 << 30;

typedef struct stream {
    mz_service *service;
    mz_query_wishes usual;
    mz_buffer line; /* one that has not ended yet */
    bool too_long;  /* it is, and its rest is passed over */
    uint64_t lines, queries, failed;
    mz_question questions[LINES_AT_ONCE];
    size_t count;
    mz_buffer answers; /* not in the file yet */
    int descriptor;    /* -1: no file yet */
    uint64_t stored;   /* in the file, and so much was claimed of what all files may have */
} stream;

static void free_stream(void *state) {
    stream *s = state;
    if (!s) return;
    mz_buffer_done(&s->line);
    mz_buffer_done(&s->answers);
    if (s->descriptor >= 0) close(s->descriptor);
    mz_spool_unclaim(s->service, s->stored);
    free(s);
}

static mz_status new_stream(const mz_request *request, stream **ret_stream, mz_error *error) {
    stream *s = calloc(1, sizeof *s);
    if (!s) return mz_fail_memory(error);
    s->service = request->service;
    s->descriptor = -1;
    mz_buffer_init(&s->line, MZ_LINE_BYTES_MOST);
    mz_buffer_init(&s->answers, MZ_RESPONSE_BYTES_MOST);
    *ret_stream = s;
    return mz_api_wishes(request, &s->usual, error);
}

/* ---- the file ---- */

static mz_status no_room(mz_error *error, const char *what) {
    return mz_fail(error, MZ_ERR_BUSY, "no room to keep the answers of a stream: %s: %s", what, strerror(errno));
}

static mz_status open_file(const mz_service *service, stream *s, mz_error *error) {
    char path[PATH_MAX];
    const char *folder = service->settings.spool_folder ? service->settings.spool_folder : "/var/tmp";
    int size = snprintf(path, sizeof path, "%s/mizan-answers", folder);
    if (size < 0 || (size_t)size >= sizeof path)
        return mz_fail(error, MZ_ERR_BUSY, "the folder for answers has too long a name");
    s->descriptor = mz_file_unnamed(path);
    return s->descriptor < 0 ? no_room(error, "a file cannot be made") : MZ_OK;
}

static mz_status store(mz_service *service, stream *s, mz_error *error) {
    mz_status status = s->descriptor < 0 ? open_file(service, s, error) : MZ_OK;
    if (status) return status;
    if (s->stored + s->answers.size > stream_bytes_most)
        return mz_fail(error, MZ_ERR_LIMIT,
                       "the answers to the first %" PRIu64 " queries take more than %" PRIu64
                       " GiB; send the queries in several streams, or lower the limit of hits",
                       s->queries, stream_bytes_most >> 30);
    if (!mz_spool_claim(service, s->answers.size))
        return mz_fail(error, MZ_ERR_BUSY, "too many answers of streams wait to be sent; try again in a moment");
    s->stored += s->answers.size;
    for (size_t at = 0; at < s->answers.size;) {
        ssize_t put = write(s->descriptor, s->answers.data + at, s->answers.size - at);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return no_room(error, "writing failed");
        at += (size_t)put;
    }
    mz_buffer_done(&s->answers); /* a sender who pauses shall not keep what one burst needed */
    mz_buffer_init(&s->answers, MZ_RESPONSE_BYTES_MOST);
    return MZ_OK;
}

/* ---- lines ---- */

static mz_status answer_lines(const mz_request *request, stream *s, mz_error *error) {
    const mz_questions questions = {
        .items = s->questions, .count = s->count, .usual = &s->usual, .behind = '\n', .wait_ms = WAIT_MS};
    uint64_t failed;
    if (!s->count) return MZ_OK;
    mz_status status = mz_answer_all(request->service, &questions, &s->answers, &failed, error);
    if (!status) {
        s->queries += s->count;
        s->failed += failed;
        s->count = 0;
    }
    if (!status && s->answers.size > KEPT_BYTES) status = store(request->service, s, error);
    return status;
}

static bool is_blank(mz_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (!memchr(" \t\r\f\v", text.data[i], 5)) return false;
    return true;
}

static mz_status ask_line(const mz_request *request, stream *s, mz_str line, mz_error *error) {
    s->lines++;
    bool too_long = s->too_long || line.size > MZ_LINE_BYTES_MOST;
    s->too_long = false;
    if (!too_long && is_blank(line)) return MZ_OK;
    s->questions[s->count++] =
        (mz_question){.line = too_long ? MZ_STR("") : line, .number = s->lines, .too_long = too_long};
    return s->count < LINES_AT_ONCE ? MZ_OK : answer_lines(request, s, error);
}

/* Keeps a part of a line, or, when it is too long, that it is. */
static mz_status keep_part(stream *s, mz_str part, mz_error *error) {
    if (s->too_long) return MZ_OK;
    mz_buffer_str(&s->line, part);
    if (s->line.starved) return mz_fail_memory(error);
    if (!s->line.failed) return MZ_OK;
    s->too_long = true;
    mz_buffer_clear(&s->line);
    return MZ_OK;
}

/* The rest of the line that has begun, or all of one. */
static mz_status end_line(const mz_request *request, stream *s, mz_str part, mz_error *error) {
    if (!s->line.size && !s->too_long) return ask_line(request, s, part, error);
    mz_status status = keep_part(s, part, error);
    if (!status) status = ask_line(request, s, mz_buffer_view(&s->line), error);
    if (!status) status = answer_lines(request, s, error); /* before the buffer is used again */
    mz_buffer_clear(&s->line);
    return status;
}

static mz_status take_piece(const mz_request *request, stream *s, mz_str piece, mz_error *error) {
    mz_status status = MZ_OK;
    while (piece.size && !status) {
        const char *end = memchr(piece.data, '\n', piece.size);
        if (!end) {
            status = keep_part(s, piece, error);
            break;
        }
        size_t size = (size_t)(end - piece.data);
        status = end_line(request, s, (mz_str){piece.data, size}, error);
        piece = (mz_str){end + 1, piece.size - size - 1};
    }
    return status ? status : answer_lines(request, s, error); /* which point into the piece */
}

/* ---- the answer ---- */

static void count_in(mz_response *response, mz_arena *arena, const char *name, uint64_t count) {
    mz_response_header(response, mz_str_of(name), mz_arena_print(arena, "%" PRIu64, count));
}

static mz_status finish(const mz_request *request, stream *s, mz_response *response, mz_error *error) {
    mz_status status = MZ_OK;
    if (s->line.size || s->too_long) status = end_line(request, s, MZ_STR(""), error);
    if (!status && s->descriptor >= 0) status = store(request->service, s, error);
    if (status) return status;
    response->type = "application/x-ndjson";
    count_in(response, request->arena, "Mizan-Queries", s->queries);
    count_in(response, request->arena, "Mizan-Failed", s->failed);
    if (request->arena->failed) return mz_fail_arena(request->arena, error, "the request");
    if (s->descriptor < 0) {
        mz_buffer_str(&response->body, mz_buffer_view(&s->answers));
    } else {
        response->descriptor = s->descriptor;
        response->file_size = s->stored;
        s->descriptor = -1;
    }
    return MZ_OK;
}

static mz_status screen_stream(const mz_request *request, void **state, mz_str piece, bool last, mz_response *response,
                               mz_error *error) {
    mz_status status = MZ_OK;
    if (!*state) {
        stream *fresh = NULL;
        status = new_stream(request, &fresh, error);
        *state = fresh;
    }
    if (!status) status = take_piece(request, *state, piece, error);
    if (!status && last) status = finish(request, *state, response, error);
    return status;
}

static const mz_route routes[] = {{.method = MZ_POST,
                                   .path = "/api/v1/screen/stream",
                                   .right = MZ_RIGHT_SCREEN,
                                   .stream = screen_stream,
                                   .free_state = free_stream}};
const mz_routes mz_api_stream_routes = {routes, sizeof routes / sizeof *routes};
