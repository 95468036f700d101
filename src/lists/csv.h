/* Comma-separated values, streaming: RFC 4180 with the liberties that real files take.
 *
 * A record is read at a time; its fields are views that live until the next call. Taken as they come:
 *   - fields in quotes with line breaks and doubled quotes inside, blanks after the closing quote;
 *   - a quote inside a field that does not begin with one is an ordinary letter;
 *   - records that end in CRLF, LF or CR; blank lines between records; a last record without an end;
 *   - records with more or fewer fields than the header: whoever reads them decides;
 *   - the byte 0x1A alone at the very end (DOS end of file, still written by some publishers).
 * Refused, with line and column: a NUL byte, text between a closing quote and the delimiter, a quote never
 * closed (named by the line that opened it), a field, a record or a number of columns over its limit.
 *
 * Encoding: UTF-8, with or without a byte-order mark; UTF-16 of either order with one. What is not UTF-8 is
 * taken byte by byte as Windows-1252, valid sequences around it staying UTF-8: this reads files wholly in
 * Windows-1252, files that mix both, and fields cut in the middle of a character, without a first pass over
 * the file (so a pipe can be read). Windows-1252 text that happens to be valid UTF-8 would be misread; that takes
 * a letter from Â to ô followed by a sign of the upper half, which no word has. A field is always valid UTF-8. */
#ifndef MIZAN_LISTS_CSV_H
#define MIZAN_LISTS_CSV_H

#include "mizan/entity.h"
#include "mizan/status.h"

enum {
    MZ_CSV_FIELD_BYTES = 1 << 20,
    MZ_CSV_RECORD_BYTES = 4 << 20,
    MZ_CSV_COLUMNS = 4096,
};

typedef struct mz_csv mz_csv;

/* `delimiter` 0: found out among , ; TAB | from the first records (a comma when none fits). */
mz_status mz_csv_open(const char *path, char delimiter, mz_csv **ret_csv, mz_error *error);
/* The same over bytes in memory, which must outlive the reader. */
mz_status mz_csv_open_memory(const char *name, mz_str bytes, char delimiter, mz_csv **ret_csv, mz_error *error);
void mz_csv_close(mz_csv *csv);

/* Begins anew on other bytes in memory, whose first line has the number `line`: for tables inside a field of a
 * table. Only for a reader opened over memory. */
void mz_csv_restart(mz_csv *csv, mz_str bytes, uint64_t line);

/* The next record; *ret_more false at the end. After an error the reader can only be closed. */
mz_status mz_csv_next(mz_csv *csv, bool *ret_more, mz_error *error);

/* Of the record last read: how many fields, one of them (empty beyond the last and for a negative column), the
 * line it began at, and a field's place for mz_fact.at. Columns count from 0 here and from 1 in mz_position. */
size_t mz_csv_count(const mz_csv *csv);
mz_str mz_csv_field(const mz_csv *csv, int column);
uint64_t mz_csv_line(const mz_csv *csv);
mz_position mz_csv_position(const mz_csv *csv, int column, uint16_t file);

char mz_csv_delimiter(const mz_csv *csv);
/* For progress; the total is 0 when not known. */
uint64_t mz_csv_consumed_bytes(const mz_csv *csv);
uint64_t mz_csv_total_bytes(const mz_csv *csv);
/* How many fields so far held bytes that are not UTF-8. */
uint64_t mz_csv_repaired_fields(const mz_csv *csv);

/* A column by name. Names are equal when their letters (ASCII ones in any case), digits and signs agree; blanks,
 * line breaks, hyphens and underscores do not count. */
typedef struct mz_csv_column {
    const char *names; /* the name, and others it had, separated by '|' */
    bool required;
} mz_csv_column;

bool mz_csv_name_equal(mz_str a, mz_str b);
/* The column of the record last read (a header) with this name, or -1. The first of equal ones. */
int mz_csv_find(const mz_csv *csv, mz_str name);
/* Maps all at once: ret_at[i] is the place of columns[i] or -1. MZ_ERR_INPUT names the required ones missing. */
mz_status mz_csv_map(const mz_csv *csv, const mz_csv_column *columns, size_t count, int *ret_at, mz_error *error);

#endif
