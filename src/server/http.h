/* A request and its answer, as handlers see them: nothing here knows of sockets, so that every handler can be called by
 * a test as the listener calls it. */
#ifndef MIZAN_SERVER_HTTP_H
#define MIZAN_SERVER_HTTP_H

#include "access/rights.h"
#include "base/arena.h"
#include "base/buffer.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "mizan/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum mz_method { MZ_GET, MZ_HEAD, MZ_POST, MZ_PUT, MZ_PATCH, MZ_DELETE, MZ_METHOD_COUNT } mz_method;

typedef struct mz_parameter {
    mz_str name, value; /* decoded, valid UTF-8; a header's name in lower case */
} mz_parameter;

typedef struct mz_parameters {
    const mz_parameter *items;
    size_t count;
} mz_parameters;

/* Names that a request asked for, to be logged in the way that the settings say. */
enum { MZ_ASKED_MOST = 16 };
typedef struct mz_asked {
    mz_str names[MZ_ASKED_MOST];
    size_t count;
} mz_asked;

/* The client of a request that came by a socket of the file system. */
#define MZ_CLIENT_BY_PATH "local"

typedef struct mz_request {
    struct mz_service *service;
    mz_arena *arena; /* lives until the answer is sent */
    mz_method method;
    mz_str path;           /* decoded, without the query */
    mz_parameters query;   /* what stands behind "?", in its order; a name may stand there several times */
    mz_parameters headers; /* names in lower case */
    mz_parameters place;   /* what the route's {names} stand for in the path */
    mz_str body;
    mz_str id;     /* of the request: X-Request-Id, or made */
    mz_str client; /* address of who asks, for limits; not for logs */
    const mz_principal *who;
    mz_asked *asked;              /* for mz_request_asked; NULL: nobody keeps it */
    const struct mz_route *route; /* that it was found to be for; NULL before, and when there is none */
    bool for_table;               /* a page of its list is asked for a table of all (table.h), and may be as long */
} mz_request;

/* The first value of that name; the empty string with data NULL when there is none. */
mz_str mz_request_query(const mz_request *request, const char *name);
mz_str mz_request_header(const mz_request *request, const char *name);
mz_str mz_request_place(const mz_request *request, const char *name);

/* Says that this name was screened, for the log; it must live as long as the request. Beyond MZ_ASKED_MOST names are
 * passed over. */
void mz_request_asked(const mz_request *request, mz_str name);

/* Parameters of the query by type; absent leaves *ret untouched. MZ_ERR_ARGUMENT names the parameter and what it takes.
 */
mz_status mz_request_query_int(const mz_request *request, const char *name, int64_t lowest, int64_t highest,
                               int64_t *ret_number, mz_error *error);
mz_status mz_request_query_number(const mz_request *request, const char *name, double lowest, double highest,
                                  double *ret_number, mz_error *error);
mz_status mz_request_query_bool(const mz_request *request, const char *name, bool *ret_truth, mz_error *error);
/* All values of a name that may stand several times, in the request's arena. */
mz_status mz_request_query_all(const mz_request *request, const char *name, const mz_str **ret_values,
                               size_t *ret_count, mz_error *error);

/* The body as JSON; an empty body is MZ_ERR_INPUT. */
mz_status mz_request_json(const mz_request *request, const mz_json_value **ret_value, mz_error *error);

enum { MZ_RESPONSE_HEADERS_MOST = 16, MZ_RESPONSE_BYTES_MOST = 1 << 30 };

typedef struct mz_response {
    int status;       /* 200 unless set */
    const char *type; /* "application/json" unless set */
    mz_buffer body;
    mz_parameter headers[MZ_RESPONSE_HEADERS_MOST]; /* besides type and length; of the request's arena, or static */
    size_t header_count;
    int descriptor; /* a file to send instead of the body, closed when it was sent; -1: none */
    uint64_t file_size;
    bool close; /* the connection, after this answer */
} mz_response;

void mz_response_init(mz_response *response);
void mz_response_done(mz_response *response);
void mz_response_header(mz_response *response, mz_str name, mz_str value);

/* Replaces what was answered so far by a problem (RFC 9457): {"type":"about:blank","title":…,"status":…,"detail":…,
 * "instance":…} and, where known, "line", "column", "parameter". `detail` is one line. */
void mz_response_problem(mz_response *response, const mz_request *request, int status, const mz_error *detail);

/* "Not found": the reason of a status, and the title of its problem. */
const char *mz_http_title(int status);

/* The status of HTTP for a failure of the library: 400 for input, arguments and, with 413, limits; 404, 403, 503, 500.
 */
int mz_http_status(mz_status status);

#endif
