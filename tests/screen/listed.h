/* The invented list as an open index, and its hits as text: "inv-07 0.912 inv-08 0.871". */
#ifndef MIZAN_TEST_SCREEN_LISTED_H
#define MIZAN_TEST_SCREEN_LISTED_H

#include "mizan/screen.h"
#include "test.h"

/* The index of the list in tests/invented_list.h, open until the program ends. */
const mz_index *listed_index(void);

/* A screener of it; to be freed. */
mz_screener *listed_screener(double threshold, size_t limit, bool exhaustive);

/* Checks of any answer: hits best first, scores at or above the threshold, evidence that adds up, nothing over the
 * limit. */
void check_sound(const mz_screening *screening, double threshold, size_t limit);

/* The hit of an entity, or NULL. */
const mz_hit *hit_of(const mz_screening *screening, const char *id);

/* The ids of the hits in order, divided by blanks; valid until the next call. */
const char *ids_of(const mz_screening *screening);

#endif
