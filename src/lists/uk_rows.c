/* The records of the British lists, from their rows.
 *
 * Each row repeats the record with another combination of its values, so nearly every value is met many times; the
 * builder keeps one of each. Older files number several values inside a field ("1) Iraq 2) Iran"), hide numbers in
 * sentences and put facts of their own kind into Other Information, there marked with bracketed labels in the form of
 * 2022; what is taken from there is flagged as derived, and the text stays whole as notes. */
#include "lists/uk_rows.h"

#include "base/ascii.h"
#include "base/error.h"
#include "lists/attached.h"
#include "lists/prose.h"
#include "lists/rows.h"
#include "mizan/country.h"

#include <string.h>

enum { PREAMBLE_RECORDS = 8, DATE_BYTES = 64 };

static const int64_t seconds_a_day = 86400;

struct making {
    mz_reading *reading;
    const mz_uk_form *form;
    mz_builder *builder;
    mz_attached *attached;
    const mz_row *row;
};

static mz_str field(const struct making *making, enum mz_uk_column column) {
    return mz_trimmed(mz_row_field(making->row, column));
}

static mz_position at(const struct making *making, enum mz_uk_column column) {
    return mz_row_position(making->row, column);
}

static void add_to(struct making *making, unsigned entity, mz_property property, enum mz_uk_column column) {
    mz_builder_add(making->builder, entity, property, field(making, column), at(making, column));
}

static void add(struct making *making, mz_property property, enum mz_uk_column column) {
    add_to(making, 0, property, column);
}

/* "Germany (Previous address)" is a country with a remark, when the rest alone is one. */
static mz_str country_in(mz_str text) {
    const char *bracket = text.size ? memchr(text.data, '(', text.size) : NULL;
    if (!bracket || mz_country_code(text)) return text;
    mz_str before = mz_trimmed((mz_str){text.data, (size_t)(bracket - text.data)});
    return mz_country_code(before) ? before : text;
}

/* Each of the values that a field numbers, or separates by bars. */
static void add_each(struct making *making, mz_property property, enum mz_uk_column column) {
    mz_str bars = field(making, column), between, value;
    bool country = mz_property_kind(property) == MZ_TYPE_COUNTRY;
    while (mz_next_between(&bars, "|", &between))
        while (mz_next_numbered(&between, &value)) {
            mz_str plain = country ? country_in(value) : value;
            mz_fact *fact = mz_builder_add(making->builder, 0, property, plain, at(making, column));
            if (fact && plain.size != value.size) fact->original = mz_builder_copy(making->builder, value);
        }
}

/* ---- dates ---- */

/* The two forms that British lists have and nobody else: "dd/mm/1970" for a year, "13-Feb-2026". */
static mz_str plain_date(mz_str text, char buffer[DATE_BYTES]) {
    if (text.size >= DATE_BYTES) return text;
    bool letters = false;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        letters |= (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }
    memcpy(buffer, text.data, text.size);
    for (size_t i = 0; i < text.size; i++) {
        if (letters && buffer[i] == '-') buffer[i] = ' ';
        bool placeholder = (i == 0 && mz_starts_with(text, "dd/")) ||
                           (i == 3 && mz_starts_with((mz_str){text.data + i, text.size - i}, "mm/"));
        if (placeholder) buffer[i] = buffer[i + 1] = '0';
    }
    return (mz_str){buffer, text.size};
}

static void add_dates(struct making *making, unsigned entity, mz_property property, enum mz_uk_column column) {
    mz_str rest = field(making, column), value;
    char buffer[DATE_BYTES];
    while (mz_next_numbered(&rest, &value)) {
        mz_str plain = plain_date(value, buffer);
        mz_fact *fact = mz_builder_add(making->builder, entity, property, plain, at(making, column));
        if (fact && !mz_str_equal(plain, value)) fact->original = mz_builder_copy(making->builder, value);
    }
}

/* ---- names ---- */

static bool is_person(const struct making *making) {
    return mz_same_word(field(making, MZ_UK_KIND), "individual");
}

static mz_name_kind name_kind(const struct making *making, mz_property *ret_property) {
    mz_str type = field(making, MZ_UK_NAME_TYPE), strength = field(making, MZ_UK_NAME_STRENGTH);
    *ret_property = MZ_PROP_alias;
    if (mz_same_word(type, "fka") || mz_contains(type, "former") || mz_contains(type, "previous")) {
        *ret_property = MZ_PROP_previousName;
        return MZ_NAME_PREVIOUS;
    }
    if (mz_contains(strength, "low")) {
        *ret_property = MZ_PROP_weakAlias;
        return MZ_NAME_WEAK_ALIAS;
    }
    /* "Prime Alias" until 2018, "Primary name" since; a "Primary name variation" is another spelling of it */
    bool primary = mz_same_word(type, "prime alias") || mz_same_word(type, "primary name");
    if (primary) *ret_property = MZ_PROP_name;
    return primary ? MZ_NAME_PRIMARY : MZ_NAME_STRONG_ALIAS;
}

static void add_name(struct making *making) {
    mz_name_part parts[MZ_UK_NAME_6 - MZ_UK_NAME_1 + 1];
    size_t count = 0;
    bool person = is_person(making);
    for (unsigned i = MZ_UK_NAME_1; i <= MZ_UK_NAME_6; i++) {
        mz_str text = field(making, i);
        if (text.size == 0) continue;
        char role = i == MZ_UK_NAME_6 ? 'f' : i == MZ_UK_NAME_1 ? 'g' : 'm';
        parts[count++] = (mz_name_part){.role = person ? role : '?', .text = text};
    }
    mz_property property;
    mz_name_kind kind = name_kind(making, &property);
    mz_position place = at(making, MZ_UK_NAME_6);
    if (person && count > 1) {
        mz_builder_name_parts(making->builder, 0, property, kind, parts, count, place);
    } else if (person && count) {
        mz_builder_name(making->builder, 0, property, kind, parts[0].text, place);
    } else if (count) { /* the column of family names holds an entity's whole name, or its beginning */
        mz_buffer whole;
        mz_buffer_init(&whole, MZ_CSV_RECORD_BYTES);
        mz_buffer_str(&whole, field(making, MZ_UK_NAME_6));
        for (size_t i = 0; i < count; i++)
            if (parts[i].text.data != field(making, MZ_UK_NAME_6).data)
                mz_buffer_char(&whole, ' '), mz_buffer_str(&whole, parts[i].text);
        mz_builder_name(making->builder, 0, property, kind, mz_keep_text(making->builder, &whole), place);
    }
    add(making, MZ_PROP_title, MZ_UK_TITLE);
    mz_fact *original = mz_builder_name(making->builder, 0, MZ_PROP_alias, MZ_NAME_ORIGINAL_SCRIPT,
                                        field(making, MZ_UK_NAME_ORIGINAL), at(making, MZ_UK_NAME_ORIGINAL));
    if (original) original->language = mz_language_code(field(making, MZ_UK_ORIGINAL_LANGUAGE));
}

/* ---- documents and places ---- */

/* The country in "X00001 (Moroccan). Issued …". */
static mz_str issuer_in(mz_str text) {
    const char *open = text.size ? memchr(text.data, '(', text.size) : NULL;
    size_t left = open ? (size_t)(text.data + text.size - open - 1) : 0;
    const char *close = left ? memchr(open + 1, ')', left) : NULL;
    mz_str inside = close ? mz_trimmed((mz_str){open + 1, (size_t)(close - open - 1)}) : (mz_str){"", 0};
    return inside.size && mz_country_code(inside) ? inside : (mz_str){"", 0};
}

/* A number of a column of its own, or one inside a sentence. */
static void add_documents(struct making *making, mz_property property, mz_str type, enum mz_uk_column numbers,
                          enum mz_uk_column details) {
    mz_str remarks = field(making, details);
    mz_str rest = field(making, numbers), value;
    bool own_column = rest.size > 0;
    enum mz_uk_column column = own_column ? numbers : details;
    if (!own_column) rest = remarks;
    while (mz_next_numbered(&rest, &value)) {
        mz_document document = {.property = property, .number = mz_number_in(value), .type = type, .remarks = remarks};
        uint32_t flags = 0;
        if (!own_column) document.remarks = value;
        if (!mz_str_equal(document.number, value)) {
            flags = MZ_FACT_DERIVED;
            if (own_column) document.remarks = value;
        }
        if (flags) document.country = issuer_in(value);
        mz_fact *fact = mz_attach_document(making->attached, &document, at(making, column), flags);
        if (fact && flags) fact->original = mz_builder_copy(making->builder, value);
        if (document.number.size == 0) mz_builder_add(making->builder, 0, MZ_PROP_notes, value, at(making, column));
    }
}

static void add_address(struct making *making) {
    mz_builder *builder = making->builder;
    mz_buffer middle; /* the lines between the third and the last */
    mz_buffer_init(&middle, MZ_CSV_RECORD_BYTES);
    for (unsigned i = MZ_UK_ADDRESS_1 + 2; i < MZ_UK_ADDRESS_6; i++) {
        if (field(making, i).size == 0) continue;
        if (middle.size) mz_buffer_append(&middle, ", ", 2);
        mz_buffer_str(&middle, field(making, i));
    }
    mz_place place = {.street = field(making, MZ_UK_ADDRESS_1),
                      .street2 = field(making, MZ_UK_ADDRESS_1 + 1),
                      .street3 = mz_keep_text(builder, &middle),
                      .city = field(making, MZ_UK_ADDRESS_6),
                      .postal_code = field(making, MZ_UK_POSTCODE),
                      .country = country_in(field(making, MZ_UK_COUNTRY))};
    mz_attach_address(making->attached, &place, at(making, MZ_UK_ADDRESS_1), 0);
}

static void add_links(struct making *making, const char *role, enum mz_uk_column column) {
    mz_str bars = field(making, column), between, value;
    while (mz_next_between(&bars, "|", &between))
        while (mz_next_numbered(&between, &value))
            mz_attach_link(making->attached, mz_str_of(role), value, (mz_str){"", 0}, at(making, column), 0);
}

/* ---- other information ---- */

/* The labels that OFSI's form of 2022 writes in brackets before a fact: "(Gender):Male (Phone number):…". */
static const struct {
    const char *label, *role; /* the role of a link, for the names of others */
    mz_property property;
} labels[] = {
    {"Gender", NULL, MZ_PROP_gender},
    {"Phone number", NULL, MZ_PROP_phone},
    {"Website", NULL, MZ_PROP_website},
    {"Email address", NULL, MZ_PROP_email},
    {"Business Reg No", NULL, MZ_PROP_registrationNumber},
    {"Type of entity", NULL, MZ_PROP_legalForm},
    {"Ship type", NULL, MZ_PROP_type},
    {"Ship tonnage", NULL, MZ_PROP_tonnage},
    {"IMO number", NULL, MZ_PROP_imoNumber},
    {"Current believed flag of ship", NULL, MZ_PROP_flag},
    {"Previous flags", NULL, MZ_PROP_pastFlags},
    {"Year built", NULL, MZ_PROP_buildDate},
    {"Hull identification number", NULL, MZ_PROP_serialNumber},
    {"Parent company", "Parent company", MZ_PROPERTY_COUNT},
    {"Subsidiaries", "Subsidiary", MZ_PROPERTY_COUNT},
    {"Current owner/operator", "Current owner or operator", MZ_PROPERTY_COUNT},
    {"Current owners", "Current owner or operator", MZ_PROPERTY_COUNT},
    {"Previous owner/operator", "Previous owner or operator", MZ_PROPERTY_COUNT},
};

/* At "(Label):" or "(Label(s)):"; the text behind it, or NULL data. */
static mz_str behind_label(mz_str text, const char *label) {
    size_t size = strlen(label), i = size + 1;
    if (text.size < size + 3 || text.data[0] != '(') return (mz_str){NULL, 0};
    if (!mz_starts_with((mz_str){text.data + 1, text.size - 1}, label)) return (mz_str){NULL, 0};
    while (i < text.size && i < size + 6 && text.data[i] != ':') i++;
    if (i >= text.size || text.data[i] != ':' || text.data[i - 1] != ')') return (mz_str){NULL, 0};
    return (mz_str){text.data + i + 1, text.size - i - 1};
}

/* A labelled fact ends where the next "(Label):" begins, at any label, known or not. */
static mz_str labelled_value(mz_str text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] != '(') continue;
        for (size_t j = i + 1; j + 1 < text.size && j - i < 60 && text.data[j] != '('; j++)
            if (text.data[j] == ')' && text.data[j + 1] == ':') return mz_trimmed((mz_str){text.data, i});
    }
    return mz_trimmed(text);
}

static void add_labelled(struct making *making, mz_str text) {
    mz_position place = at(making, MZ_UK_OTHER_INFORMATION);
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] != '(') continue;
        mz_str here = {text.data + i, text.size - i};
        for (size_t k = 0; k < sizeof labels / sizeof labels[0]; k++) {
            mz_str behind = behind_label(here, labels[k].label), value;
            if (!behind.data) continue;
            mz_str rest = labelled_value(behind);
            if (rest.size && rest.data[rest.size - 1] == '.') rest.size--;
            while (mz_next_numbered(&rest, &value)) {
                if (labels[k].role)
                    mz_attach_link(making->attached, mz_str_of(labels[k].role), value, (mz_str){"", 0}, place,
                                   MZ_FACT_DERIVED);
                else
                    mz_add_flagged(making->builder, 0, labels[k].property, value, place, MZ_FACT_DERIVED);
            }
            break;
        }
    }
}

static void add_other_information(struct making *making, unsigned sanction) {
    mz_str text = field(making, MZ_UK_OTHER_INFORMATION);
    mz_position place = at(making, MZ_UK_OTHER_INFORMATION);
    mz_builder *builder = making->builder;
    if (text.size == 0) return;
    mz_builder_add(builder, 0, MZ_PROP_notes, text, place);
    mz_add_flagged(builder, sanction, MZ_PROP_unscId, mz_word_after(text, "UN Ref"), place, MZ_FACT_DERIVED);
    mz_add_flagged(builder, sanction, MZ_PROP_authorityId, mz_word_after(text, "UK Sanctions List Ref"), place,
                   MZ_FACT_DERIVED);
    mz_add_flagged(builder, 0, MZ_PROP_imoNumber, mz_word_after(text, "IMO"), place, MZ_FACT_DERIVED);
    mz_add_flagged(builder, 0, MZ_PROP_mmsi, mz_word_after(text, "MMSI"), place, MZ_FACT_DERIVED);
    add_labelled(making, text);
}

/* ---- records ---- */

static mz_schema schema_of(const struct making *making) {
    if (is_person(making)) return MZ_SCHEMA_Person;
    if (mz_same_word(field(making, MZ_UK_KIND), "ship")) return MZ_SCHEMA_Vessel;
    /* until 2020 ships were listed as entities, with their number in the remarks */
    mz_str other = field(making, MZ_UK_OTHER_INFORMATION);
    bool ship = mz_starts_with(other, "IMO") && mz_contains(other, "vessel");
    if (ship) return MZ_SCHEMA_Vessel;
    return mz_same_word(field(making, MZ_UK_KIND), "entity") ? MZ_SCHEMA_Organization : MZ_SCHEMA_LegalEntity;
}

static void add_sanction(struct making *making) {
    mz_str regime = field(making, MZ_UK_REGIME), imposed = field(making, MZ_UK_IMPOSED), value;
    unsigned sanction = mz_attach_sanction(making->attached, making->form->authority, regime, at(making, MZ_UK_REGIME));
    add_dates(making, sanction, MZ_PROP_listingDate, MZ_UK_LISTED);
    add_dates(making, sanction, MZ_PROP_startDate, MZ_UK_DESIGNATED);
    add_to(making, sanction, MZ_PROP_recordId, MZ_UK_GROUP_ID);
    add_to(making, sanction, MZ_PROP_authorityId, MZ_UK_UNIQUE_ID);
    add_to(making, sanction, MZ_PROP_unscId, MZ_UK_UN_REFERENCE);
    add_to(making, sanction, MZ_PROP_summary, MZ_UK_SOURCE);
    add_to(making, sanction, MZ_PROP_reason, MZ_UK_REASONS);
    while (mz_next_between(&imposed, "|", &value))
        mz_builder_add(making->builder, sanction, MZ_PROP_provisions, value, at(making, MZ_UK_IMPOSED));
    add_other_information(making, sanction);
}

static void add_person(struct making *making) {
    add_dates(making, 0, MZ_PROP_birthDate, MZ_UK_BIRTH_DATE);
    add_each(making, MZ_PROP_birthPlace, MZ_UK_BIRTH_TOWN);
    add_each(making, MZ_PROP_birthCountry, MZ_UK_BIRTH_COUNTRY);
    add_each(making, MZ_PROP_nationality, MZ_UK_NATIONALITY);
    add_each(making, MZ_PROP_gender, MZ_UK_GENDER);
    add_each(making, MZ_PROP_position, MZ_UK_POSITION);
}

static void add_ship(struct making *making) {
    add_each(making, MZ_PROP_imoNumber, MZ_UK_IMO);
    add_each(making, MZ_PROP_flag, MZ_UK_FLAG);
    add_each(making, MZ_PROP_pastFlags, MZ_UK_FLAGS_BEFORE);
    add(making, MZ_PROP_type, MZ_UK_SHIP_TYPE);
    add(making, MZ_PROP_tonnage, MZ_UK_TONNAGE);
    add_dates(making, 0, MZ_PROP_buildDate, MZ_UK_BUILT);
    add(making, MZ_PROP_serialNumber, MZ_UK_HULL_NUMBER);
    mz_add_labelled(making->builder, 0, MZ_PROP_notes, "Length of ship", field(making, MZ_UK_LENGTH),
                    at(making, MZ_UK_LENGTH));
    add_links(making, "Current owner or operator", MZ_UK_OWNER);
    add_links(making, "Previous owner or operator", MZ_UK_OWNER_BEFORE);
}

static void add_row(struct making *making) {
    add_name(making);
    add_person(making);
    add_documents(making, MZ_PROP_passportNumber, MZ_STR("Passport"), MZ_UK_PASSPORT_NUMBER, MZ_UK_PASSPORT_DETAILS);
    add_documents(making, MZ_PROP_idNumber, MZ_STR("National identification"), MZ_UK_ID_NUMBER, MZ_UK_ID_DETAILS);
    add_address(making);
    add_each(making, MZ_PROP_phone, MZ_UK_PHONE);
    add_each(making, MZ_PROP_website, MZ_UK_WEBSITE);
    add_each(making, MZ_PROP_email, MZ_UK_EMAIL);
    add(making, MZ_PROP_legalForm, MZ_UK_ENTITY_TYPE);
    add_each(making, MZ_PROP_registrationNumber, MZ_UK_BUSINESS_NUMBER);
    add_links(making, "Subsidiary", MZ_UK_SUBSIDIARIES);
    add_links(making, "Parent company", MZ_UK_PARENT);
    add_ship(making);
    add_sanction(making);
    add_dates(making, 0, MZ_PROP_modifiedAt, MZ_UK_UPDATED);
}

static bool has_name(const mz_row_group *group) {
    for (const mz_row *row = group->first; row; row = row->next)
        for (unsigned i = MZ_UK_NAME_1; i <= MZ_UK_NAME_6; i++)
            if (mz_trimmed(mz_row_field(row, i)).size) return true;
    return false;
}

static mz_status make_record(struct making *making, const mz_row_group *group) {
    mz_builder *builder = making->builder;
    mz_position place = mz_row_position(group->first, making->form->key);
    if (!has_name(group)) return mz_reading_reject(making->reading, place, group->key, "a record without a name");
    making->row = group->first;
    mz_builder_start(builder, making->reading->list);
    mz_builder_entity(builder, schema_of(making), mz_make_id(builder, making->reading->list, group->key), place);
    mz_builder_reference(builder, group->key);
    mz_attached_start(making->attached);
    mz_builder_add(builder, 0, MZ_PROP_topics, MZ_STR("sanction"), place);
    for (; making->row; making->row = making->row->next) add_row(making);
    return making->attached->failed ? mz_fail_memory(making->reading->error) : mz_reading_emit(making->reading);
}

/* Rows without a key belong to nobody: each is rejected. */
static mz_status reject_rows(struct making *making, const mz_row_group *group) {
    mz_status status = MZ_OK;
    for (const mz_row *row = group->first; row && !status; row = row->next)
        status = mz_reading_reject(making->reading, mz_row_position(row, making->form->key),
                                   mz_row_field(row, MZ_UK_NAME_6), "a row without the number of its record");
    return status;
}

/* ---- the file ---- */

/* A line before the header: "Last Updated,13/04/2018" or "Report Date: 13-Feb-2026". */
static void read_preamble(const mz_csv *csv, mz_read_report *report) {
    mz_str text = mz_trimmed(mz_csv_field(csv, 0));
    const char *colon = text.size ? memchr(text.data, ':', text.size) : NULL;
    mz_str date = mz_trimmed(mz_csv_field(csv, 1));
    if (colon && date.size == 0) date = mz_trimmed((mz_str){colon + 1, (size_t)(text.data + text.size - colon - 1)});
    char buffer[DATE_BYTES];
    mz_date parsed;
    if (mz_date_parse(plain_date(date, buffer), MZ_DATE_DAY_FIRST, &parsed))
        report->published = parsed.first_day * seconds_a_day;
}

static mz_status read_header(mz_csv *csv, const mz_uk_form *form, mz_reading *reading, int *ret_places) {
    for (int i = 0; i < PREAMBLE_RECORDS; i++) {
        bool more;
        mz_status status = mz_csv_next(csv, &more, reading->error);
        if (status) return status;
        if (!more) break;
        if (mz_csv_find(csv, MZ_STR("Name 6")) >= 0)
            return mz_csv_map(csv, form->columns, MZ_UK_COLUMN_COUNT, ret_places, reading->error);
        read_preamble(csv, reading->report);
    }
    return mz_fail_at(reading->error, MZ_ERR_INPUT, 1, 0,
                      "no header: none of the first %d lines has a column \"Name 6\"", PREAMBLE_RECORDS);
}

static mz_status make_records(mz_reading *reading, const mz_uk_form *form, const mz_rows *rows) {
    mz_attached attached;
    mz_attached_init(&attached, reading->builder);
    struct making making = {.reading = reading, .form = form, .builder = reading->builder, .attached = &attached};
    mz_status status = MZ_OK;
    for (size_t i = 0; i < rows->count && !status; i++) {
        const mz_row_group *group = &rows->groups[i];
        status = group->key.size ? make_record(&making, group) : reject_rows(&making, group);
    }
    mz_attached_done(&attached);
    return status;
}

mz_status mz_uk_read(mz_reading *reading, const mz_uk_form *form) {
    mz_csv *csv;
    int places[MZ_UK_COLUMN_COUNT];
    mz_rows rows;
    mz_status status = mz_csv_open(reading->path, ',', &csv, reading->error);
    if (status) return status;
    uint16_t file = mz_reading_file(reading, reading->path);
    mz_rows_init(&rows);
    status = read_header(csv, form, reading, places);
    if (!status) status = mz_rows_read(&rows, csv, places, MZ_UK_COLUMN_COUNT, form->key, file, reading);
    reading->report->bytes += mz_csv_consumed_bytes(csv);
    if (!status) status = make_records(reading, form, &rows);
    mz_rows_done(&rows);
    mz_csv_close(csv);
    return status;
}
