/* Stands between a program and its PostgreSQL server, and loses the connection at the moment that hurts most: when a
 * commit is asked for. A thread of the test passes bytes on in both directions. */
#ifndef MIZAN_TEST_RELAY_H
#define MIZAN_TEST_RELAY_H

#include <stdbool.h>

typedef enum mz_relay_plan {
    MZ_RELAY_PASSES,
    MZ_RELAY_LOSES_COMMIT, /* the server never hears of the next commit */
    MZ_RELAY_LOSES_ANSWER, /* the server commits, and nobody hears of it */
    MZ_RELAY_ENDS          /* that, and no connection is taken any more */
} mz_relay_plan;

typedef struct mz_relay mz_relay;

/* Between a new socket and the server's at `server`, a path ending in .s.PGSQL.5432; folders shorter than a socket's
 * address. */
mz_relay *mz_relay_start(const char *folder, const char *server);
/* What happens to the next commit; after it everything passes again. */
void mz_relay_plan_next(mz_relay *relay, mz_relay_plan plan);
/* How many commits were lost so far. */
int mz_relay_lost(mz_relay *relay);
void mz_relay_stop(mz_relay *relay);

#endif
