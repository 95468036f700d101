/* What of a query was left undone because its budget of work was used up. */
#ifndef MIZAN_SCREEN_UNDONE_H
#define MIZAN_SCREEN_UNDONE_H

#include "base/arena.h"
#include "screen/query.h"

typedef struct mz_undone {
    uint64_t words[MZ_QUERY_READINGS_MOST]; /* by name of the query: a bit for each word that was not, or not wholly,
                                               looked for */
    bool names[MZ_QUERY_READINGS_MOST];     /* not looked for at all */
    uint64_t listed_names, entities;        /* found, and not compared, not judged */
    bool numbers;                           /* not all entities that bear one of the query's were looked up */
    bool any;
} mz_undone;

/* As data, in the arena; *ret_cut NULL when nothing was left undone. */
mz_status mz_undone_tell(const mz_undone *undone, const mz_query *query, mz_arena *arena, const mz_cut **ret_cut,
                         mz_error *error);

/* As a sentence in the arena, behind what is said already. */
mz_str mz_undone_say(const mz_cut *cut, mz_str told, mz_arena *arena);

#endif
