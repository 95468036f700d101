#include "http_server.h"

#include "line_list.h"
#include "test.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct running_server {
    pid_t process;
    int input; /* closing it ends the server */
    int port;
} running_server;

static running_server servers[2]; /* plain, TLS */
static char folder[512];

static void stop_servers(void) {
    for (size_t i = 0; i < 2; i++) {
        if (servers[i].process <= 0) continue;
        (void)close(servers[i].input);
        (void)kill(servers[i].process, SIGTERM);
        (void)waitpid(servers[i].process, NULL, 0);
        servers[i].process = 0;
    }
}

static _Noreturn void become_server(const int to[2], const int from[2], bool tls) {
    char script[4096];
    (void)snprintf(script, sizeof script, "%s/tests/lists/http_server.py", mz_test_source());
    (void)dup2(to[0], STDIN_FILENO);
    (void)dup2(from[1], STDOUT_FILENO);
    for (int i = 0; i < 2; i++) {
        (void)close(to[i]);
        (void)close(from[i]);
    }
    (void)execlp("python3", "python3", script, folder, tls ? "--tls" : (char *)NULL, (char *)NULL);
    _exit(127);
}

static void start(running_server *server, bool tls) {
    int to[2], from[2];
    char text[32] = "";
    if (!folder[0]) {
        (void)snprintf(folder, sizeof folder, "%s", new_folder());
        (void)atexit(stop_servers);
    }
    CHECK(pipe(to) == 0 && pipe(from) == 0);
    server->process = fork();
    CHECK(server->process >= 0);
    if (server->process == 0) become_server(to, from, tls);
    (void)close(to[0]);
    (void)close(from[1]);
    server->input = to[1];
    FILE *output = fdopen(from[0], "r");
    CHECK(output && fgets(text, sizeof text, output));
    (void)fclose(output);
    server->port = atoi(text);
}

static const char *address(running_server *server, bool tls, const char *path) {
    static char texts[8][512];
    static unsigned number;
    char *text = texts[number++ % 8];
    if (!server->process) start(server, tls);
    if (server->port == 0) mz_test_skip("no certificate could be made (is openssl installed?)");
    (void)snprintf(text, sizeof texts[0], "http%s://127.0.0.1:%d/%s", tls ? "s" : "", server->port, path);
    return text;
}

const char *served_folder(void) {
    (void)served("");
    return folder;
}

const char *served(const char *path) {
    return address(&servers[0], false, path);
}

const char *served_with_tls(const char *path) {
    return address(&servers[1], true, path);
}

/* Asked for by hand, so that what is tested does not test itself. */
const char *requests_seen(void) {
    static char answer[65536];
    static const char request[] = "GET /seen HTTP/1.0\r\n\r\n";
    struct sockaddr_in where = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    (void)served("");
    where.sin_port = htons((uint16_t)servers[0].port);
    int connection = socket(AF_INET, SOCK_STREAM, 0);
    CHECK(connection >= 0 && connect(connection, (const struct sockaddr *)&where, sizeof where) == 0);
    CHECK_INT(sizeof request - 1, write(connection, request, sizeof request - 1));
    size_t size = 0;
    for (ssize_t got = 1; got > 0 && size < sizeof answer - 1; size += (size_t)(got > 0 ? got : 0))
        got = read(connection, answer + size, sizeof answer - 1 - size);
    (void)close(connection);
    answer[size] = '\0';
    const char *body = strstr(answer, "\r\n\r\n");
    CHECK(body != NULL);
    return body + 4;
}
