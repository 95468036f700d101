#include "base/csv_write.h"

#include <string.h>

static bool needs_quotes(mz_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (memchr(",\"\r\n", text.data[i], 4)) return true;
    return false;
}

static void put_quoted(mz_buffer *out, mz_str text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"') mz_buffer_char(out, '"');
        mz_buffer_char(out, text.data[i]);
    }
}

static void put(mz_buffer *out, mz_str text, bool first, bool guarded) {
    if (!first) mz_buffer_char(out, ',');
    bool quoted = needs_quotes(text);
    if (quoted) mz_buffer_char(out, '"');
    if (guarded) mz_buffer_char(out, '\'');
    if (quoted)
        put_quoted(out, text);
    else
        mz_buffer_str(out, text);
    if (quoted) mz_buffer_char(out, '"');
}

void mz_csv_put(mz_buffer *out, mz_str text, bool first) {
    put(out, text, first, false);
}

static bool is_formula(mz_str text) {
    static const char *const wide[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"}; /* = + - @ */
    if (text.size && memchr("=+-@\t\r", text.data[0], 6)) return true;
    for (size_t k = 0; k < sizeof wide / sizeof *wide; k++)
        if (text.size >= 3 && memcmp(text.data, wide[k], 3) == 0) return true;
    return false;
}

void mz_csv_cell(mz_buffer *out, mz_str text, bool first) {
    put(out, text, first, is_formula(text));
}
