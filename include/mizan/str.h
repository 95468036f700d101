/* A borrowed run of UTF-8 bytes with its length; not terminated, may be empty (data may then be NULL). */
#ifndef MIZAN_STR_H
#define MIZAN_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* Around the declarations of each public header: C++ links them as C. */
#ifdef __cplusplus
#define MZ_BEGIN_DECLS extern "C" {
#define MZ_END_DECLS }
#else
#define MZ_BEGIN_DECLS
#define MZ_END_DECLS
#endif

MZ_BEGIN_DECLS

typedef struct mz_str {
    const char *data;
    size_t size;
} mz_str;

/* A string literal as mz_str, without counting at run time. */
#define MZ_STR(literal) ((mz_str){"" literal, sizeof(literal) - 1})
/* The same where C wants a constant: in the initialiser of a static table. */
#define MZ_STR_INIT(literal)                                                                                           \
    { "" literal, sizeof(literal) - 1 }

static inline mz_str mz_str_of(const char *text) {
    mz_str view = {text, text ? strlen(text) : 0};
    return view;
}

static inline bool mz_str_equal(mz_str a, mz_str b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Byte order, shorter first on a common prefix: negative, 0 or positive like strcmp. */
static inline int mz_str_order(mz_str a, mz_str b) {
    size_t n = a.size < b.size ? a.size : b.size;
    int order = n ? memcmp(a.data, b.data, n) : 0;
    return order ? order : (a.size > b.size) - (a.size < b.size);
}

MZ_END_DECLS

#endif
