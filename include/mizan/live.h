/* An index for programs that run long: it is opened once, and replaced under those who read it when its files change.
 *
 * A reader takes a lease, uses the index of it, and gives it back; that costs it two additions in memory, and it waits
 * for nobody: not for other readers, not for a refresh, not for who writes the files. What it holds stays as it is
 * until it gives it back, also when a newer one is there; an old index is closed by the last who gives it back.
 *
 *     lease = mz_live_take(live);
 *     …mz_live_index(lease)…                       for as long as the screener that was made of it is used
 *     if (!mz_live_is_current(live, lease)) …      before each query: give back, take again, make a new screener
 *     mz_live_give_back(live, lease);
 *
 * Any number of threads may call any of these at once, but for opening and closing. */
#ifndef MIZAN_LIVE_H
#define MIZAN_LIVE_H

#include "mizan/index.h"
#include "mizan/status.h"

#include <stdbool.h>

MZ_BEGIN_DECLS

typedef struct mz_live mz_live;
typedef struct mz_live_lease mz_live_lease;

mz_status mz_live_open(const char *path, mz_live **ret_live, mz_error *error);
/* All leases must have been given back (asserted). */
void mz_live_close(mz_live *live);

/* The index that is current now; never NULL. The same lease may be taken many times, and is given back as often. */
mz_live_lease *mz_live_take(mz_live *live);
const mz_index *mz_live_index(const mz_live_lease *lease);
void mz_live_give_back(mz_live *live, mz_live_lease *lease);

/* Whether no newer index has come since a lease that is held was taken. */
bool mz_live_is_current(const mz_live *live, const mz_live_lease *lease);

/* Looks whether the files have changed, which costs two calls of stat, and if so opens them and makes them current;
 * *ret_new says whether. To be called now and then, or when told of a change. When what is there now cannot be used,
 * the error says why and the old index stays current. */
mz_status mz_live_refresh(mz_live *live, bool *ret_new, mz_error *error);

MZ_END_DECLS

#endif
