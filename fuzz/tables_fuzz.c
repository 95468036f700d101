/* The lists that come as tables. The first byte chooses the format; for OFAC's, which is several files, the rest is
 * cut at 0x1E into sdn.csv, alt.csv, add.csv and sdn_comments.csv.
 *
 * Whatever comes: no crash, the sums come out, and an error has its text. */
#include "mizan/list.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char folder[256];

static void write_file(const char *name, const uint8_t *data, size_t size, char ret_path[512]) {
    (void)snprintf(ret_path, 512, "%s/%s", folder, name);
    int file = open(ret_path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || write(file, data, size) != (ssize_t)size) abort();
    close(file);
}

static void remove_folder(void) {
    static const char *const names[] = {"list.csv", "sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"};
    char path[512];
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        (void)snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        (void)remove(path);
    }
    (void)rmdir(folder);
}

static void make_folder(void) {
    if (folder[0]) return;
    const char *base = getenv("TMPDIR");
    (void)snprintf(folder, sizeof folder, "%.200s/mizan-fuzz-XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(folder)) abort();
    (void)atexit(remove_folder);
}

static void write_ofac(const uint8_t *data, size_t size, char path[512]) {
    static const char *const names[] = {"sdn.csv", "alt.csv", "add.csv", "sdn_comments.csv"};
    for (size_t i = 0; i < 4; i++) {
        const uint8_t *end = size ? memchr(data, 0x1E, size) : NULL;
        size_t part = end && i < 3 ? (size_t)(end - data) : size;
        write_file(names[i], data, part, path);
        size_t step = part + (end && i < 3);
        data += step;
        size -= step;
    }
    (void)snprintf(path, 512, "%s", folder);
}

static mz_status take_record(void *context, const mz_record *record, mz_error *error) {
    uint64_t *taken = context;
    (void)error;
    if (record->entity_count == 0 || record->entities[0].id.size == 0) abort();
    ++*taken;
    return MZ_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const char *const formats[] = {"uk", "uk-list", "eu", "us-csl", "ofac"};
    char path[512];
    uint64_t taken = 0;
    if (size == 0) return 0;
    make_folder();
    const char *name = formats[data[0] % 5];
    if (strcmp(name, "ofac") == 0)
        write_ofac(data + 1, size - 1, path);
    else
        write_file("list.csv", data + 1, size - 1, path);
    mz_read_options options = {.record = take_record, .context = &taken};
    mz_read_report report = {0};
    mz_error error = {0};
    mz_status status = mz_list_read(mz_list_format_find((mz_str){name, strlen(name)}), path, &options, &report, &error);
    if (status && !error.text[0]) abort();
    if (!status && (report.records != report.entities + report.rejected || report.entities != taken)) abort();
    return 0;
}
