/* The index the other way round: names of very many queries against the names of a few listed entities.
 *
 * A run of continuous screening asks for each of a million subjects whether it hits one of some hundred entities that
 * are new. Asked one by one, each costs some seventy microseconds, two thirds of which go into comparing the same words
 * again and again. Here the words of all subjects are compared with those of the few once (kin.h). Then each name is
 * taken as the query that it is, in the direction in which it is judged, so that no rule of the scorer has to be read
 * backwards: what is missing from the listed name and what it has more are not priced alike, weak aliases are the
 * listed side's, and the length of the query's name is what contradictions are held against.
 *
 * Why nothing is lost. Let a pair of names have no join that meets. Its cost is at least (name_score.h)
 *
 *     sum over the query's words i of loss(i, u_i)  +  rate × min(Q, E)
 *
 * u_i: the likeness of the most alike word of the listed name; Q, E: what the words of the query and of the listed name
 * weigh that meet nothing. For all listed names at once, that is summed up from what meets: each pair of alike words
 * (i, j) of two names adds to their account what it saves, loss(i, nothing) - loss(i, likeness), and what i and j weigh
 * among those that meet. A word that meets several is entered several times: then more is saved, and less is left over,
 * than is true, and the sum is still no more than the cost. Names that no word leads to have nothing that meets. What
 * is left is bounded by mz_name_least_cost and scored by the scorer. Pairs with a join or an acronym are found apart
 * (few_joins.h) and scored. What is known beside the names only ever adds to a cost (entity_score.h), but for a number
 * that is the same, which is looked up by who calls.
 *
 * Sums are of single precision: SLACK is a thousand times what they are off.
 *
 * Rejected: the other direction of the same index, with listed names as queries on the subjects' image: of a bound from
 * above for each rule of the scorer that asks which side is the query's, a proof of its own; and the names of common
 * words, by the hundred thousand, would be read for each listed name that has one. Asking forward with words kept
 * (remembered.c): reading and taking apart the names alone costs a third of the time. */
#include "index/meeting.h"

#include "base/error.h"
#include "match/entity_score.h"
#include "match/word.h"

#include <stdlib.h>

static const float SLACK = 1e-3F;

enum { LIKENESSES = MZ_LIKENESS_SAME + 1 - MZ_LIKENESS_FLOOR };

struct mz_meeting_terms {
    mz_prices prices;
    double most_cost;
    float apart[LIKENESSES]; /* mz_likeness_apart */
    float *facing_of_use;    /* by use of a word of the few */
    float *facing_of_name;   /* by name of the few: of all its words */
    float *most_of_name;     /* by name of the few: what is left of most_cost, weak as it is */
};

/* What is known of a pair of names: the query's in hand, and one of the few. */
typedef struct account {
    float saved, query_met, few_met;
    uint32_t round; /* in which it was opened */
} account;

struct mz_meeting {
    const mz_index *image;
    const mz_few *few;
    const mz_kin_table *kin;
    mz_name_scorer *scorer;
    account *accounts; /* by name of the few */
    uint32_t *open;    /* names whose account is open */
    uint32_t open_count, round;
    mz_name_word words[MZ_NAME_WORDS_MOST], few_words[MZ_NAME_WORDS_MOST];
    uint16_t likeness[MZ_NAME_WORDS_MOST * MZ_NAME_WORDS_MOST];
    mz_name_score score;
    mz_meeting_counts counts;
};

/* ---- terms ---- */

void mz_meeting_terms_free(mz_meeting_terms *terms) {
    if (!terms) return;
    free(terms->facing_of_use);
    free(terms->facing_of_name);
    free(terms->most_of_name);
    free(terms);
}

static const mz_name_row *few_row(const mz_few *few, uint32_t few_name) {
    return &few->index->names[few->names.first + few_name];
}

static float facing_of(const mz_few *few, const mz_prices *prices, uint32_t few_name, uint32_t few_word) {
    const mz_word_row *word = &few->index->words[few->words[few_word]];
    return (float)mz_name_facing_weight(prices, few_row(few, few_name)->organisation, (mz_word_class)word->class,
                                        word->weight);
}

static void settle(const mz_few *few, mz_meeting_terms *terms) {
    for (unsigned k = 0; k < LIKENESSES; k++)
        terms->apart[k] = (float)mz_likeness_apart(&terms->prices, (uint16_t)(MZ_LIKENESS_FLOOR + k));
    for (uint32_t n = 0; n < few->name_count; n++) {
        mz_property property = (mz_property)few_row(few, n)->property;
        terms->most_of_name[n] = (float)(terms->most_cost - mz_weak_name_cost(&terms->prices, property, true)) + SLACK;
        terms->facing_of_name[n] = 0;
        for (uint32_t k = few->first_word[n]; k < few->first_word[n + 1]; k++)
            terms->facing_of_name[n] += facing_of(few, &terms->prices, n, few->name_words[k]);
    }
    for (uint32_t w = 0; w < few->word_count; w++)
        for (uint32_t u = few->first_use[w]; u < few->first_use[w + 1]; u++)
            terms->facing_of_use[u] = facing_of(few, &terms->prices, few->uses[u], w);
}

mz_status mz_meeting_terms_new(const mz_few *few, const mz_prices *prices, double most_cost,
                               mz_meeting_terms **ret_terms, mz_error *error) {
    mz_meeting_terms *terms = calloc(1, sizeof *terms);
    if (!terms) return mz_fail_memory(error);
    size_t uses = few->first_use[few->word_count];
    terms->prices = *prices;
    terms->most_cost = most_cost;
    terms->facing_of_use = malloc((uses + 1) * sizeof *terms->facing_of_use);
    terms->facing_of_name = malloc((few->name_count + (size_t)1) * sizeof *terms->facing_of_name);
    terms->most_of_name = malloc((few->name_count + (size_t)1) * sizeof *terms->most_of_name);
    if (!terms->facing_of_use || !terms->facing_of_name || !terms->most_of_name) {
        mz_meeting_terms_free(terms);
        return mz_fail_memory(error);
    }
    settle(few, terms);
    *ret_terms = terms;
    return MZ_OK;
}

/* ---- meetings ---- */

mz_status mz_meeting_new(const mz_index *image, const mz_few *few, const mz_kin_table *kin, mz_meeting **ret_meeting,
                         mz_error *error) {
    mz_meeting *m = calloc(1, sizeof *m);
    if (!m) return mz_fail_memory(error);
    m->image = image;
    m->few = few;
    m->kin = kin;
    m->scorer = mz_name_scorer_new();
    m->accounts = calloc(few->name_count + (size_t)1, sizeof *m->accounts);
    m->open = malloc((few->name_count + (size_t)1) * sizeof *m->open);
    if (!m->scorer || !m->accounts || !m->open) {
        mz_meeting_free(m);
        return mz_fail_memory(error);
    }
    *ret_meeting = m;
    return MZ_OK;
}

void mz_meeting_free(mz_meeting *m) {
    if (!m) return;
    mz_name_scorer_free(m->scorer);
    free(m->accounts);
    free(m->open);
    free(m);
}

mz_meeting_counts mz_meeting_count(const mz_meeting *m) {
    return m->counts;
}

static void begin(mz_meeting *m) {
    m->open_count = 0;
    m->counts.names++;
    if (++m->round) return;
    for (uint32_t n = 0; n < m->few->name_count; n++) m->accounts[n].round = 0;
    m->round = 1;
}

/* A word of the query, where it is left out and where it meets. */
typedef struct query_word {
    float missing, price, facing;
} query_word;

/* Enters one word of the query into the accounts of all names that it meets. */
static void enter_word(mz_meeting *m, const mz_meeting_terms *terms, uint32_t word, const query_word *of) {
    const mz_few *few = m->few;
    for (uint32_t r = m->kin->first[word]; r < m->kin->first[word + 1]; r++) {
        const mz_kin kin = m->kin->rows[r];
        float saved = of->missing - of->price * terms->apart[kin.likeness - MZ_LIKENESS_FLOOR];
        if (saved < 0) saved = 0;
        for (uint32_t u = few->first_use[kin.word]; u < few->first_use[kin.word + 1]; u++) {
            account *a = &m->accounts[few->uses[u]];
            if (a->round != m->round) {
                *a = (account){0, 0, 0, m->round};
                m->open[m->open_count++] = few->uses[u];
            }
            a->saved += saved;
            a->query_met += of->facing;
            a->few_met += terms->facing_of_use[u];
        }
    }
}

static bool is_comparable(const mz_meeting *m, const mz_meeting_query *query, uint32_t few_name) {
    const mz_name_row *row = few_row(m->few, few_name);
    return (row->organisation ? query->others : query->persons) &&
           mz_schema_comparable(query->schema, (mz_schema)m->few->index->entities[row->entity].schema);
}

/* A pair of names as a search scores it. */
static bool is_within(mz_meeting *m, const mz_meeting_query *query, const mz_name *name, uint32_t few_name,
                      bool joined) {
    const mz_few *few = m->few;
    const mz_meeting_terms *terms = query->terms;
    double most =
        terms->most_cost - mz_weak_name_cost(&terms->prices, (mz_property)few_row(few, few_name)->property, true);
    mz_name listed;
    if (!is_comparable(m, query, few_name)) return false;
    mz_index_name(few->index, few->names.first + few_name, m->few_words, &listed);
    for (size_t i = 0; i < name->count; i++)
        for (size_t j = 0; j < listed.count; j++)
            m->likeness[i * listed.count + j] = mz_kin_likeness(m->kin, mz_index_name_word(m->image, query->name, i),
                                                                few->name_words[few->first_word[few_name] + j]);
    if (!joined && mz_name_least_cost(&terms->prices, name, &listed, m->likeness) > most) return false;
    m->counts.scored++;
    return mz_name_score_pair(m->scorer, &terms->prices, name, &listed, m->likeness, joined, most, &m->score);
}

/* Whether any word of the name is alike to any of the few. */
static bool meets_anything(const mz_meeting *m, uint32_t name) {
    const mz_name_word_row *words = m->image->name_words + m->image->names[name].first_word;
    for (size_t i = 0; i < m->image->names[name].word_count; i++)
        if (m->kin->first[words[i].word] < m->kin->first[words[i].word + 1]) return true;
    return false;
}

bool mz_meeting_may_hit(mz_meeting *m, const mz_meeting_query *query) {
    const mz_meeting_terms *terms = query->terms;
    begin(m);
    if (!query->joined_count && !meets_anything(m, query->name)) return false;
    mz_name name;
    mz_index_name(m->image, query->name, m->words, &name);
    for (size_t k = 0; k < query->joined_count; k++)
        if (is_within(m, query, &name, query->joined[k].few_name, true)) return true;
    float missing = 0, facing = 0, rate = (float)mz_name_facing_rate(&terms->prices, &name);
    for (size_t i = 0; i < name.count; i++) {
        const query_word of = {(float)mz_name_word_loss(&terms->prices, &name, i, 0),
                               (float)mz_name_word_price(&terms->prices, &name, i),
                               (float)mz_name_facing_weight(&terms->prices, name.organisation,
                                                            (mz_word_class)name.words[i].class, name.words[i].weight)};
        missing += of.missing;
        facing += of.facing;
        enter_word(m, terms, mz_index_name_word(m->image, query->name, i), &of);
    }
    m->counts.met += m->open_count;
    for (uint32_t k = 0; k < m->open_count; k++) {
        uint32_t n = m->open[k];
        const account *a = &m->accounts[n];
        float query_left = facing - a->query_met, few_left = terms->facing_of_name[n] - a->few_met;
        float left = query_left < few_left ? query_left : few_left;
        float cost = missing - a->saved + (left > 0 ? rate * left : 0);
        if (cost <= terms->most_of_name[n] && is_within(m, query, &name, n, false)) return true;
    }
    return false;
}
