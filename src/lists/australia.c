/* "australia": the Consolidated List of the Department of Foreign Affairs and Trade, an .xlsx workbook:
 * https://www.dfat.gov.au/international-relations/security/sanctions/consolidated-list
 *
 * One record stands in several rows, one for each of its names: references 2, 2a, 2b … 2aa are the names of record 2.
 * The rows repeat what they share, and in a few dozen records do not quite agree; every value is kept, once. Rows of
 * a record stand together today; they are gathered by number all the same, so that an order of names would do as well.
 *
 * Columns are found by their headings. A column of TRUE and FALSE is a measure (Travel Ban, Arms Embargo, …), also one
 * that is new; any other unknown column becomes notes. Cells hold several dates ("1954, 1962, 5/06/1965"), places and
 * addresses ("a) … b) …", "…; …"); a date before 1800 is of another calendar (01/01/1400 beside 21/11/1979) and is kept
 * as a note. Control Date says when a row was last changed: the latest is the list's date. */
#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/map.h"
#include "base/shown.h"
#include "lists/attached.h"
#include "lists/csv.h"
#include "lists/formats.h"
#include "lists/prose.h"
#include "lists/rows.h"
#include "lists/xlsx.h"
#include "mizan/country.h"
#include "mizan/date.h"

#include <string.h>

enum {
    REFERENCE,
    NAME,
    TYPE,
    NAME_TYPE,
    STRENGTH,
    BIRTH_DATE,
    BIRTH_PLACE,
    CITIZENSHIP,
    ADDRESS,
    INFORMATION,
    LISTING,
    IMO,
    COMMITTEES,
    CONTROL_DATE,
    INSTRUMENT,
    COLUMN_COUNT
};

static const char *const headings[COLUMN_COUNT] = {
    "Reference",
    "Name of Individual or Entity",
    "Type",
    "Name Type",
    "Alias Strength",
    "Date of Birth",
    "Place of Birth",
    "Citizenship",
    "Address",
    "Additional Information",
    "Listing Information",
    "IMO Number",
    "Committees",
    "Control Date",
    "Instrument of Designation",
};

enum { REQUIRED_COLUMNS = NAME_TYPE + 1, HEADING_ROWS = 20, TEXT_CEILING_BYTES = 256 << 20, KEY_SIZE = 20 };

typedef struct row {
    struct row *next; /* of the same record */
    uint32_t number;
    const mz_xlsx_cell *cells;
    size_t count;
} row;

typedef struct group {
    mz_str key; /* the number that the references begin with */
    row *first, *last;
} group;

typedef struct australia {
    mz_reading *reading;
    mz_builder *builder;
    mz_attached attached;
    mz_arena arena;   /* all rows */
    mz_buffer groups; /* of group, in the order of the sheet */
    mz_map by_key;
    const row *heading; /* the row with the headings; NULL before it */
    const row *before;  /* the row read last */
    uint32_t rows_seen;
    int at[COLUMN_COUNT];
    uint16_t file;
    const row *current;
} australia;

/* --- gathering rows --- */

/* A copy of the row in the arena; texts equal to the row before's are shared with it. */
static row *keep_row(australia *a, const mz_xlsx_row *from) {
    row *kept = MZ_ARENA_NEW(&a->arena, 1, row);
    mz_xlsx_cell *cells = MZ_ARENA_NEW(&a->arena, from->count + 1, mz_xlsx_cell);
    if (!kept || !cells) return NULL;
    for (size_t i = 0; i < from->count; i++) {
        mz_str text = from->cells[i].text;
        bool same = a->before && i < a->before->count && mz_str_equal(a->before->cells[i].text, text);
        cells[i] =
            (mz_xlsx_cell){from->cells[i].kind, same ? a->before->cells[i].text : mz_arena_copy(&a->arena, text)};
    }
    *kept = (row){.number = from->number, .cells = cells, .count = from->count};
    a->before = kept;
    return a->arena.failed ? NULL : kept;
}

static mz_str text_at(const row *r, int column) {
    return column >= 0 && (size_t)column < r->count ? mz_trimmed(r->cells[column].text) : MZ_STR("");
}

static bool find_headings(australia *a, const row *r) {
    for (int c = 0; c < COLUMN_COUNT; c++) {
        a->at[c] = -1;
        for (size_t i = 0; i < r->count && a->at[c] < 0; i++)
            if (mz_csv_name_equal(r->cells[i].text, mz_str_of(headings[c]))) a->at[c] = (int)i;
    }
    for (int c = 0; c < REQUIRED_COLUMNS; c++)
        if (a->at[c] < 0) return false;
    return true;
}

static mz_status fail_headings(australia *a) {
    return mz_fail(
        a->reading->error, MZ_ERR_INPUT,
        "no row with the headings %s, %s, %s and %s among the first %d: is this the consolidated list of DFAT?",
        headings[0], headings[1], headings[2], headings[3], HEADING_ROWS);
}

static bool is_blank(const row *r) {
    for (size_t i = 0; i < r->count; i++)
        if (mz_trimmed(r->cells[i].text).size) return false;
    return true;
}

/* "17ab": the digits; empty when it is no reference. */
static mz_str key_of(mz_str reference) {
    size_t digits = 0, letters = 0;
    while (digits < reference.size && reference.data[digits] >= '0' && reference.data[digits] <= '9') digits++;
    while (digits + letters < reference.size && (reference.data[digits + letters] | 0x20) >= 'a' &&
           (reference.data[digits + letters] | 0x20) <= 'z')
        letters++;
    bool whole = digits > 0 && digits < KEY_SIZE && digits + letters == reference.size;
    return whole ? (mz_str){reference.data, digits} : MZ_STR("");
}

static mz_status add_to_group(australia *a, row *r, mz_str key, mz_error *error) {
    uint32_t *index = mz_map_put(&a->by_key, key, (uint32_t)(a->groups.size / sizeof(group)));
    if (!index) return mz_fail_memory(error);
    if (*index * sizeof(group) == a->groups.size) {
        group fresh = {.key = key, .first = r, .last = r};
        mz_buffer_append(&a->groups, &fresh, sizeof fresh);
        return a->groups.failed ? mz_fail_buffer(&a->groups, error, "the table of references") : MZ_OK;
    }
    group *known = (group *)(void *)a->groups.data + *index;
    known->last->next = r;
    known->last = r;
    return MZ_OK;
}

static mz_position position(const australia *a, const row *r, int column) {
    return (mz_position){.line = r->number, .column = (uint16_t)(column + 1), .file = a->file};
}

static mz_status gather(void *context, const mz_xlsx_row *from, mz_error *error) {
    australia *a = context;
    /* the sheet is in memory: only a wish to stop matters here */
    mz_status status = from->number % 1024 ? MZ_OK : mz_reading_progress(a->reading, 0, 0);
    if (status) return status;
    row *r = keep_row(a, from);
    if (!r) return mz_fail_arena(&a->arena, error, "the text of the sheet");
    if (!a->heading) {
        if (find_headings(a, r)) a->heading = r;
        return !a->heading && ++a->rows_seen == HEADING_ROWS ? fail_headings(a) : MZ_OK;
    }
    if (is_blank(r)) return MZ_OK;
    mz_str reference = text_at(r, a->at[REFERENCE]), key = key_of(reference);
    if (key.size) return add_to_group(a, r, key, error);
    return mz_reading_reject(a->reading, position(a, r, a->at[REFERENCE]), text_at(r, a->at[NAME]),
                             "the reference \"%.*s\" is not a number with letters behind it", mz_shown(reference),
                             reference.data);
}

/* --- one record --- */

static mz_str field(const australia *a, int column) {
    return text_at(a->current, a->at[column]);
}

static mz_position at(const australia *a, int column) {
    return position(a, a->current, a->at[column]);
}

static void add_to(australia *a, unsigned entity, mz_property property, int column) {
    mz_builder_add(a->builder, entity, property, field(a, column), at(a, column));
}

static void add_note(australia *a, mz_str heading, mz_str text, mz_position place) {
    mz_str note = mz_arena_print(&a->arena, "%.*s: %.*s", (int)heading.size, heading.data, (int)text.size, text.data);
    mz_builder_add(a->builder, 0, MZ_PROP_notes, note, place);
}

static void add_name(australia *a) {
    mz_str kind = field(a, NAME_TYPE), strength = field(a, STRENGTH);
    mz_property property = MZ_PROP_alias;
    mz_name_kind name_kind = MZ_NAME_UNSPECIFIED;
    if (mz_contains(kind, "primary")) {
        property = MZ_PROP_name;
        name_kind = MZ_NAME_PRIMARY;
    } else if (mz_contains(kind, "original")) {
        name_kind = MZ_NAME_ORIGINAL_SCRIPT;
    } else if (mz_contains(kind, "formerly") || mz_contains(kind, "previous") || mz_same_word(kind, "fka")) {
        property = MZ_PROP_previousName;
        name_kind = MZ_NAME_PREVIOUS;
    } else if (mz_same_word(strength, "weak")) {
        property = MZ_PROP_weakAlias;
        name_kind = MZ_NAME_WEAK_ALIAS;
    } else if (mz_same_word(strength, "strong")) {
        name_kind = MZ_NAME_STRONG_ALIAS;
    }
    mz_builder_name(a->builder, 0, property, name_kind, field(a, NAME), at(a, NAME));
}

/* --- dates --- */

/* Added when it is a date of our calendar, kept as a note when of another; false when it is none. */
static bool add_date(australia *a, mz_property property, mz_str text, int column) {
    mz_date date;
    if (text.size && text.data[0] == '/') text = (mz_str){text.data + 1, text.size - 1}; /* "/03/1963" */
    if (!mz_date_parse(text, MZ_DATE_DAY_FIRST, &date)) return false;
    if (date.first_day < mz_days_from_date(1800, 1, 1))
        add_note(a, mz_str_of(headings[column]), text, at(a, column));
    else
        mz_builder_add(a->builder, 0, property, text, at(a, column));
    return true;
}

/* "1961 8/08/1967", "1972.1973": dates without the comma between them. */
static bool all_are_dates(mz_str text) {
    mz_str piece;
    mz_date date;
    bool any = false;
    while (mz_next_between(&text, " .", &piece)) {
        if (!mz_date_parse(piece, MZ_DATE_DAY_FIRST, &date)) return false;
        any = true;
    }
    return any;
}

static void add_dates(australia *a, mz_property property, int column) {
    mz_str rest = field(a, column), numbered, value, piece;
    while (mz_next_numbered(&rest, &numbered))
        while (mz_next_between(&numbered, ",;\n", &value)) {
            if (add_date(a, property, value, column)) continue;
            if (all_are_dates(value))
                while (mz_next_between(&value, " .", &piece)) (void)add_date(a, property, piece, column);
            else
                mz_builder_add(a->builder, 0, property, value, at(a, column)); /* flagged as not understood */
        }
}

/* --- places --- */

static mz_str without_bracket(mz_str text) {
    const char *bracket = text.size ? memchr(text.data, '(', text.size) : NULL;
    return bracket ? mz_trimmed((mz_str){text.data, (size_t)(bracket - text.data)}) : text;
}

/* The country that a place ends with: "Mosul, Iraq (previous)"; NULL when it does not name one. */
static const char *country_of(mz_str place) {
    const char *comma = place.size ? memrchr(place.data, ',', place.size) : NULL;
    if (comma) place = mz_trimmed((mz_str){comma + 1, (size_t)(place.data + place.size - comma - 1)});
    const char *code = mz_country_code(place);
    return code ? code : mz_country_code(without_bracket(place));
}

static bool next_place(mz_str *rest, mz_str *numbered, mz_str *ret_place) {
    while (!mz_next_between(numbered, ";", ret_place))
        if (!mz_next_numbered(rest, numbered)) return false;
    return true;
}

static void add_birth_places(australia *a) {
    mz_str rest = field(a, BIRTH_PLACE), numbered = {"", 0}, place;
    while (next_place(&rest, &numbered, &place)) {
        mz_builder_add(a->builder, 0, MZ_PROP_birthPlace, place, at(a, BIRTH_PLACE));
        mz_add_flagged(a->builder, 0, MZ_PROP_birthCountry, mz_str_of(country_of(place)), at(a, BIRTH_PLACE),
                       MZ_FACT_DERIVED);
    }
}

static void add_addresses(australia *a) {
    mz_str rest = field(a, ADDRESS), numbered = {"", 0}, value;
    while (next_place(&rest, &numbered, &value)) {
        bool country_only = mz_country_code(value) != NULL;
        mz_place place = {.whole = country_only ? MZ_STR("") : value, .country = country_only ? value : MZ_STR("")};
        mz_attach_address(&a->attached, &place, at(a, ADDRESS), 0);
        if (!country_only)
            mz_add_flagged(a->builder, 0, MZ_PROP_country, mz_str_of(country_of(value)), at(a, ADDRESS),
                           MZ_FACT_DERIVED);
    }
}

static void add_citizenships(australia *a) {
    mz_str rest = field(a, CITIZENSHIP), numbered = {"", 0}, country;
    while (next_place(&rest, &numbered, &country)) {
        bool plain = mz_country_code(country) || !mz_country_code(without_bracket(country));
        mz_fact *fact = mz_builder_add(a->builder, 0, MZ_PROP_citizenship, plain ? country : without_bracket(country),
                                       at(a, CITIZENSHIP));
        if (fact && !plain) fact->original = mz_builder_copy(a->builder, country);
    }
}

/* --- the sanction --- */

/* "Listed by 1533 Committee on 14 July 2026", "Listed on: 17 Aug. 2017 (Relisted …)": the first date after "on". */
static mz_str listing_date_in(mz_str text) {
    if (!mz_starts_with(text, "listed")) return MZ_STR("");
    for (size_t i = 0; i + 4 < text.size; i++) {
        mz_str here = {text.data + i, text.size - i};
        if (!mz_starts_with(here, " on ") && !mz_starts_with(here, " on:")) continue;
        mz_str behind = mz_trimmed((mz_str){here.data + 4, here.size - 4});
        size_t end = 0, words = 0;
        while (end < behind.size && words < 3 && behind.data[end] != '(' && behind.data[end] != ',') {
            end++;
            if (end == behind.size || behind.data[end] == ' ') words++;
        }
        mz_date date;
        mz_str candidate = mz_trimmed((mz_str){behind.data, end});
        if (mz_date_parse(candidate, MZ_DATE_DAY_FIRST, &date)) return candidate;
    }
    return MZ_STR("");
}

/* "XXe.001. Associated with …": the reference of the UN list that a note begins with. */
static mz_str un_reference_in(mz_str text) {
    bool fits = text.size >= 7 && text.data[0] >= 'A' && text.data[0] <= 'Z' && text.data[1] >= 'A' &&
                text.data[1] <= 'Z' && (text.data[2] == 'i' || text.data[2] == 'e') && text.data[3] == '.';
    for (size_t i = 4; fits && i < 7; i++) fits = text.data[i] >= '0' && text.data[i] <= '9';
    return fits ? (mz_str){text.data, 7} : MZ_STR("");
}

static bool is_known_column(const australia *a, size_t column) {
    for (int c = 0; c < COLUMN_COUNT; c++)
        if (a->at[c] == (int)column) return true;
    return false;
}

static void add_other_columns(australia *a, unsigned sanction) {
    for (size_t i = 0; i < a->current->count; i++) {
        mz_str heading = text_at(a->heading, (int)i), text = text_at(a->current, (int)i);
        if (is_known_column(a, i) || text.size == 0) continue;
        mz_position place = position(a, a->current, (int)i);
        if (a->current->cells[i].kind != MZ_XLSX_TRUTH)
            add_note(a, heading, text, place);
        else if (mz_same_word(text, "TRUE"))
            mz_builder_add(a->builder, sanction, MZ_PROP_provisions, heading, place);
    }
}

static void add_sanction(australia *a) {
    static const char authority[] = "Australian Government Department of Foreign Affairs and Trade";
    unsigned sanction = mz_attach_sanction(&a->attached, mz_str_of(authority), field(a, COMMITTEES), at(a, COMMITTEES));
    add_to(a, sanction, MZ_PROP_summary, LISTING);
    add_to(a, sanction, MZ_PROP_authorityId, INSTRUMENT);
    mz_add_flagged(a->builder, sanction, MZ_PROP_listingDate, listing_date_in(field(a, LISTING)), at(a, LISTING),
                   MZ_FACT_DERIVED);
    mz_add_flagged(a->builder, sanction, MZ_PROP_unscId, un_reference_in(field(a, INFORMATION)), at(a, INFORMATION),
                   MZ_FACT_DERIVED);
    add_other_columns(a, sanction);
}

static mz_schema schema_of(mz_str type) {
    if (mz_same_word(type, "individual")) return MZ_SCHEMA_Person;
    if (mz_same_word(type, "entity")) return MZ_SCHEMA_Organization;
    if (mz_same_word(type, "vessel")) return MZ_SCHEMA_Vessel;
    return MZ_SCHEMA_Thing;
}

static mz_property birth_property(mz_schema schema) {
    if (schema == MZ_SCHEMA_Vessel) return MZ_PROP_buildDate;
    return schema == MZ_SCHEMA_Organization ? MZ_PROP_incorporationDate : MZ_PROP_birthDate;
}

static void add_row(australia *a, mz_schema schema) {
    add_name(a);
    add_dates(a, birth_property(schema), BIRTH_DATE);
    add_birth_places(a);
    add_citizenships(a);
    add_addresses(a);
    add_to(a, 0, MZ_PROP_imoNumber, IMO);
    add_to(a, 0, MZ_PROP_notes, INFORMATION);
    add_to(a, 0, MZ_PROP_modifiedAt, CONTROL_DATE);
    if (schema == MZ_SCHEMA_Thing) add_to(a, 0, MZ_PROP_type, TYPE);
    add_sanction(a);
    mz_reading_published(a->reading, field(a, CONTROL_DATE), MZ_DATE_DAY_FIRST);
}

static mz_status make_record(australia *a, const group *g) {
    mz_position place = position(a, g->first, a->at[REFERENCE]);
    bool named = false;
    for (const row *r = g->first; r; r = r->next) named |= text_at(r, a->at[NAME]).size > 0;
    if (!named) return mz_reading_reject(a->reading, place, g->key, "a record without a name");
    mz_schema schema = schema_of(text_at(g->first, a->at[TYPE]));
    mz_builder_start(a->builder, a->reading->list);
    mz_builder_entity(a->builder, schema, mz_make_id(a->builder, a->reading->list, g->key), place);
    mz_builder_reference(a->builder, g->key);
    mz_attached_start(&a->attached);
    mz_builder_add(a->builder, 0, MZ_PROP_topics, MZ_STR("sanction"), place);
    for (a->current = g->first; a->current; a->current = a->current->next) add_row(a, schema);
    if (a->attached.failed) return mz_fail_memory(a->reading->error);
    if (a->arena.failed) return mz_fail_arena(&a->arena, a->reading->error, "the text of the sheet");
    return mz_reading_emit(a->reading);
}

static mz_status make_records(australia *a) {
    const group *groups = (const group *)(const void *)a->groups.data;
    size_t count = a->groups.size / sizeof(group);
    mz_status status = a->heading ? MZ_OK : fail_headings(a);
    for (size_t i = 0; i < count && !status; i++) {
        status = make_record(a, &groups[i]);
        if (!status)
            status =
                mz_reading_progress(a->reading, a->reading->report->bytes * (i + 1) / count, a->reading->report->bytes);
    }
    return status;
}

static mz_status read_australia(mz_reading *reading) {
    australia a = {.reading = reading, .builder = reading->builder, .file = mz_reading_file(reading, reading->path)};
    mz_attached_init(&a.attached, reading->builder);
    mz_arena_init(&a.arena, TEXT_CEILING_BYTES);
    mz_buffer_init(&a.groups, TEXT_CEILING_BYTES);
    mz_map_init(&a.by_key);
    mz_xlsx_sink sink = {.row = gather, .context = &a};
    mz_status status = mz_xlsx_read(reading->path, NULL, &sink, &reading->report->bytes, reading->error);
    if (!status) status = make_records(&a);
    mz_map_done(&a.by_key);
    mz_buffer_done(&a.groups);
    mz_arena_done(&a.arena);
    mz_attached_done(&a.attached);
    return status;
}

/* Any workbook: whether it is the list shows when its headings are read. Old workbooks too, to be told what to do. */
static bool looks_like_australia(mz_str first_bytes, const char *path) {
    (void)path;
    return mz_xlsx_looks_like(first_bytes) || mz_xlsx_looks_old(first_bytes);
}

const mz_list_format mz_format_australia = {
    .name = "australia",
    .title = "Australia, consolidated list of the Department of Foreign Affairs and Trade, XLSX",
    .usual_list = "australia",
    .dates = MZ_DATE_DAY_FIRST,
    .looks_like = looks_like_australia,
    .read = read_australia,
};
