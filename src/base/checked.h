/* Arithmetic that says when it overflowed: false, and the result is not to be used. */
#ifndef MIZAN_BASE_CHECKED_H
#define MIZAN_BASE_CHECKED_H

#include <stdbool.h>
#include <stddef.h>

static inline bool mz_add_size(size_t a, size_t b, size_t *ret_sum) {
    return !__builtin_add_overflow(a, b, ret_sum);
}

static inline bool mz_multiply_size(size_t a, size_t b, size_t *ret_product) {
    return !__builtin_mul_overflow(a, b, ret_product);
}

#endif
