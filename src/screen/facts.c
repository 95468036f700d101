/* See facts.h. Facts are gathered as pairs of a property's name and a value, sorted, and written without repetitions.
 *
 * Rejected: to hash what the index keeps of an entity. It would be exact to the bit of a score, but what it keeps
 * changes with each build that learns something, and every pair that was cleared would come back. */
#include "screen/facts.h"

#include "base/buffer.h"
#include "base/json_write.h"

#include <stdlib.h>

enum { FACTS_BYTES_MOST = 64 << 20 };

static bool date_looked_at(mz_property property) {
    return property == MZ_PROP_birthDate || property == MZ_PROP_deathDate || property == MZ_PROP_incorporationDate ||
           property == MZ_PROP_buildDate;
}

bool mz_facts_has(mz_property property) {
    switch (mz_property_kind(property)) {
    case MZ_TYPE_NAME:
    case MZ_TYPE_NAME_PART:
    case MZ_TYPE_COUNTRY:
    case MZ_TYPE_IDENTIFIER:
    case MZ_TYPE_ADDRESS:
    case MZ_TYPE_GENDER: return true;
    case MZ_TYPE_DATE: return date_looked_at(property);
    case MZ_TYPE_TEXT: return property == MZ_PROP_birthPlace;
    case MZ_TYPE_TOPIC:
    case MZ_TYPE_URL:
    case MZ_TYPE_ENTITY: break;
    }
    return false;
}

typedef struct fact_value {
    mz_str property, value;
} fact_value;

typedef struct gathering {
    fact_value *values; /* room for all facts of the record */
    size_t count;
    mz_arena *arena;
} gathering;

static void gather(gathering *taken, mz_property property, mz_str value) {
    if (value.size) taken->values[taken->count++] = (fact_value){mz_str_of(mz_property_name(property)), value};
}

static void gather_own(gathering *taken, const mz_entity *entity) {
    for (size_t f = 0; f < entity->fact_count; f++)
        if (mz_facts_has(entity->facts[f].property)) gather(taken, entity->facts[f].property, entity->facts[f].value);
}

static bool bears_numbers(mz_schema schema) {
    return mz_schema_is_a(schema, MZ_SCHEMA_Identification) || schema == MZ_SCHEMA_CryptoWallet ||
           schema == MZ_SCHEMA_BankAccount || schema == MZ_SCHEMA_Security;
}

static void gather_numbers(gathering *taken, const mz_entity *part) {
    bool passport = mz_schema_is_a(part->schema, MZ_SCHEMA_Passport);
    mz_str country = mz_entity_first(part, MZ_PROP_country);
    for (size_t f = 0; f < part->fact_count; f++) {
        mz_property property = part->facts[f].property;
        mz_str value = part->facts[f].value;
        if (mz_property_kind(property) != MZ_TYPE_IDENTIFIER || !value.size) continue;
        if (passport && property == MZ_PROP_number) property = MZ_PROP_passportNumber;
        if (country.size)
            value = mz_arena_print(taken->arena, "%.*s (%.*s)", (int)value.size, value.data, (int)country.size,
                                   country.data);
        gather(taken, property, value);
    }
}

static void gather_addresses(gathering *taken, const mz_entity *part) {
    for (size_t f = 0; f < part->fact_count; f++)
        if (mz_property_kind(part->facts[f].property) == MZ_TYPE_ADDRESS)
            gather(taken, MZ_PROP_address, part->facts[f].value);
}

static int order_values(const void *a, const void *b) {
    const fact_value *one = a, *other = b;
    int order = mz_str_order(one->property, other->property);
    return order ? order : mz_str_order(one->value, other->value);
}

/* Each property once, with its values; `values` are sorted. */
static void write_properties(mz_json *json, const fact_value *values, size_t count) {
    for (size_t v = 0; v < count; v++) {
        bool other = v == 0 || !mz_str_equal(values[v].property, values[v - 1].property);
        if (other && v) mz_json_array_end(json);
        if (other) {
            mz_json_key(json, values[v].property.data);
            mz_json_array(json);
        }
        if (other || !mz_str_equal(values[v].value, values[v - 1].value)) mz_json_str(json, values[v].value);
    }
    if (count) mz_json_array_end(json);
}

static mz_str write(gathering *taken, mz_schema schema) {
    mz_buffer text;
    mz_json json;
    if (taken->arena->failed) return (mz_str){"", 0};
    qsort(taken->values, taken->count, sizeof *taken->values, order_values);
    mz_buffer_init(&text, FACTS_BYTES_MOST);
    mz_json_init(&json, &text);
    mz_json_object(&json);
    mz_json_key(&json, "properties");
    mz_json_object(&json);
    write_properties(&json, taken->values, taken->count);
    mz_json_object_end(&json);
    mz_json_pair(&json, "schema", mz_str_of(mz_schema_name(schema)));
    mz_json_object_end(&json);
    if (text.failed) {
        taken->arena->failed = true;
        taken->arena->starved = text.starved;
    }
    mz_str made = text.failed ? (mz_str){"", 0} : mz_arena_copy(taken->arena, mz_buffer_view(&text));
    mz_buffer_done(&text);
    return made;
}

mz_str mz_facts_write_record(const mz_record *record, mz_arena *arena) {
    gathering taken = {.arena = arena};
    size_t room = 1;
    for (size_t e = 0; e < record->entity_count; e++) room += record->entities[e].fact_count;
    taken.values = MZ_ARENA_NEW(arena, room, fact_value);
    if (!taken.values) return (mz_str){"", 0};
    gather_own(&taken, &record->entities[0]);
    bool addressed = mz_entity_first(&record->entities[0], MZ_PROP_address).size > 0;
    for (size_t e = 1; e < record->entity_count; e++) {
        const mz_entity *part = &record->entities[e];
        if (bears_numbers(part->schema)) gather_numbers(&taken, part);
        if (!addressed && part->schema == MZ_SCHEMA_Address) gather_addresses(&taken, part);
    }
    return write(&taken, record->entities[0].schema);
}

mz_str mz_facts_write(const mz_entity *entity, mz_arena *arena) {
    const mz_record record = {.entities = entity, .entity_count = 1};
    return mz_facts_write_record(&record, arena);
}

void mz_facts_digest(mz_str facts, char ret_digest[MZ_DIGEST_HEX_SIZE]) {
    mz_digest digest;
    mz_digest_init(&digest);
    mz_digest_update(&digest, facts.data, facts.size);
    mz_digest_hex(&digest, ret_digest);
}
