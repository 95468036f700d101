/* Words that sound alike: two walks over the vocabulary, each for what begins well.
 *
 * The cheapest way to align a word with the query comes somewhere to the end of the word's first half. What it costs
 * less the share of what it has aligned is its worth (sound_walk.h); for a word within the floor that of both halves
 * together is 0 or less, so that of one of them is. A walk forward over the tree of first halves (halves.h) finds all
 * of them from which a cell of worth 0 or less is reached, and aligns the rest of the words that have such a half; a
 * walk backward over the second halves does the same from the words' ends. Two sounds in exchanged order may lie across
 * the middle: the way then does not come to the end of the first half, and half of what the exchange is worth counts
 * for each side (`straddling`).
 *
 * A walk leaves a branch where no cell of its row can lead to such an end: for the phones that may come next there is a
 * set, out of the cells' limits. Sounds in exchanged order pass over a row; they are looked for apart (`turns`), and
 * add the phones that they need to the set. Rows are whole, so the last one tells what a word costs to the bit,
 * whichever walk found it; words that both find are given out by the first.
 *
 * The first phones of listed words that have an article may be left out, whatever they cost: no branch is left before
 * their end, and words whose half is not longer than that are aligned wholly, forward. So the walk backward need not
 * know of articles that reach over the middle.
 *
 * Rejected: one walk with the whole limit (the breadth of the first phones is what costs: it makes six to ten times the
 * rows); signatures that count phones (order is what tells words apart); the least costs between classes of consonants,
 * vowels free (where costs are learned, the cheapest phone of a class speaks for all); trees for each number of phones
 * or for each pattern of vowels and consonants (their limits are nearer, but what they no longer share costs more);
 * joining the rows of both halves instead of aligning the rest (then halves of worth more than 0 are needed as well,
 * and there are too many). */
#include "index/alike.h"

#include "index/halves.h"
#include "match/sound_row.h"

#include <limits.h>
#include <stdlib.h>

/* How deep the walk is in a tree, and what it does there. */
typedef struct stage {
    uint32_t child, end; /* the next to look at */
    uint64_t heirs;      /* phones that may come next */
    uint64_t turns;      /* cells from which the next two sounds, in exchanged order, lead on */
    unsigned size;       /* of the phones so far */
} stage;

struct mz_alike {
    const mz_index *index;
    mz_sound_walk walk;
    mz_sound_cells rows[MZ_PHONES_MOST + 1];
    uint8_t path[MZ_PHONES_MOST];
    stage levels[MZ_SOUND_HALF_MOST + 1];
    uint64_t *seen; /* words found by the walk forward, a bit each */
    const mz_name_word *query;
    uint8_t kind;
    uint16_t floor;
    void (*found)(void *context, uint32_t word, uint16_t likeness);
    void *context;
    mz_alike_counts counts;
};

mz_alike *mz_alike_new(const mz_index *index) {
    void *memory;
    if (posix_memalign(&memory, _Alignof(mz_alike), sizeof(mz_alike)) != 0) return NULL;
    mz_alike *alike = memory;
    memset(alike, 0, sizeof *alike);
    alike->index = index;
    alike->seen = malloc((index->sound_count / 64 + 1) * sizeof *alike->seen);
    if (!alike->seen) {
        mz_alike_free(alike);
        return NULL;
    }
    return alike;
}

void mz_alike_free(mz_alike *alike) {
    if (!alike) return;
    free(alike->seen);
    free(alike);
}

mz_alike_counts mz_alike_count(const mz_alike *alike) {
    return alike->counts;
}

/* ---- rows ---- */

MZ_INLINE void make_row(mz_alike *a, size_t r, unsigned place) {
    const mz_sound_walk *walk = &a->walk;
    uint8_t x = a->path[r - 1];
    bool special = walk->count >= MZ_ROW_LANES || (r == walk->bare && !walk->backward) ||
                   (r > 1 && mz_sound_walk_turns(walk, a->path[r - 2], x));
    a->counts.rows++;
    if (special)
        mz_sound_walk_row(walk, a->rows, a->path, r, place);
    else
        mz_lanes_row(&a->rows[r - 1], &walk->exchange[x], walk->omit[place][x], &a->rows[r]);
}

/* Whether a row has a cell within limits. */
MZ_INLINE bool any_within(const mz_sound_walk *walk, const mz_sound_cells *row, const mz_sound_cells *limits,
                          int share) {
    if (walk->count < MZ_ROW_LANES) return mz_lanes_within(row, limits, share);
    for (size_t j = 0; j <= walk->count; j++)
        if (row->at[j] <= limits->at[j] + share) return true;
    return false;
}

/* The phones with which a row leads into limits of the next one: exchanged for the query's next, or left out. */
MZ_INLINE uint64_t heirs_of(const mz_sound_walk *walk, const mz_sound_cells *row, const mz_sound_cells *limits,
                            int share, unsigned place) {
    uint64_t heirs = 0;
    if (walk->count < MZ_ROW_LANES) {
        mz_sound_cells steps;
        mz_lanes_steps(row, limits, &walk->omitted, share, &steps);
        for (size_t j = 0; j < walk->count; j++) heirs |= walk->exchanged_within[j + 1][steps.at[j]];
        return heirs | walk->omitted_within[place][mz_sound_walk_step(mz_lanes_slack(row, limits) + share)];
    }
    const int16_t *costs = row->at, *limit = limits->at, *omitted = walk->omitted.at;
    int slack = limit[walk->count] - costs[walk->count];
    for (size_t j = 0; j < walk->count; j++) {
        int exchanged = limit[j + 1] + omitted[j + 1] - omitted[j] - costs[j] + share;
        if (limit[j] - costs[j] > slack) slack = limit[j] - costs[j];
        heirs |= walk->exchanged_within[j + 1][mz_sound_walk_step(exchanged)];
    }
    return heirs | walk->omitted_within[place][mz_sound_walk_step(slack + share)];
}

/* By how much a row's best cell is within limits. */
MZ_INLINE int slack_of(const mz_sound_walk *walk, const mz_sound_cells *row, const mz_sound_cells *limits, int share) {
    if (walk->count < MZ_ROW_LANES) return mz_lanes_slack(row, limits) + share;
    int slack = limits->at[0] - row->at[0];
    for (size_t j = 1; j <= walk->count; j++)
        if (limits->at[j] - row->at[j] > slack) slack = limits->at[j] - row->at[j];
    return slack + share;
}

/* The cells from which the next two phones of the query are met in exchanged order, within limits. */
MZ_INLINE uint64_t turns_of(const mz_sound_walk *walk, const mz_sound_cells *row, const mz_sound_cells *limits,
                            int share) {
    uint64_t turns = 0;
    if (walk->count < MZ_ROW_LANES && !mz_lanes_within(row, limits, share)) return 0;
    for (size_t j = 0; j + 1 < walk->count; j++) turns |= (uint64_t)(row->at[j] <= limits->at[j] + share) << j;
    return turns;
}

/* The query's phones behind these cells. */
MZ_INLINE uint64_t phones_behind(const mz_sound_walk *walk, uint64_t cells, size_t behind) {
    uint64_t phones = 0;
    for (; cells; cells &= cells - 1) phones |= UINT64_C(1) << walk->query[(size_t)__builtin_ctzll(cells) + behind];
    return phones;
}

/* ---- words ---- */

static void give_out(mz_alike *a, uint32_t word, uint16_t by_sound) {
    uint64_t *seen = &a->seen[word / 64], bit = UINT64_C(1) << word % 64;
    if (*seen & bit) return;
    if (!a->walk.backward) *seen |= bit;
    uint16_t likeness = by_sound;
    if (by_sound == MZ_LIKENESS_SAME || !mz_kinds_plain(a->kind, a->index->kinds[word])) {
        mz_name_word other;
        mz_index_word(a->index, word, &other);
        likeness = mz_word_likeness_by_sound(a->query, &other, by_sound);
    } else if (likeness > MZ_LIKENESS_OTHER_LETTERS) {
        likeness = MZ_LIKENESS_OTHER_LETTERS;
    }
    if (likeness >= a->walk.floor) a->found(a->context, word, likeness);
}

/* Words of one half and one number of phones: the phones of their other halves, as read, one word behind the other. */
typedef struct word_run {
    const uint8_t *phones;
    size_t half, other, stride;
    uint32_t first, count; /* words, or places in the list of them */
    uint64_t heirs;        /* phones with which the other half may begin */
    uint64_t turned;       /* those that stand in exchanged order with this half's last */
    int slack;             /* what the phones of the other half may waste together */
    bool wholly;           /* articles: no limit holds */
} word_run;

/* Aligns the rest of a word from phone `shared` of it on, whose rows before are there. Returns how many rows of the
 * rest are good for a word that shares them; *ret_likeness: 0 when it is not within the floor. */
MZ_INLINE size_t align_rest(mz_alike *a, const word_run *run, size_t shared, unsigned size, uint16_t *ret_likeness) {
    const mz_sound_walk *walk = &a->walk;
    size_t count = run->half + run->other;
    *ret_likeness = 0;
    for (size_t i = 0; i < run->other; i++) {
        size_t r = run->half + i + 1;
        size += walk->sizes[a->path[r - 1]];
        if (i < shared) continue;
        make_row(a, r, mz_sound_walk_place(walk, r, count));
        if (r == count || run->wholly || (walk->backward && count - r < walk->bare)) continue;
        if (!any_within(walk, &a->rows[r], &walk->rest[count - r], mz_sound_walk_share(walk, size)) &&
            !mz_sound_walk_turns(walk, a->path[r - 1], a->path[r]))
            return i + 1;
    }
    mz_sound_walk_close(walk, a->rows, count);
    *ret_likeness = mz_sound_walk_likeness(walk, &a->rows[count], size);
    return run->other;
}

MZ_INLINE bool wastes_more(const mz_sound_walk *walk, const uint8_t *phones, size_t count, int slack) {
    for (size_t i = 0; i < count; i++) slack -= walk->waste[phones[i]];
    return slack < 0;
}

MZ_INLINE void try_run(mz_alike *a, const word_run *run, unsigned size) {
    const uint8_t *phones = run->phones, *before = NULL;
    size_t good = 0; /* rows of the rest of the word before; `lost`: behind which no word is within the floor */
    bool lost = false;
    uint16_t likeness = 0;
    for (uint32_t i = 0; i < run->count; i++, phones += run->stride) {
        size_t shared = 0;
        if (run->other && !(run->heirs >> phones[0] & 1)) continue;
        if (run->other && !(run->turned >> phones[0] & 1) && wastes_more(&a->walk, phones, run->other, run->slack))
            continue;
        while (before && shared < good && before[shared] == phones[shared]) shared++;
        bool same = before && shared == good &&
                    (!lost || !mz_sound_walk_turns(&a->walk, a->path[run->half + good - 1], phones[good]));
        if (!same) {
            memcpy(a->path + run->half, phones, run->other);
            a->counts.words++;
            good = align_rest(a, run, shared, size, &likeness);
            lost = good < run->other;
            before = phones;
        }
        if (likeness) give_out(a, a->walk.backward ? a->index->endings[run->first + i] : run->first + i, likeness);
    }
}

/* The phones with which the other half may begin so that it and this one's last phone are two sounds of the query in
 * exchanged order, and what stands before them is worth half of what they lack at most. */
MZ_INLINE uint64_t straddling(const mz_alike *a, size_t half, unsigned size) {
    const mz_sound_walk *walk = &a->walk;
    if (!half) return 0;
    uint8_t x = a->path[half - 1];
    int share = mz_sound_walk_share(walk, size - walk->sizes[x]);
    uint64_t heirs = 0;
    for (uint64_t places = walk->places[x] >> 2; places; places &= places - 1) {
        size_t j = (size_t)__builtin_ctzll(places); /* the cell before the two */
        if (a->rows[half - 1].at[j] <= walk->turns[1].at[j] + share) heirs |= UINT64_C(1) << walk->query[j];
    }
    return heirs;
}

/* The phones with which the rest of a word within the floor may begin, from the end of its half. */
MZ_INLINE uint64_t heirs_of_rest(const mz_alike *a, size_t half, size_t other, int share) {
    const mz_sound_walk *walk = &a->walk;
    const mz_sound_cells *row = &a->rows[half];
    if (walk->backward && other <= walk->bare) return UINT64_MAX; /* an article may be all of it */
    unsigned place = mz_sound_walk_place(walk, half + 1, half + other);
    return heirs_of(walk, row, &walk->rest[other - 1], share, place) |
           phones_behind(walk, turns_of(walk, row, &walk->rest_turns[other], share), 1);
}

MZ_INLINE void try_words(mz_alike *a, const mz_sound_node *node, size_t half, unsigned size) {
    const mz_sound_walk *walk = &a->walk;
    bool backward = walk->backward, wholly = !backward && half < walk->bare;
    uint64_t heirs = straddling(a, half, size);
    int share = mz_sound_walk_share(walk, size);
    bool within = any_within(walk, &a->rows[half], &walk->ends[half], share);
    if (!within && !heirs && !wholly) return;
    word_run run = {.phones = backward ? a->index->beginnings + node->first_phone
                                       : a->index->phones + node->first_phone + half,
                    .half = half,
                    .first = node->first_word,
                    .turned = wholly ? UINT64_MAX : heirs,
                    .wholly = wholly};
    for (size_t which = 0; which < 2; which++) {
        run.other = mz_half_other(half, backward) + which;
        run.stride = backward ? run.other : half + run.other;
        run.count = node->word_counts[which];
        if (!run.count) continue;
        run.heirs = wholly ? UINT64_MAX : heirs;
        run.slack = INT_MAX;
        if (within && run.other) run.heirs |= heirs_of_rest(a, half, run.other, share);
        if (within && !(backward && walk->bare)) /* what an article wastes is not lost */
            run.slack = slack_of(walk, &a->rows[half], &walk->rest[run.other], share);
        try_run(a, &run, size);
        run.phones += run.count * run.stride;
        run.first += run.count;
    }
}

/* ---- trees ---- */

/* Sets what comes next behind a node's row. */
MZ_INLINE void look_ahead(mz_alike *a, const mz_sound_node *node, size_t depth) {
    const mz_sound_walk *walk = &a->walk;
    stage *level = &a->levels[depth];
    const mz_sound_cells *row = &a->rows[depth], *half = &walk->half[node->longest - 1], *on = &walk->on[depth + 1];
    int share = mz_sound_walk_share(walk, level->size);
    mz_sound_cells limits;
    if (walk->count < MZ_ROW_LANES)
        mz_lanes_least_of(half, on, &limits);
    else
        for (size_t j = 0; j <= walk->count; j++) limits.at[j] = half->at[j] < on->at[j] ? half->at[j] : on->at[j];
    level->heirs = !walk->backward && depth < walk->bare ? UINT64_MAX
                                                         : heirs_of(walk, row, &limits, share,
                                                                    depth            ? 1
                                                                    : walk->backward ? 2
                                                                                     : 0);
    level->turns = turns_of(walk, row, &walk->turns[node->longest], share);
    level->heirs |= phones_behind(walk, level->turns, 1);
    /* the node's phone as the first of two: the other stands before it in the query */
    if (depth) level->heirs |= phones_behind(walk, level[-1].turns & walk->places[a->path[depth - 1]] >> 2, 0);
}

MZ_INLINE void enter(mz_alike *a, const mz_sound_node *node, size_t depth) {
    stage *level = &a->levels[depth];
    level->child = node->first_child;
    level->end = node->first_child + node->child_count;
    if (node->word_counts[0] | node->word_counts[1]) try_words(a, node, depth, level->size);
    if (node->child_count) look_ahead(a, node, depth);
}

MZ_LANES_CLONES static void walk_tree(mz_alike *a, uint32_t root) {
    const mz_sound_node *nodes = a->index->sound_nodes;
    size_t depth = 0;
    a->rows[0] = a->walk.first;
    a->levels[0].size = 0;
    enter(a, &nodes[root], 0);
    for (;;) {
        stage *level = &a->levels[depth];
        if (level->child == level->end) {
            if (!depth--) return;
            continue;
        }
        const mz_sound_node *node = &nodes[level->child++];
        if (!(level->heirs >> node->phone & 1)) continue;
        a->path[depth++] = node->phone;
        make_row(a, depth, depth > 1 ? 1 : a->walk.backward ? 2 : 0);
        level[1].size = level->size + a->walk.sizes[node->phone];
        enter(a, node, depth);
    }
}

/* Trees of one system, one way. */
static void walk_trees(mz_alike *a, const mz_sound_tree *trees, size_t count, bool backward) {
    size_t half_most = 0;
    for (size_t t = 0; t < count; t++) {
        const mz_sound_node *root = &a->index->sound_nodes[backward ? trees[t].backward : trees[t].forward];
        if (half_most < root->longest) half_most = root->longest;
    }
    mz_sound_walk_start(&a->walk, a->query, (mz_sound_system)trees->system, trees->bare, backward, half_most, a->floor);
    for (size_t t = 0; t < count; t++) {
        mz_sound_walk_again(&a->walk, trees[t].bare);
        walk_tree(a, backward ? trees[t].backward : trees[t].forward);
    }
}

void mz_alike_find(mz_alike *alike, const mz_name_word *query, uint16_t floor,
                   void (*found)(void *context, uint32_t word, uint16_t likeness), void *context) {
    const mz_index *index = alike->index;
    const mz_sound_tree *trees = index->sound_trees;
    alike->query = query;
    alike->kind = mz_word_kind(query);
    alike->floor = floor;
    alike->found = found;
    alike->context = context;
    alike->counts = (mz_alike_counts){0, 0};
    memset(alike->seen, 0, (index->sound_count / 64 + 1) * sizeof *alike->seen);
    for (uint32_t t = 0, end; t < index->sound_tree_count; t = end) {
        for (end = t; end < index->sound_tree_count && trees[end].system == trees[t].system;) end++;
        for (int backward = 0; backward < 2; backward++) walk_trees(alike, trees + t, end - t, backward);
    }
}
