/* Why a query hits a listed entity or does not, or why two names are alike or not: all that is to be said of it, for
 * whoever says it. */
#ifndef MIZAN_SCREEN_EXPLANATION_H
#define MIZAN_SCREEN_EXPLANATION_H

#include "base/buffer.h"
#include "mizan/reading.h"
#include "mizan/screen.h"
#include "screen/query_json.h"

typedef struct mz_explanation {
    mz_str query, listed;   /* the names that were compared; with an entity that no name meets, `listed` is empty */
    mz_schema schema;       /* of the query */
    mz_algorithm algorithm; /* of two names */
    double score, weight, threshold;
    bool alert;
    bool organisation; /* what the names were read as */
    const mz_evidence *evidence;
    size_t evidence_count;
    /* of an entity */
    const mz_hit *hit; /* NULL: two names */
    size_t name_count; /* names that it has */
    size_t rank, hits; /* its place among the hits of a screening, 0: not among the best; and how many there are */
    mz_str not_done;
} mz_explanation;

enum { MZ_RANKS = 1000 }; /* hits among which its place is looked for */

/* A listed entity. What is told is the screener's until its next call. `wishes` NULL: none. */
mz_status mz_explain_entity(mz_screener *screener, const mz_index *index, const mz_entity *query,
                            const mz_query_wishes *wishes, uint32_t number, mz_explanation *ret_explanation,
                            mz_error *error);

/* Two names; what is told is the comparer's until its next call. `threshold` decides only whether there would be an
 * alert. */
mz_status mz_explain_names(mz_comparer *comparer, mz_schema schema, mz_str query, mz_str listed, double threshold,
                           mz_explanation *ret_explanation, mz_error *error);

/* How an explanation is put into words, by who knows a language; both append to `out`. */
typedef struct mz_words_of {
    void (*evidence)(const struct mz_words_of *words, const mz_evidence *evidence, mz_buffer *out);
    /* Sentences, a line each. */
    void (*sentences)(const struct mz_words_of *words, const mz_explanation *explanation, mz_buffer *out);
    const void *context;
} mz_words_of;

/* Appends it as one line of JSON without the newline: figures for programs; and, with words, "text" of each piece of
 * evidence and "says", to be shown to people as they are. On failure nothing is appended. */
mz_status mz_explanation_write_json(const mz_explanation *explanation, const mz_words_of *words, mz_buffer *out,
                                    mz_error *error);

#endif
