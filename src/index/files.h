/* The files of an index: the image at PATH, and at PATH.changes what changed since it was built.
 *
 * The file of changes is an image of its own: the entities that are new or changed, whole, and a bit for each entity of
 * the base image that is no more. It says by checksum and count of entities which base it belongs to. It is small, and
 * each update writes it anew. When it has grown, both are merged into a new base. All files come into their places by
 * rename, whole and flushed to the disk, and are never written to after.
 *
 * Who writes holds an exclusive flock(2) on the base image, so that there are these steps:
 *
 *     update   lock the base B · write the new changes O' of B beside · rename O' to PATH.changes · unlock
 *     merge    write the new base B' = B + O beside (locked by its writer from the moment it is there) · lock B ·
 *              look that B and O are still those that were merged, else begin anew · rename B' to PATH ·
 *              remove PATH.changes · unlock both
 *     build    the same as a merge, whatever there was before
 *
 * A lock that was waited for may turn out to be on a base that is no longer at PATH: then the new one is locked. So an
 * update that waited for a merge is one of B', and nobody renames changes into place between the last two steps of a
 * merge, because who wants to has to lock B' first, which its writer still holds.
 *
 * Readers take no lock. They open PATH (B), then PATH.changes (O, or nothing), then look that PATH is still B, else
 * they begin anew. B was at PATH from the first step to the last: a base that was replaced does not come back, and no
 * other file can have its inode while it is open. So, at the moment when O was opened, the base was B, and
 *
 *     no O             nothing has changed since B was built: with changes, B would have had to be replaced
 *                      before they were removed
 *     O belongs to B   B and O are the index at that moment
 *     O of another     it belongs to a base before B: changes are only made of the base at PATH, under its lock. The
 *                      merge that made B had O in it, and has not yet removed it, or was killed before; or B was built
 *                      anew. It is as if it were not there.
 *
 * A writer killed before a rename leaves a file that nobody reads (mz_file_is_partial), which the next writer removes;
 * killed between the two steps of a merge it leaves changes of another base. Neither loses anything. What a reader has
 * mapped stays as it is until it lets go, whatever becomes of the names. */
#ifndef MIZAN_INDEX_FILES_H
#define MIZAN_INDEX_FILES_H

#include "base/file.h"

#include <sys/stat.h>

/* Which file it is that stands under a name: another after each replacement. */
typedef struct mz_file_mark {
    bool exists;
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec modified; /* also where somebody wrote into the file in its place */
} mz_file_mark;

bool mz_file_mark_same(const mz_file_mark *a, const mz_file_mark *b);

/* Which files an index is made of. */
typedef struct mz_index_marks {
    mz_file_mark base, changes;
} mz_index_marks;

/* The files, open for reading; `changes` is -1 when there are none. Whether they belong together is for the caller to
 * see. MZ_ERR_NOT_FOUND when there is no base. */
typedef struct mz_index_files {
    int base, changes;
    mz_index_marks marks;
} mz_index_files;

enum { MZ_INDEX_PATH_BYTES = 4096 };

/* PATH.changes; MZ_ERR_ARGUMENT when that is too long. */
mz_status mz_changes_path(const char *path, char ret_path[MZ_INDEX_PATH_BYTES], mz_error *error);

mz_status mz_index_files_open(const char *path, mz_index_files *ret_files, mz_error *error);
void mz_index_files_close(mz_index_files *files);

/* Which files stand at `path` now, one after the other: equal to those of an open index when nothing was replaced. */
mz_status mz_index_files_look(const char *path, mz_index_marks *ret_marks, mz_error *error);

/* Locks the base at `path` against other writers, waiting for them; a descriptor to be closed, which unlocks it.
 * MZ_ERR_NOT_FOUND when there is none. */
mz_status mz_index_lock(const char *path, int *ret_descriptor, mz_error *error);

/* Removes what writers of the files of this index left when they were killed: PATH.partial-…, PATH.changes.partial-….
 * One that is being written stays, which its writer's lock tells. What cannot be removed stays, too. */
void mz_index_sweep(const char *path);

/* Puts the image that was written in place of the base, and removes the changes of the old one. `expected`: only if the
 * files are still these, else *ret_done is false and the writer is done, its file removed; NULL: whatever is there. */
mz_status mz_index_replace(mz_file_writer *writer, const mz_index_marks *expected, bool *ret_done, mz_error *error);

#endif
