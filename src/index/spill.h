/* A run of bytes that grows beyond memory: short ones stay there, long ones go to a file without a name beside the
 * image. It is written from front to back and then read anywhere, never changed.
 *
 * Failure is sticky as in mz_buffer: append as you like, ask once. Memory mapped from such a file belongs to the file,
 * and the kernel takes it back when it needs it. Nothing is written through a mapping: where the disk is full, that
 * would end the program and not the call. */
#ifndef MIZAN_INDEX_SPILL_H
#define MIZAN_INDEX_SPILL_H

#include "base/buffer.h"
#include "mizan/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MZ_SPILL_HELD_BYTES = 256 << 10 }; /* of each, that are held in memory */

typedef struct mz_spill {
    const char *path; /* of the image */
    mz_buffer held;   /* what is not in the file */
    size_t held_most;
    int descriptor; /* -1 while there is no file */
    int error;      /* errno of what failed; 0 where memory did */
    bool failed;
    uint64_t written; /* bytes in the file */
    void *mapped;
} mz_spill;

/* `path` stays the caller's. Needs mz_spill_done in any case. */
void mz_spill_init(mz_spill *spill, const char *path, size_t held_most);
void mz_spill_done(mz_spill *spill);

static inline uint64_t mz_spill_size(const mz_spill *spill) {
    return spill->written + spill->held.size;
}

void mz_spill_append(mz_spill *spill, const void *data, size_t size);

/* MZ_ERR_MEMORY or the error of the file, when something failed. */
mz_status mz_spill_failure(const mz_spill *spill, mz_error *error);

/* All of it, until it is done; nothing can be appended any more. */
mz_status mz_spill_view(mz_spill *spill, const void **ret_bytes, mz_error *error);

#endif
