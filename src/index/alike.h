/* Finding the words of the vocabulary that sound like a word: all of those that do, and few that do not. */
#ifndef MIZAN_INDEX_ALIKE_H
#define MIZAN_INDEX_ALIKE_H

#include "index/image.h"
#include "match/sound_scan.h"

/* Working memory for one image; one thread at a time. */
typedef struct mz_alike mz_alike;
mz_alike *mz_alike_new(const mz_index *index); /* NULL: out of memory */
void mz_alike_free(mz_alike *alike);

/* Not by the best kind of scan that the machine can do, but by this one: to compare them. */
void mz_alike_scan_by(mz_alike *alike, const mz_block_scan *scan);

/* Calls back once for every word of the vocabulary, initials and words without sounds apart, whose likeness by sound to
 * `query` reaches `floor` (at least MZ_LIKENESS_FLOOR), and whose likeness does too: with that likeness, which is
 * mz_word_likeness. The query has phones. */
void mz_alike_find(mz_alike *alike, const mz_name_word *query, uint16_t floor,
                   void (*found)(void *context, uint32_t word, uint16_t likeness), void *context);

/* Calls back once for every word whose likeness by sound may reach `floor`: for all that do and few that do not. How
 * alike they are is not told. */
void mz_alike_sift(mz_alike *alike, const mz_name_word *query, uint16_t floor,
                   void (*sifted)(void *context, uint32_t word), void *context);

/* What the last search did. */
typedef struct mz_alike_counts {
    uint64_t rows, words; /* columns of blocks that were searched, words that were aligned */
} mz_alike_counts;
mz_alike_counts mz_alike_count(const mz_alike *alike);

#endif
