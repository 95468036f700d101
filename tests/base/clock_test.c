#include "base/clock.h"

#include "test.h"

#include <stdlib.h>

TEST(every_day_of_four_thousand_years_comes_back) {
    static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t day_number = mz_days_from_date(-500, 1, 1);
    for (int year = -500; year < 3500; year++) {
        bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
        for (int month = 1; month <= 12; month++) {
            int days = month_days[month - 1] + (month == 2 && leap);
            for (int day = 1; day <= days; day++, day_number++) {
                int y, m, d;
                mz_date_from_days(day_number, &y, &m, &d);
                if (y != year || m != month || d != day || mz_days_from_date(year, month, day) != day_number)
                    mz_test_fail(__FILE__, __LINE__, "%d-%d-%d is day %lld, which is %d-%d-%d", year, month, day,
                                 (long long)mz_days_from_date(year, month, day), y, m, d);
            }
        }
    }
}

TEST(known_days_have_their_numbers) {
    static const struct {
        int year, month, day;
        int64_t number;
    } cases[] = {{1970, 1, 1, 0},         {1969, 12, 31, -1},     {2000, 2, 29, 11016}, {2000, 3, 1, 11017},
                 {1900, 3, 1, -25508},    {2026, 11, 21, 20778},  {1, 1, 1, -719162},   {0, 3, 1, -719468},
                 {9999, 12, 31, 2932896}, {1600, 2, 29, -135081}, {2038, 1, 19, 24855}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mz_test_case("%d-%d-%d", cases[i].year, cases[i].month, cases[i].day);
        CHECK_INT(cases[i].number, mz_days_from_date(cases[i].year, cases[i].month, cases[i].day));
    }
}

static mz_str text_of(int64_t seconds) {
    static char text[MZ_TIME_TEXT_SIZE];
    mz_time_text(seconds, text);
    return mz_str_of(text);
}

TEST(times_are_written_as_rfc_3339) {
    CHECK_STR(MZ_STR("1970-01-01T00:00:00Z"), text_of(0));
    CHECK_STR(MZ_STR("1969-12-31T23:59:59Z"), text_of(-1));
    CHECK_STR(MZ_STR("2001-09-09T01:46:40Z"), text_of(1000000000));
    CHECK_STR(MZ_STR("0000-01-01T00:00:00Z"), text_of(-62167219200));
    CHECK_STR(MZ_STR("9999-12-31T23:59:59Z"), text_of(253402300799));
}

TEST(times_that_the_form_cannot_write_become_its_ends) {
    CHECK_STR(MZ_STR("0000-01-01T00:00:00Z"), text_of(INT64_MIN));
    CHECK_STR(MZ_STR("9999-12-31T23:59:59Z"), text_of(INT64_MAX));
}

TEST(times_are_read) {
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"1970-01-01", 0},
        {"1970-01-01T00:00:00Z", 0},
        {"1970-01-01t00:00:00z", 0},
        {"1970-01-01 00:00:01", 1},
        {"2026-08-01T23:00:03.110Z", 1785625203},
        {"2026-08-01T23:00:03.11012345+02:00", 1785618003},
        {"2026-08-01T23:00:03-00:30", 1785627003},
        {"2024-02-29", 1709164800},
        {"2016-12-31T23:59:60Z", 1483228800},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds = -7;
        mz_test_case("%s", cases[i].text);
        CHECK(mz_time_parse(cases[i].text, strlen(cases[i].text), &seconds));
        CHECK_INT(cases[i].seconds, seconds);
    }
}

TEST(what_is_no_time_is_refused_and_nothing_is_written) {
    static const char *const cases[] = {
        "",
        "1970",
        "1970-1-1",
        "1970-01-01T",
        "1970-01-01T00:00",
        "1970-01-01T00:00:00.",
        "1970-01-01T00:00:00.Z",
        "1970-01-01T00:00:00ZZ",
        "1970-01-01T00:00:00Z ",
        "1970-01-01T00:00:00+1:00",
        "1970-01-01T00:00:00+01-00",
        "1970-01-01T00:00:00+0100",
        "1970-01-01T00:00:00+24:00",
        "1970-01-01T24:00:00Z",
        "1970-01-01T00:60:00Z",
        "1970-01-01T00:00:61Z",
        "1970-01-01X00:00:00Z",
        "1970-01-01T00-00-00Z",
        "1970-00-01",
        "1970-13-01",
        "1970-01-00",
        "1970-01-32",
        "1970-04-31",
        "2026-02-29",
        "1900-02-29",
        "1970/01/01",
        "+970-01-01",
        "1970-01-01\n",
        "١٩٧٠-٠١-٠١",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t seconds = -7;
        mz_test_case("%s", cases[i]);
        CHECK(!mz_time_parse(cases[i], strlen(cases[i]), &seconds));
        CHECK_INT(-7, seconds);
    }
}

TEST(only_the_given_bytes_are_read) {
    int64_t seconds = 0;
    CHECK(mz_time_parse("1970-01-02garbage", 10, &seconds));
    CHECK_INT(86400, seconds);
    CHECK(!mz_time_parse("1970-01-02", 9, &seconds));
}

TEST(text_and_back_is_the_same_second) {
    for (int64_t seconds = -62167219200; seconds < 253402300800; seconds += 86400 * 397 + 12345) {
        char text[MZ_TIME_TEXT_SIZE];
        int64_t back = 0;
        mz_time_text(seconds, text);
        mz_test_case("%s", text);
        CHECK(mz_time_parse(text, strlen(text), &back));
        CHECK_INT(seconds, back);
    }
}

TEST(the_running_clock_does_not_go_back) {
    uint64_t before = mz_clock_ns();
    for (int i = 0; i < 1000; i++) {
        uint64_t now = mz_clock_ns();
        CHECK(now >= before);
        before = now;
    }
}

TEST(the_time_of_day_can_be_fixed_for_tests) {
    (void)setenv("MIZAN_NOW", "1785625203", 1);
    CHECK_INT(1785625203, mz_clock_now());
    (void)setenv("MIZAN_NOW", "soon", 1);
    CHECK(mz_clock_now() > 1700000000);
    (void)unsetenv("MIZAN_NOW");
    CHECK(mz_clock_now() > 1700000000);
}

TEST_MAIN()
