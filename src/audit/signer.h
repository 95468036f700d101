/* Who signs checkpoints: an Ed25519 key in a file of its own (mode 0600), so that whoever can write the database alone
 * cannot sign another history. */
#ifndef MIZAN_AUDIT_SIGNER_H
#define MIZAN_AUDIT_SIGNER_H

#include "audit/audit.h"

typedef struct mz_audit_signer mz_audit_signer;

/* Opens the key at `path`, making it when absent. */
mz_status mz_audit_signer_open(const char *path, mz_audit_signer **ret_signer, mz_error *error);
void mz_audit_signer_close(mz_audit_signer *signer);
/* 64 hexadecimal digits. */
const char *mz_audit_signer_public(const mz_audit_signer *signer);

typedef struct mz_audit_checkpoint {
    int64_t number, at;
    mz_str hash, public_key, signature; /* hexadecimal */
    mz_str text;                        /* all of it in lines, to be kept elsewhere */
} mz_audit_checkpoint;

/* Signs the last entry of a chain, unless it is signed; *ret_new says whether. */
mz_status mz_audit_sign(mz_sql *sql, mz_audit_signer *signer, mz_str chain, mz_arena *arena,
                        mz_audit_checkpoint *ret_checkpoint, bool *ret_new, mz_error *error);
/* Newest first. */
mz_status mz_audit_checkpoints(mz_sql *sql, mz_str chain, size_t limit, mz_arena *arena,
                               mz_audit_checkpoint **ret_checkpoints, size_t *ret_count, mz_error *error);

#endif
