/* Chance that is the same on every machine: a stream of numbers from a seed, and ranks as frequent as words are.
 *
 * Only whole numbers, so that a corpus does not depend on a mathematics library. The stream is SplitMix64 (Steele, Lea,
 * Flood: Fast splittable pseudorandom number generators, 2014). Ranks follow Zipf's law by steps: the ranks are cut
 * into stretches, each an eighth longer than the one before, and within a stretch all are equally frequent; so a draw
 * is a search among a hundred sums instead of a power function or a table of millions. */
#ifndef MIZAN_BENCH_CHANCE_H
#define MIZAN_BENCH_CHANCE_H

#include <stdbool.h>
#include <stdint.h>

typedef struct chance {
    uint64_t state;
} chance;

static inline uint64_t chance_mix(uint64_t x) {
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

/* A stream of its own for each number: entity 7 is the same in a corpus of ten and in one of a million. */
static inline chance chance_of(uint64_t seed, uint64_t number) {
    return (chance){chance_mix(seed ^ chance_mix(number + 0x9e3779b97f4a7c15u))};
}

static inline uint64_t chance_next(chance *c) {
    return chance_mix(c->state += 0x9e3779b97f4a7c15u);
}

/* 0 … below-1; `below` at least 1. */
static inline uint32_t chance_below(chance *c, uint32_t below) {
    return (uint32_t)(((chance_next(c) >> 32) * below) >> 32);
}

static inline bool chance_percent(chance *c, uint32_t percent) {
    return chance_below(c, 100) < percent;
}

enum { ZIPF_STEPS_MOST = 160 };

typedef struct zipf {
    uint32_t steps;
    uint32_t first[ZIPF_STEPS_MOST + 1]; /* rank at which each stretch begins; the last is the number of ranks */
    uint64_t sum[ZIPF_STEPS_MOST];       /* of the weights up to the end of each */
} zipf;

/* Ranks 0 … ranks-1 (at least 1), rank r about as frequent as (r + shift)^-exponent; `shift` at least 8. `fall` is
 * (8/9)^exponent in 65536ths: 58254 for exponent 1, 57830 for 1.06. */
static inline void zipf_make(zipf *z, uint32_t ranks, uint32_t shift, uint32_t fall) {
    uint64_t height = (uint64_t)1 << 28, total = 0, at = shift;
    z->steps = 0;
    while (at < (uint64_t)ranks + shift && z->steps < ZIPF_STEPS_MOST) {
        uint64_t next = at + at / 8;
        bool last = z->steps == ZIPF_STEPS_MOST - 1 || next >= (uint64_t)ranks + shift;
        if (last) next = (uint64_t)ranks + shift;
        z->first[z->steps] = (uint32_t)(at - shift);
        z->sum[z->steps++] = total += (next - at) * height;
        height = (height * fall) >> 16;
        at = next;
    }
    z->first[z->steps] = ranks;
}

static inline uint32_t zipf_draw(const zipf *z, chance *c) {
    uint64_t total = z->sum[z->steps - 1];
    uint64_t x = (chance_next(c) >> 4) % total; /* the sums are far smaller: no rank gains by it */
    uint32_t low = 0, high = z->steps - 1;
    while (low < high) {
        uint32_t middle = (low + high) / 2;
        if (z->sum[middle] <= x)
            low = middle + 1;
        else
            high = middle;
    }
    return z->first[low] + chance_below(c, z->first[low + 1] - z->first[low]);
}

#endif
