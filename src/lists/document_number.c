/* Numbers in fields and in prose. A word is number-like when it has a digit; short words of capitals (a series: "L",
 * "OB") belong to the number behind them. Years and dates stand behind the number in every case seen, so the first word
 * with enough digits is it. */
#include "lists/document_number.h"

#include "base/ascii.h"
#include "mizan/country.h"
#include "mizan/identifier.h"

#include <stdbool.h>
#include <string.h>

enum { PROSE_DIGITS = 5, LABELLED_DIGITS = 3, SERIES_LETTERS = 3 };

static size_t digits_in(mz_str word) {
    size_t digits = 0;
    for (size_t i = 0; i < word.size; i++) digits += mz_is_digit(word.data[i]);
    return digits;
}

static bool is_series(mz_str word) {
    for (size_t i = 0; i < word.size; i++)
        if (!mz_is_capital(word.data[i]) && word.data[i] != '-') return false;
    return word.size > 0 && word.size <= SERIES_LETTERS;
}

static mz_str last_word(mz_str text) {
    size_t at = text.size;
    while (at > 0 && !mz_is_blank(text.data[at - 1])) at--;
    return (mz_str){text.data + at, text.size - at};
}

/* Without "(…)" at the end, and without ", Country" behind something with digits. */
static mz_str without_tail(mz_str text) {
    const char *bracket = text.size ? memchr(text.data, '(', text.size) : NULL;
    if (bracket && text.data[text.size - 1] == ')') {
        mz_str before = mz_trimmed((mz_str){text.data, (size_t)(bracket - text.data)});
        if (digits_in(before)) text = before;
    }
    const char *comma = text.size ? memchr(text.data, ',', text.size) : NULL;
    if (!comma) return text;
    mz_str before = mz_trimmed((mz_str){text.data, (size_t)(comma - text.data)});
    mz_str behind = {comma, text.size - (size_t)(comma - text.data)};
    return digits_in(before) && !digits_in(behind) ? before : text;
}

mz_str mz_document_number(mz_str field) {
    field = mz_trimmed(field);
    mz_str rest = without_tail(field);
    const char *end = rest.data + rest.size, *start = end;
    for (;;) {
        rest = mz_trimmed(rest);
        mz_str word = last_word(rest);
        if (!digits_in(word) && !(start < end && is_series(word))) break;
        start = word.data;
        rest.size = (size_t)(word.data - rest.data);
    }
    return start < end ? (mz_str){start, (size_t)(end - start)} : field;
}

static mz_str next_word(mz_str *rest) {
    while (rest->size && mz_is_blank(rest->data[0])) rest->data++, rest->size--;
    mz_str word = {rest->data, 0};
    while (word.size < rest->size && !mz_is_blank(rest->data[word.size])) word.size++;
    rest->data += word.size;
    rest->size -= word.size;
    return word;
}

static bool is_label(mz_str word) {
    static const char *const labels[] = {"number", "number:", "no.", "no", "no:", "no.:", "code:", "card", "ssn"};
    for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
        if (mz_same_word(word, labels[i])) return true;
    return false;
}

mz_str mz_document_number_in_prose(mz_str text) {
    mz_str rest = text, series = {"", 0};
    bool labelled = false;
    for (mz_str word = next_word(&rest); word.size; word = next_word(&rest)) {
        while (word.size && strchr(",.;:)", word.data[word.size - 1])) word.size--;
        if (digits_in(word) >= (size_t)(labelled ? LABELLED_DIGITS : PROSE_DIGITS)) {
            const char *start = series.size ? series.data : word.data;
            return (mz_str){start, (size_t)(word.data + word.size - start)};
        }
        bool label = is_label(word);
        if (!is_series(word) || label) labelled = label;
        series = is_series(word) && !label ? word : (mz_str){"", 0};
    }
    return (mz_str){"", 0};
}

static bool has_right_check(mz_property property, mz_str number) {
    char normal[MZ_IDENTIFIER_SIZE];
    size_t size;
    return mz_identifier_normalise(property, number, normal, &size) == MZ_CHECK_RIGHT;
}

mz_property mz_identifier_refined(mz_property property, mz_str number, mz_str country) {
    const char *code = mz_country_code(country);
    bool russian = code && strcmp(code, "ru") == 0;
    if (property == MZ_PROP_registrationNumber && has_right_check(MZ_PROP_leiCode, number)) return MZ_PROP_leiCode;
    if (russian && property == MZ_PROP_taxNumber && has_right_check(MZ_PROP_innCode, number)) return MZ_PROP_innCode;
    if (russian && property == MZ_PROP_registrationNumber && has_right_check(MZ_PROP_ogrnCode, number))
        return MZ_PROP_ogrnCode;
    return property;
}
