/* Parts of names, read when the program runs: words with their spellings in two scripts, given names by culture, family
 * names, words of firms. Corpora are made of them; nothing of them is kept in the project.
 *
 * The tables of data/names/ are always read. Where a folder with more is given (data/names/ of $MIZAN_SHARED), its
 * pairs of one word in two scripts make the families and the long tail of given names; without it, the words of
 * data/names/frequency.tsv do, romanised by text/. A rank beyond the words that there are is a word invented from the
 * beginning of one and the end of another, in both scripts alike: names go on for ever, as they do in life. */
#ifndef MIZAN_BENCH_PARTS_H
#define MIZAN_BENCH_PARTS_H

#include "base/arena.h"
#include "base/map.h"

/* Scripts whose words are known in Latin letters as well. */
typedef enum part_script {
    PART_ARABIC,
    PART_CYRILLIC,
    PART_HAN,
    PART_HANGUL,
    PART_KANA,
    PART_HEBREW,
    PART_SCRIPTS
} part_script;

/* A word; small letters, either spelling may be empty. */
typedef struct word_part {
    mz_str latin, native;
    uint32_t count; /* how often its source has seen it */
    uint32_t next;  /* another Latin spelling of the same native word; they form a ring */
    bool female;    /* given names */
} word_part;

typedef struct part_list {
    word_part *items;
    uint32_t count, room;
} part_list;

/* Cultures of data/names/persons.tsv that people are drawn from. */
#define PART_CULTURES(X)                                                                                               \
    X(arabic, "arabic")                                                                                                \
    X(maghrebi, "maghrebi")                                                                                            \
    X(iranian, "iranian")                                                                                              \
    X(south_asian, "south-asian")                                                                                      \
    X(turkic, "turkic")                                                                                                \
    X(east_slavic, "east-slavic")                                                                                      \
    X(south_slavic, "south-slavic")                                                                                    \
    X(west_slavic, "west-slavic")                                                                                      \
    X(hebrew, "hebrew")                                                                                                \
    X(western, "western")                                                                                              \
    X(iberian, "iberian")                                                                                              \
    X(african, "african")                                                                                              \
    X(vietnamese, "vietnamese")                                                                                        \
    X(chinese, "chinese")                                                                                              \
    X(korean, "korean")                                                                                                \
    X(japanese, "japanese")

typedef enum part_culture {
#define PART_X(name, text) PART_##name,
    PART_CULTURES(PART_X)
#undef PART_X
        PART_CULTURE_COUNT
} part_culture;

typedef enum part_firm {
    PART_NOTION,
    PART_ACTIVITY,
    PART_GENERIC,
    PART_COMMON,
    PART_PLACE,
    PART_LEGAL,
    PART_FIRMS
} part_firm;
typedef enum firm_script { FIRM_LATIN, FIRM_ARABIC, FIRM_CYRILLIC, FIRM_HAN, FIRM_SCRIPTS } firm_script;

typedef struct parts {
    mz_arena arena;
    bool shared; /* the pairs of the larger folder were there */
    part_list words[PART_SCRIPTS];
    part_list latin; /* all of those that have a Latin spelling, without the native one */
    part_list given[PART_CULTURE_COUNT], family[PART_CULTURE_COUNT]; /* what the tables tell of a culture */
    mz_str *firms[PART_FIRMS][FIRM_SCRIPTS];                         /* as they are written */
    uint32_t firm_count[PART_FIRMS][FIRM_SCRIPTS], firm_room[PART_FIRMS][FIRM_SCRIPTS];
    mz_map by_native[PART_SCRIPTS], by_latin[PART_SCRIPTS];
} parts;

/* `data` is the project's folder of tables, `shared` the folder with more or NULL. */
mz_status parts_read(const char *data, const char *shared, parts **ret_parts, mz_error *error);
void parts_free(parts *p);

enum { PART_WORD_MOST = 96 };

/* A word made for a rank. */
typedef struct made_word {
    char latin[PART_WORD_MOST], native[PART_WORD_MOST];
    uint8_t latin_size, native_size;
    bool female;
} made_word;

/* The word of rank `rank` of a list; beyond its end, one invented of two others. The list must not be empty. */
void parts_word(const part_list *list, uint32_t rank, made_word *ret_word);

#endif
