/* Ways in which people, forms and systems change a name: the classes of the test.
 *
 * A class is one small function on a name in hand, with a name for machines, a title in three languages, and whom it
 * applies to. It is a pure function of the name, of what else is known of who bears it, and of a seed: the same seed
 * changes the same name in the same way, whatever else is in the sample. A class that cannot change a name (no article
 * to drop, no letter to double) says so, and the name is not counted for it.
 *
 * The classes are those of published tests of supervisors and of banks' own: word order, typing errors, sounds and
 * transliterations, joined and split words, parts that come and go, marks, payment fields, disguise. Letters and
 * spellings are our own tables and not the engine's, so that it is not asked just what it knows.
 *
 * Rejected: changes drawn from a corpus of real errors, which no user can repeat. */
#ifndef MIZAN_EFFECTIVENESS_CHANGE_H
#define MIZAN_EFFECTIVENESS_CHANGE_H

#include "base/buffer.h"
#include "mizan/date.h"
#include "mizan/effectiveness.h"
#include "text/text.h"

enum {
    MZ_CHANGE_LETTERS = 512, /* a longer name is not changed */
    MZ_CHANGE_WORDS = 64
};

/* Whom a class applies to. */
enum { MZ_OF_PERSONS = 1, MZ_OF_FIRMS = 2, MZ_OF_SHIPS = 4, MZ_OF_ALL = 7 };

/* Where a name in Latin letters comes from, as far as the list says it. */
typedef enum mz_transliterated { MZ_FROM_UNKNOWN, MZ_FROM_ARABIC, MZ_FROM_CYRILLIC, MZ_FROM_CHINESE } mz_transliterated;

/* Who is asked for: texts are borrowed. */
typedef struct mz_changed {
    mz_str id, name; /* of the listed entity or the customer */
    mz_str birth_date, nationality;
    unsigned kinds;
    mz_script script;
    bool other_script; /* it is listed in another script, too */
    mz_transliterated from;
} mz_changed;

/* A name in hand. */
typedef struct mz_change {
    uint32_t letters[MZ_CHANGE_LETTERS];
    size_t size;
    bool overflow; /* it outgrew its room */
    uint64_t random;
    const mz_changed *of;
    char birth_date[MZ_DATE_TEXT_SIZE]; /* to ask with; empty: by name alone */
    mz_str nationality;
} mz_change;

typedef bool mz_change_function(mz_change *change);

typedef struct mz_change_kind {
    mz_change_class class;
    unsigned kinds;
    uint32_t scripts;  /* bits by mz_script; 0: any */
    bool hides_script; /* what the list has in the script that is asked in does not count */
    mz_change_function *function;
} mz_change_kind;

/* The whole table, in the order of reports. */
const mz_change_kind *mz_change_kinds(size_t *ret_count);

/* What a name is asked as, by a class and a seed; the texts are the change's or in `out`, which is cleared. False: the
 * class does not apply. */
bool mz_change_apply(const mz_change_kind *kind, uint64_t seed, const mz_changed *of, mz_change *change,
                     mz_buffer *out);

/* Kinds of a schema; 0 when there is nobody to ask for. */
unsigned mz_change_kinds_of(mz_schema schema);
/* The script of most letters of a name. */
mz_script mz_script_of_name(mz_str name);

/* A number that depends on nothing but the seed and these texts. */
uint64_t mz_change_seed(uint64_t seed, mz_str what, mz_str id, mz_str name);

/* ---- for the functions of the classes ---- */

typedef struct mz_span {
    size_t from, to;
} mz_span;

/* A number below `below`, which is not 0. */
uint32_t mz_change_random(mz_change *change, uint32_t below);
/* The words between blanks; at most MZ_CHANGE_WORDS. */
size_t mz_change_words(const mz_change *change, mz_span words[MZ_CHANGE_WORDS]);
/* Puts UTF-8 text in the place of the letters of a span. */
void mz_change_put(mz_change *change, mz_span span, const char *text);
void mz_change_put_letter(mz_change *change, mz_span span, uint32_t letter);
/* The words in this order, with one blank between. */
void mz_change_order(mz_change *change, const mz_span *words, const size_t *order, size_t count);
/* One of the words that have at least so many letters; false when none has. */
bool mz_change_pick(mz_change *change, size_t least, mz_span *ret_word);

bool mz_letter_is_upper(uint32_t letter);
uint32_t mz_letter_upper(uint32_t letter);
uint32_t mz_letter_lower(uint32_t letter);
/* Of any script; digits and marks are none. */
bool mz_letter_is(uint32_t letter);

/* clang-format off */
#define MZ_CHANGE_CLASSES(X) \
    X(as_listed) \
    X(lower_case) \
    X(capitals) \
    X(blanks) \
    X(reversed) \
    X(family_first) \
    X(shuffled) \
    X(letter_added) \
    X(letter_lost) \
    X(letter_replaced) \
    X(letters_exchanged) \
    X(neighbour_key) \
    X(first_letter) \
    X(letter_doubled) \
    X(letter_single) \
    X(typo_each_word) \
    X(vowel_replaced) \
    X(vowel_lost) \
    X(spelling) \
    X(spelling_each_word) \
    X(spelling_arabic) \
    X(spelling_slavic) \
    X(spelling_chinese) \
    X(article_joined) \
    X(article_lost) \
    X(article_other) \
    X(writing_arabic) \
    X(writing_cyrillic) \
    X(romanised) \
    X(other_script) \
    X(words_joined) \
    X(word_split) \
    X(middle_lost) \
    X(word_lost) \
    X(word_added) \
    X(word_repeated) \
    X(initial) \
    X(initials) \
    X(title) \
    X(suffix) \
    X(marks_lost) \
    X(marks_added) \
    X(hyphens_added) \
    X(punctuation_lost) \
    X(dots_added) \
    X(digits_for_letters) \
    X(look_alikes) \
    X(zero_width) \
    X(bidi_marks) \
    X(full_width) \
    X(cut_at_35) \
    X(broken_at_35) \
    X(form_lost) \
    X(form_other) \
    X(form_written) \
    X(word_abbreviated) \
    X(ampersand) \
    X(ship_mark) \
    X(number_written) \
    X(with_birth_date) \
    X(day_month_exchanged) \
    X(birth_year) \
    X(birth_year_near) \
    X(with_nationality)
/* clang-format on */

#define MZ_X(name) mz_change_function mz_change_##name;
MZ_CHANGE_CLASSES(MZ_X)
#undef MZ_X

#endif
