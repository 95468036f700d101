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
    const mz_entity_row *row = &beside->index->entities[entity];
    if (row->trait_count > beside->room) {
        mz_trait *grown = realloc(beside->traits, row->trait_count * sizeof *grown);
        if (!grown) {
            beside->starved = true;
            return 0;
        }
        beside->traits = grown;
        beside->room = row->trait_count;
    }
    for (uint32_t t = 0; t < row->trait_count; t++) {
        const mz_trait_row *trait = &beside->index->traits[row->first_trait + t];
        beside->traits[t] = (mz_trait){.text = mz_index_text(beside->index, trait->text),
                                       .first_day = trait->first_day,
                                       .last_day = trait->last_day,
                                       .property = trait->property,
                                       .kind = trait->kind,
                                       .flags = trait->flags};
        memcpy(beside->traits[t].country, trait->country, sizeof trait->country);
    }
    return row->trait_count;
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
