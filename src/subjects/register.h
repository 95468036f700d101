/* Rows of the register, and writing many subjects of one source in one transaction. Inside this folder only. */
#ifndef MIZAN_SUBJECTS_REGISTER_H
#define MIZAN_SUBJECTS_REGISTER_H

#include "subjects/shape.h"
#include "subjects/subjects.h"

/* From the columns subject, source, reference, schema, caption, properties, digest, state, sequence, created, changed,
 * screened, in this order. */
mz_subject mz_subject_of(const mz_sql_value *columns, mz_arena *arena);

/* Zeroed but for the first members. Numbers of the sequence are taken `at_once` at a time, so that a batch asks for
 * them once; what it did not use is a gap. */
typedef struct mz_subject_writer {
    mz_sql *sql;
    mz_str agency, source;
    int64_t at_once;
    int64_t next, left; /* of the sequence */
    int64_t more;       /* subjects than the register knows of: may be less than 0 */
} mz_subject_writer;

/* *ret_subject has what was written; of one that is the SAME, what was there. */
mz_status mz_subject_write(mz_subject_writer *writer, mz_str reference, const mz_subject_shape *shape, mz_arena *arena,
                           mz_subject *ret_subject, mz_subject_outcome *ret_outcome, mz_error *error);
/* Closes one that is active. */
mz_status mz_subject_write_closed(mz_subject_writer *writer, mz_str key, mz_error *error);
/* Counts what was added and closed; makes the source when it is new. Nothing is written after it. */
mz_status mz_subject_writer_end(mz_subject_writer *writer, mz_error *error);

#endif
