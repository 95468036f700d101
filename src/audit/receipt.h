/* Receipts: a screening as an entry of the audit chain, from which it can be made again.
 *
 * The entry's body has what a screening is a function of, but for the query: lists with their versions, build, policy
 * (kept by its digest), options. Beside it, erasable, are query and hits with their evidence. A receipt that is handed
 * out is one JSON object with both, the entry's hash and, where there is one, the next checkpoint. */
#ifndef MIZAN_AUDIT_RECEIPT_H
#define MIZAN_AUDIT_RECEIPT_H

#include "audit/audit.h"
#include "mizan/screen.h"
#include "mizan/store.h"
#include "screen/query_json.h"

/* A screening to be kept. */
typedef struct mz_receipt_draft {
    const mz_index *index;            /* it was screened against */
    const mz_policy *policy;          /* NULL: the default */
    mz_str query;                     /* JSON, as in mz_screen_json, with all that the query set for itself */
    mz_str answer;                    /* of mz_screen_json: id, hits with evidence, … */
    mz_str why;                       /* "asked", "subject.new", "subject.changed", "list.changed" */
    mz_str actor_kind, actor, object; /* as in mz_audit_draft; `object` is the subject */
    mz_str chain;
} mz_receipt_draft;

mz_status mz_receipt_add(mz_sql *sql, const mz_receipt_draft *draft, mz_arena *arena, mz_audit_place *ret_place,
                         mz_error *error);

/* As it is handed out, by the number of its entry; MZ_ERR_NOT_FOUND also when that is no screening. */
mz_status mz_receipt_write(mz_sql *sql, mz_str chain, int64_t number, mz_arena *arena, mz_buffer *out, mz_error *error);

typedef enum mz_replay_outcome {
    MZ_REPLAY_IDENTICAL,
    MZ_REPLAY_DIFFERENT,   /* `difference` shows where */
    MZ_REPLAY_OTHER_BUILD, /* not the program that made it, and the hits differ; the same hits are IDENTICAL */
    MZ_REPLAY_NOT_POSSIBLE /* a list version is not kept, the query was erased, …: `difference` says what */
} mz_replay_outcome;

typedef struct mz_replay {
    mz_replay_outcome outcome;
    mz_str difference; /* lines for a person to read */
    mz_str answer;     /* that came now; empty: none */
} mz_replay;

/* Screens again what a receipt (its JSON) says, against the same versions out of the store of lists. The image of these
 * versions is made in `folder` (it must be writable), and kept there for the next receipt of the same versions.
 * `policy` is the text of the policy that the receipt names; empty: the default. */
mz_status mz_receipt_replay(mz_str receipt, mz_str policy, mz_list_store *lists, const char *folder, mz_arena *arena,
                            mz_replay *ret_replay, mz_error *error);

#endif
