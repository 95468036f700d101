#include "match/sound_cells.h"

#include "match/word.h"

#include <string.h>

enum { CODES = MZ_BLOCK_CODES, RANK = MZ_CELLS_PLACES };

static void set_listed(mz_sound_cells *cells, const mz_sound_sides *sides) {
    uint16_t shares[CODES];
    mz_sound_shares(sides, 1, shares);
    for (size_t x = 0; x < CODES; x++) cells->share[x] = (uint8_t)shares[x];
    for (size_t place = 0; place < MZ_PHONE_PLACES; place++) mz_sound_fold(sides->omit[place], cells->omit[place]);
}

static void set_query(mz_sound_cells *cells, const mz_sound_sides *sides, const mz_name_word *query) {
    unsigned cost = 0;
    cells->first[0] = 0;
    for (size_t j = 0; j < cells->count; j++) {
        uint8_t phone = query->phones[j], omit = sides->omit_query[mz_phone_place(j, cells->count)][phone];
        mz_sound_exchange(sides, phone, cells->exchange[j]);
        memset(cells->omit_query[j].at, omit, MZ_BLOCK_LANES);
        cost += omit;
        if (j + 1 == query->bare && cost > MZ_LIKENESS_ARTICLE) cost = MZ_LIKENESS_ARTICLE;
        cells->first[j + 1] = (uint16_t)cost;
    }
}

static void set_places(mz_sound_cells *cells, const mz_name_word *query) {
    memset(cells->here, 0, sizeof cells->here);
    memset(cells->behind, 0, sizeof cells->behind);
    for (size_t j = 1; j < cells->count; j++) {
        cells->here[j / RANK][mz_block_code(query->phones[j])] |= (uint8_t)(1u << j % RANK);
        cells->behind[j / RANK][mz_block_code(query->phones[j - 1])] |= (uint8_t)(1u << j % RANK);
    }
}

void mz_sound_cells_start(mz_sound_cells *cells, const mz_name_word *query, mz_sound_system listed, uint16_t floor) {
    mz_sound_sides sides = mz_sound_sides_of((mz_sound_system)query->system, listed, floor);
    unsigned size = mz_phones_size(query->phones, query->phone_count, sides.query_sizes);
    cells->count = query->phone_count;
    cells->query_share = (uint16_t)mz_sound_share(&sides, 1, size);
    cells->turned = sides.spelling->turned;
    cells->article = MZ_LIKENESS_ARTICLE;
    set_listed(cells, &sides);
    set_query(cells, &sides, query);
    set_places(cells, query);
}
