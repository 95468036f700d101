/* Words as sounds: a small alphabet in which plausible spellings of one name lie close together.
 *
 * A word of any script arrives romanised (text/text.h) and is written in 30 phones: Latin digraphs of English, French,
 * German, Polish and the usual romanisations become one phone (kh x, sh S, ch C, ou u …), doubled letters one. What
 * two phones cost to exchange, and one to leave out, is in the tables here: sounds that the languages of the lists
 * confuse are cheap (q/k, e/i, o/u), vowels are cheap to lose, consonants are not. The unit is a twelfth of a typing
 * error.
 *
 * Rejected: Soundex, Metaphone and their kin (they decide same or different, and for English mouths only). */
#ifndef MIZAN_NAMES_PHONES_H
#define MIZAN_NAMES_PHONES_H

#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MZ_PHONE_COUNT = 43,       /* 0 is no phone; 1…30 sounds, 31…40 digits 0…9, 41, 42 reserved */
    MZ_PHONE_CLASS_COUNT = 14, /* see mz_phone_class */
    MZ_PHONES_MOST = 48,       /* in one word; longer words are cut into several by mz_name_parse */
    MZ_PHONE_SWAP = 8,         /* what two phones in exchanged order cost */
    MZ_PHONE_SIZE_MOST = 13    /* largest in mz_phone_size */
};

/* Writes the phones of a romanised word (a-z, 0-9) and returns how many, at most `most`; stops where the next would
 * not fit and says in *ret_read how many letters were read. `unspaced`: the romanisation of a script without blanks,
 * in which every letter may begin a word. */
size_t mz_phones(mz_str latin, bool unspaced, uint8_t *ret_phones, size_t most, size_t *ret_read);

/* How a phone is written for a person to read: "sh"; a static string. */
const char *mz_phone_letters(uint8_t phone);

/* What it costs to read one phone for another (symmetric, 0 on the diagonal), and to leave one out. In an abjad the
 * short vowels are not written: there, leaving out a vowel of the other side costs almost nothing. */
extern const uint8_t mz_phone_exchange[MZ_PHONE_COUNT][MZ_PHONE_COUNT];
extern const uint8_t mz_phone_omit[MZ_PHONE_COUNT];
extern const uint8_t mz_phone_omit_abjad[MZ_PHONE_COUNT];

/* How much of a word a phone is; the sizes of two words are what the cost between them is judged against. */
extern const uint8_t mz_phone_size[MZ_PHONE_COUNT];
extern const uint8_t mz_phone_size_abjad[MZ_PHONE_COUNT];
unsigned mz_phones_size(const uint8_t *phones, size_t count, bool abjad);

/* The class of a consonant, of which spellings confuse the members: labials 1, labiodentals 2, m 3, n 4, dentals 5, s
 * and z 6, the hushing sounds 7, velars 8, x 9, r 10, l 11, digits 12 and 13; 0 for the weak phones: vowels, h, w, y.
 */
extern const uint8_t mz_phone_classes[MZ_PHONE_COUNT];
static inline uint8_t mz_phone_class(uint8_t phone) {
    return mz_phone_classes[phone];
}

/* The classes of a word's consonants in order; returns how many, at most `count`. */
size_t mz_phones_consonants(const uint8_t *phones, size_t count, uint8_t *ret_classes);

/* The consonant classes of a word in order, weak letters (vowels, h, w, y) dropped, a repeated class once, as one
 * number: 4 bits a class, the first lowest; words of more than 15 classes are hashed into the upper range. Spellings
 * that differ only in vowels, doubling and near consonants share it. 0: nothing but weak letters. */
uint64_t mz_phones_skeleton(const uint8_t *phones, size_t count);

#endif
