/* What an image knows of an entity beside its names, compared with what a query knows. */
#ifndef MIZAN_SCREEN_BESIDE_H
#define MIZAN_SCREEN_BESIDE_H

#include "index/image.h"
#include "match/entity_score.h"
#include "screen/query.h"

/* Working memory: the entity in hand. */
typedef struct mz_beside {
    const mz_index *index;
    mz_trait *traits;
    size_t room;
    mz_arena places; /* of the entity in hand */
    bool starved;    /* sticky: what was found is not all there is */
} mz_beside;

void mz_beside_init(mz_beside *beside, const mz_index *index);
void mz_beside_done(mz_beside *beside);

/* What the query's facts and the entity's say to each other; valid until the next call. */
void mz_beside_find(mz_beside *beside, const mz_query *query, const mz_prices *prices, uint32_t entity,
                    mz_findings *ret_findings);

/* Whether the entity bears a number of the query's that decides. */
bool mz_beside_identified(mz_beside *beside, const mz_query *query, uint32_t entity);

#endif
