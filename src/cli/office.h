/* An agency of the database, opened for a command: what mizan people and mizan keys share. */
#ifndef MIZAN_CLI_OFFICE_H
#define MIZAN_CLI_OFFICE_H

#include "access/agencies.h"
#include "cli/cli.h"

typedef struct cli_office {
    cli_context *cli;
    mz_store *store;
    mz_access *access;
    mz_arena arena;
    mz_agency agency;
    mz_principal who; /* may do everything in it */
    mz_actor actor;
} cli_office;

/* The agency of --agency, or the one that operates the service; a database that is new gets its first one as a service
 * would make it. CLI_DONE, or the exit status after having complained. */
int cli_office_open(cli_context *cli, cli_office *office);
void cli_office_close(cli_office *office);

/* A sentence about `name`, as a note. */
void cli_office_say(const cli_office *office, cli_message message, mz_str name);

#endif
