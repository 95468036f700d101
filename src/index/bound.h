/* What a name costs at least, told from the codes of its words alone.
 *
 * Up to eight words of the query have a lane, a byte of a 64-bit number. For each code of a context (postings.h)
 * `lanes` holds what meeting a word of that code takes off the cost at most, in units of which 255 are the most that
 * any word can take off, and at least one where the two meet at all. The most of each lane over a name's codes, added
 * up, is the most that can be taken off; a lane of zero is a word of the query that meets nothing, a code of zero lanes
 * a word of the name that does. What these face each other with (name_score.h) has to be made up for as well. Words of
 * the query without a lane are taken to meet something, whatever the name, and each of them to use up one word of it.
 *
 * All is rounded so that a name within the cost is never refused. */
#ifndef MIZAN_INDEX_BOUND_H
#define MIZAN_INDEX_BOUND_H

#include "index/image.h"
#include "index/postings.h"
#include "match/name_score.h"

enum { MZ_LANES = 8, MZ_FACING_UNIT = 100 };

typedef struct mz_bound {
    uint64_t lanes[MZ_CODE_COUNT]; /* by code; all zero between two queries but for `used` */
    uint8_t facing[MZ_CODE_COUNT]; /* by code: what it weighs where it is left over, in hundredths, at most 255 */
    uint16_t used[MZ_CODE_COUNT];  /* codes whose lanes are set */
    uint32_t used_count;
    uint64_t light;     /* lanes that words without a code may meet */
    const mz_index *of; /* whose codes `facing` is of, at these prices */
    mz_prices prices;
    /* the query in hand */
    uint64_t joins; /* lanes that a join may meet, filled in by the caller */
    double most_cost, unit, rate;
    int32_t needed;                       /* lanes added up that a name needs where nothing faces it */
    uint32_t facing_fee;                  /* the more of it for each hundredth that does, in 2^16ths */
    uint16_t query_facing[1 << MZ_LANES]; /* by lanes of zero: what these words weigh, in hundredths */
    unsigned lane_count, free_count;
} mz_bound;

/* Begins a query; of its words, those in `lane_words` have lanes in this order. */
void mz_bound_start(mz_bound *bound, const mz_index *index, const mz_prices *prices, const mz_name *query,
                    const uint8_t *lane_words, unsigned lane_count, double most_cost);

/* A word of the vocabulary has this likeness to the query's word with that lane, which takes `credit` off the cost. */
void mz_bound_meet(mz_bound *bound, unsigned lane, uint32_t word, double credit);

/* What `credit` is in a lane: rounded up, and never zero. */
static inline uint64_t mz_bound_lane(const mz_bound *bound, unsigned lane, double credit) {
    double units = credit / bound->unit;
    uint64_t value = units < 1 ? 1 : units > 254 ? 255 : (uint64_t)units + 1;
    return value << 8 * lane;
}

typedef uint8_t mz_lanes __attribute__((vector_size(8)));

static inline uint64_t mz_lanes_most(uint64_t left, uint64_t right) {
    mz_lanes a = (mz_lanes)left, b = (mz_lanes)right;
    mz_lanes first = (mz_lanes)(a > b);
    return (uint64_t)((a & first) | (b & ~first));
}

static inline int32_t mz_lanes_sum(uint64_t lanes) {
    const uint64_t even = UINT64_C(0x00FF00FF00FF00FF);
    return (int32_t)(((lanes & even) + (lanes >> 8 & even)) * UINT64_C(0x0001000100010001) >> 48);
}

/* A bit for each lane of zero. */
static inline unsigned mz_lanes_zero(uint64_t lanes) {
    const uint64_t low = UINT64_C(0x7F7F7F7F7F7F7F7F);
    uint64_t set = (((lanes & low) + low) | lanes) & ~low; /* the top bit of each lane that is not zero */
    return ~(unsigned)((set >> 7) * UINT64_C(0x0102040810204080) >> 56) & 0xFF;
}

/* Whether what faces each other leaves the name within the cost: `spare` is what its lanes have beyond what is needed.
 */
bool mz_bound_faces(const mz_bound *bound, int64_t spare, uint64_t best, const uint16_t *codes, unsigned count);

/* Whether a name may be within the cost: `best` are lanes that it is known to meet, `codes` its other words'. */
static inline bool mz_bound_passes(const mz_bound *bound, uint64_t best, const uint16_t *codes, unsigned count) {
    for (unsigned k = 0; k < count; k++) best = mz_lanes_most(best, bound->lanes[codes[k]]);
    int64_t spare = (int64_t)mz_lanes_sum(best) - bound->needed;
    return spare >= 0 && mz_bound_faces(bound, spare, best, codes, count);
}

/* The same of a name as it stands in the image; `joined`: a join may meet, and nothing is known to face it. */
bool mz_bound_passes_name(const mz_bound *bound, const mz_index *index, uint32_t name, bool joined);

#endif
