/* Words in blocks, for finding those that sound alike: 64 words of one system, one `bare` and one number of phones, and
 * for each place in them a column of their phones (match/sound_sides.h).
 *
 * Words are numbered in this order: by system, bare, number of phones, phones. A block is then a run of words, a group
 * of blocks one of their phones, and neither needs to say which. Behind the last word of a group its last block is
 * filled with that word again. */
#ifndef MIZAN_INDEX_BLOCKS_H
#define MIZAN_INDEX_BLOCKS_H

#include "base/buffer.h"
#include "index/image.h"

/* Whether a word is in the blocks. */
static inline bool mz_word_sounds(uint8_t class, size_t phone_count) {
    return class != MZ_WORD_INITIAL && phone_count > 0;
}

static inline uint32_t mz_group_blocks(const mz_sound_group *group) {
    return (group->word_count + MZ_BLOCK_LANES - 1) / MZ_BLOCK_LANES;
}

/* The order of words of one system and one bare: less than 0, 0, more than 0. */
int mz_blocks_order(const uint8_t *a, size_t a_count, const uint8_t *b, size_t b_count);

/* Appends to the two sections what they hold, of words that stand in order, the first `count` of `rows`. */
void mz_blocks_make(const mz_word_row *rows, uint32_t count, const uint8_t *phones, mz_buffer *groups,
                    mz_buffer *columns);

/* Whether the sections of an image are what mz_blocks_make makes of its words, whose rows were checked; sets
 * `sound_count`. NULL, or what is wrong. */
const char *mz_blocks_wrong(mz_index *index, uint32_t column_count);

#endif
