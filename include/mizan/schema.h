/* Schemata and properties, with the names of FollowTheMoney (https://followthemoney.tech/explorer/), so that
 * its data and its users feel at home. The tables below are the whole model: a line here is a line everywhere. */
#ifndef MIZAN_SCHEMA_H
#define MIZAN_SCHEMA_H

#include "mizan/str.h"

#include <stdbool.h>

MZ_BEGIN_DECLS

/* X(name, parent): each schema has one parent here (FollowTheMoney's first where it has several). */
#define MZ_SCHEMATA(X)                                                                                                 \
    X(Thing, Thing)                                                                                                    \
    X(LegalEntity, Thing)                                                                                              \
    X(Person, LegalEntity)                                                                                             \
    X(Organization, LegalEntity)                                                                                       \
    X(Company, Organization)                                                                                           \
    X(PublicBody, Organization)                                                                                        \
    X(Asset, Thing)                                                                                                    \
    X(Vehicle, Asset)                                                                                                  \
    X(Vessel, Vehicle)                                                                                                 \
    X(Airplane, Vehicle)                                                                                               \
    X(CryptoWallet, Asset)                                                                                             \
    X(BankAccount, Asset)                                                                                              \
    X(Security, Asset)                                                                                                 \
    X(RealEstate, Asset)                                                                                               \
    X(Address, Thing)                                                                                                  \
    X(Position, Thing)                                                                                                 \
    X(Event, Thing)                                                                                                    \
    X(Interval, Interval)                                                                                              \
    X(Identification, Interval)                                                                                        \
    X(Passport, Identification)                                                                                        \
    X(Sanction, Interval)                                                                                              \
    X(Interest, Interval)                                                                                              \
    X(Ownership, Interest)                                                                                             \
    X(Directorship, Interest)                                                                                          \
    X(Membership, Interest)                                                                                            \
    X(Employment, Interest)                                                                                            \
    X(Representation, Interest)                                                                                        \
    X(Occupancy, Interval)                                                                                             \
    X(Family, Interval)                                                                                                \
    X(Associate, Interval)                                                                                             \
    X(Succession, Interest)                                                                                            \
    X(Debt, Interest)                                                                                                  \
    X(UnknownLink, Interest)

typedef enum mz_schema {
#define MZ_X(name, parent) MZ_SCHEMA_##name,
    MZ_SCHEMATA(MZ_X)
#undef MZ_X
        MZ_SCHEMA_COUNT
} mz_schema;

/* What a property's values are; decides how a value is normalised and compared. */
typedef enum mz_property_type {
    MZ_TYPE_NAME,       /* a name of the thing itself */
    MZ_TYPE_NAME_PART,  /* part of a person's name */
    MZ_TYPE_TEXT,       /* prose, short or long */
    MZ_TYPE_DATE,       /* see mizan/date.h */
    MZ_TYPE_COUNTRY,    /* lower-case code, see mizan/country.h */
    MZ_TYPE_IDENTIFIER, /* see mizan/identifier.h */
    MZ_TYPE_ADDRESS,
    MZ_TYPE_GENDER, /* male, female, other */
    MZ_TYPE_TOPIC,  /* sanction, role.pep, … (FollowTheMoney's topics) */
    MZ_TYPE_URL,
    MZ_TYPE_ENTITY /* the id of another entity */
} mz_property_type;

/* X(name, type) */
#define MZ_PROPERTIES(X)                                                                                               \
    X(name, NAME)                                                                                                      \
    X(alias, NAME)                                                                                                     \
    X(weakAlias, NAME)                                                                                                 \
    X(previousName, NAME)                                                                                              \
    X(abbreviation, NAME)                                                                                              \
    X(title, NAME_PART)                                                                                                \
    X(firstName, NAME_PART)                                                                                            \
    X(secondName, NAME_PART)                                                                                           \
    X(middleName, NAME_PART)                                                                                           \
    X(fatherName, NAME_PART)                                                                                           \
    X(motherName, NAME_PART)                                                                                           \
    X(lastName, NAME_PART)                                                                                             \
    X(maidenName, NAME_PART)                                                                                           \
    X(nameSuffix, NAME_PART)                                                                                           \
    X(summary, TEXT)                                                                                                   \
    X(description, TEXT)                                                                                               \
    X(notes, TEXT)                                                                                                     \
    X(keywords, TEXT)                                                                                                  \
    X(topics, TOPIC)                                                                                                   \
    X(program, TEXT)                                                                                                   \
    X(programId, TEXT)                                                                                                 \
    X(programUrl, URL)                                                                                                 \
    X(sourceUrl, URL)                                                                                                  \
    X(website, URL)                                                                                                    \
    X(wikipediaUrl, URL)                                                                                               \
    X(wikidataId, IDENTIFIER)                                                                                          \
    X(publisher, TEXT)                                                                                                 \
    X(createdAt, DATE)                                                                                                 \
    X(modifiedAt, DATE)                                                                                                \
    X(country, COUNTRY)                                                                                                \
    X(mainCountry, COUNTRY)                                                                                            \
    X(jurisdiction, COUNTRY)                                                                                           \
    X(nationality, COUNTRY)                                                                                            \
    X(citizenship, COUNTRY)                                                                                            \
    X(birthCountry, COUNTRY)                                                                                           \
    X(birthDate, DATE)                                                                                                 \
    X(birthPlace, TEXT)                                                                                                \
    X(deathDate, DATE)                                                                                                 \
    X(gender, GENDER)                                                                                                  \
    X(position, TEXT)                                                                                                  \
    X(education, TEXT)                                                                                                 \
    X(ethnicity, TEXT)                                                                                                 \
    X(religion, TEXT)                                                                                                  \
    X(political, TEXT)                                                                                                 \
    X(spokenLanguage, TEXT)                                                                                            \
    X(appearance, TEXT)                                                                                                \
    X(height, TEXT)                                                                                                    \
    X(weight, TEXT)                                                                                                    \
    X(eyeColor, TEXT)                                                                                                  \
    X(hairColor, TEXT)                                                                                                 \
    X(email, IDENTIFIER)                                                                                               \
    X(phone, IDENTIFIER)                                                                                               \
    X(passportNumber, IDENTIFIER)                                                                                      \
    X(socialSecurityNumber, IDENTIFIER)                                                                                \
    X(idNumber, IDENTIFIER)                                                                                            \
    X(taxNumber, IDENTIFIER)                                                                                           \
    X(vatCode, IDENTIFIER)                                                                                             \
    X(registrationNumber, IDENTIFIER)                                                                                  \
    X(licenseNumber, IDENTIFIER)                                                                                       \
    X(leiCode, IDENTIFIER)                                                                                             \
    X(innCode, IDENTIFIER)                                                                                             \
    X(ogrnCode, IDENTIFIER)                                                                                            \
    X(okpoCode, IDENTIFIER)                                                                                            \
    X(kppCode, IDENTIFIER)                                                                                             \
    X(dunsCode, IDENTIFIER)                                                                                            \
    X(cageCode, IDENTIFIER)                                                                                            \
    X(uniqueEntityId, IDENTIFIER)                                                                                      \
    X(npiCode, IDENTIFIER)                                                                                             \
    X(giiNumber, IDENTIFIER)                                                                                           \
    X(permId, IDENTIFIER)                                                                                              \
    X(uscCode, IDENTIFIER)                                                                                             \
    X(swiftBic, IDENTIFIER)                                                                                            \
    X(iban, IDENTIFIER)                                                                                                \
    X(accountNumber, IDENTIFIER)                                                                                       \
    X(isin, IDENTIFIER)                                                                                                \
    X(isinCode, IDENTIFIER)                                                                                            \
    X(ticker, IDENTIFIER)                                                                                              \
    X(imoNumber, IDENTIFIER)                                                                                           \
    X(mmsi, IDENTIFIER)                                                                                                \
    X(callSign, IDENTIFIER)                                                                                            \
    X(serialNumber, IDENTIFIER)                                                                                        \
    X(icaoCode, IDENTIFIER)                                                                                            \
    X(publicKey, IDENTIFIER)                                                                                           \
    X(currency, TEXT)                                                                                                  \
    X(legalForm, TEXT)                                                                                                 \
    X(incorporationDate, DATE)                                                                                         \
    X(dissolutionDate, DATE)                                                                                           \
    X(status, TEXT)                                                                                                    \
    X(sector, TEXT)                                                                                                    \
    X(classification, TEXT)                                                                                            \
    X(type, TEXT)                                                                                                      \
    X(model, TEXT)                                                                                                     \
    X(flag, COUNTRY)                                                                                                   \
    X(pastFlags, COUNTRY)                                                                                              \
    X(tonnage, TEXT)                                                                                                   \
    X(grossRegisteredTonnage, TEXT)                                                                                    \
    X(deadweightTonnage, TEXT)                                                                                         \
    X(buildDate, DATE)                                                                                                 \
    X(address, ADDRESS)                                                                                                \
    X(addressEntity, ENTITY)                                                                                           \
    X(full, ADDRESS)                                                                                                   \
    X(street, TEXT)                                                                                                    \
    X(street2, TEXT)                                                                                                   \
    X(street3, TEXT)                                                                                                   \
    X(city, TEXT)                                                                                                      \
    X(postalCode, TEXT)                                                                                                \
    X(postOfficeBox, TEXT)                                                                                             \
    X(region, TEXT)                                                                                                    \
    X(state, TEXT)                                                                                                     \
    X(remarks, TEXT)                                                                                                   \
    X(number, IDENTIFIER)                                                                                              \
    X(authority, TEXT)                                                                                                 \
    X(authorityId, TEXT)                                                                                               \
    X(unscId, TEXT)                                                                                                    \
    X(recordId, TEXT)                                                                                                  \
    X(provisions, TEXT)                                                                                                \
    X(reason, TEXT)                                                                                                    \
    X(duration, TEXT)                                                                                                  \
    X(listingDate, DATE)                                                                                               \
    X(startDate, DATE)                                                                                                 \
    X(endDate, DATE)                                                                                                   \
    X(date, DATE)                                                                                                      \
    X(role, TEXT)                                                                                                      \
    X(relationship, TEXT)                                                                                              \
    X(percentage, TEXT)                                                                                                \
    X(holder, ENTITY)                                                                                                  \
    X(entity, ENTITY)                                                                                                  \
    X(owner, ENTITY)                                                                                                   \
    X(operator, ENTITY)                                                                                                \
    X(asset, ENTITY)                                                                                                   \
    X(person, ENTITY)                                                                                                  \
    X(relative, ENTITY)                                                                                                \
    X(associate, ENTITY)                                                                                               \
    X(director, ENTITY)                                                                                                \
    X(organization, ENTITY)                                                                                            \
    X(member, ENTITY)                                                                                                  \
    X(employer, ENTITY)                                                                                                \
    X(employee, ENTITY)                                                                                                \
    X(agent, ENTITY)                                                                                                   \
    X(client, ENTITY)                                                                                                  \
    X(predecessor, ENTITY)                                                                                             \
    X(successor, ENTITY)                                                                                               \
    X(post, ENTITY)                                                                                                    \
    X(parent, ENTITY)                                                                                                  \
    X(issuer, ENTITY)                                                                                                  \
    X(subject, ENTITY)                                                                                                 \
    X(object, ENTITY)                                                                                                  \
    X(proof, ENTITY)

typedef enum mz_property {
#define MZ_X(name, type) MZ_PROP_##name,
    MZ_PROPERTIES(MZ_X)
#undef MZ_X
        MZ_PROPERTY_COUNT
} mz_property;

/* Static strings, "Person", "birthDate". */
const char *mz_schema_name(mz_schema schema);
const char *mz_property_name(mz_property property);
mz_property_type mz_property_kind(mz_property property);

/* Look-up by exact name; false when there is none (out-parameter untouched). */
bool mz_schema_find(mz_str name, mz_schema *ret_schema);
bool mz_property_find(mz_str name, mz_property *ret_property);

/* Whether `schema` is `ancestor` or descends from it. */
bool mz_schema_is_a(mz_schema schema, mz_schema ancestor);

/* Whether an entity of one schema may be the one of the other: one is the other's ancestor, or both are
 * legal entities other than Person, or one is a ship or an aircraft and the other an Organization or LegalEntity, which
 * is what some lists call it. Screening compares only such pairs. */
bool mz_schema_comparable(mz_schema a, mz_schema b);

/* The known name nearest to a misspelt one (edit distance at most 3), for error messages; NULL when none. */
const char *mz_schema_nearest(mz_str name);
const char *mz_property_nearest(mz_str name);

MZ_END_DECLS

#endif
