/* An agency's casework, opened for a command: what mizan cases and mizan clearances share. */
#ifndef MIZAN_CLI_CASEWORK_H
#define MIZAN_CLI_CASEWORK_H

#include "cli/messages.h"
#include "cli/office.h"

typedef struct cli_casework {
    cli_context *cli;
    cli_office office;
    mz_principal who; /* of --as; empty without */
    mz_actor actor;
} cli_casework;

/* MZ_RIGHT_NONE: for reading, where --as may be left out; else somebody must be named who has the right. CLI_DONE, or
 * the exit status after having complained; then nothing is open. */
int cli_casework_open(cli_context *cli, mz_right right, cli_casework *work);

/* Of --note; empty without. */
mz_str cli_casework_note(const cli_context *cli);

/* The phase of a case or alert, or the state of a clearance, in the reader's words. */
cli_message cli_phase_message(mz_str phase);

#endif
