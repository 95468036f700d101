/* Who signs checkpoints: an Ed25519 key in a file of its own (mode 0600), so that whoever can write the database alone
 * cannot sign another history. */
#ifndef MIZAN_AUDIT_SIGNER_H
#define MIZAN_AUDIT_SIGNER_H

#include "audit/audit.h"

typedef struct mz_audit_signer mz_audit_signer;

/* Opens the key at `path`, making it when absent. MZ_ERR_REFUSED: others may read or change the file; MZ_ERR_INPUT: it
 * holds no key. */
mz_status mz_audit_signer_open(const char *path, mz_audit_signer **ret_signer, mz_error *error);
void mz_audit_signer_close(mz_audit_signer *signer);
/* 64 hexadecimal digits. */
const char *mz_audit_signer_public(const mz_audit_signer *signer);

/* What this key signed last of a chain, as it is told by a file beside the key (its name and ".signed"); number 0:
 * nothing. */
mz_status mz_audit_signer_last(const mz_audit_signer *signer, mz_str chain, mz_audit_signed *ret_signed,
                               mz_error *error);

/* What the file of the key is like now. One that was replaced while it is in use tells at the next start otherwise. */
typedef struct mz_audit_key_facts {
    bool same;       /* it is there, can be read, and holds this key */
    bool owner_only; /* nobody but its owner may read or change it; also where there is none */
} mz_audit_key_facts;
mz_audit_key_facts mz_audit_signer_look(const mz_audit_signer *signer);

/* What is kept elsewhere are lines of a word and a value, of which the last signs those before it with their ends of
 * line:
 *
 *     mizan-checkpoint 1
 *     chain AGENCY
 *     number 1234
 *     hash 64 hexadecimal digits
 *     at 2026-11-22T10:00:00Z
 *     key 64 hexadecimal digits
 *     signature 128 hexadecimal digits */
typedef struct mz_audit_checkpoint {
    mz_str chain;
    int64_t number, at;
    mz_str hash, public_key, signature; /* hexadecimal */
    mz_str text;                        /* all of it in lines, to be kept elsewhere */
} mz_audit_checkpoint;

/* Reads such a text, whose lines may end in CR LF and stand between blank ones; the strings are in `arena`.
 * MZ_ERR_INPUT with the line. Its signature is not looked at. */
mz_status mz_audit_checkpoint_read(mz_str text, mz_arena *arena, mz_audit_checkpoint *ret_checkpoint, mz_error *error);
/* Whether its signature is of the key that it names. */
bool mz_audit_checkpoint_holds(const mz_audit_checkpoint *checkpoint);
/* Whether `key` is among these, which have blanks between. */
bool mz_audit_key_among(mz_str keys, mz_str key);

/* Signs the last entry of a chain, unless this key has; *ret_new says whether. What it signed is remembered beside the
 * key, and the chain must lead on from there: the transaction adds no entries, which might be taken back.
 * MZ_ERR_NOT_FOUND: it has no entries; MZ_ERR_REFUSED: it does not lead from what was signed before to its end, or that
 * is not as it was left, so that it must be verified first. */
mz_status mz_audit_sign(mz_sql *sql, mz_audit_signer *signer, mz_str chain, mz_arena *arena,
                        mz_audit_checkpoint *ret_checkpoint, bool *ret_new, mz_error *error);
/* Whether the end of a chain is to be signed: this key has not, and what it signed last, it signed `older_s` seconds
 * ago or more. What it has signed is told by the file beside it; rows of the store that others may have put there, by
 * other keys or in its name, keep nothing from being signed. */
mz_status mz_audit_sign_due(mz_sql *sql, const mz_audit_signer *signer, mz_str chain, int64_t older_s, mz_arena *arena,
                            bool *ret_due, mz_error *error);

/* Signs an entry that is not the last any more, for a receipt of it: where this key has signed it or one behind it, to
 * which it leads. The moment is that at which the later one was signed, so that the same is made each time; it is not
 * kept. Number 0: it has signed none yet, or only after MZ_AUDIT_EARLIER_MOST entries more. */
enum { MZ_AUDIT_EARLIER_MOST = 200000 };
mz_status mz_audit_sign_earlier(mz_sql *sql, const mz_audit_signer *signer, mz_str chain, const mz_audit_signed *entry,
                                mz_arena *arena, mz_audit_checkpoint *ret_checkpoint, mz_error *error);

/* Newest first. */
mz_status mz_audit_checkpoints(mz_sql *sql, mz_str chain, size_t limit, mz_arena *arena,
                               mz_audit_checkpoint **ret_checkpoints, size_t *ret_count, mz_error *error);

#endif
