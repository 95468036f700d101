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

#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"
#include "lists/eu_facts.h"
#include "lists/prose.h"
#include "lists/xml.h"

#include <string.h>

typedef struct eu_reader {
    mz_reading *reading;
    mz_eu_entity entity;
} eu_reader;

static mz_str empty(void) {
    return (mz_str){"", 0};
}

static mz_eu_field placed(const mz_xml_node *node, const char *name) {
    return (mz_eu_field){mz_xml_attribute_value(node, name), node->at};
}

static bool is_true(const mz_xml_node *node, const char *name) {
    return mz_same_word(mz_xml_attribute_value(node, name), "true");
}

static mz_str country_of(const mz_xml_node *node) {
    return mz_eu_country(mz_xml_attribute_value(node, "countryIso2Code"),
                         mz_xml_attribute_value(node, "countryDescription"));
}

static void add_remarks(eu_reader *eu, const mz_xml_node *node) {
    for (const mz_xml_node *child = node->child; child; child = child->next)
        if (mz_xml_is(child, "remark")) mz_builder_add(eu->entity.builder, 0, MZ_PROP_notes, child->text, child->at);
}

static mz_str remark_of(const mz_xml_node *node) {
    return mz_xml_child_text(node, "remark");
}

/* --- names --- */

static bool says(const mz_xml_node *node, const char *words) {
    for (const mz_xml_node *child = node->child; child; child = child->next)
        if (mz_xml_is(child, "remark") && mz_contains(child->text, words)) return true;
    return false;
}

/* A weak alias is one that is not strong, or that its remark calls so. */
static void read_name(eu_reader *eu, const mz_xml_node *node) {
    mz_str strong = mz_xml_attribute_value(node, "strong");
    const mz_eu_name name = {
        .whole = placed(node, "wholeName"),
        .first = placed(node, "firstName"),
        .middle = placed(node, "middleName"),
        .last = placed(node, "lastName"),
        .title = placed(node, "title"),
        .function = placed(node, "function"),
        .gender = placed(node, "gender"),
        .language = mz_xml_attribute_value(node, "nameLanguage"),
        .weak = (strong.size && !mz_same_word(strong, "true")) || says(node, "low quality"),
        .former = says(node, "formerly known"),
    };
    mz_eu_add_name(&eu->entity, &name);
    if (!says(node, "quality")) add_remarks(eu, node);
}

/* --- birth and nationality --- */

static void read_birth(eu_reader *eu, const mz_xml_node *node) {
    const mz_eu_birth birth = {
        .date = placed(node, "birthdate"),
        .place = placed(node, "place"),
        .year = mz_xml_attribute_value(node, "year"),
        .month = mz_xml_attribute_value(node, "monthOfYear"),
        .day = mz_xml_attribute_value(node, "dayOfMonth"),
        .first_year = mz_xml_attribute_value(node, "yearRangeFrom"),
        .last_year = mz_xml_attribute_value(node, "yearRangeTo"),
        .calendar = mz_xml_attribute_value(node, "calendarType"),
        .city = mz_xml_attribute_value(node, "city"),
        .region = mz_xml_attribute_value(node, "region"),
        .country = {country_of(node), node->at},
        .circa = is_true(node, "circa"),
    };
    mz_eu_add_birth(&eu->entity, &birth);
    add_remarks(eu, node);
}

static void read_citizenship(eu_reader *eu, const mz_xml_node *node) {
    mz_builder_add(eu->entity.builder, 0, MZ_PROP_citizenship, country_of(node), node->at);
    add_remarks(eu, node);
}

/* --- addresses and numbers --- */

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
    mz_attach_address(&eu->entity.attached, &place, node->at, 0);
    for (const mz_xml_node *child = node->child; child; child = child->next)
        if (mz_xml_is(child, "contactInfo"))
            mz_eu_add_contact(&eu->entity, mz_xml_attribute_value(child, "key"), mz_xml_attribute_value(child, "value"),
                              child->at);
}

static mz_str first_of(mz_str first, mz_str second) {
    return first.size ? first : second;
}

static void read_identification(eu_reader *eu, const mz_xml_node *node) {
    const mz_eu_document document = {
        .number = placed(node, "number"),
        .latin = placed(node, "latinNumber"),
        .code = mz_xml_attribute_value(node, "identificationTypeCode"),
        .description = mz_xml_attribute_value(node, "identificationTypeDescription"),
        .country = country_of(node),
        .issued = mz_xml_attribute_value(node, "issueDate"),
        .valid_from = mz_xml_attribute_value(node, "validFrom"),
        .valid_to = mz_xml_attribute_value(node, "validTo"),
        .issuer = mz_xml_attribute_value(node, "issuedBy"),
        .remark = remark_of(node),
        .name = mz_xml_attribute_value(node, "nameOnDocument"),
        .diplomatic = is_true(node, "diplomatic"),
        .expired = is_true(node, "knownExpired"),
        .false_paper = is_true(node, "knownFalse"),
        .lost = is_true(node, "reportedLost"),
        .revoked = is_true(node, "revokedByIssuer"),
    };
    mz_eu_add_document(&eu->entity, &document);
    if (!document.number.text.size && !document.latin.text.size) add_remarks(eu, node);
}

/* --- the entity itself --- */

static void read_regulation(eu_reader *eu, const mz_xml_node *node) {
    const mz_eu_regulation regulation = {
        .programme = placed(node, "programme"),
        .title = placed(node, "numberTitle"),
        .published = placed(node, "publicationDate"),
        .in_force = placed(node, "entryIntoForceDate"),
        .url = {mz_xml_child_text(node, "publicationUrl"), node->at},
    };
    (void)mz_eu_add_regulation(&eu->entity, &regulation);
}

static void read_remark(eu_reader *eu, const mz_xml_node *node) {
    mz_builder_add(eu->entity.builder, 0, MZ_PROP_notes, node->text, node->at);
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
    const mz_eu_references references = {
        .reference = placed(entity, "euReferenceNumber"),
        .un_reference = placed(entity, "unitedNationId"),
        .designated = placed(entity, "designationDate"),
        .delisted = placed(entity, "delistingDate"),
        .details = placed(entity, "designationDetails"),
    };
    const mz_xml_node *node = mz_xml_child(entity, "regulation");
    mz_eu_regulation first = {.programme = {.at = entity->at}};
    if (node) first.programme = placed(node, "programme");
    mz_eu_add_references(&eu->entity, mz_eu_add_regulation(&eu->entity, &first), &references);
}

static bool has_name(const mz_xml_node *entity) {
    for (const mz_xml_node *part = entity->child; part; part = part->next)
        if (mz_xml_is(part, "nameAlias") &&
            (mz_xml_attribute_value(part, "wholeName").size || mz_xml_attribute_value(part, "lastName").size))
            return true;
    return false;
}

static mz_schema schema_of(const mz_xml_node *entity) {
    const mz_xml_node *type = mz_xml_child(entity, "subjectType");
    if (!type) return MZ_SCHEMA_LegalEntity;
    return mz_eu_schema(mz_xml_attribute_value(type, "code"), mz_xml_attribute_value(type, "classificationCode"));
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
    mz_eu_start(&eu->entity, eu->reading->list, schema_of(entity), key, reference, entity->at);
    read_references(eu, entity);
    read_parts(eu, entity);
    if (eu->entity.attached.failed) return mz_fail_memory(eu->reading->error);
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
    eu_reader eu = {.reading = reading, .entity = {.builder = reading->builder}};
    mz_attached_init(&eu.entity.attached, reading->builder);
    mz_status status = mz_xml_read_list(reading, "the consolidated list of the European Union", rules,
                                        sizeof rules / sizeof rules[0], &eu);
    mz_attached_done(&eu.entity.attached);
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
