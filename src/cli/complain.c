/* Messages on standard error, wrong usage, and Ctrl-C. */
#include "cli/cli.h"
#include "cli/progress.h"

#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void complain(const char *format, va_list arguments) __attribute__((format(printf, 1, 0)));

/* The line in one write, so that it does not mix with those of other programs. */
static void complain(const char *format, va_list arguments) {
    mz_buffer line;
    mz_buffer_init(&line, 64 * 1024);
    char text[4096];
    (void)vsnprintf(text, sizeof text, format, arguments);
    mz_buffer_append(&line, "mizan: ", 7);
    /* line breaks that we wrote ourselves are kept */
    for (const char *at = text; *at;) {
        size_t run = strcspn(at, "\n");
        cli_put_safe(&line, (mz_str){at, run});
        mz_buffer_char(&line, '\n');
        at += run + (at[run] == '\n');
    }
    cli_progress_clear();
    ssize_t put = line.failed ? 0 : write(STDERR_FILENO, line.data, line.size);
    (void)put; /* there is nobody left to tell */
    mz_buffer_done(&line);
}

void cli_complain(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    complain(format, arguments);
    va_end(arguments);
}

void cli_note(const cli_context *cli, const char *format, ...) {
    if (cli->quiet) return;
    va_list arguments;
    va_start(arguments, format);
    complain(format, arguments);
    va_end(arguments);
}

int cli_usage(const cli_context *cli, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    complain(format, arguments);
    va_end(arguments);
    return cli_see_help(cli);
}

int cli_see_help(const cli_context *cli) {
    if (cli->command)
        cli_complain("see: mizan help %s", cli->command->name);
    else
        cli_complain("see: mizan help");
    return CLI_USAGE;
}

void cli_error_text(const mz_error *error, mz_buffer *out) {
    if (error->where[0]) mz_buffer_print(out, "%s:", error->where);
    if (error->line) mz_buffer_print(out, "%s%llu:", error->where[0] ? "" : "line ", (unsigned long long)error->line);
    if (error->column)
        mz_buffer_print(out, "%s%llu:", error->where[0] || error->line ? "" : "column ",
                        (unsigned long long)error->column);
    if (out->size) mz_buffer_char(out, ' ');
    mz_buffer_append(out, error->text, strlen(error->text));
}

int cli_fail(const mz_error *error) {
    mz_buffer text;
    mz_buffer_init(&text, 4096);
    cli_error_text(error, &text);
    cli_complain("%s", text.data ? text.data : mz_status_name(error->status));
    mz_buffer_done(&text);
    return error->status == MZ_ERR_CANCELLED ? CLI_INTERRUPTED : CLI_FAILED;
}

/* The one thing a signal handler may touch. It is outside of cli_context because no handler is given one; the other
 * such variable is in progress.c. */
static volatile sig_atomic_t interrupted;

static void remember(int number) {
    (void)number;
    interrupted = 1;
}

void cli_interruptible(void) {
    struct sigaction action = {.sa_handler = remember, .sa_flags = (int)SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    interrupted = 0;
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

bool cli_interrupted(void) {
    return interrupted != 0;
}
