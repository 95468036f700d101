/* Postings: for each word of the vocabulary the names that have it, and of each name what its other words are; the same
 * for words of a name written together, by their consonants.
 *
 * A search reads the names of a common word by the hundred thousand and has to tell from the posting alone that nearly
 * all of them are too dear. So a posting carries its context, a code of 16 bits for each other word of the name. The
 * commonest words have a code of their own, and where there are no more words than codes all have; the rarer ones share
 * codes with those that stand next to them by sound, which a search is likely to find together.
 *
 *     key = full << 4 | half << 1 | light
 *
 * says how many other words of the name are full (a rare word of a person's or a firm's name), how many half (common to
 * firms, titles, initials …), and whether it has light ones (articles, particles), which have no code. Postings of a
 * word stand by key, then by name, so that names of one shape are a run: its contexts are that many codes for each
 * posting, the full ones first. A name with more than MZ_CONTEXT_MOST other words has an open key and no context:
 *
 *     key = MZ_KEY_OPEN | full << 3 | half        each at most what the bits hold
 *
 * A word that a name has twice is one posting, and its own context.
 *
 * Behind the postings of the words stand those of joins (mz_join_row): neighbouring words of a name written together,
 * two or three, and where a name has only two, these in the other order under a key of its own. Their other words are
 * those outside the join, and a place says which are inside: the first of them << 2, and how many; 1 is two words in
 * the other order. Names that have an acronym are postings under its key, without a context, with the place 0. */
#ifndef MIZAN_INDEX_POSTINGS_H
#define MIZAN_INDEX_POSTINGS_H

#include "index/image.h"
#include "index/table.h"
#include "match/name_score.h"

enum {
    MZ_CODE_COUNT = 1 << 16,
    MZ_CODE_NONE = 0,    /* of a light word */
    MZ_FULL_WEIGHT = 50, /* above it a plain word is full */
    MZ_CONTEXT_MOST = 6,
    MZ_KEY_OPEN = 1 << 7,
    MZ_KEY_OPEN_FULL = 15, /* the most that open keys say */
    MZ_KEY_OPEN_HALF = 7
};

static inline bool mz_key_is_open(uint8_t key) {
    return key & MZ_KEY_OPEN;
}

/* Other full and half words: of an open key as many, or more. */
static inline unsigned mz_key_full(uint8_t key) {
    return mz_key_is_open(key) ? key >> 3 & MZ_KEY_OPEN_FULL : key >> 4;
}

static inline unsigned mz_key_half(uint8_t key) {
    return mz_key_is_open(key) ? key & MZ_KEY_OPEN_HALF : key >> 1 & 7u;
}

/* Codes of a posting. */
static inline unsigned mz_key_codes(uint8_t key) {
    return mz_key_is_open(key) ? 0 : mz_key_full(key) + mz_key_half(key);
}

/* Whether a posting may have it. */
static inline bool mz_key_valid(uint8_t key) {
    return mz_key_is_open(key) || mz_key_codes(key) <= MZ_CONTEXT_MOST;
}

typedef enum mz_word_rank { MZ_RANK_LIGHT, MZ_RANK_HALF, MZ_RANK_FULL } mz_word_rank;
static inline mz_word_rank mz_rank_of_word(const mz_word_row *word) {
    if (word->weight <= MZ_LIGHT_WEIGHT) return MZ_RANK_LIGHT;
    return word->class == MZ_WORD_PLAIN && word->weight > MZ_FULL_WEIGHT ? MZ_RANK_FULL : MZ_RANK_HALF;
}

/* The key of a posting, from how many other words of each rank its name has. */
uint8_t mz_posting_key(const uint32_t others[MZ_RANK_FULL + 1]);

enum { MZ_PLACE_SIZE_BITS = 2, MZ_PLACE_TURNED = 1, MZ_JOIN_WORDS_MOST = 3 };

static inline unsigned mz_place_first(uint8_t place) {
    return place >> MZ_PLACE_SIZE_BITS;
}

/* How many words are joined; 0: none, of an acronym. */
static inline unsigned mz_place_size(uint8_t place) {
    unsigned size = place & ((1u << MZ_PLACE_SIZE_BITS) - 1);
    return size == MZ_PLACE_TURNED ? 2 : size;
}

static inline bool mz_place_turned(uint8_t place) {
    return (place & ((1u << MZ_PLACE_SIZE_BITS) - 1)) == MZ_PLACE_TURNED;
}

/* Under which key two words in the other order stand; mz_join_skeleton of theirs is that of these. */
static inline uint64_t mz_turned_key(uint64_t skeleton) {
    return skeleton ? skeleton ^ UINT64_C(0x5455524E45444A4F) : 0;
}

/* Some words of a name that are found written together, or by the name's acronym: then `size` is 0. */
typedef struct mz_join_use {
    uint64_t hash; /* of the key, see table.h */
    uint32_t name;
    uint8_t first, size, turned, reserved;
} mz_join_use;

/* Appends those of one name. */
void mz_postings_joins(const mz_name *name, uint32_t number, mz_buffer *into);

/* What postings are made of: names whose words are numbered as `words` stand. */
typedef struct mz_postings_source {
    const mz_name_row *names;
    uint32_t name_count;
    const mz_name_word_row *uses;
    mz_word_row *words; /* where their postings begin is entered */
    uint32_t word_count;
    const mz_join_use *joins; /* in the order of the names */
    size_t join_count;
} mz_postings_source;

typedef struct mz_postings {
    mz_spill *names, *keys, *contexts; /* uint32, uint8, uint16; the caller's */
    mz_spill *joins;                   /* mz_join_row */
    mz_spill *places;                  /* uint8: of each posting of a join */
    mz_spill *join_entries;            /* mz_entry: numbers of these by the hashes of their keys */
    uint16_t *codes;                   /* by word */
    mz_code_row *shapes;               /* by code */
    uint32_t code_count;
} mz_postings;

/* Makes postings of which the spills are given; failures of these are theirs to tell. `*postings` is to be done with in
 * any case. */
mz_status mz_postings_make(const mz_postings_source *source, mz_postings *postings, mz_error *error);
void mz_postings_done(mz_postings *postings);

#endif
