/* Encodings of text files from elsewhere: what a file is in, and from there to UTF-8.
 *
 * Read are UTF-8, UTF-16 (https://www.rfc-editor.org/rfc/rfc2781) and the two encodings in which programs of old write
 * the languages of our users: Windows-1252 (French, English and others of Western Europe) and Windows-1256 (Arabic,
 * French beside it). Their tables are those of https://encoding.spec.whatwg.org/.
 *
 * What a file is in is told from its bytes: a byte-order mark; the zero bytes of UTF-16; sequences that only UTF-8
 * has. Of the two others, Arabic words are runs of letters that are Arabic in the one, while accented letters of the
 * other stand between letters of ASCII. What fits neither (Cyrillic, Greek, …) is not guessed at. */
#ifndef MIZAN_TEXT_ENCODING_H
#define MIZAN_TEXT_ENCODING_H

#include "base/buffer.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stdint.h>

/* X(CONSTANT, name) */
#define MZ_ENCODINGS(X)                                                                                                \
    X(UTF8, "utf-8")                                                                                                   \
    X(UTF16LE, "utf-16le")                                                                                             \
    X(UTF16BE, "utf-16be")                                                                                             \
    X(WINDOWS_1252, "windows-1252")                                                                                    \
    X(WINDOWS_1256, "windows-1256")

typedef enum mz_encoding {
#define MZ_X(constant, name) MZ_ENCODING_##constant,
    MZ_ENCODINGS(MZ_X)
#undef MZ_X
        MZ_ENCODING_COUNT /* also: not known */
} mz_encoding;

const char *mz_encoding_name(mz_encoding encoding);
/* MZ_ENCODING_COUNT when there is none of that name (capitals do not matter). */
mz_encoding mz_encoding_of(mz_str name);

/* What is known of a file's bytes so far; zeroed at the beginning. */
typedef struct mz_encoding_signs {
    uint64_t bytes;
    unsigned char head[3];
    uint64_t zeros[2];           /* at even and at odd places */
    uint64_t sequences;          /* of more than one byte that are well-formed UTF-8 */
    uint64_t strays;             /* bytes from 0x80 on that are in none */
    uint64_t latin, arabic, odd; /* of strays: beside ASCII letters; in runs of Arabic letters; in other runs */
    uint64_t holes;              /* bytes that are nothing in Windows-1252 */
    unsigned char run[64];       /* bytes from 0x80 on, up to the end of the piece */
    size_t run_size;
    unsigned char before; /* the byte before them */
} mz_encoding_signs;

/* Looks at the next bytes; whether more would tell more. */
bool mz_encoding_look(mz_encoding_signs *signs, mz_str piece);
/* MZ_ENCODING_COUNT: none of those that are read. *ret_mark: bytes of the byte-order mark at the beginning. */
mz_encoding mz_encoding_told(const mz_encoding_signs *signs, size_t *ret_mark);

/* Appends `bytes` as UTF-8; returns how many were used: all, but for a character that is cut by their end when `last`
 * is not so. Malformed UTF-16, and bytes that are nothing, become U+FFFD; malformed UTF-8 is passed on as it is. */
size_t mz_encoding_decode(mz_encoding encoding, mz_str bytes, bool last, mz_buffer *out);

#endif
