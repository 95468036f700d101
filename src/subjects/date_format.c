/* Dates in the form that a source is known to write: mapping.h says which there are. What they are read as is decided
 * by the parser of all dates (mizan/date.h), from a text that cannot be misread. */
#include "base/ascii.h"
#include "mizan/date.h"
#include "subjects/mapping.h"

#include <stdio.h>

enum { FORMAT_BYTES_MOST = 32, MONTH_BYTES_MOST = 24, PIVOT_YEAR = 30 };

typedef struct date_parts {
    unsigned day, month, year;
    char name[MONTH_BYTES_MOST]; /* of the month; empty: `month` */
    bool has_day, has_month;
} date_parts;

/* The run of one of D, M and Y at the beginning; 0: another sign stands there. */
static size_t run_of(mz_str format) {
    size_t size = 0;
    char c = format.size ? format.data[0] : '\0';
    if (c != 'D' && c != 'M' && c != 'Y') return 0;
    while (size < format.size && format.data[size] == c) size++;
    return size;
}

bool mz_date_format_valid(mz_str format) {
    unsigned days = 0, months = 0, years = 0;
    if (format.size > FORMAT_BYTES_MOST) return false;
    while (format.size) {
        size_t run = run_of(format);
        char c = format.data[0];
        if (mz_is_digit(c) || (!run && mz_is_letter(c) && c != 'T')) return false;
        days += c == 'D' && run;
        months += c == 'M' && run;
        years += c == 'Y' && run;
        if (c == 'D' && run > 2) return false;
        if (c == 'M' && run > 3) return false;
        if (c == 'Y' && run != 2 && run != 4) return false;
        size_t step = run ? run : 1;
        format = (mz_str){format.data + step, format.size - step};
    }
    return years == 1 && months <= 1 && days <= 1 && days <= months;
}

/* Digits, `most` at most; where `exact`, not fewer. */
static bool take_number(mz_str *text, size_t most, bool exact, unsigned *ret_number) {
    size_t size = 0;
    unsigned number = 0;
    while (size < text->size && size < most && mz_is_digit(text->data[size]))
        number = number * 10 + (unsigned)(text->data[size++] - '0');
    if (!size || (exact && size < most)) return false;
    *text = (mz_str){text->data + size, text->size - size};
    *ret_number = number;
    return true;
}

static bool take_month_name(mz_str *text, date_parts *parts) {
    size_t size = 0;
    while (size < text->size && size + 1 < sizeof parts->name &&
           (mz_is_letter(text->data[size]) || text->data[size] == '.' || (unsigned char)text->data[size] >= 0x80))
        size++;
    if (!size) return false;
    memcpy(parts->name, text->data, size);
    parts->name[size] = '\0';
    *text = (mz_str){text->data + size, text->size - size};
    return true;
}

/* Whether what follows in the format is digits, too, so that this run must have all of its own. */
static bool joins(mz_str behind) {
    return run_of(behind) > 0;
}

static bool take_part(char kind, size_t run, bool exact, mz_str *text, date_parts *parts) {
    if (kind == 'D') {
        parts->has_day = true;
        return take_number(text, 2, exact, &parts->day);
    }
    if (kind == 'M') {
        parts->has_month = true;
        return run == 3 ? take_month_name(text, parts) : take_number(text, 2, exact, &parts->month);
    }
    if (!take_number(text, run, true, &parts->year)) return false;
    if (run == 2) parts->year += parts->year < PIVOT_YEAR ? 2000 : 1900;
    return true;
}

static bool take_parts(mz_str format, mz_str text, date_parts *parts) {
    bool exact = false;
    while (format.size) {
        size_t run = run_of(format), step = run ? run : 1;
        mz_str behind = {format.data + step, format.size - step};
        if (run) {
            exact |= joins(behind);
            if (!take_part(format.data[0], run, exact, &text, parts)) return false;
        } else if (text.size && text.data[0] == format.data[0]) {
            text = (mz_str){text.data + 1, text.size - 1};
        } else {
            return false;
        }
        exact = exact && run > 0;
        format = behind;
    }
    /* a time of day behind it says nothing of the day */
    return text.size == 0 || text.data[0] == ' ' || text.data[0] == 'T';
}

bool mz_date_format_read(mz_str format, mz_str text, char ret_date[MZ_DATE_TEXT_SIZE]) {
    date_parts parts = {.name = ""};
    char written[64];
    mz_date date;
    if (!take_parts(format, mz_trimmed(text), &parts)) return false;
    int size = parts.name[0]
                   ? (parts.has_day ? snprintf(written, sizeof written, "%u %s %u", parts.day, parts.name, parts.year)
                                    : snprintf(written, sizeof written, "%s %u", parts.name, parts.year))
               : parts.has_day ? snprintf(written, sizeof written, "%04u-%02u-%02u", parts.year, parts.month, parts.day)
               : parts.has_month ? snprintf(written, sizeof written, "%04u-%02u", parts.year, parts.month)
                                 : snprintf(written, sizeof written, "%04u", parts.year);
    if (size < 0 || (size_t)size >= sizeof written) return false;
    if (!mz_date_parse((mz_str){written, (size_t)size}, MZ_DATE_DAY_FIRST, &date)) return false;
    mz_date_text(&date, ret_date);
    return true;
}
