/* Small invented workbooks, made in memory: the parts of a workbook with one sheet, any of which a test may replace. */
#ifndef MIZAN_TEST_WORKBOOK_H
#define MIZAN_TEST_WORKBOOK_H

#include "base/buffer.h"

/* NULL parts are the usual ones; those that are "-" are left out of the archive. */
typedef struct workbook_parts {
    const char *root, *workbook, *relations, *styles, *strings, *sheet;
} workbook_parts;

/* The styles of usual workbooks: 0 a number, 1 a day (14), 2 a month of a year (17), 3 "yyyy", 4 "d mmmm yyyy",
 * 5 "[$-409]h:mm AM/PM", 6 "0.00 \"days\"". */

/* The archive's bytes in `out`, which was initialised with a ceiling. */
void make_workbook(const workbook_parts *parts, mz_buffer *out);

/* A sheet of rows separated by newlines and cells by '|': "46126@1" is a number in style 1, TRUE and FALSE are truths,
 * anything else is inline text; an empty cell is left out. Static, of the last call. */
const char *sheet_of(const char *rows);

#endif
