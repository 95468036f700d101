#include "lists/join.h"

#include "base/buffer.h"
#include "lists/reader.h"

#include <string.h>

mz_str mz_join(mz_attached *attached, mz_str before, const char *between, mz_str behind) {
    mz_buffer text;
    mz_buffer_init(&text, MZ_RECORD_CEILING_BYTES);
    mz_buffer_str(&text, before);
    if (before.size && behind.size) mz_buffer_append(&text, between, strlen(between));
    mz_buffer_str(&text, behind);
    return mz_keep_text(attached->builder, &text);
}
