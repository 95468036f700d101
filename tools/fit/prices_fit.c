/* prices-fit: chooses the prices of the scorer (src/match/prices.h) on judged pairs of names.
 *
 * usage: prices-fit PAIRS.csv [ROUNDS [SEED [NAME...]]]
 *
 * The file has the columns schema, query, candidate and same. From the prices in use, one or two at a time are moved at
 * random and kept where the goal grows: the area under the curve of all pairs, with the F1 score at 0.70 smoothed, less
 * a little for every departure from the prices in use, so that what does not matter stays. Only the NAMEs given are
 * moved; without, all that concern names. Five-fold cross-validation, the folds drawn by the hash of the query: prints
 * the area and F1 of the prices in use, of the best on all pairs, and of prices chosen on four folds on the fifth. */
#include "lists/csv.h"
#include "match/name_score.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xxhash.h>

enum { PAIRS_MOST = 8192, FOLDS = 5, NAMES_ONLY = MZ_PRICE_weak_alias };

typedef struct pair {
    mz_name query, candidate;
    uint16_t *likeness;
    unsigned fold;
    bool same;
    double score;
} pair;

static pair pairs[PAIRS_MOST];
static size_t pair_count;
static mz_arena arena;
static mz_name_scorer *scorer;
static mz_name_score score;
static bool movable[MZ_PRICE_COUNT];

static void stop(const mz_error *error) {
    (void)fprintf(stderr, "prices-fit: %s\n", error->text);
    exit(1);
}

static uint64_t random_state = 88172645463325252u;
static double draw(void) {
    random_state ^= random_state << 13;
    random_state ^= random_state >> 7;
    random_state ^= random_state << 17;
    return (double)(random_state >> 11) / 9007199254740992.0;
}

static void read_pairs(const char *path) {
    static const mz_csv_column columns[] = {{"schema", true}, {"query", true}, {"candidate", true}, {"same", true}};
    mz_error error = {0};
    mz_csv *csv;
    bool more;
    int at[4];
    if (mz_csv_open(path, ',', &csv, &error) || mz_csv_next(csv, &more, &error) ||
        mz_csv_map(csv, columns, 4, at, &error))
        stop(&error);
    for (;;) {
        if (mz_csv_next(csv, &more, &error)) stop(&error);
        if (!more || pair_count == PAIRS_MOST) break;
        pair *p = &pairs[pair_count];
        mz_schema schema;
        mz_str kind = mz_arena_copy(&arena, mz_csv_field(csv, at[0]));
        mz_str query = mz_arena_copy(&arena, mz_csv_field(csv, at[1]));
        mz_str candidate = mz_arena_copy(&arena, mz_csv_field(csv, at[2]));
        bool organisation = !mz_schema_find(kind, &schema) || mz_name_organisation(schema);
        p->same = mz_str_equal(mz_csv_field(csv, at[3]), MZ_STR("true"));
        p->fold = (unsigned)(XXH3_64bits(query.data, query.size) % FOLDS);
        if (mz_name_parse(query, organisation, &arena, &p->query, &error) ||
            mz_name_parse(candidate, organisation, &arena, &p->candidate, &error))
            stop(&error);
        p->likeness = MZ_ARENA_NEW(&arena, p->query.count * p->candidate.count + 1, uint16_t);
        for (size_t i = 0; i < p->query.count; i++)
            for (size_t j = 0; j < p->candidate.count; j++)
                p->likeness[i * p->candidate.count + j] = mz_word_likeness(&p->query.words[i], &p->candidate.words[j]);
        pair_count++;
    }
    mz_csv_close(csv);
}

typedef struct figures {
    double area, f1, smooth_f1;
} figures;

static int by_score(const void *left, const void *right) {
    double a = (*(pair *const *)left)->score, b = (*(pair *const *)right)->score;
    return (a > b) - (a < b);
}

/* Of the pairs of one fold (or all but one, or all: fold -1). */
static figures judge(const mz_prices *prices, int fold, bool inside) {
    static pair *chosen[PAIRS_MOST];
    size_t count = 0, right = 0;
    for (size_t i = 0; i < pair_count; i++) {
        if (fold >= 0 && ((int)pairs[i].fold == fold) != inside) continue;
        pair *p = chosen[count++] = &pairs[i];
        bool met = mz_name_score_pair(scorer, prices, &p->query, &p->candidate, p->likeness, true, INFINITY, &score);
        p->score = met ? (double)mz_score_from_cost(score.cost) / MZ_SCORE_UNIT : 0;
        right += p->same;
    }
    qsort(chosen, count, sizeof(pair *), by_score);
    double below = 0, hits = 0, alarms = 0, soft_hits = 0, soft_alarms = 0;
    size_t wrong = 0, low = 0;
    for (size_t i = 0; i < count;) {
        size_t end = i, tied = 0;
        while (end < count && !(chosen[end]->score > chosen[i]->score)) tied += !chosen[end++]->same;
        for (size_t k = i; k < end; k++)
            if (chosen[k]->same) below += (double)low + (double)tied / 2;
        low += tied;
        i = end;
    }
    wrong = count - right;
    for (size_t i = 0; i < count; i++) {
        double s = chosen[i]->score, soft = 1 / (1 + exp(-(s - 0.70) / 0.02));
        (chosen[i]->same ? &hits : &alarms)[0] += s >= 0.70;
        (chosen[i]->same ? &soft_hits : &soft_alarms)[0] += soft;
    }
    return (figures){below / (double)right / (double)wrong, 2 * hits / (hits + alarms + (double)right),
                     2 * soft_hits / (soft_hits + soft_alarms + (double)right)};
}

static double goal(const mz_prices *prices, int fold) {
    figures f = judge(prices, fold, false);
    double departure = 0;
    for (unsigned p = 0; p < MZ_PRICE_COUNT; p++) {
        double usual = mz_price_of((mz_price)p)->usual, now = mz_price_get(prices, (mz_price)p);
        departure += fabs(log((now + 0.02) / (usual + 0.02)));
    }
    return f.area + 0.5 * f.smooth_f1 - 0.0005 * departure;
}

static mz_prices climb(int fold, unsigned rounds) {
    mz_prices best = mz_default_prices;
    double best_goal = goal(&best, fold);
    for (unsigned round = 0; round < rounds; round++) {
        mz_prices tried = best;
        for (int moves = draw() < 0.6 ? 1 : 2; moves;) {
            mz_price p = (mz_price)(draw() * MZ_PRICE_COUNT);
            if (p >= MZ_PRICE_COUNT || !movable[p]) continue;
            const mz_price_facts *facts = mz_price_of(p);
            double value = (mz_price_get(&tried, p) + 0.005) * exp((draw() - 0.5) * (draw() < 0.3 ? 2.0 : 0.5)) - 0.005;
            if (value < facts->least) value = facts->least;
            if (value > facts->most) value = facts->most;
            mz_price_set(&tried, p, value);
            moves--;
        }
        if (mz_prices_unsound(&tried)) continue;
        double reached = goal(&tried, fold);
        if (reached > best_goal) best = tried, best_goal = reached;
    }
    return best;
}

static void tell(const char *what, figures f) {
    (void)printf("%-28s area %.4f   F1 at 0.70 %.4f\n", what, f.area, f.f1);
}

int main(int count, char **arguments) {
    if (count < 2) {
        (void)fputs("usage: prices-fit PAIRS.csv [ROUNDS [SEED [NAME...]]]\n", stderr);
        return 2;
    }
    unsigned rounds = count > 2 ? (unsigned)atoi(arguments[2]) : 2000;
    if (count > 3) random_state += (uint64_t)atoi(arguments[3]) * 7919;
    for (unsigned p = 0; p < MZ_PRICE_COUNT; p++) {
        movable[p] = count <= 4 && p < NAMES_ONLY;
        for (int a = 4; a < count; a++) movable[p] |= strcmp(arguments[a], mz_price_of((mz_price)p)->name) == 0;
    }
    mz_arena_init(&arena, (size_t)1 << 30);
    scorer = mz_name_scorer_new();
    if (!scorer) return 1;
    read_pairs(arguments[1]);
    tell("in use", judge(&mz_default_prices, -1, true));
    if (!rounds) return 0;
    mz_prices best = climb(-1, rounds);
    tell("best on all", judge(&best, -1, true));
    for (unsigned p = 0; p < MZ_PRICE_COUNT; p++)
        if (movable[p])
            (void)printf("    %-24s %7.4f   %7.4f\n", mz_price_of((mz_price)p)->name, mz_price_of((mz_price)p)->usual,
                         mz_price_get(&best, (mz_price)p));
    figures held = {0}, before = {0};
    for (int fold = 0; fold < FOLDS; fold++) {
        mz_prices chosen = climb(fold, rounds);
        figures now = judge(&chosen, fold, true), then = judge(&mz_default_prices, fold, true);
        held.area += now.area / FOLDS, held.f1 += now.f1 / FOLDS;
        before.area += then.area / FOLDS, before.f1 += then.f1 / FOLDS;
    }
    tell("in use, mean over folds", before);
    tell("chosen on the other folds", held);
    return 0;
}
