/* A name on its way from words to a parsed name: what name.c and organisation.c share, and nobody else. */
#ifndef MIZAN_NAMES_DRAFT_H
#define MIZAN_NAMES_DRAFT_H

#include "names/lexicon.h"
#include "names/name.h"

/* What roles are told from: of each word of the finished name. */
typedef struct mz_word_hint {
    mz_str latin;
    unsigned kinds; /* MZ_LEXICON_… */
    uint8_t side;   /* the group of MZ_LEXICON_FILIATION */
    uint8_t told;   /* mz_role that the source of the name gives it; MZ_ROLE_NAME: none */
} mz_word_hint;

typedef struct mz_draft {
    mz_arena *arena;
    mz_name *name;
    mz_word words[MZ_NAME_WORDS_MOST];
    uint8_t aside[MZ_NAME_WORDS_MOST]; /* taken out: legal form or number */
    size_t count;
    /* of an organisation's words: what the word means, or the run of words that it is one of */
    mz_lexeme meaning[MZ_NAME_WORDS_MOST];
    uint8_t run[MZ_NAME_WORDS_MOST];
    mz_word_hint hints[MZ_NAME_WORDS_MOST]; /* by finished word */
} mz_draft;

/* Adds a word; where there is no room for it, the name is marked as cut. */
void mz_draft_push(mz_draft *d, const mz_word *word);

/* Adds a word, or its parts where it is a compound that is also written apart. */
mz_status mz_draft_split(mz_draft *d, const mz_word *word, mz_error *error);

/* Adds a part of a word, read as a word of its own. */
mz_status mz_draft_part(mz_draft *d, const mz_word *whole, mz_str part, mz_error *error);

/* The lexicon entry of words [first, first + count), by normal form. */
mz_lexeme mz_draft_lexeme(const mz_draft *d, size_t first, size_t count);

/* Gives each word of the name its role. */
void mz_draft_roles(const mz_draft *d, mz_name_word *words);

/* Adds a word of a script without blanks, taken apart into family and given name where it begins with a family name. */
mz_status mz_draft_unspaced(mz_draft *d, const mz_word *word, mz_error *error);

/* Reads a name in the spelling of Wade and Giles as pinyin. */
void mz_draft_wade_giles(mz_draft *d);

/* Adds the words of the name of an organisation, a ship, an aircraft. */
mz_status mz_draft_organisation(mz_draft *d, const mz_word *found, size_t count, mz_error *error);

/* Takes legal forms off the end and the beginning, the longest first, as long as a word is left. */
void mz_draft_legal_forms(mz_draft *d);

/* Finds what the words left mean. */
void mz_draft_meanings(mz_draft *d);

/* What an organisation's word is, by its meaning; MZ_WORD_PLAIN when it has none. */
mz_word_class mz_organisation_class(const mz_lexeme *meaning);

/* Of 100, and log2 of how rare it is, for a word that is not plain; `run`: words that share the meaning. */
uint8_t mz_organisation_weight(const mz_lexeme *meaning, unsigned run);
uint8_t mz_organisation_bits(const mz_lexeme *meaning);

/* Puts numbers aside: they distinguish, they do not vary. Words for numbers only in firms' and ships' names. */
void mz_draft_numbers(mz_draft *d);

#endif
