#include "base/csv_write.h"

#include <string.h>

void mz_csv_put(mz_buffer *out, mz_str text, bool first) {
    if (!first) mz_buffer_char(out, ',');
    bool plain = true;
    for (size_t i = 0; plain && i < text.size; i++) plain = !memchr(",\"\r\n", text.data[i], 4);
    if (plain) {
        mz_buffer_str(out, text);
        return;
    }
    mz_buffer_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"') mz_buffer_char(out, '"');
        mz_buffer_char(out, text.data[i]);
    }
    mz_buffer_char(out, '"');
}
