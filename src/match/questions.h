/* The questions that the facts of two entities answer; each in a file of its own. For entity_score.c only. */
#ifndef MIZAN_MATCH_QUESTIONS_H
#define MIZAN_MATCH_QUESTIONS_H

#include "match/entity_score.h"
#include "match/place.h"

/* Two dates of the same kind, or a birth and a death. False: they say nothing to each other. */
bool mz_compare_dates(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *ret_finding);

bool mz_compare_countries(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *ret_finding);

/* Whether one is a state that the other was part of, or a territory of it. */
bool mz_countries_of_one_realm(mz_str a, mz_str b);

/* Places of birth, and addresses; both taken apart. */
bool mz_compare_places(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *ret_finding);
bool mz_compare_addresses(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *ret_finding);

/* Two numbers, none of which decides by being the same: one that differs where a bearer has only one, one written
 * wrong, a telephone number. */
bool mz_compare_numbers(const mz_prices *prices, const mz_trait *a, const mz_trait *b, mz_finding *ret_finding);

/* Whether both decide and are the same number. */
bool mz_same_number(const mz_trait *a, const mz_trait *b);

enum {
    MZ_BITS_OF_A_NUMBER = 24
}; /* a million times what is needed to tell the people of a country apart, and no more */

#endif
