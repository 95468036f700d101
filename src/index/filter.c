#include "index/filter.h"

#include "base/error.h"
#include "base/shown.h"
#include "mizan/date.h"

#include <stdio.h>
#include <stdlib.h>

enum { TOLD_BYTES = 300 };

static const char *const key_names[MZ_FILTER_KEY_COUNT] = {
#define MZ_X(constant, name) name,
    MZ_FILTER_KEYS(MZ_X)
#undef MZ_X
};

const char *mz_filter_key_name(mz_filter_key key) {
    return key < MZ_FILTER_KEY_COUNT ? key_names[key] : "?";
}

bool mz_filter_key_find(mz_str name, mz_filter_key *ret_key) {
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT; k++)
        if (mz_str_equal(name, mz_str_of(key_names[k]))) {
            *ret_key = (mz_filter_key)k;
            return true;
        }
    return false;
}

bool mz_filter_key_is_date(mz_filter_key key) {
    return key == MZ_FILTER_LISTED_SINCE || key == MZ_FILTER_LISTED_BEFORE || key == MZ_FILTER_CHANGED_SINCE;
}

bool mz_filter_is_empty(const mz_filter *filter) {
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT; k++)
        if (filter->values[k].count) return false;
    return true;
}

/* ---- what the index knows ---- */

/* Names of one kind in one part. */
typedef struct name_row {
    const mz_index *part;
    bool topics; /* else lists */
} name_row;

static uint32_t count_of(const name_row *of) {
    return of->topics ? of->part->topic_count : of->part->list_count;
}

static mz_str name_at(const name_row *of, uint32_t i) {
    return mz_index_text(of->part, of->topics ? of->part->topics[i] : of->part->lists[i].list);
}

/* Whether a value means this topic: it is it, or a family "crime.*" that it is of. */
static bool means(mz_str value, mz_str name) {
    if (mz_str_equal(value, name)) return true;
    if (value.size < 3 || value.data[value.size - 2] != '.' || value.data[value.size - 1] != '*') return false;
    size_t stem = value.size - 2;
    return name.size >= stem && memcmp(name.data, value.data, stem) == 0 &&
           (name.size == stem || name.data[stem] == '.');
}

static bool is_named(const name_row *of, mz_str value, mz_str name) {
    return of->topics ? means(value, name) : mz_str_equal(value, name);
}

static bool is_known(const name_row *of, mz_str value) {
    for (uint32_t i = 0; i < count_of(of); i++)
        if (is_named(of, value, name_at(of, i))) return true;
    return false;
}

static int by_text(const void *left, const void *right) {
    return mz_str_order(*(const mz_str *)left, *(const mz_str *)right);
}

/* Names of both parts in order, each once, as far as there is room: "eu, ofac, un". */
static mz_status tell_names(const mz_index *index, bool topics, char told[TOLD_BYTES], mz_error *error) {
    const name_row of[2] = {{index, topics}, {index->changes ? index->changes : index, topics}};
    size_t room = (size_t)count_of(&of[0]) + count_of(&of[1]), count = 0, size = 0;
    mz_str *names = malloc((room + 1) * sizeof *names);
    if (!names) return mz_fail_memory(error);
    for (size_t p = 0; p < 2; p++)
        for (uint32_t i = 0; i < count_of(&of[p]); i++) names[count++] = name_at(&of[p], i);
    if (count) qsort(names, count, sizeof *names, by_text);
    for (size_t i = 0; i < count; i++) {
        if (i && mz_str_equal(names[i], names[i - 1])) continue;
        int shown = mz_shown(names[i]);
        if (size + (size_t)shown + 8 > TOLD_BYTES) {
            size += (size_t)snprintf(told + size, TOLD_BYTES - size, ", …");
            break;
        }
        size += (size_t)snprintf(told + size, TOLD_BYTES - size, "%s%.*s", size ? ", " : "", shown, names[i].data);
    }
    if (!size) (void)snprintf(told, TOLD_BYTES, "none");
    free(names);
    return MZ_OK;
}

static mz_status check_names(mz_filter_key key, mz_str value, bool topics, const mz_index *index, mz_error *error) {
    const name_row base = {index, topics}, changes = {index->changes, topics};
    if (is_known(&base, value) || (index->changes && is_known(&changes, value))) return MZ_OK;
    char told[TOLD_BYTES];
    mz_status status = tell_names(index, topics, told, error);
    if (status) return status;
    return mz_fail(error, MZ_ERR_ARGUMENT, "%s: the index has no %s \"%.*s\"; it has %s", mz_filter_key_name(key),
                   topics ? "topic" : "list", mz_shown(value), value.data, told);
}

static mz_status check_schema(mz_filter_key key, mz_str value, mz_error *error) {
    mz_schema schema;
    if (mz_schema_find(value, &schema)) return MZ_OK;
    const char *nearest = mz_schema_nearest(value);
    return mz_fail(error, MZ_ERR_ARGUMENT, "%s: there is no schema \"%.*s\"%s%s%s", mz_filter_key_name(key),
                   mz_shown(value), value.data,
                   nearest ? "; did you mean \"" : "; there are Person, Company, Vessel, …", nearest ? nearest : "",
                   nearest ? "\"?" : "");
}

static mz_status check_date(mz_filter_key key, mz_str value, mz_error *error) {
    mz_date date;
    if (mz_date_parse(value, MZ_DATE_DAY_FIRST, &date)) return MZ_OK;
    return mz_fail(error, MZ_ERR_ARGUMENT, "%s: \"%.*s\" is no date; write 2024-05-01, 2024-05 or 2024",
                   mz_filter_key_name(key), mz_shown(value), value.data);
}

static mz_status check_value(mz_filter_key key, mz_str value, const mz_index *index, mz_error *error) {
    switch (key) {
    case MZ_FILTER_LISTS:
    case MZ_FILTER_EXCLUDE_LISTS: return check_names(key, value, false, index, error);
    case MZ_FILTER_TOPICS:
    case MZ_FILTER_EXCLUDE_TOPICS: return check_names(key, value, true, index, error);
    case MZ_FILTER_SCHEMATA:
    case MZ_FILTER_EXCLUDE_SCHEMATA: return check_schema(key, value, error);
    case MZ_FILTER_LISTED_SINCE:
    case MZ_FILTER_LISTED_BEFORE:
    case MZ_FILTER_CHANGED_SINCE: return check_date(key, value, error);
    case MZ_FILTER_EXCLUDE_ENTITIES:
    case MZ_FILTER_KEY_COUNT: return MZ_OK;
    }
    return MZ_OK;
}

mz_status mz_filter_check(const mz_filter *filter, const mz_index *index, mz_filter_key *ret_key, mz_error *error) {
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT; k++) {
        mz_filter_key key = (mz_filter_key)k;
        mz_status status = MZ_OK;
        if (mz_filter_key_is_date(key) && filter->values[k].count > 1)
            status = mz_fail(error, MZ_ERR_ARGUMENT, "%s: one date, not %zu", key_names[k], filter->values[k].count);
        for (size_t i = 0; i < filter->values[k].count && !status; i++)
            status = check_value(key, filter->values[k].texts[i], index, error);
        *ret_key = key;
        if (status) return status;
    }
    return MZ_OK;
}

/* ---- one part ---- */

/* By number, whether a name is one of the values; NULL when there are no values. */
static bool *mark_names(const mz_filter *filter, mz_filter_key key, const name_row *of, mz_arena *arena) {
    bool *marks = filter->values[key].count ? MZ_ARENA_NEW(arena, (size_t)count_of(of) + 1, bool) : NULL;
    for (uint32_t i = 0; marks && i < count_of(of); i++) {
        marks[i] = false;
        for (size_t v = 0; v < filter->values[key].count; v++)
            marks[i] = marks[i] || is_named(of, filter->values[key].texts[v], name_at(of, i));
    }
    return marks;
}

/* Whether a schema is one of the values or descends from one. */
static bool among(const mz_filter *filter, mz_filter_key key, mz_schema schema) {
    for (size_t v = 0; v < filter->values[key].count; v++) {
        mz_schema ancestor;
        if (mz_schema_find(filter->values[key].texts[v], &ancestor) && mz_schema_is_a(schema, ancestor)) return true;
    }
    return false;
}

static void make_lists(const mz_filter *filter, mz_arena *arena, mz_part_filter *made) {
    const name_row of = {made->part, false};
    bool *asked = mark_names(filter, MZ_FILTER_LISTS, &of, arena),
         *excluded = mark_names(filter, MZ_FILTER_EXCLUDE_LISTS, &of, arena);
    for (uint32_t i = 0; excluded && i < count_of(&of); i++) excluded[i] = !excluded[i] && (!asked || asked[i]);
    made->lists = excluded ? excluded : asked;
}

static void make_schemata(const mz_filter *filter, mz_arena *arena, mz_part_filter *made) {
    bool asked = filter->values[MZ_FILTER_SCHEMATA].count, excluded = filter->values[MZ_FILTER_EXCLUDE_SCHEMATA].count;
    bool *passes = asked || excluded ? MZ_ARENA_NEW(arena, MZ_SCHEMA_COUNT, bool) : NULL;
    for (mz_schema schema = 0; passes && schema < MZ_SCHEMA_COUNT; schema++)
        passes[schema] =
            (!asked || among(filter, MZ_FILTER_SCHEMATA, schema)) && !among(filter, MZ_FILTER_EXCLUDE_SCHEMATA, schema);
    made->schemata = passes;
}

static int ascending(const void *left, const void *right) {
    uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;
    return (a > b) - (a < b);
}

static void make_excluded(const mz_filter *filter, mz_arena *arena, mz_part_filter *made) {
    const mz_index *part = made->part;
    size_t room = 0, count = 0;
    const uint32_t *entities;
    for (size_t v = 0; v < filter->values[MZ_FILTER_EXCLUDE_ENTITIES].count; v++)
        room += mz_table_find(&part->ids, mz_index_text_key(filter->values[MZ_FILTER_EXCLUDE_ENTITIES].texts[v]),
                              &entities);
    uint32_t *excluded = room ? MZ_ARENA_NEW(arena, room, uint32_t) : NULL;
    for (size_t v = 0; v < filter->values[MZ_FILTER_EXCLUDE_ENTITIES].count && excluded; v++) {
        mz_str id = filter->values[MZ_FILTER_EXCLUDE_ENTITIES].texts[v];
        size_t found = mz_table_find(&part->ids, mz_index_text_key(id), &entities);
        for (size_t k = 0; k < found; k++)
            if (mz_str_equal(mz_index_id(part, entities[k]), id)) excluded[count++] = entities[k];
    }
    if (count) qsort(excluded, count, sizeof *excluded, ascending);
    made->excluded = excluded;
    made->excluded_count = count;
}

/* The first day that a date of a filter may mean, or `without` when it has none. */
static int32_t day_of(const mz_filter *filter, mz_filter_key key, int32_t without) {
    mz_date date;
    if (!filter->values[key].count) return without;
    return mz_date_parse(filter->values[key].texts[0], MZ_DATE_DAY_FIRST, &date) ? date.first_day : without;
}

mz_status mz_part_filter_make(const mz_filter *filter, const mz_index *part, mz_arena *arena,
                              mz_part_filter *ret_filter, mz_error *error) {
    const name_row topics = {part, true};
    *ret_filter = (mz_part_filter){.part = part,
                                   .topics = mark_names(filter, MZ_FILTER_TOPICS, &topics, arena),
                                   .excluded_topics = mark_names(filter, MZ_FILTER_EXCLUDE_TOPICS, &topics, arena),
                                   .listed_since = day_of(filter, MZ_FILTER_LISTED_SINCE, INT32_MIN),
                                   .listed_before = day_of(filter, MZ_FILTER_LISTED_BEFORE, INT32_MAX),
                                   .changed_since = day_of(filter, MZ_FILTER_CHANGED_SINCE, INT32_MIN)};
    ret_filter->known_changes_alone = filter->known_changes_alone && filter->values[MZ_FILTER_CHANGED_SINCE].count;
    for (unsigned k = 0; k < MZ_FILTER_KEY_COUNT; k++)
        ret_filter->dated |= mz_filter_key_is_date((mz_filter_key)k) && filter->values[k].count;
    make_lists(filter, arena, ret_filter);
    make_schemata(filter, arena, ret_filter);
    make_excluded(filter, arena, ret_filter);
    return arena->failed ? mz_fail_memory(error) : MZ_OK;
}

static bool has_topic(const mz_index *part, uint32_t set, const bool *topics) {
    for (; set; set = part->topic_sets[set - 1].rest)
        if (topics[part->topic_sets[set - 1].topic]) return true;
    return false;
}

/* The last day that the change may be of. */
static int32_t changed_on(const mz_part_filter *filter, const mz_listing_row *listing) {
    if (!filter->known_changes_alone || listing->last_change != INT32_MAX) return listing->last_change;
    return listing->last_listed != INT32_MAX ? listing->last_listed : INT32_MIN;
}

static bool listing_passes(const mz_part_filter *filter, const mz_listing_row *listing) {
    if (filter->topics && !has_topic(filter->part, listing->topics, filter->topics)) return false;
    if (filter->excluded_topics && has_topic(filter->part, listing->topics, filter->excluded_topics)) return false;
    return listing->last_listed >= filter->listed_since && listing->first_listed < filter->listed_before &&
           changed_on(filter, listing) >= filter->changed_since;
}

bool mz_part_filter_passes(const mz_part_filter *filter, uint32_t entity) {
    if (!filter) return true;
    const mz_index *part = filter->part;
    const mz_entity_row *row = &part->entities[entity];
    if ((filter->lists && !filter->lists[row->list]) || (filter->schemata && !filter->schemata[row->schema]))
        return false;
    if (filter->excluded_count && bsearch(&entity, filter->excluded, filter->excluded_count, sizeof entity, ascending))
        return false;
    bool asks = filter->dated || filter->topics || filter->excluded_topics;
    return !asks || listing_passes(filter, &part->listings[entity]);
}
