/* The listener, over loopback: what a client sees of it, byte by byte. */
#include "base/clock.h"
#include "called.h"
#include "server/listen.h"
#include "server/metrics.h"
#include "server/rate.h"
#include "server/socket.h"
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define HOST "Host: test\r\n"
#define GET_HEALTH "GET /healthz HTTP/1.1\r\n" HOST "\r\n"
enum { ANSWER_BYTES = 1 << 20, PATIENCE_MS = 20000 };

static called_service service;
static mz_listener *listener;
static char address[MZ_SOCKET_ADDRESS_SIZE];

static void start(const mz_listen_settings *settings) {
    mz_error error;
    int socket_of;
    called_start(&service);
    service.service.settings.anonymous_rights = UINT32_MAX;
    CHECK_OK(mz_metrics_new(&service.service.metrics, &error), error);
    CHECK_OK(mz_socket_open("127.0.0.1:0", &socket_of, &error), error);
    mz_socket_address(socket_of, address);
    CHECK_OK(mz_listen(&service.service, settings, &socket_of, 1, &listener, &error), error);
}

static void stop(void) {
    (void)mz_listener_stop(listener, 5000);
    mz_listener_free(listener);
    mz_metrics_free(service.service.metrics);
    called_stop(&service);
}

static int connect_to(const char *where) {
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(strrchr(where, ':') + 1))};
    int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    (void)inet_pton(AF_INET, "127.0.0.1", &to.sin_addr);
    CHECK(!connect(descriptor, (struct sockaddr *)&to, sizeof to));
    return descriptor;
}

static void put_bytes(int descriptor, const char *bytes, size_t size) {
    while (size) {
        ssize_t sent = send(descriptor, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes += sent;
        size -= (size_t)sent;
    }
}

static void put(int descriptor, const char *text) {
    put_bytes(descriptor, text, strlen(text));
}

/* Reads until the text has come `times` times, or the connection ends; whether it ended. */
static bool read_until(int descriptor, const char *text, unsigned times, char *into) {
    size_t size = 0;
    for (;;) {
        struct pollfd wanted = {.fd = descriptor, .events = POLLIN};
        unsigned seen = 0;
        into[size] = '\0';
        for (const char *at = into; text && (at = strstr(at, text)); at++) seen++;
        if (text && seen >= times) return false;
        if (poll(&wanted, 1, PATIENCE_MS) <= 0) mz_test_fail(__FILE__, __LINE__, "nothing comes behind: %.300s", into);
        ssize_t got = recv(descriptor, into + size, ANSWER_BYTES - 1 - size, 0);
        if (got <= 0) return true;
        size += (size_t)got;
    }
}

static char answer[ANSWER_BYTES];

/* Sends on a connection of its own, and reads until that is closed. */
static const char *exchange(const char *request) {
    int descriptor = connect_to(address);
    put(descriptor, request);
    (void)read_until(descriptor, NULL, 0, answer);
    close(descriptor);
    return answer;
}

static const mz_listen_settings usual = MZ_LISTEN_SETTINGS_INIT;

TEST(a_connection_serves_many_requests) {
    start(&usual);
    int descriptor = connect_to(address);
    for (int k = 0; k < 3; k++) {
        put(descriptor, GET_HEALTH);
        CHECK(!read_until(descriptor, "{\"status\":\"ok\"}", 1, answer));
        CHECK(!strncmp(answer, "HTTP/1.1 200 OK\r\n", 17));
        CHECK(strstr(answer, "Content-Type: application/json\r\n") && strstr(answer, "Cache-Control: no-store\r\n"));
        CHECK(!strstr(answer, "Connection: close"));
    }
    put(descriptor, GET_HEALTH GET_HEALTH);
    CHECK(!read_until(descriptor, "{\"status\":\"ok\"}", 2, answer));
    close(descriptor);
    stop();
}

TEST(a_client_may_ask_to_close_and_an_old_one_is_closed) {
    start(&usual);
    CHECK(strstr(exchange("GET /healthz HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"), "200 OK"));
    CHECK(strstr(exchange("GET /healthz HTTP/1.0\r\n\r\n"), "200 OK"));
    stop();
}

TEST(head_has_the_length_and_no_body) {
    start(&usual);
    exchange("HEAD /healthz HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
    CHECK(strstr(answer, "Content-Length: 15\r\n"));
    CHECK_TEXT("\r\n\r\n", strstr(answer, "\r\n\r\n"));
    stop();
}

TEST(blanks_around_values_and_empty_values_are_no_harm) {
    start(&usual);
    exchange(
        "GET /healthz HTTP/1.1\r\nHost:test\r\nX-A:\t  b \t\r\nX-Empty:\r\nX-Blank:   \r\nConnection: close\r\n\r\n");
    CHECK(strstr(answer, "200 OK"));
    exchange("GET /healthz HTTP/1.1\r\nX-Empty:\r\nConnection: close\r\nHost: a\r\nX-Last:\r\n\r\n");
    CHECK(strstr(answer, "200 OK"));
    stop();
}

TEST(requests_have_an_id_their_own_where_it_can_stand_in_a_log) {
    start(&usual);
    exchange("GET /healthz HTTP/1.1\r\n" HOST "X-Request-Id: abc-123\r\nConnection: close\r\n\r\n");
    CHECK(strstr(answer, "X-Request-Id: abc-123\r\n"));
    exchange("GET /healthz HTTP/1.1\r\n" HOST "X-Request-Id: a \"quoted\" name\r\nConnection: close\r\n\r\n");
    CHECK(!strstr(answer, "quoted") && strstr(answer, "X-Request-Id: "));
    stop();
}

#define QUERY "{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zaynab Murjani\"]}}"

TEST(a_body_comes_whole_or_in_chunks) {
    static const char query[] = QUERY;
    char request[1024], whole[ANSWER_BYTES / 4];
    start(&usual);
    snprintf(request, sizeof request,
             "POST /api/v1/screen HTTP/1.1\r\n" HOST
             "Connection: close\r\nX-Request-Id: a\r\nContent-Length: %zu\r\n\r\n%s",
             sizeof query - 1, query);
    CHECK(strstr(exchange(request), "200 OK") && strstr(answer, "inv-01"));
    snprintf(whole, sizeof whole, "%s", strstr(answer, "\r\n\r\n"));
    int descriptor = connect_to(address);
    put(descriptor, "POST /api/v1/screen HTTP/1.1\r\n" HOST
                    "Connection: close\r\nX-Request-Id: a\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (size_t k = 0; k < sizeof query - 1; k += 10) {
        size_t size = sizeof query - 1 - k < 10 ? sizeof query - 1 - k : 10;
        snprintf(request, sizeof request, "%zx\r\n%.*s\r\n", size, (int)size, query + k);
        put(descriptor, request);
    }
    put(descriptor, "0\r\n\r\n");
    (void)read_until(descriptor, NULL, 0, answer);
    close(descriptor);
    CHECK_TEXT(whole, strstr(answer, "\r\n\r\n"));
    stop();
}

TEST(bodies_that_come_at_the_same_time_are_bounded_together) {
    static char first[1024], second[1024];
    start(&usual);
    service.service.settings.held_bytes_most = 1000;
    int slow = connect_to(address), other = connect_to(address);
    memset(first, ' ', sizeof first);
    memset(second, ' ', sizeof second);
    put(slow, "POST /api/v1/screen HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n");
    put_bytes(slow, first, 800);
    for (int k = 0; k < 500 && atomic_load(&service.service.held_bytes) < 800; k++)
        (void)nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    CHECK_INT(800, atomic_load(&service.service.held_bytes));
    put(other, "POST /api/v1/screen HTTP/1.1\r\nHost: localhost\r\nContent-Length: 600\r\n\r\n");
    put_bytes(other, second, 600);
    (void)read_until(other, "503", 1, answer);
    CHECK(strstr(answer, "503") != NULL);
    close(other);
    put_bytes(slow, first, 100); /* blanks are no query, but they are read */
    (void)read_until(slow, "HTTP/1.1 400", 1, answer);
    CHECK(strstr(answer, "HTTP/1.1 400") != NULL);
    close(slow);
    for (int k = 0; k < 500 && atomic_load(&service.service.held_bytes); k++)
        (void)nanosleep(&(struct timespec){.tv_nsec = 10000000}, NULL);
    CHECK_INT(0, atomic_load(&service.service.held_bytes));
    other = connect_to(address); /* one that is alone may be larger */
    put(other, "POST /api/v1/screen HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1024\r\nConnection: close\r\n\r\n");
    put_bytes(other, second, 1024);
    (void)read_until(other, "HTTP/1.1 400", 1, answer);
    CHECK(strstr(answer, "HTTP/1.1 400") != NULL);
    close(other);
    stop();
}

TEST(a_body_that_is_too_large_is_refused_before_it_comes) {
    start(&usual);
    exchange("POST /api/v1/screen HTTP/1.1\r\n" HOST "Content-Length: 999999999999\r\nExpect: 100-continue\r\n\r\n");
    CHECK(!strncmp(answer, "HTTP/1.1 413 ", 13));
    CHECK(strstr(answer, "Connection: close\r\n") && strstr(answer, "application/problem+json"));
    stop();
}

TEST(a_body_that_grows_too_large_in_chunks_is_refused_while_it_comes) {
    static char piece[65536];
    start(&usual);
    int descriptor = connect_to(address);
    memset(piece, ' ', sizeof piece);
    put(descriptor, "POST /api/v1/screen HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n7fffffff\r\n");
    struct pollfd answered = {.fd = descriptor, .events = POLLIN};
    for (unsigned k = 0; k < 4096 && !poll(&answered, 1, 0); k++) put_bytes(descriptor, piece, sizeof piece);
    (void)read_until(descriptor, NULL, 0, answer);
    CHECK(!strncmp(answer, "HTTP/1.1 413 ", 13));
    close(descriptor);
    stop();
}

TEST(a_refusal_with_a_small_body_leaves_the_connection_open) {
    start(&usual);
    int descriptor = connect_to(address);
    put(descriptor, "POST /nowhere HTTP/1.1\r\n" HOST "Content-Length: 5\r\n\r\nhello" GET_HEALTH);
    CHECK(!read_until(descriptor, "{\"status\":\"ok\"}", 1, answer));
    CHECK(!strncmp(answer, "HTTP/1.1 404 ", 13));
    close(descriptor);
    stop();
}

/* Each is answered by 4xx or 505 and the connection closed, or closed at once; none gets as far as a handler. */
TEST(malformed_requests_are_refused_and_closed) {
    static const char *const requests[] = {
        "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /healthz HTTP/2.0\r\n" HOST "\r\n",
        "GET /healthz HTTP/1.1\nHost: x\n\n",
        "GET /healthz HTTP/1.1\nHost:      x\n\n",
        "GET /healthz HTTP/1.1\r\nHost: x\r\n\n",
        "GET /healthz HTTP/1.1\nHost: x\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: x\nA:         b\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n" HOST "X-A: b\r\n c\r\n\r\n",
        "GET /healthz HTTP/1.1\r\n" HOST "X-A: b\rX-B: c\r\n\r\n",
        "POST /healthz HTTP/1.1\r\n" HOST "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhelloX",
        "POST /healthz HTTP/1.1\r\n" HOST "Content-Length: +5\r\n\r\nhello",
        "POST /healthz HTTP/1.1\r\n" HOST "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX",
        "POST /healthz HTTP/1.1\r\n" HOST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "POST /healthz HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n",
        "GET /%zz HTTP/1.1\r\n" HOST "\r\n",
        "GET /%FF HTTP/1.1\r\n" HOST "\r\n",
        "GET healthz HTTP/1.1\r\n" HOST "\r\n",
        "G\x01T /healthz HTTP/1.1\r\n" HOST "\r\n",
    };
    start(&usual);
    for (size_t k = 0; k < sizeof requests / sizeof *requests; k++) {
        mz_test_case("%s", requests[k]);
        exchange(requests[k]);
        CHECK(!*answer || !strncmp(answer, "HTTP/1.1 4", 10) || !strncmp(answer, "HTTP/1.1 505", 12));
        CHECK(!strstr(answer, "HTTP/1.1 404") && !strstr(answer, "HTTP/1.1 405") && !strstr(answer, "\"ok\""));
    }
    static const char zeroed[] = "GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: b\0c\r\n\r\n";
    int descriptor = connect_to(address);
    put_bytes(descriptor, zeroed, sizeof zeroed - 1);
    (void)read_until(descriptor, NULL, 0, answer);
    CHECK(!strncmp(answer, "HTTP/1.1 400 ", 13));
    close(descriptor);
    stop();
}

TEST(a_head_that_does_not_come_is_not_waited_for) {
    mz_listen_settings hasty = usual;
    hasty.head_s = 1;
    start(&hasty);
    int descriptor = connect_to(address);
    uint64_t began_ns = mz_clock_ns();
    struct pollfd answered = {.fd = descriptor, .events = POLLIN};
    for (unsigned k = 0; k < 100 && !poll(&answered, 1, 100); k++) put(descriptor, k < 5 ? "GET /" + k : "a");
    (void)read_until(descriptor, NULL, 0, answer);
    CHECK(!strncmp(answer, "HTTP/1.1 408 ", 13));
    CHECK(mz_clock_ns() - began_ns < UINT64_C(8000000000));
    close(descriptor);
    stop();
}

TEST(a_body_that_comes_byte_by_byte_is_not_waited_for) {
    mz_listen_settings hasty = usual;
    hasty.body_s = 1;
    start(&hasty);
    int descriptor = connect_to(address);
    put(descriptor, "POST /api/v1/screen HTTP/1.1\r\n" HOST "Content-Length: 1000\r\n\r\n");
    struct pollfd answered = {.fd = descriptor, .events = POLLIN};
    for (unsigned k = 0; k < 100 && !poll(&answered, 1, 100); k++) put(descriptor, " ");
    (void)read_until(descriptor, NULL, 0, answer);
    CHECK(!strncmp(answer, "HTTP/1.1 408 ", 13));
    close(descriptor);
    stop();
}

TEST(who_says_that_much_will_come_gets_no_time_for_it) {
    mz_listen_settings hasty = usual;
    hasty.body_s = 1;
    start(&hasty);
    int descriptor = connect_to(address);
    uint64_t began_ns = mz_clock_ns();
    put(descriptor, "POST /api/v1/screen/batch HTTP/1.1\r\n" HOST "Content-Length: 16777216\r\n\r\n");
    struct pollfd answered = {.fd = descriptor, .events = POLLIN};
    for (unsigned k = 0; k < 200 && !poll(&answered, 1, 100); k++) put(descriptor, " ");
    (void)read_until(descriptor, NULL, 0, answer);
    CHECK(!strncmp(answer, "HTTP/1.1 408 ", 13));
    CHECK(mz_clock_ns() - began_ns < UINT64_C(8000000000));
    close(descriptor);
    stop();
}

TEST(a_body_in_chunks_that_comes_fast_enough_may_take_its_time) {
    static char chunk[6 + 8192 + 2];
    mz_listen_settings hasty = usual;
    hasty.body_s = 1;
    start(&hasty);
    memset(chunk, ' ', sizeof chunk);
    memcpy(chunk, "2000\r\n", 6);
    memcpy(chunk + sizeof chunk - 2, "\r\n", 2);
    int descriptor = connect_to(address);
    put(descriptor, "POST /api/v1/screen HTTP/1.1\r\n" HOST "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
    for (unsigned k = 0; k < 10; k++) { /* 2.5 s */
        put_bytes(descriptor, chunk, sizeof chunk);
        nanosleep(&(struct timespec){.tv_nsec = 250000000}, NULL);
    }
    put(descriptor, "0\r\n\r\n");
    (void)read_until(descriptor, NULL, 0, answer);
    CHECK(!strncmp(answer, "HTTP/1.1 400 ", 13)); /* blanks are no query */
    close(descriptor);
    stop();
}

TEST(an_idle_connection_is_closed_without_a_word) {
    mz_listen_settings hasty = usual;
    hasty.idle_s = 1;
    start(&hasty);
    int descriptor = connect_to(address);
    put(descriptor, GET_HEALTH);
    CHECK(read_until(descriptor, NULL, 0, answer));
    CHECK(strstr(answer, "200 OK") && !strstr(answer, "408"));
    close(descriptor);
    stop();
}

TEST(who_comes_when_all_places_are_taken_is_told_so) {
    mz_listen_settings small = usual;
    small.connections_most = 2;
    start(&small);
    int first = connect_to(address), second = connect_to(address);
    put(first, GET_HEALTH);
    put(second, GET_HEALTH);
    CHECK(!read_until(first, "\"ok\"", 1, answer) && !read_until(second, "\"ok\"", 1, answer));
    exchange("");
    CHECK(!strncmp(answer, "HTTP/1.1 503 ", 13) && strstr(answer, "Retry-After: 1\r\n"));
    close(second);
    for (unsigned k = 0; k < 1000 && mz_listener_connections(listener) > 1; k++)
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
    second = connect_to(address);
    put(second, GET_HEALTH);
    CHECK(!read_until(second, "\"ok\"", 1, answer));
    close(first);
    close(second);
    stop();
}

TEST(on_this_machine_who_gives_no_key_may_ask_as_often_as_he_likes) {
    mz_error error;
    start(&usual);
    CHECK_OK(mz_rate_new(0.1, 1, &service.service.rate, &error), error);
    exchange("GET /metrics HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n");
    CHECK(strstr(exchange("GET /metrics HTTP/1.1\r\n" HOST "Connection: close\r\n\r\n"), "200 OK"));
    stop();
    mz_rate_free(service.service.rate);
}

static void *ask_slowly(void *context) {
    char *own = malloc(ANSWER_BYTES);
    int descriptor = *(int *)context;
    put(descriptor, "POST /api/v1/screen HTTP/1.1\r\n" HOST "Content-Length: 100000\r\n\r\n" QUERY);
    nanosleep(&(struct timespec){.tv_nsec = 300000000}, NULL);
    for (size_t k = sizeof QUERY - 1; k < 100000; k++) put(descriptor, " ");
    (void)read_until(descriptor, NULL, 0, own);
    bool good = strstr(own, "200 OK") && strstr(own, "inv-01");
    free(own);
    return good ? context : NULL;
}

TEST(what_is_in_flight_is_finished_when_it_stops) {
    pthread_t asking;
    void *good;
    start(&usual);
    int idle = connect_to(address), busy = connect_to(address);
    put(idle, GET_HEALTH);
    CHECK(!read_until(idle, "\"ok\"", 1, answer));
    CHECK(!pthread_create(&asking, NULL, ask_slowly, &busy));
    nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    CHECK(mz_listener_stop(listener, PATIENCE_MS));
    CHECK(!pthread_join(asking, &good) && good);
    CHECK(read_until(idle, NULL, 0, answer)); /* to the idle one nothing was owed */
    mz_listener_free(listener);
    mz_metrics_free(service.service.metrics);
    close(idle);
    close(busy);
    called_stop(&service);
}

TEST(a_stop_does_not_wait_for_ever) {
    start(&usual);
    int stuck = connect_to(address);
    put(stuck, "POST /api/v1/screen HTTP/1.1\r\n" HOST "Content-Length: 1000\r\n\r\n");
    nanosleep(&(struct timespec){.tv_nsec = 100000000}, NULL);
    CHECK(!mz_listener_stop(listener, 200));
    CHECK_INT(1, mz_listener_connections(listener));
    mz_listener_free(listener);
    mz_metrics_free(service.service.metrics);
    close(stuck);
    called_stop(&service);
}

TEST(a_socket_in_the_file_system_is_served_too) {
    mz_error error;
    int socket_of;
    struct sockaddr_un to = {.sun_family = AF_UNIX};
    char where[128];
    called_start(&service);
    snprintf(to.sun_path, sizeof to.sun_path, "%s/socket", service.folder);
    snprintf(where, sizeof where, "unix:%s", to.sun_path);
    for (int k = 0; k < 2; k++) { /* the second time the first one's is in the way */
        CHECK_OK(mz_socket_open(where, &socket_of, &error), error);
        CHECK(mz_socket_is_local(socket_of));
        mz_socket_address(socket_of, address);
        CHECK_TEXT(where, address);
        CHECK_OK(mz_listen(&service.service, &usual, &socket_of, 1, &listener, &error), error);
        int descriptor = socket(AF_UNIX, SOCK_STREAM, 0);
        CHECK(!connect(descriptor, (struct sockaddr *)&to, sizeof to));
        put(descriptor, GET_HEALTH);
        CHECK(!read_until(descriptor, "\"ok\"", 1, answer));
        close(descriptor);
        mz_listener_free(listener);
    }
    unlink(to.sun_path);
    called_stop(&service);
}

TEST(addresses_that_are_none_are_refused) {
    static const char *const bad[] = {"",          "8080",        "127.0.0.1",      "127.0.0.1:",  "127.0.0.1:65536",
                                      "[::1:8080", "::1:8080",    "127.0.0.1:http", "1.2.3:80",    "host:80",
                                      "unix:",     "[nowhere]:1", "127.0.0.1:-1",   "127.0.0.1: 1"};
    for (size_t k = 0; k < sizeof bad / sizeof *bad; k++) {
        mz_error error;
        int descriptor;
        mz_test_case("%s", bad[k]);
        CHECK_INT(MZ_ERR_ARGUMENT, mz_socket_open(bad[k], &descriptor, &error));
    }
}

TEST(an_address_in_use_is_said_with_what_to_do) {
    mz_error error;
    int first, second;
    CHECK_OK(mz_socket_open("127.0.0.1:0", &first, &error), error);
    mz_socket_address(first, address);
    CHECK_INT(MZ_ERR_IO, mz_socket_open(address, &second, &error));
    CHECK(strstr(error.text, "--listen"));
    close(first);
}

TEST_MAIN()
