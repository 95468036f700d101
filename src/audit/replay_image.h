/* Images of list versions that were, for screening again. */
#ifndef MIZAN_AUDIT_REPLAY_IMAGE_H
#define MIZAN_AUDIT_REPLAY_IMAGE_H

#include "base/arena.h"
#include "base/json_read.h"
#include "mizan/index.h"
#include "mizan/store.h"

/* The index of the lists that a receipt names ([{"list":…,"version":…,"published":…},…]), out of `folder`, or built
 * there. MZ_ERR_NOT_FOUND: a version is not in the store, or not whole; MZ_ERR_INPUT: these are no lists. */
mz_status mz_replay_image_open(const mz_json_value *receipt_lists, mz_list_store *lists, const char *folder,
                               mz_arena *arena, mz_index **ret_index, mz_error *error);

#endif
