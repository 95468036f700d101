/* Dates: every form that the lists have, what it means, and what is refused. */
#include "mizan/date.h"

#include "base/clock.h"
#include "test.h"

#include <stddef.h>
#include <stdio.h>

/* The EDTF of a text, or "" when it is refused. */
static const char *read_as(const char *text, mz_date_order order) {
    static char edtf[MZ_DATE_TEXT_SIZE];
    mz_date date;
    mz_test_case("\"%s\"", text);
    if (!mz_date_parse(mz_str_of(text), order, &date)) return "";
    mz_date_text(&date, edtf);
    return edtf;
}

struct reading {
    const char *text, *edtf;
};

static void check_readings(const struct reading *cases, size_t count) {
    for (size_t i = 0; i < count; i++) CHECK_TEXT(cases[i].edtf, read_as(cases[i].text, MZ_DATE_DAY_FIRST));
}
#define CHECK_READINGS(cases) check_readings(cases, sizeof cases / sizeof cases[0])

TEST(edtf_and_iso_8601_are_read) {
    static const struct reading cases[] = {
        {"1970", "1970"},
        {"1970-05", "1970-05"},
        {"1970-05-01", "1970-05-01"},
        {"1970~", "1970~"},
        {"1970-05?", "1970-05?"},
        {"1970-05-01%", "1970-05-01%"},
        {"1968/1972", "1968/1972"},
        {"1968~/1972~", "1968~/1972~"},
        {"1968-03/1968-05", "1968-03/1968-05"},
        {"1968-03-02/1968-05-01", "1968-03-02/1968-05-01"},
        {"197X", "1970/1979"},
        {"19XX", "1900/1999"},
        {"1970-XX-XX", "1970"},
        {"1970-05-XX", "1970-05"},
        {"19700501", "1970-05-01"},
        {"1970-05-01T00:00:00Z", "1970-05-01"},
        {"1970-05-01T23:59:60.123+01:00", "1970-05-01"},
        {"1970-05-01 12:30", "1970-05-01"},
        {"1972-08-10-04:00", "1972-08-10"}, /* xs:date with a zone */
        {"1970-05-01Z", "1970-05-01"},
    };
    CHECK_READINGS(cases);
}

TEST(days_with_the_month_as_a_word_are_read) {
    static const struct reading cases[] = {
        {"1 Jan 1970", "1970-01-01"},
        {"01 Jan. 1970", "1970-01-01"},
        {"1-Jan-1970", "1970-01-01"},
        {"1st of January, 1970", "1970-01-01"},
        {"22nd Sept 1970", "1970-09-22"},
        {"Jan 1, 1970", "1970-01-01"},
        {"January 31 1970", "1970-01-31"},
        {"1970 January 31", "1970-01-31"},
        {"1970-Jan-31", "1970-01-31"},
        {"31JAN1970", "1970-01-31"},
        {"May 1970", "1970-05"},
        {"Sept. 1970", "1970-09"},
        {"1970 May", "1970-05"},
        {"1er août 1999", "1999-08-01"},
        {"1er aou\xCC\x82t 1999", "1999-08-01"}, /* the circumflex as a character of its own */
        {"19 JUILLET 1980", "1980-07-19"},
        {"3 février 1961", "1961-02-03"},
        {"24 déc. 1961", "1961-12-24"},
        {"5 de mayo de 1970", "1970-05-05"},
        {"2 de setiembre del 2003", "2003-09-02"},
        {"5 ماي 1970", "1970-05-05"},
        {"٥ غشت ١٩٧٠", "1970-08-05"},
    };
    CHECK_READINGS(cases);
}

TEST(numeric_dates_follow_the_order_of_their_list) {
    CHECK_TEXT("1970-05-01", read_as("01/05/1970", MZ_DATE_DAY_FIRST));
    CHECK_TEXT("1970-01-05", read_as("01/05/1970", MZ_DATE_MONTH_FIRST));
    CHECK_TEXT("1970-05-01", read_as("1.5.1970", MZ_DATE_DAY_FIRST));
    CHECK_TEXT("1970-05-01", read_as("1-5-1970", MZ_DATE_DAY_FIRST));
    CHECK_TEXT("2025-03-28", read_as("03/28/2025", MZ_DATE_MONTH_FIRST));
    CHECK_TEXT("", read_as("03/28/2025", MZ_DATE_DAY_FIRST));
    CHECK_TEXT("1970-05-01", read_as("1970/05/01", MZ_DATE_MONTH_FIRST));
    CHECK_TEXT("1970-05-01", read_as("٠١/٠٥/١٩٧٠", MZ_DATE_DAY_FIRST));
    CHECK_TEXT("1970-05-01", read_as("۰۱/۰۵/۱۹۷۰", MZ_DATE_DAY_FIRST));
    CHECK_TEXT("1970-05-01", read_as("1/5/1970 12:00:00 AM", MZ_DATE_DAY_FIRST));
}

TEST(zeros_stand_for_what_is_not_known) {
    static const struct reading cases[] = {
        {"00/00/1980", "1980"}, {"00/05/1980", "1980-05"}, {"1980-00-00", "1980"},     {"1980-05-00", "1980-05"},
        {"05/1980", "1980-05"}, {"00/1980", "1980"},       {"00 May 1980", "1980-05"},
    };
    CHECK_READINGS(cases);
    CHECK_TEXT("1980-05", read_as("05/00/1980", MZ_DATE_MONTH_FIRST));
}

TEST(about_and_perhaps_are_kept) {
    static const struct reading cases[] = {
        {"circa 1970", "1970~"},
        {"c. 1970", "1970~"},
        {"c 1970", "1970~"},
        {"ca. 1970", "1970~"},
        {"Approximately 1970", "1970~"},
        {"approx. May 1970", "1970-05~"},
        {"1970 (approximately)", "1970~"},
        {"(approx.) 1970", "1970~"},
        {"vers 1970", "1970~"},
        {"circa 01 Jan 1970", "1970-01-01~"},
        {"possibly 1970", "1970?"},
        {"1970 ?", "1970?"},
        {"possibly circa 1970", "1970%"},
        {"حوالي ١٩٧٠", "1970~"},
    };
    CHECK_READINGS(cases);
}

TEST(ranges_are_read_with_both_ends) {
    static const struct reading cases[] = {
        {"1968 to 1972", "1968/1972"},
        {"1968-1972", "1968/1972"},
        {"1968–1972", "1968/1972"}, /* en dash */
        {"between 1968 and 1972", "1968/1972"},
        {"entre 1968 et 1972", "1968/1972"},
        {"from 1968 to 1972", "1968/1972"},
        {"Approximately 1965-1969", "1965~/1969~"},
        {"circa 1976-1977", "1976~/1977~"},
        {"between 1.1.1968 and 1.12.1968", "1968-01-01/1968-12-01"},
        {"12 Sep 1970 to 13 Oct 1970", "1970-09-12/1970-10-13"},
        {"Dec 1965 to Feb 1967", "1965-12/1967-02"},
        {"Between Jan. and Mar. 1974", "1974-01/1974-03"},
        {"1970s", "1970/1979"},
        {"1900s", "1900/1999"}, /* the decade or the century: the wider */
        {"born in the early 1950s", "1950~/1959~"},
        {"mid-1970s", "1970~/1979~"},
    };
    CHECK_READINGS(cases);
}

TEST(a_range_of_one_year_or_month_is_that_year_or_month) {
    static const struct reading cases[] = {
        {"1968/1968", "1968"},
        {"01/01/1968 to 31/12/1968", "1968"},
        {"1968-02-01/1968-02-29", "1968-02"},
        {"1968-02-01/1968-02-28", "1968-02-01/1968-02-28"},
        {"1968-02-03/1968-02-03", "1968-02-03"},
    };
    CHECK_READINGS(cases);
}

TEST(impossible_dates_are_refused) {
    static const char *const cases[] = {
        "31/02/1970", "1970-02-29", "29 Feb 1900", "1970-13-01", "13/1970",   "1/13/1970",        "32 May 1970",
        "0999",       "3000",       "1970-05-32",  "May 0 1970", "1970/1968", "1970-05-01T25:00", "1975s",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) CHECK_TEXT("", read_as(cases[i], MZ_DATE_DAY_FIRST));
    CHECK_TEXT("2000-02-29", read_as("29 Feb 2000", MZ_DATE_DAY_FIRST));
}

TEST(what_is_not_a_date_is_refused) {
    static const char *const cases[] = {
        "",
        " ",
        "unknown",
        "-",
        "/",
        "c.",
        "circa",
        "between 1968",
        "between 1968 and",
        "1968 and 1972", /* two dates, not a range */
        "1968, 1972",
        "1968 1972",
        "1970-05-01 or 1970-05-02",
        "5/7/68",
        "Jan-70",
        "70",
        "1349 AH",
        "21/12/1386 (Hijri)",
        "24-25 years old",
        "../1970",
        "1970/..",
        "Marcus 1970",
        "1970-21",
        "1970-05-01T",
        "1970 (",
        "1970)",
        "((circa)) 1970",
        "1970-05/01",
        "1/5-1970",
        "99999999999999999999",
        "1970\xFF",
        "\xD9",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) CHECK_TEXT("", read_as(cases[i], MZ_DATE_DAY_FIRST));
}

TEST(long_input_is_refused_at_once) {
    char text[100000];
    mz_date date = {.first_day = 7};
    memset(text, ' ', sizeof text);
    memcpy(text, "1970", 4);
    CHECK(!mz_date_parse((mz_str){text, sizeof text}, MZ_DATE_DAY_FIRST, &date));
    memset(text, '1', sizeof text);
    CHECK(!mz_date_parse((mz_str){text, sizeof text}, MZ_DATE_DAY_FIRST, &date));
    CHECK(!mz_date_parse((mz_str){NULL, 0}, MZ_DATE_DAY_FIRST, &date));
    CHECK_INT(7, date.first_day);
}

TEST(a_date_is_a_span_of_days) {
    mz_date date;
    CHECK(mz_date_parse(MZ_STR("1970"), MZ_DATE_DAY_FIRST, &date));
    CHECK_INT(0, date.first_day);
    CHECK_INT(364, date.last_day);
    CHECK_INT(MZ_DATE_YEAR, date.precision);
    CHECK(mz_date_parse(MZ_STR("circa Feb 1972"), MZ_DATE_DAY_FIRST, &date));
    CHECK_INT(28, date.last_day - date.first_day); /* about does not widen it */
    CHECK_INT(MZ_DATE_MONTH, date.precision);
    CHECK(date.circa && !date.uncertain);
    CHECK(mz_date_parse(MZ_STR("1969-12-31"), MZ_DATE_DAY_FIRST, &date));
    CHECK_INT(-1, date.first_day);
    CHECK_INT(-1, date.last_day);
    CHECK_INT(MZ_DATE_DAY, date.precision);
    CHECK(mz_date_parse(MZ_STR("1960 to 1962"), MZ_DATE_DAY_FIRST, &date));
    CHECK_INT(MZ_DATE_RANGE, date.precision);
    CHECK_INT(365 + 365 + 366 - 1, date.last_day - date.first_day);
}

static void check_round_trip(const mz_date *date) {
    char text[MZ_DATE_TEXT_SIZE], again[MZ_DATE_TEXT_SIZE];
    mz_date back = {0};
    mz_date_text(date, text);
    mz_test_case("%s", text);
    CHECK(mz_date_parse(mz_str_of(text), MZ_DATE_DAY_FIRST, &back));
    CHECK_INT(date->first_day, back.first_day);
    CHECK_INT(date->last_day, back.last_day);
    CHECK_INT(date->circa, back.circa);
    CHECK_INT(date->uncertain, back.uncertain);
    mz_date_text(&back, again);
    CHECK_TEXT(text, again);
}

TEST(the_text_of_every_span_reads_back_as_that_span) {
    uint32_t state = 20261121;
    for (int i = 0; i < 20000; i++) {
        state = state * 1664525u + 1013904223u;
        int32_t first = (int32_t)(state % 300000) - 150000;
        mz_date date = {.first_day = first, .last_day = first + (int32_t)(state >> 20), .precision = MZ_DATE_RANGE};
        date.circa = state & 1;
        date.uncertain = state >> 1 & 1;
        if (date.last_day == first) date.precision = MZ_DATE_DAY;
        check_round_trip(&date);
    }
}

TEST(the_longest_text_fits) {
    mz_date date = {.first_day = (int32_t)mz_days_from_date(1000, 1, 2),
                    .last_day = (int32_t)mz_days_from_date(2999, 12, 30),
                    .precision = MZ_DATE_RANGE,
                    .circa = true,
                    .uncertain = true};
    char text[MZ_DATE_TEXT_SIZE];
    mz_date_text(&date, text);
    CHECK_TEXT("1000-01-02%/2999-12-30%", text);
}

TEST_MAIN()
