/* Receipts: a screening as an entry of the audit chain, from which it can be made again.
 *
 * The entry's body has what a screening is a function of, but for the query: lists with their versions, build, policy
 * (kept by its digest), options. Beside it, erasable, are query and hits with their evidence:
 *
 *     body      {"build":{"id":HEX,"version":"0.1.0"},"hits":N,"lists":[{"entities":N,"list":"un","published":N,
 *               "version":HEX},…],"options":{…},"policy":{"digest":HEX,"name":"default"},"why":"asked"}
 *     personal  {"answer":{…},"query":{…}}
 *
 * A receipt that is handed out is one JSON object with both, the entry's hash, the policy and, where there is one, a
 * checkpoint of it or the next:
 *
 *     {"checkpoint":TEXT,"entry":{…},"hash":HEX,"personal":{…},"policy":{…},"receipt":1,"salt":HEX} */
#ifndef MIZAN_AUDIT_RECEIPT_H
#define MIZAN_AUDIT_RECEIPT_H

#include "audit/audit.h"
#include "audit/signer.h"
#include "base/buffer.h"
#include "mizan/screen.h"
#include "mizan/store.h"

#define MZ_RECEIPT_KIND "screening"

enum { MZ_RECEIPT_BYTES = 64 << 20, MZ_REPLAY_IMAGES_MOST = 4 };

/* A screening to be kept. */
typedef struct mz_receipt_draft {
    const mz_index *index;            /* it was screened against */
    const mz_policy *policy;          /* NULL: the default */
    const mz_screen_options *options; /* by which the query was screened; NULL: the usual ones */
    mz_str query;                     /* JSON, as in mz_screen_json, with all that the query set for itself */
    size_t limit;                     /* 0: as the query says; else that is the limit, and the query is kept with it */
    mz_str answer;                    /* of mz_screen_json: id, hits with evidence, … */
    mz_str why;                       /* "asked", "subject.new", "subject.changed", "list.changed" */
    mz_str actor_kind, actor, object; /* as in mz_audit_draft; `object` is the subject */
    mz_str chain;
} mz_receipt_draft;

mz_status mz_receipt_add(mz_sql *sql, const mz_receipt_draft *draft, mz_arena *arena, mz_audit_place *ret_place,
                         mz_error *error);

/* How many of the hits of a screening, the best first, an entry has room for with a query of so many bytes: nearly
 * always all. At least one, if there is any. */
mz_status mz_receipt_room(const mz_screening *screening, size_t query_bytes, size_t *ret_hits, mz_error *error);

/* As it is handed out, by the number of its entry; MZ_ERR_NOT_FOUND also when that is no screening. A signer that has
 * signed this entry or one that it leads to signs it for the receipt (mz_audit_sign_earlier), which so can be proved
 * without the store; NULL: the next checkpoint goes with it, which may be of a later entry. */
mz_status mz_receipt_write(mz_sql *sql, mz_str chain, int64_t number, const mz_audit_signer *signer, mz_arena *arena,
                           mz_buffer *out, mz_error *error);

/* X(CONSTANT, word): how it is known that what a receipt says was an entry of a chain, and why it is not. A store that
 * has the chain decides; where none has, the checkpoint of the receipt does, by a known key. */
#define MZ_RECEIPT_PROOFS(X)                                                                                           \
    X(ENTRY, "entry")                       /* proved: the store has it, and what is behind it names it */             \
    X(CHECKPOINT, "checkpoint")             /* proved: a known key signed this very entry */                           \
    X(NO_ENTRY, "no-entry")                 /* the store has no such entry, or another in its place */                 \
    X(ALTERED_ENTRY, "altered-entry")       /* it has, and what is behind it names another */                          \
    X(NO_STORE, "no-store")                 /* neither a store nor a key is at hand */                                 \
    X(NO_CHECKPOINT, "no-checkpoint")       /* no store is, and the receipt has no checkpoint */                       \
    X(OTHER_CHECKPOINT, "other-checkpoint") /* it has that of another entry */                                         \
    X(OTHER_KEY, "other-key")               /* it is signed by a key that is not known */                              \
    X(FORGED_CHECKPOINT, "forged-checkpoint")

typedef enum mz_receipt_proof {
#define MZ_X(constant, word) MZ_PROOF_##constant,
    MZ_RECEIPT_PROOFS(MZ_X)
#undef MZ_X
        MZ_PROOF_COUNT
} mz_receipt_proof;

const char *mz_receipt_proof_word(mz_receipt_proof proof);

static inline bool mz_receipt_is_proved(mz_receipt_proof proof) {
    return proof == MZ_PROOF_ENTRY || proof == MZ_PROOF_CHECKPOINT;
}

/* By what a receipt is proved. */
typedef struct mz_receipt_known {
    mz_store *store;    /* NULL: none is at hand */
    mz_str public_keys; /* as in mz_audit_verify_options; empty: none is known */
} mz_receipt_known;

/* X(CONSTANT, word) */
#define MZ_REPLAY_OUTCOMES(X)                                                                                          \
    X(IDENTICAL, "identical")                                                                                          \
    X(DIFFERENT, "different")       /* `difference` shows where */                                                     \
    X(OTHER_BUILD, "other-build")   /* the same, and not the program that made it */                                   \
    X(NOT_POSSIBLE, "not-possible") /* a list version is not kept, the query was erased, …: `difference` says what */

typedef enum mz_replay_outcome {
#define MZ_X(constant, word) MZ_REPLAY_##constant,
    MZ_REPLAY_OUTCOMES(MZ_X)
#undef MZ_X
        MZ_REPLAY_OUTCOME_COUNT
} mz_replay_outcome;

const char *mz_replay_outcome_word(mz_replay_outcome outcome);

typedef struct mz_replay {
    mz_replay_outcome outcome;
    mz_receipt_proof proof; /* without one, the receipt may be invented, however well it comes out again */
    bool other_build;       /* not the program that made it; the same hits are IDENTICAL all the same */
    mz_str build_then;      /* version and id of the program that made it */
    mz_str difference;      /* lines for a person to read */
    mz_str answer;          /* that came now; empty: none */
} mz_replay;

/* Screens again what a receipt (its JSON) says, against the same versions out of the store of lists. The image of these
 * versions is made in `folder` (made when absent), and kept there for the next receipt of the same versions, at most
 * MZ_REPLAY_IMAGES_MOST of them. MZ_ERR_INPUT: that is no receipt; MZ_ERR_REFUSED: it is not as it was handed out. */
mz_status mz_receipt_replay(mz_str receipt, const mz_receipt_known *known, mz_list_store *lists, const char *folder,
                            mz_arena *arena, mz_replay *ret_replay, mz_error *error);

#endif
