/* Acronyms of organisations: BRT for Belkora Rail Transport.
 *
 * A name has a few acronyms that people form of it, each a key; a word that may be one has a key, too. Equal keys meet:
 * an index keeps them and looks them up, and the scorer compares the same keys, so that nothing is found by one and
 * not by the other. Only initials are known: a name that is made of syllables (Komsomol) is none. */
#ifndef MIZAN_NAMES_ACRONYM_H
#define MIZAN_NAMES_ACRONYM_H

#include "names/name.h"

enum {
    MZ_ACRONYM_LETTERS_LEAST = 3,
    MZ_ACRONYM_LETTERS_MOST = 8,
    MZ_ACRONYMS_MOST = 3 /* of one name */
};

/* The key of a word as an acronym; 0 when it can be none: letters of Latin, Cyrillic or Greek that are no known word.
 */
uint64_t mz_acronym_of_word(const mz_name_word *word);

/* The keys of an organisation's acronyms: of the initials of all words, of all but articles and particles, and of
 * those without "company" or "group" behind them. Returns how many there are, none twice. */
size_t mz_acronyms_of_name(const mz_name *name, uint64_t ret_keys[MZ_ACRONYMS_MOST]);

/* How many letters a word has. */
size_t mz_acronym_letters(const mz_name_word *word);

#endif
