/* Evidence adds up: for any two names, and for anything known beside them, the points to the score and the bits to the
 * weight; what is left over by rounding is less than a millionth in each piece; and nothing of it depends on the thread
 * or on the locale. */
#include "screen/evidence.h"

#include "../match/invent.h"
#include "test.h"

#include <locale.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { SCRIPTS = 6 };

static mz_arena arena;
static mz_name_scorer *scorer;
static mz_name_score score;
static uint16_t likeness[MZ_NAME_WORDS_MOST * MZ_NAME_WORDS_MOST];

static int64_t millionths(double value) {
    int64_t whole = llround(value * MZ_SCORE_UNIT);
    CHECK(fabs(value * MZ_SCORE_UNIT - (double)whole) < 1e-6); /* it is in whole millionths */
    return whole;
}

static void check_sums(const mz_evidence *evidence, size_t count, uint32_t whole, double weight) {
    int64_t points = 0, bits = 0;
    for (size_t i = 0; i < count; i++) {
        points += millionths(evidence[i].points);
        int64_t hundredths = llround(evidence[i].bits * 100);
        CHECK(fabs(evidence[i].bits * 100 - (double)hundredths) < 1e-6); /* as it is printed */
        bits += hundredths;
    }
    CHECK_INT(whole, points);
    CHECK_INT(bits, llround(weight * 100));
    CHECK((double)bits / 100 == weight);
}

static void check_taken(const mz_evidence *evidence, size_t count, uint32_t whole) {
    int64_t taken = 0;
    for (size_t i = 0; i < count; i++) taken += millionths(evidence[i].taken);
    CHECK_INT(MZ_SCORE_UNIT - (int64_t)whole, taken);
}

/* ---- any two names ---- */

static void invent_pair(inventor *from, char a[1200], char b[1200], bool organisation) {
    if (organisation && chance(from, 2)) {
        invent_name(from, a, 500, 1);
        invent_name(from, b, 500, 1);
    } else {
        unsigned script = chance(from, SCRIPTS);
        invent_in_script(from, a, 500, script);
        invent_in_script(from, b, 500, chance(from, 3) ? script : chance(from, SCRIPTS));
    }
    if (chance(from, 2)) return; /* strangers; else the one with something of the other */
    char other[1200];
    (void)snprintf(other, sizeof other, "%.500s%s%.500s", a, chance(from, 2) ? " " : "", chance(from, 2) ? b : "");
    (void)snprintf(b, 1200, "%s", other);
}

TEST(the_evidence_of_any_two_names_adds_up) {
    static const mz_schema schemata[] = {MZ_SCHEMA_Person, MZ_SCHEMA_Company, MZ_SCHEMA_Vessel, MZ_SCHEMA_Thing};
    inventor from = {20260801};
    mz_comparer *comparer;
    mz_error error = {0};
    size_t met = 0;
    CHECK_OK(mz_comparer_new(NULL, &comparer, &error), error);
    for (int round = 0; round < 12000; round++) {
        char a[1200], b[1200];
        mz_schema schema = schemata[round % 4];
        const mz_comparison *found;
        invent_pair(&from, a, b, schema != MZ_SCHEMA_Person);
        mz_test_case("%s, %s as %s", a, b, mz_schema_name(schema));
        CHECK_OK(mz_compare_names(comparer, schema, mz_str_of(a), mz_str_of(b), &found, &error), error);
        check_sums(found->evidence, found->evidence_count, (uint32_t)millionths(found->score), found->weight);
        if (!found->evidence_count) continue;
        check_taken(found->evidence, found->evidence_count, (uint32_t)millionths(found->score));
        for (size_t i = 0; i < found->evidence_count; i++) CHECK(found->evidence[i].taken >= 0);
        met++;
    }
    mz_comparer_free(comparer);
    CHECK(met > 5000);
}

/* ---- with findings, weak aliases and identifiers ---- */

static bool pair_of(const char *a, const char *b, mz_name *query, mz_name *entity) {
    mz_error error = {0};
    if (!scorer) scorer = mz_name_scorer_new();
    CHECK(scorer != NULL);
    mz_arena_done(&arena);
    mz_arena_init(&arena, 16 << 20);
    CHECK_OK(mz_name_parse(mz_str_of(a), false, &arena, query, &error), error);
    CHECK_OK(mz_name_parse(mz_str_of(b), false, &arena, entity, &error), error);
    for (size_t i = 0; i < query->count; i++)
        for (size_t j = 0; j < entity->count; j++)
            likeness[i * entity->count + j] = mz_word_likeness(&query->words[i], &entity->words[j]);
    return mz_name_score_pair(scorer, &mz_default_prices, query, entity, likeness, true, INFINITY, &score);
}

static void invent_findings(inventor *from, const mz_trait *trait, mz_findings *findings) {
    static const mz_rule rules[] = {MZ_RULE_DATE,  MZ_RULE_COUNTRY, MZ_RULE_GENDER,
                                    MZ_RULE_PLACE, MZ_RULE_ADDRESS, MZ_RULE_IDENTIFIER};
    *findings = MZ_FINDINGS_NONE;
    for (size_t r = 0; r < sizeof rules / sizeof rules[0] && findings->count < MZ_FINDINGS_MOST; r++) {
        if (chance(from, 2)) continue;
        bool agrees = chance(from, 2);
        mz_finding *finding = &findings->found[findings->count++];
        *finding = (mz_finding){rules[r], trait, trait, agrees ? 0 : chance(from, 1000) / 700.0, agrees ? 6 : -4};
        findings->cost += finding->cost;
        findings->bits += finding->bits;
        if (agrees && rules[r] == MZ_RULE_IDENTIFIER) findings->deciding = findings->count - 1;
    }
}

/* What a piece has of the names less its part of the loss, to less than a millionth: but for the number on top. */
static void check_honest(const mz_explanation *of, const mz_evidence *evidence) {
    double cost = of->names->cost + of->weak_cost + of->findings->cost;
    double lost = cost > 0 ? (MZ_SCORE_UNIT - (double)mz_score_from_cost(cost)) / cost : 0;
    for (size_t p = 0; p < of->names->piece_count; p++) {
        double taken = of->names->pieces[p].cost * lost;
        CHECK(fabs(taken - evidence[p].taken * MZ_SCORE_UNIT) < 1);
        CHECK(fabs(of->names->pieces[p].share * MZ_SCORE_UNIT - taken - evidence[p].points * MZ_SCORE_UNIT) < 2);
    }
    for (size_t f = 0; f < of->findings->count; f++) {
        const mz_finding *finding = &of->findings->found[f];
        size_t row = of->names->piece_count + (of->weak_cost > 0) + f;
        if (finding->rule == MZ_RULE_IDENTIFIER && mz_identified(of->findings)) continue;
        CHECK(fabs(finding->cost * lost - evidence[row].taken * MZ_SCORE_UNIT) < 1);
    }
}

TEST(what_is_known_beside_the_names_adds_up_with_them) {
    inventor from = {777};
    const mz_trait trait = {.text = MZ_STR("1970"), .property = MZ_PROP_birthDate};
    size_t met = 0;
    for (int round = 0; round < 3000; round++) {
        char a[1200], b[1200];
        mz_name query, entity;
        mz_findings findings;
        size_t count;
        double weight;
        invent_pair(&from, a, b, false);
        mz_test_case("%d: %s, %s", round, a, b);
        bool meet = pair_of(a, b, &query, &entity);
        invent_findings(&from, &trait, &findings);
        mz_explanation of = {.query = &query,
                             .entity = &entity,
                             .names = meet ? &score : NULL,
                             .property = MZ_PROP_weakAlias,
                             .weak_cost = chance(&from, 2) ? mz_default_prices.weak_alias : 0,
                             .findings = &findings};
        if (!meet) of.weak_cost = 0;
        of.score = mz_entity_score(meet ? score.cost + of.weak_cost : -1, &findings);
        const mz_evidence *evidence = mz_explain(&of, &arena, &count, &weight);
        CHECK(evidence != NULL);
        check_sums(evidence, count, of.score, weight);
        if (!meet) continue;
        check_taken(evidence, count, of.score);
        check_honest(&of, evidence);
        met++;
    }
    CHECK(met > 1000);
}

TEST(a_number_alone_has_all_points) {
    const mz_trait trait = {.text = MZ_STR("9074729"), .property = MZ_PROP_imoNumber};
    mz_findings findings = {
        .found = {{MZ_RULE_IDENTIFIER, &trait, &trait, 0, 24}}, .count = 1, .bits = 24, .deciding = 0};
    mz_explanation of = {.findings = &findings, .score = mz_entity_score(-1, &findings)};
    size_t count;
    double weight;
    mz_arena_done(&arena);
    mz_arena_init(&arena, 1 << 20);
    const mz_evidence *evidence = mz_explain(&of, &arena, &count, &weight);
    CHECK_INT(1, count);
    CHECK_INT(900000, millionths(evidence[0].points));
    CHECK_INT(-900000, millionths(evidence[0].taken)); /* it raised the score from nothing */
}

/* ---- the order of worths is kept ---- */

TEST(two_worths_that_differ_have_two_scores_above_one_half) {
    uint32_t last = MZ_SCORE_UNIT + 1;
    for (double cost = 0; cost < mz_cost_from_score(500000); cost += 2.5e-6) {
        uint32_t now = mz_score_from_cost(cost);
        if (now >= last) CHECK_INT(last - 1, now);
        last = now;
    }
}

/* ---- whoever asks ---- */

enum { PAIRS = 400, THREADS = 8 };

typedef struct answers {
    mz_comparison found[PAIRS];
    bool failed;
    uint64_t digests[PAIRS];
} answers;

/* All that an answer says, as one number. */
static uint64_t digest(const mz_comparison *found) {
    uint64_t sum = 14695981039346656037u;
    for (size_t i = 0; i < found->evidence_count; i++) {
        const mz_evidence *e = &found->evidence[i];
        const double figures[] = {e->points, e->taken, e->bits};
        const unsigned words[] = {(unsigned)e->rule, (unsigned)e->role, (unsigned)e->property};
        for (size_t b = 0; b < sizeof figures; b++) sum = (sum ^ ((const uint8_t *)figures)[b]) * 1099511628211u;
        for (size_t b = 0; b < sizeof words; b++) sum = (sum ^ ((const uint8_t *)words)[b]) * 1099511628211u;
        for (size_t b = 0; b < e->query.size; b++) sum = (sum ^ (uint8_t)e->query.data[b]) * 1099511628211u;
        for (size_t b = 0; b < e->entity.size; b++) sum = (sum ^ (uint8_t)e->entity.data[b]) * 1099511628211u;
    }
    return sum;
}

static void *ask_all(void *context) {
    answers *to = context;
    inventor from = {424242};
    mz_comparer *comparer;
    to->failed = mz_comparer_new(NULL, &comparer, NULL) != MZ_OK;
    for (int i = 0; i < PAIRS && !to->failed; i++) {
        char a[1200], b[1200];
        const mz_comparison *found;
        invent_pair(&from, a, b, i % 2);
        to->failed = mz_compare_names(comparer, i % 2 ? MZ_SCHEMA_Thing : MZ_SCHEMA_Person, mz_str_of(a), mz_str_of(b),
                                      &found, NULL) != MZ_OK;
        if (to->failed) break;
        to->found[i] = *found;
        to->digests[i] = digest(found);
    }
    if (!to->failed) mz_comparer_free(comparer);
    return NULL;
}

static void check_same(const answers *one, const answers *other) {
    CHECK(!one->failed && !other->failed);
    for (int i = 0; i < PAIRS; i++) {
        CHECK(memcmp(&one->found[i].score, &other->found[i].score, sizeof(double)) == 0);
        CHECK(memcmp(&one->found[i].weight, &other->found[i].weight, sizeof(double)) == 0);
        CHECK(one->digests[i] == other->digests[i]);
    }
}

TEST(eight_threads_say_what_one_says) {
    static answers alone, together[THREADS];
    pthread_t threads[THREADS];
    (void)ask_all(&alone);
    for (size_t t = 0; t < THREADS; t++) CHECK_INT(0, pthread_create(&threads[t], NULL, ask_all, &together[t]));
    for (size_t t = 0; t < THREADS; t++) CHECK_INT(0, pthread_join(threads[t], NULL));
    for (size_t t = 0; t < THREADS; t++) check_same(&alone, &together[t]);
}

TEST(another_locale_says_the_same) {
    static const char *const locales[] = {"fr_FR.UTF-8", "fr_FR.utf8", "de_DE.UTF-8", "tr_TR.UTF-8", "ar_MA.UTF-8"};
    static answers usual, elsewhere;
    size_t tried = 0;
    (void)ask_all(&usual);
    for (size_t i = 0; i < sizeof locales / sizeof locales[0]; i++) {
        if (!setlocale(LC_ALL, locales[i])) continue;
        (void)ask_all(&elsewhere);
        (void)setlocale(LC_ALL, "C");
        check_same(&usual, &elsewhere);
        tried++;
    }
    if (!tried) mz_test_skip("no other locale is installed here");
}

TEST(the_scorer_is_given_back) {
    mz_name_scorer_free(scorer);
    mz_arena_done(&arena);
}

TEST_MAIN()
