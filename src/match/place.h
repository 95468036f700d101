/* Places and addresses as people write them, taken apart for comparing: words, numbers, countries.
 *
 * Nothing is known of a word but what it is not: not a country (those are put aside by mz_country_code), not a word of
 * every address (street, province, شارع). What is left is compared like words of names, in any script; cities that have
 * another name in another language are in a table. Rejected: a gazetteer (which of 30 places called Tripoli is meant
 * is not in the text), address grammars by country (lists write an address in one line, in any order). */
#ifndef MIZAN_MATCH_PLACE_H
#define MIZAN_MATCH_PLACE_H

#include "match/trait.h"
#include "names/name.h"

enum {
    MZ_PLACE_BYTES = 512, /* of a text, that are compared */
    MZ_PLACE_WORDS_MOST = 16,
    MZ_PLACE_NUMBERS_MOST = 8,
    MZ_PLACE_COUNTRIES_MOST = 3
};

typedef struct mz_place_word {
    mz_name_word word; /* its letters and sounds; what it would be in a name is not asked */
    uint16_t city;     /* of the table of cities; 0: none */
} mz_place_word;

typedef struct mz_place {
    mz_place_word words[MZ_PLACE_WORDS_MOST];
    size_t word_count;
    uint32_t numbers[MZ_PLACE_NUMBERS_MOST]; /* ascending; the last nine digits */
    size_t number_count;
    const char *countries[MZ_PLACE_COUNTRIES_MOST]; /* codes */
    size_t country_count;
} mz_place;

/* Takes a text apart, in `arena`. NULL when the arena has failed. What is not UTF-8 is a place of no words. */
const mz_place *mz_place_parse(mz_str text, mz_arena *arena);

/* How many words of the two are alike, each with one of the other; symmetric. */
size_t mz_place_words_shared(const mz_place *a, const mz_place *b);

/* Numbers that both have, and those of four digits and more among them: postal codes, boxes. */
size_t mz_place_numbers_shared(const mz_place *a, const mz_place *b, size_t *ret_long);

typedef enum mz_place_countries { MZ_COUNTRIES_UNKNOWN, MZ_COUNTRIES_SHARED, MZ_COUNTRIES_DIFFER } mz_place_countries;
mz_place_countries mz_place_countries_of(const mz_place *a, const mz_place *b);

#endif
