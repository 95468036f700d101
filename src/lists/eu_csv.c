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
#include "base/error.h"
#include "lists/alias.h"
#include "lists/attached.h"
#include "lists/formats.h"
#include "lists/prose.h"
#include "lists/rows.h"
#include "mizan/country.h"

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
    mz_builder *builder;
    mz_attached attached;
    const mz_row *row;
    bool person, named;
    mz_str primary; /* the primary name as published */
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

/* "before between behind", in the record's memory. */
static mz_str join(const struct eu *eu, mz_str before, const char *between, mz_str behind) {
    mz_buffer text;
    mz_buffer_init(&text, MZ_RECORD_CEILING_BYTES);
    mz_buffer_str(&text, before);
    if (before.size && behind.size) mz_buffer_append(&text, between, strlen(between));
    mz_buffer_str(&text, behind);
    return mz_keep_text(eu->builder, &text);
}

/* Prose, with its line breaks. */
static void add_prose(struct eu *eu, unsigned entity, mz_property property, enum column column) {
    mz_str text = field(eu, column);
    mz_buffer lines;
    mz_buffer_init(&lines, MZ_RECORD_CEILING_BYTES);
    for (size_t i = 0; i < text.size; i++) {
        bool newline = text.data[i] == '\\' && i + 1 < text.size && text.data[i + 1] == 'n';
        mz_buffer_char(&lines, newline ? '\n' : text.data[i]);
        i += newline;
    }
    mz_builder_add(eu->builder, entity, property, mz_keep_text(eu->builder, &lines), at(eu, column));
}

/* 00 stands for an unknown country. */
static mz_str country(const struct eu *eu, enum column code_column, enum column name_column) {
    mz_str code = field(eu, code_column), name = field(eu, name_column);
    if (code.size && mz_country_code(code)) return code;
    if (mz_same_word(name, "UNKNOWN")) return empty();
    return name.size ? name : mz_same_word(code, "00") ? empty() : code;
}

static bool is_true(const struct eu *eu, enum column column) {
    return mz_same_word(field(eu, column), "true");
}

/* ---- names ---- */

static void choose_kind(const struct eu *eu, mz_str name, mz_property *ret_property, mz_name_kind *ret_kind) {
    mz_str remark = field(eu, NAME_REMARK);
    *ret_property = MZ_PROP_alias;
    *ret_kind = mz_alias_other_script(name) ? MZ_NAME_ORIGINAL_SCRIPT : MZ_NAME_STRONG_ALIAS;
    if (mz_contains(remark, "low quality"))
        *ret_property = MZ_PROP_weakAlias, *ret_kind = MZ_NAME_WEAK_ALIAS;
    else if (!eu->named)
        *ret_property = MZ_PROP_name, *ret_kind = MZ_NAME_PRIMARY;
    else if (mz_contains(remark, "formerly known"))
        *ret_property = MZ_PROP_previousName, *ret_kind = MZ_NAME_PREVIOUS;
}

/* The whole name; where the parts make it up, its words get their roles. */
static mz_fact *add_whole_name(struct eu *eu, mz_property property, mz_name_kind kind) {
    const mz_name_part parts[] = {
        {'g', field(eu, FIRST_NAME)}, {'m', field(eu, MIDDLE_NAME)}, {'f', field(eu, LAST_NAME)}};
    mz_str joined = join(eu, join(eu, parts[0].text, " ", parts[1].text), " ", parts[2].text);
    mz_str whole = field(eu, WHOLE_NAME).size ? field(eu, WHOLE_NAME) : joined;
    if (eu->person && joined.size && mz_str_equal(whole, joined))
        return mz_builder_name_parts(eu->builder, 0, property, kind, parts, 3, at(eu, WHOLE_NAME));
    if (eu->person && kind == MZ_NAME_PRIMARY) {
        static const mz_property properties[] = {MZ_PROP_firstName, MZ_PROP_middleName, MZ_PROP_lastName};
        static const enum column places[] = {FIRST_NAME, MIDDLE_NAME, LAST_NAME};
        for (size_t i = 0; i < 3; i++) mz_builder_add(eu->builder, 0, properties[i], parts[i].text, at(eu, places[i]));
    }
    return mz_builder_name(eu->builder, 0, property, kind, whole, at(eu, WHOLE_NAME));
}

/* ISO 639-1 in capitals, which in small letters is BCP 47. */
static mz_str language(const struct eu *eu) {
    mz_str code = field(eu, NAME_LANGUAGE);
    char small[2];
    if (code.size != sizeof small) return empty();
    for (size_t i = 0; i < sizeof small; i++) small[i] = (char)(code.data[i] | 0x20);
    return mz_builder_copy(eu->builder, (mz_str){small, sizeof small});
}

static void add_numbered(struct eu *eu, mz_property property, enum column column) {
    mz_str rest = field(eu, column), value;
    while (mz_next_numbered(&rest, &value)) mz_builder_add(eu->builder, 0, property, value, at(eu, column));
}

static void add_name(struct eu *eu) {
    mz_property property;
    mz_name_kind kind;
    bool repeated = eu->named && mz_str_equal(field(eu, WHOLE_NAME), eu->primary); /* in another regulation */
    bool any = field(eu, WHOLE_NAME).size || field(eu, LAST_NAME).size || field(eu, FIRST_NAME).size;
    if (any && !repeated) {
        choose_kind(eu, field(eu, WHOLE_NAME), &property, &kind);
        mz_str code = language(eu);
        mz_fact *fact = add_whole_name(eu, property, kind);
        if (fact) fact->language = code;
        if (kind == MZ_NAME_PRIMARY) {
            eu->named = true;
            eu->primary = field(eu, WHOLE_NAME);
        }
    }
    if (eu->person) {
        add_numbered(eu, MZ_PROP_position, FUNCTION);
        add_numbered(eu, MZ_PROP_title, TITLE);
    } else {
        add_prose(eu, 0, MZ_PROP_notes, FUNCTION);
    }
    mz_builder_add(eu->builder, 0, MZ_PROP_gender, field(eu, GENDER), at(eu, GENDER));
    if (!mz_contains(field(eu, NAME_REMARK), "quality")) add_prose(eu, 0, MZ_PROP_notes, NAME_REMARK);
}

/* ---- birth ---- */

static mz_str two_digits(const struct eu *eu, mz_str number) {
    return number.size == 1 ? join(eu, MZ_STR("0"), "", number) : number;
}

static mz_str birth_date(const struct eu *eu) {
    mz_str year = field(eu, BIRTH_YEAR), month = field(eu, BIRTH_MONTH), day = field(eu, BIRTH_DAY);
    mz_str first = field(eu, BIRTH_YEAR_FROM), last = field(eu, BIRTH_YEAR_TO);
    if (field(eu, BIRTH_DATE).size) return field(eu, BIRTH_DATE);
    if (first.size && last.size) return join(eu, first, "/", last);
    if (!year.size || !month.size) return year.size ? year : first.size ? first : last;
    mz_str text = join(eu, year, "-", two_digits(eu, month));
    return day.size ? join(eu, text, "-", two_digits(eu, day)) : text;
}

static void add_birth(struct eu *eu) {
    mz_str date = birth_date(eu), calendar = field(eu, BIRTH_CALENDAR);
    bool gregorian = calendar.size == 0 || mz_same_word(calendar, "GREGORIAN");
    if (date.size && !gregorian) date = join(eu, calendar, " ", date);
    if (date.size && is_true(eu, BIRTH_CIRCA)) date = join(eu, MZ_STR("circa"), " ", date);
    mz_builder_add(eu->builder, 0, MZ_PROP_birthDate, date, at(eu, BIRTH_DATE));
    mz_str place = join(eu, field(eu, BIRTH_PLACE), ", ", field(eu, BIRTH_CITY));
    place = join(eu, place, ", ", field(eu, BIRTH_REGION));
    mz_builder_add(eu->builder, 0, MZ_PROP_birthPlace, place, at(eu, BIRTH_PLACE));
    mz_builder_add(eu->builder, 0, MZ_PROP_birthCountry, country(eu, BIRTH_COUNTRY_CODE, BIRTH_COUNTRY_NAME),
                   at(eu, BIRTH_COUNTRY_CODE));
    add_prose(eu, 0, MZ_PROP_notes, BIRTH_REMARK);
}

/* ---- addresses ---- */

/* "PHONE[000-111 22 33]\nFAX[444 55 66]" */
static void add_contacts(struct eu *eu) {
    static const struct {
        const char *key;
        mz_property property;
    } kinds[] = {{"PHONE", MZ_PROP_phone}, {"FAX", MZ_PROP_phone}, {"EMAIL", MZ_PROP_email}, {"WEB", MZ_PROP_website}};
    mz_str rest = field(eu, CONTACT), item, value;
    while (mz_next_between(&rest, "]", &item)) {
        while (mz_starts_with(item, "\\n")) item.data += 2, item.size -= 2;
        const char *bracket = item.size ? memchr(item.data, '[', item.size) : NULL;
        size_t key_size = bracket ? (size_t)(bracket - item.data) : 0, i = 0;
        mz_str values = bracket ? (mz_str){bracket + 1, item.size - key_size - 1} : item;
        while (i < 4 && !mz_same_word(mz_trimmed((mz_str){item.data, key_size}), kinds[i].key)) i++;
        if (i == 4 && bracket && rest.data == item.data + item.size + 1) item.size++; /* with its closing bracket */
        if (i == 4) mz_builder_add(eu->builder, 0, MZ_PROP_notes, item, at(eu, CONTACT));
        while (i < 4 && mz_next_between(&values, ",;", &value))
            mz_builder_add(eu->builder, 0, kinds[i].property, value, at(eu, CONTACT));
    }
}

static void add_address(struct eu *eu) {
    mz_place place = {.street = join(eu, field(eu, NUMBER_IN_STREET), " ", field(eu, STREET)),
                      .street2 = field(eu, PLACE),
                      .post_office_box = field(eu, PO_BOX),
                      .city = field(eu, CITY),
                      .postal_code = field(eu, ZIP_CODE),
                      .region = field(eu, REGION),
                      .country = country(eu, COUNTRY_CODE, COUNTRY_NAME),
                      .remarks = field(eu, ADDRESS_REMARK)};
    mz_attach_address(&eu->attached, &place, at(eu, STREET), 0);
    add_contacts(eu);
}

/* ---- documents ---- */

static mz_property property_of(mz_str code) {
    static const struct {
        const char *code;
        mz_property property;
    } kinds[] = {
        {"passport", MZ_PROP_passportNumber},
        {"travelcardid", MZ_PROP_passportNumber},
        {"id", MZ_PROP_idNumber},
        {"ssn", MZ_PROP_socialSecurityNumber},
        {"fiscalcode", MZ_PROP_taxNumber},
        {"regnumber", MZ_PROP_registrationNumber},
        {"tradelic", MZ_PROP_licenseNumber},
        {"drivinglicence", MZ_PROP_licenseNumber},
        {"swiftbic", MZ_PROP_swiftBic},
        {"imo", MZ_PROP_imoNumber},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (mz_same_word(code, kinds[i].code)) return kinds[i].property;
    return MZ_PROP_idNumber;
}

static mz_str document_remarks(const struct eu *eu) {
    static const struct {
        enum column column;
        const char *words;
    } marks[] = {{DOCUMENT_DIPLOMATIC, "diplomatic"},
                 {DOCUMENT_EXPIRED, "known to be expired"},
                 {DOCUMENT_FALSE, "known to be false"},
                 {DOCUMENT_LOST, "reported lost"},
                 {DOCUMENT_REVOKED, "revoked by its issuer"}};
    mz_str text = field(eu, DOCUMENT_REMARK), name = field(eu, DOCUMENT_NAME);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (is_true(eu, marks[i].column)) text = join(eu, text, "; ", mz_str_of(marks[i].words));
    return name.size ? join(eu, join(eu, text, "; ", MZ_STR("in the name of")), " ", name) : text;
}

static mz_str first_of(mz_str first, mz_str second) {
    return first.size ? first : second;
}

/* The form of 2018 puts the kind behind the number: "12345 (passport-National passport) (issued 1997)". */
static bool take_kind(mz_document *document) {
    mz_str text = document->number;
    const char *open = text.size ? memchr(text.data, '(', text.size) : NULL;
    const char *dash = open ? memchr(open, '-', (size_t)(text.data + text.size - open)) : NULL;
    const char *close = dash ? memchr(dash, ')', (size_t)(text.data + text.size - dash)) : NULL;
    if (!close || open == text.data) return false;
    document->property = property_of((mz_str){open + 1, (size_t)(dash - open - 1)});
    document->type = (mz_str){dash + 1, (size_t)(close - dash - 1)};
    document->number = mz_trimmed((mz_str){text.data, (size_t)(open - text.data)});
    document->remarks = mz_trimmed((mz_str){close + 1, (size_t)(text.data + text.size - close - 1)});
    return true;
}

static void add_document(struct eu *eu) {
    mz_str published = field(eu, DOCUMENT_NUMBER), latin = field(eu, DOCUMENT_LATIN);
    mz_document document = {.property = property_of(field(eu, DOCUMENT_TYPE)),
                            .number = first_of(published, latin),
                            .type = first_of(field(eu, DOCUMENT_TYPE_NAME), field(eu, DOCUMENT_TYPE)),
                            .country = country(eu, DOCUMENT_COUNTRY_CODE, DOCUMENT_COUNTRY_NAME),
                            .issued = first_of(field(eu, DOCUMENT_ISSUED), field(eu, DOCUMENT_FROM)),
                            .expires = field(eu, DOCUMENT_TO),
                            .authority = field(eu, DOCUMENT_ISSUER),
                            .remarks = document_remarks(eu)};
    bool derived = document.type.size == 0 && take_kind(&document);
    mz_fact *fact =
        mz_attach_document(&eu->attached, &document, at(eu, DOCUMENT_NUMBER), derived ? MZ_FACT_DERIVED : 0);
    if (fact && derived) fact->original = mz_builder_copy(eu->builder, published);
    if (published.size && latin.size) mz_builder_add(eu->builder, 0, document.property, latin, at(eu, DOCUMENT_LATIN));
    if (document.number.size == 0) add_prose(eu, 0, MZ_PROP_notes, DOCUMENT_REMARK);
}

/* ---- the entity ---- */

static void add_sanction(struct eu *eu) {
    unsigned sanction =
        mz_attach_sanction(&eu->attached, MZ_STR("European Union"), field(eu, PROGRAMME), at(eu, PROGRAMME));
    static const struct {
        mz_property property;
        enum column column;
    } facts[] = {
        {MZ_PROP_provisions, REGULATION_TITLE},   {MZ_PROP_listingDate, REGULATION_PUBLISHED},
        {MZ_PROP_startDate, REGULATION_IN_FORCE}, {MZ_PROP_startDate, DESIGNATED},
        {MZ_PROP_sourceUrl, REGULATION_URL},      {MZ_PROP_authorityId, REFERENCE},
        {MZ_PROP_unscId, UN_REFERENCE},           {MZ_PROP_summary, DESIGNATION_DETAILS},
    };
    for (size_t i = 0; i < sizeof facts / sizeof facts[0]; i++)
        mz_builder_add(eu->builder, sanction, facts[i].property, field(eu, facts[i].column), at(eu, facts[i].column));
}

static void add_row(struct eu *eu) {
    add_sanction(eu);
    add_prose(eu, 0, MZ_PROP_notes, REMARK);
    add_name(eu);
    add_birth(eu);
    add_address(eu);
    add_document(eu);
    mz_builder_add(eu->builder, 0, MZ_PROP_citizenship, country(eu, CITIZENSHIP_CODE, CITIZENSHIP_NAME),
                   at(eu, CITIZENSHIP_CODE));
    add_prose(eu, 0, MZ_PROP_notes, CITIZENSHIP_REMARK);
}

static bool has_name(const mz_row_group *group) {
    for (const mz_row *row = group->first; row; row = row->next)
        if (mz_trimmed(mz_row_field(row, WHOLE_NAME)).size || mz_trimmed(mz_row_field(row, LAST_NAME)).size)
            return true;
    return false;
}

/* "P" and "E", or "person" and "enterprise", in either of two columns. */
static mz_schema schema_of(const struct eu *eu) {
    static const enum column places[] = {SUBJECT, SUBJECT_CODE};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        mz_str type = field(eu, places[i]);
        if (mz_same_word(type, "P") || mz_same_word(type, "person")) return MZ_SCHEMA_Person;
        if (mz_same_word(type, "E") || mz_same_word(type, "enterprise")) return MZ_SCHEMA_Organization;
    }
    return MZ_SCHEMA_LegalEntity;
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
    eu->named = false;
    mz_schema schema = schema_of(eu);
    eu->person = schema == MZ_SCHEMA_Person;
    mz_builder_start(eu->builder, reading->list);
    mz_builder_entity(eu->builder, schema, mz_make_id(eu->builder, reading->list, group->key), place);
    mz_builder_reference(eu->builder, first_of(field(eu, REFERENCE), group->key));
    mz_attached_start(&eu->attached);
    mz_builder_add(eu->builder, 0, MZ_PROP_topics, MZ_STR("sanction"), place);
    for (; eu->row; eu->row = eu->row->next) add_row(eu);
    return eu->attached.failed ? mz_fail_memory(reading->error) : mz_reading_emit(reading);
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
    mz_date date;
    if (reading->report->published == 0 && mz_date_parse(mz_trimmed(text), MZ_DATE_DAY_FIRST, &date))
        reading->report->published = (int64_t)date.first_day * 86400;
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
    struct eu eu = {.reading = reading, .builder = reading->builder};
    mz_attached_init(&eu.attached, reading->builder);
    mz_status status = MZ_OK;
    for (size_t i = 0; i < rows->count && !status; i++) status = make_record(&eu, &rows->groups[i]);
    mz_attached_done(&eu.attached);
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
