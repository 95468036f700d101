/* One word aligned with many others that stand in the order of their phones, as mz_sound_likeness aligns two.
 *
 * A row of the alignment depends on the beginning of the other word only: words that begin alike share their first
 * rows. Whoever walks over the words keeps the rows that the next one shares and adds those that are its own. Of a row
 * only what lies between its first and its last cell within a limit is kept: nothing beyond it becomes cheaper again.
 *
 * The cost is that of mz_sound_likeness to the bit (tests/index/alike_test.c); what stands there about the places
 * of phones, articles and sounds in exchanged order holds here too. */
#ifndef MIZAN_MATCH_SOUND_WALK_H
#define MIZAN_MATCH_SOUND_WALK_H

#include "names/name.h"
#include "names/spelling.h"

#include <stdint.h>

/* Costs of the beginning of a listed word against each beginning of the query. */
typedef struct mz_sound_walk_row {
    uint16_t costs[MZ_PHONES_MOST + 2]; /* by phones of the query; behind the last kept one stands a dear one */
    uint8_t first, last;                /* what is kept; first > last: nothing */
} mz_sound_walk_row;

typedef struct mz_sound_walk {
    size_t count;                    /* of the query's phones */
    uint64_t places[MZ_PHONE_COUNT]; /* where a phone stands in the query: bits from 1 */
    uint16_t omit_query[MZ_PHONES_MOST + 1];
    int16_t exchange[MZ_PHONE_COUNT][MZ_PHONES_MOST + 1]; /* [listed phone][place in the query, from 1] */
    const uint8_t (*omit_listed)[MZ_PHONE_COUNT];
    unsigned turned, bare; /* bare: leading phones of the listed words that are an article */
    mz_sound_walk_row rows[MZ_PHONES_MOST + 1];
    mz_sound_walk_row wide; /* a row and costs with which sounds in exchanged order are among what a cell comes from */
    int16_t offered[MZ_PHONES_MOST + 1];
} mz_sound_walk;

/* The query against listed words of one system and one `bare`. */
void mz_sound_walk_start(mz_sound_walk *walk, const mz_name_word *query, mz_sound_system listed, size_t bare);

/* Adds row `r` from 1, for words that have more than r phones: `phones` are a listed word's, whose rows before r are
 * there, made with at least this limit. False: no word that begins with these r phones costs `limit` or less. */
bool mz_sound_walk_add(mz_sound_walk *walk, const uint8_t *phones, size_t r, unsigned limit);

/* Whether a listed word costs `limit` or less; its rows before the last are there. */
bool mz_sound_walk_within(mz_sound_walk *walk, const uint8_t *phones, size_t count, unsigned limit);

#endif
