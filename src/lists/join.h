/* Putting two texts of a record together. */
#ifndef MIZAN_LISTS_JOIN_H
#define MIZAN_LISTS_JOIN_H

#include "lists/attached.h"

/* "before", "between" and "behind" in one text in the record's memory; without "between" when one of the two is empty.
 */
mz_str mz_join(mz_attached *attached, mz_str before, const char *between, mz_str behind);

#endif
