/* A listed entity with what stands around it: what is attached to it (sanctions, addresses, documents, relations), and
 * the listed entities that it or its relations name.
 *
 * As in FollowTheMoney, a property that is the id of another entity can be walked both ways; from the other end it has
 * a name of its own: a sanction's "entity" is the entity's "sanctions". What is told is what one record holds, and of
 * the entities of other records those that it names. A relation that only another record tells is told there. */
#ifndef MIZAN_SERVER_YENTE_GRAPH_H
#define MIZAN_SERVER_YENTE_GRAPH_H

#include "base/map.h"
#include "server/yente_entity.h"

/* From `source` over its property to `target`, numbers of entities of the record. */
typedef struct mz_yente_edge {
    uint32_t target, source;
    mz_property property;
    const char *reverse; /* what the property is called from the target */
} mz_yente_edge;

/* An entity of another record that is named in this one. */
typedef struct mz_yente_neighbour mz_yente_neighbour;

typedef struct mz_yente_graph {
    mz_yente_reader reader;
    mz_block_cache near; /* of neighbours */
    const mz_yente_record *record;
    uint32_t root;        /* of the record's entities */
    mz_map numbers;       /* from ids to them */
    mz_yente_edge *edges; /* by target, then in the order of the record */
    size_t edge_count;
    mz_arena arena;
    mz_yente_neighbour *neighbours; /* those looked up so far; the last first */
    size_t neighbour_count, written;
    bool starved; /* a neighbour could not be read */
} mz_yente_graph;

/* Finds the entity of this id, or the one that it is attached to. `*graph` is to be done with in any case.
 * MZ_ERR_NOT_FOUND. */
mz_status mz_yente_graph_load(mz_yente_graph *graph, const mz_index *index, mz_str id, mz_error *error);
void mz_yente_graph_done(mz_yente_graph *graph);

/* The root, an object; `nested`: with what stands around it in its properties. */
void mz_yente_graph_write(mz_yente_graph *graph, bool nested, mz_json *json);

/* One that stands next to the root: an entity of the record, or a neighbour. */
typedef struct mz_yente_adjacent_entity {
    const mz_entity *entity;
    const mz_yente_record *record;
} mz_yente_adjacent_entity;

/* The names of properties over which something stands next to the root, each once, in the order of the record. */
const char *const *mz_yente_graph_properties(mz_yente_graph *graph, size_t *ret_count);
/* Whether things of the root's kind can have it: the id of an entity, or such a property seen from the other end. */
bool mz_yente_graph_has_property(const mz_yente_graph *graph, mz_str property);
/* What stands there. */
const mz_yente_adjacent_entity *mz_yente_graph_adjacent(mz_yente_graph *graph, mz_str property, size_t *ret_count);
/* One of these, with what stands around it but for the root. */
void mz_yente_graph_write_adjacent(mz_yente_graph *graph, const mz_yente_adjacent_entity *adjacent, mz_json *json);

/* Whether memory has failed, at any time since loading. */
bool mz_yente_graph_failed(const mz_yente_graph *graph, mz_error *error);

#endif
