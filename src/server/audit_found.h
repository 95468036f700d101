/* Changes of lists that nobody told the audit chain of. */
#ifndef MIZAN_SERVER_AUDIT_FOUND_H
#define MIZAN_SERVER_AUDIT_FOUND_H

#include "audit/audit.h"

#define MZ_LIST_CHANGED "list.changed"

/* In the transaction that notes what is screened with now: an entry "list.changed" for each list that has another
 * version than in `last`, the entry "service.using" before, and of which no entry since says so. `body`: what is
 * screened with now, as in such an entry. */
mz_status mz_audit_tell_found(mz_sql *sql, const mz_audit_entry *last, mz_str agency, mz_str body, mz_arena *arena,
                              mz_error *error);

#endif
