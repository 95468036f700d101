/* One letter of a name on its way to a word; inside the text floor only. */
#ifndef MIZAN_TEXT_LETTERS_H
#define MIZAN_TEXT_LETTERS_H

#include "text/text.h"

typedef enum mz_letter_kind {
    MZ_LETTER_LETTER,
    MZ_LETTER_MARK, /* belongs to the letter before it and is kept: vowel signs of Indic scripts */
    MZ_LETTER_DIGIT,
    MZ_LETTER_DROPPED,   /* a mark that is not kept, or a dot that joins: part of the word as written only */
    MZ_LETTER_INVISIBLE, /* not even that */
    MZ_LETTER_APOSTROPHE,
    MZ_LETTER_QUOTE,      /* separates, unless between Hebrew letters */
    MZ_LETTER_MIDDLE_DOT, /* separates, unless between two l (Catalan) */
    MZ_LETTER_DOT,
    MZ_LETTER_SEPARATOR
} mz_letter_kind;

typedef struct mz_letter {
    uint32_t raw;        /* NFKD and case folded: what romanisation reads; 0 for none */
    uint32_t folded;     /* the own-script form; 0 for none */
    uint32_t start, end; /* bytes in the name */
    uint8_t kind;        /* mz_letter_kind */
    uint8_t script;      /* mz_script of a letter */
    bool upper;          /* was written as a capital */
    bool lookalike;      /* stands for, or was read instead of, a letter of another script or a digit */
} mz_letter;

/* Most letters that one code point becomes: NFKD gives 18 for U+FDFA, a fold doubles some. */
enum { MZ_LETTERS_OF_ONE = 40 };

/* The letters of one code point of a name, written into `out`; returns how many. `before` is the letter in front of
 * it (NULL at the beginning): a mark may change it, and then it alone gets longer. */
size_t mz_letters_of(uint32_t code_point, uint32_t start, uint32_t end, mz_letter *before,
                     mz_letter out[MZ_LETTERS_OF_ONE]);

/* Sets `folded` (and for Latin `raw`) of a letter as data/folds.tsv has it; a fold to two letters makes a second in
 * letter[1]. Returns 1 or 2. */
size_t mz_letter_fold(mz_letter *letter);

/* The syllable that a Korean letter or syllable and the letter behind it make, 0 when they make none. */
uint32_t mz_hangul_join(uint32_t base, uint32_t next);

/* The letter of `script` that looks like this one, 0 when there is none. */
uint32_t mz_letter_lookalike(const mz_letter *letter, mz_script script);

/* Romanises the letters of one word of one script. `out` has room for MZ_ROMANISED_MOST(count) bytes; returns how
 * many were written, all of them a-z or 0-9. `letters` may be put into another order. *ret_lone_h as in mz_word. */
#define MZ_ROMANISED_MOST(count) ((count)*8 + 8)
size_t mz_romanise(mz_script script, uint32_t *letters, size_t count, char *out, uint64_t *ret_lone_h);

#endif
