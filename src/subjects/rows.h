/* Files of subjects, row by row: tables as CSV and XLSX, JSON lines.
 *
 * A row that cannot be read is told and passed over, and the next is read: a quote that is never closed costs the line
 * that it stands in and no other. What makes the file as a whole unreadable (an encoding that is not known, a damaged
 * workbook) is an error. Inside this folder only. */
#ifndef MIZAN_SUBJECTS_ROWS_H
#define MIZAN_SUBJECTS_ROWS_H

#include "base/json_read.h"
#include "text/encoding.h"

/* X(CONSTANT, word) */
#define MZ_SUBJECT_FORMATS(X)                                                                                          \
    X(CSV, "csv")                                                                                                      \
    X(XLSX, "xlsx")                                                                                                    \
    X(JSONL, "jsonl")

typedef enum mz_subject_format {
#define MZ_X(constant, word) MZ_SUBJECT_##constant,
    MZ_SUBJECT_FORMATS(MZ_X)
#undef MZ_X
        MZ_SUBJECT_FORMAT_COUNT
} mz_subject_format;

const char *mz_subject_format_word(mz_subject_format format);
/* MZ_SUBJECT_FORMAT_COUNT when there is none of that word. */
mz_subject_format mz_subject_format_of(mz_str word);
/* By the name of the file, then by its first bytes. */
mz_subject_format mz_subject_format_guess(mz_str file_name, mz_str first_bytes);

enum { MZ_SHOWN_IN_ROW = 200 /* bytes of a line that is broken */ };

/* Where a file is, and what is known of it beforehand. */
typedef struct mz_subject_file {
    const char *path; /* NULL: `bytes` */
    mz_str bytes;
    mz_subject_format format;
    mz_encoding encoding; /* of CSV and JSON lines; MZ_ENCODING_COUNT: as it tells */
    char delimiter;       /* of CSV; 0: as it tells */
    const char *sheet;    /* of XLSX; NULL: the first */
} mz_subject_file;

typedef struct mz_subject_row {
    uint64_t line;       /* of the text, or row of the sheet */
    uint64_t read_bytes; /* of the file, with this row; 0: not known */
    const mz_str *cells; /* of a table */
    size_t count;
    const mz_json_value *object; /* of JSON lines; else NULL */
} mz_subject_row;

/* Everything lives for the call. Another status than MZ_OK ends the reading, and is returned. */
typedef struct mz_subject_row_sink {
    mz_status (*heading)(void *context, const mz_str *names, size_t count, mz_error *error); /* of a table; once */
    mz_status (*row)(void *context, const mz_subject_row *row, mz_error *error);
    mz_status (*broken)(void *context, uint64_t line, mz_str reason, mz_str text, mz_error *error);
    void *context;
} mz_subject_row_sink;

/* A file without a heading or without any line is MZ_ERR_INPUT. */
mz_status mz_subject_rows_read(const mz_subject_file *file, const mz_subject_row_sink *sink, mz_error *error);

#endif
