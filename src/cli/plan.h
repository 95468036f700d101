/* What a screening did, for people and as columns of CSV. */
#ifndef MIZAN_CLI_PLAN_H
#define MIZAN_CLI_PLAN_H

#include "base/json_read.h"
#include "cli/cli.h"
#include "mizan/plan.h"

/* The "plan" of an answer in JSON; zeros where `value` is NULL. */
void cli_plan_read(const mz_json_value *value, mz_plan *ret_plan);

/* A table of what was done, without what was not, and of the time it took. False when memory ran out. */
bool cli_plan_show(const cli_context *cli, mz_buffer *out, const mz_plan *plan);

/* ",names,work,base_words_searched,…": columns behind the others, and the values in them. */
void cli_plan_columns(mz_buffer *out);
void cli_plan_values(mz_buffer *out, const mz_plan *plan);

#endif
