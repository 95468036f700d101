/* "eu": the consolidated list of the European Union's Financial Sanctions Files as CSV with semicolons, in two forms:
 * that of 2018 (59 columns, "Naal_wholename") and version 1.1 (118 columns, "NameAlias_WholeName"; published at
 * https://webgate.ec.europa.eu/fsd/fsf). Each row repeats the entity with one more name, address, birth, document or
 * citizenship; a record is all rows with one logical id, and is called eu-LOGICALID as in the XML (eu_xml.c).
 *
 * Files of 2018 that went through a spreadsheet have each line once more in quotes, commas turned into tabs, tabs
 * behind, Windows-1252: such a file is recognised by its header being a single field, and each line is unwrapped and
 * read again as CSV. Line breaks inside a field are written as a backslash and n in both forms.
 *
 * Left out: logical ids and regulations of the facts (those of the entity are its Sanction), the language of the
 * regulation, "as at listing time". Dates of other calendars than the Gregorian are kept as published, unparsed. */
#include "base/ascii.h"
#include "base/error.h"
#include "lists/eu_facts.h"
#include "lists/formats.h"
#include "lists/join.h"
#include "lists/prose.h"
#include "lists/rows.h"

#include <string.h>

enum { PREAMBLE_RECORDS = 4 };

enum column {
    GENERATED,
    LOGICAL_ID,
    REFERENCE,
    UN_REFERENCE,
    DESIGNATED,
    DESIGNATION_DETAILS,
    REMARK,
    SUBJECT,
    SUBJECT_CODE,
    REGULATION_PUBLISHED,
    REGULATION_IN_FORCE,
    REGULATION_TITLE,
    PROGRAMME,
    REGULATION_URL,
    LAST_NAME,
    FIRST_NAME,
    MIDDLE_NAME,
    WHOLE_NAME,
    NAME_LANGUAGE,
    GENDER,
    TITLE,
    FUNCTION,
    NAME_REMARK,
    CITY,
    STREET,
    NUMBER_IN_STREET,
    PO_BOX,
    ZIP_CODE,
    REGION,
    PLACE,
    CONTACT,
    COUNTRY_CODE,
    COUNTRY_NAME,
    ADDRESS_REMARK,
    BIRTH_DATE,
    BIRTH_DAY,
    BIRTH_MONTH,
    BIRTH_YEAR,
    BIRTH_YEAR_FROM,
    BIRTH_YEAR_TO,
    BIRTH_CIRCA,
    BIRTH_CALENDAR,
    BIRTH_REGION,
    BIRTH_PLACE,
    BIRTH_CITY,
    BIRTH_COUNTRY_CODE,
    BIRTH_COUNTRY_NAME,
    BIRTH_REMARK,
    DOCUMENT_NUMBER,
    DOCUMENT_DIPLOMATIC,
    DOCUMENT_EXPIRED,
    DOCUMENT_FALSE,
    DOCUMENT_LOST,
    DOCUMENT_REVOKED,
    DOCUMENT_ISSUER,
    DOCUMENT_ISSUED,
    DOCUMENT_FROM,
    DOCUMENT_TO,
    DOCUMENT_LATIN,
    DOCUMENT_NAME,
    DOCUMENT_TYPE,
    DOCUMENT_TYPE_NAME,
    DOCUMENT_COUNTRY_CODE,
    DOCUMENT_COUNTRY_NAME,
    DOCUMENT_REMARK,
    CITIZENSHIP_CODE,
    CITIZENSHIP_NAME,
    CITIZENSHIP_REMARK,
    COLUMN_COUNT
};

/* Names are compared without underscores and capitals. */
static const mz_csv_column columns[COLUMN_COUNT] = {
    [GENERATED] = {"fileGenerationDate|Date_filexxxx|Date_file", false},
    [LOGICAL_ID] = {"Entity_LogicalId", true},
    [REFERENCE] = {"Entity_EU_ReferenceNumber|EU_ref_num", false},
    [UN_REFERENCE] = {"Entity_UnitedNationId", false},
    [DESIGNATED] = {"Entity_DesignationDate", false},
    [DESIGNATION_DETAILS] = {"Entity_DesignationDetails", false},
    [REMARK] = {"Entity_Remark", false},
    [SUBJECT] = {"Entity_SubjectType|Subject_type", true},
    [SUBJECT_CODE] = {"Entity_SubjectType_ClassificationCode", false},
    [REGULATION_PUBLISHED] = {"Entity_Regulation_PublicationDate|Leba_publication_date", false},
    [REGULATION_IN_FORCE] = {"Entity_Regulation_EntryIntoForceDate", false},
    [REGULATION_TITLE] = {"Entity_Regulation_NumberTitle|Leba_numtitle", false},
    [PROGRAMME] = {"Entity_Regulation_Programme|Programme", true},
    [REGULATION_URL] = {"Entity_Regulation_PublicationUrl|Leba_url", false},
    [LAST_NAME] = {"NameAlias_LastName|Naal_lastname", false},
    [FIRST_NAME] = {"NameAlias_FirstName|Naal_firstname", false},
    [MIDDLE_NAME] = {"NameAlias_MiddleName|Naal_middlename", false},
    [WHOLE_NAME] = {"NameAlias_WholeName|Naal_wholename", true},
    [NAME_LANGUAGE] = {"NameAlias_NameLanguage|Naal_language", false},
    [GENDER] = {"NameAlias_Gender|Naal_gender", false},
    [TITLE] = {"NameAlias_Title|Naal_title", false},
    [FUNCTION] = {"NameAlias_Function|Naal_function", false},
    [NAME_REMARK] = {"NameAlias_Remark", false},
    [CITY] = {"Address_City|Addr_city", false},
    [STREET] = {"Address_Street|Addr_street", false},
    [NUMBER_IN_STREET] = {"Addr_number", false},
    [PO_BOX] = {"Address_PoBox", false},
    [ZIP_CODE] = {"Address_ZipCode|Addr_zipcode", false},
    [REGION] = {"Address_Region", false},
    [PLACE] = {"Address_Place", false},
    [CONTACT] = {"Address_ContactInfo|Addr_other", false},
    [COUNTRY_CODE] = {"Address_CountryIso2Code|Addr_country", false},
    [COUNTRY_NAME] = {"Address_CountryDescription", false},
    [ADDRESS_REMARK] = {"Address_Remark", false},
    [BIRTH_DATE] = {"BirthDate_BirthDate|Birt_date", false},
    [BIRTH_DAY] = {"BirthDate_Day", false},
    [BIRTH_MONTH] = {"BirthDate_Month", false},
    [BIRTH_YEAR] = {"BirthDate_Year", false},
    [BIRTH_YEAR_FROM] = {"BirthDate_YearRangeFrom", false},
    [BIRTH_YEAR_TO] = {"BirthDate_YearRangeTo", false},
    [BIRTH_CIRCA] = {"BirthDate_Circa", false},
    [BIRTH_CALENDAR] = {"BirthDate_CalendarType", false},
    [BIRTH_REGION] = {"BirthDate_Region", false},
    [BIRTH_PLACE] = {"BirthDate_Place|Birt_place", false},
    [BIRTH_CITY] = {"BirthDate_City", false},
    [BIRTH_COUNTRY_CODE] = {"BirthDate_CountryIso2Code|Birt_country", false},
    [BIRTH_COUNTRY_NAME] = {"BirthDate_CountryDescription", false},
    [BIRTH_REMARK] = {"BirthDate_Remark", false},
    [DOCUMENT_NUMBER] = {"Identification_Number|Iden_number", false},
    [DOCUMENT_DIPLOMATIC] = {"Identification_Diplomatic", false},
    [DOCUMENT_EXPIRED] = {"Identification_KnownExpired", false},
    [DOCUMENT_FALSE] = {"Identification_KnownFalse", false},
    [DOCUMENT_LOST] = {"Identification_ReportedLost", false},
    [DOCUMENT_REVOKED] = {"Identification_RevokedByIssuer", false},
    [DOCUMENT_ISSUER] = {"Identification_IssuedBy", false},
    [DOCUMENT_ISSUED] = {"Identification_IssuedDate", false},
    [DOCUMENT_FROM] = {"Identification_ValidFrom", false},
    [DOCUMENT_TO] = {"Identification_ValidTo", false},
    [DOCUMENT_LATIN] = {"Identification_LatinNumber", false},
    [DOCUMENT_NAME] = {"Identification_NameOnDocument", false},
    [DOCUMENT_TYPE] = {"Identification_TypeCode", false},
    [DOCUMENT_TYPE_NAME] = {"Identification_TypeDescription", false},
    [DOCUMENT_COUNTRY_CODE] = {"Identification_CountryIso2Code|Iden_country", false},
    [DOCUMENT_COUNTRY_NAME] = {"Identification_CountryDescription", false},
    [DOCUMENT_REMARK] = {"Identification_Remark", false},
    [CITIZENSHIP_CODE] = {"Citizenship_CountryIso2Code|Citi_country", false},
    [CITIZENSHIP_NAME] = {"Citizenship_CountryDescription", false},
    [CITIZENSHIP_REMARK] = {"Citizenship_Remark", false},
};

struct eu {
    mz_reading *reading;
    mz_eu_entity entity;
    const mz_row *row;
};

static mz_str empty(void) {
    return (mz_str){"", 0};
}

/* A field; "N/A" is none. */
static mz_str field(const struct eu *eu, enum column column) {
    mz_str text = mz_trimmed(mz_row_field(eu->row, column));
    return mz_same_word(text, "N/A") ? empty() : text;
}

static mz_position at(const struct eu *eu, enum column column) {
    return mz_row_position(eu->row, column);
}

static mz_eu_field placed(const struct eu *eu, enum column column) {
    return (mz_eu_field){field(eu, column), at(eu, column)};
}

/* A field with its line breaks, in the record's memory. */
static mz_eu_field prose(const struct eu *eu, enum column column) {
    mz_str text = field(eu, column);
    mz_buffer lines;
    mz_buffer_init(&lines, MZ_RECORD_CEILING_BYTES);
    for (size_t i = 0; i < text.size; i++) {
        bool newline = text.data[i] == '\\' && i + 1 < text.size && text.data[i + 1] == 'n';
        mz_buffer_char(&lines, newline ? '\n' : text.data[i]);
        i += newline;
    }
    return (mz_eu_field){mz_keep_text(eu->entity.builder, &lines), at(eu, column)};
}

static void add_note(const struct eu *eu, enum column column) {
    mz_eu_field note = prose(eu, column);
    mz_builder_add(eu->entity.builder, 0, MZ_PROP_notes, note.text, note.at);
}

static mz_str country(const struct eu *eu, enum column code, enum column description) {
    return mz_eu_country(field(eu, code), field(eu, description));
}

static bool is_true(const struct eu *eu, enum column column) {
    return mz_same_word(field(eu, column), "true");
}

static void add_name(struct eu *eu) {
    mz_str remark = field(eu, NAME_REMARK);
    const mz_eu_name name = {.whole = placed(eu, WHOLE_NAME),
                             .first = placed(eu, FIRST_NAME),
                             .middle = placed(eu, MIDDLE_NAME),
                             .last = placed(eu, LAST_NAME),
                             .title = placed(eu, TITLE),
                             .function = eu->entity.person ? placed(eu, FUNCTION) : prose(eu, FUNCTION),
                             .gender = placed(eu, GENDER),
                             .language = field(eu, NAME_LANGUAGE),
                             .weak = mz_contains(remark, "low quality"),
                             .former = mz_contains(remark, "formerly known")};
    mz_eu_add_name(&eu->entity, &name);
    if (!mz_contains(remark, "quality")) add_note(eu, NAME_REMARK);
}

static void add_birth(struct eu *eu) {
    const mz_eu_birth birth = {
        .date = placed(eu, BIRTH_DATE),
        .place = placed(eu, BIRTH_PLACE),
        .year = field(eu, BIRTH_YEAR),
        .month = field(eu, BIRTH_MONTH),
        .day = field(eu, BIRTH_DAY),
        .first_year = field(eu, BIRTH_YEAR_FROM),
        .last_year = field(eu, BIRTH_YEAR_TO),
        .calendar = field(eu, BIRTH_CALENDAR),
        .city = field(eu, BIRTH_CITY),
        .region = field(eu, BIRTH_REGION),
        .country = {country(eu, BIRTH_COUNTRY_CODE, BIRTH_COUNTRY_NAME), at(eu, BIRTH_COUNTRY_CODE)},
        .circa = is_true(eu, BIRTH_CIRCA)};
    mz_eu_add_birth(&eu->entity, &birth);
    add_note(eu, BIRTH_REMARK);
}

/* ---- addresses ---- */

/* "PHONE[000-111 22 33]\nFAX[444 55 66]" */
static void add_contacts(struct eu *eu) {
    mz_str rest = field(eu, CONTACT), item;
    while (mz_next_between(&rest, "]", &item)) {
        while (mz_starts_with(item, "\\n")) item.data += 2, item.size -= 2;
        const char *bracket = item.size ? memchr(item.data, '[', item.size) : NULL;
        size_t key_size = bracket ? (size_t)(bracket - item.data) : 0;
        mz_str value = bracket ? (mz_str){bracket + 1, item.size - key_size - 1} : item;
        mz_eu_add_contact(&eu->entity, mz_trimmed((mz_str){item.data, key_size}), value, at(eu, CONTACT));
    }
}

static void add_address(struct eu *eu) {
    mz_attached *attached = &eu->entity.attached;
    mz_place place = {.street = mz_join(attached, field(eu, NUMBER_IN_STREET), " ", field(eu, STREET)),
                      .street2 = field(eu, PLACE),
                      .post_office_box = field(eu, PO_BOX),
                      .city = field(eu, CITY),
                      .postal_code = field(eu, ZIP_CODE),
                      .region = field(eu, REGION),
                      .country = country(eu, COUNTRY_CODE, COUNTRY_NAME),
                      .remarks = field(eu, ADDRESS_REMARK)};
    mz_attach_address(attached, &place, at(eu, STREET), 0);
    add_contacts(eu);
}

/* ---- documents ---- */

/* The form of 2018 puts the kind behind the number: "12345 (passport-National passport) (issued 1997)". */
static void take_kind(mz_eu_document *document) {
    mz_str text = document->number.text;
    const char *open = text.size ? memchr(text.data, '(', text.size) : NULL;
    const char *dash = open ? memchr(open, '-', (size_t)(text.data + text.size - open)) : NULL;
    const char *close = dash ? memchr(dash, ')', (size_t)(text.data + text.size - dash)) : NULL;
    if (!close || open == text.data) return;
    document->taken_from = text;
    document->code = (mz_str){open + 1, (size_t)(dash - open - 1)};
    document->description = (mz_str){dash + 1, (size_t)(close - dash - 1)};
    document->number.text = mz_trimmed((mz_str){text.data, (size_t)(open - text.data)});
    document->remark = mz_trimmed((mz_str){close + 1, (size_t)(text.data + text.size - close - 1)});
}

static void add_document(struct eu *eu) {
    mz_eu_document document = {.number = placed(eu, DOCUMENT_NUMBER),
                               .latin = placed(eu, DOCUMENT_LATIN),
                               .code = field(eu, DOCUMENT_TYPE),
                               .description = field(eu, DOCUMENT_TYPE_NAME),
                               .country = country(eu, DOCUMENT_COUNTRY_CODE, DOCUMENT_COUNTRY_NAME),
                               .issued = field(eu, DOCUMENT_ISSUED),
                               .valid_from = field(eu, DOCUMENT_FROM),
                               .valid_to = field(eu, DOCUMENT_TO),
                               .issuer = field(eu, DOCUMENT_ISSUER),
                               .remark = field(eu, DOCUMENT_REMARK),
                               .name = field(eu, DOCUMENT_NAME),
                               .diplomatic = is_true(eu, DOCUMENT_DIPLOMATIC),
                               .expired = is_true(eu, DOCUMENT_EXPIRED),
                               .false_paper = is_true(eu, DOCUMENT_FALSE),
                               .lost = is_true(eu, DOCUMENT_LOST),
                               .revoked = is_true(eu, DOCUMENT_REVOKED)};
    if (document.code.size == 0 && document.description.size == 0) take_kind(&document);
    mz_eu_add_document(&eu->entity, &document);
    if (document.number.text.size == 0 && document.latin.text.size == 0) add_note(eu, DOCUMENT_REMARK);
}

/* ---- the entity ---- */

static unsigned add_regulation(struct eu *eu) {
    const mz_eu_regulation regulation = {.programme = placed(eu, PROGRAMME),
                                         .title = placed(eu, REGULATION_TITLE),
                                         .published = placed(eu, REGULATION_PUBLISHED),
                                         .in_force = placed(eu, REGULATION_IN_FORCE),
                                         .url = placed(eu, REGULATION_URL)};
    return mz_eu_add_regulation(&eu->entity, &regulation);
}

/* Every row of the entity says these again. */
static void add_references(struct eu *eu, unsigned sanction) {
    const mz_eu_references references = {.reference = placed(eu, REFERENCE),
                                         .un_reference = placed(eu, UN_REFERENCE),
                                         .designated = placed(eu, DESIGNATED),
                                         .details = placed(eu, DESIGNATION_DETAILS)};
    mz_eu_add_references(&eu->entity, sanction, &references);
}

static void add_row(struct eu *eu) {
    add_note(eu, REMARK);
    add_name(eu);
    add_birth(eu);
    add_address(eu);
    add_document(eu);
    mz_builder_add(eu->entity.builder, 0, MZ_PROP_citizenship, country(eu, CITIZENSHIP_CODE, CITIZENSHIP_NAME),
                   at(eu, CITIZENSHIP_CODE));
    add_note(eu, CITIZENSHIP_REMARK);
}

static bool has_name(const mz_row_group *group) {
    for (const mz_row *row = group->first; row; row = row->next)
        if (mz_trimmed(mz_row_field(row, WHOLE_NAME)).size || mz_trimmed(mz_row_field(row, LAST_NAME)).size)
            return true;
    return false;
}

static mz_status reject_rows(struct eu *eu, const mz_row_group *group) {
    mz_status status = MZ_OK;
    for (const mz_row *row = group->first; row && !status; row = row->next)
        status = mz_reading_reject(eu->reading, mz_row_position(row, LOGICAL_ID),
                                   mz_trimmed(mz_row_field(row, WHOLE_NAME)), "a row without the number of its entity");
    return status;
}

static mz_status make_record(struct eu *eu, const mz_row_group *group) {
    mz_reading *reading = eu->reading;
    mz_position place = mz_row_position(group->first, LOGICAL_ID);
    if (group->key.size == 0) return reject_rows(eu, group);
    if (!has_name(group)) return mz_reading_reject(reading, place, group->key, "a record without a name");
    eu->row = group->first;
    mz_str reference = field(eu, REFERENCE);
    mz_eu_start(&eu->entity, reading->list, mz_eu_schema(field(eu, SUBJECT), field(eu, SUBJECT_CODE)), group->key,
                reference, place);
    unsigned first_sanction = add_regulation(eu);
    for (; eu->row; eu->row = eu->row->next) {
        add_references(eu, first_sanction);
        (void)add_regulation(eu);
        add_row(eu);
    }
    return eu->entity.attached.failed ? mz_fail_memory(reading->error) : mz_reading_emit(reading);
}

/* ---- the file ---- */

/* Lines as they come, or each unwrapped and read again by `inner`. */
struct lines {
    mz_csv *outer, *inner; /* inner NULL: not wrapped */
    mz_buffer text;
};

static mz_status next_line(struct lines *lines, mz_csv **ret_csv, bool *ret_more, mz_error *error) {
    mz_status status = mz_csv_next(lines->outer, ret_more, error);
    *ret_csv = lines->outer;
    if (status || !*ret_more || !lines->inner) return status;
    mz_str wrapped = mz_trimmed(mz_csv_field(lines->outer, 0));
    mz_buffer_clear(&lines->text);
    for (size_t i = 0; i < wrapped.size; i++)
        mz_buffer_char(&lines->text, wrapped.data[i] == '\t' ? ',' : wrapped.data[i]);
    if (lines->text.failed) return mz_fail_buffer(&lines->text, error, "a line");
    mz_csv_restart(lines->inner, mz_buffer_view(&lines->text), mz_csv_line(lines->outer));
    *ret_csv = lines->inner;
    return mz_csv_next(lines->inner, ret_more, error);
}

static mz_status read_header(struct lines *lines, mz_reading *reading, int *ret_places) {
    mz_error *error = reading->error;
    for (int i = 0; i < PREAMBLE_RECORDS; i++) {
        bool more;
        mz_csv *csv;
        mz_status status = next_line(lines, &csv, &more, error);
        if (status) return status;
        if (!more) break;
        mz_str first = mz_csv_field(csv, 0);
        if (mz_csv_count(csv) == 1 && !lines->inner && mz_contains(first, ";") && mz_contains(first, "Entity")) {
            status = mz_csv_open_memory(reading->path, first, ';', &lines->inner, error);
            if (!status) status = mz_csv_next(lines->inner, &more, error);
            if (status) return status;
            csv = lines->inner;
        }
        if (mz_csv_find(csv, MZ_STR("Entity_LogicalId")) >= 0)
            return mz_csv_map(csv, columns, COLUMN_COUNT, ret_places, error);
    }
    return mz_fail_at(error, MZ_ERR_INPUT, 1, 0,
                      "no header: none of the first %d lines has a column \"Entity_LogicalId\"", PREAMBLE_RECORDS);
}

static void read_date(mz_reading *reading, mz_str text) {
    if (reading->report->published == 0) mz_reading_published(reading, mz_trimmed(text), MZ_DATE_DAY_FIRST);
}

static mz_status read_rows(struct lines *lines, mz_reading *reading, const int *places, mz_rows *rows) {
    uint16_t file = mz_reading_file(reading, reading->path);
    for (;;) {
        bool more;
        mz_csv *csv;
        mz_status status = next_line(lines, &csv, &more, reading->error);
        if (status || !more) return status;
        read_date(reading, mz_csv_field(csv, places[GENERATED]));
        mz_str key = mz_trimmed(mz_csv_field(csv, places[LOGICAL_ID]));
        status = mz_rows_add(rows, csv, places, COLUMN_COUNT, key, file, reading->error);
        if (!status)
            status =
                mz_reading_progress(reading, mz_csv_consumed_bytes(lines->outer), mz_csv_total_bytes(lines->outer));
        if (status) return status;
    }
}

static mz_status make_records(mz_reading *reading, const mz_rows *rows) {
    struct eu eu = {.reading = reading, .entity = {.builder = reading->builder}};
    mz_attached_init(&eu.entity.attached, reading->builder);
    mz_status status = MZ_OK;
    for (size_t i = 0; i < rows->count && !status; i++) status = make_record(&eu, &rows->groups[i]);
    mz_attached_done(&eu.entity.attached);
    return status;
}

static mz_status read_eu(mz_reading *reading) {
    struct lines lines = {0};
    int places[COLUMN_COUNT];
    mz_rows rows;
    mz_status status = mz_csv_open(reading->path, ';', &lines.outer, reading->error);
    if (status) return status;
    mz_rows_init(&rows);
    mz_buffer_init(&lines.text, MZ_CSV_RECORD_BYTES);
    status = read_header(&lines, reading, places);
    if (!status) status = read_rows(&lines, reading, places, &rows);
    reading->report->bytes += mz_csv_consumed_bytes(lines.outer);
    if (!status) status = make_records(reading, &rows);
    mz_buffer_done(&lines.text);
    mz_rows_done(&rows);
    mz_csv_close(lines.inner);
    mz_csv_close(lines.outer);
    return status;
}

static bool looks_like(mz_str first_bytes, const char *path) {
    (void)path;
    const char *newline = first_bytes.size ? memchr(first_bytes.data, '\n', first_bytes.size) : NULL;
    mz_str line = {first_bytes.data, newline ? (size_t)(newline - first_bytes.data) : first_bytes.size};
    return mz_contains(line, ";Entity_LogicalId;") || mz_contains(line, ";Entity_logical_id;") ||
           (mz_contains(line, ";NameAlias_WholeName;") && mz_contains(line, "Entity_"));
}

const mz_list_format mz_format_eu = {
    .name = "eu",
    .title = "European Union, consolidated financial sanctions list, CSV",
    .usual_list = "eu",
    .dates = MZ_DATE_DAY_FIRST,
    .looks_like = looks_like,
    .read = read_eu,
};
