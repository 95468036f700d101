/* A query made ready: its names parsed, its facts as traits, the policy settled for each. Done once for a query,
 * whatever is searched with it after. */
#ifndef MIZAN_SCREEN_QUERY_H
#define MIZAN_SCREEN_QUERY_H

#include "base/arena.h"
#include "match/plain.h"
#include "match/policy.h"
#include "match/trait.h"
#include "mizan/screen.h"
#include "screen/query_json.h"

enum {
    MZ_QUERY_ARENA_BYTES = 64 << 20,
    MZ_QUERY_NAMES_MOST = 256,
    MZ_QUERY_READINGS_MOST = 2 * MZ_QUERY_NAMES_MOST + 2
};

/* What holds for some names of the query: the policy, its rules settled. */
typedef struct mz_judgement {
    mz_schema schema;
    mz_culture culture;
    mz_settings settings;
    uint32_t threshold; /* millionths */
    double most_cost;
} mz_judgement;

/* A name of the query, parsed; where a query may be a person or a firm, each name is there twice. */
typedef struct mz_query_name {
    mz_name name;
    const mz_plain_name *plain; /* for the algorithms that take it as it is written; NULL for mizan-1 */
    const mz_judgement *by;
    bool persons, others; /* which listed names it is compared with */
} mz_query_name;

typedef struct mz_query {
    mz_schema schema;
    mz_algorithm algorithm;
    mz_query_name *names;
    size_t name_count;
    mz_judgement *judgements; /* the first is for the query as a whole */
    size_t judgement_count;
    bool differently; /* names of the query are judged by different prices */
    mz_trait *traits;
    size_t trait_count;
    bool has_places;
    mz_str told; /* what is not done, and why: see mz_screening.not_done */
} mz_query;

/* By what a query is judged. */
typedef struct mz_query_basis {
    const mz_policy *policy;       /* NULL: the default */
    double threshold;              /* wins over the policy's; 0: the policy's */
    const mz_query_wishes *wishes; /* win over both; NULL: none */
} mz_query_basis;

/* The policy for names of that culture in a query of that schema; the culture is to be unknown where no rule looks at
 * it (mz_policy_by_culture). */
void mz_judgement_settle(const mz_query_basis *basis, mz_algorithm algorithm, mz_schema schema, mz_culture culture,
                         mz_judgement *ret_judgement);

/* The name of a query that gives the parts of one only: first, middle, father's, last; empty where it gives none. */
mz_str mz_query_name_from_parts(const mz_entity *entity, mz_arena *arena);

/* Makes `entity` ready. Everything is in `arena`, or a slice of the entity's strings; `scratch` is another arena, which
 * is reset. */
mz_status mz_query_prepare(const mz_entity *entity, const mz_query_basis *basis, mz_arena *arena, mz_arena *scratch,
                           mz_query *ret_query, mz_error *error);

/* The least threshold by which a name of the query is judged. */
double mz_query_least_threshold(const mz_query *query);

/* Says that the arena of a query and its hits, with MZ_QUERY_ARENA_BYTES, has failed, and why. */
mz_status mz_query_too_much(const mz_arena *arena, mz_error *error);

#endif
