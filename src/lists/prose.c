/* Facts in prose. All rules are about shape; no rule knows a list or a name. */
#include "lists/prose.h"

#include "base/ascii.h"

#include <string.h>

/* Letters of other scripts count. */
static bool is_letter(char c) {
    return mz_is_letter(c) || (unsigned char)c >= 0x80;
}

static mz_str from(mz_str text, size_t at) {
    return (mz_str){text.data + at, text.size - at};
}

/* ---- numbered values ---- */

/* The length of "(12)", "12)", "(a)" or "a)" at the beginning of `text`, or 0. */
static size_t marker_size(mz_str text) {
    size_t at = text.size && text.data[0] == '(';
    size_t first = at;
    while (at < text.size && at - first < 2 && mz_is_digit(text.data[at])) at++;
    if (at == first && at < text.size && text.data[at] >= 'a' && text.data[at] <= 'h') at++;
    return at > first && at < text.size && text.data[at] == ')' ? at + 1 : 0;
}

static mz_str without_edges(mz_str text) {
    text = mz_trimmed(text);
    while (text.size && strchr(",;", text.data[text.size - 1])) text = mz_trimmed((mz_str){text.data, text.size - 1});
    while (text.size && strchr(",;", text.data[0])) text = mz_trimmed(from(text, 1));
    return text;
}

/* Markers at the beginning, and what joins them: "(1)-(3) ", "(1) to (3) ". */
static mz_str skip_markers(mz_str text) {
    for (;;) {
        text = without_edges(text);
        size_t size = marker_size(text);
        if (size == 0) return text;
        text = without_edges(from(text, size));
        mz_str behind = text;
        if (mz_starts_with(behind, "to ") || mz_starts_with(behind, "and "))
            behind = mz_trimmed(from(behind, 3));
        else if (behind.size && behind.data[0] == '-')
            behind = mz_trimmed(from(behind, 1));
        if (marker_size(behind)) text = behind;
    }
}

bool mz_next_numbered(mz_str *rest, mz_str *ret_value) {
    while (rest->size) {
        mz_str text = skip_markers(*rest);
        size_t end = 0;
        while (end < text.size && !(end > 0 && mz_is_blank(text.data[end - 1]) && marker_size(from(text, end)))) end++;
        *rest = from(text, end);
        mz_str value = without_edges((mz_str){text.data, end});
        if (value.size == 0 || mz_same_word(value, "-") || mz_same_word(value, "na") || mz_same_word(value, "n/a"))
            continue;
        *ret_value = value;
        return true;
    }
    return false;
}

bool mz_next_between(mz_str *rest, const char *separators, mz_str *ret_value) {
    while (rest->size) {
        size_t end = 0;
        while (end < rest->size && !strchr(separators, rest->data[end])) end++;
        *ret_value = mz_trimmed((mz_str){rest->data, end});
        *rest = from(*rest, end < rest->size ? end + 1 : end);
        if (ret_value->size) return true;
    }
    return false;
}

/* ---- numbers ---- */

static bool has_digit(mz_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (mz_is_digit(text.data[i])) return true;
    return false;
}

/* A country's or a series' capitals before a number. */
static bool is_prefix_word(mz_str word) {
    if (word.size == 0 || word.size > 3) return false;
    for (size_t i = 0; i < word.size; i++)
        if (!mz_is_capital(word.data[i])) return false;
    return !mz_same_word(word, "no") && !mz_same_word(word, "id");
}

/* "no.100200300", "No:12": what is behind the letters and their dot or colon. */
static mz_str behind_label(mz_str word) {
    size_t at = 0;
    while (at < word.size && is_letter(word.data[at])) at++;
    if (at == 0 || at >= word.size || !strchr(".:#", word.data[at]) || at + 1 >= word.size) return word;
    return from(word, at + 1);
}

static size_t word_size(mz_str text) {
    size_t size = 0;
    while (size < text.size && !mz_is_blank(text.data[size]) && !strchr("(),;", text.data[size])) size++;
    return size;
}

static mz_str without_dot(mz_str word) {
    while (word.size && strchr(".:,;)('\"", word.data[word.size - 1])) word.size--;
    while (word.size && strchr(".:,;)('\"#", word.data[0])) word = from(word, 1);
    return word;
}

mz_str mz_number_in(mz_str text) {
    mz_str number = {"", 0};
    for (size_t at = 0; at < text.size;) {
        mz_str word = {text.data + at, word_size(from(text, at))};
        bool ends = word.size < text.size - at && !mz_is_blank(text.data[at + word.size]);
        at += word.size + 1;
        if (word.size == 0) {
            if (ends && has_digit(number)) break;
            continue;
        }
        mz_str bare = without_dot(number.size ? word : behind_label(word));
        bool part = has_digit(bare) || is_prefix_word(bare);
        if (part && bare.size) {
            const char *start = number.size ? number.data : bare.data;
            number = (mz_str){start, (size_t)(bare.data + bare.size - start)};
            if (bare.data + bare.size < word.data + word.size) ends = true; /* a dot ended it */
        } else {
            if (has_digit(number)) break;
            number.size = 0;
        }
        if (ends && has_digit(number)) break;
        if (ends) number.size = 0;
    }
    return has_digit(number) ? number : (mz_str){"", 0};
}

/* Passes over signs and the words that stand between a label and its number. */
static mz_str skip_fillers(mz_str text) {
    static const char *const fillers[] = {"reference", "number", "ref", "no", "is"};
    for (;;) {
        while (text.size && (mz_is_blank(text.data[0]) || strchr(".:#-()", text.data[0]))) text = from(text, 1);
        size_t i = 0, count = sizeof fillers / sizeof fillers[0];
        for (; i < count; i++) {
            size_t size = strlen(fillers[i]);
            if (mz_starts_with(text, fillers[i]) && (text.size == size || !is_letter(text.data[size]))) break;
        }
        if (i == count) return text;
        text = from(text, strlen(fillers[i]));
    }
}

mz_str mz_word_after(mz_str text, const char *label) {
    size_t size = strlen(label);
    for (size_t i = 0; i + size < text.size; i++) {
        if (i > 0 && (is_letter(text.data[i - 1]) || mz_is_digit(text.data[i - 1]))) continue;
        if (!mz_starts_with(from(text, i), label) || is_letter(text.data[i + size])) continue;
        mz_str behind = skip_fillers(from(text, i + size));
        mz_str word = without_dot((mz_str){behind.data, word_size(behind)});
        if (has_digit(word)) return word;
    }
    return (mz_str){"", 0};
}

/* ---- languages ---- */

mz_str mz_language_code(mz_str name) {
    static const struct {
        const char *name, *code;
    } codes[] = {
        {"arabic", "ar"},    {"russian", "ru"},     {"ukrainian", "uk"}, {"belarusian", "be"}, {"chinese", "zh"},
        {"persian", "fa"},   {"farsi", "fa"},       {"dari", "prs"},     {"pashto", "ps"},     {"urdu", "ur"},
        {"korean", "ko"},    {"burmese", "my"},     {"georgian", "ka"},  {"hebrew", "he"},     {"serbian", "sr"},
        {"bosnian", "bs"},   {"turkish", "tr"},     {"english", "en"},   {"french", "fr"},     {"spanish", "es"},
        {"german", "de"},    {"kurdish", "ku"},     {"tigrinya", "ti"},  {"amharic", "am"},    {"japanese", "ja"},
        {"armenian", "hy"},  {"azerbaijani", "az"}, {"kazakh", "kk"},    {"uzbek", "uz"},      {"romanian", "ro"},
        {"bulgarian", "bg"}, {"macedonian", "mk"},  {"tajik", "tg"},     {"bengali", "bn"},    {"hindi", "hi"}};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        if (mz_same_word(mz_trimmed(name), codes[i].name)) return mz_str_of(codes[i].code);
    return (mz_str){"", 0};
}
