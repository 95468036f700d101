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
#include "mizan/entity.h"
#include "store/sql.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    MZ_SUBJECT_SOURCE_BYTES_MOST = 64,
    MZ_SUBJECT_REFERENCE_BYTES_MOST = 200,
    MZ_SUBJECT_BYTES_MOST = 64 << 10 /* of properties */
};

typedef struct mz_subject {
    mz_str key, source, reference;
    mz_schema schema;
    mz_str caption;
    mz_str properties; /* canonical JSON: {"birthDate":["1970-05-01"],"name":["…"]} */
    mz_str digest;
    bool closed;
    int64_t sequence, created, changed, screened; /* screened: against all lists last; 0: not yet */
} mz_subject;

typedef enum mz_subject_outcome { MZ_SUBJECT_ADDED, MZ_SUBJECT_CHANGED, MZ_SUBJECT_SAME } mz_subject_outcome;

/* A subject as it is given: {"source":…,"reference":…,"schema":…,"properties":{…}}. Checked as queries are
 * (screen/query_json.h). MZ_ERR_INPUT with the place. A source that is new is made. */
typedef struct mz_subject_draft {
    mz_str source, reference;
    const mz_entity *entity;
} mz_subject_draft;

/* In a transaction. What changed is an entry of the audit chain ("subject.added", "subject.changed") where `audited`;
 * an import is one entry as a whole. */
mz_status mz_subject_put(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_subject_draft *draft, bool audited,
                         mz_arena *arena, mz_subject *ret_subject, mz_subject_outcome *ret_outcome, mz_error *error);
/* MZ_ERR_NOT_FOUND also when it is another agency's. */
mz_status mz_subject_get(mz_sql *sql, mz_str agency, mz_str key, mz_arena *arena, mz_subject *ret_subject,
                         mz_error *error);
mz_status mz_subject_close(mz_sql *sql, mz_str agency, const mz_actor *actor, mz_str key, mz_error *error);

typedef struct mz_subject_query {
    mz_str text;           /* in the caption or the reference, letters' case apart; empty: all */
    mz_str source, schema; /* empty: all */
    int closed;            /* -1: also closed ones; 0: only others; 1: only closed ones */
    mz_str after;          /* key */
    size_t limit;
} mz_subject_query;
mz_status mz_subjects_list(mz_sql *sql, mz_str agency, const mz_subject_query *query, mz_arena *arena,
                           mz_subject **ret_subjects, size_t *ret_count, mz_error *error);

/* Reads a subject's properties back into an entity with its key as id; everything is in `arena`. */
mz_status mz_subject_entity(const mz_subject *subject, mz_arena *arena, const mz_entity **ret_entity, mz_error *error);

#endif
