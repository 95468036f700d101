/* The descriptions of the commands, printed for people, for man and for shells. */
#ifndef MIZAN_CLI_HELP_H
#define MIZAN_CLI_HELP_H

#include "cli/cli.h"

/* --help: of the command given, of its family, or of the program. */
int cli_help_print(cli_context *cli);

/* The manual page "mizan-screen"; of the whole program for NULL. */
void cli_man_page(mz_buffer *out, const cli_command *command);

/* The completion script for "bash", "zsh" or "fish". */
void cli_completion_script(mz_buffer *out, const char *shell);

#endif
