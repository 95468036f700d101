/* Names changed by every class: the first two bytes are the seed, the third the schema, the rest is the name. What
 * comes of it is UTF-8, not longer than a name may be, and the same the second time. */
#include "effectiveness/change.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_INPUT_BYTES = 4096 };

static char *changed(size_t number, uint64_t seed, mz_schema schema, mz_str name) {
    char *text = NULL;
    mz_status status = mz_change_name(number, seed, schema, name, &text, NULL);
    if (status == MZ_ERR_INPUT && mz_utf8_valid(name, NULL)) __builtin_trap();
    return text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 3 || size > MOST_INPUT_BYTES) return 0;
    uint64_t seed = data[0] | (uint64_t)data[1] << 8;
    mz_schema schema = data[2] % MZ_SCHEMA_COUNT;
    mz_str name = {(const char *)data + 3, size - 3};
    for (size_t number = 0; mz_change_class_of(number); number++) {
        char *one = changed(number, seed, schema, name), *two = changed(number, seed, schema, name);
        if (!one != !two || (one && strcmp(one, two) != 0)) __builtin_trap();
        if (one && !mz_utf8_valid(mz_str_of(one), NULL)) __builtin_trap();
        if (one && strlen(one) > (size_t)MZ_CHANGE_LETTERS * 4) __builtin_trap();
        free(one);
        free(two);
    }
    return 0;
}
