#include "match/sound_walk.h"

#include "match/word.h"

enum { DEAR = 30000 };

/* A row that nothing comes before: all of the query up to a cell is left out. */
static void make_first_row(mz_sound_walk *walk, size_t bare) {
    mz_sound_walk_row *row = &walk->rows[0];
    row->costs[0] = 0;
    for (size_t j = 1; j <= walk->count; j++) {
        unsigned cost = row->costs[j - 1] + (unsigned)walk->omit_query[j];
        row->costs[j] = (uint16_t)(j == bare && cost > MZ_LIKENESS_ARTICLE ? MZ_LIKENESS_ARTICLE : cost);
    }
    row->costs[walk->count + 1] = DEAR;
    row->first = 0;
    row->last = (uint8_t)walk->count;
}

void mz_sound_walk_start(mz_sound_walk *walk, const mz_name_word *query, mz_sound_system listed, size_t bare) {
    bool turned;
    const mz_spelling *spelling = mz_spelling_between(listed, (mz_sound_system)query->system, &turned);
    const uint8_t(*omit)[MZ_PHONE_COUNT] = turned ? spelling->omit_left : spelling->omit_right;
    walk->omit_listed = turned ? spelling->omit_right : spelling->omit_left;
    walk->turned = spelling->turned;
    walk->bare = (unsigned)bare;
    walk->count = query->phone_count;
    memset(walk->places, 0, sizeof walk->places);
    for (size_t j = 1; j <= walk->count; j++) {
        uint8_t y = query->phones[j - 1];
        walk->places[y] |= UINT64_C(1) << j;
        walk->omit_query[j] = omit[mz_phone_place(j - 1, walk->count)][y];
        for (size_t x = 0; x < MZ_PHONE_COUNT; x++)
            walk->exchange[x][j] = turned ? spelling->exchange[y][x] : spelling->exchange[x][y];
    }
    make_first_row(walk, query->bare);
}

/* Makes `row` from the one before it; a cell of it comes from the cell before, the cell above and the one between. */
static void make_row(const mz_sound_walk *walk, const mz_sound_walk_row *above, const int16_t *exchange, unsigned omit,
                     unsigned most_first, unsigned limit, mz_sound_walk_row *row) {
    size_t j = above->first, end = above->last < walk->count ? above->last + 1u : walk->count;
    unsigned cost = above->costs[j] + omit;
    if (cost > most_first) cost = most_first;
    row->costs[j] = (uint16_t)cost;
    while (j < end) {
        unsigned exchanged = (unsigned)(above->costs[j] + exchange[j + 1]);
        j++;
        unsigned dropped = above->costs[j] + omit;
        cost += walk->omit_query[j];
        if (exchanged < cost) cost = exchanged;
        if (dropped < cost) cost = dropped;
        row->costs[j] = (uint16_t)cost;
    }
    while (j < walk->count && (cost += walk->omit_query[j + 1]) <= limit) row->costs[++j] = (uint16_t)cost;
    size_t first = above->first;
    while (first <= j && row->costs[first] > limit) first++;
    while (j > first && row->costs[j] > limit) j--;
    row->costs[j + 1] = DEAR;
    row->first = (uint8_t)first;
    row->last = (uint8_t)j;
}

static bool kept(const mz_sound_walk_row *row, size_t j) {
    return row->first <= j && j <= row->last;
}

/* Two sounds that stand in the other order in the query, ending at a place whose bit is in `places`: what they cost is
 * offered as the price of an exchange, and the row above made as wide as that needs. */
static void offer_turned(mz_sound_walk *walk, size_t r, uint64_t places, const int16_t *exchange) {
    const mz_sound_walk_row *before = &walk->rows[r - 2], *above = &walk->rows[r - 1];
    mz_sound_walk_row *wide = &walk->wide;
    for (size_t j = 0; j <= walk->count; j++) {
        wide->costs[j] = kept(above, j) ? above->costs[j] : DEAR;
        walk->offered[j] = j ? exchange[j] : 0;
        if (!(places >> j & 1) || !kept(before, j - 2)) continue;
        int turned = before->costs[j - 2] + (int)walk->turned - wide->costs[j - 1];
        if (turned < walk->offered[j]) walk->offered[j] = (int16_t)turned;
    }
    wide->costs[walk->count + 1] = DEAR;
    wide->first = 0;
    wide->last = (uint8_t)walk->count;
}

/* Row r of a word's; `place` is that of its r-th phone. */
static void make(mz_sound_walk *walk, const uint8_t *phones, size_t r, unsigned place, unsigned limit,
                 mz_sound_walk_row *row) {
    unsigned x = phones[r - 1], omit = walk->omit_listed[place][x];
    unsigned most_first = r == walk->bare ? MZ_LIKENESS_ARTICLE : DEAR;
    const int16_t *exchange = walk->exchange[x];
    const mz_sound_walk_row *above = &walk->rows[r - 1];
    uint64_t turned = r > 1 ? walk->places[x] << 1 & walk->places[phones[r - 2]] : 0;
    if (turned) {
        offer_turned(walk, r, turned, exchange);
        above = &walk->wide;
        exchange = walk->offered;
    } else if (above->first > above->last) {
        row->first = 1, row->last = 0;
        return;
    }
    make_row(walk, above, exchange, omit, most_first, limit, row);
}

/* Whether the next row may come from the one before row r, which keeps nothing itself: by two sounds that stand in the
 * other order in the query, the second of which is the r-th. */
static bool may_turn(const mz_sound_walk *walk, size_t r, unsigned phone, unsigned limit) {
    const mz_sound_walk_row *above = &walk->rows[r - 1];
    for (size_t j = above->first + 2u; j <= above->last + 2u && j <= walk->count; j++)
        if (walk->places[phone] >> j & 1 && above->costs[j - 2] + walk->turned <= limit) return true;
    return false;
}

bool mz_sound_walk_add(mz_sound_walk *walk, const uint8_t *phones, size_t r, unsigned limit) {
    mz_sound_walk_row *row = &walk->rows[r];
    make(walk, phones, r, r > 1, limit, row);
    if (r < walk->bare && row->first) {
        /* an article begun may yet be left out, whatever its first phones cost */
        if (row->first > row->last) row->last = 0;
        for (size_t j = 0; j < row->first; j++) row->costs[j] = DEAR;
        row->costs[row->last + 1] = DEAR;
        row->first = 0;
    }
    return row->first <= row->last || may_turn(walk, r, phones[r - 1], limit);
}

bool mz_sound_walk_within(mz_sound_walk *walk, const uint8_t *phones, size_t count, unsigned limit) {
    mz_sound_walk_row row;
    make(walk, phones, count, mz_phone_place(count - 1, count), limit, &row);
    return row.first <= row.last && row.last == walk->count;
}
