/* Dates: births above all, with their precision.
 *
 * Two dates agree as far as the less exact of them says. Of 2,825 people on two public lists 90 % had the same day, 6 %
 * a year against a day of it, 0.5 % a slip of the pen, and two any other day; of 3,303 pairs of namesakes on one list
 * 3 % agreed, 6 % were less than a year apart, 11 % less than three, 25 % less than eight, 34 % less than twenty, and
 * 19 % more (tools/fit/facts_fit.c). Lists copy each other, and customers do not copy lists: of their dates one in a
 * hundred is taken to have day and month exchanged, one a wrong digit, two another day of the month, two another
 * month, two a year that is near and one any other. The bits below are these rates against those of namesakes.
 *
 * 1 January is what registers write for a year: 6 % of the days on the lists are one, 23 times their share. So it is
 * read as its year, and agrees with every day of it.
 *
 * Years before 1460 are of the Hijri or the Persian calendar, given by mistake: they are turned by both, may agree, and
 * never speak against. Of other dates a death is exact like a birth but known to few; an incorporation or a keel's
 * laying is a year or two apart in different registers. */
#include "base/clock.h"
#include "match/questions.h"

enum { YEAR = 366, ABOUT_DAYS = 2 * YEAR, OLDEST_DAYS = 120 * YEAR };

static const double DAY_BITS = 14, NEW_YEAR_BITS = 9; /* 60 years and 365 days; 1 January is 6 % of days */
static const double EXCHANGED_BITS = 7, SLIP_BITS = 2.5, SAME_MONTH_BITS = 2, SAME_YEAR_BITS = -1.5;
static const double NEAR_BITS = -2.5, FAR_BITS = -4.5, OTHER_BITS = -5.5, AGES_APART_BITS = -7;
static const double ABOUT_BITS = 1, CALENDAR_BITS = 2, IMPOSSIBLE_BITS = -8;
static const double FOUNDED_BITS_MOST = 9, FOUNDED_OTHER_BITS = -2;

typedef struct span {
    int64_t first, last;
    bool about, new_year, exact; /* exact: a day, and not 1 January */
    int year, month, day;        /* of `first` as written */
} span;

static span span_of(const mz_trait *date) {
    unsigned precision = (unsigned)date->flags >> MZ_TRAIT_PRECISION_SHIFT;
    span s = {.first = date->first_day, .last = date->last_day, .about = date->flags & MZ_TRAIT_CIRCA};
    mz_date_from_days(date->first_day, &s.year, &s.month, &s.day);
    s.new_year = precision == MZ_DATE_DAY && s.month == 1 && s.day == 1;
    s.exact = precision == MZ_DATE_DAY && !s.new_year;
    if (s.new_year) s.last = mz_days_from_date(s.year, 12, 31);
    return s;
}

static int64_t gap_of(const span *a, const span *b) {
    return a->first > b->last ? a->first - b->last : b->first > a->last ? b->first - a->last : 0;
}

/* How far dates of this span, in days, tell people apart: births spread over some 45 years. */
static double bits_of(int64_t days) {
    static const struct {
        int64_t days;
        double bits;
    } table[] = {{1, 14}, {31, 9}, {92, 7.5}, {YEAR, 5.5}, {2 * YEAR, 4.5}, {5 * YEAR, 3}, {10 * YEAR, 2}};
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (days <= table[i].days) return table[i].bits;
    return 0.5;
}

static int64_t width_of(const span *s) {
    return s->last - s->first + 1 + (s->about ? 2 * ABOUT_DAYS : 0);
}

static double agreement_bits(const span *a, const span *b) {
    if (a->exact && b->exact) return DAY_BITS;
    if (a->new_year && b->new_year) return NEW_YEAR_BITS;
    int64_t wide = width_of(a), other = width_of(b);
    return bits_of(wide > other ? wide : other);
}

/* 1967 for 1976, 1971 for 1977: one digit of the eight is another, or two neighbours are exchanged. */
static bool slip_of_the_pen(const span *a, const span *b) {
    int64_t left = (int64_t)a->year * 10000 + a->month * 100 + a->day,
            right = (int64_t)b->year * 10000 + b->month * 100 + b->day;
    int differ = 0, at[2] = {0, 0};
    int64_t of_left[8], of_right[8];
    for (int i = 0; i < 8; i++, left /= 10, right /= 10) {
        of_left[i] = left % 10;
        of_right[i] = right % 10;
        if (of_left[i] == of_right[i]) continue;
        if (differ == 2) return false;
        at[differ++] = i;
    }
    if (differ == 1) return true;
    return differ == 2 && at[1] == at[0] + 1 && of_left[at[0]] == of_right[at[1]] && of_left[at[1]] == of_right[at[0]];
}

static void say(mz_finding *finding, double cost, double bits) {
    finding->cost = cost;
    finding->bits = bits;
}

static void compare_apart(const mz_prices *prices, const span *a, const span *b, int64_t gap, mz_finding *finding) {
    bool about = a->about || b->about, both = a->exact && b->exact;
    if (about) gap -= ABOUT_DAYS;
    if (gap <= 0)
        say(finding, prices->date_about, ABOUT_BITS);
    else if (both && a->year == b->year && a->month == b->day && a->day == b->month)
        say(finding, prices->day_exchanged, EXCHANGED_BITS);
    else if (both && slip_of_the_pen(a, b))
        say(finding, prices->date_misspelt, SLIP_BITS);
    else if (gap < YEAR && a->year == b->year && a->month == b->month)
        say(finding, prices->day_differs, SAME_MONTH_BITS);
    else if (gap < YEAR)
        say(finding, prices->day_differs, SAME_YEAR_BITS);
    else if (gap < 3 * YEAR)
        say(finding, prices->year_near, NEAR_BITS);
    else if (gap < 8 * YEAR)
        say(finding, prices->year_far, FAR_BITS);
    else
        say(finding, prices->year_other, gap < 20 * YEAR ? OTHER_BITS : AGES_APART_BITS);
}

/* The Gregorian years that a year of either calendar lies in: Hijri years are moons, 32 of them 33 of ours. */
static span turned(const span *s, bool persian) {
    int first = persian ? s->year + 621 : 622 + (int)((int64_t)(s->year - 1) * 97 / 100);
    return (span){.first = mz_days_from_date(first, 1, 1), .last = mz_days_from_date(first + 1, 12, 31)};
}

/* Of the same calendar the dates are compared as they stand. Of two they can only agree. */
static bool compare_calendars(const mz_trait *a, const mz_trait *b, mz_finding *finding) {
    const mz_trait *other = a->flags & MZ_TRAIT_CALENDAR ? a : b, *ours = other == a ? b : a;
    span there = span_of(other), here = span_of(ours);
    for (int persian = 0; persian < 2; persian++) {
        span s = turned(&there, persian);
        if (gap_of(&s, &here)) continue;
        say(finding, 0, CALENDAR_BITS);
        return true;
    }
    return false;
}

static bool compare_lives(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *finding) {
    if ((a->flags ^ b->flags) & MZ_TRAIT_CALENDAR) return compare_calendars(a, b, finding);
    span left = span_of(a), right = span_of(b);
    int64_t gap = gap_of(&left, &right);
    if (gap == 0)
        say(finding, 0, agreement_bits(&left, &right));
    else
        compare_apart(prices, &left, &right, gap, finding);
    return true;
}

/* Who was born after the other died, or 120 years before, is somebody else; all else is possible. */
static bool born_and_died(const mz_prices *prices, const mz_trait *born, const mz_trait *died, mz_finding *finding) {
    if ((born->flags | died->flags) & (MZ_TRAIT_CALENDAR | MZ_TRAIT_CIRCA)) return false;
    bool after = born->first_day > died->last_day, ages = (int64_t)died->first_day - born->last_day > OLDEST_DAYS;
    if (after || ages) say(finding, prices->year_other, IMPOSSIBLE_BITS);
    return after || ages;
}

/* What a register says of a firm or a ship: the year counts, and a different one little. */
static bool compare_founded(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *finding) {
    span left = span_of(a), right = span_of(b);
    if (gap_of(&left, &right) > YEAR) {
        say(finding, prices->founded_differs, FOUNDED_OTHER_BITS);
        return true;
    }
    double bits = gap_of(&left, &right) ? 0 : agreement_bits(&left, &right) - 1;
    say(finding, 0, bits < 0 ? 0 : bits > FOUNDED_BITS_MOST ? FOUNDED_BITS_MOST : bits);
    return finding->bits > 0;
}

bool mz_compare_dates(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *ret_finding) {
    mz_property left = (mz_property)a->property, right = (mz_property)b->property;
    *ret_finding = (mz_finding){.rule = MZ_RULE_DATE, .query = a, .entity = b};
    if (left == MZ_PROP_birthDate && right == MZ_PROP_deathDate) return born_and_died(prices, a, b, ret_finding);
    if (left == MZ_PROP_deathDate && right == MZ_PROP_birthDate) return born_and_died(prices, b, a, ret_finding);
    if (left != right) return false;
    if (left == MZ_PROP_birthDate || left == MZ_PROP_deathDate) return compare_lives(prices, a, b, ret_finding);
    return compare_founded(prices, a, b, ret_finding);
}
