/* Names, births, documents and sanctions of the European Union's list. The codes are those of the Financial Sanctions
 * Files, version 1.1 (https://webgate.ec.europa.eu/fsd/fsf, schema 20171012-FULL-schema-1_1.xsd there). */
#include "lists/eu_facts.h"

#include "base/ascii.h"
#include "lists/alias.h"
#include "lists/document_number.h"
#include "lists/join.h"
#include "lists/prose.h"
#include "mizan/country.h"

#include <string.h>

static mz_str empty(void) {
    return (mz_str){"", 0};
}

static mz_str first_of(mz_str first, mz_str second) {
    return first.size ? first : second;
}

static mz_fact *add(mz_eu_entity *entity, unsigned to, mz_property property, const mz_eu_field *field) {
    return mz_builder_add(entity->builder, to, property, field->text, field->at);
}

mz_schema mz_eu_schema(mz_str type, mz_str classification) {
    const mz_str words[] = {type, classification};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (mz_same_word(words[i], "P") || mz_same_word(words[i], "person")) return MZ_SCHEMA_Person;
        if (mz_same_word(words[i], "E") || mz_same_word(words[i], "enterprise")) return MZ_SCHEMA_Organization;
    }
    return MZ_SCHEMA_LegalEntity;
}

void mz_eu_start(mz_eu_entity *entity, mz_str list, mz_schema schema, mz_str key, mz_str reference, mz_position at) {
    mz_builder *builder = entity->builder;
    entity->person = schema == MZ_SCHEMA_Person;
    entity->named = false;
    entity->primary = empty();
    mz_builder_start(builder, list);
    mz_builder_entity(builder, schema, mz_make_id(builder, list, key), at);
    mz_builder_reference(builder, first_of(reference, key));
    mz_attached_start(&entity->attached);
    mz_builder_add(builder, 0, MZ_PROP_topics, MZ_STR("sanction"), at);
}

mz_str mz_eu_country(mz_str code, mz_str description) {
    if (description.size && mz_country_code(description)) return description;
    if (code.size && mz_country_code(code)) return code;
    if (mz_same_word(description, "UNKNOWN")) return empty();
    return description.size ? description : mz_same_word(code, "00") ? empty() : code;
}

/* --- names --- */

static void choose_kind(const mz_eu_entity *entity, const mz_eu_name *name, mz_property *ret_property,
                        mz_name_kind *ret_kind) {
    *ret_property = MZ_PROP_alias;
    *ret_kind = mz_alias_other_script(name->whole.text) ? MZ_NAME_ORIGINAL_SCRIPT : MZ_NAME_STRONG_ALIAS;
    if (name->weak)
        *ret_property = MZ_PROP_weakAlias, *ret_kind = MZ_NAME_WEAK_ALIAS;
    else if (!entity->named)
        *ret_property = MZ_PROP_name, *ret_kind = MZ_NAME_PRIMARY;
    else if (name->former)
        *ret_property = MZ_PROP_previousName, *ret_kind = MZ_NAME_PREVIOUS;
}

static size_t blanks_in(mz_str text) {
    size_t blanks = 0;
    for (size_t i = 0; i < text.size; i++) blanks += text.data[i] == ' ';
    return blanks;
}

/* Whether the parts, in any order, are all of the whole; a whole that is not given is. */
static bool make_up(mz_str whole, const mz_name_part *parts, size_t count) {
    size_t letters = 0;
    for (size_t i = 0; i < count; i++) {
        mz_str part = parts[i].text;
        if (part.size == 0) continue;
        if (whole.size && !memmem(whole.data, whole.size, part.data, part.size)) return false;
        letters += part.size - blanks_in(part);
    }
    return letters > 0 && (whole.size == 0 || letters == whole.size - blanks_in(whole));
}

/* The parts are given beside the whole; where they make it up, its words get their roles, else the parts of the primary
 * name are facts of their own. */
static mz_fact *add_whole_name(mz_eu_entity *entity, const mz_eu_name *name, mz_property property, mz_name_kind kind) {
    mz_builder *builder = entity->builder;
    const mz_name_part parts[] = {{'g', name->first.text}, {'m', name->middle.text}, {'f', name->last.text}};
    mz_str whole = name->whole.text;
    if (entity->person && make_up(whole, parts, 3)) {
        mz_fact *fact = mz_builder_name_parts(builder, 0, property, kind, parts, 3, name->whole.at);
        if (fact && whole.size && !mz_str_equal(fact->value, whole)) fact->original = mz_builder_copy(builder, whole);
        return fact;
    }
    if (entity->person && kind == MZ_NAME_PRIMARY) {
        add(entity, 0, MZ_PROP_firstName, &name->first);
        add(entity, 0, MZ_PROP_middleName, &name->middle);
        add(entity, 0, MZ_PROP_lastName, &name->last);
    }
    if (!whole.size)
        whole = mz_join(&entity->attached, mz_join(&entity->attached, parts[0].text, " ", parts[1].text), " ",
                        parts[2].text);
    return mz_builder_name(builder, 0, property, kind, whole, name->whole.at);
}

/* ISO 639 in small letters is BCP 47. */
static mz_str language_of(const mz_eu_entity *entity, mz_str code) {
    char small[3];
    if (code.size < 2 || code.size > sizeof small) return empty();
    for (size_t i = 0; i < code.size; i++) small[i] = (char)(code.data[i] | 0x20);
    return mz_builder_copy(entity->builder, (mz_str){small, code.size});
}

static void add_numbered(mz_eu_entity *entity, mz_property property, const mz_eu_field *field) {
    mz_str rest = field->text, value;
    while (mz_next_numbered(&rest, &value)) mz_builder_add(entity->builder, 0, property, value, field->at);
}

void mz_eu_add_name(mz_eu_entity *entity, const mz_eu_name *name) {
    mz_property property;
    mz_name_kind kind;
    /* the primary name once more, from another regulation, is no other name */
    bool repeated = entity->named && mz_str_equal(name->whole.text, entity->primary);
    if (!repeated && (name->whole.text.size || name->last.text.size || name->first.text.size)) {
        choose_kind(entity, name, &property, &kind);
        mz_str language = language_of(entity, name->language);
        mz_fact *fact = add_whole_name(entity, name, property, kind);
        if (fact) fact->language = language;
        if (kind == MZ_NAME_PRIMARY) {
            entity->named = true;
            entity->primary = name->whole.text;
        }
    }
    if (entity->person) {
        add_numbered(entity, MZ_PROP_position, &name->function);
        add_numbered(entity, MZ_PROP_title, &name->title);
    } else {
        add(entity, 0, MZ_PROP_notes, &name->function);
    }
    add(entity, 0, MZ_PROP_gender, &name->gender);
}

/* --- birth --- */

static mz_str two_digits(mz_eu_entity *entity, mz_str number) {
    return number.size == 1 ? mz_join(&entity->attached, MZ_STR("0"), "", number) : number;
}

static mz_str birth_date(mz_eu_entity *entity, const mz_eu_birth *birth) {
    mz_attached *attached = &entity->attached;
    if (birth->date.text.size) return birth->date.text;
    if (birth->first_year.size && birth->last_year.size)
        return mz_join(attached, birth->first_year, "/", birth->last_year);
    if (!birth->year.size || !birth->month.size)
        return first_of(birth->year, first_of(birth->first_year, birth->last_year));
    mz_str text = mz_join(attached, birth->year, "-", two_digits(entity, birth->month));
    return birth->day.size ? mz_join(attached, text, "-", two_digits(entity, birth->day)) : text;
}

void mz_eu_add_birth(mz_eu_entity *entity, const mz_eu_birth *birth) {
    mz_attached *attached = &entity->attached;
    mz_str date = birth_date(entity, birth);
    bool gregorian = birth->calendar.size == 0 || mz_same_word(birth->calendar, "GREGORIAN");
    if (date.size && !gregorian) date = mz_join(attached, birth->calendar, " ", date);
    if (date.size && birth->circa) date = mz_join(attached, MZ_STR("circa"), " ", date);
    mz_builder_add(entity->builder, 0, MZ_PROP_birthDate, date, birth->date.at);
    mz_str place = mz_join(attached, mz_join(attached, birth->place.text, ", ", birth->city), ", ", birth->region);
    mz_builder_add(entity->builder, 0, MZ_PROP_birthPlace, place, birth->place.at);
    add(entity, 0, MZ_PROP_birthCountry, &birth->country);
}

/* --- contacts --- */

void mz_eu_add_contact(mz_eu_entity *entity, mz_str key, mz_str value, mz_position at) {
    static const struct {
        const char *key;
        mz_property property;
    } kinds[] = {{"PHONE", MZ_PROP_phone}, {"FAX", MZ_PROP_phone}, {"EMAIL", MZ_PROP_email}, {"WEB", MZ_PROP_website}};
    mz_str one;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (!mz_same_word(key, kinds[i].key)) continue;
        while (mz_next_between(&value, ",;", &one)) mz_builder_add(entity->builder, 0, kinds[i].property, one, at);
        return;
    }
    mz_builder_add(entity->builder, 0, MZ_PROP_notes, mz_join(&entity->attached, key, ": ", value), at);
}

/* --- documents --- */

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
static mz_str paper_remarks(mz_eu_entity *entity, const mz_eu_document *document) {
    const struct {
        bool said;
        const char *words;
    } marks[] = {{document->diplomatic, "diplomatic"},
                 {document->expired, "known to be expired"},
                 {document->false_paper, "known to be false"},
                 {document->lost, "reported lost"},
                 {document->revoked, "revoked by its issuer"}};
    mz_attached *attached = &entity->attached;
    mz_str text = document->remark;
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (marks[i].said) text = mz_join(attached, text, "; ", mz_str_of(marks[i].words));
    if (!document->name.size) return text;
    return mz_join(attached, mz_join(attached, text, "; ", MZ_STR("in the name of")), " ", document->name);
}

void mz_eu_add_document(mz_eu_entity *entity, const mz_eu_document *document) {
    const mz_eu_field *number = document->number.text.size ? &document->number : &document->latin;
    mz_builder *builder = entity->builder;
    mz_document paper = {.property = property_of(document->code),
                         .number = number->text,
                         .type = first_of(document->description, document->code),
                         .country = document->country,
                         .issued = first_of(document->issued, document->valid_from),
                         .expires = document->valid_to,
                         .authority = document->issuer,
                         .remarks = paper_remarks(entity, document)};
    paper.property = mz_identifier_refined(paper.property, paper.number, paper.country);
    bool derived = document->taken_from.size > 0;
    mz_fact *fact = mz_attach_document(&entity->attached, &paper, number->at, derived ? MZ_FACT_DERIVED : 0);
    if (fact && derived) fact->original = mz_builder_copy(builder, document->taken_from);
    if (document->number.text.size) add(entity, 0, paper.property, &document->latin);
}

/* --- sanctions --- */

unsigned mz_eu_add_regulation(mz_eu_entity *entity, const mz_eu_regulation *regulation) {
    unsigned sanction = mz_attach_sanction(&entity->attached, MZ_STR("European Union"), regulation->programme.text,
                                           regulation->programme.at);
    add(entity, sanction, MZ_PROP_provisions, &regulation->title);
    add(entity, sanction, MZ_PROP_listingDate, &regulation->published);
    add(entity, sanction, MZ_PROP_startDate, &regulation->in_force);
    add(entity, sanction, MZ_PROP_sourceUrl, &regulation->url);
    return sanction;
}

void mz_eu_add_references(mz_eu_entity *entity, unsigned sanction, const mz_eu_references *references) {
    add(entity, sanction, MZ_PROP_authorityId, &references->reference);
    add(entity, sanction, MZ_PROP_unscId, &references->un_reference);
    add(entity, sanction, MZ_PROP_startDate, &references->designated);
    add(entity, sanction, MZ_PROP_endDate, &references->delisted);
    add(entity, sanction, MZ_PROP_summary, &references->details);
}
