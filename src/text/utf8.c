/* UTF-8 in and out.
 *
 * Validity is RFC 3629, section 4; the ranges of the second byte are its table. A vectorised check was not worth its
 * code: names are short and mostly ASCII, and eight ASCII bytes at a time are skipped already. */
#include "text/text.h"

#include <utf8proc.h>

enum { REPLACEMENT = 0xFFFD };

/* Length of the well-formed sequence at `at`, 0 when malformed; `left` > 0. */
static size_t sequence(const unsigned char *at, size_t left) {
    unsigned lead = at[0], low = 0x80, high = 0xBF;
    if (lead < 0x80) return 1;
    size_t length = lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : lead < 0xF5 ? 4 : 0;
    if (length == 0 || left < length) return 0;
    if (lead == 0xE0) low = 0xA0;  /* overlong */
    if (lead == 0xED) high = 0x9F; /* surrogates */
    if (lead == 0xF0) low = 0x90;  /* overlong */
    if (lead == 0xF4) high = 0x8F; /* above U+10FFFF */
    if (at[1] < low || at[1] > high) return 0;
    for (size_t i = 2; i < length; i++)
        if ((at[i] & 0xC0) != 0x80) return 0;
    return length;
}

bool mz_utf8_valid(mz_str text, size_t *ret_bad_offset) {
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t i = 0;
    while (i < text.size) {
        uint64_t eight;
        if (text.size - i >= sizeof eight) {
            memcpy(&eight, bytes + i, sizeof eight);
            if (!(eight & UINT64_C(0x8080808080808080))) {
                i += sizeof eight;
                continue;
            }
        }
        size_t length = sequence(bytes + i, text.size - i);
        if (length == 0) {
            if (ret_bad_offset) *ret_bad_offset = i;
            return false;
        }
        i += length;
    }
    return true;
}

bool mz_utf8_next(mz_str text, size_t *offset, uint32_t *ret_code_point) {
    if (*offset >= text.size) return false;
    const unsigned char *at = (const unsigned char *)text.data + *offset;
    size_t length = sequence(at, text.size - *offset);
    switch (length) {
    case 1: *ret_code_point = at[0]; break;
    case 2: *ret_code_point = (at[0] & 0x1Fu) << 6 | (at[1] & 0x3Fu); break;
    case 3: *ret_code_point = (at[0] & 0x0Fu) << 12 | (at[1] & 0x3Fu) << 6 | (at[2] & 0x3Fu); break;
    case 4:
        *ret_code_point = (at[0] & 0x07u) << 18 | (at[1] & 0x3Fu) << 12 | (at[2] & 0x3Fu) << 6 | (at[3] & 0x3Fu);
        break;
    default:
        *ret_code_point = REPLACEMENT;
        length = 1;
        break;
    }
    *offset += length;
    return true;
}

size_t mz_utf8_put(uint32_t code_point, char out[4]) {
    if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = REPLACEMENT;
    if (code_point < 0x80) {
        out[0] = (char)code_point;
        return 1;
    }
    if (code_point < 0x800) {
        out[0] = (char)(0xC0 | code_point >> 6);
        out[1] = (char)(0x80 | (code_point & 0x3F));
        return 2;
    }
    if (code_point < 0x10000) {
        out[0] = (char)(0xE0 | code_point >> 12);
        out[1] = (char)(0x80 | (code_point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (code_point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | code_point >> 18);
    out[1] = (char)(0x80 | (code_point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (code_point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (code_point & 0x3F));
    return 4;
}

size_t mz_display_width(mz_str text) {
    size_t offset = 0, columns = 0;
    uint32_t code_point;
    while (mz_utf8_next(text, &offset, &code_point)) {
        int width = utf8proc_charwidth((utf8proc_int32_t)code_point);
        if (width > 0) columns += (size_t)width;
    }
    return columns;
}
