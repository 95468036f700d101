/* Writing CSV (RFC 4180, but for lines that end in LF alone, as the tools of this system expect). */
#ifndef MIZAN_BASE_CSV_WRITE_H
#define MIZAN_BASE_CSV_WRITE_H

#include "base/buffer.h"

/* One field of a line, quoted when it must be; the first of a line has no comma before it. The caller ends lines. */
void mz_csv_put(mz_buffer *out, mz_str text, bool first);

/* The same for a text from outside in a table that people open in a spreadsheet: what one would carry out as a formula
 * (it begins with = + - @, a tab or a carriage return, also in the wide letters of East Asia) gets a ' before it, which
 * spreadsheets take for "a text follows". So does what
 * follows on a semicolon, a tab or the end of a line in the text: where decimals have a comma, spreadsheets split lines
 * at semicolons, whatever is quoted. Numbers of our own need none: mz_csv_put. */
void mz_csv_cell(mz_buffer *out, mz_str text, bool first);

#endif
