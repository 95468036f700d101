/* The shape of the table that tools/tables/lexicon.py writes; only lexicon.c looks inside. */
#ifndef MIZAN_NAMES_LEXICON_TABLE_H
#define MIZAN_NAMES_LEXICON_TABLE_H

#include <stddef.h>
#include <stdint.h>

struct mz_lexicon_row {
    uint32_t text;  /* offset into mz_lexicon_text */
    uint8_t size;   /* bytes */
    uint8_t bits;   /* rarity among names, 0 when not counted */
    uint16_t links; /* first of its links */
    uint16_t link_count;
};

struct mz_lexicon_link {
    uint32_t kind; /* one of MZ_LEXICON_… */
    uint16_t group;
};

extern const char mz_lexicon_text[];
extern const struct mz_lexicon_row mz_lexicon_rows[]; /* sorted by text, bytewise */
extern const struct mz_lexicon_link mz_lexicon_links[];
extern const size_t mz_lexicon_row_count;
extern const size_t mz_lexicon_longest; /* words in the longest entry */

#endif
