/* Connections: a table of fixed size, and how long each may take for what it is at.
 *
 * Threads that serve connections say what they begin; one thread looks now and then who is over the time. The two meet
 * in one number, the deadline: who serves replaces it, and who watches takes it away before he shuts the socket down,
 * so that he never cuts what has just gone on. A socket is closed only after its connection has left the table, under
 * the table's lock. */
#ifndef MIZAN_SERVER_CONNECTION_H
#define MIZAN_SERVER_CONNECTION_H

#include "server/exchange.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>

/* What a connection waits for. */
typedef enum mz_waiting {
    MZ_WAITING_FREE,  /* the place is nobody's */
    MZ_WAITING_HEAD,  /* the first head of a request */
    MZ_WAITING_NEXT,  /* another one: nothing is owed */
    MZ_WAITING_BODY,  /* the rest of a request */
    MZ_WAITING_WORK,  /* for us */
    MZ_WAITING_ANSWER /* that the client takes the answer */
} mz_waiting;

enum { MZ_CLIENT_TEXT_SIZE = 64 };

typedef struct mz_connection {
    mz_exchange exchange; /* the request in hand */
    _Atomic uint64_t deadline_ns;
    _Atomic int waiting;
    int descriptor;
    bool tls;
    bool local; /* the client is on this machine */
    char client[MZ_CLIENT_TEXT_SIZE];
} mz_connection;

typedef struct mz_connections {
    pthread_mutex_t lock;
    mz_connection *places;
    unsigned most;
    _Atomic unsigned open; /* also those accepted that have no place yet */
} mz_connections;

mz_status mz_connections_init(mz_connections *connections, unsigned most, mz_error *error);
void mz_connections_done(mz_connections *connections);

/* A place; NULL when all are taken. */
mz_connection *mz_connection_enter(mz_connections *connections, int descriptor, bool tls, uint64_t seconds);
void mz_connection_leave(mz_connections *connections, mz_connection *connection);

/* What it is at from now on, and for how long at most; 0 s: any time. */
void mz_connection_wait(mz_connection *connection, mz_waiting waiting, uint64_t seconds);
void mz_connection_wait_until(mz_connection *connection, mz_waiting waiting, uint64_t until_ns);

/* Shuts down those over their time; with `idle` those, too, to which nothing is owed. How many were cut off that owed
 * us something, or we them. */
unsigned mz_connections_watch(mz_connections *connections, bool idle);
/* Shuts down all. */
void mz_connections_cut(mz_connections *connections);

#endif
