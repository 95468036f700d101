/* What the parts of verifying share. */
#ifndef MIZAN_AUDIT_VERIFY_H
#define MIZAN_AUDIT_VERIFY_H

#include "audit/audit.h"
#include "audit/erased.h"
#include "audit/signer.h"

typedef enum mz_suspect { MZ_SUSPECT_NONE, MZ_SUSPECT_LINK, MZ_SUSPECT_PLACE } mz_suspect;

typedef struct mz_verifying {
    mz_str chain;
    const mz_audit_verify_options *options;
    const mz_audit_checkpoint *kept; /* elsewhere; number 0: none */
    mz_arena *arena;                 /* of the verdict */
    mz_arena tree;                   /* of a line */
    mz_audit_erased *erased;         /* of the page at hand */
    int64_t page_after, page;        /* numbers on the page are greater; how many rows it had */
    int64_t last;                    /* number of the last entry that was looked at */
    char hash[MZ_DIGEST_HEX_SIZE];   /* of it, as it is */
    char before[MZ_DIGEST_HEX_SIZE]; /* of the one before it */
    mz_suspect suspect;              /* what may be wrong with it or the one before */
    mz_audit_verdict verdict;
} mz_verifying;

/* Keeps the fault of the lowest number. */
void mz_verifying_blame(mz_verifying *seen, int64_t number, mz_audit_fault fault, const char *what);

/* Reads the options' keys and checkpoint. */
mz_status mz_verify_given(mz_verifying *seen, mz_audit_checkpoint *ret_kept, mz_error *error);
/* Holds what is signed against the entries, which were looked at. */
mz_status mz_verify_checkpoints(mz_verifying *seen, mz_sql *sql, mz_error *error);

#endif
