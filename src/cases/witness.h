/* What casework keeps for people to read, held against the audit chain: what was decided, what happened to a case, and
 * the hits of its alerts stand in tables of their own, which somebody may alter beside the chain. */
#ifndef MIZAN_CASES_WITNESS_H
#define MIZAN_CASES_WITNESS_H

#include "audit/audit.h"

/* For mz_audit_verify: every event, every decision and every alert's hit is to say what its entry says. */
mz_status mz_case_witness_new(mz_audit_witness *ret_witness, mz_error *error);
void mz_case_witness_free(mz_audit_witness *witness);

/* Something that is read of a case, and does not say what the chain says. */
typedef struct mz_case_disagreement {
    int64_t entry; /* that it names, whether there is one or not */
    mz_str key;    /* of the event, the decision or the alert; empty: the event is missed that tells of the entry */
    mz_str what;   /* how, in one line of English */
} mz_case_disagreement;

/* The same of one case, all of it, in the order of the entries; in `arena`. What was lost together with all that names
 * its entry is not missed here, but by mz_audit_verify. */
mz_status mz_case_disagrees(mz_sql *sql, mz_str agency, mz_str case_key, mz_arena *arena,
                            mz_case_disagreement **ret_items, size_t *ret_count, mz_error *error);

#endif
