/* A name taken apart: words with what each is and what it weighs, legal forms and numbers beside them.
 *
 * Parsing is the same for the name of a query and of a listed entity, and depends on nothing but the text, on whether
 * it is a person's, and for the roles of its words on the parts that its source gives; so a parsed name can be kept in
 * an image and compared later. */
#ifndef MIZAN_NAMES_NAME_H
#define MIZAN_NAMES_NAME_H

#include "base/arena.h"
#include "mizan/culture.h"
#include "mizan/reading.h"
#include "mizan/schema.h"
#include "mizan/status.h"
#include "names/parts.h"
#include "text/text.h"

typedef enum mz_word_class {
    MZ_WORD_PLAIN,
    MZ_WORD_ARTICLE,  /* al, the */
    MZ_WORD_PARTICLE, /* bin, de, van */
    MZ_WORD_TITLE,    /* Dr, Haji */
    MZ_WORD_GENERIC,  /* company, bank: common in firms' names */
    MZ_WORD_INITIAL,  /* one letter */
    MZ_WORD_NUMBER,   /* a number where the name has nothing else */
    MZ_WORD_ACTIVITY, /* steel, shipping: in a firm's name, common, but another one is another firm */
    MZ_WORD_PLACE,    /* Syria, Damascus: likewise */
    MZ_WORD_SUFFIX,   /* Jr, III: meets its like only */
    MZ_WORD_CLASS_COUNT
} mz_word_class;

/* Of a given name that one gender bears; 0 for all others. */
typedef enum mz_word_gender { MZ_WORD_ANY, MZ_WORD_MALE, MZ_WORD_FEMALE, MZ_WORD_GENDER_COUNT } mz_word_gender;

enum {
    MZ_NAME_WORDS_MOST = 64,  /* words of a name that are compared; more are cut, and said so */
    MZ_WORD_GROUPS_MOST = 6,  /* meanings of one word that are kept */
    MZ_NAME_NUMBERS_MOST = 8, /* numbers, and as many legal forms, of one name */
    MZ_WEIGHT_FULL = 100      /* of a rare family name */
};

typedef struct mz_name_word {
    mz_str folded;   /* normal form in its own script */
    mz_str original; /* as written */
    const uint8_t *phones;
    uint64_t skeleton;                    /* see mz_phones_skeleton */
    uint16_t groups[MZ_WORD_GROUPS_MOST]; /* words that share a group mean the same; 0 behind the last */
    uint8_t phone_count;
    uint8_t bare;   /* leading phones that are an article written joined and may be left out: "al" of alhassan; 0 */
    uint8_t class;  /* mz_word_class */
    uint8_t gender; /* mz_word_gender */
    uint8_t role;   /* mz_role: in this name, the word may have another elsewhere */
    uint8_t script;
    uint8_t system;   /* mz_sound_system of the script */
    uint8_t weight;   /* of 100: what a difference in it matters */
    uint8_t bits;     /* log2 of how rare it is */
    bool capitalised; /* written as a name, Sarl and not SARL or sarl */
} mz_name_word;

typedef struct mz_name {
    mz_str text;
    const mz_name_word *words;
    size_t count;
    uint32_t weight;                        /* of all words together */
    uint16_t legal[MZ_NAME_NUMBERS_MOST];   /* groups of its legal forms, ascending; see MZ_LEXICON_FORM_BITS */
    uint32_t numbers[MZ_NAME_NUMBERS_MOST]; /* as written, ascending; more than 9 digits are hashed */
    uint8_t legal_count, number_count;
    uint8_t culture;   /* mz_culture; unknown for an organisation */
    bool organisation; /* parsed as a firm's, a ship's; else as a person's */
    bool cut;          /* it had more words or numbers than are compared */
} mz_name;

/* Whether a script's names have no blank between family and given name: Han, Hangul, Kana. */
bool mz_script_unspaced(mz_script script);

/* Whether names of a schema are parsed as an organisation's (all but Person). */
bool mz_name_organisation(mz_schema schema);

/* Takes a name apart; its memory is the arena's, slices of `text` are borrowed. A name without a letter or digit
 * has no words. MZ_ERR_INPUT when the text is not UTF-8. */
mz_status mz_name_parse(mz_str text, bool organisation, mz_arena *arena, mz_name *ret_name, mz_error *error);

/* The same of a name whose source tells its parts, which decides what its words do; nothing else differs. Of an
 * organisation's name they are not used. */
mz_status mz_name_parse_parts(mz_str text, bool organisation, const mz_name_parts *parts, mz_arena *arena,
                              mz_name *ret_name, mz_error *error);

#endif
