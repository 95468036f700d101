/* Two answers to the same query. */
#ifndef MIZAN_AUDIT_REPLAY_COMPARE_H
#define MIZAN_AUDIT_REPLAY_COMPARE_H

#include "base/buffer.h"
#include "base/json_read.h"

/* Whether all hits of `then` are among those of `now`, to the byte of their canonical forms, and no others are; where
 * `then` was cut at a limit, that there are as many in all. Appends a line for each difference. */
mz_status mz_replay_compare(const mz_json_value *then, const mz_json_value *now, mz_arena *arena, bool *ret_same,
                            mz_buffer *lines, mz_error *error);

#endif
