#include "cli/output.h"

#include "base/checked.h"
#include "base/csv_write.h"
#include "text/text.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { GATHER_BYTES = 64 * 1024 };

static const size_t ceiling_bytes = (size_t)1 << 30;

void cli_output_init(cli_output *out, bool prompt) {
    *out = (cli_output){.prompt = prompt};
    mz_buffer_init(&out->text, ceiling_bytes);
}

bool cli_flush(cli_output *out) {
    if (out->text.failed && !out->number) out->number = ENOMEM;
    const char *at = out->text.data;
    size_t left = out->number ? 0 : out->text.size;
    while (left > 0) {
        ssize_t put = write(STDOUT_FILENO, at, left);
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) {
            out->number = errno;
            break;
        }
        at += put;
        left -= (size_t)put;
    }
    mz_buffer_clear(&out->text);
    return out->number == 0;
}

bool cli_settle(cli_output *out) {
    if (!out->prompt && !out->text.failed && out->text.size < GATHER_BYTES) return out->number == 0;
    return cli_flush(out);
}

int cli_output_done(cli_output *out) {
    (void)cli_flush(out);
    /* some file systems tell of a full disk only here */
    if (close(STDOUT_FILENO) < 0 && !out->number && errno != EBADF) out->number = errno;
    mz_buffer_done(&out->text);
    return out->number;
}

static bool turns_direction(uint32_t c) {
    return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

void cli_put_safe(mz_buffer *out, mz_str text) {
    size_t at = 0;
    for (uint32_t c; mz_utf8_next(text, &at, &c);) {
        if (c == '\n' || c == '\r' || c == '\t') c = ' ';
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || turns_direction(c)) c = 0xFFFD;
        char bytes[4];
        mz_buffer_append(out, bytes, mz_utf8_put(c, bytes));
    }
}

size_t cli_fill(mz_buffer *out, mz_str text, size_t columns, size_t at, size_t indent) {
    bool line_begins = true; /* nothing to part the next word from */
    for (size_t from = 0; from < text.size;) {
        const char *blank = memchr(text.data + from, ' ', text.size - from);
        size_t size = blank ? (size_t)(blank - text.data) - from : text.size - from;
        mz_str word = {text.data + from, size};
        size_t width = mz_display_width(word);
        bool fits = at + (line_begins ? 0 : 1) + width <= columns;
        if (!fits && at > indent) {
            mz_buffer_print(out, "\n%*s", (int)indent, "");
            at = indent;
        } else if (!line_begins) {
            mz_buffer_char(out, ' ');
            at++;
        }
        mz_buffer_str(out, word);
        at += width;
        line_begins = false;
        from += size + 1;
    }
    return at;
}

void cli_csv(mz_buffer *out, mz_str text, bool first) {
    mz_csv_put(out, text, first);
}

void cli_csv_end(mz_buffer *out) {
    mz_buffer_char(out, '\n');
}

void cli_put_count(mz_buffer *out, uint64_t count, const char *separator) {
    char digits[32];
    int size = snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
    for (int i = 0; i < size; i++) {
        if (i > 0 && (size - i) % 3 == 0) mz_buffer_append(out, separator, strlen(separator));
        mz_buffer_char(out, digits[i]);
    }
}

void cli_table_init(cli_table *table, const char *const *names) {
    *table = (cli_table){0};
    mz_buffer_init(&table->bytes, ceiling_bytes);
    while (names[table->columns] && table->columns < CLI_TABLE_COLUMNS) table->columns++;
    for (size_t i = 0; i < table->columns; i++) cli_table_cell(table, mz_str_of(names[i]));
}

void cli_table_done(cli_table *table) {
    mz_buffer_done(&table->bytes);
    free(table->cells);
    table->cells = NULL;
}

size_t cli_table_rows(const cli_table *table) {
    return table->cell_count / table->columns - 1;
}

void cli_table_cell(cli_table *table, mz_str text) {
    if (table->cell_count == table->cell_room) {
        size_t room = table->cell_room ? table->cell_room * 2 : 256, bytes;
        struct cli_cell *grown = mz_multiply_size(room, sizeof *grown, &bytes) ? realloc(table->cells, bytes) : NULL;
        if (!grown) {
            table->failed = true;
            return;
        }
        table->cells = grown;
        table->cell_room = room;
    }
    size_t from = table->bytes.size;
    if (table->cell_count < table->columns)
        mz_buffer_str(&table->bytes, text); /* a name of a column, ours */
    else
        cli_put_safe(&table->bytes, text);
    table->cells[table->cell_count++] = (struct cli_cell){from, table->bytes.size - from};
}

void cli_table_count(cli_table *table, uint64_t count) {
    char text[32];
    (void)snprintf(text, sizeof text, "%llu", (unsigned long long)count);
    cli_table_cell(table, mz_str_of(text));
}

static mz_str cell_text(const cli_table *table, size_t number) {
    struct cli_cell cell = table->cells[number];
    mz_str text = {table->bytes.data ? table->bytes.data + cell.from : "", cell.size};
    if (number < table->columns && text.size && text.data[0] == '>') text = (mz_str){text.data + 1, text.size - 1};
    return text;
}

static bool to_the_right(const cli_table *table, size_t column) {
    struct cli_cell cell = table->cells[column];
    return cell.size && table->bytes.data[cell.from] == '>';
}

static void blanks(mz_buffer *out, size_t count) {
    while (count-- > 0) mz_buffer_char(out, ' ');
}

static void print_row(const cli_table *table, size_t row, const size_t *widths, mz_buffer *out) {
    for (size_t column = 0; column < table->columns; column++) {
        mz_str text = cell_text(table, row * table->columns + column);
        size_t width = mz_display_width(text), pad = widths[column] > width ? widths[column] - width : 0;
        bool right = to_the_right(table, column);
        if (column) blanks(out, 2);
        if (right) blanks(out, pad);
        mz_buffer_str(out, text);
        if (!right && column + 1 < table->columns) blanks(out, pad);
    }
    mz_buffer_char(out, '\n');
}

bool cli_table_print(cli_table *table, mz_buffer *out, bool names) {
    size_t widths[CLI_TABLE_COLUMNS] = {0};
    if (table->failed || table->bytes.failed) return false;
    for (size_t i = 0; i < table->cell_count; i++) {
        size_t width = mz_display_width(cell_text(table, i)), column = i % table->columns;
        if (width > widths[column]) widths[column] = width;
    }
    for (size_t row = names ? 0 : 1; row < table->cell_count / table->columns; row++)
        print_row(table, row, widths, out);
    struct cli_cell last_name = table->cells[table->columns - 1];
    table->cell_count = table->columns;
    table->bytes.size = last_name.from + last_name.size;
    return true;
}
