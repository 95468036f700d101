/* One word aligned with many others that stand in the order of their phones, as mz_sound_likeness aligns two.
 *
 * A row of the alignment depends on the beginning of the other word only: words that begin alike share their first
 * rows. Whoever walks over the words keeps the rows that the next one shares and adds those that are its own.
 *
 * What two words may cost is a share of their sizes (mz_likeness_budget). A cell of a row, so many phones of each word
 * aligned, is kept when it costs no more than the share of what is aligned and what the rest can earn at best: each
 * phone of the query that is left is exchanged for the listed phone that brings most size for least cost, or left out;
 * each listed phone that is left beyond that is left out where that earns anything. Two sounds in exchanged order earn
 * no more than two exchanges are taken to. A cell that is not kept can only lead to words that cost too much, and a row
 * is what lies between its first and its last cell that are kept.
 *
 * The cost, and so what is within its share, is that of mz_sound_likeness to the bit (tests/index/alike_test.c). */
#ifndef MIZAN_MATCH_SOUND_WALK_H
#define MIZAN_MATCH_SOUND_WALK_H

#include "names/name.h"
#include "names/spelling.h"

#include <stdint.h>

enum { MZ_SOUND_WALK_CELLS = MZ_PHONES_MOST + 1 };

/* Costs of the beginning of a listed word against each beginning of the query. */
typedef struct mz_sound_walk_row {
    uint16_t costs[MZ_SOUND_WALK_CELLS + 1]; /* by phones of the query; behind the last kept one stands a dear one */
    uint16_t size;                           /* of the beginning */
    uint8_t first, last;                     /* what is kept; first > last: nothing */
} mz_sound_walk_row;

typedef struct mz_sound_walk {
    const uint8_t *query; /* its phones */
    size_t count;
    unsigned size, bare;             /* the query's; leading phones of the listed words that are an article */
    uint64_t places[MZ_PHONE_COUNT]; /* where a phone stands in the query: bits from 1 */
    const uint8_t *sizes;            /* of listed phones */
    const uint8_t (*omit_listed)[MZ_PHONE_COUNT];
    unsigned turned;
    uint16_t omit_query[MZ_SOUND_WALK_CELLS];              /* by place in the query, from 1 */
    int16_t exchange[MZ_PHONE_COUNT][MZ_SOUND_WALK_CELLS]; /* [listed phone][place in the query] */
    /* by listed phone, the least that it costs from a cell of the row before its own: into its row, and to the end of
     * both words when it is the last */
    uint16_t into[MZ_PHONE_COUNT][MZ_SOUND_WALK_CELLS], to_end[MZ_PHONE_COUNT][MZ_SOUND_WALK_CELLS];
    /* by how many phones of a listed word are left at most, and cell: what the rest can earn; and the more of that of
     * the cell and the one behind it */
    int16_t earned[MZ_SOUND_WALK_CELLS][MZ_SOUND_WALK_CELLS], near[MZ_SOUND_WALK_CELLS][MZ_SOUND_WALK_CELLS];
    int surplus; /* what leaving out a listed phone can earn, in thousandths of half a cost */
    mz_sound_walk_row rows[MZ_SOUND_WALK_CELLS];
    mz_sound_walk_row wide; /* a row and costs with which sounds in exchanged order are among what a cell comes from */
    int16_t offered[MZ_SOUND_WALK_CELLS];
} mz_sound_walk;

/* The query against listed words of one system and one `bare`. */
void mz_sound_walk_start(mz_sound_walk *walk, const mz_name_word *query, mz_sound_system listed, size_t bare);

/* Adds rows `from` to `to`, from 1 on, for words that have more than `to` phones and at most `longest`: `phones` are
 * those of one of them, whose rows before are there, made for words as long at least. Returns 0, or a row that nothing
 * is kept of: no such word that begins with so many of these phones reaches MZ_LIKENESS_FLOOR. */
size_t mz_sound_walk_add(mz_sound_walk *walk, const uint8_t *phones, size_t from, size_t to, size_t longest);

/* Whether a listed word reaches MZ_LIKENESS_FLOOR; its rows before the last are there. */
bool mz_sound_walk_within(mz_sound_walk *walk, const uint8_t *phones, size_t count);

#endif
