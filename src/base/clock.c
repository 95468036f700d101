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
    int64_t year_of_cycle = (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36524 - day_of_cycle / 146096) / 365;
    int64_t day_of_year = day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    int64_t month_from_march = (5 * day_of_year + 2) / 153;
    *ret_day = (int)(day_of_year - (153 * month_from_march + 2) / 5 + 1);
    *ret_month = (int)(month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
    *ret_year = (int)(year_of_cycle + cycle * 400 + (*ret_month <= 2));
}

void mz_time_text(int64_t seconds, char ret_text[MZ_TIME_TEXT_SIZE]) {
    const int64_t first = -62167219200, last = 253402300799; /* the years 0000 to 9999, which the form can write */
    seconds = seconds < first ? first : seconds > last ? last : seconds;
    int64_t days = seconds / 86400, rest = seconds % 86400;
    if (rest < 0) {
        rest += 86400;
        days--;
    }
    int year, month, day;
    mz_date_from_days(days, &year, &month, &day);
    (void)snprintf(ret_text, MZ_TIME_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", year, month, day, (int)(rest / 3600),
                   (int)(rest / 60 % 60), (int)(rest % 60));
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

static bool day_exists(int year, int month, int day) {
    static const int month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (month < 1 || month > 12 || day < 1) return false;
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= month_days[month - 1] + (month == 2 && leap);
}

/* "Z", "+01:00" or nothing, up to the end of the text. */
static bool zone(const char *text, size_t size, size_t at, int *ret_offset_s) {
    int hours, minutes;
    *ret_offset_s = 0;
    if (at == size) return true;
    if (text[at] == 'Z' || text[at] == 'z') return at + 1 == size;
    if ((text[at] != '+' && text[at] != '-') || !digits(text, size, at + 1, 2, &hours) ||
        !digits(text, size, at + 4, 2, &minutes))
        return false;
    if (text[at + 3] != ':' || at + 6 != size || hours > 23 || minutes > 59) return false;
    *ret_offset_s = (hours * 60 + minutes) * 60 * (text[at] == '-' ? -1 : 1);
    return true;
}

/* What stands behind the date: "T09:30:00", a fraction, a zone. */
static bool time_of_day(const char *text, size_t size, int *ret_seconds) {
    int hour, minute, second, offset_s;
    if ((text[10] != 'T' && text[10] != 't' && text[10] != ' ') || !digits(text, size, 11, 2, &hour) ||
        !digits(text, size, 14, 2, &minute) || !digits(text, size, 17, 2, &second))
        return false;
    if (text[13] != ':' || text[16] != ':' || hour > 23 || minute > 59 || second > 60) return false;
    size_t at = 19;
    if (at < size && text[at] == '.') {
        size_t point = at++;
        while (at < size && text[at] >= '0' && text[at] <= '9') at++;
        if (at == point + 1) return false;
    }
    if (!zone(text, size, at, &offset_s)) return false;
    *ret_seconds = hour * 3600 + minute * 60 + second - offset_s;
    return true;
}

bool mz_time_parse(const char *text, size_t size, int64_t *ret_seconds) {
    int year, month, day, seconds = 0;
    if (!digits(text, size, 0, 4, &year) || !digits(text, size, 5, 2, &month) || !digits(text, size, 8, 2, &day))
        return false;
    if (text[4] != '-' || text[7] != '-' || !day_exists(year, month, day)) return false;
    if (size > 10 && !time_of_day(text, size, &seconds)) return false;
    *ret_seconds = mz_days_from_date(year, month, day) * 86400 + seconds;
    return true;
}
