#include "server/scope.h"

#include "base/error.h"
#include "base/shown.h"
#include "server/ftm_words.h"

#include <stdarg.h>
#include <stdio.h>

enum { TOLD_BYTES = 4096, DAY_BYTES = 10, LISTS_SHOWN_BYTES = 300 };

static const char *const collections[] = {"default", "all", "sanctions"};

/* OpenSanctions' names for what is here under another name. */
static const struct {
    const char *theirs, *ours;
} aliases[] = {
    {"au_dfat_sanctions", "australia"},
    {"ca_dfatd_sema_sanctions", "canada"},
    {"eu_fsf", "eu"},
    {"gb_fcdo_sanctions", "uk"},
    {"gb_hmt_sanctions", "uk"},
    {"un_sc_sanctions", "un"},
    {"us_ofac_cons", "ofac"},
    {"us_ofac_sdn", "ofac"},
    {"us_trade_csl", "us-csl"},
};

const char *mz_scope_collection(size_t number) {
    return number < sizeof collections / sizeof *collections ? collections[number] : NULL;
}

void mz_scope_tell(mz_arena *arena, mz_str *told, const char *format, ...) {
    char text[256];
    va_list arguments;
    if (told->size > TOLD_BYTES) return;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    mz_str added = {text, (size_t)(size < 0 ? 0 : size)};
    if (added.size >= sizeof text) added.size = (size_t)mz_shown_within((mz_str){text, sizeof text - 1}, 250);
    *told = mz_arena_print(arena, "%.*s%s%.*s", (int)told->size, told->size ? told->data : "", told->size ? "; " : "",
                           (int)added.size, added.data);
}

void mz_scope_add(mz_arena *arena, mz_filter *filter, mz_filter_key key, mz_str value) {
    size_t count = filter->values[key].count;
    mz_str *texts = MZ_ARENA_NEW(arena, count + 1, mz_str);
    if (!texts) return;
    if (count) memcpy(texts, filter->values[key].texts, count * sizeof *texts);
    texts[count] = value;
    filter->values[key].texts = texts;
    filter->values[key].count = count + 1;
}

/* ---- data sets ---- */

static bool is_collection(mz_str name) {
    for (size_t k = 0; mz_scope_collection(k); k++)
        if (mz_str_equal(name, mz_str_of(collections[k]))) return true;
    return false;
}

static bool find_list(const mz_index_facts *facts, mz_str name, size_t *ret_list) {
    for (size_t l = 0; l < facts->list_count; l++)
        if (mz_str_equal(facts->lists[l].list, name)) {
            *ret_list = l;
            return true;
        }
    return false;
}

static bool find_alias(const mz_index_facts *facts, mz_str name, size_t *ret_list) {
    for (size_t a = 0; a < sizeof aliases / sizeof *aliases; a++)
        if (mz_str_equal(name, mz_str_of(aliases[a].theirs)))
            return find_list(facts, mz_str_of(aliases[a].ours), ret_list);
    return false;
}

static mz_str name_lists(const mz_index_facts *facts, mz_arena *arena) {
    mz_str names = MZ_STR("default, all, sanctions");
    for (size_t l = 0; l < facts->list_count; l++) {
        bool room = names.size < LISTS_SHOWN_BYTES;
        names = mz_arena_print(arena, "%.*s, %.*s", (int)names.size, names.data,
                               room ? mz_shown(facts->lists[l].list) : 3, room ? facts->lists[l].list.data : "…");
        if (!room) break;
    }
    return names;
}

static mz_status no_dataset(const mz_request *request, const mz_index_facts *facts, mz_status status, mz_str name,
                            const char *parameter, mz_error *error) {
    mz_str names = name_lists(facts, request->arena);
    if (request->arena->failed) return mz_fail_arena(request->arena, error, "the request");
    return mz_fail(error, status, "%s%sthere is no dataset “%.*s”; there are %.*s", parameter ? parameter : "",
                   parameter ? ": " : "", mz_shown(name), name.data, (int)names.size, names.data);
}

/* Marks the lists of one data set. */
static bool mark(const mz_index_facts *facts, mz_str name, bool with_aliases, bool *marks) {
    size_t list;
    if (find_list(facts, name, &list) || (with_aliases && find_alias(facts, name, &list))) {
        marks[list] = true;
        return true;
    }
    for (size_t l = 0; l < facts->list_count && is_collection(name); l++) marks[l] = true;
    return is_collection(name);
}

/* The lists that a parameter names; *ret_any says whether it names any. What is to be left out is named as it is here:
 * a name of theirs may mean a part of a list. */
static mz_status mark_all(const mz_request *request, const char *parameter, bool with_aliases,
                          const mz_index_facts *facts, bool **ret_marks, bool *ret_any, mz_error *error) {
    const mz_str *names;
    size_t count;
    bool *marks = MZ_ARENA_NEW(request->arena, facts->list_count + 1, bool);
    if (!marks) return mz_fail_arena(request->arena, error, "the request");
    mz_status status = mz_request_query_all(request, parameter, &names, &count, error);
    for (size_t k = 0; k < count && !status; k++)
        if (!mark(facts, names[k], with_aliases, marks))
            status = no_dataset(request, facts, MZ_ERR_ARGUMENT, names[k], parameter, error);
    *ret_marks = marks;
    *ret_any = !status && count > 0;
    return status;
}

/* The filter has the lists that are left, when not all are. */
static void keep(const mz_request *request, const mz_index_facts *facts, const bool *kept, mz_scope *scope) {
    size_t count = 0;
    for (size_t l = 0; l < facts->list_count; l++) count += kept[l];
    scope->filter.values[MZ_FILTER_LISTS].count = 0;
    for (size_t l = 0; l < facts->list_count && count < facts->list_count; l++)
        if (kept[l]) mz_scope_add(request->arena, &scope->filter, MZ_FILTER_LISTS, facts->lists[l].list);
    scope->nothing |= !count;
}

static bool has_list(const mz_filter *filter, mz_str list) {
    bool found = !filter->values[MZ_FILTER_LISTS].count;
    for (size_t k = 0; k < filter->values[MZ_FILTER_LISTS].count; k++)
        found |= mz_str_equal(filter->values[MZ_FILTER_LISTS].texts[k], list);
    return found;
}

mz_status mz_scope_keep_lists(const mz_request *request, const char *parameter, const mz_index *index, mz_scope *scope,
                              mz_error *error) {
    mz_index_facts facts;
    bool *marks, any;
    mz_index_info(index, &facts);
    mz_status status = mark_all(request, parameter, true, &facts, &marks, &any, error);
    if (status || !any) return status;
    for (size_t l = 0; l < facts.list_count; l++) marks[l] &= has_list(&scope->filter, facts.lists[l].list);
    keep(request, &facts, marks, scope);
    return MZ_OK;
}

static mz_status read_datasets(const mz_request *request, mz_str dataset, const mz_index *index, mz_scope *scope,
                               mz_error *error) {
    mz_index_facts facts;
    bool *kept, *out, any;
    mz_index_info(index, &facts);
    kept = MZ_ARENA_NEW(request->arena, facts.list_count + 1, bool);
    if (!kept) return mz_fail_arena(request->arena, error, "the request");
    if (!mark(&facts, dataset, true, kept)) return no_dataset(request, &facts, MZ_ERR_NOT_FOUND, dataset, NULL, error);
    mz_status status = mark_all(request, "exclude_dataset", false, &facts, &out, &any, error);
    if (status) return status;
    for (size_t l = 0; l < facts.list_count; l++) kept[l] &= !out[l];
    keep(request, &facts, kept, scope);
    return mz_scope_keep_lists(request, "include_dataset", index, scope, error);
}

/* ---- the rest ---- */

static mz_status no_schema(const char *parameter, mz_str name, mz_error *error) {
    const char *nearest = mz_schema_nearest(name);
    return mz_fail(error, MZ_ERR_ARGUMENT, "%s: there is no schema “%.*s”%s%s%s", parameter, mz_shown(name), name.data,
                   nearest ? "; did you mean “" : MZ_SCOPE_MODEL, nearest ? nearest : "", nearest ? "”?" : "");
}

static mz_status read_schemata(const mz_request *request, mz_scope *scope, mz_error *error) {
    const mz_str *in, *out;
    size_t in_count, out_count;
    mz_schema schema;
    bool *excluded = MZ_ARENA_NEW(request->arena, MZ_SCHEMA_COUNT, bool);
    mz_status status = mz_request_query_all(request, "include_schema", &in, &in_count, error);
    if (!status) status = mz_request_query_all(request, "exclude_schema", &out, &out_count, error);
    if (!status && !excluded) status = mz_fail_arena(request->arena, error, "the request");
    if (status) return status;
    for (size_t k = 0; k < in_count; k++) {
        if (mz_schema_find(in[k], &schema))
            mz_scope_add(request->arena, &scope->filter, MZ_FILTER_SCHEMATA, in[k]);
        else if (!mz_ftm_other_schema(in[k]))
            return no_schema("include_schema", in[k], error);
    }
    scope->nothing |= in_count && !scope->filter.values[MZ_FILTER_SCHEMATA].count;
    for (size_t k = 0; k < out_count; k++) {
        if (mz_schema_find(out[k], &schema))
            excluded[schema] = true;
        else if (!mz_ftm_other_schema(out[k]))
            return no_schema("exclude_schema", out[k], error);
    }
    scope->excluded_schemata = out_count ? excluded : NULL;
    return MZ_OK;
}

/* A topic that no listed entity has is no mistake of who asks for it: which there are depends on the lists. */
static mz_status read_topics(const mz_request *request, const mz_index *index, mz_scope *scope, mz_error *error) {
    const mz_str *topics;
    size_t count;
    mz_filter_key key;
    mz_status status = mz_request_query_all(request, "topics", &topics, &count, error);
    for (size_t k = 0; k < count && !status; k++) {
        mz_filter one = {.values = {{NULL, 0}}};
        one.values[MZ_FILTER_TOPICS].texts = &topics[k];
        one.values[MZ_FILTER_TOPICS].count = 1;
        status = mz_filter_check(&one, index, &key, error);
        if (status == MZ_ERR_ARGUMENT) {
            mz_scope_tell(request->arena, &scope->not_done, "topics: nothing that is listed has “%.*s”",
                          mz_shown(topics[k]), topics[k].data);
            status = MZ_OK;
        } else if (!status) {
            mz_scope_add(request->arena, &scope->filter, MZ_FILTER_TOPICS, topics[k]);
        }
    }
    scope->nothing |= count && !scope->filter.values[MZ_FILTER_TOPICS].count;
    return status;
}

/* "2024-05-01", and perhaps a time of that day, which lists do not tell: 2024-05-01T10, …T10:30, …T10:30:00. */
static mz_status read_changed_since(const mz_request *request, mz_scope *scope, mz_error *error) {
    static const char pattern[] = "0000-00-00T00:00:00";
    mz_str value = mz_request_query(request, "changed_since");
    if (!value.data) return MZ_OK;
    bool good = value.size == DAY_BYTES || value.size == 13 || value.size == 16 || value.size == 19;
    for (size_t k = 0; k < value.size && good; k++)
        good = pattern[k] == '0' ? value.data[k] >= '0' && value.data[k] <= '9' : value.data[k] == pattern[k];
    if (!good)
        return mz_fail(error, MZ_ERR_ARGUMENT,
                       "the parameter “changed_since” must be a day, 2024-05-01, or a time, 2024-05-01T10:30:00, not "
                       "“%.*s”",
                       mz_shown(value), value.data);
    mz_scope_add(request->arena, &scope->filter, MZ_FILTER_CHANGED_SINCE, (mz_str){value.data, DAY_BYTES});
    scope->filter.known_changes_alone = true;
    mz_scope_tell(request->arena, &scope->not_done,
                  "changed_since: what its list gives neither a day of change nor of listing is left out");
    return MZ_OK;
}

static mz_status read_excluded_entities(const mz_request *request, mz_scope *scope, mz_error *error) {
    const mz_str *ids;
    size_t count;
    mz_status status = mz_request_query_all(request, "exclude_entity_ids", &ids, &count, error);
    if (status || !count) return status;
    scope->filter.values[MZ_FILTER_EXCLUDE_ENTITIES].texts = ids;
    scope->filter.values[MZ_FILTER_EXCLUDE_ENTITIES].count = count;
    return MZ_OK;
}

mz_status mz_scope_read(const mz_request *request, mz_str dataset, const mz_index *index, mz_scope *ret_scope,
                        mz_error *error) {
    mz_filter_key key;
    mz_scope scope = {.not_done = {"", 0}};
    mz_status status = read_datasets(request, dataset, index, &scope, error);
    if (!status) status = read_schemata(request, &scope, error);
    if (!status) status = read_topics(request, index, &scope, error);
    if (!status) status = read_changed_since(request, &scope, error);
    if (!status) status = read_excluded_entities(request, &scope, error);
    if (!status && request->arena->failed) status = mz_fail_arena(request->arena, error, "the request");
    if (!status) status = mz_filter_check(&scope.filter, index, &key, error);
    if (!status) *ret_scope = scope;
    return status;
}
