/* Names and damage out of a seed, for properties that must hold for every name. Nothing is random but by the seed. */
#ifndef MIZAN_TESTS_MATCH_INVENT_H
#define MIZAN_TESTS_MATCH_INVENT_H

#include <stddef.h>
#include <stdint.h>

typedef struct inventor {
    uint64_t state; /* not 0 */
} inventor;

uint32_t chance(inventor *from, uint32_t below);

/* A word of one to four syllables, in Latin more often than in Arabic, Cyrillic or Han. */
void invent_word(inventor *from, char *out, size_t size);

/* A name of one to six words with particles, titles, initials, and, where wanted, legal forms and numbers. */
void invent_name(inventor *from, char *out, size_t size, int organisation);

/* A name of one to four words, all in one of six scripts: Latin, Arabic, Cyrillic, Greek, Hebrew, Han. */
void invent_in_script(inventor *from, char *out, size_t size, unsigned script);

/* A plain name of `words` Latin words, none of them short. */
void invent_plain(inventor *from, char *out, size_t size, size_t words);

/* Changes `letters` letters of a Latin name: lost, doubled, exchanged, replaced. */
void damage_letters(inventor *from, char *name, size_t size, unsigned letters);

#endif
