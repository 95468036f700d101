/* Any bytes as a country: none, or a code that is its own code and has a name in every language. */
#include "mizan/country.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const char *code = mz_country_code((mz_str){(const char *)data, size});
    if (!code) return 0;
    mz_str text = mz_str_of(code);
    if (mz_country_code(text) != code) abort();
    if (!mz_country_name(text, MZ_ENGLISH) || !mz_country_name(text, MZ_FRENCH) || !mz_country_name(text, MZ_ARABIC))
        abort();
    return 0;
}
