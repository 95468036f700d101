/* How the columns of a source's files become subjects.
 *
 *   {"schema": "Person", "reference": "Customer No",
 *    "properties": {"name": ["Full name"], "birthDate": [{"column": "DOB", "format": "DD/MM/YYYY"}],
 *                   "alias": [{"column": "AKA", "split": ";"}]},
 *    "constant": {"country": ["ma"]}}
 *
 * `schema` may be {"column": "Type", "values": {"I": "Person", "C": "Company"}, "usual": "LegalEntity"}: what a row is
 * stands in a column, in these words or in names of schemata, in any case; `usual` is for rows that do not say
 * (without it they are refused). Besides there may be "dates" ("day-first", "month-first": for dates without a format),
 * "encoding" and "delimiter" of CSV, "sheet" of XLSX. A format of dates has D or DD, M or MM, MMM (a month's name), YY
 * (1930 to 2029) or YYYY, and between them what stands between them. Names of columns are compared as mz_csv_name_equal
 * does. What is not understood is refused with its place. */
#ifndef MIZAN_SUBJECTS_MAPPING_H
#define MIZAN_SUBJECTS_MAPPING_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json_read.h"
#include "mizan/date.h"
#include "mizan/schema.h"
#include "text/encoding.h"

enum { MZ_SUBJECT_MAPPING_BYTES_MOST = 64 << 10, MZ_SUBJECT_MAPPED_MOST = 256 };

typedef struct mz_mapped_column {
    mz_property property;
    mz_str column, format, split; /* empty: none */
} mz_mapped_column;

typedef struct mz_mapped_word {
    mz_str word;
    mz_schema schema;
} mz_mapped_word;

typedef struct mz_mapped_constant {
    mz_property property;
    mz_str value;
} mz_mapped_constant;

typedef struct mz_subject_mapping {
    mz_schema schema;     /* of rows that do not say */
    bool schema_wanted;   /* rows must say */
    mz_str schema_column; /* empty: all are `schema` */
    mz_mapped_word *words;
    size_t word_count;
    mz_str reference; /* column */
    mz_mapped_column *columns;
    size_t column_count;
    mz_mapped_constant *constants;
    size_t constant_count;
    mz_date_order dates;
    mz_encoding encoding; /* MZ_ENCODING_COUNT: as the file tells */
    char delimiter;       /* 0: as the file tells */
    mz_str sheet;         /* empty: the first */
} mz_subject_mapping;

/* Everything is in `arena`, or of the value's text. MZ_ERR_INPUT with the place. */
mz_status mz_subject_mapping_read(const mz_json_value *value, mz_arena *arena, mz_subject_mapping *ret_mapping,
                                  mz_error *error);
mz_status mz_subject_mapping_parse(mz_str text, mz_arena *arena, mz_subject_mapping *ret_mapping, mz_error *error);
/* One form for the same mapping. */
void mz_subject_mapping_write(const mz_subject_mapping *mapping, mz_buffer *out);

/* What a row's word for its schema means. */
bool mz_subject_mapping_schema(const mz_subject_mapping *mapping, mz_str word, mz_schema *ret_schema);

/* Whether a text is a format of dates. */
bool mz_date_format_valid(mz_str format);
/* Reads a date written in a format as "1970-05-01" (11 bytes with the NUL); false when it is not so written, or when
 * there is no such day. */
bool mz_date_format_read(mz_str format, mz_str text, char ret_date[MZ_DATE_TEXT_SIZE]);

/* What a table's columns seem to be, by their names in English, French and Arabic and in what banks' systems call them,
 * and by what stands in the first rows. `sample` has `rows` times `count` cells. Never fails but for memory: what
 * nothing is known of is left out, and `reference` empty. */
mz_status mz_subject_mapping_guess(const mz_str *names, size_t count, const mz_str *sample, size_t rows,
                                   mz_arena *arena, mz_subject_mapping *ret_mapping, mz_error *error);

#endif
