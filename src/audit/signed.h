/* What a key signed last of each chain, kept beside the key and not in the database: whoever can write the database
 * alone can make another history and remove the checkpoints, but cannot make that history lead to what was signed.
 *
 * The file has a line for each chain: its name, the number of the entry, its hash. */
#ifndef MIZAN_AUDIT_SIGNED_H
#define MIZAN_AUDIT_SIGNED_H

#include "audit/audit.h"

/* `path` is that of the key. Number 0: nothing of this chain, or no such file. MZ_ERR_INPUT: it is not as it was
 * written; MZ_ERR_REFUSED: others may change it. */
mz_status mz_signed_read(const char *path, mz_str chain, mz_audit_signed *ret_signed, mz_error *error);
/* Never back to an earlier entry. The file is made with the mode 0600, and is seen whole or not at all. */
mz_status mz_signed_write(const char *path, mz_str chain, const mz_audit_signed *signed_last, mz_error *error);

/* Whether the entries from the one that was signed last, or from the first, lead to this end, each naming the one
 * before. MZ_ERR_REFUSED with the number of the first that does not. */
mz_status mz_signed_leads_to(mz_sql *sql, mz_str chain, const mz_audit_signed *signed_last, const mz_audit_signed *end,
                             mz_error *error);
/* The same as far as `until`, whatever is behind it; *ret_leads instead of a refusal. */
mz_status mz_signed_leads_until(mz_sql *sql, mz_str chain, const mz_audit_signed *from, const mz_audit_signed *until,
                                bool *ret_leads, mz_error *error);

#endif
