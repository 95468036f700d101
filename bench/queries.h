/* What is asked of an image when it is measured: names of it that were damaged as names are, people who are on no list,
 * and the queries that cost most. All out of a seed. */
#ifndef MIZAN_BENCH_QUERIES_H
#define MIZAN_BENCH_QUERIES_H

#include "bench/corpus.h"
#include "index/image.h"

/* X(name, share in 100, what was done) */
#define QUERY_KINDS(X)                                                                                                 \
    X(as_listed, 5, "as listed")                                                                                       \
    X(one_letter, 24, "one letter changed, lost, added or exchanged")                                                  \
    X(two_letters, 14, "two letters")                                                                                  \
    X(word_lost, 8, "a word left out")                                                                                 \
    X(word_added, 6, "a word added")                                                                                   \
    X(words_exchanged, 6, "words in another order")                                                                    \
    X(words_joined, 5, "two words written together")                                                                   \
    X(word_split, 4, "a word written as two")                                                                          \
    X(other_spelling, 8, "a word as it is spelled elsewhere or in another script")                                     \
    X(stranger, 20, "a person or firm on no list")

typedef enum query_kind {
#define QUERY_X(name, share, text) QUERY_##name,
    QUERY_KINDS(QUERY_X)
#undef QUERY_X
        QUERY_KIND_COUNT
} query_kind;

enum { QUERY_NAME_BYTES = 1024, QUERY_STRANGER = -1 };

typedef struct query {
    char name[QUERY_NAME_BYTES];
    size_t size;
    mz_schema schema;
    query_kind kind;
    int64_t entity; /* whom it means; QUERY_STRANGER: nobody of the image */
} query;

const char *query_kind_text(query_kind kind);

typedef struct query_source {
    const mz_index *index;
    const parts *p;
    const corpus *strangers; /* invented by a seed of their own */
} query_source;

/* Query `number` of a seed. Where a name cannot be damaged in the way drawn, one of its letters is. */
void query_make(const query_source *source, uint64_t seed, uint64_t number, query *ret_query);

/* The queries that cost most, made of the commonest words of the image. */
enum { QUERY_HARD_MOST = 16 };
typedef struct hard_query {
    const char *what; /* "four common words" */
    query asked;
} hard_query;
mz_status queries_hard(const mz_index *index, hard_query hard[QUERY_HARD_MOST], size_t *ret_count, mz_error *error);

#endif
