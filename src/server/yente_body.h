/* The body of a request to /match:
 * {"queries":{"q1":{"id":…,"schema":…,"properties":{…}},…},"weights":{…},"config":{…}}.
 *
 * It is checked as a whole before the first query is screened: one that cannot be understood refuses the batch, with
 * its place and its name, as yente does. What FollowTheMoney knows and Mizan does not compare (an address in a block
 * chain, the settings of another algorithm) is no mistake and is told in the answer; what nobody knows is one. */
#ifndef MIZAN_SERVER_YENTE_BODY_H
#define MIZAN_SERVER_YENTE_BODY_H

#include "base/arena.h"
#include "base/json_read.h"
#include "entity/record.h"
#include "match/policy.h"

typedef struct mz_yente_body {
    const mz_json_value *queries;    /* an object with at least one member, each an object that was checked */
    mz_policy_part weights;          /* those that are Mizan's own */
    const mz_json_value *weights_at; /* NULL: none of them is set */
    mz_str not_done;                 /* what was sent and means nothing here; empty: nothing */
} mz_yente_body;

/* Reads a body that was parsed. MZ_ERR_INPUT with the place; MZ_ERR_ARGUMENT for more than `most` queries. */
mz_status mz_yente_body_read(const mz_json_value *root, size_t most, mz_arena *arena, mz_yente_body *ret_body,
                             mz_error *error);

/* One of the queries, made a record, the builder's until it starts the next. */
typedef struct mz_yente_query {
    mz_str id; /* data NULL: it has none */
    const mz_record *record;
    mz_str not_done; /* the arena's */
} mz_yente_query;
mz_status mz_yente_query_read(const mz_json_value *query, mz_builder *builder, mz_arena *arena,
                              mz_yente_query *ret_query, mz_error *error);

#endif
