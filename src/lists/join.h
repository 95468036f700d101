/* Putting two texts of a record together. */
#ifndef MIZAN_LISTS_JOIN_H
#define MIZAN_LISTS_JOIN_H

#include "lists/attached.h"

/* "before", "between" and "behind" in one text in the record's memory; without "between" when one of the two is empty.
 * Out of memory sets attached->failed, which the reader checks before it hands the record over. */
mz_str mz_join(mz_attached *attached, mz_str before, const char *between, mz_str behind);

#endif
