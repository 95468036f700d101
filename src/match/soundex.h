/* Soundex: words that sound alike in English have the same code of a letter and three digits.
 *
 * As the United States' National Archives describe it for the census (the "American" Soundex): the first letter stands
 * for itself; b f p v are 1, c g j k q s x z 2, d t 3, l 4, m n 5, r 6; letters of one digit side by side count once,
 * also where h or w stands between them and where the first is the first letter; vowels and y separate. Shorter codes
 * end in noughts. */
#ifndef MIZAN_MATCH_SOUNDEX_H
#define MIZAN_MATCH_SOUNDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { MZ_SOUNDEX_SIZE = 4 };

/* Of letters a to z in either case; others are passed over, also h and w's way. False, and "0000", when there is
 * none. */
bool mz_soundex(const uint32_t *letters, size_t count, char out[MZ_SOUNDEX_SIZE]);

#endif
