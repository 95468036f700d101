/* Casework: what becomes of a hit.
 *
 * A screening of a subject raises an alert for each listed entity that it hits; the alerts of a subject are one case,
 * as long as it is not closed. A pair of subject and entity alerts once: again only when the facts of one of them
 * (screen/facts.h) are no longer those that were judged. Somebody decides on alerts of a case: true match, false
 * positive or insufficient information, for a reason of the agency's list; where its settings ask for four eyes, the
 * decision is proposed, and made when another person approves. A false positive leaves a clearance, by which the pair
 * stays quiet while both are as they were, until it ends or is revoked. docs/casework.md draws the states.
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

enum { MZ_NOTE_BYTES_MOST = 8000, MZ_CASE_NOTES_MOST = 2000, MZ_ALERTS_DECIDED_MOST = 1000 };

/* Who did something: "person", "key", "command", "service" or "operator"; key and name empty where nobody is to be
 * named. The name is what is shown. */
typedef struct mz_named {
    mz_str kind, key, name;
} mz_named;

/* The service itself, as an actor in an agency; `who` is filled in and must live as long. */
mz_actor mz_actor_service(mz_principal *who, mz_str agency);

/* ---- raising ---- */

/* What listed entities are in facts, read once for many raisings against one index. */
typedef struct mz_entity_facts mz_entity_facts;
mz_status mz_entity_facts_new(const mz_index *index, mz_entity_facts **ret_facts, mz_error *error);
void mz_entity_facts_free(mz_entity_facts *facts);

/* A screening of a subject, whatever asked for it. */
typedef struct mz_raising {
    mz_str agency;
    const mz_actor *actor; /* the service itself: mz_actor_service */
    const mz_subject *subject;
    const mz_index *index;
    mz_entity_facts *facts; /* of that index; NULL: read for this one alone */
    const mz_policy *policy;
    const mz_screen_options *options; /* by which it was screened; NULL: the usual ones */
    mz_str query;
    const mz_screening *screening;
    mz_str answer;   /* of mz_screen_json to `query`; empty: written from `screening` */
    const char *why; /* "asked", "subject.new", "subject.changed", "list.changed" */
} mz_raising;

typedef struct mz_raised {
    size_t hits, raised, refreshed, quiet, known; /* known: alerted before, and nothing has changed since */
    size_t beyond;                                /* hits that were not looked at: more than the limit, or than a */
                                                  /* receipt has room for; the case has an event "hits.cut" */
    mz_str case_key;                              /* of what was raised or refreshed; empty: nothing was */
    int64_t receipt;                              /* number of its entry; 0: none, since nothing was */
} mz_raised;

/* In a transaction. Everything is decided by it: two that raise the same pair at once raise one alert. What it gives
 * back is in `arena`, in which it works, too. */
mz_status mz_cases_raise(mz_sql *sql, const mz_raising *raising, mz_arena *arena, mz_raised *ret_raised,
                         mz_error *error);

/* ---- reading: everything is in `arena` ---- */

typedef struct mz_case {
    mz_str key, label, subject, phase; /* phase: open, proposed, waiting, closed */
    mz_named assignee;
    bool escalated;
    double weight;  /* of its heaviest alert */
    int64_t alerts; /* that are not decided */
    int64_t due;    /* 0: never */
    int64_t opened, changed, closed, version;
    mz_str source, reference, caption; /* the subject's */
    mz_schema schema;
    struct {
        mz_str alert, entity, caption, list;
        double score, weight;
    } best; /* the heaviest alert */
} mz_case;

typedef struct mz_alert {
    mz_str key, case_key, subject, entity, list, list_version, caption;
    mz_schema schema;
    double score, weight;
    mz_str hit;                                  /* JSON, as in an answer: with evidence */
    mz_str subject_facts, entity_facts;          /* screen/facts.h; empty: erased */
    mz_str subject_base, entity_base;            /* as they were before: what changed is against them */
    mz_str phase;                                /* open, proposed, waiting, decided */
    mz_str disposition, decision, previous, why; /* empty: none */
    int64_t receipt, born, changed, until;       /* until: of one that waits */
    mz_str case_label, subject_caption;
} mz_alert;

typedef struct mz_decision {
    mz_str key, case_key;
    mz_disposition disposition;
    mz_str reason, titles[3]; /* of the reason: in Arabic, French, English */
    mz_str note, phase;       /* proposed, made, returned, undone */
    bool four_eyes;
    const mz_str *alerts;
    size_t alert_count;
    mz_named proposer, approver; /* approver: also who returned it */
    int64_t proposed, answered;  /* answered: 0 when it is proposed, or was made at once */
    mz_str answer;
    mz_named undoer;
    int64_t undone; /* 0: it was not */
    mz_str undone_why;
    int64_t entry; /* in the audit chain */
} mz_decision;

typedef struct mz_case_event {
    mz_str key, case_key, case_label;
    int64_t at;
    mz_str kind; /* opened, alert.raised, alert.refreshed, hits.cut, decision.made, note, … */
    mz_named actor;
    mz_str text, detail; /* detail: an object of JSON */
    int64_t entry;
} mz_case_event;

mz_status mz_case_get(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_case *ret_case, mz_error *error);
/* By its label: for people. */
mz_status mz_case_find(mz_sql *sql, mz_str agency, mz_str label, mz_arena *arena, mz_case *ret_case, mz_error *error);
/* Of a subject, the newest first, the open one before. */
mz_status mz_cases_of_subject(mz_sql *sql, mz_str agency, mz_str subject, mz_arena *arena, mz_case **ret_cases,
                              size_t *ret_count, mz_error *error);
/* The heaviest first, those that are decided behind the others. */
mz_status mz_case_alerts(mz_sql *sql, mz_str agency, mz_str case_key, mz_arena *arena, mz_alert **ret_alerts,
                         size_t *ret_count, mz_error *error);
/* In the order in which they happened. */
mz_status mz_case_decisions(mz_sql *sql, mz_str agency, mz_str case_key, mz_arena *arena, mz_decision **ret_decisions,
                            size_t *ret_count, mz_error *error);
/* The newest, up to `limit`, that were before the event `before` (its key; empty: before none). *ret_more: there are
 * earlier ones. MZ_ERR_ARGUMENT: `before` is no event of the case. */
mz_status mz_case_events(mz_sql *sql, mz_str agency, mz_str case_key, mz_str before, size_t limit, mz_arena *arena,
                         mz_case_event **ret_events, size_t *ret_count, bool *ret_more, mz_error *error);
mz_status mz_decision_get(mz_sql *sql, mz_str agency, mz_str case_key, mz_str key, mz_arena *arena,
                          mz_decision *ret_decision, mz_error *error);

/* What differs between two texts of facts, as JSON: [{"property":"name","from":["…"],"to":["…"]}]. */
void mz_facts_difference(mz_str from, mz_str to, mz_arena *arena, mz_buffer *out);

/* ---- the queue ---- */

typedef enum mz_queue_order {
    MZ_QUEUE_BY_WEIGHT,
    MZ_QUEUE_BY_AGE,
    MZ_QUEUE_BY_DUE,
    MZ_QUEUE_ORDER_COUNT
} mz_queue_order;

typedef struct mz_queue_query {
    mz_str phase;         /* of cases; empty: all but closed; "all" */
    mz_str assignee;      /* key of a person; "-": nobody's; empty: any */
    mz_str list, text;    /* an alert of that list; in caption, label or reference, letters' case apart. Empty: any */
    mz_str label;         /* exactly this one, in any phase unless one is named; empty: any */
    int escalated;        /* -1: any */
    mz_queue_order order; /* the heaviest, the oldest, the first due first */
    mz_str after;         /* *ret_next of the page before; empty: from the start. MZ_ERR_ARGUMENT: it is none */
    size_t limit;
} mz_queue_query;

/* *ret_next: empty behind the last page. */
mz_status mz_queue_list(mz_sql *sql, mz_str agency, const mz_queue_query *query, mz_arena *arena, mz_case **ret_cases,
                        size_t *ret_count, mz_str *ret_next, mz_error *error);

typedef struct mz_queue_counts {
    int64_t open, proposed, waiting; /* cases by their phase */
    int64_t overdue;                 /* of them */
    int64_t mine;                    /* of them, whose assignee is this person */
    int64_t mentions;                /* of this person, not seen */
} mz_queue_counts;
mz_status mz_queue_count(mz_sql *sql, mz_str agency, mz_str person, int64_t now, mz_queue_counts *ret_counts,
                         mz_error *error);

typedef struct mz_alerts_query {
    mz_str phase;         /* empty: all but decided; "all" */
    mz_str list, entity;  /* empty: any */
    mz_queue_order order; /* by weight or age */
    mz_str after;
    size_t limit;
} mz_alerts_query;
mz_status mz_alerts_list(mz_sql *sql, mz_str agency, const mz_alerts_query *query, mz_arena *arena,
                         mz_alert **ret_alerts, size_t *ret_count, mz_str *ret_next, mz_error *error);

/* ---- working ---- */

/* What another did first (MZ_ERR_REFUSED; version 0 when it failed otherwise). */
typedef struct mz_case_conflict {
    mz_str by, what; /* name of a person; the kind of the last event */
    int64_t at, version;
} mz_case_conflict;

/* Who changes which case. */
typedef struct mz_case_change {
    mz_str agency;
    const mz_actor *actor;
    mz_str case_key;
    int64_t version; /* as it was seen; -1: whatever it is (the service itself, the command line) */
    mz_case_conflict conflict;
    const char *refusal; /* a word for why it failed, where pages tell that in their language (a literal); NULL: none */
} mz_case_change;

typedef struct mz_decision_draft {
    const mz_str *alerts; /* keys; none: all of the case that are open or waiting */
    size_t alert_count;
    mz_disposition disposition;
    mz_str reason; /* of the agency's list */
    mz_str note;
} mz_decision_draft;

/* The decision is made, or proposed where four eyes are asked for. */
mz_status mz_case_decide(mz_sql *sql, mz_case_change *change, const mz_decision_draft *draft, mz_arena *arena,
                         mz_str *ret_decision, mz_error *error);
/* Approves what another proposed, or returns it. MZ_ERR_REFUSED: it is one's own, or no person asks. */
mz_status mz_case_answer(mz_sql *sql, mz_case_change *change, mz_str decision, bool approve, mz_str note,
                         mz_arena *arena, mz_error *error);
/* Takes back a decision that was proposed or made: its alerts are open again, its clearances revoked. One that two
 * people made is taken back by somebody who may approve. MZ_ERR_REFUSED: the subject has a newer case. */
mz_status mz_case_undo(mz_sql *sql, mz_case_change *change, mz_str decision, mz_str note, mz_arena *arena,
                       mz_error *error);

/* To somebody of the agency who may work on cases; an empty key: to nobody. */
mz_status mz_case_assign(mz_sql *sql, mz_case_change *change, mz_str person, mz_arena *arena, mz_error *error);
mz_status mz_case_escalate(mz_sql *sql, mz_case_change *change, bool escalated, mz_str note, mz_arena *arena,
                           mz_error *error);
/* 0: never. MZ_ERR_REFUSED: a case that waits does so no longer from now than the settings let it wait. */
mz_status mz_case_set_due(mz_sql *sql, mz_case_change *change, int64_t due, mz_arena *arena, mz_error *error);
/* A note leaves the version as it is: nobody's decision is held up by it. A case has MZ_CASE_NOTES_MOST of them
 * (MZ_ERR_LIMIT, refusal "notes-most"). "@name" mentions somebody of the agency who
 * may see cases, by the name to sign in with. */
mz_status mz_case_note(mz_sql *sql, mz_case_change *change, mz_str text, mz_arena *arena, mz_case_event *ret_event,
                       mz_error *error);

/* Puts cases back into the queue whose alerts have waited long enough: at most `limit`, of that agency. */
mz_status mz_cases_wake(mz_sql *sql, mz_str agency, int64_t now, size_t limit, mz_arena *arena, size_t *ret_count,
                        mz_error *error);

/* Whether there are such cases: asked before each look at the queue, it costs nothing. */
mz_status mz_cases_asleep(mz_sql *sql, mz_str agency, int64_t now, bool *ret_any, mz_error *error);

/* ---- people ---- */

/* Somebody who may see cases of the agency. */
typedef struct mz_case_person {
    mz_str key, name, login;
    bool works, approves;
} mz_case_person;
/* Active ones, by name; at most `limit`. */
mz_status mz_case_people(mz_sql *sql, mz_str agency, size_t limit, mz_arena *arena, mz_case_person **ret_people,
                         size_t *ret_count, mz_error *error);

/* ---- mentions ---- */

typedef struct mz_mention {
    mz_case_event event;
    bool seen;
} mz_mention;
/* Newest first; `before`: the key of an event, empty from the newest. */
mz_status mz_mentions_list(mz_sql *sql, mz_str agency, mz_str person, mz_str before, size_t limit, mz_arena *arena,
                           mz_mention **ret_mentions, size_t *ret_count, mz_error *error);
mz_status mz_mentions_see(mz_sql *sql, mz_str agency, mz_str person, mz_error *error);

#endif
