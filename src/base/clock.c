#include "base/clock.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

uint64_t mz_clock_ns(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

int64_t mz_clock_now(void) {
    const char *fixed = getenv("MIZAN_NOW");
    if (fixed && *fixed) {
        char *end;
        long long seconds = strtoll(fixed, &end, 10);
        if (*end == '\0') return seconds;
    }
    return (int64_t)time(NULL);
}

/* Both directions count from 1 March of the year 0, so that the leap day is the last of its year; a cycle of
 * 400 years has 146097 days. */
int64_t mz_days_from_date(int year, int month, int day) {
    int64_t y = (int64_t)year - (month <= 2);
    int64_t cycle = (y >= 0 ? y : y - 399) / 400;
    int64_t year_of_cycle = y - cycle * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_cycle = year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;
    return cycle * 146097 + day_of_cycle - 719468;
}

void mz_date_from_days(int64_t days, int *ret_year, int *ret_month, int *ret_day) {
    int64_t d = days + 719468;
    int64_t cycle = (d >= 0 ? d : d - 146096) / 146097;
    int64_t day_of_cycle = d - cycle * 146097;
    int64_t year_of_cycle =
        (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36524 - day_of_cycle / 146096) / 365;
    int64_t day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    *ret_day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    *ret_month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    *ret_year = (int)(year_of_cycle + cycle * 400 + (*ret_month <= 2));
}

void mz_time_text(int64_t seconds, char ret_text[MZ_TIME_TEXT_SIZE]) {
    int64_t days = seconds / 86400, rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    int year, month, day;
    mz_date_from_days(days, &year, &month, &day);
    (void)snprintf(ret_text, MZ_TIME_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", year % 10000, month, day,
                   (int)(rest / 3600), (int)(rest / 60 % 60), (int)(rest % 60));
}

static bool digits(const char *text, size_t size, size_t at, size_t count, int *ret_number) {
    int number = 0;
    if (at + count > size) return false;
    for (size_t i = at; i < at + count; i++) {
        if (text[i] < '0' || text[i] > '9') return false;
        number = number * 10 + (text[i] - '0');
    }
    *ret_number = number;
    return true;
}

bool mz_time_parse(const char *text, size_t size, int64_t *ret_seconds) {
    static const int month_days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int year, month, day, hour = 0, minute = 0, second = 0, offset = 0;
    if (!digits(text, size, 0, 4, &year) || !digits(text, size, 5, 2, &month) || !digits(text, size, 8, 2, &day))
        return false;
    if (text[4] != '-' || text[7] != '-' || month < 1 || month > 12 || day < 1 || day > month_days[month - 1]) return false;
    if (size > 10) {
        if ((text[10] != 'T' && text[10] != ' ') || !digits(text, size, 11, 2, &hour) || !digits(text, size, 14, 2, &minute) ||
            !digits(text, size, 17, 2, &second) || text[13] != ':' || text[16] != ':')
            return false;
        size_t at = 19;
        if (at < size && text[at] == '.')
            do at++;
            while (at < size && text[at] >= '0' && text[at] <= '9');
        if (at < size && (text[at] == '+' || text[at] == '-')) {
            int hours, minutes;
            if (!digits(text, size, at + 1, 2, &hours) || !digits(text, size, at + 4, 2, &minutes)) return false;
            offset = (hours * 60 + minutes) * 60 * (text[at] == '-' ? -1 : 1);
        } else if (at < size && text[at] != 'Z') {
            return false;
        }
    }
    if (hour > 24 || minute > 59 || second > 60) return false;
    *ret_seconds = mz_days_from_date(year, month, day) * 86400 + hour * 3600 + minute * 60 + second - offset;
    return true;
}
