/* Whether a name of a query may hit one of a few listed names: the search the other way round, for many queries whose
 * names stand in an image, and few listed entities. meeting.c argues why no hit is lost. */
#ifndef MIZAN_INDEX_MEETING_H
#define MIZAN_INDEX_MEETING_H

#include "index/few_joins.h"
#include "index/kin.h"
#include "match/name_score.h"

/* What names of queries are judged by, settled: prices, and the most that a pair of names may cost. */
typedef struct mz_meeting_terms mz_meeting_terms;
mz_status mz_meeting_terms_new(const mz_few *few, const mz_prices *prices, double most_cost,
                               mz_meeting_terms **ret_terms, mz_error *error);
void mz_meeting_terms_free(mz_meeting_terms *terms);

/* Working memory; one thread at a time. */
typedef struct mz_meeting mz_meeting;
mz_status mz_meeting_new(const mz_index *image, const mz_few *few, const mz_kin_table *kin, mz_meeting **ret_meeting,
                         mz_error *error);
void mz_meeting_free(mz_meeting *meeting);

/* A name of the image, as a query has it. */
typedef struct mz_meeting_query {
    uint32_t name;
    mz_schema schema;
    bool persons, others; /* which listed names it is compared with */
    const mz_meeting_terms *terms;
    const mz_joined_pair *joined; /* pairs of the name that may have a join */
    size_t joined_count;
} mz_meeting_query;

/* True for a name that is within the cost against any of the few's; seldom for another. */
bool mz_meeting_may_hit(mz_meeting *meeting, const mz_meeting_query *query);

/* What was done, for figures: pairs of names that had a word in common, that were scored. */
typedef struct mz_meeting_counts {
    uint64_t names, met, scored;
} mz_meeting_counts;
mz_meeting_counts mz_meeting_count(const mz_meeting *meeting);

#endif
