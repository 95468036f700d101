/* Time: a clock for durations, and the civil date as text. Nothing that a screening returns depends on it. */
#ifndef MIZAN_BASE_CLOCK_H
#define MIZAN_BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Nanoseconds on a clock that never goes back. */
uint64_t mz_clock_ns(void);

/* Seconds since 1970-01-01T00:00:00Z. MIZAN_NOW (seconds) in the environment overrides it, for tests. */
int64_t mz_clock_now(void);

enum { MZ_TIME_TEXT_SIZE = 24 };

/* "2026-11-21T09:30:00Z" (RFC 3339) for seconds since 1970; before the year 0000 and after 9999 the nearest that
 * the form can write. */
void mz_time_text(int64_t seconds, char ret_text[MZ_TIME_TEXT_SIZE]);

/* Days since 1970-01-01 of a date in the proleptic Gregorian calendar, and back. */
int64_t mz_days_from_date(int year, int month, int day);
void mz_date_from_days(int64_t days, int *ret_year, int *ret_month, int *ret_day);

/* Seconds since 1970 from "YYYY-MM-DD" or an RFC 3339 time, whose zone may be missing (then it is UTC) and whose
 * fraction is dropped. False, and the out-parameter untouched, when malformed or when there is no such day. */
bool mz_time_parse(const char *text, size_t size, int64_t *ret_seconds);

#endif
