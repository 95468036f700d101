#include "lists/kind.h"

#include "mizan/store.h"

static bool is_named(mz_str name, const char *known) {
    return known && name.size && *name.data == *known && mz_str_equal(name, mz_str_of(known));
}

static bool is_origin(const mz_list_origin *origin, mz_str name) {
    bool is = is_named(name, origin->list);
    for (size_t d = 0; d < MZ_ORIGIN_DATASETS_MOST && !is; d++) is = is_named(name, origin->datasets[d]);
    return is;
}

/* Each topic once. */
static void add(mz_str topic, mz_str topics[MZ_KIND_TOPICS_MOST], size_t *count) {
    for (size_t t = 0; t < *count; t++)
        if (mz_str_equal(topics[t], topic)) return;
    if (*count < MZ_KIND_TOPICS_MOST) topics[(*count)++] = topic;
}

static void add_of(mz_str name, mz_str topics[MZ_KIND_TOPICS_MOST], size_t *count) {
    size_t origins;
    const mz_list_origin *origin = mz_list_origins(&origins);
    for (size_t i = 0; i < origins; i++)
        for (size_t t = 0; is_origin(&origin[i], name) && t < MZ_ORIGIN_TOPICS_MOST && origin[i].topics[t]; t++)
            add(mz_str_of(origin[i].topics[t]), topics, count);
}

size_t mz_list_kind(const mz_record *record, mz_str ret_topics[MZ_KIND_TOPICS_MOST]) {
    size_t count = 0;
    for (size_t e = 1; e < record->entity_count; e++)
        if (record->entities[e].schema == MZ_SCHEMA_Sanction) add(MZ_STR("sanction"), ret_topics, &count);
    if (count) return count;
    add_of(record->list, ret_topics, &count);
    const mz_entity *entity = record->entity_count ? record->entities : NULL;
    for (size_t f = 0; entity && f < entity->fact_count; f++) {
        const mz_fact *fact = &entity->facts[f];
        if (fact->property == MZ_PROP_publisher && (fact->flags & MZ_FACT_DERIVED))
            add_of(fact->value, ret_topics, &count);
    }
    return count;
}
