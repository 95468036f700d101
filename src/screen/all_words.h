/* All words of an image compared with a word, each once, none of the image's tables asked. */
#ifndef MIZAN_SCREEN_ALL_WORDS_H
#define MIZAN_SCREEN_ALL_WORDS_H

#include "index/image.h"

/* The words of an image laid out for it; any number of threads may compare. */
typedef struct mz_all_words mz_all_words;
mz_status mz_all_words_new(const mz_index *index, mz_all_words **ret_words, mz_error *error);
void mz_all_words_free(mz_all_words *words);

/* likeness[w], for each word of the image: mz_word_likeness with `query`. */
void mz_all_words_compare(const mz_all_words *words, const mz_name_word *query, uint16_t *likeness);

#endif
