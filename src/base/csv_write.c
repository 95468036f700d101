#include "base/csv_write.h"

#include <string.h>

static bool needs_quotes(mz_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (memchr(",\"\r\n", text.data[i], 4)) return true;
    return false;
}

static bool is_formula(mz_str text) {
    static const char *const wide[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"}; /* = + - @ */
    if (text.size && memchr("=+-@", text.data[0], 4)) return true;
    for (size_t k = 0; k < sizeof wide / sizeof *wide; k++)
        if (text.size >= 3 && memcmp(text.data, wide[k], 3) == 0) return true;
    return false;
}

/* Whether a spreadsheet that begins a cell here carries it out. Quotes are looked through: where it splits lines
 * otherwise than at commas, those that we put mean something else. */
static bool begins_formula(mz_str text) {
    while (text.size && (text.data[0] == '"' || text.data[0] == ' ')) text = (mz_str){text.data + 1, text.size - 1};
    return is_formula(text);
}

static bool is_guarded(mz_str text, size_t place) {
    const mz_str rest = {text.data + place, text.size - place};
    if (!place) return is_formula(text) || (text.size && memchr("\t\r", text.data[0], 2));
    return memchr(";\t\r\n", text.data[place - 1], 4) && begins_formula(rest);
}

static void put(mz_buffer *out, mz_str text, bool first, bool guarded) {
    bool quoted = needs_quotes(text);
    if (!first) mz_buffer_char(out, ',');
    if (quoted) mz_buffer_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (guarded && is_guarded(text, i)) mz_buffer_char(out, '\'');
        if (text.data[i] == '"') mz_buffer_char(out, '"');
        mz_buffer_char(out, text.data[i]);
    }
    if (quoted) mz_buffer_char(out, '"');
}

void mz_csv_put(mz_buffer *out, mz_str text, bool first) {
    put(out, text, first, false);
}

void mz_csv_cell(mz_buffer *out, mz_str text, bool first) {
    put(out, text, first, true);
}
