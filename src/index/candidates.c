/* Finding every name that may reach a score, without looking at all of them.
 *
 * Why nothing is lost. The cost of a name against the query is at least
 *
 *     sum over the query's words i of mz_name_word_loss(i, u_i)  +  mz_name_facing_rate × min(Q, E)
 *
 * where u_i is the likeness of the most alike word, or join of words, of that name, Q what those words of the query
 * weigh that meet nothing, and E the same of the name's words (name_score.h). The second term is large: where a whole
 * word on each side meets nothing, no usual threshold is reached. So names within the cost either have all of the
 * query's words, or hardly any others. Let r1, r2, … be the words of the query in which names meet in earnest, in any
 * order; here the rarest is first.
 *
 *  1. A name that is found has a word alike to some of them, else it has no score. Let r_m be the first. The losses of
 *     r1 … r_(m-1), which meet nothing, add up to L_m: where that alone is above the cost, neither r_m nor any word
 *     behind it has names to look for, and their neighbours are not even looked up. With the loss of r_m at its
 * likeness to a word w added, w is passed over when that is too much. And where Q is then at least what the cost allows
 * to face, so must E not be: a name all but a few of whose full words meet is read only if it has no more than the
 *     words of the query that are left can meet. Postings stand by how many others there are, so this is where a run of
 *     them ends (postings.h).
 *  2. The words of the vocabulary that are alike to a word of the query, its neighbours, are all found: by sound
 *     (alike.h); by meaning in the table of groups; initials, articles and words without sounds one by one.
 *  3. Of each posting that is read its context tells what the name can cost at least (bound.h), and most are passed
 * over without touching the name. Rare words may share a code: then more is thought to meet than does, never less.
 *  4. Joins need the same consonants, and are looked up by them, on both sides, for all words of the query; so are
 *     acronyms, by the keys that the scorer compares (names/acronym.h). A name so found is judged by its words and by
 *     what joins can take off at most; one found by an acronym is a candidate as it is. A name that none of these
 *     look-ups gives has no join that meets.
 *  5. A query of nothing but initials and light words meets in earnest what is the same; all names with any word that
 *     meets are its candidates.
 *
 * The argument holds for any prices of which mz_prices_unsound has nothing to say. What is kept of former searches
 * (remembered.c) is how alike words are, which no price changes. tests/index/lossless_test.c compares with the score of
 * every name. */
#include "index/candidates.h"

#include "base/error.h"
#include "index/alike.h"
#include "index/bound.h"
#include "index/joins.h"
#include "index/remembered.h"
#include "match/name_score.h"
#include "names/acronym.h"

#include <math.h>
#include <stdlib.h>

enum {
    JOIN_LIKENESS_MOST = MZ_LIKENESS_SAME - MZ_LIKENESS_JOIN,
    JOIN_WORDS_MOST = 64,
    MANY_POSTINGS = 1024, /* to be read, and one more for so many words of the vocabulary */
    MANY_SHARE = 64,
    ALONE_MOST = 48 /* candidates up to which words that no lane is needed for are compared one by one */
};

/* Numbers of names, each once: a bit for each name of the image, and those set in the order in which they were. */
typedef struct name_set {
    uint64_t *bits;
    uint32_t *names;
    size_t count, room;
    bool starved;
} name_set;

/* What is known of one word of the query against the vocabulary. */
typedef struct query_word {
    uint16_t *likeness; /* by word, one more than it is; 0 where not compared; NULL until used */
    uint32_t *compared; /* words whose likeness is known, to forget them again */
    uint32_t compared_count;
    uint16_t floor;        /* what is less alike is not looked for: meeting it is too dear */
    bool searched;         /* all that are alike from the floor on are known */
    double missing, price; /* what it costs to leave it out, and to spell it otherwise (name_score.h) */
} query_word;

struct mz_candidates {
    const mz_index *index;
    const mz_prices *prices; /* of the search in hand */
    const mz_name *query;
    double most_cost;
    double apart[MZ_LIKENESS_SAME + 1 - MZ_LIKENESS_FLOOR]; /* mz_likeness_apart, of these prices */
    double clear, lost;                                     /* what it depends on of them */
    query_word words[MZ_NAME_WORDS_MOST];
    /* words in which names meet in earnest, the rarest first; behind those that names are looked for by stand the light
     * ones, which only tell what a name has to do with the query */
    uint8_t drivers[MZ_NAME_WORDS_MOST];
    unsigned driver_count, reached_count, bound_count; /* reached: names are looked for by these; bound: has a lane */
    mz_bound bound;
    name_set found, joined;
    uint32_t join_words[JOIN_WORDS_MOST]; /* that words of the query, written together, meet; the first of them */
    unsigned join_word_count;
    size_t by_acronym, kept_count; /* of the names found: the first, and those that stay */
    mz_work *work;                 /* of the search in hand */
    uint64_t words_left; /* a bit for each word of the query that the budget does not allow to be looked for */
    mz_alike *alike;
    size_t comparing; /* the word that alike ones are looked for */
    mz_remembered remembered;
    uint64_t acronyms[MZ_ACRONYMS_MOST]; /* of the query's name */
    size_t acronym_count;
    mz_likeness_pair *pairs; /* room for as many as the vocabulary has words */
};

/* ---- sets of names ---- */

static bool has(const name_set *set, uint32_t name) {
    return set->bits[name / 64] >> name % 64 & 1;
}

static bool make_room(name_set *set) {
    size_t room = set->room ? 2 * set->room : 1024;
    uint32_t *grown = realloc(set->names, room * sizeof *grown);
    if (!grown) {
        set->starved = true;
        return false;
    }
    set->names = grown;
    set->room = room;
    return true;
}

/* False when it was there already. */
static bool enter(name_set *set, uint32_t name) {
    if (has(set, name) || (set->count == set->room && !make_room(set))) return false;
    set->bits[name / 64] |= UINT64_C(1) << name % 64;
    set->names[set->count++] = name;
    return true;
}

static void empty(name_set *set) {
    for (size_t k = 0; k < set->count; k++) set->bits[set->names[k] / 64] = 0;
    set->count = 0;
    set->starved = false;
}

mz_status mz_candidates_new(const mz_index *index, mz_candidates **ret_candidates, mz_error *error) {
    mz_candidates *c = calloc(1, sizeof *c);
    if (!c) return mz_fail_memory(error);
    size_t blocks = (size_t)index->name_count / 64 + 1;
    c->index = index;
    c->alike = mz_alike_new(index);
    c->pairs = malloc(((size_t)index->word_count + 1) * sizeof *c->pairs);
    c->found.bits = calloc(blocks, sizeof *c->found.bits);
    c->joined.bits = calloc(blocks, sizeof *c->joined.bits);
    if (!c->alike || !c->pairs || !c->found.bits || !c->joined.bits) {
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
    free(c->found.bits);
    free(c->found.names);
    free(c->joined.bits);
    free(c->joined.names);
    free(c);
}

/* ---- words of the vocabulary that are alike to a word of the query ---- */

static bool prepare_word(mz_candidates *c, query_word *word) {
    size_t words = (size_t)c->index->word_count + 1;
    if (!word->likeness) {
        word->likeness = calloc(words, sizeof *word->likeness);
        word->compared = malloc(words * sizeof *word->compared);
        if (!word->likeness || !word->compared) {
            free(word->likeness), free(word->compared);
            word->likeness = NULL, word->compared = NULL;
            return false;
        }
    }
    for (uint32_t k = 0; k < word->compared_count; k++) word->likeness[word->compared[k]] = 0;
    word->compared_count = 0;
    word->searched = false;
    return true;
}

static void note(query_word *word, uint32_t number, uint16_t likeness) {
    if (word->likeness[number]) return;
    word->likeness[number] = (uint16_t)(likeness + 1);
    word->compared[word->compared_count++] = number;
}

static uint16_t compare(mz_candidates *c, size_t i, uint32_t number) {
    query_word *word = &c->words[i];
    if (word->likeness[number]) return (uint16_t)(word->likeness[number] - 1);
    mz_name_word other;
    mz_index_word(c->index, number, &other);
    uint16_t likeness = mz_word_likeness(&c->query->words[i], &other);
    mz_work_count(c->work, MZ_PLAN_WORDS_COMPARED, 1);
    mz_work_count(c->work, MZ_PLAN_CELLS_ALIGNED, (uint64_t)c->query->words[i].phone_count * other.phone_count);
    note(word, number, likeness);
    return likeness;
}

uint16_t mz_candidates_likeness(mz_candidates *c, size_t i, uint32_t word) {
    uint16_t known = c->words[i].likeness[word];
    if (known) return (uint16_t)(known - 1);
    bool all = c->words[i].searched && c->words[i].floor == MZ_LIKENESS_FLOOR;
    return all ? 0 : compare(c, i, word);
}

static void note_found(void *context, uint32_t word, uint16_t likeness) {
    mz_candidates *c = context;
    query_word *of = &c->words[c->comparing];
    if (!of->likeness[word]) note(of, word, likeness);
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
    uint64_t cost;
    const mz_likeness_pair *pairs =
        mz_remembered_find(&c->remembered, &c->query->words[i], c->words[i].floor, &count, &cost);
    if (!pairs) return false;
    mz_work_count(c->work, MZ_PLAN_WORDS_REMEMBERED, 1);
    mz_work_count(c->work, MZ_PLAN_WORDS_ALIKE, count);
    mz_work_charge(c->work, cost);
    for (size_t k = 0; k < count; k++) note(&c->words[i], pairs[k].word, pairs[k].likeness);
    c->words[i].searched = true;
    return true;
}

static void remember(mz_candidates *c, size_t i, uint64_t cost) {
    const query_word *word = &c->words[i];
    size_t count = 0;
    for (uint32_t k = 0; k < word->compared_count; k++) {
        uint16_t likeness = (uint16_t)(word->likeness[word->compared[k]] - 1);
        if (likeness) c->pairs[count++] = (mz_likeness_pair){word->compared[k], likeness};
    }
    mz_work_count(c->work, MZ_PLAN_WORDS_ALIKE, count);
    mz_remembered_put(&c->remembered, &c->query->words[i], word->floor, c->pairs, count, cost);
}

/* After a search as after a recollection: what was compared in vain is not known, so that the same is charged for
 * comparing it once more. */
static void forget_unlike(query_word *word) {
    uint32_t kept = 0;
    for (uint32_t k = 0; k < word->compared_count; k++) {
        uint32_t number = word->compared[k];
        if (word->likeness[number] > 1)
            word->compared[kept++] = number;
        else
            word->likeness[number] = 0;
    }
    word->compared_count = kept;
}

/* False when the budget does not allow it. */
static bool may_find(mz_candidates *c, size_t i) {
    if (mz_work_left(c->work, MZ_WORK_FIND)) return true;
    c->words_left |= UINT64_C(1) << i;
    return false;
}

static void find_alike(mz_candidates *c, size_t i) {
    const mz_name_word *word = &c->query->words[i];
    bool initial = word->class == MZ_WORD_INITIAL;
    if (c->words[i].searched || (!initial && recall(c, i))) return;
    uint64_t before = c->work->plan.work;
    mz_work_count(c->work, MZ_PLAN_WORDS_SEARCHED, 1);
    for (uint32_t k = 0; k < c->index->special_count; k++) (void)compare(c, i, c->index->special[k]);
    c->comparing = i;
    if (word->phone_count) {
        mz_alike_find(c->alike, word, c->words[i].floor, note_found, c);
        mz_work_count(c->work, MZ_PLAN_ROWS_WALKED, mz_alike_count(c->alike).rows);
        mz_work_count(c->work, MZ_PLAN_WORDS_ALIGNED, mz_alike_count(c->alike).words);
    }
    look_up_groups(c, i);
    /* words that an initial may stand for are many, and never a meeting in earnest: compared when asked for */
    c->words[i].searched = !initial;
    if (!initial) remember(c, i, c->work->plan.work - before);
    if (!initial) forget_unlike(&c->words[i]);
}

/* ---- lists of names ---- */

/* A run of postings. */
typedef struct posting_list {
    uint32_t first, count, first_context;
} posting_list;

static posting_list names_of_word(const mz_index *index, uint32_t word) {
    const mz_word_row *row = &index->words[word];
    return (posting_list){row->first_posting, row->posting_count, row->first_context};
}

static posting_list names_of_join(const mz_index *index, uint32_t join) {
    const mz_join_row *row = &index->joined[join];
    return (posting_list){row->first_posting, row->posting_count, row->first_context};
}

/* Where the run of postings of one key that begins at `p` ends: by steps that double, then by halving. */
static uint32_t run_end(const uint8_t *keys, uint32_t p, uint32_t end) {
    uint8_t key = keys[p];
    uint32_t step = 1, low = p;
    while (step < end - low && keys[low + step] == key) {
        low += step;
        step *= 2;
    }
    for (; step > 0; step /= 2)
        if (step < end - low && keys[low + step] == key) low += step;
    return low + 1;
}

/* By what a list is read: `best` are the lanes that its word meets, or the words written together. */
typedef struct reading {
    uint64_t best;
    unsigned full_most;        /* other full words of a name */
    mz_word_rank rank;         /* of its word */
    size_t joined;             /* words of the query that meet by a join; 0: by the word itself */
    const mz_name_word *whole; /* the word that words of the name, written together, are to meet; NULL: they do */
    size_t of;                 /* which word that is */
    bool driven;               /* a name that meets the word of this lane by a likelier word is found by that one */
    unsigned lane;
} reading;

static const mz_bound_terms *terms_of(mz_candidates *c, const reading *by, uint8_t key) {
    return by->joined ? mz_bound_terms_of_join(&c->bound, by->joined, key)
                      : mz_bound_terms_of_word(&c->bound, by->rank, key);
}

/* The least likeness of words written together, before what joining takes away, with which a name that has so much to
 * spare is within the cost: what the lane lacks to the most alike join is at most that. */
static uint16_t join_floor(const mz_candidates *c, const reading *by, int32_t spare) {
    double apart = c->apart[JOIN_LIKENESS_MOST - MZ_LIKENESS_FLOOR] +
                   (spare + 2) * c->bound.unit / (c->words[by->of].price > 1e-9 ? c->words[by->of].price : 1e-9);
    uint16_t low = MZ_LIKENESS_JOIN_FLOOR - MZ_LIKENESS_JOIN, high = JOIN_LIKENESS_MOST;
    while (low < high) {
        uint16_t middle = (uint16_t)((low + high) / 2);
        if (c->apart[middle - MZ_LIKENESS_FLOOR] <= apart)
            high = middle;
        else
            low = (uint16_t)(middle + 1);
    }
    return (uint16_t)(low + MZ_LIKENESS_JOIN);
}

/* Of posting p of a list of joins. A name that was met by another join already is judged by all that joins can do; and
 * none is taken for a join that is not alike enough. */
static int32_t spare_of_join(mz_candidates *c, const reading *by, const mz_bound_terms *terms, uint64_t lanes,
                             uint32_t p, const uint16_t *context, unsigned codes) {
    const mz_index *index = c->index;
    uint32_t name = index->postings[p];
    uint8_t place = by->whole ? index->places[p - index->first_joined] : 0;
    bool again = !enter(&c->joined, name), open = mz_key_full(index->keys[p]) == mz_key_full(MZ_KEY_OPEN);
    int32_t spare = again && !open  ? mz_bound_spare_joined(&c->bound, terms, lanes, context, codes)
                    : again         ? mz_bound_spare_of_name(&c->bound, index, name, true)
                    : open && place ? mz_bound_spare_of_join(&c->bound, index, name, place, by->joined, by->best)
                    : open          ? mz_bound_spare_of_name(&c->bound, index, name, true)
                                    : mz_bound_spare(&c->bound, terms, lanes, context, codes);
    if (spare < 0 || !by->whole || has(&c->found, name)) return spare;
    uint16_t floor = again ? MZ_LIKENESS_JOIN_FLOOR : join_floor(c, by, spare);
    return mz_index_place_meets(index, name, place, by->whole, floor) ? spare : -1;
}

static void enter_names(mz_candidates *c, posting_list list, const reading *by) {
    const uint32_t *postings = c->index->postings;
    const uint8_t *keys = c->index->keys;
    const uint16_t *context = c->index->contexts + list.first_context;
    uint32_t p = list.first, end = list.first + list.count;
    while (p < end) {
        uint8_t key = keys[p];
        uint32_t next = run_end(keys, p, end);
        unsigned codes = mz_key_codes(key), full = mz_key_full(key);
        bool open = full == mz_key_full(MZ_KEY_OPEN);
        const mz_bound_terms *terms = terms_of(c, by, key);
        uint64_t lanes = key & 1 ? mz_lanes_most(by->best, c->bound.light) : by->best;
        bool hopeless = by->driven && !mz_bound_may_pass(&c->bound, terms, by->lane, by->best);
        if (!open && (full > by->full_most || hopeless)) {
            context += (size_t)codes * (next - p);
            mz_work_count(c->work, MZ_PLAN_POSTINGS_CROWDED, next - p);
            p = next;
            continue;
        }
        mz_work_count(c->work, MZ_PLAN_POSTINGS_READ, next - p);
        size_t before = c->found.count;
        uint32_t count = next - p;
        for (; p < next; p++, context += codes) {
            int32_t spare = by->joined ? spare_of_join(c, by, terms, lanes, p, context, codes)
                            : open     ? mz_bound_spare_of_name(&c->bound, c->index, postings[p], false)
                                       : mz_bound_spare(&c->bound, terms, lanes, context, codes);
            if (spare >= 0) (void)enter(&c->found, postings[p]);
        }
        mz_work_count(c->work, MZ_PLAN_POSTINGS_DEAR, count - (c->found.count - before));
    }
}

/* ---- names found by joins and acronyms ---- */

/* What meeting a word of this likeness spares against leaving word i out; below zero where it is dearer. */
static double spared(const mz_candidates *c, size_t i, uint16_t likeness) {
    return c->words[i].missing - c->words[i].price * c->apart[likeness - MZ_LIKENESS_FLOOR];
}

/* The lanes of words i to i + size when words written together meet them, or they a word. */
static uint64_t lanes_of_join(mz_candidates *c, size_t i, size_t size) {
    uint64_t lanes = 0;
    for (unsigned lane = 0; lane < c->bound.lane_count; lane++)
        if (c->drivers[lane] >= i && c->drivers[lane] < i + size)
            lanes |= mz_bound_lane(&c->bound, lane, spared(c, c->drivers[lane], JOIN_LIKENESS_MOST));
    c->bound.joins |= lanes;
    return lanes;
}

/* A name's words, written together, meet word i. */
static void enter_names_of_join(mz_candidates *c, size_t i, uint64_t key) {
    const uint32_t *rows;
    size_t count = key ? mz_index_joins(c->index, key, &rows) : 0;
    for (size_t k = 0; k < count; k++) {
        const reading by = {.best = lanes_of_join(c, i, 1),
                            .full_most = MZ_CONTEXT_MOST,
                            .joined = 1,
                            .whole = &c->query->words[i],
                            .of = i};
        enter_names(c, names_of_join(c->index, rows[k]), &by);
    }
}

/* The query's words from i on, written together, meet a name's word. */
static void enter_names_of_joined(mz_candidates *c, const mz_name_word *const *parts, size_t size, bool turned,
                                  size_t i) {
    const mz_index *index = c->index;
    const uint32_t *words;
    mz_joined joined;
    size_t count = mz_join_sound(parts, size, &joined) ? mz_index_skeletons(index, joined.skeleton, &words) : 0;
    for (size_t k = 0; k < count; k++) {
        if (turned && !mz_script_unspaced((mz_script)index->words[words[k]].script)) continue;
        mz_work_count(c->work, MZ_PLAN_WORDS_COMPARED, 1);
        if (!mz_index_joined_meets(index, &joined, words[k])) continue;
        if (c->join_word_count < JOIN_WORDS_MOST) c->join_words[c->join_word_count] = words[k];
        c->join_word_count++;
        const reading by = {.best = lanes_of_join(c, i, size), .full_most = MZ_CONTEXT_MOST, .joined = size};
        enter_names(c, names_of_word(index, words[k]), &by);
    }
}

static void find_joined(mz_candidates *c) {
    const mz_name *query = c->query;
    for (size_t i = 0; i < query->count; i++) {
        const mz_name_word *word = &query->words[i];
        if (!may_find(c, i)) continue;
        enter_names_of_join(c, i, word->skeleton);
        if (mz_script_unspaced((mz_script)word->script)) enter_names_of_join(c, i, mz_turned_key(word->skeleton));
        for (size_t size = 2; size <= 3 && i + size <= query->count; size++) {
            const mz_name_word *const parts[3] = {&query->words[i], &query->words[i + 1], &query->words[i + size - 1]};
            enter_names_of_joined(c, parts, size, false, i);
            if (size == 2 && query->count == 2)
                enter_names_of_joined(c, (const mz_name_word *const[]){parts[1], parts[0]}, 2, true, i);
        }
    }
}

static void enter_as_it_is(mz_candidates *c, posting_list list) {
    for (uint32_t p = list.first; p < list.first + list.count; p++) {
        (void)enter(&c->found, c->index->postings[p]);
        (void)enter(&c->joined, c->index->postings[p]);
    }
    mz_work_count(c->work, MZ_PLAN_POSTINGS_READ, list.count);
}

static void find_acronyms(mz_candidates *c) {
    const mz_index *index = c->index;
    const uint32_t *rows;
    for (size_t a = 0; a < c->acronym_count; a++) {
        size_t count = mz_index_skeletons(index, c->acronyms[a], &rows);
        for (size_t k = 0; k < count; k++) enter_as_it_is(c, names_of_word(index, rows[k]));
    }
    for (size_t i = 0; i < c->query->count && c->query->organisation; i++) {
        uint64_t key = mz_acronym_of_word(&c->query->words[i]);
        size_t count = key ? mz_index_joins(index, key, &rows) : 0;
        for (size_t k = 0; k < count; k++) enter_as_it_is(c, names_of_join(index, rows[k]));
    }
    c->by_acronym = c->found.count;
}

/* ---- names found by a word ---- */

/* What is known of names that meet none of the drivers before the one in hand. */
typedef struct stage {
    double loss, facing; /* what these add to the cost, and weigh */
    double most;         /* what the next may add */
    unsigned full_most;  /* other full words of a name */
} stage;

static void begin_stage(const mz_candidates *c, unsigned number, stage *of) {
    double rate = mz_name_facing_rate(c->prices, c->query),
           full = mz_name_facing_weight(c->prices, false, MZ_WORD_PLAIN, MZ_FULL_WEIGHT + 1);
    of->most = c->most_cost - of->loss;
    of->full_most = MZ_CONTEXT_MOST;
    if (rate <= 0 || of->facing * rate <= of->most) return;
    double spare = floor(of->most / (rate * full)), able = (double)(c->query->count - number - 1);
    if (spare + able < MZ_CONTEXT_MOST) of->full_most = (unsigned)(spare + able);
}

static void end_stage(const mz_candidates *c, size_t i, stage *of) {
    const mz_name_word *word = &c->query->words[i];
    of->loss += mz_name_word_loss(c->prices, c->query, i, 0);
    of->facing += mz_name_facing_weight(c->prices, c->query->organisation, (mz_word_class)word->class, word->weight);
}

/* Names of a neighbour of driver d. */
static void enter_names_of_neighbour(mz_candidates *c, unsigned d, uint32_t word, uint16_t likeness, const stage *of) {
    const mz_index *index = c->index;
    uint16_t code = index->word_codes[word];
    double saved = spared(c, c->drivers[d], likeness);
    reading by = {.best = code == MZ_CODE_NONE ? c->bound.light : c->bound.lanes[code],
                  .full_most = of->full_most,
                  .rank = mz_rank_of_word(&index->words[word]),
                  .driven = d < c->bound.lane_count,
                  .lane = d};
    if (by.driven) by.best = (by.best & ~(UINT64_C(0xFF) << 8 * d)) | mz_bound_lane(&c->bound, d, saved);
    enter_names(c, names_of_word(index, word), &by);
}

static void find_by_words(mz_candidates *c) {
    stage now = {.loss = 0};
    for (unsigned d = 0; d < c->reached_count; d++) {
        size_t i = c->drivers[d];
        const query_word *word = &c->words[i];
        begin_stage(c, d, &now);
        for (uint32_t k = 0; k < word->compared_count; k++) {
            uint16_t likeness = (uint16_t)(word->likeness[word->compared[k]] - 1);
            double saved = likeness ? spared(c, i, likeness) : 0;
            if (!likeness) continue;
            if (!may_find(c, i)) break;
            if (word->missing - (saved > 0 ? saved : 0) <= now.most)
                enter_names_of_neighbour(c, d, word->compared[k], likeness, &now);
            else
                mz_work_count(c->work, MZ_PLAN_WORDS_FAR, 1);
        }
        end_stage(c, i, &now);
    }
}

/* ---- the search ---- */

static void set_apart(mz_candidates *c) {
    if (c->clear == c->prices->likeness_clear && c->lost == c->prices->likeness_lost) return;
    c->clear = c->prices->likeness_clear;
    c->lost = c->prices->likeness_lost;
    for (unsigned likeness = MZ_LIKENESS_FLOOR; likeness <= MZ_LIKENESS_SAME; likeness++)
        c->apart[likeness - MZ_LIKENESS_FLOOR] = mz_likeness_apart(c->prices, (uint16_t)likeness);
}

static void insert_driver(mz_candidates *c, unsigned at, size_t i) {
    for (unsigned k = c->driver_count++; k > at; k--) c->drivers[k] = c->drivers[k - 1];
    c->drivers[at] = (uint8_t)i;
}

/* The least likeness at which meeting is within the cost, in steps so that what is remembered serves other queries. A
 * query of one word meets names of one word or of several: one_word or single is due. Not so with an article beside it:
 * where that is joined, nothing is. */
static uint16_t floor_of(const mz_candidates *c, size_t i, size_t whole_count) {
    static const uint16_t steps[] = {880, 820, 760, 700};
    double most = c->most_cost, price = c->words[i].price;
    if (whole_count == 1 && c->query->count == 1) {
        double single = most - c->prices->single, one_word = most / c->prices->one_word;
        most = single > one_word ? single : one_word;
    }
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++)
        if (price * c->apart[steps[k] - 1 - MZ_LIKENESS_FLOOR] > most * (1 + 1e-9) + 1e-9) return steps[k];
    return MZ_LIKENESS_FLOOR;
}

/* Reading the names of common words is what costs: they come last, and most of the time not at all. */
static void order_drivers(mz_candidates *c) {
    const mz_name *query = c->query;
    double losses = 0;
    c->driver_count = c->reached_count = 0;
    for (size_t i = 0; i < query->count; i++) {
        unsigned at = 0;
        if (!mz_name_word_decides(query, i)) continue;
        while (at < c->driver_count && query->words[c->drivers[at]].bits >= query->words[i].bits) at++;
        insert_driver(c, at, i);
    }
    while (c->reached_count < c->driver_count && losses <= c->most_cost)
        losses += c->words[c->drivers[c->reached_count++]].missing;
    c->bound_count = c->reached_count;
    for (size_t i = 0; i < query->count; i++)
        if (!mz_name_word_decides(query, i) && query->words[i].class != MZ_WORD_INITIAL)
            insert_driver(c, c->bound_count++, i);
}

/* Gives lanes to the first drivers, whose neighbours are looked up. */
static void bind(mz_candidates *c, unsigned lane_count) {
    mz_bound_start(&c->bound, c->index, c->prices, c->query, c->drivers, lane_count, c->most_cost);
    for (unsigned lane = 0; lane < lane_count; lane++) {
        const query_word *word = &c->words[c->drivers[lane]];
        for (uint32_t k = 0; k < word->compared_count; k++) {
            uint16_t likeness = (uint16_t)(word->likeness[word->compared[k]] - 1);
            if (likeness) mz_bound_meet(&c->bound, lane, word->compared[k], spared(c, c->drivers[lane], likeness));
        }
    }
}

/* Where many names are left, the words that were not looked up are, too. Names that drop out go behind those that stay.
 */
static void judge_again(mz_candidates *c) {
    unsigned before = c->bound.lane_count, lanes = c->driver_count < MZ_LANES ? c->driver_count : MZ_LANES;
    uint64_t joins = c->bound.joins;
    if (c->kept_count <= ALONE_MOST || lanes <= before) return;
    mz_work_stage(c->work, MZ_PLAN_IN_WORDS);
    for (unsigned lane = before; lane < lanes; lane++) {
        if (!mz_work_left(c->work, MZ_WORK_FIND)) lanes = lane; /* nothing is lost: names are judged by fewer words */
        if (lane == lanes) break;
        find_alike(c, c->drivers[lane]);
        joins |= UINT64_C(0xFF) << 8 * lane; /* whether one meets was not asked */
    }
    mz_work_stage(c->work, MZ_PLAN_IN_POSTINGS);
    bind(c, lanes);
    c->bound.joins = joins;
    uint32_t *names = c->found.names;
    c->kept_count = c->by_acronym;
    for (size_t k = c->by_acronym; k < c->found.count; k++) {
        uint32_t name = names[k];
        if (mz_bound_spare_of_name(&c->bound, c->index, name, has(&c->joined, name)) < 0) continue;
        names[k] = names[c->kept_count];
        names[c->kept_count++] = name;
    }
    mz_work_count(c->work, MZ_PLAN_NAMES_DEAR, c->found.count - c->kept_count);
}

/* A driver that the budget does not allow to be looked up, and those behind it, have no lane: they are taken to meet
 * something, and no name that was found by another is passed over for them. */
static void look_up_drivers(mz_candidates *c) {
    unsigned d = 0;
    for (; d < c->bound_count && may_find(c, c->drivers[d]); d++) find_alike(c, c->drivers[d]);
    for (unsigned k = d; k < c->reached_count; k++) c->words_left |= UINT64_C(1) << c->drivers[k];
    c->bound_count = d;
    if (c->reached_count > d) c->reached_count = d;
}

static void find_by_bound(mz_candidates *c) {
    order_drivers(c);
    mz_work_stage(c->work, MZ_PLAN_IN_WORDS);
    look_up_drivers(c);
    mz_work_stage(c->work, MZ_PLAN_IN_POSTINGS);
    bind(c, c->bound_count < MZ_LANES ? c->bound_count : MZ_LANES);
    find_acronyms(c);
    find_by_words(c);
    find_joined(c);
    mz_work_count(c->work, MZ_PLAN_NAMES_MET, c->found.count);
    c->kept_count = c->found.count;
    judge_again(c);
}

/* Of initials and light words: whatever meets. */
static void find_all_that_meet(mz_candidates *c) {
    mz_bound_start(&c->bound, c->index, c->prices, c->query, c->drivers, 0, c->most_cost);
    find_acronyms(c);
    for (size_t i = 0; i < c->query->count; i++) {
        const query_word *word = &c->words[i];
        if (!may_find(c, i)) continue;
        mz_work_stage(c->work, MZ_PLAN_IN_WORDS);
        find_alike(c, i);
        mz_work_stage(c->work, MZ_PLAN_IN_POSTINGS);
        for (uint32_t k = 0; k < word->compared_count && may_find(c, i); k++)
            if (word->likeness[word->compared[k]] > 1)
                enter_names(c, names_of_word(c->index, word->compared[k]),
                            &(reading){.full_most = MZ_CONTEXT_MOST,
                                       .rank = mz_rank_of_word(&c->index->words[word->compared[k]])});
    }
    find_joined(c);
    c->kept_count = c->found.count;
    mz_work_count(c->work, MZ_PLAN_NAMES_MET, c->found.count);
}

static int ascending(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

bool mz_candidates_may_join(const mz_candidates *c, uint32_t name) {
    if (!has(&c->joined, name)) return false;
    if (c->by_acronym || c->join_word_count > JOIN_WORDS_MOST) return true;
    for (unsigned k = 0; k < c->join_word_count; k++)
        if (mz_index_has_word(c->index, name, c->join_words[k])) return true;
    return mz_index_joins_to(c->index, name, c->query->words, c->query->count);
}

typedef struct spare_name {
    int32_t spare;
    uint32_t name;
} spare_name;

static int most_spare_first(const void *left, const void *right) {
    const spare_name *a = left, *b = right;
    if (a->spare != b->spare) return a->spare > b->spare ? -1 : 1;
    return (a->name > b->name) - (a->name < b->name);
}

/* Where the budget may not suffice for all, those that have most to spare come first. */
static bool put_best_first(mz_candidates *c) {
    uint32_t *names = c->found.names;
    bool bound = !mz_name_of_initials(c->query);
    spare_name *order = malloc((c->kept_count + 1) * sizeof *order);
    if (!order) return false;
    for (size_t k = 0; k < c->kept_count; k++) {
        bool joined = has(&c->joined, names[k]);
        int32_t spare = bound ? mz_bound_spare_of_name(&c->bound, c->index, names[k], joined) : 0;
        order[k] = (spare_name){spare, names[k]};
    }
    if (c->kept_count) qsort(order, c->kept_count, sizeof *order, most_spare_first);
    for (size_t k = 0; k < c->kept_count; k++) names[k] = order[k].name;
    free(order);
    return true;
}

uint64_t mz_candidates_words_left(const mz_candidates *c) {
    return c->words_left;
}

mz_status mz_candidates_find(mz_candidates *c, mz_work *work, const mz_prices *prices, const mz_name *query,
                             double most_cost, const uint32_t **ret_names, size_t *ret_count, mz_error *error) {
    empty(&c->found);
    empty(&c->joined);
    c->work = work;
    c->words_left = 0;
    c->prices = prices;
    c->query = query;
    c->most_cost = most_cost;
    c->acronym_count = mz_acronyms_of_name(query, c->acronyms);
    c->join_word_count = 0;
    c->by_acronym = 0;
    size_t whole_count = 0;
    set_apart(c);
    for (size_t i = 0; i < query->count; i++) {
        if (!prepare_word(c, &c->words[i])) return mz_fail_memory(error);
        c->words[i].missing = mz_name_word_loss(prices, query, i, 0);
        c->words[i].price = mz_name_word_price(prices, query, i);
        whole_count += query->words[i].weight > MZ_LIGHT_WEIGHT;
    }
    for (size_t i = 0; i < query->count; i++) c->words[i].floor = floor_of(c, i, whole_count);
    if (mz_name_of_initials(query))
        find_all_that_meet(c);
    else
        find_by_bound(c);
    if (c->found.starved || c->joined.starved) return mz_fail_memory(error);
    if (c->kept_count) qsort(c->found.names, c->kept_count, sizeof *c->found.names, ascending);
    bool crowded = c->kept_count > mz_work_rest(work, MZ_WORK_COMPARE) / MZ_WORK_USUAL_PAIR;
    if (crowded && !put_best_first(c)) return mz_fail_memory(error);
    *ret_names = c->found.names;
    *ret_count = c->kept_count;
    return MZ_OK;
}
