#include "match/sound_walk.h"

enum { UNIT = 2 * MZ_LIKENESS_SAME, NEVER = -(1 << 28) };

/* What ways are worth, in thousandths of half a cost; a table of them is made for one start only. */
typedef struct worths {
    int omit[MZ_SOUND_CELLS];      /* of the query's phone behind a cell, left out */
    int exchange[MZ_SOUND_CELLS];  /* the same exchanged for the best listed phone */
    int turn[MZ_SOUND_CELLS];      /* the next two exchanged in order */
    int half_turn[MZ_SOUND_CELLS]; /* the first of them: so that both halves together are the turn */
    int omit_listed[MZ_PHONE_PLACES];
    int rest[MZ_SOUND_HALF_MOST + 2][MZ_SOUND_CELLS];
    int half[MZ_SOUND_HALF_MOST + 2][MZ_SOUND_CELLS];
    int on[MZ_SOUND_HALF_MOST + 2][MZ_SOUND_CELLS];
    int query_share[MZ_SOUND_CELLS];
} worths;

static int more(int a, int b) {
    return a > b ? a : b;
}

static int round_up(int worth) {
    return worth > 0 ? (worth + UNIT - 1) / UNIT : worth / UNIT;
}

/* ---- the query ---- */

static void read_query(mz_sound_walk *walk, const mz_name_word *query) {
    walk->count = query->phone_count;
    for (size_t j = 0; j < walk->count; j++) walk->query[j] = query->phones[walk->backward ? walk->count - 1 - j : j];
    memset(walk->places, 0, sizeof walk->places);
    memset(walk->before, 0, sizeof walk->before);
    for (size_t j = 0; j < walk->count; j++) {
        walk->places[walk->query[j]] |= UINT64_C(2) << j;
        if (j) walk->before[walk->query[j]] |= UINT64_C(1) << walk->query[j - 1];
    }
}

static void set_exchanges(mz_sound_walk *walk, const mz_spelling *spelling, bool turned) {
    for (size_t j = 1; j <= walk->count; j++) {
        uint8_t y = walk->query[j - 1];
        int omit = walk->omitted.at[j] - walk->omitted.at[j - 1];
        for (size_t x = 1; x < MZ_PHONE_COUNT; x++) {
            int cost = turned ? spelling->exchange[y][x] : spelling->exchange[x][y];
            walk->exchange[x].at[j] = (int16_t)(cost - omit);
        }
    }
}

/* A row that nothing comes before: all of the query up to a cell is left out. */
static void set_first(mz_sound_walk *walk) {
    for (size_t j = 0; j < MZ_SOUND_CELLS; j++) walk->first.at[j] = j <= walk->count ? 0 : MZ_SOUND_DEAR;
    int article = MZ_LIKENESS_ARTICLE - walk->omitted.at[walk->query_bare];
    if (!walk->query_bare || walk->backward || article >= 0) return;
    for (size_t j = walk->query_bare; j <= walk->count; j++) walk->first.at[j] = (int16_t)article;
}

/* ---- what ways are worth ---- */

static void set_steps(const mz_sound_walk *walk, worths *w) {
    for (size_t place = 0; place < MZ_PHONE_PLACES; place++) {
        w->omit_listed[place] = -NEVER;
        for (size_t x = 1; x < MZ_PHONE_COUNT; x++) {
            int worth = UNIT * walk->omit[place][x] - walk->share * walk->sizes[x];
            if (worth < w->omit_listed[place]) w->omit_listed[place] = worth;
        }
    }
    w->query_share[0] = 0;
    for (size_t j = 0; j < walk->count; j++) {
        uint8_t y = walk->query[j];
        int own = walk->share * walk->query_sizes[y], best = -NEVER;
        int omit = walk->omitted.at[j + 1] - walk->omitted.at[j];
        for (size_t x = 1; x < MZ_PHONE_COUNT; x++) {
            int worth = UNIT * (walk->exchange[x].at[j + 1] + omit) - walk->share * walk->sizes[x];
            if (worth < best) best = worth;
        }
        w->query_share[j + 1] = w->query_share[j] + own;
        w->omit[j] = UNIT * omit - own;
        w->exchange[j] = best - own;
        w->half_turn[j] = UNIT / 2 * (int)walk->turned - own - walk->share * walk->sizes[y];
    }
    for (size_t j = 0; j + 1 < walk->count; j++) w->turn[j] = w->half_turn[j] + w->half_turn[j + 1];
}

/* The most that a cell may be worth, by that of the cells that one step leads to. NULL: no such step. */
static void step_back(const mz_sound_walk *walk, const worths *w, const int *next, const int *after, int omit_listed,
                      int *limit) {
    for (size_t j = walk->count + 1; j-- > 0;) {
        int most = limit[j];
        if (next) most = more(most, next[j] - omit_listed);
        if (next && j < walk->count) most = more(most, next[j + 1] - w->exchange[j]);
        if (after && j + 1 < walk->count) most = more(most, after[j + 2] - w->turn[j]);
        if (j < walk->count) most = more(most, limit[j + 1] - w->omit[j]);
        limit[j] = most;
    }
}

static void forbid(const mz_sound_walk *walk, int *limit) {
    for (size_t j = 0; j <= walk->count; j++) limit[j] = NEVER;
}

/* An article may be left out at the end of what is read backward: of the listed word, or of the query. */
static void allow_articles(const mz_sound_walk *walk, const worths *w, size_t left, int *limit) {
    enum { ARTICLE = UNIT * MZ_LIKENESS_ARTICLE, SIZE_MOST = UINT8_MAX };
    if (!walk->backward) return;
    if (walk->bare && left == walk->bare) limit[walk->count] = walk->share * (int)(SIZE_MOST * walk->bare) - ARTICLE;
    if (walk->query_bare && !left) {
        size_t at = walk->count - walk->query_bare;
        limit[at] = w->query_share[walk->count] - w->query_share[at] - ARTICLE;
    }
}

static void set_rest(const mz_sound_walk *walk, worths *w, size_t most) {
    unsigned last = walk->backward ? 0 : 2;
    for (size_t k = 0; k <= most; k++) {
        forbid(walk, w->rest[k]);
        if (!k) w->rest[0][walk->count] = 0;
        allow_articles(walk, w, k, w->rest[k]);
        step_back(walk, w, k ? w->rest[k - 1] : NULL, k > 1 ? w->rest[k - 2] : NULL, w->omit_listed[k == 1 ? last : 1],
                  w->rest[k]);
    }
}

static void set_half(const mz_sound_walk *walk, worths *w, size_t most) {
    unsigned first = walk->backward ? 2 : 0;
    int omit = w->omit_listed[first] < w->omit_listed[1] ? w->omit_listed[first] : w->omit_listed[1];
    for (size_t k = 0; k <= most; k++) {
        for (size_t j = 0; j <= walk->count; j++) {
            w->half[k][j] = k ? w->half[k - 1][j] : 0;
            if (k && j + 1 < walk->count) w->half[k][j] = more(w->half[k][j], -w->half_turn[j]);
        }
        step_back(walk, w, k ? w->half[k - 1] : NULL, k > 1 ? w->half[k - 2] : NULL, omit, w->half[k]);
    }
}

/* How many phones the other half may have: `half` phones, one less or one more. */
static size_t other_least(const mz_sound_walk *walk, size_t half) {
    return walk->backward ? half : half ? half - 1 : 0;
}

static int end_limit(const mz_sound_walk *walk, const worths *w, size_t half, size_t j) {
    size_t least = other_least(walk, half);
    int most = more(w->rest[least][j], w->rest[least + 1][j]);
    return most < 0 ? most : 0;
}

/* The first of two sounds in exchanged order is the last of a half of r + 1 phones. */
static int straddling_limit(const mz_sound_walk *walk, const worths *w, size_t r, size_t j) {
    size_t least = other_least(walk, r + 1);
    int most = w->rest[least][j + 2] - w->turn[j];
    if (least) most = more(most, w->rest[least - 1][j + 2] - w->turn[j]);
    return most < -w->half_turn[j] ? most : -w->half_turn[j];
}

/* Where halves may be longer than `far`, its limits are those of all that are. */
static void set_on(const mz_sound_walk *walk, worths *w, size_t far) {
    unsigned first = walk->backward ? 2 : 0;
    for (size_t r = far + 1; r-- > 0;) {
        bool longer = r < walk->half_most;
        for (size_t j = 0; j <= walk->count; j++) {
            w->on[r][j] = end_limit(walk, w, r, j);
            if (longer && j + 1 < walk->count) w->on[r][j] = more(w->on[r][j], straddling_limit(walk, w, r, j));
        }
        const int *next = w->on[r < far ? r + 1 : r], *after = w->on[r + 1 < far ? r + 2 : far];
        step_back(walk, w, longer ? next : NULL, r + 1 < walk->half_most ? after : NULL, w->omit_listed[r ? 1 : first],
                  w->on[r]);
    }
}

/* How long halves have limits of their own. Once there are more phones than the query has, and none that it pays to
 * leave out, what another one more allows is no more. */
static size_t farthest(const mz_sound_walk *walk, const worths *w) {
    size_t far = walk->count + 3;
    bool pays = w->omit_listed[0] < 0 || w->omit_listed[1] < 0 || w->omit_listed[2] < 0;
    return pays || far > walk->half_most ? walk->half_most : far;
}

/* ---- limits of cells ---- */

/* Behind the query's last cell, as far as rows made of lanes go. */
static void forbid_cells(mz_sound_cells *row) {
    for (size_t j = 0; j < MZ_ROW_LANES; j++) row->at[j] = -MZ_SOUND_DEAR;
}

static void set_limit(const mz_sound_walk *walk, const worths *w, size_t j, int worth, mz_sound_cells *row) {
    int limit = round_up(worth + w->query_share[j]) - walk->omitted.at[j];
    row->at[j] = (int16_t)(limit < -MZ_SOUND_DEAR      ? -MZ_SOUND_DEAR
                           : limit > MZ_SOUND_DEAR / 2 ? MZ_SOUND_DEAR / 2
                                                       : limit);
}

static void set_limits(const mz_sound_walk *walk, const worths *w, const int *worth, mz_sound_cells *row) {
    forbid_cells(row);
    for (size_t j = 0; j <= walk->count; j++) set_limit(walk, w, j, worth[j], row);
}

static void set_turns(mz_sound_walk *walk, const worths *w, size_t left) {
    for (size_t j = 0; j + 1 < walk->count; j++) {
        int worth = -w->half_turn[j];
        if (left > 1) worth = more(worth, w->half[left - 2][j + 2] - w->turn[j]);
        set_limit(walk, w, j, worth, &walk->turns[left]);
    }
}

static void set_all_limits(mz_sound_walk *walk, worths *w) {
    size_t far = farthest(walk, w);
    set_rest(walk, w, far + 1);
    set_half(walk, w, far + 1);
    set_on(walk, w, far);
    for (size_t k = 0; k <= far + 1; k++) {
        set_limits(walk, w, w->rest[k], &walk->rest[k]);
        if (k) set_turns(walk, w, k);
    }
    for (size_t k = 0; k <= far; k++) {
        int ends[MZ_SOUND_CELLS];
        for (size_t j = 0; j <= walk->count; j++) ends[j] = end_limit(walk, w, k, j);
        set_limits(walk, w, ends, &walk->ends[k]);
        set_limits(walk, w, w->half[k], &walk->half[k]);
        set_limits(walk, w, w->on[k], &walk->on[k]);
    }
    for (size_t k = far + 1; k <= walk->half_most; k++) {
        walk->rest[k + 1] = walk->rest[far + 1];
        walk->turns[k + 1] = walk->turns[far + 1];
        walk->ends[k] = walk->ends[far];
        walk->half[k] = walk->half[far];
        walk->on[k] = walk->on[far];
    }
}

static void set_tables(mz_sound_walk *walk, const mz_name_word *query, mz_sound_system listed, int *omit_query,
                       const mz_spelling **ret_spelling, bool *ret_turned) {
    bool turned;
    const mz_spelling *spelling = mz_spelling_between(listed, (mz_sound_system)query->system, &turned);
    const uint8_t(*omit)[MZ_PHONE_COUNT] = turned ? spelling->omit_left : spelling->omit_right;
    walk->omit = turned ? spelling->omit_right : spelling->omit_left;
    walk->sizes = turned ? spelling->size_right : spelling->size_left;
    walk->query_sizes = turned ? spelling->size_left : spelling->size_right;
    walk->turned = spelling->turned;
    read_query(walk, query);
    walk->size = mz_phones_size(query->phones, walk->count, walk->query_sizes);
    memset(&walk->omitted, 0, sizeof walk->omitted);
    for (size_t j = 1; j < MZ_SOUND_CELLS; j++) {
        omit_query[j] = 0;
        if (j <= walk->count) {
            size_t at = walk->backward ? walk->count - j : j - 1;
            omit_query[j] = omit[mz_phone_place(at, walk->count)][walk->query[j - 1]];
        }
        walk->omitted.at[j] = (int16_t)(walk->omitted.at[j - 1] + omit_query[j]);
    }
    *ret_spelling = spelling;
    *ret_turned = turned;
}

void mz_sound_walk_start(mz_sound_walk *walk, const mz_name_word *query, mz_sound_system listed, size_t bare,
                         bool backward, size_t half_most, uint16_t floor) {
    bool turned;
    worths w;
    int omit_query[MZ_SOUND_CELLS];
    const mz_spelling *spelling;
    walk->bare = (unsigned)bare;
    walk->query_bare = query->bare;
    walk->backward = backward;
    walk->half_most = half_most;
    walk->floor = floor;
    /* likeness is rounded down, but for the floor below which nothing counts */
    walk->share = MZ_LIKENESS_SAME - (floor > MZ_LIKENESS_FLOOR ? floor - 1 : MZ_LIKENESS_FLOOR);
    walk->share_parts = ((unsigned)walk->share * (UINT16_MAX + 1) + UNIT - 1) / UNIT;
    set_tables(walk, query, listed, omit_query, &spelling, &turned);
    set_first(walk);
    set_exchanges(walk, spelling, turned);
    set_steps(walk, &w);
    set_all_limits(walk, &w);
}

void mz_sound_walk_again(mz_sound_walk *walk, size_t bare) {
    worths w;
    bool changes = walk->backward && walk->bare != bare;
    walk->bare = (unsigned)bare;
    if (!changes) return;
    set_steps(walk, &w);
    set_all_limits(walk, &w);
}

/* ---- rows ---- */

void mz_sound_walk_row(const mz_sound_walk *walk, mz_sound_cells *rows, size_t r, mz_sound_step step) {
    const int16_t *above = rows[r - 1].at, *omitted = walk->omitted.at;
    int16_t *row = rows[r].at;
    int omit = walk->omit[step.place][step.phone], least = above[0] + omit;
    uint64_t turned = r > 1 ? walk->places[step.phone] << 1 & walk->places[step.before] : 0; /* ends at these places */
    if (r == walk->bare && !walk->backward && least > MZ_LIKENESS_ARTICLE) least = MZ_LIKENESS_ARTICLE;
    row[0] = (int16_t)least;
    for (size_t j = 1; j <= walk->count; j++) {
        int cost = above[j - 1] + walk->exchange[step.phone].at[j];
        if (above[j] + omit < cost) cost = above[j] + omit;
        if (turned >> j & 1) {
            int turn = rows[r - 2].at[j - 2] + (int)walk->turned - (omitted[j] - omitted[j - 2]);
            if (turn < cost) cost = turn;
        }
        if (cost < least) least = cost;
        row[j] = (int16_t)least;
    }
}

void mz_sound_walk_close(const mz_sound_walk *walk, mz_sound_cells *rows, size_t r) {
    if (!walk->backward) return;
    int16_t *last = &rows[r].at[walk->count];
    int cost = *last;
    if (walk->bare && walk->bare <= r && rows[r - walk->bare].at[walk->count] + MZ_LIKENESS_ARTICLE < cost)
        cost = rows[r - walk->bare].at[walk->count] + MZ_LIKENESS_ARTICLE;
    if (walk->query_bare) {
        size_t at = walk->count - walk->query_bare;
        int left_out = rows[r].at[at] + walk->omitted.at[at] + MZ_LIKENESS_ARTICLE - walk->omitted.at[walk->count];
        if (left_out < cost) cost = left_out;
    }
    *last = (int16_t)cost;
}
