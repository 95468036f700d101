/* What it costs to read one sound for another, by the writing systems of the two words.
 *
 * Learned from spellings of the same names and from the words nearest to them that are other names
 * (tools/learn/spelling.py; data/names/spelling.tsv): for each of the systems below a table against Latin spelling, one
 * for Latin spellings among each other, one for words without written vowels among each other. Two words that are
 * neither in Latin letters nor of one system are compared by the table of the first of the two in the order below.
 *
 * A difference costs what the sounds of it cost; sizes say how much of a word a sound is. The likeness of two words is
 * 1 - 2 × cost / (sizes of both). What is learned is mixed with what is known by ear (data/names/sounds.tsv): the
 * sources know no typing errors, and write foreign names in Han and Hangul. tools/tables/spelling.py holds the weights,
 * and why.
 *
 * Rejected: joint multigrams over letters (tools/learn/spelling.c says why); either of learned costs and costs by ear
 * alone. */
#ifndef MIZAN_NAMES_SPELLING_H
#define MIZAN_NAMES_SPELLING_H

#include "names/phones.h"
#include "text/text.h"

typedef enum mz_sound_system {
    MZ_SOUNDS_ARABIC,
    MZ_SOUNDS_HEBREW,
    MZ_SOUNDS_HAN,
    MZ_SOUNDS_HANGUL,
    MZ_SOUNDS_KANA,
    MZ_SOUNDS_CYRILLIC,
    MZ_SOUNDS_GREEK,
    MZ_SOUNDS_LATIN, /* and every script without a table of its own */
    MZ_SOUND_SYSTEM_COUNT
} mz_sound_system;

enum {
    MZ_SPELLING_COUNT = MZ_SOUND_SYSTEM_COUNT + 1, /* tables: against Latin, Latin itself, abjads */
    MZ_PHONE_PLACES = 3,                           /* first, inner, last of a word */
    MZ_PHONE_TYPO = 96                             /* about what a wrong consonant costs: the unit of cost is an eighth
                                                      of a twelfth of it */
};

typedef struct mz_spelling {
    uint8_t exchange[MZ_PHONE_COUNT][MZ_PHONE_COUNT]; /* [left][right] */
    uint8_t omit_left[MZ_PHONE_PLACES][MZ_PHONE_COUNT], omit_right[MZ_PHONE_PLACES][MZ_PHONE_COUNT];
    uint8_t size_left[MZ_PHONE_COUNT], size_right[MZ_PHONE_COUNT];
    uint8_t turned; /* two sounds in exchanged order */
} mz_spelling;

extern const mz_spelling mz_spellings[MZ_SPELLING_COUNT];

mz_sound_system mz_sound_system_of(mz_script script);

/* The table by which words of two systems are compared; *ret_turned: a's word is its right side. Where both are of one
 * system the table is symmetric. */
const mz_spelling *mz_spelling_between(mz_sound_system a, mz_sound_system b, bool *ret_turned);

static inline unsigned mz_phone_place(size_t i, size_t count) {
    return i == 0 ? 0 : i + 1 == count ? 2 : 1;
}

/* The size of a word as one side of a table. */
static inline unsigned mz_phones_size(const uint8_t *phones, size_t count, const uint8_t sizes[MZ_PHONE_COUNT]) {
    unsigned size = 0;
    for (size_t i = 0; i < count; i++) size += sizes[phones[i]];
    return size;
}

#endif
