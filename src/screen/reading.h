/* What a word of a parsed name is, for explanations. */
#ifndef MIZAN_SCREEN_READING_H
#define MIZAN_SCREEN_READING_H

#include "mizan/reading.h"
#include "names/name.h"

mz_role mz_word_role(const mz_name_word *word);

/* The role of words that belong together: that of the weightiest. */
mz_role mz_words_role(const mz_name *name, size_t first, size_t count);

#endif
