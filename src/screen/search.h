/* One part of an index searched with a query that was made ready: which of its entities reach the threshold, in what
 * order, and the evidence for each. Entities that are no more are passed over. */
#ifndef MIZAN_SCREEN_SEARCH_H
#define MIZAN_SCREEN_SEARCH_H

#include "base/arena.h"
#include "index/filter.h"
#include "index/image.h"
#include "index/work.h"
#include "screen/query.h"
#include "screen/undone.h"

/* An entity that was found. */
typedef struct mz_ranked {
    mz_str id;
    uint32_t entity, score;
    double bits;
} mz_ranked;

/* The order of hits, as in qsort: by score, weight and id. */
int mz_ranked_order(const mz_ranked *a, const mz_ranked *b);

/* Working memory for searches in one part; it grows with what a query touches. One thread at a time. */
typedef struct mz_search mz_search;

/* `exhaustive`: every name is a candidate, every join is tried and every number is looked at. */
mz_status mz_search_new(const mz_index *part, bool exhaustive, mz_search **ret_search, mz_error *error);
void mz_search_free(mz_search *search);

/* What is to be searched for. */
typedef struct mz_task {
    const mz_query *query;
    const mz_part_filter *filter; /* NULL: nothing is left out */
    mz_work *work;                /* what is done is counted there, and its budget kept */
    mz_undone *undone;            /* what the budget did not allow is entered there */
} mz_task;

/* All entities that reach the threshold, the best first; they and what stands behind them are the search's until the
 * next call. Where the budget is used up it is all that were found until then: the names of the query in their order,
 * of each the likelier listed names first. */
mz_status mz_search_find(mz_search *search, const mz_task *task, const mz_ranked **ret_ranked, size_t *ret_count,
                         mz_error *error);

/* Judges one entity, whether or not it reaches the threshold; the index's tables are not asked. Its score is 0 when
 * nothing met. */
mz_status mz_search_judge(mz_search *search, const mz_query *query, uint32_t entity, mz_ranked *ret_ranked,
                          mz_error *error);

/* By what the entity was judged in the find or judge before. */
const mz_judgement *mz_search_judgement(const mz_search *search, const mz_query *query, uint32_t entity);

/* Tells of an entity of the find or judge before, with its evidence, which is in `arena`. The number is the part's. */
mz_status mz_search_tell(mz_search *search, const mz_query *query, const mz_ranked *ranked, mz_arena *arena,
                         mz_hit *ret_hit, mz_error *error);

#endif
