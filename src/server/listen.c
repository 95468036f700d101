#include "server/listen.h"

#include "base/clock.h"
#include "base/error.h"
#include "server/listening.h"
#include "server/metrics.h"
#include "server/wire.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { WATCH_MS = 250, STACK_BYTES = 1 << 20, STOP_LOOK_MS = 10, WAITING_MOST = 4096 /* of a socket */ };

/* ---- connections that come and go ---- */

/* Whether it is of this machine. */
static bool name_client(const struct sockaddr *address, char text[MZ_CLIENT_TEXT_SIZE]) {
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *four = (const struct sockaddr_in *)(const void *)address;
        (void)inet_ntop(AF_INET, &four->sin_addr, text, MZ_CLIENT_TEXT_SIZE);
        return ntohl(four->sin_addr.s_addr) >> 24 == 127;
    }
    if (address->sa_family == AF_INET6) {
        const struct sockaddr_in6 *six = (const struct sockaddr_in6 *)(const void *)address;
        (void)inet_ntop(AF_INET6, &six->sin6_addr, text, MZ_CLIENT_TEXT_SIZE);
        const unsigned char *bytes = six->sin6_addr.s6_addr;
        return IN6_IS_ADDR_LOOPBACK(&six->sin6_addr) || (IN6_IS_ADDR_V4MAPPED(&six->sin6_addr) && bytes[12] == 127);
    }
    (void)snprintf(text, MZ_CLIENT_TEXT_SIZE, "%s", MZ_CLIENT_BY_PATH);
    return true;
}

/* Called in the thread that accepts, and in the one that clears away closed connections, before the socket is closed.
 */
static void notify(void *context, struct MHD_Connection *connection, void **place,
                   enum MHD_ConnectionNotificationCode code) {
    mz_listener *listener = context;
    if (code == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *socket_of =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        const union MHD_ConnectionInfo *address =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
        if (!socket_of) return;
        mz_connection *entered = mz_connection_enter(&listener->connections, socket_of->connect_fd,
                                                     listener->settings.certificate != NULL, listener->settings.head_s);
        if (entered && address) entered->local = name_client(address->client_addr, entered->client);
        *place = entered;
    } else {
        if (*place) mz_connection_leave(&listener->connections, *place);
        unsigned before = atomic_fetch_sub(&listener->connections.open, 1);
        mz_metrics_connections(listener->service->metrics, before - 1);
    }
}

/* Full: said so, and closed in order, so that the client reads why: what it sent already is taken first, since closing
 * over unread bytes would throw the answer away. */
static void turn_away(int descriptor, bool tls) {
    char bytes[4096];
    if (!tls)
        mz_wire_refuse(descriptor, NULL, 503,
                       "as many connections as the service takes are open; try again in a moment");
    (void)shutdown(descriptor, SHUT_WR);
    (void)recv(descriptor, bytes, sizeof bytes, MSG_DONTWAIT);
    (void)close(descriptor);
}

/* False: nobody came, or he cannot be taken in now. */
static bool accept_one(mz_listener *listener, int socket_of) {
    struct sockaddr_storage address = {0};
    socklen_t size = sizeof address;
    int descriptor = accept4(socket_of, (struct sockaddr *)&address, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (descriptor < 0) {
        /* without descriptors or memory: those who are served give some back */
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            (void)nanosleep(&(struct timespec){.tv_nsec = 20000000}, NULL);
        return false;
    }
    mz_metrics_connections(listener->service->metrics, atomic_load(&listener->connections.open) + 1);
    if (atomic_load(&listener->connections.open) >= listener->settings.connections_most) {
        mz_metrics_limited(listener->service->metrics, MZ_LIMITED_BY_CONNECTIONS);
        turn_away(descriptor, listener->settings.certificate != NULL);
        return true;
    }
    (void)atomic_fetch_add(&listener->connections.open, 1);
    if (size < sizeof(sa_family_t)) address.ss_family = AF_UNIX;
    if (MHD_add_connection(listener->daemon, descriptor, (struct sockaddr *)&address, size) != MHD_YES)
        (void)atomic_fetch_sub(&listener->connections.open, 1);
    return true;
}

static void *run(void *context) {
    mz_listener *listener = context;
    struct pollfd wanted[MZ_LISTEN_SOCKETS_MOST + 1];
    for (size_t k = 0; k < listener->socket_count; k++)
        wanted[k] = (struct pollfd){.fd = listener->sockets[k], .events = POLLIN};
    wanted[listener->socket_count] = (struct pollfd){.fd = listener->wake, .events = POLLIN};
    for (uint64_t looked_ns = mz_clock_ns(); !atomic_load(&listener->closing);) {
        int ready = poll(wanted, listener->socket_count + 1, WATCH_MS);
        for (size_t k = 0; ready > 0 && k < listener->socket_count; k++)
            if (wanted[k].revents) (void)accept_one(listener, listener->sockets[k]);
        uint64_t now_ns = mz_clock_ns();
        if (now_ns - looked_ns < (uint64_t)WATCH_MS * 1000000) continue;
        looked_ns = now_ns;
        for (unsigned cut = mz_connections_watch(&listener->connections, false); cut; cut--)
            mz_metrics_limited(listener->service->metrics, MZ_LIMITED_BY_SLOW);
    }
    return NULL;
}

/* ---- beginning and end ---- */

static mz_status start_daemon(mz_listener *listener, mz_error *error) {
    const mz_listen_settings *settings = &listener->settings;
    unsigned flags = MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL | MHD_USE_ITC |
                     MHD_USE_NO_LISTEN_SOCKET;
    struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, (void *)(uintptr_t)settings->certificate},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, (void *)(uintptr_t)settings->key},
        {MHD_OPTION_HTTPS_PRIORITIES, 0, (void *)(uintptr_t) "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2"},
        {MHD_OPTION_END, 0, NULL},
    };
    struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    if (settings->certificate) flags |= MHD_USE_TLS;
    listener->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, mz_exchange_request, listener, MHD_OPTION_ARRAY, settings->certificate ? tls : none,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, settings->header_bytes, MHD_OPTION_CONNECTION_LIMIT,
        settings->connections_most + 1, MHD_OPTION_CONNECTION_TIMEOUT, 0u, MHD_OPTION_THREAD_STACK_SIZE,
        (size_t)STACK_BYTES, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, mz_exchange_target, listener,
        MHD_OPTION_NOTIFY_COMPLETED, mz_exchange_completed, listener, MHD_OPTION_NOTIFY_CONNECTION, notify, listener,
        MHD_OPTION_END);
    if (listener->daemon) return MZ_OK;
    if (settings->certificate)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the certificate and the key cannot be used together for TLS");
    return mz_fail(error, MZ_ERR_IO, "the service cannot be started: %s", strerror(errno));
}

/* Signals are for the thread that started us. */
static mz_status start_thread(mz_listener *listener, mz_error *error) {
    sigset_t all, before;
    sigfillset(&all);
    (void)pthread_sigmask(SIG_SETMASK, &all, &before);
    mz_status status = start_daemon(listener, error);
    if (!status && pthread_create(&listener->thread, NULL, run, listener))
        status = mz_fail(error, MZ_ERR_MEMORY, "cannot start a thread");
    (void)pthread_sigmask(SIG_SETMASK, &before, NULL);
    listener->started = !status;
    return status;
}

mz_status mz_listen(mz_service *service, const mz_listen_settings *settings, const int *sockets, size_t count,
                    mz_listener **ret_listener, mz_error *error) {
    if (!count || count > MZ_LISTEN_SOCKETS_MOST)
        return mz_fail(error, MZ_ERR_LIMIT, "from 1 to %d addresses can be listened on", MZ_LISTEN_SOCKETS_MOST);
    mz_listener *listener = calloc(1, sizeof *listener);
    if (!listener) return mz_fail_memory(error);
    listener->service = service;
    listener->settings = *settings;
    listener->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    mz_status status = listener->wake < 0 ? mz_fail_errno(error, "make", "an event") : MZ_OK;
    if (!status) status = mz_connections_init(&listener->connections, settings->connections_most, error);
    if (!status) {
        memcpy(listener->sockets, sockets, count * sizeof *sockets);
        listener->socket_count = count;
        for (size_t k = 0; k < count; k++) (void)fcntl(sockets[k], F_SETFL, fcntl(sockets[k], F_GETFL) | O_NONBLOCK);
        status = start_thread(listener, error);
    }
    if (status) {
        listener->socket_count = 0; /* they stay the caller's */
        mz_listener_free(listener);
    } else {
        *ret_listener = listener;
    }
    return status;
}

static void stop_accepting(mz_listener *listener) {
    if (!listener->started) return;
    atomic_store(&listener->closing, true);
    (void)eventfd_write(listener->wake, 1);
    (void)pthread_join(listener->thread, NULL);
    listener->started = false;
}

/* Those who were connected before, and wait in the sockets: closing these would break them off without a word. */
static void accept_waiting(mz_listener *listener) {
    for (size_t k = 0; k < listener->socket_count; k++)
        for (unsigned n = 0; n < WAITING_MOST && accept_one(listener, listener->sockets[k]); n++) continue;
}

bool mz_listener_stop(mz_listener *listener, unsigned deadline_ms) {
    uint64_t until_ns = mz_clock_ns() + (uint64_t)deadline_ms * 1000000;
    stop_accepting(listener);
    accept_waiting(listener);
    for (size_t k = 0; k < listener->socket_count; k++) (void)close(listener->sockets[k]);
    listener->socket_count = 0;
    while (mz_listener_connections(listener) && mz_clock_ns() < until_ns) {
        (void)mz_connections_watch(&listener->connections, true);
        (void)nanosleep(&(struct timespec){.tv_nsec = STOP_LOOK_MS * 1000000}, NULL);
    }
    bool whole = !mz_listener_connections(listener);
    if (!whole) atomic_store(&listener->service->stopping_now, true); /* what is at work ends at its next query */
    return whole;
}

void mz_listener_free(mz_listener *listener) {
    if (!listener) return;
    stop_accepting(listener);
    if (listener->daemon) {
        mz_connections_cut(&listener->connections);
        MHD_stop_daemon(listener->daemon);
    }
    for (size_t k = 0; k < listener->socket_count; k++) (void)close(listener->sockets[k]);
    if (listener->connections.places) mz_connections_done(&listener->connections);
    if (listener->wake >= 0) (void)close(listener->wake);
    free(listener);
}

unsigned mz_listener_connections(const mz_listener *listener) {
    return atomic_load(&listener->connections.open);
}
