/* What of the lists is screened against, from the options. */
#ifndef MIZAN_CLI_FILTER_H
#define MIZAN_CLI_FILTER_H

#include "cli/cli.h"
#include "mizan/filter.h"

/* The options that make a filter, for a command's array of options. */
#define CLI_FILTER_OPTIONS                                                                                             \
    CLI_LIST, CLI_EXCLUDE_LIST, CLI_TOPIC, CLI_EXCLUDE_TOPIC, CLI_LISTED_SCHEMA, CLI_EXCLUDE_SCHEMA, CLI_LISTED_SINCE, \
        CLI_LISTED_BEFORE, CLI_CHANGED_SINCE, CLI_EXCLUDE_ENTITY

/* Fills in what was given; the texts are the options'. CLI_DONE or the exit status after having complained; to be freed
 * with cli_filter_done in any case. */
int cli_filter(const cli_context *cli, mz_filter *ret_filter);
void cli_filter_done(mz_filter *filter);

/* Whether the index knows what the filter names; CLI_DONE or the exit status after having complained of the option. */
int cli_filter_check(const mz_filter *filter, const mz_index *index);

/* "lists: un, eu; listed since: 2020", in words of the language. */
void cli_put_filter(mz_buffer *out, mz_language language, const mz_filter *filter);

#endif
