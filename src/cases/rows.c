#include "cases/rows.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/shown.h"
#include "text/text.h"

#include <string.h>

enum { FIRST_ROOM = 16 };

void *mz_case_rows_add(mz_case_rows *rows) {
    if (rows->count == rows->room) {
        size_t room = rows->room ? 2 * rows->room : FIRST_ROOM;
        char *items = mz_arena_alloc(rows->arena, room, rows->size);
        if (!items) return NULL;
        if (rows->count) memcpy(items, rows->items, rows->count * rows->size);
        rows->items = items;
        rows->room = room;
    }
    return (char *)rows->items + rows->size * rows->count++;
}

mz_status mz_case_one(mz_sql *sql, const char *query, const mz_sql_value *values, size_t count, const char *what,
                      mz_arena *arena, const mz_sql_value **ret_columns, mz_error *error) {
    mz_status status = mz_sql_first(sql, query, values, count, arena, ret_columns, error);
    if (status || *ret_columns) return status;
    return mz_fail(error, MZ_ERR_NOT_FOUND, "there is no such %s", what);
}

mz_str mz_case_lower(mz_arena *arena, mz_str text) {
    char *made = MZ_ARENA_NEW(arena, text.size + 1, char);
    if (!made) return MZ_STR("");
    for (size_t k = 0; k < text.size; k++) made[k] = mz_lower(text.data[k]);
    return (mz_str){made, text.size};
}

mz_str mz_case_searched(mz_arena *arena, mz_str text) {
    return mz_case_lower(arena, (mz_str){text.data, (size_t)mz_shown_within(text, MZ_CASE_SEARCH_BYTES)});
}

mz_str mz_case_pattern(mz_arena *arena, mz_str text) {
    char *made = MZ_ARENA_NEW(arena, 2 * text.size + 3, char);
    size_t size = 0;
    if (!made) return MZ_STR("");
    made[size++] = '%';
    for (size_t k = 0; k < text.size; k++) {
        if (strchr("%_\\", text.data[k]) && text.data[k]) made[size++] = '\\';
        made[size++] = mz_lower(text.data[k]);
    }
    if (text.size) made[size++] = '%';
    return (mz_str){made, size};
}

void mz_case_object_begin(mz_case_object *object) {
    mz_buffer_init(&object->text, MZ_CASE_TEXT_BYTES);
    mz_json_init(&object->json, &object->text);
    mz_json_object(&object->json);
}

mz_str mz_case_object_end(mz_case_object *object, mz_arena *arena) {
    mz_json_object_end(&object->json);
    if (object->text.failed && !arena->failed) {
        arena->failed = true;
        arena->starved = object->text.starved;
    }
    mz_str made = object->text.failed ? MZ_STR("{}") : mz_arena_copy(arena, mz_buffer_view(&object->text));
    mz_buffer_done(&object->text);
    return made;
}

void mz_case_put_keys(mz_case_object *object, const char *name, const mz_str *keys, size_t count) {
    mz_json_key(&object->json, name);
    mz_json_array(&object->json);
    for (size_t k = 0; k < count; k++) mz_json_str(&object->json, keys[k]);
    mz_json_array_end(&object->json);
}

mz_status mz_case_keep_facts(mz_sql *sql, mz_str agency, mz_str digest, mz_str facts, mz_error *error) {
    const mz_sql_value values[] = {mz_sql_text(agency), mz_sql_text(digest), mz_sql_text(facts)};
    return mz_sql_run(sql,
                      "INSERT INTO case_facts (agency, digest, facts) VALUES (?1, ?2, ?3) ON CONFLICT (agency, digest) "
                      "DO NOTHING",
                      values, 3, NULL, error);
}

mz_status mz_case_check_text(mz_str text, const char *what, size_t bytes_most, mz_error *error) {
    size_t offset = 0;
    uint32_t c;
    if (text.size > bytes_most)
        return mz_fail(error, MZ_ERR_LIMIT, "%s may have %zu bytes, and has %zu", what, bytes_most, text.size);
    if (!mz_utf8_valid(text, NULL)) return mz_fail(error, MZ_ERR_INPUT, "%s is not UTF-8", what);
    while (mz_utf8_next(text, &offset, &c))
        if ((c < 0x20 && c != '\n' && c != '\t' && c != '\r') || (c >= 0x7F && c < 0xA0))
            return mz_fail(error, MZ_ERR_INPUT, "%s has a control character in it", what);
    return MZ_OK;
}
