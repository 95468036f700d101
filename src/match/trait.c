#include "match/trait.h"

#include "base/ascii.h"
#include "base/clock.h"

enum { DECISIVE_BYTES = 5, DOCUMENT_DIGITS = 3, OLDEST_YEAR = 1600, HIJRI_FIRST = 1250, HIJRI_LAST = 1460 };

static bool other_calendar(const mz_date *date) {
    int year, month, day;
    mz_date_from_days(date->first_day, &year, &month, &day);
    return year >= HIJRI_FIRST && year <= HIJRI_LAST;
}

/* Births before 1600 are kept as not understood: of those, years that Muslims count now are dates all the same. */
static bool date_trait(const mz_fact *fact, mz_trait *trait) {
    mz_date date;
    if (!mz_date_parse(fact->value, MZ_DATE_DAY_FIRST, &date)) return false;
    bool calendar = other_calendar(&date), life = fact->property == MZ_PROP_birthDate;
    if ((fact->flags & MZ_FACT_UNPARSED && !calendar) || (calendar && !life)) return false;
    trait->kind = MZ_TRAIT_DATE;
    trait->first_day = date.first_day;
    trait->last_day = date.last_day;
    trait->flags = (uint8_t)((date.circa || date.uncertain ? MZ_TRAIT_CIRCA : 0) | (calendar ? MZ_TRAIT_CALENDAR : 0) |
                             (unsigned)date.precision << MZ_TRAIT_PRECISION_SHIFT);
    return true;
}

static bool date_compared(mz_property property) {
    return property == MZ_PROP_birthDate || property == MZ_PROP_deathDate || property == MZ_PROP_incorporationDate ||
           property == MZ_PROP_buildDate;
}

bool mz_trait_of(const mz_fact *fact, mz_trait *ret_trait) {
    mz_trait trait = {.text = fact->value, .property = (uint16_t)fact->property};
    bool unparsed = fact->flags & MZ_FACT_UNPARSED;
    if (!fact->value.size) return false;
    switch (mz_property_kind(fact->property)) {
    case MZ_TYPE_DATE:
        if (!date_compared(fact->property) || !date_trait(fact, &trait)) return false;
        break;
    case MZ_TYPE_COUNTRY:
        if (unparsed) return false;
        trait.kind = MZ_TRAIT_COUNTRY;
        break;
    case MZ_TYPE_GENDER:
        if (!mz_str_equal(fact->value, MZ_STR("male")) && !mz_str_equal(fact->value, MZ_STR("female"))) return false;
        trait.kind = MZ_TRAIT_GENDER;
        break;
    case MZ_TYPE_IDENTIFIER:
        trait.kind = MZ_TRAIT_IDENTIFIER;
        trait.flags = fact->flags & (MZ_FACT_WRONG_CHECK | MZ_FACT_UNPARSED) ? MZ_TRAIT_DOUBTFUL : 0;
        break;
    case MZ_TYPE_ADDRESS: trait.kind = MZ_TRAIT_ADDRESS; break;
    case MZ_TYPE_TEXT:
        if (fact->property != MZ_PROP_birthPlace) return false;
        trait.kind = MZ_TRAIT_PLACE;
        break;
    case MZ_TYPE_NAME:
    case MZ_TYPE_NAME_PART:
    case MZ_TYPE_TOPIC:
    case MZ_TYPE_URL:
    case MZ_TYPE_ENTITY: return false;
    }
    *ret_trait = trait;
    return true;
}

void mz_trait_issued_in(mz_trait *trait, mz_str country) {
    if (trait->kind != MZ_TRAIT_IDENTIFIER || !country.size || country.size > MZ_TRAIT_COUNTRY_BYTES) return;
    memset(trait->country, 0, sizeof trait->country);
    memcpy(trait->country, country.data, country.size);
}

/* A passport may be another country's (a second nationality, a laissez-passer); these are the bearer's own. */
static bool of_the_bearers_country(unsigned property) {
    return property == MZ_PROP_idNumber || property == MZ_PROP_socialSecurityNumber || property == MZ_PROP_taxNumber ||
           property == MZ_PROP_registrationNumber;
}

/* The one country of a bearer; empty when there is none or more than one. */
static mz_str only_country(const mz_trait *traits, size_t count, mz_property first, mz_property second) {
    mz_str country = {NULL, 0};
    for (size_t t = 0; t < count; t++) {
        if (traits[t].kind != MZ_TRAIT_COUNTRY) continue;
        if (traits[t].property != first && traits[t].property != second) continue;
        if (country.size && !mz_str_equal(country, traits[t].text)) return (mz_str){NULL, 0};
        country = traits[t].text;
    }
    return country;
}

void mz_traits_settle(mz_trait *traits, size_t count) {
    mz_str persons = only_country(traits, count, MZ_PROP_nationality, MZ_PROP_citizenship),
           firms = only_country(traits, count, MZ_PROP_jurisdiction, MZ_PROP_jurisdiction);
    for (size_t t = 0; t < count; t++)
        if (traits[t].kind == MZ_TRAIT_IDENTIFIER && of_the_bearers_country(traits[t].property) &&
            !traits[t].country[0])
            mz_trait_issued_in(&traits[t], persons.size ? persons : firms);
}

/* ---- kinds of numbers ---- */

enum { OF_A_PERSON = 1, OF_A_FIRM = 2 };

static unsigned family_of(mz_property property) {
    static const struct {
        mz_property property;
        unsigned family;
    } families[] = {
        {MZ_PROP_passportNumber, OF_A_PERSON},
        {MZ_PROP_idNumber, OF_A_PERSON | OF_A_FIRM},
        {MZ_PROP_number, OF_A_PERSON | OF_A_FIRM},
        {MZ_PROP_socialSecurityNumber, OF_A_PERSON},
        {MZ_PROP_licenseNumber, OF_A_PERSON | OF_A_FIRM},
        {MZ_PROP_registrationNumber, OF_A_FIRM},
        {MZ_PROP_taxNumber, OF_A_PERSON | OF_A_FIRM},
        {MZ_PROP_vatCode, OF_A_FIRM},
        {MZ_PROP_innCode, OF_A_PERSON | OF_A_FIRM},
        {MZ_PROP_ogrnCode, OF_A_FIRM},
        {MZ_PROP_okpoCode, OF_A_FIRM},
        {MZ_PROP_kppCode, OF_A_FIRM},
        {MZ_PROP_uscCode, OF_A_FIRM},
        {MZ_PROP_uniqueEntityId, OF_A_FIRM},
    };
    for (size_t i = 0; i < sizeof families / sizeof families[0]; i++)
        if (families[i].property == property) return families[i].family;
    return 0;
}

bool mz_same_kind_of_number(mz_property a, mz_property b) {
    return a == b || (family_of(a) & family_of(b)) != 0;
}

static bool filled_in(mz_str text) {
    bool equal = true, rising = true;
    size_t digits = 0, others = 0;
    char before = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (!mz_is_digit(text.data[i])) {
            others++;
            continue;
        }
        if (digits) {
            equal &= text.data[i] == before;
            rising &= text.data[i] == (before == '9' ? '0' : before + 1);
        }
        before = text.data[i];
        digits++;
    }
    return digits < DOCUMENT_DIGITS || (!others && (equal || rising));
}

bool mz_trait_decides(const mz_trait *trait) {
    if (trait->kind != MZ_TRAIT_IDENTIFIER || trait->flags & MZ_TRAIT_DOUBTFUL || trait->text.size < DECISIVE_BYTES ||
        trait->text.size >= MZ_IDENTIFIER_SIZE)
        return false;
    if (trait->property == MZ_PROP_phone || trait->property == MZ_PROP_email) return false;
    char room[MZ_IDENTIFIER_SIZE];
    return mz_trait_key(trait, room).size >= DECISIVE_BYTES && !mz_trait_filled_in(trait);
}

bool mz_trait_filled_in(const mz_trait *identifier) {
    char room[MZ_IDENTIFIER_SIZE];
    return family_of((mz_property)identifier->property) && filled_in(mz_trait_key(identifier, room));
}

mz_str mz_trait_key(const mz_trait *identifier, char room[MZ_IDENTIFIER_SIZE]) {
    mz_str text = identifier->text;
    if (!family_of((mz_property)identifier->property) || text.size >= MZ_IDENTIFIER_SIZE) return text;
    while (text.size && (text.data[0] == '0' || text.data[0] == 'O')) text.data++, text.size--;
    for (size_t i = 0; i < text.size; i++)
        room[i] = (char)(text.data[i] == 'O' ? '0' : text.data[i] == 'I' ? '1' : text.data[i]);
    return (mz_str){room, text.size};
}
