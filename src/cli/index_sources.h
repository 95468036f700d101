/* Reading list files for the commands that make or change an index: each source is read, counted and told of, what
 * cannot be read is noted and kept (--rejected). */
#ifndef MIZAN_CLI_INDEX_SOURCES_H
#define MIZAN_CLI_INDEX_SOURCES_H

#include "cli/cli.h"
#include "mizan/list.h"

/* What is done with the records; `begin` may be NULL. The date of a list is known only at its end. */
typedef struct cli_index_work {
    mz_status (*begin)(void *into, mz_str list, mz_error *error);
    mz_status (*add)(void *into, const mz_record *record, mz_error *error);
    mz_status (*end)(void *into, mz_str list, const mz_read_report *report, mz_error *error);
    mz_status (*finish)(void *into, mz_error *error);
    void *into;
} cli_index_work;

/* Reads the operands of the command, each a source, in their order. */
mz_status cli_index_read(cli_context *cli, const cli_index_work *work, mz_error *error);

#endif
