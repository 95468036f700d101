/* A growable run of bytes with a ceiling from birth. Failure is sticky as in mz_arena: append as you like,
 * check `failed` once. */
#ifndef MIZAN_BASE_BUFFER_H
#define MIZAN_BASE_BUFFER_H

#include "mizan/status.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>

typedef struct mz_buffer {
    char *data; /* NULL at first, then always with a NUL behind `size` */
    size_t size, capacity, ceiling;
    bool failed;
    bool starved; /* it failed for lack of memory, not at its ceiling */
} mz_buffer;

static inline void mz_buffer_init(mz_buffer *buffer, size_t ceiling_bytes) {
    *buffer = (mz_buffer){.ceiling = ceiling_bytes};
}

void mz_buffer_done(mz_buffer *buffer);

/* Empties the buffer and forgets a failure; keeps the memory. */
static inline void mz_buffer_clear(mz_buffer *buffer) {
    buffer->size = 0;
    buffer->failed = buffer->starved = false;
    if (buffer->data) buffer->data[0] = '\0';
}

/* Room for `more` bytes behind `size`; false (and failed) when memory or the ceiling does not allow it. */
bool mz_buffer_reserve(mz_buffer *buffer, size_t more);

void mz_buffer_append(mz_buffer *buffer, const void *data, size_t size);
void mz_buffer_char(mz_buffer *buffer, char c);
void mz_buffer_print(mz_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Why a buffer failed: MZ_ERR_MEMORY when it is starved, else MZ_ERR_LIMIT, "WHAT takes more than …". */
mz_status mz_fail_buffer(const mz_buffer *buffer, mz_error *error, const char *what);

static inline void mz_buffer_str(mz_buffer *buffer, mz_str text) {
    mz_buffer_append(buffer, text.data, text.size);
}

static inline mz_str mz_buffer_view(const mz_buffer *buffer) {
    return (mz_str){buffer->data ? buffer->data : "", buffer->size};
}

#endif
