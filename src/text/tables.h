/* The tables of data/, as tools/text_tables.py turns them into C when building. Only the text floor sees them. */
#ifndef MIZAN_TEXT_TABLES_H
#define MIZAN_TEXT_TABLES_H

#include "text/text.h"

enum {
    MZ_ROMAN_LETTERS = 5,     /* longest sequence of letters in the romanisation table */
    MZ_ROMAN_LATIN_SIZE = 8,  /* with its NUL */
    MZ_FOLD_LETTERS = 2,      /* most letters that one is folded to */
    MZ_HAN_SYLLABLE_SIZE = 7, /* with its NUL */
    MZ_HAN_FIRST = 0x4E00,
    MZ_HAN_COUNT = 0xA000 - 0x4E00,
    MZ_HAN_A_FIRST = 0x3400,
    MZ_HAN_A_COUNT = 0x4DC0 - 0x3400
};

typedef enum mz_roman_kind {
    MZ_ROMAN_LETTER,    /* stands for itself, and takes nothing from the one before */
    MZ_ROMAN_CONSONANT, /* an unwritten vowel follows, unless a sign does */
    MZ_ROMAN_MEDIAL,    /* changes the consonant before it */
    MZ_ROMAN_SIGN       /* a vowel, or what takes the unwritten vowel away */
} mz_roman_kind;

/* Sorted by first letter; among those, the longest first and the anchored before the free. */
typedef struct mz_roman {
    uint16_t letters[MZ_ROMAN_LETTERS];
    uint8_t length;
    uint8_t kind; /* mz_roman_kind */
    bool initial, final;
    char latin[MZ_ROMAN_LATIN_SIZE];
} mz_roman;

/* Sorted by `from`. */
typedef struct mz_fold {
    uint16_t from;
    uint8_t length;
    uint16_t to[MZ_FOLD_LETTERS];
} mz_fold;

/* One shape in three scripts, 0 where a script has none. */
typedef struct mz_lookalike {
    uint16_t latin, cyrillic, greek;
    bool upper, lower; /* the case in which the shapes agree */
} mz_lookalike;

typedef struct mz_han_family {
    uint16_t letters[2]; /* [1] is 0 for a single character */
    uint16_t syllable;
} mz_han_family;

typedef struct mz_han_pair {
    uint16_t from, to;
} mz_han_pair;

extern const mz_roman mz_romans[];
extern const size_t mz_roman_count;
extern const uint16_t mz_roman_pages[1025]; /* the first row whose first letter is 64 times the index or more */
extern const mz_fold mz_folds[];
extern const size_t mz_fold_count;
extern const mz_lookalike mz_lookalikes[];
extern const size_t mz_lookalike_count;
extern const char mz_han_syllables[][MZ_HAN_SYLLABLE_SIZE]; /* [0] is "" */
extern const uint16_t mz_han_readings[MZ_HAN_COUNT];        /* index into mz_han_syllables */
extern const uint16_t mz_han_a_readings[MZ_HAN_A_COUNT];
extern const mz_han_family mz_han_families[];
extern const size_t mz_han_family_count;
extern const mz_han_pair mz_han_simplified[]; /* sorted by `from` */
extern const size_t mz_han_simplified_count;

#endif
