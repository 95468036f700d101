#include "match/name_score.h"

#include "names/acronym.h"
#include "names/lexicon.h"

#include <math.h>
#include <stdlib.h>

enum {
    MEMO_STATES = 1 << 15, /* exact assignment up to this many states; beyond, the best pair first */
    OPTIONS_MOST = 4096,
    GAIN_UNIT = 64
};

static const double RATE = 0.84; /* score = exp(-RATE × cost) */
typedef struct option {
    uint8_t query_first, query_count, entity_first, entity_count;
    uint16_t likeness;
    bool acronym; /* one word is the acronym of the whole other name */
    uint32_t gain;
    uint64_t mask; /* of live entity words */
} option;

/* The consonants of the joins of two and three words that begin with each word, 0 for none: what is not the same in
 * them is no join (see word.h), and most pairs are told apart here. */
typedef struct join_table {
    uint64_t skeletons[2][MZ_NAME_WORDS_MOST];
    uint64_t turned; /* of a name of two words, with its words exchanged */
} join_table;

struct mz_name_scorer {
    const mz_prices *prices; /* of the pair in hand */
    option options[OPTIONS_MOST];
    size_t option_count;
    uint16_t first_option[MZ_NAME_WORDS_MOST + 1]; /* by query word */
    uint32_t best[MEMO_STATES];
    uint16_t choice[MEMO_STATES]; /* option + 1; 0: the word is left */
    const option *chosen[MZ_NAME_WORDS_MOST];
    size_t chosen_count;
    join_table query_joins, entity_joins;
    uint32_t joins_tried;
};

mz_name_scorer *mz_name_scorer_new(void) {
    return calloc(1, sizeof(mz_name_scorer));
}

void mz_name_scorer_free(mz_name_scorer *scorer) {
    free(scorer);
}

/* exp(-x) by the first terms of its series below a one: monotone, and made of operations that IEEE 754 rounds exactly.
 */
static double falling(double x) {
    return 1.0 / (1.0 + x * (1.0 + x * (0.5 + x * (1.0 / 6.0 + x * (1.0 / 24.0)))));
}

uint32_t mz_score_from_cost(double cost) {
    return (uint32_t)(falling(RATE * cost) * MZ_SCORE_UNIT + 0.5);
}

double mz_cost_from_score(uint32_t score) {
    if (score == 0) return INFINITY;
    double low = 0, high = 1000;
    for (int i = 0; i < 200 && low < high; i++) {
        double middle = low + (high - low) / 2;
        if (middle <= low || middle >= high) break;
        if (mz_score_from_cost(middle) >= score)
            low = middle;
        else
            high = middle;
    }
    /* a hair more: rounding in sums of bounds must not lose what the score itself would keep */
    return low * (1 + 1e-9) + 1e-9;
}

/* A name's weight to a power a little over a third: a difference in a long name matters less, but not in proportion. */
static double length_of(double weight) {
    double root = sqrt(sqrt(weight));
    return root * sqrt(root);
}

static double weight_of_name(const mz_name *name) {
    double weight = name->weight / (double)MZ_WEIGHT_FULL;
    return weight < 0.5 ? 0.5 : weight;
}

/* How far from the same, 0…1 and a hair more: small differences of spelling are almost nothing. */
double mz_likeness_apart(const mz_prices *prices, uint16_t likeness) {
    double unlike = prices->likeness_clear - likeness / (double)MZ_LIKENESS_SAME;
    double x = unlike / (prices->likeness_clear - prices->likeness_lost);
    x = x < 0 ? 0 : x > 1 ? 1 : x;
    return x + 0.00005 * (MZ_LIKENESS_SAME - likeness);
}

static double spelled_cost(const mz_prices *prices, double length, double weight, uint16_t likeness) {
    return prices->spelled * weight * mz_likeness_apart(prices, likeness) / length;
}

static double query_weight(const mz_name *query, size_t first, size_t count) {
    unsigned weight = 0;
    for (size_t i = first; i < first + count; i++) weight += query->words[i].weight;
    return weight / (double)MZ_WEIGHT_FULL;
}

/* What it matters that a word is left out: a father's name, a nisba, a kunya are often not said. */
static double due(const mz_prices *prices, const mz_name_word *word) {
    double weight = word->weight / (double)MZ_WEIGHT_FULL;
    switch ((int)word->role) {
    case MZ_ROLE_PATRONYMIC:
    case MZ_ROLE_NISBA:
    case MZ_ROLE_KUNYA: return weight * prices->optional;
    case MZ_ROLE_MIDDLE: return weight * prices->middle;
    default: return weight;
    }
}

double mz_name_word_price(const mz_prices *prices, const mz_name *query, size_t i) {
    return prices->spelled * query_weight(query, i, 1) / length_of(weight_of_name(query));
}

double mz_name_extra_cost(const mz_prices *prices, const mz_name *query, double weight_percent) {
    double weight = weight_percent / MZ_WEIGHT_FULL;
    return prices->extra * weight / sqrt(weight_of_name(query) + weight);
}

double mz_name_word_loss(const mz_prices *prices, const mz_name *query, size_t i, uint16_t best) {
    double missing = prices->missing * due(prices, &query->words[i]) / sqrt(weight_of_name(query));
    if (best < MZ_LIKENESS_FLOOR) return missing;
    double spelled = spelled_cost(prices, length_of(weight_of_name(query)), query_weight(query, i, 1), best);
    return spelled < missing ? spelled : missing;
}

/* ---- what may meet what ---- */

static void add_option(mz_name_scorer *scorer, const mz_name *query, const mz_name *entity, option candidate) {
    if (scorer->option_count == OPTIONS_MOST) return;
    uint32_t weight = 0;
    for (size_t i = 0; i < candidate.query_count; i++) weight += query->words[candidate.query_first + i].weight;
    for (size_t j = 0; j < candidate.entity_count; j++) weight += entity->words[candidate.entity_first + j].weight;
    double kept =
        1 - mz_likeness_apart(scorer->prices, candidate.likeness); /* a little below 0 where a policy wants it so */
    uint32_t gain = (uint32_t)(kept > 0 ? kept * 100 : 0) * weight * GAIN_UNIT / 100;
    unsigned apart = candidate.query_first > candidate.entity_first
                         ? (unsigned)(candidate.query_first - candidate.entity_first)
                         : (unsigned)(candidate.entity_first - candidate.query_first);
    /* of equal worth, the order written; and any pair rather than none */
    gain += GAIN_UNIT - (apart < GAIN_UNIT - 1 ? apart : GAIN_UNIT - 1);
    candidate.gain = gain;
    scorer->options[scorer->option_count++] = candidate;
}

static uint16_t at(const uint16_t *likeness, const mz_name *entity, size_t i, size_t j) {
    return likeness[i * entity->count + j];
}

/* A join is wrong when one of its parts alone meets the word as well. */
static bool part_alone_is_enough(uint16_t joined, uint16_t best_part) {
    return best_part + 20 >= joined;
}

static void table_joins(join_table *joins, const mz_name *name) {
    for (size_t size = 2; size <= 3; size++)
        for (size_t i = 0; i + size <= name->count; i++) {
            const mz_name_word *const parts[3] = {&name->words[i], &name->words[i + 1], &name->words[i + size - 1]};
            joins->skeletons[size - 2][i] = mz_join_skeleton(parts, size);
        }
    const mz_name_word *const turned[2] = {&name->words[1], &name->words[0]};
    joins->turned = name->count == 2 ? mz_join_skeleton(turned, 2) : 0;
}

/* How alike words [first, first+size) written together are to a word of the other name; 0: not, or no better than one
 * of them alone, `best_part`. */
static uint16_t join_meets(mz_name_scorer *scorer, const join_table *joins, const mz_name *name, size_t first,
                           size_t size, const mz_name_word *word, uint16_t best_part) {
    const mz_name_word *const parts[3] = {&name->words[first], &name->words[first + 1], &name->words[first + size - 1]};
    uint16_t joined = 0;
    if (word->skeleton == joins->skeletons[size - 2][first] && scorer->joins_tried < MZ_JOINS_MOST) {
        scorer->joins_tried++;
        joined = mz_join_likeness(parts, size, word);
    }
    if (size == 2 && name->count == 2 && word->skeleton == joins->turned &&
        mz_script_unspaced((mz_script)word->script)) {
        const mz_name_word *const turned[2] = {parts[1], parts[0]};
        uint16_t other = mz_join_likeness(turned, 2, word);
        if (other > joined) joined = other;
    }
    return joined && !part_alone_is_enough(joined, best_part) ? joined : 0;
}

static void add_query_joins(mz_name_scorer *scorer, const mz_name *query, const mz_name *entity,
                            const uint16_t *likeness, size_t i) {
    for (size_t size = 2; size <= 3 && i + size <= query->count; size++) {
        for (size_t j = 0; j < entity->count; j++) {
            uint16_t best_part = 0;
            for (size_t p = i; p < i + size; p++)
                if (at(likeness, entity, p, j) > best_part) best_part = at(likeness, entity, p, j);
            uint16_t joined = join_meets(scorer, &scorer->query_joins, query, i, size, &entity->words[j], best_part);
            if (!joined) continue;
            add_option(scorer, query, entity,
                       (option){.query_first = (uint8_t)i,
                                .query_count = (uint8_t)size,
                                .entity_first = (uint8_t)j,
                                .entity_count = 1,
                                .likeness = joined});
        }
    }
}

static void add_entity_joins(mz_name_scorer *scorer, const mz_name *query, const mz_name *entity,
                             const uint16_t *likeness, size_t i) {
    for (size_t size = 2; size <= 3; size++) {
        for (size_t j = 0; j + size <= entity->count; j++) {
            uint16_t best_part = 0;
            for (size_t p = j; p < j + size; p++)
                if (at(likeness, entity, i, p) > best_part) best_part = at(likeness, entity, i, p);
            uint16_t joined = join_meets(scorer, &scorer->entity_joins, entity, j, size, &query->words[i], best_part);
            if (!joined) continue;
            add_option(scorer, query, entity,
                       (option){.query_first = (uint8_t)i,
                                .query_count = 1,
                                .entity_first = (uint8_t)j,
                                .entity_count = (uint8_t)size,
                                .likeness = joined});
        }
    }
}

static bool spells(const mz_name_word *word, const uint64_t *acronyms, size_t count) {
    uint64_t key = count && !word->capitalised ? mz_acronym_of_word(word) : 0;
    for (size_t a = 0; a < count && key; a++)
        if (acronyms[a] == key) return true;
    return false;
}

/* Acronyms of the query's name among the entity's words; they stand with the options of its first word. */
static void add_query_acronyms(mz_name_scorer *scorer, const mz_name *query, const mz_name *entity) {
    uint64_t acronyms[MZ_ACRONYMS_MOST];
    size_t count = mz_acronyms_of_name(query, acronyms);
    for (size_t j = 0; j < entity->count; j++)
        if (spells(&entity->words[j], acronyms, count))
            add_option(scorer, query, entity,
                       (option){.query_count = (uint8_t)query->count,
                                .entity_first = (uint8_t)j,
                                .entity_count = 1,
                                .likeness = MZ_LIKENESS_ACRONYM,
                                .acronym = true});
}

static void add_entity_acronym(mz_name_scorer *scorer, const mz_name *query, const mz_name *entity,
                               const uint64_t *acronyms, size_t count, size_t i) {
    if (spells(&query->words[i], acronyms, count))
        add_option(scorer, query, entity,
                   (option){.query_first = (uint8_t)i,
                            .query_count = 1,
                            .entity_count = (uint8_t)entity->count,
                            .likeness = MZ_LIKENESS_ACRONYM,
                            .acronym = true});
}

static void find_options(mz_name_scorer *scorer, const mz_name *query, const mz_name *entity, const uint16_t *likeness,
                         bool may_join) {
    uint64_t acronyms[MZ_ACRONYMS_MOST];
    size_t acronym_count = 0;
    bool organisations = query->organisation && entity->organisation;
    scorer->option_count = 0;
    scorer->joins_tried = 0;
    if (may_join) {
        if (organisations) acronym_count = mz_acronyms_of_name(entity, acronyms);
        table_joins(&scorer->query_joins, query);
        table_joins(&scorer->entity_joins, entity);
    }
    for (size_t i = 0; i < query->count; i++) {
        scorer->first_option[i] = (uint16_t)scorer->option_count;
        for (size_t j = 0; j < entity->count; j++)
            if (at(likeness, entity, i, j))
                add_option(scorer, query, entity,
                           (option){.query_first = (uint8_t)i,
                                    .query_count = 1,
                                    .entity_first = (uint8_t)j,
                                    .entity_count = 1,
                                    .likeness = at(likeness, entity, i, j)});
        if (!may_join) continue;
        if (organisations && i == 0) add_query_acronyms(scorer, query, entity);
        add_entity_acronym(scorer, query, entity, acronyms, acronym_count, i);
        add_query_joins(scorer, query, entity, likeness, i);
        add_entity_joins(scorer, query, entity, likeness, i);
    }
    scorer->first_option[query->count] = (uint16_t)scorer->option_count;
}

/* ---- who meets whom ---- */

/* Numbers the entity words that any option uses; returns how many. */
static unsigned mark_live(mz_name_scorer *scorer, const mz_name *entity) {
    uint8_t number[MZ_NAME_WORDS_MOST];
    bool used[MZ_NAME_WORDS_MOST] = {false};
    unsigned live = 0;
    for (size_t o = 0; o < scorer->option_count; o++)
        for (size_t k = 0; k < scorer->options[o].entity_count; k++) used[scorer->options[o].entity_first + k] = true;
    for (size_t j = 0; j < entity->count; j++) number[j] = used[j] ? (uint8_t)live++ : 0;
    for (size_t o = 0; o < scorer->option_count; o++) {
        option *candidate = &scorer->options[o];
        candidate->mask = 0;
        for (size_t k = 0; k < candidate->entity_count; k++)
            candidate->mask |= UINT64_C(1) << number[candidate->entity_first + k];
    }
    return live;
}

/* The exact best: over query words from the last to the first and sets of entity words still free. */
static void assign_exactly(mz_name_scorer *scorer, const mz_name *query, unsigned live) {
    size_t sets = (size_t)1 << live, n = query->count;
    memset(scorer->best + n * sets, 0, sets * sizeof scorer->best[0]);
    for (size_t i = n; i-- > 0;) {
        for (size_t taken = 0; taken < sets; taken++) {
            uint32_t best = scorer->best[(i + 1) * sets + taken];
            uint16_t choice = 0;
            for (size_t o = scorer->first_option[i]; o < scorer->first_option[i + 1]; o++) {
                const option *candidate = &scorer->options[o];
                if (taken & candidate->mask) continue;
                uint32_t gain =
                    candidate->gain + scorer->best[(i + candidate->query_count) * sets + (taken | candidate->mask)];
                if (gain > best) {
                    best = gain;
                    choice = (uint16_t)(o + 1);
                }
            }
            scorer->best[i * sets + taken] = best;
            scorer->choice[i * sets + taken] = choice;
        }
    }
    scorer->chosen_count = 0;
    for (size_t i = 0, taken = 0; i < n;) {
        uint16_t choice = scorer->choice[i * sets + taken];
        if (!choice) {
            i++;
            continue;
        }
        const option *candidate = &scorer->options[choice - 1];
        scorer->chosen[scorer->chosen_count++] = candidate;
        taken |= candidate->mask;
        i += candidate->query_count;
    }
}

/* Whether an option is better than another, each counted by the word: joins gain more only for being more words. */
static bool better_by_word(const option *candidate, const option *best) {
    uint64_t words = (uint64_t)candidate->query_count + candidate->entity_count;
    uint64_t best_words = (uint64_t)best->query_count + best->entity_count;
    return candidate->gain * best_words > best->gain * words;
}

/* The words of the query as bits; an acronym may be of all that a name can have. */
static uint64_t query_bits(const option *candidate) {
    return (UINT64_MAX >> (64 - candidate->query_count)) << candidate->query_first;
}

/* For names of very many words: the best pair first, then the next that still fits. */
static void assign_greedily(mz_name_scorer *scorer) {
    uint64_t query_taken = 0, entity_taken = 0;
    scorer->chosen_count = 0;
    for (;;) {
        const option *best = NULL;
        for (size_t o = 0; o < scorer->option_count; o++) {
            const option *candidate = &scorer->options[o];
            uint64_t query_mask = query_bits(candidate);
            if ((query_mask & query_taken) || (candidate->mask & entity_taken)) continue;
            if (!best || better_by_word(candidate, best)) best = candidate;
        }
        if (!best) return;
        query_taken |= query_bits(best);
        entity_taken |= best->mask;
        scorer->chosen[scorer->chosen_count++] = best;
    }
}

/* ---- what it costs ---- */

typedef struct bill {
    const mz_prices *prices;
    const mz_name *query, *entity;
    mz_name_score *score;
    double weight, length; /* of the query's name */
} bill;

static mz_piece *charge(bill *b, mz_piece piece) {
    if (b->score->piece_count == MZ_NAME_PIECES_MOST) {
        /* nothing is dropped from the sum: the last piece takes it */
        mz_piece *last = &b->score->pieces[MZ_NAME_PIECES_MOST - 1];
        last->cost += piece.cost;
        last->bits += piece.bits;
        return last;
    }
    b->score->pieces[b->score->piece_count] = piece;
    return &b->score->pieces[b->score->piece_count++];
}

static mz_rule rule_of(const mz_name *query, const mz_name *entity, const option *met) {
    if (met->acronym) return MZ_RULE_INITIAL;
    if (met->query_count > 1 || met->entity_count > 1) return MZ_RULE_JOINED;
    const mz_name_word *a = &query->words[met->query_first], *b = &entity->words[met->entity_first];
    if (met->likeness == MZ_LIKENESS_SAME) return MZ_RULE_SAME;
    if (a->class == MZ_WORD_INITIAL || b->class == MZ_WORD_INITIAL) return MZ_RULE_INITIAL;
    if (met->likeness == MZ_LIKENESS_EQUIVALENT) return MZ_RULE_EQUIVALENT;
    return a->script == b->script ? MZ_RULE_SPELLING : MZ_RULE_SCRIPT;
}

static double bits_of(const mz_name_word *words, size_t count) {
    double bits = 0;
    for (size_t i = 0; i < count; i++) bits += words[i].bits;
    return bits;
}

/* An acronym of few letters proves little: other names have the same. */
static void charge_acronym(bill *b, const option *met, mz_piece *piece) {
    const mz_name_word *word =
        met->query_count > 1 ? &b->entity->words[met->entity_first] : &b->query->words[met->query_first];
    double letters = (double)mz_acronym_letters(word);
    piece->cost += b->prices->acronym * (9 / (letters * letters));
    piece->bits = 3 * (letters - 2);
}

/* The words that met. */
static void charge_met(bill *b, const mz_name_scorer *scorer) {
    for (size_t c = 0; c < scorer->chosen_count; c++) {
        const option *met = scorer->chosen[c];
        mz_rule rule = rule_of(b->query, b->entity, met);
        double weight = query_weight(b->query, met->query_first, met->query_count);
        double left = bits_of(b->query->words + met->query_first, met->query_count);
        double right = bits_of(b->entity->words + met->entity_first, met->entity_count);
        double bits = rule == MZ_RULE_INITIAL ? 2 : left < right ? left : right;
        double apart = mz_likeness_apart(b->prices, met->likeness);
        mz_piece piece = {.rule = rule,
                          .query_first = met->query_first,
                          .query_count = met->query_count,
                          .entity_first = met->entity_first,
                          .entity_count = met->entity_count,
                          .likeness = met->likeness,
                          .cost = spelled_cost(b->prices, b->length, weight, met->likeness),
                          .bits = bits * (1 - (apart > 1 ? 1 : apart)),
                          .share = weight + query_weight(b->entity, met->entity_first, met->entity_count)};
        if (met->acronym) charge_acronym(b, met, &piece);
        charge(b, piece);
    }
}

double mz_name_facing_weight(const mz_prices *prices, bool organisation, mz_word_class class, unsigned weight_percent) {
    /* a title is no other family; in firms' names no ship's mark, article or particle is another firm */
    if (class == MZ_WORD_TITLE || (organisation && weight_percent <= MZ_LIGHT_WEIGHT)) return 0;
    double weight = weight_percent / (double)MZ_WEIGHT_FULL;
    double least = 0;
    if (class == MZ_WORD_PLAIN && weight_percent > 50) least = prices->contradiction_weight;
    /* a place of several words has its weight spread over them */
    if (class == MZ_WORD_ACTIVITY || class == MZ_WORD_PLACE) least = prices->sibling_weight * weight / 0.5;
    return weight < least ? least : weight;
}

static double facing_weight(const mz_prices *prices, const mz_name *name, const mz_name_word *word) {
    return mz_name_facing_weight(prices, name->organisation, (mz_word_class)word->class, word->weight);
}

/* A word's part of what the words left over on its side cost: by what is due for it, and where a policy has nothing due
 * for any of them, each the same. */
static double part_of(double due_for_word, double due_for_all, size_t words) {
    return due_for_all > 0 ? due_for_word / due_for_all : 1 / (double)words;
}

/* Words left over: what faces each other contradicts, the rest is missing or extra. Articles, particles and titles
 * contradict nothing. */
static void charge_left(bill *b, const bool *query_met, const bool *entity_met) {
    const mz_prices *prices = b->prices;
    double query_left = 0, entity_left = 0, query_facing = 0, entity_facing = 0;
    size_t query_words = 0, entity_words = 0;
    for (size_t i = 0; i < b->query->count; i++)
        if (!query_met[i]) {
            query_words++;
            query_left += due(prices, &b->query->words[i]);
            query_facing += facing_weight(prices, b->query, &b->query->words[i]);
        }
    for (size_t j = 0; j < b->entity->count; j++)
        if (!entity_met[j]) {
            entity_words++;
            entity_left += due(prices, &b->entity->words[j]);
            entity_facing += facing_weight(prices, b->entity, &b->entity->words[j]);
        }
    double facing = query_facing < entity_facing ? query_facing : entity_facing;
    double missing = query_left > facing ? query_left - facing : 0,
           extra = entity_left > facing ? entity_left - facing : 0;
    double contradiction = prices->contradiction * facing / b->length;
    double query_cost = contradiction + prices->missing * missing / sqrt(b->weight);
    double entity_cost = prices->extra * extra / sqrt(b->weight + extra);
    for (size_t i = 0; i < b->query->count; i++) {
        bool contradicts = facing > 0.3 && b->query->words[i].weight > MZ_LIGHT_WEIGHT;
        if (query_met[i]) continue;
        charge(b, (mz_piece){.rule = contradicts ? MZ_RULE_DIFFERENT : MZ_RULE_MISSING,
                             .query_first = (uint8_t)i,
                             .query_count = 1,
                             .bits = contradicts ? -3 : -0.5,
                             .cost = query_cost * part_of(due(prices, &b->query->words[i]), query_left, query_words)});
    }
    for (size_t j = 0; j < b->entity->count; j++) {
        bool contradicts = facing > 0.3 && b->entity->words[j].weight > MZ_LIGHT_WEIGHT;
        if (entity_met[j]) continue;
        charge(b,
               (mz_piece){.rule = contradicts ? MZ_RULE_DIFFERENT : MZ_RULE_EXTRA,
                          .entity_first = (uint8_t)j,
                          .entity_count = 1,
                          .bits = contradicts ? 0 : -0.25,
                          .cost = entity_cost * part_of(due(prices, &b->entity->words[j]), entity_left, entity_words)});
    }
}

double mz_name_facing_rate(const mz_prices *prices, const mz_name *query) {
    double weight = weight_of_name(query);
    return prices->contradiction / length_of(weight) - prices->missing / sqrt(weight);
}

/* Let L be what is due for the query's words left, F what faces each other of all words left, and F' the same of those
 * words that meet nothing at all, so F' <= F. Their cost is C F + M max(0, L - F), with C >= M the prices of
 * contradiction and of missing; it grows with F, so it is at least (C - M) F' + M L; and M L with what the others cost
 * for their spelling is at least the sum of mz_name_word_loss. Everything else that is charged is not negative. */
double mz_name_least_cost(const mz_prices *prices, const mz_name *query, const mz_name *entity,
                          const uint16_t *likeness) {
    double cost = 0, query_facing = 0, entity_facing = 0;
    for (size_t i = 0; i < query->count; i++) {
        uint16_t best = 0;
        for (size_t j = 0; j < entity->count; j++)
            if (at(likeness, entity, i, j) > best) best = at(likeness, entity, i, j);
        cost += mz_name_word_loss(prices, query, i, best);
        if (!best) query_facing += facing_weight(prices, query, &query->words[i]);
    }
    for (size_t j = 0; j < entity->count; j++) {
        bool met = false;
        for (size_t i = 0; i < query->count && !met; i++) met = at(likeness, entity, i, j) != 0;
        if (!met) entity_facing += facing_weight(prices, entity, &entity->words[j]);
    }
    double facing = query_facing < entity_facing ? query_facing : entity_facing;
    return cost + mz_name_facing_rate(prices, query) * facing;
}

static bool same_numbers(const uint32_t *a, size_t count_a, const uint32_t *b, size_t count_b) {
    return count_a == count_b && (count_a == 0 || memcmp(a, b, count_a * sizeof *a) == 0);
}

/* Three different things: a form that is the same, one of the same family (Ltd and SARL), and any other. */
typedef enum legal_relation { LEGAL_DIFFERS, LEGAL_NEAR, LEGAL_SAME } legal_relation;

static legal_relation compare_legal(const mz_name *a, const mz_name *b) {
    legal_relation best = LEGAL_DIFFERS;
    for (size_t i = 0; i < a->legal_count; i++)
        for (size_t j = 0; j < b->legal_count; j++) {
            unsigned left = a->legal[i], right = b->legal[j], family = left >> MZ_LEXICON_FORM_BITS;
            if (left == right) return LEGAL_SAME;
            if (family && family == right >> MZ_LEXICON_FORM_BITS) best = LEGAL_NEAR;
        }
    return best;
}

static void charge_set_aside(bill *b) {
    const mz_prices *prices = b->prices;
    const mz_name *query = b->query, *entity = b->entity;
    if (!same_numbers(query->numbers, query->number_count, entity->numbers, entity->number_count)) {
        bool both = query->number_count && entity->number_count;
        charge(b, (mz_piece){.rule = MZ_RULE_NUMBER,
                             .cost = both ? prices->number_differs : prices->number_missing,
                             .bits = both ? -3 : -1});
    } else if (query->number_count) {
        charge(b, (mz_piece){.rule = MZ_RULE_NUMBER, .bits = 3});
    }
    if (query->legal_count && entity->legal_count) {
        legal_relation relation = compare_legal(query, entity);
        double cost = relation == LEGAL_SAME ? 0 : relation == LEGAL_NEAR ? prices->legal_near : prices->legal_differs;
        double bits = relation == LEGAL_SAME ? 1 : relation == LEGAL_NEAR ? 0 : -2;
        charge(b, (mz_piece){.rule = MZ_RULE_LEGAL_FORM, .cost = cost, .bits = bits});
    } else if (query->legal_count || entity->legal_count) {
        charge(b, (mz_piece){.rule = MZ_RULE_LEGAL_FORM, .cost = prices->legal_missing});
    }
}

static size_t whole_words(const mz_name *name) {
    size_t count = 0;
    for (size_t i = 0; i < name->count; i++) count += name->words[i].weight > MZ_LIGHT_WEIGHT;
    return count;
}

static bool out_of_order(const mz_name_scorer *scorer) {
    for (size_t a = 0; a < scorer->chosen_count; a++)
        for (size_t c = 0; c < scorer->chosen_count; c++)
            if (scorer->chosen[a]->query_first < scorer->chosen[c]->query_first &&
                scorer->chosen[a]->entity_first > scorer->chosen[c]->entity_first)
                return true;
    return false;
}

static bool common_to_firms(const mz_name_word *word) {
    return word->class == MZ_WORD_GENERIC || word->class == MZ_WORD_ACTIVITY || word->class == MZ_WORD_PLACE;
}

static bool suffix_left(const mz_name *name, const bool *met) {
    for (size_t i = 0; i < name->count; i++)
        if (name->words[i].role == MZ_ROLE_SUFFIX && !met[i]) return true;
    return false;
}

/* Father and son bear one name and are told apart by Jr and Sr, or II and III. */
static void charge_generation(bill *b, const bool *query_met, const bool *entity_met) {
    const mz_prices *prices = b->prices;
    bool query = suffix_left(b->query, query_met), entity = suffix_left(b->entity, entity_met);
    if (query && entity)
        charge(b, (mz_piece){.rule = MZ_RULE_DIFFERENT, .cost = prices->generation_differs, .bits = -2});
    else if (query || entity)
        charge(b, (mz_piece){.rule = query ? MZ_RULE_MISSING : MZ_RULE_EXTRA, .cost = prices->generation_missing});
}

/* The words before and behind the first bin, ibn, ben: son and father. */
static bool son_and_father(const mz_name *name, size_t *ret_son, size_t *ret_father) {
    size_t bin = 0, father;
    while (bin < name->count && name->words[bin].role != MZ_ROLE_FILIATION) bin++;
    for (father = bin + 1; father < name->count && name->words[father].class != MZ_WORD_PLAIN;) father++;
    if (father >= name->count) return false;
    for (size_t son = 0; son < bin; son++) {
        if (name->words[son].class != MZ_WORD_PLAIN) continue;
        *ret_son = son;
        *ret_father = father;
        return true;
    }
    return false;
}

static bool met_each_other(const mz_name_scorer *scorer, size_t query, size_t entity) {
    for (size_t c = 0; c < scorer->chosen_count; c++)
        if (scorer->chosen[c]->query_first == query && scorer->chosen[c]->entity_first == entity) return true;
    return false;
}

/* Ahmad bin Ali is the son of Ali, Ali bin Ahmad another man. */
static bool son_is_father(const bill *b, const mz_name_scorer *scorer) {
    size_t query_son, query_father, entity_son, entity_father;
    return son_and_father(b->query, &query_son, &query_father) &&
           son_and_father(b->entity, &entity_son, &entity_father) && met_each_other(scorer, query_son, entity_father) &&
           met_each_other(scorer, query_father, entity_son);
}

static bool given_meets(const mz_name_scorer *scorer, const mz_name *other, size_t father, bool of_query) {
    for (size_t c = 0; c < scorer->chosen_count; c++) {
        const option *met = scorer->chosen[c];
        if ((of_query ? met->query_first : met->entity_first) == father)
            return other->words[of_query ? met->entity_first : met->query_first].role == MZ_ROLE_GIVEN;
    }
    return false;
}

/* Karim bin Salim is not Salim: the one name's father is who the other name names, and its son is not there. */
static bool father_for_son(const bill *b, const mz_name_scorer *scorer, const bool *query_met, const bool *entity_met) {
    size_t son, father;
    if (son_and_father(b->query, &son, &father) && !query_met[son] && given_meets(scorer, b->entity, father, true))
        return true;
    return son_and_father(b->entity, &son, &father) && !entity_met[son] && given_meets(scorer, b->query, father, false);
}

/* What is due to the shape of the match as a whole. */
static void charge_shape(bill *b, const mz_name_scorer *scorer, const bool *query_met, const bool *entity_met) {
    const mz_prices *prices = b->prices;
    size_t query_words = whole_words(b->query), entity_words = whole_words(b->entity);
    bool joined = false, only_generic = true, left = false;
    for (size_t c = 0; c < scorer->chosen_count; c++) {
        joined |= scorer->chosen[c]->query_count > 1 || scorer->chosen[c]->entity_count > 1;
        for (size_t i = 0; i < scorer->chosen[c]->query_count; i++) {
            const mz_name_word *word = &b->query->words[scorer->chosen[c]->query_first + i];
            only_generic &= common_to_firms(word) || word->weight <= MZ_LIGHT_WEIGHT;
        }
    }
    for (size_t i = 0; i < b->query->count; i++) left |= !query_met[i] && b->query->words[i].weight > MZ_MEETING_WEIGHT;
    for (size_t j = 0; j < b->entity->count; j++)
        left |= !entity_met[j] && b->entity->words[j].weight > MZ_MEETING_WEIGHT;
    if (query_words == 1 && entity_words == 1) {
        for (size_t p = 0; p < b->score->piece_count; p++) b->score->pieces[p].cost *= prices->one_word;
    } else if ((query_words == 1 || entity_words == 1) && !joined) {
        charge(b, (mz_piece){.rule = query_words == 1 ? MZ_RULE_EXTRA : MZ_RULE_MISSING, .cost = prices->single});
    }
    if (b->query->organisation && b->entity->organisation && only_generic && left)
        charge(b, (mz_piece){.rule = MZ_RULE_DIFFERENT, .cost = prices->generic_only, .bits = -2});
    if (out_of_order(scorer))
        charge(b,
               (mz_piece){.rule = MZ_RULE_ORDER, .cost = son_is_father(b, scorer) ? prices->exchanged : prices->order});
    if (father_for_son(b, scorer, query_met, entity_met))
        charge(b, (mz_piece){.rule = MZ_RULE_DIFFERENT, .cost = prices->exchanged, .bits = -2});
    charge_generation(b, query_met, entity_met);
}

/* The sum in the order of the pieces, with what commonness adds spread over the words that met. */
static void add_up(bill *b) {
    const mz_prices *prices = b->prices;
    double bits = 0, shares = 0;
    for (size_t p = 0; p < b->score->piece_count; p++) {
        bits += b->score->pieces[p].bits;
        shares += b->score->pieces[p].share;
    }
    double common = prices->common / (1 + (bits > 0 ? bits : 0) / 8);
    b->score->cost = 0;
    for (size_t p = 0; p < b->score->piece_count; p++) {
        mz_piece *piece = &b->score->pieces[p];
        piece->share /= shares;
        piece->cost += common * piece->share;
        b->score->cost += piece->cost;
    }
    b->score->bits = bits;
}

bool mz_name_word_decides(const mz_name *query, size_t i) {
    return query->words[i].weight >= MZ_MEETING_WEIGHT && query->words[i].class != MZ_WORD_INITIAL;
}

bool mz_name_of_initials(const mz_name *query) {
    for (size_t i = 0; i < query->count; i++)
        if (mz_name_word_decides(query, i)) return false;
    return true;
}

static bool in_earnest(const mz_name *query, const mz_name *entity, const option *met) {
    if (mz_name_of_initials(query)) return rule_of(query, entity, met) != MZ_RULE_INITIAL;
    if (!met->acronym && rule_of(query, entity, met) == MZ_RULE_INITIAL) return false;
    for (size_t i = 0; i < met->query_count; i++)
        if (mz_name_word_decides(query, met->query_first + i)) return true;
    return false;
}

static size_t longest_word(const mz_name *name) {
    size_t longest = 0;
    for (size_t i = 0; i < name->count; i++)
        if (name->words[i].phone_count > longest) longest = name->words[i].phone_count;
    return longest;
}

/* Of one join, at most: up to three words of one side against one of the other. */
static uint64_t join_cells(const mz_name *query, const mz_name *entity) {
    return 3 * (uint64_t)longest_word(query) * longest_word(entity);
}

bool mz_name_score_pair(mz_name_scorer *scorer, const mz_prices *prices, const mz_name *query, const mz_name *entity,
                        const uint16_t *likeness, bool may_join, double most_cost, mz_name_score *ret_score) {
    ret_score->piece_count = 0;
    ret_score->cost = ret_score->bits = 0;
    ret_score->joins_tried = 0;
    ret_score->steps = 0;
    if (!query->count || !entity->count) return false;
    scorer->prices = prices;
    find_options(scorer, query, entity, likeness, may_join);
    ret_score->joins_tried = scorer->joins_tried;
    ret_score->steps = scorer->joins_tried ? scorer->joins_tried * join_cells(query, entity) : 0;
    if (!scorer->option_count) return false;
    unsigned live = mark_live(scorer, entity);
    if (live < 15 && ((query->count + 1) << live) <= MEMO_STATES) {
        assign_exactly(scorer, query, live);
        ret_score->steps += (uint64_t)(query->count + scorer->option_count) << live;
    } else {
        assign_greedily(scorer);
        ret_score->steps += (uint64_t)scorer->option_count * (scorer->chosen_count + 1);
    }
    bool query_met[MZ_NAME_WORDS_MOST] = {false}, entity_met[MZ_NAME_WORDS_MOST] = {false};
    bool met_in_earnest = false;
    for (size_t c = 0; c < scorer->chosen_count; c++) {
        const option *met = scorer->chosen[c];
        for (size_t i = 0; i < met->query_count; i++) query_met[met->query_first + i] = true;
        for (size_t j = 0; j < met->entity_count; j++) entity_met[met->entity_first + j] = true;
        met_in_earnest |= in_earnest(query, entity, met);
    }
    if (!met_in_earnest) return false;
    double weight = weight_of_name(query);
    bill b = {prices, query, entity, ret_score, weight, length_of(weight)};
    charge_met(&b, scorer);
    charge_left(&b, query_met, entity_met);
    charge_shape(&b, scorer, query_met, entity_met);
    charge_set_aside(&b);
    add_up(&b);
    return ret_score->cost <= most_cost;
}
