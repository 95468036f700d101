/* The register of subjects: whom an agency screens again and again.
 *
 * A subject is an entity of the vocabulary that lists are told in (mizan/schema.h): a customer, a supplier, a
 * traveller, a ship. It comes from a source ("core-banking"), where its reference is unique; the same reference again
 * changes it, and the same facts again change nothing. A subject that left is closed: it is screened no more, and kept
 * with its cases. `facts` is what screening looks at of it (screen/facts.h), and its digest decides whether it has
 * changed. */
#ifndef MIZAN_SUBJECTS_SUBJECTS_H
#define MIZAN_SUBJECTS_SUBJECTS_H

#include "access/history.h"
#include "base/arena.h"
#include "base/json_read.h"
#include "entity/record.h"
#include "store/sql.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    MZ_SUBJECT_SOURCE_BYTES_MOST = 64,
    MZ_SUBJECT_REFERENCE_BYTES_MOST = 200,
    MZ_SUBJECT_BYTES_MOST = 64 << 10, /* of properties */
    MZ_SUBJECTS_PAGE_MOST = 500,
    MZ_SUBJECTS_LOOKED_AT_MOST = 1000000 /* by one call of mz_subjects_list */
};

typedef struct mz_subject {
    mz_str key, source, reference;
    mz_schema schema;
    mz_str caption;
    mz_str properties; /* canonical JSON: {"birthDate":["1970-05-01"],"name":["…"]} */
    mz_str digest;     /* of its facts (screen/facts.h) */
    bool closed;
    int64_t sequence, created, changed, screened; /* screened: as it is now against all lists last; 0: not yet */
} mz_subject;

/* CHANGED: also when it had been closed, and when only what screening does not look at is another; its `sequence` rises
 * only when screening it may find something else than before. */
typedef enum mz_subject_outcome { MZ_SUBJECT_ADDED, MZ_SUBJECT_CHANGED, MZ_SUBJECT_SAME } mz_subject_outcome;

/* A subject as it is given. */
typedef struct mz_subject_draft {
    mz_str source, reference;
    const mz_entity *entity;
} mz_subject_draft;

/* Reads {"source":…,"reference":…,"schema":…,"properties":{…}} into the builder's record, properties as those of
 * queries (screen/query_json.h); nothing else is taken. A missing schema is LegalEntity: a person or a firm. A missing
 * source is `usual_source`, where that is not empty. MZ_ERR_INPUT with the place. */
mz_status mz_subject_draft_read(const mz_json_value *object, mz_str usual_source, mz_builder *builder,
                                mz_subject_draft *ret_draft, mz_error *error);

/* MZ_ERR_INPUT when it cannot be a source: 1 to 64 letters, digits, _ . and -, or a reference: 1 to 200 bytes of text
 * without control characters and without blanks around it. */
mz_status mz_subject_source_check(mz_str source, mz_error *error);
mz_status mz_subject_reference_check(mz_str reference, mz_error *error);

/* In a transaction. A source that is new is made. What changed is an entry of the audit chain ("subject.added",
 * "subject.changed") where `audited`; an import is one entry as a whole. MZ_ERR_INPUT: source, reference or entity
 * cannot be taken. */
mz_status mz_subject_put(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_subject_draft *draft, bool audited,
                         mz_arena *arena, mz_subject *ret_subject, mz_subject_outcome *ret_outcome, mz_error *error);
/* MZ_ERR_NOT_FOUND also when it is another agency's. */
mz_status mz_subject_get(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_subject *ret_subject,
                         mz_error *error);
mz_status mz_subject_find(mz_sql *sql, mz_str agency, mz_str source, mz_str reference, mz_arena *arena,
                          mz_subject *ret_subject, mz_error *error);
/* An entry "subject.closed". One that is closed already stays as it is. */
mz_status mz_subject_close(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str key, mz_error *error);

/* Notes that a subject, as it was at `sequence`, was screened against all lists; one that has changed since is left. */
mz_status mz_subject_screened(mz_sql *sql, mz_str agency, mz_str key, int64_t sequence, int64_t at, mz_error *error);

/* In a transaction: something else than the subject and the lists decides otherwise now (a clearance has ended), and
 * the next run is to screen it once more. One that is closed stays as it is. */
mz_status mz_subject_again(mz_sql *sql, mz_str agency, mz_str key, mz_error *error);

typedef struct mz_subject_query {
    mz_str text; /* words, each to be in the names or the reference, letters' case and marks apart; empty: all */
    mz_str source, schema; /* empty: all */
    int closed;            /* -1: also closed ones; 0: only others; 1: only closed ones */
    mz_str after;          /* key; empty: from the first */
    size_t limit;          /* at most MZ_SUBJECTS_PAGE_MOST */
} mz_subject_query;

/* In the order of their keys, which is that in which they came, to the millisecond. Of a register with more than
 * MZ_SUBJECTS_LOOKED_AT_MOST subjects behind `after` only so many are looked at: *ret_next (empty: there are no more)
 * is then where to go on, though the page is not full. */
mz_status mz_subjects_list(mz_sql *sql, mz_str agency, const mz_subject_query *query, mz_arena *arena,
                           mz_subject **ret_subjects, size_t *ret_count, mz_str *ret_next, mz_error *error);
/* How many are not closed. */
mz_status mz_subjects_count(mz_sql *sql, mz_str agency, uint64_t *ret_count, mz_error *error);

/* Reads a subject's properties back into an entity with its key as id; everything is in `arena`. */
mz_status mz_subject_entity(const mz_subject *subject, mz_arena *arena, const mz_entity **ret_entity, mz_error *error);

#endif
