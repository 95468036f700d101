#include "match/sound_bound.h"

#include "match/word.h"

enum {
    CODES = MZ_BLOCK_CODES,
    UNIT = 64, /* parts of a cost */
    NONE = UINT8_MAX * UNIT,
    /* words of so many phones more than the query fit a byte in any case: of longer ones a choice may say nothing */
    LONGER = 4,
    STEPS = 8 /* from the least that u may be to the most */
};

/* How far up each choice goes. */
static const int steps[MZ_SOUND_TOLLS] = {0, 4};

/* A choice while it is made: in UNIT of a cost. */
typedef struct choice {
    int16_t listed[MZ_PHONE_PLACES][CODES];
    int16_t beyond[MZ_PHONES_MOST]; /* what leaving a phone of the query out costs more than its u; ascending */
    int budget;
} choice;

static int16_t less(int16_t a, int16_t b) {
    return a < b ? a : b;
}

static void begin(const mz_sound_sides *sides, const uint16_t *shares, choice *c) {
    c->budget = 0;
    for (size_t place = 0; place < MZ_PHONE_PLACES; place++) {
        uint8_t costs[CODES];
        mz_sound_fold(sides->omit[place], costs);
        for (size_t x = 0; x < CODES; x++) c->listed[place][x] = (int16_t)(costs[x] * UNIT - shares[x]);
    }
}

/* What each listed phone costs for the query's phone j, less the share that it brings. */
static void exchange_of(const mz_sound_sides *sides, const mz_name_word *query, size_t j, const uint16_t *shares,
                        int16_t exchange[CODES]) {
    uint8_t costs[CODES];
    int16_t half = (int16_t)(sides->spelling->turned * UNIT / 2);
    mz_sound_exchange(sides, query->phones[j], costs);
    for (size_t x = 0; x < CODES; x++) exchange[x] = (int16_t)(costs[x] * UNIT);
    for (size_t beside = j ? j - 1 : j + 1; beside <= j + 1 && beside < query->phone_count; beside += 2) {
        int16_t *turned = &exchange[mz_block_code(query->phones[beside])];
        *turned = less(*turned, half);
    }
    exchange[0] = NONE; /* no phone */
    for (size_t x = 0; x < CODES; x++) exchange[x] = (int16_t)(exchange[x] - shares[x]);
}

static int16_t omit_of(const mz_sound_sides *sides, const mz_name_word *query, size_t j) {
    int omit = sides->omit_query[mz_phone_place(j, query->phone_count)][query->phones[j]] * UNIT;
    int part = query->bare ? MZ_LIKENESS_ARTICLE * UNIT / query->bare : 0;
    return (int16_t)(j < query->bare && part < omit ? part : omit);
}

/* Gives phone j of the query its u, and keeps what that leaves to others. */
static void add_phone(choice *c, size_t j, int16_t potential, int16_t omit, const int16_t exchange[CODES]) {
    int16_t beyond = (int16_t)(omit - potential);
    size_t at = j;
    for (size_t place = 0; place < MZ_PHONE_PLACES; place++)
        for (size_t x = 0; x < CODES; x++)
            c->listed[place][x] = less(c->listed[place][x], (int16_t)(exchange[x] - potential));
    for (; at && c->beyond[at - 1] > beyond; at--) c->beyond[at] = c->beyond[at - 1];
    c->beyond[at] = beyond;
    c->budget -= potential;
}

static uint8_t scaled(const mz_sound_toll *toll, int cost) {
    int64_t units = (int64_t)cost * toll->scale >> 16;
    return units < 0 ? 0 : units < UINT8_MAX ? (uint8_t)units : UINT8_MAX;
}

static void finish(const choice *c, size_t count, mz_sound_toll *toll) {
    int16_t lowest = 0;
    for (size_t place = 0; place < MZ_PHONE_PLACES; place++)
        for (size_t x = 1; x < CODES; x++) lowest = less(lowest, c->listed[place][x]);
    toll->budget = c->budget;
    toll->spare = -lowest;
    toll->shorter[0] = 0;
    for (size_t j = 0; j < count; j++) toll->shorter[j + 1] = toll->shorter[j] + c->beyond[j];
    int most = toll->budget + toll->spare * (int)(count + LONGER);
    toll->scale = most > UINT8_MAX - 1 ? (uint32_t)((UINT8_MAX - 1) << 16) / (uint32_t)most : 1u << 16;
    for (size_t place = 0; place < MZ_PHONE_PLACES; place++)
        for (size_t x = 0; x < CODES; x++) toll->listed[place][x] = scaled(toll, c->listed[place][x] + toll->spare);
}

void mz_sound_bound_start(mz_sound_bound *bound, const mz_name_word *query, mz_sound_system listed, uint16_t floor) {
    mz_sound_sides sides = mz_sound_sides_of((mz_sound_system)query->system, listed, floor);
    uint16_t shares[CODES];
    choice choices[MZ_SOUND_TOLLS];
    int size = 0;
    mz_sound_shares(&sides, UNIT, shares);
    bound->count = query->phone_count;
    bound->article = 0;
    for (size_t x = 1; x < CODES; x++)
        if (bound->article < shares[x]) bound->article = shares[x];
    for (size_t t = 0; t < MZ_SOUND_TOLLS; t++) begin(&sides, shares, &choices[t]);
    for (size_t j = 0; j < bound->count; j++) {
        int16_t exchange[CODES], omit = omit_of(&sides, query, j), least = 0;
        exchange_of(&sides, query, j, shares, exchange);
        size += (int)mz_sound_share(&sides, UNIT, sides.query_sizes[query->phones[j]]);
        for (size_t x = 0; x < CODES; x++) least = less(least, exchange[x]);
        for (size_t t = 0; t < MZ_SOUND_TOLLS; t++)
            add_phone(&choices[t], j, (int16_t)(least + (omit - least) * steps[t] / STEPS), omit, exchange);
    }
    for (size_t t = 0; t < MZ_SOUND_TOLLS; t++) {
        choices[t].budget += size;
        finish(&choices[t], bound->count, &bound->tolls[t]);
    }
}

bool mz_sound_bound_budget(const mz_sound_bound *bound, const mz_block_run *run, uint8_t ret_budgets[MZ_SOUND_TOLLS]) {
    size_t left = run->count - run->bare, fewer = bound->count > left ? bound->count - left : 0;
    for (size_t t = 0; t < MZ_SOUND_TOLLS; t++) {
        const mz_sound_toll *toll = &bound->tolls[t];
        int budget = toll->budget - toll->shorter[fewer] + toll->spare * (int)left;
        if (run->bare) budget += bound->article * (int)run->bare - MZ_LIKENESS_ARTICLE * UNIT;
        if (budget < 0) return false;
        ret_budgets[t] = scaled(toll, budget);
    }
    return true;
}
