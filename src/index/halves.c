#include "index/halves.h"

#include "base/error.h"

#include <stdlib.h>

/* Compares phones as read; a word that the other begins with comes first. */
static int read_order(const uint8_t *a, size_t a_count, const uint8_t *b, size_t b_count, bool backward) {
    size_t most = a_count < b_count ? a_count : b_count;
    for (size_t i = 0; i < most; i++) {
        uint8_t left = backward ? *(a - i - 1) : a[i], right = backward ? *(b - i - 1) : b[i];
        if (left != right) return left < right ? -1 : 1;
    }
    return (a_count > b_count) - (a_count < b_count);
}

int mz_halves_order(const uint8_t *a, size_t a_count, const uint8_t *b, size_t b_count) {
    size_t a_half = mz_half_count(a_count, false), b_half = mz_half_count(b_count, false);
    int order = read_order(a, a_half, b, b_half, false);
    if (order) return order;
    if (a_count != b_count) return a_count < b_count ? -1 : 1;
    return memcmp(a + a_half, b + b_half, a_count - a_half);
}

/* ---- making ---- */

typedef struct ending {
    const uint8_t *end; /* of the word's phones */
    uint32_t word;
    uint8_t count;
} ending;

static int by_ending(const void *left, const void *right) {
    const ending *a = left, *b = right;
    size_t a_half = mz_half_count(a->count, true), b_half = mz_half_count(b->count, true);
    int order = read_order(a->end, a_half, b->end, b_half, true);
    if (order) return order;
    if (a->count != b->count) return a->count < b->count ? -1 : 1;
    order = read_order(a->end - a_half, a->count - a_half, b->end - b_half, b->count - b_half, true);
    return order ? order : (a->word > b->word) - (a->word < b->word);
}

typedef struct making {
    const mz_word_row *rows; /* forward */
    const ending *endings;   /* backward */
    const uint8_t *phones;
    bool backward;
    uint32_t first_word, next_phone; /* first_word: of the first word of the tree */
    mz_buffer *nodes;
} making;

static size_t count_of(const making *m, uint32_t i) {
    return m->backward ? m->endings[i].count : m->rows[i].phone_count;
}

static uint8_t phone_of(const making *m, uint32_t i, size_t depth) {
    return m->backward ? *(m->endings[i].end - depth - 1) : m->phones[m->rows[i].phones + depth];
}

static mz_sound_node *node_at(const making *m, uint32_t node) {
    return (mz_sound_node *)(void *)m->nodes->data + node;
}

static uint32_t append_nodes(const making *m, size_t count) {
    static const mz_sound_node none;
    uint32_t first = (uint32_t)(m->nodes->size / sizeof none);
    for (size_t i = 0; i < count; i++) mz_buffer_append(m->nodes, &none, sizeof none);
    return first;
}

/* The words of a node, which come before those of its children; returns the first behind them. */
static uint32_t put_words(making *m, uint32_t node, uint32_t low, uint32_t high, size_t depth) {
    mz_sound_node *row = node_at(m, node);
    row->first_word = m->first_word + low;
    row->first_phone = m->next_phone;
    for (; low < high && mz_half_count(count_of(m, low), m->backward) == depth; low++) {
        size_t count = count_of(m, low);
        row->word_counts[count - depth - mz_half_other(depth, m->backward)]++;
        m->next_phone += (uint32_t)(m->backward ? count - depth : count);
    }
    return low;
}

/* Fills in a node, whose words and those of its children are `low` to `high`. No deeper than half a word has phones. */
static void put_node(making *m, uint32_t node, uint32_t low, uint32_t high, size_t depth) {
    size_t child_count = 0;
    low = put_words(m, node, low, high, depth);
    for (uint32_t i = low; i < high; i++)
        if (i == low || phone_of(m, i, depth) != phone_of(m, i - 1, depth)) child_count++;
    uint32_t child = append_nodes(m, child_count), longest = 0;
    if (m->nodes->failed) return;
    node_at(m, node)->first_child = child;
    node_at(m, node)->child_count = (uint8_t)child_count;
    while (low < high) {
        uint32_t end = low + 1;
        uint8_t phone = phone_of(m, low, depth);
        while (end < high && phone_of(m, end, depth) == phone) end++;
        node_at(m, child)->phone = phone;
        put_node(m, child, low, end, depth + 1);
        if (m->nodes->failed) return;
        if (longest <= node_at(m, child)->longest) longest = node_at(m, child)->longest + 1u;
        low = end;
        child++;
    }
    node_at(m, node)->longest = (uint8_t)longest;
}

static uint32_t put_root(making *m, uint32_t count) {
    uint32_t root = append_nodes(m, 1);
    if (!m->nodes->failed) put_node(m, root, 0, count, 0);
    return root;
}

static void put_endings(const ending *sorted, uint32_t count, mz_buffer *endings, mz_buffer *beginnings) {
    for (uint32_t i = 0; i < count; i++) {
        mz_buffer_append(endings, &sorted[i].word, sizeof sorted[i].word);
        size_t second = mz_half_count(sorted[i].count, true);
        for (size_t p = second; p < sorted[i].count; p++) mz_buffer_append(beginnings, sorted[i].end - p - 1, 1);
    }
}

mz_status mz_halves_make(const mz_word_row *rows, uint32_t count, const uint8_t *phones, mz_buffer *trees,
                         mz_buffer *nodes, mz_buffer *endings, mz_buffer *beginnings, mz_error *error) {
    ending *sorted = malloc(((size_t)count + 1) * sizeof *sorted);
    if (!sorted) return mz_fail_memory(error);
    for (uint32_t low = 0, high = 0; low < count; low = high) {
        mz_sound_tree tree = {.system = rows[low].system, .bare = rows[low].bare};
        while (high < count && rows[high].system == tree.system && rows[high].bare == tree.bare) high++;
        tree.words = high - low;
        for (uint32_t i = low; i < high; i++)
            sorted[i - low] = (ending){phones + rows[i].phones + rows[i].phone_count, i, rows[i].phone_count};
        qsort(sorted, tree.words, sizeof *sorted, by_ending);
        making forward = {
            .rows = rows + low, .phones = phones, .first_word = low, .next_phone = rows[low].phones, .nodes = nodes};
        making backward = {.endings = sorted,
                           .backward = true,
                           .first_word = low,
                           .next_phone = (uint32_t)beginnings->size,
                           .nodes = nodes};
        tree.forward = put_root(&forward, tree.words);
        tree.backward = put_root(&backward, tree.words);
        put_endings(sorted, tree.words, endings, beginnings);
        mz_buffer_append(trees, &tree, sizeof tree);
    }
    free(sorted);
    return MZ_OK;
}

/* ---- checking ---- */

typedef struct checking {
    const mz_index *index;
    const mz_sound_tree *tree;
    bool backward;
    uint32_t next_word, end_word, next_node;
    uint64_t next_phone, phones_size;
    uint8_t path[MZ_PHONES_MOST / 2];
} checking;

/* Whether the half of a word is the path that leads to its node. */
static bool on_path(const checking *c, const uint8_t *phones, size_t count, size_t depth) {
    if (!c->backward) return memcmp(phones, c->path, depth) == 0;
    for (size_t i = 0; i < depth; i++)
        if (phones[count - 1 - i] != c->path[i]) return false;
    return true;
}

/* Whether the other half of the word that stands at next_word is what is kept of it, behind that of the word before. */
static bool beginning_right(const checking *c, const uint8_t *phones, size_t other, bool first) {
    const uint8_t *kept = c->index->beginnings + c->next_phone;
    for (size_t i = 0; i < other; i++)
        if (kept[i] != phones[other - 1 - i]) return false;
    if (first) return true;
    int order = memcmp(kept - other, kept, other);
    return order < 0 || (order == 0 && c->index->endings[c->next_word - 1] < c->index->endings[c->next_word]);
}

static bool words_right(checking *c, const mz_sound_node *node, size_t depth, size_t which) {
    const mz_index *index = c->index;
    size_t other = mz_half_other(depth, c->backward) + which, count = depth + other;
    uint32_t words = node->word_counts[which];
    if (!words) return true;
    size_t stride = c->backward ? other : count;
    if (words > c->end_word - c->next_word || !count || mz_half_count(count, c->backward) != depth ||
        (uint64_t)words * stride > c->phones_size - c->next_phone)
        return false;
    for (uint32_t i = 0; i < words; i++) {
        uint32_t word = c->backward ? index->endings[c->next_word] : c->next_word;
        if (word >= index->sound_count) return false;
        const mz_word_row *row = &index->words[word];
        const uint8_t *phones = index->phones + row->phones;
        if (row->system != c->tree->system || row->bare != c->tree->bare || row->phone_count != count ||
            !on_path(c, phones, count, depth))
            return false;
        if (c->backward ? !beginning_right(c, phones, other, i == 0) : row->phones != c->next_phone) return false;
        c->next_word++;
        c->next_phone += stride;
    }
    return true;
}

static bool node_right(checking *c, uint32_t number, size_t depth) {
    const mz_sound_node *node = &c->index->sound_nodes[number];
    uint32_t longest = 0, child = node->first_child, end = child + node->child_count;
    if (node->reserved || node->first_word != c->next_word || node->first_phone != c->next_phone) return false;
    for (size_t which = 0; which < 2; which++)
        if (!words_right(c, node, depth, which)) return false;
    if (child != c->next_node || node->child_count > c->index->sound_node_count - child) return false;
    if (node->child_count && depth == sizeof c->path) return false;
    c->next_node += node->child_count;
    for (; child < end; child++) {
        const mz_sound_node *row = &c->index->sound_nodes[child];
        if (row->phone >= MZ_PHONE_COUNT || (child > node->first_child && row[-1].phone >= row->phone)) return false;
        c->path[depth] = row->phone;
        if (!node_right(c, child, depth + 1)) return false;
        if (longest <= row->longest) longest = row->longest + 1u;
    }
    return longest == node->longest;
}

static bool root_right(checking *c, uint32_t root) {
    if (root != c->next_node || root >= c->index->sound_node_count || c->index->sound_nodes[root].phone) return false;
    c->next_node++;
    return node_right(c, root, 0) && c->next_word == c->end_word;
}

static bool trees_in_order(const mz_sound_tree *before, const mz_sound_tree *tree) {
    return before->system != tree->system ? before->system < tree->system : before->bare < tree->bare;
}

const char *mz_halves_wrong(mz_index *index, uint32_t ending_count, uint64_t beginnings_size) {
    uint64_t phones_size = 0;
    index->sound_count = 0;
    while (index->sound_count < index->word_count &&
           mz_word_sounds(index->words[index->sound_count].class, index->words[index->sound_count].phone_count))
        phones_size += index->words[index->sound_count++].phone_count;
    for (uint32_t i = index->sound_count; i < index->word_count; i++)
        if (mz_word_sounds(index->words[i].class, index->words[i].phone_count)) return "the order of words";
    if (ending_count != index->sound_count) return "their number";
    checking forward = {.index = index, .phones_size = phones_size};
    checking backward = {.index = index, .phones_size = beginnings_size, .backward = true};
    for (uint32_t t = 0; t < index->sound_tree_count; t++) {
        const mz_sound_tree *tree = &index->sound_trees[t];
        if (tree->reserved[0] || tree->reserved[1] || !tree->words || (t && !trees_in_order(tree - 1, tree)) ||
            tree->words > index->sound_count - forward.next_word)
            return "a tree";
        forward.tree = backward.tree = tree;
        forward.end_word = backward.end_word = forward.next_word + tree->words;
        forward.next_node = backward.next_node;
        if (!root_right(&forward, tree->forward)) return "a word by its first half";
        backward.next_node = forward.next_node;
        if (!root_right(&backward, tree->backward)) return "a word by its second half";
    }
    if (forward.next_word != index->sound_count || backward.next_node != index->sound_node_count ||
        backward.next_phone != beginnings_size)
        return "their number";
    return NULL;
}
