/* Fetching rows before they are asked for.
 *
 * Names that a search has found lie anywhere in an image of gigabytes, and each takes a row of its own, its words, and
 * the rows of these: each asked for when the one before has come. Who goes through many names asks for the first of
 * them some names ahead, for the second fewer, so that none is waited for. */
#ifndef MIZAN_INDEX_AHEAD_H
#define MIZAN_INDEX_AHEAD_H

#include "index/image.h"

enum { MZ_AHEAD = 12 }; /* names */

static inline void mz_ahead_of_words(const mz_index *index, uint32_t name, bool rows) {
    const mz_name_word_row *words = &index->name_words[index->names[name].first_word];
    for (size_t i = 0; i < index->names[name].word_count; i++) {
        __builtin_prefetch(&index->word_codes[words[i].word]);
        if (rows) __builtin_prefetch(&index->words[words[i].word]);
    }
}

/* Called with each k in turn, before names[k] is looked at. `rows`: the rows of words are going to be, too. */
static inline void mz_ahead(const mz_index *index, const uint32_t *names, size_t k, size_t count, bool rows) {
    if (k + MZ_AHEAD < count) __builtin_prefetch(&index->names[names[k + MZ_AHEAD]]);
    if (k + MZ_AHEAD * 2 / 3 < count)
        __builtin_prefetch(&index->name_words[index->names[names[k + MZ_AHEAD * 2 / 3]].first_word]);
    if (k + MZ_AHEAD / 3 < count) mz_ahead_of_words(index, names[k + MZ_AHEAD / 3], rows);
}

#endif
