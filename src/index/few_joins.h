/* Names of an image and of a few entities of another in which words written together meet a word, or an acronym a name.
 */
#ifndef MIZAN_INDEX_FEW_JOINS_H
#define MIZAN_INDEX_FEW_JOINS_H

#include "index/few.h"

typedef struct mz_joined_pair {
    uint32_t name, few_name;
} mz_joined_pair;

/* Every pair that has a join or an acronym that meets, and some that have none; in order, each once. To be freed with
 * free(). *ret_crowded, and there are none, when they are more than `most`. */
mz_status mz_few_joins(const mz_index *image, const mz_few *few, size_t most, mz_joined_pair **ret_pairs,
                       size_t *ret_count, bool *ret_crowded, mz_error *error);

#endif
