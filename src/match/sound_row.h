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

typedef int16_t mz_lanes __attribute__((vector_size(2 * MZ_ROW_LANES)));

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

/* Whether any lane of a comparison holds. */
#define mz_lanes_any(comparison) mz_lanes_any_of((mz_lanes[]){comparison})
MZ_INLINE bool mz_lanes_any_of(const mz_lanes *which) {
    uint64_t words[sizeof *which / sizeof(uint64_t)];
    memcpy(words, which, sizeof words);
    return (words[0] | words[1] | words[2] | words[3]) != 0;
}

/* Each cell takes the least of itself and the one so many phones of the query before. */
#define MZ_LANES_LEAST_BEFORE(costs, ...)                                                                              \
    do {                                                                                                               \
        mz_lanes before_ = MZ_LANES_PICK(mz_lanes_dear, costs, __VA_ARGS__);                                           \
        mz_lanes_least(&(costs), &before_);                                                                            \
    } while (0)

/* mz_sound_walk_row for a row that nothing special leads to: no exchanged order, no article. Made only if a cell is
 * within both limits and a share; a limit is never nearer than those behind it less what leaving out the query in
 * between costs, so that this shows before such omissions are looked at. */
MZ_INLINE bool mz_lanes_row(const mz_sound_cells *above, const mz_sound_cells *exchange, unsigned omit,
                            const mz_sound_cells *limits, const mz_sound_cells *also, int share, mz_sound_cells *row) {
    mz_lanes before = *mz_lanes_of(above), left_out = before + (int16_t)omit;
    mz_lanes costs =
        MZ_LANES_PICK(mz_lanes_dear, before, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
    costs += *mz_lanes_of(exchange);
    mz_lanes_least(&costs, &left_out);
    mz_lanes limit = *mz_lanes_of(limits);
    mz_lanes_least(&limit, mz_lanes_of(also));
    if (!mz_lanes_any(costs <= limit + (int16_t)share)) return false;
    /* any number of the query's phones left out */
    MZ_LANES_LEAST_BEFORE(costs, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30);
    MZ_LANES_LEAST_BEFORE(costs, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29);
    MZ_LANES_LEAST_BEFORE(costs, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27);
    MZ_LANES_LEAST_BEFORE(costs, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23);
    *(mz_lanes *)(void *)row->at = costs;
    return true;
}

/* Whether a cell is within limits and a share. */
MZ_INLINE bool mz_lanes_within(const mz_sound_cells *row, const mz_sound_cells *limits, int share) {
    return mz_lanes_any(*mz_lanes_of(row) <= *mz_lanes_of(limits) + (int16_t)share);
}

#endif
