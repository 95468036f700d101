/* The image of the invented list in memory, for targets that need one: built once, in a file that is gone again. */
#ifndef MIZAN_FUZZ_INVENTED_IMAGE_H
#define MIZAN_FUZZ_INVENTED_IMAGE_H

#include "../tests/invented_list.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* The bytes of a file, which is removed. */
static inline uint8_t *invented_take_file(const char *path, size_t *ret_size) {
    struct stat facts;
    FILE *file = fopen(path, "rb");
    if (!file || fstat(fileno(file), &facts) < 0) abort();
    *ret_size = (size_t)facts.st_size;
    uint8_t *bytes = malloc(*ret_size);
    if (!bytes || fread(bytes, 1, *ret_size, file) != *ret_size) abort();
    (void)fclose(file);
    (void)unlink(path);
    return bytes;
}

static inline uint8_t *invented_image_bytes(size_t *ret_size) {
    char path[] = "/tmp/mizan-fuzz-XXXXXX";
    int descriptor = mkstemp(path);
    if (descriptor < 0 || close(descriptor) < 0 || invented_image(path, NULL) != MZ_OK) abort();
    return invented_take_file(path, ret_size);
}

/* The image, and what changed since it was built. */
static inline uint8_t *invented_changes_bytes(size_t *ret_size, uint8_t **ret_base, size_t *ret_base_size) {
    char path[] = "/tmp/mizan-fuzz-XXXXXX", changes[64];
    int descriptor = mkstemp(path);
    (void)snprintf(changes, sizeof changes, "%s.changes", path);
    if (descriptor < 0 || close(descriptor) < 0 || invented_image(path, NULL) || invented_update(path, NULL)) abort();
    *ret_base = invented_take_file(path, ret_base_size);
    return invented_take_file(changes, ret_size);
}

#endif
