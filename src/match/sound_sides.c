#include "match/sound_sides.h"

#include "match/word.h"

#include <string.h>

mz_sound_sides mz_sound_sides_of(mz_sound_system query, mz_sound_system listed, uint16_t floor) {
    bool turned; /* the listed word is the right side */
    const mz_spelling *spelling = mz_spelling_between(listed, query, &turned);
    return (mz_sound_sides){.spelling = spelling,
                            .listed_right = turned,
                            .sizes = turned ? spelling->size_right : spelling->size_left,
                            .query_sizes = turned ? spelling->size_left : spelling->size_right,
                            .omit = turned ? spelling->omit_right : spelling->omit_left,
                            .omit_query = turned ? spelling->omit_left : spelling->omit_right,
                            /* likeness is rounded up, but for the floor below which nothing counts */
                            .share = MZ_LIKENESS_SAME -
                                     (unsigned)(floor > MZ_LIKENESS_FLOOR ? floor - 1 : MZ_LIKENESS_FLOOR)};
}

void mz_sound_fold(const uint8_t by_phone[MZ_PHONE_COUNT], uint8_t costs[MZ_BLOCK_CODES]) {
    memcpy(costs, by_phone, MZ_BLOCK_CODES);
    for (size_t x = MZ_BLOCK_CODES; x < MZ_PHONE_COUNT; x++)
        if (by_phone[x] < costs[MZ_BLOCK_DIGIT]) costs[MZ_BLOCK_DIGIT] = by_phone[x];
}

void mz_sound_exchange(const mz_sound_sides *sides, uint8_t phone, uint8_t costs[MZ_BLOCK_CODES]) {
    uint8_t column[MZ_PHONE_COUNT];
    if (sides->listed_right) {
        mz_sound_fold(sides->spelling->exchange[phone], costs);
        return;
    }
    for (size_t x = 0; x < MZ_PHONE_COUNT; x++) column[x] = sides->spelling->exchange[x][phone];
    mz_sound_fold(column, costs);
}

void mz_sound_shares(const mz_sound_sides *sides, unsigned unit, uint16_t shares[MZ_BLOCK_CODES]) {
    for (size_t x = 0; x < MZ_BLOCK_CODES; x++) shares[x] = (uint16_t)mz_sound_share(sides, unit, sides->sizes[x]);
    for (size_t x = MZ_BLOCK_CODES; x < MZ_PHONE_COUNT; x++) {
        uint16_t share = (uint16_t)mz_sound_share(sides, unit, sides->sizes[x]);
        if (share > shares[MZ_BLOCK_DIGIT]) shares[MZ_BLOCK_DIGIT] = share;
    }
}
