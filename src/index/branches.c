#include "index/branches.h"

void mz_branches_begin(mz_branches *branches, uint32_t row_count) {
    memset(branches, 0, sizeof *branches);
    for (size_t d = 0; d <= MZ_PHONES_MOST; d++) branches->ends[d] = row_count;
}

void mz_branches_row(mz_branches *branches, uint32_t number, const mz_sound_row *row, uint32_t *ret_end,
                     uint8_t *ret_longest) {
    size_t shared = row->shared;
    *ret_end = branches->ends[shared];
    *ret_longest = row->phone_count > branches->longest[shared] ? row->phone_count : branches->longest[shared];
    for (size_t d = 0; d < shared; d++)
        if (branches->longest[d] < row->phone_count) branches->longest[d] = row->phone_count;
    for (size_t d = shared; d <= MZ_PHONES_MOST; d++) branches->ends[d] = number;
    memset(branches->longest + shared, 0, sizeof branches->longest - shared);
}
