/* How much of a text from outside to show in a message. */
#ifndef MIZAN_BASE_SHOWN_H
#define MIZAN_BASE_SHOWN_H

#include "mizan/str.h"

enum { MZ_SHOWN_BYTES = 80 };

/* At most so many bytes of UTF-8, no character cut in half, as the precision of a "%.*s". */
static inline int mz_shown_within(mz_str text, int most_bytes) {
    size_t size = text.size;
    if (size > (size_t)most_bytes) {
        size = (size_t)most_bytes;
        while (size > 0 && ((unsigned char)text.data[size] & 0xC0) == 0x80) size--;
    }
    return (int)size;
}

static inline int mz_shown(mz_str text) {
    return mz_shown_within(text, MZ_SHOWN_BYTES);
}

#endif
