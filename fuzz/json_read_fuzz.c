/* Any bytes as JSON: refused with a place inside them, or a tree whose strings are UTF-8 and which cJSON builds
 * as well. */
#include "base/json_read.h"

#include <cjson/cJSON.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool truth) {
    if (!truth) abort();
}

static size_t count_values(const mz_json_value *value) {
    size_t count = 1;
    for (const mz_json_value *child = value->child; child; child = child->next) count += count_values(child);
    return count;
}

static size_t count_theirs(const cJSON *value) {
    size_t count = 1;
    for (const cJSON *child = value->child; child; child = child->next) count += count_theirs(child);
    return count;
}

/* cJSON cuts numbers off at 63 characters, and stumbles over a byte-order mark before a text of one byte. */
static bool is_within_cjson(const mz_json_value *value) {
    if (value->kind == MZ_JSON_NUMBER && value->text.size > 60) return false;
    for (const mz_json_value *child = value->child; child; child = child->next)
        if (!is_within_cjson(child)) return false;
    return true;
}

static void compare(const mz_json_value *value, mz_str text) {
    if (!is_within_cjson(value)) return;
    size_t mark = text.size >= 3 && memcmp(text.data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    cJSON *theirs = cJSON_ParseWithLength(text.data + mark, text.size - mark);
    check(theirs != NULL && count_values(value) == count_theirs(theirs));
    cJSON_Delete(theirs);
}

static void read_members(const mz_json_value *value) {
    mz_error error;
    mz_str text;
    int64_t whole;
    bool truth;
    const mz_json_value *first;
    static const char *const keys[] = {"id", "a", "limit"};
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        (void)mz_json_read_str(value, keys[i], &text, &error);
        (void)mz_json_read_int(value, keys[i], -5, INT64_MAX, &whole, &error);
        (void)mz_json_read_bool(value, keys[i], &truth, &error);
        (void)mz_json_read_strings(value, keys[i], &first, &error);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_arena arena;
    mz_error error;
    const mz_json_value *value = NULL;
    mz_str text = {(const char *)data, size};
    mz_arena_init(&arena, 1 << 20);
    mz_status status = mz_json_parse(text, 0, &arena, &value, &error);
    if (status) {
        check(value == NULL && error.line > 0 && error.column <= size + 1);
    } else {
        read_members(value);
        compare(value, text);
    }
    mz_arena_done(&arena);
    mz_arena_init(&arena, 1 << 14);
    (void)mz_json_parse(text, MZ_JSON_KEEP_REPEATED_KEYS, &arena, &value, NULL);
    mz_arena_done(&arena);
    return 0;
}
