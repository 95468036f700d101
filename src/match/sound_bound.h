/* Bounds from below on what a word costs against very many others, 64 of them at a time: one operation on bytes for
 * each step of an alignment, whatever the words are. Who is not ruled out is aligned exactly (sound_lanes.h).
 *
 * Listed words of one system and one number of phones stand in blocks: column i of a block holds phone i of its 64
 * words. A way through the alignment of a word w with the query q is within the floor when
 *
 *     its cost  <=  share × (sizes of w's phones + sizes of q's)            (mz_likeness_budget, not rounded down)
 *
 * Costs are made smaller, never larger, until they fit bytes, and the budget is never made smaller:
 *
 * - A potential u for each phone of the query and v for each phone that a word may have are taken off the costs of all
 *   steps that use the phone, so that every step costs 0 or more still: u is the least that a step costs which uses the
 *   query's phone, less the share that the listed phone brings; v the least that is left then. All steps of a way
 *   together take off the same sum, of the u of the query and the v of the word: the first is part of the budget, the
 *   second is the word's `waste`, known before anything is aligned. It tells most words apart: those that have sounds
 *   with no like in the query.
 * - Two sounds in exchanged order are taken for two exchanges, of half the price each: a phone is exchanged for one
 *   that stands beside it in the query at that price at most, wherever it stands.
 * - All digits are one phone, which costs the least that one of them does.
 * - The reduced costs are shifted right until the budget is less than a byte can hold. Sums of numbers rounded down are
 *   not more than the sum rounded down. Sums stop at 255, which is above the budget.
 * - An article of the query is left out for MZ_LIKENESS_ARTICLE in the first column. One of the listed words is by a
 *   second pass that begins behind it, with a budget larger by the most that the article's phones may bring, less that
 *   price: every way is in one of the passes.
 * - Where the rest of a word and the rest of the query are of different numbers of phones, so many at least are left
 *   out: `length` says at what price.
 *
 * A block is left where no lane of a column is within the budget, waste and length counted; the columns of the
 * alignment that it shares with the block before are not made again, and all blocks that share those it died of are
 * passed over. None of this changes what is within: the scalar twin does none of it but for looking at the waste first.
 *
 * Rejected: walks over trees of the words, forward and backward with half the budget each (a row of one word costs as
 * much as a column of 64); blocks in an order of consonants first (they die no earlier); sixteen bits (half the lanes,
 * and exact costs rule out few words more). */
#ifndef MIZAN_MATCH_SOUND_BOUND_H
#define MIZAN_MATCH_SOUND_BOUND_H

#include "names/name.h"
#include "names/spelling.h"

#include <stdint.h>

enum {
    MZ_BLOCK_LANES = 64,
    MZ_BLOCK_CODES = 32, /* what stands in blocks: phones, all digits as the last code */
    MZ_BLOCK_BUDGET_MOST = 254
};

static inline uint8_t mz_block_code(uint8_t phone) {
    return phone < MZ_BLOCK_CODES - 1 ? phone : MZ_BLOCK_CODES - 1;
}

/* A byte for each word of a block. */
typedef struct mz_block_column {
    uint8_t at[MZ_BLOCK_LANES];
} mz_block_column;

typedef struct mz_sound_bound {
    _Alignas(MZ_BLOCK_LANES) uint8_t exchange[MZ_PHONES_MOST][MZ_BLOCK_CODES]; /* by phone of the query */
    uint8_t omit[MZ_PHONE_PLACES][MZ_BLOCK_CODES];                             /* listed phones */
    uint8_t waste[MZ_BLOCK_CODES];
    _Alignas(MZ_BLOCK_LANES) mz_block_column omit_query[MZ_PHONES_MOST]; /* the same in all lanes, as the following */
    mz_block_column first[MZ_PHONES_MOST + 1];                           /* the query's beginnings against nothing */
    /* by how many more phones the query has left than the word, from -MZ_PHONES_MOST on */
    mz_block_column length[2 * MZ_PHONES_MOST + 1];
    size_t count; /* of the query's phones */
    unsigned shift;
    int budget, spare,
        article; /* not yet shifted: budget; more of it for each phone of a word, for each of its article */
} mz_sound_bound;

/* The query, which has phones, against words of one system of at most `longest` phones, articles of at most `bare` of
 * them. */
void mz_sound_bound_start(mz_sound_bound *bound, const mz_name_word *query, mz_sound_system listed, uint16_t floor,
                          size_t longest, size_t bare);

/* Blocks of words of one number of phones. */
typedef struct mz_block_run {
    const mz_block_column *columns; /* `count` for each block */
    const uint8_t
        *shared; /* of each block, how many of its first columns are one phone, the same as those of the last */
    size_t block_count, count;
    size_t bare; /* phones that are passed over, their article */
} mz_block_run;

/* Columns of an alignment, by phones of a word and of the query. */
typedef struct mz_block_rows {
    _Alignas(MZ_BLOCK_LANES) mz_block_column at[MZ_PHONES_MOST + 1][MZ_PHONES_MOST + 1];
} mz_block_rows;

/* Adds to masks[b] a bit for each word of block b that may be within the floor. `shared` of the first block is not
 * looked at. Returns how many columns were made, which depends on how many lanes are looked at at once. */
typedef uint64_t mz_block_scan(const mz_sound_bound *bound, const mz_block_run *run, mz_block_rows *rows,
                               uint64_t *masks);

/* The kinds of scans that this machine can do, the best first; the last is the scalar twin. All find the same. */
enum { MZ_BLOCK_SCANS_MOST = 4 };
size_t mz_block_scans(mz_block_scan *scans[MZ_BLOCK_SCANS_MOST]);

/* What words of a run may cost, shifted. False: none of them is within the floor. */
bool mz_sound_bound_budget(const mz_sound_bound *bound, const mz_block_run *run, uint8_t *ret_budget);

/* For mz_block_scans: those of the processor, before the scalar one. */
size_t mz_block_scans_fast(mz_block_scan *scans[MZ_BLOCK_SCANS_MOST]);

#endif
