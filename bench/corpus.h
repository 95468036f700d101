/* Invented people, firms and ships, as many as asked: the corpora that the figures are taken on.
 *
 * Entity n depends on the seed, on n and on the parts of names alone, so that a small corpus is the beginning of a
 * large one. What is as in life: how many words a name has; that few given names are very frequent and families have a
 * long tail (over a million distinct words in four million entities); that half of the names are other spellings, other
 * scripts or shorter forms of one name; initials, names of one word, capitals. What is not: nobody has ever borne them.
 */
#ifndef MIZAN_BENCH_CORPUS_H
#define MIZAN_BENCH_CORPUS_H

#include "base/buffer.h"
#include "bench/chance.h"
#include "bench/parts.h"
#include "mizan/schema.h"

typedef struct corpus corpus;

enum { CORPUS_NAMES_MOST = 8, CORPUS_TEXT_BYTES = 8192 };

typedef struct corpus_entity {
    mz_schema schema;
    part_culture culture;
    bool female;
    size_t name_count;
    mz_str names[CORPUS_NAMES_MOST]; /* the first is its own, the others are aliases; in `text` */
    char text[CORPUS_TEXT_BYTES];
    size_t used;
} corpus_entity;

/* `p` must outlive the corpus. */
mz_status corpus_new(const parts *p, uint64_t seed, corpus **ret_corpus, mz_error *error);
void corpus_free(corpus *c);

/* The names of entity `number`; more of the stream that they were drawn from is in *ret_rest. */
void corpus_entity_of(const corpus *c, uint64_t number, corpus_entity *ret_entity, chance *ret_rest);

/* The same and what else is known of it, as a line of FollowTheMoney's JSON, appended to `line`. */
void corpus_line(const corpus *c, uint64_t number, mz_buffer *line);

#endif
