/* Showing versions of lists: what the lists commands share. */
#ifndef MIZAN_CLI_VERSIONS_H
#define MIZAN_CLI_VERSIONS_H

#include "cli/cli.h"

enum { CLI_SHORT_VERSION = 12, CLI_OLD_DAYS = 7, CLI_DAY_TEXT_SIZE = 16 };

/* "2026-08-01" for seconds since 1970; "" for 0. */
void cli_day_text(int64_t seconds, char ret_text[CLI_DAY_TEXT_SIZE]);

/* Whole days from then until now; 0 for the future. */
int64_t cli_age_days(int64_t seconds);

/* Whether a version was not confirmed for more than CLI_OLD_DAYS; warns of it, and says what to do. */
bool cli_version_old(const mz_list_version *version);
void cli_version_old_note(const cli_context *cli, const mz_list_version *version);

/* The list in the catalogue, or NULL. */
const mz_list_origin *cli_origin_of(const char *list);

/* Whether the files of a version are damaged; complains when they are. */
bool cli_version_damaged(const mz_list_version *version);

/* A note for a record that could not be read; the first ten, then silence. `seen` counts them. */
void cli_rejection_note(const cli_context *cli, const char *list, const mz_rejection *rejection, uint64_t *seen);
/* "… and 12 more", when there were more than were shown. */
void cli_rejection_rest(const cli_context *cli, const char *list, uint64_t seen);

#endif
