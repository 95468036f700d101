/* How much of a text from outside to show in a message. */
#ifndef MIZAN_BASE_SHOWN_H
#define MIZAN_BASE_SHOWN_H

#include "mizan/str.h"

enum { MZ_SHOWN_BYTES = 80 };

/* At most MZ_SHOWN_BYTES of UTF-8, no character cut in half, as the precision of a "%.*s". */
static inline int mz_shown(mz_str text) {
    size_t size = text.size;
    if (size > MZ_SHOWN_BYTES) {
        size = MZ_SHOWN_BYTES;
        while (size > 0 && ((unsigned char)text.data[size] & 0xC0) == 0x80) size--;
    }
    return (int)size;
}

#endif
