/* Digits written for letters. */
#ifndef MIZAN_NAMES_DIGITS_H
#define MIZAN_NAMES_DIGITS_H

#include "base/arena.h"
#include "mizan/str.h"

/* A person's name with the digits that touch a letter read as the letters they look like: "R0b3rt" is "Robert". The
 * same number of bytes, so that places in it are places in the name; `text` itself when there is nothing to read.
 * Digits that stand alone stay. What looks like no letter (2, 6, 8, 9) stays, too. */
mz_str mz_digits_as_letters(mz_str text, mz_arena *arena);

#endif
