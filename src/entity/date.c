/* Dates as lists write them, and as EDTF.
 *
 * A text is cut into numbers, words and signs; a recursive descent over at most TOKEN_MAX of them reads
 *
 *     date  = qualifier* ["between"] point qualifier* [separator qualifier* point qualifier*]
 *     point = a day, a month, a year or a decade in one of the spellings of mizan/date.h
 *
 * The forms were collected from the UN, OFAC, United Kingdom, EU, Australian and Canadian lists. Not understood on
 * purpose: years of two digits (which century?), open ranges (mz_date has no open end), and dates of the Hijri and
 * Persian calendars, which say so by a word ("AH", "Hijri") that is not known here. Month names are compared
 * whole or by their usual abbreviations, never by prefix: "Marcus 1970" is not a date.
 *
 * Sources: ISO 8601-1:2019, ISO 8601-2:2019 clause 4 (EDTF), https://www.loc.gov/standards/datetime/; the zone
 * behind a date without a time ("1970-05-01-04:00", in UN lists) is XML Schema's xs:date. */
#include "mizan/date.h"

#include "base/ascii.h"
#include "base/clock.h"

#include <stddef.h>
#include <stdio.h>

enum { TOKEN_MAX = 32, TEXT_MAX = 96 };
enum { FIRST_YEAR = 1000, LAST_YEAR = 2999 };

enum token_kind { END, NUMBER, WORD, SIGN };

struct token {
    enum token_kind kind;
    bool glued; /* nothing stands between it and the token before */
    char sign;
    unsigned digits; /* of a number */
    int number;      /* of a number, or what word_meanings says of a word */
    enum word_kind {
        UNKNOWN,
        MONTH,
        CIRCA,
        UNCERTAIN,
        NOISE,
        BETWEEN,
        AND,
        TO,
        OF,
        ORDINAL,
        DECADE,
        UNSPECIFIED, /* EDTF's X, XX: number says how many digits */
        TIME,        /* the T between date and time */
        ZULU,
        HALF_DAY
    } word;
};

struct tokens {
    struct token items[TOKEN_MAX + 1]; /* the last one is END */
};

/* Words of one meaning, in small letters without marks, parted by blanks. */
static const struct word_meaning {
    enum word_kind kind;
    int number;
    const char *words;
} word_meanings[] = {
    {MONTH, 1, "jan january janvier janv enero ene يناير"},
    {MONTH, 2, "feb february fevrier fevr fev febrero فبراير"},
    {MONTH, 3, "mar march mars marzo مارس"},
    {MONTH, 4, "apr april avril avr abril abr أبريل ابريل"},
    {MONTH, 5, "may mai mayo ماي مايو"},
    {MONTH, 6, "jun june juin junio يونيو"},
    {MONTH, 7, "jul july juillet juil julio يوليوز يوليو"},
    {MONTH, 8, "aug august aout agosto ago غشت أغسطس اغسطس"},
    {MONTH, 9, "sep sept september septembre septiembre setiembre شتنبر سبتمبر"},
    {MONTH, 10, "oct october octobre octubre أكتوبر اكتوبر"},
    {MONTH, 11, "nov november novembre noviembre نونبر نوفمبر"},
    {MONTH, 12, "dec december decembre diciembre dic دجنبر ديسمبر"},
    {CIRCA, 0, "circa c ca about approx approximately approximate around estimated early mid late"},
    {CIRCA, 0, "environ vers approximativement hacia aproximadamente حوالي"},
    {UNCERTAIN, 0, "possibly probably perhaps maybe probablement posiblemente probablemente"},
    {NOISE, 0, "born dob in on the year le en"},
    {BETWEEN, 0, "between from entre"},
    {AND, 0, "and et y"},
    {TO, 0, "to through until a"},
    {OF, 0, "of de del"},
    {ORDINAL, 0, "st nd rd th er"},
    {DECADE, 0, "s"},
    {UNSPECIFIED, 1, "x"},
    {UNSPECIFIED, 2, "xx"},
    {TIME, 0, "t"},
    {ZULU, 0, "z"},
    {HALF_DAY, 0, "am pm"},
};
/* --- from text to tokens ----------------------------------------------------------------------------------- */

/* Letters, digits and signs that have a plainer spelling; longer sequences of bytes first where one begins another. */
static const struct folding {
    const char *from, *to;
} foldings[] = {
    {"\xC3\xA9", "e"},                                               /* é */
    {"\xC3\x89", "e"},                                               /* É */
    {"\xC3\xA8", "e"},                                               /* è */
    {"\xC3\xBB", "u"},                                               /* û */
    {"\xC3\x9B", "u"},                                               /* Û */
    {"\xC3\xA0", "a"},                                               /* à */
    {"\xCC\x80", ""},                                                /* combining grave, acute, circumflex */
    {"\xCC\x81", ""},      {"\xCC\x82", ""},      {"\xC2\xA0", " "}, /* no-break space */
    {"\xE2\x80\xAF", " "},                                           /* narrow no-break space */
    {"\xE2\x80\x90", "-"},                                           /* hyphens, dashes, minus */
    {"\xE2\x80\x91", "-"}, {"\xE2\x80\x92", "-"}, {"\xE2\x80\x93", "-"},
    {"\xE2\x80\x94", "-"}, {"\xE2\x88\x92", "-"}, {"\xE2\x80\x8E", ""}, /* direction marks */
    {"\xE2\x80\x8F", ""},
};

/* The bytes that stand for the sequence at `at`, at most one; its length in *ret_used. */
static size_t fold_sequence(mz_str text, size_t at, char *ret_byte, size_t *ret_used) {
    unsigned char first = (unsigned char)text.data[at];
    unsigned char second = at + 1 < text.size ? (unsigned char)text.data[at + 1] : 0;
    *ret_used = 1;
    *ret_byte = first >= 'A' && first <= 'Z' ? (char)(first - 'A' + 'a') : (char)first;
    if (first < 0x80) return 1;
    if ((first == 0xD9 && second >= 0xA0 && second <= 0xA9) || (first == 0xDB && second >= 0xB0 && second <= 0xB9)) {
        *ret_used = 2; /* Arabic-Indic and Persian digits, U+0660 and U+06F0 */
        *ret_byte = (char)('0' + (second & 0x0F));
        return 1;
    }
    for (size_t i = 0; i < sizeof foldings / sizeof foldings[0]; i++) {
        size_t size = strlen(foldings[i].from);
        if (size > text.size - at || memcmp(text.data + at, foldings[i].from, size) != 0) continue;
        *ret_used = size;
        *ret_byte = foldings[i].to[0];
        return foldings[i].to[0] ? 1 : 0;
    }
    return 1;
}

static size_t fold(mz_str text, char into[TEXT_MAX]) {
    size_t size = 0;
    for (size_t at = 0, used; at < text.size; at += used) {
        if (size == TEXT_MAX) return 0;
        size += fold_sequence(text, at, &into[size], &used);
    }
    return size;
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (unsigned char)c >= 0x80;
}

/* Whether `words`, parted by blanks, has this one. */
static bool has_word(const char *words, const char *text, size_t size) {
    while (*words) {
        size_t length = strcspn(words, " ");
        if (length == size && memcmp(words, text, size) == 0) return true;
        words += length;
        words += *words == ' ';
    }
    return false;
}

static void take_word(struct token *token, const char *text, size_t size) {
    *token = (struct token){.kind = WORD, .word = UNKNOWN};
    for (size_t i = 0; i < sizeof word_meanings / sizeof word_meanings[0]; i++) {
        if (!has_word(word_meanings[i].words, text, size)) continue;
        token->word = word_meanings[i].kind;
        token->number = word_meanings[i].number;
        return;
    }
}

static bool take_number(struct token *token, const char *text, size_t size) {
    if (size > 9) return false;
    *token = (struct token){.kind = NUMBER, .digits = (unsigned)size};
    for (size_t i = 0; i < size; i++) token->number = token->number * 10 + (text[i] - '0');
    return true;
}

/* False when there is more than a date can need. */
static bool tokenise(mz_str text, struct tokens *tokens) {
    char folded[TEXT_MAX];
    size_t size = text.size <= 2 * TEXT_MAX ? fold(text, folded) : 0, count = 0, at = 0;
    bool glued = false;
    while (at < size) {
        if (mz_is_blank(folded[at])) {
            glued = false;
            at++;
            continue;
        }
        if (count == TOKEN_MAX) return false;
        struct token *token = &tokens->items[count];
        size_t end = at + 1;
        if (mz_is_digit(folded[at])) {
            while (end < size && mz_is_digit(folded[end])) end++;
            if (!take_number(token, folded + at, end - at)) return false;
        } else if (is_letter(folded[at])) {
            while (end < size && is_letter(folded[end])) end++;
            take_word(token, folded + at, end - at);
        } else {
            *token = (struct token){.kind = SIGN, .sign = folded[at]};
        }
        token->glued = glued;
        glued = true;
        count++;
        at = end;
    }
    tokens->items[count] = (struct token){.kind = END};
    return count > 0;
}

/* --- from tokens to spans ---------------------------------------------------------------------------------- */

/* A day, month or year; month and day are 0 when not said, `years` is how many it spans (10 for a decade). */
struct point {
    int year, years, month, day;
};

static bool sign(const struct token *token, char sign) {
    return token->kind == SIGN && token->sign == sign;
}

static bool word(const struct token *token, enum word_kind kind) {
    return token->kind == WORD && token->word == kind;
}

static bool number(const struct token *token, unsigned least_digits, unsigned most_digits) {
    return token->kind == NUMBER && token->digits >= least_digits && token->digits <= most_digits;
}

static bool separator(const struct token *token) {
    return sign(token, '-') || sign(token, '/') || sign(token, '.');
}

/* What a date with months as words may have between its parts: ".", ",", "-", "/", "of". */
static const struct token *skip_filling(const struct token *token) {
    while (separator(token) || sign(token, ',') || word(token, OF)) token++;
    return token;
}

static bool unsaid(const struct token *token) {
    return word(token, UNSPECIFIED) && token->number == 2;
}

static int month_length(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static bool possible(const struct point *point) {
    if (point->year < FIRST_YEAR || point->year > LAST_YEAR || point->month < 0 || point->month > 12) return false;
    if (point->month == 0) return point->day == 0;
    return point->day >= 0 && point->day <= month_length(point->year, point->month);
}

/* What may stand behind a full date: a time, a zone, or both. NULL when it is malformed. */
static const struct token *skip_time(const struct token *at) {
    const struct token *from = at;
    if (word(at, TIME) && at->glued) at++;
    if (number(at, 1, 2) && sign(at + 1, ':')) {
        if (at->number > 24 || !number(at + 2, 2, 2) || at[2].number > 59) return NULL;
        at += 3;
        if (sign(at, ':')) {
            if (!number(at + 1, 2, 2) || at[1].number > 60) return NULL;
            at += 2;
            if (sign(at, '.') && at[1].kind == NUMBER) at += 2;
        }
        if (word(at, HALF_DAY)) at++;
    } else if (at != from) {
        return NULL;
    }
    if (word(at, ZULU)) return at + 1;
    if ((sign(at, '-') || sign(at, '+')) && number(at + 1, 2, 2) && sign(at + 2, ':') && number(at + 3, 2, 2)) at += 4;
    return at;
}

/* "-05-01", "/5/1", "-XX-XX", "-05" behind a year. */
static const struct token *numeric_after_year(const struct token *at, struct point *point) {
    if (!separator(at) || !(number(at + 1, 1, 2) || unsaid(at + 1))) return at;
    char between = at->sign;
    point->month = at[1].kind == NUMBER ? at[1].number : 0;
    bool month_unsaid = at[1].kind != NUMBER || point->month == 0;
    at += 2;
    if (!sign(at, between) || !(number(at + 1, 1, 2) || unsaid(at + 1)))
        return month_unsaid && between == '/' ? NULL : at;
    point->day = at[1].kind == NUMBER ? at[1].number : 0;
    return skip_time(at + 2);
}

/* "May 1970", "May 1, 1970" with `at` on the month. */
static const struct token *month_first(const struct token *at, struct point *point) {
    point->month = at->number;
    at = skip_filling(at + 1);
    if (number(at, 1, 2)) {
        if (at->number == 0) return NULL;
        point->day = at->number;
        at++;
        if (word(at, ORDINAL)) at++;
        at = skip_filling(at);
    }
    if (!number(at, 4, 4)) return NULL;
    point->year = at->number;
    return point->day ? skip_time(at + 1) : at + 1;
}

static const struct token *year_first(const struct token *at, struct point *point) {
    point->year = at->number;
    at++;
    if (word(at, DECADE) && at->glued) {
        if (point->year % 10 != 0) return NULL;
        point->years = point->year % 100 == 0 ? 100 : 10; /* "1900s" may be either */
        return at + 1;
    }
    const struct token *next = skip_filling(at);
    if (word(next, MONTH)) {
        point->month = next->number;
        next = skip_filling(next + 1);
        if (!number(next, 1, 2)) return next;
        point->day = next->number;
        return point->day ? skip_time(next + 1) : NULL;
    }
    return numeric_after_year(at, point);
}

/* "197X", "19XX" */
static const struct token *unspecified_digits(const struct token *at, struct point *point) {
    if (!word(at + 1, UNSPECIFIED) || !at[1].glued || at->digits + (unsigned)at[1].number != 4) return NULL;
    point->years = at[1].number == 1 ? 10 : 100;
    point->year = at->number * point->years;
    return at + 2;
}

/* "1/5/1970", "00/00/1970", "05/1970", "1 May 1970", "1er mai 1970" */
static const struct token *day_first(const struct token *at, mz_date_order order, struct point *point) {
    int first = at->number;
    if (separator(at + 1) && number(at + 2, 4, 4)) {
        point->month = first;
        point->year = at[2].number;
        return at + 3;
    }
    if (separator(at + 1) && number(at + 2, 1, 2)) {
        if (!sign(at + 3, at[1].sign) || !number(at + 4, 4, 4)) return NULL;
        point->day = order == MZ_DATE_DAY_FIRST ? first : at[2].number;
        point->month = order == MZ_DATE_DAY_FIRST ? at[2].number : first;
        point->year = at[4].number;
        return skip_time(at + 5);
    }
    at++;
    if (word(at, ORDINAL)) at++;
    at = skip_filling(at);
    if (!word(at, MONTH)) return NULL;
    point->day = first;
    point->month = at->number;
    at = skip_filling(at + 1);
    if (!number(at, 4, 4)) return NULL;
    point->year = at->number;
    return skip_time(at + 1);
}

/* The token behind the point, or NULL. */
static const struct token *read_point(const struct token *at, mz_date_order order, struct point *ret_point) {
    struct point point = {.years = 1};
    if (number(at, 4, 4)) {
        at = year_first(at, &point);
    } else if (number(at, 8, 8)) {
        point = (struct point){.year = at->number / 10000, .years = 1, .month = at->number / 100 % 100};
        point.day = at->number % 100;
        at = skip_time(at + 1);
    } else if (number(at, 2, 3) && word(at + 1, UNSPECIFIED)) {
        at = unspecified_digits(at, &point);
    } else if (number(at, 1, 2)) {
        at = day_first(at, order, &point);
    } else if (word(at, MONTH)) {
        at = month_first(at, &point);
    } else {
        return NULL;
    }
    if (!at || !possible(&point)) return NULL;
    *ret_point = point;
    return at;
}

static void span(const struct point *point, int32_t *ret_first, int32_t *ret_last) {
    int last_year = point->year + point->years - 1;
    int first_month = point->month ? point->month : 1, last_month = point->month ? point->month : 12;
    int last_day = point->day ? point->day : month_length(last_year, last_month);
    *ret_first = (int32_t)mz_days_from_date(point->year, first_month, point->day ? point->day : 1);
    *ret_last = (int32_t)mz_days_from_date(last_year, last_month, last_day);
}

/* Words and signs that say how sure the date is; parentheses only around them. */
static const struct token *qualifiers(const struct token *at, mz_date *date, bool before) {
    bool open = false;
    for (;; at++) {
        if (word(at, CIRCA) || sign(at, '~')) {
            date->circa = true;
            if (before && sign(at + 1, '.')) at++;                     /* "c. 1970" */
            if (before && at->kind == WORD && sign(at + 1, '-')) at++; /* "mid-1970s" */
        } else if (word(at, UNCERTAIN) || sign(at, '?')) {
            date->uncertain = true;
        } else if (sign(at, '%')) {
            date->circa = date->uncertain = true;
        } else if (sign(at, '(') && !open && at[1].kind == WORD) {
            open = true;
        } else if (sign(at, ')') && open) {
            open = false;
        } else if (!(before && (word(at, NOISE) || (at->kind == SIGN && at->sign == ':')))) {
            return open ? NULL : at;
        }
    }
}

/* Behind the first point: the token where the second begins, or NULL when no range follows. */
static const struct token *range_separator(const struct token *at, bool between) {
    if (word(at, TO) || (between && word(at, AND))) return at + 1;
    if (sign(at, '-') || sign(at, '/')) return at + 1;
    return NULL;
}

/* "between May and July 1974": a first month whose year stands behind the second. */
static const struct token *month_of_second(const struct token *at, bool between, mz_date_order order,
                                           struct point *ret_first) {
    if (!between || !word(at, MONTH)) return NULL;
    const struct token *next = at + 1;
    if (sign(next, '.')) next++;
    struct point second;
    if (!word(next, AND) && !word(next, TO)) return NULL;
    if (!word(next + 1, MONTH) || !read_point(next + 1, order, &second) || second.day) return NULL;
    *ret_first = (struct point){.year = second.year, .years = 1, .month = at->number};
    return next;
}

/* Precision follows from the days: a "range" of just one year is that year. */
static void settle_precision(mz_date *date) {
    int year, month, day, last_year, last_month, last_day;
    mz_date_from_days(date->first_day, &year, &month, &day);
    mz_date_from_days(date->last_day, &last_year, &last_month, &last_day);
    bool to_month_end = day == 1 && last_day == month_length(last_year, last_month);
    if (date->first_day == date->last_day)
        date->precision = MZ_DATE_DAY;
    else if (year == last_year && month == last_month && to_month_end)
        date->precision = MZ_DATE_MONTH;
    else if (year == last_year && month == 1 && last_month == 12 && to_month_end)
        date->precision = MZ_DATE_YEAR;
    else
        date->precision = MZ_DATE_RANGE;
}

static bool read_date(const struct token *at, mz_date_order order, mz_date *ret_date) {
    mz_date date = {0};
    struct point point;
    if (!(at = qualifiers(at, &date, true))) return false;
    bool between = word(at, BETWEEN);
    if (between && !(at = qualifiers(at + 1, &date, true))) return false;
    const struct token *behind = read_point(at, order, &point);
    if (!behind) behind = month_of_second(at, between, order, &point);
    if (!behind || !(at = qualifiers(behind, &date, false))) return false;
    span(&point, &date.first_day, &date.last_day);
    const struct token *second = range_separator(at, between);
    if (second) {
        int32_t second_first;
        if (!(at = qualifiers(second, &date, true)) || !(at = read_point(at, order, &point))) return false;
        if (!(at = qualifiers(at, &date, false))) return false;
        span(&point, &second_first, &date.last_day);
        if (second_first < date.first_day) return false;
    } else if (between) {
        return false;
    }
    if (at->kind != END) return false;
    settle_precision(&date);
    *ret_date = date;
    return true;
}

bool mz_date_parse(mz_str text, mz_date_order order, mz_date *ret_date) {
    struct tokens tokens;
    return tokenise(text, &tokens) && read_date(tokens.items, order, ret_date);
}

/* --- as text ----------------------------------------------------------------------------------------------- */

/* Appends a year, month or day: `parts` of the three. */
static size_t print_day(char *into, size_t room, int32_t day_number, int parts) {
    int year, month, day, size;
    mz_date_from_days(day_number, &year, &month, &day);
    if (parts == 1)
        size = snprintf(into, room, "%04d", year);
    else if (parts == 2)
        size = snprintf(into, room, "%04d-%02d", year, month);
    else
        size = snprintf(into, room, "%04d-%02d-%02d", year, month, day);
    return size < 0 ? 0 : (size_t)size;
}

/* The fewest parts that name a range's ends without changing its span. */
static int parts_of_range(const mz_date *date) {
    int year, month, day, last_year, last_month, last_day;
    mz_date_from_days(date->first_day, &year, &month, &day);
    mz_date_from_days(date->last_day, &last_year, &last_month, &last_day);
    if (day != 1 || last_day != month_length(last_year, last_month)) return 3;
    return month == 1 && last_month == 12 ? 1 : 2;
}

void mz_date_text(const mz_date *date, char ret_text[MZ_DATE_TEXT_SIZE]) {
    bool range = date->precision == MZ_DATE_RANGE;
    int parts = range ? parts_of_range(date) : (int)date->precision;
    const char *qualifier = date->circa ? (date->uncertain ? "%" : "~") : (date->uncertain ? "?" : "");
    char first[12], last[12];
    (void)print_day(first, sizeof first, date->first_day, parts);
    (void)print_day(last, sizeof last, date->last_day, parts);
    if (range)
        (void)snprintf(ret_text, MZ_DATE_TEXT_SIZE, "%s%s/%s%s", first, qualifier, last, qualifier);
    else
        (void)snprintf(ret_text, MZ_DATE_TEXT_SIZE, "%s%s", first, qualifier);
}
