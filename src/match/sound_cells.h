/* A word aligned with 64 others at once, each in a lane of its own: what mz_sound_likeness does for one, cell by cell,
 * and the same costs. All digits are one phone here, of the least costs (sound_sides.h): a word with a digit costs no
 * less than is told.
 *
 * Sums are of bytes, and stop at 255, where that is above what the words may cost; of longer words they are of sixteen
 * bits. */
#ifndef MIZAN_MATCH_SOUND_CELLS_H
#define MIZAN_MATCH_SOUND_CELLS_H

#include "match/sound_sides.h"

enum { MZ_CELLS_PLACES = 8, MZ_CELLS_RANKS = MZ_PHONES_MOST / MZ_CELLS_PLACES };

typedef struct mz_sound_cells {
    _Alignas(MZ_BLOCK_LANES) uint8_t exchange[MZ_PHONES_MOST][MZ_BLOCK_CODES]; /* by phone of the query */
    uint8_t omit[MZ_PHONE_PLACES][MZ_BLOCK_CODES];                             /* listed phones */
    uint8_t share[MZ_BLOCK_CODES];                                             /* what they allow to cost, rounded up */
    /* by a listed phone, bits for those places of the query where it stands, and where the phone before it does */
    uint8_t here[MZ_CELLS_RANKS][MZ_BLOCK_CODES], behind[MZ_CELLS_RANKS][MZ_BLOCK_CODES];
    mz_block_column omit_query[MZ_PHONES_MOST]; /* the same in all lanes */
    uint16_t first[MZ_PHONES_MOST + 1];         /* the query's beginnings against nothing */
    uint16_t query_share;
    uint8_t turned, article;
    size_t count; /* of the query's phones */
} mz_sound_cells;

/* The query, which has phones, against words of one system. */
void mz_sound_cells_start(mz_sound_cells *cells, const mz_name_word *query, mz_sound_system listed, uint16_t floor);

/* Words of one number of phones, a lane each: phone i of them at phones + i × stride. */
typedef struct mz_cells_words {
    const uint8_t *phones;
    size_t stride, count, bare;
} mz_cells_words;

/* Three columns of an alignment, by phones of the query; of bytes, or of twice as many. */
typedef struct mz_cells_rows {
    _Alignas(MZ_BLOCK_LANES) mz_block_column at[3][MZ_PHONES_MOST + 1][2];
} mz_cells_rows;

/* What the word of each lane costs. */
typedef struct mz_cells_costs {
    mz_block_column low, high; /* byte */
} mz_cells_costs;

static inline unsigned mz_cells_cost(const mz_cells_costs *costs, size_t lane) {
    return costs->low.at[lane] | (unsigned)costs->high.at[lane] << 8;
}

#endif
