/* What differs between two texts of facts: which properties have lost and won which values. Both are canonical
 * (screen/facts.h): properties and values in the order of their bytes, so that one walk over both finds it. */
#include "base/json_read.h"
#include "cases/rows.h"

static const mz_json_value *properties_of(mz_str facts, mz_arena *arena) {
    const mz_json_value *value;
    if (!facts.size || mz_json_parse(facts, 0, arena, &value, NULL)) return NULL;
    const mz_json_value *properties = mz_json_member(value, "properties");
    return properties ? properties->child : NULL;
}

/* Values of one that the other has not; both are sorted. */
static size_t put_others(mz_json *json, const mz_json_value *one, const mz_json_value *other) {
    size_t count = 0;
    for (; one; one = one->next) {
        while (other && mz_str_order(other->text, one->text) < 0) other = other->next;
        if (other && mz_str_equal(other->text, one->text)) continue;
        if (json) mz_json_str(json, one->text);
        count++;
    }
    return count;
}

static void put_side(mz_json *json, const char *key, const mz_json_value *one, const mz_json_value *other) {
    mz_json_key(json, key);
    mz_json_array(json);
    (void)put_others(json, one, other);
    mz_json_array_end(json);
}

static void put_property(mz_json *json, mz_str property, const mz_json_value *from, const mz_json_value *to) {
    if (put_others(NULL, from, to) + put_others(NULL, to, from) == 0) return;
    mz_json_object(json);
    mz_json_pair(json, "property", property);
    put_side(json, "from", from, to);
    put_side(json, "to", to, from);
    mz_json_object_end(json);
}

static mz_str schema_of(mz_str facts, mz_arena *arena) {
    const mz_json_value *value;
    mz_str schema = MZ_STR("");
    if (!facts.size || mz_json_parse(facts, 0, arena, &value, NULL)) return schema;
    (void)mz_json_read_str(value, "schema", &schema, NULL);
    return schema;
}

static void put_schema(mz_json *json, mz_str from, mz_str to, mz_arena *arena) {
    const mz_json_value old = {.kind = MZ_JSON_STRING, .text = schema_of(from, arena)};
    const mz_json_value new = {.kind = MZ_JSON_STRING, .text = schema_of(to, arena)};
    if (old.text.size && new.text.size) put_property(json, MZ_STR("schema"), &old, &new);
}

void mz_facts_difference(mz_str from, mz_str to, mz_arena *arena, mz_buffer *out) {
    mz_json json;
    const mz_json_value *old = properties_of(from, arena), *new = properties_of(to, arena);
    mz_json_init(&json, out);
    mz_json_array(&json);
    if (!mz_str_equal(from, to)) put_schema(&json, from, to, arena);
    while (!mz_str_equal(from, to) && (old || new)) {
        int order = !old ? 1 : !new ? -1 : mz_str_order(old->key, new->key);
        put_property(&json, order <= 0 ? old->key : new->key, order <= 0 ? old->child : NULL,
                     order >= 0 ? new->child : NULL);
        if (order <= 0) old = old->next;
        if (order >= 0) new = new->next;
    }
    mz_json_array_end(&json);
}
