/* A load generator for HTTP/1.1 on keep-alive connections: one thread, so that it takes little from what it measures.
 *
 *     mizan-bench-service PORT CONNECTIONS SECONDS RATE [FILE]
 *
 * Asks GET /healthz, or posts the lines of FILE to /api/v1/screen one after the other. RATE 0: each connection asks as
 * soon as it was answered. Else so many requests a second are due, whether or not the answers keep up, and the time of
 * each counts from when it was due: a service that stalls is not let off the requests that it did not take meanwhile.
 * Prints a line of JSON; what was answered by another status than 200, or broke, is an error. Exit status 1 with any.
 */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_BYTES = 256, ANSWER_BYTES = 1 << 20, BUCKETS = 4000, EVENTS = 256 };

typedef struct client {
    int descriptor;
    bool busy;
    uint64_t due_ns;
    size_t request, sent, received, wanted; /* wanted: bytes of the whole answer, 0: not known yet */
    char *answer;
} client;

typedef struct load {
    client *clients;
    size_t client_count;
    char **requests;
    size_t *sizes, request_count, next;
    uint64_t done, errors, begin_ns, end_ns, issued;
    double rate;
    uint64_t times[BUCKETS]; /* by the logarithm of the time: steps of half a percent from a microsecond on */
    uint64_t longest_ns;
    int poll;
    uint16_t port;
} load;

static uint64_t now_ns(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
}

static _Noreturn void fail(const char *what) {
    fprintf(stderr, "mizan-bench-service: %s: %s\n", what, strerror(errno));
    exit(2);
}

static double bound_of(size_t bucket) {
    double time = 1e3;
    for (size_t k = 0; k < bucket; k++) time *= 1.005;
    return time;
}

static size_t bucket_of(uint64_t ns) {
    size_t low = 0, high = BUCKETS - 1;
    static double bounds[BUCKETS];
    if (bounds[0] < 1) {
        bounds[0] = 1e3;
        for (size_t k = 1; k < BUCKETS; k++) bounds[k] = bounds[k - 1] * 1.005;
    }
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (bounds[middle] < (double)ns)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static double percentile_ms(const load *l, double share) {
    uint64_t sum = 0;
    for (size_t b = 0; b < BUCKETS; b++)
        if ((sum += l->times[b]) && (double)sum >= share * (double)l->done) return bound_of(b) / 1e6;
    return 0;
}

/* ---- requests ---- */

static void add_request(load *l, const char *body, size_t size) {
    char head[HEAD_BYTES];
    int length = body ? snprintf(head, sizeof head,
                                 "POST /api/v1/screen HTTP/1.1\r\nHost: localhost\r\nContent-Length: %zu\r\n\r\n", size)
                      : snprintf(head, sizeof head, "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    if (l->request_count % 1024 == 0) {
        l->requests = realloc(l->requests, (l->request_count + 1024) * sizeof *l->requests);
        l->sizes = realloc(l->sizes, (l->request_count + 1024) * sizeof *l->sizes);
        if (!l->requests || !l->sizes) fail("memory");
    }
    char *request = malloc((size_t)length + size);
    if (!request) fail("memory");
    memcpy(request, head, (size_t)length);
    if (body) memcpy(request + length, body, size);
    l->requests[l->request_count] = request;
    l->sizes[l->request_count++] = (size_t)length + size;
}

static void read_requests(load *l, const char *path) {
    char *line = NULL;
    size_t room = 0;
    ssize_t size;
    FILE *file = fopen(path, "r");
    if (!file) fail(path);
    while ((size = getline(&line, &room, file)) > 0)
        if (size > 1) add_request(l, line, (size_t)size);
    free(line);
    (void)fclose(file);
    if (!l->request_count) fail("no queries");
}

/* ---- connections ---- */

static void connect_client(load *l, client *c) {
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(l->port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int on = 1;
    c->descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (c->descriptor < 0 || connect(c->descriptor, (struct sockaddr *)&to, sizeof to)) fail("connect");
    (void)setsockopt(c->descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
    if (epoll_ctl(l->poll, EPOLL_CTL_ADD, c->descriptor, &event)) fail("epoll");
}

static void broken(load *l, client *c) {
    l->errors++;
    (void)close(c->descriptor);
    c->busy = false;
    connect_client(l, c);
}

static void ask(load *l, client *c, uint64_t due_ns) {
    c->request = l->next++ % l->request_count;
    c->busy = true;
    c->due_ns = due_ns;
    c->received = c->wanted = 0;
    l->issued++;
    /* a request is smaller than a socket's buffer */
    if (send(c->descriptor, l->requests[c->request], l->sizes[c->request], MSG_NOSIGNAL) !=
        (ssize_t)l->sizes[c->request])
        broken(l, c);
}

/* Reads what is there; true when the answer is whole. */
static bool take(load *l, client *c) {
    ssize_t got = recv(c->descriptor, c->answer + c->received, ANSWER_BYTES - 1 - c->received, MSG_DONTWAIT);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (got <= 0) {
        broken(l, c);
        return false;
    }
    c->received += (size_t)got;
    c->answer[c->received] = '\0';
    const char *body = c->wanted ? NULL : strstr(c->answer, "\r\n\r\n"), *length;
    if (body && (length = strstr(c->answer, "Content-Length: ")))
        c->wanted = (size_t)(body + 4 - c->answer) + strtoul(length + 16, NULL, 10);
    if (!c->wanted || c->received < c->wanted) return false;
    uint64_t ns = now_ns() - c->due_ns;
    l->done++;
    l->errors += strncmp(c->answer, "HTTP/1.1 200 ", 13) != 0;
    l->times[bucket_of(ns)]++;
    if (ns > l->longest_ns) l->longest_ns = ns;
    c->busy = false;
    return true;
}

/* Gives what is due to who is free. */
static void issue(load *l) {
    uint64_t now = now_ns();
    for (size_t k = 0; k < l->client_count && now < l->end_ns; k++) {
        client *c = &l->clients[k];
        if (c->busy) continue;
        uint64_t due_ns = l->rate > 0 ? l->begin_ns + (uint64_t)((double)l->issued * 1e9 / l->rate) : now;
        if (due_ns > now) return;
        ask(l, c, due_ns);
    }
}

static void run(load *l) {
    struct epoll_event events[EVENTS];
    size_t busy = 1;
    issue(l);
    while (busy || now_ns() < l->end_ns) {
        int wait_ms = l->rate > 0 ? (l->rate > 500 ? 0 : 1) : 100;
        int ready = epoll_wait(l->poll, events, EVENTS, wait_ms);
        for (int k = 0; k < ready; k++) {
            client *c = events[k].data.ptr;
            if (take(l, c) && l->rate <= 0 && now_ns() < l->end_ns) ask(l, c, now_ns());
        }
        if (l->rate > 0) issue(l);
        busy = 0;
        for (size_t k = 0; k < l->client_count; k++) busy += l->clients[k].busy;
        if (now_ns() > l->end_ns + UINT64_C(10000000000)) break; /* what has not come by now does not come */
    }
    l->errors += busy;
}

int main(int argc, char **argv) {
    static load l;
    if (argc < 5) {
        fprintf(stderr, "usage: mizan-bench-service PORT CONNECTIONS SECONDS RATE [FILE]\n");
        return 2;
    }
    l.port = (uint16_t)atoi(argv[1]);
    l.client_count = (size_t)atol(argv[2]);
    l.rate = atof(argv[4]);
    if (argc > 5)
        read_requests(&l, argv[5]);
    else
        add_request(&l, NULL, 0);
    l.clients = calloc(l.client_count, sizeof *l.clients);
    l.poll = epoll_create1(EPOLL_CLOEXEC);
    if (!l.clients || l.poll < 0) fail("memory");
    for (size_t k = 0; k < l.client_count; k++) {
        if (!(l.clients[k].answer = malloc(ANSWER_BYTES))) fail("memory");
        connect_client(&l, &l.clients[k]);
    }
    l.begin_ns = now_ns();
    l.end_ns = l.begin_ns + (uint64_t)(atof(argv[3]) * 1e9);
    run(&l);
    double seconds = (double)(now_ns() - l.begin_ns) / 1e9;
    printf("{\"connections\":%zu,\"rate\":%.0f,\"seconds\":%.1f,\"requests\":%llu,\"per_s\":%.0f,\"errors\":%llu,"
           "\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"max_ms\":%.1f}\n",
           l.client_count, l.rate, seconds, (unsigned long long)l.done, (double)l.done / seconds,
           (unsigned long long)l.errors, percentile_ms(&l, 0.5), percentile_ms(&l, 0.99), (double)l.longest_ns / 1e6);
    return l.errors ? 1 : 0;
}
