#include "lists/own_mapping.h"

#include "base/error.h"
#include "base/file.h"
#include "base/json_read.h"
#include "base/shown.h"

#include <limits.h>
#include <stdio.h>
#include <sys/stat.h>

enum { MAPPING_CEILING_BYTES = 1 << 20 };

typedef struct parsing {
    mz_arena *arena;
    mz_own_mapping *mapping;
    mz_error *error;
} parsing;

void mz_own_mapping_usual(mz_own_mapping *ret_mapping) {
    *ret_mapping = (mz_own_mapping){.schema = MZ_SCHEMA_LegalEntity,
                                    .dates = MZ_DATE_DAY_FIRST,
                                    .list = MZ_STR(""),
                                    .id = MZ_STR("id"),
                                    .reference = MZ_STR("reference"),
                                    .schema_column = MZ_STR("schema")};
}

static mz_status fail_word(const parsing *p, const mz_json_value *at, const char *what, mz_str word,
                           const char *nearest) {
    return mz_fail_at(p->error, MZ_ERR_INPUT, at->line, at->column, "unknown %s \"%.*s\"%s%s%s", what, mz_shown(word),
                      word.data, nearest ? "; did you mean \"" : "", nearest ? nearest : "", nearest ? "\"?" : "");
}

static mz_status read_schema(const parsing *p, const mz_json_value *value, mz_schema *ret_schema) {
    mz_status status = mz_json_expect(value, MZ_JSON_STRING, "a schema", p->error);
    if (status || mz_schema_find(value->text, ret_schema)) return status;
    return fail_word(p, value, "schema", value->text, mz_schema_nearest(value->text));
}

static mz_status read_property(const parsing *p, const mz_json_value *at, mz_str name, mz_property *ret_property) {
    if (mz_property_find(name, ret_property)) return MZ_OK;
    return fail_word(p, at, "property", name, mz_property_nearest(name));
}

/* {"property": "alias", "split": ";"} */
static mz_status read_column_object(const parsing *p, const mz_json_value *object, mz_own_column *column) {
    mz_str name = {"", 0};
    for (const mz_json_value *m = object->child; m; m = m->next)
        if (!mz_str_equal(m->key, MZ_STR("property")) && !mz_str_equal(m->key, MZ_STR("split")))
            return fail_word(p, m, "key", m->key, "property\" or \"split");
    mz_status status = mz_json_read_str(object, "property", &name, p->error);
    if (!status) status = mz_json_read_str(object, "split", &column->split, p->error);
    if (status) return status;
    if (name.size) return read_property(p, mz_json_member(object, "property"), name, &column->property);
    return mz_fail_at(p->error, MZ_ERR_INPUT, object->line, object->column, "the column \"%.*s\" says no property",
                      mz_shown(object->key), object->key.data);
}

static mz_status read_columns(const parsing *p, const mz_json_value *object) {
    const mz_own_column **tail = &p->mapping->columns;
    mz_status status = mz_json_expect(object, MZ_JSON_OBJECT, "columns", p->error);
    for (const mz_json_value *m = object->child; m && !status; m = m->next) {
        mz_own_column *column = MZ_ARENA_NEW(p->arena, 1, mz_own_column);
        if (!column) return mz_fail_arena(p->arena, p->error, "the mapping");
        column->name = m->key;
        column->split = MZ_STR("");
        if (m->kind == MZ_JSON_OBJECT)
            status = read_column_object(p, m, column);
        else if (m->kind == MZ_JSON_STRING)
            status = read_property(p, m, m->text, &column->property);
        else
            status = mz_json_expect(m, MZ_JSON_STRING, "a column's property", p->error);
        *tail = column;
        tail = &column->next;
    }
    return status;
}

static mz_status read_pair(const parsing *p, const mz_json_value *member, const mz_json_value *value, bool constant,
                           mz_own_pair *pair) {
    mz_status status = mz_json_expect(value, MZ_JSON_STRING, constant ? "a constant" : "a schema", p->error);
    if (status) return status;
    pair->key = member->key;
    pair->value = value->text;
    return constant ? read_property(p, member, member->key, &pair->property) : read_schema(p, value, &pair->schema);
}

/* {"Individual": "Person"}; constants may have several values: {"topics": ["sanction", "role.pep"]}. */
static mz_status read_pairs(const parsing *p, const mz_json_value *object, bool constants, const mz_own_pair **tail) {
    mz_status status = mz_json_expect(object, MZ_JSON_OBJECT, constants ? "constants" : "schema_values", p->error);
    for (const mz_json_value *m = object->child; m && !status; m = m->next) {
        bool several = constants && m->kind == MZ_JSON_ARRAY;
        for (const mz_json_value *v = several ? m->child : m; v && !status; v = several ? v->next : NULL) {
            mz_own_pair *pair = MZ_ARENA_NEW(p->arena, 1, mz_own_pair);
            if (!pair) return mz_fail_arena(p->arena, p->error, "the mapping");
            status = read_pair(p, m, v, constants, pair);
            *tail = pair;
            tail = &pair->next;
        }
    }
    return status;
}

static mz_status read_dates(const parsing *p, const mz_json_value *value) {
    mz_status status = mz_json_expect(value, MZ_JSON_STRING, "dates", p->error);
    if (status) return status;
    bool month = mz_str_equal(value->text, MZ_STR("month-first"));
    if (!month && !mz_str_equal(value->text, MZ_STR("day-first")))
        return fail_word(p, value, "order of dates", value->text, "day-first\" or \"month-first");
    p->mapping->dates = month ? MZ_DATE_MONTH_FIRST : MZ_DATE_DAY_FIRST;
    return MZ_OK;
}

/* Short names become part of ids, folder names and addresses. */
static mz_status read_list(const parsing *p, const mz_json_value *value) {
    mz_status status = mz_json_expect(value, MZ_JSON_STRING, "list", p->error);
    if (status) return status;
    mz_str name = value->text;
    bool usable = name.size > 0 && name.size < 64 && name.data[0] != '.' && name.data[0] != '-';
    for (size_t i = 0; i < name.size && usable; i++) {
        char c = name.data[i], letter = (char)(c | 0x20);
        usable = (letter >= 'a' && letter <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    }
    p->mapping->list = name;
    if (usable) return MZ_OK;
    return mz_fail_at(p->error, MZ_ERR_INPUT, value->line, value->column,
                      "a list's short name is 1 to 63 letters, digits, _ . and -, not \"%.*s\"", mz_shown(name),
                      name.data);
}

static mz_status read_member(const parsing *p, const mz_json_value *member) {
    static const char *const texts[] = {"id", "reference", "schema_column"};
    mz_str *const into[] = {&p->mapping->id, &p->mapping->reference, &p->mapping->schema_column};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (!mz_str_equal(member->key, mz_str_of(texts[i]))) continue;
        *into[i] = member->text;
        return mz_json_expect(member, MZ_JSON_STRING, texts[i], p->error);
    }
    if (mz_str_equal(member->key, MZ_STR("list"))) return read_list(p, member);
    if (mz_str_equal(member->key, MZ_STR("schema"))) return read_schema(p, member, &p->mapping->schema);
    if (mz_str_equal(member->key, MZ_STR("dates"))) return read_dates(p, member);
    if (mz_str_equal(member->key, MZ_STR("columns"))) return read_columns(p, member);
    if (mz_str_equal(member->key, MZ_STR("constants"))) return read_pairs(p, member, true, &p->mapping->constants);
    if (mz_str_equal(member->key, MZ_STR("schema_values")))
        return read_pairs(p, member, false, &p->mapping->schema_words);
    return mz_fail_at(p->error, MZ_ERR_INPUT, member->line, member->column,
                      "unknown key \"%.*s\"; a mapping has list, schema, id, reference, columns, schema_column, "
                      "schema_values, dates and constants",
                      mz_shown(member->key), member->key.data);
}

mz_status mz_own_mapping_parse(mz_str text, mz_arena *arena, mz_own_mapping *ret_mapping, mz_error *error) {
    mz_own_mapping mapping;
    const mz_json_value *root = NULL;
    parsing p = {.arena = arena, .mapping = &mapping, .error = error};
    mz_own_mapping_usual(&mapping);
    mapping.given = true;
    mapping.id = mapping.reference = mapping.schema_column = MZ_STR("");
    mz_str kept = mz_arena_copy(arena, text);
    mz_status status =
        arena->failed ? mz_fail_arena(arena, error, "the mapping") : mz_json_parse(kept, 0, arena, &root, error);
    if (!status) status = mz_json_expect(root, MZ_JSON_OBJECT, "a mapping", error);
    if (status) return status;
    for (const mz_json_value *member = root->child; member && !status; member = member->next)
        status = read_member(&p, member);
    if (!status) *ret_mapping = mapping;
    return status;
}

mz_status mz_own_mapping_find(const char *table_path, const char *mapping_path, mz_arena *arena,
                              mz_own_mapping *ret_mapping, mz_error *error) {
    char beside[PATH_MAX];
    struct stat facts;
    mz_own_mapping_usual(ret_mapping);
    if (!mapping_path) {
        int size = snprintf(beside, sizeof beside, "%s.map.json", table_path);
        if (size < 0 || (size_t)size >= sizeof beside || stat(beside, &facts) != 0) return MZ_OK;
        mapping_path = beside;
    }
    mz_buffer text;
    mz_buffer_init(&text, MAPPING_CEILING_BYTES);
    mz_status status = mz_file_read(mapping_path, &text, error);
    if (!status) status = mz_own_mapping_parse(mz_buffer_view(&text), arena, ret_mapping, error);
    if (status) mz_error_name(error, mapping_path);
    mz_buffer_done(&text);
    return status;
}

static bool same_letters(mz_str a, mz_str b) {
    if (a.size != b.size) return false;
    for (size_t i = 0; i < a.size; i++) {
        char x = a.data[i], y = b.data[i];
        if (x >= 'A' && x <= 'Z') x = (char)(x | 0x20);
        if (y >= 'A' && y <= 'Z') y = (char)(y | 0x20);
        if (x != y) return false;
    }
    return true;
}

bool mz_own_mapping_schema(const mz_own_mapping *mapping, mz_str word, mz_schema *ret_schema) {
    for (const mz_own_pair *pair = mapping->schema_words; pair; pair = pair->next) {
        if (!same_letters(pair->key, word)) continue;
        *ret_schema = pair->schema;
        return true;
    }
    for (int schema = 0; schema < MZ_SCHEMA_COUNT; schema++) {
        if (!same_letters(word, mz_str_of(mz_schema_name((mz_schema)schema)))) continue;
        *ret_schema = (mz_schema)schema;
        return true;
    }
    return false;
}
