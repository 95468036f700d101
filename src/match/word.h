/* How alike two words of names are: 0 to 1000.
 *
 * Likeness depends on the two words alone. Below MZ_LIKENESS_FLOOR it counts as nothing, so that an index can leave out
 * words that cannot reach it. */
#ifndef MIZAN_MATCH_WORD_H
#define MIZAN_MATCH_WORD_H

#include "names/name.h"
#include "names/spelling.h"

#include <stdint.h>

enum {
    MZ_LIKENESS_SAME = 1000,
    MZ_LIKENESS_FLOOR = 600,
    MZ_LIKENESS_INITIAL = 820,       /* an initial for a word */
    MZ_LIKENESS_EQUIVALENT = 900,    /* a nickname, a translation */
    MZ_LIKENESS_HAN_SHARED = 650,    /* and up to 100 more by how many characters are the same */
    MZ_LIKENESS_OTHER_GENDER = 660,  /* the most for a man's and a woman's given name */
    MZ_LIKENESS_OTHER_LETTERS = 995, /* the most for words that sound the same but are not the same letters */
    MZ_LIKENESS_ARTICLE = 32,        /* in units of cost: an article joined on one side only */
    MZ_LIKENESS_JOIN_FLOOR = 800,    /* least for words written together on one side */
    MZ_LIKENESS_JOIN = 30,           /* what that takes away */
    MZ_LIKENESS_ACRONYM = 910        /* a word that is the acronym of a name; more is charged by its letters */
};

/* Symmetric. 0, or MZ_LIKENESS_FLOOR to MZ_LIKENESS_SAME. */
uint16_t mz_word_likeness(const mz_name_word *a, const mz_name_word *b);

/* The same, where the likeness by sound is known: 0, or MZ_LIKENESS_FLOOR to MZ_LIKENESS_SAME. */
uint16_t mz_word_likeness_by_sound(const mz_name_word *a, const mz_name_word *b, uint16_t by_sound);

/* What of a word may make it less or more alike than it sounds, in a byte. */
enum { MZ_KIND_GENDER = 3, MZ_KIND_GROUPS = 4, MZ_KIND_HAN = 8, MZ_KIND_APART = 16, MZ_KIND_END = 32 };
uint8_t mz_word_kind(const mz_name_word *word);

/* Whether words of these kinds that sound alike, and not the same, are as alike as they sound. */
static inline bool mz_kinds_plain(uint8_t a, uint8_t b) {
    uint8_t both = a & b;
    bool other_gender = a & MZ_KIND_GENDER && b & MZ_KIND_GENDER && (a ^ b) & MZ_KIND_GENDER;
    return !((a | b) & MZ_KIND_APART) && !(both & (MZ_KIND_GROUPS | MZ_KIND_HAN)) && !other_gender;
}

/* A run of phones to be compared by sound alone. */
typedef struct mz_sound {
    const uint8_t *phones;
    size_t count, bare; /* bare: leading phones that may be left out for MZ_LIKENESS_ARTICLE */
} mz_sound;

/* By sound alone, as the left and right side of a table: 0, or at least `floor`. Stops early where the cost cannot stay
 * within what `floor` allows. */
uint16_t mz_sound_likeness(const mz_spelling *spelling, const mz_sound *left, const mz_sound *right, uint16_t floor);

/* The largest cost with which two words of these sizes together can still reach `floor`. Any bound from below on the
 * cost that exceeds it rules the pair out. */
static inline unsigned mz_likeness_budget(unsigned sizes, uint16_t floor) {
    return (unsigned)(MZ_LIKENESS_SAME - floor) * sizes / (2 * MZ_LIKENESS_SAME);
}

/* Words of one side written together against one word of the other. `parts` are 2 or 3 words that follow each other
 * (or stand in exchanged order, for Han and Hangul, where the family name comes first). 0 when they may not be joined:
 * the consonants must be the same, so that an index can look joins up. */
uint16_t mz_join_likeness(const mz_name_word *const *parts, size_t part_count, const mz_name_word *word);

/* The consonants of a join, as mz_phones_skeleton; 0 when these words are never joined. */
uint64_t mz_join_skeleton(const mz_name_word *const *parts, size_t part_count);

/* The same in two steps, for one join against many words. False, and alike to nothing, when they are never joined. */
enum { MZ_JOINED_PHONES_MOST = 3 * MZ_PHONES_MOST };
typedef struct mz_joined {
    uint64_t skeleton;
    size_t phone_count;
    uint8_t phones[MZ_JOINED_PHONES_MOST], system;
} mz_joined;
bool mz_join_sound(const mz_name_word *const *parts, size_t part_count, mz_joined *ret_joined);
/* `floor`, from MZ_LIKENESS_JOIN_FLOOR on: less is 0, before what joining takes away. */
uint16_t mz_joined_likeness(const mz_joined *joined, const mz_name_word *word, uint16_t floor);

#endif
