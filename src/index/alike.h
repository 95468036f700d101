/* Finding the words of the vocabulary that sound like a word: all of those that do, and few that do not. */
#ifndef MIZAN_INDEX_ALIKE_H
#define MIZAN_INDEX_ALIKE_H

#include "index/image.h"

/* Working memory; one thread at a time. */
typedef struct mz_alike mz_alike;
mz_alike *mz_alike_new(void); /* NULL: out of memory */
void mz_alike_free(mz_alike *alike);

/* Calls back for every word of the vocabulary, initials and words without sounds apart, whose likeness by sound to
 * `query` reaches MZ_LIKENESS_FLOOR. */
void mz_alike_find(mz_alike *alike, const mz_index *index, const mz_name_word *query,
                   void (*found)(void *context, uint32_t word), void *context);

#endif
