/* Kin: words of one image's vocabulary that are alike to words of a few names of another, and how alike.
 *
 * Many names of the one image are to be held against the few of the other, and each word is in many of them: so words
 * are compared once, all of them, down to the floor of likeness, and not anew for each name. */
#ifndef MIZAN_INDEX_KIN_H
#define MIZAN_INDEX_KIN_H

#include "base/crew.h"
#include "index/few.h"

/* A word of the few and how alike it is: mz_word_likeness. */
typedef struct mz_kin {
    uint32_t word : 22, likeness : 10;
} mz_kin;

/* Of all words of an image: those that are alike at all, ascending. */
typedef struct mz_kin_table {
    uint32_t *first; /* by word of the image, and where the last ends */
    mz_kin *rows;
} mz_kin_table;

/* Compares, by `crew` workers; of `told` what is told of progress is taken. *ret_crowded, and there is no table, when
 * more than `most` words are alike: fewer entities are to be taken. */
mz_status mz_kin_find(const mz_index *image, const mz_few *few, const mz_crew_work *told, unsigned crew, size_t most,
                      mz_kin_table *ret_table, bool *ret_crowded, mz_error *error);
void mz_kin_done(mz_kin_table *table);

/* How alike two words are. */
uint16_t mz_kin_likeness(const mz_kin_table *table, uint32_t word, uint32_t few_word);

#endif
