/* See rows.h. The reader of tables (lists/csv.h) stops for good at what is no CSV, which is right for a list of
 * sanctions that must be whole, and wrong for a million customers of whom one has a stray quote in his name. So it is
 * given one record at a time here: the lines of which it is made are found by the quotes, and when it does not read
 * them, only the first of these lines is broken and the others are tried again. */
#include "subjects/rows.h"

#include "base/ascii.h"
#include "base/error.h"
#include "lists/csv.h"
#include "lists/xlsx.h"
#include "subjects/lines.h"
#include "text/text.h"

#include <stdlib.h>
#include <string.h>

enum {
    JOINED_LINES_MOST = 50,
    JOINED_BYTES_MOST = 256 * 1024,
    SAMPLE_BYTES = 64 * 1024,
    TREE_BYTES = 64 << 20,
    FIELDS_MOST = MZ_CSV_COLUMNS
};

static const char *const words[MZ_SUBJECT_FORMAT_COUNT] = {
#define MZ_X(constant, word) word,
    MZ_SUBJECT_FORMATS(MZ_X)
#undef MZ_X
};

const char *mz_subject_format_word(mz_subject_format format) {
    return words[format];
}

mz_subject_format mz_subject_format_of(mz_str word) {
    mz_subject_format format = MZ_SUBJECT_CSV;
    while (format < MZ_SUBJECT_FORMAT_COUNT && !mz_str_equal(word, mz_str_of(words[format]))) format++;
    return format;
}

mz_subject_format mz_subject_format_guess(mz_str file_name, mz_str first_bytes) {
    static const char *const endings[] = {".jsonl", ".ndjson", ".json"};
    size_t at = 0;
    if (mz_xlsx_looks_like(first_bytes) || mz_xlsx_looks_old(first_bytes)) return MZ_SUBJECT_XLSX;
    for (size_t k = 0; k < sizeof endings / sizeof *endings; k++)
        if (mz_ends_with(file_name, endings[k])) return MZ_SUBJECT_JSONL;
    if (mz_ends_with(file_name, ".xlsx")) return MZ_SUBJECT_XLSX;
    while (at < first_bytes.size && memchr("\xEF\xBB\xBF \t\r\n", first_bytes.data[at], 7)) at++;
    return at < first_bytes.size && first_bytes.data[at] == '{' ? MZ_SUBJECT_JSONL : MZ_SUBJECT_CSV;
}

/* A file while it is read. */
typedef struct rows_reading {
    const mz_subject_file *file;
    const mz_subject_row_sink *sink;
    mz_lines lines;
    mz_csv *csv;
    char delimiter;
    mz_buffer joined; /* the lines of a record */
    mz_str *cells;
    mz_arena arena;
    bool headed;
    size_t columns; /* of the heading */
    mz_error *error;
} rows_reading;

static mz_status tell_broken(rows_reading *r, uint64_t line, const char *reason, mz_str text) {
    return r->sink->broken(r->sink->context, line, mz_str_of(reason), text, r->error);
}

static bool is_blank(mz_str text) {
    return mz_trimmed(text).size == 0;
}

/* What no text has in it; NULL when it is fine. */
static const char *flaw_of(mz_str text) {
    if (memchr(text.data ? text.data : "", 0, text.size)) return "a zero byte: this is not text";
    return mz_utf8_valid(text, NULL) ? NULL : "bytes that are not of the encoding of the file";
}

/* ---- CSV ---- */

/* Whether a quote is open at the end of a line, as it was at its beginning. */
static bool leaves_open(mz_str line, char delimiter, bool open) {
    bool at_start = !open, closing = false;
    for (size_t i = 0; i < line.size; i++) {
        char c = line.data[i];
        if (open) {
            open = c != '"';
            closing = !open;
        } else if (c == '"' && (at_start || closing)) {
            open = true;
            at_start = closing = false;
        } else {
            at_start = c == delimiter;
            closing = false;
        }
    }
    return open;
}

/* The record that begins with `line`, in r->joined; false when its quotes do not close. */
static mz_status join_lines(rows_reading *r, mz_str line, bool *ret_closed) {
    bool open = leaves_open(line, r->delimiter, false), more = true;
    mz_status status = MZ_OK;
    mz_buffer_clear(&r->joined);
    mz_buffer_str(&r->joined, line);
    for (int count = 1; open && more && !status && count < JOINED_LINES_MOST && r->joined.size < JOINED_BYTES_MOST;
         count++) {
        mz_error own;
        status = mz_lines_next(&r->lines, &line, &more, &own);
        if (status == MZ_ERR_LIMIT) {
            status = MZ_OK; /* it is no part of a record; going back tells it again, or passes it over */
            break;
        }
        if (status && r->error) *r->error = own;
        if (status || !more) break;
        open = leaves_open(line, r->delimiter, true);
        mz_buffer_char(&r->joined, '\n');
        mz_buffer_str(&r->joined, line);
    }
    *ret_closed = !open;
    if (!status && r->joined.starved) status = mz_fail_memory(r->error);
    return status;
}

static mz_status take_record(rows_reading *r, uint64_t line) {
    size_t count = mz_csv_count(r->csv);
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        r->cells[i] = mz_trimmed(mz_csv_field(r->csv, (int)i));
        any |= r->cells[i].size > 0;
    }
    if (!any) return MZ_OK;
    if (!r->headed) {
        r->headed = true;
        r->columns = count;
        return r->sink->heading(r->sink->context, r->cells, count, r->error);
    }
    size_t filled = count;
    while (filled > r->columns && !r->cells[filled - 1].size) filled--;
    if (filled > r->columns)
        return tell_broken(r, line, "the line has more fields than the heading",
                           mz_trimmed(mz_csv_field(r->csv, (int)r->columns)));
    const mz_subject_row row = {
        .line = line, .read_bytes = r->lines.input.consumed, .cells = r->cells, .count = filled};
    return r->sink->row(r->sink->context, &row, r->error);
}

/* Gives the joined lines to the reader of tables; *ret_flaw what it does not understand of them. */
static mz_status read_record(rows_reading *r, uint64_t line, mz_error *ret_flaw, bool *ret_read) {
    bool more = true;
    mz_status status = MZ_OK;
    *ret_read = false;
    if (!r->csv) status = mz_csv_open_memory("", MZ_STR(""), r->delimiter, &r->csv, r->error);
    if (status) return status;
    mz_csv_restart(r->csv, mz_buffer_view(&r->joined), line);
    status = mz_csv_next(r->csv, &more, ret_flaw);
    if (status) {
        mz_csv_close(r->csv);
        r->csv = NULL;
        if (status != MZ_ERR_MEMORY) return MZ_OK;
        return mz_fail_memory(r->error);
    }
    /* what was joined and is no whole row began with a stray quote, and has taken in rows that are none of it */
    if (r->headed && memchr(r->joined.data, '\n', r->joined.size) && mz_csv_count(r->csv) != r->columns) return MZ_OK;
    *ret_read = true;
    while (more && !status) { /* more than one: lines that end in CR alone */
        status = take_record(r, line);
        if (status || mz_csv_next(r->csv, &more, ret_flaw) == MZ_OK) continue;
        mz_csv_close(r->csv);
        r->csv = NULL;
        return tell_broken(r, line, ret_flaw->text, MZ_STR(""));
    }
    return status;
}

static mz_status read_csv_line(rows_reading *r, mz_str line, uint64_t number) {
    mz_error flaw = {0};
    bool closed = false, read = false;
    const char *what = flaw_of(line);
    char kept[MZ_SHOWN_IN_ROW];
    mz_str shown = {kept, line.size < sizeof kept ? line.size : sizeof kept};
    memcpy(kept, line.data, shown.size);
    if (what) return tell_broken(r, number, what, shown);
    mz_status status = join_lines(r, line, &closed);
    if (!status && closed && !flaw_of(mz_buffer_view(&r->joined))) status = read_record(r, number, &flaw, &read);
    if (status || read) return status;
    mz_lines_back(&r->lines);
    bool more;
    status = mz_lines_next(&r->lines, &line, &more, r->error); /* the first of them again: behind it we go on */
    if (status) return status;
    bool joined = memchr(r->joined.data ? r->joined.data : "", '\n', r->joined.size) != NULL;
    return tell_broken(r, number, joined || !flaw.text[0] ? "a quote is left open" : flaw.text, shown);
}

/* The delimiter of a table, by its first lines. */
static mz_status find_delimiter(rows_reading *r) {
    mz_csv *csv = NULL;
    mz_str line;
    bool more = true;
    mz_status status = MZ_OK;
    r->delimiter = r->file->delimiter;
    if (r->delimiter) return MZ_OK;
    mz_lines_mark(&r->lines);
    mz_buffer_clear(&r->joined);
    while (!status && more && r->joined.size < SAMPLE_BYTES) {
        status = mz_lines_next(&r->lines, &line, &more, r->error);
        if (status == MZ_ERR_LIMIT) return mz_fail(r->error, MZ_ERR_INPUT, "the first lines are too long for a table");
        if (status || !more) break;
        mz_buffer_str(&r->joined, line);
        mz_buffer_char(&r->joined, '\n');
    }
    mz_lines_back(&r->lines);
    if (!status && r->joined.starved) status = mz_fail_memory(r->error);
    if (!status) status = mz_csv_open_memory("", mz_buffer_view(&r->joined), 0, &csv, r->error);
    if (!status) r->delimiter = mz_csv_delimiter(csv);
    mz_csv_close(csv);
    return status;
}

static mz_status each_line(rows_reading *r, mz_status (*read)(rows_reading *r, mz_str line, uint64_t number)) {
    for (;;) {
        mz_str line = {"", 0};
        bool more = false;
        mz_lines_mark(&r->lines);
        mz_status status = mz_lines_next(&r->lines, &line, &more, r->error);
        if (status == MZ_ERR_LIMIT)
            status = tell_broken(r, r->lines.line, "the line is too long", MZ_STR(""));
        else if (!status && more && !is_blank(line))
            status = read(r, line, r->lines.line);
        if (status || !more) return status;
    }
}

static mz_status read_csv(rows_reading *r) {
    mz_status status = find_delimiter(r);
    if (!status) status = each_line(r, read_csv_line);
    if (!status && !r->headed)
        status = mz_fail(r->error, MZ_ERR_INPUT, "the table is empty: its first line must name the columns");
    mz_csv_close(r->csv);
    return status;
}

/* ---- JSON lines ---- */

static mz_status read_json_line(rows_reading *r, mz_str line, uint64_t number) {
    const mz_json_value *value = NULL;
    mz_error flaw = {0};
    const char *what = flaw_of(line);
    mz_str shown = {line.data, line.size < MZ_SHOWN_IN_ROW ? line.size : MZ_SHOWN_IN_ROW};
    r->headed = true;
    if (what) return tell_broken(r, number, what, shown);
    mz_arena_reset(&r->arena);
    mz_status status = mz_json_parse(line, 0, &r->arena, &value, &flaw);
    if (r->arena.starved) return mz_fail_memory(r->error);
    if (!status) status = mz_json_expect(value, MZ_JSON_OBJECT, "a line", &flaw);
    if (status) return tell_broken(r, number, flaw.text, shown);
    const mz_subject_row row = {.line = number, .read_bytes = r->lines.input.consumed, .object = value};
    return r->sink->row(r->sink->context, &row, r->error);
}

static mz_status read_jsonl(rows_reading *r) {
    mz_status status = each_line(r, read_json_line);
    if (!status && !r->headed) status = mz_fail(r->error, MZ_ERR_INPUT, "there is no line in the file");
    return status;
}

static mz_status read_text(rows_reading *r, mz_status (*read)(rows_reading *r)) {
    mz_status status = mz_lines_open(&r->lines, r->file->path, r->file->bytes, r->file->encoding, r->error);
    if (status) return status;
    status = read(r);
    mz_lines_close(&r->lines);
    return status;
}

/* ---- XLSX ---- */

static mz_status take_sheet_row(void *context, const mz_xlsx_row *given, mz_error *error) {
    rows_reading *r = context;
    size_t count = given->count < FIELDS_MOST ? given->count : FIELDS_MOST;
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        const mz_xlsx_cell *cell = &given->cells[i];
        r->cells[i] = cell->kind == MZ_XLSX_ERROR || cell->kind == MZ_XLSX_EMPTY ? MZ_STR("") : mz_trimmed(cell->text);
        any |= r->cells[i].size > 0;
    }
    if (!any) return MZ_OK;
    if (!r->headed) {
        r->headed = true;
        r->columns = count;
        return r->sink->heading(r->sink->context, r->cells, count, error);
    }
    while (count > r->columns && !r->cells[count - 1].size) count--;
    if (count > r->columns)
        return tell_broken(r, given->number, "the row has more cells than the heading", r->cells[r->columns]);
    const mz_subject_row row = {.line = given->number, .cells = r->cells, .count = count};
    return r->sink->row(r->sink->context, &row, error);
}

static mz_status read_xlsx(rows_reading *r) {
    const mz_xlsx_sink sink = {take_sheet_row, r};
    const mz_subject_file *file = r->file;
    mz_status status = file->path ? mz_xlsx_read(file->path, file->sheet, &sink, NULL, r->error)
                                  : mz_xlsx_read_memory(file->bytes, file->sheet, &sink, r->error);
    if (!status && !r->headed)
        status = mz_fail(r->error, MZ_ERR_INPUT, "the sheet is empty: its first row must name the columns");
    return status;
}

mz_status mz_subject_rows_read(const mz_subject_file *file, const mz_subject_row_sink *sink, mz_error *error) {
    mz_error own = {0};
    rows_reading r = {.file = file, .sink = sink, .error = error ? error : &own};
    mz_status status = MZ_OK;
    r.cells = calloc(FIELDS_MOST, sizeof *r.cells);
    if (!r.cells) return mz_fail_memory(error);
    mz_buffer_init(&r.joined, (size_t)2 * MZ_LINES_BYTES_MOST + JOINED_BYTES_MOST);
    mz_arena_init(&r.arena, TREE_BYTES);
    if (file->format == MZ_SUBJECT_XLSX)
        status = read_xlsx(&r);
    else
        status = read_text(&r, file->format == MZ_SUBJECT_JSONL ? read_jsonl : read_csv);
    mz_arena_done(&r.arena);
    mz_buffer_done(&r.joined);
    free(r.cells);
    return status;
}
