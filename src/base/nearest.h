/* The known word that somebody who wrote another may have meant, for messages. */
#ifndef MIZAN_BASE_NEAREST_H
#define MIZAN_BASE_NEAREST_H

#include "mizan/str.h"

/* The name that is the fewest letters away from `written` (inserted, deleted or replaced; upper and lower case alike):
 * at most three, and less than half of the name; the first of equals. NULL when none is so near. */
const char *mz_nearest(const mz_str *names, size_t count, mz_str written);

#endif
