/* The casework of an agency as files: a line of JSON for each row of each table, the attachments as they were brought
 * in, and a manifest with the digest of every file. For whoever moves, hands over, or looks at it with tools of their
 * own; nothing of access (passwords, keys, sessions) is in it.
 *
 * Everything is of one state of the store. Rows are in the order of their keys, so that the same state gives the same
 * bytes. */
#ifndef MIZAN_REPORTS_EXPORT_H
#define MIZAN_REPORTS_EXPORT_H

#include "base/arena.h"
#include "base/digest.h"
#include "store/sql.h"

typedef struct mz_exported {
    uint64_t files, rows, attachments;
    char digest[MZ_DIGEST_HEX_SIZE]; /* of the manifest */
} mz_exported;

/* Into `folder`, which is made, and must be empty (MZ_ERR_REFUSED). `build`: which program this is. The manifest is
 * written last: an export without one was broken off. */
mz_status mz_export(mz_store *store, mz_str agency, const char *folder, const char *build, mz_exported *ret_exported,
                    mz_error *error);

#endif
