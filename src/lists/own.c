/* "csv" and "json": a user's own list, with a mapping file (own_mapping.h) or with columns named as properties.
 *
 * CSV: a header, then a record a row, in the dialects of csv.h. JSON: an array of objects, or one object after another
 * (JSON lines); members inside members are "outer.inner", those inside "properties" have their own names.
 *
 * A row becomes one entity. What belongs to its listing (program, authority, reason, listingDate …) goes into a
 * Sanction attached to it, what belongs to an address into an Address, as the official lists have it. A table with
 * given and family names but no whole name gets one made of them. A column that nobody mapped becomes notes; a mapped
 * column that the table does not have is an error.
 *
 * Ids are LIST-ID. A row without an id gets one from the digest of its contents, which stays the same as long as
 * the row does. A row that says neither a name nor a number of anybody, has an unknown schema, or an id that another
 * row has already, is rejected with its line. Rows of nothing but empty fields are no rows. */
#include "base/ascii.h"
#include "base/digest.h"
#include "base/error.h"
#include "base/shown.h"
#include "lists/attached.h"
#include "lists/csv.h"
#include "lists/formats.h"
#include "lists/json_items.h"
#include "lists/own_mapping.h"
#include "lists/rows.h"

#include <string.h>

enum {
    RECORD_CEILING_BYTES = 8 << 20,
    TREE_CEILING_BYTES = 64 << 20,
    IDS_CEILING_BYTES = 256 << 20,
    MAPPING_CEILING_BYTES = 8 << 20,
    DIGEST_LETTERS = 16
};

/* What a column or key is read as. */
typedef struct meaning {
    bool known;
    bool special; /* id, reference or schema: no note when nothing else */
    mz_property property;
    mz_str split;
} meaning;

typedef struct cell {
    mz_str name, value;
    meaning means;
    mz_position at;
} cell;

typedef struct own {
    mz_reading *reading;
    mz_builder *builder;
    mz_own_mapping mapping;
    mz_attached attached;
    mz_arena kept;    /* the mapping, the header, ids */
    mz_arena scratch; /* of the row in hand */
    mz_map ids;       /* to the line they stand in */
    mz_buffer cells;  /* of cell: the row in hand */
    mz_position at;   /* of the row */
    uint16_t file;
    bool lists_somebody; /* the row is a thing, not itself a sanction, a document or a link */
    bool identified;     /* the row has said a name or a number */
} own;

static bool same_name(mz_str name, mz_str wanted) {
    return wanted.size && mz_csv_name_equal(name, wanted);
}

static bool is_special(const own *o, mz_str name) {
    return same_name(name, o->mapping.id) || same_name(name, o->mapping.reference) ||
           same_name(name, o->mapping.schema_column);
}

static meaning meaning_of(const own *o, mz_str name) {
    meaning m = {.special = is_special(o, name), .split = MZ_STR("")};
    if (!o->mapping.given) {
        m.known = mz_property_find(name, &m.property);
        return m;
    }
    for (const mz_own_column *column = o->mapping.columns; column && !m.known; column = column->next) {
        if (!same_name(name, column->name)) continue;
        m.known = true;
        m.property = column->property;
        m.split = column->split;
    }
    return m;
}

static const cell *cells_of(const own *o, size_t *ret_count) {
    *ret_count = o->cells.size / sizeof(cell);
    return (const cell *)(const void *)o->cells.data;
}

static void add_cell(own *o, mz_str name, mz_str value, const meaning *means, mz_position at) {
    cell c = {name, mz_trimmed(value), *means, at};
    if (c.value.size) mz_buffer_append(&o->cells, &c, sizeof c);
}

/* --- the facts of a row --- */

/* The first value of a column; empty when the name is empty or no cell has it. */
static mz_str value_of(const own *o, mz_str name, mz_position *at) {
    size_t count;
    const cell *cells = cells_of(o, &count);
    for (size_t i = 0; i < count; i++) {
        if (!same_name(cells[i].name, name)) continue;
        *at = cells[i].at;
        return cells[i].value;
    }
    return MZ_STR("");
}

static bool belongs_to_sanction(mz_property property) {
    static const mz_property listing[] = {MZ_PROP_program,     MZ_PROP_programId,   MZ_PROP_programUrl,
                                          MZ_PROP_authority,   MZ_PROP_authorityId, MZ_PROP_unscId,
                                          MZ_PROP_provisions,  MZ_PROP_reason,      MZ_PROP_duration,
                                          MZ_PROP_listingDate, MZ_PROP_startDate,   MZ_PROP_endDate};
    for (size_t i = 0; i < sizeof listing / sizeof listing[0]; i++)
        if (listing[i] == property) return true;
    return false;
}

static mz_str *part_of_place(mz_place *place, mz_property property) {
    if (property == MZ_PROP_street) return &place->street;
    if (property == MZ_PROP_street2) return &place->street2;
    if (property == MZ_PROP_street3) return &place->street3;
    if (property == MZ_PROP_postOfficeBox) return &place->post_office_box;
    if (property == MZ_PROP_city) return &place->city;
    if (property == MZ_PROP_postalCode) return &place->postal_code;
    if (property == MZ_PROP_region) return &place->region;
    return property == MZ_PROP_state ? &place->state : NULL;
}

static mz_name_kind name_kind(mz_property property) {
    if (property == MZ_PROP_name) return MZ_NAME_PRIMARY;
    if (property == MZ_PROP_weakAlias) return MZ_NAME_WEAK_ALIAS;
    if (property == MZ_PROP_previousName) return MZ_NAME_PREVIOUS;
    return MZ_NAME_UNSPECIFIED;
}

static void add_value(own *o, mz_property property, mz_str value, mz_position at) {
    unsigned entity = 0;
    mz_property_type kind = mz_property_kind(property);
    if (o->lists_somebody && belongs_to_sanction(property))
        entity = mz_attach_sanction(&o->attached, MZ_STR(""), MZ_STR(""), at);
    mz_fact *fact = mz_builder_name(o->builder, entity, property, name_kind(property), value, at);
    if (fact && entity == 0 && (kind == MZ_TYPE_NAME || kind == MZ_TYPE_IDENTIFIER)) o->identified = true;
}

/* The next value of a cell whose values stand between `split`. */
static bool next_value(mz_str *rest, mz_str split, mz_str *ret_value) {
    while (rest->size) {
        const char *end = split.size ? memmem(rest->data, rest->size, split.data, split.size) : NULL;
        size_t size = end ? (size_t)(end - rest->data) : rest->size, step = end ? size + split.size : size;
        *ret_value = mz_trimmed((mz_str){rest->data, size});
        *rest = (mz_str){rest->data + step, rest->size - step};
        if (ret_value->size) return true;
    }
    return false;
}

static void add_note(own *o, const cell *c) {
    mz_str note =
        mz_arena_print(&o->scratch, "%.*s: %.*s", (int)c->name.size, c->name.data, (int)c->value.size, c->value.data);
    mz_builder_add(o->builder, 0, MZ_PROP_notes, note, c->at);
}

static void add_cells(own *o) {
    size_t count;
    const cell *cells = cells_of(o, &count);
    mz_place place = {0};
    mz_position place_at = o->at;
    for (size_t i = 0; i < count; i++) {
        const cell *c = &cells[i];
        mz_str *part = c->means.known ? part_of_place(&place, c->means.property) : NULL;
        mz_str rest = c->value, value;
        if (part && !part->size) {
            *part = c->value;
            place_at = c->at;
        } else if (c->means.known) {
            while (next_value(&rest, c->means.split, &value)) add_value(o, c->means.property, value, c->at);
        } else if (!c->means.special) {
            add_note(o, c);
        }
    }
    mz_attach_address(&o->attached, &place, place_at, 0);
    for (const mz_own_pair *pair = o->mapping.constants; pair; pair = pair->next)
        add_value(o, pair->property, pair->value, o->at);
}

/* A whole name of given and family names, when the row has no other name. */
static void make_name(own *o) {
    static const struct {
        mz_property property;
        char role;
    } order[] = {{MZ_PROP_firstName, 'g'},
                 {MZ_PROP_secondName, 'g'},
                 {MZ_PROP_middleName, 'm'},
                 {MZ_PROP_fatherName, 'p'},
                 {MZ_PROP_lastName, 'f'}};
    enum { MOST = sizeof order / sizeof order[0] };
    mz_name_part parts[MOST];
    mz_position at = o->at;
    size_t count, found = 0;
    const cell *cells = cells_of(o, &count);
    for (size_t i = 0; i < count; i++)
        if (cells[i].means.known && cells[i].means.property == MZ_PROP_name) return;
    for (size_t k = 0; k < MOST; k++)
        for (size_t i = 0; i < count; i++) {
            if (!cells[i].means.known || cells[i].means.property != order[k].property) continue;
            parts[found++] = (mz_name_part){order[k].role, cells[i].value};
            at = cells[i].at;
            break;
        }
    mz_fact *fact =
        found ? mz_builder_name_parts(o->builder, 0, MZ_PROP_name, MZ_NAME_PRIMARY, parts, found, at) : NULL;
    if (!fact) return;
    fact->flags |= MZ_FACT_DERIVED;
    o->identified = true;
}

/* --- a row --- */

/* LIST-ID, or LIST- and the first letters of the digest of what the row says. */
static mz_str make_id(own *o, mz_str id) {
    size_t count;
    const cell *cells = cells_of(o, &count);
    mz_digest digest;
    char hex[MZ_DIGEST_HEX_SIZE];
    mz_str list = o->reading->list;
    if (id.size) return mz_arena_print(&o->kept, "%.*s-%.*s", (int)list.size, list.data, (int)id.size, id.data);
    mz_digest_init(&digest);
    for (size_t i = 0; i < count; i++) {
        mz_digest_update(&digest, cells[i].name.data, cells[i].name.size);
        mz_digest_update(&digest, "", 1);
        mz_digest_update(&digest, cells[i].value.data, cells[i].value.size);
        mz_digest_update(&digest, "", 1);
    }
    mz_digest_hex(&digest, hex);
    return mz_arena_print(&o->kept, "%.*s-%.*s", (int)list.size, list.data, DIGEST_LETTERS, hex);
}

static mz_status reject_schema(own *o, mz_position at, mz_str name, mz_str word) {
    const char *nearest = mz_schema_nearest(word);
    return mz_reading_reject(
        o->reading, at, name, "unknown schema \"%.*s\"%s%s%s; schema_values in the mapping can say what it is",
        mz_shown(word), word.data, nearest ? ", the nearest is \"" : "", nearest ? nearest : "", nearest ? "\"" : "");
}

/* What outgrew a ceiling is rejected; what memory did not suffice for ends the reading. */
static mz_status reject_large(own *o, mz_status status) {
    if (status != MZ_ERR_LIMIT) return status;
    return mz_reading_reject(o->reading, o->at, MZ_STR(""), "%s", o->reading->error->text);
}

static mz_status make_record(own *o) {
    size_t count;
    const cell *cells = cells_of(o, &count);
    if (o->cells.failed) return reject_large(o, mz_fail_buffer(&o->cells, o->reading->error, "the row"));
    if (count == 0) return MZ_OK;
    mz_schema schema = o->mapping.schema;
    mz_position id_at = o->at, reference_at = o->at, schema_at = o->at;
    mz_str given = value_of(o, o->mapping.id, &id_at);
    mz_str reference = value_of(o, o->mapping.reference, &reference_at);
    mz_str word = value_of(o, o->mapping.schema_column, &schema_at);
    mz_str called = given.size ? given : cells[0].value;
    if (word.size && !mz_own_mapping_schema(&o->mapping, word, &schema))
        return reject_schema(o, schema_at, called, word);

    mz_str id = make_id(o, given);
    if (o->kept.failed) return mz_fail_arena(&o->kept, o->reading->error, "the table of ids");
    uint32_t *line = mz_map_put(&o->ids, id, 0);
    if (!line) return mz_fail_memory(o->reading->error);
    if (*line)
        return mz_reading_reject(
            o->reading, id_at, called,
            given.size ? "the id stands already in line %u" : "the same row stands already in line %u", *line);
    *line = o->at.line ? o->at.line : 1;

    mz_builder_start(o->builder, o->reading->list);
    mz_builder_entity(o->builder, schema, id, o->at);
    mz_builder_reference(o->builder, reference.size ? reference : given);
    mz_attached_start(&o->attached);
    o->identified = false;
    o->lists_somebody = mz_schema_is_a(schema, MZ_SCHEMA_Thing);
    add_cells(o);
    make_name(o);
    if (o->attached.failed) return mz_fail_memory(o->reading->error);
    if (o->scratch.failed) return reject_large(o, mz_fail_arena(&o->scratch, o->reading->error, "the row"));
    if (!o->identified && !mz_builder_failed(o->builder))
        return mz_reading_reject(o->reading, o->at, called, "neither a name nor a number of anybody in it");
    return mz_reading_emit(o->reading);
}

/* --- CSV --- */

static mz_status check_column(const own *o, const mz_csv *csv, mz_str name) {
    if (name.size == 0 || mz_csv_find(csv, name) >= 0) return MZ_OK;
    char known[240];
    mz_buffer text;
    mz_buffer_init(&text, sizeof known);
    for (size_t i = 0; i < mz_csv_count(csv) && !text.failed; i++) {
        mz_str column = mz_csv_field(csv, (int)i);
        mz_buffer_print(&text, "%s%.*s", i ? ", " : "", mz_shown(column), column.data);
    }
    mz_str list = mz_buffer_view(&text);
    mz_status status = mz_fail_at(o->reading->error, MZ_ERR_INPUT, mz_csv_line(csv), 0,
                                  "the mapping names a column \"%.*s\" that the table does not have; it has: %.*s%s",
                                  mz_shown(name), name.data, (int)list.size, list.data, text.failed ? " …" : "");
    mz_buffer_done(&text);
    return status;
}

static mz_status check_columns(const own *o, const mz_csv *csv, const meaning *meanings) {
    bool identifying = false;
    mz_status status = MZ_OK;
    if (o->mapping.given) {
        status = check_column(o, csv, o->mapping.id);
        if (!status) status = check_column(o, csv, o->mapping.reference);
        if (!status) status = check_column(o, csv, o->mapping.schema_column);
    }
    for (const mz_own_column *column = o->mapping.columns; column && !status; column = column->next)
        status = check_column(o, csv, column->name);
    if (status) return status;
    for (size_t i = 0; i < mz_csv_count(csv); i++) {
        mz_property_type kind = meanings[i].known ? mz_property_kind(meanings[i].property) : MZ_TYPE_TEXT;
        identifying |= kind == MZ_TYPE_NAME || kind == MZ_TYPE_NAME_PART || kind == MZ_TYPE_IDENTIFIER;
    }
    if (identifying) return MZ_OK;
    return mz_fail_at(
        o->reading->error, MZ_ERR_INPUT, mz_csv_line(csv), 0,
        "no column is a name or a number of anybody: name one \"name\", or say in a mapping file beside the "
        "table (….map.json) which it is");
}

/* The header's names and what they mean, as long as the reading lasts. */
static mz_status read_header(own *o, mz_csv *csv, mz_str **ret_names, meaning **ret_meanings) {
    bool more = false;
    mz_status status = mz_csv_next(csv, &more, o->reading->error);
    if (!status && !more) status = mz_fail(o->reading->error, MZ_ERR_INPUT, "the table is empty");
    if (status) return status;
    size_t count = mz_csv_count(csv);
    mz_str *names = MZ_ARENA_NEW(&o->kept, count, mz_str);
    meaning *meanings = MZ_ARENA_NEW(&o->kept, count, meaning);
    for (size_t i = 0; i < count && names && meanings; i++) {
        names[i] = mz_arena_copy(&o->kept, mz_trimmed(mz_csv_field(csv, (int)i)));
        meanings[i] = meaning_of(o, names[i]);
    }
    if (o->kept.failed) return mz_fail_arena(&o->kept, o->reading->error, "the header");
    *ret_names = names;
    *ret_meanings = meanings;
    return check_columns(o, csv, meanings);
}

static void take_fields(own *o, const mz_csv *csv, const mz_str *names, const meaning *meanings, size_t named) {
    static const meaning nothing = {0};
    mz_buffer_clear(&o->cells);
    mz_arena_reset(&o->scratch);
    o->at = mz_csv_position(csv, 0, o->file);
    o->at.column = 0;
    for (size_t i = 0; i < mz_csv_count(csv); i++) {
        mz_str name = i < named ? names[i] : mz_arena_print(&o->scratch, "column %zu", i + 1);
        add_cell(o, name, mz_csv_field(csv, (int)i), i < named ? &meanings[i] : &nothing,
                 mz_csv_position(csv, (int)i, o->file));
    }
}

static mz_status read_table(own *o, mz_csv *csv) {
    mz_str *names = NULL;
    meaning *meanings = NULL;
    mz_status status = read_header(o, csv, &names, &meanings);
    size_t named = status ? 0 : mz_csv_count(csv);
    bool more = true;
    while (!status && more) {
        status = mz_csv_next(csv, &more, o->reading->error);
        if (status || !more) break;
        take_fields(o, csv, names, meanings, named);
        status = make_record(o);
        if (!status) status = mz_reading_progress(o->reading, mz_csv_consumed_bytes(csv), mz_csv_total_bytes(csv));
    }
    o->reading->report->bytes = mz_csv_consumed_bytes(csv);
    return status;
}

/* --- JSON --- */

static void take_members(own *o, const mz_json_item *item, mz_str prefix, const mz_json_value *value) {
    if (value->kind == MZ_JSON_ARRAY || value->kind == MZ_JSON_OBJECT) {
        for (const mz_json_value *child = value->child; child; child = child->next) {
            mz_str name = prefix;
            if (value->kind == MZ_JSON_OBJECT)
                name = prefix.size ? mz_arena_print(&o->scratch, "%.*s.%.*s", (int)prefix.size, prefix.data,
                                                    (int)child->key.size, child->key.data)
                                   : child->key;
            if (!prefix.size && child->kind == MZ_JSON_OBJECT && mz_str_equal(child->key, MZ_STR("properties")))
                name = MZ_STR("");
            take_members(o, item, name, child);
        }
    } else if (value->kind != MZ_JSON_NULL) {
        meaning means = meaning_of(o, prefix);
        add_cell(o, prefix, value->text, &means,
                 (mz_position){.line = mz_json_item_line(item, value), .file = o->file});
    }
}

/* A value of a document that is too large to be taken, at the place that the error says. */
static mz_status reject_large_item(own *o) {
    uint64_t line = o->reading->error->line;
    o->at = (mz_position){.line = line > UINT32_MAX ? UINT32_MAX : (uint32_t)line, .file = o->file};
    return reject_large(o, MZ_ERR_LIMIT);
}

static mz_status read_item(own *o, const mz_json_item *item) {
    const mz_json_value *value = NULL;
    mz_buffer_clear(&o->cells);
    mz_arena_reset(&o->scratch);
    mz_status status = mz_json_item_parse(item, 0, &o->scratch, &value, o->reading->error);
    if (status == MZ_ERR_LIMIT && o->scratch.failed) return reject_large_item(o); /* not: nested too deep */
    if (status) return status;
    o->at = (mz_position){.line = mz_json_item_line(item, value), .file = o->file};
    if (value->kind != MZ_JSON_OBJECT)
        return mz_reading_reject(o->reading, o->at, (mz_str){value->text.data, (size_t)mz_shown(value->text)},
                                 "a record must be an object, not %s", mz_json_kind_name(value->kind));
    take_members(o, item, MZ_STR(""), value);
    if (o->cells.size == 0 && !o->cells.failed)
        return mz_reading_reject(o->reading, o->at, MZ_STR(""), "the object says nothing");
    return make_record(o);
}

static mz_status read_document(own *o, mz_json_items *items) {
    bool more = true;
    mz_status status = MZ_OK;
    while (!status && more) {
        mz_json_item item;
        status = mz_json_items_next(items, &item, &more, o->reading->error);
        if (status == MZ_ERR_LIMIT) {
            more = true; /* it was passed over */
            status = reject_large_item(o);
        } else if (!status && more) {
            status = read_item(o, &item);
        }
        if (!status) status = mz_reading_progress(o->reading, items->input.consumed, items->input.total_bytes);
    }
    o->reading->report->bytes = items->input.consumed;
    return status;
}

/* --- the formats --- */

static mz_status open_csv(own *o) {
    mz_csv *csv = NULL;
    mz_status status = mz_csv_open(o->reading->path, 0, &csv, o->reading->error);
    if (status) return status;
    status = read_table(o, csv);
    mz_csv_close(csv);
    return status;
}

static mz_status open_json(own *o) {
    mz_json_items items;
    mz_status status = mz_json_items_open(&items, o->reading->path, NULL, RECORD_CEILING_BYTES, o->reading->error);
    if (status) return status;
    status = read_document(o, &items);
    mz_json_items_close(&items);
    return status;
}

/* The mapping says the order of dates, so the builder is made anew with it. */
static mz_status prepare(own *o) {
    mz_reading *reading = o->reading;
    mz_builder *builder = NULL;
    mz_status status =
        mz_own_mapping_find(reading->path, reading->options->mapping_path, &o->kept, &o->mapping, reading->error);
    if (!status) status = mz_builder_new(MZ_RECORD_CEILING_BYTES, o->mapping.dates, &builder, reading->error);
    if (status) return status;
    mz_builder_free(reading->builder);
    reading->builder = o->builder = builder;
    o->file = mz_reading_file(reading, reading->path);
    mz_attached_init(&o->attached, builder);
    return MZ_OK;
}

static mz_status read_own(mz_reading *reading, mz_status (*open_and_read)(own *o)) {
    own o = {.reading = reading};
    mz_arena_init(&o.kept, IDS_CEILING_BYTES + MAPPING_CEILING_BYTES);
    mz_arena_init(&o.scratch, TREE_CEILING_BYTES);
    mz_buffer_init(&o.cells, TREE_CEILING_BYTES);
    mz_map_init(&o.ids);
    mz_status status = prepare(&o);
    if (!status) status = open_and_read(&o);
    mz_attached_done(&o.attached);
    mz_map_done(&o.ids);
    mz_buffer_done(&o.cells);
    mz_arena_done(&o.scratch);
    mz_arena_done(&o.kept);
    return status;
}

static mz_status read_csv(mz_reading *reading) {
    return read_own(reading, open_csv);
}

static mz_status read_json(mz_reading *reading) {
    return read_own(reading, open_json);
}

/* The list's name in the mapping file, "" when it says none. */
static mz_status list_in_mapping(const char *path, const char *mapping_path, char ret_list[MZ_LIST_NAME_SIZE],
                                 mz_error *error) {
    mz_arena arena;
    mz_own_mapping mapping;
    mz_arena_init(&arena, IDS_CEILING_BYTES + MAPPING_CEILING_BYTES);
    mz_status status = mz_own_mapping_find(path, mapping_path, &arena, &mapping, error);
    size_t size = !status && mapping.list.size < MZ_LIST_NAME_SIZE ? mapping.list.size : 0;
    if (size) memcpy(ret_list, mapping.list.data, size);
    ret_list[size] = '\0';
    mz_arena_done(&arena);
    return status;
}

static bool looks_like_csv(mz_str first_bytes, const char *path) {
    bool text = first_bytes.size > 0 && !memchr(first_bytes.data, 0, first_bytes.size);
    return text && (mz_ends_with(mz_str_of(path), ".csv") || mz_ends_with(mz_str_of(path), ".tsv"));
}

static bool looks_like_json(mz_str first_bytes, const char *path) {
    size_t start = 0;
    while (start < first_bytes.size && memchr("\xEF\xBB\xBF \t\r\n", first_bytes.data[start], 7)) start++;
    return start < first_bytes.size && (first_bytes.data[start] == '{' || first_bytes.data[start] == '[') &&
           (mz_ends_with(mz_str_of(path), ".json") || mz_ends_with(mz_str_of(path), ".jsonl") ||
            mz_ends_with(mz_str_of(path), ".ndjson"));
}

const mz_list_format mz_format_csv = {
    .name = "csv",
    .title = "a list of your own, CSV, with a mapping file or columns named as properties",
    .usual_list = "own",
    .dates = MZ_DATE_DAY_FIRST,
    .list_in_mapping = list_in_mapping,
    .looks_like = looks_like_csv,
    .read = read_csv,
};

const mz_list_format mz_format_json = {
    .name = "json",
    .title = "a list of your own, JSON (an array or lines), with a mapping file or keys named as properties",
    .usual_list = "own",
    .dates = MZ_DATE_DAY_FIRST,
    .list_in_mapping = list_in_mapping,
    .looks_like = looks_like_json,
    .read = read_json,
};
