/* Words as sounds: a small alphabet in which plausible spellings of one name lie close together.
 *
 * A word of any script arrives romanised (text/text.h) and is written in 30 phones: Latin digraphs of English, French,
 * German, Polish and the usual romanisations become one phone (kh x, sh S, ch C, ou u …), doubled letters one. What
 * two phones cost to exchange, and one to leave out, depends on the writing systems of the words: names/spelling.h.
 *
 * Rejected: Soundex, Metaphone and their kin (they decide same or different, and for English mouths only). */
#ifndef MIZAN_NAMES_PHONES_H
#define MIZAN_NAMES_PHONES_H

#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    MZ_PHONE_COUNT = 41,       /* 0 is no phone; 1…30 sounds, 31…40 digits 0…9 */
    MZ_PHONE_CLASS_COUNT = 14, /* see mz_phone_class */
    MZ_PHONES_MOST = 48        /* in one word; longer words are cut into several by mz_name_parse */
};

/* Phones as letters, for tables and for people: _aeiouywhbpfvmntdTszSCZJkgqxGrl, then the digits. '_' is no phone. */
char mz_phone_letter(uint8_t phone);
uint8_t mz_phone_of_letter(char letter);

/* Writes the phones of a romanised word (a-z, 0-9) and returns how many, at most `most`; stops where the next would
 * not fit and says in *ret_read how many letters were read. `unspaced`: the romanisation of a script without blanks,
 * in which every letter may begin a word. lone_h as in mz_word. */
size_t mz_phones(mz_str latin, uint64_t lone_h, bool unspaced, uint8_t *ret_phones, size_t most, size_t *ret_read);

/* How a phone is written for a person to read: "sh"; a static string. */
const char *mz_phone_letters(uint8_t phone);

/* The class of a consonant, of which spellings confuse the members: labials 1, labiodentals 2, m 3, n 4, dentals 5, s
 * and z 6, the hushing sounds 7, velars 8, x 9, r 10, l 11, digits 12 and 13; 0 for the weak phones: vowels, h, w, y.
 */
extern const uint8_t mz_phone_classes[MZ_PHONE_COUNT];
static inline uint8_t mz_phone_class(uint8_t phone) {
    return mz_phone_classes[phone];
}

enum { MZ_SKELETON_BITS = 4, MZ_SKELETON_CLASSES = 15 };

/* The consonant classes of a word in order, weak letters (vowels, h, w, y) dropped, a repeated class once, as one
 * number: 4 bits a class, the first lowest, labials 1 and 2, dentals 5 and 6, velars 8 and 9 taken together; words of
 * more than 15 classes are hashed into the upper range. Spellings that differ only in vowels, doubling and kindred
 * consonants share it. 0: nothing but weak letters. */
uint64_t mz_phones_skeleton(const uint8_t *phones, size_t count);

#endif
