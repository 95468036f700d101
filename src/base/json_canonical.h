/* One text for each value of JSON, so that digests of equal values are equal.
 *
 * It is that of RFC 8785 (JSON Canonicalization Scheme) but for two things. No blanks; strings with \" \\ \b \t \n \f
 * \r and \u00xx for the other control characters as the only escapes, everything else as it is; members in the order of
 * their keys. Keys are ordered by their bytes, which is the order of their characters: RFC 8785 orders by UTF-16, which
 * differs where characters beyond U+FFFF meet those from U+E000 on, and no key of ours has either. Numbers are written
 * as ECMAScript writes them (1e2 is 100, 1.50 is 1.5, -0 is 0, from 1e21 on and below 1e-6 with an exponent), but of
 * all the digits that were given: RFC 8785 takes them through a double, which loses those of long identifiers and
 * amounts. A number of up to 15 digits is the same in both. */
#ifndef MIZAN_BASE_JSON_CANONICAL_H
#define MIZAN_BASE_JSON_CANONICAL_H

#include "base/buffer.h"
#include "base/json_read.h"

/* Appends the value; `arena` is for what is needed meanwhile. MZ_ERR_LIMIT: a number whose exponent has more than nine
 * digits; what is beyond the buffer's ceiling. */
mz_status mz_json_canonical_value(const mz_json_value *value, mz_arena *arena, mz_buffer *out, mz_error *error);

#endif
