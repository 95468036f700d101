/* A filter as JSON: {"lists":["un"],"topics":["sanction"],"listed_since":"2020-01-01"}. */
#ifndef MIZAN_SCREEN_FILTER_JSON_H
#define MIZAN_SCREEN_FILTER_JSON_H

#include "base/arena.h"
#include "base/json_read.h"
#include "base/json_write.h"
#include "mizan/filter.h"

/* Reads an object whose members are filter keys, each a string or an array of strings; null and an empty array say
 * nothing. The texts are the JSON's, the arrays the arena's. */
mz_status mz_filter_read_json(const mz_json_value *value, mz_arena *arena, mz_filter *ret_filter, mz_error *error);

/* Fails with the place of a key in that object. */
mz_status mz_filter_fail_at(const mz_json_value *value, mz_filter_key key, mz_error *error);

/* Writes the object; keys without values are left out. */
void mz_filter_write_json(const mz_filter *filter, mz_json *json);

#endif
