/* Casework: what becomes of a hit.
 *
 * A screening of a subject raises an alert for each listed entity that it hits; the alerts of a subject are one case,
 * as long as it is not closed. A pair of subject and entity alerts once: again only when the facts of one of them
 * (screen/facts.h) are no longer those that were judged. Somebody decides on alerts of a case: true match, false
 * positive or insufficient information, for a reason of the agency's list; where its settings ask for four eyes, the
 * decision is proposed, and made when another person approves. A false positive leaves a clearance, by which the pair
 * stays quiet while both are as they were, until it ends or is revoked.
 *
 * Every change is made in one transaction with its event, which people read, and its entry in the audit chain. Who
 * changes a case says which version of it was seen; when another was faster, nothing is done (mz_case_conflict says who
 * did what). What belongs to another agency is MZ_ERR_NOT_FOUND, exactly as what does not exist. */
#ifndef MIZAN_CASES_CASES_H
#define MIZAN_CASES_CASES_H

#include "access/history.h"
#include "base/arena.h"
#include "cases/settings.h"
#include "mizan/screen.h"
#include "store/sql.h"
#include "subjects/subjects.h"

#include <stdbool.h>
#include <stdint.h>

/* X(CONSTANT, word) */
#define MZ_DISPOSITIONS(X)                                                                                             \
    X(TRUE_MATCH, "true-match")                                                                                        \
    X(FALSE_POSITIVE, "false-positive")                                                                                \
    X(INSUFFICIENT_INFORMATION, "insufficient-information")

typedef enum mz_disposition {
#define MZ_X(constant, word) MZ_##constant,
    MZ_DISPOSITIONS(MZ_X)
#undef MZ_X
        MZ_DISPOSITION_COUNT
} mz_disposition;

const char *mz_disposition_word(mz_disposition disposition);
mz_disposition mz_disposition_of(mz_str word); /* MZ_DISPOSITION_COUNT: none */

/* ---- raising ---- */

/* A screening of a subject, whatever asked for it. `answer` is that of mz_screen_json to `query`. */
typedef struct mz_raising {
    mz_str agency;
    const mz_actor *actor; /* the service itself: who->kind MZ_ANONYMOUS, client "service" */
    const mz_subject *subject;
    const mz_index *index;
    const mz_policy *policy;
    mz_str query;
    const mz_screening *screening;
    const char *why; /* "asked", "subject.new", "subject.changed", "list.changed" */
} mz_raising;

typedef struct mz_raised {
    size_t hits, raised, refreshed, quiet, known; /* known: alerted before, and nothing has changed since */
    mz_str case_key;                              /* of what was raised or refreshed; empty: nothing was */
    int64_t receipt;                              /* number of its entry; 0: none, since nothing was */
} mz_raised;

/* In a transaction. Everything is decided by it: two that raise the same pair at once raise one alert. */
mz_status mz_cases_raise(mz_sql *sql, const mz_raising *raising, mz_arena *arena, mz_raised *ret_raised,
                         mz_error *error);

/* ---- reading ---- */

typedef struct mz_case {
    mz_str key, label, subject, phase, assignee; /* phase: open, proposed, waiting, closed */
    bool escalated;
    double weight;
    int64_t alerts; /* that are not decided */
    int64_t due, opened, changed, closed, version;
    mz_str caption, source, reference; /* the subject's */
    mz_schema schema;
} mz_case;

typedef struct mz_alert {
    mz_str key, case_key, subject, entity, list, list_version, caption;
    mz_schema schema;
    double score, weight;
    mz_str hit; /* JSON, as in an answer: with evidence */
    mz_str subject_digest, entity_digest, subject_facts, entity_facts;
    mz_str phase; /* open, proposed, waiting, decided */
    mz_str disposition, decision, previous, why;
    int64_t receipt, born, changed;
} mz_alert;

typedef enum mz_queue_order { MZ_QUEUE_BY_WEIGHT, MZ_QUEUE_BY_AGE, MZ_QUEUE_BY_DUE } mz_queue_order;

typedef struct mz_queue_query {
    mz_str phase;         /* of cases; empty: all but closed */
    mz_str assignee;      /* key of a person; "-": nobody's; empty: any */
    mz_str list, text;    /* an alert of that list; in caption, label or reference. Empty: any */
    int escalated;        /* -1: any */
    mz_queue_order order; /* the heaviest, oldest, first due first */
    mz_str after;         /* the cursor that came with the last row; empty: from the start */
    size_t limit;
} mz_queue_query;

/* A page of the queue in one go, however long that is. */
mz_status mz_queue_list(mz_sql *sql, mz_str agency, const mz_queue_query *query, mz_arena *arena, mz_case **ret_cases,
                        size_t *ret_count, mz_str *ret_next, mz_error *error);
mz_status mz_case_get(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_case *ret_case, mz_error *error);
mz_status mz_case_alerts(mz_sql *sql, mz_str agency, mz_str case_key, mz_arena *arena, mz_alert **ret_alerts,
                         size_t *ret_count, mz_error *error);

/* ---- working ---- */

typedef struct mz_decision_draft {
    int64_t version;      /* of the case, as it was seen */
    const mz_str *alerts; /* keys; none: all of the case that are not decided */
    size_t alert_count;
    mz_disposition disposition;
    mz_str reason; /* of the agency's list */
    mz_str note;
} mz_decision_draft;

/* What another did first: for whom it is told (MZ_ERR_REFUSED; conflict->by is empty when it failed otherwise). */
typedef struct mz_case_conflict {
    mz_str by, what; /* name of a person; the kind of the last event */
    int64_t at, version;
} mz_case_conflict;

/* The decision is made, or proposed where four eyes are asked for. */
mz_status mz_case_decide(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str case_key,
                         const mz_decision_draft *draft, mz_arena *arena, mz_str *ret_decision,
                         mz_case_conflict *ret_conflict, mz_error *error);
/* Approves what another proposed, or returns it. MZ_ERR_REFUSED: it is one's own. */
mz_status mz_case_answer(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str case_key, mz_str decision,
                         int64_t version, bool approve, mz_str note, mz_arena *arena, mz_case_conflict *ret_conflict,
                         mz_error *error);
/* Takes back a decision that was made or proposed: its alerts are open again, its clearances revoked. */
mz_status mz_case_reopen(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str case_key, mz_str decision,
                         int64_t version, mz_str note, mz_arena *arena, mz_case_conflict *ret_conflict,
                         mz_error *error);

#endif
