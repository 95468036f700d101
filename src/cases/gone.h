/* Listed entities that are no more: the cases with open alerts on them learn it. */
#ifndef MIZAN_CASES_GONE_H
#define MIZAN_CASES_GONE_H

#include "access/history.h"
#include "mizan/index.h"
#include "store/sql.h"

/* In a transaction: an event "listing.removed" in each case with an alert that is not decided on one of these entities
 * that its list in `index` does not have; the alert stays for who judges it. `ids` NULL: on any. *ret_count (may be
 * NULL): how many alerts there were. */
mz_status mz_cases_gone(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_index *index, const mz_str *ids,
                        size_t count, mz_arena *arena, size_t *ret_count, mz_error *error);

#endif
