/* What an import writes. Inside this folder only. */
#ifndef MIZAN_SUBJECTS_IMPORT_ROWS_H
#define MIZAN_SUBJECTS_IMPORT_ROWS_H

#include "subjects/imports.h"
#include "subjects/row_subject.h"

/* A row that was read, and waits for its batch. */
typedef struct mz_import_item {
    uint64_t line;
    mz_row_subject row;
} mz_import_item;

typedef struct mz_import_batch {
    const mz_import_item *items;
    size_t count;
    uint64_t position, done; /* of the import, with the batch */
} mz_import_batch;

/* Notes that it runs; MZ_ERR_CANCELLED when it has ended. */
mz_status mz_import_begin(mz_sql *sql, const mz_subject_import *import, mz_error *error);
/* Writes a batch, and where the import is behind it; *import has what is then there. MZ_ERR_CANCELLED: it was
 * cancelled, or another program is at it. */
mz_status mz_import_write(mz_sql *sql, mz_subject_import *import, const mz_import_batch *batch, mz_error *error);
/* Closes subjects of the source, `keys`. */
mz_status mz_import_close(mz_sql *sql, mz_subject_import *import, const mz_str *keys, size_t count, mz_error *error);
/* Ends it, with its entry in the audit chain. */
mz_status mz_import_end(mz_sql *sql, const mz_subject_import *import, mz_task_phase phase, mz_str text,
                        mz_error *error);

#endif
