/* Listed entities that are no more: the cases with open alerts on them learn it. */
#ifndef MIZAN_CASES_GONE_H
#define MIZAN_CASES_GONE_H

#include "access/history.h"
#include "mizan/index.h"
#include "store/sql.h"
#include "subjects/watch.h"

/* In a transaction: an event "listing.removed" in each case with an alert that is not decided on one of these entities
 * that its list in `index` does not have; the alert stays for who judges it. `everybody`: on any, whatever `ids`. What
 * was told is not told again, unless the entity was back meanwhile. Some hundred alerts with each call, from *place on,
 * which is moved; until it is over. *ret_count (may be NULL): how many were told by this call. */
mz_status mz_cases_gone(mz_sql *sql, mz_str agency, const mz_actor *actor, const mz_index *index, bool everybody,
                        const mz_str *ids, size_t count, mz_watch_gone_place *place, mz_arena *arena, size_t *ret_count,
                        mz_error *error);

#endif
