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
 * A walk leaves a branch where no cell of its row can lead to such an end. Two sounds in exchanged order pass over a
 * row, which is made for their sake though nothing else leads through it (`may_turn`). Rows are whole, so the last one
 * tells what a word costs to the bit, whichever walk found it; words that both find are given out by the first.
 *
 * The first phones of listed words that have an article may be left out, whatever they cost: no branch is left before
 * their end, and words whose half is not longer than that are aligned wholly, forward. So the walk backward need not
 * know of articles that reach over the middle.
 *
 * Rejected: one walk with the whole limit (the breadth of the first phones is what costs: two and a half times the rows
 * over 54,000 words, four times over 1.4 million); signatures that count phones (order is what tells words apart); the
 * least costs between classes of consonants, vowels free (where costs are learned, the cheapest phone of a class speaks
 * for all); trees for each number of phones or for each pattern of vowels and consonants (their limits are nearer, but
 * what they no longer share costs more); joining the rows of both halves instead of aligning the rest (then halves of
 * worth more than 0 are needed as well, and there are too many); sets of the phones that may come next, by cell and
 * what it has left (trees have three or four children a node where it matters, and looking at them is cheaper than
 * making the set). */
#include "index/alike.h"

#include "index/halves.h"
#include "match/sound_row.h"

#include <stdlib.h>

/* How deep the walk is in a tree. */
typedef struct stage {
    uint32_t child, end; /* the next to look at */
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

/* Whether a row has a cell within both limits. */
MZ_INLINE bool within_both(const mz_sound_walk *walk, const mz_sound_cells *row, const mz_sound_cells *limits,
                           const mz_sound_cells *also, int share) {
    for (size_t j = 0; j <= walk->count; j++)
        if (row->at[j] <= (limits->at[j] < also->at[j] ? limits->at[j] : also->at[j]) + share) return true;
    return false;
}

MZ_INLINE bool any_within(const mz_sound_walk *walk, const mz_sound_cells *row, const mz_sound_cells *limits,
                          int share) {
    if (walk->count < MZ_ROW_LANES) return mz_lanes_within(row, limits, share);
    return within_both(walk, row, limits, limits, share);
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
    unsigned size;         /* of the half */
    uint8_t last;          /* its last phone */
    bool wholly;           /* articles: no limit holds */
    bool by_cell;
} word_run;

/* Aligns the rest of a word from phone `shared` of it on, whose rows before are there. Returns how many of its rows
 * hold for a word that shares those phones: not all, where it is not within the floor; then *ret_likeness is 0. */
MZ_INLINE size_t align_rest(mz_alike *a, const word_run *run, const uint8_t *phones, size_t shared,
                            uint16_t *ret_likeness) {
    const mz_sound_walk *walk = &a->walk;
    size_t count = run->half + run->other, bare = walk->backward ? 0 : walk->bare;
    unsigned size = run->size;
    *ret_likeness = 0;
    for (size_t i = 0; i < shared; i++) size += walk->sizes[phones[i]];
    for (size_t i = shared; i < run->other; i++) {
        uint8_t phone = phones[i], before = i ? phones[i - 1] : run->last;
        size_t r = run->half + i + 1, left = count - r;
        const mz_sound_cells *limits = &walk->rest[left];
        const uint8_t *omit = walk->omit[mz_sound_walk_place(walk, r, count)];
        size += walk->sizes[phone];
        int share = mz_sound_walk_share(walk, size);
        /* a row may be passed over by an exchange, and an article left out from before its first row */
        bool passed = (left && mz_sound_walk_turns(walk, phone, phones[i + 1])) || run->wholly ||
                      (walk->backward && left < walk->bare);
        a->counts.rows++;
        if (!run->by_cell && !mz_sound_walk_turns(walk, before, phone) && r != bare) {
            if (mz_lanes_row(&a->rows[r - 1], &walk->exchange[phone], omit[phone], limits, limits, share, &a->rows[r]))
                continue;
            if (!passed) return i + 1;
        }
        mz_sound_walk_row(walk, a->rows, r, (mz_sound_step){phone, before, mz_sound_walk_place(walk, r, count)});
        if (!passed && !any_within(walk, &a->rows[r], limits, share)) return i + 1;
    }
    mz_sound_walk_close(walk, a->rows, count);
    *ret_likeness = mz_sound_walk_likeness(walk, &a->rows[count], size);
    return SIZE_MAX;
}

/* Whether a word shares what the one before it was lost by, or is the same. */
MZ_INLINE bool same_as_before(const mz_alike *a, const word_run *run, const uint8_t *phones, size_t shared,
                              size_t good) {
    if (good == SIZE_MAX) return shared == run->other;
    return shared == good && (good == run->other || !mz_sound_walk_turns(&a->walk, phones[good - 1], phones[good]));
}

MZ_INLINE void try_run(mz_alike *a, const word_run *run) {
    const uint8_t *phones = run->phones, *before = NULL;
    size_t good = 0;
    uint16_t likeness = 0;
    for (uint32_t i = 0; i < run->count; i++, phones += run->stride) {
        size_t shared = 0;
        if (run->other && !(run->heirs >> phones[0] & 1)) continue;
        if (before)
            while (shared < run->other && shared < good && before[shared] == phones[shared]) shared++;
        if (!before || !same_as_before(a, run, phones, shared, good)) {
            a->counts.words++;
            if (shared && shared == good) shared--; /* of the row that was too dear nothing was made */
            good = align_rest(a, run, phones, shared, &likeness);
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

MZ_INLINE void try_words(mz_alike *a, const mz_sound_node *node, size_t half, unsigned size) {
    const mz_sound_walk *walk = &a->walk;
    bool backward = walk->backward, wholly = !backward && half < walk->bare;
    bool all = wholly || any_within(walk, &a->rows[half], &walk->ends[half], mz_sound_walk_share(walk, size));
    word_run run = {.phones = backward ? a->index->beginnings + node->first_phone
                                       : a->index->phones + node->first_phone + half,
                    .half = half,
                    .first = node->first_word,
                    .heirs = all ? UINT64_MAX : straddling(a, half, size),
                    .size = size,
                    .last = half ? a->path[half - 1] : 0,
                    .wholly = wholly,
                    .by_cell = walk->count >= MZ_ROW_LANES};
    if (!run.heirs) return;
    for (size_t which = 0; which < 2; which++) {
        run.other = mz_half_other(half, backward) + which;
        run.stride = backward ? run.other : half + run.other;
        run.count = node->word_counts[which];
        if (run.count) try_run(a, &run);
        run.phones += run.count * run.stride;
        run.first += run.count;
    }
}

/* ---- trees ---- */

/* The children of a node: what they have in common. */
typedef struct family {
    mz_sound_cells *rows; /* from their own on */
    size_t depth;
    unsigned size_before, place;
    uint8_t before;
    uint64_t turned; /* phones that stand right before the node's in the query */
    const uint8_t *omit;
    bool by_cell, all;
} family;

MZ_INLINE family family_at(mz_alike *a, size_t depth) {
    const mz_sound_walk *walk = &a->walk;
    unsigned place = depth > 1 ? 1 : walk->backward ? 2 : 0;
    uint8_t before = depth > 1 ? a->path[depth - 2] : 0;
    return (family){.rows = &a->rows[depth],
                    .depth = depth,
                    .size_before = a->levels[depth - 1].size,
                    .place = place,
                    .before = before,
                    .turned = depth > 1 ? walk->before[before] : 0,
                    .omit = walk->omit[place],
                    .by_cell = walk->count >= MZ_ROW_LANES || (depth == walk->bare && !walk->backward),
                    .all = !walk->backward && depth < walk->bare};
}

/* Whether the phone of a node may be the first of two sounds that stand in exchanged order in the query. */
MZ_INLINE bool may_turn(const mz_sound_walk *walk, const family *f, const mz_sound_node *node) {
    int share = mz_sound_walk_share(walk, f->size_before);
    for (uint64_t places = walk->places[node->phone] >> 2; places; places &= places - 1) {
        size_t j = (size_t)__builtin_ctzll(places);
        if (f->rows[-1].at[j] <= walk->turns[node->longest + 1].at[j] + share) return true;
    }
    return false;
}

/* Makes the row of a node; false: nothing behind it is of use, and none was made. */
MZ_INLINE bool step_into(mz_alike *a, const family *f, const mz_sound_node *node) {
    const mz_sound_walk *walk = &a->walk;
    uint8_t phone = node->phone;
    /* a half that ends there, or goes on */
    const mz_sound_cells *limits = node->longest ? &walk->half[node->longest] : &walk->ends[f->depth];
    const mz_sound_cells *also = node->longest ? &walk->on[f->depth] : limits;
    int share = mz_sound_walk_share(walk, f->size_before + walk->sizes[phone]);
    if (!f->by_cell && !(f->turned >> phone & 1)) {
        if (mz_lanes_row(f->rows - 1, &walk->exchange[phone], f->omit[phone], limits, also, share, f->rows))
            return true;
        if (!f->all && !may_turn(walk, f, node)) return false;
    }
    mz_sound_walk_row(walk, a->rows, f->depth, (mz_sound_step){phone, f->before, f->place});
    return f->all || within_both(walk, f->rows, limits, also, share) || may_turn(walk, f, node);
}

MZ_INLINE void enter(mz_alike *a, const mz_sound_node *node, size_t depth) {
    stage *level = &a->levels[depth];
    level->child = node->first_child;
    level->end = node->first_child + node->child_count;
    if (node->word_counts[0] | node->word_counts[1]) try_words(a, node, depth, level->size);
}

MZ_LANES_CLONES static void walk_tree(mz_alike *a, uint32_t root) {
    const mz_sound_node *nodes = a->index->sound_nodes;
    size_t depth = 0;
    a->rows[0] = a->walk.first;
    a->levels[0].size = 0;
    enter(a, &nodes[root], 0);
    for (;;) {
        stage *level = &a->levels[depth];
        const mz_sound_node *child = nodes + level->child, *end = nodes + level->end;
        if (child == end) {
            if (!depth--) return;
            continue;
        }
        family f = family_at(a, depth + 1);
        const mz_sound_node *first = child;
        while (child < end && !step_into(a, &f, child)) child++;
        a->counts.rows += (size_t)(child - first) + (child < end);
        level->child = (uint32_t)(child - nodes) + (child < end);
        if (child == end) continue;
        a->path[depth++] = child->phone;
        level[1].size = level->size + a->walk.sizes[child->phone];
        enter(a, child, depth);
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
