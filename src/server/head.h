/* The head of a request: what HTTP/1.1 asks of it, checked before anything is done for it.
 *
 * Two programs that read one head differently see different requests in the same bytes; that is how requests are
 * smuggled past a proxy (RFC 9112, 11.2). So what is not as the standard says is refused, never mended, and the
 * connection is closed. SECURITY.md has what libmicrohttpd reads in its own way before this is asked. */
#ifndef MIZAN_SERVER_HEAD_H
#define MIZAN_SERVER_HEAD_H

#include "server/http.h"

enum { MZ_HEADERS_MOST = 100 };

/* How the body comes. */
typedef struct mz_framing {
    bool chunked;
    bool has_length;
    uint64_t length_bytes;
} mz_framing;

/* Checks method, version and headers (names in lower case, as in mz_request). MZ_ERR_INPUT or MZ_ERR_LIMIT, with the
 * status that says so in HTTP. */
mz_status mz_head_check(mz_str method, mz_str version, mz_parameters headers, mz_framing *ret_framing,
                        int *ret_http_status, mz_error *error);

/* MZ_METHOD_COUNT: none that the service knows. */
mz_method mz_method_of(mz_str word);

#endif
