/* Whether a search by the index finds what scoring everything finds: the same hits, scores and weights, in the same
 * order, on very many damaged names, at several thresholds, on all cores.
 *
 * Beside fixed thresholds each query is asked at the very score of one of its hits, where that hit must be found, and a
 * millionth above it, where it must not: a bound that is wrong by a little shows there first. */
#ifndef MIZAN_BENCH_LOSSLESS_H
#define MIZAN_BENCH_LOSSLESS_H

#include "bench/queries.h"

#include <stdio.h>

typedef struct lossless_tally {
    uint64_t queries, searches; /* searches by the index that were compared */
    uint64_t hits;              /* of scoring everything, at 0.5 */
    uint64_t at_the_score;      /* searches at the score of a hit, or a millionth above it */
    uint64_t lost, invented, different;
} lossless_tally;

typedef struct lossless_job {
    query_source source;
    uint64_t seed, queries;
    unsigned threads;
    FILE *complaints; /* NULL: none; else each query that differs, up to a few */
} lossless_job;

mz_status lossless_run(const lossless_job *job, lossless_tally *ret_tally, mz_error *error);

#endif
