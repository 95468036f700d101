/* A service with a store of lists: three versions of one list of invented people, the last of which is the index.
 *
 *     house-1  Zaynab Murjani   born 1970 in the first version, 1971 from the second on
 *     house-2  Karim Oulghazi   in the first, not in the second, again in the third
 *     house-3  Idris Benzahi    always the same
 *     house-4  Sea Lantern      from the second on */
#ifndef MIZAN_TEST_HELD_H
#define MIZAN_TEST_HELD_H

#include "called.h"

enum { HELD_VERSIONS = 3 };

/* To be stopped with held_stop. */
void held_start(called_service *called);
void held_stop(called_service *called);

/* The address of a version, the first is 0; valid until the service is stopped. */
const char *held_version(size_t number);

#endif
