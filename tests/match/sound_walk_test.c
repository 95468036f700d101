/* Rows of an alignment made sixteen cells at once are those made cell by cell, and are left out only where no cell is
 * within limits. */
#include "match/sound_row.h"

#include "test.h"

#include <stdlib.h>

enum { ROUNDS = 3000, LONGEST = MZ_ROW_LANES - 1 };

static uint64_t state = 0x9E3779B97F4A7C15u;

static uint32_t chance(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % below;
}

static size_t invent(uint8_t *phones, uint32_t longest) {
    size_t count = 1 + chance(longest);
    for (size_t p = 0; p < count; p++) phones[p] = (uint8_t)(1 + chance(MZ_PHONE_COUNT - 1));
    return count;
}

static bool leads_on(const mz_sound_walk *walk, const mz_sound_cells *row, const mz_sound_cells *limits,
                     const mz_sound_cells *also, int share) {
    for (size_t j = 0; j <= walk->count; j++)
        if (row->at[j] <= limits->at[j] + share && row->at[j] <= also->at[j] + share) return true;
    return false;
}

TEST(sixteen_cells_at_once_are_those_one_by_one) {
    static mz_sound_walk walk;
    static mz_sound_cells rows[MZ_SOUND_HALF_MOST + 1];
    size_t made = 0, left_out = 0;
    for (int round = 0; round < ROUNDS; round++) {
        uint8_t query[LONGEST], phones[MZ_SOUND_HALF_MOST];
        mz_name_word asked = {.phones = query, .phone_count = (uint8_t)invent(query, LONGEST)};
        size_t count = invent(phones, MZ_SOUND_HALF_MOST);
        asked.system = (uint8_t)chance(MZ_SOUND_SYSTEM_COUNT);
        mz_sound_walk_start(&walk, &asked, (mz_sound_system)chance(MZ_SOUND_SYSTEM_COUNT), 0, chance(2),
                            MZ_SOUND_HALF_MOST, (uint16_t)(MZ_LIKENESS_FLOOR + chance(400)));
        rows[0] = walk.first;
        unsigned size = 0;
        for (size_t r = 1; r <= count; r++) {
            uint8_t phone = phones[r - 1], before = r > 1 ? phones[r - 2] : 0;
            unsigned place = mz_sound_walk_place(&walk, r, SIZE_MAX);
            const mz_sound_cells *limits = &walk.half[count - r], *also = &walk.on[r];
            size += walk.sizes[phone];
            int share = mz_sound_walk_share(&walk, size);
            if (r > 1 && mz_sound_walk_turns(&walk, before, phone)) phones[r - 1] = phone = before;
            mz_sound_cells lanes = {{0}};
            bool leads =
                mz_lanes_row(&rows[r - 1], &walk.exchange[phone], walk.omit[place][phone], limits, also, share, &lanes);
            mz_sound_walk_row(&walk, rows, r, (mz_sound_step){phone, before, place});
            mz_test_case("round %d, row %zu", round, r);
            CHECK_INT(leads_on(&walk, &rows[r], limits, also, share), leads);
            for (size_t j = 0; leads && j <= walk.count; j++) CHECK_INT(rows[r].at[j], lanes.at[j]);
            /* what lies behind the query's end is dear, as in the row that nothing comes before */
            for (size_t j = walk.count + 1; j < MZ_ROW_LANES; j++) rows[r].at[j] = MZ_SOUND_DEAR;
            made += leads;
            left_out += !leads;
        }
    }
    CHECK(made > ROUNDS / 4 && left_out > ROUNDS);
}

TEST_MAIN()
