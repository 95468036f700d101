/* How many of the entities that a search found have which value. */
#ifndef MIZAN_SERVER_SEARCH_FACETS_H
#define MIZAN_SERVER_SEARCH_FACETS_H

#include "base/map.h"
#include "index/image.h"
#include "server/search.h"

typedef struct mz_facet_counter {
    mz_str name;
    uint32_t count;
    uint64_t last; /* the entity that was counted last: one counts once */
} mz_facet_counter;

typedef struct mz_facets {
    mz_arena *arena;
    unsigned kinds;
    mz_map places[MZ_FACET_COUNT]; /* from names to counters */
    mz_facet_counter *counters[MZ_FACET_COUNT];
    size_t counts[MZ_FACET_COUNT], room[MZ_FACET_COUNT];
    uint64_t entity; /* in hand; from 1 on */
    bool failed;
} mz_facets;

/* `kinds`: a bit for each to be counted. Values live in the arena. */
void mz_facets_init(mz_facets *facets, unsigned kinds, mz_arena *arena);
void mz_facets_done(mz_facets *facets);
void mz_facets_count(mz_facets *facets, const mz_index *part, uint32_t entity);
void mz_facets_tell(mz_facets *facets, mz_search_result *result);

#endif
