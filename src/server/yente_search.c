/* GET /search/{dataset}: listed entities by a few words, with facets.
 *
 * "q" is words, not the query language of Elasticsearch: its signs are passed over. */
#include "base/error.h"
#include "base/nearest.h"
#include "base/shown.h"
#include "entity/record.h"
#include "mizan/country.h"
#include "mizan/store.h"
#include "server/ftm_words.h"
#include "server/search.h"
#include "server/service.h"
#include "server/yente.h"
#include "server/yente_entity.h"

enum { PAGE = 10, PAGE_MOST = 500, OFFSET_MOST = 9499 };

typedef struct lookup {
    const mz_request *request;
    const mz_engine *engine;
    mz_scope scope;
    mz_search_request wanted;
    mz_search_result found;
} lookup;

/* ---- parameters ---- */

static mz_status read_schema(lookup *s, mz_error *error) {
    mz_str name = mz_request_query(s->request, "schema");
    s->wanted.schema = MZ_SCHEMA_Thing;
    if (!name.data || mz_schema_find(name, &s->wanted.schema)) return MZ_OK;
    const char *nearest = mz_schema_nearest(name);
    s->scope.nothing = true;
    if (mz_ftm_other_schema(name)) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "there is no schema “%.*s”%s%s%s", mz_shown(name), name.data,
                   nearest ? "; did you mean “" : MZ_SCOPE_MODEL, nearest ? nearest : "", nearest ? "”?" : "");
}

static void add_value(lookup *s, mz_search_values *values, mz_str value) {
    mz_str *texts = MZ_ARENA_NEW(s->request->arena, values->count + 1, mz_str);
    if (!texts) return;
    if (values->count) memcpy(texts, values->texts, values->count * sizeof *texts);
    texts[values->count] = value;
    *values = (mz_search_values){texts, values->count + 1};
}

/* Countries by their codes or names. */
static void add_country(lookup *s, mz_str written) {
    const char *code = mz_country_code(written);
    add_value(s, &s->wanted.countries, code ? mz_str_of(code) : written);
}

static mz_status add_property(lookup *s, mz_str name, mz_str value, mz_error *error) {
    mz_property property;
    if (!mz_property_find(name, &property)) {
        const char *nearest = mz_property_nearest(name);
        return mz_fail(error, MZ_ERR_ARGUMENT, "filter: there is no property “%.*s”%s%s%s", mz_shown(name), name.data,
                       nearest ? "; did you mean “" : MZ_SCOPE_MODEL, nearest ? nearest : "", nearest ? "”?" : "");
    }
    mz_builder *builder;
    const mz_record *record;
    mz_trait trait;
    mz_status status = mz_builder_new((size_t)1 << 20, MZ_DATE_DAY_FIRST, &builder, error);
    if (status) return status;
    mz_builder_start(builder, MZ_STR("query"));
    (void)mz_builder_entity(builder, MZ_SCHEMA_Thing, MZ_STR("query"), (mz_position){0});
    (void)mz_builder_add(builder, 0, property, value, (mz_position){0});
    status = mz_builder_finish(builder, &record, error);
    if (!status && (!record->entities[0].fact_count || !mz_trait_of(record->entities[0].facts, &trait)))
        status =
            mz_fail(error, MZ_ERR_ARGUMENT,
                    "filter: nothing can be looked up by “%.*s” and this value; it can by dates of life, countries, "
                    "genders, places, addresses and numbers",
                    mz_shown(name), name.data);
    if (!status) {
        mz_search_property *all = MZ_ARENA_NEW(s->request->arena, s->wanted.property_count + 1, mz_search_property);
        if (all && s->wanted.property_count) memcpy(all, s->wanted.properties, s->wanted.property_count * sizeof *all);
        if (all)
            all[s->wanted.property_count++] =
                (mz_search_property){property, mz_arena_copy(s->request->arena, record->entities[0].facts[0].value)};
        s->wanted.properties = all;
    }
    mz_builder_free(builder);
    return status;
}

/* filter=FIELD:VALUE */
static mz_status read_filter(lookup *s, mz_str text, mz_error *error) {
    static const mz_str prefix = MZ_STR_INIT("properties.");
    const char *colon = text.size ? memchr(text.data, ':', text.size) : NULL;
    if (!colon)
        return mz_fail(error, MZ_ERR_ARGUMENT, "filter: “%.*s” is not of the form FIELD:VALUE", mz_shown(text),
                       text.data);
    mz_str field = {text.data, (size_t)(colon - text.data)}, value = {colon + 1, text.size - field.size - 1};
    if (mz_str_equal(field, MZ_STR("topics"))) {
        add_value(s, &s->wanted.topics, value);
    } else if (mz_str_equal(field, MZ_STR("countries"))) {
        add_country(s, value);
    } else if (mz_str_equal(field, MZ_STR("datasets"))) {
        add_value(s, &s->wanted.lists, value);
    } else if (mz_str_equal(field, MZ_STR("schema"))) {
        add_value(s, &s->wanted.schemata, value);
    } else {
        if (field.size > prefix.size && !memcmp(field.data, prefix.data, prefix.size))
            field = (mz_str){field.data + prefix.size, field.size - prefix.size};
        return add_property(s, field, value, error);
    }
    return MZ_OK;
}

static mz_status read_values(lookup *s, mz_error *error) {
    const mz_str *values;
    size_t count;
    mz_status status = mz_request_query_all(s->request, "countries", &values, &count, error);
    for (size_t k = 0; k < count && !status; k++) add_country(s, values[k]);
    if (!status) status = mz_request_query_all(s->request, "filter", &values, &count, error);
    for (size_t k = 0; k < count && !status; k++) status = read_filter(s, values[k], error);
    if (status) return status;
    /* with AND, topics of the scope, where one is enough, are asked for each besides */
    if (s->wanted.all_of_them) {
        status = mz_request_query_all(s->request, "topics", &values, &count, error);
        for (size_t k = 0; k < count && !status; k++) add_value(s, &s->wanted.topics, values[k]);
    }
    return status;
}

static mz_status read_operator(lookup *s, mz_error *error) {
    mz_str text = mz_request_query(s->request, "filter_op");
    s->wanted.all_of_them = mz_str_equal(text, MZ_STR("AND"));
    if (!text.data || s->wanted.all_of_them || mz_str_equal(text, MZ_STR("OR"))) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "the parameter “filter_op” must be AND or OR, not “%.*s”", mz_shown(text),
                   text.data);
}

/* The first order that is asked for decides. */
static mz_status read_order(lookup *s, mz_error *error) {
    static const struct {
        const char *name;
        mz_search_order order;
    } orders[] = {{"score", MZ_SEARCH_BY_SCORE},
                  {"_score", MZ_SEARCH_BY_SCORE},
                  {"caption", MZ_SEARCH_BY_CAPTION},
                  {"name", MZ_SEARCH_BY_CAPTION},
                  {"id", MZ_SEARCH_BY_ID},
                  {"entity_id", MZ_SEARCH_BY_ID},
                  {"schema", MZ_SEARCH_BY_SCHEMA},
                  {"first_seen", MZ_SEARCH_BY_LISTING},
                  {"last_change", MZ_SEARCH_BY_CHANGE},
                  {"last_seen", MZ_SEARCH_BY_CHANGE}};
    mz_str text = mz_request_query(s->request, "sort");
    const char *colon = text.size ? memchr(text.data, ':', text.size) : NULL;
    mz_str name = {text.data, colon ? (size_t)(colon - text.data) : text.size};
    if (!text.size) return MZ_OK;
    s->wanted.descending = colon && mz_str_equal((mz_str){colon + 1, text.size - name.size - 1}, MZ_STR("desc"));
    for (size_t k = 0; k < sizeof orders / sizeof *orders; k++)
        if (mz_str_equal(name, mz_str_of(orders[k].name))) {
            s->wanted.order = orders[k].order;
            return MZ_OK;
        }
    return mz_fail(error, MZ_ERR_ARGUMENT,
                   "nothing can be sorted by “%.*s”; it can by score, caption, id, schema, first_seen, last_change",
                   mz_shown(name), name.data);
}

static const struct {
    const char *name, *label;
    int kind; /* -1: none is counted */
} facet_names[] = {{"countries", "Countries", MZ_FACET_COUNTRIES}, {"topics", "Topics", MZ_FACET_TOPICS},
                   {"datasets", "Data sources", MZ_FACET_LISTS},   {"schema", "Entity types", MZ_FACET_SCHEMATA},
                   {"genders", "Genders", MZ_FACET_GENDERS},       {"identifiers", "Identifiers", -1}};
enum { FACET_NAMES = sizeof facet_names / sizeof *facet_names, USUAL_FACETS = 3 };

static mz_status read_facets(lookup *s, unsigned *ret_asked, mz_error *error) {
    const mz_str *names;
    size_t count;
    mz_status status = mz_request_query_all(s->request, "facets", &names, &count, error);
    *ret_asked = count ? 0 : (1u << USUAL_FACETS) - 1;
    for (size_t k = 0; k < count && !status; k++) {
        unsigned f = 0;
        while (f < FACET_NAMES && !mz_str_equal(names[k], mz_str_of(facet_names[f].name))) f++;
        if (f == FACET_NAMES)
            return mz_fail(error, MZ_ERR_ARGUMENT,
                           "there is no facet “%.*s”; there are countries, topics, datasets, schema, genders, "
                           "identifiers",
                           mz_shown(names[k]), names[k].data);
        if (facet_names[f].kind < 0)
            mz_scope_tell(s->request->arena, &s->scope.not_done, "facets: %s are not counted", facet_names[f].name);
        *ret_asked |= 1u << f;
    }
    for (unsigned f = 0; f < FACET_NAMES; f++)
        if (*ret_asked >> f & 1 && facet_names[f].kind >= 0) s->wanted.facets |= 1u << facet_names[f].kind;
    return status;
}

static mz_status read_parameters(lookup *s, unsigned *ret_facets, mz_error *error) {
    int64_t limit = PAGE, offset = 0;
    bool flag = false, target = true;
    const mz_request *request = s->request;
    mz_status status = mz_scope_read(request, mz_request_place(request, "dataset"), s->engine->index, &s->scope, error);
    if (!status) status = mz_scope_keep_lists(request, "datasets", s->engine->index, &s->scope, error);
    if (!status) status = read_schema(s, error);
    if (!status) status = read_operator(s, error);
    if (!status) status = read_values(s, error);
    if (!status) status = read_order(s, error);
    if (!status) status = read_facets(s, ret_facets, error);
    if (!status) status = mz_request_query_int(request, "limit", 0, PAGE_MOST, &limit, error);
    if (!status) status = mz_request_query_int(request, "offset", 0, OFFSET_MOST, &offset, error);
    if (!status) status = mz_request_query_bool(request, "fuzzy", &flag, error);
    if (!status) status = mz_request_query_bool(request, "simple", &flag, error);
    if (!status) status = mz_request_query_bool(request, "target", &target, error);
    if (!target)
        mz_scope_tell(request->arena, &s->scope.not_done, "target=false: what is only mentioned is not searched");
    s->wanted.text = mz_request_query(request, "q");
    if (s->wanted.text.size) mz_request_asked(request, s->wanted.text);
    s->wanted.scope = &s->scope;
    s->wanted.limit = (size_t)limit;
    s->wanted.offset = (size_t)offset;
    if (!status && request->arena->failed) status = mz_fail_arena(request->arena, error, "the request");
    return status;
}

/* ---- the answer ---- */

static mz_status write_results(lookup *s, mz_json *json, mz_response *response, mz_error *error) {
    mz_yente_reader reader;
    mz_status status = MZ_OK;
    mz_yente_reader_init(&reader, s->engine->index);
    mz_json_key(json, "results");
    mz_json_array(json);
    for (size_t h = 0; h < s->found.hit_count && !status; h++) {
        const mz_yente_record *record;
        status = mz_yente_read(&reader, s->found.hits[h].number, &record, error);
        if (!status) mz_yente_write_entity(json, record, record->record.entities);
        if (!status && response->body.failed) status = mz_fail_buffer(&response->body, error, "the answer");
    }
    mz_json_array_end(json);
    mz_yente_reader_done(&reader);
    return status;
}

static mz_str label_of(int kind, mz_str name) {
    size_t count;
    const char *country = kind == MZ_FACET_COUNTRIES ? mz_country_name(name, MZ_ENGLISH) : NULL;
    const mz_list_origin *origins = mz_list_origins(&count);
    for (size_t k = 0; k < count && kind == MZ_FACET_LISTS; k++)
        if (mz_str_equal(name, mz_str_of(origins[k].list))) return mz_str_of(origins[k].title);
    return country ? mz_str_of(country) : name;
}

static void write_facet(const lookup *s, unsigned f, mz_json *json) {
    int kind = facet_names[f].kind;
    mz_json_key(json, facet_names[f].name);
    mz_json_object(json);
    mz_json_pair(json, "label", mz_str_of(facet_names[f].label));
    mz_json_key(json, "values");
    mz_json_array(json);
    for (size_t v = 0; kind >= 0 && v < s->found.facets[kind].count; v++) {
        const mz_facet_value *value = &s->found.facets[kind].values[v];
        mz_json_object(json);
        mz_json_pair(json, "name", value->name);
        mz_json_pair(json, "label", label_of(kind, value->name));
        mz_json_pair_int(json, "count", value->count);
        mz_json_object_end(json);
    }
    mz_json_array_end(json);
    mz_json_object_end(json);
}

static mz_status answer(lookup *s, unsigned facets, mz_response *response, mz_error *error) {
    mz_json json;
    mz_json_init(&json, &response->body);
    mz_json_object(&json);
    mz_status status = write_results(s, &json, response, error);
    if (status) return status;
    mz_json_key(&json, "facets");
    mz_json_object(&json);
    for (unsigned f = 0; f < FACET_NAMES; f++)
        if (facets >> f & 1) write_facet(s, f, &json);
    mz_json_object_end(&json);
    mz_json_key(&json, "total");
    mz_json_object(&json);
    mz_json_pair_int(&json, "value", (int64_t)s->found.total);
    mz_json_pair(&json, "relation", mz_str_of(s->found.cut ? "gte" : "eq"));
    mz_json_object_end(&json);
    mz_json_pair_int(&json, "limit", (int64_t)s->wanted.limit);
    mz_json_pair_int(&json, "offset", (int64_t)s->wanted.offset);
    if (s->scope.not_done.size) mz_json_pair(&json, "not_done", s->scope.not_done);
    mz_json_object_end(&json);
    return MZ_OK;
}

mz_status mz_yente_search(const mz_request *request, mz_response *response, mz_error *error) {
    mz_engine *engine;
    mz_service *service = request->service;
    lookup s = {.request = request};
    unsigned facets = 0;
    mz_status status = mz_engines_take(service->engines, service->settings.wait_ms, &engine, error);
    if (status) return status;
    s.engine = engine;
    status = read_parameters(&s, &facets, error);
    if (!status) status = mz_search_listed(engine, &s.wanted, request->arena, &s.found, error);
    if (!status) status = answer(&s, facets, response, error);
    mz_engines_give_back(service->engines, engine);
    return status;
}
