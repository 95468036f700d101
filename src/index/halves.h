/* Words by their halves: two trees of all words of one system and one `bare`, for finding those that sound alike.
 *
 * The first half of a word of n phones is its first (n + 1) / 2, the second the rest. One tree has the first halves,
 * read forward, one the second, read backward; a node is a beginning that halves share, its children stand together in
 * the order of their phones, and under it are the words that have just this half. So a search that has aligned a half
 * knows how many phones the other one has, but for one.
 *
 * Words are numbered in the order in which one goes through the first tree: by system, bare, first half, number of
 * phones, phones. The words of a node, and their phones, are then a run, and need no rows. For the second tree there
 * are lists of both, in the order of its own. */
#ifndef MIZAN_INDEX_HALVES_H
#define MIZAN_INDEX_HALVES_H

#include "base/buffer.h"
#include "index/image.h"

/* How many phones a half of a word of `count` has: the first; the second, when read backward. */
static inline size_t mz_half_count(size_t count, bool backward) {
    return backward ? count / 2 : (count + 1) / 2;
}

/* How many phones the other half has at least, where one has `half`; it may have one more. */
static inline size_t mz_half_other(size_t half, bool backward) {
    return backward ? half : half ? half - 1 : 0;
}

/* Whether a word is in the trees. */
static inline bool mz_word_sounds(uint8_t class, size_t phone_count) {
    return class != MZ_WORD_INITIAL && phone_count > 0;
}

/* The order of words of one system and one bare: less than 0, 0, more than 0. */
int mz_halves_order(const uint8_t *a, size_t a_count, const uint8_t *b, size_t b_count);

/* Appends to the four sections what they hold, of words that stand in order, the first `count` of `rows`. */
mz_status mz_halves_make(const mz_word_row *rows, uint32_t count, const uint8_t *phones, mz_buffer *trees,
                         mz_buffer *nodes, mz_buffer *endings, mz_buffer *beginnings, mz_error *error);

/* Whether the sections of an image are what mz_halves_make makes of its words, whose rows were checked; sets
 * `sound_count`. NULL, or what is wrong. */
const char *mz_halves_wrong(mz_index *index, uint32_t ending_count, uint64_t beginnings_size);

#endif
