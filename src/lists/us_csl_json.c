/* "us-csl-json": the United States' Consolidated Screening List as JSON: the download consolidated.json and the answers
 * of the search interface, {"total": …, "sources": […], "results": [{…}, …]}. Fields:
 * https://developer.trade.gov (Consolidated Screening List API).
 *
 * The elements are found one at a time (json_items.h) and kept as their bytes until the end, some 40 MB: a party on
 * several of OFAC's lists has a record for each, with the same id, and becomes one with a sanction for each. "total" is
 * the count that the list states. What the members mean is shared with the CSV form (us_csl.h); members that are not
 * known here become notes. */
#include "base/ascii.h"
#include "base/error.h"
#include "base/map.h"
#include "lists/attached.h"
#include "lists/formats.h"
#include "lists/json_items.h"
#include "lists/prose.h"
#include "lists/rows.h"
#include "lists/us_csl.h"

#include <string.h>

enum { RECORD_CEILING_BYTES = 8 << 20, TREE_CEILING_BYTES = 64 << 20, LIST_CEILING_BYTES = 512 << 20 };

/* A record's bytes, and the next of the same party. */
typedef struct kept {
    mz_json_item item;
    struct kept *next;
} kept;

typedef struct party {
    mz_str id;
    kept *first, *last;
} party;

typedef struct csl {
    mz_reading *reading;
    mz_builder *builder;
    mz_attached attached;
    mz_ofac_entry entry;
    mz_arena kept;     /* all records */
    mz_buffer parties; /* of party, in the order of the list */
    mz_map by_id;
    mz_arena arena;            /* of the record in hand */
    const mz_json_item *item;  /* in hand */
    mz_str source;             /* of the record in hand */
    uint64_t stated, elements; /* "total", and how many there were */
    uint16_t file;
} csl;

static mz_position at(const csl *c, const mz_json_value *value) {
    return (mz_position){.line = mz_json_item_line(c->item, value), .file = c->file};
}

/* The value when it is text or a number; the list writes the same field as either. */
static mz_str text_of(const mz_json_value *value) {
    bool text = value && (value->kind == MZ_JSON_STRING || value->kind == MZ_JSON_NUMBER);
    return text ? mz_trimmed(value->text) : MZ_STR("");
}

static mz_str member(const mz_json_value *object, const char *key) {
    return text_of(mz_json_member(object, key));
}

/* Walks the values of a member: itself, or the elements of an array. */
static const mz_json_value *first_value(const mz_json_value *value) {
    return value->kind == MZ_JSON_ARRAY ? value->child : value;
}

static const mz_json_value *next_value(const mz_json_value *member_value, const mz_json_value *value) {
    return member_value->kind == MZ_JSON_ARRAY ? value->next : NULL;
}

/* --- members --- */

typedef void add_member(csl *c, const mz_json_value *value);

static void add_name(csl *c, const mz_json_value *value) {
    mz_ofac_add_name(&c->entry, MZ_PROP_name, MZ_NAME_PRIMARY, text_of(value), at(c, value));
}

static void add_alias(csl *c, const mz_json_value *value) {
    mz_ofac_add_name(&c->entry, MZ_PROP_alias, MZ_NAME_STRONG_ALIAS, text_of(value), at(c, value));
}

static void add_address(csl *c, const mz_json_value *value) {
    mz_place place = {.street = member(value, "address"),
                      .city = member(value, "city"),
                      .state = member(value, "state"),
                      .postal_code = member(value, "postal_code"),
                      .country = member(value, "country")};
    mz_attach_address(&c->attached, &place, at(c, value), 0);
}

static void add_id(csl *c, const mz_json_value *value) {
    mz_ofac_id id = {.kind = member(value, "type"),
                     .value = member(value, "number"),
                     .country = member(value, "country"),
                     .issued = member(value, "issue_date"),
                     .expires = member(value, "expiration_date")};
    mz_ofac_add_id(&c->entry, &id, at(c, value), 0);
}

static void add_remarks(csl *c, const mz_json_value *value) {
    mz_us_csl_add_remarks(&c->entry, c->source, text_of(value), at(c, value));
}

static void add_owner(csl *c, const mz_json_value *value) {
    mz_attach_link(&c->attached, MZ_STR("Vessel owner"), text_of(value), MZ_STR(""), at(c, value), 0);
}

static void add_flag(csl *c, const mz_json_value *value) {
    if (!mz_same_word(text_of(value), "None Identified"))
        mz_builder_add(c->builder, 0, MZ_PROP_flag, text_of(value), at(c, value));
}

static void add_provision(csl *c, const char *label, const mz_json_value *value) {
    mz_add_labelled(c->builder, c->entry.sanction, MZ_PROP_provisions, label, text_of(value), at(c, value));
}

static void add_notice(csl *c, const mz_json_value *value) {
    add_provision(c, "Federal Register notice", value);
}

static void add_standard_order(csl *c, const mz_json_value *value) {
    add_provision(c, "Standard order", value);
}

static void add_license_requirement(csl *c, const mz_json_value *value) {
    add_provision(c, "License requirement", value);
}

static void add_license_policy(csl *c, const mz_json_value *value) {
    add_provision(c, "License policy", value);
}

static void pass_over(csl *c, const mz_json_value *value) {
    (void)c, (void)value;
}

/* What each member is: a property of the listed entity or of its sanction, or a function. */
static const struct {
    const char *key;
    add_member *add;
    bool of_sanction;
    mz_property property;
} members[] = {
    {"name", add_name, false, 0},
    {"alt_names", add_alias, false, 0},
    {"addresses", add_address, false, 0},
    {"ids", add_id, false, 0},
    {"remarks", add_remarks, false, 0},
    {"vessel_owner", add_owner, false, 0},
    {"vessel_flag", add_flag, false, 0},
    {"federal_register_notice", add_notice, false, 0},
    {"standard_order", add_standard_order, false, 0},
    {"license_requirement", add_license_requirement, false, 0},
    {"license_policy", add_license_policy, false, 0},
    {"title", NULL, false, MZ_PROP_position},
    {"country", NULL, false, MZ_PROP_country},
    {"citizenships", NULL, false, MZ_PROP_citizenship},
    {"nationalities", NULL, false, MZ_PROP_nationality},
    {"dates_of_birth", NULL, false, MZ_PROP_birthDate},
    {"places_of_birth", NULL, false, MZ_PROP_birthPlace},
    {"call_sign", NULL, false, MZ_PROP_callSign},
    {"vessel_type", NULL, false, MZ_PROP_type},
    {"gross_tonnage", NULL, false, MZ_PROP_tonnage},
    {"gross_registered_tonnage", NULL, false, MZ_PROP_grossRegisteredTonnage},
    {"entity_number", NULL, true, MZ_PROP_recordId},
    {"programs", NULL, true, MZ_PROP_program},
    {"start_date", NULL, true, MZ_PROP_startDate},
    {"end_date", NULL, true, MZ_PROP_endDate},
    {"source_list_url", NULL, true, MZ_PROP_sourceUrl},
    {"source_information_url", NULL, true, MZ_PROP_sourceUrl},
    {"id", pass_over, false, 0},
    {"_id", pass_over, false, 0},
    {"type", pass_over, false, 0},
    {"source", pass_over, false, 0},
    {"score", pass_over, false, 0}, /* of the search that this is the answer to */
};

static void add_note(csl *c, const mz_json_value *value, mz_str key) {
    mz_str text = text_of(value);
    if (text.size == 0) return;
    mz_str note = mz_arena_print(&c->arena, "%.*s: %.*s", (int)key.size, key.data, (int)text.size, text.data);
    mz_builder_add(c->builder, 0, MZ_PROP_notes, note, at(c, value));
}

static void add_values(csl *c, const mz_json_value *of) {
    size_t i = 0;
    while (i < sizeof members / sizeof members[0] && !mz_str_equal(of->key, mz_str_of(members[i].key))) i++;
    for (const mz_json_value *value = first_value(of); value; value = next_value(of, value)) {
        if (i == sizeof members / sizeof members[0])
            add_note(c, value, of->key);
        else if (members[i].add)
            members[i].add(c, value);
        else
            mz_builder_add(c->builder, members[i].of_sanction ? c->entry.sanction : 0, members[i].property,
                           text_of(value), at(c, value));
    }
}

/* --- records --- */

static mz_str id_of(const mz_json_value *record) {
    mz_str id = member(record, "id");
    if (!id.size) id = member(record, "_id");
    return id.size ? id : member(record, "entity_number");
}

static void add_record(csl *c, const mz_json_value *record) {
    c->source = member(record, "source");
    c->entry.title = member(record, "title");
    mz_us_csl_add_sanction(&c->entry, c->source, at(c, record));
    for (const mz_json_value *of = record->child; of; of = of->next) add_values(c, of);
}

/* What was read before is read again: it was well formed then. */
static mz_status reread(csl *c, const kept *k, const mz_json_value **ret_record) {
    mz_arena_reset(&c->arena);
    c->item = &k->item;
    return mz_json_item_parse(&k->item, 0, &c->arena, ret_record, c->reading->error);
}

static mz_status start_party(csl *c, const party *p) {
    const mz_json_value *record = NULL;
    mz_status status = reread(c, p->first, &record);
    if (status) return status;
    mz_schema schema = mz_us_csl_schema(member(record, "type"));
    mz_str number = member(record, "entity_number");
    mz_position place = at(c, record);
    mz_builder_start(c->builder, c->reading->list);
    mz_builder_entity(c->builder, schema, mz_make_id(c->builder, c->reading->list, p->id), place);
    mz_builder_reference(c->builder, number.size ? number : p->id);
    mz_attached_start(&c->attached);
    c->entry = (mz_ofac_entry){.builder = c->builder, .attached = &c->attached, .person = schema == MZ_SCHEMA_Person};
    return MZ_OK;
}

static mz_status make_record(csl *c, const party *p) {
    mz_status status = start_party(c, p);
    for (const kept *k = p->first; k && !status; k = k->next) {
        const mz_json_value *record = NULL;
        status = reread(c, k, &record);
        if (!status) add_record(c, record);
    }
    if (status) return status;
    if (c->attached.failed) return mz_fail_memory(c->reading->error);
    if (c->arena.failed) return mz_fail_arena(&c->arena, c->reading->error, "a record");
    return mz_reading_emit(c->reading);
}

/* --- the document --- */

static mz_status keep(csl *c, const mz_json_item *item, mz_str id) {
    kept *k = MZ_ARENA_NEW(&c->kept, 1, kept);
    mz_str text = mz_arena_copy(&c->kept, item->text);
    id = mz_arena_copy(&c->kept, id);
    if (!k || c->kept.failed) return mz_fail_arena(&c->kept, c->reading->error, "the list");
    *k = (kept){.item = *item};
    k->item.text = text;
    size_t count = c->parties.size / sizeof(party);
    uint32_t *index = mz_map_put(&c->by_id, id, (uint32_t)count);
    if (!index) return mz_fail_memory(c->reading->error);
    if (*index == count) {
        party fresh = {.id = id, .first = k, .last = k};
        mz_buffer_append(&c->parties, &fresh, sizeof fresh);
        return c->parties.failed ? mz_fail_buffer(&c->parties, c->reading->error, "the list") : MZ_OK;
    }
    party *known = (party *)(void *)c->parties.data + *index;
    known->last->next = k;
    known->last = k;
    return MZ_OK;
}

static mz_status take_record(csl *c, const mz_json_value *record) {
    mz_str id = id_of(record);
    if (!id.size) return mz_reading_reject(c->reading, at(c, record), member(record, "name"), "the record has no id");
    if (!member(record, "name").size)
        return mz_reading_reject(c->reading, at(c, record), id, "a record without a name");
    return keep(c, c->item, id);
}

static uint64_t count_of(const mz_json_value *value) {
    uint64_t count = 0;
    if (value->kind != MZ_JSON_NUMBER || value->text.size > 18) return 0;
    for (size_t i = 0; i < value->text.size; i++) {
        if (value->text.data[i] < '0' || value->text.data[i] > '9') return 0;
        count = count * 10 + (uint64_t)(value->text.data[i] - '0');
    }
    return count;
}

static mz_status reject_large(csl *c) {
    mz_error *error = c->reading->error;
    mz_position place = {.line = error->line > UINT32_MAX ? UINT32_MAX : (uint32_t)error->line, .file = c->file};
    return mz_reading_reject(c->reading, place, MZ_STR(""), "%s", error->text);
}

static mz_status read_item(csl *c, const mz_json_item *item) {
    const mz_json_value *value = NULL;
    mz_arena_reset(&c->arena);
    mz_status status = mz_json_item_parse(item, 0, &c->arena, &value, c->reading->error);
    bool large = status == MZ_ERR_LIMIT && c->arena.failed; /* not: nested too deep */
    if (large && item->element) return reject_large(c);
    if (status) return status;
    c->item = item;
    if (item->element && value->kind != MZ_JSON_OBJECT)
        return mz_reading_reject(c->reading, at(c, value), text_of(value), "a record must be an object, not %s",
                                 mz_json_kind_name(value->kind));
    if (item->element) return take_record(c, value);
    if (mz_str_equal(item->key, MZ_STR("total"))) c->stated = count_of(value);
    return MZ_OK;
}

static mz_status read_items(csl *c, mz_json_items *items) {
    mz_reading *reading = c->reading;
    bool more = true;
    while (more) {
        mz_json_item item = {0};
        mz_status status = mz_json_items_next(items, &item, &more, reading->error);
        if (status == MZ_ERR_LIMIT) {
            more = true; /* it was passed over */
            c->elements++;
            status = reject_large(c);
        } else if (!status && more) {
            c->elements += item.element;
            status = read_item(c, &item);
        }
        if (!status) status = mz_reading_progress(reading, items->input.consumed, items->input.total_bytes);
        if (status) return status;
    }
    if (!items->found_array)
        return mz_fail(reading->error, MZ_ERR_INPUT, "no array \"results\": is this the Consolidated Screening List?");
    mz_status status = MZ_OK;
    const party *parties = (const party *)(const void *)c->parties.data;
    for (size_t i = 0; i < c->parties.size / sizeof(party) && !status; i++) status = make_record(c, &parties[i]);
    /* what is stated counts a party on two lists twice */
    uint64_t joined = c->elements - reading->report->records;
    if (c->stated > joined) reading->report->stated_records = c->stated - joined;
    return status;
}

static mz_status read_us_csl_json(mz_reading *reading) {
    mz_json_items items;
    csl c = {.reading = reading, .builder = reading->builder};
    mz_status status = mz_json_items_open(&items, reading->path, "results", RECORD_CEILING_BYTES, reading->error);
    if (status) return status;
    c.file = mz_reading_file(reading, reading->path);
    mz_attached_init(&c.attached, reading->builder);
    mz_arena_init(&c.arena, TREE_CEILING_BYTES);
    mz_arena_init(&c.kept, LIST_CEILING_BYTES);
    mz_buffer_init(&c.parties, LIST_CEILING_BYTES);
    mz_map_init(&c.by_id);
    status = read_items(&c, &items);
    reading->report->bytes = items.input.consumed;
    mz_map_done(&c.by_id);
    mz_buffer_done(&c.parties);
    mz_arena_done(&c.kept);
    mz_arena_done(&c.arena);
    mz_attached_done(&c.attached);
    mz_json_items_close(&items);
    return status;
}

static bool looks_like_us_csl_json(mz_str first_bytes, const char *path) {
    (void)path;
    size_t start = 0;
    while (start < first_bytes.size && strchr("\xEF\xBB\xBF \t\r\n", first_bytes.data[start])) start++;
    return start < first_bytes.size && (first_bytes.data[start] == '{' || first_bytes.data[start] == '[') &&
           mz_contains(first_bytes, "\"source_list_url\"") && mz_contains(first_bytes, "\"alt_names\"");
}

const mz_list_format mz_format_us_csl_json = {
    .name = "us-csl-json",
    .title = "United States, Consolidated Screening List, JSON",
    .usual_list = "us-csl",
    .dates = MZ_DATE_MONTH_FIRST,
    .looks_like = looks_like_us_csl_json,
    .read = read_us_csl_json,
};
