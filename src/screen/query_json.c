#include "screen/query_json.h"

#include "base/error.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "base/nearest.h"
#include "screen/filter_json.h"
#include "screen/plan_json.h"

static mz_status bad(const mz_json_value *at, mz_error *error, const char *what, mz_str name, const char *nearest) {
    return mz_fail_at(error, MZ_ERR_INPUT, at->line, at->column, "%s \"%.*s\"%s%s%s", what,
                      (int)(name.size < 100 ? name.size : 100), name.data, nearest ? "; did you mean \"" : "",
                      nearest ? nearest : "", nearest ? "\"?" : "");
}

/* Numbers of documents and years may be written as numbers, names may not. */
static mz_status add_value(mz_builder *builder, mz_property property, const mz_json_value *value, mz_error *error) {
    mz_property_type type = mz_property_kind(property);
    bool is_name = type == MZ_TYPE_NAME || type == MZ_TYPE_NAME_PART;
    if (value->kind != MZ_JSON_STRING && (is_name || value->kind != MZ_JSON_NUMBER))
        return mz_fail_at(error, MZ_ERR_INPUT, value->line, value->column, "a value of \"%s\" must be a string, not %s",
                          mz_property_name(property), mz_json_kind_name(value->kind));
    (void)mz_builder_add(builder, 0, property, value->text, (mz_position){0});
    return MZ_OK;
}

static mz_status add_property(mz_builder *builder, const mz_json_value *member, mz_error *error) {
    mz_property property;
    if (!mz_property_find(member->key, &property))
        return bad(member, error, "unknown property", member->key, mz_property_nearest(member->key));
    if (member->kind == MZ_JSON_NULL) return MZ_OK;
    if (member->kind != MZ_JSON_ARRAY) return add_value(builder, property, member, error);
    mz_status status = MZ_OK;
    for (const mz_json_value *value = member->child; value && !status; value = value->next)
        status = add_value(builder, property, value, error);
    return status;
}

static const mz_json_value *set_member(const mz_json_value *root, const char *key) {
    const mz_json_value *member = mz_json_member(root, key);
    return member && member->kind != MZ_JSON_NULL ? member : NULL;
}

/* What is near nothing that is known is passed over, so that an entity of FollowTheMoney is a query; a threshold that
 * was meant and not taken would be worse than an error. */
static mz_status refuse_misspelt(const mz_json_value *root, mz_error *error) {
    static const mz_str known[] = {MZ_STR_INIT("id"), MZ_STR_INIT("schema"), MZ_STR_INIT("properties"),
#define MZ_X(name) MZ_STR_INIT(#name),
                                   MZ_QUERY_WISHES(MZ_X)
#undef MZ_X
    };
    enum { KNOWN = sizeof known / sizeof known[0], BEHIND_ID = 1 }; /* “id” is too short to be misspelt */
    for (const mz_json_value *m = root->child; m; m = m->next) {
        bool fine = false;
        for (size_t k = 0; k < KNOWN && !fine; k++) fine = mz_str_equal(m->key, known[k]);
        const char *nearest = fine ? NULL : mz_nearest(known + BEHIND_ID, KNOWN - BEHIND_ID, m->key);
        if (nearest) return bad(m, error, "unknown key", m->key, nearest);
    }
    return MZ_OK;
}

mz_status mz_query_read_wishes(const mz_json_value *object, const mz_wish_bounds *bounds, mz_arena *arena,
                               mz_query_wishes *wishes, mz_error *error) {
    *wishes = (mz_query_wishes){
#define MZ_X(name) .name##_at = set_member(object, #name),
        MZ_QUERY_WISHES(MZ_X)
#undef MZ_X
    };
    mz_status status = MZ_OK;
    int64_t limit = 0;
    if (wishes->algorithm_at) status = mz_policy_read_algorithm(wishes->algorithm_at, &wishes->algorithm, error);
    if (!status && wishes->threshold_at)
        status = mz_policy_read_threshold(wishes->threshold_at, bounds->any_threshold, &wishes->part.threshold, error);
    if (!status && wishes->weights_at) status = mz_policy_read_weights(wishes->weights_at, &wishes->part, error);
    if (!status && wishes->filter_at) status = mz_filter_read_json(wishes->filter_at, arena, &wishes->filter, error);
    if (!status) status = mz_json_read_int(object, "limit", 1, (int64_t)bounds->limit_most, &limit, error);
    if (!status) status = mz_json_read_bool(object, "plan", &wishes->plan, error);
    wishes->limit = (size_t)limit;
    return status;
}

static void wish_usual_weights(mz_query_wishes *wishes, const mz_query_wishes *usual) {
    for (unsigned p = 0; p < MZ_PRICE_COUNT; p++) {
        uint64_t bit = (uint64_t)1 << p;
        if (!(usual->part.set & bit) || wishes->part.set & bit) continue;
        mz_price_set(&wishes->part.prices, (mz_price)p, mz_price_get(&usual->part.prices, (mz_price)p));
        wishes->part.set |= bit;
    }
    if (!wishes->weights_at) wishes->weights_at = usual->weights_at;
}

void mz_query_wish_usual(mz_query_wishes *wishes, const mz_query_wishes *usual) {
    if (!wishes->algorithm_at) wishes->algorithm = usual->algorithm;
    if (!wishes->threshold_at) wishes->part.threshold = usual->part.threshold;
    if (!wishes->limit_at) wishes->limit = usual->limit;
    if (!wishes->plan_at) wishes->plan = usual->plan;
    wish_usual_weights(wishes, usual);
    if (!wishes->filter.values[MZ_FILTER_CHANGED_SINCE].count)
        wishes->filter.known_changes_alone = usual->filter.known_changes_alone;
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT; k++)
        if (!wishes->filter.values[k].count) wishes->filter.values[k] = usual->filter.values[k];
#define MZ_X(name)                                                                                                     \
    if (!wishes->name##_at) wishes->name##_at = usual->name##_at;
    MZ_QUERY_WISHES(MZ_X)
#undef MZ_X
}

static mz_status read_id(const mz_json_value *root, mz_str *ret_id, mz_error *error) {
    const mz_json_value *id = set_member(root, "id");
    if (id && id->kind != MZ_JSON_STRING && id->kind != MZ_JSON_NUMBER)
        return mz_fail_at(error, MZ_ERR_INPUT, id->line, id->column, "\"id\" must be a string, not %s",
                          mz_json_kind_name(id->kind));
    *ret_id = id ? id->text : (mz_str){"", 0};
    return MZ_OK;
}

static mz_status read_schema(const mz_json_value *root, mz_schema *schema, mz_error *error) {
    const mz_json_value *value = set_member(root, "schema");
    if (!value) return MZ_OK;
    mz_status status = mz_json_expect(value, MZ_JSON_STRING, "\"schema\"", error);
    if (!status && !mz_schema_find(value->text, schema))
        status = bad(value, error, "unknown schema", value->text, mz_schema_nearest(value->text));
    return status;
}

mz_status mz_query_read_properties(const mz_json_value *properties, mz_builder *builder, mz_error *error) {
    mz_status status = mz_json_expect(properties, MZ_JSON_OBJECT, "\"properties\"", error);
    for (const mz_json_value *member = status ? NULL : properties->child; member && !status; member = member->next)
        status = add_property(builder, member, error);
    return status;
}

mz_status mz_query_read_json(const mz_json_value *root, const mz_wish_bounds *bounds, mz_arena *arena,
                             mz_builder *builder, mz_str *ret_id, const mz_record **ret_record,
                             mz_query_wishes *ret_wishes, mz_error *error) {
    mz_schema kind = MZ_SCHEMA_LegalEntity;
    mz_status status = mz_json_expect(root, MZ_JSON_OBJECT, "a query", error);
    if (!status) status = refuse_misspelt(root, error);
    if (!status) status = read_id(root, ret_id, error);
    if (!status) status = read_schema(root, &kind, error);
    if (!status) status = mz_query_read_wishes(root, bounds, arena, ret_wishes, error);
    if (status) return status;
    const mz_json_value *properties = mz_json_member(root, "properties");
    if (!properties)
        return mz_fail_at(error, MZ_ERR_INPUT, root->line, root->column,
                          "a query needs \"properties\", for example {\"name\":[\"…\"]}");
    mz_builder_start(builder, MZ_STR("query"));
    (void)mz_builder_entity(builder, kind, MZ_STR("query"), (mz_position){0});
    status = mz_query_read_properties(properties, builder, error);
    if (!status) status = mz_builder_finish(builder, ret_record, error);
    return status;
}

void mz_evidence_write_json(const mz_evidence *evidence, size_t count, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_array(&json);
    for (size_t i = 0; i < count; i++) {
        mz_json_object(&json);
        mz_json_pair(&json, "rule", mz_str_of(mz_rule_name(evidence[i].rule)));
        mz_json_pair(&json, "property", mz_str_of(mz_property_name(evidence[i].property)));
        if (evidence[i].query.size) mz_json_pair(&json, "query", evidence[i].query);
        if (evidence[i].entity.size) mz_json_pair(&json, "entity", evidence[i].entity);
        mz_json_key(&json, "points");
        mz_json_fixed(&json, evidence[i].points, 6);
        mz_json_key(&json, "bits");
        mz_json_fixed(&json, evidence[i].bits, 2);
        mz_json_object_end(&json);
    }
    mz_json_array_end(&json);
}

void mz_hit_write_json(const mz_hit *hit, mz_json *json) {
    mz_json_object(json);
    mz_json_pair(json, "entity", hit->entity.id);
    mz_json_pair(json, "list", hit->entity.list);
    mz_json_pair(json, "reference", hit->entity.reference);
    mz_json_pair(json, "caption", hit->entity.caption);
    mz_json_pair(json, "schema", mz_str_of(mz_schema_name(hit->entity.schema)));
    if (hit->entity_name.size) mz_json_pair(json, "name", hit->entity_name);
    mz_json_key(json, "score");
    mz_json_fixed(json, hit->score, 6);
    mz_json_key(json, "weight");
    mz_json_fixed(json, hit->weight, 2);
    mz_json_key(json, "evidence");
    mz_json_raw(json, (mz_str){"", 0});
    mz_evidence_write_json(hit->evidence, hit->evidence_count, json->out);
    mz_json_object_end(json);
}

static void write_wished(const mz_query_wishes *wishes, const mz_screening *screening, mz_json *json) {
    if (wishes->threshold_at) {
        mz_json_key(json, "threshold");
        mz_json_fixed(json, screening->threshold, 6);
    }
    if (!wishes->part.set) return;
    mz_json_key(json, "weights");
    mz_json_object(json);
    for (unsigned p = 0; p < MZ_PRICE_COUNT; p++) {
        if (!(wishes->part.set >> p & 1)) continue;
        mz_json_key(json, mz_price_of((mz_price)p)->name);
        mz_json_fixed(json, mz_price_get(&wishes->part.prices, (mz_price)p), 6);
    }
    mz_json_object_end(json);
}

static void write_basis(const mz_answer_basis *basis, const mz_screening *screening, mz_json *json) {
    if (screening->algorithm != MZ_ALGORITHM_MIZAN_1 || (basis->wishes && basis->wishes->algorithm_at))
        mz_json_pair(json, "algorithm", mz_str_of(mz_algorithm_name(screening->algorithm)));
    if (basis->policy) {
        mz_json_key(json, "policy");
        mz_json_object(json);
        mz_json_pair(json, "name", mz_policy_name(basis->policy));
        mz_json_pair(json, "digest", (mz_str){basis->digest, MZ_SHORT_DIGEST});
        mz_json_object_end(json);
    }
    if (basis->wishes) write_wished(basis->wishes, screening, json);
    if (screening->filter) {
        mz_json_key(json, "filter");
        mz_filter_write_json(screening->filter, json);
    }
}

static void write_texts(const char *key, const mz_str *texts, size_t count, mz_json *json) {
    if (!count) return;
    mz_json_key(json, key);
    mz_json_array(json);
    for (size_t i = 0; i < count; i++) mz_json_str(json, texts[i]);
    mz_json_array_end(json);
}

static void write_cut(const mz_cut *cut, mz_json *json) {
    mz_json_key(json, "cut");
    mz_json_object(json);
    write_texts("names", cut->names, cut->name_count, json);
    write_texts("words", cut->words, cut->word_count, json);
    if (cut->listed_names) mz_json_pair_int(json, "listed_names", (int64_t)cut->listed_names);
    if (cut->entities) mz_json_pair_int(json, "entities", (int64_t)cut->entities);
    if (cut->numbers) mz_json_pair_bool(json, "numbers", true);
    mz_json_object_end(json);
}

void mz_answer_write_json(const mz_screening *screening, const mz_answer_basis *basis, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "id", screening->id);
    mz_json_key(&json, "hits");
    mz_json_array(&json);
    for (size_t h = 0; h < screening->hit_count; h++) mz_hit_write_json(&screening->hits[h], &json);
    mz_json_array_end(&json);
    if (screening->total_hits > screening->hit_count) mz_json_pair_int(&json, "total", (int64_t)screening->total_hits);
    if (screening->not_done.size) mz_json_pair(&json, "not_done", screening->not_done);
    if (screening->cut) write_cut(screening->cut, &json);
    write_basis(basis, screening, &json);
    if (basis->plan) {
        mz_json_key(&json, "plan");
        mz_plan_write_json(screening->plan, &json);
    }
    mz_json_object_end(&json);
}

static void write_place(mz_json *json, const char *key, uint64_t place) {
    mz_json_key(json, key);
    if (place)
        mz_json_int(json, (int64_t)place);
    else
        mz_json_null(json);
}

void mz_answer_write_error(uint64_t line, mz_str id, const mz_error *error, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    if (line) mz_json_pair_int(&json, "line", (int64_t)line);
    mz_json_key(&json, "id");
    if (id.size)
        mz_json_str(&json, id);
    else
        mz_json_null(&json);
    mz_json_key(&json, "error");
    mz_json_object(&json);
    mz_json_pair(&json, "message", mz_str_of(error->text));
    if (!line) write_place(&json, "line", error->line);
    write_place(&json, "column", error->column);
    mz_json_object_end(&json);
    mz_json_object_end(&json);
}

mz_str mz_query_id(const mz_json_value *query) {
    const mz_json_value *id = mz_json_member(query, "id");
    bool readable = id && (id->kind == MZ_JSON_STRING || id->kind == MZ_JSON_NUMBER);
    return readable ? id->text : MZ_STR("");
}

mz_str mz_query_find_id(mz_str query, mz_arena *arena) {
    const mz_json_value *value;
    if (mz_json_parse(query, MZ_JSON_KEEP_REPEATED_KEYS, arena, &value, NULL)) return MZ_STR("");
    return mz_query_id(value);
}

void mz_comparison_write_json(mz_str id, const mz_comparison *comparison, mz_buffer *out) {
    mz_json json;
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair(&json, "id", id);
    mz_json_key(&json, "score");
    mz_json_fixed(&json, comparison->score, 6);
    mz_json_key(&json, "weight");
    mz_json_fixed(&json, comparison->weight, 2);
    mz_json_key(&json, "evidence");
    mz_json_raw(&json, MZ_STR(""));
    mz_evidence_write_json(comparison->evidence, comparison->evidence_count, out);
    mz_json_object_end(&json);
}
