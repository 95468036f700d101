/* The consolidated list of persons, groups and entities subject to financial sanctions of the European Union, in the
 * XML of its Financial Sanctions Files, version 1.1 (namespace http://eu.europa.ec/fpi/fsd/export; the files are at
 * https://webgate.ec.europa.eu/fsd/fsf, schema 20171012-FULL-schema-1_1.xsd there).
 *
 * Nearly everything is in attributes. One record for each sanctionEntity, called eu-LOGICALID: the reference
 * (euReferenceNumber, "EU.27.28") is shown, but some entities have none, and the CSV of the same list is known by the
 * logical id too. A name, date or address is a child with the regulation that it came from; regulations of
 * the children are left out, those of the entity are its Sanction entities.
 *
 * Left out knowingly: logicalId and regulationSummary of the children; regulationLanguage (the language of the
 * regulation, not of the name); dates of other calendars than the Gregorian are kept as published. */
#include "lists/formats.h"

#include "base/clock.h"
#include "base/error.h"
#include "lists/alias.h"
#include "lists/attached.h"
#include "lists/join.h"
#include "lists/ofac_ids.h"
#include "lists/prose.h"
#include "lists/xml.h"
#include "mizan/country.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

typedef struct eu_reader {
    mz_reading *reading;
    mz_builder *builder;
    mz_attached attached;
    bool person;
    bool named; /* the primary name was met */
} eu_reader;

static mz_str empty(void) {
    return (mz_str){"", 0};
}

static bool is_true(const mz_xml_node *node, const char *name) {
    return mz_same_word(mz_xml_attribute_value(node, name), "true");
}

/* The description when it is a country's name, else the code, which is 00 for an unknown country. */
static mz_str country_of(const mz_xml_node *node) {
    mz_str code = mz_xml_attribute_value(node, "countryIso2Code");
    mz_str description = mz_xml_attribute_value(node, "countryDescription");
    if (description.size && mz_country_code(description)) return description;
    if (code.size && mz_country_code(code)) return code;
    if (mz_same_word(description, "UNKNOWN")) return empty();
    return description.size ? description : mz_str_equal(code, MZ_STR("00")) ? empty() : code;
}

static void add_remarks(eu_reader *eu, const mz_xml_node *node) {
    for (const mz_xml_node *child = node->child; child; child = child->next)
        if (mz_xml_is(child, "remark")) mz_builder_add(eu->builder, 0, MZ_PROP_notes, child->text, child->at);
}

static mz_str remark_of(const mz_xml_node *node) {
    return mz_xml_child_text(node, "remark");
}

/* --- names --- */

/* The parts are given beside the whole; where they make up the whole (in any order of the usual two) the whole gets
 * the roles of its words, else the parts are facts of their own. */
static mz_fact *add_parts(eu_reader *eu, const mz_xml_node *node, mz_property property, mz_name_kind kind) {
    mz_str whole = mz_xml_attribute_value(node, "wholeName");
    mz_name_part parts[] = {{'g', mz_xml_attribute_value(node, "firstName")},
                            {'m', mz_xml_attribute_value(node, "middleName")},
                            {'f', mz_xml_attribute_value(node, "lastName")}};
    size_t given = 0, letters = 0, blanks = 0;
    for (size_t i = 0; i < 3; i++) given += parts[i].text.size > 0, letters += parts[i].text.size;
    for (size_t i = 0; i < whole.size; i++) blanks += whole.data[i] == ' ';
    for (size_t i = 0; i < 3; i++)
        for (size_t c = 0; c < parts[i].text.size; c++) letters -= parts[i].text.data[c] == ' ';
    bool complete = given > 0 && (whole.size == 0 || letters == whole.size - blanks);
    if (complete && eu->person) {
        mz_fact *fact = mz_builder_name_parts(eu->builder, 0, property, kind, parts, 3, node->at);
        if (fact && !mz_str_equal(fact->value, whole)) fact->original = mz_builder_copy(eu->builder, whole);
        return fact;
    }
    if (eu->person && kind == MZ_NAME_PRIMARY) {
        mz_builder_add(eu->builder, 0, MZ_PROP_firstName, parts[0].text, node->at);
        mz_builder_add(eu->builder, 0, MZ_PROP_middleName, parts[1].text, node->at);
        mz_builder_add(eu->builder, 0, MZ_PROP_lastName, parts[2].text, node->at);
    }
    if (!whole.size)
        whole = mz_join(&eu->attached, mz_join(&eu->attached, parts[0].text, " ", parts[1].text), " ", parts[2].text);
    return mz_builder_name(eu->builder, 0, property, kind, whole, node->at);
}

static bool says(const mz_xml_node *node, const char *words) {
    for (const mz_xml_node *child = node->child; child; child = child->next)
        if (mz_xml_is(child, "remark") && mz_contains(child->text, words)) return true;
    return false;
}

/* A weak alias is one that is not strong, or that its remark calls so. */
static void choose_kind(const eu_reader *eu, const mz_xml_node *node, mz_property *ret_property,
                        mz_name_kind *ret_kind) {
    mz_str strong = mz_xml_attribute_value(node, "strong");
    bool weak = (strong.size && !mz_same_word(strong, "true")) || says(node, "low quality");
    if (weak)
        *ret_property = MZ_PROP_weakAlias, *ret_kind = MZ_NAME_WEAK_ALIAS;
    else if (!eu->named)
        *ret_property = MZ_PROP_name, *ret_kind = MZ_NAME_PRIMARY;
    else if (says(node, "formerly known"))
        *ret_property = MZ_PROP_previousName, *ret_kind = MZ_NAME_PREVIOUS;
    else
        *ret_property = MZ_PROP_alias, *ret_kind = MZ_NAME_STRONG_ALIAS;
    if (*ret_kind == MZ_NAME_STRONG_ALIAS && mz_alias_other_script(mz_xml_attribute_value(node, "wholeName")))
        *ret_kind = MZ_NAME_ORIGINAL_SCRIPT;
}

/* nameLanguage is ISO 639-1 in capitals, which in small letters is BCP 47. */
static mz_str language_of(eu_reader *eu, const mz_xml_node *node) {
    mz_str language = mz_xml_attribute_value(node, "nameLanguage");
    char small[4];
    if (language.size < 2 || language.size >= sizeof small) return empty();
    for (size_t i = 0; i < language.size; i++) small[i] = (char)tolower((unsigned char)language.data[i]);
    return mz_builder_copy(eu->builder, (mz_str){small, language.size});
}

static void add_numbered(eu_reader *eu, mz_property property, mz_str field, mz_position at) {
    mz_str value;
    while (mz_next_numbered(&field, &value)) mz_builder_add(eu->builder, 0, property, value, at);
}

static void read_name(eu_reader *eu, const mz_xml_node *node) {
    mz_property property;
    mz_name_kind kind;
    choose_kind(eu, node, &property, &kind);
    mz_str language = language_of(eu, node);
    mz_fact *fact = add_parts(eu, node, property, kind);
    if (fact) fact->language = language;
    if (kind == MZ_NAME_PRIMARY) eu->named = true;
    mz_str function = mz_xml_attribute_value(node, "function");
    if (eu->person)
        add_numbered(eu, MZ_PROP_position, function, node->at);
    else
        mz_builder_add(eu->builder, 0, MZ_PROP_notes, function, node->at);
    if (eu->person) add_numbered(eu, MZ_PROP_title, mz_xml_attribute_value(node, "title"), node->at);
    mz_builder_add(eu->builder, 0, MZ_PROP_gender, mz_xml_attribute_value(node, "gender"), node->at);
    if (!says(node, "quality")) add_remarks(eu, node);
}

/* --- birth and nationality --- */

static mz_str two_digits(eu_reader *eu, mz_str number) {
    return number.size == 1 ? mz_join(&eu->attached, MZ_STR("0"), "", number) : number;
}

static mz_str birth_date_text(eu_reader *eu, const mz_xml_node *node) {
    mz_str whole = mz_xml_attribute_value(node, "birthdate"), year = mz_xml_attribute_value(node, "year");
    mz_str month = mz_xml_attribute_value(node, "monthOfYear"), day = mz_xml_attribute_value(node, "dayOfMonth");
    mz_str first = mz_xml_attribute_value(node, "yearRangeFrom"), last = mz_xml_attribute_value(node, "yearRangeTo");
    if (whole.size) return whole;
    if (first.size && last.size) return mz_join(&eu->attached, first, "/", last);
    if (!year.size || !month.size) return year.size ? year : first.size ? first : last;
    mz_str text = mz_join(&eu->attached, year, "-", two_digits(eu, month));
    return day.size ? mz_join(&eu->attached, text, "-", two_digits(eu, day)) : text;
}

static void read_birth(eu_reader *eu, const mz_xml_node *node) {
    mz_str date = birth_date_text(eu, node), calendar = mz_xml_attribute_value(node, "calendarType");
    bool gregorian = calendar.size == 0 || mz_same_word(calendar, "GREGORIAN");
    if (date.size && !gregorian) date = mz_join(&eu->attached, calendar, " ", date);
    if (date.size && is_true(node, "circa")) date = mz_join(&eu->attached, MZ_STR("circa"), " ", date);
    mz_builder_add(eu->builder, 0, MZ_PROP_birthDate, date, node->at);
    static const char *const fields[] = {"place", "city", "region"};
    mz_str place = empty();
    for (size_t i = 0; i < 3; i++) place = mz_join(&eu->attached, place, ", ", mz_xml_attribute_value(node, fields[i]));
    mz_builder_add(eu->builder, 0, MZ_PROP_birthPlace, place, node->at);
    mz_builder_add(eu->builder, 0, MZ_PROP_birthCountry, country_of(node), node->at);
    add_remarks(eu, node);
}

static void read_citizenship(eu_reader *eu, const mz_xml_node *node) {
    mz_builder_add(eu->builder, 0, MZ_PROP_citizenship, country_of(node), node->at);
    add_remarks(eu, node);
}

/* --- addresses and numbers --- */

/* contactInfo: key and value in attributes; several values separated by commas or semicolons. */
static void read_contact(eu_reader *eu, const mz_xml_node *node) {
    static const struct {
        const char *key;
        mz_property property;
    } kinds[] = {{"PHONE", MZ_PROP_phone}, {"FAX", MZ_PROP_phone}, {"EMAIL", MZ_PROP_email}, {"WEB", MZ_PROP_website}};
    mz_str key = mz_xml_attribute_value(node, "key"), rest = mz_xml_attribute_value(node, "value"), value;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!mz_same_word(key, kinds[i].key)) continue;
        while (mz_next_between(&rest, ",;", &value)) mz_builder_add(eu->builder, 0, kinds[i].property, value, node->at);
        return;
    }
    mz_builder_add(eu->builder, 0, MZ_PROP_notes, mz_join(&eu->attached, key, ": ", rest), node->at);
}

static void read_address(eu_reader *eu, const mz_xml_node *node) {
    mz_place place = {
        .street = mz_xml_attribute_value(node, "street"),
        .street2 = mz_xml_attribute_value(node, "place"),
        .post_office_box = mz_xml_attribute_value(node, "poBox"),
        .city = mz_xml_attribute_value(node, "city"),
        .postal_code = mz_xml_attribute_value(node, "zipCode"),
        .region = mz_xml_attribute_value(node, "region"),
        .country = country_of(node),
        .remarks = remark_of(node),
    };
    mz_attach_address(&eu->attached, &place, node->at, 0);
    for (const mz_xml_node *child = node->child; child; child = child->next)
        if (mz_xml_is(child, "contactInfo")) read_contact(eu, child);
}

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

/* What is known of the paper itself, for people. */
static mz_str paper_remarks(eu_reader *eu, const mz_xml_node *node) {
    static const char *const marks[][2] = {{"diplomatic", "diplomatic"},
                                           {"knownExpired", "known to be expired"},
                                           {"knownFalse", "known to be false"},
                                           {"reportedLost", "reported lost"},
                                           {"revokedByIssuer", "revoked by its issuer"}};
    mz_str text = remark_of(node);
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (is_true(node, marks[i][0])) text = mz_join(&eu->attached, text, "; ", mz_str_of(marks[i][1]));
    mz_str name = mz_xml_attribute_value(node, "nameOnDocument");
    return name.size ? mz_join(&eu->attached, mz_join(&eu->attached, text, "; ", MZ_STR("in the name of")), " ", name)
                     : text;
}

static mz_str first_of(mz_str first, mz_str second) {
    return first.size ? first : second;
}

static void read_identification(eu_reader *eu, const mz_xml_node *node) {
    mz_str number = mz_xml_attribute_value(node, "number"), latin = mz_xml_attribute_value(node, "latinNumber");
    mz_document document = {
        .property = property_of(mz_xml_attribute_value(node, "identificationTypeCode")),
        .number = first_of(number, latin),
        .type = first_of(mz_xml_attribute_value(node, "identificationTypeDescription"),
                         mz_xml_attribute_value(node, "identificationTypeCode")),
        .country = country_of(node),
        .issued = first_of(mz_xml_attribute_value(node, "issueDate"), mz_xml_attribute_value(node, "validFrom")),
        .expires = mz_xml_attribute_value(node, "validTo"),
        .authority = mz_xml_attribute_value(node, "issuedBy"),
        .remarks = paper_remarks(eu, node),
    };
    document.property = mz_ofac_id_refined(document.property, document.number, document.country);
    (void)mz_attach_document(&eu->attached, &document, node->at, 0);
    if (number.size && latin.size) mz_builder_add(eu->builder, 0, document.property, latin, node->at);
    if (!number.size && !latin.size) add_remarks(eu, node);
}

/* --- the entity itself --- */

static void read_regulation(eu_reader *eu, const mz_xml_node *node) {
    mz_builder *builder = eu->builder;
    mz_str programme = mz_xml_attribute_value(node, "programme");
    unsigned sanction = mz_attach_sanction(&eu->attached, MZ_STR("European Union"), programme, node->at);
    mz_builder_add(builder, sanction, MZ_PROP_provisions, mz_xml_attribute_value(node, "numberTitle"), node->at);
    mz_builder_add(builder, sanction, MZ_PROP_listingDate, mz_xml_attribute_value(node, "publicationDate"), node->at);
    mz_builder_add(builder, sanction, MZ_PROP_startDate, mz_xml_attribute_value(node, "entryIntoForceDate"), node->at);
    mz_builder_add(builder, sanction, MZ_PROP_sourceUrl, mz_xml_child_text(node, "publicationUrl"), node->at);
}

static void read_remark(eu_reader *eu, const mz_xml_node *node) {
    mz_builder_add(eu->builder, 0, MZ_PROP_notes, node->text, node->at);
}

static const struct {
    const char *name;
    void (*read)(eu_reader *eu, const mz_xml_node *node);
} parts[] = {
    {"nameAlias", read_name},        {"birthdate", read_birth},
    {"address", read_address},       {"identification", read_identification},
    {"regulation", read_regulation}, {"citizenship", read_citizenship},
    {"remark", read_remark},
};

static void read_parts(eu_reader *eu, const mz_xml_node *entity) {
    for (const mz_xml_node *part = entity->child; part; part = part->next)
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
            if (mz_xml_is(part, parts[i].name)) parts[i].read(eu, part);
}

/* References and dates of the entity stand in its first Sanction. */
static void read_references(eu_reader *eu, const mz_xml_node *entity) {
    static const struct {
        const char *name;
        mz_property property;
    } fields[] = {
        {"euReferenceNumber", MZ_PROP_authorityId}, {"unitedNationId", MZ_PROP_unscId},
        {"designationDate", MZ_PROP_startDate},     {"delistingDate", MZ_PROP_endDate},
        {"designationDetails", MZ_PROP_summary},
    };
    const mz_xml_node *regulation = mz_xml_child(entity, "regulation");
    mz_str programme = regulation ? mz_xml_attribute_value(regulation, "programme") : empty();
    unsigned sanction = mz_attach_sanction(&eu->attached, MZ_STR("European Union"), programme, entity->at);
    for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++)
        mz_builder_add(eu->builder, sanction, fields[i].property, mz_xml_attribute_value(entity, fields[i].name),
                       entity->at);
}

static bool has_name(const mz_xml_node *entity) {
    for (const mz_xml_node *part = entity->child; part; part = part->next)
        if (mz_xml_is(part, "nameAlias") &&
            (mz_xml_attribute_value(part, "wholeName").size || mz_xml_attribute_value(part, "lastName").size))
            return true;
    return false;
}

static bool is_person(const mz_xml_node *entity) {
    const mz_xml_node *type = mz_xml_child(entity, "subjectType");
    if (!type) return false;
    return mz_same_word(mz_xml_attribute_value(type, "code"), "person") ||
           mz_same_word(mz_xml_attribute_value(type, "classificationCode"), "P");
}

static void start_record(eu_reader *eu, const mz_xml_node *entity, mz_str key) {
    char id[256];
    int size = snprintf(id, sizeof id, "%.*s-%.*s", (int)eu->reading->list.size, eu->reading->list.data,
                        (int)(key.size < 128 ? key.size : 128), key.data);
    eu->person = is_person(entity);
    eu->named = false;
    mz_builder_start(eu->builder, eu->reading->list);
    mz_builder_entity(eu->builder, eu->person ? MZ_SCHEMA_Person : MZ_SCHEMA_Organization,
                      (mz_str){id, size < 0 ? 0 : (size_t)size}, entity->at);
    mz_builder_reference(eu->builder, mz_xml_attribute_value(entity, "euReferenceNumber"));
    mz_builder_add(eu->builder, 0, MZ_PROP_topics, MZ_STR("sanction"), entity->at);
    mz_attached_start(&eu->attached);
}

static mz_status read_entity(void *context, const mz_xml_node *entity, mz_error *error) {
    (void)error;
    eu_reader *eu = context;
    mz_str reference = mz_xml_attribute_value(entity, "euReferenceNumber");
    mz_str key = first_of(mz_xml_attribute_value(entity, "logicalId"), reference);
    if (!key.size)
        return mz_reading_reject(eu->reading, entity->at, empty(), "it has neither a logicalId nor a reference");
    if (!has_name(entity))
        return mz_reading_reject(eu->reading, entity->at, first_of(reference, key), "it has no name");
    start_record(eu, entity, key);
    read_references(eu, entity);
    read_parts(eu, entity);
    if (eu->attached.failed) return mz_fail_memory(eu->reading->error);
    return mz_reading_emit(eu->reading);
}

static mz_status read_root(void *context, const mz_xml_node *root, mz_error *error) {
    (void)error;
    eu_reader *eu = context;
    mz_str generated = mz_xml_attribute_value(root, "generationDate");
    int64_t published;
    if (mz_time_parse(generated.data, generated.size, &published)) eu->reading->report->published = published;
    return MZ_OK;
}

static mz_status read_eu_xml(mz_reading *reading) {
    static const mz_xml_rule rules[] = {
        {"export", read_root, NULL},
        {"export/sanctionEntity", NULL, read_entity},
    };
    eu_reader eu = {.reading = reading, .builder = reading->builder};
    mz_attached_init(&eu.attached, reading->builder);
    mz_status status = mz_xml_read_list(reading, "the consolidated list of the European Union", rules,
                                        sizeof rules / sizeof rules[0], &eu);
    mz_attached_done(&eu.attached);
    return status;
}

/* "export" is a word that many documents begin with; the namespace is only this one's. */
static bool looks_like_eu_xml(mz_str first_bytes, const char *path) {
    (void)path;
    return mz_xml_root_is(first_bytes, "export") &&
           memmem(first_bytes.data, first_bytes.size, "/fsd/export", strlen("/fsd/export"));
}

const mz_list_format mz_format_eu_xml = {
    .name = "eu-xml",
    .title = "European Union consolidated financial sanctions list, XML 1.1",
    .usual_list = "eu",
    .dates = MZ_DATE_DAY_FIRST,
    .one_file = true,
    .looks_like = looks_like_eu_xml,
    .read = read_eu_xml,
};
