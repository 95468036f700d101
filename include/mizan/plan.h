/* What a screening did: how much of each kind of work, in which part of the index, and when asked for how long.
 *
 * Counts are facts of the search, not of the machine: the same query with the same image and options does the same
 * work. Only what was remembered of queries before depends on these, and takes away from the work that is done, never
 * from what it is charged as. */
#ifndef MIZAN_PLAN_H
#define MIZAN_PLAN_H

#include "mizan/str.h"

#include <stdbool.h>
#include <stdint.h>

MZ_BEGIN_DECLS

/* The parts of an index: the image, and what was listed since it was made. */
typedef enum mz_plan_part { MZ_PLAN_BASE, MZ_PLAN_OVERLAY, MZ_PLAN_PART_COUNT } mz_plan_part;

/* X(CONSTANT, word in JSON) */
#define MZ_PLAN_COUNTERS(X)                                                                                            \
    X(WORDS_SEARCHED, "words_searched")     /* words of the query whose like were looked for */                        \
    X(WORDS_REMEMBERED, "words_remembered") /* words of the query whose like were known from a query before */         \
    X(ROWS_WALKED, "rows_walked")           /* rows of phones of 64 listed words each that were looked through */      \
    X(WORDS_ALIGNED, "words_aligned")       /* listed words that these leave, which were aligned */                    \
    X(WORDS_COMPARED, "words_compared")     /* listed words compared one by one */                                     \
    X(WORDS_ALIKE, "words_alike")           /* listed words found alike to the query's */                              \
    X(WORDS_FAR, "words_far")               /* of them, too unlike: what they lack is too much for any name */         \
    X(POSTINGS_READ, "postings_read")       /* entries of listed words: each is a name that has it */                  \
    X(POSTINGS_CROWDED, "postings_crowded") /* not read: names of too many other words */                              \
    X(POSTINGS_DEAR, "postings_dear")   /* of those read, too dear by what their other words are, or found before */   \
    X(NUMBERS_READ, "numbers_read")     /* entries of numbers: each is an entity that bears it */                      \
    X(NAMES_SCANNED, "names_scanned")   /* names gone through one by one, by the algorithm ofac */                     \
    X(NAMES_MET, "names_met")           /* names found, each once */                                                   \
    X(NAMES_DEAR, "names_dear")         /* of them, too dear when the rest of the query's words was looked up */       \
    X(NAMES_FILTERED, "names_filtered") /* … left out by the filter */                                               \
    X(NAMES_INCOMPARABLE, "names_incomparable") /* … of another kind of thing than the query */                      \
    X(NAMES_CONTRADICTED, "names_contradicted") /* … too dear by the likeness of their words */                      \
    X(PAIRS_SCORED, "pairs_scored")             /* names scored against the query's */                                 \
    X(CELLS_ALIGNED, "cells_aligned") /* cells of alignment and steps that comparing words and names took, at most */  \
    X(ENTITIES_JUDGED, "entities_judged") /* entities judged by all that is known of them */                           \
    X(TRAITS_COMPARED, "traits_compared") /* facts beside the names, held against the query's */

typedef enum mz_plan_counter {
#define MZ_X(constant, name) MZ_PLAN_##constant,
    MZ_PLAN_COUNTERS(MZ_X)
#undef MZ_X
        MZ_PLAN_COUNTER_COUNT
} mz_plan_counter;

/* X(CONSTANT, word in JSON), in the order in which they are gone through */
#define MZ_PLAN_STAGES(X)                                                                                              \
    X(READ, "read")         /* the query is taken apart */                                                             \
    X(NUMBERS, "numbers")   /* entities that bear its numbers are looked up */                                         \
    X(WORDS, "words")       /* listed words alike to its words are found */                                            \
    X(POSTINGS, "postings") /* names that have them are read, and bounded */                                           \
    X(PAIRS, "pairs")       /* names are compared and scored */                                                        \
    X(ENTITIES, "entities") /* entities are judged and put in order */                                                 \
    X(HITS, "hits")         /* hits are told with their evidence */

typedef enum mz_plan_stage {
#define MZ_X(constant, name) MZ_PLAN_IN_##constant,
    MZ_PLAN_STAGES(MZ_X)
#undef MZ_X
        MZ_PLAN_STAGE_COUNT
} mz_plan_stage;

typedef struct mz_plan {
    uint64_t queries; /* 1; more where plans were added up */
    uint64_t names;   /* of the queries: texts, and readings of each */
    uint64_t counts[MZ_PLAN_PART_COUNT][MZ_PLAN_COUNTER_COUNT];
    uint64_t work;   /* what it is charged as, in units of about a nanosecond on a common machine */
    uint64_t budget; /* what it was allowed; 0: any */
    bool timed;      /* the clock was asked */
    uint64_t ns[MZ_PLAN_STAGE_COUNT];
} mz_plan;

/* Adds what another did; the budget is that of whichever allowed more, and it is timed when both were. Begin with a
 * zeroed one. */
void mz_plan_add(mz_plan *sum, const mz_plan *plan);

/* In all parts together. */
uint64_t mz_plan_count(const mz_plan *plan, mz_plan_counter counter);

/* "postings_read", "words", "base": the words in JSON. */
const char *mz_plan_counter_name(mz_plan_counter counter);
const char *mz_plan_stage_name(mz_plan_stage stage);
const char *mz_plan_part_name(mz_plan_part part);

MZ_END_DECLS

#endif
