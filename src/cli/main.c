/* From the arguments to the exit status. */
#include "cli/cli.h"
#include "cli/help.h"
#include "cli/progress.h"

#include <errno.h>
#include <signal.h>
#include <string.h>

/* Whoever read our output went away (`mizan … | head`): we end as a program that knows nothing of it would. */
static _Noreturn void end_with_pipe(void) {
    (void)signal(SIGPIPE, SIG_DFL);
    (void)raise(SIGPIPE);
    _Exit(CLI_FAILED);
}

int main(int argc, char **argv) {
    cli_context cli;
    /* a broken pipe is an error like any other, so that files are closed and put in order before we end */
    (void)signal(SIGPIPE, SIG_IGN);
    int status = cli_parse(&cli, argc, argv);
    if (!status) status = cli_given(&cli, CLI_HELP) ? cli_help_print(&cli) : cli.command->run(&cli);
    cli_progress_clear();
    int number = cli_output_done(&cli.out);
    cli_done(&cli);
    if (number == EPIPE) end_with_pipe();
    if (number) {
        cli_complain("cannot write the results: %s%s", strerror(number),
                     number == ENOSPC ? "; free some space and try again" : "");
        return CLI_FAILED;
    }
    return status;
}
