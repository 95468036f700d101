/* ofac-fit: chooses the settings of the algorithm `ofac` (src/match/ofac.h) on scores that OFAC's portal gave.
 *
 * usage: ofac-fit SCORES.csv
 *
 * The file has the columns query_name, result_name and ofac_score; a score of -1 says that the portal did not show the
 * name. Every combination of the alternatives below is tried. The best has the most rows within 5 points of the portal,
 * then the least absolute error, then the fewest departures from the settings in use. Cross-validation leaves out one
 * query with all its rows at a time, chooses on the rest, and scores what was left out: rows of one query are alike, so
 * that leaving out single rows would flatter. Prints how far the settings in use are from the portal, by bands of its
 * score; the best settings; the cross-validated figures; and what each alternative alone would change. */
#include "lists/csv.h"
#include "match/ofac.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MOST = 4096, NEAR_POINTS = 5, KNOBS = 7, ALTERNATIVES_MOST = 5 };

typedef struct row {
    mz_ofac_name query, listed;
    uint64_t query_number; /* rows of one query have the same */
    int portal;
} row;

typedef struct misses {
    unsigned rows, far, same;
    unsigned long points;
} misses;

static const struct {
    const char *name;
    size_t count;
    uint8_t values[ALTERNATIVES_MOST];
} knobs[KNOBS] = {
    {"whole prefix", 3, {4, 5, 6}},       {"part prefix", 3, {4, 5, 6}},     {"short part", 4, {0, 1, 2, 3}},
    {"meet percent", 4, {0, 40, 50, 60}}, {"first percent", 3, {0, 40, 50}}, {"soundex percent", 4, {0, 5, 10, 20}},
    {"round parts up", 2, {0, 1}},
};

static row rows[ROWS_MOST];
static size_t row_count;

static void die(const mz_error *error) {
    (void)fprintf(stderr, "ofac-fit: %s%s%s\n", error->where, error->where[0] ? ": " : "", error->text);
    exit(1);
}

static mz_ofac_settings settings_of(const uint8_t knob[KNOBS]) {
    return (mz_ofac_settings){.whole_prefix = knob[0],
                              .part_prefix = knob[1],
                              .short_part = knob[2],
                              .meet_percent = knob[3],
                              .first_percent = knob[4],
                              .soundex_percent = knob[5],
                              .round_parts_up = knob[6] != 0};
}

static void knobs_of(const mz_ofac_settings *settings, uint8_t knob[KNOBS]) {
    const uint8_t all[KNOBS] = {settings->whole_prefix,  settings->part_prefix,   settings->short_part,
                                settings->meet_percent,  settings->first_percent, settings->soundex_percent,
                                settings->round_parts_up};
    memcpy(knob, all, sizeof all);
}

/* ---- the rows ---- */

static void read_rows(const char *path, mz_arena *arena) {
    static const mz_csv_column columns[] = {{"query_name", true}, {"result_name", true}, {"ofac_score", true}};
    mz_csv *csv;
    mz_error error = {0};
    mz_arena scratch;
    int at[3];
    bool more;
    mz_str last = {"", 0};
    mz_arena_init(&scratch, 64 << 20);
    if (mz_csv_open(path, ',', &csv, &error) || mz_csv_next(csv, &more, &error) ||
        mz_csv_map(csv, columns, 3, at, &error))
        die(&error);
    for (uint64_t number = 0;;) {
        if (mz_csv_next(csv, &more, &error)) die(&error);
        if (!more || row_count == ROWS_MOST) break;
        row *this = &rows[row_count++];
        mz_str query = mz_csv_field(csv, at[0]), score = mz_csv_field(csv, at[2]);
        char text[16];
        (void)snprintf(text, sizeof text, "%.*s", (int)score.size, score.data);
        this->portal = atoi(text) < 0 ? 0 : atoi(text);
        if (!mz_str_equal(query, last)) number++, last = mz_arena_copy(arena, query);
        this->query_number = number;
        if (mz_ofac_prepare(query, &scratch, arena, &this->query, &error) ||
            mz_ofac_prepare(mz_csv_field(csv, at[1]), &scratch, arena, &this->listed, &error))
            die(&error);
    }
    mz_csv_close(csv);
    mz_arena_done(&scratch);
}

/* ---- counting ---- */

static unsigned difference(const mz_ofac_settings *settings, const row *of) {
    return (unsigned)abs((int)mz_ofac_score_by(settings, &of->query, &of->listed) - of->portal);
}

static void count(misses *all, unsigned points) {
    all->rows++;
    all->far += points > NEAR_POINTS;
    all->same += points == 0;
    all->points += points;
}

static misses total(const mz_ofac_settings *settings) {
    misses all = {0};
    for (size_t r = 0; r < row_count; r++) count(&all, difference(settings, &rows[r]));
    return all;
}

static void print(const char *what, const misses *all) {
    if (all->rows)
        printf("  %-28s %4u rows   within %d: %5.1f %%   the same: %5.1f %%   mean error %.2f\n", what, all->rows,
               NEAR_POINTS, 100.0 * (all->rows - all->far) / all->rows, 100.0 * all->same / all->rows,
               (double)all->points / all->rows);
}

static void print_bands(const mz_ofac_settings *settings) {
    static const int from[] = {0, 50, 80, 90, 100};
    for (size_t b = 0; b < sizeof from / sizeof from[0]; b++) {
        int to = b + 1 < sizeof from / sizeof from[0] ? from[b + 1] - 1 : 100;
        char name[32];
        misses band = {0};
        for (size_t r = 0; r < row_count; r++)
            if (rows[r].portal >= from[b] && rows[r].portal <= to) count(&band, difference(settings, &rows[r]));
        (void)snprintf(name, sizeof name, b ? "%d to %d" : "not shown", from[b], to);
        print(name, &band);
    }
}

/* ---- choosing ---- */

typedef struct choice {
    uint8_t knob[KNOBS];
    uint8_t *points; /* how far each row is from the portal */
    unsigned departures;
} choice;

static bool next_combination(size_t at[KNOBS]) {
    for (size_t k = 0; k < KNOBS; k++) {
        if (++at[k] < knobs[k].count) return true;
        at[k] = 0;
    }
    return false;
}

static size_t try_all(choice *choices, const uint8_t in_use[KNOBS], mz_arena *arena) {
    size_t at[KNOBS] = {0}, tried = 0;
    do {
        choice *this = &choices[tried++];
        this->points = mz_arena_alloc(arena, row_count, 1);
        if (!this->points) exit(1);
        for (size_t k = 0; k < KNOBS; k++) {
            this->knob[k] = knobs[k].values[at[k]];
            this->departures += this->knob[k] != in_use[k];
        }
        mz_ofac_settings settings = settings_of(this->knob);
        for (size_t r = 0; r < row_count; r++) this->points[r] = (uint8_t)difference(&settings, &rows[r]);
    } while (next_combination(at));
    return tried;
}

/* The best on the rows of all queries but one; 0 leaves none out. */
static const choice *best_without(const choice *choices, size_t tried, uint64_t left_out) {
    const choice *best = NULL;
    misses of_best = {0};
    for (size_t c = 0; c < tried; c++) {
        misses here = {0};
        for (size_t r = 0; r < row_count; r++)
            if (rows[r].query_number != left_out) count(&here, choices[c].points[r]);
        if (!best || here.far < of_best.far ||
            (here.far == of_best.far && (here.points < of_best.points || (here.points == of_best.points &&
                                                                          choices[c].departures < best->departures)))) {
            best = &choices[c];
            of_best = here;
        }
    }
    return best;
}

static void print_fit(const choice *choices, size_t tried) {
    const choice *best = best_without(choices, tried, 0);
    misses all = {0}, held_out = {0};
    for (size_t r = 0; r < row_count; r++) count(&all, best->points[r]);
    uint64_t queries = rows[row_count - 1].query_number;
    for (uint64_t q = 1; q <= queries; q++) {
        const choice *chosen = best_without(choices, tried, q);
        for (size_t r = 0; r < row_count; r++)
            if (rows[r].query_number == q) count(&held_out, chosen->points[r]);
    }
    printf("\nthe best of %zu combinations:", tried);
    for (size_t k = 0; k < KNOBS; k++) printf(" %s %u%s", knobs[k].name, best->knob[k], k + 1 < KNOBS ? "," : "\n");
    print("chosen on all rows", &all);
    print("cross-validated", &held_out);
}

static void print_alternatives(const uint8_t in_use[KNOBS]) {
    printf("\none setting changed, the others as in use\n");
    for (size_t k = 0; k < KNOBS; k++)
        for (size_t v = 0; v < knobs[k].count; v++) {
            uint8_t changed[KNOBS];
            char name[64];
            if (knobs[k].values[v] == in_use[k]) continue;
            memcpy(changed, in_use, sizeof changed);
            changed[k] = knobs[k].values[v];
            mz_ofac_settings settings = settings_of(changed);
            misses all = total(&settings);
            (void)snprintf(name, sizeof name, "%s %u", knobs[k].name, changed[k]);
            print(name, &all);
        }
}

int main(int argc, char **argv) {
    if (argc != 2) {
        (void)fprintf(stderr, "usage: ofac-fit SCORES.csv\n");
        return 2;
    }
    size_t combinations = 1;
    uint8_t in_use[KNOBS];
    mz_arena arena;
    mz_arena_init(&arena, 256 << 20);
    read_rows(argv[1], &arena);
    if (row_count == 0) return 1;
    for (size_t k = 0; k < KNOBS; k++) combinations *= knobs[k].count;
    choice *choices = MZ_ARENA_NEW(&arena, combinations, choice);
    if (!choices) return 1;
    knobs_of(&mz_ofac_portal, in_use);
    printf("settings in use\n");
    misses all = total(&mz_ofac_portal);
    print("all rows", &all);
    print_bands(&mz_ofac_portal);
    print_fit(choices, try_all(choices, in_use, &arena));
    print_alternatives(in_use);
    mz_arena_done(&arena);
    return 0;
}
