#include "names/digits.h"

#include "text/text.h"

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

static bool letter_at(mz_str text, size_t at) {
    uint32_t code_point;
    return mz_utf8_next(text, &at, &code_point) && mz_script_of(code_point) != MZ_SCRIPT_NONE;
}

static bool letter_before(mz_str text, size_t at) {
    if (at == 0) return false;
    size_t start = at - 1;
    while (start > 0 && at - start < 4 && ((unsigned char)text.data[start] & 0xC0) == 0x80) start--;
    return letter_at(text, start);
}

static bool vowel(char c) {
    return c != '\0' && strchr("aeiouyAEIOUY", c) != NULL;
}

/* 1 is an l beside a vowel and an i between consonants. */
static char letter_for(char c, char before, char after) {
    switch (c) {
    case '0': return 'o';
    case '1': return vowel(before) || vowel(after) ? 'l' : 'i';
    case '3': return 'e';
    case '4': return 'a';
    case '5': return 's';
    case '7': return 't';
    default: return c;
    }
}

/* Reads the digits [first, last), which touch a letter, into `into`. */
static void read_run(mz_str text, size_t first, size_t last, char *into) {
    for (size_t i = first; i < last; i++)
        into[i] = letter_for(text.data[i], i ? into[i - 1] : '\0', i + 1 < text.size ? text.data[i + 1] : '\0');
}

mz_str mz_digits_as_letters(mz_str text, mz_arena *arena) {
    char *read = NULL;
    for (size_t i = 0; i < text.size;) {
        size_t last = i;
        while (last < text.size && digit(text.data[last])) last++;
        if (last == i) {
            i++;
            continue;
        }
        if (letter_before(text, i) || (last < text.size && letter_at(text, last))) {
            if (!read) {
                read = MZ_ARENA_NEW(arena, text.size, char);
                if (!read) return text;
                memcpy(read, text.data, text.size);
            }
            read_run(text, i, last, read);
        }
        i = last;
    }
    return read ? (mz_str){read, text.size} : text;
}
