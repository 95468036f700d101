/* Two names of any bytes, apart at the first NUL or line break, compared as persons', firms' and ships'. What must
 * hold:
 * - malformed UTF-8 is refused, and nothing else is, but for memory;
 * - a score lies in 0…1, the evidence adds up to score and weight, the same two names have the same score again;
 * - what the evidence quotes lies in the names;
 * - the bounds that the index rests on are below the cost (match/name_score.h);
 * - a name costs nothing against itself but for being common, and no other name is nearer to it;
 * - a further word that meets nothing, on either side, never makes a score of one half or more higher (below, a word
 *   more makes a long name of a short one, in which each difference matters a little less);
 * - no pair tries more joins than it may;
 * - a parsed name is within its limits, and says so when it was cut. */
#include "mizan/screen.h"

#include "match/name_score.h"
#include "names/alternatives.h"
#include "text/text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { CEILING_BYTES = 64 << 20 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold_at(bool truth, int line) {
    if (truth) return;
    (void)fprintf(stderr, "compare_fuzz.c:%d does not hold\n", line);
    abort();
}
#define hold(truth) hold_at((truth), __LINE__)

static bool within(mz_str part, mz_str whole) {
    return part.size == 0 || (part.data >= whole.data && part.data + part.size <= whole.data + whole.size);
}

/* The evidence quotes the comparer's own copies of the names, or one of the names that a text gives. */
static bool quoted(mz_str part, mz_str whole) {
    mz_arena arena;
    mz_str names[MZ_NAME_ALTERNATIVES_MOST];
    if (part.size == 0 || memmem(whole.data, whole.size, part.data, part.size)) return true;
    mz_arena_init(&arena, CEILING_BYTES);
    size_t count = mz_name_alternatives(whole, &arena, names);
    bool found = false;
    for (size_t i = 0; i < count; i++) found |= memmem(names[i].data, names[i].size, part.data, part.size) != NULL;
    mz_arena_done(&arena);
    return found;
}

static void check_name(const mz_name *name, mz_str text) {
    uint32_t weight = 0;
    hold(name->count <= MZ_NAME_WORDS_MOST && name->number_count <= MZ_NAME_NUMBERS_MOST);
    hold(name->legal_count <= MZ_NAME_NUMBERS_MOST);
    for (size_t i = 0; i < name->count; i++) {
        const mz_name_word *word = &name->words[i];
        hold(word->folded.size > 0 && mz_utf8_valid(word->folded, NULL) && within(word->original, text));
        hold(word->phone_count <= MZ_PHONES_MOST && word->bare <= word->phone_count);
        hold(word->class < MZ_WORD_CLASS_COUNT && word->weight > 0 && word->weight <= MZ_WEIGHT_FULL);
        hold(word->system == mz_sound_system_of((mz_script)word->script));
        hold(word->skeleton == mz_phones_skeleton(word->phones, word->phone_count));
        hold(mz_word_likeness(word, word) == MZ_LIKENESS_SAME);
        weight += word->weight;
    }
    hold(weight == name->weight);
}

static void check_bounds(const mz_name *query, const mz_name *entity) {
    static uint16_t likeness[MZ_NAME_WORDS_MOST * MZ_NAME_WORDS_MOST];
    static mz_name_score score;
    for (size_t i = 0; i < query->count; i++)
        for (size_t j = 0; j < entity->count; j++) {
            uint16_t alike = mz_word_likeness(&query->words[i], &entity->words[j]);
            hold(alike == mz_word_likeness(&entity->words[j], &query->words[i]));
            hold(alike == 0 || (alike >= MZ_LIKENESS_FLOOR && alike <= MZ_LIKENESS_SAME));
            likeness[i * entity->count + j] = alike;
        }
    static mz_name_scorer *scorer; /* kept: what it holds of the last names must not matter */
    if (!scorer) scorer = mz_name_scorer_new();
    if (!scorer) return;
    /* without joins, as the index does where it has seen none */
    if (mz_name_score_pair(scorer, &mz_default_prices, query, entity, likeness, false, INFINITY, &score)) {
        double losses = 0;
        for (size_t i = 0; i < query->count; i++) {
            uint16_t best = 0;
            for (size_t j = 0; j < entity->count; j++)
                if (likeness[i * entity->count + j] > best) best = likeness[i * entity->count + j];
            losses += mz_name_word_loss(&mz_default_prices, query, i, best);
        }
        hold(losses <= score.cost + 1e-9);
        hold(mz_name_least_cost(&mz_default_prices, query, entity, likeness) <= score.cost + 1e-9);
    }
}

/* ---- what more words and other names do to a score ---- */

typedef struct judged {
    bool met;
    double cost;
} judged;

static judged judge(mz_name_scorer *scorer, const mz_name *query, const mz_name *entity, mz_name_score *score) {
    static uint16_t likeness[MZ_NAME_WORDS_MOST * MZ_NAME_WORDS_MOST];
    for (size_t i = 0; i < query->count; i++)
        for (size_t j = 0; j < entity->count; j++)
            likeness[i * entity->count + j] = mz_word_likeness(&query->words[i], &entity->words[j]);
    bool met = mz_name_score_pair(scorer, &mz_default_prices, query, entity, likeness, true, INFINITY, score);
    hold(score->joins_tried <= MZ_JOINS_MOST);
    return (judged){met, score->cost};
}

/* Whether the words of a name stand unchanged at the beginning of a longer one, and all else is the same: a further
 * word may change what the others are taken for. */
static bool begins(const mz_name *longer, const mz_name *name) {
    if (longer->cut || longer->count != name->count + 1 || longer->culture != name->culture) return false;
    if (longer->legal_count != name->legal_count || longer->number_count != name->number_count) return false;
    for (size_t i = 0; i < name->count; i++) {
        const mz_name_word *a = &longer->words[i], *b = &name->words[i];
        if (!mz_str_equal(a->folded, b->folded) || a->class != b->class || a->role != b->role ||
            a->weight != b->weight || a->bits != b->bits)
            return false;
    }
    return true;
}

/* Whether the last word of a name meets anything in the score. */
static bool last_meets(const mz_name_score *score, size_t last, bool of_query) {
    for (size_t p = 0; p < score->piece_count; p++) {
        const mz_piece *piece = &score->pieces[p];
        size_t first = of_query ? piece->query_first : piece->entity_first;
        size_t count = of_query ? piece->query_count : piece->entity_count;
        if (piece->query_count && piece->entity_count && first <= last && last < first + count) return true;
    }
    return false;
}

static void check_longer(mz_name_scorer *scorer, mz_arena *arena, const mz_name *query, const mz_name *entity,
                         judged before, mz_name_score *score) {
    static const char *const words[] = {"Quoxizu", "Vlimbathor"};
    const double far = mz_cost_from_score(MZ_SCORE_UNIT / 2);
    mz_error error;
    for (int side = 0; side < 2; side++) {
        const mz_name *name = side ? entity : query;
        mz_str text = mz_arena_print(arena, "%.*s %s", (int)name->text.size, name->text.data, words[side]);
        mz_name longer;
        if (memchr(name->text.data, 0, name->text.size) || !name->text.size) continue;
        if (mz_name_parse(text, name->organisation, arena, &longer, &error) || !begins(&longer, name)) continue;
        judged after = judge(scorer, side ? query : &longer, side ? &longer : entity, score);
        if (after.met && after.cost <= far && !last_meets(score, longer.count - 1, !side))
            hold(before.met && after.cost >= before.cost - 1e-9);
    }
}

static void check_order(mz_arena *arena, const mz_name *query, const mz_name *entity) {
    static mz_name_score score;
    static mz_name_scorer *scorer;
    if (!scorer) scorer = mz_name_scorer_new();
    if (!scorer) return;
    judged self = judge(scorer, query, query, &score), pair = judge(scorer, query, entity, &score);
    hold(!pair.met || self.met);
    if (self.met && !query->cut) {
        hold(self.cost <= mz_default_prices.common + mz_default_prices.order + 1e-9);
        if (pair.met) hold(pair.cost >= self.cost - mz_default_prices.order - 1e-9);
    }
    check_longer(scorer, arena, query, entity, pair, &score);
}

static void check_parsing(mz_str left, mz_str right, bool organisation) {
    mz_arena arena;
    mz_name query, entity;
    mz_error error;
    mz_arena_init(&arena, CEILING_BYTES);
    mz_status status = mz_name_parse(left, organisation, &arena, &query, &error);
    if (!status) status = mz_name_parse(right, organisation, &arena, &entity, &error);
    hold(status == MZ_OK || status == MZ_ERR_MEMORY);
    if (!status) {
        check_name(&query, left);
        check_name(&entity, right);
        check_bounds(&query, &entity);
        check_order(&arena, &query, &entity);
        check_order(&arena, &entity, &query);
    }
    mz_arena_done(&arena);
}

static void check_comparison(const mz_comparison *comparison, mz_str left, mz_str right) {
    double points = 0, bits = 0;
    hold(comparison->score >= 0 && comparison->score <= 1 && isfinite(comparison->weight));
    hold((comparison->score > 0) <= (comparison->evidence_count > 0));
    for (size_t i = 0; i < comparison->evidence_count; i++) {
        const mz_evidence *evidence = &comparison->evidence[i];
        hold(evidence->rule < MZ_RULE_COUNT && quoted(evidence->query, left) && quoted(evidence->entity, right));
        points += evidence->points;
        bits += evidence->bits;
    }
    hold(fabs(points - comparison->score) < 1e-6 && fabs(bits - comparison->weight) < 1e-6);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const mz_schema schemata[] = {MZ_SCHEMA_Person, MZ_SCHEMA_Company, MZ_SCHEMA_Vessel, MZ_SCHEMA_LegalEntity};
    size_t middle = 0;
    while (middle < size && data[middle] != '\0' && data[middle] != '\n') middle++;
    mz_str left = {(const char *)data, middle}, right = {"", 0};
    if (middle < size) right = (mz_str){(const char *)data + middle + 1, size - middle - 1};
    bool valid = mz_utf8_valid(left, NULL) && mz_utf8_valid(right, NULL);
    static mz_comparer *comparer;
    mz_error error;
    if (!comparer && mz_comparer_new(NULL, &comparer, &error)) return 0;
    for (size_t s = 0; s < sizeof schemata / sizeof schemata[0]; s++) {
        const mz_comparison *comparison;
        mz_status status = mz_compare_names(comparer, schemata[s], left, right, &comparison, &error);
        hold(valid ? status == MZ_OK || status == MZ_ERR_MEMORY : status == MZ_ERR_INPUT);
        if (status) continue;
        check_comparison(comparison, left, right);
        double score = comparison->score;
        hold(!mz_compare_names(comparer, schemata[s], left, right, &comparison, &error));
        hold(memcmp(&score, &comparison->score, sizeof score) == 0);
    }
    if (valid) check_parsing(left, right, size % 2);
    return 0;
}
