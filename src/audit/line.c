#include "audit/line.h"

#include "base/error.h"

#include <stddef.h>

static const struct {
    const char *key;
    mz_json_kind kind;
    size_t offset;
} members[] = {
    {"actor", MZ_JSON_STRING, offsetof(mz_audit_line, actor)},
    {"actor_kind", MZ_JSON_STRING, offsetof(mz_audit_line, actor_kind)},
    {"at", MZ_JSON_NUMBER, offsetof(mz_audit_line, at)},
    {"body", MZ_JSON_OBJECT, offsetof(mz_audit_line, body)},
    {"chain", MZ_JSON_STRING, offsetof(mz_audit_line, chain)},
    {"kind", MZ_JSON_STRING, offsetof(mz_audit_line, kind)},
    {"number", MZ_JSON_NUMBER, offsetof(mz_audit_line, number)},
    {"object", MZ_JSON_STRING, offsetof(mz_audit_line, object)},
    {"personal", MZ_JSON_STRING, offsetof(mz_audit_line, personal)},
    {"previous", MZ_JSON_STRING, offsetof(mz_audit_line, previous)},
};

static mz_status take(const mz_json_value *entry, const mz_json_value *member, size_t k, mz_audit_line *line,
                      mz_error *error) {
    char *place = (char *)line + members[k].offset;
    if (member->kind == MZ_JSON_NUMBER)
        return mz_json_read_int(entry, members[k].key, INT64_MIN, INT64_MAX, (int64_t *)(void *)place, error);
    if (member->kind == MZ_JSON_OBJECT)
        *(const mz_json_value **)(void *)place = member;
    else
        *(mz_str *)(void *)place = member->text;
    return MZ_OK;
}

mz_status mz_audit_line_read(mz_str line, mz_arena *arena, mz_audit_line *ret_line, mz_error *error) {
    const mz_json_value *entry, *member;
    mz_audit_line read = {0};
    size_t count = sizeof members / sizeof *members;
    mz_status status = mz_json_parse(line, 0, arena, &entry, error);
    if (!status) status = mz_json_expect(entry, MZ_JSON_OBJECT, "an entry", error);
    if (status) return status;
    member = entry->child;
    for (size_t k = 0; k < count && !status; k++, member = member->next) {
        bool fits = member && member->kind == members[k].kind && mz_str_equal(member->key, mz_str_of(members[k].key));
        if (!fits) return mz_fail(error, MZ_ERR_INPUT, "an entry has no \"%s\" in its place", members[k].key);
        status = take(entry, member, k, &read, error);
    }
    if (!status && member) status = mz_fail(error, MZ_ERR_INPUT, "an entry has more members than it should");
    if (!status) *ret_line = read;
    return status;
}
