/* The state of a running service: what handlers use. Made by `mizan serve` and by tests; nothing of it is global. */
#ifndef MIZAN_SERVER_SERVICE_H
#define MIZAN_SERVER_SERVICE_H

#include "mizan/live.h"
#include "mizan/screen.h"
#include "mizan/store.h"
#include "server/engines.h"
#include "store/sql.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct mz_service_settings {
    uint32_t anonymous_rights; /* a bit for each mz_right, of a request that names nobody */
    bool anonymous_here;       /* they are given since only this machine reaches the service: Host must be of it */
    const char *origin;        /* "https://screening.example": where browsers find the service; NULL: what Host says */
    double threshold;          /* a hit of /match is a match from here on; 0: the policy's */
    size_t limit, limit_most;  /* hits of an answer: usual, and at most */
    size_t batch_most;         /* queries in one body */
    uint64_t request_budget;   /* of work for all of them, in units of about a nanosecond (mizan/plan.h); 0: any */
    unsigned wait_ms;          /* for an engine */
    unsigned stale_after_h;    /* a list that was not confirmed for so long is stale; 0: never */
    bool log_names;            /* names of queries as they are in the logs; else a hash of them */
    bool secure;               /* clients reach it by https: itself, or through a proxy */
    const char *spool_folder;  /* where answers of streams wait, and files for tasks; NULL: /var/tmp, and spool.h */
    uint64_t held_bytes_most;  /* of bodies and answers of all requests; 0: mz_held_bytes_most */
    const char *mirror;        /* where lists are updated from; NULL: from their publishers */
} mz_service_settings;

typedef struct mz_service {
    mz_service_settings settings;
    mz_live *live;
    mz_engines *engines;
    mz_list_store *lists;            /* NULL: an index that belongs to no store of lists */
    mz_store *store;                 /* people, keys, sessions, history; NULL: nobody signs in */
    struct mz_access *access;        /* NULL with it */
    struct mz_log *log;              /* NULL: nothing is logged */
    struct mz_rate *rate;            /* NULL: everybody may ask as often as he likes */
    struct mz_metrics *metrics;      /* NULL: nothing is counted */
    struct mz_listed *listed;        /* when lists were confirmed; NULL: not known */
    struct mz_audit_signer *signer;  /* of checkpoints; NULL: none are signed */
    struct mz_work *work;            /* that does tasks; NULL: others do */
    int64_t started;                 /* seconds since 1970 */
    _Atomic unsigned refreshed;      /* how often a new index took the place of the old one */
    _Atomic uint64_t held_bytes;     /* of bodies that come and answers that are sent, in memory (exchange.h) */
    _Atomic uint64_t spooled_bytes;  /* in files that come or wait to be sent (spool.h) */
    _Atomic bool stopping_now;       /* work that is in hand is broken off between queries: the time to stop is over */
    const struct mz_words_of *words; /* by mz_language: how explanations are said; NULL: only in figures */
} mz_service;

/* Looks whether the files of the index have changed, and makes all of the service use them; *ret_new says whether.
 * Any thread may. */
mz_status mz_service_refresh(mz_service *service, bool *ret_new, mz_error *error);

#endif
