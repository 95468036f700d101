/* Queries as JSON against a small list, also with weights and thresholds of their own. What is answered is JSON, and
 * the same whether the index was used or every entity was looked at (which alone may have a threshold below 0.5). */
#include "base/json_read.h"
#include "invented_image.h"
#include "mizan/screen.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { MOST_INPUT_BYTES = 16 * 1024, ARENA_BYTES = 16 * 1024 * 1024 };

static mz_screener *screener_of(const mz_index *index, bool exhaustive) {
    mz_screener *screener;
    mz_screen_options options = {.threshold = 0.5, .limit = 5, .exhaustive = exhaustive};
    if (mz_screener_new(index, &options, &screener, NULL)) abort();
    return screener;
}

static void check_json(mz_str answer) {
    mz_arena arena;
    const mz_json_value *value;
    mz_arena_init(&arena, ARENA_BYTES);
    mz_status status = mz_json_parse(answer, 0, &arena, &value, NULL);
    if (status == MZ_ERR_INPUT) __builtin_trap();
    mz_arena_done(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static mz_index *index;
    static mz_screener *fast, *full;
    if (!index) {
        size_t image_size = 0;
        const uint8_t *bytes = invented_image_bytes(&image_size);
        if (mz_index_open_memory(bytes, image_size, &index, NULL)) abort();
        fast = screener_of(index, false);
        full = screener_of(index, true);
    }
    if (size > MOST_INPUT_BYTES) return 0;
    mz_str query = {(const char *)data, size}, found, expected;
    size_t found_hits, expected_hits;
    mz_error error = {0};
    mz_status status = mz_screen_json(fast, query, &found, &found_hits, &error);
    mz_status full_status = mz_screen_json(full, query, &expected, &expected_hits, NULL);
    if (status != full_status && !strstr(error.text, "\"threshold\" must be")) __builtin_trap();
    if (status) {
        if (!error.text[0]) __builtin_trap();
        return 0;
    }
    check_json(found);
    if (memmem(found.data, found.size, "\"plan\":{", 8)) return 0; /* the work of the two is not the same */
    if (found_hits != expected_hits || !mz_str_equal(found, expected)) __builtin_trap();
    return 0;
}
