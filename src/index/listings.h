/* What of an entity's listing a filter asks for, beside its list and schema: since when it is listed, when that was
 * changed last, and its topics. Kept apart from the entities' rows, so that a search without such a filter touches no
 * page of it.
 *
 * Days are since 1970. What a list does not tell, or tells in no way that is understood, is any day: a filter keeps
 * what may be meant. The day of listing is that of the first listing that the record tells of: `listingDate` of the
 * entity or of what is attached to it, else `startDate` of its sanctions, else `createdAt`, which is when a source
 * first saw it. The day of change is the last of `modifiedAt` and of the days of listing; without `modifiedAt` it is
 * not known. */
#ifndef MIZAN_INDEX_LISTINGS_H
#define MIZAN_INDEX_LISTINGS_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/map.h"
#include "mizan/entity.h"

#include <stdint.h>

enum { MZ_TOPICS_MOST = 64 /* of one entity */ };

typedef struct mz_listing_row {
    int32_t first_listed, last_listed; /* the span that the day of listing is in; of any day, all */
    int32_t last_change;               /* the last day that the change may be of */
    uint32_t topics;                   /* 0: none; else one more than a row of topic sets */
} mz_listing_row;

/* A topic and the others: a set is a chain of rows, each with a smaller topic than the one before. */
typedef struct mz_topic_set_row {
    uint32_t topic;
    uint32_t rest; /* 0: none; else one more than a row before this one */
} mz_topic_set_row;

/* The days of a record; its topics are left 0. */
void mz_listing_read(const mz_record *record, mz_listing_row *ret_row);

/* The topics of all entities while an image is built: numbered as they come, each set once. */
typedef struct mz_topics {
    mz_map numbers, set_numbers;
    mz_arena kept;
    mz_buffer names; /* mz_str, by number */
    mz_buffer sets;  /* mz_topic_set_row */
} mz_topics;

void mz_topics_init(mz_topics *topics);
void mz_topics_done(mz_topics *topics);
/* The number of the set of a record's entity, for its mz_listing_row; of more topics than MZ_TOPICS_MOST the first are
 * taken. One that tells none has those of its list (lists/kind.h). */
uint32_t mz_topics_of(mz_topics *topics, const mz_record *record);
bool mz_topics_failed(const mz_topics *topics);

#endif
