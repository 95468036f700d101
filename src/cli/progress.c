#include "cli/progress.h"

#include "base/clock.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BAR_COLUMNS = 24, STEP_NS = 100 * 1000 * 1000 };

/* There is one terminal, so there is one line on it, which whoever complains must know of. It and the mark of an
 * interruption (complain.c) are all the state of this program outside of its cli_context. */
static atomic_bool line_stands;

static void draw(const char *text) {
    char line[400];
    int size = snprintf(line, sizeof line, "\r%s\033[K", text);
    if (size <= 0) return;
    if ((size_t)size >= sizeof line) size = (int)sizeof line - 1;
    ssize_t put = write(STDERR_FILENO, line, (size_t)size);
    (void)put;
    atomic_store(&line_stands, true);
}

void cli_progress_clear(void) {
    if (!atomic_exchange(&line_stands, false)) return;
    ssize_t put = write(STDERR_FILENO, "\r\033[K", 4);
    (void)put;
}

void cli_progress_start(cli_progress *progress, const cli_context *cli, const char *what) {
    *progress = (cli_progress){.shown = cli->error_is_terminal && !cli->quiet, .started_ns = mz_clock_ns()};
    (void)snprintf(progress->what, sizeof progress->what, "%s", what);
}

/* Short works pass without a line: nothing is drawn in the first step. */
static bool due(cli_progress *progress) {
    if (!progress->shown) return false;
    uint64_t now = mz_clock_ns(), since = progress->drawn_ns ? progress->drawn_ns : progress->started_ns;
    if (now - since < STEP_NS) return false;
    progress->drawn_ns = now;
    return true;
}

static void put_bar(char bar[BAR_COLUMNS + 1], uint64_t done, uint64_t total) {
    memset(bar, '-', BAR_COLUMNS);
    memset(bar, '#', (size_t)((double)done / (double)total * BAR_COLUMNS));
    bar[BAR_COLUMNS] = '\0';
}

void cli_progress_bytes(cli_progress *progress, uint64_t done, uint64_t total) {
    if (!due(progress)) return;
    char text[300], bar[BAR_COLUMNS + 1];
    double mebibytes = (double)done / (1024.0 * 1024.0);
    if (total == 0 || done > total) {
        (void)snprintf(text, sizeof text, "%s  %.1f MiB", progress->what, mebibytes);
    } else {
        put_bar(bar, done, total);
        (void)snprintf(text, sizeof text, "%s  [%s] %3.0f %%  %.1f MiB", progress->what, bar,
                       100.0 * (double)done / (double)total, mebibytes);
    }
    draw(text);
}

void cli_progress_count(cli_progress *progress, uint64_t done, uint64_t total) {
    if (!due(progress) || total == 0 || done > total) return;
    char text[300], bar[BAR_COLUMNS + 1];
    put_bar(bar, done, total);
    (void)snprintf(text, sizeof text, "%s  [%s] %llu of %llu", progress->what, bar, (unsigned long long)done,
                   (unsigned long long)total);
    draw(text);
}

void cli_progress_lines(cli_progress *progress, uint64_t lines, uint64_t with_hit) {
    if (!due(progress)) return;
    double seconds = (double)(mz_clock_ns() - progress->started_ns) / 1e9;
    char text[300];
    (void)snprintf(text, sizeof text, "%s  %llu lines, %.0f a second, %llu with a hit", progress->what,
                   (unsigned long long)lines, (double)lines / seconds, (unsigned long long)with_hit);
    draw(text);
}
