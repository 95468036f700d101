/* "us-csl": the Consolidated Screening List of the International Trade Administration (trade.gov), CSV: the lists of
 * the Departments of Commerce, State and the Treasury in one table of 29 columns with a header, several values in a
 * field separated by semicolons.
 *
 * A row is an entity on one list; an entity on several of OFAC's lists has a row for each with the same _id, and is
 * one record with a sanction for each. `type` is empty on the lists of Commerce and State: LegalEntity, which may be
 * anybody.
 *
 * `ids` has no fixed order: until about 2023 "IR, 2014-08-30, 2009-08-31, A123, Passport" (country, expiry, issue,
 * number, kind), since then "Passport, A123, IR"; the kind is recognised by ofac_ids.h at either end. A single date is
 * not known to be of issue or expiry, and stays in the document's remarks.
 *
 * Addresses end in a country code but do not mark their parts: they are kept whole, with the country.
 * Left out: nothing; source_list_url and source_information_url are the sanction's sources. */
#include "base/ascii.h"
#include "base/error.h"
#include "lists/formats.h"
#include "lists/ofac_facts.h"
#include "lists/ofac_ids.h"
#include "lists/prose.h"
#include "lists/rows.h"
#include "lists/us_csl.h"

#include <string.h>

enum { MOST_TOKENS = 64 };

enum column {
    ID,
    SOURCE,
    ENTITY_NUMBER,
    TYPE,
    PROGRAMS,
    NAME,
    TITLE,
    ADDRESSES,
    NOTICE,
    START_DATE,
    END_DATE,
    STANDARD_ORDER,
    LICENSE_REQUIREMENT,
    LICENSE_POLICY,
    CALL_SIGN,
    VESSEL_TYPE,
    GROSS_TONNAGE,
    REGISTERED_TONNAGE,
    VESSEL_FLAG,
    VESSEL_OWNER,
    REMARKS,
    LIST_URL,
    ALT_NAMES,
    CITIZENSHIPS,
    BIRTH_DATES,
    NATIONALITIES,
    BIRTH_PLACES,
    INFORMATION_URL,
    IDS,
    COUNTRY,
    COLUMN_COUNT
};

static const mz_csv_column columns[COLUMN_COUNT] = {
    [ID] = {"_id|id", true},
    [SOURCE] = {"source", true},
    [ENTITY_NUMBER] = {"entity_number", false},
    [TYPE] = {"type", true},
    [PROGRAMS] = {"programs", true},
    [NAME] = {"name", true},
    [TITLE] = {"title", false},
    [ADDRESSES] = {"addresses", true},
    [NOTICE] = {"federal_register_notice", false},
    [START_DATE] = {"start_date", false},
    [END_DATE] = {"end_date", false},
    [STANDARD_ORDER] = {"standard_order", false},
    [LICENSE_REQUIREMENT] = {"license_requirement", false},
    [LICENSE_POLICY] = {"license_policy", false},
    [CALL_SIGN] = {"call_sign", false},
    [VESSEL_TYPE] = {"vessel_type", false},
    [GROSS_TONNAGE] = {"gross_tonnage", false},
    [REGISTERED_TONNAGE] = {"gross_registered_tonnage", false},
    [VESSEL_FLAG] = {"vessel_flag", false},
    [VESSEL_OWNER] = {"vessel_owner", false},
    [REMARKS] = {"remarks", false},
    [LIST_URL] = {"source_list_url", false},
    [ALT_NAMES] = {"alt_names", true},
    [CITIZENSHIPS] = {"citizenships", false},
    [BIRTH_DATES] = {"dates_of_birth", false},
    [NATIONALITIES] = {"nationalities", false},
    [BIRTH_PLACES] = {"places_of_birth", false},
    [INFORMATION_URL] = {"source_information_url", false},
    [IDS] = {"ids", false},
    [COUNTRY] = {"country", false},
};

struct csl {
    mz_reading *reading;
    mz_attached attached;
    mz_ofac_entry entry;
    const mz_row *row;
};

static mz_str field(const struct csl *csl, enum column column) {
    return mz_trimmed(mz_row_field(csl->row, column));
}

static mz_position at(const struct csl *csl, enum column column) {
    return mz_row_position(csl->row, column);
}

static void add_to(struct csl *csl, unsigned entity, mz_property property, enum column column) {
    mz_builder_add(csl->reading->builder, entity, property, field(csl, column), at(csl, column));
}

static void add(struct csl *csl, mz_property property, enum column column) {
    add_to(csl, 0, property, column);
}

static void add_each(struct csl *csl, unsigned entity, mz_property property, enum column column) {
    mz_str rest = field(csl, column), value;
    while (mz_next_between(&rest, ";", &value))
        mz_builder_add(csl->reading->builder, entity, property, value, at(csl, column));
}

/* ---- ids ---- */

static bool is_country(mz_str token) {
    return token.size == 2 && token.data[0] >= 'A' && token.data[0] <= 'Z' && token.data[1] >= 'A' &&
           token.data[1] <= 'Z';
}

static bool is_date(mz_str token) {
    static const char shape[] = "0000-00-00";
    if (token.size != sizeof shape - 1) return false;
    for (size_t i = 0; i < token.size; i++) {
        bool digit = token.data[i] >= '0' && token.data[i] <= '9';
        if (shape[i] == '0' ? !digit : token.data[i] != shape[i]) return false;
    }
    return true;
}

static bool is_kind(mz_str token) {
    mz_property property;
    mz_schema paper;
    return mz_ofac_id_kind(token, &property, &paper);
}

/* Whether a kind's number may have a country and dates beside it. */
static bool is_number_kind(mz_str kind) {
    mz_property property = MZ_PROP_idNumber;
    mz_schema paper;
    (void)mz_ofac_id_kind(kind, &property, &paper);
    return mz_property_kind(property) == MZ_TYPE_IDENTIFIER;
}

struct tokens {
    mz_str items[MOST_TOKENS];
    size_t first, end;
};

/* Takes country and dates off both ends of the tokens, leaving at least one. */
static void take_circumstances(struct tokens *tokens, mz_ofac_id *id, mz_str whole) {
    mz_str dates[2] = {{"", 0}, {"", 0}};
    size_t date_count = 0;
    for (bool again = true; again && tokens->end - tokens->first > 1;) {
        mz_str first = tokens->items[tokens->first], last = tokens->items[tokens->end - 1];
        bool at_first = is_date(first) || (is_country(first) && id->country.size == 0);
        mz_str token = at_first ? first : last;
        again = at_first || is_date(last) || (is_country(last) && id->country.size == 0);
        if (!again) break;
        if (is_country(token))
            id->country = token;
        else if (date_count < 2)
            dates[date_count++] = token;
        if (at_first)
            tokens->first++;
        else
            tokens->end--;
    }
    if (date_count == 1) id->remarks = whole;
    if (date_count < 2) return;
    bool ordered = mz_str_order(dates[0], dates[1]) <= 0;
    id->issued = dates[ordered ? 0 : 1];
    id->expires = dates[ordered ? 1 : 0];
}

static void add_id(struct csl *csl, mz_str whole) {
    struct tokens tokens = {.first = 0, .end = 0};
    mz_str rest = whole, token, none = {"", 0};
    while (tokens.end < MOST_TOKENS && mz_next_between(&rest, ",", &token)) tokens.items[tokens.end++] = token;
    if (tokens.end < 2 || rest.size) { /* a remark that its semicolons cut loose */
        mz_ofac_add_remark(&csl->entry, whole, at(csl, IDS), MZ_FACT_DERIVED);
        return;
    }
    mz_ofac_id id = {.kind = none, .value = none, .country = none, .issued = none, .expires = none, .remarks = none};
    bool kind_first = is_kind(tokens.items[0]);
    id.kind = kind_first ? tokens.items[tokens.first++] : tokens.items[--tokens.end];
    if (is_number_kind(id.kind)) take_circumstances(&tokens, &id, whole);
    mz_str last = tokens.items[tokens.end - 1];
    const char *start = tokens.items[tokens.first].data;
    id.value = (mz_str){start, (size_t)(last.data + last.size - start)};
    mz_ofac_add_id(&csl->entry, &id, at(csl, IDS), 0);
}

static void add_ids(struct csl *csl) {
    mz_str rest = field(csl, IDS), whole;
    while (mz_next_between(&rest, ";", &whole)) add_id(csl, whole);
}

/* ---- the rest of a row ---- */

static void add_addresses(struct csl *csl) {
    mz_str rest = field(csl, ADDRESSES), whole;
    while (mz_next_between(&rest, ";", &whole)) {
        const char *comma = memrchr(whole.data, ',', whole.size);
        size_t behind = comma ? (size_t)(comma - whole.data) + 1 : 0;
        mz_str last = mz_trimmed((mz_str){whole.data + behind, whole.size - behind});
        mz_place place = {.whole = whole};
        if (is_country(last)) place.country = last;
        if (is_country(last) && !comma) place.whole.size = 0;
        mz_attach_address(&csl->attached, &place, at(csl, ADDRESSES), 0);
    }
}

static void add_names(struct csl *csl) {
    mz_ofac_add_name(&csl->entry, MZ_PROP_name, MZ_NAME_PRIMARY, field(csl, NAME), at(csl, NAME));
    mz_str rest = field(csl, ALT_NAMES), name;
    while (mz_next_between(&rest, ";", &name)) {
        if (mz_starts_with(name, "and ")) name.data += 4, name.size -= 4; /* the last of a list in prose */
        mz_ofac_add_name(&csl->entry, MZ_PROP_alias, MZ_NAME_STRONG_ALIAS, name, at(csl, ALT_NAMES));
    }
}

static void add_sanction(struct csl *csl) {
    mz_builder *builder = csl->reading->builder;
    mz_us_csl_add_sanction(&csl->entry, field(csl, SOURCE), at(csl, SOURCE));
    unsigned sanction = csl->entry.sanction;
    add_each(csl, sanction, MZ_PROP_program, PROGRAMS);
    add_to(csl, sanction, MZ_PROP_recordId, ENTITY_NUMBER);
    add_to(csl, sanction, MZ_PROP_startDate, START_DATE);
    add_to(csl, sanction, MZ_PROP_endDate, END_DATE);
    add_to(csl, sanction, MZ_PROP_sourceUrl, LIST_URL);
    add_to(csl, sanction, MZ_PROP_sourceUrl, INFORMATION_URL);
    static const struct {
        const char *label;
        enum column column;
    } provisions[] = {{"Federal Register notice", NOTICE},
                      {"Standard order", STANDARD_ORDER},
                      {"License requirement", LICENSE_REQUIREMENT},
                      {"License policy", LICENSE_POLICY}};
    for (size_t i = 0; i < sizeof provisions / sizeof provisions[0]; i++)
        mz_add_labelled(builder, sanction, MZ_PROP_provisions, provisions[i].label, field(csl, provisions[i].column),
                        at(csl, provisions[i].column));
}

static void add_vessel(struct csl *csl) {
    add(csl, MZ_PROP_callSign, CALL_SIGN);
    add(csl, MZ_PROP_type, VESSEL_TYPE);
    add(csl, MZ_PROP_tonnage, GROSS_TONNAGE);
    add(csl, MZ_PROP_grossRegisteredTonnage, REGISTERED_TONNAGE);
    if (!mz_same_word(field(csl, VESSEL_FLAG), "None Identified")) add(csl, MZ_PROP_flag, VESSEL_FLAG);
    mz_attach_link(&csl->attached, MZ_STR("Vessel owner"), field(csl, VESSEL_OWNER), (mz_str){"", 0},
                   at(csl, VESSEL_OWNER), 0);
}

static void add_row(struct csl *csl) {
    csl->entry.title = field(csl, TITLE);
    add_sanction(csl);
    add_names(csl);
    add(csl, MZ_PROP_position, TITLE);
    add_each(csl, 0, MZ_PROP_birthDate, BIRTH_DATES);
    add_each(csl, 0, MZ_PROP_birthPlace, BIRTH_PLACES);
    add_each(csl, 0, MZ_PROP_nationality, NATIONALITIES);
    add_each(csl, 0, MZ_PROP_citizenship, CITIZENSHIPS);
    add_each(csl, 0, MZ_PROP_country, COUNTRY);
    add_addresses(csl);
    add_vessel(csl);
    add_ids(csl);
    mz_us_csl_add_remarks(&csl->entry, field(csl, SOURCE), field(csl, REMARKS), at(csl, REMARKS));
}

static mz_status reject_rows(struct csl *csl, const mz_row_group *group) {
    mz_status status = MZ_OK;
    for (const mz_row *row = group->first; row && !status; row = row->next)
        status = mz_reading_reject(csl->reading, mz_row_position(row, ID), mz_trimmed(mz_row_field(row, NAME)),
                                   "a row without its number");
    return status;
}

static mz_status make_record(struct csl *csl, const mz_row_group *group) {
    mz_reading *reading = csl->reading;
    mz_builder *builder = reading->builder;
    mz_position place = mz_row_position(group->first, ID);
    csl->row = group->first;
    if (group->key.size == 0) return reject_rows(csl, group);
    if (field(csl, NAME).size == 0) return mz_reading_reject(reading, place, group->key, "a record without a name");
    mz_schema schema = mz_us_csl_schema(field(csl, TYPE));
    mz_builder_start(builder, reading->list);
    mz_builder_entity(builder, schema, mz_make_id(builder, reading->list, group->key), place);
    mz_builder_reference(builder, field(csl, ENTITY_NUMBER).size ? field(csl, ENTITY_NUMBER) : group->key);
    mz_attached_start(&csl->attached);
    csl->entry.person = schema == MZ_SCHEMA_Person;
    for (; csl->row; csl->row = csl->row->next) add_row(csl);
    return csl->attached.failed ? mz_fail_memory(reading->error) : mz_reading_emit(reading);
}

static mz_status read_rows(struct csl *csl, mz_csv *csv, mz_rows *rows) {
    mz_reading *reading = csl->reading;
    int places[COLUMN_COUNT];
    bool more;
    mz_status status = mz_csv_next(csv, &more, reading->error);
    if (!status) status = mz_csv_map(csv, columns, COLUMN_COUNT, places, reading->error);
    uint16_t file = mz_reading_file(reading, reading->path);
    if (!status) status = mz_rows_read(rows, csv, places, COLUMN_COUNT, ID, file, reading);
    reading->report->bytes += mz_csv_consumed_bytes(csv);
    for (size_t i = 0; i < rows->count && !status; i++) status = make_record(csl, &rows->groups[i]);
    return status;
}

static mz_status read_csl(mz_reading *reading) {
    struct csl csl = {.reading = reading};
    mz_csv *csv;
    mz_rows rows;
    mz_status status = mz_csv_open(reading->path, ',', &csv, reading->error);
    if (status) return status;
    mz_rows_init(&rows);
    mz_attached_init(&csl.attached, reading->builder);
    csl.entry = (mz_ofac_entry){.builder = reading->builder, .attached = &csl.attached};
    status = read_rows(&csl, csv, &rows);
    mz_attached_done(&csl.attached);
    mz_rows_done(&rows);
    mz_csv_close(csv);
    return status;
}

static bool looks_like(mz_str first_bytes, const char *path) {
    (void)path;
    const char *newline = first_bytes.size ? memchr(first_bytes.data, '\n', first_bytes.size) : NULL;
    mz_str line = {first_bytes.data, newline ? (size_t)(newline - first_bytes.data) : first_bytes.size};
    return mz_contains(line, "entity_number") && mz_contains(line, "alt_names") &&
           mz_contains(line, "source_list_url") && !mz_contains(line, "{");
}

const mz_list_format mz_format_us_csl = {
    .name = "us-csl",
    .title = "United States, Consolidated Screening List (trade.gov), CSV",
    .usual_list = "us-csl",
    .dates = MZ_DATE_MONTH_FIRST,
    .looks_like = looks_like,
    .read = read_csl,
};
