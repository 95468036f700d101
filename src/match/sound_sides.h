/* What bounds on the likeness of words (sound_bound.h) and alignments of many words at once (sound_cells.h) have in
 * common: words in blocks of 64, a byte for each phone, and the tables of costs as the query sees them. */
#ifndef MIZAN_MATCH_SOUND_SIDES_H
#define MIZAN_MATCH_SOUND_SIDES_H

#include "names/name.h"
#include "names/spelling.h"

#include <stdint.h>

enum {
    MZ_BLOCK_LANES = 64,
    MZ_BLOCK_CODES = 32, /* what stands in blocks: phones, all digits as the last code */
    MZ_BLOCK_DIGIT = MZ_BLOCK_CODES - 1
};

static inline uint8_t mz_block_code(uint8_t phone) {
    return phone < MZ_BLOCK_DIGIT ? phone : MZ_BLOCK_DIGIT;
}

/* A byte for each word of a block. */
typedef struct mz_block_column {
    uint8_t at[MZ_BLOCK_LANES];
} mz_block_column;

/* One side of a table of costs, as the query's or the listed words'. */
typedef struct mz_sound_sides {
    const mz_spelling *spelling;
    bool listed_right;
    const uint8_t *sizes, *query_sizes;
    const uint8_t (*omit)[MZ_PHONE_COUNT], (*omit_query)[MZ_PHONE_COUNT];
    unsigned share; /* of 2 × MZ_LIKENESS_SAME: of the sizes of both words, what they may cost */
} mz_sound_sides;

mz_sound_sides mz_sound_sides_of(mz_sound_system query, mz_sound_system listed, uint16_t floor);

/* What listed phones cost for a phone of the query, by code: the least of the digits stands for all of them. Code 0 is
 * no phone. */
void mz_sound_exchange(const mz_sound_sides *sides, uint8_t phone, uint8_t costs[MZ_BLOCK_CODES]);
void mz_sound_fold(const uint8_t by_phone[MZ_PHONE_COUNT], uint8_t costs[MZ_BLOCK_CODES]);

/* The share that a listed phone of each code brings, in units of which so many make a cost of 1, rounded up: of digits
 * the most. */
void mz_sound_shares(const mz_sound_sides *sides, unsigned unit, uint16_t shares[MZ_BLOCK_CODES]);
static inline unsigned mz_sound_share(const mz_sound_sides *sides, unsigned unit, unsigned size) {
    return (sides->share * size * unit + 1999) / 2000;
}

#endif
