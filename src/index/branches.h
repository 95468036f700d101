/* Which rows of words in the order of their sounds share a beginning: each row's branch (image.h), found from the last
 * row to the first; for building an image and for checking one. */
#ifndef MIZAN_INDEX_BRANCHES_H
#define MIZAN_INDEX_BRANCHES_H

#include "index/image.h"

/* The rows seen so far that share more than `d` phones with the one before them, as far as the first that does not. */
typedef struct mz_branches {
    uint32_t ends[MZ_PHONES_MOST + 1];   /* by d: the first row that shares d phones or less */
    uint8_t longest[MZ_PHONES_MOST + 1]; /* by d: the most phones of a row before that one */
} mz_branches;

void mz_branches_begin(mz_branches *branches, uint32_t row_count);

/* The branch of row `number`, when all rows behind it were given. */
void mz_branches_row(mz_branches *branches, uint32_t number, const mz_sound_row *row, uint32_t *ret_end,
                     uint8_t *ret_longest);

#endif
