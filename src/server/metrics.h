/* Figures of a running service, as Prometheus reads them (text exposition format 0.0.4).
 *
 * Counting costs a few additions in memory without a lock; any number of threads may count and read at once. A figure
 * that is read while others count may be one behind another: each is right, their sum is of a moment. */
#ifndef MIZAN_SERVER_METRICS_H
#define MIZAN_SERVER_METRICS_H

#include "base/buffer.h"
#include "server/routes.h"
#include "server/service.h"

/* X(CONSTANT, label): why something was refused before a handler saw it, or a client cut off */
#define MZ_LIMITS(X)                                                                                                   \
    X(CONNECTIONS, "connections") /* all places for connections were taken */                                          \
    X(RATE, "rate")               /* too many requests of one client */                                                \
    X(BODY, "body")               /* a body larger than its address takes */                                           \
    X(ENGINES, "engines")         /* no engine came free in time */                                                    \
    X(SLOW, "slow")               /* cut off: a head, body or answer that took too long */                             \
    X(MALFORMED, "malformed")     /* not HTTP as the standard has it */

typedef enum mz_limit {
#define MZ_X(constant, label) MZ_LIMITED_BY_##constant,
    MZ_LIMITS(MZ_X)
#undef MZ_X
        MZ_LIMIT_COUNT
} mz_limit;

typedef struct mz_metrics mz_metrics;

mz_status mz_metrics_new(mz_metrics **ret_metrics, mz_error *error);
void mz_metrics_free(mz_metrics *metrics);

/* All of these do nothing where `metrics` is NULL. */

/* A request was answered. `route` NULL: none was found. */
void mz_metrics_request(mz_metrics *metrics, const mz_route *route, int status, uint64_t ns);
void mz_metrics_limited(mz_metrics *metrics, mz_limit limit);
void mz_metrics_connections(mz_metrics *metrics, unsigned open);
/* The index was replaced, or could not be. */
void mz_metrics_reload(mz_metrics *metrics, bool done);

/* All figures: those counted, and those of the service as it is. */
mz_status mz_metrics_write(const mz_service *service, mz_arena *arena, mz_buffer *out, mz_error *error);

#endif
