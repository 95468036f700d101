/* mizan-bench-compare: what one comparison of two names takes.
 *
 * usage: mizan-bench-compare [--json]
 *
 * Three figures for each group of invented pairs: names that are parsed already, as a screening compares a query with
 * each candidate (likeness of all words, then the score); two texts, as `mizan compare` has them (parsing, score and
 * evidence); and two names made ready for the algorithm `ofac`, which compares a query with every name of a list.
 * Median and 99th percentile are over the pairs, each measured many times; the ratio is to the first group. Figures of
 * different machines do not compare; ratios of one run do. */
#include "base/clock.h"
#include "match/name_score.h"
#include "match/ofac.h"
#include "mizan/screen.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

typedef struct name_pair {
    const char *query, *entity;
} name_pair;

static const name_pair latin[] = {
    {"Sufian al-Marbacoui", "SOFYANE EL MARBEKOUI"},
    {"Idriss Ben Hammou Zahraoui", "Idris bin Hamu al-Zahrawi"},
    {"Vyacheslav Kolodezkovsky", "Viatcheslav Petrovitch Kolodeskovski"},
    {"Maria Teresa Quindovar Reyes", "QUINDOVAR REYES, María Teresa"},
    {"Abdurrahman Salaheddine Sabbagh", "Abd al-Rahman Salah al-Din al-Sabbagh"},
    {"Jan van der Wolkenstee", "Johannes Wolkensteen"},
    {"Nguyen Thi Lanh", "Nguyễn Thị Lành"},
    {"Pyotr Ilyich Grankovsky", "Boris Andreyevich Stalmakov"},
    {"Karim Tazrouti", "Samir Belkorchi"},
    {"Amadou Diallobe", "Ahmadou Dialobe"},
    {"Behruz Kardan Pisheh", "BEHROUZ KARDANPISHEH"},
    {"Fatoumata Sankharela", "Mohammed Rashid Qasmouri"},
};
static const name_pair scripts[] = {
    {"Sufian al-Marbacoui", "سفيان المربكوي"},
    {"Idriss Ben Hammou Zahraoui", "إدريس بن حمو الزهراوي"},
    {"Vyacheslav Kolodezkovsky", "Вячеслав Петрович Колодезковский"},
    {"Abdurrahman Salaheddine Sabbagh", "عبد الرحمن صلاح الدين الصباغ"},
    {"Behruz Kardan Pisheh", "بهروز کاردان پیشه"},
    {"Dimitris Karvounaridis", "Δημήτρης Καρβουναρίδης"},
    {"Yaakov Ben Zvuloni", "יעקב בן זבולוני"},
    {"Wang Mingzhi Qiang", "王明志强"},
    {"Карим Тазрути", "كريم التازروتي"},
    {"Karim Tazrouti", "Борис Андреевич Стальмаков"},
    {"Fatoumata Sankharela", "محمد راشد القسموري"},
    {"Park Dongsu", "박동수"},
};
static const name_pair firms[] = {
    {"Tazarin Nord Negoce", "TAZARINE NORD NÉGOCE SARL"},
    {"Alpha Widgets Trading Ltd", "ALPHA WIDGETS TRADING COMPANY LLC"},
    {"Factory No. 7 of Nowhere Steel", "Nowhere Steel Factory 9"},
    {"General Import Export Company Zubaran", "Zubaran Genl Imp & Exp Co"},
    {"Stella Karvouna Shipping", "STELLA KARVOUNA MARITIME S.A."},
    {"Harbour Lantern Logistics FZE", "Desert Falcon Aviation Services Ltd"},
    {"Société Générale de Transport Ouzellaq", "OUZELLAQ TRANSPORTS SARL"},
    {"OOO Granit Kolodez", "Granit-Kolodez Limited Liability Company"},
};
static const name_pair firms_scripts[] = {
    {"Tazarin Trading of the North", "شركة تازارين للتجارة الشمالية"},
    {"OOO Granit Kolodez", "ООО «Гранит-Колодезь»"},
    {"Zaafran Investment Company", "شركة زعفران للاستثمار"},
    {"Harbour Lantern Logistics FZE", "مؤسسة الصحراء للطيران"},
    {"Stella Karvouna", "Στέλλα Καρβουνά Ναυτιλιακή"},
    {"Nowhere Steel Factory 7", "Завод Ноуэр Стил № 7"},
};

static const struct {
    const char *name;
    const name_pair *pairs;
    size_t count;
    mz_schema schema;
} groups[] = {
    {"persons, Latin", latin, sizeof latin / sizeof *latin, MZ_SCHEMA_Person},
    {"persons, across scripts", scripts, sizeof scripts / sizeof *scripts, MZ_SCHEMA_Person},
    {"firms, Latin", firms, sizeof firms / sizeof *firms, MZ_SCHEMA_Company},
    {"firms, across scripts", firms_scripts, sizeof firms_scripts / sizeof *firms_scripts, MZ_SCHEMA_Company},
};
enum { GROUPS = sizeof groups / sizeof *groups, PAIRS_MOST = 16, ROUNDS = 9, REPEATS = 400 };

static mz_name_scorer *scorer;
static mz_comparer *comparer;
static uint64_t kept; /* of all results, so that none is left out by the compiler */

static void die(const char *what, const mz_error *error) {
    (void)fprintf(stderr, "mizan-bench-compare: %s: %s\n", what, error->text);
    exit(1);
}

static void compare_parsed(const mz_name *query, const mz_name *entity) {
    static uint16_t likeness[MZ_NAME_WORDS_MOST * MZ_NAME_WORDS_MOST];
    static mz_name_score score;
    for (size_t i = 0; i < query->count; i++)
        for (size_t j = 0; j < entity->count; j++)
            likeness[i * entity->count + j] = mz_word_likeness(&query->words[i], &entity->words[j]);
    if (mz_name_score_pair(scorer, &mz_default_prices, query, entity, likeness, true, INFINITY, &score))
        kept += mz_score_from_cost(score.cost);
}

/* Nanoseconds of one comparison: the best of several rounds, which the rest of the machine disturbed least. */
static double parsed_ns(const name_pair *pair, bool organisation) {
    mz_arena arena;
    mz_name query, entity;
    mz_error error = {0};
    mz_arena_init(&arena, 1 << 20);
    if (mz_name_parse(mz_str_of(pair->query), organisation, &arena, &query, &error) ||
        mz_name_parse(mz_str_of(pair->entity), organisation, &arena, &entity, &error))
        die(pair->query, &error);
    uint64_t best = UINT64_MAX;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t start = mz_clock_ns();
        for (int i = 0; i < REPEATS; i++) compare_parsed(&query, &entity);
        uint64_t took = mz_clock_ns() - start;
        if (took < best) best = took;
    }
    mz_arena_done(&arena);
    return (double)best / REPEATS;
}

static double texts_ns(const name_pair *pair, mz_schema schema) {
    mz_error error = {0};
    uint64_t best = UINT64_MAX;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t start = mz_clock_ns();
        for (int i = 0; i < REPEATS; i++) {
            const mz_comparison *found;
            if (mz_compare_names(comparer, schema, mz_str_of(pair->query), mz_str_of(pair->entity), &found, &error))
                die(pair->query, &error);
            kept += found->evidence_count;
        }
        uint64_t took = mz_clock_ns() - start;
        if (took < best) best = took;
    }
    return (double)best / REPEATS;
}

static double ofac_ns(const name_pair *pair) {
    mz_arena scratch, arena;
    mz_ofac_name query, entity;
    mz_error error = {0};
    mz_arena_init(&scratch, 1 << 20);
    mz_arena_init(&arena, 1 << 20);
    if (mz_ofac_prepare(mz_str_of(pair->query), &scratch, &arena, &query, &error) ||
        mz_ofac_prepare(mz_str_of(pair->entity), &scratch, &arena, &entity, &error))
        die(pair->query, &error);
    uint64_t best = UINT64_MAX;
    for (int round = 0; round < ROUNDS; round++) {
        uint64_t start = mz_clock_ns();
        for (int i = 0; i < REPEATS; i++) kept += mz_ofac_score(&query, &entity);
        uint64_t took = mz_clock_ns() - start;
        if (took < best) best = took;
    }
    mz_arena_done(&scratch);
    mz_arena_done(&arena);
    return (double)best / REPEATS;
}

static int ascending(const void *left, const void *right) {
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

static double report(const char *group, const char *what, double *ns, size_t count, double first, bool json) {
    qsort(ns, count, sizeof *ns, ascending);
    double median = (ns[(count - 1) / 2] + ns[count / 2]) / 2, high = ns[count - 1];
    double ratio = first > 0 ? median / first : 1;
    if (json)
        printf("{\"measure\":\"compare\",\"group\":\"%s\",\"what\":\"%s\",\"pairs\":%zu,\"median_ns\":%.0f,"
               "\"slowest_ns\":%.0f,\"ratio\":%.2f}\n",
               group, what, count, median, high, ratio);
    else
        printf("  %-26s %-28s %7.0f ns   slowest pair %7.0f ns   ratio %.2f\n", group, what, median, high, ratio);
    return median;
}

int main(int argc, char **argv) {
    bool json = argc > 1 && strcmp(argv[1], "--json") == 0;
    mz_error error = {0};
    struct utsname machine;
    double parsed_first = 0, texts_first = 0, ofac_first = 0;
    (void)uname(&machine);
    scorer = mz_name_scorer_new();
    if (!scorer || mz_comparer_new(NULL, &comparer, &error)) die("memory", &error);
    if (!json) printf("machine: %s %s; one comparison, median over invented pairs\n", machine.sysname, machine.machine);
    for (size_t g = 0; g < GROUPS; g++) {
        double ns[PAIRS_MOST];
        size_t count = groups[g].count;
        for (size_t p = 0; p < count; p++) ns[p] = parsed_ns(&groups[g].pairs[p], groups[g].schema != MZ_SCHEMA_Person);
        double median = report(groups[g].name, "parsed names, score", ns, count, parsed_first, json);
        if (g == 0) parsed_first = median;
        for (size_t p = 0; p < count; p++) ns[p] = texts_ns(&groups[g].pairs[p], groups[g].schema);
        median = report(groups[g].name, "texts: parse, score, evidence", ns, count, texts_first, json);
        if (g == 0) texts_first = median;
        for (size_t p = 0; p < count; p++) ns[p] = ofac_ns(&groups[g].pairs[p]);
        median = report(groups[g].name, "made ready, algorithm ofac", ns, count, ofac_first, json);
        if (g == 0) ofac_first = median;
    }
    mz_comparer_free(comparer);
    mz_name_scorer_free(scorer);
    return kept ? 0 : 1;
}
