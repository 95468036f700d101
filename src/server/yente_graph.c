/* How deep: from the root over a relation to the other end of it, and what these have of their own; nothing that was
 * met on the way is met again. Entities of other records are told by their own facts, not by what is around them. */
#include "server/yente_graph.h"

#include "base/error.h"
#include "entity/record.h"

#include <stdlib.h>

enum {
    NEIGHBOURS_MOST = 500, /* of one entity; more are left out */
    WRITTEN_MOST = 20000,  /* entities in one answer, each as often as it is met; more are left out */
    PATH_MOST = 5,
    BACKWARDS_MOST = 1, /* how deep properties are walked from their other end */
    ID_BYTES_MOST = 1024
};

static const size_t GRAPH_BYTES = (size_t)1 << 29;

struct mz_yente_neighbour {
    mz_str id;
    mz_yente_record read;
    const mz_entity *entity; /* NULL: it is not held */
    mz_yente_neighbour *next;
};

/* What properties are called from the other end, and what is there. FollowTheMoney 4.9. */
static const struct {
    mz_schema schema;
    mz_property property;
    const char *reverse;
    mz_schema target;
} reverses[] = {
    {MZ_SCHEMA_Sanction, MZ_PROP_entity, "sanctions", MZ_SCHEMA_Thing},
    {MZ_SCHEMA_Identification, MZ_PROP_holder, "identification", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Occupancy, MZ_PROP_holder, "positionOccupancies", MZ_SCHEMA_Person},
    {MZ_SCHEMA_Occupancy, MZ_PROP_post, "occupancies", MZ_SCHEMA_Position},
    {MZ_SCHEMA_CryptoWallet, MZ_PROP_holder, "cryptoWallets", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Ownership, MZ_PROP_owner, "ownershipOwner", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Ownership, MZ_PROP_asset, "ownershipAsset", MZ_SCHEMA_Thing},
    {MZ_SCHEMA_Vehicle, MZ_PROP_owner, "ownedVehicles", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Vehicle, MZ_PROP_operator, "operatedVehicles", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Directorship, MZ_PROP_director, "directorshipDirector", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Directorship, MZ_PROP_organization, "directorshipOrganization", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Membership, MZ_PROP_member, "membershipMember", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Membership, MZ_PROP_organization, "membershipOrganization", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Position, MZ_PROP_organization, "positions", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Employment, MZ_PROP_employer, "employees", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Employment, MZ_PROP_employee, "employers", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Representation, MZ_PROP_agent, "agencyClient", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Representation, MZ_PROP_client, "agentRepresentation", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Family, MZ_PROP_person, "familyPerson", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Family, MZ_PROP_relative, "familyRelative", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Associate, MZ_PROP_person, "associates", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Associate, MZ_PROP_associate, "associations", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Succession, MZ_PROP_predecessor, "successors", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_Succession, MZ_PROP_successor, "predecessors", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_UnknownLink, MZ_PROP_subject, "unknownLinkTo", MZ_SCHEMA_Thing},
    {MZ_SCHEMA_UnknownLink, MZ_PROP_object, "unknownLinkFrom", MZ_SCHEMA_Thing},
    {MZ_SCHEMA_Security, MZ_PROP_issuer, "securities", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_LegalEntity, MZ_PROP_parent, "subsidiaries", MZ_SCHEMA_LegalEntity},
    {MZ_SCHEMA_RealEstate, MZ_PROP_parent, "subunits", MZ_SCHEMA_RealEstate},
    {MZ_SCHEMA_Thing, MZ_PROP_addressEntity, "things", MZ_SCHEMA_Address},
    {MZ_SCHEMA_Thing, MZ_PROP_proof, "proven", MZ_SCHEMA_Thing},
    {MZ_SCHEMA_Interval, MZ_PROP_proof, "provenIntervals", MZ_SCHEMA_Thing},
};
enum { REVERSES = sizeof reverses / sizeof *reverses };

static const char *reverse_of(mz_schema schema, mz_property property) {
    for (size_t r = 0; r < REVERSES; r++)
        if (reverses[r].property == property && mz_schema_is_a(schema, reverses[r].schema)) return reverses[r].reverse;
    return NULL;
}

static bool names_entity(const mz_fact *fact) {
    return mz_property_kind(fact->property) == MZ_TYPE_ENTITY;
}

/* ---- loading ---- */

static int by_target(const void *left, const void *right) {
    const mz_yente_edge *a = left, *b = right;
    if (a->target != b->target) return a->target < b->target ? -1 : 1;
    if (a->source != b->source) return a->source < b->source ? -1 : 1;
    return a->property < b->property ? -1 : a->property > b->property;
}

static size_t count_entity_facts(const mz_record *record) {
    size_t count = 0;
    for (size_t e = 0; e < record->entity_count; e++)
        for (size_t f = 0; f < record->entities[e].fact_count; f++)
            count += names_entity(&record->entities[e].facts[f]);
    return count;
}

static bool find_edges(mz_yente_graph *graph) {
    const mz_record *record = &graph->record->record;
    for (uint32_t e = 0; e < record->entity_count; e++)
        if (!mz_map_put(&graph->numbers, record->entities[e].id, e)) return false;
    graph->edges = MZ_ARENA_NEW(&graph->arena, count_entity_facts(record) + 1, mz_yente_edge);
    if (!graph->edges) return false;
    for (uint32_t e = 0; e < record->entity_count; e++) {
        const mz_entity *entity = &record->entities[e];
        for (size_t f = 0; f < entity->fact_count; f++) {
            const mz_fact *fact = &entity->facts[f];
            const char *reverse = names_entity(fact) ? reverse_of(entity->schema, fact->property) : NULL;
            const uint32_t *target = reverse ? mz_map_get(&graph->numbers, fact->value) : NULL;
            if (target) graph->edges[graph->edge_count++] = (mz_yente_edge){*target, e, fact->property, reverse};
        }
    }
    if (graph->edge_count) qsort(graph->edges, graph->edge_count, sizeof *graph->edges, by_target);
    return true;
}

static mz_status no_entity(mz_str id, mz_error *error) {
    return mz_fail(error, MZ_ERR_NOT_FOUND, "there is no entity with the id “%.*s”",
                   (int)(id.size < 200 ? id.size : 200), id.data);
}

static mz_status load(mz_yente_graph *graph, uint32_t number, mz_str id, mz_error *error) {
    mz_status status = mz_yente_read(&graph->reader, number, &graph->record, error);
    if (status) return status;
    mz_map_done(&graph->numbers);
    mz_map_init(&graph->numbers);
    graph->edge_count = 0;
    if (!find_edges(graph)) return mz_fail_memory(error);
    const uint32_t *root = mz_map_get(&graph->numbers, id);
    if (!root) return no_entity(id, error);
    graph->root = *root;
    return MZ_OK;
}

mz_status mz_yente_graph_load(mz_yente_graph *graph, const mz_index *index, mz_str id, mz_error *error) {
    uint32_t number;
    *graph = (mz_yente_graph){.root = 0};
    mz_yente_reader_init(&graph->reader, index);
    mz_block_cache_init(&graph->near);
    mz_arena_init(&graph->arena, GRAPH_BYTES);
    mz_map_init(&graph->numbers);
    if (id.size > ID_BYTES_MOST) return no_entity(id, error);
    if (!mz_index_find(index, id, &number, NULL)) return load(graph, number, id, error);
    /* an attached entity's id begins with that of what it is attached to */
    for (mz_str listed = id; listed.size; listed.size--) {
        if (listed.data[listed.size - 1] != '-') continue;
        if (mz_index_find(index, (mz_str){listed.data, listed.size - 1}, &number, NULL)) continue;
        mz_status status = load(graph, number, id, error);
        if (status != MZ_ERR_NOT_FOUND) return status;
    }
    return no_entity(id, error);
}

void mz_yente_graph_done(mz_yente_graph *graph) {
    mz_map_done(&graph->numbers);
    mz_block_cache_done(&graph->near);
    mz_arena_done(&graph->arena);
    mz_yente_reader_done(&graph->reader);
}

bool mz_yente_graph_failed(const mz_yente_graph *graph, mz_error *error) {
    if (graph->starved)
        (void)mz_fail_memory(error);
    else if (graph->arena.failed)
        (void)mz_fail_arena(&graph->arena, error, "an entity with what is around it");
    return graph->starved || graph->arena.failed;
}

/* ---- neighbours ---- */

/* The listed entity of another record that has this id; NULL when there is none, or too many were looked up. */
static const mz_yente_neighbour *neighbour_of(mz_yente_graph *graph, mz_str id) {
    uint32_t number;
    for (mz_yente_neighbour *n = graph->neighbours; n; n = n->next)
        if (mz_str_equal(n->id, id)) return n->entity ? n : NULL;
    if (graph->neighbour_count == NEIGHBOURS_MOST) return NULL;
    mz_yente_neighbour *neighbour = MZ_ARENA_NEW(&graph->arena, 1, mz_yente_neighbour);
    if (!neighbour) return NULL;
    neighbour->id = id;
    neighbour->next = graph->neighbours;
    graph->neighbours = neighbour;
    graph->neighbour_count++;
    if (mz_index_find(graph->reader.index, id, &number, NULL)) return NULL;
    mz_status status =
        mz_yente_read_kept(graph->reader.index, number, &graph->near, &graph->arena, &neighbour->read, NULL);
    graph->starved |= status == MZ_ERR_MEMORY;
    if (status) return NULL;
    neighbour->entity = neighbour->read.record.entities;
    return neighbour;
}

/* ---- writing ---- */

/* What was met on the way from the root. */
typedef struct path {
    const mz_entity *met[PATH_MOST];
    size_t size;
} path;

static bool on_path(const path *way, mz_str id) {
    for (size_t k = 0; k < way->size; k++)
        if (mz_str_equal(way->met[k]->id, id)) return true;
    return false;
}

static void write_nested(mz_yente_graph *graph, const mz_yente_record *record, const mz_entity *entity, const path *way,
                         mz_json *json);

/* Opens the array of a property when its first value comes. */
static void open_array(mz_json *json, const char *property, bool *open) {
    if (*open) return;
    mz_json_key(json, property);
    mz_json_array(json);
    *open = true;
}

static void write_forwards(mz_yente_graph *graph, const mz_yente_record *record, const mz_entity *entity, size_t from,
                           size_t end, const path *way, mz_json *json) {
    bool open = false, own = record == graph->record;
    for (size_t f = from; f < end && own; f++) {
        mz_str id = entity->facts[f].value;
        const uint32_t *number = mz_map_get(&graph->numbers, id);
        if (on_path(way, id) || graph->written >= WRITTEN_MOST) continue;
        const mz_yente_neighbour *other = number ? NULL : neighbour_of(graph, id);
        if (!number && !other) continue;
        open_array(json, mz_property_name(entity->facts[f].property), &open);
        if (number)
            write_nested(graph, record, &record->record.entities[*number], way, json);
        else
            write_nested(graph, &other->read, other->entity, way, json);
    }
    if (open) mz_json_array_end(json);
}

static size_t first_edge(const mz_yente_graph *graph, uint32_t target) {
    size_t low = 0, high = graph->edge_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (graph->edges[middle].target < target)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Edges to a target that have one name: they are gone through once for each name, of which there are a few. */
static void write_backwards(mz_yente_graph *graph, const mz_entity *entity, const path *way, mz_json *json) {
    const mz_entity *entities = graph->record->record.entities;
    uint32_t target = (uint32_t)(entity - entities);
    size_t first = first_edge(graph, target);
    for (size_t r = 0; r < REVERSES; r++) {
        bool open = false;
        for (size_t k = first; k < graph->edge_count && graph->edges[k].target == target; k++) {
            const mz_entity *source = &entities[graph->edges[k].source];
            if (graph->edges[k].reverse != reverses[r].reverse || on_path(way, source->id)) continue;
            if (graph->written >= WRITTEN_MOST) break;
            open_array(json, reverses[r].reverse, &open);
            write_nested(graph, graph->record, source, way, json);
        }
        if (open) mz_json_array_end(json);
    }
}

static void write_around(mz_yente_graph *graph, const mz_yente_record *record, const mz_entity *entity, const path *way,
                         mz_json *json) {
    path next = *way;
    next.met[next.size++] = entity;
    mz_json_key(json, "properties");
    mz_json_object(json);
    for (size_t from = 0, end; from < entity->fact_count; from = end) {
        for (end = from; end < entity->fact_count && entity->facts[end].property == entity->facts[from].property;)
            end++;
        if (!names_entity(&entity->facts[from])) {
            mz_json_key(json, mz_property_name(entity->facts[from].property));
            mz_json_array(json);
            (void)mz_yente_write_values(json, entity, from);
            mz_json_array_end(json);
        } else if (next.size < PATH_MOST) {
            write_forwards(graph, record, entity, from, end, &next, json);
        }
    }
    if (way->size <= BACKWARDS_MOST && record == graph->record) write_backwards(graph, entity, &next, json);
    mz_json_object_end(json);
}

static void write_nested(mz_yente_graph *graph, const mz_yente_record *record, const mz_entity *entity, const path *way,
                         mz_json *json) {
    graph->written++;
    mz_json_object(json);
    mz_yente_write_head(json, record, entity);
    write_around(graph, record, entity, way, json);
    mz_yente_write_tail(json, record, entity);
    mz_json_object_end(json);
}

void mz_yente_graph_write(mz_yente_graph *graph, bool nested, mz_json *json) {
    const mz_entity *root = &graph->record->record.entities[graph->root];
    const path start = {.size = 0};
    if (nested)
        write_nested(graph, graph->record, root, &start, json);
    else
        mz_yente_write_entity(json, graph->record, root);
}

/* ---- what is next to the root ---- */

bool mz_yente_graph_has_property(const mz_yente_graph *graph, mz_str property) {
    mz_schema schema = graph->record->record.entities[graph->root].schema;
    for (size_t r = 0; r < REVERSES; r++) {
        if (mz_str_equal(property, mz_str_of(mz_property_name(reverses[r].property))) &&
            mz_schema_is_a(schema, reverses[r].schema))
            return true;
        if (mz_str_equal(property, mz_str_of(reverses[r].reverse)) && mz_schema_is_a(schema, reverses[r].target))
            return true;
    }
    return false;
}

const char *const *mz_yente_graph_properties(mz_yente_graph *graph, size_t *ret_count) {
    const char **names = MZ_ARENA_NEW(&graph->arena, 2 * REVERSES, const char *);
    size_t count = 0;
    *ret_count = 0;
    for (size_t r = 0; names && r < 2 * REVERSES; r++) {
        size_t found;
        const char *name = r < REVERSES ? mz_property_name(reverses[r].property) : reverses[r - REVERSES].reverse;
        bool known = !mz_yente_graph_has_property(graph, mz_str_of(name));
        for (size_t k = 0; k < count; k++) known |= !strcmp(names[k], name);
        if (known) continue;
        (void)mz_yente_graph_adjacent(graph, mz_str_of(name), &found);
        if (found) names[count++] = name;
    }
    *ret_count = count;
    return names;
}

const mz_yente_adjacent_entity *mz_yente_graph_adjacent(mz_yente_graph *graph, mz_str property, size_t *ret_count) {
    const mz_entity *entities = graph->record->record.entities, *root = &entities[graph->root];
    size_t first = first_edge(graph, graph->root), count = 0;
    mz_yente_adjacent_entity *found =
        MZ_ARENA_NEW(&graph->arena, root->fact_count + graph->edge_count + 1, mz_yente_adjacent_entity);
    *ret_count = 0;
    if (!found) return NULL;
    for (size_t f = 0; f < root->fact_count; f++) {
        const mz_fact *fact = &root->facts[f];
        if (!names_entity(fact) || !mz_str_equal(property, mz_str_of(mz_property_name(fact->property)))) continue;
        const uint32_t *number = mz_map_get(&graph->numbers, fact->value);
        const mz_yente_neighbour *other = number ? NULL : neighbour_of(graph, fact->value);
        if (number && *number != graph->root)
            found[count++] = (mz_yente_adjacent_entity){&entities[*number], graph->record};
        else if (other)
            found[count++] = (mz_yente_adjacent_entity){other->entity, &other->read};
    }
    for (size_t k = first; k < graph->edge_count && graph->edges[k].target == graph->root; k++)
        if (graph->edges[k].source != graph->root && mz_str_equal(property, mz_str_of(graph->edges[k].reverse)))
            found[count++] = (mz_yente_adjacent_entity){&entities[graph->edges[k].source], graph->record};
    *ret_count = count;
    return found;
}

void mz_yente_graph_write_adjacent(mz_yente_graph *graph, const mz_yente_adjacent_entity *adjacent, mz_json *json) {
    const path way = {.met = {&graph->record->record.entities[graph->root]}, .size = 1};
    write_nested(graph, adjacent->record, adjacent->entity, &way, json);
}
