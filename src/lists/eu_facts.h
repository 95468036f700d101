/* Facts of the European Union's consolidated list, made alike for its two forms: the CSV (eu_csv.c) and the XML
 * (eu_xml.c). The forms say the same in columns and in attributes; a reader takes each field with its place, and what
 * the fields mean is decided here, so that a listed entity gives the same record in both. */
#ifndef MIZAN_LISTS_EU_FACTS_H
#define MIZAN_LISTS_EU_FACTS_H

#include "lists/attached.h"
#include "lists/reader.h"

/* A field as published; an absent one is empty. */
typedef struct mz_eu_field {
    mz_str text;
    mz_position at;
} mz_eu_field;

typedef struct mz_eu_entity {
    mz_builder *builder;
    mz_attached attached; /* initialised and done by the reader */
    bool person;
    bool named;     /* the primary name was met: */
    mz_str primary; /* as published */
} mz_eu_entity;

/* "P" and "E", or "person" and "enterprise". */
mz_schema mz_eu_schema(mz_str type, mz_str classification);

/* Starts the record of the entity with this logical id; without a reference ("EU.27.28") it is known by the id. */
void mz_eu_start(mz_eu_entity *entity, mz_str list, mz_schema schema, mz_str key, mz_str reference, mz_position at);

/* The description where it is a country's name, else the code; 00 stands for an unknown country. */
mz_str mz_eu_country(mz_str code, mz_str description);

typedef struct mz_eu_name {
    mz_eu_field whole, first, middle, last, title, function, gender;
    mz_str language; /* ISO 639 in capitals */
    bool weak, former;
} mz_eu_name;
void mz_eu_add_name(mz_eu_entity *entity, const mz_eu_name *name);

typedef struct mz_eu_birth {
    mz_eu_field date, place;
    mz_str year, month, day, first_year, last_year, calendar, city, region;
    mz_eu_field country; /* of mz_eu_country */
    bool circa;
} mz_eu_birth;
void mz_eu_add_birth(mz_eu_entity *entity, const mz_eu_birth *birth);

/* "PHONE", "EMAIL" …, and one or more values between commas or semicolons. An unknown key makes a note of both. */
void mz_eu_add_contact(mz_eu_entity *entity, mz_str key, mz_str value, mz_position at);

typedef struct mz_eu_document {
    mz_eu_field number, latin; /* the number in Latin letters */
    mz_str code, description;  /* "passport", "National passport" */
    mz_str country, issued, valid_from, valid_to, issuer, remark, name;
    bool diplomatic, expired, false_paper, lost, revoked;
    mz_str taken_from; /* the text that number and kind were taken out of; else empty */
} mz_eu_document;
void mz_eu_add_document(mz_eu_entity *entity, const mz_eu_document *document);

typedef struct mz_eu_regulation {
    mz_eu_field programme, title, published, in_force, url;
} mz_eu_regulation;
/* The Sanction of the regulation's programme; returns its number. */
unsigned mz_eu_add_regulation(mz_eu_entity *entity, const mz_eu_regulation *regulation);

/* References and dates of the entity itself, which stand in its first Sanction. */
typedef struct mz_eu_references {
    mz_eu_field reference, un_reference, designated, delisted, details;
} mz_eu_references;
void mz_eu_add_references(mz_eu_entity *entity, unsigned sanction, const mz_eu_references *references);

#endif
