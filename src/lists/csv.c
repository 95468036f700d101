/* The reader of comma-separated values; csv.h says what it promises.
 *
 * Bytes come in blocks. A table of 256 classes finds the next byte that means something; what lies before it is
 * copied into the record's buffer in one piece. When the record is complete it is checked for UTF-8 as a whole,
 * which for plain ASCII is one fast pass; only a record with other bytes is looked at field by field.
 *
 * Rejected: libcsv (packaged by Debian), which neither counts lines nor bounds the memory of a field, and gives
 * each byte to a callback; mapping the file, because lists also come from pipes; fields as views into the block,
 * which saves a copy of no measurable cost and complicates records that cross a block's end. */
#include "lists/csv.h"

#include "base/buffer.h"
#include "base/error.h"
#include "base/file.h"
#include "text/encoding.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK_BYTES = 64 * 1024, SNIFF_RECORDS = 64, NAME_BYTES = 128 };

typedef enum encoding { ENCODING_UTF8, ENCODING_UTF16LE, ENCODING_UTF16BE } encoding;
typedef enum field_ending { END_FIELD, END_RECORD, END_INPUT } field_ending;

struct mz_csv {
    mz_input input;
    encoding encoding;
    char delimiter;
    bool ended;           /* the input gives no more bytes */
    unsigned char *block; /* BLOCK_BYTES, in UTF-8 (or what claims to be) */
    size_t at, end;       /* the part of it not yet read */
    unsigned char odd[4]; /* the bytes of a UTF-16 character cut by the end of a read */
    size_t odd_size;
    uint64_t block_offset;      /* of block[0] in the stream of UTF-8 bytes */
    uint64_t line, line_offset; /* the line that block[at] is in, and where that line began */
    mz_buffer text, scratch;    /* the record's bytes, fields one behind the other */
    uint32_t starts[MZ_CSV_COLUMNS + 1];
    size_t count;
    uint64_t record_line, repaired_fields;
    bool quoted; /* the record has a field in quotes */
    bool plain_stop[256], quoted_stop[256];
};

/* ---- bytes to blocks ---- */

/* The length of the valid UTF-8 sequence at `at` (RFC 3629), or 0. */
static size_t sequence_length(const unsigned char *at, size_t size) {
    unsigned char lead = at[0];
    if (lead < 0x80) return 1;
    size_t length = lead >= 0xC2 && lead <= 0xDF ? 2 : (lead & 0xF0) == 0xE0 ? 3 : lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
    if (length == 0 || length > size) return 0;
    for (size_t i = 1; i < length; i++)
        if ((at[i] & 0xC0) != 0x80) return 0;
    if (lead == 0xE0 && at[1] < 0xA0) return 0; /* overlong */
    if (lead == 0xED && at[1] > 0x9F) return 0; /* surrogate */
    if (lead == 0xF0 && at[1] < 0x90) return 0; /* overlong */
    if (lead == 0xF4 && at[1] > 0x8F) return 0; /* beyond U+10FFFF */
    return length;
}

static size_t put_utf8(uint32_t code, unsigned char *into) {
    if (code < 0x80) {
        into[0] = (unsigned char)code;
        return 1;
    }
    size_t length = code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    static const unsigned char leads[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length - 1; i > 0; i--, code >>= 6) into[i] = (unsigned char)(0x80 | (code & 0x3F));
    into[0] = (unsigned char)(leads[length] | code);
    return length;
}

static uint32_t unit_at(const mz_csv *csv, const unsigned char *at) {
    return csv->encoding == ENCODING_UTF16LE ? (uint32_t)(at[0] | at[1] << 8) : (uint32_t)(at[1] | at[0] << 8);
}

/* Turns whole UTF-16 characters into UTF-8; returns the bytes used. A lone surrogate becomes U+FFFD. */
static size_t convert_utf16(const mz_csv *csv, const unsigned char *from, size_t size, bool last, unsigned char *into,
                            size_t *ret_size) {
    size_t used = 0, made = 0;
    while (size - used >= 2) {
        uint32_t code = unit_at(csv, from + used);
        size_t step = 2;
        if (code >= 0xD800 && code <= 0xDBFF) {
            if (size - used < 4 && !last) break;
            uint32_t low = size - used < 4 ? 0 : unit_at(csv, from + used + 2);
            bool pair = low >= 0xDC00 && low <= 0xDFFF;
            code = pair ? 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00) : 0xFFFD;
            if (pair) step = 4;
        } else if (code >= 0xDC00 && code <= 0xDFFF) {
            code = 0xFFFD;
        }
        made += put_utf8(code, into + made);
        used += step;
    }
    *ret_size = made;
    return used;
}

static mz_status fill_utf16(mz_csv *csv, mz_error *error) {
    unsigned char raw[BLOCK_BYTES / 2]; /* a unit of 2 bytes becomes at most 3, a pair of 4 bytes becomes 4 */
    size_t got = 0;
    memcpy(raw, csv->odd, csv->odd_size);
    mz_status status = mz_input_read(&csv->input, raw + csv->odd_size, sizeof raw - csv->odd_size, &got, error);
    if (status) return status;
    bool last = got == 0;
    size_t size = csv->odd_size + got;
    size_t used = convert_utf16(csv, raw, size, last, csv->block, &csv->end);
    csv->odd_size = size - used;
    if (last && csv->odd_size) { /* half a unit at the end */
        csv->end += put_utf8(0xFFFD, csv->block + csv->end);
        csv->odd_size = 0;
    }
    memcpy(csv->odd, raw + used, csv->odd_size);
    csv->ended = last && csv->end == 0;
    return MZ_OK;
}

/* The next block, in place of one that was read to its end; `ended` when there is none. */
static mz_status fill(mz_csv *csv, mz_error *error) {
    csv->block_offset += csv->end;
    csv->at = csv->end = 0;
    mz_status status = MZ_OK;
    while (!status && !csv->ended && csv->end == 0) {
        if (csv->encoding != ENCODING_UTF8) {
            status = fill_utf16(csv, error);
        } else {
            status = mz_input_read(&csv->input, csv->block, BLOCK_BYTES, &csv->end, error);
            csv->ended = !status && csv->end == 0;
        }
    }
    return status;
}

/* The byte at hand, or -1 at the end of the input. */
static mz_status peek(mz_csv *csv, int *ret_byte, mz_error *error) {
    mz_status status = csv->at == csv->end && !csv->ended ? fill(csv, error) : MZ_OK;
    if (!status) *ret_byte = csv->at < csv->end ? csv->block[csv->at] : -1;
    return status;
}

/* ---- opening ---- */

/* Fills the first block as far as it goes, and takes off and obeys a byte-order mark. */
static mz_status fill_first(mz_csv *csv, mz_error *error) {
    while (csv->end < BLOCK_BYTES) {
        size_t got;
        mz_status status = mz_input_read(&csv->input, csv->block + csv->end, BLOCK_BYTES - csv->end, &got, error);
        if (status) return status;
        if (got == 0) break;
        csv->end += got;
        if (csv->end >= 2 && csv->block[0] + csv->block[1] == 0xFF + 0xFE) break;
    }
    if (csv->end >= 3 && memcmp(csv->block, "\xEF\xBB\xBF", 3) == 0) {
        csv->at = 3;
        csv->line_offset = 3;
    }
    if (csv->end < 2 || csv->block[0] + csv->block[1] != 0xFF + 0xFE || csv->block[0] < 0xFE) return MZ_OK;
    csv->encoding = csv->block[0] == 0xFF ? ENCODING_UTF16LE : ENCODING_UTF16BE;
    /* what was read already goes through the conversion: in pieces, since it may grow by half */
    unsigned char *raw = malloc(BLOCK_BYTES);
    unsigned char *wide = raw ? realloc(csv->block, (size_t)2 * BLOCK_BYTES) : NULL;
    if (!wide) {
        free(raw);
        return mz_fail_memory(error);
    }
    csv->block = wide;
    size_t size = csv->end - 2;
    memcpy(raw, csv->block + 2, size);
    size_t used = convert_utf16(csv, raw, size, false, csv->block, &csv->end);
    csv->odd_size = size - used;
    memcpy(csv->odd, raw + used, csv->odd_size);
    free(raw);
    return MZ_OK;
}

/* How many of the first records have as many fields with this delimiter as the first one, times those fields. */
static size_t delimiter_worth(const unsigned char *at, size_t size, unsigned char delimiter) {
    size_t first = 0, agreeing = 0, records = 0, found = 0;
    bool quoted = false;
    for (size_t i = 0; i < size && records < SNIFF_RECORDS; i++) {
        if (at[i] == '"') quoted = !quoted;
        if (!quoted && at[i] == delimiter) found++;
        if (quoted || at[i] != '\n') continue;
        if (records++ == 0) first = found;
        agreeing += found == first;
        found = 0;
    }
    if (records == 0) return found;
    return first * agreeing;
}

static char sniff_delimiter(const unsigned char *at, size_t size) {
    static const char candidates[] = {',', ';', '\t', '|'};
    char best = ',';
    size_t best_worth = 0;
    for (size_t i = 0; i < sizeof candidates; i++) {
        size_t worth = delimiter_worth(at, size, (unsigned char)candidates[i]);
        if (worth <= best_worth) continue;
        best_worth = worth;
        best = candidates[i];
    }
    return best;
}

static mz_status begin(mz_csv *csv, char delimiter, mz_error *error) {
    csv->line = 1;
    mz_buffer_init(&csv->text, MZ_CSV_RECORD_BYTES * 3);
    mz_buffer_init(&csv->scratch, MZ_CSV_RECORD_BYTES * 3);
    csv->block = malloc(BLOCK_BYTES);
    if (!csv->block) return mz_fail_memory(error);
    mz_status status = fill_first(csv, error);
    if (status) return status;
    csv->delimiter = delimiter ? delimiter : sniff_delimiter(csv->block + csv->at, csv->end - csv->at);
    csv->plain_stop[(unsigned char)csv->delimiter] = true;
    csv->plain_stop['\n'] = csv->plain_stop['\r'] = csv->plain_stop['\0'] = true;
    csv->quoted_stop['"'] = csv->quoted_stop['\n'] = csv->quoted_stop['\r'] = csv->quoted_stop['\0'] = true;
    return MZ_OK;
}

static mz_status finish_open(mz_csv *csv, char delimiter, mz_csv **ret_csv, mz_error *error) {
    mz_status status = begin(csv, delimiter, error);
    if (status) {
        mz_error_name(error, csv->input.name);
        mz_csv_close(csv);
        return status;
    }
    *ret_csv = csv;
    return MZ_OK;
}

mz_status mz_csv_open(const char *path, char delimiter, mz_csv **ret_csv, mz_error *error) {
    mz_csv *csv = calloc(1, sizeof *csv);
    if (!csv) return mz_fail_memory(error);
    mz_status status = mz_input_open(&csv->input, path, error);
    if (status) {
        free(csv);
        return status;
    }
    return finish_open(csv, delimiter, ret_csv, error);
}

mz_status mz_csv_open_memory(const char *name, mz_str bytes, char delimiter, mz_csv **ret_csv, mz_error *error) {
    mz_csv *csv = calloc(1, sizeof *csv);
    if (!csv) return mz_fail_memory(error);
    mz_input_memory(&csv->input, name, bytes);
    return finish_open(csv, delimiter, ret_csv, error);
}

void mz_csv_close(mz_csv *csv) {
    if (!csv) return;
    mz_input_close(&csv->input);
    mz_buffer_done(&csv->text);
    mz_buffer_done(&csv->scratch);
    free(csv->block);
    free(csv);
}

void mz_csv_restart(mz_csv *csv, mz_str bytes, uint64_t line) {
    char name[MZ_ERROR_WHERE_SIZE];
    memcpy(name, csv->input.name, sizeof name);
    mz_input_close(&csv->input);
    mz_input_memory(&csv->input, name, bytes);
    csv->encoding = ENCODING_UTF8;
    csv->ended = false;
    csv->at = csv->end = csv->odd_size = csv->count = 0;
    csv->block_offset = csv->line_offset = 0;
    csv->line = line;
}

/* ---- records ---- */

static mz_status fail_here(const mz_csv *csv, mz_status status, const char *what, mz_error *error) {
    uint64_t column = csv->block_offset + csv->at - csv->line_offset + 1;
    return mz_fail_at(error, status, csv->line, column, "%s", what);
}

static mz_status fail_nul(const mz_csv *csv, mz_error *error) {
    return fail_here(csv, MZ_ERR_INPUT,
                     "NUL byte: this is not text, or UTF-16 without its byte-order mark; save it as UTF-8", error);
}

static void new_line(mz_csv *csv) {
    csv->line++;
    csv->line_offset = csv->block_offset + csv->at;
}

/* Copies bytes up to the next that means something, or to the end of the block. */
static mz_status take_span(mz_csv *csv, const bool stop[256], uint64_t field_line, mz_error *error) {
    const unsigned char *from = csv->block + csv->at;
    size_t size = csv->end - csv->at, length = 0;
    while (length < size && !stop[from[length]]) length++;
    if (csv->text.size + length - csv->starts[csv->count - 1] > MZ_CSV_FIELD_BYTES)
        return mz_fail_at(error, MZ_ERR_LIMIT, field_line, 0,
                          "field %zu of the record at line %llu is larger than %d KiB; is a quote left open before?",
                          csv->count, (unsigned long long)csv->record_line, MZ_CSV_FIELD_BYTES / 1024);
    if (csv->text.size + length > MZ_CSV_RECORD_BYTES)
        return mz_fail_at(error, MZ_ERR_LIMIT, csv->record_line, 0,
                          "record larger than %d MiB; is a quote left open before?", MZ_CSV_RECORD_BYTES >> 20);
    mz_buffer_append(&csv->text, from, length);
    if (csv->text.failed) return mz_fail_buffer(&csv->text, error, "a record");
    csv->at += length;
    return MZ_OK;
}

/* The byte after a CR: a LF belongs to it. */
static mz_status take_newline(mz_csv *csv, unsigned char first, bool keep, mz_error *error) {
    int next = -1;
    csv->at++;
    if (keep) mz_buffer_char(&csv->text, (char)first);
    if (first == '\r') {
        mz_status status = peek(csv, &next, error);
        if (status) return status;
        if (next == '\n') {
            csv->at++;
            if (keep) mz_buffer_char(&csv->text, '\n');
        }
    }
    new_line(csv);
    return MZ_OK;
}

static mz_status read_plain(mz_csv *csv, field_ending *ret_ending, mz_error *error) {
    for (;;) {
        int byte;
        mz_status status = peek(csv, &byte, error);
        if (status) return status;
        if (byte < 0) {
            *ret_ending = END_INPUT;
            return MZ_OK;
        }
        status = take_span(csv, csv->plain_stop, csv->line, error);
        if (status) return status;
        if (csv->at == csv->end) continue;
        unsigned char stop = csv->block[csv->at];
        if (stop == (unsigned char)csv->delimiter) {
            csv->at++;
            *ret_ending = END_FIELD;
            return MZ_OK;
        }
        if (stop == '\0') return fail_nul(csv, error);
        *ret_ending = END_RECORD;
        return take_newline(csv, stop, false, error);
    }
}

/* Behind a closing quote: blanks, then the end of the field. */
static mz_status close_quoted(mz_csv *csv, field_ending *ret_ending, mz_error *error) {
    for (;;) {
        int byte;
        mz_status status = peek(csv, &byte, error);
        if (status) return status;
        *ret_ending = byte < 0 ? END_INPUT : byte == (unsigned char)csv->delimiter ? END_FIELD : END_RECORD;
        if (byte == '\n' || byte == '\r') return take_newline(csv, (unsigned char)byte, false, error);
        if (byte >= 0 && (*ret_ending == END_FIELD || byte == ' ' || byte == '\t')) csv->at++;
        if (*ret_ending != END_RECORD) return MZ_OK;
        if (byte == '\0') return fail_nul(csv, error);
        if (byte != ' ' && byte != '\t')
            return fail_here(csv, MZ_ERR_INPUT,
                             "text behind a closing quote; a quote inside a field in quotes is written twice", error);
    }
}

/* Behind an opening quote. */
static mz_status read_quoted(mz_csv *csv, field_ending *ret_ending, mz_error *error) {
    uint64_t opened = csv->line;
    for (;;) {
        int byte;
        mz_status status = peek(csv, &byte, error);
        if (status) return status;
        if (byte < 0)
            return mz_fail_at(error, MZ_ERR_INPUT, opened, 0,
                              "the quote opened in field %zu of this line is never closed", csv->count);
        status = take_span(csv, csv->quoted_stop, opened, error);
        if (status) return status;
        if (csv->at == csv->end) continue;
        unsigned char stop = csv->block[csv->at];
        if (stop == '\0') return fail_nul(csv, error);
        if (stop != '"') {
            status = take_newline(csv, stop, true, error);
            if (status) return status;
            continue;
        }
        csv->at++;
        status = peek(csv, &byte, error);
        if (status) return status;
        if (byte != '"') return close_quoted(csv, ret_ending, error);
        mz_buffer_char(&csv->text, '"');
        csv->at++;
    }
}

static mz_status read_field(mz_csv *csv, field_ending *ret_ending, mz_error *error) {
    if (csv->count == MZ_CSV_COLUMNS)
        return mz_fail_at(error, MZ_ERR_LIMIT, csv->record_line, 0, "record with more than %d fields", MZ_CSV_COLUMNS);
    csv->starts[csv->count++] = (uint32_t)csv->text.size;
    int byte;
    mz_status status = peek(csv, &byte, error);
    if (status) return status;
    if (byte != '"') return read_plain(csv, ret_ending, error);
    csv->at++;
    csv->quoted = true;
    return read_quoted(csv, ret_ending, error);
}

static bool is_ascii(const char *at, size_t size) {
    uint64_t all = 0, word;
    for (; size >= sizeof word; at += sizeof word, size -= sizeof word) {
        memcpy(&word, at, sizeof word);
        all |= word;
    }
    for (; size; at++, size--) all |= (unsigned char)*at;
    return (all & 0x8080808080808080u) == 0;
}

/* Appends the field to `into` as valid UTF-8; false when it was not. */
static bool repair_field(mz_buffer *into, const unsigned char *at, size_t size) {
    bool valid = true;
    while (size) {
        size_t length = sequence_length(at, size);
        if (length == 0) {
            length = 1;
            valid = false;
            (void)mz_encoding_decode(MZ_ENCODING_WINDOWS_1252, (mz_str){(const char *)at, 1}, true, into);
        } else {
            mz_buffer_append(into, at, length);
        }
        at += length;
        size -= length;
    }
    return valid;
}

/* Makes the record valid UTF-8. */
static mz_status repair_record(mz_csv *csv, mz_error *error) {
    if (is_ascii(csv->text.data ? csv->text.data : "", csv->text.size)) return MZ_OK;
    mz_buffer whole = csv->scratch;
    mz_buffer_clear(&whole);
    for (size_t i = 0; i < csv->count; i++) {
        size_t from = csv->starts[i], to = csv->starts[i + 1];
        csv->starts[i] = (uint32_t)whole.size;
        if (!repair_field(&whole, (const unsigned char *)csv->text.data + from, to - from)) csv->repaired_fields++;
    }
    csv->starts[csv->count] = (uint32_t)whole.size;
    csv->scratch = csv->text;
    csv->text = whole;
    return whole.failed ? mz_fail_buffer(&whole, error, "a record") : MZ_OK;
}

static mz_status read_record(mz_csv *csv, mz_error *error) {
    field_ending ending = END_FIELD;
    csv->count = 0;
    csv->quoted = false;
    csv->record_line = csv->line;
    mz_buffer_clear(&csv->text);
    while (ending == END_FIELD) {
        mz_status status = read_field(csv, &ending, error);
        if (status) return status;
    }
    if (csv->text.failed) return mz_fail_buffer(&csv->text, error, "a record");
    csv->starts[csv->count] = (uint32_t)csv->text.size;
    return repair_record(csv, error);
}

/* Whether the record is no record: a blank line, or the mark that DOS put at the end of a file. */
static mz_status is_blank(mz_csv *csv, bool *ret_blank, mz_error *error) {
    *ret_blank = false;
    if (csv->count != 1 || csv->quoted || csv->text.size > 1) return MZ_OK;
    if (csv->text.size == 1 && csv->text.data[0] == '\x1A') {
        int byte;
        mz_status status = peek(csv, &byte, error);
        if (status) return status;
        *ret_blank = byte < 0;
    } else {
        *ret_blank = csv->text.size == 0;
    }
    return MZ_OK;
}

static mz_status next_record(mz_csv *csv, bool *ret_more, mz_error *error) {
    for (bool blank = true; blank;) {
        int byte;
        mz_status status = peek(csv, &byte, error);
        if (status) return status;
        if (byte < 0) {
            csv->count = 0;
            *ret_more = false;
            return MZ_OK;
        }
        status = read_record(csv, error);
        if (!status) status = is_blank(csv, &blank, error);
        if (status) return status;
    }
    *ret_more = true;
    return MZ_OK;
}

mz_status mz_csv_next(mz_csv *csv, bool *ret_more, mz_error *error) {
    mz_status status = next_record(csv, ret_more, error);
    if (status) mz_error_name(error, csv->input.name);
    return status;
}

/* ---- what was read ---- */

size_t mz_csv_count(const mz_csv *csv) {
    return csv->count;
}

mz_str mz_csv_field(const mz_csv *csv, int column) {
    if (column < 0 || (size_t)column >= csv->count || csv->text.size == 0) return (mz_str){"", 0};
    size_t from = csv->starts[column];
    return (mz_str){csv->text.data + from, csv->starts[column + 1] - from};
}

uint64_t mz_csv_line(const mz_csv *csv) {
    return csv->record_line;
}

mz_position mz_csv_position(const mz_csv *csv, int column, uint16_t file) {
    uint32_t line = csv->record_line > UINT32_MAX ? 0 : (uint32_t)csv->record_line;
    return (mz_position){.line = line, .column = (uint16_t)(column < 0 ? 0 : column + 1), .file = file};
}

char mz_csv_delimiter(const mz_csv *csv) {
    return csv->delimiter;
}

uint64_t mz_csv_consumed_bytes(const mz_csv *csv) {
    return csv->input.consumed;
}

uint64_t mz_csv_total_bytes(const mz_csv *csv) {
    return csv->input.total_bytes;
}

uint64_t mz_csv_repaired_fields(const mz_csv *csv) {
    return csv->repaired_fields;
}

/* ---- headers ---- */

static bool is_filler(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '-' || c == '_';
}

static int folded(char c) {
    return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : (unsigned char)c;
}

bool mz_csv_name_equal(mz_str a, mz_str b) {
    size_t i = 0, j = 0;
    for (;; i++, j++) {
        while (i < a.size && is_filler(a.data[i])) i++;
        while (j < b.size && is_filler(b.data[j])) j++;
        if (i == a.size || j == b.size) return i == a.size && j == b.size;
        if (folded(a.data[i]) != folded(b.data[j])) return false;
    }
}

int mz_csv_find(const mz_csv *csv, mz_str name) {
    for (size_t i = 0; i < csv->count; i++)
        if (mz_csv_name_equal(mz_csv_field(csv, (int)i), name)) return (int)i;
    return -1;
}

/* The next of the names separated by '|'; false behind the last. */
static bool next_name(const char **at, mz_str *ret_name) {
    if (!**at) return false;
    size_t size = strcspn(*at, "|");
    *ret_name = (mz_str){*at, size};
    *at += size + ((*at)[size] == '|');
    return true;
}

static int find_any(const mz_csv *csv, const char *names) {
    mz_str name;
    while (next_name(&names, &name)) {
        int at = mz_csv_find(csv, name);
        if (at >= 0) return at;
    }
    return -1;
}

mz_status mz_csv_map(const mz_csv *csv, const mz_csv_column *columns, size_t count, int *ret_at, mz_error *error) {
    mz_buffer missing;
    mz_buffer_init(&missing, NAME_BYTES * 2);
    for (size_t i = 0; i < count; i++) {
        ret_at[i] = find_any(csv, columns[i].names);
        if (ret_at[i] >= 0 || !columns[i].required) continue;
        mz_buffer_print(&missing, "%s\"%.*s\"", missing.size ? ", " : "", (int)strcspn(columns[i].names, "|"),
                        columns[i].names);
    }
    mz_status status = MZ_OK;
    if (missing.size || missing.failed) {
        mz_str first = mz_csv_field(csv, 0);
        int shown = (int)(first.size < NAME_BYTES / 2 ? first.size : NAME_BYTES / 2);
        while (shown > 0 && (size_t)shown < first.size && ((unsigned char)first.data[shown] & 0xC0) == 0x80) shown--;
        status = mz_fail_at(error, MZ_ERR_INPUT, csv->record_line, 0,
                            "the header lacks %s; it has %zu columns, the first is \"%.*s\"",
                            missing.size ? missing.data : "columns", csv->count, shown, first.data);
        mz_error_name(error, csv->input.name);
    }
    mz_buffer_done(&missing);
    return status;
}
