/* Words of a listed name written together, held against a word of the query: looked at before a name is taken for one
 * that a join meets. */
#ifndef MIZAN_INDEX_JOINS_H
#define MIZAN_INDEX_JOINS_H

#include "index/image.h"
#include "match/word.h"

/* Whether two or three neighbouring words of a name, written together, are alike enough to one of `count` words. */
bool mz_index_joins_to(const mz_index *index, uint32_t name, const mz_name_word *words, size_t count);

/* Whether the words of a name that stand at a place (postings.h), written together, are that alike to a word. */
bool mz_index_place_meets(const mz_index *index, uint32_t name, uint8_t place, const mz_name_word *word,
                          uint16_t floor);

/* Whether words written together are alike enough to a word of the vocabulary. */
bool mz_index_joined_meets(const mz_index *index, const mz_joined *joined, uint32_t word);

/* Whether the name has this word of the vocabulary. */
bool mz_index_has_word(const mz_index *index, uint32_t name, uint32_t word);

#endif
