/* Changing an index without building it from nothing: lists are read again, and what is new, changed or gone goes into
 * a small file beside the image (PATH.changes), which whoever opens the index sees with it at once. When that file has
 * grown, both are merged into a new image. Readers are never kept waiting, and see the index as it was or as it is;
 * killed at any moment, a writer leaves one of the two. Writers wait for each other.
 *
 *     mz_index_update_new · for each list: begin, add …, end · finish
 *
 * A search finds the same as in one image of all that is there, only the numbers of entities differ. An entity that is
 * told the same way again stays as it is; the places in the file (lines, columns) that its record speaks of are those
 * of the file in which it last changed.
 *
 * An update is used by one thread at a time. One that is freed before it has finished leaves the index as it was. */
#ifndef MIZAN_UPDATE_H
#define MIZAN_UPDATE_H

#include "mizan/entity.h"
#include "mizan/index.h"
#include "mizan/status.h"

#include <stdbool.h>
#include <stdint.h>

MZ_BEGIN_DECLS

typedef struct mz_index_update mz_index_update;

typedef struct mz_index_update_facts {
    uint64_t added, changed, removed, same; /* entities of the lists that were read */
    bool merge_due;                         /* so much has changed since the image was built that merging pays */
} mz_index_update_facts;

/* Opens the index at `path` and keeps other writers out until mz_index_update_free. MZ_ERR_NOT_FOUND when there is
 * none. */
mz_status mz_index_update_new(const char *path, mz_index_update **ret_update, mz_error *error);

/* The records that are added until mz_index_update_end are all that this list has now. A list that the index does not
 * have yet stands behind the others; lists that are not begun stay as they are. */
mz_status mz_index_update_begin(mz_index_update *update, mz_str list, mz_error *error);

/* A record of the list that was begun; copied. As mz_index_builder_add, also of a record that is refused. */
mz_status mz_index_update_add(mz_index_update *update, const mz_record *record, mz_error *error);

/* Version and date as in mz_index_builder_list. */
mz_status mz_index_update_end(mz_index_update *update, mz_str version, int64_t published, mz_error *error);

/* The index as it was, and what the lists that have ended change in it: for who wants to look before finishing. */
void mz_index_update_so_far(const mz_index_update *update, mz_index_facts *ret_held, mz_index_update_facts *ret_facts);

/* Writes what has changed and puts it in its place. Nothing is left to do then but to free. */
mz_status mz_index_update_finish(mz_index_update *update, mz_index_update_facts *ret_facts, mz_error *error);
void mz_index_update_free(mz_index_update *update);

/* Makes one image of the index at `path` and what has changed since it was built: as if all entities that are there had
 * been added in the order of their numbers, lists in the order of mz_index_info; to the byte. Updates may go on
 * meanwhile: then what they did is merged, too. `progress`, told records done and in all, may be NULL; not 0 stops
 * (MZ_ERR_CANCELLED). */
mz_status mz_index_merge(const char *path, int (*progress)(void *context, uint64_t done, uint64_t total), void *context,
                         mz_error *error);

/* Whether the index at `path` says what the records in it say: it is built anew from them, beside it, and compared.
 * What opening checks is that an image does no harm; this tells of one that came from elsewhere whether it finds what
 * it should. MZ_ERR_INPUT with the part that differs; time, memory and room on the disk are those of building.
 * `progress` as in mz_index_merge. */
mz_status mz_index_verify(const char *path, int (*progress)(void *context, uint64_t done, uint64_t total),
                          void *context, mz_error *error);

MZ_END_DECLS

#endif
