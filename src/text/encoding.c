#include "text/encoding.h"

#include "base/ascii.h"
#include "text/text.h"

enum { REPLACEMENT = 0xFFFD, ENOUGH_SIGNS = 20000 };

static const char *const names[MZ_ENCODING_COUNT] = {
#define MZ_X(constant, name) name,
    MZ_ENCODINGS(MZ_X)
#undef MZ_X
};

/* From 0x80 on; 0 is nothing. From 0xA0 on Windows-1252 is Latin-1. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x0000, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x0000, 0x017D, 0x0000, 0x0000, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x0000, 0x017E, 0x0178,
};
static const uint16_t windows_1256[128] = {
    0x20AC, 0x067E, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0679, 0x2039, 0x0152,
    0x0686, 0x0698, 0x0688, 0x06AF, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x06A9, 0x2122,
    0x0691, 0x203A, 0x0153, 0x200C, 0x200D, 0x06BA, 0x00A0, 0x060C, 0x00A2, 0x00A3, 0x00A4, 0x00A5, 0x00A6,
    0x00A7, 0x00A8, 0x00A9, 0x06BE, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF, 0x00B0, 0x00B1, 0x00B2, 0x00B3,
    0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x00B9, 0x061B, 0x00BB, 0x00BC, 0x00BD, 0x00BE, 0x061F, 0x06C1,
    0x0621, 0x0622, 0x0623, 0x0624, 0x0625, 0x0626, 0x0627, 0x0628, 0x0629, 0x062A, 0x062B, 0x062C, 0x062D,
    0x062E, 0x062F, 0x0630, 0x0631, 0x0632, 0x0633, 0x0634, 0x0635, 0x0636, 0x00D7, 0x0637, 0x0638, 0x0639,
    0x063A, 0x0640, 0x0641, 0x0642, 0x0643, 0x00E0, 0x0644, 0x00E2, 0x0645, 0x0646, 0x0647, 0x0648, 0x00E7,
    0x00E8, 0x00E9, 0x00EA, 0x00EB, 0x0649, 0x064A, 0x00EE, 0x00EF, 0x064B, 0x064C, 0x064D, 0x064E, 0x00F4,
    0x064F, 0x0650, 0x00F7, 0x0651, 0x00F9, 0x0652, 0x00FB, 0x00FC, 0x200E, 0x200F, 0x06D2,
};

const char *mz_encoding_name(mz_encoding encoding) {
    return encoding < MZ_ENCODING_COUNT ? names[encoding] : "";
}

mz_encoding mz_encoding_of(mz_str name) {
    mz_encoding encoding = MZ_ENCODING_UTF8;
    while (encoding < MZ_ENCODING_COUNT && !mz_same_word(name, names[encoding])) encoding++;
    return encoding;
}

static uint32_t code_of(mz_encoding encoding, unsigned char byte) {
    if (byte < 0x80) return byte;
    if (encoding == MZ_ENCODING_WINDOWS_1256) return windows_1256[byte - 0x80];
    return byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
}

/* ---- signs ---- */

static bool is_arabic(unsigned char byte) {
    uint32_t code = code_of(MZ_ENCODING_WINDOWS_1256, byte);
    return byte >= 0x80 && code >= 0x0620 && code <= 0x06D3;
}

/* Bytes from 0x80 on between two of ASCII. */
static void look_at_run(mz_encoding_signs *signs, const unsigned char *run, size_t size, bool beside_letter) {
    size_t arabic = 0;
    for (size_t i = 0; i < size; i++) {
        arabic += is_arabic(run[i]);
        signs->holes += !code_of(MZ_ENCODING_WINDOWS_1252, run[i]);
    }
    signs->strays += size;
    if (size == 1 || (beside_letter && arabic < size))
        signs->latin += beside_letter ? size : 0;
    else if (arabic == size)
        signs->arabic += size;
    else
        signs->odd += size;
}

/* The well-formed sequence of several bytes at the beginning; 0: there is none. */
static size_t sequence_of(mz_str text) {
    size_t offset = 0;
    uint32_t code;
    if (!mz_utf8_next(text, &offset, &code)) return 0;
    return offset > 1 ? offset : 0;
}

/* Looks at the run that was gathered. Where it is not at its end, a sequence that may be cut is kept for the rest. */
static void look_at_gathered(mz_encoding_signs *signs, bool ended, bool behind_letter) {
    size_t at = 0, left;
    for (; (left = signs->run_size - at) > 0;) {
        size_t step = sequence_of((mz_str){(const char *)signs->run + at, left});
        signs->sequences += step > 0;
        if (!step && !ended && left < 4) break;
        if (!step) {
            look_at_run(signs, signs->run + at, left, (at == 0 && mz_is_letter((char)signs->before)) || behind_letter);
            step = left;
        }
        at += step;
    }
    if (at) signs->before = signs->run[at - 1];
    memmove(signs->run, signs->run + at, left);
    signs->run_size = left;
}

static void look_at(mz_encoding_signs *signs, const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++) {
        uint64_t eight;
        while (!signs->run_size && size - i > sizeof eight) { /* plain text is passed over by eight */
            memcpy(&eight, bytes + i, sizeof eight);
            if (eight & UINT64_C(0x8080808080808080)) break;
            i += sizeof eight;
            signs->before = bytes[i - 1];
        }
        if (bytes[i] >= 0x80) {
            signs->run[signs->run_size++] = bytes[i];
            if (signs->run_size == sizeof signs->run) look_at_gathered(signs, false, false);
            continue;
        }
        if (signs->run_size) look_at_gathered(signs, true, mz_is_letter((char)bytes[i]));
        signs->before = bytes[i];
    }
}

static void count_zeros(mz_encoding_signs *signs, mz_str piece) {
    for (size_t i = 0; i < piece.size && signs->bytes + i < sizeof signs->head; i++)
        signs->head[signs->bytes + i] = (unsigned char)piece.data[i];
    if (piece.size && memchr(piece.data, 0, piece.size))
        for (size_t i = 0; i < piece.size; i++) signs->zeros[(signs->bytes + i) & 1] += piece.data[i] == 0;
    signs->bytes += piece.size;
}

bool mz_encoding_look(mz_encoding_signs *signs, mz_str piece) {
    count_zeros(signs, piece);
    look_at(signs, (const unsigned char *)piece.data, piece.size);
    return signs->sequences + signs->strays < ENOUGH_SIGNS;
}

static mz_encoding told_by_bytes(const mz_encoding_signs *signs) {
    uint64_t runs = signs->arabic + signs->odd;
    if (signs->strays == 0 || signs->sequences > 4 * signs->strays) return MZ_ENCODING_UTF8;
    if (signs->odd * 20 > signs->strays) return MZ_ENCODING_COUNT;
    if (runs * 10 > signs->strays) return MZ_ENCODING_WINDOWS_1256;
    if (runs * 50 > signs->strays || signs->holes) return MZ_ENCODING_COUNT;
    return MZ_ENCODING_WINDOWS_1252;
}

mz_encoding mz_encoding_told(const mz_encoding_signs *given, size_t *ret_mark) {
    mz_encoding_signs signs = *given;
    const unsigned char *head = signs.head;
    *ret_mark = 0;
    look_at_gathered(&signs, true, false);
    if (signs.bytes >= 2 && head[0] + head[1] == 0xFF + 0xFE && head[0] >= 0xFE) {
        *ret_mark = 2;
        return head[0] == 0xFF ? MZ_ENCODING_UTF16LE : MZ_ENCODING_UTF16BE;
    }
    if (signs.bytes >= 3 && head[0] == 0xEF && head[1] == 0xBB && head[2] == 0xBF) *ret_mark = 3;
    /* separators and digits have a zero byte each, whatever the letters */
    if (signs.zeros[1] * 20 > signs.bytes && signs.zeros[0] * 10 < signs.zeros[1]) return MZ_ENCODING_UTF16LE;
    if (signs.zeros[0] * 20 > signs.bytes && signs.zeros[1] * 10 < signs.zeros[0]) return MZ_ENCODING_UTF16BE;
    return told_by_bytes(&signs);
}

/* ---- decoding ---- */

static void put(mz_buffer *out, uint32_t code) {
    char sign[4];
    mz_buffer_append(out, sign, mz_utf8_put(code ? code : REPLACEMENT, sign));
}

static uint32_t unit_at(mz_encoding encoding, const unsigned char *at) {
    return encoding == MZ_ENCODING_UTF16LE ? (uint32_t)(at[0] | at[1] << 8) : (uint32_t)(at[1] | at[0] << 8);
}

static size_t decode_utf16(mz_encoding encoding, mz_str bytes, bool last, mz_buffer *out) {
    const unsigned char *from = (const unsigned char *)bytes.data;
    size_t used = 0;
    while (bytes.size - used >= 2) {
        uint32_t code = unit_at(encoding, from + used), low = 0;
        size_t left = bytes.size - used;
        bool high = code >= 0xD800 && code <= 0xDBFF;
        if (high && left < 4 && !last) break;
        if (high && left >= 4) low = unit_at(encoding, from + used + 2);
        bool pair = low >= 0xDC00 && low <= 0xDFFF;
        if (pair) code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
        if (code == 0)
            mz_buffer_char(out, 0); /* not text; who reads it says so */
        else
            put(out, code >= 0xD800 && code <= 0xDFFF ? REPLACEMENT : code);
        used += pair ? 4 : 2;
    }
    if (last && used < bytes.size) put(out, REPLACEMENT);
    return last ? bytes.size : used;
}

size_t mz_encoding_decode(mz_encoding encoding, mz_str bytes, bool last, mz_buffer *out) {
    if (encoding == MZ_ENCODING_UTF16LE || encoding == MZ_ENCODING_UTF16BE)
        return decode_utf16(encoding, bytes, last, out);
    if (encoding != MZ_ENCODING_WINDOWS_1252 && encoding != MZ_ENCODING_WINDOWS_1256) {
        mz_buffer_str(out, bytes);
        return bytes.size;
    }
    for (size_t i = 0; i < bytes.size; i++) {
        unsigned char byte = (unsigned char)bytes.data[i];
        if (byte < 0x80)
            mz_buffer_char(out, (char)byte);
        else
            put(out, code_of(encoding, byte));
    }
    return bytes.size;
}
