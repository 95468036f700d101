#include "index/bound.h"

#include <math.h>

static void forget(mz_bound *bound) {
    for (uint32_t k = 0; k < bound->used_count; k++) bound->lanes[bound->used[k]] = 0;
    bound->used_count = 0;
    bound->light = bound->joins = bound->unknown = 0;
}

static uint8_t hundredths(double weight) {
    double units = floor(weight * MZ_FACING_UNIT);
    return units > UINT8_MAX ? UINT8_MAX : (uint8_t)units;
}

/* Codes are of words above MZ_LIGHT_WEIGHT, which weigh the same in persons' names and firms'. */
static void weigh_codes(mz_bound *bound, const mz_index *index, const mz_prices *prices) {
    if (bound->of == index && memcmp(&bound->prices, prices, sizeof *prices) == 0) return;
    bound->of = index;
    bound->prices = *prices;
    memset(bound->facing, 0, sizeof bound->facing);
    for (uint32_t code = MZ_CODE_NONE + 1; code < index->code_count; code++) {
        const mz_code_row *row = &index->codes[code];
        bound->facing[code] = hundredths(mz_name_facing_weight(prices, false, (mz_word_class)row->class, row->weight));
    }
}

/* What a word of the query weighs where it is left out. */
static double weight_of(const mz_bound *bound, size_t i) {
    const mz_name_word *word = &bound->query->words[i];
    return mz_name_facing_weight(&bound->prices, bound->query->organisation, (mz_word_class)word->class, word->weight);
}

static void weigh_lanes(mz_bound *bound, const uint8_t *lane_words) {
    double weights[1 << MZ_LANES] = {0};
    bound->query_facing[0] = 0;
    for (unsigned lane = 0; lane < bound->lane_count; lane++) {
        double weight = weight_of(bound, lane_words[lane]);
        for (unsigned set = 0; set < 1u << lane; set++) {
            weights[set | 1u << lane] = weights[set] + weight;
            double units = floor(weights[set | 1u << lane] * MZ_FACING_UNIT);
            bound->query_facing[set | 1u << lane] = units > UINT16_MAX ? UINT16_MAX : (uint16_t)units;
        }
    }
    bound->lane_bits = (1u << bound->lane_count) - 1;
}

static void find_heavy_lanes(mz_bound *bound, const uint8_t *lane_words, double rate) {
    double left = 0, heavy = 0;
    bound->heavy = 0;
    bound->even = bound->even_light = 0;
    for (size_t i = 0; i < bound->query->count; i++) left += weight_of(bound, i);
    for (unsigned lane = 0; lane < bound->lane_count; lane++) {
        double weight = weight_of(bound, lane_words[lane]);
        double facing = weight < bound->full_weight ? weight : bound->full_weight;
        double missing = mz_name_word_loss(&bound->prices, bound->query, lane_words[lane], 0);
        bound->even |= (uint64_t)MZ_LANE_EVEN << 8 * lane;
        if (facing * rate + missing > bound->most_cost * (1 + 1e-9) + 1e-9) {
            bound->heavy |= 1u << lane;
            heavy += weight;
        } else {
            bound->even_light |= (uint64_t)MZ_LANE_EVEN << 8 * lane;
        }
    }
    bound->light_weight = left - heavy + 1e-9;
    bound->able[0] = (uint8_t)bound->query->count;
    for (unsigned lane = 0; lane < bound->lane_count; lane++)
        for (unsigned set = 0; set < 1u << lane; set++)
            bound->able[set | 1u << lane] = (uint8_t)(bound->able[set] - !(bound->heavy >> lane & 1));
}

void mz_bound_start(mz_bound *bound, const mz_index *index, const mz_prices *prices, const mz_name *query,
                    const uint8_t *lane_words, unsigned lane_count, double most_cost) {
    double rate = mz_name_facing_rate(prices, query), most = 0;
    forget(bound);
    weigh_codes(bound, index, prices);
    memset(bound->by_word, 0, sizeof bound->by_word);
    memset(bound->by_join, 0, sizeof bound->by_join);
    bound->query = query;
    bound->lane_count = lane_count;
    bound->free_count = (unsigned)query->count - lane_count;
    bound->most_cost = most_cost;
    bound->losses = 0;
    bound->whole_count = 0;
    for (size_t i = 0; i < query->count; i++) bound->whole_count += query->words[i].weight > MZ_LIGHT_WEIGHT;
    for (unsigned lane = 0; lane < lane_count; lane++) {
        double missing = mz_name_word_loss(prices, query, lane_words[lane], 0);
        bound->losses += missing;
        if (missing > most) most = missing;
    }
    bound->unit = most > 1e-6 ? most / (MZ_LANE_EVEN - 2) : 1e-6;
    bound->full_weight = mz_name_facing_weight(prices, false, MZ_WORD_PLAIN, MZ_FULL_WEIGHT + 1);
    double fee = floor(rate / MZ_FACING_UNIT / bound->unit * 65536);
    bound->facing_fee = fee < 0 ? 0 : fee > UINT32_MAX ? UINT32_MAX : (uint32_t)fee;
    find_heavy_lanes(bound, lane_words, rate);
    weigh_lanes(bound, lane_words);
}

static void meet(mz_bound *bound, uint16_t code, uint64_t value) {
    if (code == MZ_CODE_NONE) {
        bound->light = mz_lanes_most(bound->light, value);
        return;
    }
    if (!bound->lanes[code]) bound->used[bound->used_count++] = code;
    bound->lanes[code] = mz_lanes_most(bound->lanes[code], value);
}

void mz_bound_meet(mz_bound *bound, unsigned lane, uint32_t word, double spared) {
    meet(bound, bound->of->word_codes[word], mz_bound_lane(bound, lane, spared));
}

void mz_bound_may_meet(mz_bound *bound, unsigned lane, const uint16_t *codes, size_t count, double spared) {
    uint64_t value = mz_bound_lane(bound, lane, spared);
    for (size_t k = 0; k < count; k++) meet(bound, codes[k], value);
}

void mz_bound_unknown(mz_bound *bound, unsigned lane, double spared) {
    bound->unknown = mz_lanes_most(bound->unknown, mz_bound_lane(bound, lane, spared));
    bound->free_count++; /* it may be alike to any one of the words that meet no other */
}

void mz_bound_cap(mz_bound *bound, unsigned lane, uint32_t word, double spared) {
    uint64_t mask = UINT64_C(0xFF) << 8 * lane, value = mz_bound_lane(bound, lane, spared);
    uint16_t code = bound->of->word_codes[word];
    if (code == MZ_CODE_NONE || (bound->lanes[code] & mask) <= value) return;
    bound->lanes[code] = (bound->lanes[code] & ~mask) | value;
}

/* ---- terms ---- */

static int32_t units_of(const mz_bound *bound, double cost) {
    double units = floor(cost / bound->unit - 1e-3) + MZ_LANE_EVEN * bound->lane_count;
    return units < -1e9 ? -1000000000 : units > 1e9 ? 1000000000 : (int32_t)units;
}

/* `full`: full words of the name outside of joins, `joined`: words of the query in joins. */
static void set_terms(const mz_bound *bound, double most_cost, unsigned full, size_t joined, mz_bound_terms *terms) {
    size_t able = bound->query->count - joined;
    double share = bound->prices.optional < bound->prices.middle ? bound->prices.optional : bound->prices.middle;
    double extra = full > able ? (double)(full - able) * (MZ_FULL_WEIGHT + 1) * (share < 1 ? share : 1) : 0;
    extra -= bound->light_weight * MZ_WEIGHT_FULL;
    terms->known = true;
    terms->needed = units_of(bound, bound->losses - most_cost);
    terms->full = (uint8_t)full;
    terms->joined = (uint8_t)joined;
    terms->strict = units_of(bound, bound->losses - most_cost +
                                        (extra > 0 ? mz_name_extra_cost(&bound->prices, bound->query, extra) : 0));
}

/* What is charged for names of one word comes off what may be spent. */
static double most_cost_of(const mz_bound *bound, unsigned whole) {
    if (bound->whole_count == 1 && whole == 1) return bound->most_cost / bound->prices.one_word;
    return bound->most_cost - (bound->whole_count == 1 || whole == 1 ? bound->prices.single : 0);
}

const mz_bound_terms *mz_bound_terms_of_word(mz_bound *bound, mz_word_rank rank, uint8_t key) {
    mz_bound_terms *terms = &bound->by_word[rank][key];
    unsigned whole = mz_key_full(key) + mz_key_half(key) + (rank > MZ_RANK_LIGHT),
             full = mz_key_full(key) + (rank == MZ_RANK_FULL);
    if (!terms->known) set_terms(bound, most_cost_of(bound, whole), full, 0, terms);
    return terms;
}

const mz_bound_terms *mz_bound_terms_of_join(mz_bound *bound, size_t query_words, uint8_t key) {
    mz_bound_terms *terms = &bound->by_join[query_words][key];
    if (!terms->known) set_terms(bound, bound->most_cost, mz_key_full(key), query_words, terms);
    return terms;
}

/* ---- names ---- */

/* Names of few words: no more than these are left over, and the free words of the query use up the heaviest. */
static unsigned entity_facing(const mz_bound *bound, const uint16_t *codes, unsigned count) {
    unsigned weights[MZ_NAME_WORDS_MOST], left = 0, sum = 0;
    for (unsigned k = 0; k < count; k++)
        if (!bound->lanes[codes[k]]) weights[left++] = bound->facing[codes[k]];
    if (left <= bound->free_count) return 0;
    for (unsigned taken = 0; taken < bound->free_count; taken++) {
        unsigned most = taken;
        for (unsigned k = taken + 1; k < left; k++)
            if (weights[k] > weights[most]) most = k;
        unsigned weight = weights[most];
        weights[most] = weights[taken];
        weights[taken] = weight;
    }
    for (unsigned k = bound->free_count; k < left; k++) sum += weights[k];
    return sum;
}

bool mz_bound_faces(const mz_bound *bound, int32_t spare, unsigned zero, const uint16_t *codes, unsigned count) {
    unsigned query = bound->query_facing[zero];
    if (!query || (int64_t)((uint64_t)query * bound->facing_fee >> 16) <= spare) return true;
    unsigned entity = entity_facing(bound, codes, count);
    return (int64_t)((uint64_t)entity * bound->facing_fee >> 16) <= spare;
}

bool mz_bound_may_pass(const mz_bound *bound, const mz_bound_terms *terms, uint64_t most) {
    most &= (bound->even >> 7) * 0xFF; /* lanes that there are */
    if (mz_lanes_sum(mz_lanes_most(most, bound->even)) < terms->needed) return false;
    return terms->full + terms->joined < bound->able[0] ||
           mz_lanes_sum(mz_lanes_most(most, bound->even_light)) >= terms->strict;
}

/* Of words that share a code, some may be full where the lightest is not. */
static bool full_code(const mz_code_row *row) {
    return row->class == MZ_WORD_PLAIN && row->weight > MZ_FULL_WEIGHT;
}

/* Codes of a name's words but those from `first` to `end`; adds what those without a code meet to `best`. */
static unsigned codes_of(const mz_bound *bound, const mz_index *index, uint32_t name, size_t first, size_t end,
                         uint16_t *codes, unsigned *full, uint64_t *best) {
    unsigned count = 0;
    for (size_t i = 0; i < index->names[name].word_count; i++) {
        if (i >= first && i < end) continue;
        uint32_t word = mz_index_name_word(index, name, i);
        uint16_t code = index->word_codes[word];
        if (code == MZ_CODE_NONE) {
            *best = mz_lanes_most(*best, bound->light);
            continue;
        }
        codes[count++] = code;
        *full += full_code(&index->codes[code]);
    }
    return count;
}

int32_t mz_bound_spare_of_name(mz_bound *bound, const mz_index *index, uint32_t name, bool joined) {
    uint16_t codes[MZ_NAME_WORDS_MOST];
    unsigned full = 0;
    uint64_t best = 0;
    unsigned count = codes_of(bound, index, name, 0, 0, codes, &full, &best);
    mz_bound_terms terms;
    set_terms(bound, joined ? bound->most_cost : most_cost_of(bound, count), full, 0, &terms);
    if (!joined) return mz_bound_spare(bound, &terms, best, codes, count);
    return mz_bound_spare_joined(bound, &terms, best, codes, count);
}

int32_t mz_bound_spare_of_join(mz_bound *bound, const mz_index *index, uint32_t name, uint8_t place, size_t query_words,
                               uint64_t best) {
    uint16_t codes[MZ_NAME_WORDS_MOST];
    unsigned full = 0;
    size_t first = mz_place_first(place), end = first + mz_place_size(place);
    unsigned count = codes_of(bound, index, name, first, end, codes, &full, &best);
    mz_bound_terms terms;
    set_terms(bound, bound->most_cost, full, query_words, &terms);
    return mz_bound_spare(bound, &terms, best, codes, count);
}
