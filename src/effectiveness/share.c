/* Shares and their intervals. */
#include "effectiveness/report.h"

#include <math.h>

static const double quantile = 1.959963984540054; /* of the normal distribution, 97.5 % */

mz_share mz_share_of(uint64_t count, uint64_t of) {
    if (!of) return (mz_share){0, 0, 0, 0, 1};
    double n = (double)of, share = (double)count / n, z2 = quantile * quantile;
    double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
    double half = quantile * sqrt(share * (1 - share) / n + z2 / (4 * n * n)) / (1 + z2 / n);
    double low = count ? middle - half : 0, high = count < of ? middle + half : 1;
    return (mz_share){count, of, share, low < 0 ? 0 : low, high > 1 ? 1 : high};
}

/* R. G. Newcombe (Interval estimation for the difference between independent proportions, Statistics in Medicine 17,
 * 1998, method 10). The same names asked twice are no independent samples: the interval is then wider than need be. */
void mz_share_difference(const mz_share *a, const mz_share *b, double *ret_low, double *ret_high) {
    double difference = a->share - b->share;
    *ret_low =
        difference - sqrt((a->share - a->low) * (a->share - a->low) + (b->high - b->share) * (b->high - b->share));
    *ret_high =
        difference + sqrt((a->high - a->share) * (a->high - a->share) + (b->share - b->low) * (b->share - b->low));
}
