/* Names, slips of the pen and policies drawn by a seed, for tests that hold one search against another: names of
 * invented words in several scripts, with particles, initials, legal forms and numbers, as odd as lists and registers
 * have them. */
#ifndef MIZAN_TEST_INDEX_DRAWN_H
#define MIZAN_TEST_INDEX_DRAWN_H

#include "mizan/policy.h"
#include "mizan/schema.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where what is drawn begins: the same seed, the same draws. Not 0. */
void draw_seed(uint64_t seed);
/* 0 … below-1. */
uint32_t draw_below(uint32_t below);

enum { DRAWN_SCHEMATA = 5 };
extern const mz_schema drawn_schemata[DRAWN_SCHEMATA];

void draw_name(char *out, size_t size, bool organisation);
/* Letters lost, doubled, exchanged, changed; words split, joined, turned round, dropped. */
void draw_damage(char *name, size_t size);
/* What is left of a name is the first letter of each word. */
void draw_shortened(char *name);
/* What a source may say of the words of a name, true or not (mz_fact.roles). */
mz_str draw_roles(void);
/* A policy that mz_policy_read accepts: prices anywhere in their ranges, and rules; the case in hand is its text. */
mz_policy *draw_policy(void);

#endif
