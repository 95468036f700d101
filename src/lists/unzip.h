/* Members of a ZIP archive in memory (APPNOTE.TXT 6.3, through libzip), with limits on what they may become.
 *
 * A member must not be larger than the buffer's ceiling, whatever its header says, nor more than MZ_UNZIP_RATIO times
 * its compressed size once it is over a mebibyte: honest sheets are 10 to 30 times smaller compressed, a bomb a
 * thousand times. Encrypted members are refused. Names are only compared, never used as paths. */
#ifndef MIZAN_LISTS_UNZIP_H
#define MIZAN_LISTS_UNZIP_H

#include "base/buffer.h"
#include "mizan/status.h"

struct zip;

enum { MZ_UNZIP_RATIO = 200 };

typedef struct mz_unzip {
    struct zip *archive;
} mz_unzip;

/* `bytes` must outlive the archive. MZ_ERR_INPUT when they are no archive, or one cut off. */
mz_status mz_unzip_open(mz_unzip *unzip, mz_str bytes, mz_error *error);
void mz_unzip_close(mz_unzip *unzip);

bool mz_unzip_has(const mz_unzip *unzip, const char *name);

/* The member's bytes, in `out` (cleared first). MZ_ERR_NOT_FOUND, MZ_ERR_LIMIT, MZ_ERR_INPUT (damaged). */
mz_status mz_unzip_read(mz_unzip *unzip, const char *name, mz_buffer *out, mz_error *error);

#endif
