#include "match/soundex.h"

#include <string.h>

bool mz_soundex(const uint32_t *letters, size_t count, char out[MZ_SOUNDEX_SIZE]) {
    /*                            abcdefghijklmnopqrstuvwxyz; a dot separates, a space does not */
    static const char digits[] = ".123.12 .22455.12623.1 2.2";
    size_t size = 0;
    char before = '.';
    memset(out, '0', MZ_SOUNDEX_SIZE);
    for (size_t i = 0; i < count && size < MZ_SOUNDEX_SIZE; i++) {
        uint32_t letter = letters[i] | 0x20;
        if (letter < 'a' || letter > 'z') continue;
        char digit = digits[letter - 'a'];
        if (size == 0) {
            out[size++] = (char)(letter - 'a' + 'A');
        } else if (digit != '.' && digit != ' ' && digit != before) {
            out[size++] = digit;
        }
        if (digit != ' ') before = digit;
    }
    return size > 0;
}
