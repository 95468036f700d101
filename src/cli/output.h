/* Standard output: buffered, and every failure noticed; tables and CSV over it. */
#ifndef MIZAN_CLI_OUTPUT_H
#define MIZAN_CLI_OUTPUT_H

#include "base/buffer.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cli_output {
    mz_buffer text; /* append here, then settle */
    int number;     /* errno of the first failure, 0 */
    bool prompt;    /* a terminal: nothing waits in the buffer */
} cli_output;

void cli_output_init(cli_output *out, bool prompt);
/* Writes when enough has gathered; false when writing failed, then or before. */
bool cli_settle(cli_output *out);
/* Writes all; the same. */
bool cli_flush(cli_output *out);
/* Flushes and closes standard output; frees. Returns 0 or the errno of the first failure. */
int cli_output_done(cli_output *out);

/* Text from outside, made harmless for a terminal and a line: control characters (C0, DEL, C1) and the marks that
 * turn the direction of what follows (U+202A…U+202E, U+2066…U+2069) become U+FFFD, and so does malformed UTF-8;
 * line breaks and tabs become blanks. */
void cli_put_safe(mz_buffer *out, mz_str text);

/* Words filled into lines of so many columns: the first begins at column `at`, further lines are indented. Words are
 * apart by one blank; no line ends is written behind the last. Returns the column behind it. */
size_t cli_fill(mz_buffer *out, mz_str text, size_t columns, size_t at, size_t indent);

/* One field of a CSV line (RFC 4180, but for lines that end in LF alone, as the tools of this system expect), quoted
 * when it must be; the first of a line has no comma before it. */
void cli_csv(mz_buffer *out, mz_str text, bool first);
/* The end of a CSV line. */
void cli_csv_end(mz_buffer *out);

/* A count for people: 1,234,567 with the given separator. */
void cli_put_count(mz_buffer *out, uint64_t count, const char *separator);

/* A table in columns, aligned by display width. Cells are copied. The last column is not padded; a column whose
 * name begins with '>' stands to the right. */
typedef struct cli_table {
    mz_buffer bytes; /* the cells, one behind the other */
    struct cli_cell {
        size_t from, size;
    } * cells; /* row by row, the first row is the names */
    size_t cell_count, cell_room;
    size_t columns;
    bool failed;
} cli_table;

enum { CLI_TABLE_COLUMNS = 16 };

/* Names of the columns; NULL behind the last. */
void cli_table_init(cli_table *table, const char *const *names);
void cli_table_cell(cli_table *table, mz_str text);
void cli_table_count(cli_table *table, uint64_t count);
size_t cli_table_rows(const cli_table *table); /* without the names */
/* Prints and empties it; the names only when `names`. False when memory ran out. */
bool cli_table_print(cli_table *table, mz_buffer *out, bool names);
void cli_table_done(cli_table *table);

#endif
