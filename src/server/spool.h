/* Files that come over HTTP and are worked on later, by a task: written to a folder of the service while they come,
 * found again by name, and removed by who is done with them. Nothing of them is in memory.
 *
 * The folder is settings.spool_folder; else `spool` in that of the lists. All that comes at the same time, whatever
 * for, may take mz_spool_bytes_most together, so that who sends much to many addresses does not fill the disk. */
#ifndef MIZAN_SERVER_SPOOL_H
#define MIZAN_SERVER_SPOOL_H

#include "server/service.h"

enum { MZ_SPOOL_NAME_SIZE = 40 };
static const uint64_t mz_spool_bytes_most = (uint64_t)8 << 30;

typedef struct mz_spool mz_spool;

/* A new file, which may become `most_bytes` long. */
mz_status mz_spool_new(mz_service *service, uint64_t most_bytes, mz_spool **ret_spool, mz_error *error);
/* MZ_ERR_LIMIT: it is too long. MZ_ERR_BUSY: there is no room. */
mz_status mz_spool_put(mz_spool *spool, mz_str piece, mz_error *error);
/* It is whole: on the disk, and kept under this name. */
mz_status mz_spool_keep(mz_spool *spool, char ret_name[MZ_SPOOL_NAME_SIZE], mz_error *error);
uint64_t mz_spool_bytes(const mz_spool *spool);
/* What was not kept is removed. NULL is passed over. */
void mz_spool_free(mz_spool *spool);

/* Where a file of that name is; MZ_ERR_ARGUMENT for what is no such name. */
mz_status mz_spool_path(const mz_service *service, mz_str name, char *ret_path, size_t size, mz_error *error);
/* That it is not there is no failure. */
void mz_spool_remove(const mz_service *service, mz_str name);
/* Removes what nobody will ask for: files that were not touched for `days`. */
void mz_spool_sweep(const mz_service *service, unsigned days);

/* Of the bytes that all may take, takes `bytes` more, and gives them back; false: there are none left. */
bool mz_spool_claim(mz_service *service, uint64_t bytes);
void mz_spool_unclaim(mz_service *service, uint64_t bytes);

#endif
