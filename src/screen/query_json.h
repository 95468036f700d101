/* Queries and answers as JSON. */
#ifndef MIZAN_SCREEN_QUERY_JSON_H
#define MIZAN_SCREEN_QUERY_JSON_H

#include "base/arena.h"
#include "base/buffer.h"
#include "entity/record.h"
#include "match/policy.h"
#include "mizan/screen.h"

/* What a query sets for itself, over the options and the policy; with the places of what it set, for messages. */
typedef struct mz_query_wishes {
    const mz_json_value *algorithm_at, *threshold_at, *weights_at, *filter_at; /* NULL: not set */
    mz_algorithm algorithm;
    mz_policy_part part;
    mz_filter filter;
} mz_query_wishes;

/* Reads {"id":…,"schema":…,"properties":{…},"algorithm":…,"threshold":…,"weights":{…},"filter":{…}} into the builder's
 * record and *ret_wishes; `id` is the arena's or the text's. A missing schema is LegalEntity: a person or a firm.
 * Values may be one string, or an array of strings and numbers. Other members are passed over, unless they look like
 * one of the last four misspelt. `any_threshold`: also one below 0.5. */
mz_status mz_query_read_json(mz_str text, bool any_threshold, mz_arena *arena, mz_builder *builder, mz_str *ret_id,
                             const mz_record **ret_record, mz_query_wishes *ret_wishes, mz_error *error);

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

/* Appends evidence as a JSON array. */
void mz_evidence_write_json(const mz_evidence *evidence, size_t count, mz_buffer *out);

#endif
