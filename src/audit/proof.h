/* Whether what a receipt says was an entry of a chain. */
#ifndef MIZAN_AUDIT_PROOF_H
#define MIZAN_AUDIT_PROOF_H

#include "audit/line.h"
#include "audit/receipt.h"

/* `line` and `hash` fit each other; `checkpoint` is the text of the receipt's, empty where it has none. `known` may be
 * NULL. What cannot be read of the checkpoint is MZ_PROOF_FORGED_CHECKPOINT. */
mz_status mz_receipt_prove(const mz_audit_line *line, mz_str hash, mz_str checkpoint, const mz_receipt_known *known,
                           mz_arena *arena, mz_receipt_proof *ret_proof, mz_error *error);

#endif
