/* The image of a store of lists: always that of the current versions, brought up to date when it is not. An update
 * reads only the lists that have changed, and writes only the records that have; when much has, the image is built from
 * nothing, which also sets right where in their files its records stand. */
#ifndef MIZAN_INDEX_CURRENT_H
#define MIZAN_INDEX_CURRENT_H

#include "mizan/index.h"
#include "mizan/store.h"
#include "mizan/update.h"

/* FOLDER/index.mzi of the store. */
mz_status mz_current_path(const mz_list_store *store, char *ret_path, size_t size, mz_error *error);

/* Whether an index holds exactly these versions. */
bool mz_current_holds(const mz_index *index, const mz_list_version *versions, size_t count);

typedef enum mz_current_step { MZ_CURRENT_AS_IT_WAS, MZ_CURRENT_UPDATED, MZ_CURRENT_BUILT } mz_current_step;

typedef struct mz_current_options {
    /* Records done of those that there are to be read (0: not known), while `building` or updating; not 0 stops
     * (MZ_ERR_CANCELLED), and the old image stays. */
    int (*progress)(void *context, bool building, uint64_t done, uint64_t total);
    /* What was done, each time something was: `changes` of an update, `records` of a building. */
    void (*told)(void *context, mz_current_step step, const mz_index_update_facts *changes, uint64_t records);
    void *context; /* both may be NULL */
} mz_current_options;

/* Brings the image of the store up to the current versions; *ret_new (may be NULL) whether it had to be. Where a
 * version is damaged it stays as it is (MZ_ERR_IO), since one that quietly lacks a list would be worse. */
mz_status mz_current_refresh(mz_list_store *store, const mz_current_options *options, bool *ret_new, mz_error *error);

#endif
