/* A subject as it is given from outside: what is checked before it is anybody. */
#include "base/ascii.h"
#include "base/error.h"
#include "base/shown.h"
#include "screen/query_json.h"
#include "subjects/subjects.h"
#include "text/text.h"

/* Names of sources are part of addresses and of what commands are given. */
mz_status mz_subject_source_check(mz_str source, mz_error *error) {
    bool fine = source.size > 0 && source.size <= MZ_SUBJECT_SOURCE_BYTES_MOST && source.data[0] != '.' &&
                source.data[0] != '-';
    for (size_t i = 0; i < source.size && fine; i++) {
        char c = source.data[i];
        fine = mz_is_letter(c) || mz_is_digit(c) || c == '_' || c == '.' || c == '-';
    }
    if (fine) return MZ_OK;
    return mz_fail(error, MZ_ERR_INPUT,
                   "a source is 1 to %d letters, digits, _ . and -, beginning with a letter or digit, not “%.*s”",
                   MZ_SUBJECT_SOURCE_BYTES_MOST, mz_shown(source), source.data);
}

static bool has_controls(mz_str text) {
    for (size_t i = 0; i < text.size; i++)
        if ((unsigned char)text.data[i] < ' ' || text.data[i] == 0x7F) return true;
    return false;
}

mz_status mz_subject_reference_check(mz_str reference, mz_error *error) {
    if (!reference.size) return mz_fail(error, MZ_ERR_INPUT, "there is no reference: what its source calls it");
    if (reference.size > MZ_SUBJECT_REFERENCE_BYTES_MOST)
        return mz_fail(error, MZ_ERR_INPUT, "a reference has at most %d bytes", MZ_SUBJECT_REFERENCE_BYTES_MOST);
    if (!mz_utf8_valid(reference, NULL) || has_controls(reference))
        return mz_fail(error, MZ_ERR_INPUT, "a reference is text without control characters");
    if (mz_trimmed(reference).size != reference.size)
        return mz_fail(error, MZ_ERR_INPUT, "a reference has no blanks around it");
    return MZ_OK;
}

static mz_status check_members(const mz_json_value *object, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("source"), MZ_STR_INIT("reference"), MZ_STR_INIT("schema"),
                                   MZ_STR_INIT("properties")};
    for (const mz_json_value *m = object->child; m; m = m->next) {
        bool fine = false;
        for (size_t k = 0; k < sizeof known / sizeof *known && !fine; k++) fine = mz_str_equal(m->key, known[k]);
        if (!fine)
            return mz_fail_at(error, MZ_ERR_INPUT, m->line, m->column,
                              "unknown key “%.*s”; a subject has source, reference, schema and properties",
                              mz_shown(m->key), m->key.data);
    }
    return MZ_OK;
}

static mz_status read_schema(const mz_json_value *object, mz_schema *ret_schema, mz_error *error) {
    mz_str word = {NULL, 0};
    mz_status status = mz_json_read_str(object, "schema", &word, error);
    if (status || !word.data || mz_schema_find(word, ret_schema)) return status;
    const mz_json_value *at = mz_json_member(object, "schema");
    const char *nearest = mz_schema_nearest(word);
    return mz_fail_at(error, MZ_ERR_INPUT, at->line, at->column, "unknown schema “%.*s”%s%s%s", mz_shown(word),
                      word.data, nearest ? "; did you mean “" : "", nearest ? nearest : "", nearest ? "”?" : "");
}

/* A check that failed, told with the place of the member. */
static mz_status at_member(const mz_json_value *object, const char *key, mz_status status, mz_error *error) {
    const mz_json_value *at = mz_json_member(object, key);
    if (status && error) {
        error->line = at ? at->line : object->line;
        error->column = at ? at->column : object->column;
    }
    return status;
}

mz_status mz_subject_draft_read(const mz_json_value *object, mz_str usual_source, mz_builder *builder,
                                mz_subject_draft *ret_draft, mz_error *error) {
    mz_schema schema = MZ_SCHEMA_LegalEntity;
    mz_subject_draft draft = {.source = usual_source, .reference = MZ_STR("")};
    const mz_record *record = NULL;
    mz_status status = mz_json_expect(object, MZ_JSON_OBJECT, "a subject", error);
    if (!status) status = check_members(object, error);
    if (!status) status = mz_json_read_str(object, "source", &draft.source, error);
    if (!status) status = at_member(object, "source", mz_subject_source_check(draft.source, error), error);
    if (!status) status = mz_json_read_str(object, "reference", &draft.reference, error);
    if (!status) status = at_member(object, "reference", mz_subject_reference_check(draft.reference, error), error);
    if (!status) status = read_schema(object, &schema, error);
    if (status) return status;
    const mz_json_value *properties = mz_json_member(object, "properties");
    if (!properties)
        return mz_fail_at(error, MZ_ERR_INPUT, object->line, object->column,
                          "a subject needs \"properties\", for example {\"name\":[\"…\"]}");
    mz_builder_start(builder, draft.source);
    (void)mz_builder_entity(builder, schema, draft.reference, (mz_position){0});
    status = mz_query_read_properties(properties, builder, error);
    if (!status) status = mz_builder_finish(builder, &record, error);
    if (status) return status;
    draft.entity = &record->entities[0];
    *ret_draft = draft;
    return MZ_OK;
}
