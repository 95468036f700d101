/* The inside of a listener, for the files that make it. */
#ifndef MIZAN_SERVER_LISTENING_H
#define MIZAN_SERVER_LISTENING_H

#include "server/connection.h"
#include "server/listen.h"

#include <microhttpd.h>

enum { MZ_LISTEN_SOCKETS_MOST = 8 };

struct mz_listener {
    mz_service *service;
    mz_listen_settings settings;
    struct MHD_Daemon *daemon;
    mz_connections connections;
    pthread_t thread; /* accepts and watches */
    int sockets[MZ_LISTEN_SOCKETS_MOST];
    size_t socket_count;
    int wake; /* an eventfd: look whether `closing` has changed */
    _Atomic bool closing;
    bool started;
};

#endif
