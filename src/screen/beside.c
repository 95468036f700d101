/* An entity's traits as the image keeps them, made ready to be compared. */
#include "screen/beside.h"

#include <stdlib.h>
#include <string.h>

void mz_beside_init(mz_beside *beside, const mz_index *index) {
    *beside = (mz_beside){.index = index};
    mz_arena_init(&beside->places, MZ_QUERY_ARENA_BYTES);
}

void mz_beside_done(mz_beside *beside) {
    free(beside->traits);
    mz_arena_done(&beside->places);
}

/* Takes the entity in hand; returns how many traits it has. */
static uint32_t take(mz_beside *beside, uint32_t entity) {
    mz_run run = mz_index_traits_of(beside->index, entity);
    uint32_t count = run.end - run.first;
    if (count > beside->room) {
        mz_trait *grown = realloc(beside->traits, count * sizeof *grown);
        if (!grown) {
            beside->starved = true;
            return 0;
        }
        beside->traits = grown;
        beside->room = count;
    }
    for (uint32_t t = 0; t < count; t++) mz_index_trait(beside->index, run.first + t, &beside->traits[t]);
    return count;
}

void mz_beside_find(mz_beside *beside, const mz_query *query, const mz_prices *prices, uint32_t entity,
                    mz_findings *ret_findings) {
    uint32_t count = take(beside, entity);
    if (query->has_places) { /* else there is nothing to compare places with */
        mz_arena_reset(&beside->places);
        (void)mz_traits_prepare(beside->traits, count, &beside->places);
        beside->starved |= beside->places.failed;
    }
    mz_compare_traits(prices, query->traits, query->trait_count, beside->traits, count, ret_findings);
}

bool mz_beside_identified(mz_beside *beside, const mz_query *query, uint32_t entity) {
    uint32_t count = take(beside, entity);
    return mz_traits_identify(query->traits, query->trait_count, beside->traits, count);
}
