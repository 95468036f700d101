#include "index/branches.h"

static void take_larger(uint16_t sizes[MZ_SOUND_SYSTEM_COUNT], const uint16_t others[MZ_SOUND_SYSTEM_COUNT]) {
    for (size_t s = 0; s < MZ_SOUND_SYSTEM_COUNT; s++)
        if (sizes[s] < others[s]) sizes[s] = others[s];
}

void mz_branches_begin(mz_branches *branches, uint32_t row_count) {
    memset(branches, 0, sizeof *branches);
    for (size_t d = 0; d <= MZ_PHONES_MOST; d++) branches->ends[d] = row_count;
}

void mz_branches_row(mz_branches *branches, uint32_t number, const mz_sound_row *row, uint32_t *ret_end,
                     uint16_t ret_sizes[MZ_SOUND_SYSTEM_COUNT]) {
    *ret_end = branches->ends[row->shared];
    memcpy(ret_sizes, branches->sizes[row->shared], sizeof branches->sizes[0]);
    take_larger(ret_sizes, row->sizes);
    for (size_t d = 0; d < row->shared; d++) take_larger(branches->sizes[d], row->sizes);
    for (size_t d = row->shared; d <= MZ_PHONES_MOST; d++) branches->ends[d] = number;
    memset(branches->sizes[row->shared], 0, (MZ_PHONES_MOST + 1u - row->shared) * sizeof branches->sizes[0]);
}
