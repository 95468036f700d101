/* The order of things: the target comes (mz_exchange_target); the head is there, and everything that can be refused by
 * it is, before a byte of the body was read (begin); pieces of the body (take); it is whole, and is answered (finish).
 *
 * libmicrohttpd takes an answer when the head is there, and then reads no body and closes; or when the body is there;
 * not in between. So who must be refused while his body comes is answered beside it (wire.h). */
#include "server/exchange.h"

#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"
#include "server/identify.h"
#include "server/listening.h"
#include "server/log.h"
#include "server/metrics.h"
#include "server/rate.h"
#include "server/raw.h"
#include "server/target.h"
#include "server/wire.h"
#include "text/text.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum {
    KEPT_BODY_BYTES = 64 << 10,
    PASSED_BODY_BYTES = 64 << 10, /* of a request that is refused by its head */
    STREAM_WINDOW_BYTES = 1024,   /* that a stream must bring while mz_listen_settings.body_s passes */
    LINGER_S = 2
};
static const uint64_t NS_OF_S = 1000000000;

void mz_exchange_init(mz_exchange *exchange, struct mz_connection *connection) {
    *exchange = (mz_exchange){.connection = connection};
    mz_arena_init(&exchange->arena, MZ_EXCHANGE_ARENA_BYTES);
    mz_buffer_init(&exchange->body, SIZE_MAX);
    mz_response_init(&exchange->response);
}

static const char too_much_held[] = "too much is being sent and answered at the same time; try again in a moment";

/* Counts bytes among those that all requests hold; false when that is too much. Who is alone may hold more: what one
 * body and one answer may have is bounded elsewhere. */
static bool hold(mz_exchange *exchange, uint64_t bytes) {
    mz_service *service = exchange->request.service;
    uint64_t most = service->settings.held_bytes_most ? service->settings.held_bytes_most : mz_held_bytes_most;
    uint64_t before = atomic_fetch_add(&service->held_bytes, bytes);
    exchange->held_bytes += bytes;
    return before + bytes <= most || before + bytes == exchange->held_bytes;
}

static void let_go(mz_exchange *exchange) {
    if (exchange->held_bytes) atomic_fetch_sub(&exchange->request.service->held_bytes, exchange->held_bytes);
    exchange->held_bytes = 0;
}

/* Lets go of a request; small buffers are kept for the next. */
static void clear(mz_exchange *exchange) {
    let_go(exchange);
    mz_buffer kept = exchange->response.body;
    exchange->response.body = (mz_buffer){.data = NULL};
    mz_response_done(&exchange->response);
    mz_response_init(&exchange->response);
    if (kept.capacity > KEPT_BODY_BYTES)
        mz_buffer_done(&kept);
    else
        mz_buffer_clear(&kept);
    exchange->response.body = kept;
    exchange->response.body.ceiling = MZ_RESPONSE_BYTES_MOST;
    if (exchange->body.capacity > KEPT_BODY_BYTES) mz_buffer_done(&exchange->body);
    mz_buffer_clear(&exchange->body);
    exchange->body.ceiling = SIZE_MAX;
    if (exchange->arena.used_bytes > KEPT_BODY_BYTES)
        mz_arena_done(&exchange->arena);
    else
        mz_arena_reset(&exchange->arena);
    const mz_route *route = exchange->request.route;
    if (exchange->state && route && route->free_state) route->free_state(exchange->state);
    exchange->state = NULL;
    exchange->request.route = NULL;
    exchange->asked.count = 0;
    exchange->status = 0;
    exchange->taken_bytes = exchange->answer_bytes = exchange->granted_bytes = 0;
    exchange->over = false;
    exchange->framing = (mz_framing){.chunked = false};
    exchange->open = exchange->headed = exchange->refused = exchange->malformed = false;
}

void mz_exchange_done(mz_exchange *exchange) {
    clear(exchange);
    mz_response_done(&exchange->response);
    mz_buffer_done(&exchange->body);
    mz_arena_done(&exchange->arena);
    exchange->open = false;
}

void *mz_exchange_target(void *listener, const char *target, struct MHD_Connection *connection) {
    mz_listener *own = listener;
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    mz_connection *place = info ? info->socket_context : NULL;
    if (!place) return NULL;
    mz_exchange *exchange = &place->exchange;
    clear(exchange);
    exchange->began_ns = mz_clock_ns();
    exchange->open = true;
    exchange->target = mz_arena_copy(&exchange->arena, mz_str_of(target));
    exchange->who = (mz_principal){.kind = MZ_ANONYMOUS, .rights = own->service->settings.anonymous_rights};
    exchange->request = (mz_request){.service = own->service,
                                     .arena = &exchange->arena,
                                     .method = MZ_METHOD_COUNT,
                                     .path = MZ_STR(""),
                                     .id = MZ_STR(""),
                                     .asked = &exchange->asked,
                                     .client = mz_str_of(place->client),
                                     .who = &exchange->who};
    return exchange;
}

/* ---- the head ---- */

typedef struct header_reading {
    mz_arena *arena;
    mz_parameter *items;
    size_t count, room;
    mz_raw raw;
} header_reading;

static enum MHD_Result read_header(void *context, enum MHD_ValueKind kind, const char *name, size_t name_size,
                                   const char *value, size_t value_size) {
    header_reading *reading = context;
    (void)kind;
    if (reading->count == reading->room) return MHD_NO;
    mz_raw_field(&reading->raw, name, name_size, value, value_size);
    mz_str kept = mz_arena_copy(reading->arena, (mz_str){name, name_size});
    char *letters = MZ_ARENA_NEW(reading->arena, name_size + 1, char);
    if (!letters) return MHD_NO;
    for (size_t k = 0; k < kept.size; k++) letters[k] = mz_lower(kept.data[k]);
    mz_parameter *item = &reading->items[reading->count++];
    item->name = (mz_str){letters, name_size};
    item->value = mz_trimmed(mz_arena_copy(reading->arena, (mz_str){value ? value : "", value ? value_size : 0}));
    /* Latin-1 was common once; what is not UTF-8 is told apart from nothing, and used for nothing */
    size_t bad_offset;
    if (!mz_utf8_valid(item->value, &bad_offset)) item->value = MZ_STR("?");
    return MHD_YES;
}

static mz_status read_headers(mz_exchange *exchange, struct MHD_Connection *connection, const char *method,
                              const char *version, mz_error *error) {
    header_reading reading = {.arena = &exchange->arena, .room = MZ_HEADERS_MOST + 1};
    reading.items = MZ_ARENA_NEW(&exchange->arena, reading.room, mz_parameter);
    if (!reading.items) return mz_fail_arena(&exchange->arena, error, "the head of the request");
    mz_raw_begin(&reading.raw, version);
    (void)MHD_get_connection_values_n(connection, MHD_HEADER_KIND, read_header, &reading);
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
    if (info) mz_raw_end(&reading.raw, method, info->header_size);
    if (reading.raw.spoiled && reading.count <= MZ_HEADERS_MOST)
        return mz_fail(error, MZ_ERR_INPUT, "the head of the request has bare line feeds, folded lines or zeros");
    if (exchange->arena.failed) return mz_fail_arena(&exchange->arena, error, "the head of the request");
    exchange->request.headers = (mz_parameters){reading.items, reading.count};
    return MZ_OK;
}

/* The client's X-Request-Id where it is one that a log can hold, else one of our own. */
static void name_request(mz_exchange *exchange) {
    mz_str given = mz_request_header(&exchange->request, "x-request-id");
    bool sane = given.size > 0 && given.size <= MZ_REQUEST_ID_MOST;
    for (size_t k = 0; sane && k < given.size; k++)
        sane = mz_is_letter(given.data[k]) || mz_is_digit(given.data[k]) || memchr("-_.:/+=", given.data[k], 7);
    if (sane) {
        exchange->request.id = given;
        return;
    }
    unsigned char chance[12];
    char text[2 * sizeof chance + 1];
    randombytes_buf(chance, sizeof chance);
    (void)sodium_bin2hex(text, sizeof text, chance, sizeof chance);
    exchange->request.id = mz_arena_copy(&exchange->arena, mz_str_of(text));
}

static void refuse(mz_exchange *exchange, int status, const mz_error *error) {
    mz_response_problem(&exchange->response, &exchange->request, status, error);
    exchange->refused = true;
}

/* Who asks too often is told when to come again. What needs no right costs nothing, and a supervisor must never be
 * refused by it. */
static bool is_too_often(mz_exchange *exchange) {
    const mz_request *request = &exchange->request;
    const mz_principal *who = request->who;
    mz_error error;
    unsigned wait_s;
    if (!request->route || request->route->right == MZ_RIGHT_NONE) return false;
    if (who->kind == MZ_ANONYMOUS && exchange->connection->local) return false;
    if (mz_rate_take(request->service->rate, who->key.size ? who->key : request->client, exchange->began_ns, &wait_s))
        return false;
    (void)mz_fail(&error, MZ_ERR_BUSY, "too many requests; try again in %u s", wait_s);
    refuse(exchange, 429, &error);
    mz_response_header(&exchange->response, MZ_STR("Retry-After"), mz_arena_print(&exchange->arena, "%u", wait_s));
    return true;
}

/* Everything that can be said of a request by its head. */
static void judge_head(mz_exchange *exchange, struct MHD_Connection *connection, const char *method,
                       const char *version) {
    mz_request *request = &exchange->request;
    mz_error error;
    int http_status = 400;
    mz_status status = read_headers(exchange, connection, method, version, &error);
    name_request(exchange);
    if (!status)
        status = mz_head_check(mz_str_of(method), mz_str_of(version), request->headers, &exchange->framing,
                               &http_status, &error);
    if (!status) status = mz_target_read(exchange->target, &exchange->arena, &request->path, &request->query, &error);
    if (status) {
        exchange->malformed = true;
        refuse(exchange, status == MZ_ERR_MEMORY ? 503 : http_status, &error);
        return;
    }
    request->method = mz_method_of(mz_str_of(method));
    /* a method that nobody knows here is none of any route: 405 says which ones its address has, 404 that it is none */
    exchange->refused = !mz_request_identify(request, &exchange->response) ||
                        !mz_admit(request, &exchange->response, exchange->framing.length_bytes);
    if (!exchange->refused) exchange->refused = is_too_often(exchange);
}

/* ---- the answer ---- */

static bool add_header(struct MHD_Response *answer, mz_str name, mz_str value, mz_arena *arena) {
    mz_str kept_name = mz_arena_copy(arena, name), kept_value = mz_arena_copy(arena, value);
    return MHD_add_response_header(answer, kept_name.data, kept_value.data) == MHD_YES;
}

static void add_headers(mz_exchange *exchange, struct MHD_Response *answer, bool close) {
    const mz_response *response = &exchange->response;
    mz_arena *arena = &exchange->arena;
    bool cached = false, told = false;
    (void)MHD_add_response_header(answer, "Content-Type", response->type);
    (void)MHD_add_response_header(answer, "X-Content-Type-Options", "nosniff");
    if (exchange->request.id.size) (void)add_header(answer, MZ_STR("X-Request-Id"), exchange->request.id, arena);
    for (size_t k = 0; k < response->header_count; k++) {
        cached = cached || mz_same_word(response->headers[k].name, "cache-control");
        told = told || mz_same_word(response->headers[k].name, "retry-after");
        (void)add_header(answer, response->headers[k].name, response->headers[k].value, arena);
    }
    if (!cached) (void)MHD_add_response_header(answer, "Cache-Control", "no-store");
    if (response->status == 503 && !told) (void)MHD_add_response_header(answer, "Retry-After", "1");
    if (close) (void)MHD_add_response_header(answer, "Connection", "close");
}

static struct MHD_Response *make_answer(mz_response *response) {
    if (response->descriptor < 0) {
        mz_str body = mz_buffer_view(&response->body);
        return MHD_create_response_from_buffer(body.size, (void *)(uintptr_t)body.data, MHD_RESPMEM_PERSISTENT);
    }
    struct MHD_Response *answer = MHD_create_response_from_fd64(response->file_size, response->descriptor);
    if (answer) response->descriptor = -1; /* the library closes it */
    return answer;
}

static enum MHD_Result queue(mz_listener *listener, mz_exchange *exchange, struct MHD_Connection *connection) {
    mz_response *response = &exchange->response;
    uint64_t size = response->descriptor < 0 ? response->body.size : response->file_size;
    struct MHD_Response *answer = make_answer(response);
    if (!answer) return MHD_NO;
    add_headers(exchange, answer, response->close || exchange->malformed || atomic_load(&listener->closing));
    mz_connection_wait(exchange->connection, MZ_WAITING_ANSWER,
                       listener->settings.send_s + size / MZ_LISTEN_SLOWEST_BYTES);
    exchange->status = response->status;
    exchange->answer_bytes = exchange->request.method == MZ_HEAD ? 0 : size;
    enum MHD_Result result = MHD_queue_response(connection, (unsigned)response->status, answer);
    MHD_destroy_response(answer);
    return result;
}

/* ---- the steps ---- */

static bool is_stream(const mz_exchange *exchange) {
    return !exchange->refused && exchange->request.route && exchange->request.route->stream;
}

/* A refusal over which a small body still comes is answered behind it, so that the connection can go on, and the
 * client, who may still be writing, reads why. A large one is not waited for. */
static bool is_body_worth_reading(const mz_exchange *exchange) {
    return !exchange->refused || (!exchange->malformed && exchange->framing.length_bytes <= PASSED_BODY_BYTES);
}

static enum MHD_Result begin(mz_listener *listener, mz_exchange *exchange, struct MHD_Connection *connection,
                             const char *method, const char *version) {
    exchange->headed = true;
    judge_head(exchange, connection, method, version);
    bool body = exchange->framing.chunked || exchange->framing.length_bytes;
    if (exchange->malformed || (body && !is_body_worth_reading(exchange))) {
        exchange->response.close = true;
        return queue(listener, exchange, connection);
    }
    exchange->until_ns = mz_clock_ns() + listener->settings.body_s * NS_OF_S;
    mz_connection_wait_until(exchange->connection, body ? MZ_WAITING_BODY : MZ_WAITING_WORK,
                             body ? exchange->until_ns : 0);
    exchange->body.ceiling = exchange->refused ? PASSED_BODY_BYTES : exchange->request.route->body_most;
    return MHD_YES;
}

/* Answers while the body still comes. The connection is closed, but not at once: to close over what was sent and not
 * read would throw the answer away before the client has seen it. */
static enum MHD_Result break_off(mz_exchange *exchange, struct MHD_Connection *connection, int status,
                                 const char *detail) {
    const union MHD_ConnectionInfo *tls = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_GNUTLS_SESSION);
    exchange->status = status;
    exchange->over = true;
    mz_wire_refuse(exchange->connection->descriptor, tls ? tls->tls_session : NULL, status, detail);
    mz_connection_wait(exchange->connection, MZ_WAITING_ANSWER, LINGER_S);
    return MHD_YES;
}

/* A piece of a stream is worked on while the sender waits, whose time does not run meanwhile. He must send so much in
 * so long, or is cut off: the bound is on how slow he may be, not on how much he sends. */
static enum MHD_Result take_of_stream(mz_listener *listener, mz_exchange *exchange, struct MHD_Connection *connection,
                                      mz_str piece) {
    mz_error error = {.status = MZ_OK};
    const mz_route *route = exchange->request.route;
    uint64_t began_ns = mz_clock_ns();
    mz_connection_wait(exchange->connection, MZ_WAITING_WORK, 0);
    mz_status status = route->stream(&exchange->request, &exchange->state, piece, false, &exchange->response, &error);
    if (status) return break_off(exchange, connection, mz_http_status(status), error.text);
    uint64_t now_ns = mz_clock_ns();
    exchange->until_ns += now_ns - began_ns;
    if (exchange->taken_bytes - exchange->granted_bytes >= STREAM_WINDOW_BYTES) {
        exchange->granted_bytes = exchange->taken_bytes;
        exchange->until_ns = now_ns + listener->settings.body_s * NS_OF_S;
    }
    mz_connection_wait_until(exchange->connection, MZ_WAITING_BODY, exchange->until_ns);
    return MHD_YES;
}

static enum MHD_Result take(mz_listener *listener, mz_exchange *exchange, struct MHD_Connection *connection,
                            mz_str piece) {
    exchange->taken_bytes += piece.size;
    if (exchange->over) return MHD_YES;
    if (is_stream(exchange)) return take_of_stream(listener, exchange, connection, piece);
    if (!exchange->refused && !hold(exchange, piece.size)) {
        let_go(exchange);
        mz_buffer_done(&exchange->body);
        return break_off(exchange, connection, 503, too_much_held);
    }
    mz_buffer_str(&exchange->body, piece);
    if (!exchange->body.failed) {
        /* time is given for what has come, never for what a client says will come */
        uint64_t earned_ns = exchange->taken_bytes * (NS_OF_S / MZ_LISTEN_SLOWEST_BYTES);
        mz_connection_wait_until(exchange->connection, MZ_WAITING_BODY, exchange->until_ns + earned_ns);
        return MHD_YES;
    }
    if (exchange->refused) return break_off(exchange, connection, exchange->response.status, "refused");
    if (exchange->body.starved) return break_off(exchange, connection, 503, "out of memory");
    return break_off(exchange, connection, 413, "the body is larger than this address takes");
}

static void answer(mz_exchange *exchange) {
    mz_error error = {.status = MZ_OK};
    const mz_route *route = exchange->request.route;
    if (!exchange->state) {
        exchange->request.body = mz_buffer_view(&exchange->body);
        mz_answer(&exchange->request, &exchange->response);
        return;
    }
    mz_status status =
        route->stream(&exchange->request, &exchange->state, MZ_STR(""), true, &exchange->response, &error);
    mz_answer_failed(&exchange->request, &exchange->response, status, &error);
}

/* An answer is in memory until the client has taken it, and so holds up who comes next rather than growing beside
 * others without a bound. */
static void hold_answer(mz_exchange *exchange) {
    mz_error error;
    if (hold(exchange, exchange->response.body.size)) return;
    let_go(exchange);
    (void)mz_fail(&error, MZ_ERR_BUSY, "%s", too_much_held);
    mz_response_problem(&exchange->response, &exchange->request, 503, &error);
}

static enum MHD_Result finish(mz_listener *listener, mz_exchange *exchange, struct MHD_Connection *connection) {
    if (exchange->over) return MHD_NO;
    if (!exchange->refused) {
        mz_connection_wait(exchange->connection, MZ_WAITING_WORK, 0);
        answer(exchange);
        hold_answer(exchange);
    }
    return queue(listener, exchange, connection);
}

enum MHD_Result mz_exchange_request(void *listener, struct MHD_Connection *connection, const char *url,
                                    const char *method, const char *version, const char *piece, size_t *piece_size,
                                    void **context) {
    mz_listener *own = listener;
    mz_exchange *exchange = *context;
    (void)url;
    if (!exchange) return MHD_NO;
    if (!exchange->headed) return begin(own, exchange, connection, method, version);
    if (!*piece_size) return finish(own, exchange, connection);
    mz_str bytes = {piece, *piece_size};
    *piece_size = 0;
    return take(own, exchange, connection, bytes);
}

/* The answer was taken, or the connection broke before: counted and logged in either case. */
static void tell(const mz_service *service, const mz_exchange *exchange, int status) {
    uint64_t ns = mz_clock_ns() - exchange->began_ns;
    mz_metrics_request(service->metrics, exchange->request.route, status, ns);
    if (status == 413) mz_metrics_limited(service->metrics, MZ_LIMITED_BY_BODY);
    if (status == 429) mz_metrics_limited(service->metrics, MZ_LIMITED_BY_RATE);
    if (status == 503) mz_metrics_limited(service->metrics, MZ_LIMITED_BY_ENGINES);
    if (exchange->malformed || !exchange->headed) mz_metrics_limited(service->metrics, MZ_LIMITED_BY_MALFORMED);
    mz_log_write(service->log, &(mz_log_line){.request = &exchange->request,
                                              .status = status,
                                              .ns = ns,
                                              .in_bytes = exchange->taken_bytes,
                                              .out_bytes = exchange->answer_bytes,
                                              .asked = exchange->asked.names,
                                              .asked_count = exchange->asked.count});
}

void mz_exchange_completed(void *listener, struct MHD_Connection *connection, void **context,
                           enum MHD_RequestTerminationCode code) {
    mz_listener *own = listener;
    mz_exchange *exchange = *context;
    (void)code;
    if (!exchange) return;
    *context = NULL;
    /* what the library answered by itself: a head that is too large, a target that is none */
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_HTTP_STATUS);
    int status = exchange->status || !info ? exchange->status : (int)info->http_status;
    tell(own->service, exchange, status);
    clear(exchange);
    mz_connection_wait(exchange->connection, MZ_WAITING_NEXT, own->settings.idle_s);
}
