#include "server/raw.h"

#include <microhttpd.h>
#include <stdint.h>
#include <string.h>

enum { FIELD_LINE_END = 2, HEAD_END = 4 };

/* How far one place is behind another, which may be in another piece of memory. */
static size_t distance(const char *from, const char *to) {
    return (size_t)((uintptr_t)to - (uintptr_t)from);
}

void mz_raw_begin(mz_raw *raw, const char *version) {
    *raw = (mz_raw){.looks = strncmp(MHD_get_version(), "0.9.75", 6) == 0, .end = version + strlen(version)};
}

void mz_raw_field(mz_raw *raw, const char *name, size_t name_size, const char *value, size_t value_size) {
    if (!raw->looks || raw->spoiled) return;
    bool next_line = distance(raw->end, name) == FIELD_LINE_END && raw->end[0] == '\0' && raw->end[1] == '\0';
    /* a value that was put together of several lines is elsewhere */
    const char *blank = name + name_size + 1;
    size_t blanks = value ? distance(blank, value) : 0;
    bool same_line = next_line && value && blanks < UINT16_MAX;
    for (size_t k = 0; same_line && k < blanks; k++) same_line = blank[k] == ' ' || blank[k] == '\t';
    raw->spoiled = !same_line;
    raw->end = value ? value + value_size : name;
}

void mz_raw_end(mz_raw *raw, const char *head_start, size_t head_bytes) {
    if (raw->looks && distance(head_start, raw->end) + HEAD_END != head_bytes) raw->spoiled = true;
}
