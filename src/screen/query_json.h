/* Queries and answers as JSON. */
#ifndef MIZAN_SCREEN_QUERY_JSON_H
#define MIZAN_SCREEN_QUERY_JSON_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/json_write.h"
#include "entity/record.h"
#include "match/policy.h"
#include "mizan/screen.h"

/* What a query sets for itself, over the options and the policy; with the places of what it set, for messages. */
typedef struct mz_query_wishes {
    const mz_json_value *algorithm_at, *threshold_at, *weights_at, *filter_at, *limit_at, *plan_at; /* NULL: not set */
    mz_algorithm algorithm;
    mz_policy_part part;
    mz_filter filter;
    size_t limit;
    bool plan;
    const bool *excluded_schemata; /* by schema, each without those that descend from it: besides the filter, and only
                                      by a caller; NULL: none */
} mz_query_wishes;

/* What may be wished for. */
typedef struct mz_wish_bounds {
    bool any_threshold; /* also one below 0.5 */
    size_t limit_most;
} mz_wish_bounds;
enum { MZ_LIMIT_MOST = 100000 };

/* X(word in JSON): the members of a query, and of what holds for several, that are wishes */
#define MZ_QUERY_WISHES(X) X(algorithm) X(threshold) X(weights) X(filter) X(limit) X(plan)

/* Reads the wishes among the members of an object; the others are not looked at. */
mz_status mz_query_read_wishes(const mz_json_value *object, const mz_wish_bounds *bounds, mz_arena *arena,
                               mz_query_wishes *ret_wishes, mz_error *error);
/* Fills in from `usual` what `wishes` leaves open: of the weights and of the filter, each by itself. */
void mz_query_wish_usual(mz_query_wishes *wishes, const mz_query_wishes *usual);

/* Reads {"id":…,"schema":…,"properties":{…},"algorithm":…,"threshold":…,"weights":{…},"filter":{…},"limit":…,"plan":…}
 * into the builder's record and *ret_wishes; `id` is the query's or static. A missing schema is LegalEntity: a person
 * or a firm. Values may be one string, or an array of strings and numbers. Other members are passed over, unless they
 * look like a wish misspelt. */
mz_status mz_query_read_json(const mz_json_value *query, const mz_wish_bounds *bounds, mz_arena *arena,
                             mz_builder *builder, mz_str *ret_id, const mz_record **ret_record,
                             mz_query_wishes *ret_wishes, mz_error *error);

/* Adds the members of "properties", as above, to the builder's entity 0. */
mz_status mz_query_read_properties(const mz_json_value *properties, mz_builder *builder, mz_error *error);

/* As mz_screen, with what the caller wishes for this one query. A filter that names what the index has none of is
 * MZ_ERR_INPUT. */
mz_status mz_screen_wished(mz_screener *screener, mz_str id, const mz_entity *query, const mz_query_wishes *wishes,
                           const mz_screening **ret_screening, mz_error *error);

/* The same for mz_screen_entity. */
mz_status mz_screen_entity_wished(mz_screener *screener, const mz_entity *query, const mz_query_wishes *wishes,
                                  uint32_t number, const mz_screening **ret_screening, mz_error *error);

/* As mz_screen_json, of a query that was parsed already, for whose tree places in messages are told. `usual` (NULL:
 * nothing) is what the caller wishes where the query is silent; the answer tells it as if the query had said it. */
mz_status mz_screen_json_value(mz_screener *screener, const mz_json_value *query, const mz_query_wishes *usual,
                               mz_str *ret_answer, size_t *ret_hit_count, mz_error *error);

/* By what the answer was found, as far as it is to be told: nothing where all is the program's own. */
typedef struct mz_answer_basis {
    const mz_policy *policy;       /* NULL: the default, not told */
    const char *digest;            /* of the policy; the first MZ_SHORT_DIGEST digits are told */
    const mz_query_wishes *wishes; /* what the query set is told as it was applied */
    bool plan;                     /* what was done is told */
} mz_answer_basis;
enum { MZ_SHORT_DIGEST = 16 };

/* Appends the answer, one line without the newline. */
void mz_answer_write_json(const mz_screening *screening, const mz_answer_basis *basis, mz_buffer *out);

/* A hit as it stands in an answer. */
void mz_hit_write_json(const mz_hit *hit, mz_json *json);

/* Appends what stands in the place of an answer that could not be given, one line without the newline:
 * {"line":7,"id":"q7","error":{"message":…,"column":12}}. `line` 0: not told, and the place in the error has its own
 * line; `id` empty: not known. */
void mz_answer_write_error(uint64_t line, mz_str id, const mz_error *error, mz_buffer *out);

/* The id of a query that may be malformed elsewhere, in the arena or the text; empty when there is none to be found. */
mz_str mz_query_find_id(mz_str query, mz_arena *arena);
/* The same of one that was parsed. */
mz_str mz_query_id(const mz_json_value *query);

/* Appends {"id":…,"score":…,"weight":…,"evidence":[…]}: two names that were compared. */
void mz_comparison_write_json(mz_str id, const mz_comparison *comparison, mz_buffer *out);

/* Appends evidence as a JSON array. */
void mz_evidence_write_json(const mz_evidence *evidence, size_t count, mz_buffer *out);

#endif
