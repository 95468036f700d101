#include "screen/filter_json.h"

#include "base/error.h"
#include "base/nearest.h"
#include "base/shown.h"

static mz_status refuse_key(const mz_json_value *member, mz_error *error) {
    mz_str names[MZ_FILTER_KEY_COUNT];
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT; k++) names[k] = mz_str_of(mz_filter_key_name((mz_filter_key)k));
    const char *nearest = mz_nearest(names, MZ_FILTER_KEY_COUNT, member->key);
    return mz_fail_at(error, MZ_ERR_INPUT, member->line, member->column, "a filter has no \"%.*s\"; %s \"%s\"%s",
                      mz_shown(member->key), member->key.data, nearest ? "did you mean" : "it has",
                      nearest ? nearest : "lists", nearest ? "?" : ", \"topics\", \"schemata\", …");
}

static mz_status read_values(const mz_json_value *member, mz_filter_key key, mz_arena *arena, mz_filter *filter,
                             mz_error *error) {
    bool array = member->kind == MZ_JSON_ARRAY;
    size_t count = array ? member->count : 1;
    mz_str *texts = MZ_ARENA_NEW(arena, count + 1, mz_str);
    if (!texts) return mz_fail_memory(error);
    size_t i = 0;
    for (const mz_json_value *value = array ? member->child : member; value && i < count; value = value->next) {
        mz_status status = mz_json_expect(value, MZ_JSON_STRING, "a value of a filter", error);
        if (status) return status;
        texts[i++] = value->text;
    }
    filter->values[key].texts = texts;
    filter->values[key].count = i;
    return MZ_OK;
}

mz_status mz_filter_read_json(const mz_json_value *value, mz_arena *arena, mz_filter *ret_filter, mz_error *error) {
    *ret_filter = (mz_filter){.values = {{NULL, 0}}};
    mz_status status = mz_json_expect(value, MZ_JSON_OBJECT, "\"filter\"", error);
    for (const mz_json_value *m = status ? NULL : value->child; m && !status; m = m->next) {
        mz_filter_key key;
        if (!mz_filter_key_find(m->key, &key)) return refuse_key(m, error);
        if (m->kind != MZ_JSON_NULL) status = read_values(m, key, arena, ret_filter, error);
    }
    return status;
}

mz_status mz_filter_fail_at(const mz_json_value *value, mz_filter_key key, mz_error *error) {
    const mz_json_value *member = mz_json_member(value, mz_filter_key_name(key));
    if (member && error) {
        error->line = member->line;
        error->column = member->column;
        error->status = MZ_ERR_INPUT;
    }
    return MZ_ERR_INPUT;
}

void mz_filter_write_json(const mz_filter *filter, mz_json *json) {
    mz_json_object(json);
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT; k++) {
        if (!filter->values[k].count) continue;
        mz_json_key(json, mz_filter_key_name((mz_filter_key)k));
        if (mz_filter_key_is_date((mz_filter_key)k)) {
            mz_json_str(json, filter->values[k].texts[0]);
            continue;
        }
        mz_json_array(json);
        for (size_t i = 0; i < filter->values[k].count; i++) mz_json_str(json, filter->values[k].texts[i]);
        mz_json_array_end(json);
    }
    mz_json_object_end(json);
}
