#include "match/sound_bound.h"

#include "match/word.h"

#include <string.h>

enum { CODES = MZ_BLOCK_CODES, LANES = MZ_BLOCK_LANES, FIRST_DIGIT = CODES - 1, UNIT = 64, NONE = UINT8_MAX * UNIT };

/* What a start needs for itself alone: in UNIT of a cost. */
typedef struct potentials {
    int16_t share[CODES];                    /* of the size of a listed phone, rounded up */
    int16_t exchange[MZ_PHONES_MOST][CODES]; /* less what the listed phone brings, and less `query` */
    int16_t omit[MZ_PHONE_PLACES][CODES];    /* less what it brings */
    int16_t omit_query[MZ_PHONES_MOST];      /* less `query` */
    int16_t query[MZ_PHONES_MOST], listed[CODES];
} potentials;

/* One side of a table of costs, as the query's or the listed words'. */
typedef struct sides {
    const mz_spelling *spelling;
    bool listed_right;
    const uint8_t *sizes, *query_sizes;
    const uint8_t (*omit)[MZ_PHONE_COUNT], (*omit_query)[MZ_PHONE_COUNT];
    int share; /* of 2 × MZ_LIKENESS_SAME */
} sides;

static sides sides_of(mz_sound_system query, mz_sound_system listed, uint16_t floor) {
    bool turned; /* the listed word is the right side */
    const mz_spelling *spelling = mz_spelling_between(listed, query, &turned);
    return (sides){.spelling = spelling,
                   .listed_right = turned,
                   .sizes = turned ? spelling->size_right : spelling->size_left,
                   .query_sizes = turned ? spelling->size_left : spelling->size_right,
                   .omit = turned ? spelling->omit_right : spelling->omit_left,
                   .omit_query = turned ? spelling->omit_left : spelling->omit_right,
                   /* likeness is rounded up, but for the floor below which nothing counts */
                   .share = MZ_LIKENESS_SAME - (floor > MZ_LIKENESS_FLOOR ? floor - 1 : MZ_LIKENESS_FLOOR)};
}

static int share_of(const sides *s, unsigned size) {
    return (s->share * (int)size * UNIT + 2 * MZ_LIKENESS_SAME - 1) / (2 * MZ_LIKENESS_SAME);
}

static int16_t less(int16_t a, int16_t b) {
    return a < b ? a : b;
}

/* The least of the digits stands for all of them. */
static void fold(const uint8_t costs[MZ_PHONE_COUNT], int16_t folded[CODES]) {
    for (size_t x = 0; x < CODES; x++) folded[x] = (int16_t)(costs[x] * UNIT);
    for (size_t x = CODES; x < MZ_PHONE_COUNT; x++)
        folded[FIRST_DIGIT] = less(folded[FIRST_DIGIT], (int16_t)(costs[x] * UNIT));
}

static void set_shares(const sides *s, potentials *p) {
    for (size_t x = 0; x < MZ_PHONE_COUNT; x++) {
        int16_t share = (int16_t)share_of(s, s->sizes[x]), *kept = &p->share[mz_block_code((uint8_t)x)];
        if (x < CODES || share > *kept) *kept = share;
    }
}

/* What the listed phones cost for the query's phone j, and its potential. */
static void set_exchange(const sides *s, const mz_name_word *query, size_t j, potentials *p) {
    uint8_t column[MZ_PHONE_COUNT], y = query->phones[j];
    const uint8_t *costs = s->spelling->exchange[y];
    int16_t *exchange = p->exchange[j], half = (int16_t)(s->spelling->turned * UNIT / 2);
    if (!s->listed_right) {
        for (size_t x = 0; x < MZ_PHONE_COUNT; x++) column[x] = s->spelling->exchange[x][y];
        costs = column;
    }
    fold(costs, exchange);
    for (size_t beside = j ? j - 1 : j + 1; beside <= j + 1 && beside < query->phone_count; beside += 2) {
        int16_t *turned = &exchange[mz_block_code(query->phones[beside])];
        *turned = less(*turned, half);
    }
    exchange[0] = NONE; /* no phone */
    int omit = s->omit_query[mz_phone_place(j, query->phone_count)][y] * UNIT;
    int16_t least = 0;
    for (size_t x = 0; x < CODES; x++) {
        exchange[x] = (int16_t)(exchange[x] - p->share[x]);
        least = less(least, exchange[x]);
    }
    for (size_t x = 0; x < CODES; x++) {
        exchange[x] = (int16_t)(exchange[x] - least);
        p->listed[x] = less(p->listed[x], exchange[x]);
    }
    p->query[j] = least;
    p->omit_query[j] = (int16_t)(omit - least);
}

static void set_omissions(const sides *s, potentials *p) {
    for (size_t place = 0; place < MZ_PHONE_PLACES; place++) {
        fold(s->omit[place], p->omit[place]);
        p->omit[place][0] = NONE;
        for (size_t x = 0; x < CODES; x++) {
            p->omit[place][x] = (int16_t)(p->omit[place][x] - p->share[x]);
            p->listed[x] = less(p->listed[x], p->omit[place][x]);
        }
    }
}

/* ---- bytes ---- */

static uint8_t byte_of(int cost, unsigned shift) {
    cost >>= shift;
    return (uint8_t)(cost < UINT8_MAX ? cost : UINT8_MAX);
}

static void splat(mz_block_column *column, int cost, unsigned shift) {
    memset(column->at, byte_of(cost, shift), LANES);
}

static void set_budget(mz_sound_bound *bound, const sides *s, const mz_name_word *query, const potentials *p,
                       size_t longest, size_t bare) {
    int16_t lowest = 0, share = 0;
    bound->budget = 0;
    for (size_t j = 0; j < bound->count; j++)
        bound->budget += share_of(s, s->query_sizes[query->phones[j]]) - p->query[j];
    for (size_t x = 1; x < CODES; x++) {
        lowest = less(lowest, p->listed[x]);
        if (share < p->share[x]) share = p->share[x];
    }
    bound->spare = -lowest;
    bound->article = share;
    int most = bound->budget + bound->spare * (int)longest + bound->article * (int)bare;
    bound->shift = 0;
    while (most >> bound->shift > MZ_BLOCK_BUDGET_MOST) bound->shift++;
}

static void set_tables(mz_sound_bound *bound, const potentials *p) {
    unsigned shift = bound->shift;
    for (size_t j = 0; j < bound->count; j++)
        for (size_t x = 0; x < CODES; x++) bound->exchange[j][x] = byte_of(p->exchange[j][x] - p->listed[x], shift);
    for (size_t place = 0; place < MZ_PHONE_PLACES; place++)
        for (size_t x = 0; x < CODES; x++) bound->omit[place][x] = byte_of(p->omit[place][x] - p->listed[x], shift);
    for (size_t x = 0; x < CODES; x++) bound->waste[x] = byte_of(p->listed[x] + bound->spare, shift);
}

static void set_first(mz_sound_bound *bound, const mz_name_word *query, const potentials *p) {
    int cost = 0, article = MZ_LIKENESS_ARTICLE * UNIT;
    splat(&bound->first[0], 0, 0);
    for (size_t j = 0; j < bound->count; j++) {
        cost += p->omit_query[j];
        article -= p->query[j];
        if (j + 1 == query->bare && article < cost) cost = article;
        splat(&bound->first[j + 1], cost, bound->shift);
        splat(&bound->omit_query[j], p->omit_query[j], bound->shift);
    }
}

static void set_length(mz_sound_bound *bound, size_t longest) {
    unsigned query = UINT8_MAX, listed = UINT8_MAX;
    for (size_t j = 0; j < bound->count; j++)
        if (query > bound->omit_query[j].at[0]) query = bound->omit_query[j].at[0];
    for (size_t place = 0; place < MZ_PHONE_PLACES; place++)
        for (size_t x = 1; x < CODES; x++)
            if (listed > bound->omit[place][x]) listed = bound->omit[place][x];
    mz_block_column *even = &bound->length[MZ_PHONES_MOST];
    for (size_t more = 0; more <= bound->count; more++) splat(even + more, (int)(more * query), 0);
    for (size_t more = 1; more <= longest; more++) splat(even - more, (int)(more * listed), 0);
}

void mz_sound_bound_start(mz_sound_bound *bound, const mz_name_word *query, mz_sound_system listed, uint16_t floor,
                          size_t longest, size_t bare) {
    sides s = sides_of((mz_sound_system)query->system, listed, floor);
    potentials p;
    bound->count = query->phone_count;
    for (size_t x = 0; x < CODES; x++) p.listed[x] = INT16_MAX;
    set_shares(&s, &p);
    for (size_t j = 0; j < bound->count; j++) set_exchange(&s, query, j, &p);
    set_omissions(&s, &p);
    set_budget(bound, &s, query, &p, longest, bare);
    set_tables(bound, &p);
    set_first(bound, query, &p);
    set_length(bound, longest);
}

bool mz_sound_bound_budget(const mz_sound_bound *bound, const mz_block_run *run, uint8_t *ret_budget) {
    size_t left = run->count - run->bare;
    int budget = bound->budget + bound->spare * (int)left;
    if (run->bare) budget += bound->article * (int)run->bare - MZ_LIKENESS_ARTICLE * UNIT;
    if (budget < 0) return false;
    *ret_budget = (uint8_t)(budget >> bound->shift);
    const mz_block_column *length = &bound->length[MZ_PHONES_MOST + bound->count - left];
    for (size_t j = 0; j <= bound->count; j++)
        if (bound->first[j].at[0] + (length - j)->at[0] <= *ret_budget) return true;
    return false;
}

/* ---- the scalar twin ---- */

static uint8_t sum(uint8_t a, uint8_t b) {
    return (uint8_t)(a + b < UINT8_MAX ? a + b : UINT8_MAX);
}

/* The cells of one word's phone, from those of the phone before. */
static void next_cells(const mz_sound_bound *bound, uint8_t code, size_t place, const uint8_t *before, uint8_t *cells) {
    uint8_t omit = bound->omit[place][code];
    cells[0] = sum(before[0], omit);
    for (size_t j = 0; j < bound->count; j++) {
        uint8_t exchanged = sum(before[j], bound->exchange[j][code]), omitted = sum(before[j + 1], omit);
        uint8_t without = sum(cells[j], bound->omit_query[j].at[0]);
        uint8_t least = exchanged < omitted ? exchanged : omitted;
        cells[j + 1] = least < without ? least : without;
    }
}

/* At least what a word costs; above the budget, anything that is. */
static uint8_t cost_of(const mz_sound_bound *bound, const mz_block_run *run, const mz_block_column *columns,
                       size_t lane, uint8_t budget) {
    uint8_t cells[2][MZ_PHONES_MOST + 1], waste = 0;
    for (size_t i = run->bare; i < run->count; i++) waste = sum(waste, bound->waste[columns[i].at[lane]]);
    if (waste > budget) return waste;
    for (size_t j = 0; j <= bound->count; j++) cells[run->bare % 2][j] = bound->first[j].at[0];
    for (size_t i = run->bare; i < run->count; i++) {
        uint8_t code = columns[i].at[lane];
        next_cells(bound, code, mz_phone_place(i, run->count), cells[i % 2], cells[(i + 1) % 2]);
    }
    return sum(cells[run->count % 2][bound->count], waste);
}

static uint64_t scan_plain(const mz_sound_bound *bound, const mz_block_run *run, mz_block_rows *rows, uint64_t *masks) {
    uint8_t budget;
    (void)rows;
    if (!mz_sound_bound_budget(bound, run, &budget)) return 0;
    for (size_t b = 0; b < run->block_count; b++)
        for (size_t lane = 0; lane < LANES; lane++)
            if (cost_of(bound, run, run->columns + b * run->count, lane, budget) <= budget)
                masks[b] |= UINT64_C(1) << lane;
    return run->block_count * run->count;
}

size_t mz_block_scans(mz_block_scan *scans[MZ_BLOCK_SCANS_MOST]) {
    size_t count = mz_block_scans_fast(scans);
    scans[count++] = scan_plain;
    return count;
}
