/* The first byte chooses a property, the rest is its value: a normal form that fits, and that is its own normal form
 * with the same verdict. */
#include "mizan/identifier.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool truth) {
    if (!truth) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char normal[MZ_IDENTIFIER_SIZE], again[MZ_IDENTIFIER_SIZE];
    size_t normal_size = 0, again_size = 0;
    if (size == 0) return 0;
    mz_property property = (mz_property)(data[0] % MZ_PROPERTY_COUNT);
    mz_str text = {(const char *)data + 1, size - 1};
    mz_identifier_check verdict = mz_identifier_normalise(property, text, normal, &normal_size);
    check(normal_size < MZ_IDENTIFIER_SIZE && normal[normal_size] == '\0');
    check((verdict == MZ_CHECK_SHAPE) == (normal_size == 0));
    if (verdict != MZ_CHECK_SHAPE) {
        /* EIP-55 gives letters of one case the capitals that make it right */
        mz_identifier_check second =
            mz_identifier_normalise(property, (mz_str){normal, normal_size}, again, &again_size);
        check(second == verdict ||
              (property == MZ_PROP_publicKey && verdict == MZ_CHECK_NONE && second == MZ_CHECK_RIGHT));
        check(mz_str_equal((mz_str){normal, normal_size}, (mz_str){again, again_size}));
    }
    (void)mz_identifier_guess(text);
    return 0;
}
