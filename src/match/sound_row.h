/* A row of an alignment (sound_walk.h) made sixteen cells at once, for queries of fewer phones than that, and what is
 * asked of it. Vector extensions of the compiler; to be inlined into functions that are compiled for several kinds of
 * processors. */
#ifndef MIZAN_MATCH_SOUND_ROW_H
#define MIZAN_MATCH_SOUND_ROW_H

#include "match/sound_walk.h"

#define MZ_INLINE static inline __attribute__((always_inline))

/* Sanitizers are not ready when the kind of processor is asked for. */
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) &&               \
    !defined(__SANITIZE_THREAD__)
#define MZ_LANES_CLONES __attribute__((target_clones("arch=x86-64-v3", "default")))
#else
#define MZ_LANES_CLONES
#endif

#ifdef __clang__
#define MZ_LANES_PICK(a, b, ...) __builtin_shufflevector(a, b, __VA_ARGS__)
#else
#define MZ_LANES_PICK(a, b, ...) __builtin_shuffle(a, b, (mz_lanes){__VA_ARGS__})
#endif

typedef int16_t mz_lanes __attribute__((vector_size(2 * MZ_ROW_LANES), may_alias));

static const mz_lanes mz_lanes_dear = {MZ_SOUND_DEAR, MZ_SOUND_DEAR, MZ_SOUND_DEAR, MZ_SOUND_DEAR,
                                       MZ_SOUND_DEAR, MZ_SOUND_DEAR, MZ_SOUND_DEAR, MZ_SOUND_DEAR,
                                       MZ_SOUND_DEAR, MZ_SOUND_DEAR, MZ_SOUND_DEAR, MZ_SOUND_DEAR,
                                       MZ_SOUND_DEAR, MZ_SOUND_DEAR, MZ_SOUND_DEAR, MZ_SOUND_DEAR};

/* By pointer all of them: how vectors are passed by value differs between processors. */
MZ_INLINE void mz_lanes_least(mz_lanes *a, const mz_lanes *b) {
    mz_lanes x = *a, y = *b, least;
    for (int i = 0; i < MZ_ROW_LANES; i++) least[i] = x[i] < y[i] ? x[i] : y[i]; /* becomes one instruction */
    *a = least;
}

MZ_INLINE const mz_lanes *mz_lanes_of(const mz_sound_cells *row) {
    return (const mz_lanes *)(const void *)row->at;
}

/* Each cell takes the least of itself and the one so many phones of the query before. */
#define MZ_LANES_LEAST_BEFORE(costs, ...)                                                                              \
    do {                                                                                                               \
        mz_lanes before_ = MZ_LANES_PICK(mz_lanes_dear, costs, __VA_ARGS__);                                           \
        mz_lanes_least(&(costs), &before_);                                                                            \
    } while (0)

/* mz_sound_walk_row for a row that nothing special leads to: no exchanged order, no article. */
MZ_INLINE void mz_lanes_row(const mz_sound_cells *above, const mz_sound_cells *exchange, unsigned omit,
                            mz_sound_cells *row) {
    mz_lanes before = *mz_lanes_of(above), left_out = before + (int16_t)omit;
    mz_lanes costs =
        MZ_LANES_PICK(mz_lanes_dear, before, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
    costs += *mz_lanes_of(exchange);
    mz_lanes_least(&costs, &left_out);
    /* any number of the query's phones left out */
    MZ_LANES_LEAST_BEFORE(costs, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
    MZ_LANES_LEAST_BEFORE(costs, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
    MZ_LANES_LEAST_BEFORE(costs, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27);
    MZ_LANES_LEAST_BEFORE(costs, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23);
    *(mz_lanes *)(void *)row->at = costs;
}

/* Whether a cell is at most as much as its limit and a share. */
MZ_INLINE bool mz_lanes_within(const mz_sound_cells *row, const mz_sound_cells *limits, int share) {
    mz_lanes within = *mz_lanes_of(row) <= *mz_lanes_of(limits) + (int16_t)share;
    uint64_t words[sizeof within / sizeof(uint64_t)];
    memcpy(words, &within, sizeof words);
    return (words[0] | words[1] | words[2] | words[3]) != 0;
}

/* The greatest of `limits` less `row`. */
MZ_INLINE int mz_lanes_slack(const mz_sound_cells *row, const mz_sound_cells *limits) {
    mz_lanes most = *mz_lanes_of(row) - *mz_lanes_of(limits); /* the other way round: least is one instruction */
    MZ_LANES_LEAST_BEFORE(most, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23);
    MZ_LANES_LEAST_BEFORE(most, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27);
    MZ_LANES_LEAST_BEFORE(most, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
    MZ_LANES_LEAST_BEFORE(most, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
    return -most[MZ_ROW_LANES - 1];
}

/* Into which step (mz_sound_walk_step) a phone may cost that is exchanged for the query's next, by cell, so that it
 * leads within the limits of the next row. */
MZ_INLINE void mz_lanes_steps(const mz_sound_cells *row, const mz_sound_cells *limits, const mz_sound_cells *omitted,
                              int share, mz_sound_cells *steps) {
    mz_lanes left_out = *mz_lanes_of(omitted), next = *mz_lanes_of(limits) + left_out, none = {0};
    mz_lanes slack = MZ_LANES_PICK(next, -mz_lanes_dear, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16);
    slack += (int16_t)(share + MZ_SOUND_OFFSET + (1 << MZ_SOUND_STEP_BITS)) - left_out - *mz_lanes_of(row);
    slack >>= MZ_SOUND_STEP_BITS;
    mz_lanes most = none + (MZ_SOUND_STEPS - 1);
    mz_lanes_least(&slack, &most);
    *(mz_lanes *)(void *)steps->at = slack & (slack > none);
}

MZ_INLINE void mz_lanes_least_of(const mz_sound_cells *a, const mz_sound_cells *b, mz_sound_cells *least) {
    mz_lanes costs = *mz_lanes_of(a);
    mz_lanes_least(&costs, mz_lanes_of(b));
    *(mz_lanes *)(void *)least->at = costs;
}

#endif
