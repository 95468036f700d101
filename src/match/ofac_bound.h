/* What a score of `ofac` can be at most, told in a fraction of the time that the score takes: most names of a list are
 * passed over by it, and no name that reaches a score ever is.
 *
 * The composite of the parts is the mean of what each part of the query finds, and a part finds nothing in a name that
 * has no part with the same first letter. The likeness of whole strings is bounded by how many letters agree, all of
 * them in order: first by how many they have in common anywhere, then by how many are within reach of each other. For
 * that each letter of one string takes the first free one of the other, which for windows that move forward is a
 * largest matching (earliest deadline first), so that it finds as many as Jaro's does. */
#ifndef MIZAN_MATCH_OFAC_BOUND_H
#define MIZAN_MATCH_OFAC_BOUND_H

#include "match/ofac.h"

enum { MZ_OFAC_BUCKETS = 32 };

/* Of a listed name. */
typedef struct mz_ofac_sketch {
    uint64_t firsts;                /* first letters of its parts, a bit each */
    uint8_t count[MZ_OFAC_BUCKETS]; /* letters of each kind; of the kinds beyond z several share one */
} mz_ofac_sketch;

void mz_ofac_sketch_of(const mz_ofac_name *name, mz_ofac_sketch *ret_sketch);

/* Of a query's name, for a score of so many percent. */
typedef struct mz_ofac_bound {
    const mz_ofac_name *query;
    double percent;
    mz_ofac_sketch sketch;
    uint64_t part_firsts[MZ_OFAC_PARTS_MOST]; /* of the parts that count */
    size_t part_count;
    uint64_t places[64]; /* where the query has a letter; used up to 64 letters */
} mz_ofac_bound;

void mz_ofac_bound_for(const mz_ofac_name *query, unsigned percent, mz_ofac_bound *ret_bound);

/* False: the score is surely below. */
bool mz_ofac_may_reach(const mz_ofac_bound *bound, const mz_ofac_name *listed, const mz_ofac_sketch *sketch);

#endif
