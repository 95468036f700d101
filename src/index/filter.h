/* A filter made ready for one part of an index: what it says of lists, topics and entities as their numbers. Asking it
 * of an entity looks at one or two rows; nothing is done for entities that are not asked for. */
#ifndef MIZAN_INDEX_FILTER_H
#define MIZAN_INDEX_FILTER_H

#include "base/arena.h"
#include "index/image.h"
#include "mizan/filter.h"

typedef struct mz_part_filter {
    const mz_index *part;
    const bool *lists;                    /* by list: passes; NULL: all do */
    const bool *topics, *excluded_topics; /* by topic: asked for, left out; NULL: no topic is */
    const bool *schemata;                 /* by schema: passes; NULL: all do */
    int32_t listed_since, listed_before, changed_since;
    bool dated;               /* one of these says something */
    bool known_changes_alone; /* as in the filter, where it asks for changes */
    const uint32_t *excluded; /* entities, ascending */
    size_t excluded_count;
} mz_part_filter;

/* `filter` was checked (mz_filter_check); what is made is in the arena. MZ_ERR_MEMORY. */
mz_status mz_part_filter_make(const mz_filter *filter, const mz_index *part, mz_arena *arena,
                              mz_part_filter *ret_filter, mz_error *error);

/* Whether an entity passes; `filter` NULL: it does. */
bool mz_part_filter_passes(const mz_part_filter *filter, uint32_t entity);

#endif
