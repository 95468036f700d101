/* Clearances: pairs that were found not to be the same. Such a pair stays quiet while the facts of both are those that
 * were judged, and until the clearance ends or is revoked. There is no bound on how many there are. */
#ifndef MIZAN_CASES_CLEARANCES_H
#define MIZAN_CASES_CLEARANCES_H

#include "cases/cases.h"

typedef struct mz_clearance {
    mz_str key, subject, subject_caption, entity, caption, list;
    mz_str state; /* valid, outdated, expired, revoked */
    int64_t created, ends;
    int64_t quieted, last_quieted; /* how often the pair would have alerted */
    mz_str decision, case_key, case_label, reason, note;
    mz_str titles[3]; /* of the reason */
    mz_named proposer, approver;
    mz_str subject_facts, entity_facts; /* that it rests on; empty: erased */
    int64_t ended;
    mz_named ended_by;
    mz_str ended_why;
} mz_clearance;

typedef struct mz_clearance_query {
    mz_str text;       /* in the captions of both, or the entity's id, letters' case apart; empty: any */
    mz_str state;      /* empty: all */
    mz_str subject;    /* key; empty: of any */
    mz_str decided_in; /* key of a case; empty: any */
    mz_str after;      /* key of the last of the page before: newest first */
    size_t limit;
    int64_t now;
} mz_clearance_query;
mz_status mz_clearances_list(mz_sql *sql, mz_str agency, const mz_clearance_query *query, mz_arena *arena,
                             mz_clearance **ret_clearances, size_t *ret_count, mz_error *error);
mz_status mz_clearance_get(mz_sql *sql, mz_str agency, mz_str key, int64_t now, mz_arena *arena,
                           mz_clearance *ret_clearance, mz_error *error);
/* How many of a subject are valid. */
mz_status mz_clearances_count(mz_sql *sql, mz_str agency, mz_str subject, int64_t now, int64_t *ret_count,
                              mz_error *error);

/* The pair alerts with the next run of continuous screening. MZ_ERR_REFUSED: it has ended. */
mz_status mz_clearance_revoke(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str key, mz_str note,
                              mz_arena *arena, mz_error *error);

/* Whether there are any whose time has come and that do not say so yet. */
mz_status mz_clearances_over(mz_sql *sql, mz_str agency, int64_t now, bool *ret_any, mz_error *error);
/* In a transaction: at most `limit` of them are expired; their pairs alert with the next run, too. */
mz_status mz_clearances_expire(mz_sql *sql, mz_str agency, const mz_actor *actor, int64_t now, size_t limit,
                               mz_arena *arena, mz_error *error);

#endif
