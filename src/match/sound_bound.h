/* Bounds from below on what a word costs against very many others, 64 of them at a time, told from which phones they
 * have alone. Who is not ruled out is aligned (sound_cells.h).
 *
 * Listed words of one system and one number of phones stand in blocks: column i of a block holds phone i of its 64
 * words. A way through the alignment of a word w with the query q is within the floor when
 *
 *     its cost  <=  share × (sizes of w's phones + sizes of q's)            (mz_likeness_budget, not rounded down)
 *
 * Give each phone of the query a potential u, no more than what it costs to leave it out, and each phone that a word
 * may have a potential v: the least that any step costs that uses it, less the share that it brings, and less the u of
 * the query's phone where the step uses one. Then a word costs, less its share, at least the sum of all u and of its
 * v: for each step costs at least the potentials of what it uses, and each phone is used by one step. Where the query
 * has more phones than the word, so many at least are left out, and what leaving these out costs beyond their u is
 * added: it is no less for any of them than for those of which it is cheapest.
 *
 * There are two choices of u, and a word must pass by both. With u as low as it can be, what tells words apart are
 * sounds that they have and the query has not; with u half way up to what leaving out costs, sounds of the query count
 * that they have not.
 *
 * What makes this a bound in bytes:
 *
 * - Two sounds in exchanged order are taken for two exchanges, of half the price each: a phone is exchanged for one
 *   that stands beside it in the query at that price at most, wherever it stands.
 * - All digits are one phone, which costs the least that one of them does.
 * - An article of the query is left out for MZ_LIKENESS_ARTICLE: its phones for no more than their part of that. One of
 *   the listed words is by a second pass that begins behind it, with a budget larger by the most that the article's
 *   phones may bring, less that price: every way is in one of the passes.
 * - To each v a spare is added, so that none is below zero, and to the budget as many as the word has phones. Then all
 *   are scaled until the budget fits a byte, and each v is rounded down. Sums stop at 255; a budget that is above that
 *   rules nothing out.
 *
 * Rejected: walks over trees of the words, forward and backward with half the budget each; alignment of whole blocks in
 * bytes, of which columns are shared by blocks that begin alike (few lanes are left after some columns, and all are
 * paid for); a third choice of u (it rules out one in twenty of what the two leave). */
#ifndef MIZAN_MATCH_SOUND_BOUND_H
#define MIZAN_MATCH_SOUND_BOUND_H

#include "match/sound_sides.h"

enum { MZ_SOUND_TOLLS = 2 };

/* One choice of potentials; those not of bytes are not yet scaled. */
typedef struct mz_sound_toll {
    _Alignas(MZ_BLOCK_CODES) uint8_t listed[MZ_PHONE_PLACES][MZ_BLOCK_CODES]; /* by place in a word and phone */
    int budget, spare;                                                        /* of all words; more for each phone */
    int shorter[MZ_PHONES_MOST + 1]; /* less where the word has so many phones fewer than the query */
    uint32_t scale;                  /* in 2^16ths */
} mz_sound_toll;

typedef struct mz_sound_bound {
    mz_sound_toll tolls[MZ_SOUND_TOLLS];
    size_t count; /* of the query's phones */
    int article;  /* more for each phone of a listed article */
} mz_sound_bound;

/* The query, which has phones, against words of one system. */
void mz_sound_bound_start(mz_sound_bound *bound, const mz_name_word *query, mz_sound_system listed, uint16_t floor);

/* Blocks of words of one number of phones. */
typedef struct mz_block_run {
    const mz_block_column *columns; /* `count` for each block */
    size_t block_count, count;
    size_t bare; /* phones that are passed over, their article */
} mz_block_run;

/* What words of a run may cost by each choice, scaled. False: none of them is within the floor. */
bool mz_sound_bound_budget(const mz_sound_bound *bound, const mz_block_run *run, uint8_t ret_budgets[MZ_SOUND_TOLLS]);

#endif
