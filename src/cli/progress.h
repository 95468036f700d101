/* How far a long work is: one line on standard error, when that is a terminal, drawn at most ten times a second.
 * Whoever complains wipes it away first. One thread at a time. */
#ifndef MIZAN_CLI_PROGRESS_H
#define MIZAN_CLI_PROGRESS_H

#include "cli/cli.h"

#include <stdint.h>

typedef struct cli_progress {
    bool shown;     /* a terminal, and not quiet */
    char what[100]; /* in front: "un", "reading un" */
    uint64_t started_ns, drawn_ns;
} cli_progress;

void cli_progress_start(cli_progress *progress, const cli_context *cli, const char *what);
/* A bar with the share done when the total is known, the amount when it is not. */
void cli_progress_bytes(cli_progress *progress, uint64_t done, uint64_t total);
/* A bar with the share done. */
void cli_progress_count(cli_progress *progress, uint64_t done, uint64_t total);
/* Lines screened so far, the rate, and those with a hit. */
void cli_progress_lines(cli_progress *progress, uint64_t lines, uint64_t with_hit);
/* Wipes the line, if one stands. */
void cli_progress_clear(void);

#endif
