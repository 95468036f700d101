/* mizan-bench-read: how fast official lists are read.
 *
 * usage: mizan-bench-read [--json] LISTS_FOLDER
 *
 * Reads every list of the folder three times and tells the best, in records and in bytes of the file; one thread.
 * Figures of different machines do not compare; ratios of one run do. */
#include "base/clock.h"
#include "mizan/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct {
    const char *format, *path;
} lists[] = {
    {"un", "un/consolidated-2020-11.xml"},
    {"un", "un/consolidated-2025-04.xml"},
    {"un", "un/consolidated-2026-08.xml"},
    {"ofac", "ofac/sdn-2021-07.csv"},
    {"ofac", "ofac/cons_prim-2025-12.csv"},
    {"ofac-xml", "ofac/consolidated-non-sdn-2025-03.xml"},
    {"us-csl", "us/consolidated-screening-list-2022-04.csv"},
    {"eu", "eu/fsf-sample-2018.csv"},
    {"uk", "uk/ofsi-conlist-2018-04.csv"},
    {"australia", "australia/dfat-2026-08.xlsx"},
    {"canada", "canada/sema-2020-10.xml"},
    {"canada", "canada/sema-2025-06.xml"},
    {"ftm", "ftm/uk-2026-04.ftm.json"},
    {"ftm", "ftm/us-csl-2026-07.ftm.json"},
    {"ftm", "ftm/sa-wiki-peps.ftm.json"},
};
enum { LISTS = sizeof lists / sizeof lists[0], READ_ROUNDS = 3 };

static void die(const char *what, const mz_error *error) {
    (void)fprintf(stderr, "mizan-bench-read: %s: %s\n", what, error->text);
    exit(1);
}

static mz_status drop(void *context, const mz_record *record, mz_error *error) {
    (void)context, (void)record, (void)error;
    return MZ_OK;
}

static void read_list(const char *folder, size_t i, bool json) {
    char path[4096];
    mz_error error = {0};
    mz_read_report report;
    mz_read_options options = {.record = drop};
    (void)snprintf(path, sizeof path, "%s/%s", folder, lists[i].path);
    if (access(path, R_OK) != 0) {
        if (!json) printf("  %-42s is not there\n", lists[i].path);
        return;
    }
    double best = 1e9;
    for (int round = 0; round < READ_ROUNDS; round++) {
        uint64_t start = mz_clock_ns();
        if (mz_list_read(mz_list_format_find(mz_str_of(lists[i].format)), path, &options, &report, &error))
            die(path, &error);
        double took = (double)(mz_clock_ns() - start) / 1e9;
        if (took < best) best = took;
    }
    double rate = (double)report.records / best, megabytes = (double)report.bytes / best / 1e6;
    if (json)
        printf("{\"measure\":\"read\",\"list\":\"%s\",\"format\":\"%s\",\"records\":%llu,\"records_per_s\":%.0f,"
               "\"mb_per_s\":%.1f}\n",
               lists[i].path, lists[i].format, (unsigned long long)report.records, rate, megabytes);
    else
        printf("  %-42s %9llu %10.0f %8.1f\n", lists[i].path, (unsigned long long)report.records, rate, megabytes);
}

int main(int argc, char **argv) {
    bool json = argc > 1 && strcmp(argv[1], "--json") == 0;
    if (argc != (json ? 3 : 2)) {
        (void)fprintf(stderr, "usage: mizan-bench-read [--json] LISTS_FOLDER\n");
        return 2;
    }
    if (!json) printf("%-44s %9s %10s %8s\n", "reading, one core", "records", "records/s", "MB/s");
    for (size_t i = 0; i < LISTS; i++) read_list(argv[argc - 1], i, json);
    return 0;
}
