/* Runs http_server.py for a test: see there for the addresses it answers. */
#ifndef MIZAN_TEST_HTTP_SERVER_H
#define MIZAN_TEST_HTTP_SERVER_H

#include <stdbool.h>

/* A folder whose files it serves. The server is started by the first call and ends with the test program. */
const char *served_folder(void);
/* "http://127.0.0.1:PORT/PATH"; static, of the last eight calls. */
const char *served(const char *path);
/* "https://127.0.0.1:PORT/PATH" with a certificate of unknown origin; skips the test when there can be none. */
const char *served_with_tls(const char *path);
/* What was asked of the server since the last call, a line for each request; static. */
const char *requests_seen(void);

#endif
