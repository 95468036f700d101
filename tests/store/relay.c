#include "relay.h"

#include "test.h"

#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { MOST_PAIRS = 32, BLOCK = 65536 };

typedef struct relay_pair {
    int client, server;
} relay_pair;

struct mz_relay {
    pthread_t thread;
    pthread_mutex_t lock;
    mz_relay_plan plan;
    int lost, listening, wake[2];
    bool ended; /* takes no connection any more */
    struct sockaddr_un server;
    relay_pair pairs[MOST_PAIRS];
    int count;
    char block[BLOCK];
};

static void end_pair(mz_relay *relay, int at) {
    (void)close(relay->pairs[at].client);
    (void)close(relay->pairs[at].server);
    relay->pairs[at] = relay->pairs[--relay->count];
}

static void begin_pair(mz_relay *relay) {
    int client = accept(relay->listening, NULL, NULL);
    int server = socket(AF_UNIX, SOCK_STREAM, 0);
    bool connected = connect(server, (struct sockaddr *)(void *)&relay->server, sizeof relay->server) == 0;
    if (client < 0 || server < 0 || !connected || relay->ended || relay->count == MOST_PAIRS) {
        (void)close(client);
        (void)close(server);
        return;
    }
    relay->pairs[relay->count++] = (relay_pair){client, server};
}

static bool send_all(int to, const char *data, size_t size) {
    while (size) {
        ssize_t sent = send(to, data, size, MSG_NOSIGNAL);
        if (sent <= 0) return false;
        data += sent;
        size -= (size_t)sent;
    }
    return true;
}

static mz_relay_plan take_plan(mz_relay *relay) {
    (void)pthread_mutex_lock(&relay->lock);
    mz_relay_plan plan = relay->plan;
    relay->plan = MZ_RELAY_PASSES;
    if (plan != MZ_RELAY_PASSES) relay->lost++;
    (void)pthread_mutex_unlock(&relay->lock);
    return plan;
}

/* Passes what one side said to the other; false when the pair is to end. */
static bool pass(mz_relay *relay, int from, int to, bool of_client) {
    static const char commit[] = "COMMIT";
    ssize_t got = recv(from, relay->block, BLOCK, 0);
    if (got <= 0) return false;
    bool commits = of_client && memmem(relay->block, (size_t)got, commit, sizeof commit);
    mz_relay_plan plan = commits ? take_plan(relay) : MZ_RELAY_PASSES;
    if (plan == MZ_RELAY_LOSES_COMMIT) return false;
    if (!send_all(to, relay->block, (size_t)got)) return false;
    if (plan == MZ_RELAY_PASSES) return true;
    (void)recv(to, relay->block, BLOCK, 0); /* the answer, once the server has committed */
    relay->ended = plan == MZ_RELAY_ENDS;
    return false;
}

static void *relay_on(void *context) {
    mz_relay *relay = context;
    for (;;) {
        struct pollfd watched[2 + 2 * MOST_PAIRS] = {{relay->wake[0], POLLIN, 0}, {relay->listening, POLLIN, 0}};
        for (int k = 0; k < relay->count; k++) {
            watched[2 + 2 * k] = (struct pollfd){relay->pairs[k].client, POLLIN, 0};
            watched[3 + 2 * k] = (struct pollfd){relay->pairs[k].server, POLLIN, 0};
        }
        if (poll(watched, (nfds_t)(2 + 2 * relay->count), -1) < 0) continue;
        if (watched[0].revents) return NULL;
        for (int k = relay->count; k-- > 0;) {
            relay_pair pair = relay->pairs[k];
            bool on = true;
            if (watched[2 + 2 * k].revents) on = pass(relay, pair.client, pair.server, true);
            if (on && watched[3 + 2 * k].revents) on = pass(relay, pair.server, pair.client, false);
            if (!on) end_pair(relay, k);
        }
        if (watched[1].revents) begin_pair(relay);
    }
}

mz_relay *mz_relay_start(const char *folder, const char *server) {
    struct sockaddr_un own = {.sun_family = AF_UNIX};
    mz_relay *relay = calloc(1, sizeof *relay);
    CHECK(relay);
    CHECK(strlen(server) < sizeof relay->server.sun_path && strlen(folder) + 16 < sizeof own.sun_path);
    relay->server.sun_family = AF_UNIX;
    memcpy(relay->server.sun_path, server, strlen(server) + 1);
    (void)snprintf(own.sun_path, sizeof own.sun_path, "%.90s/.s.PGSQL.5432", folder);
    (void)unlink(own.sun_path);
    (void)pthread_mutex_init(&relay->lock, NULL);
    CHECK(pipe(relay->wake) == 0);
    relay->listening = socket(AF_UNIX, SOCK_STREAM, 0);
    CHECK(relay->listening >= 0);
    CHECK(bind(relay->listening, (struct sockaddr *)(void *)&own, sizeof own) == 0);
    CHECK(listen(relay->listening, MOST_PAIRS) == 0);
    CHECK(pthread_create(&relay->thread, NULL, relay_on, relay) == 0);
    return relay;
}

void mz_relay_plan_next(mz_relay *relay, mz_relay_plan plan) {
    (void)pthread_mutex_lock(&relay->lock);
    relay->plan = plan;
    (void)pthread_mutex_unlock(&relay->lock);
}

int mz_relay_lost(mz_relay *relay) {
    (void)pthread_mutex_lock(&relay->lock);
    int lost = relay->lost;
    (void)pthread_mutex_unlock(&relay->lock);
    return lost;
}

void mz_relay_stop(mz_relay *relay) {
    CHECK(write(relay->wake[1], "", 1) == 1);
    CHECK(pthread_join(relay->thread, NULL) == 0);
    while (relay->count) end_pair(relay, 0);
    (void)close(relay->listening);
    (void)close(relay->wake[0]);
    (void)close(relay->wake[1]);
    (void)pthread_mutex_destroy(&relay->lock);
    free(relay);
}
