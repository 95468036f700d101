/* How alike two strings of letters are by Jaro and Winkler, as an exact fraction.
 *
 * Jaro (1989): m letters agree, each with an equal one no further away than half the longer string less one; of the
 * letters that agree, t stand in another order on the other side, and half of t counts. The likeness is the mean of
 * m / a, m / b and (m - t/2) / m. Winkler (1990) adds for a common beginning of p letters a tenth of what is missing to
 * 1 for each; he stops at 4 letters and adds nothing where Jaro gives 0.7 or less. Here the caller says where to stop,
 * and it is added always.
 *
 * A fraction, because what uses it rounds to whole percents, and 84 must not be 85 on a machine that computes
 * 84.00000000000001. */
#ifndef MIZAN_MATCH_JARO_WINKLER_H
#define MIZAN_MATCH_JARO_WINKLER_H

#include <stddef.h>
#include <stdint.h>

/* Longer strings are compared by their first letters. */
enum { MZ_JARO_LETTERS_MOST = 256, MZ_JARO_PREFIX_MOST = 10 };

typedef struct mz_fraction {
    uint64_t over, under; /* 0 <= over <= under, under > 0; both below 2^40 */
} mz_fraction;

/* 0 when nothing agrees or a string is empty. `prefix_most` is at most MZ_JARO_PREFIX_MOST; 0 gives Jaro's alone. Time:
 * the product of the lengths, at most. */
mz_fraction mz_jaro_winkler(const uint32_t *left, size_t left_count, const uint32_t *right, size_t right_count,
                            size_t prefix_most);

#endif
