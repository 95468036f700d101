/* Continuous screening: whom of a register a change of lists touches.
 *
 * Whoever was screened once need not be screened again in full when a list changes: scores depend on nothing but the
 * query and the listed entity, so that only what is new or changed on the list can raise a hit that was not there. A
 * roster holds the subjects of a register as queries that are ready; an index of the entities that changed is held
 * against all of them, and tells those that hit one: exactly those, with exactly the scores, that screening each of
 * them tells.
 *
 *     mz_roster_builder_new · for each subject: add · finish          once, and when much has changed
 *     mz_roster_open · mz_roster_touched(roster, what changed, …)     when a list changes
 *
 * A roster is a file like an image of lists (mizan/index.h): checked when it is opened, mapped, the same subjects in
 * the same order give the same bytes. One that another build of the program made is refused; it is a cache, to be made
 * again from the register. */
#ifndef MIZAN_WATCH_H
#define MIZAN_WATCH_H

#include "mizan/screen.h"

MZ_BEGIN_DECLS

typedef struct mz_roster mz_roster;
typedef struct mz_roster_builder mz_roster_builder;

/* Starts building the roster at `path`; the old file stays until it is finished. */
mz_status mz_roster_builder_new(const char *path, mz_roster_builder **ret_builder, mz_error *error);
/* Adds a subject, a query as mz_screen takes it, under a key of its own; it is copied. Of what the query of a subject
 * sets for itself (a threshold, an algorithm) a roster knows nothing: the options of a run hold for all. */
mz_status mz_roster_builder_add(mz_roster_builder *builder, mz_str key, const mz_entity *subject, mz_error *error);
/* Writes the roster. `mark`: which state of the register it holds, for who made it; `made` in seconds since 1970. The
 * builder is to be freed in any case. */
mz_status mz_roster_builder_finish(mz_roster_builder *builder, mz_str mark, int64_t made, mz_error *error);
void mz_roster_builder_free(mz_roster_builder *builder);

mz_status mz_roster_open(const char *path, mz_roster **ret_roster, mz_error *error);
void mz_roster_close(mz_roster *roster);

typedef struct mz_roster_facts {
    uint32_t subjects;
    mz_str mark;
    int64_t made;
    uint64_t bytes;
} mz_roster_facts;
void mz_roster_info(const mz_roster *roster, mz_roster_facts *ret_facts);

typedef struct mz_touched_options {
    mz_screen_options screen; /* threshold, policy, filter, budget, and `limit`: pairs told of one subject, the best */
    unsigned threads;         /* 0: as many as there are processors */
    /* In steps of a subject, passes over the roster and what is judged after; not 0 stops (MZ_ERR_CANCELLED). Called in
     * the caller's thread; may be NULL. */
    int (*progress)(void *context, uint64_t done, uint64_t all);
    void *context;
} mz_touched_options;

/* A subject that hits a listed entity. */
typedef struct mz_touched_pair {
    mz_str key;      /* the roster's */
    uint32_t entity; /* its number in the index of what changed */
    double score;
} mz_touched_pair;

typedef struct mz_touched {
    const mz_touched_pair *pairs; /* by subject, in the order in which they were added; of one, the best first */
    size_t pair_count;
    const mz_str *partly; /* keys of subjects that the budget did not suffice for: they may have other pairs, too */
    size_t partly_count;
    uint64_t subjects; /* that have a pair */
    uint64_t judged;   /* that were screened in full to know */
    uint64_t met;      /* pairs of names that have a word alike, or one of the parts of a word */
    uint64_t scored;   /* of them, that were compared as a whole */
} mz_touched;

/* Every subject that screening it against `changed`, with these options, would find to hit; *ret_touched is to be
 * freed. Whom the budget does not suffice for is told in `partly`.
 * Whatever is in `changed`, memory is bounded: what is many is taken in several passes. */
mz_status mz_roster_touched(const mz_roster *roster, const mz_index *changed, const mz_touched_options *options,
                            mz_touched **ret_touched, mz_error *error);
void mz_touched_free(mz_touched *touched);

MZ_END_DECLS

#endif
