#include "match/sound_lanes.h"

#include "match/word.h"

enum { LANES = MZ_SOUND_LANES, ENDLESS = 0x4000 };

typedef int16_t lane_costs[LANES];

void mz_sound_lanes_start(mz_sound_lanes *lanes, const mz_name_word *query, mz_sound_system listed) {
    bool turned; /* the query's word is the right side of the table */
    const mz_spelling *spelling = mz_spelling_between((mz_sound_system)query->system, listed, &turned);
    const uint8_t(*omit_query)[MZ_PHONE_COUNT] = turned ? spelling->omit_right : spelling->omit_left;
    lanes->count = query->phone_count;
    lanes->bare = query->bare;
    lanes->size =
        mz_phones_size(query->phones, query->phone_count, turned ? spelling->size_right : spelling->size_left);
    lanes->omit_listed = turned ? spelling->omit_left : spelling->omit_right;
    lanes->sizes = turned ? spelling->size_left : spelling->size_right;
    lanes->turned = spelling->turned;
    for (size_t i = 0; i < lanes->count; i++) {
        unsigned x = query->phones[i];
        lanes->query[i] = (uint8_t)x;
        lanes->omit_query[i] = omit_query[mz_phone_place(i, lanes->count)][x];
        for (unsigned y = 0; y < MZ_PHONE_COUNT; y++)
            lanes->exchange[y][i] = turned ? spelling->exchange[y][x] : spelling->exchange[x][y];
    }
}

/* The beginning of the query against nothing of the listed words: the same in all lanes. */
static void first_column(const mz_sound_lanes *lanes, lane_costs *column) {
    unsigned cost = 0;
    for (size_t i = 0; i <= lanes->count; i++) {
        if (i) cost += lanes->omit_query[i - 1];
        if (i && i == lanes->bare && cost > MZ_LIKENESS_ARTICLE) cost = MZ_LIKENESS_ARTICLE;
        for (size_t l = 0; l < LANES; l++) column[i][l] = (int16_t)cost;
    }
}

static int16_t less(int16_t a, int16_t b) {
    return a < b ? a : b;
}

/* Two sounds in exchanged order, where the lane's words have them. */
static void turn(int16_t *restrict cost, const int16_t *restrict from, const uint8_t *restrict phones,
                 const uint8_t *restrict before, uint8_t x, uint8_t x_before, int16_t turned) {
    for (size_t l = 0; l < LANES; l++) {
        int16_t dear = (int16_t)(((phones[l] ^ x_before) | (before[l] ^ x)) ? ENDLESS : 0);
        cost[l] = less((int16_t)((from[l] + turned) | dear), cost[l]);
    }
}

/* Whether any lane has these two phones behind each other. */
static bool any_turned(const uint8_t *restrict phones, const uint8_t *restrict before, uint8_t x, uint8_t x_before) {
    uint8_t all = 1;
    for (size_t l = 0; l < LANES; l++) all &= (uint8_t)(((phones[l] ^ x_before) | (before[l] ^ x)) != 0);
    return !all;
}

/* Which phones stand at a place of the words. */
static uint64_t set_of(const uint8_t *phones) {
    uint64_t set = 0;
    for (size_t l = 0; l < LANES; l++) set |= UINT64_C(1) << phones[l];
    return set;
}

/* What the query's phones cost against each phone of the words. Made for all phones first: bytes that were just stored
 * one by one are slow to load together. */
typedef uint8_t exchanges[MZ_PHONES_MOST][MZ_PHONES_MOST][LANES];

static void look_up(const mz_sound_lanes *lanes, const uint8_t (*phones)[LANES], size_t count, exchanges exchange) {
    for (size_t j = 0; j < count; j++)
        for (size_t l = 0; l < LANES; l++) {
            const uint8_t *costs = lanes->exchange[phones[j][l]];
            for (size_t i = 0; i < lanes->count; i++) exchange[j][i][l] = costs[i];
        }
}

/* One phone of the listed words more; returns the least cost of each lane in `least`. */
static void next_column(const mz_sound_lanes *lanes, const uint8_t (*phones)[LANES], size_t j,
                        const uint8_t (*exchange)[LANES], const int16_t *restrict omit, lane_costs *two_before,
                        lane_costs *last, lane_costs *column, int16_t *restrict least) {
    uint64_t here = j ? set_of(phones[j]) : 0, before = j ? set_of(phones[j - 1]) : 0;
    size_t n = lanes->count;
    for (size_t l = 0; l < LANES; l++) least[l] = column[0][l];
    for (size_t i = 1; i <= n; i++) {
        const int16_t *restrict diagonal = last[i - 1], *restrict across = last[i], *restrict up = column[i - 1];
        const uint8_t *restrict exchanged = exchange[i - 1];
        int16_t *restrict cost = column[i], omit_query = lanes->omit_query[i - 1];
        for (size_t l = 0; l < LANES; l++) {
            int16_t a = (int16_t)(diagonal[l] + exchanged[l]), b = (int16_t)(across[l] + omit[l]);
            cost[l] = less(less(a, b), (int16_t)(up[l] + omit_query));
        }
        uint8_t x = lanes->query[i - 1], x_before = i > 1 ? lanes->query[i - 2] : 0;
        bool may_turn = i > 1 && here >> x_before & before >> x & 1;
        if (may_turn && any_turned(phones[j], phones[j - 1], x, x_before))
            turn(cost, two_before[i - 2], phones[j], phones[j - 1], x, x_before, lanes->turned);
        for (size_t l = 0; l < LANES; l++) least[l] = less(cost[l], least[l]);
    }
}

/* The sizes of both words, by lane. */
static void add_sizes(const mz_sound_lanes *lanes, const uint8_t (*phones)[LANES], size_t count, unsigned *sizes) {
    for (size_t l = 0; l < LANES; l++) {
        sizes[l] = lanes->size;
        for (size_t j = 0; j < count; j++) sizes[l] += lanes->sizes[phones[j][l]];
    }
}

static unsigned within(const int16_t *costs, const int16_t *budget) {
    unsigned bits = 0;
    for (unsigned l = 0; l < LANES; l++) bits |= (unsigned)(costs[l] <= budget[l]) << l;
    return bits;
}

unsigned mz_sound_lanes_within(const mz_sound_lanes *lanes, const uint8_t (*phones)[LANES], size_t count, size_t bare) {
    lane_costs columns[3][MZ_PHONES_MOST + 1], *two_before = columns[0], *last = columns[1], *column = columns[2];
    int16_t omit[LANES], budget[LANES], least[LANES];
    unsigned sizes[LANES];
    exchanges exchange;
    unsigned near_before = (1u << LANES) - 1;
    add_sizes(lanes, phones, count, sizes);
    for (size_t l = 0; l < LANES; l++) budget[l] = (int16_t)mz_likeness_budget(sizes[l], MZ_LIKENESS_FLOOR);
    first_column(lanes, last);
    look_up(lanes, phones, count, exchange);
    for (size_t j = 0; j < count; j++) {
        const uint8_t *costs = lanes->omit_listed[mz_phone_place(j, count)];
        for (size_t l = 0; l < LANES; l++) {
            omit[l] = costs[phones[j][l]];
            int16_t cost = (int16_t)(last[0][l] + omit[l]);
            column[0][l] = j + 1 == bare ? less(cost, MZ_LIKENESS_ARTICLE) : cost;
        }
        next_column(lanes, phones, j, (const uint8_t(*)[LANES])exchange[j], omit, two_before, last, column, least);
        /* every way to the end passes this column or, by an exchange, goes past it from the one before; an article may
         * yet make it cheaper */
        unsigned near = within(least, budget);
        if (!near && !near_before && j + 1 >= bare) return 0;
        near_before = near;
        lane_costs *free_column = two_before;
        two_before = last;
        last = column;
        column = free_column;
    }
    return within(last[lanes->count], budget);
}
