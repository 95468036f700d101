/* Rows of a sheet in an Office Open XML workbook (.xlsx; ECMA-376 part 1, SpreadsheetML).
 *
 * What a cell shows is what it means to its author, so dates are given as dates: a number whose style is a date
 * becomes "1965-12-31", or "1965-12" when the style shows month and year only. Formulas count with the value that
 * was saved. Both calendars of Excel (1900 with its 29 February that never was, 1904) are read.
 *
 * Limits: 128 MiB for the file, 256 MiB for a sheet, 128 MiB for the shared strings, MZ_XLSX_COLUMNS columns, and those
 * of unzip.h and xml.h. Old .xls workbooks and encrypted ones are refused with what to do. */
#ifndef MIZAN_LISTS_XLSX_H
#define MIZAN_LISTS_XLSX_H

#include "lists/reader.h"

enum { MZ_XLSX_COLUMNS = 1024 };

typedef enum mz_xlsx_kind {
    MZ_XLSX_EMPTY,
    MZ_XLSX_TEXT,
    MZ_XLSX_NUMBER, /* as written in the file */
    MZ_XLSX_DATE,   /* YYYY-MM-DD, YYYY-MM or YYYY */
    MZ_XLSX_TRUTH,  /* "TRUE" or "FALSE" */
    MZ_XLSX_ERROR   /* "#N/A" and its like */
} mz_xlsx_kind;

typedef struct mz_xlsx_cell {
    mz_xlsx_kind kind;
    mz_str text; /* lives for the call */
} mz_xlsx_cell;

typedef struct mz_xlsx_row {
    uint32_t number; /* as the sheet numbers it, 1-based */
    const mz_xlsx_cell *cells;
    size_t count; /* up to the last cell that the row has */
} mz_xlsx_row;

typedef struct mz_xlsx_sink {
    /* Each row that the sheet has, in its order. Another status than MZ_OK stops the reading with it. */
    mz_status (*row)(void *context, const mz_xlsx_row *row, mz_error *error);
    void *context;
} mz_xlsx_sink;

/* `sheet` NULL: the first. *ret_bytes (may be NULL): the size of the file. */
mz_status mz_xlsx_read(const char *path, const char *sheet, const mz_xlsx_sink *sink, uint64_t *ret_bytes,
                       mz_error *error);
mz_status mz_xlsx_read_memory(mz_str bytes, const char *sheet, const mz_xlsx_sink *sink, mz_error *error);

/* A cell of the row, an empty one beyond its end and for a negative column. */
mz_xlsx_cell mz_xlsx_at(const mz_xlsx_row *row, int column);

/* Whether the bytes begin like a ZIP archive that holds a workbook, or like a workbook of before 2007. */
bool mz_xlsx_looks_like(mz_str first_bytes);
bool mz_xlsx_looks_old(mz_str first_bytes);

#endif
