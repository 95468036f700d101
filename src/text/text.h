/* Text of names: UTF-8, scripts, normal form, romanisation.
 *
 * Everything here is a pure function of its arguments: no locale, no state, any thread. Text is UTF-8 with a
 * length; where it comes from outside it is checked once (mz_utf8_valid, or by mz_text_words itself).
 *
 * Sources: Unicode 15 for normal forms and categories (through utf8proc), RFC 3629 for UTF-8, Unihan and CLDR (through
 * ICU, when the tables were made) for Han readings and simplified forms, the character names of Unicode for Indic
 * scripts, Ethiopic and Tifinagh.
 * The alphabets of data/romanisation.tsv are our own, and meant for comparing, not for writing: they follow the
 * commonest spelling in passports and newspapers rather than one standard.
 * Rejected: ICU at run time (31 MB, and vowel-less Arabic all the same); full Unicode confusables (thousands of
 * pairs that no list or query has shown, and that make words of different scripts equal by accident). */
#ifndef MIZAN_TEXT_TEXT_H
#define MIZAN_TEXT_TEXT_H

#include "base/arena.h"
#include "base/buffer.h"
#include "mizan/status.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Scripts of the lists. Good romanisation: Latin, Arabic, Cyrillic, Greek, Hebrew, Han (Mandarin, one reading a
 * character), Hangul, Kana, Armenian, Georgian. The scripts from MZ_SCRIPT_THAI on are coarser: letter by letter,
 * with the unwritten vowel put in where the script has one, not by the spelling rules of a language. */
typedef enum mz_script {
    MZ_SCRIPT_NONE, /* digits, punctuation */
    MZ_SCRIPT_LATIN,
    MZ_SCRIPT_ARABIC,
    MZ_SCRIPT_CYRILLIC,
    MZ_SCRIPT_GREEK,
    MZ_SCRIPT_HEBREW,
    MZ_SCRIPT_HAN,
    MZ_SCRIPT_HANGUL,
    MZ_SCRIPT_KANA,
    MZ_SCRIPT_ARMENIAN,
    MZ_SCRIPT_GEORGIAN,
    MZ_SCRIPT_THAI,
    MZ_SCRIPT_BURMESE,
    MZ_SCRIPT_DEVANAGARI,
    MZ_SCRIPT_BENGALI,
    MZ_SCRIPT_GURMUKHI,
    MZ_SCRIPT_GUJARATI,
    MZ_SCRIPT_ORIYA,
    MZ_SCRIPT_TAMIL,
    MZ_SCRIPT_TELUGU,
    MZ_SCRIPT_KANNADA,
    MZ_SCRIPT_MALAYALAM,
    MZ_SCRIPT_SINHALA,
    MZ_SCRIPT_KHMER,
    MZ_SCRIPT_LAO,
    MZ_SCRIPT_ETHIOPIC,
    MZ_SCRIPT_TIFINAGH,
    MZ_SCRIPT_THAANA,
    MZ_SCRIPT_OTHER, /* letters of a script without a table: folded, never romanised */
    MZ_SCRIPT_COUNT
} mz_script;

/* The script of a letter (marks: of the letters they belong to, where they belong to one script only). */
mz_script mz_script_of(uint32_t code_point);

/* "Latin", "Arabic", …; a static string. */
const char *mz_script_name(mz_script script);

/* Well-formed UTF-8 as RFC 3629 has it: no overlong form, no surrogate, nothing above U+10FFFF. U+0000 is well
 * formed (it separates words; whoever needs C strings checks for it). `ret_bad_offset` (may be NULL) gets the
 * byte where the first malformed sequence starts; it is untouched when the text is valid. */
bool mz_utf8_valid(mz_str text, size_t *ret_bad_offset);

/* The code point at *offset, moving *offset behind it; false at the end. A malformed byte is read as U+FFFD and
 * skipped alone, so that a loop always ends. */
bool mz_utf8_next(mz_str text, size_t *offset, uint32_t *ret_code_point);

/* Writes a code point and returns its length, 1 to 4; U+FFFD for what is no code point. */
size_t mz_utf8_put(uint32_t code_point, char out[4]);

/* A word of a name in normal form. */
typedef struct mz_word {
    mz_str folded;    /* own script: NFKD, case folded, marks and invisible characters dropped, spelling variants of
                         one letter made one, digits as ASCII. Never empty. For Latin the same bytes as `latin`,
                         but for the few letters that have no romanisation */
    mz_str latin;     /* romanised: only a-z and 0-9. From the letters as written, so that it may tell apart what
                         `folded` does not (final ta marbuta). Empty when no table knows any of its letters */
    mz_str original;  /* as written: a slice of the input, with marks and apostrophes inside, and with the dots of an
                         abbreviation: "U.S.A." */
    uint64_t lone_h;  /* by byte of latin, of the first 64: an h that is a letter of its own, never part of the "sh" or
                         "th" that it happens to stand in: طه is t and h */
    mz_script script; /* of most of its letters; look-alike letters of another script are read as that script's */
    bool abjad;       /* latin lacks the short vowels: Arabic script, Hebrew */
    bool number;      /* digits only */
    bool lookalike;   /* letters of another script, or 0 and 1, stood in for this one's */
} mz_word;

/* Splits a name into words in normal form, in the order written.
 *
 * - Separators: white space, controls, hyphens and dashes, slashes, commas, brackets, double quotes, symbols, the
 *   middle dot of Kana and of Chinese. An ampersand separates like any other.
 * - A dot separates, except after letters that each have one: "U.S.A." and "S.A.R.L" are one word (see
 *   `original` to tell "J.R." from "Jr").
 * - Apostrophes of all kinds and modifier letters are dropped: O'Brien is "obrien", Nu‘man "numan". The double
 *   quote of Hebrew abbreviations is dropped between two Hebrew letters.
 * - Bidi controls, zero-width characters (ZWNJ too), soft hyphens, variation selectors, U+FFFD are dropped.
 * - A run of digits is a word of its own: "Factory7" is "factory", "7". But one 0 or 1 between two letters is read
 *   as o, i or l ("M0hammed": changed, lookalike), and "g00gle" stays one word as it is (lookalike).
 * - Han, Kana, Hangul and alphabetic letters separate from each other; a run of each is one word, as is a run of
 *   Thai, Khmer, Lao, Burmese.
 * - An alphabetic word of mixed scripts is read in the script that the fewest letters must be changed for; where
 *   letters have no look-alike in it, it is split between the scripts.
 * - Camel case is no border: McDonald and MCDONALD are the same word.
 *
 * Words, and the bytes of folded and latin, are in the arena (original: in `name`). At most `most_words`; *ret_cut says
 * that there were more. A name without letters and digits gives no words and is no error. MZ_ERR_INPUT: not UTF-8, with
 * the byte as column; MZ_ERR_MEMORY: the arena is full; MZ_ERR_LIMIT: a name of 16 MiB or more. Time and memory are
 * linear in the length of the name. */
mz_status mz_text_words(mz_str name, mz_arena *arena, size_t most_words, mz_word **ret_words, size_t *ret_count,
                        bool *ret_cut, mz_error *error);

/* Columns that a text takes in a terminal: 0 for marks and controls, 2 for wide letters. */
size_t mz_display_width(mz_str text);

#endif
