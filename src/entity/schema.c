/* Schemata and properties: the tables of mizan/schema.h as arrays, and look-ups in them.
 *
 * Look-up by name scans the table: sizes are compared first, so that of some 150 names two or three are looked
 * at; a sorted copy or a hash would be a second table to keep in step with the first. */
#include "mizan/schema.h"

#include "base/nearest.h"

#include <assert.h>
#include <stddef.h>

static const mz_str schema_names[] = {
#define MZ_X(name, parent) {#name, sizeof #name - 1},
    MZ_SCHEMATA(MZ_X)
#undef MZ_X
};

static const mz_schema schema_parents[] = {
#define MZ_X(name, parent) MZ_SCHEMA_##parent,
    MZ_SCHEMATA(MZ_X)
#undef MZ_X
};

static const mz_str property_names[] = {
#define MZ_X(name, type) {#name, sizeof #name - 1},
    MZ_PROPERTIES(MZ_X)
#undef MZ_X
};

static const mz_property_type property_types[] = {
#define MZ_X(name, type) MZ_TYPE_##type,
    MZ_PROPERTIES(MZ_X)
#undef MZ_X
};

const char *mz_schema_name(mz_schema schema) {
    assert((unsigned)schema < MZ_SCHEMA_COUNT);
    return schema_names[schema].data;
}

const char *mz_property_name(mz_property property) {
    assert((unsigned)property < MZ_PROPERTY_COUNT);
    return property_names[property].data;
}

mz_property_type mz_property_kind(mz_property property) {
    assert((unsigned)property < MZ_PROPERTY_COUNT);
    return property_types[property];
}

/* `count` when it is not there. */
static size_t find(const mz_str *names, size_t count, mz_str name) {
    size_t at = 0;
    while (at < count && !mz_str_equal(names[at], name)) at++;
    return at;
}

bool mz_schema_find(mz_str name, mz_schema *ret_schema) {
    size_t at = find(schema_names, MZ_SCHEMA_COUNT, name);
    if (at == MZ_SCHEMA_COUNT) return false;
    *ret_schema = (mz_schema)at;
    return true;
}

bool mz_property_find(mz_str name, mz_property *ret_property) {
    size_t at = find(property_names, MZ_PROPERTY_COUNT, name);
    if (at == MZ_PROPERTY_COUNT) return false;
    *ret_property = (mz_property)at;
    return true;
}

bool mz_schema_is_a(mz_schema schema, mz_schema ancestor) {
    assert((unsigned)schema < MZ_SCHEMA_COUNT && (unsigned)ancestor < MZ_SCHEMA_COUNT);
    while (schema != ancestor && schema_parents[schema] != schema) schema = schema_parents[schema];
    return schema == ancestor;
}

/* Lists that have no word for a ship or an aircraft enter it as an organisation. */
static bool organisation_or_vehicle(mz_schema a, mz_schema b) {
    return (a == MZ_SCHEMA_Organization || a == MZ_SCHEMA_LegalEntity) && mz_schema_is_a(b, MZ_SCHEMA_Vehicle);
}

bool mz_schema_comparable(mz_schema a, mz_schema b) {
    if (mz_schema_is_a(a, b) || mz_schema_is_a(b, a)) return true;
    if (organisation_or_vehicle(a, b) || organisation_or_vehicle(b, a)) return true;
    return mz_schema_is_a(a, MZ_SCHEMA_LegalEntity) && mz_schema_is_a(b, MZ_SCHEMA_LegalEntity) &&
           !mz_schema_is_a(a, MZ_SCHEMA_Person) && !mz_schema_is_a(b, MZ_SCHEMA_Person);
}

const char *mz_schema_nearest(mz_str name) {
    return mz_nearest(schema_names, MZ_SCHEMA_COUNT, name);
}

const char *mz_property_nearest(mz_str name) {
    return mz_nearest(property_names, MZ_PROPERTY_COUNT, name);
}
