/* A roster as an image: subjects as queries read them (query.c), so that names of the image are those of the queries,
 * taken apart in the same way.
 *
 * Each subject is an entity under its key, of a list that says how its names are compared. A subject that may be a
 * person or a firm (a LegalEntity) has its names twice in a query: here it is two entities, the second its twin, read
 * as a person's. What the image cannot hold as a query has it, things that are not listed and names of more bytes than
 * an image has, stands apart: with its record, and judged in every run. */
#ifndef MIZAN_SCREEN_ROSTER_H
#define MIZAN_SCREEN_ROSTER_H

#include "index/image.h"
#include "mizan/watch.h"

typedef enum mz_roster_kind {
    MZ_ROSTER_SUBJECT, /* names are compared with all listed names */
    MZ_ROSTER_EITHER,  /* with those that are no person's */
    MZ_ROSTER_TWIN,    /* of the entity before: with those of persons */
    MZ_ROSTER_APART,
    MZ_ROSTER_KIND_COUNT
} mz_roster_kind;

struct mz_roster {
    mz_index *image; /* one part */
};

static inline mz_roster_kind mz_roster_kind_of(const mz_roster *roster, uint32_t entity) {
    return (mz_roster_kind)roster->image->entities[entity].list;
}

/* How much is taken at once; what comes of it does not depend on it. */
typedef struct mz_touched_limits {
    uint32_t pass_entities; /* that are held against the roster together, */
    size_t pass_kin;        /* as long as no more words are alike, */
    size_t pass_joined;     /* and no more pairs have words written together */
} mz_touched_limits;
#define MZ_TOUCHED_LIMITS_USUAL ((mz_touched_limits){512, 12 << 20, 1 << 20})

mz_status mz_roster_touched_within(const mz_roster *roster, const mz_index *changed, const mz_touched_options *options,
                                   const mz_touched_limits *limits, mz_touched **ret_touched, mz_error *error);

#endif
