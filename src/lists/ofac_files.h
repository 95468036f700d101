/* Which files belong together: OFAC publishes each of its two lists as a family of tables. */
#ifndef MIZAN_LISTS_OFAC_FILES_H
#define MIZAN_LISTS_OFAC_FILES_H

#include "mizan/status.h"
#include "mizan/str.h"

#include <stdbool.h>

typedef enum mz_ofac_part {
    MZ_OFAC_PRIMARY,
    MZ_OFAC_ALIASES,
    MZ_OFAC_ADDRESSES,
    MZ_OFAC_COMMENTS,
    MZ_OFAC_PARTS
} mz_ofac_part;

enum { MZ_OFAC_FAMILIES = 2, MZ_OFAC_PATH_SIZE = 4096 };

typedef struct mz_ofac_family {
    bool present;
    char paths[MZ_OFAC_PARTS][MZ_OFAC_PATH_SIZE]; /* "" for comments that are not there */
} mz_ofac_family;

/* The families that `path` means: [0] the SDN list, [1] the consolidated non-SDN list.
 *
 * A file: it must be a primary one (sdn.csv, cons_prim.csv, also with something behind that begins with neither a
 * letter nor an underscore, "sdn-2021-07.csv", and in capitals); its siblings are those beside it with the same
 * ending. A folder: of each family the newest set that has a primary file; a name without ending is the newest, else
 * the last ending in byte order.
 * MZ_ERR_NOT_FOUND names a missing file; only comments, which OFAC added later, may be missing. */
mz_status mz_ofac_find_files(const char *path, mz_ofac_family ret_families[MZ_OFAC_FAMILIES], mz_error *error);

/* Whether a file name is one of OFAC's, and of which part. */
bool mz_ofac_file_name(const char *path, mz_ofac_part *ret_part);
/* Whether a folder holds a primary file. */
bool mz_ofac_folder(const char *path);

#endif
