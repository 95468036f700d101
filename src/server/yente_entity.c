/* Dates are written as FollowTheMoney has them, as far as they are known: "1970", "1970-05"; of "1970~" the year, of
 * "1968/1972" both ends. What is lost by that is in the records of /api/v1.
 *
 * "first_seen" is the day of the first listing, "last_change" that of the last change that the list tells, "last_seen"
 * the list's own date; a day that may be several is null. */
#include "server/yente_entity.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/map.h"
#include "entity/record.h"

enum { DAY_SECONDS = 86400, LOOKED_THROUGH_MOST = 16 };

void mz_yente_reader_init(mz_yente_reader *reader, const mz_index *index) {
    reader->index = index;
    mz_block_cache_init(&reader->cache);
    mz_arena_init(&reader->arena, MZ_YENTE_RECORD_BYTES);
}

void mz_yente_reader_done(mz_yente_reader *reader) {
    mz_block_cache_done(&reader->cache);
    mz_arena_done(&reader->arena);
}

static int64_t published_of(const mz_index *index, mz_str list) {
    for (size_t l = 0; l < index->facts.list_count; l++)
        if (mz_str_equal(index->facts.lists[l].list, list)) return index->facts.lists[l].published;
    return 0;
}

static mz_status read_record(const mz_index *index, uint32_t number, mz_block_cache *cache, mz_arena *arena, bool kept,
                             mz_yente_record *ret_record, mz_error *error) {
    mz_str json;
    const mz_index *part = mz_index_part(index, &number);
    if (!part) return mz_fail(error, MZ_ERR_NOT_FOUND, "no entity has this number");
    mz_status status = mz_image_record_view(part, number, cache, &json, error);
    if (!status && kept) json = mz_arena_copy(arena, json);
    if (!status && arena->failed) status = mz_fail_arena(arena, error, "a record");
    if (!status) status = mz_record_read_json(json, arena, &ret_record->record, error);
    if (status) return status;
    ret_record->listing = part->listings[number];
    ret_record->published = published_of(index, ret_record->record.list);
    return MZ_OK;
}

mz_status mz_yente_read(mz_yente_reader *reader, uint32_t number, const mz_yente_record **ret_record, mz_error *error) {
    mz_arena_reset(&reader->arena);
    *ret_record = &reader->read;
    return read_record(reader->index, number, &reader->cache, &reader->arena, false, &reader->read, error);
}

mz_status mz_yente_read_kept(const mz_index *index, uint32_t number, mz_block_cache *cache, mz_arena *arena,
                             mz_yente_record *ret_record, mz_error *error) {
    return read_record(index, number, cache, arena, true, ret_record, error);
}

/* ---- captions ---- */

/* What is shown of things that have no name, by schema: the first that there is. */
static const struct {
    mz_schema schema;
    mz_property properties[3];
    const char *label;
} captions[] = {
    {MZ_SCHEMA_CryptoWallet, {MZ_PROP_publicKey, MZ_PROP_name, MZ_PROP_summary}, "Cryptocurrency wallet"},
    {MZ_SCHEMA_Address, {MZ_PROP_full, MZ_PROP_summary, MZ_PROP_city}, "Address"},
    {MZ_SCHEMA_Passport, {MZ_PROP_passportNumber, MZ_PROP_number, MZ_PROP_number}, "Passport"},
    {MZ_SCHEMA_Identification, {MZ_PROP_number, MZ_PROP_number, MZ_PROP_number}, "Identification"},
    {MZ_SCHEMA_Sanction, {MZ_PROP_program, MZ_PROP_programId, MZ_PROP_authority}, "Sanction"},
    {MZ_SCHEMA_UnknownLink, {MZ_PROP_role, MZ_PROP_role, MZ_PROP_role}, "Other link"},
    {MZ_SCHEMA_Interest, {MZ_PROP_role, MZ_PROP_role, MZ_PROP_role}, NULL},
    {MZ_SCHEMA_Interval, {MZ_PROP_relationship, MZ_PROP_role, MZ_PROP_summary}, NULL},
    {MZ_SCHEMA_Event, {MZ_PROP_name, MZ_PROP_summary, MZ_PROP_date}, "Event"},
    {MZ_SCHEMA_Thing, {MZ_PROP_name, MZ_PROP_alias, MZ_PROP_weakAlias}, NULL},
};

static mz_str caption_of(const mz_entity *entity) {
    size_t row = 0;
    while (!mz_schema_is_a(entity->schema, captions[row].schema)) row++;
    for (size_t p = 0; p < 3; p++) {
        mz_str value = mz_entity_first(entity, captions[row].properties[p]);
        if (value.size) return value;
    }
    return mz_str_of(captions[row].label ? captions[row].label : mz_schema_name(entity->schema));
}

void mz_yente_write_head(mz_json *json, const mz_yente_record *record, const mz_entity *entity) {
    bool listed = entity == record->record.entities;
    mz_json_pair(json, "id", entity->id);
    mz_json_pair(json, "caption", listed && record->record.caption.size ? record->record.caption : caption_of(entity));
    mz_json_pair(json, "schema", mz_str_of(mz_schema_name(entity->schema)));
}

/* ---- properties ---- */

static void write_date(mz_json *json, mz_str date) {
    const char *slash = date.size ? memchr(date.data, '/', date.size) : NULL;
    while (date.size && memchr("~?%", date.data[date.size - 1], 3)) date.size--;
    if (!slash) {
        mz_json_str(json, date);
        return;
    }
    size_t first = (size_t)(slash - date.data);
    write_date(json, (mz_str){date.data, first});
    write_date(json, (mz_str){slash + 1, date.size > first ? date.size - first - 1 : 0});
}

/* Only names are there twice, as names of several kinds. */
static bool said_before(const mz_entity *entity, size_t from, size_t at) {
    if (entity->facts[at].name_kind == MZ_NAME_UNSPECIFIED || at == from) return false;
    size_t back = at - from < LOOKED_THROUGH_MOST ? at - from : LOOKED_THROUGH_MOST;
    for (size_t k = 1; k <= back; k++)
        if (mz_str_equal(entity->facts[at - k].value, entity->facts[at].value)) return true;
    return false;
}

size_t mz_yente_write_values(mz_json *json, const mz_entity *entity, size_t from) {
    mz_property property = entity->facts[from].property;
    bool dates = mz_property_kind(property) == MZ_TYPE_DATE;
    size_t at = from;
    for (; at < entity->fact_count && entity->facts[at].property == property; at++) {
        if (dates && !(entity->facts[at].flags & MZ_FACT_UNPARSED))
            write_date(json, entity->facts[at].value);
        else if (!said_before(entity, from, at))
            mz_json_str(json, entity->facts[at].value);
    }
    return at;
}

void mz_yente_write_properties(mz_json *json, const mz_entity *entity) {
    mz_json_key(json, "properties");
    mz_json_object(json);
    for (size_t from = 0; from < entity->fact_count;) {
        mz_json_key(json, mz_property_name(entity->facts[from].property));
        mz_json_array(json);
        from = mz_yente_write_values(json, entity, from);
        mz_json_array_end(json);
    }
    mz_json_object_end(json);
}

/* ---- the rest ---- */

void mz_yente_write_time(mz_json *json, const char *key, int64_t seconds) {
    char text[MZ_TIME_TEXT_SIZE];
    mz_json_key(json, key);
    if (!seconds) {
        mz_json_null(json);
        return;
    }
    mz_time_text(seconds, text);
    mz_json_str(json, (mz_str){text, strlen(text) - 1}); /* without the Z, as yente */
}

void mz_yente_write_tail(mz_json *json, const mz_yente_record *record, const mz_entity *entity) {
    const mz_listing_row *listing = &record->listing;
    bool listed_on = listing->first_listed == listing->last_listed;
    bool changed_on = listing->last_change != INT32_MAX;
    mz_json_key(json, "datasets");
    mz_json_array(json);
    mz_json_str(json, record->record.list);
    mz_json_array_end(json);
    mz_json_key(json, "referents");
    mz_json_array(json);
    mz_json_array_end(json);
    mz_json_pair_bool(json, "target", record->record.target && entity == record->record.entities);
    mz_yente_write_time(json, "first_seen", listed_on ? (int64_t)listing->first_listed * DAY_SECONDS : 0);
    mz_yente_write_time(json, "last_seen", record->published);
    mz_yente_write_time(json, "last_change", changed_on ? (int64_t)listing->last_change * DAY_SECONDS : 0);
}

void mz_yente_write_entity(mz_json *json, const mz_yente_record *record, const mz_entity *entity) {
    mz_json_object(json);
    mz_yente_write_head(json, record, entity);
    mz_yente_write_properties(json, entity);
    mz_yente_write_tail(json, record, entity);
    mz_json_object_end(json);
}
