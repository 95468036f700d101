/* A version's manifest from the disk: any bytes are refused or give a manifest whose names stay inside the folder and
 * which is written and read back as the same. */
#include "lists/manifest.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_names(const mz_manifest *manifest) {
    if (manifest->source_count > MZ_MOST_SOURCES) abort();
    for (size_t i = 0; i < manifest->source_count; i++) {
        const char *name = manifest->sources[i].name;
        if (name[0] == '\0' || name[0] == '.' || strchr(name, '/')) abort();
    }
    if (!mz_version_name(manifest->version.version)) abort();
    if (!mz_version_name(manifest->version.contents)) abort();
}

static void write_back(const mz_manifest *manifest) {
    mz_buffer first, second;
    mz_manifest again;
    mz_buffer_init(&first, MZ_MANIFEST_CEILING_BYTES);
    mz_buffer_init(&second, MZ_MANIFEST_CEILING_BYTES);
    mz_manifest_write(manifest, &first);
    if (first.failed || mz_manifest_read(mz_buffer_view(&first), &again, NULL)) abort();
    mz_manifest_write(&again, &second);
    if (!mz_str_equal(mz_buffer_view(&first), mz_buffer_view(&second))) abort();
    mz_buffer_done(&first);
    mz_buffer_done(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_manifest manifest;
    mz_error error = {0};
    if (mz_manifest_read((mz_str){(const char *)data, size}, &manifest, &error)) {
        if (error.text[0] == '\0') abort();
        return 0;
    }
    check_names(&manifest);
    write_back(&manifest);
    return 0;
}
