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
