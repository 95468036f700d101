/* The builder: facts go into one arena, entity by entity, and come out as one immutable record.
 *
 * Each entity collects its facts in an array that doubles in the arena; finish() lays them out in the order of their
 * properties, which is the order that the text form keeps (record_json.c). Repeated values are found by looking
 * through the facts while they are few, and by a map above MANY_FACTS: most entities have about twenty.
 * Rejected: a hash table for every entity, which costs more than it saves for all but one record in a thousand. */
#include "entity/record.h"

#include "base/checked.h"
#include "base/error.h"
#include "base/map.h"
#include "base/shown.h"
#include "entity/fact_order.h"
#include "entity/normalise.h"

#include <assert.h>
#include <stdlib.h>

enum { MANY_FACTS = 64, FIRST_FACTS = 16, FIRST_ENTITIES = 4 };

struct building {
    mz_str id;
    mz_schema schema;
    mz_position at;
    mz_fact *facts;
    size_t count, capacity;
    bool mapped; /* its facts are entered in `seen` */
};

struct mz_builder {
    mz_arena arena;
    mz_date_order dates;
    mz_buffer folded, value, key; /* scratch */
    mz_map seen;                  /* keys: see fact_key */
    struct building *entities;    /* in the arena */
    size_t count, capacity;
    mz_str list, reference, caption;
    bool target;
    bool failed;  /* beside arena.failed: the scratch or the map */
    bool starved; /* … for lack of memory, not at the ceiling */
    mz_record record;
};

mz_status mz_builder_new(size_t record_ceiling_bytes, mz_date_order dates, mz_builder **ret_builder, mz_error *error) {
    mz_builder *builder = calloc(1, sizeof *builder);
    if (!builder) return mz_fail_memory(error);
    builder->dates = dates;
    mz_arena_init(&builder->arena, record_ceiling_bytes);
    mz_buffer_init(&builder->folded, record_ceiling_bytes);
    mz_buffer_init(&builder->value, record_ceiling_bytes);
    mz_buffer_init(&builder->key, record_ceiling_bytes);
    mz_map_init(&builder->seen);
    mz_builder_start(builder, MZ_STR(""));
    *ret_builder = builder;
    return MZ_OK;
}

void mz_builder_free(mz_builder *builder) {
    if (!builder) return;
    mz_map_done(&builder->seen);
    mz_buffer_done(&builder->key);
    mz_buffer_done(&builder->value);
    mz_buffer_done(&builder->folded);
    mz_arena_done(&builder->arena);
    free(builder);
}

void mz_builder_start(mz_builder *builder, mz_str list) {
    mz_arena_reset(&builder->arena);
    mz_map_done(&builder->seen);
    builder->entities = NULL;
    builder->count = builder->capacity = 0;
    builder->failed = builder->starved = false;
    builder->target = true;
    builder->reference = builder->caption = MZ_STR("");
    builder->list = mz_arena_copy(&builder->arena, list);
}

bool mz_builder_failed(const mz_builder *builder) {
    return builder->failed || builder->arena.failed;
}

void mz_builder_fail(mz_builder *builder, const mz_buffer *text) {
    builder->failed |= text->failed;
    builder->starved |= text->starved;
}

/* The text with its white space folded, in the scratch `folded`; empty on failure. */
static mz_str fold(mz_builder *builder, mz_str text, bool lines) {
    mz_fold_space(text, lines, &builder->folded);
    mz_builder_fail(builder, &builder->folded);
    return builder->folded.failed ? MZ_STR("") : mz_buffer_view(&builder->folded);
}

mz_str mz_builder_copy(mz_builder *builder, mz_str text) {
    return mz_arena_copy(&builder->arena, text);
}

static mz_str fold_copy(mz_builder *builder, mz_str text) {
    return mz_arena_copy(&builder->arena, fold(builder, text, false));
}

void mz_builder_reference(mz_builder *builder, mz_str reference) {
    builder->reference = fold_copy(builder, reference);
}

void mz_builder_caption(mz_builder *builder, mz_str caption) {
    builder->caption = fold_copy(builder, caption);
}

void mz_builder_target(mz_builder *builder, bool target) {
    builder->target = target;
}

/* An array of the arena that is full grows into one of twice its size. */
static void *grown(mz_builder *builder, const void *items, size_t count, size_t size, size_t first, size_t *capacity) {
    size_t wanted = count ? count : first;
    if (count && !mz_multiply_size(count, 2, &wanted)) builder->failed = true;
    void *larger = mz_builder_failed(builder) ? NULL : mz_arena_alloc(&builder->arena, wanted, size);
    if (!larger) return NULL;
    if (count) memcpy(larger, items, count * size);
    *capacity = wanted;
    return larger;
}

unsigned mz_builder_entity(mz_builder *builder, mz_schema schema, mz_str id, mz_position at) {
    assert((unsigned)schema < MZ_SCHEMA_COUNT);
    if (builder->count == builder->capacity) {
        struct building *larger =
            grown(builder, builder->entities, builder->count, sizeof *larger, FIRST_ENTITIES, &builder->capacity);
        if (!larger) return 0;
        builder->entities = larger;
    }
    struct building *entity = &builder->entities[builder->count];
    *entity = (struct building){.id = fold_copy(builder, id), .schema = schema, .at = at};
    return (unsigned)builder->count++;
}

mz_str mz_builder_id(const mz_builder *builder, unsigned entity) {
    if (entity >= builder->count && mz_builder_failed(builder)) return MZ_STR("");
    assert(entity < builder->count);
    return builder->entities[entity].id;
}

mz_position mz_builder_at(const mz_builder *builder) {
    return builder->count ? builder->entities[0].at : (mz_position){0};
}

void mz_builder_schema(mz_builder *builder, unsigned entity, mz_schema schema) {
    assert((unsigned)schema < MZ_SCHEMA_COUNT);
    if (mz_builder_failed(builder)) return;
    assert(entity < builder->count);
    builder->entities[entity].schema = schema;
}

/* --- repeated values --------------------------------------------------------------------------------------- */

/* Entity, property, name kind and value in one run of bytes, in the scratch `key`. */
static mz_str fact_key(mz_builder *builder, unsigned entity, mz_property property, mz_name_kind kind, mz_str value) {
    uint32_t head[] = {entity, (uint32_t)property, (uint32_t)kind};
    mz_buffer_clear(&builder->key);
    mz_buffer_append(&builder->key, head, sizeof head);
    mz_buffer_str(&builder->key, value);
    mz_builder_fail(builder, &builder->key);
    return mz_buffer_view(&builder->key);
}

static void enter(mz_builder *builder, unsigned entity, const mz_fact *fact) {
    mz_str key = fact_key(builder, entity, fact->property, fact->name_kind, fact->value);
    key = mz_arena_copy(&builder->arena, key);
    if (mz_builder_failed(builder)) return;
    if (!mz_map_put(&builder->seen, key, 0)) builder->failed = builder->starved = true;
}

static bool repeated(mz_builder *builder, unsigned number, mz_property property, mz_name_kind kind, mz_str value) {
    const struct building *entity = &builder->entities[number];
    if (entity->mapped) return mz_map_get(&builder->seen, fact_key(builder, number, property, kind, value)) != NULL;
    for (size_t i = 0; i < entity->count; i++) {
        const mz_fact *fact = &entity->facts[i];
        if (fact->property == property && fact->name_kind == kind && mz_str_equal(fact->value, value)) return true;
    }
    return false;
}

/* --- facts ------------------------------------------------------------------------------------------------- */

/* A zeroed fact at the end of the entity's, or NULL. */
static mz_fact *new_fact(mz_builder *builder, unsigned number) {
    struct building *entity = &builder->entities[number];
    if (entity->count == entity->capacity) {
        mz_fact *larger = grown(builder, entity->facts, entity->count, sizeof *larger, FIRST_FACTS, &entity->capacity);
        if (!larger) return NULL;
        entity->facts = larger;
    }
    mz_fact *fact = &entity->facts[entity->count++];
    *fact = (mz_fact){.value = MZ_STR(""), .original = MZ_STR(""), .roles = MZ_STR(""), .language = MZ_STR("")};
    return fact;
}

static void remember(mz_builder *builder, unsigned number) {
    struct building *entity = &builder->entities[number];
    if (entity->mapped) {
        enter(builder, number, &entity->facts[entity->count - 1]);
    } else if (entity->count >= MANY_FACTS) {
        for (size_t i = 0; i < entity->count; i++) enter(builder, number, &entity->facts[i]);
        entity->mapped = true;
    }
}

/* Adds what stands in the scratch `folded`. */
static mz_fact *add_folded(mz_builder *builder, unsigned number, mz_property property, mz_name_kind kind, mz_str folded,
                           mz_position at) {
    uint32_t flags = mz_normalise_value(property, folded, builder->dates, &builder->value);
    mz_str value = mz_buffer_view(&builder->value);
    mz_builder_fail(builder, &builder->value);
    if (mz_builder_failed(builder) || value.size == 0 || repeated(builder, number, property, kind, value)) return NULL;
    mz_fact *fact = new_fact(builder, number);
    if (!fact) return NULL;
    fact->property = property;
    fact->name_kind = kind;
    fact->flags = flags;
    fact->at = at;
    fact->value = mz_arena_copy(&builder->arena, value);
    if (!mz_str_equal(value, folded)) fact->original = mz_arena_copy(&builder->arena, folded);
    remember(builder, number);
    return mz_builder_failed(builder) ? NULL : fact;
}

mz_fact *mz_builder_name(mz_builder *builder, unsigned entity, mz_property property, mz_name_kind kind, mz_str value,
                         mz_position at) {
    assert((unsigned)property < MZ_PROPERTY_COUNT && (unsigned)kind < MZ_NAME_KIND_COUNT);
    if (mz_builder_failed(builder)) return NULL;
    assert(entity < builder->count);
    mz_str folded = fold(builder, value, mz_property_keeps_lines(property));
    if (folded.size == 0) return NULL;
    return add_folded(builder, entity, property, kind, folded, at);
}

mz_fact *mz_builder_add(mz_builder *builder, unsigned entity, mz_property property, mz_str value, mz_position at) {
    return mz_builder_name(builder, entity, property, MZ_NAME_UNSPECIFIED, value, at);
}

/* --- names in parts ---------------------------------------------------------------------------------------- */

/* The property of a part's own; a second given name is the second name. */
static bool property_of_role(char role, bool second_given, mz_property *ret_property) {
    switch (role) {
    case 'g': *ret_property = second_given ? MZ_PROP_secondName : MZ_PROP_firstName; return true;
    case 'm': *ret_property = MZ_PROP_middleName; return true;
    case 'f': *ret_property = MZ_PROP_lastName; return true;
    case 'p': *ret_property = MZ_PROP_fatherName; return true; /* FollowTheMoney's name for the patronymic */
    case 't': *ret_property = MZ_PROP_title; return true;
    case 's': *ret_property = MZ_PROP_nameSuffix; return true;
    default: return false;
    }
}

static size_t count_words(mz_str folded) {
    size_t words = folded.size > 0;
    for (size_t i = 0; i < folded.size; i++) words += folded.data[i] == ' ';
    return words;
}

static void add_parts(mz_builder *builder, unsigned entity, const mz_name_part *parts, size_t count, mz_position at) {
    bool given = false;
    for (size_t i = 0; i < count; i++) {
        mz_property property;
        if (!property_of_role(parts[i].role, given, &property)) continue;
        mz_builder_add(builder, entity, property, parts[i].text, at);
        given = given || parts[i].role == 'g';
    }
}

mz_fact *mz_builder_name_parts(mz_builder *builder, unsigned entity, mz_property property, mz_name_kind kind,
                               const mz_name_part *parts, size_t count, mz_position at) {
    if (mz_builder_failed(builder)) return NULL;
    assert(entity < builder->count);
    mz_buffer name, roles; /* small, and as many as a name has words: on the heap, freed below */
    mz_buffer_init(&name, builder->arena.ceiling_bytes);
    mz_buffer_init(&roles, builder->arena.ceiling_bytes);
    for (size_t i = 0; i < count; i++) {
        mz_str folded = fold(builder, parts[i].text, false);
        for (size_t words = count_words(folded); words > 0; words--) mz_buffer_char(&roles, parts[i].role);
        if (folded.size && name.size) mz_buffer_char(&name, ' ');
        mz_buffer_str(&name, folded);
    }
    mz_builder_fail(builder, &name);
    mz_builder_fail(builder, &roles);
    mz_fact *fact = mz_builder_name(builder, entity, property, kind, mz_buffer_view(&name), at);
    if (fact) {
        size_t index = builder->entities[entity].count - 1;
        fact->roles = mz_arena_copy(&builder->arena, mz_buffer_view(&roles));
        if (kind == MZ_NAME_PRIMARY) add_parts(builder, entity, parts, count, at);
        fact = mz_builder_failed(builder) ? NULL : &builder->entities[entity].facts[index];
    }
    mz_buffer_done(&roles);
    mz_buffer_done(&name);
    return fact;
}

/* --- the record -------------------------------------------------------------------------------------------- */

/* The first primary name, else the first name, else the first alias, else the reference, else the id. */
static mz_str default_caption(const mz_builder *builder, const mz_entity *entity) {
    for (size_t i = 0; i < entity->fact_count; i++)
        if (entity->facts[i].name_kind == MZ_NAME_PRIMARY) return entity->facts[i].value;
    mz_str caption = mz_entity_first(entity, MZ_PROP_name);
    if (!caption.size) caption = mz_entity_first(entity, MZ_PROP_alias);
    if (!caption.size) caption = builder->reference;
    return caption.size ? caption : entity->id;
}

static void lay_out(mz_builder *builder, mz_entity *entities) {
    for (size_t i = 0; i < builder->count; i++) {
        const struct building *from = &builder->entities[i];
        mz_fact *facts = MZ_ARENA_NEW(&builder->arena, from->count, mz_fact);
        if (!facts) return;
        mz_order_facts(from->facts, from->count, facts);
        entities[i] = (mz_entity){from->id, from->schema, from->at, facts, from->count};
    }
}

static mz_status report_failure(const mz_builder *builder, mz_error *error) {
    if (builder->starved || builder->arena.starved) return mz_fail_memory(error);
    size_t ceiling = builder->arena.ceiling_bytes;
    mz_str name = builder->reference.size ? builder->reference : builder->count ? builder->entities[0].id : MZ_STR("");
    return mz_fail(error, MZ_ERR_LIMIT,
                   "record %.*s outgrew the %zu bytes allowed for one; raise the ceiling if the record is genuine",
                   mz_shown(name), name.size ? name.data : "", ceiling);
}

mz_status mz_builder_finish(mz_builder *builder, const mz_record **ret_record, mz_error *error) {
    if (mz_builder_failed(builder)) return report_failure(builder, error);
    if (builder->count == 0) return mz_fail(error, MZ_ERR_ARGUMENT, "a record without an entity");
    mz_entity *entities = MZ_ARENA_NEW(&builder->arena, builder->count, mz_entity);
    if (entities) lay_out(builder, entities);
    if (mz_builder_failed(builder)) return report_failure(builder, error);
    if (!builder->caption.size) builder->caption = default_caption(builder, &entities[0]);
    builder->record = (mz_record){
        .list = builder->list,
        .reference = builder->reference,
        .caption = builder->caption,
        .target = builder->target,
        .entities = entities,
        .entity_count = builder->count,
    };
    *ret_record = &builder->record;
    return MZ_OK;
}
