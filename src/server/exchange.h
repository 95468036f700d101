/* One request and its answer between libmicrohttpd and the handlers. A connection has one, used again for each request;
 * what it holds of a request is let go before the next. */
#ifndef MIZAN_SERVER_EXCHANGE_H
#define MIZAN_SERVER_EXCHANGE_H

#include "server/head.h"
#include "server/routes.h"
#include "server/service.h"

#include <microhttpd.h>

struct mz_listener;
struct mz_connection;

/* Bodies and answers of all requests together, in memory; one that is alone may be larger. */
static const uint64_t mz_held_bytes_most = (uint64_t)64 << 20;

enum { MZ_REQUEST_ID_MOST = 64, MZ_EXCHANGE_ARENA_BYTES = 256 << 20 };

typedef struct mz_exchange {
    struct mz_connection *connection;
    mz_arena arena;
    mz_buffer body;
    mz_request request;
    mz_response response;
    mz_principal who;
    mz_asked asked;
    mz_framing framing;
    mz_str target; /* as it came */
    void *state;   /* of a stream's handler */
    uint64_t began_ns, taken_bytes, answer_bytes;
    uint64_t until_ns, granted_bytes; /* when more must have come; of a stream what had come when that was set */
    uint64_t held_bytes;              /* of body and answer, that count among those of all */
    int status;                       /* of the answer that was sent; 0: none was */
    bool open;                        /* a request is in hand */
    bool headed;                      /* its head was looked at */
    bool refused;                     /* the response is there already */
    bool over;                        /* it was written beside the library: what still comes is passed over */
    bool malformed; /* where this request ends is not sure: nothing more is read from this connection */
} mz_exchange;

void mz_exchange_init(mz_exchange *exchange, struct mz_connection *connection);
void mz_exchange_done(mz_exchange *exchange);

/* What libmicrohttpd calls, with the listener as context: the target came; the head, pieces of the body, its end; the
 * answer was taken, or the connection broke. */
void *mz_exchange_target(void *listener, const char *target, struct MHD_Connection *connection);
enum MHD_Result mz_exchange_request(void *listener, struct MHD_Connection *connection, const char *url,
                                    const char *method, const char *version, const char *piece, size_t *piece_size,
                                    void **context);
void mz_exchange_completed(void *listener, struct MHD_Connection *connection, void **context,
                           enum MHD_RequestTerminationCode code);

#endif
