/* A name on its way from words to a parsed name: what name.c and organisation.c share, and nobody else. */
#ifndef MIZAN_NAMES_DRAFT_H
#define MIZAN_NAMES_DRAFT_H

#include "names/lexicon.h"
#include "names/name.h"

typedef struct mz_draft {
    mz_arena *arena;
    mz_name *name;
    mz_word words[MZ_NAME_WORDS_MOST];
    uint8_t aside[MZ_NAME_WORDS_MOST]; /* taken out: legal form or number */
    size_t count;
} mz_draft;

/* Adds a word; where there is no room for it, the name is marked as cut. */
void mz_draft_push(mz_draft *d, const mz_word *word);

/* Adds a word, or its parts where it is a compound that is also written apart. */
mz_status mz_draft_split(mz_draft *d, const mz_word *word, mz_error *error);

/* The lexicon entry of words [first, first + count), by normal form. */
mz_lexeme mz_draft_lexeme(const mz_draft *d, size_t first, size_t count);

/* Adds the words of the name of an organisation, a ship, an aircraft. */
mz_status mz_draft_organisation(mz_draft *d, const mz_word *found, size_t count, mz_error *error);

/* Takes legal forms off the end and the beginning, the longest first, as long as a word is left. */
void mz_draft_legal_forms(mz_draft *d);

/* Puts numbers aside: they distinguish, they do not vary. Words for numbers only in firms' and ships' names. */
void mz_draft_numbers(mz_draft *d);

#endif
