#include "server/socket.h"

#include "base/ascii.h"
#include "base/error.h"
#include "mizan/str.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

typedef union any_address {
    struct sockaddr any;
    struct sockaddr_in four;
    struct sockaddr_in6 six;
    struct sockaddr_un local;
} any_address;

static mz_status malformed(const char *text, mz_error *error) {
    return mz_fail(error, MZ_ERR_ARGUMENT,
                   "“%.100s” is no address to listen on; one is 127.0.0.1:8080, [::1]:8080, *:8080 or unix:/PATH",
                   text);
}

static bool read_port(const char *text, uint16_t *ret_port) {
    size_t size = strlen(text);
    if (!size || size > 5 || strspn(text, "0123456789") != size) return false;
    long port = strtol(text, NULL, 10);
    *ret_port = htons((uint16_t)port);
    return port <= UINT16_MAX;
}

static mz_status read_local(const char *path, any_address *address, socklen_t *ret_size, mz_error *error) {
    size_t size = strlen(path);
    if (!size || size >= sizeof address->local.sun_path)
        return mz_fail(error, MZ_ERR_ARGUMENT, "the path of a socket has from 1 to %zu bytes",
                       sizeof address->local.sun_path - 1);
    address->local.sun_family = AF_UNIX;
    memcpy(address->local.sun_path, path, size + 1);
    *ret_size = (socklen_t)sizeof address->local;
    return MZ_OK;
}

static mz_status read_address(const char *text, any_address *address, socklen_t *ret_size, mz_error *error) {
    char host[64];
    uint16_t port;
    if (mz_starts_with(mz_str_of(text), "unix:")) return read_local(text + 5, address, ret_size, error);
    const char *colon = strrchr(text, ':');
    if (!colon || (size_t)(colon - text) >= sizeof host || !read_port(colon + 1, &port)) return malformed(text, error);
    size_t size = (size_t)(colon - text);
    bool bracketed = size > 2 && text[0] == '[' && text[size - 1] == ']';
    (void)snprintf(host, sizeof host, "%.*s", (int)(bracketed ? size - 2 : size), text + bracketed);
    if (!strcmp(host, "localhost")) (void)snprintf(host, sizeof host, "127.0.0.1");
    bool everywhere = !strcmp(host, "*");
    if (everywhere || bracketed) {
        address->six = (struct sockaddr_in6){.sin6_family = AF_INET6, .sin6_port = port};
        *ret_size = (socklen_t)sizeof address->six;
        if (everywhere || inet_pton(AF_INET6, host, &address->six.sin6_addr) == 1) return MZ_OK;
        return malformed(text, error);
    }
    address->four = (struct sockaddr_in){.sin_family = AF_INET, .sin_port = port};
    *ret_size = (socklen_t)sizeof address->four;
    return inet_pton(AF_INET, host, &address->four.sin_addr) == 1 ? MZ_OK : malformed(text, error);
}

static mz_status cannot_listen(const char *text, mz_error *error) {
    const char *remedy = "";
    if (errno == EADDRINUSE) remedy = "; another program listens there: stop it, or choose another with --listen";
    if (errno == EACCES || errno == EPERM)
        remedy =
            "; ports below 1024 and other folders need rights: choose another with --listen, or let systemd open it";
    if (errno == EADDRNOTAVAIL) remedy = "; this machine has no such address: choose another with --listen";
    return mz_fail(error, MZ_ERR_IO, "cannot listen on %.100s: %s%s", text, strerror(errno), remedy);
}

/* A socket in the file system that nobody listens on any more is in the way of the next. */
static void clear_away(const any_address *address, socklen_t size) {
    struct stat facts;
    int probe = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool dead = probe >= 0 && connect(probe, &address->any, size) != 0 && errno == ECONNREFUSED;
    if (probe >= 0) (void)close(probe);
    if (dead && lstat(address->local.sun_path, &facts) == 0 && S_ISSOCK(facts.st_mode))
        (void)unlink(address->local.sun_path);
}

mz_status mz_socket_open(const char *text, int *ret_descriptor, mz_error *error) {
    any_address address = {.any = {.sa_family = AF_UNSPEC}};
    socklen_t size = 0;
    int on = 1, off = 0;
    mz_status status = read_address(text, &address, &size, error);
    if (status) return status;
    int family = address.any.sa_family;
    int descriptor = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (descriptor < 0) return cannot_listen(text, error);
    if (family == AF_UNIX)
        clear_away(&address, size);
    else
        (void)setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (family == AF_INET6)
        (void)setsockopt(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, text[0] == '*' ? &off : &on, sizeof on);
    if (bind(descriptor, &address.any, size) == 0 && (family != AF_UNIX || chmod(address.local.sun_path, 0660) == 0) &&
        listen(descriptor, SOMAXCONN) == 0) {
        *ret_descriptor = descriptor;
        return MZ_OK;
    }
    status = cannot_listen(text, error);
    (void)close(descriptor);
    return status;
}

void mz_socket_address(int descriptor, char ret_text[MZ_SOCKET_ADDRESS_SIZE]) {
    any_address address = {.any = {.sa_family = AF_UNSPEC}};
    socklen_t size = sizeof address;
    char host[INET6_ADDRSTRLEN] = "";
    (void)getsockname(descriptor, &address.any, &size);
    if (address.any.sa_family == AF_INET) {
        (void)inet_ntop(AF_INET, &address.four.sin_addr, host, sizeof host);
        (void)snprintf(ret_text, MZ_SOCKET_ADDRESS_SIZE, "%s:%u", host, ntohs(address.four.sin_port));
    } else if (address.any.sa_family == AF_INET6) {
        (void)inet_ntop(AF_INET6, &address.six.sin6_addr, host, sizeof host);
        (void)snprintf(ret_text, MZ_SOCKET_ADDRESS_SIZE, "[%s]:%u", host, ntohs(address.six.sin6_port));
    } else {
        (void)snprintf(ret_text, MZ_SOCKET_ADDRESS_SIZE, "unix:%.107s", address.local.sun_path);
    }
}

void mz_socket_remove(int descriptor) {
    any_address address = {.any = {.sa_family = AF_UNSPEC}};
    socklen_t size = sizeof address;
    struct stat facts;
    if (getsockname(descriptor, &address.any, &size) || address.any.sa_family != AF_UNIX) return;
    const char *path = address.local.sun_path;
    if (path[0] && lstat(path, &facts) == 0 && S_ISSOCK(facts.st_mode)) (void)unlink(path);
}

bool mz_socket_is_local(int descriptor) {
    any_address address = {.any = {.sa_family = AF_UNSPEC}};
    socklen_t size = sizeof address;
    if (getsockname(descriptor, &address.any, &size)) return false;
    if (address.any.sa_family == AF_INET) return ntohl(address.four.sin_addr.s_addr) >> 24 == 127;
    if (address.any.sa_family == AF_INET6) return IN6_IS_ADDR_LOOPBACK(&address.six.sin6_addr);
    return address.any.sa_family == AF_UNIX;
}
