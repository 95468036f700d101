/* Any bytes as a record: refused with a reason, or a record whose text reads back and is written the same. */
#include "entity/record.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool truth) {
    if (!truth) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_arena arena, again;
    mz_error error = {0};
    mz_record record, back;
    mz_arena_init(&arena, 1 << 22);
    mz_arena_init(&again, 1 << 22);
    mz_status status = mz_record_read_json((mz_str){(const char *)data, size}, &arena, &record, &error);
    check(status == error.status && (status == MZ_OK || error.text[0]));
    if (status == MZ_OK) {
        mz_buffer text, second;
        mz_buffer_init(&text, 1 << 22);
        mz_buffer_init(&second, 1 << 22);
        mz_record_write_json(&record, &text);
        check(mz_record_read_json(mz_buffer_view(&text), &again, &back, &error) == MZ_OK);
        mz_record_write_json(&back, &second);
        check(mz_str_equal(mz_buffer_view(&text), mz_buffer_view(&second)));
        mz_buffer_done(&second);
        mz_buffer_done(&text);
    }
    mz_arena_done(&again);
    mz_arena_done(&arena);
    return 0;
}
