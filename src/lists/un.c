/* The United Nations Security Council consolidated list, XML
 * (https://scsanctions.un.org/resources/xml/en/consolidated.xml, schema
 * https://www.un.org/sc/resources/sc-sanctions.xsd).
 *
 * One record for each INDIVIDUAL and each ENTITY, called un-DATAID: the number that stays when a name or a reference
 * changes. The reference is REFERENCE_NUMBER ("QDi.001"). Ships and their owners are both listed as
 * ENTITY, and the comments give the IMO number of either. A number that is stated alone and has a right check digit is
 * taken over as derived; its entry is a Vessel where the comments speak of what only ships have or are forbidden, and
 * an Organization else.
 *
 * Left out knowingly: SORT_KEY and SORT_KEY_LAST_MOD (order of the printed list), VERSIONNUM (always 1), LIST_TYPE
 * (always "UN List"), HAS_INTERPOL_LINK (says that INTERPOL_LINK is there). */
#include "lists/formats.h"

#include "base/ascii.h"
#include "base/clock.h"
#include "base/error.h"
#include "lists/alias.h"
#include "lists/attached.h"
#include "lists/document_number.h"
#include "lists/join.h"
#include "lists/prose.h"
#include "lists/xml.h"
#include "mizan/country.h"
#include "mizan/identifier.h"

#include <string.h>

typedef struct un_reader {
    mz_reading *reading;
    mz_builder *builder;
    mz_attached attached;
    unsigned sanction;
    bool person;
} un_reader;

typedef void part_reader(un_reader *un, const mz_xml_node *node);

static mz_str text_of(const mz_xml_node *node) {
    return mz_xml_trim(node->text);
}

/* --- names --- */

/* The parts of a name are in order, but the list does not say which is the family's. */
static void read_person_name(un_reader *un, const mz_xml_node *record) {
    static const char *const fields[] = {"FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"};
    enum { COUNT = sizeof fields / sizeof fields[0] };
    mz_name_part parts[COUNT];
    const mz_xml_node *first = NULL;
    for (size_t i = 0; i < COUNT; i++) {
        const mz_xml_node *node = mz_xml_child(record, fields[i]);
        parts[i] = (mz_name_part){'?', node ? text_of(node) : (mz_str){"", 0}};
        if (!first && node) first = node;
    }
    if (first) mz_builder_name_parts(un->builder, 0, MZ_PROP_name, MZ_NAME_PRIMARY, parts, COUNT, first->at);
}

/* An organization's name is in FIRST_NAME, now and then with its abbreviation, or with a second name behind it. */
static void read_organization_name(un_reader *un, const mz_xml_node *record) {
    const mz_xml_node *node = mz_xml_child(record, "FIRST_NAME");
    if (!node) return;
    mz_alias_target target = {.builder = un->builder,
                              .property = MZ_PROP_name,
                              .kind = MZ_NAME_PRIMARY,
                              .other_kind = MZ_NAME_ORIGINAL_SCRIPT,
                              .at = node->at};
    mz_alias alias;
    mz_alias_take_apart(node->text, &alias);
    mz_alias_add(&target, &alias, node->text);
}

/* "(Tigrinya)" behind a name in its own script says which language it is in. */
static mz_str language_of(const mz_alias *alias) {
    for (size_t i = 0; i < alias->count; i++) {
        if (alias->parts[i].kind != MZ_ALIAS_REMARK) continue;
        mz_str code = mz_language_code(alias->parts[i].text);
        if (code.size) return code;
    }
    return (mz_str){"", 0};
}

static void add_original_names(un_reader *un, mz_str field, mz_position at) {
    mz_alias alias;
    mz_alias_take_apart_original(field, &alias);
    mz_str language = language_of(&alias);
    for (size_t i = 0; i < alias.count; i++) {
        const mz_alias_part *part = &alias.parts[i];
        if (part->kind != MZ_ALIAS_NAME) continue;
        mz_fact *fact = mz_builder_name(un->builder, 0, MZ_PROP_name, MZ_NAME_ORIGINAL_SCRIPT, part->text, at);
        if (!fact) continue;
        fact->language = language;
        if (part->text.size < mz_xml_trim(field).size)
            fact->original = mz_builder_copy(un->builder, mz_xml_trim(field));
    }
}

static void read_original_name(un_reader *un, const mz_xml_node *node) {
    add_original_names(un, node->text, node->at);
}

static void choose_alias_kind(mz_str quality, mz_property *ret_property, mz_name_kind *ret_kind) {
    static const struct {
        const char *quality;
        mz_property property;
        mz_name_kind kind;
    } kinds[] = {
        {"Good", MZ_PROP_alias, MZ_NAME_STRONG_ALIAS},
        {"Low", MZ_PROP_weakAlias, MZ_NAME_WEAK_ALIAS},
        {"a.k.a.", MZ_PROP_alias, MZ_NAME_STRONG_ALIAS},
        {"f.k.a.", MZ_PROP_previousName, MZ_NAME_PREVIOUS},
    };
    *ret_property = MZ_PROP_alias;
    *ret_kind = MZ_NAME_UNSPECIFIED;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!mz_same_word(quality, kinds[i].quality)) continue;
        *ret_property = kinds[i].property;
        *ret_kind = kinds[i].kind;
    }
}

/* A note that gives the name in its own script behind a colon ("original script: …", "In Arabic: …"), or in Latin
 * letters when the alias is in another script. Everything else is for people to read. */
static void read_alias_note(un_reader *un, mz_str alias_name, const mz_xml_node *node, const mz_alias_target *target) {
    mz_str note = text_of(node);
    const char *colon =
        mz_contains(note, "script:") || mz_contains(note, "arabic:") || mz_contains(note, "arabic script:")
            ? memchr(note.data, ':', note.size)
            : NULL;
    if (colon) {
        mz_str behind = {colon + 1, note.size - (size_t)(colon + 1 - note.data)};
        if (mz_alias_other_script(behind)) {
            mz_alias_target name = *target;
            mz_alias alias;
            mz_alias_take_apart(behind, &alias);
            name.at = node->at;
            mz_alias_add(&name, &alias, behind);
            return;
        }
    }
    bool spellings = mz_alias_other_script(alias_name) && !mz_alias_other_script(note) &&
                     memchr(note.data, ';', note.size) && !memchr(note.data, ':', note.size) &&
                     !memchr(note.data, '(', note.size) && strcspn(note.data, "0123456789") >= note.size;
    if (spellings) {
        mz_alias_target name = *target;
        mz_alias alias;
        mz_alias_take_apart(note, &alias);
        name.at = node->at;
        mz_alias_add(&name, &alias, note);
        return;
    }
    mz_builder_add(un->builder, 0, MZ_PROP_notes, mz_join(&un->attached, alias_name, ": ", note), node->at);
}

static void read_place(un_reader *un, const mz_xml_node *node, const char *const *fields, size_t count) {
    mz_str place = {"", 0};
    for (size_t i = 0; i < count; i++) place = mz_join(&un->attached, place, ", ", mz_xml_child_text(node, fields[i]));
    mz_builder_add(un->builder, 0, MZ_PROP_birthPlace, place, node->at);
}

static void read_alias(un_reader *un, const mz_xml_node *node) {
    static const char *const place[] = {"CITY_OF_BIRTH", "COUNTRY_OF_BIRTH"};
    mz_str name = mz_xml_child_text(node, "ALIAS_NAME");
    mz_alias_target target = {
        .builder = un->builder, .other_kind = MZ_NAME_ORIGINAL_SCRIPT, .person = un->person, .at = node->at};
    choose_alias_kind(mz_xml_child_text(node, "QUALITY"), &target.property, &target.kind);
    mz_alias alias;
    mz_alias_take_apart(name, &alias);
    mz_alias_add(&target, &alias, name);
    const mz_xml_node *note = mz_xml_child(node, "NOTE");
    if (note && text_of(note).size) read_alias_note(un, name, note, &target);
    read_place(un, node, place, 2);
    mz_builder_add(un->builder, 0, MZ_PROP_birthCountry, mz_xml_child_text(node, "COUNTRY_OF_BIRTH"), node->at);
    mz_builder_add(un->builder, 0, MZ_PROP_birthDate, mz_xml_child_text(node, "DATE_OF_BIRTH"), node->at);
}

/* --- birth --- */

/* The date as one text that mz_date_parse understands, in the record's memory; empty when the list gives none. */
static mz_str birth_date_text(un_reader *un, const mz_xml_node *node) {
    mz_str type = mz_xml_child_text(node, "TYPE_OF_DATE"), note = mz_xml_child_text(node, "NOTE");
    mz_str date = mz_xml_child_text(node, "DATE"), year = mz_xml_child_text(node, "YEAR");
    mz_str first = mz_xml_child_text(node, "FROM_YEAR"), last = mz_xml_child_text(node, "TO_YEAR");
    mz_str text = date.size ? date : year;
    if (first.size && last.size) text = mz_join(&un->attached, first, "/", last);
    if (!text.size) return note;
    mz_date month;
    if (!date.size && year.size && note.size) {
        mz_str whole = mz_join(&un->attached, note, " ", year);
        if (mz_date_parse(whole, MZ_DATE_DAY_FIRST, &month) && month.precision == MZ_DATE_MONTH) text = whole;
    }
    bool about = mz_same_word(type, "APPROXIMATELY") || mz_same_word(note, "Approximately");
    return about ? mz_join(&un->attached, MZ_STR("circa"), " ", text) : text;
}

static void read_birth_date(un_reader *un, const mz_xml_node *node) {
    mz_str text = birth_date_text(un, node), note = mz_xml_child_text(node, "NOTE");
    mz_builder_add(un->builder, 0, MZ_PROP_birthDate, text, node->at);
    bool used = text.size >= note.size && note.size && memcmp(text.data, note.data, note.size) == 0;
    if (note.size && !used && !mz_same_word(note, "Approximately"))
        mz_builder_add(un->builder, 0, MZ_PROP_notes, mz_join(&un->attached, text, ": ", note), node->at);
}

static void read_birth_place(un_reader *un, const mz_xml_node *node) {
    static const char *const place[] = {"STREET", "CITY", "STATE_PROVINCE", "COUNTRY", "NOTE"};
    read_place(un, node, place, sizeof place / sizeof place[0]);
    mz_builder_add(un->builder, 0, MZ_PROP_birthCountry, mz_xml_child_text(node, "COUNTRY"), node->at);
}

/* --- the rest --- */

/* "Bahrain (citizenship revoked in Jan. 2015)": the country, and the whole as published. "na" is no country. */
static void read_nationality(un_reader *un, const mz_xml_node *node) {
    for (const mz_xml_node *value = node->child; value; value = value->next) {
        mz_str text = text_of(value), country = text;
        if (mz_same_word(text, "na")) continue;
        const char *bracket = text.size ? memchr(text.data, '(', text.size) : NULL;
        if (!mz_country_code(text) && bracket) {
            country = mz_xml_trim((mz_str){text.data, (size_t)(bracket - text.data)});
            if (!mz_country_code(country)) country = text;
        }
        mz_fact *fact = mz_builder_add(un->builder, 0, MZ_PROP_nationality, country, value->at);
        if (fact && country.size < text.size) fact->original = mz_builder_copy(un->builder, text);
    }
}

/* Adds each VALUE, and each part of one that is enumerated "a) … b) …". */
static void add_values(un_reader *un, const mz_xml_node *node, unsigned entity, mz_property property) {
    for (const mz_xml_node *value = node->child; value; value = value->next) {
        mz_str rest = text_of(value), part;
        while (mz_next_numbered(&rest, &part)) mz_builder_add(un->builder, entity, property, part, value->at);
    }
}

static void read_designation(un_reader *un, const mz_xml_node *node) {
    add_values(un, node, 0, MZ_PROP_position);
}

static void read_title(un_reader *un, const mz_xml_node *node) {
    add_values(un, node, 0, MZ_PROP_title);
}

static void read_gender(un_reader *un, const mz_xml_node *node) {
    if (!mz_same_word(text_of(node), "Unknown")) mz_builder_add(un->builder, 0, MZ_PROP_gender, node->text, node->at);
}

static mz_property document_property(mz_str kind, mz_str detail, mz_str number) {
    static const struct {
        const char *word;
        mz_property property;
    } kinds[] = {
        {"social security", MZ_PROP_socialSecurityNumber},
        {"ssn", MZ_PROP_socialSecurityNumber},
        {"fiscal code", MZ_PROP_taxNumber},
        {"passport", MZ_PROP_passportNumber},
        {"passeport", MZ_PROP_passportNumber},
        {"pasaporte", MZ_PROP_passportNumber},
        {"travel document", MZ_PROP_passportNumber},
        {"laissez-passer", MZ_PROP_passportNumber},
    };
    const mz_str texts[] = {detail, number, kind};
    for (size_t t = 0; t < 3; t++)
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
            if (mz_contains(texts[t], kinds[i].word)) return kinds[i].property;
    return MZ_PROP_idNumber;
}

static void read_document(un_reader *un, const mz_xml_node *node) {
    mz_str kind = mz_xml_child_text(node, "TYPE_OF_DOCUMENT"), detail = mz_xml_child_text(node, "TYPE_OF_DOCUMENT2");
    mz_str field = mz_xml_child_text(node, "NUMBER"), note = mz_xml_child_text(node, "NOTE");
    mz_str country = mz_xml_child_text(node, "ISSUING_COUNTRY");
    mz_str number = mz_document_number(field);
    if (!field.size) number = mz_document_number_in_prose(detail.size ? detail : note);
    if (!country.size) country = mz_xml_child_text(node, "COUNTRY_OF_ISSUE");
    if (!number.size) {
        mz_builder_add(un->builder, 0, MZ_PROP_notes, mz_join(&un->attached, detail.size ? detail : kind, ": ", note),
                       node->at);
        return;
    }
    mz_document document = {
        .property = document_property(kind, detail, field.size ? field : note),
        .number = number,
        .type = detail.size ? detail : kind,
        .country = country,
        .issued = mz_xml_child_text(node, "DATE_OF_ISSUE"),
        .expires = mz_xml_child_text(node, "DATE_OF_EXPIRY"),
        .authority = mz_xml_child_text(node, "CITY_OF_ISSUE"),
        .remarks = number.size < field.size ? mz_join(&un->attached, field, "; ", note) : note,
    };
    mz_fact *fact = mz_attach_document(&un->attached, &document, node->at, 0);
    if (fact && !mz_str_equal(number, field)) fact->flags |= MZ_FACT_DERIVED;
}

static void read_address(un_reader *un, const mz_xml_node *node) {
    mz_place place = {
        .street = mz_xml_child_text(node, "STREET"),
        .city = mz_xml_child_text(node, "CITY"),
        .postal_code = mz_xml_child_text(node, "ZIP_CODE"),
        .state = mz_xml_child_text(node, "STATE_PROVINCE"),
        .country = mz_xml_child_text(node, "COUNTRY"),
        .remarks = mz_xml_child_text(node, "NOTE"),
    };
    mz_attach_address(&un->attached, &place, node->at, 0);
}

/* The capitals and digits behind one of the labels, when the text begins with one; else empty. */
static mz_str labelled_number(mz_str text, const char *const *labels, size_t count) {
    enum { SHORTEST = 7 };
    for (size_t i = 0; i < count; i++) {
        size_t size = strlen(labels[i]);
        if (!mz_starts_with(text, labels[i])) continue;
        while (size < text.size && strchr(":.# \n", text.data[size])) size++;
        size_t length = strspn(text.data + size, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
        if (length >= SHORTEST) return (mz_str){text.data + size, length};
    }
    return (mz_str){"", 0};
}

static bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* The number that comments label so, when they label only one. All labels of a kind begin with the same letter. */
static mz_str only_number(mz_str comments, const char *const *labels, size_t count) {
    mz_str number = {"", 0};
    for (size_t at = 0; at < comments.size; at++) {
        bool starts = (comments.data[at] | 32) == (labels[0][0] | 32) && (at == 0 || !is_letter(comments.data[at - 1]));
        if (!starts) continue;
        mz_str found = labelled_number((mz_str){comments.data + at, comments.size - at}, labels, count);
        if (number.size && found.size && !mz_str_equal(number, found)) return (mz_str){"", 0};
        if (found.size) number = found;
    }
    return number;
}

/* Whether the comments, which give a ship's number, are about the ship itself and not about who owns or manages it. */
static bool is_about_ship(mz_str comments) {
    return mz_contains(comments, "prohibition to enter ports") || mz_contains(comments, "vessel type:");
}

static bool add_only_number(un_reader *un, mz_property property, mz_str comments, const char *const *labels,
                            size_t count, mz_position at) {
    char normal[MZ_IDENTIFIER_SIZE];
    size_t size;
    mz_str number = only_number(comments, labels, count);
    if (number.size == 0) return false;
    mz_identifier_check check = mz_identifier_normalise(property, number, normal, &size);
    if (check == MZ_CHECK_WRONG || check == MZ_CHECK_SHAPE) return false;
    (void)mz_add_flagged(un->builder, 0, property, number, at, MZ_FACT_DERIVED);
    return true;
}

static void read_comments(un_reader *un, const mz_xml_node *node) {
    static const char *const imo[] = {"IMO number", "IMO) number", "IMO"};
    static const char *const mmsi[] = {"MMSI number", "MMSI"};
    static const char *const bic[] = {"SWIFT/BIC code", "SWIFT/BIC", "SWIFT code", "SWIFT"};
    mz_str comments = text_of(node);
    mz_builder_add(un->builder, 0, MZ_PROP_notes, comments, node->at);
    if (un->person) return;
    bool ship = add_only_number(un, MZ_PROP_imoNumber, comments, imo, 3, node->at) && is_about_ship(comments);
    if (ship) mz_builder_schema(un->builder, 0, MZ_SCHEMA_Vessel);
    add_only_number(un, MZ_PROP_mmsi, comments, mmsi, 2, node->at);
    add_only_number(un, MZ_PROP_swiftBic, comments, bic, 4, node->at);
}

static void read_program(un_reader *un, const mz_xml_node *node) {
    mz_builder_add(un->builder, un->sanction, MZ_PROP_program, node->text, node->at);
}

static void read_reference(un_reader *un, const mz_xml_node *node) {
    mz_builder_add(un->builder, un->sanction, MZ_PROP_authorityId, node->text, node->at);
    mz_builder_add(un->builder, un->sanction, MZ_PROP_unscId, node->text, node->at);
}

static void read_listed_on(un_reader *un, const mz_xml_node *node) {
    mz_builder_add(un->builder, un->sanction, MZ_PROP_listingDate, node->text, node->at);
}

static void read_delisted_on(un_reader *un, const mz_xml_node *node) {
    mz_builder_add(un->builder, un->sanction, MZ_PROP_endDate, node->text, node->at);
}

static void read_updates(un_reader *un, const mz_xml_node *node) {
    add_values(un, node, un->sanction, MZ_PROP_modifiedAt);
}

static void read_interpol_link(un_reader *un, const mz_xml_node *node) {
    mz_builder_add(un->builder, un->sanction, MZ_PROP_sourceUrl, node->text, node->at);
}

static void read_submitted_by(un_reader *un, const mz_xml_node *node) {
    mz_str text = text_of(node);
    if (text.size)
        mz_builder_add(un->builder, un->sanction, MZ_PROP_summary,
                       mz_join(&un->attached, MZ_STR("Submitted by"), " ", text), node->at);
}

static void read_submitted_on(un_reader *un, const mz_xml_node *node) {
    mz_str text = text_of(node);
    if (text.size)
        mz_builder_add(un->builder, un->sanction, MZ_PROP_summary,
                       mz_join(&un->attached, MZ_STR("Submitted on"), " ", text), node->at);
}

static const struct {
    const char *name;
    part_reader *read;
} parts[] = {
    {"UN_LIST_TYPE", read_program},
    {"REFERENCE_NUMBER", read_reference},
    {"LISTED_ON", read_listed_on},
    {"DELISTED_ON", read_delisted_on},
    {"LAST_DAY_UPDATED", read_updates},
    {"SUBMITTED_BY", read_submitted_by},
    {"SUBMITTED_ON", read_submitted_on},
    {"INTERPOL_LINK", read_interpol_link},
    {"NAME_ORIGINAL_SCRIPT", read_original_name},
    {"GENDER", read_gender},
    {"TITLE", read_title},
    {"DESIGNATION", read_designation},
    {"NATIONALITY", read_nationality},
    {"COMMENTS1", read_comments},
    {"INDIVIDUAL_ALIAS", read_alias},
    {"ENTITY_ALIAS", read_alias},
    {"INDIVIDUAL_ADDRESS", read_address},
    {"ENTITY_ADDRESS", read_address},
    {"INDIVIDUAL_DATE_OF_BIRTH", read_birth_date},
    {"INDIVIDUAL_PLACE_OF_BIRTH", read_birth_place},
    {"INDIVIDUAL_DOCUMENT", read_document},
    {"ENTITY_DOCUMENT", read_document},
};

static void read_parts(un_reader *un, const mz_xml_node *record) {
    for (const mz_xml_node *part = record->child; part; part = part->next)
        for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
            if (mz_xml_is(part, parts[i].name)) {
                parts[i].read(un, part);
                break;
            }
}

static void start_record(un_reader *un, const mz_xml_node *record, mz_str key) {
    mz_builder *builder = un->builder;
    mz_builder_start(builder, un->reading->list);
    mz_builder_entity(builder, un->person ? MZ_SCHEMA_Person : MZ_SCHEMA_Organization,
                      mz_make_id(builder, un->reading->list, key), record->at);
    mz_builder_reference(builder, mz_xml_child_text(record, "REFERENCE_NUMBER"));
    mz_builder_add(builder, 0, MZ_PROP_topics, MZ_STR("sanction"), record->at);
    mz_attached_start(&un->attached);
    un->sanction =
        mz_attach_sanction(&un->attached, MZ_STR("United Nations Security Council"), (mz_str){"", 0}, record->at);
}

static mz_status read_record(un_reader *un, const mz_xml_node *record) {
    mz_str reference = mz_xml_child_text(record, "REFERENCE_NUMBER"), key = mz_xml_child_text(record, "DATAID");
    if (!key.size) key = reference;
    if (!key.size)
        return mz_reading_reject(un->reading, record->at, mz_xml_child_text(record, "FIRST_NAME"),
                                 "it has neither a DATAID nor a REFERENCE_NUMBER to call it by");
    if (!mz_xml_child_text(record, "FIRST_NAME").size && !mz_xml_child_text(record, "SECOND_NAME").size)
        return mz_reading_reject(un->reading, record->at, reference.size ? reference : key, "it has no name");
    start_record(un, record, key);
    if (un->person)
        read_person_name(un, record);
    else
        read_organization_name(un, record);
    read_parts(un, record);
    if (un->attached.failed) return mz_fail_memory(un->reading->error);
    return mz_reading_emit(un->reading);
}

static mz_status read_individual(void *context, const mz_xml_node *record, mz_error *error) {
    (void)error;
    un_reader *un = context;
    un->person = true;
    return read_record(un, record);
}

static mz_status read_entity(void *context, const mz_xml_node *record, mz_error *error) {
    (void)error;
    un_reader *un = context;
    un->person = false;
    return read_record(un, record);
}

static mz_status read_root(void *context, const mz_xml_node *root, mz_error *error) {
    (void)error;
    un_reader *un = context;
    mz_str generated = mz_xml_attribute_value(root, "dateGenerated");
    int64_t published;
    if (mz_time_parse(generated.data, generated.size, &published)) un->reading->report->published = published;
    return MZ_OK;
}

static mz_status read_un(mz_reading *reading) {
    static const mz_xml_rule rules[] = {
        {"CONSOLIDATED_LIST", read_root, NULL},
        {"CONSOLIDATED_LIST/INDIVIDUALS/INDIVIDUAL", NULL, read_individual},
        {"CONSOLIDATED_LIST/ENTITIES/ENTITY", NULL, read_entity},
    };
    un_reader un = {.reading = reading, .builder = reading->builder};
    mz_attached_init(&un.attached, reading->builder);
    mz_status status = mz_xml_read_list(reading, "the consolidated list of the United Nations", rules,
                                        sizeof rules / sizeof rules[0], &un);
    mz_attached_done(&un.attached);
    return status;
}

static bool looks_like_un(mz_str first_bytes, const char *path) {
    (void)path;
    return mz_xml_root_is(first_bytes, "CONSOLIDATED_LIST");
}

const mz_list_format mz_format_un = {
    .name = "un",
    .title = "United Nations Security Council consolidated list, XML",
    .usual_list = "un",
    .dates = MZ_DATE_DAY_FIRST,
    .one_file = true,
    .looks_like = looks_like_un,
    .read = read_un,
};
