/* Feeds every file of the folders named as arguments to one fuzz target, without libFuzzer: what a fuzzer once
 * found is tried again in every build, with any compiler. The name of an input is printed before it is tried, so
 * that a crash names it. Files are taken in the order of their names. */
#include "base/buffer.h"
#include "base/file.h"

#include <dirent.h>
#include <limits.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { LARGEST_INPUT_BYTES = 16 * 1024 * 1024 };

static int visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static bool feed(const char *path) {
    mz_buffer bytes;
    mz_error error = {0};
    mz_buffer_init(&bytes, LARGEST_INPUT_BYTES);
    printf("# %s\n", path);
    (void)fflush(stdout);
    bool fine = mz_file_read(path, &bytes, &error) == MZ_OK;
    if (fine) {
        /* a copy of just the size, so that a sanitizer sees the first byte read behind the end */
        uint8_t *exact = malloc(bytes.size ? bytes.size : 1);
        fine = exact != NULL;
        if (fine) {
            if (bytes.size) memcpy(exact, bytes.data, bytes.size);
            (void)LLVMFuzzerTestOneInput(exact, bytes.size);
        }
        free(exact);
    } else {
        printf("# %s\n", error.text);
    }
    mz_buffer_done(&bytes);
    return fine;
}

static bool feed_folder(const char *folder, int *inputs) {
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, visible, alphasort);
    bool fine = count >= 0;
    if (!fine) printf("# cannot read the folder %s\n", folder);
    for (int i = 0; i < count; i++) {
        char path[PATH_MAX];
        int size = snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name);
        if (size < 0 || (size_t)size >= sizeof path || !feed(path)) fine = false;
        ++*inputs;
        free(entries[i]);
    }
    free(entries);
    return fine;
}

int main(int argc, char **argv) {
    printf("1..%d\n", argc - 1);
    bool all_fine = argc > 1;
    for (int i = 1; i < argc; i++) {
        int inputs = 0;
        bool fine = feed_folder(argv[i], &inputs) && inputs > 0;
        printf("%s %d - %d inputs of %s\n", fine ? "ok" : "not ok", i, inputs, argv[i]);
        if (!fine) all_fine = false;
    }
    return all_fine ? 0 : 1;
}
