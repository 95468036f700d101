#include "server/yente_body.h"

#include "base/error.h"
#include "base/nearest.h"
#include "base/shown.h"
#include "server/ftm_words.h"
#include "server/scope.h"

enum { VALUE_BYTES_MOST = 1 << 20 };

static const mz_json_value *set_member(const mz_json_value *object, const char *key) {
    const mz_json_value *member = mz_json_member(object, key);
    return member && member->kind != MZ_JSON_NULL ? member : NULL;
}

/* "WHAT “name”; did you mean “nearest”?" at the place of the value. */
static mz_status unknown(const mz_json_value *at, mz_str query, const char *what, mz_str name, const char *nearest,
                         mz_error *error) {
    return mz_fail_at(error, MZ_ERR_INPUT, at->line, at->column, "cannot read the query “%.*s”: %s “%.*s”%s%s%s",
                      mz_shown(query), query.data, what, mz_shown(name), name.data,
                      nearest ? "; did you mean “" : MZ_SCOPE_MODEL, nearest ? nearest : "", nearest ? "”?" : "");
}

static mz_status expect(const mz_json_value *value, mz_json_kind kind, mz_str query, const char *what,
                        mz_error *error) {
    if (value->kind == kind) return MZ_OK;
    return mz_fail_at(error, MZ_ERR_INPUT, value->line, value->column,
                      "cannot read the query “%.*s”: %s must be %s, not %s", mz_shown(query), query.data, what,
                      kind == MZ_JSON_OBJECT ? "an object" : "a string", mz_json_kind_name(value->kind));
}

/* ---- one query ---- */

/* What FollowTheMoney does not match, and the base of all that it does. */
static bool may_be_asked_for(mz_schema schema) {
    return schema != MZ_SCHEMA_Event && !mz_schema_is_a(schema, MZ_SCHEMA_Interval);
}

static mz_status check_schema(const mz_json_value *query, mz_error *error) {
    mz_schema schema;
    const mz_json_value *at = set_member(query, "schema");
    if (!at)
        return mz_fail_at(error, MZ_ERR_INPUT, query->line, query->column,
                          "cannot read the query “%.*s”: it needs a “schema”, for example “Person”",
                          mz_shown(query->key), query->key.data);
    mz_status status = expect(at, MZ_JSON_STRING, query->key, "“schema”", error);
    if (status) return status;
    if (mz_schema_find(at->text, &schema) ? may_be_asked_for(schema) : false) return MZ_OK;
    if (mz_schema_find(at->text, &schema) || mz_ftm_other_schema(at->text))
        return mz_fail_at(error, MZ_ERR_INPUT, at->line, at->column,
                          "cannot read the query “%.*s”: nothing is screened for things of the schema “%.*s”",
                          mz_shown(query->key), query->key.data, mz_shown(at->text), at->text.data);
    return unknown(at, query->key, "there is no schema", at->text, mz_schema_nearest(at->text), error);
}

static mz_status check_value(const mz_json_value *value, mz_str query, mz_str property, mz_error *error) {
    bool good = value->kind == MZ_JSON_STRING || value->kind == MZ_JSON_NUMBER || value->kind == MZ_JSON_NULL;
    if (!good)
        return mz_fail_at(error, MZ_ERR_INPUT, value->line, value->column,
                          "cannot read the query “%.*s”: a value of “%.*s” must be a string, not %s", mz_shown(query),
                          query.data, mz_shown(property), property.data, mz_json_kind_name(value->kind));
    if (value->text.size > VALUE_BYTES_MOST)
        return mz_fail_at(error, MZ_ERR_LIMIT, value->line, value->column,
                          "cannot read the query “%.*s”: a value of “%.*s” has more than %d MiB", mz_shown(query),
                          query.data, mz_shown(property), property.data, VALUE_BYTES_MOST >> 20);
    return MZ_OK;
}

static mz_status check_property(const mz_json_value *member, mz_str query, mz_error *error) {
    mz_property property;
    if (!mz_property_find(member->key, &property)) {
        if (mz_ftm_other_property(member->key)) return MZ_OK;
        return unknown(member, query, "there is no property", member->key, mz_property_nearest(member->key), error);
    }
    if (mz_property_kind(property) == MZ_TYPE_ENTITY) return MZ_OK; /* as it came from /entities: a thing inside */
    if (member->kind != MZ_JSON_ARRAY) return check_value(member, query, member->key, error);
    mz_status status = MZ_OK;
    for (const mz_json_value *value = member->child; value && !status; value = value->next)
        status = check_value(value, query, member->key, error);
    return status;
}

static mz_status check_query(const mz_json_value *query, mz_error *error) {
    mz_status status = expect(query, MZ_JSON_OBJECT, query->key, "a query", error);
    if (!status) status = check_schema(query, error);
    const mz_json_value *id = status ? NULL : set_member(query, "id");
    if (id && id->kind != MZ_JSON_NUMBER) status = expect(id, MZ_JSON_STRING, query->key, "“id”", error);
    if (status) return status;
    const mz_json_value *properties = set_member(query, "properties");
    if (!properties)
        return mz_fail_at(error, MZ_ERR_INPUT, query->line, query->column,
                          "cannot read the query “%.*s”: it needs “properties”, for example {\"name\":[\"…\"]}",
                          mz_shown(query->key), query->key.data);
    status = expect(properties, MZ_JSON_OBJECT, query->key, "“properties”", error);
    for (const mz_json_value *m = status ? NULL : properties->child; m && !status; m = m->next)
        status = check_property(m, query->key, error);
    return status;
}

static void add_values(mz_builder *builder, mz_property property, const mz_json_value *member) {
    const mz_json_value *value = member->kind == MZ_JSON_ARRAY ? member->child : member;
    for (; value; value = member->kind == MZ_JSON_ARRAY ? value->next : NULL)
        if (value->kind == MZ_JSON_STRING || value->kind == MZ_JSON_NUMBER)
            (void)mz_builder_add(builder, 0, property, value->text, (mz_position){0});
}

mz_status mz_yente_query_read(const mz_json_value *query, mz_builder *builder, mz_arena *arena,
                              mz_yente_query *ret_query, mz_error *error) {
    const mz_json_value *id = set_member(query, "id"), *properties = mz_json_member(query, "properties");
    mz_schema schema = MZ_SCHEMA_Thing;
    (void)mz_schema_find(mz_json_member(query, "schema")->text, &schema);
    *ret_query = (mz_yente_query){.id = id ? id->text : (mz_str){NULL, 0}, .not_done = {"", 0}};
    mz_builder_start(builder, MZ_STR("query"));
    (void)mz_builder_entity(builder, schema, MZ_STR("query"), (mz_position){0});
    for (const mz_json_value *member = properties->child; member; member = member->next) {
        mz_property property;
        if (mz_property_find(member->key, &property))
            add_values(builder, property, member);
        else
            mz_scope_tell(arena, &ret_query->not_done, "“%.*s” is not compared", mz_shown(member->key),
                          member->key.data);
    }
    return mz_builder_finish(builder, &ret_query->record, error);
}

/* ---- the body ---- */

/* Of the weights those that are Mizan's; others are of yente's algorithms. */
static mz_status read_weights(const mz_json_value *root, mz_arena *arena, mz_yente_body *body, mz_error *error) {
    const mz_json_value *weights = set_member(root, "weights");
    mz_status status = weights ? mz_json_expect(weights, MZ_JSON_OBJECT, "“weights”", error) : MZ_OK;
    if (status || !weights) return status;
    mz_json_value *ours = MZ_ARENA_NEW(arena, weights->count + 1, mz_json_value);
    if (!ours) return mz_fail_arena(arena, error, "the request");
    for (const mz_json_value *m = weights->child; m && !status; m = m->next) {
        mz_weight_range range;
        size_t number = 0;
        if (m->kind != MZ_JSON_NUMBER) return mz_json_expect(m, MZ_JSON_NUMBER, "a weight", error);
        while (mz_policy_weight_range(number, &range) && !mz_str_equal(mz_str_of(range.name), m->key)) number++;
        if (mz_policy_weight_range(number, &range)) {
            mz_json_value *kept = &ours[++ours[0].count];
            *kept = *m;
            kept->next = NULL;
            if (ours[0].count > 1) kept[-1].next = kept;
        } else {
            mz_scope_tell(arena, &body->not_done, "weights: “%.*s” is no weight of this service", mz_shown(m->key),
                          m->key.data);
        }
    }
    if (!ours[0].count) return MZ_OK;
    ours[0].kind = MZ_JSON_OBJECT;
    ours[0].line = weights->line;
    ours[0].column = weights->column;
    ours[0].child = &ours[1];
    body->weights_at = ours;
    return mz_policy_read_weights(ours, &body->weights, error);
}

/* Mizan's algorithms have no settings beside their weights; those that yente's logic-v2 has are passed over. */
static mz_status read_config(const mz_json_value *root, mz_arena *arena, mz_yente_body *body, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("nm_name_property"),      MZ_STR_INIT("nm_number_mismatch"),
                                   MZ_STR_INIT("nm_extra_query_name"),   MZ_STR_INIT("nm_extra_result_name"),
                                   MZ_STR_INIT("nm_family_name_weight"), MZ_STR_INIT("nm_fuzzy_cutoff_factor")};
    enum { KNOWN = sizeof known / sizeof *known };
    const mz_json_value *config = set_member(root, "config");
    mz_status status = config ? mz_json_expect(config, MZ_JSON_OBJECT, "“config”", error) : MZ_OK;
    for (const mz_json_value *m = config && !status ? config->child : NULL; m; m = m->next) {
        size_t k = 0;
        while (k < KNOWN && !mz_str_equal(known[k], m->key)) k++;
        const char *nearest = k < KNOWN ? NULL : mz_nearest(known, KNOWN, m->key);
        if (k == KNOWN)
            return mz_fail_at(error, MZ_ERR_INPUT, m->line, m->column, "config: there is no setting “%.*s”%s%s%s",
                              mz_shown(m->key), m->key.data, nearest ? "; did you mean “" : "", nearest ? nearest : "",
                              nearest ? "”?" : "");
        mz_scope_tell(arena, &body->not_done, "config: “%.*s” is no setting of this service", mz_shown(m->key),
                      m->key.data);
    }
    return status;
}

static mz_status no_queries(const mz_json_value *root, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("queries")};
    for (const mz_json_value *m = root->child; m; m = m->next)
        if (mz_nearest(known, 1, m->key))
            return mz_fail_at(error, MZ_ERR_INPUT, m->line, m->column, "unknown “%.*s”; did you mean “queries”?",
                              mz_shown(m->key), m->key.data);
    return mz_fail_at(error, MZ_ERR_INPUT, root->line, root->column,
                      "no queries: the body needs {\"queries\":{\"NAME\":{\"schema\":…,\"properties\":{…}}}}");
}

mz_status mz_yente_body_read(const mz_json_value *root, size_t most, mz_arena *arena, mz_yente_body *ret_body,
                             mz_error *error) {
    mz_yente_body body = {.not_done = {"", 0}};
    mz_status status = mz_json_expect(root, MZ_JSON_OBJECT, "the body", error);
    if (status) return status;
    body.queries = set_member(root, "queries");
    if (!body.queries) return no_queries(root, error);
    status = mz_json_expect(body.queries, MZ_JSON_OBJECT, "“queries”", error);
    if (!status && !body.queries->count) status = no_queries(body.queries, error);
    if (!status && body.queries->count > most)
        status = mz_fail_at(error, MZ_ERR_ARGUMENT, body.queries->line, body.queries->column,
                            "too many queries in one batch: %u, and at most %zu are taken", body.queries->count, most);
    for (const mz_json_value *q = status ? NULL : body.queries->child; q && !status; q = q->next)
        status = check_query(q, error);
    if (!status) status = read_weights(root, arena, &body, error);
    if (!status) status = read_config(root, arena, &body, error);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "the request");
    if (!status) *ret_body = body;
    return status;
}
