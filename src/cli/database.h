/* Where people, keys and sessions are kept, for the commands that need them. */
#ifndef MIZAN_CLI_DATABASE_H
#define MIZAN_CLI_DATABASE_H

#include "access/access.h"
#include "cli/cli.h"
#include "store/sql.h"

/* `--store postgresql://…` is --database, and the lists are where they usually are. Before anything asks for the folder
 * of the lists. */
void cli_database_settle(cli_context *cli);

/* --database; else service.db in the folder of the lists. */
int cli_database_open(const cli_context *cli, mz_store **ret_store);

/* The same where there is one already, and NULL where there is none; one that --database names must be there. */
int cli_database_at_hand(cli_context *cli, mz_store **ret_store);

/* The first start: an agency that operates the service, and its administrator, whose password is shown once, as a
 * message. It must be changed when it is first used; who reads it where it is shown can do no more than be the first.
 */
mz_status cli_database_begin(const cli_context *cli, mz_access *access, mz_error *error);

#endif
