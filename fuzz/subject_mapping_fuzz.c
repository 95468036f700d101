/* Any bytes as a mapping: what is read is written in one form, which is read as the same, and formats of dates read
 * any text. */
#include "subjects/mapping.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void write(const mz_subject_mapping *mapping, mz_buffer *out) {
    mz_buffer_init(out, 8 << 20);
    mz_subject_mapping_write(mapping, out);
    if (out->failed) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    mz_arena arena;
    mz_subject_mapping mapping, again;
    mz_buffer first, second;
    char date[MZ_DATE_TEXT_SIZE];
    mz_str text = {(const char *)data, size};
    mz_arena_init(&arena, 64 << 20);
    if (mz_subject_mapping_parse(text, &arena, &mapping, NULL) == MZ_OK) {
        write(&mapping, &first);
        mz_status status = mz_subject_mapping_parse(mz_buffer_view(&first), &arena, &again, NULL);
        if (status && status != MZ_ERR_LIMIT) abort(); /* escapes may make it longer than a mapping may be */
        if (!status) {
            write(&again, &second);
            if (!mz_str_equal(mz_buffer_view(&first), mz_buffer_view(&second))) abort();
            mz_buffer_done(&second);
        }
        for (size_t c = 0; c < mapping.column_count; c++)
            if (mapping.columns[c].format.size)
                (void)mz_date_format_read(mapping.columns[c].format, mapping.columns[c].column, date);
        mz_buffer_done(&first);
    }
    const uint8_t *bar = size ? memchr(data, '|', size) : NULL;
    if (bar && mz_date_format_valid((mz_str){text.data, (size_t)(bar - data)}) &&
        mz_date_format_read((mz_str){text.data, (size_t)(bar - data)},
                            (mz_str){(const char *)bar + 1, size - (size_t)(bar - data) - 1}, date) &&
        strlen(date) < 4)
        abort();
    mz_arena_done(&arena);
    return 0;
}
