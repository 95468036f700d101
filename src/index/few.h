/* A few entities of an image, as names of another image meet them: the words that their names have, each once, and the
 * names that each is in. */
#ifndef MIZAN_INDEX_FEW_H
#define MIZAN_INDEX_FEW_H

#include "index/image.h"

enum { MZ_FEW_WORDS_MOST = 1 << 22 };

typedef struct mz_few {
    const mz_index *index; /* one part */
    mz_run names;          /* of the image; below they are numbered from the first on */
    uint32_t name_count, word_count;
    uint32_t *words;      /* numbers in the image, ascending; below they are numbered as they stand here */
    uint32_t *first_word; /* by name, and where the last ends */
    uint32_t *name_words; /* words of a name, in its order */
    uint32_t *first_use;  /* by word, and where the last ends */
    uint32_t *uses;       /* names that have a word, once for each time they have it */
} mz_few;

/* Entities from the first on, before the end; what is no more has no words. MZ_ERR_LIMIT: too many words. */
mz_status mz_few_init(mz_few *few, const mz_index *index, mz_run entities, mz_error *error);
void mz_few_done(mz_few *few);

#endif
