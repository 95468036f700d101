#include "subjects/mapping.h"

#include "base/ascii.h"
#include "base/error.h"
#include "base/json_write.h"
#include "base/shown.h"

typedef struct reading {
    mz_arena *arena;
    mz_subject_mapping *mapping;
    mz_error *error;
} reading;

static mz_status bad(const reading *r, const mz_json_value *at, const char *what, mz_str word, const char *nearest) {
    return mz_fail_at(r->error, MZ_ERR_INPUT, at->line, at->column, "%s “%.*s”%s%s%s", what, mz_shown(word), word.data,
                      nearest ? "; did you mean “" : "", nearest ? nearest : "", nearest ? "”?" : "");
}

static mz_status check_keys(const reading *r, const mz_json_value *object, const char *const *keys, const char *what) {
    for (const mz_json_value *m = object->child; m; m = m->next) {
        const char *const *key = keys;
        while (*key && !mz_str_equal(m->key, mz_str_of(*key))) key++;
        if (!*key) return bad(r, m, what, m->key, NULL);
    }
    return MZ_OK;
}

static mz_status read_schema_name(const reading *r, const mz_json_value *value, mz_schema *ret_schema) {
    mz_status status = mz_json_expect(value, MZ_JSON_STRING, "a schema", r->error);
    if (status) return status;
    if (!mz_schema_find(value->text, ret_schema))
        return bad(r, value, "unknown schema", value->text, mz_schema_nearest(value->text));
    if (mz_schema_is_a(*ret_schema, MZ_SCHEMA_Thing)) return MZ_OK;
    return bad(r, value, "a subject cannot be a", value->text, NULL);
}

static mz_status read_words(const reading *r, const mz_json_value *object) {
    mz_subject_mapping *mapping = r->mapping;
    mz_status status = mz_json_expect(object, MZ_JSON_OBJECT, "\"values\"", r->error);
    if (status) return status;
    if (object->count > MZ_SUBJECT_MAPPED_MOST)
        return mz_fail_at(r->error, MZ_ERR_LIMIT, object->line, object->column, "more than %d words for schemata",
                          MZ_SUBJECT_MAPPED_MOST);
    mapping->words = MZ_ARENA_NEW(r->arena, object->count + 1, mz_mapped_word);
    if (!mapping->words) return mz_fail_arena(r->arena, r->error, "the mapping");
    for (const mz_json_value *m = object->child; m && !status; m = m->next) {
        mz_mapped_word *word = &mapping->words[mapping->word_count++];
        word->word = m->key;
        status = read_schema_name(r, m, &word->schema);
    }
    return status;
}

static mz_status read_schema(const reading *r, const mz_json_value *value) {
    static const char *const keys[] = {"column", "values", "usual", NULL};
    mz_subject_mapping *mapping = r->mapping;
    if (value->kind != MZ_JSON_OBJECT) return read_schema_name(r, value, &mapping->schema);
    mz_status status = check_keys(r, value, keys, "“schema” has column, values and usual, not");
    if (!status) status = mz_json_read_str(value, "column", &mapping->schema_column, r->error);
    if (!status && !mapping->schema_column.size)
        status = mz_fail_at(r->error, MZ_ERR_INPUT, value->line, value->column, "“schema” names no column");
    const mz_json_value *words = mz_json_member(value, "values"), *usual = mz_json_member(value, "usual");
    if (!status && words) status = read_words(r, words);
    mapping->schema_wanted = !usual;
    if (!status && usual) status = read_schema_name(r, usual, &mapping->schema);
    return status;
}

static mz_status read_property(const reading *r, const mz_json_value *member, mz_property *ret_property) {
    if (mz_property_find(member->key, ret_property)) return MZ_OK;
    return bad(r, member, "unknown property", member->key, mz_property_nearest(member->key));
}

/* "Full name", or {"column":…,"format":…,"split":…} */
static mz_status read_column(const reading *r, const mz_json_value *value, mz_mapped_column *column) {
    static const char *const keys[] = {"column", "format", "split", NULL};
    if (value->kind == MZ_JSON_STRING) {
        column->column = value->text;
    } else {
        mz_status status = mz_json_expect(value, MZ_JSON_OBJECT, "a column", r->error);
        if (!status) status = check_keys(r, value, keys, "a column has column, format and split, not");
        if (!status) status = mz_json_read_str(value, "column", &column->column, r->error);
        if (!status) status = mz_json_read_str(value, "format", &column->format, r->error);
        if (!status) status = mz_json_read_str(value, "split", &column->split, r->error);
        if (status) return status;
    }
    if (!column->column.size)
        return mz_fail_at(r->error, MZ_ERR_INPUT, value->line, value->column, "a column has no name");
    if (!column->format.size) return MZ_OK;
    if (mz_property_kind(column->property) != MZ_TYPE_DATE)
        return bad(r, value, "only dates have a format, not", mz_str_of(mz_property_name(column->property)), NULL);
    if (mz_date_format_valid(column->format)) return MZ_OK;
    return bad(r, value, "a format of dates is like DD/MM/YYYY, not", column->format, NULL);
}

/* A member's value, or the elements of its array. */
static const mz_json_value *first_of(const mz_json_value *member) {
    return member->kind == MZ_JSON_ARRAY ? member->child : member;
}
static const mz_json_value *next_of(const mz_json_value *member, const mz_json_value *value) {
    return member->kind == MZ_JSON_ARRAY ? value->next : NULL;
}

static mz_status count_values(const reading *r, const mz_json_value *object, const char *what, size_t *ret_count) {
    mz_status status = mz_json_expect(object, MZ_JSON_OBJECT, what, r->error);
    *ret_count = 0;
    for (const mz_json_value *m = status ? NULL : object->child; m; m = m->next)
        *ret_count += m->kind == MZ_JSON_ARRAY ? m->count : 1;
    if (!status && *ret_count > MZ_SUBJECT_MAPPED_MOST)
        return mz_fail_at(r->error, MZ_ERR_LIMIT, object->line, object->column, "%s has more than %d values", what,
                          MZ_SUBJECT_MAPPED_MOST);
    return status;
}

static mz_status read_properties(const reading *r, const mz_json_value *object) {
    mz_subject_mapping *mapping = r->mapping;
    size_t count;
    mz_status status = count_values(r, object, "“properties”", &count);
    if (status) return status;
    mapping->columns = MZ_ARENA_NEW(r->arena, count + 1, mz_mapped_column);
    if (!mapping->columns) return mz_fail_arena(r->arena, r->error, "the mapping");
    for (const mz_json_value *m = object->child; m && !status; m = m->next)
        for (const mz_json_value *v = first_of(m); v && !status; v = next_of(m, v)) {
            mz_mapped_column *column = &mapping->columns[mapping->column_count++];
            *column = (mz_mapped_column){.column = MZ_STR(""), .format = MZ_STR(""), .split = MZ_STR("")};
            status = read_property(r, m, &column->property);
            if (!status) status = read_column(r, v, column);
        }
    return status;
}

static mz_status read_constants(const reading *r, const mz_json_value *object) {
    mz_subject_mapping *mapping = r->mapping;
    size_t count;
    mz_status status = count_values(r, object, "“constant”", &count);
    if (status) return status;
    mapping->constants = MZ_ARENA_NEW(r->arena, count + 1, mz_mapped_constant);
    if (!mapping->constants) return mz_fail_arena(r->arena, r->error, "the mapping");
    for (const mz_json_value *m = object->child; m && !status; m = m->next)
        for (const mz_json_value *v = first_of(m); v && !status; v = next_of(m, v)) {
            mz_mapped_constant *constant = &mapping->constants[mapping->constant_count++];
            constant->value = v->text;
            status = read_property(r, m, &constant->property);
            if (!status) status = mz_json_expect(v, MZ_JSON_STRING, "a constant", r->error);
        }
    return status;
}

static mz_status read_how(const reading *r, const mz_json_value *root) {
    mz_subject_mapping *mapping = r->mapping;
    mz_str dates = MZ_STR("day-first"), encoding = MZ_STR(""), delimiter = MZ_STR("");
    mz_status status = mz_json_read_str(root, "dates", &dates, r->error);
    if (!status) status = mz_json_read_str(root, "encoding", &encoding, r->error);
    if (!status) status = mz_json_read_str(root, "delimiter", &delimiter, r->error);
    if (!status) status = mz_json_read_str(root, "sheet", &mapping->sheet, r->error);
    if (status) return status;
    bool month = mz_str_equal(dates, MZ_STR("month-first"));
    if (!month && !mz_str_equal(dates, MZ_STR("day-first")))
        return bad(r, mz_json_member(root, "dates"), "dates are day-first or month-first, not", dates, NULL);
    mapping->dates = month ? MZ_DATE_MONTH_FIRST : MZ_DATE_DAY_FIRST;
    mapping->encoding = mz_encoding_of(encoding);
    if (encoding.size && mapping->encoding == MZ_ENCODING_COUNT)
        return bad(r, mz_json_member(root, "encoding"),
                   "an encoding is utf-8, utf-16le, utf-16be, windows-1252 or windows-1256, not", encoding, NULL);
    if (delimiter.size > 1 || (delimiter.size && !memchr(",;\t|^~", delimiter.data[0], 6)))
        return bad(r, mz_json_member(root, "delimiter"), "a delimiter is one of , ; TAB | ^ ~, not", delimiter, NULL);
    mapping->delimiter = delimiter.size ? delimiter.data[0] : '\0';
    return MZ_OK;
}

/* Without a name or a number nobody is found. */
static mz_status check_whole(const reading *r, const mz_json_value *root) {
    const mz_subject_mapping *mapping = r->mapping;
    if (!mapping->reference.size)
        return mz_fail_at(r->error, MZ_ERR_INPUT, root->line, root->column,
                          "the mapping says no \"reference\": the column that tells subjects apart");
    for (size_t i = 0; i < mapping->column_count; i++) {
        mz_property_type kind = mz_property_kind(mapping->columns[i].property);
        if (kind == MZ_TYPE_NAME || kind == MZ_TYPE_NAME_PART || kind == MZ_TYPE_IDENTIFIER) return MZ_OK;
    }
    return mz_fail_at(r->error, MZ_ERR_INPUT, root->line, root->column,
                      "the mapping has no column with a name or a number: \"properties\":{\"name\":[\"…\"]}");
}

mz_status mz_subject_mapping_read(const mz_json_value *value, mz_arena *arena, mz_subject_mapping *ret_mapping,
                                  mz_error *error) {
    static const char *const keys[] = {"schema",   "reference", "properties", "constant", "dates",
                                       "encoding", "delimiter", "sheet",      NULL};
    mz_subject_mapping made = {
        .schema = MZ_SCHEMA_LegalEntity, .schema_column = MZ_STR(""), .reference = MZ_STR(""), .sheet = MZ_STR("")};
    reading r = {arena, &made, error};
    mz_status status = mz_json_expect(value, MZ_JSON_OBJECT, "a mapping", error);
    if (!status)
        status = check_keys(&r, value, keys,
                            "a mapping has schema, reference, properties, constant, dates, encoding, delimiter and "
                            "sheet, not");
    const mz_json_value *schema = mz_json_member(value, "schema");
    const mz_json_value *properties = mz_json_member(value, "properties");
    const mz_json_value *constants = mz_json_member(value, "constant");
    if (!status && schema) status = read_schema(&r, schema);
    if (!status) status = mz_json_read_str(value, "reference", &made.reference, error);
    if (!status && properties) status = read_properties(&r, properties);
    if (!status && constants) status = read_constants(&r, constants);
    if (!status) status = read_how(&r, value);
    if (!status) status = check_whole(&r, value);
    if (!status) *ret_mapping = made;
    return status;
}

mz_status mz_subject_mapping_parse(mz_str text, mz_arena *arena, mz_subject_mapping *ret_mapping, mz_error *error) {
    const mz_json_value *value = NULL;
    if (text.size > MZ_SUBJECT_MAPPING_BYTES_MOST)
        return mz_fail(error, MZ_ERR_LIMIT, "a mapping has at most %d KiB", MZ_SUBJECT_MAPPING_BYTES_MOST / 1024);
    mz_status status = mz_json_parse(text, 0, arena, &value, error);
    return status ? status : mz_subject_mapping_read(value, arena, ret_mapping, error);
}

bool mz_subject_mapping_schema(const mz_subject_mapping *mapping, mz_str word, mz_schema *ret_schema) {
    for (size_t w = 0; w < mapping->word_count; w++) {
        if (!mz_same_letters(mapping->words[w].word, word)) continue;
        *ret_schema = mapping->words[w].schema;
        return true;
    }
    for (int schema = 0; schema < MZ_SCHEMA_COUNT; schema++) {
        if (!mz_same_letters(word, mz_str_of(mz_schema_name((mz_schema)schema)))) continue;
        *ret_schema = (mz_schema)schema;
        return mz_schema_is_a(*ret_schema, MZ_SCHEMA_Thing);
    }
    return false;
}

/* ---- writing ---- */

static void write_schema(const mz_subject_mapping *mapping, mz_json *json) {
    mz_json_key(json, "schema");
    if (!mapping->schema_column.size) {
        mz_json_str(json, mz_str_of(mz_schema_name(mapping->schema)));
        return;
    }
    mz_json_object(json);
    mz_json_pair(json, "column", mapping->schema_column);
    if (!mapping->schema_wanted) mz_json_pair(json, "usual", mz_str_of(mz_schema_name(mapping->schema)));
    mz_json_key(json, "values");
    mz_json_object(json);
    for (size_t w = 0; w < mapping->word_count; w++) {
        mz_str word = mapping->words[w].word;
        mz_json_key_str(json, word);
        mz_json_str(json, mz_str_of(mz_schema_name(mapping->words[w].schema)));
    }
    mz_json_object_end(json);
    mz_json_object_end(json);
}

static void write_column(const mz_mapped_column *column, mz_json *json) {
    if (!column->format.size && !column->split.size) {
        mz_json_str(json, column->column);
        return;
    }
    mz_json_object(json);
    mz_json_pair(json, "column", column->column);
    if (column->format.size) mz_json_pair(json, "format", column->format);
    if (column->split.size) mz_json_pair(json, "split", column->split);
    mz_json_object_end(json);
}

/* The columns of each property together, in the order of the properties' first ones. */
static void write_properties(const mz_subject_mapping *mapping, mz_json *json) {
    bool written[MZ_PROPERTY_COUNT] = {false};
    mz_json_key(json, "properties");
    mz_json_object(json);
    for (size_t i = 0; i < mapping->column_count; i++) {
        mz_property property = mapping->columns[i].property;
        if (written[property]) continue;
        written[property] = true;
        mz_json_key(json, mz_property_name(property));
        mz_json_array(json);
        for (size_t k = i; k < mapping->column_count; k++)
            if (mapping->columns[k].property == property) write_column(&mapping->columns[k], json);
        mz_json_array_end(json);
    }
    mz_json_object_end(json);
}

static void write_constants(const mz_subject_mapping *mapping, mz_json *json) {
    bool written[MZ_PROPERTY_COUNT] = {false};
    if (!mapping->constant_count) return;
    mz_json_key(json, "constant");
    mz_json_object(json);
    for (size_t i = 0; i < mapping->constant_count; i++) {
        mz_property property = mapping->constants[i].property;
        if (written[property]) continue;
        written[property] = true;
        mz_json_key(json, mz_property_name(property));
        mz_json_array(json);
        for (size_t k = i; k < mapping->constant_count; k++)
            if (mapping->constants[k].property == property) mz_json_str(json, mapping->constants[k].value);
        mz_json_array_end(json);
    }
    mz_json_object_end(json);
}

void mz_subject_mapping_write(const mz_subject_mapping *mapping, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    write_schema(mapping, &json);
    mz_json_pair(&json, "reference", mapping->reference);
    write_properties(mapping, &json);
    write_constants(mapping, &json);
    if (mapping->dates == MZ_DATE_MONTH_FIRST) mz_json_pair(&json, "dates", MZ_STR("month-first"));
    if (mapping->encoding != MZ_ENCODING_COUNT)
        mz_json_pair(&json, "encoding", mz_str_of(mz_encoding_name(mapping->encoding)));
    if (mapping->delimiter) mz_json_pair(&json, "delimiter", (mz_str){&mapping->delimiter, 1});
    if (mapping->sheet.size) mz_json_pair(&json, "sheet", mapping->sheet);
    mz_json_object_end(&json);
}
