#include "server/search_facets.h"

#include <stdlib.h>

void mz_facets_init(mz_facets *facets, unsigned kinds, mz_arena *arena) {
    *facets = (mz_facets){.arena = arena, .kinds = kinds};
    for (unsigned k = 0; k < MZ_FACET_COUNT; k++) mz_map_init(&facets->places[k]);
}

void mz_facets_done(mz_facets *facets) {
    for (unsigned k = 0; k < MZ_FACET_COUNT; k++) mz_map_done(&facets->places[k]);
}

static bool grow(mz_facets *facets, mz_facet_kind kind) {
    size_t room = facets->room[kind] ? 2 * facets->room[kind] : 64;
    mz_facet_counter *counters = MZ_ARENA_NEW(facets->arena, room, mz_facet_counter);
    if (!counters) return false;
    if (facets->counts[kind]) memcpy(counters, facets->counters[kind], facets->counts[kind] * sizeof *counters);
    facets->counters[kind] = counters;
    facets->room[kind] = room;
    return true;
}

static void count(mz_facets *facets, mz_facet_kind kind, mz_str name) {
    uint32_t *place = mz_map_put(&facets->places[kind], name, (uint32_t)facets->counts[kind]);
    if (!place) {
        facets->failed = true;
        return;
    }
    if (*place == facets->counts[kind]) {
        if (facets->counts[kind] == facets->room[kind] && !grow(facets, kind)) {
            facets->failed = true;
            return;
        }
        facets->counters[kind][facets->counts[kind]++] = (mz_facet_counter){.name = name};
    }
    mz_facet_counter *counter = &facets->counters[kind][*place];
    if (counter->last == facets->entity) return;
    counter->last = facets->entity;
    counter->count++;
}

static void count_traits(mz_facets *facets, const mz_index *part, uint32_t entity) {
    bool countries = facets->kinds >> MZ_FACET_COUNTRIES & 1, genders = facets->kinds >> MZ_FACET_GENDERS & 1;
    mz_run run = countries || genders ? mz_index_traits_of(part, entity) : (mz_run){0, 0};
    for (uint32_t t = run.first; t < run.end; t++) {
        const mz_trait_row *row = &part->traits[part->beside[t]];
        if (countries && row->kind == MZ_TRAIT_COUNTRY)
            count(facets, MZ_FACET_COUNTRIES, mz_index_text(part, row->text));
        if (genders && row->kind == MZ_TRAIT_GENDER) count(facets, MZ_FACET_GENDERS, mz_index_text(part, row->text));
    }
}

void mz_facets_count(mz_facets *facets, const mz_index *part, uint32_t entity) {
    const mz_entity_row *row = &part->entities[entity];
    if (!facets->kinds || facets->failed) return;
    facets->entity++;
    count_traits(facets, part, entity);
    if (facets->kinds >> MZ_FACET_LISTS & 1)
        count(facets, MZ_FACET_LISTS, mz_index_text(part, part->lists[row->list].list));
    if (facets->kinds >> MZ_FACET_SCHEMATA & 1)
        count(facets, MZ_FACET_SCHEMATA, mz_str_of(mz_schema_name((mz_schema)row->schema)));
    if (facets->kinds >> MZ_FACET_TOPICS & 1)
        for (uint32_t set = part->listings[entity].topics; set; set = part->topic_sets[set - 1].rest)
            count(facets, MZ_FACET_TOPICS, mz_index_text(part, part->topics[part->topic_sets[set - 1].topic]));
}

static int by_count(const void *left, const void *right) {
    const mz_facet_value *a = left, *b = right;
    if (a->count != b->count) return a->count > b->count ? -1 : 1;
    return mz_str_order(a->name, b->name);
}

void mz_facets_tell(mz_facets *facets, mz_search_result *result) {
    for (unsigned k = 0; k < MZ_FACET_COUNT; k++) {
        size_t all = facets->counts[k];
        mz_facet_value *values = MZ_ARENA_NEW(facets->arena, all + 1, mz_facet_value);
        for (size_t v = 0; values && v < all; v++)
            values[v] = (mz_facet_value){facets->counters[k][v].name, facets->counters[k][v].count};
        if (values && all) qsort(values, all, sizeof *values, by_count);
        result->facets[k].values = values;
        result->facets[k].count = !values ? 0 : all < MZ_SEARCH_FACET_VALUES_MOST ? all : MZ_SEARCH_FACET_VALUES_MOST;
    }
}
