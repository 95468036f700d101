/* Words of a listed name written together, held against a word of the query: looked at before a name is taken for one
 * that a join meets. */
#ifndef MIZAN_INDEX_JOINS_H
#define MIZAN_INDEX_JOINS_H

#include "index/image.h"
#include "match/word.h"

/* Whether two or three neighbouring words of a name, written together, are alike enough to `word`. */
bool mz_index_joins_to(const mz_index *index, uint32_t name, const mz_name_word *word);

/* Whether the name has this word of the vocabulary. */
bool mz_index_has_word(const mz_index *index, uint32_t name, uint32_t word);

#endif
