#include "index/bound.h"

#include <math.h>

static void forget(mz_bound *bound) {
    for (uint32_t k = 0; k < bound->used_count; k++) bound->lanes[bound->used[k]] = 0;
    bound->used_count = 0;
    bound->light = bound->joins = 0;
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

static void weigh_lanes(mz_bound *bound, const mz_prices *prices, const mz_name *query, const uint8_t *lane_words) {
    for (unsigned set = 0; set < 1u << MZ_LANES; set++) {
        double weight = 0;
        for (unsigned lane = 0; lane < bound->lane_count; lane++) {
            const mz_name_word *word = &query->words[lane_words[lane]];
            if (set >> lane & 1)
                weight += mz_name_facing_weight(prices, query->organisation, (mz_word_class)word->class, word->weight);
        }
        double units = floor(weight * MZ_FACING_UNIT);
        bound->query_facing[set] = units > UINT16_MAX ? UINT16_MAX : (uint16_t)units;
    }
}

void mz_bound_start(mz_bound *bound, const mz_index *index, const mz_prices *prices, const mz_name *query,
                    const uint8_t *lane_words, unsigned lane_count, double most_cost) {
    double losses = 0, most_credit = 0;
    bool has_lane[MZ_NAME_WORDS_MOST] = {false};
    forget(bound);
    weigh_codes(bound, index, prices);
    bound->lane_count = lane_count;
    bound->free_count = (unsigned)query->count - lane_count;
    bound->most_cost = most_cost;
    for (unsigned lane = 0; lane < lane_count; lane++) has_lane[lane_words[lane]] = true;
    for (size_t i = 0; i < query->count; i++) {
        double nothing = mz_name_word_loss(prices, query, i, 0),
               same = mz_name_word_loss(prices, query, i, MZ_LIKENESS_SAME);
        losses += has_lane[i] ? nothing : same;
        if (has_lane[i] && nothing - same > most_credit) most_credit = nothing - same;
    }
    bound->unit = most_credit > 1e-6 ? most_credit / 254 : 1e-6;
    bound->rate = mz_name_facing_rate(prices, query);
    double needed = floor((losses - most_cost) / bound->unit - 1e-3);
    bound->needed = needed < -1e9 ? -1000000000 : needed > 1e9 ? 1000000000 : (int32_t)needed;
    double fee = floor(bound->rate / MZ_FACING_UNIT / bound->unit * 65536);
    bound->facing_fee = fee < 0 ? 0 : fee > UINT32_MAX ? UINT32_MAX : (uint32_t)fee;
    weigh_lanes(bound, prices, query, lane_words);
}

void mz_bound_meet(mz_bound *bound, unsigned lane, uint32_t word, double credit) {
    uint16_t code = bound->of->word_codes[word];
    uint64_t value = mz_bound_lane(bound, lane, credit);
    if (code == MZ_CODE_NONE) {
        bound->light = mz_lanes_most(bound->light, value);
        return;
    }
    if (!bound->lanes[code]) bound->used[bound->used_count++] = code;
    bound->lanes[code] = mz_lanes_most(bound->lanes[code], value);
}

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

bool mz_bound_faces(const mz_bound *bound, int64_t spare, uint64_t best, const uint16_t *codes, unsigned count) {
    unsigned query = bound->query_facing[mz_lanes_zero(best)];
    if (!query || (int64_t)((uint64_t)query * bound->facing_fee >> 16) <= spare) return true;
    unsigned entity = entity_facing(bound, codes, count);
    return (int64_t)((uint64_t)entity * bound->facing_fee >> 16) <= spare;
}

bool mz_bound_passes_name(const mz_bound *bound, const mz_index *index, uint32_t name, bool joined) {
    const mz_name_row *row = &index->names[name];
    uint16_t codes[MZ_NAME_WORDS_MOST];
    unsigned count = 0;
    uint64_t best = 0;
    for (uint32_t i = row->first_word; i < row->first_word + row->word_count; i++) {
        uint16_t code = index->word_codes[index->name_words[i].word];
        if (code == MZ_CODE_NONE)
            best = bound->light;
        else
            codes[count++] = code;
    }
    if (!joined) return mz_bound_passes(bound, best, codes, count);
    best = mz_lanes_most(best, bound->joins);
    for (unsigned k = 0; k < count; k++) best = mz_lanes_most(best, bound->lanes[codes[k]]);
    return mz_lanes_sum(best) >= bound->needed;
}
