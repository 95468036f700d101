/* Text in pages of HTML, made harmless. */
#ifndef MIZAN_TEXT_HTML_H
#define MIZAN_TEXT_HTML_H

#include "base/buffer.h"

/* Text from outside: markup is escaped, what cannot be seen is shown as its number, and what turns the direction of
 * writing turns nothing; the joiners of scripts that need them (U+200C, U+200D) and blanks that do not break (U+00A0,
 * U+202F) stay. Malformed UTF-8 becomes
 * U+FFFD. */
void mz_html_text(mz_buffer *out, mz_str text);
/* The same as a name of unknown direction. */
void mz_html_name(mz_buffer *out, mz_str name);
/* Our own sentences, whose blanks that do not break are meant so: escaped only. */
void mz_html_prose(mz_buffer *out, mz_str text);

#endif
