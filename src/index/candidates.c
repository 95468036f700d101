/* Finding every name that may reach a score, without looking at all of them.
 *
 * Why nothing is lost. The cost of a name against the query is a sum in which each word i of the query has at least
 * mz_name_word_loss(i, u), where u is the likeness of the most alike word, or join of words, of that name
 * (name_score.h). Let M be the sum of the losses of words that met nothing, and let the credit of a word be what
 * meeting u takes off its loss. A name whose cost is at most C then has credits of at least M - C together. It follows:
 *
 *  1. Words of the query are divided into drivers and passengers, such that all passengers together could not have
 *     credits of M - C. A name that meets only passengers is too dear, so each name within C meets a driver, and it is
 *     enough to look at the names that do. Words in which names do not meet in earnest (name_score.h) are always
 *     passengers; when M <= C no sum decides, and all others are drivers. A query of
 *     nothing but initials and light words is met by anything but an initial for a word, and all of that is found: all
 *     its words are drivers, and no name that was met is dropped.
 *  2. The words of the vocabulary that are alike to a driver are all found: by sound, by a walk that aligns it with all
 *     of them (alike.c says why that leaves out none); by meaning in the table of groups; initials, articles and words
 *     without sounds one by one. Joins need the same consonants, and are looked up by them, on both sides;
 *     so are acronyms, by the keys that the scorer compares (names/acronym.h).
 *  3. A name that was met gets, of each driver, the credit of its best meeting, and of each passenger the whole. If
 *     that is less than M - C it is too dear and is dropped; what remains are the candidates, and the scorer decides.
 *
 * The argument holds for any prices of which mz_prices_unsound has nothing to say. What is kept of former searches
 * (remembered.c) is how alike words are, which no price changes.
 *
 * Credits are rounded up, what is needed down. tests/index/lossless_test.c compares with the score of every name. */
#include "index/candidates.h"

#include "base/error.h"
#include "index/alike.h"
#include "index/remembered.h"
#include "match/name_score.h"
#include "names/acronym.h"

#include <math.h>
#include <stdlib.h>

enum { UNKNOWN = 0xFFFF, JOIN_LIKENESS_MOST = MZ_LIKENESS_SAME - MZ_LIKENESS_JOIN };
static const double CREDIT_UNIT = 1 << 20;

/* What is known of one word of the query against the vocabulary. */
typedef struct query_word {
    uint16_t *likeness; /* by word; UNKNOWN where not compared; NULL until used */
    uint32_t *compared; /* words whose likeness is known, to forget them again */
    uint32_t compared_count;
    bool complete; /* all that are alike are known: the unknown are 0 */
    bool driver;
    uint32_t credit[MZ_LIKENESS_SAME + 1 - MZ_LIKENESS_FLOOR]; /* by likeness from the floor */
} query_word;

struct mz_candidates {
    const mz_index *index;
    const mz_prices *prices; /* of the search in hand */
    const mz_name *query;
    query_word words[MZ_NAME_WORDS_MOST];
    uint32_t *credit;      /* by name: of all drivers so far */
    uint32_t *word_credit; /* by name: of the driver in hand */
    uint32_t *touched, touched_count;
    uint8_t *seen;   /* by name */
    uint8_t *joined; /* by name: a join was found */
    uint32_t *joins, join_count;
    uint32_t *met, met_count; /* names that the driver in hand met */
    uint32_t *found;
    mz_search_counts counts;
    mz_alike *alike;
    size_t comparing; /* the word that alike ones are looked for */
    mz_remembered remembered;
    uint64_t acronyms[MZ_ACRONYMS_MOST]; /* of the query's name */
    size_t acronym_count;
    mz_likeness_pair *pairs; /* room for as many as the vocabulary has words */
};

mz_status mz_candidates_new(const mz_index *index, mz_candidates **ret_candidates, mz_error *error) {
    mz_candidates *c = calloc(1, sizeof *c);
    if (!c) return mz_fail_memory(error);
    size_t names = (size_t)index->name_count + 1;
    c->index = index;
    c->credit = calloc(names, sizeof *c->credit);
    c->word_credit = calloc(names, sizeof *c->word_credit);
    c->touched = malloc(names * sizeof *c->touched);
    c->met = malloc(names * sizeof *c->met);
    c->found = malloc(names * sizeof *c->found);
    c->alike = mz_alike_new();
    c->pairs = malloc(((size_t)index->word_count + 1) * sizeof *c->pairs);
    c->seen = calloc(names, 1);
    c->joined = calloc(names, 1);
    c->joins = malloc(names * sizeof *c->joins);
    if (!c->alike || !c->pairs || !c->credit || !c->word_credit || !c->touched || !c->met || !c->found || !c->seen ||
        !c->joined || !c->joins) {
        mz_candidates_free(c);
        return mz_fail_memory(error);
    }
    *ret_candidates = c;
    return MZ_OK;
}

void mz_candidates_free(mz_candidates *c) {
    if (!c) return;
    for (size_t i = 0; i < MZ_NAME_WORDS_MOST; i++) {
        free(c->words[i].likeness);
        free(c->words[i].compared);
    }
    mz_alike_free(c->alike);
    mz_remembered_done(&c->remembered);
    free(c->pairs);
    free(c->credit);
    free(c->word_credit);
    free(c->touched);
    free(c->met);
    free(c->found);
    free(c->seen);
    free(c->joined);
    free(c->joins);
    free(c);
}

const mz_search_counts *mz_candidates_counts(const mz_candidates *c) {
    return &c->counts;
}

static bool prepare_word(mz_candidates *c, query_word *word) {
    size_t words = (size_t)c->index->word_count + 1;
    if (!word->likeness) {
        word->likeness = malloc(words * sizeof *word->likeness);
        word->compared = malloc(words * sizeof *word->compared);
        if (!word->likeness || !word->compared) {
            free(word->likeness), free(word->compared);
            word->likeness = NULL, word->compared = NULL;
            return false;
        }
        memset(word->likeness, 0xFF, words * sizeof *word->likeness);
        word->compared_count = 0;
    }
    for (uint32_t k = 0; k < word->compared_count; k++) word->likeness[word->compared[k]] = UNKNOWN;
    word->compared_count = 0;
    word->complete = word->driver = false;
    return true;
}

static uint16_t compare(mz_candidates *c, size_t i, uint32_t number) {
    query_word *word = &c->words[i];
    if (word->likeness[number] != UNKNOWN) return word->likeness[number];
    mz_name_word other;
    mz_index_word(c->index, number, &other);
    uint16_t likeness = mz_word_likeness(&c->query->words[i], &other);
    c->counts.words_compared++;
    word->likeness[number] = likeness;
    word->compared[word->compared_count++] = number;
    return likeness;
}

uint16_t mz_candidates_likeness(mz_candidates *c, size_t i, uint32_t word) {
    uint16_t known = c->words[i].likeness[word];
    if (known != UNKNOWN) return known;
    return c->words[i].complete ? 0 : compare(c, i, word);
}

/* ---- words of the vocabulary that are alike to a word of the query ---- */

static void compare_found(void *context, uint32_t word) {
    mz_candidates *c = context;
    (void)compare(c, c->comparing, word);
}

static void look_up_groups(mz_candidates *c, size_t i) {
    const mz_name_word *word = &c->query->words[i];
    for (size_t g = 0; g < MZ_WORD_GROUPS_MOST && word->groups[g]; g++) {
        const uint32_t *words;
        size_t count = mz_index_group(c->index, word->groups[g], &words);
        for (size_t k = 0; k < count; k++) (void)compare(c, i, words[k]);
    }
}

/* Enters what was found when the word was looked for before; false when it was not. */
static bool recall(mz_candidates *c, size_t i) {
    size_t count;
    const mz_likeness_pair *pairs = mz_remembered_find(&c->remembered, &c->query->words[i], &count);
    query_word *word = &c->words[i];
    if (!pairs) return false;
    for (size_t k = 0; k < count; k++) {
        word->likeness[pairs[k].word] = pairs[k].likeness;
        word->compared[word->compared_count++] = pairs[k].word;
    }
    word->complete = true;
    return true;
}

static void remember(mz_candidates *c, size_t i) {
    const query_word *word = &c->words[i];
    size_t count = 0;
    for (uint32_t k = 0; k < word->compared_count; k++) {
        uint16_t likeness = word->likeness[word->compared[k]];
        if (likeness) c->pairs[count++] = (mz_likeness_pair){word->compared[k], likeness};
    }
    mz_remembered_put(&c->remembered, &c->query->words[i], c->pairs, count);
}

static void find_alike(mz_candidates *c, size_t i) {
    const mz_name_word *word = &c->query->words[i];
    bool initial = word->class == MZ_WORD_INITIAL;
    if (!initial && recall(c, i)) return;
    for (uint32_t k = 0; k < c->index->special_count; k++) (void)compare(c, i, c->index->special[k]);
    c->comparing = i;
    if (word->phone_count) mz_alike_find(c->alike, c->index, word, compare_found, c);
    c->counts.sounds_read += c->index->sound_count;
    look_up_groups(c, i);
    /* words that an initial may stand for are many, and never a meeting in earnest: compared when asked for */
    c->words[i].complete = !initial;
    c->counts.words_scanned++;
    if (!initial) remember(c, i);
}

/* ---- names that have them ---- */

static void credit_name(mz_candidates *c, uint32_t name, uint32_t credit) {
    if (!credit) return;
    if (!c->word_credit[name]) c->met[c->met_count++] = name;
    if (c->word_credit[name] < credit) c->word_credit[name] = credit;
}

static uint32_t credit_of(const query_word *word, uint16_t likeness) {
    return likeness < MZ_LIKENESS_FLOOR ? 0 : word->credit[likeness - MZ_LIKENESS_FLOOR];
}

static void credit_join(mz_candidates *c, uint32_t name, uint32_t credit) {
    if (!c->joined[name]) {
        c->joined[name] = 1;
        c->joins[c->join_count++] = name;
    }
    credit_name(c, name, credit);
}

static void credit_word(mz_candidates *c, uint32_t word, uint32_t credit) {
    const mz_word_row *row = &c->index->words[word];
    for (uint32_t p = 0; p < row->posting_count; p++)
        credit_name(c, c->index->postings[row->first_posting + p], credit);
    c->counts.postings_read += row->posting_count;
}

/* Names whose neighbouring words, written together, have these consonants; or that have this acronym. */
static void credit_join_key(mz_candidates *c, uint64_t skeleton, uint32_t credit) {
    const uint32_t *names;
    size_t count = skeleton ? mz_index_joins(c->index, skeleton, &names) : 0;
    for (size_t k = 0; k < count; k++) credit_join(c, names[k], credit);
}

static void credit_entity_joins(mz_candidates *c, size_t i, uint32_t credit) {
    credit_join_key(c, c->query->words[i].skeleton, credit);
    if (c->query->organisation) credit_join_key(c, mz_acronym_of_word(&c->query->words[i]), credit);
}

/* Words of the vocabulary with the consonants of a join of the query's words that has word i in it. */
static void credit_skeleton(mz_candidates *c, uint64_t skeleton, uint32_t credit) {
    const mz_index *index = c->index;
    const uint32_t *words;
    size_t count = skeleton ? mz_index_skeletons(index, skeleton, &words) : 0;
    for (size_t k = 0; k < count; k++) {
        const mz_word_row *row = &index->words[words[k]];
        for (uint32_t p = 0; p < row->posting_count; p++)
            credit_join(c, index->postings[row->first_posting + p], credit);
        c->counts.postings_read += row->posting_count;
    }
}

static void credit_query_joins(mz_candidates *c, size_t i, uint32_t credit) {
    const mz_name *query = c->query;
    for (size_t a = 0; a < c->acronym_count; a++) credit_skeleton(c, c->acronyms[a], credit);
    for (size_t size = 2; size <= 3; size++)
        for (size_t first = i + 1 < size ? 0 : i + 1 - size; first <= i && first + size <= query->count; first++) {
            const mz_name_word *parts[3];
            for (size_t p = 0; p < size; p++) parts[p] = &query->words[first + p];
            credit_skeleton(c, mz_join_skeleton(parts, size), credit);
            if (size == 2 && query->count == 2) {
                const mz_name_word *turned[2] = {parts[1], parts[0]};
                credit_skeleton(c, mz_join_skeleton(turned, 2), credit);
            }
        }
}

static void drive(mz_candidates *c, size_t i) {
    query_word *word = &c->words[i];
    c->met_count = 0;
    for (uint32_t k = 0; k < word->compared_count; k++) {
        uint16_t likeness = word->likeness[word->compared[k]];
        if (likeness) credit_word(c, word->compared[k], credit_of(word, likeness));
    }
    uint32_t join_credit = credit_of(word, JOIN_LIKENESS_MOST);
    credit_entity_joins(c, i, join_credit);
    credit_query_joins(c, i, join_credit);
    for (uint32_t k = 0; k < c->met_count; k++) {
        uint32_t name = c->met[k];
        if (!c->seen[name]) {
            c->seen[name] = 1;
            c->touched[c->touched_count++] = name;
            c->credit[name] = 0;
        }
        c->credit[name] += c->word_credit[name];
        c->word_credit[name] = 0;
    }
}

/* ---- which words drive ---- */

static void set_credits(mz_candidates *c, size_t i) {
    double alone = mz_name_word_loss(c->prices, c->query, i, 0);
    for (unsigned likeness = MZ_LIKENESS_FLOOR; likeness <= MZ_LIKENESS_SAME; likeness++) {
        double credit = alone - mz_name_word_loss(c->prices, c->query, i, (uint16_t)likeness);
        /* at least one, so that a meeting is seen even where it takes nothing off */
        c->words[i].credit[likeness - MZ_LIKENESS_FLOOR] = (uint32_t)(ceil(credit * CREDIT_UNIT) + 1);
    }
}

/* Chooses the drivers and returns the credits they need to have together; may be 0. The commonest words are left to be
 * passengers first: reading their names is what costs. */
static uint32_t choose_drivers(mz_candidates *c, double most_cost) {
    const mz_name *query = c->query;
    double all = 0;
    for (size_t i = 0; i < query->count; i++) all += mz_name_word_loss(c->prices, query, i, 0);
    double needed = floor((all - most_cost) * CREDIT_UNIT) - 1;
    double passengers = 0;
    size_t order[MZ_NAME_WORDS_MOST];
    if (mz_name_of_initials(query)) {
        /* they are met only by the same words, all of which are found; what else they may stand for is not */
        for (size_t i = 0; i < query->count; i++) c->words[i].driver = true;
        return 0;
    }
    for (size_t i = 0; i < query->count; i++) {
        size_t at = i;
        for (; at > 0 && query->words[order[at - 1]].bits > query->words[i].bits; at--) order[at] = order[at - 1];
        order[at] = i;
    }
    for (size_t i = 0; i < query->count; i++)
        if (!mz_name_word_decides(query, i)) passengers += c->words[i].credit[MZ_LIKENESS_SAME - MZ_LIKENESS_FLOOR];
    for (size_t k = 0; k < query->count; k++) {
        size_t i = order[k];
        double credit = c->words[i].credit[MZ_LIKENESS_SAME - MZ_LIKENESS_FLOOR];
        if (!mz_name_word_decides(query, i)) continue;
        if (passengers + credit < needed)
            passengers += credit;
        else
            c->words[i].driver = true;
    }
    return needed > passengers ? (uint32_t)(needed - passengers) : 0;
}

static int ascending(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static void forget(mz_candidates *c) {
    for (uint32_t k = 0; k < c->touched_count; k++) c->seen[c->touched[k]] = 0;
    c->touched_count = 0;
}

static void forget_joins(mz_candidates *c) {
    for (uint32_t k = 0; k < c->join_count; k++) c->joined[c->joins[k]] = 0;
    c->join_count = 0;
}

bool mz_candidates_may_join(const mz_candidates *c, uint32_t name) {
    return c->joined[name] != 0;
}

mz_status mz_candidates_find(mz_candidates *c, const mz_prices *prices, const mz_name *query, double most_cost,
                             bool all, const uint32_t **ret_names, size_t *ret_count, mz_error *error) {
    forget_joins(c);
    c->prices = prices;
    c->query = query;
    c->acronym_count = mz_acronyms_of_name(query, c->acronyms);
    c->counts = (mz_search_counts){0};
    for (size_t i = 0; i < query->count; i++) {
        if (!prepare_word(c, &c->words[i])) return mz_fail_memory(error);
        set_credits(c, i);
    }
    size_t found = 0;
    if (all) {
        for (uint32_t n = 0; n < c->index->name_count; n++) c->found[found++] = n;
    } else {
        uint32_t needed = choose_drivers(c, most_cost);
        for (size_t i = 0; i < query->count; i++) {
            if (c->words[i].driver) {
                find_alike(c, i);
                drive(c, i);
            } else {
                /* names that a passenger meets by a join are not candidates for it, but are to be known */
                credit_entity_joins(c, i, 0);
                credit_query_joins(c, i, 0);
            }
        }
        c->counts.names_touched = c->touched_count;
        for (uint32_t k = 0; k < c->touched_count; k++)
            if (c->credit[c->touched[k]] >= needed) c->found[found++] = c->touched[k];
        forget(c);
        qsort(c->found, found, sizeof *c->found, ascending);
    }
    c->counts.candidates = found;
    *ret_names = c->found;
    *ret_count = found;
    return MZ_OK;
}
