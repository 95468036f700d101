/* The policy that the options of a command make. */
#ifndef MIZAN_CLI_POLICY_H
#define MIZAN_CLI_POLICY_H

#include "cli/cli.h"
#include "mizan/policy.h"

/* --policy with --algorithm and --weight over it (the threshold goes another way: it may be below 0.5). *ret_policy:
 * NULL when none of them was given, else to be freed. CLI_DONE, or the exit status after having complained. */
int cli_policy(const cli_context *cli, mz_policy **ret_policy);
/* The same with another file in the place of --policy; NULL: none. */
int cli_policy_from(const cli_context *cli, const char *path, mz_policy **ret_policy);

#endif
