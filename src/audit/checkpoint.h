/* What is signed of a checkpoint. */
#ifndef MIZAN_AUDIT_CHECKPOINT_H
#define MIZAN_AUDIT_CHECKPOINT_H

#include "audit/signer.h"

enum { MZ_CHECKPOINT_BYTES = 1024 };

/* The lines before the signature, and how many bytes they are; 0 when they are more than fit. */
size_t mz_checkpoint_signed_part(const mz_audit_checkpoint *checkpoint, char ret_text[MZ_CHECKPOINT_BYTES]);
/* All lines. */
mz_str mz_checkpoint_text(const mz_audit_checkpoint *checkpoint, mz_arena *arena);

#endif
