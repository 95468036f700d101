/* The reader of comma-separated values. The first byte chooses the delimiter (or that it is found out).
 *
 * Whatever comes, every field is valid UTF-8 inside the limits and lines only grow. And what was read, written again
 * with every field in quotes, reads as the same. */
#include "base/buffer.h"
#include "lists/csv.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool is_utf8(mz_str text) {
    for (size_t i = 0; i < text.size;) {
        unsigned char lead = (unsigned char)text.data[i];
        size_t length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
        if (length == 0 || length > text.size - i) return false;
        for (size_t k = 1; k < length; k++)
            if (((unsigned char)text.data[i + k] & 0xC0) != 0x80) return false;
        i += length;
    }
    return true;
}

static void write_field(mz_buffer *out, mz_str text) {
    mz_buffer_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"') mz_buffer_char(out, '"');
        mz_buffer_char(out, text.data[i]);
    }
    mz_buffer_char(out, '"');
}

/* Reads to the end or to an error; writes what was read, all in quotes. */
static mz_status read_all(mz_str text, char delimiter, mz_buffer *out) {
    mz_csv *csv;
    mz_error error = {0};
    bool more = true;
    uint64_t line = 0;
    mz_status status = mz_csv_open_memory("input", text, delimiter, &csv, &error);
    if (status) return status;
    for (;;) {
        status = mz_csv_next(csv, &more, &error);
        if (status || !more) break;
        if (mz_csv_line(csv) <= line || mz_csv_count(csv) == 0 || mz_csv_count(csv) > MZ_CSV_COLUMNS) abort();
        line = mz_csv_line(csv);
        for (size_t i = 0; i < mz_csv_count(csv); i++) {
            mz_str field = mz_csv_field(csv, (int)i);
            if (!is_utf8(field) || field.size > 3 * (size_t)MZ_CSV_FIELD_BYTES) abort();
            if (i) mz_buffer_char(out, ',');
            write_field(out, field);
        }
        mz_buffer_char(out, '\n');
    }
    if (status && (error.text[0] == '\0' || error.line == 0)) abort();
    mz_csv_close(csv);
    return status;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char delimiters[] = {0, ',', ';', '\t', '|'};
    if (size == 0) return 0;
    mz_buffer once, twice;
    mz_buffer_init(&once, (size_t)64 << 20);
    mz_buffer_init(&twice, (size_t)64 << 20);
    mz_str text = {(const char *)data + 1, size - 1};
    (void)read_all(text, delimiters[data[0] % sizeof delimiters], &once);
    mz_status status = read_all(mz_buffer_view(&once), ',', &twice);
    if (status || !mz_str_equal(mz_buffer_view(&once), mz_buffer_view(&twice))) abort();
    mz_buffer_done(&once);
    mz_buffer_done(&twice);
    return 0;
}
