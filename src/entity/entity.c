/* The small questions that anyone may ask of an entity, and the order of its facts. */
#include "mizan/entity.h"

#include "entity/fact_order.h"

#include <assert.h>

mz_str mz_entity_first(const mz_entity *entity, mz_property property) {
    for (size_t i = 0; i < entity->fact_count; i++)
        if (entity->facts[i].property == property) return entity->facts[i].value;
    return MZ_STR("");
}

const char *mz_name_kind_name(mz_name_kind kind) {
    static const char *const names[] = {
        [MZ_NAME_UNSPECIFIED] = "unspecified",   [MZ_NAME_PRIMARY] = "primary",
        [MZ_NAME_STRONG_ALIAS] = "strong alias", [MZ_NAME_WEAK_ALIAS] = "weak alias",
        [MZ_NAME_PREVIOUS] = "previous",         [MZ_NAME_ORIGINAL_SCRIPT] = "original script",
    };
    assert((unsigned)kind < MZ_NAME_KIND_COUNT);
    return names[kind];
}

void mz_order_facts(const mz_fact *facts, size_t count, mz_fact *ret_ordered) {
    size_t start[MZ_PROPERTY_COUNT + 1] = {0};
    for (size_t i = 0; i < count; i++) start[facts[i].property + 1]++;
    for (size_t p = 1; p <= MZ_PROPERTY_COUNT; p++) start[p] += start[p - 1];
    for (size_t i = 0; i < count; i++) ret_ordered[start[facts[i].property]++] = facts[i];
}
