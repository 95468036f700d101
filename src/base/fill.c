#include "base/fill.h"

#include <string.h>

void mz_fill(mz_buffer *out, const char *text, const char *const *values) {
    size_t count = 0;
    while (values && values[count]) count++;
    for (const char *at = text; *at;) {
        if (at[0] == '{' && at[1] >= '0' && at[1] <= '9' && at[2] == '}') {
            size_t place = (size_t)(at[1] - '0');
            if (place < count) mz_buffer_append(out, values[place], strlen(values[place]));
            at += 3;
            continue;
        }
        size_t run = 1 + strcspn(at + 1, "{");
        mz_buffer_append(out, at, run);
        at += run;
    }
}
