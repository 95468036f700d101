/* A seal beside an image, PATH.seal: that this very file was checked to its last byte.
 *
 * An image is checked before anything in it is believed, which takes a second and more for gigabytes. The seal says of
 * which file that was done: device, inode, size, the times of its contents and of its inode to the nanosecond, its
 * checksum and the rules of the program. Where all of these are still the same, header and table of the image are
 * checked again, and its rows are believed. `mizan index info --check` checks them nevertheless.
 *
 * Against whom. Nobody sets the time of an inode: a file that was replaced, copied, brought from elsewhere or written
 * into has another one, and its seal says nothing. What remains is a forged seal. It is believed only if it belongs to
 * the user who opens the image, or to root, and nobody else may write to it: who can make such a file can make the
 * program do anything without it. Who may write into the image itself can do so after any check, sealed or not; the
 * image belongs to its readers' trusted base, as before. And only a file's owner or root seals it, so that users who
 * share an image do not take turns in writing seals that the other does not believe.
 *
 * What a seal gives up is finding at each opening what a disk has lost since. An image that is small is checked each
 * time. A seal that cannot be read or written is none; nothing else follows from it. */
#ifndef MIZAN_INDEX_SEAL_H
#define MIZAN_INDEX_SEAL_H

#include "index/image.h"

#include <sys/stat.h>

enum { MZ_SEAL_LEAST_BYTES = 64 << 20 }; /* smaller images are checked each time */

/* Whether the seal beside `path` is one of this open file, whose header was checked. */
bool mz_seal_holds(const char *path, const struct stat *facts, const mz_image_header *header);

/* Seals the file, which was checked, and was as `facts` say before and after. */
void mz_seal_put(const char *path, const struct stat *facts, const mz_image_header *header);

/* How an index is opened. */
typedef struct mz_opening {
    size_t seal_least_bytes;
    uint64_t copy_most_bytes; /* of a file that is read into memory; larger ones are mapped */
    bool whole;               /* seals are not believed */
} mz_opening;
mz_status mz_index_open_as(const char *path, const mz_opening *how, mz_index **ret_index, mz_error *error);

#endif
