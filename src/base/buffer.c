#include "base/buffer.h"

#include "base/checked.h"
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_CAPACITY = 256 };

void mz_buffer_done(mz_buffer *buffer) {
    free(buffer->data);
    mz_buffer_init(buffer, buffer->ceiling);
}

bool mz_buffer_reserve(mz_buffer *buffer, size_t more) {
    size_t need;
    if (buffer->failed) return false;
    if (!mz_add_size(buffer->size, more, &need) || need > buffer->ceiling || !mz_add_size(need, 1, &need)) {
        buffer->failed = true;
        return false;
    }
    if (need <= buffer->capacity) return true;
    size_t capacity = buffer->capacity < FIRST_CAPACITY ? FIRST_CAPACITY : buffer->capacity;
    while (capacity < need && mz_multiply_size(capacity, 2, &capacity)) {
    }
    if (capacity < need || capacity - 1 > buffer->ceiling) capacity = need;
    char *grown = realloc(buffer->data, capacity);
    if (!grown) {
        buffer->failed = buffer->starved = true;
        return false;
    }
    buffer->data = grown;
    buffer->data[buffer->size] = '\0';
    buffer->capacity = capacity;
    return true;
}

void mz_buffer_append(mz_buffer *buffer, const void *data, size_t size) {
    if (size == 0 || !mz_buffer_reserve(buffer, size)) return;
    memcpy(buffer->data + buffer->size, data, size);
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

void mz_buffer_char(mz_buffer *buffer, char c) {
    mz_buffer_append(buffer, &c, 1);
}

void mz_buffer_print(mz_buffer *buffer, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size < 0) {
        buffer->failed = true;
    } else if (mz_buffer_reserve(buffer, (size_t)size)) {
        (void)vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
}

mz_status mz_fail_buffer(const mz_buffer *buffer, mz_error *error, const char *what) {
    if (buffer->starved) return mz_fail_memory(error);
    return mz_fail(error, MZ_ERR_LIMIT, "%s takes more than the %zu bytes allowed", what, buffer->ceiling);
}
