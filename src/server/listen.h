/* The listener: from sockets to handlers and back (libmicrohttpd).
 *
 * A thread for each connection, and no more connections than a bound: so that a query that takes long holds up nobody
 * but who asked it, and so that a handler may wait. Measured with libmicrohttpd 0.9.75 on two cores, while four clients
 * asked for answers of 30 ms: /healthz took 0.07 ms in the middle and 14 ms at the 99th percentile; with two threads
 * that poll for all connections 720 ms, and 130 answers a second instead of 9,400. Without that load both give the
 * same, 70,000 a second to two clients, and threads give 50,000 to 64 clients where polling gives 39,000.
 *
 * The listener accepts by itself, so that whoever comes when the house is full is told so (503) and not just cut, and
 * so that one place knows all sockets: it closes those that are too slow in sending a head or a body or in taking an
 * answer, however little they send each time, which a timeout of inactivity would not. */
#ifndef MIZAN_SERVER_LISTEN_H
#define MIZAN_SERVER_LISTEN_H

#include "mizan/status.h"
#include "server/service.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct mz_listen_settings {
    unsigned connections_most; /* at once; each may be one thread */
    size_t header_bytes;       /* line, header fields, and what the library needs for them */
    unsigned head_s;           /* in which a first head must come */
    unsigned idle_s;           /* in which the next head must come, from the answer before on */
    unsigned body_s;           /* that a body may take, and a second more for each MZ_LISTEN_SLOWEST_BYTES that came */
    unsigned send_s;           /* that taking an answer may take, and so on of its size */
    const char *certificate;   /* PEM, with its chain; NULL: no TLS. Copied, as is the key */
    const char *key;
} mz_listen_settings;

enum { MZ_LISTEN_HEADER_BYTES = 32 << 10 };
#define MZ_LISTEN_SETTINGS_INIT                                                                                        \
    {                                                                                                                  \
        .connections_most = 512, .header_bytes = MZ_LISTEN_HEADER_BYTES, .head_s = 10, .idle_s = 75, .body_s = 20,     \
        .send_s = 30                                                                                                   \
    }

/* A client may be as slow as that, in either direction. */
enum { MZ_LISTEN_SLOWEST_BYTES = 4096 };

typedef struct mz_listener mz_listener;

/* Listens on these sockets, which are bound, listening, and closed by mz_listener_free; answers at once. `service` must
 * outlive it. */
mz_status mz_listen(mz_service *service, const mz_listen_settings *settings, const int *sockets, size_t count,
                    mz_listener **ret_listener, mz_error *error);

/* Accepts nobody any more, tells those who ask to close, and waits until all that is in flight is answered, or
 * `deadline_ms` has passed. True: all was answered. */
bool mz_listener_stop(mz_listener *listener, unsigned deadline_ms);
/* Cuts what is left. */
void mz_listener_free(mz_listener *listener);

/* Connections that are open. */
unsigned mz_listener_connections(const mz_listener *listener);

#endif
