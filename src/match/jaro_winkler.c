#include "match/jaro_winkler.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

enum { WORTH_BITS = 80 }; /* shorter strings are through before the table is cleared */

static size_t least(size_t a, size_t b) {
    return a < b ? a : b;
}

typedef struct agreement {
    size_t letters, out_of_order;
} agreement;

/* Each letter of `left` takes the first free equal letter of `right` within reach. */
static agreement agree(const uint32_t *left, size_t left_count, const uint32_t *right, size_t right_count,
                       size_t reach) {
    bool taken[MZ_JARO_LETTERS_MOST];
    uint32_t met[MZ_JARO_LETTERS_MOST];
    agreement found = {0, 0};
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

/* The same for ASCII and no more than 64 letters on the right, whose places are bits; four times as fast for whole
 * names. False: it is not so, and nothing was done. */
static bool agree_by_bits(const uint32_t *left, size_t left_count, const uint32_t *right, size_t right_count,
                          size_t reach, agreement *ret_found) {
    uint64_t places[128] = {0}, taken = 0;
    uint8_t met[MZ_JARO_LETTERS_MOST];
    size_t count = 0, out_of_order = 0;
    uint32_t all = 0;
    if (right_count > 64 || reach > 63) return false;
    for (size_t i = 0; i < left_count; i++) all |= left[i];
    for (size_t j = 0; j < right_count; j++) all |= right[j];
    if (all > 127) return false;
    for (size_t j = 0; j < right_count; j++) places[right[j]] |= UINT64_C(1) << j;
    uint64_t within = UINT64_MAX >> (63 - reach); /* places 0 to reach */
    for (size_t i = 0; i < left_count && within; i++) {
        uint64_t free_one = places[left[i]] & within & ~taken;
        if (free_one) {
            taken |= free_one & (~free_one + 1);
            met[count++] = (uint8_t)left[i];
        }
        within = within << 1 | (i < reach);
    }
    for (size_t at = 0; taken; taken &= taken - 1) out_of_order += right[__builtin_ctzll(taken)] != met[at++];
    *ret_found = (agreement){count, out_of_order};
    return true;
}

mz_fraction mz_jaro_winkler(const uint32_t *left, size_t left_count, const uint32_t *right, size_t right_count,
                            size_t prefix_most) {
    assert(prefix_most <= MZ_JARO_PREFIX_MOST);
    left_count = least(left_count, MZ_JARO_LETTERS_MOST);
    right_count = least(right_count, MZ_JARO_LETTERS_MOST);
    size_t longer = left_count > right_count ? left_count : right_count, reach = longer > 3 ? longer / 2 - 1 : 0;
    agreement found;
    if (left_count * right_count < WORTH_BITS || !agree_by_bits(left, left_count, right, right_count, reach, &found))
        found = agree(left, left_count, right, right_count, reach);
    if (found.letters == 0) return (mz_fraction){0, 1};
    uint64_t a = left_count, b = right_count, m = found.letters;
    mz_fraction jaro = {2 * m * m * (a + b) + (2 * m - found.out_of_order) * a * b, 6 * a * b * m};
    size_t prefix = 0, most = least(prefix_most, least(left_count, right_count));
    while (prefix < most && left[prefix] == right[prefix]) prefix++;
    return (mz_fraction){10 * jaro.over + prefix * (jaro.under - jaro.over), 10 * jaro.under};
}
