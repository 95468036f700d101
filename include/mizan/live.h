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
 * Any number of threads may call any of these at once, but for opening and closing.
 *
 * An index of files up to MZ_LIVE_COPY_BYTES is read into memory, so that nothing that is done to the files disturbs
 * who reads it, also not what must not be done: to copy over them or cut them. The memory of larger ones is that of the
 * files, shared by all processes that have them open; there, a refresh says when somebody has written into them, but
 * who reads what was cut away before is ended by the system (SIGBUS). */
#ifndef MIZAN_LIVE_H
#define MIZAN_LIVE_H

#include "mizan/index.h"
#include "mizan/status.h"

#include <stdbool.h>
#include <stdint.h>

MZ_BEGIN_DECLS

typedef struct mz_live mz_live;
typedef struct mz_live_lease mz_live_lease;

enum { MZ_LIVE_COPY_BYTES = 256 << 20 };

mz_status mz_live_open(const char *path, mz_live **ret_live, mz_error *error);
/* The same with another size up to which files are read into memory: 0 maps all, UINT64_MAX none. */
mz_status mz_live_open_copying(const char *path, uint64_t copy_most_bytes, mz_live **ret_live, mz_error *error);
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
 * the error says why and the old index stays current; also when files that are mapped were written into, but then it is
 * not sound. */
mz_status mz_live_refresh(mz_live *live, bool *ret_new, mz_error *error);

/* False when a refresh found that the memory of the current index is of files that were written into: it is not to be
 * asked any more, until a refresh has found other files. */
bool mz_live_is_sound(const mz_live *live);

MZ_END_DECLS

#endif
