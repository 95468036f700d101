/* Facts in prose: lists that crowd several values into one field, number them, or wrap a number in a sentence. */
#ifndef MIZAN_LISTS_PROSE_H
#define MIZAN_LISTS_PROSE_H

#include "mizan/str.h"

#include <stdbool.h>

/* The next of the values that a field numbers: "(1) Iraq (2) Iran", "1) Iraq 2) Iran", "a) Iraq, b) Iran",
 * "(1)-(3) Iraq (4) Iran", "(1) to (3) Iraq"; a field without numbers is one value. Takes it off *rest; false when
 * there is none left. Values have no white space or commas around them; "-" and "na" are none. */
bool mz_next_numbered(mz_str *rest, mz_str *ret_value);

/* The next of the values between separators: any of the characters in `separators`. */
bool mz_next_between(mz_str *rest, const char *separators, mz_str *ret_value);

/* The number in "Passport no. A 1234567 (Indian), issued …": the first word with a digit, with short words of
 * capitals before it. Empty when there is none. */
mz_str mz_number_in(mz_str text);

/* The word behind a label ("UN Ref", "IMO"), any case, signs and "number", "no" or "ref" between them passed over;
 * empty when the label does not stand in the text as a word of its own, or no word with a digit follows. A dot, comma
 * or bracket at the word's end is dropped. */
mz_str mz_word_after(mz_str text, const char *label);

/* BCP 47 for an English name of a language that official lists use; empty when unknown. */
mz_str mz_language_code(mz_str name);

#endif
