/* Files of changes by an enemy who computes checksums; the input is as image_fuzz.c's, and the base image is honest.
 * The changes are refused, passed over, or the index of both is used. */
#include "forged_steps.h"
#include "invented_image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static uint8_t *base, *honest;
    static size_t base_size, honest_size;
    mz_index *index;
    if (!honest) honest = invented_changes_bytes(&honest_size, &base, &base_size);
    uint8_t *bytes = malloc(honest_size);
    if (!bytes) return 0;
    memcpy(bytes, honest, honest_size);
    forged_steps(bytes, honest_size, (const void *)honest, data, size);
    if (mz_index_open_parts(base, base_size, bytes, honest_size, &index, NULL) == MZ_OK) {
        forged_use(index);
        mz_index_close(index);
    } else if (size < FORGED_STEP_BYTES) {
        __builtin_trap(); /* nothing was changed */
    }
    free(bytes);
    return 0;
}
