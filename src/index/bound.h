/* What a name costs at least, told from the codes of its words alone.
 *
 * Up to eight words of the query have a lane, a byte of a 64-bit number. For each code of a context (postings.h)
 * `lanes` holds what meeting a word of that code spares at most against the word's being left out:
 *
 *     128 + (what it costs to leave it out - what it costs, so spelled) / unit      0: they do not meet
 *
 * The most of each lane over a name's codes, added up, is the most that can be spared; a lane of zero is a word of the
 * query that meets nothing, a code of zero lanes a word of the name that does. There are two ways to bound what a name
 * costs:
 *
 *  - Each word of the query costs the lesser of being spelled so and of being left out, and what words that meet
 *    nothing face each other with is added (name_score.h).
 *  - Where a name has as many full words as the query has that are heavy or meet something, or more, either all of
 *    these meet one of their own, or a full word of the name is left over. That is dearer than all that is allowed
 *    together with any heavy word of the query that is left out; so all heavy words meet, and cost what they cost so
 *    spelled, however dear.
 *
 * Words of the query without a lane are taken to cost nothing, and each of them to use up one word of the name. All is
 * rounded so that a name within the cost is never refused. */
#ifndef MIZAN_INDEX_BOUND_H
#define MIZAN_INDEX_BOUND_H

#include "index/image.h"
#include "index/postings.h"
#include "match/name_score.h"

enum { MZ_LANES = 8, MZ_LANE_EVEN = 128, MZ_FACING_UNIT = 100 };

/* What a name of some shape needs: lanes added up, above MZ_LANE_EVEN each. */
typedef struct mz_bound_terms {
    int32_t needed, strict; /* strict: the second way */
    uint8_t full;           /* words of the name outside of joins */
    uint8_t joined;         /* words of the query in them */
    bool known;
} mz_bound_terms;

typedef struct mz_bound {
    uint64_t lanes[MZ_CODE_COUNT]; /* by code; all zero between two queries but for `used` */
    uint8_t facing[MZ_CODE_COUNT]; /* by code: what it weighs where it is left over, in hundredths, at most 255 */
    uint16_t used[MZ_CODE_COUNT];  /* codes whose lanes are set */
    uint32_t used_count;
    uint64_t light;     /* lanes that words without a code may meet */
    const mz_index *of; /* whose codes `facing` is of, at these prices */
    mz_prices prices;
    /* the query in hand */
    const mz_name *query;
    uint64_t joins;            /* lanes that joins may meet, filled in by the caller */
    uint64_t unknown;          /* lanes that any word may meet, so much at most */
    uint64_t even, even_light; /* MZ_LANE_EVEN in each lane, and in those of words that are not heavy */
    unsigned heavy, lane_bits; /* lanes, as bits: of heavy words, and all */
    double most_cost, unit, losses, full_weight, light_weight;
    uint32_t facing_fee;                  /* what is needed more for each hundredth that faces, in 2^16ths */
    uint16_t query_facing[1 << MZ_LANES]; /* by lanes of zero: what these words weigh, in hundredths */
    uint8_t able[1 << MZ_LANES];          /* and how many words of the query that are not heavy, or meet, are left */
    unsigned lane_count, free_count, whole_count;
    mz_bound_terms by_word[MZ_RANK_FULL + 1][1 << 8], by_join[MZ_JOIN_WORDS_MOST + 1][1 << 8]; /* by key */
} mz_bound;

/* Begins a query; of its words, those in `lane_words` have lanes in this order. */
void mz_bound_start(mz_bound *bound, const mz_index *index, const mz_prices *prices, const mz_name *query,
                    const uint8_t *lane_words, unsigned lane_count, double most_cost);

/* A word of the vocabulary meets the query's word with that lane, which spares so much. */
void mz_bound_meet(mz_bound *bound, unsigned lane, uint32_t word, double spared);

/* Words of some codes may meet it and spare so much at most; any word may. */
void mz_bound_may_meet(mz_bound *bound, unsigned lane, const uint16_t *codes, size_t count, double spared);
void mz_bound_unknown(mz_bound *bound, unsigned lane, double spared);

/* Names in which a word spares more than so much are not looked for any more: where this word does, it counts as much.
 */
void mz_bound_cap(mz_bound *bound, unsigned lane, uint32_t word, double spared);

/* What that is in a lane: rounded up, and never zero. */
static inline uint64_t mz_bound_lane(const mz_bound *bound, unsigned lane, double spared) {
    double units = spared / bound->unit + MZ_LANE_EVEN;
    uint64_t value = units < 1 ? 1 : units > 254 ? 255 : (uint64_t)units + 1;
    return value << 8 * lane;
}

/* Of a posting with this key of a word of that rank; of one where so many words of the query meet by a join. */
const mz_bound_terms *mz_bound_terms_of_word(mz_bound *bound, mz_word_rank rank, uint8_t key);
const mz_bound_terms *mz_bound_terms_of_join(mz_bound *bound, size_t query_words, uint8_t key);

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
bool mz_bound_faces(const mz_bound *bound, int32_t spare, unsigned zero, const uint16_t *codes, unsigned count);

/* Whether a name may be within the cost: `best` are lanes that it is known to meet, `codes` its other words'. Returns
 * what its lanes have beyond what is needed, below 0 when it may not. */
static inline int32_t mz_bound_spare(const mz_bound *bound, const mz_bound_terms *terms, uint64_t best,
                                     const uint16_t *codes, unsigned count) {
    best = mz_lanes_most(best, bound->unknown);
    for (unsigned k = 0; k < count; k++) best = mz_lanes_most(best, bound->lanes[codes[k]]);
    int32_t spare = mz_lanes_sum(mz_lanes_most(best, bound->even)) - terms->needed;
    if (spare < 0) return spare;
    unsigned zero = mz_lanes_zero(best) & bound->lane_bits;
    if (terms->full + terms->joined >= bound->able[zero])
        return zero & bound->heavy ? -1 : mz_lanes_sum(mz_lanes_most(best, bound->even_light)) - terms->strict;
    return mz_bound_faces(bound, spare, zero, codes, count) ? spare : -1;
}

/* The same where other words of the name may meet by joins as well, so that nothing is known to face it. */
static inline int32_t mz_bound_spare_joined(const mz_bound *bound, const mz_bound_terms *terms, uint64_t best,
                                            const uint16_t *codes, unsigned count) {
    best = mz_lanes_most(best, mz_lanes_most(bound->joins, bound->unknown));
    for (unsigned k = 0; k < count; k++) best = mz_lanes_most(best, bound->lanes[codes[k]]);
    return mz_lanes_sum(mz_lanes_most(best, bound->even)) - terms->needed;
}

/* Whether there is a name of these terms to look for that has at most so much in each lane. */
bool mz_bound_may_pass(const mz_bound *bound, const mz_bound_terms *terms, uint64_t most);

/* The same of a name as it stands in the image; `joined`: joins may meet, and nothing is known to face it. */
int32_t mz_bound_spare_of_name(mz_bound *bound, const mz_index *index, uint32_t name, bool joined);

/* The same of a name in which words at a place are joined and meet so many words of the query, and no others join. */
int32_t mz_bound_spare_of_join(mz_bound *bound, const mz_index *index, uint32_t name, uint8_t place, size_t query_words,
                               uint64_t best);

#endif
