/* From a row of a file to a subject. Inside this folder only. */
#ifndef MIZAN_SUBJECTS_ROW_SUBJECT_H
#define MIZAN_SUBJECTS_ROW_SUBJECT_H

#include "entity/record.h"
#include "subjects/imports.h"
#include "subjects/mapping.h"
#include "subjects/rows.h"
#include "subjects/shape.h"

/* The mapping of a table, its columns found. `mapping` NULL: JSON lines, which need none. */
typedef struct mz_row_reader {
    const mz_subject_mapping *mapping;
    mz_builder *builder;
    mz_str source;
    int reference, schema; /* columns; -1: none */
    int *columns;          /* of each mz_mapped_column */
} mz_row_reader;

/* MZ_ERR_INPUT when a column that the mapping names is not there. Everything is in `arena`. */
mz_status mz_row_reader_heading(mz_row_reader *reader, const mz_str *names, size_t count, mz_arena *arena,
                                mz_error *error);

/* What is wrong with a row: it is not taken, or taken with a value that was not understood. */
typedef struct mz_row_flaw {
    mz_str field, reason, value; /* reason empty: nothing */
    mz_row_flaw_code code;
    int64_t number;
} mz_row_flaw;

typedef struct mz_row_subject {
    mz_str reference; /* also of a row that is not taken, where it has one that can be; else empty */
    bool taken;
    mz_subject_shape shape;
    mz_row_flaw flaw;
} mz_row_subject;

/* The reference of a row; empty when there is none that can be. */
mz_str mz_row_reference(const mz_row_reader *reader, const mz_subject_row *row);
/* Everything is in `arena`. Fails only when memory runs out. */
mz_status mz_row_read(mz_row_reader *reader, const mz_subject_row *row, mz_arena *arena, mz_row_subject *ret_subject,
                      mz_error *error);

#endif
