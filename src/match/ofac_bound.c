#include "match/ofac_bound.h"

#include <string.h>

enum { LETTERS_OF_PLACES = 64 };
static const double SLACK = 1e-6; /* percent: more than rounding can take away */

/* Letters that are the same fall into one kind; different ones may. */
static unsigned kind_of(uint32_t letter, unsigned kinds) {
    return letter >= 'a' && letter <= 'z' ? letter - 'a' : 26 + letter % (kinds - 26);
}

static uint64_t first_of(const mz_ofac_name *name, size_t part) {
    return UINT64_C(1) << kind_of(name->letters[name->parts[part].first], 64);
}

void mz_ofac_sketch_of(const mz_ofac_name *name, mz_ofac_sketch *ret_sketch) {
    *ret_sketch = (mz_ofac_sketch){.firsts = 0};
    for (size_t i = 0; i < name->part_count; i++) ret_sketch->firsts |= first_of(name, i);
    for (size_t i = 0; i < name->letter_count; i++) {
        uint8_t *count = &ret_sketch->count[kind_of(name->letters[i], MZ_OFAC_BUCKETS)];
        *count = (uint8_t)(*count + (*count < UINT8_MAX));
    }
}

void mz_ofac_bound_for(const mz_ofac_name *query, unsigned percent, mz_ofac_bound *ret_bound) {
    size_t shortest = mz_ofac_portal.short_part;
    *ret_bound = (mz_ofac_bound){.query = query, .percent = percent};
    mz_ofac_sketch_of(query, &ret_bound->sketch);
    for (int round = 0; round < 2 && ret_bound->part_count == 0; round++, shortest = 0)
        for (size_t i = 0; i < query->part_count; i++)
            if (query->parts[i].count > shortest) ret_bound->part_firsts[ret_bound->part_count++] = first_of(query, i);
    for (size_t i = 0; i < query->letter_count && i < LETTERS_OF_PLACES; i++)
        ret_bound->places[kind_of(query->letters[i], 64)] |= UINT64_C(1) << i;
}

static bool parts_may_reach(const mz_ofac_bound *bound, const mz_ofac_sketch *sketch) {
    size_t met = 0;
    for (size_t i = 0; i < bound->part_count; i++) met += (bound->part_firsts[i] & sketch->firsts) != 0;
    /* the mean is rounded to the nearest percent */
    return 100.0 * (double)met + (0.5 + SLACK) * (double)bound->part_count >=
           bound->percent * (double)bound->part_count;
}

static size_t common_prefix(const mz_ofac_name *a, const mz_ofac_name *b) {
    size_t most = mz_ofac_portal.whole_prefix, prefix = 0;
    if (a->letter_count < most) most = a->letter_count;
    if (b->letter_count < most) most = b->letter_count;
    while (prefix < most && a->letters[prefix] == b->letters[prefix]) prefix++;
    return prefix;
}

/* Jaro's likeness with so many letters that agree, none of them out of order, and Winkler's addition. */
static bool letters_may_reach(const mz_ofac_bound *bound, const mz_ofac_name *listed, size_t prefix, size_t agreed) {
    double a = bound->query->letter_count, b = listed->letter_count, m = (double)agreed;
    double jaro = agreed ? (m / a + m / b + 1) / 3 : 0;
    double likeness = jaro + (double)prefix / 10 * (1 - jaro);
    return 100 * likeness + 0.5 + SLACK >= bound->percent;
}

static size_t common_letters(const mz_ofac_sketch *a, const mz_ofac_sketch *b) {
    unsigned sum = 0;
    for (size_t k = 0; k < MZ_OFAC_BUCKETS; k++) sum += a->count[k] < b->count[k] ? a->count[k] : b->count[k];
    return sum;
}

/* How many letters of the listed name find one of the query within reach. */
static size_t agreeing_letters(const mz_ofac_bound *bound, const mz_ofac_name *listed) {
    size_t a = bound->query->letter_count, b = listed->letter_count, longer = a > b ? a : b, agreed = 0;
    size_t reach = longer > 3 ? longer / 2 - 1 : 0;
    uint64_t free = UINT64_MAX;
    uint64_t window = reach >= LETTERS_OF_PLACES - 1 ? UINT64_MAX : (UINT64_C(2) << reach) - 1; /* up to j + reach */
    for (size_t j = 0; j < b; j++) {
        uint64_t within = bound->places[kind_of(listed->letters[j], 64)] & free & window;
        free ^= within & (~within + 1);
        agreed += within != 0;
        window = j < reach ? window << 1 | 1 : window << 1;
    }
    return agreed;
}

bool mz_ofac_may_reach(const mz_ofac_bound *bound, const mz_ofac_name *listed, const mz_ofac_sketch *sketch) {
    if (!listed->part_count || !bound->query->part_count) return false;
    if (parts_may_reach(bound, sketch)) return true;
    size_t prefix = common_prefix(bound->query, listed), common = common_letters(&bound->sketch, sketch);
    if (!letters_may_reach(bound, listed, prefix, common)) return false;
    if (bound->query->letter_count > LETTERS_OF_PLACES) return true;
    return letters_may_reach(bound, listed, prefix, agreeing_letters(bound, listed));
}
