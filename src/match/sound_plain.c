/* Scans of words in blocks, one word after the other: what those with vectors (sound_scan.c) are held against, and what
 * is taken where there are none. */
#include "match/sound_scan.h"

#include <string.h>

enum { LANES = MZ_BLOCK_LANES };

static uint8_t sum(uint8_t a, uint8_t b) {
    return (uint8_t)(a + b < UINT8_MAX ? a + b : UINT8_MAX);
}

static unsigned lesser(unsigned a, unsigned b) {
    return a < b ? a : b;
}

/* ---- by the bound ---- */

static bool passes(const mz_sound_toll *toll, const mz_block_run *run, const mz_block_column *columns, size_t lane,
                   uint8_t budget) {
    uint8_t cost = 0;
    for (size_t i = run->bare; i < run->count; i++)
        cost = sum(cost, toll->listed[mz_phone_place(i, run->count)][columns[i].at[lane]]);
    return cost <= budget;
}

static void leave(const mz_sound_bound *bound, const mz_block_run *run, uint64_t *masks) {
    uint8_t budgets[MZ_SOUND_TOLLS];
    if (!mz_sound_bound_budget(bound, run, budgets)) return;
    for (size_t b = 0; b < run->block_count; b++)
        for (size_t lane = 0; lane < LANES; lane++) {
            bool left = true;
            for (size_t t = 0; t < MZ_SOUND_TOLLS && left; t++)
                left = passes(&bound->tolls[t], run, run->columns + b * run->count, lane, budgets[t]);
            masks[b] |= (uint64_t)left << lane;
        }
}

void mz_block_gather_plain(const mz_block_column *columns, size_t count, uint64_t mask, mz_block_batch *batch) {
    for (; mask; mask &= mask - 1) {
        size_t lane = (size_t)__builtin_ctzll(mask);
        for (size_t i = 0; i < count; i++) batch->phones[i][batch->count] = columns[i].at[lane];
        batch->lanes[batch->count++] = (uint8_t)lane;
    }
}

/* ---- alignment ---- */

/* Whether phones i - 1 and i of the word are phones j and j - 1 of the query. */
static bool turned(const mz_sound_cells *cells, uint8_t before, uint8_t code, size_t j) {
    size_t rank = j / MZ_CELLS_PLACES;
    return cells->here[rank][before] & cells->behind[rank][code] & 1u << j % MZ_CELLS_PLACES;
}

static unsigned cost_of(const mz_sound_cells *cells, const mz_cells_words *words, size_t lane) {
    unsigned columns[3][MZ_PHONES_MOST + 1];
    uint8_t before = 0;
    for (size_t j = 0; j <= cells->count; j++) columns[0][j] = cells->first[j];
    for (size_t i = 0; i < words->count; i++) {
        const unsigned *last = columns[i % 3], *two_before = columns[(i + 2) % 3];
        unsigned *column = columns[(i + 1) % 3];
        uint8_t code = words->phones[i * words->stride + lane];
        unsigned omit = cells->omit[mz_phone_place(i, words->count)][code];
        column[0] = last[0] + omit;
        if (i + 1 == words->bare) column[0] = lesser(column[0], cells->article);
        for (size_t j = 0; j < cells->count; j++) {
            unsigned exchanged = last[j] + cells->exchange[j][code], omitted = last[j + 1] + omit;
            column[j + 1] = lesser(lesser(exchanged, omitted), column[j] + cells->omit_query[j].at[0]);
            if (i && j && turned(cells, before, code, j))
                column[j + 1] = lesser(column[j + 1], two_before[j - 1] + cells->turned);
        }
        before = code;
    }
    return columns[words->count % 3][cells->count];
}

static uint64_t align(const mz_sound_cells *cells, const mz_cells_words *words, mz_cells_rows *rows,
                      mz_cells_costs *costs) {
    uint64_t within = 0;
    (void)rows;
    for (size_t lane = 0; lane < LANES; lane++) {
        unsigned cost = cost_of(cells, words, lane), budget = cells->query_share;
        for (size_t i = 0; i < words->count; i++) budget += cells->share[words->phones[i * words->stride + lane]];
        costs->low.at[lane] = (uint8_t)(cost & UINT8_MAX);
        costs->high.at[lane] = (uint8_t)(cost >> 8);
        within |= (uint64_t)(cost <= budget) << lane;
    }
    return within;
}

static const mz_block_scan plain = {leave, mz_block_gather_plain, align};

size_t mz_block_scans(const mz_block_scan *scans[MZ_BLOCK_SCANS_MOST]) {
    size_t count = mz_block_scans_fast(scans);
    scans[count++] = &plain;
    return count;
}
