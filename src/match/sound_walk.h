/* One word aligned with many others that share beginnings, as mz_sound_likeness aligns two: the tables of the query and
 * the rows of the alignment. index/alike.c walks over the words with them.
 *
 * A row holds what a beginning of a listed word costs against each beginning of the query. All of it is made, always:
 * what a row says is the cost to the bit, whichever way led to it. Its cells are kept less what leaving out all of the
 * query up to there would cost: a run of the query's phones left out then adds nothing, so that the cheapest of all
 * such runs is a least of what stands before. Sixteen cells are made at once; queries of more phones take the scalar
 * twin, which is also the test's oracle.
 *
 * Limits say from which cells a word within the floor can still be reached. A way's worth is its cost less the share of
 * the sizes of both sides that it has aligned (mz_likeness_budget without rounding), and a word reaches the floor where
 * the worth of its cheapest way is 0 or less. What the rest of a way takes off at best is known from the tables of
 * costs: each phone of the query exchanged for the listed phone that brings most size for least cost, or left out;
 * each listed phone left out; two sounds in exchanged order. Limits are rounded up, so that none is too strict.
 *
 * Rejected: dropping single cells (a row of sixteen costs no more than one of four); keeping rows between queries. */
#ifndef MIZAN_MATCH_SOUND_WALK_H
#define MIZAN_MATCH_SOUND_WALK_H

#include "match/word.h"
#include "names/name.h"
#include "names/spelling.h"

#include <stdint.h>

enum {
    MZ_ROW_LANES = 16,
    MZ_SOUND_CELLS = 64,                     /* room for a row of the longest query, in whole runs of lanes */
    MZ_SOUND_HALF_MOST = MZ_PHONES_MOST / 2, /* phones of the first half of a word, and of the second */
    MZ_SOUND_DEAR = 8000                     /* more than any word within a floor costs */
};
_Static_assert((int)MZ_SOUND_CELLS > (int)MZ_PHONES_MOST && MZ_SOUND_CELLS % MZ_ROW_LANES == 0, "a row has room");

typedef struct mz_sound_cells {
    _Alignas(32) int16_t at[MZ_SOUND_CELLS]; /* by phones of the query */
} mz_sound_cells;

typedef struct mz_sound_walk {
    uint8_t query[MZ_PHONES_MOST]; /* its phones, from its end when words are read from theirs */
    unsigned count, size;          /* of the query */
    unsigned bare, query_bare;     /* leading phones that are an article: of listed words, of the query */
    unsigned turned;
    int share;            /* of UNIT of half the sizes: what a word may cost */
    unsigned share_parts; /* the same of 65536, rounded up */
    uint16_t floor;
    bool backward;
    size_t half_most;
    const uint8_t *sizes, *query_sizes;    /* of listed phones, of the query's */
    const uint8_t (*omit)[MZ_PHONE_COUNT]; /* listed phones, by place */
    uint64_t places[MZ_PHONE_COUNT];       /* where a phone stands in the query: bits from 1 */
    uint64_t before[MZ_PHONE_COUNT];       /* the phones that stand right before it there */
    mz_sound_cells first;                  /* the row that nothing comes before */
    mz_sound_cells omitted;                /* what leaving out the query up to a cell costs */
    mz_sound_cells exchange[MZ_PHONE_COUNT];
    /* Limits of a row's cells, the share of the listed phones apart. */
    mz_sound_cells rest[MZ_SOUND_HALF_MOST + 2]; /* by how many phones of the word are left */
    mz_sound_cells half[MZ_SOUND_HALF_MOST + 2]; /* by how many of its half are left at most: worth 0 where it ends */
    mz_sound_cells ends[MZ_SOUND_HALF_MOST + 2]; /* by phones of the half, of one that ends here */
    mz_sound_cells on[MZ_SOUND_HALF_MOST + 2];   /* by phones of the half so far, of one that ends here or goes on */
    /* by how many are left of the half: where the next two phones of the query may be met in exchanged order, or the
     * first of them at its end */
    mz_sound_cells turns[MZ_SOUND_HALF_MOST + 2];
} mz_sound_walk;

/* The query against listed words of one system and one `bare`, read from their beginning or from their end. Halves are
 * of at most `half_most` phones; the other half of a word may have as many, and one less, or when read backward one
 * more. The floor is at least MZ_LIKENESS_FLOOR. */
void mz_sound_walk_start(mz_sound_walk *walk, const mz_name_word *query, mz_sound_system listed, size_t bare,
                         bool backward, size_t half_most, uint16_t floor);

/* The same query, the rest as before but for words of another `bare`. */
void mz_sound_walk_again(mz_sound_walk *walk, size_t bare);

/* What leaving out the r-th phone read costs, of a word of `count` phones or of more than were read. */
static inline unsigned mz_sound_walk_place(const mz_sound_walk *walk, size_t r, size_t count) {
    if (count == 1) return 0;
    if (r == 1) return walk->backward ? 2 : 0;
    return r == count ? walk->backward ? 0 : 2 : 1;
}

/* One more phone of a word. */
typedef struct mz_sound_step {
    uint8_t phone, before; /* before: the one before it, where there is one */
    unsigned place;
} mz_sound_step;

/* Row r of a word; rows[r - 1] is there, and rows[r - 2]. The scalar twin. */
void mz_sound_walk_row(const mz_sound_walk *walk, mz_sound_cells *rows, size_t r, mz_sound_step step);

/* Adds to a word's last row, r, the ways on which an article is left out at the end of a word read backward. */
void mz_sound_walk_close(const mz_sound_walk *walk, mz_sound_cells *rows, size_t r);

/* Whether two phones of a word, as read, stand in the other order in the query. */
static inline bool mz_sound_walk_turns(const mz_sound_walk *walk, uint8_t first, uint8_t second) {
    return walk->before[first] >> second & 1;
}

/* The likeness of a word whose last row this is, at this size; 0 below the floor. */
static inline uint16_t mz_sound_walk_likeness(const mz_sound_walk *walk, const mz_sound_cells *row, unsigned size) {
    unsigned cost = (unsigned)(row->at[walk->count] + walk->omitted.at[walk->count]), sizes = walk->size + size;
    if (!sizes || cost > mz_likeness_budget(sizes, MZ_LIKENESS_FLOOR)) return 0;
    unsigned likeness = MZ_LIKENESS_SAME - 2 * MZ_LIKENESS_SAME * cost / sizes;
    return likeness < walk->floor ? 0 : (uint16_t)likeness;
}

/* The share of a listed beginning of this size, rounded up. */
static inline int mz_sound_walk_share(const mz_sound_walk *walk, unsigned size) {
    return (int)((size * walk->share_parts + UINT16_MAX) >> 16);
}

#endif
