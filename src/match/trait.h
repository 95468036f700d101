/* Traits: what is known of an entity beside its names, in the form in which it is kept in an image and compared.
 *
 * A trait is one fact. Its text stays as it is shown; what comparing needs beside it is either small enough to be kept
 * (days, the country that issued a number) or made of the text when it is compared (the words of a place). */
#ifndef MIZAN_MATCH_TRAIT_H
#define MIZAN_MATCH_TRAIT_H

#include "mizan/date.h"
#include "mizan/entity.h"
#include "mizan/identifier.h"

typedef enum mz_trait_kind {
    MZ_TRAIT_DATE,
    MZ_TRAIT_COUNTRY,
    MZ_TRAIT_GENDER,
    MZ_TRAIT_PLACE, /* of birth */
    MZ_TRAIT_ADDRESS,
    MZ_TRAIT_IDENTIFIER,
    MZ_TRAIT_KIND_COUNT
} mz_trait_kind;

enum {
    MZ_TRAIT_CIRCA = 1,
    MZ_TRAIT_DOUBTFUL = 2,       /* an identifier with a wrong check digit or shape: never decides */
    MZ_TRAIT_CALENDAR = 4,       /* a date of the Hijri or the Persian calendar; its days are as if it were not */
    MZ_TRAIT_PRECISION_SHIFT = 4 /* dates: mz_date.precision from this bit on */
};

enum {
    MZ_TRAIT_COUNTRY_BYTES = 4,
    MZ_TRAIT_PLACES_MOST = 16 /* places and addresses of one entity that are compared */
};

struct mz_place;

/* One thing known beside the names. */
typedef struct mz_trait {
    mz_str text;                          /* as shown; the normal form of identifiers, countries and genders */
    const struct mz_place *place;         /* places and addresses: the text taken apart, or NULL when it is not yet */
    int32_t first_day, last_day;          /* dates */
    char country[MZ_TRAIT_COUNTRY_BYTES]; /* identifiers: the code of the country that issued it; zeros: not known */
    uint16_t property;
    uint8_t kind, flags;
} mz_trait;

/* The trait that a fact is; false when it is none. `text` is the fact's. */
bool mz_trait_of(const mz_fact *fact, mz_trait *ret_trait);

/* Says which country issued a number, where the code is short enough to be kept. */
void mz_trait_issued_in(mz_trait *trait, mz_str country);

/* Numbers that are not said to be of a country are, where there is one per country, of the bearer's only nationality.
 */
void mz_traits_settle(mz_trait *traits, size_t count);

/* Whether an identifier may decide: long enough, not a row of equal digits, and its check is not wrong. */
bool mz_trait_decides(const mz_trait *trait);

/* 000000, 123456: what is entered where a number is asked for and there is none; and a document without digits. */
bool mz_trait_filled_in(const mz_trait *identifier);

/* Whether numbers of these kinds may be the same number: one kind, or kinds that lists and clerks confuse, a passport
 * with another document, a tax number with a registration. */
bool mz_same_kind_of_number(mz_property a, mz_property b);

/* The text under which a number is looked up, and by which two are the same: as it is, but for documents without
 * leading zeros and with the letters O and I as the digits that they are taken for. At most MZ_IDENTIFIER_SIZE. */
mz_str mz_trait_key(const mz_trait *identifier, char room[MZ_IDENTIFIER_SIZE]);

#endif
