/* Whom the test asks for: names of the image, drawn by lists, schemata and scripts, and customers.
 *
 * Names are drawn by strata of list, schema and script, as evenly as their sizes allow, so that the few names in a
 * small script say something too; within a stratum those whose number, mixed of the seed, the entity's id and the
 * name, is smallest. So a larger sample has the smaller one in it, and the order of a list does not matter. Each
 * entity comes with its first strong name in each script that it has one in.
 *
 * Rejected: a share of every stratum, which leaves nothing of the small ones; a generator that is drawn from row by
 * row, by which one more entity on the list changes the whole sample. */
#ifndef MIZAN_EFFECTIVENESS_SAMPLE_H
#define MIZAN_EFFECTIVENESS_SAMPLE_H

#include "base/arena.h"
#include "effectiveness/change.h"

typedef struct mz_subject {
    mz_changed who;
    uint64_t number; /* by which it was drawn */
    uint32_t entity; /* of the index; of customers: not used */
    uint32_t list;   /* of the image, by number */
    mz_str reference;
    mz_schema schema;
    const mz_fact *facts; /* of a customer: all that is known; its first name is who.name */
    size_t fact_count;
} mz_subject;

typedef struct mz_sample {
    mz_arena arena;
    mz_subject *listed, *customers;
    size_t listed_count, customer_count;
    uint64_t candidates; /* names that could have been drawn */
    uint64_t customer_rows, customer_rejected;
} mz_sample;

void mz_sample_init(mz_sample *sample);
void mz_sample_done(mz_sample *sample);

/* Names that a list calls weak, or that are no more, are not drawn: what is asked is whether its own name is found. */
struct mz_name_row;
bool mz_sample_may_draw(const struct mz_name_row *name);

/* Fills in what the classes may ask with, from the entity; copied into the arena. */
void mz_subject_describe(mz_subject *subject, const mz_entity *entity, mz_arena *arena);

/* MZ_ERR_NOT_FOUND when the image has no name to draw. */
mz_status mz_sample_lists(mz_sample *sample, const mz_index *index, const mz_effectiveness_options *options,
                          mz_error *error);
/* The customers of the options' file, in the order of their numbers, so that the first of them are a sample too. */
mz_status mz_sample_customers(mz_sample *sample, const mz_effectiveness_options *options, mz_error *error);

#endif
