/* The file that keeps a delta: a line of JSON for each change. */
#include "base/error.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "lists/delta.h"

enum { LINE_ARENA_BYTES = 512 * 1024 * 1024 };

static const char *const kind_names[] = {"added", "removed", "changed"};

void mz_change_write(const mz_change *change, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "change", mz_str_of(kind_names[change->kind]));
    mz_json_pair(&json, "id", change->id);
    mz_json_pair(&json, "reference", change->reference);
    mz_json_pair(&json, "caption", change->caption);
    if (change->field_count) {
        mz_json_key(&json, "fields");
        mz_json_array(&json);
        for (size_t i = 0; i < change->field_count; i++) {
            const mz_field_change *field = &change->fields[i];
            mz_json_object(&json);
            mz_json_pair(&json, "schema", mz_str_of(mz_schema_name(field->schema)));
            mz_json_pair(&json, "property", mz_str_of(mz_property_name(field->property)));
            mz_json_pair(&json, "from", field->from);
            mz_json_pair(&json, "to", field->to);
            mz_json_object_end(&json);
        }
        mz_json_array_end(&json);
    }
    mz_json_object_end(&json);
}

static mz_status read_kind(const mz_json_value *object, mz_change_kind *ret_kind, mz_error *error) {
    mz_str name = {0};
    mz_status status = mz_json_read_str(object, "change", &name, error);
    if (status) return status;
    for (mz_change_kind kind = MZ_CHANGE_ADDED; kind <= MZ_CHANGE_CHANGED; kind++) {
        if (!mz_str_equal(name, mz_str_of(kind_names[kind]))) continue;
        *ret_kind = kind;
        return MZ_OK;
    }
    return mz_fail(error, MZ_ERR_INPUT, "damaged delta: a change that is none of added, removed, changed");
}

static mz_status read_field(const mz_json_value *object, mz_field_change *into, mz_error *error) {
    mz_str schema = {0}, property = {0};
    into->from = into->to = MZ_STR("");
    mz_status status = mz_json_read_str(object, "schema", &schema, error);
    if (!status) status = mz_json_read_str(object, "property", &property, error);
    if (!status) status = mz_json_read_str(object, "from", &into->from, error);
    if (!status) status = mz_json_read_str(object, "to", &into->to, error);
    if (!status && (!mz_schema_find(schema, &into->schema) || !mz_property_find(property, &into->property)))
        status = mz_fail(error, MZ_ERR_INPUT, "damaged delta: a schema or property that is not known");
    return status;
}

static mz_status read_fields(const mz_json_value *object, mz_arena *arena, mz_change *into, mz_error *error) {
    const mz_json_value *array = mz_json_member(object, "fields");
    if (!array) return MZ_OK;
    mz_status status = mz_json_expect(array, MZ_JSON_ARRAY, "\"fields\"", error);
    if (status) return status;
    mz_field_change *fields = MZ_ARENA_NEW(arena, array->count + (size_t)1, mz_field_change);
    if (!fields) return mz_fail_memory(error);
    into->fields = fields;
    for (const mz_json_value *item = array->child; !status && item; item = item->next)
        status = read_field(item, &fields[into->field_count++], error);
    return status;
}

mz_status mz_change_read(mz_str line, mz_arena *arena, mz_change *ret_change, mz_error *error) {
    const mz_json_value *object = NULL;
    mz_change change = {.id = {"", 0}, .reference = {"", 0}, .caption = {"", 0}};
    mz_status status = mz_json_parse(line, 0, arena, &object, error);
    if (!status) status = mz_json_expect(object, MZ_JSON_OBJECT, "a change", error);
    if (!status) status = read_kind(object, &change.kind, error);
    if (!status) status = mz_json_read_str(object, "id", &change.id, error);
    if (!status) status = mz_json_read_str(object, "reference", &change.reference, error);
    if (!status) status = mz_json_read_str(object, "caption", &change.caption, error);
    if (!status) status = read_fields(object, arena, &change, error);
    if (!status) *ret_change = change;
    return status;
}

mz_status mz_delta_read(const char *path, mz_change_sink sink, mz_error *error) {
    mz_unpacker unpacker;
    mz_arena arena;
    mz_arena_init(&arena, LINE_ARENA_BYTES);
    mz_status status = mz_unpacker_open(&unpacker, path, error);
    for (bool more = true; !status && more;) {
        mz_str line;
        size_t at;
        mz_change change;
        status = mz_unpacker_line(&unpacker, &line, &at, &more, error);
        if (status || !more) break;
        mz_arena_reset(&arena);
        status = mz_change_read(line, &arena, &change, error);
        if (!status) status = sink.change(sink.context, &change, error);
    }
    mz_unpacker_close(&unpacker);
    mz_arena_done(&arena);
    return status;
}
