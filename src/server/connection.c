#include "server/connection.h"

#include "base/clock.h"
#include "base/error.h"
#include "server/wire.h"

#include <stdlib.h>
#include <sys/socket.h>

static const uint64_t NS_OF_S = 1000000000, NEVER = 0;

mz_status mz_connections_init(mz_connections *connections, unsigned most, mz_error *error) {
    mz_connection *places = calloc(most, sizeof *places);
    if (!places) return mz_fail_memory(error);
    connections->places = places;
    connections->most = most;
    atomic_init(&connections->open, 0);
    pthread_mutex_init(&connections->lock, NULL);
    for (unsigned k = 0; k < most; k++) mz_exchange_init(&places[k].exchange, &places[k]);
    return MZ_OK;
}

void mz_connections_done(mz_connections *connections) {
    for (unsigned k = 0; k < connections->most; k++) mz_exchange_done(&connections->places[k].exchange);
    free(connections->places);
    pthread_mutex_destroy(&connections->lock);
}

mz_connection *mz_connection_enter(mz_connections *connections, int descriptor, bool tls, uint64_t seconds) {
    mz_connection *found = NULL;
    pthread_mutex_lock(&connections->lock);
    for (unsigned k = 0; k < connections->most && !found; k++)
        if (atomic_load(&connections->places[k].waiting) == MZ_WAITING_FREE) found = &connections->places[k];
    if (found) {
        found->descriptor = descriptor;
        found->tls = tls;
        atomic_store(&found->deadline_ns, mz_clock_ns() + seconds * NS_OF_S);
        atomic_store(&found->waiting, MZ_WAITING_HEAD);
    }
    pthread_mutex_unlock(&connections->lock);
    return found;
}

void mz_connection_leave(mz_connections *connections, mz_connection *connection) {
    pthread_mutex_lock(&connections->lock);
    mz_exchange_done(&connection->exchange);
    atomic_store(&connection->waiting, MZ_WAITING_FREE);
    pthread_mutex_unlock(&connections->lock);
}

void mz_connection_wait(mz_connection *connection, mz_waiting waiting, uint64_t seconds) {
    mz_connection_wait_until(connection, waiting, seconds ? mz_clock_ns() + seconds * NS_OF_S : NEVER);
}

void mz_connection_wait_until(mz_connection *connection, mz_waiting waiting, uint64_t until_ns) {
    atomic_store(&connection->waiting, (int)waiting);
    atomic_store(&connection->deadline_ns, until_ns);
}

/* Tells a client that is too slow in asking why it is cut; a client that was given an answer, or nothing asked of it,
 * is told nothing. */
static void cut(mz_connection *connection, int waiting) {
    if ((waiting == MZ_WAITING_HEAD || waiting == MZ_WAITING_BODY) && !connection->tls)
        mz_wire_refuse(connection->descriptor, NULL, 408, "the request did not come in time");
    (void)shutdown(connection->descriptor, waiting == MZ_WAITING_NEXT ? SHUT_RD : SHUT_RDWR);
}

unsigned mz_connections_watch(mz_connections *connections, bool idle) {
    uint64_t now = mz_clock_ns();
    unsigned count = 0;
    pthread_mutex_lock(&connections->lock);
    for (unsigned k = 0; k < connections->most; k++) {
        mz_connection *one = &connections->places[k];
        int waiting = atomic_load(&one->waiting);
        uint64_t until = atomic_load(&one->deadline_ns);
        if (waiting == MZ_WAITING_FREE) continue;
        bool over = until != NEVER && until < now;
        if (!over && !(idle && waiting == MZ_WAITING_NEXT)) continue;
        if (!atomic_compare_exchange_strong(&one->deadline_ns, &until, NEVER)) continue;
        cut(one, waiting);
        count += waiting != MZ_WAITING_NEXT;
    }
    pthread_mutex_unlock(&connections->lock);
    return count;
}

void mz_connections_cut(mz_connections *connections) {
    pthread_mutex_lock(&connections->lock);
    for (unsigned k = 0; k < connections->most; k++)
        if (atomic_load(&connections->places[k].waiting) != MZ_WAITING_FREE)
            (void)shutdown(connections->places[k].descriptor, SHUT_RDWR);
    pthread_mutex_unlock(&connections->lock);
}
