/* What is known of a word, or of a run of words, from tables: title, particle, legal form, nickname, number … */
#ifndef MIZAN_NAMES_LEXICON_H
#define MIZAN_NAMES_LEXICON_H

#include "mizan/str.h"

#include <stddef.h>
#include <stdint.h>

enum {
    MZ_LEXICON_TITLE = 1,    /* Dr, Sheikh, General: before a person's name */
    MZ_LEXICON_ARTICLE = 2,  /* al, el, the */
    MZ_LEXICON_PARTICLE = 4, /* bin, de, van, and */
    MZ_LEXICON_LEGAL = 8,    /* Ltd, SARL, AO: the group is the form */
    MZ_LEXICON_GENERIC = 16, /* bank, ministry: kinds of organisations; the group is the meaning */
    MZ_LEXICON_NICKNAME = 32,
    MZ_LEXICON_NUMBER = 64,        /* the group is the number */
    MZ_LEXICON_VESSEL = 128,       /* M/V */
    MZ_LEXICON_SIGN = 256,         /* No., №: says that a number follows */
    MZ_LEXICON_COMMON = 512,       /* company, group: says that it is a firm; the group is the meaning */
    MZ_LEXICON_ACTIVITY = 1024,    /* steel, shipping: another one is another firm; the group is the meaning */
    MZ_LEXICON_PLACE = 2048,       /* Syria, Syrian, Damascus: likewise */
    MZ_LEXICON_ROMAN = 4096,       /* i, v, x: a number at the end of a name; the group is the number */
    MZ_LEXICON_ORDINAL = 8192,     /* nd, ème: behind a number in figures */
    MZ_LEXICON_LEADING = 16384,    /* PT, AO: a legal form that stands before the name, though it is short */
    MZ_LEXICON_EQUIVALENT = 32768, /* a name and its abbreviation that mean the same; the group is the meaning */
    /* of persons' names; the group of the first four is an mz_culture */
    MZ_LEXICON_CULTURE = 1 << 16, /* a word that tells a culture */
    MZ_LEXICON_MALE = 1 << 17,    /* a given name of men */
    MZ_LEXICON_FEMALE = 1 << 18,
    MZ_LEXICON_FAMILY = 1 << 19,
    MZ_LEXICON_SUFFIX = 1 << 20,    /* Jr, III: the group is the generation */
    MZ_LEXICON_FILIATION = 1 << 21, /* says whose child; group 1: the father's name follows, 2: stands before */
    MZ_LEXICON_KUNYA = 1 << 22,     /* Abu, Umm: father, mother of */
    /* of organisations again: palm, unity, victory: what they are named after; the group is the meaning */
    MZ_LEXICON_NOTION = 1 << 23
};

/* What an organisation's word means: words that share a group of these kinds mean the same. */
enum {
    MZ_LEXICON_MEANING = MZ_LEXICON_GENERIC | MZ_LEXICON_COMMON | MZ_LEXICON_ACTIVITY | MZ_LEXICON_PLACE |
                         MZ_LEXICON_EQUIVALENT | MZ_LEXICON_NOTION
};

/* A legal form's group has its family above these bits, 0 for none: forms of one family are near. */
enum { MZ_LEXICON_FORM_BITS = 12 };

typedef struct mz_lexeme {
    const struct mz_lexicon_link *links; /* static */
    size_t link_count;
    unsigned kinds; /* all its MZ_LEXICON_… together; 0: the word is not in the tables */
    unsigned bits;  /* log2 of how rare the word is among names; 0: not counted, rarer than all that are */
} mz_lexeme;

/* Looks up words in normal form, blank between them. */
mz_lexeme mz_lexicon_find(mz_str words);

/* The first group of a kind; 0 when it has none. */
unsigned mz_lexeme_group(const mz_lexeme *lexeme, unsigned kind);

/* The i-th link's kind and group. */
void mz_lexeme_link(const mz_lexeme *lexeme, size_t i, unsigned *ret_kind, unsigned *ret_group);

/* Words in the longest entry: how far ahead a reader of names need look. */
size_t mz_lexicon_longest_entry(void);

#endif
