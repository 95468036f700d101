/* Images by an enemy who computes checksums. The input is a list of changes to an honest image, so that it stays of use
 * when the format changes: eight bytes each, section (or header), size with 64 for "add", offset, value. The checksums
 * are made right again; then the image is refused, or everything is done with it that may be done. */
#include "forged_steps.h"
#include "invented_image.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static uint8_t *honest;
    static size_t honest_size;
    mz_index *index;
    if (!honest) honest = invented_image_bytes(&honest_size);
    uint8_t *bytes = malloc(honest_size);
    if (!bytes) return 0;
    memcpy(bytes, honest, honest_size);
    forged_steps(bytes, honest_size, (const void *)honest, data, size);
    if (mz_index_open_memory(bytes, honest_size, &index, NULL) == MZ_OK) {
        forged_use(index);
        mz_index_close(index);
    } else if (size < FORGED_STEP_BYTES) {
        __builtin_trap(); /* nothing was changed */
    }
    free(bytes);
    return 0;
}
