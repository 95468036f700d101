/* The rows of a table brought together by a key: for lists that spread one record over several rows, which need not
 * stand side by side, or over several files.
 *
 * Only the columns that a reader knows are kept. Groups come in the order in which their keys first appeared, rows
 * in the order of the file, so that the same file gives the same records. All rows are in memory at once: the
 * largest official table is some 30 MB; a ceiling bounds what a hostile one can take. */
#ifndef MIZAN_LISTS_ROWS_H
#define MIZAN_LISTS_ROWS_H

#include "base/arena.h"
#include "base/map.h"
#include "lists/csv.h"
#include "lists/reader.h"

typedef struct mz_row {
    const struct mz_row *next; /* of the same key */
    const char *text;          /* the kept fields, one behind the other */
    const uint32_t *ends;      /* where each ends in text */
    const int *places;         /* where each stood in the file */
    size_t count;
    uint32_t line;
    uint16_t file;
} mz_row;

typedef struct mz_row_group {
    mz_str key;
    mz_row *first, *last;
    size_t count;
    bool taken; /* for readers: used already */
} mz_row_group;

typedef struct mz_rows {
    mz_arena arena;
    mz_map index;
    mz_row_group *groups;
    size_t count, capacity;
} mz_rows;

void mz_rows_init(mz_rows *rows);
void mz_rows_done(mz_rows *rows);

/* Keeps the record last read under `key` (empty keys are a group too): its fields `places[0]` … `places[count-1]`
 * (a negative place is an empty field). `places` must outlive the rows. */
mz_status mz_rows_add(mz_rows *rows, const mz_csv *csv, const int *places, size_t count, mz_str key, uint16_t file,
                      mz_error *error);
/* Reads a table to its end, each row under the field at places[key_column]; white space around keys does not count. */
mz_status mz_rows_read(mz_rows *rows, mz_csv *csv, const int *places, size_t count, size_t key_column, uint16_t file,
                       mz_reading *reading);

/* The rows of a key, or NULL. */
mz_row_group *mz_rows_find(const mz_rows *rows, mz_str key);

mz_str mz_row_field(const mz_row *row, size_t column);
mz_position mz_row_position(const mz_row *row, size_t column);

#endif
