/* Changes of lists that nobody told the audit chain of: `mizan lists update` and its like write into the folder of the
 * lists and know of no database; whoever copies a folder knows of nothing. So each time that an agency is noted to be
 * screened with other versions than before ("service.using"), a change that no entry "list.changed" tells of gets one,
 * in the same transaction: "how" is "found", and who did it is not known.
 *
 * Rejected: to let those commands open the database. They work without one, as another user, and on a machine that the
 * database is not reached from; and what they brought in counts from when it is screened against. */
#include "server/audit_found.h"

#include "audit/line.h"
#include "base/error.h"
#include "base/json_write.h"

enum { BODY_BYTES = 1 << 16 };

typedef struct finding {
    mz_sql *sql;
    mz_str agency;
    int64_t since; /* the entry that told last of all versions */
    mz_arena *arena;
} finding;

static const mz_json_value *list_of(const mz_json_value *using, mz_str list) {
    const mz_json_value *lists = mz_json_member(using, "lists");
    for (const mz_json_value *l = lists ? lists->child : NULL; l; l = l->next) {
        const mz_json_value *name = mz_json_member(l, "list");
        if (name && mz_str_equal(name->text, list)) return l;
    }
    return NULL;
}

static mz_str text_of(const mz_json_value *object, const char *key) {
    const mz_json_value *value = mz_json_member(object, key);
    return value ? value->text : MZ_STR("");
}

/* What the chain says the list has come to be since then; left as it is when it says nothing. */
static mz_status read_told(const finding *f, mz_str list, mz_str *ret_version, mz_error *error) {
    const mz_audit_query query = {.chain = f->agency, .kind = MZ_STR(MZ_LIST_CHANGED), .object = list, .limit = 1};
    mz_audit_entry *last;
    mz_audit_line line;
    size_t count;
    mz_status status = mz_audit_list(f->sql, &query, f->arena, &last, &count, error);
    if (status || !count || last->number <= f->since) return status;
    status = mz_audit_line_read(last->line, f->arena, &line, error);
    if (!status) *ret_version = text_of(line.body, "to");
    return status;
}

static mz_status tell(const finding *f, mz_str list, mz_str from, const mz_json_value *now, mz_error *error) {
    mz_buffer body;
    mz_json json;
    int64_t entities = 0;
    mz_buffer_init(&body, BODY_BYTES);
    mz_json_init(&json, &body);
    mz_status status = mz_json_read_int(now, "entities", 0, INT64_MAX, &entities, error);
    mz_json_object(&json);
    mz_json_pair_int(&json, "entities", entities);
    mz_json_pair(&json, "from", from);
    mz_json_pair(&json, "how", MZ_STR("found"));
    mz_json_pair(&json, "list", list);
    mz_json_pair(&json, "to", text_of(now, "version"));
    mz_json_object_end(&json);
    const mz_audit_draft draft = {.chain = f->agency,
                                  .kind = MZ_STR(MZ_LIST_CHANGED),
                                  .actor_kind = MZ_STR("service"),
                                  .object = list,
                                  .body = mz_buffer_view(&body)};
    if (!status && body.failed) status = mz_fail_buffer(&body, error, "an entry of the audit chain");
    if (!status) status = mz_audit_append(f->sql, &draft, NULL, error);
    mz_buffer_done(&body);
    return status;
}

static mz_status find(const finding *f, mz_str list, const mz_json_value *was, const mz_json_value *now,
                      mz_error *error) {
    mz_str from = text_of(was, "version"), to = text_of(now, "version");
    if (mz_str_equal(from, to)) return MZ_OK;
    mz_status status = read_told(f, list, &from, error);
    return status || mz_str_equal(from, to) ? status : tell(f, list, from, now, error);
}

mz_status mz_audit_tell_found(mz_sql *sql, const mz_audit_entry *last, mz_str agency, mz_str body, mz_arena *arena,
                              mz_error *error) {
    finding f = {sql, agency, last->number, arena};
    mz_audit_line was;
    const mz_json_value *now = NULL, *lists;
    mz_status status = mz_audit_line_read(last->line, arena, &was, error);
    if (!status) status = mz_json_parse(body, 0, arena, &now, error);
    lists = mz_json_member(now, "lists");
    for (const mz_json_value *l = lists ? lists->child : NULL; l && !status; l = l->next) {
        mz_str list = text_of(l, "list");
        status = find(&f, list, list_of(was.body, list), l, error);
    }
    lists = status ? NULL : mz_json_member(was.body, "lists");
    for (const mz_json_value *l = lists ? lists->child : NULL; l && !status; l = l->next) {
        mz_str list = text_of(l, "list");
        if (!list_of(now, list)) status = find(&f, list, l, NULL, error);
    }
    return status;
}
