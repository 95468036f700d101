/* One run of the program: what was asked, how it is to be printed, and the means to print it.
 *
 * Results go to standard output through `out`; messages go to standard error through cli_note and its kin. One
 * thread at a time uses a cli. */
#ifndef MIZAN_CLI_CLI_H
#define MIZAN_CLI_CLI_H

#include "cli/command.h"
#include "cli/messages.h"
#include "cli/output.h"
#include "mizan/country.h"
#include "mizan/index.h"
#include "mizan/status.h"
#include "mizan/store.h"

#include <stdint.h>

enum { CLI_DONE = 0, CLI_FAILED = 1, CLI_USAGE = 2, CLI_HIT = 3, CLI_INTERRUPTED = 130 };

typedef enum cli_print { CLI_PRINT_JSON, CLI_PRINT_TABLE, CLI_PRINT_CSV } cli_print;

typedef struct cli_value {
    const char **texts; /* in the order given; of an option that is not `many`, the last one */
    size_t count;       /* 0: not given */
    double number;      /* of CLI_KIND_NUMBER and CLI_KIND_COUNT */
} cli_value;

typedef struct cli_context {
    const cli_command *command;
    cli_value values[CLI_OPTION_COUNT];
    const char **operands;
    size_t operand_count;
    cli_print format;
    mz_language language;
    bool quiet, verbose;
    bool out_is_terminal, error_is_terminal;
    bool color;     /* standard output may be coloured */
    unsigned width; /* columns of the terminal, 80 elsewhere */
    cli_output out;
    char *settings; /* the settings file, which the values from it point into */
} cli_context;

/* Fills in `cli` from the command line, the environment and the settings file; says what is wrong and returns
 * CLI_USAGE, or CLI_DONE. cli_done frees it in any case. */
int cli_parse(cli_context *cli, int argc, char **argv);
void cli_done(cli_context *cli);

/* Puts a value in for an option, checked; `from` names the place for the message. False after having complained. */
bool cli_set(cli_context *cli, cli_option_id id, const char *text, const char *from);
/* Values from the environment and the settings file for what the command line left open. */
int cli_settings(cli_context *cli);

static inline bool cli_given(const cli_context *cli, cli_option_id id) {
    return cli->values[id].count > 0;
}
/* The value given last, or NULL. */
static inline const char *cli_text(const cli_context *cli, cli_option_id id) {
    const cli_value *value = &cli->values[id];
    return value->count ? value->texts[value->count - 1] : NULL;
}
static inline double cli_number(const cli_context *cli, cli_option_id id, double usual) {
    return cli->values[id].count ? cli->values[id].number : usual;
}

/* "mizan: …" on standard error, not when quiet. */
void cli_note(const cli_context *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same when quiet too. */
void cli_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Complains about wrong usage, names the help to read, and returns CLI_USAGE. */
int cli_usage(const cli_context *cli, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Only the latter two. */
int cli_see_help(const cli_context *cli);
/* Complains of an error with its place and returns CLI_FAILED (CLI_INTERRUPTED for a cancelled work). */
int cli_fail(const mz_error *error);
/* "WHERE:LINE:COLUMN: text" */
void cli_error_text(const mz_error *error, mz_buffer *out);

/* Whether Ctrl-C was pressed since cli_interruptible; the second one ends the program at once. */
void cli_interruptible(void);
bool cli_interrupted(void);

/* The store, opened; CLI_DONE or the exit status after having complained. */
int cli_store_open(const cli_context *cli, bool writable, mz_list_store **ret_store);

/* Brings the store's image up to the current versions when it is not; says so. The exit status. */
int cli_image_refresh(const cli_context *cli, mz_list_store *store);
/* FOLDER/index.mzi of the store. */
mz_status cli_image_path(const cli_context *cli, char *ret_path, size_t size, mz_error *error);
/* The image of --index, or that of the store, made anew when it is damaged. CLI_DONE or the exit status after having
 * complained. */
int cli_image_open(const cli_context *cli, mz_index **ret_index);
/* Complains (as a note) when the image is not that of the current versions or a list is old. */
void cli_image_check(const cli_context *cli, const mz_index *index);

#endif
