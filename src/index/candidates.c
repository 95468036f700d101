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
 *  1. Let s be a likeness, the share, such that the losses of r1 … r_m at a likeness just below s add up to more than
 *     the cost. A name that meets each of these less than s is too dear; so it suffices to look for names of neighbours
 *     from s on, the vocabulary's words alike to a word of the query, and far fewer are alike so much. Where the losses
 *     of all words left out are within the cost, so that there is no share, neighbours are looked for down to where
 *     meeting them is worth anything (floor_of), and a name that has none of them has no score. The scorer
 *     assigns to each word of the query one of the name at most, and no word twice; let r_m be the first that it
 * assigns a word w at its share or better. The name is found by w, which then does not count for any other word of the
 *     query. Those before cost at least their losses just below s: w is passed over when its own loss is more than is
 *     left, and in contexts no word counts for r1 … r_(m-1) as more than that. And where those that meet nothing at all
 * weigh what the cost allows to face, the name must not: a name all but a few of whose full words meet is read only if
 * it has no more than the words of the query that are left can meet. Postings stand by how many others there are, so
 * this is where a run of them ends (postings.h).
 *  2. The neighbours from a word's share on are all found, with how alike they are: by sound (alike.h); by meaning in
 *     the table of groups; initials, articles and words without sounds one by one. Of what is less alike, only which
 *     words it may be is known, by their codes (neighbours.h), and these are taken to be as alike as can be below the
 *     share. Light words have no code and are compared. Where even that is not known, because few names are to be
 *     read, any word may be.
 *  3. Of each posting that is read its context tells what the name can cost at least (bound.h), and most are passed
 *     over without touching the name. Rare words may share a code: then more is thought to meet than does, never less.
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
#include "index/ahead.h"
#include "index/bound.h"
#include "index/joins.h"
#include "index/name_set.h"
#include "index/neighbours.h"
#include "match/name_score.h"
#include "names/acronym.h"

#include <math.h>
#include <stdlib.h>

enum {
    JOIN_LIKENESS_MOST = MZ_LIKENESS_SAME - MZ_LIKENESS_JOIN,
    JOIN_WORDS_MOST = 64,
    JOINS_WAITING = 16,
    ANY_NUMBER = UINT8_MAX, /* of other words of a name */
    SHARE_MOST = 880,
    SHARE_STEP = 20,
    ALONE_MOST = 48,  /* names up to which no word is sifted for their sake, */
    MANY_SHARE = 512, /* and one more for so many words of the vocabulary, as it costs more there; */
    VERY_MANY = 4     /* so many times as many, from which on all words of the query are */
};

/* A name whose words at a place, written together, are yet to be held against a word of the query. */
typedef struct waiting_join {
    uint32_t name;
    uint16_t floor;
    uint8_t place;
} waiting_join;

struct mz_candidates {
    const mz_index *index;
    const mz_prices *prices; /* of the search in hand */
    const mz_name *query;
    double most_cost;
    double apart[MZ_LIKENESS_SAME + 1 - MZ_LIKENESS_FLOOR]; /* mz_likeness_apart, of these prices */
    double clear, lost;                                     /* what it depends on of them */
    mz_neighbours near;
    /* words in which names meet in earnest, the rarest first; behind those that names are looked for by stand the light
     * ones, which only tell what a name has to do with the query */
    uint8_t drivers[MZ_NAME_WORDS_MOST];
    unsigned driver_count, reached_count, bound_count; /* reached: names are looked for by these; bound: has a lane */
    mz_bound bound;
    uint8_t lane_of[MZ_NAME_WORDS_MOST]; /* by word of the query; MZ_LANES: it has none */
    uint16_t share;                      /* likeness from which on the neighbours of drivers are looked up */
    mz_name_set found, joined;
    uint32_t join_words[JOIN_WORDS_MOST]; /* that words of the query, written together, meet; the first of them */
    unsigned join_word_count;
    waiting_join waiting[JOINS_WAITING];
    unsigned waiting_count;
    size_t by_acronym, kept_count; /* of the names found: the first, and those that stay */
    mz_work *work;                 /* of the search in hand */
    uint64_t words_left; /* a bit for each word of the query that the budget does not allow to be looked for */
    uint64_t acronyms[MZ_ACRONYMS_MOST]; /* of the query's name */
    size_t acronym_count;
};

mz_status mz_candidates_new(const mz_index *index, mz_candidates **ret_candidates, mz_error *error) {
    mz_candidates *c = calloc(1, sizeof *c);
    if (!c) return mz_fail_memory(error);
    c->index = index;
    bool ready = mz_neighbours_init(&c->near, index);
    ready = mz_name_set_init(&c->found, index->name_count) && ready;
    ready = mz_name_set_init(&c->joined, index->name_count) && ready;
    if (!ready) {
        mz_candidates_free(c);
        return mz_fail_memory(error);
    }
    *ret_candidates = c;
    return MZ_OK;
}

void mz_candidates_free(mz_candidates *c) {
    if (!c) return;
    mz_neighbours_done(&c->near);
    mz_name_set_done(&c->found);
    mz_name_set_done(&c->joined);
    free(c);
}

/* ---- words alike to words of the query ---- */

/* Whether the codes of all words alike to a word of the query are known, and this word's is none of them. */
static bool sifted_out(const mz_candidates *c, size_t i, uint32_t word) {
    const mz_query_word *of = &c->near.words[i];
    uint16_t code = c->index->word_codes[word];
    if (!of->searched || !of->sifted || of->floor > MZ_LIKENESS_FLOOR || code == MZ_CODE_NONE) return false;
    return c->lane_of[i] < c->bound.lane_count && !(c->bound.lanes[code] >> 8 * c->lane_of[i] & 0xFF);
}

uint16_t mz_candidates_likeness(mz_candidates *c, size_t i, uint32_t word) {
    const mz_query_word *of = &c->near.words[i];
    uint16_t known = of->likeness[word];
    if (known) return (uint16_t)(known - 1);
    bool all = of->searched && of->share == MZ_LIKENESS_FLOOR;
    return all || sifted_out(c, i, word) ? 0 : mz_neighbours_compare(&c->near, i, word);
}

/* How alike the neighbour number k of a word is to it; 0: not. */
static uint16_t likeness_of(const mz_query_word *word, uint32_t k) {
    return (uint16_t)(word->likeness[word->compared[k]] - 1);
}

/* False when the budget does not allow it. */
static bool may_find(mz_candidates *c, size_t i) {
    if (mz_work_left(c->work, MZ_WORK_FIND)) return true;
    c->words_left |= UINT64_C(1) << i;
    return false;
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
    uint64_t most;             /* what names to look for have in each lane at most */
} reading;

static const mz_bound_terms *terms_of(mz_candidates *c, const reading *by, uint8_t key) {
    return by->joined ? mz_bound_terms_of_join(&c->bound, by->joined, key)
                      : mz_bound_terms_of_word(&c->bound, by->rank, key);
}

/* The least likeness of words written together, before what joining takes away, with which a name that has so much to
 * spare is within the cost: what the lane lacks to the most alike join is at most that. */
static uint16_t join_floor(const mz_candidates *c, const reading *by, int32_t spare) {
    double apart =
        c->apart[JOIN_LIKENESS_MOST - MZ_LIKENESS_FLOOR] +
        (spare + 2) * c->bound.unit / (c->near.words[by->of].price > 1e-9 ? c->near.words[by->of].price : 1e-9);
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

/* Enters those of the names waiting whose words, written together, are alike enough; their rows are fetched for all
 * before they are looked at, as mz_ahead does. */
static void look_at_waiting(mz_candidates *c, const reading *by) {
    const mz_index *index = c->index;
    for (size_t k = 0; k < c->waiting_count; k++)
        __builtin_prefetch(&index->name_words[index->names[c->waiting[k].name].first_word]);
    for (size_t k = 0; k < c->waiting_count; k++)
        for (size_t j = 0; j < mz_place_size(c->waiting[k].place); j++)
            __builtin_prefetch(
                &index->words[mz_index_name_word(index, c->waiting[k].name, mz_place_first(c->waiting[k].place) + j)]);
    for (size_t k = 0; k < c->waiting_count; k++) {
        const waiting_join *w = &c->waiting[k];
        if (mz_index_place_meets(index, w->name, w->place, by->whole, w->floor))
            (void)mz_name_set_enter(&c->found, w->name);
    }
    c->waiting_count = 0;
}

/* Of posting p of a list of joins. A name that was met by another join already is judged by all that joins can do; and
 * none is taken for a join that is not alike enough. */
static int32_t spare_of_join(mz_candidates *c, const reading *by, const mz_bound_terms *terms, uint64_t lanes,
                             uint32_t p, const uint16_t *context, unsigned codes, bool hopeless) {
    const mz_index *index = c->index;
    uint32_t name = index->postings[p];
    uint8_t place = by->whole ? index->places[p - index->first_joined] : 0;
    bool again = !mz_name_set_enter(&c->joined, name), open = mz_key_is_open(index->keys[p]);
    if (hopeless && !again) return -1;
    int32_t spare = again && !open  ? mz_bound_spare_joined(&c->bound, terms, lanes, context, codes)
                    : again         ? mz_bound_spare_of_name(&c->bound, index, name, true)
                    : open && place ? mz_bound_spare_of_join(&c->bound, index, name, place, by->joined, by->best)
                    : open          ? mz_bound_spare_of_name(&c->bound, index, name, true)
                                    : mz_bound_spare(&c->bound, terms, lanes, context, codes);
    if (spare < 0 || !by->whole || mz_name_set_has(&c->found, name)) return spare;
    if (c->waiting_count == JOINS_WAITING) look_at_waiting(c, by);
    c->waiting[c->waiting_count++] =
        (waiting_join){name, again ? MZ_LIKENESS_JOIN_FLOOR : join_floor(c, by, spare), place};
    __builtin_prefetch(&index->names[name]);
    return -1;
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
        bool open = mz_key_is_open(key);
        const mz_bound_terms *terms = terms_of(c, by, key);
        uint64_t lanes = key & 1 ? mz_lanes_most(by->best, c->bound.light) : by->best;
        bool hopeless = !mz_bound_may_pass(&c->bound, terms, by->most);
        if (full > by->full_most || (hopeless && !by->joined)) {
            context += (size_t)codes * (next - p);
            mz_work_count(c->work, MZ_PLAN_POSTINGS_CROWDED, next - p);
            p = next;
            continue;
        }
        mz_work_count(c->work, MZ_PLAN_POSTINGS_READ, next - p);
        size_t before = c->found.count;
        uint32_t count = next - p;
        for (; p < next; p++, context += codes) {
            int32_t spare = by->joined ? spare_of_join(c, by, terms, lanes, p, context, codes, hopeless)
                            : open     ? mz_bound_spare_of_name(&c->bound, c->index, postings[p], false)
                                       : mz_bound_spare(&c->bound, terms, lanes, context, codes);
            if (spare >= 0) (void)mz_name_set_enter(&c->found, postings[p]);
        }
        if (c->waiting_count) look_at_waiting(c, by);
        mz_work_count(c->work, MZ_PLAN_POSTINGS_DEAR, count - (c->found.count - before));
    }
}

/* ---- names found by joins and acronyms ---- */

/* What meeting a word of this likeness spares against leaving word i out; below zero where it is dearer. */
static double spared(const mz_candidates *c, size_t i, uint16_t likeness) {
    return c->near.words[i].missing - c->near.words[i].price * c->apart[likeness - MZ_LIKENESS_FLOOR];
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
                            .full_most = ANY_NUMBER,
                            .joined = 1,
                            .most = UINT64_MAX,
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
        const reading by = {
            .best = lanes_of_join(c, i, size), .full_most = ANY_NUMBER, .joined = size, .most = UINT64_MAX};
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
        (void)mz_name_set_enter(&c->found, c->index->postings[p]);
        (void)mz_name_set_enter(&c->joined, c->index->postings[p]);
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

/* What is known of names that no driver before the one in hand has found: these meet less than their share. */
typedef struct stage {
    double loss;        /* what those before cost at least */
    double facing;      /* what those of them weigh that meet nothing */
    unsigned nothing;   /* how many these are */
    double most;        /* what the next may add */
    unsigned full_most; /* other full words of a name */
    uint64_t lanes;     /* what names have in each lane at most */
} stage;

/* Whether all words that it is worth to meet are known. */
static bool known_wholly(const mz_query_word *word) {
    return word->share <= word->floor;
}

/* What a word spares at most that is less alike than all that are known. */
static double spared_unknown(const mz_candidates *c, size_t i) {
    uint16_t share = c->near.words[i].share;
    return share > MZ_LIKENESS_FLOOR ? spared(c, i, (uint16_t)(share - 1)) : -INFINITY;
}

static void begin_stage(const mz_candidates *c, stage *of) {
    double rate = mz_name_facing_rate(c->prices, c->query),
           full = mz_name_facing_weight(c->prices, false, MZ_WORD_PLAIN, MZ_FULL_WEIGHT + 1);
    of->most = c->most_cost - of->loss;
    of->full_most = ANY_NUMBER;
    if (rate <= 0 || of->facing * rate <= of->most) return;
    double spare = floor(of->most / (rate * full)), able = (double)(c->query->count - of->nothing - 1);
    if (spare + able < ANY_NUMBER) of->full_most = (unsigned)(spare + able);
}

static uint64_t lane_mask(unsigned lane) {
    return UINT64_C(0xFF) << 8 * lane;
}

/* Lanes of names that driver d has not found are as low as those of words that are no neighbours of it. */
static void cap_lane(mz_candidates *c, unsigned d, stage *of) {
    const mz_query_word *word = &c->near.words[c->drivers[d]];
    double most = spared_unknown(c, c->drivers[d]);
    if (d >= c->bound.lane_count) return;
    for (uint32_t k = 0; k < word->compared_count; k++)
        if (likeness_of(word, k) >= word->share) mz_bound_cap(&c->bound, d, word->compared[k], most);
    of->lanes = (of->lanes & ~lane_mask(d)) | mz_bound_lane(&c->bound, d, most);
}

static void end_stage(mz_candidates *c, unsigned d, stage *of) {
    size_t i = c->drivers[d];
    const mz_name_word *word = &c->query->words[i];
    of->loss += mz_name_word_loss(c->prices, c->query, i, (uint16_t)(c->near.words[i].share - 1));
    if (known_wholly(&c->near.words[i])) {
        of->nothing++;
        of->facing +=
            mz_name_facing_weight(c->prices, c->query->organisation, (mz_word_class)word->class, word->weight);
    }
    cap_lane(c, d, of);
}

/* Names of a neighbour that driver d is assigned to, and so no other word of the query. */
static void enter_names_of_neighbour(mz_candidates *c, unsigned d, uint32_t word, uint16_t likeness, const stage *of) {
    const mz_index *index = c->index;
    reading by = {.full_most = of->full_most, .most = of->lanes, .rank = mz_rank_of_word(&index->words[word])};
    if (d < c->bound.lane_count) {
        by.best = mz_bound_lane(&c->bound, d, spared(c, c->drivers[d], likeness));
        by.most = (of->lanes & ~lane_mask(d)) | by.best;
    }
    enter_names(c, names_of_word(index, word), &by);
}

static void read_neighbours(mz_candidates *c, unsigned d, const stage *of) {
    size_t i = c->drivers[d];
    const mz_query_word *word = &c->near.words[i];
    for (uint32_t k = 0; k < word->compared_count; k++) {
        uint16_t likeness = likeness_of(word, k);
        if (!likeness || likeness < word->share) continue;
        double saved = spared(c, i, likeness);
        if (!may_find(c, i)) break;
        if (word->missing - (saved > 0 ? saved : 0) <= of->most)
            enter_names_of_neighbour(c, d, word->compared[k], likeness, of);
        else
            mz_work_count(c->work, MZ_PLAN_WORDS_FAR, 1);
    }
}

/* What neighbours of the word of a lane spare. */
static void meet_neighbours(mz_candidates *c, unsigned lane) {
    const mz_query_word *word = &c->near.words[c->drivers[lane]];
    for (uint32_t k = 0; k < word->compared_count; k++) {
        uint16_t likeness = likeness_of(word, k);
        if (likeness) mz_bound_meet(&c->bound, lane, word->compared[k], spared(c, c->drivers[lane], likeness));
    }
}

static void find_by_words(mz_candidates *c) {
    stage now = {.lanes = c->bound.lane_count ? UINT64_MAX >> (64 - 8 * c->bound.lane_count) : 0};
    for (unsigned d = 0; d < c->reached_count; d++) {
        begin_stage(c, &now);
        read_neighbours(c, d, &now);
        end_stage(c, d, &now);
    }
    for (unsigned lane = 0; lane < c->reached_count && lane < c->bound.lane_count; lane++) meet_neighbours(c, lane);
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
    static const uint16_t steps[] = {880, 820, 760, 700, 670, 640};
    double most = c->most_cost, price = c->near.words[i].price;
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
        losses += c->near.words[c->drivers[c->reached_count++]].missing;
    c->bound_count = c->reached_count;
    for (size_t i = 0; i < query->count; i++)
        if (!mz_name_word_decides(query, i) && query->words[i].class != MZ_WORD_INITIAL)
            insert_driver(c, c->bound_count++, i);
}

/* The losses of names that each of the drivers which are reached finds less alike than `share`. */
static double losses_below(const mz_candidates *c, uint16_t share) {
    double losses = 0;
    for (unsigned d = 0; d < c->reached_count; d++) {
        uint16_t least = c->near.words[c->drivers[d]].floor;
        if (least < share) least = share;
        losses += mz_name_word_loss(c->prices, c->query, c->drivers[d], (uint16_t)(least - 1));
    }
    return losses;
}

/* The likeness from which on it suffices to look for neighbours: names that meet all drivers less than that are too
 * dear. Where there is none, neighbours are looked for down to their floors. */
static void choose_share(mz_candidates *c) {
    for (c->share = SHARE_MOST; c->share > MZ_LIKENESS_FLOOR; c->share = (uint16_t)(c->share - SHARE_STEP))
        if (losses_below(c, c->share) > c->most_cost * (1 + 1e-9) + 1e-9) return;
}

static void look_up(mz_candidates *c, size_t i) {
    uint16_t floor = c->near.words[i].floor;
    mz_neighbours_find(&c->near, i, floor < c->share ? c->share : floor);
}

/* Gives lanes to the first drivers, whose neighbours are looked up. */
static void bind(mz_candidates *c, unsigned lane_count) {
    mz_bound_start(&c->bound, c->index, c->prices, c->query, c->drivers, lane_count, c->most_cost);
    memset(c->lane_of, MZ_LANES, sizeof c->lane_of);
    for (unsigned lane = 0; lane < lane_count; lane++) {
        size_t i = c->drivers[lane];
        const mz_query_word *word = &c->near.words[i];
        c->lane_of[i] = (uint8_t)lane;
        meet_neighbours(c, lane);
        if (known_wholly(word)) continue;
        if (word->sifted)
            mz_bound_may_meet(&c->bound, lane, word->codes, word->code_count, spared_unknown(c, i));
        else
            mz_bound_unknown(&c->bound, lane, spared_unknown(c, i));
    }
}

/* How many postings the joins of the query's words have. */
static uint64_t count_joins(const mz_candidates *c) {
    uint64_t count = 0;
    for (size_t i = 0; i < c->query->count; i++) {
        const uint32_t *rows;
        uint64_t key = c->query->words[i].skeleton;
        size_t row_count = key ? mz_index_joins(c->index, key, &rows) : 0;
        for (size_t k = 0; k < row_count; k++) count += names_of_join(c->index, rows[k]).count;
    }
    return count;
}

static uint64_t count_names(const mz_candidates *c, size_t i) {
    const mz_query_word *word = &c->near.words[i];
    uint64_t count = 0;
    for (uint32_t k = 0; k < word->compared_count; k++)
        if (likeness_of(word, k) && likeness_of(word, k) >= word->share)
            count += c->index->words[word->compared[k]].posting_count;
    return count;
}

/* What sifting a word saves is names of other words; and where these are very many, it is worth to look up words that
 * no names are looked for by. */
static void sift_lanes(mz_candidates *c) {
    unsigned most = c->driver_count < MZ_LANES ? c->driver_count : MZ_LANES;
    uint64_t counts[MZ_LANES] = {0}, sum = count_joins(c), many = ALONE_MOST + c->index->word_count / MANY_SHARE;
    for (unsigned d = 0; d < most && d < c->reached_count; d++) sum += counts[d] = count_names(c, c->drivers[d]);
    while (sum > VERY_MANY * many && c->bound_count < most && mz_work_left(c->work, MZ_WORK_FIND))
        look_up(c, c->drivers[c->bound_count++]);
    for (unsigned lane = 0; lane < most && lane < c->bound_count; lane++) {
        size_t i = c->drivers[lane];
        if (sum - counts[lane] <= many || known_wholly(&c->near.words[i])) continue;
        if (mz_work_left(c->work, MZ_WORK_FIND)) mz_neighbours_sift(&c->near, i);
    }
}

/* Looks up what is not known of the words of the first drivers; returns how many have a lane then, and whether there is
 * anything new. */
static unsigned look_up_rest(mz_candidates *c, bool *ret_new) {
    unsigned lanes = c->driver_count < MZ_LANES ? c->driver_count : MZ_LANES;
    *ret_new = false;
    for (unsigned lane = 0; lane < lanes; lane++) {
        const mz_query_word *word = &c->near.words[c->drivers[lane]];
        if (word->searched && (word->sifted || known_wholly(word))) continue;
        /* nothing is lost: names are judged by fewer words */
        if (!mz_work_left(c->work, MZ_WORK_FIND)) return lane > c->bound.lane_count ? lane : c->bound.lane_count;
        look_up(c, c->drivers[lane]);
        if (!known_wholly(word)) mz_neighbours_sift(&c->near, c->drivers[lane]);
        *ret_new = true;
    }
    return lanes;
}

/* Where many names are left, the words that were not looked up are, too. Names that drop out go behind those that stay.
 */
static void judge_again(mz_candidates *c) {
    unsigned before = c->bound.lane_count;
    uint64_t joins = c->bound.joins;
    bool any_new;
    if (c->kept_count <= ALONE_MOST + c->index->word_count / MANY_SHARE) return;
    mz_work_stage(c->work, MZ_PLAN_IN_WORDS);
    unsigned lanes = look_up_rest(c, &any_new);
    mz_work_stage(c->work, MZ_PLAN_IN_POSTINGS);
    if (!any_new) return;
    bind(c, lanes);
    for (unsigned lane = before; lane < lanes; lane++) joins |= lane_mask(lane); /* whether one meets was not asked */
    c->bound.joins = joins;
    uint32_t *names = c->found.names;
    c->kept_count = c->by_acronym;
    for (size_t k = c->by_acronym; k < c->found.count; k++) {
        uint32_t name = names[k];
        mz_ahead(c->index, names, k, c->found.count, false);
        if (mz_bound_spare_of_name(&c->bound, c->index, name, mz_name_set_has(&c->joined, name)) < 0) continue;
        names[k] = names[c->kept_count];
        names[c->kept_count++] = name;
    }
    mz_work_count(c->work, MZ_PLAN_NAMES_DEAR, c->found.count - c->kept_count);
}

/* A driver that the budget does not allow to be looked up, and those behind it, have no lane: they are taken to meet
 * something, and no name that was found by another is passed over for them. */
static void look_up_drivers(mz_candidates *c) {
    unsigned d = 0;
    choose_share(c);
    for (; d < c->bound_count && may_find(c, c->drivers[d]); d++) look_up(c, c->drivers[d]);
    for (unsigned k = d; k < c->reached_count; k++) c->words_left |= UINT64_C(1) << c->drivers[k];
    c->bound_count = d;
    if (c->reached_count > d) c->reached_count = d;
    sift_lanes(c);
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
        const mz_query_word *word = &c->near.words[i];
        if (!may_find(c, i)) continue;
        mz_work_stage(c->work, MZ_PLAN_IN_WORDS);
        mz_neighbours_find(&c->near, i, word->floor);
        mz_work_stage(c->work, MZ_PLAN_IN_POSTINGS);
        for (uint32_t k = 0; k < word->compared_count && may_find(c, i); k++)
            if (likeness_of(word, k))
                enter_names(c, names_of_word(c->index, word->compared[k]),
                            &(reading){.full_most = ANY_NUMBER,
                                       .most = UINT64_MAX,
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
    if (!mz_name_set_has(&c->joined, name)) return false;
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
        bool joined = mz_name_set_has(&c->joined, names[k]);
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
    mz_name_set_empty(&c->found);
    mz_name_set_empty(&c->joined);
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
    memset(c->lane_of, MZ_LANES, sizeof c->lane_of);
    if (!mz_neighbours_start(&c->near, query, work)) return mz_fail_memory(error);
    for (size_t i = 0; i < query->count; i++) {
        c->near.words[i].missing = mz_name_word_loss(prices, query, i, 0);
        c->near.words[i].price = mz_name_word_price(prices, query, i);
        whole_count += query->words[i].weight > MZ_LIGHT_WEIGHT;
    }
    for (size_t i = 0; i < query->count; i++) c->near.words[i].floor = floor_of(c, i, whole_count);
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
