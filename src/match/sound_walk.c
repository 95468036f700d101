#include "match/sound_walk.h"

#include "match/word.h"

/* What a word may cost is SHARE of UNIT of half the sizes: mz_likeness_budget without rounding. */
enum { DEAR = 30000, UNIT = 2 * MZ_LIKENESS_SAME, SHARE = MZ_LIKENESS_SAME - MZ_LIKENESS_FLOOR };

static int round_up(int earned) {
    return earned > 0 ? (earned + UNIT - 1) / UNIT : earned / UNIT;
}

/* A row that nothing comes before: all of the query up to a cell is left out. */
static void make_first_row(mz_sound_walk *walk, size_t bare) {
    mz_sound_walk_row *row = &walk->rows[0];
    row->costs[0] = 0;
    for (size_t j = 1; j <= walk->count; j++) {
        unsigned cost = row->costs[j - 1] + (unsigned)walk->omit_query[j];
        row->costs[j] = (uint16_t)(j == bare && cost > MZ_LIKENESS_ARTICLE ? MZ_LIKENESS_ARTICLE : cost);
    }
    row->costs[walk->count + 1] = DEAR;
    row->size = 0;
    row->first = 0;
    row->last = (uint8_t)walk->count;
}

/* A cell at the query's end is left by leaving out the listed phone; one before it, besides, by exchanging it for the
 * query's next, behind which all of the query is left out. What is left out of the query first is in the row already.
 */
static void set_least(mz_sound_walk *walk, size_t x) {
    unsigned inner = walk->omit_listed[1][x], behind = 0;
    walk->into[x][walk->count] = (uint16_t)inner;
    walk->to_end[x][walk->count] = walk->omit_listed[2][x];
    for (size_t j = walk->count; j-- > 0;) {
        unsigned exchange = (unsigned)walk->exchange[x][j + 1];
        walk->into[x][j] = (uint16_t)(exchange < inner ? exchange : inner);
        walk->to_end[x][j] = (uint16_t)(exchange + behind);
        behind += walk->omit_query[j + 1];
    }
}

/* What the j-th phone of the query, `y`, earns at best when a listed phone stands for it. */
static int best_exchange(const mz_sound_walk *walk, size_t j, uint8_t y) {
    int best = SHARE * walk->sizes[y] - UNIT / 2 * (int)walk->turned; /* half of two sounds in exchanged order */
    for (size_t x = 1; x < MZ_PHONE_COUNT; x++) {
        int earned = SHARE * walk->sizes[x] - UNIT * walk->exchange[x][j];
        if (best < earned) best = earned;
    }
    return best;
}

static int best_omission(const mz_sound_walk *walk) {
    int best = 0;
    for (size_t place = 0; place < MZ_PHONE_PLACES; place++)
        for (size_t x = 1; x < MZ_PHONE_COUNT; x++) {
            int earned = SHARE * walk->sizes[x] - UNIT * walk->omit_listed[place][x];
            if (best < earned) best = earned;
        }
    return best;
}

/* With k listed phones left the k exchanges of those left of the query that gain most over leaving both out. */
static void set_earned(mz_sound_walk *walk) {
    int gains[MZ_PHONES_MOST], omitted = 0; /* gains: descending */
    size_t gain_count = 0;
    walk->surplus = best_omission(walk);
    for (size_t j = walk->count + 1; j-- > 0;) {
        int earned = omitted;
        for (size_t k = 0; k <= walk->count; k++) {
            walk->earned[k][j] = (int16_t)round_up(earned);
            walk->near[k][j] = walk->earned[k][j];
            if (j < walk->count && walk->near[k][j] < walk->earned[k][j + 1]) walk->near[k][j] = walk->earned[k][j + 1];
            earned += walk->surplus + (k < gain_count ? gains[k] : 0);
        }
        if (!j) break;
        int omit = -UNIT * walk->omit_query[j],
            gain = best_exchange(walk, j, walk->query[j - 1]) - omit - walk->surplus;
        omitted += omit;
        if (gain <= 0) continue;
        size_t at = gain_count++;
        for (; at > 0 && gains[at - 1] < gain; at--) gains[at] = gains[at - 1];
        gains[at] = gain;
    }
}

void mz_sound_walk_start(mz_sound_walk *walk, const mz_name_word *query, mz_sound_system listed, size_t bare) {
    bool turned;
    const mz_spelling *spelling = mz_spelling_between(listed, (mz_sound_system)query->system, &turned);
    const uint8_t(*omit)[MZ_PHONE_COUNT] = turned ? spelling->omit_left : spelling->omit_right;
    walk->omit_listed = turned ? spelling->omit_right : spelling->omit_left;
    walk->sizes = turned ? spelling->size_right : spelling->size_left;
    walk->turned = spelling->turned;
    walk->bare = (unsigned)bare;
    walk->query = query->phones;
    walk->count = query->phone_count;
    walk->size = mz_phones_size(query->phones, walk->count, turned ? spelling->size_left : spelling->size_right);
    memset(walk->places, 0, sizeof walk->places);
    for (size_t j = 1; j <= walk->count; j++) {
        uint8_t y = query->phones[j - 1];
        walk->places[y] |= UINT64_C(1) << j;
        walk->omit_query[j] = omit[mz_phone_place(j - 1, walk->count)][y];
        for (size_t x = 0; x < MZ_PHONE_COUNT; x++)
            walk->exchange[x][j] = turned ? spelling->exchange[y][x] : spelling->exchange[x][y];
    }
    for (size_t x = 1; x < MZ_PHONE_COUNT; x++) set_least(walk, x);
    set_earned(walk);
    make_first_row(walk, query->bare);
}

/* What is kept of a row: a cell that costs at most `share`, and what the rest can earn from it. */
typedef struct limit {
    int share;
    const int16_t *earned, *near;
} limit;

static limit limit_of(const mz_sound_walk *walk, size_t size, size_t left) {
    limit of = {.share = (int)mz_likeness_budget((unsigned)(walk->size + size), MZ_LIKENESS_FLOOR)};
    if (left > walk->count) {
        of.share += round_up((int)(left - walk->count) * walk->surplus);
        left = walk->count;
    }
    of.earned = walk->earned[left];
    of.near = walk->near[left];
    return of;
}

/* Makes `row` from cells `from` to `to` of the one before it; a cell comes from the cell before, the cell above and the
 * one between. */
static void make_row(const mz_sound_walk *walk, const uint16_t *above, size_t from, size_t to, const int16_t *exchange,
                     int omit, int most_first, const limit *within, mz_sound_walk_row *row) {
    size_t j = from, end = to < walk->count ? to + 1 : walk->count;
    int cost = above[j] + omit;
    if (cost > most_first) cost = most_first;
    row->costs[j] = (uint16_t)cost;
    while (j < end) {
        int exchanged = above[j] + exchange[j + 1];
        j++;
        int dropped = above[j] + omit;
        cost += walk->omit_query[j];
        if (exchanged < cost) cost = exchanged;
        if (dropped < cost) cost = dropped;
        row->costs[j] = (uint16_t)cost;
    }
    while (j < walk->count && (cost += walk->omit_query[j + 1]) <= within->share + within->earned[j + 1])
        row->costs[++j] = (uint16_t)cost;
    while (from <= j && row->costs[from] > within->share + within->earned[from]) from++;
    while (j > from && row->costs[j] > within->share + within->earned[j]) j--;
    row->costs[j + 1] = DEAR;
    row->first = (uint8_t)from;
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

/* Where two sounds that end with the r-th stand in the other order in the query: bits of the second's places. */
static uint64_t turned_at(const mz_sound_walk *walk, const uint8_t *phones, size_t r) {
    return r > 1 ? walk->places[phones[r - 1]] << 1 & walk->places[phones[r - 2]] : 0;
}

/* Row r of a word's; `place` is that of its r-th phone. */
static void make(mz_sound_walk *walk, const uint8_t *phones, size_t r, unsigned place, const limit *within,
                 mz_sound_walk_row *row) {
    unsigned x = phones[r - 1];
    int omit = walk->omit_listed[place][x], most_first = r == walk->bare ? MZ_LIKENESS_ARTICLE : DEAR;
    const int16_t *exchange = walk->exchange[x];
    const mz_sound_walk_row *above = &walk->rows[r - 1];
    uint64_t turned = turned_at(walk, phones, r);
    if (turned) {
        offer_turned(walk, r, turned, exchange);
        above = &walk->wide;
        exchange = walk->offered;
    }
    row->first = 1, row->last = 0;
    if (above->first <= above->last)
        make_row(walk, above->costs, above->first, above->last, exchange, omit, most_first, within, row);
}

/* The same for a phone within a word, behind its article, in no exchanged order: only cells from which a way within the
 * limit leads into the row are looked at, and most rows have none. */
static void make_inner(const mz_sound_walk *walk, unsigned x, const mz_sound_walk_row *above, const limit *within,
                       mz_sound_walk_row *row) {
    const uint16_t *costs = above->costs, *into = walk->into[x];
    const int16_t *near = within->near;
    int share = within->share;
    size_t from = above->first, to = above->last;
    while (from <= to && costs[from] + into[from] > share + near[from]) from++;
    row->first = 1, row->last = 0;
    if (from > to) return;
    while (costs[to] + into[to] > share + near[to]) to--;
    make_row(walk, costs, from, to, walk->exchange[x], walk->omit_listed[1][x], DEAR, within, row);
}

/* Whether a row behind row r, which keeps nothing, may come from the one before it: by two sounds that stand in the
 * other order in the query, the second of which is the r-th. */
static bool may_turn(const mz_sound_walk *walk, size_t r, unsigned phone, const limit *within) {
    const mz_sound_walk_row *above = &walk->rows[r - 1];
    if (!walk->places[phone]) return false;
    for (size_t j = above->first + 2u; j <= above->last + 2u && j <= walk->count; j++) {
        int next = SHARE * walk->sizes[walk->query[j - 2]] / UNIT + 1;
        if (walk->places[phone] >> j & 1 &&
            above->costs[j - 2] + (int)walk->turned <= within->share + next + within->earned[j])
            return true;
    }
    return false;
}

/* The first phones of an article may yet be left out, whatever they cost. */
static void keep_first(mz_sound_walk_row *row) {
    if (!row->first) return;
    if (row->first > row->last) row->last = 0;
    for (size_t j = 0; j < row->first; j++) row->costs[j] = DEAR;
    row->costs[row->last + 1] = DEAR;
    row->first = 0;
}

size_t mz_sound_walk_add(mz_sound_walk *walk, const uint8_t *phones, size_t from, size_t to, size_t longest) {
    for (size_t r = from; r <= to; r++) {
        mz_sound_walk_row *row = &walk->rows[r];
        unsigned x = phones[r - 1];
        row->size = (uint16_t)(row[-1].size + walk->sizes[x]);
        limit within = limit_of(walk, row->size, longest - r);
        if (r > 1 && r > walk->bare && !turned_at(walk, phones, r))
            make_inner(walk, x, row - 1, &within, row);
        else
            make(walk, phones, r, r > 1, &within, row);
        if (r < walk->bare) keep_first(row);
        if (row->first > row->last && !may_turn(walk, r, x, &within)) return r;
    }
    return 0;
}

bool mz_sound_walk_within(mz_sound_walk *walk, const uint8_t *phones, size_t count) {
    const mz_sound_walk_row *above = &walk->rows[count - 1];
    unsigned x = phones[count - 1];
    limit within = limit_of(walk, above->size + (unsigned)walk->sizes[x], 0);
    if (count > 1 && count > walk->bare && !turned_at(walk, phones, count)) {
        for (size_t j = above->first; j <= above->last; j++)
            if (above->costs[j] + walk->to_end[x][j] <= within.share) return true;
        return false;
    }
    mz_sound_walk_row row;
    make(walk, phones, count, mz_phone_place(count - 1, count), &within, &row);
    return row.first <= row.last && row.last == walk->count;
}
