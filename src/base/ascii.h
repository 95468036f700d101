/* Letters, digits and blanks of ASCII, the same under every locale: what <ctype.h> and strcasecmp would ask the locale
 * for. Bytes of other scripts (0x80 and above) are none of these; what letters they are is a question for text/. */
#ifndef MIZAN_BASE_ASCII_H
#define MIZAN_BASE_ASCII_H

#include "mizan/str.h"

#include <stdbool.h>
#include <string.h>

static inline bool mz_is_digit(char c) {
    return c >= '0' && c <= '9';
}

static inline bool mz_is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

static inline bool mz_is_letter(char c) {
    return mz_is_capital(c) || (c >= 'a' && c <= 'z');
}

/* The six that C calls white space: blank, tab, line feed, vertical tab, form feed, carriage return. */
static inline bool mz_is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static inline char mz_lower(char c) {
    return (char)(mz_is_capital(c) ? c - 'A' + 'a' : c);
}

/* The text without the white space around it. */
static inline mz_str mz_trimmed(mz_str text) {
    while (text.size && mz_is_blank(text.data[0])) text.data++, text.size--;
    while (text.size && mz_is_blank(text.data[text.size - 1])) text.size--;
    return text;
}

/* Whether the two are equal but for capitals. */
static inline bool mz_same_letters(mz_str a, mz_str b) {
    if (a.size != b.size) return false;
    for (size_t i = 0; i < a.size; i++)
        if (mz_lower(a.data[i]) != mz_lower(b.data[i])) return false;
    return true;
}

/* Whether the text begins with these letters, ends with them, is them, or has them in it; capitals or not. */
static inline bool mz_starts_with(mz_str text, const char *start) {
    size_t at = 0;
    while (at < text.size && start[at] && mz_lower(text.data[at]) == mz_lower(start[at])) at++;
    return start[at] == '\0';
}

static inline bool mz_ends_with(mz_str text, const char *end) {
    size_t size = strlen(end);
    return text.size >= size && mz_starts_with((mz_str){text.data + (text.size - size), size}, end);
}

static inline bool mz_same_word(mz_str text, const char *word) {
    return text.size == strlen(word) && mz_starts_with(text, word);
}

static inline bool mz_contains(mz_str text, const char *part) {
    for (size_t i = 0; i < text.size; i++)
        if (mz_starts_with((mz_str){text.data + i, text.size - i}, part)) return true;
    return *part == '\0';
}

#endif
