/* From the text of a field to the value of a fact. */
#ifndef MIZAN_ENTITY_NORMALISE_H
#define MIZAN_ENTITY_NORMALISE_H

#include "base/buffer.h"
#include "mizan/date.h"
#include "mizan/schema.h"

#include <stdint.h>

/* Trims white space and folds each run of it to one blank; with `lines`, a run that has a line break in it becomes
 * one line break. Control characters count as white space; bytes that are not UTF-8 become U+FFFD, so that `out`
 * always is UTF-8. `out` is cleared first. */
void mz_fold_space(mz_str text, bool lines, mz_buffer *out);

/* The value for a property of folded text, and the fact flags that say how that went. `out` is cleared first; what is
 * not understood is given back as it is. */
uint32_t mz_normalise_value(mz_property property, mz_str folded, mz_date_order dates, mz_buffer *out);

/* Whether line breaks of a property's text mean something: prose does. */
bool mz_property_keeps_lines(mz_property property);

#endif
