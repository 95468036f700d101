/* What the service screens against, and how fresh that is: for /readyz and /metrics.
 *
 * A list is stale when its publisher has not confirmed it for longer than the settings allow. Where the index belongs
 * to no store of lists nobody knows when that was, and so not whether it is stale: its own date tells nothing, since
 * many lists change once in months. What the store says is asked once in ten seconds, since it stands in files, and
 * anew for a new index. */
#ifndef MIZAN_SERVER_LISTED_H
#define MIZAN_SERVER_LISTED_H

#include "base/arena.h"
#include "server/service.h"

typedef enum mz_staleness { MZ_FRESH, MZ_STALE, MZ_STALENESS_UNKNOWN } mz_staleness;

typedef struct mz_listed_list {
    mz_str list, version;
    int64_t published, checked; /* seconds since 1970; 0: not known */
    uint32_t entities;
    mz_staleness staleness;
} mz_listed_list;

typedef struct mz_listed_facts {
    const mz_listed_list *lists; /* in the arena */
    size_t count;
    mz_staleness staleness; /* stale when a list is; else unknown when that of a list is */
    uint32_t entities, names;
    uint64_t bytes;
} mz_listed_facts;

typedef struct mz_listed mz_listed;

mz_status mz_listed_new(mz_list_store *store, mz_listed **ret_listed, mz_error *error);
void mz_listed_free(mz_listed *listed);
/* The index is new: what the store said before is not of it. NULL: nothing happens. */
void mz_listed_renew(mz_listed *listed);

/* The lists of the current index. A store that cannot be read is as one that knows nothing. */
mz_status mz_listed_look(const mz_service *service, mz_arena *arena, mz_listed_facts *ret_facts, mz_error *error);

#endif
