#include "match/jaro_winkler.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

typedef struct agreement {
    size_t letters, out_of_order;
} agreement;

/* Each letter of `left` takes the first free equal letter of `right` within reach. */
static agreement agree(const uint32_t *left, size_t left_count, const uint32_t *right, size_t right_count) {
    bool taken[MZ_JARO_LETTERS_MOST];
    uint32_t met[MZ_JARO_LETTERS_MOST];
    agreement found = {0, 0};
    size_t longer = left_count > right_count ? left_count : right_count, reach = longer > 3 ? longer / 2 - 1 : 0;
    memset(taken, 0, right_count * sizeof *taken);
    for (size_t i = 0; i < left_count; i++) {
        size_t end = least(i + reach + 1, right_count);
        for (size_t j = i > reach ? i - reach : 0; j < end; j++) {
            if (right[j] != left[i] || taken[j]) continue;
            taken[j] = true;
            met[found.letters++] = left[i];
            break;
        }
    }
    for (size_t j = 0, at = 0; at < found.letters; j++)
        if (taken[j]) found.out_of_order += right[j] != met[at++];
    return found;
}

mz_fraction mz_jaro_winkler(const uint32_t *left, size_t left_count, const uint32_t *right, size_t right_count,
                            size_t prefix_most) {
    assert(prefix_most <= MZ_JARO_PREFIX_MOST);
    left_count = least(left_count, MZ_JARO_LETTERS_MOST);
    right_count = least(right_count, MZ_JARO_LETTERS_MOST);
    agreement found = agree(left, left_count, right, right_count);
    if (found.letters == 0) return (mz_fraction){0, 1};
    uint64_t a = left_count, b = right_count, m = found.letters;
    mz_fraction jaro = {2 * m * m * (a + b) + (2 * m - found.out_of_order) * a * b, 6 * a * b * m};
    size_t prefix = 0, most = least(prefix_most, least(left_count, right_count));
    while (prefix < most && left[prefix] == right[prefix]) prefix++;
    return (mz_fraction){10 * jaro.over + prefix * (jaro.under - jaro.over), 10 * jaro.under};
}
