/* The text form of a record: one line of JSON that holds everything the record holds.
 *
 *     {"id":…,"schema":…,"caption":…,"properties":{"name":[…],…},"list":…,"reference":…,"target":true,
 *      "position":{"line":7},"provenance":{"name":[{"line":9,"kind":"primary"},{}]},
 *      "attached":[{"id":…,"schema":…,"properties":…,"position":…,"provenance":…}]}
 *
 * The writer's order is fixed, so that the same record is the same bytes; the reader takes members in any order and
 * refuses what would be lost: unknown members, properties and words, and members said twice. */
#include "base/error.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/shown.h"
#include "entity/fact_order.h"
#include "entity/record.h"

#include <assert.h>

static const struct flag_word {
    uint32_t flag;
    const char *word;
} flag_words[] = {
    {MZ_FACT_WRONG_CHECK, "wrong check"},
    {MZ_FACT_UNPARSED, "unparsed"},
    {MZ_FACT_DERIVED, "derived"},
};
enum { FLAG_WORDS = sizeof flag_words / sizeof flag_words[0] };

/* --- writing ----------------------------------------------------------------------------------------------- */

static bool says_something(const mz_position *at) {
    return at->line || at->column || at->file;
}

static void write_position(mz_json *json, const mz_position *at) {
    if (at->line) mz_json_pair_int(json, "line", at->line);
    if (at->column) mz_json_pair_int(json, "column", at->column);
    if (at->file) mz_json_pair_int(json, "file", at->file);
}

static bool has_provenance(const mz_fact *fact) {
    return says_something(&fact->at) || fact->name_kind != MZ_NAME_UNSPECIFIED || fact->flags || fact->original.size ||
           fact->roles.size || fact->language.size;
}

static void write_flags(mz_json *json, uint32_t flags) {
    mz_json_key(json, "flags");
    mz_json_array(json);
    for (size_t i = 0; i < FLAG_WORDS; i++)
        if (flags & flag_words[i].flag) mz_json_str(json, mz_str_of(flag_words[i].word));
    mz_json_array_end(json);
}

static void write_provenance(mz_json *json, const mz_fact *fact) {
    mz_json_object(json);
    write_position(json, &fact->at);
    if (fact->name_kind != MZ_NAME_UNSPECIFIED)
        mz_json_pair(json, "kind", mz_str_of(mz_name_kind_name(fact->name_kind)));
    if (fact->roles.size) mz_json_pair(json, "roles", fact->roles);
    if (fact->language.size) mz_json_pair(json, "language", fact->language);
    if (fact->original.size) mz_json_pair(json, "original", fact->original);
    if (fact->flags) write_flags(json, fact->flags);
    mz_json_object_end(json);
}

/* Where the facts of the property at `from` end. */
static size_t run_end(const mz_entity *entity, size_t from) {
    size_t end = from + 1;
    while (end < entity->fact_count && entity->facts[end].property == entity->facts[from].property) end++;
    return end;
}

static void write_properties(mz_json *json, const mz_entity *entity) {
    mz_json_key(json, "properties");
    mz_json_object(json);
    for (size_t from = 0, end; from < entity->fact_count; from = end) {
        end = run_end(entity, from);
        /* the contract of mz_entity: facts in the order of their properties */
        assert(from == 0 || entity->facts[from - 1].property < entity->facts[from].property);
        mz_json_key(json, mz_property_name(entity->facts[from].property));
        mz_json_array(json);
        for (size_t i = from; i < end; i++) mz_json_str(json, entity->facts[i].value);
        mz_json_array_end(json);
    }
    mz_json_object_end(json);
}

static void write_all_provenance(mz_json *json, const mz_entity *entity) {
    bool opened = false;
    for (size_t from = 0, end; from < entity->fact_count; from = end) {
        end = run_end(entity, from);
        size_t telling = from;
        while (telling < end && !has_provenance(&entity->facts[telling])) telling++;
        if (telling == end) continue;
        if (!opened) {
            mz_json_key(json, "provenance");
            mz_json_object(json);
            opened = true;
        }
        mz_json_key(json, mz_property_name(entity->facts[from].property));
        mz_json_array(json);
        for (size_t i = from; i < end; i++) write_provenance(json, &entity->facts[i]);
        mz_json_array_end(json);
    }
    if (opened) mz_json_object_end(json);
}

static void write_entity_position(mz_json *json, const mz_entity *entity) {
    if (!says_something(&entity->at)) return;
    mz_json_key(json, "position");
    mz_json_object(json);
    write_position(json, &entity->at);
    mz_json_object_end(json);
}

static void write_attached(mz_json *json, const mz_entity *entity) {
    mz_json_object(json);
    mz_json_pair(json, "id", entity->id);
    mz_json_pair(json, "schema", mz_str_of(mz_schema_name(entity->schema)));
    write_properties(json, entity);
    write_entity_position(json, entity);
    write_all_provenance(json, entity);
    mz_json_object_end(json);
}

void mz_record_write_json(const mz_record *record, mz_buffer *out) {
    assert(record->entity_count > 0);
    const mz_entity *listed = &record->entities[0];
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "id", listed->id);
    mz_json_pair(&json, "schema", mz_str_of(mz_schema_name(listed->schema)));
    mz_json_pair(&json, "caption", record->caption);
    write_properties(&json, listed);
    mz_json_pair(&json, "list", record->list);
    if (record->reference.size) mz_json_pair(&json, "reference", record->reference);
    mz_json_pair_bool(&json, "target", record->target);
    write_entity_position(&json, listed);
    write_all_provenance(&json, listed);
    if (record->entity_count > 1) {
        mz_json_key(&json, "attached");
        mz_json_array(&json);
        for (size_t i = 1; i < record->entity_count; i++) write_attached(&json, &record->entities[i]);
        mz_json_array_end(&json);
    }
    mz_json_object_end(&json);
}

/* --- reading ----------------------------------------------------------------------------------------------- */

static mz_status refuse(const mz_json_value *at, mz_error *error, const char *what, mz_str name, const char *nearest) {
    return mz_fail_at(error, MZ_ERR_INPUT, at->line, at->column, "%s: %.*s%s%s", what, mz_shown(name),
                      name.size ? name.data : "", nearest ? "; nearest: " : "", nearest ? nearest : "");
}

static mz_status out_of_memory(const mz_arena *arena, mz_error *error) {
    if (arena->starved) return mz_fail_memory(error);
    return mz_fail(error, MZ_ERR_LIMIT, "a record of more than the %zu bytes allowed for one", arena->ceiling_bytes);
}

/* Everything in an object must be known: what is not would be lost in silence. */
static mz_status only_known(const mz_json_value *object, const char *const *names, size_t count, mz_error *error) {
    for (const mz_json_value *member = object->child; member; member = member->next) {
        size_t i = 0;
        while (i < count && !mz_str_equal(mz_str_of(names[i]), member->key)) i++;
        if (i == count) return refuse(member, error, "a member that records do not have", member->key, NULL);
    }
    return MZ_OK;
}

static mz_status needed(const mz_json_value *object, const char *name, mz_json_kind kind,
                        const mz_json_value **ret_value, mz_error *error) {
    const mz_json_value *value = mz_json_member(object, name);
    if (!value) return refuse(object, error, "an object without the member", mz_str_of(name), NULL);
    *ret_value = value;
    return mz_json_expect(value, kind, name, error);
}

static mz_status needed_text(const mz_json_value *object, const char *name, mz_str *ret_text, mz_error *error) {
    const mz_json_value *value;
    mz_status status = needed(object, name, MZ_JSON_STRING, &value, error);
    if (status == MZ_OK) *ret_text = value->text;
    return status;
}

static mz_status find_property(const mz_json_value *member, mz_property *ret_property, mz_error *error) {
    if (mz_property_find(member->key, ret_property)) return MZ_OK;
    return refuse(member, error, "no such property", member->key, mz_property_nearest(member->key));
}

static mz_status read_position(const mz_json_value *object, mz_position *ret_at, mz_error *error) {
    int64_t line = 0, column = 0, file = 0;
    mz_status status = mz_json_read_int(object, "line", 0, UINT32_MAX, &line, error);
    if (status == MZ_OK) status = mz_json_read_int(object, "column", 0, UINT16_MAX, &column, error);
    if (status == MZ_OK) status = mz_json_read_int(object, "file", 0, UINT16_MAX, &file, error);
    *ret_at = (mz_position){(uint32_t)line, (uint16_t)column, (uint16_t)file};
    return status;
}

static mz_status read_kind(const mz_json_value *object, mz_name_kind *ret_kind, mz_error *error) {
    const mz_json_value *value = mz_json_member(object, "kind");
    if (!value) return MZ_OK;
    mz_status status = mz_json_expect(value, MZ_JSON_STRING, "kind", error);
    if (status != MZ_OK) return status;
    for (unsigned kind = 0; kind < MZ_NAME_KIND_COUNT; kind++) {
        if (!mz_str_equal(value->text, mz_str_of(mz_name_kind_name((mz_name_kind)kind)))) continue;
        *ret_kind = (mz_name_kind)kind;
        return MZ_OK;
    }
    return refuse(value, error, "no such kind of name", value->text, NULL);
}

static mz_status read_flags(const mz_json_value *object, uint32_t *ret_flags, mz_error *error) {
    const mz_json_value *word = NULL;
    mz_status status = mz_json_read_strings(object, "flags", &word, error);
    for (; status == MZ_OK && word; word = word->next) {
        size_t i = 0;
        while (i < FLAG_WORDS && !mz_str_equal(word->text, mz_str_of(flag_words[i].word))) i++;
        if (i == FLAG_WORDS) return refuse(word, error, "no such flag", word->text, NULL);
        *ret_flags |= flag_words[i].flag;
    }
    return status;
}

static mz_status read_fact_provenance(const mz_json_value *object, mz_fact *fact, mz_error *error) {
    static const char *const names[] = {"line", "column", "file", "kind", "roles", "language", "original", "flags"};
    mz_status status = mz_json_expect(object, MZ_JSON_OBJECT, "provenance of a value", error);
    if (status == MZ_OK) status = only_known(object, names, sizeof names / sizeof names[0], error);
    if (status == MZ_OK) status = read_position(object, &fact->at, error);
    if (status == MZ_OK) status = read_kind(object, &fact->name_kind, error);
    if (status == MZ_OK) status = mz_json_read_str(object, "roles", &fact->roles, error);
    if (status == MZ_OK) status = mz_json_read_str(object, "language", &fact->language, error);
    if (status == MZ_OK) status = mz_json_read_str(object, "original", &fact->original, error);
    if (status == MZ_OK) status = read_flags(object, &fact->flags, error);
    return status;
}

/* The facts of an entity while it is read: in the order of the text, room for all of them. */
struct facts {
    mz_fact *items;
    size_t count;
};

static mz_status read_values(const mz_json_value *values, const mz_json_value *provenance, struct facts *facts,
                             mz_error *error) {
    mz_property property;
    mz_status status = find_property(values, &property, error);
    const mz_json_value *beside = provenance ? provenance->child : NULL;
    for (const mz_json_value *value = values->child; status == MZ_OK && value; value = value->next) {
        mz_fact *fact = &facts->items[facts->count++];
        *fact = (mz_fact){.property = property, .value = value->text};
        fact->original = fact->roles = fact->language = MZ_STR("");
        status = mz_json_expect(value, MZ_JSON_STRING, "a value", error);
        if (status == MZ_OK && beside) {
            status = read_fact_provenance(beside, fact, error);
            beside = beside->next;
        }
    }
    return status;
}

/* Counts the values of all properties, and checks that they are arrays. */
static mz_status count_values(const mz_json_value *properties, size_t *ret_count, mz_error *error) {
    *ret_count = 0;
    for (const mz_json_value *values = properties->child; values; values = values->next) {
        mz_status status = mz_json_expect(values, MZ_JSON_ARRAY, "a property", error);
        if (status != MZ_OK) return status;
        *ret_count += values->count;
    }
    return MZ_OK;
}

/* Provenance speaks of properties that are there, with one item for each value. */
static mz_status check_provenance(const mz_json_value *provenance, const mz_json_value *properties, mz_error *error) {
    for (const mz_json_value *items = provenance->child; items; items = items->next) {
        mz_property property;
        mz_status status = find_property(items, &property, error);
        if (status == MZ_OK) status = mz_json_expect(items, MZ_JSON_ARRAY, "provenance of a property", error);
        if (status != MZ_OK) return status;
        const mz_json_value *values = mz_json_member(properties, mz_property_name(property));
        if (!values || values->count != items->count)
            return refuse(items, error, "provenance must have one item for each value of", items->key, NULL);
    }
    return MZ_OK;
}

static const mz_json_value *member_of(const mz_json_value *object, mz_str name) {
    const mz_json_value *member = object->child;
    while (member && !mz_str_equal(member->key, name)) member = member->next;
    return member;
}

static mz_status read_facts(const mz_json_value *properties, const mz_json_value *provenance, mz_arena *arena,
                            mz_entity *entity, mz_error *error) {
    struct facts facts = {0};
    size_t count;
    mz_status status = count_values(properties, &count, error);
    if (status != MZ_OK) return status;
    facts.items = MZ_ARENA_NEW(arena, count, mz_fact);
    mz_fact *ordered = MZ_ARENA_NEW(arena, count, mz_fact);
    if (!facts.items || !ordered) return out_of_memory(arena, error);
    for (const mz_json_value *values = properties->child; status == MZ_OK && values; values = values->next) {
        const mz_json_value *beside = provenance ? member_of(provenance, values->key) : NULL;
        status = read_values(values, beside, &facts, error);
    }
    if (status != MZ_OK) return status;
    mz_order_facts(facts.items, facts.count, ordered);
    entity->facts = ordered;
    entity->fact_count = facts.count;
    return MZ_OK;
}

static mz_status read_schema(const mz_json_value *object, mz_schema *ret_schema, mz_error *error) {
    const mz_json_value *value;
    mz_status status = needed(object, "schema", MZ_JSON_STRING, &value, error);
    if (status != MZ_OK || mz_schema_find(value->text, ret_schema)) return status;
    return refuse(value, error, "no such schema", value->text, mz_schema_nearest(value->text));
}

static mz_status read_entity(const mz_json_value *object, mz_arena *arena, mz_entity *ret_entity, mz_error *error) {
    static const char *const place_names[] = {"line", "column", "file"};
    const mz_json_value *properties, *position = mz_json_member(object, "position");
    const mz_json_value *provenance = mz_json_member(object, "provenance");
    mz_status status = needed_text(object, "id", &ret_entity->id, error);
    if (status == MZ_OK) status = read_schema(object, &ret_entity->schema, error);
    if (status == MZ_OK && position) {
        status = mz_json_expect(position, MZ_JSON_OBJECT, "position", error);
        if (status == MZ_OK) status = only_known(position, place_names, 3, error);
        if (status == MZ_OK) status = read_position(position, &ret_entity->at, error);
    }
    if (status == MZ_OK) status = needed(object, "properties", MZ_JSON_OBJECT, &properties, error);
    if (status == MZ_OK && provenance) {
        status = mz_json_expect(provenance, MZ_JSON_OBJECT, "provenance", error);
        if (status == MZ_OK) status = check_provenance(provenance, properties, error);
    }
    if (status == MZ_OK) status = read_facts(properties, provenance, arena, ret_entity, error);
    return status;
}

static mz_status read_attached(const mz_json_value *attached, mz_arena *arena, mz_entity *entities, mz_error *error) {
    static const char *const names[] = {"id", "schema", "properties", "position", "provenance"};
    for (const mz_json_value *object = attached->child; object; object = object->next) {
        mz_status status = mz_json_expect(object, MZ_JSON_OBJECT, "an attached entity", error);
        if (status == MZ_OK) status = only_known(object, names, sizeof names / sizeof names[0], error);
        if (status == MZ_OK) status = read_entity(object, arena, entities++, error);
        if (status != MZ_OK) return status;
    }
    return MZ_OK;
}

static mz_status read_head(const mz_json_value *object, mz_record *record, mz_error *error) {
    static const char *const names[] = {"id",        "schema", "caption",  "properties", "list",
                                        "reference", "target", "position", "provenance", "attached"};
    mz_status status = mz_json_expect(object, MZ_JSON_OBJECT, "a record", error);
    if (status == MZ_OK) status = only_known(object, names, sizeof names / sizeof names[0], error);
    if (status == MZ_OK) status = needed_text(object, "caption", &record->caption, error);
    if (status == MZ_OK) status = needed_text(object, "list", &record->list, error);
    if (status == MZ_OK) status = mz_json_read_str(object, "reference", &record->reference, error);
    if (status == MZ_OK && !mz_json_member(object, "target"))
        status = refuse(object, error, "an object without the member", MZ_STR("target"), NULL);
    if (status == MZ_OK) status = mz_json_read_bool(object, "target", &record->target, error);
    return status;
}

static mz_status read_record(const mz_json_value *object, mz_arena *arena, mz_record *record, mz_error *error) {
    mz_status status = read_head(object, record, error);
    if (status != MZ_OK) return status;
    const mz_json_value *attached = mz_json_member(object, "attached");
    if (attached) status = mz_json_expect(attached, MZ_JSON_ARRAY, "attached", error);
    if (status != MZ_OK) return status;
    record->entity_count = 1 + (attached ? (size_t)attached->count : 0);
    mz_entity *entities = MZ_ARENA_NEW(arena, record->entity_count, mz_entity);
    if (!entities) return out_of_memory(arena, error);
    record->entities = entities;
    status = read_entity(object, arena, &entities[0], error);
    if (status == MZ_OK && attached) status = read_attached(attached, arena, &entities[1], error);
    return status;
}

mz_status mz_record_read_json(mz_str text, mz_arena *arena, mz_record *ret_record, mz_error *error) {
    mz_record record = {.reference = MZ_STR("")};
    const mz_json_value *object;
    /* a copy, so that every string that the reader finds in the text is the arena's */
    mz_str copy = mz_arena_copy(arena, text);
    if (arena->failed) return out_of_memory(arena, error);
    mz_status status = mz_json_parse(copy, 0, arena, &object, error);
    if (status == MZ_OK) status = read_record(object, arena, &record, error);
    if (status == MZ_OK) *ret_record = record;
    return status;
}
