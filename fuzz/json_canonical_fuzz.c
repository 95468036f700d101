/* Any bytes as JSON, brought into canonical form: that is JSON of as many values, the canonical form of itself, and the
 * same for every spelling of a number. */
#include "base/json_canonical.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ARENA_BYTES = 16 << 20, TEXT_BYTES = 1 << 20 };

static void check(bool truth) {
    if (!truth) abort();
}

static size_t count_values(const mz_json_value *value) {
    size_t count = 1;
    for (const mz_json_value *child = value->child; child; child = child->next) count += count_values(child);
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_arena arena;
    mz_buffer once, twice;
    mz_error error;
    const mz_json_value *value = NULL, *again = NULL;
    mz_arena_init(&arena, ARENA_BYTES);
    mz_buffer_init(&once, TEXT_BYTES);
    mz_buffer_init(&twice, TEXT_BYTES);
    if (!mz_json_parse((mz_str){(const char *)data, size}, 0, &arena, &value, &error) &&
        !mz_json_canonical_value(value, &arena, &once, &error)) {
        check(!mz_json_parse(mz_buffer_view(&once), 0, &arena, &again, &error));
        check(count_values(value) == count_values(again));
        check(!mz_json_canonical_value(again, &arena, &twice, &error));
        check(mz_str_equal(mz_buffer_view(&once), mz_buffer_view(&twice)));
    }
    mz_buffer_done(&twice);
    mz_buffer_done(&once);
    mz_arena_done(&arena);
    return 0;
}
