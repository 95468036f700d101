/* Sentences with places to fill in. */
#ifndef MIZAN_BASE_FILL_H
#define MIZAN_BASE_FILL_H

#include "base/buffer.h"

/* Appends the text with `{0}` … `{9}` replaced by the values, NULL behind the last; `values` NULL for none. A place
 * without a value is left out, so that languages need not agree on the order or on what they say. */
void mz_fill(mz_buffer *out, const char *text, const char *const *values);

#endif
