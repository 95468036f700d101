/* What happens when memory runs out: a body is run with its 1st allocation failing, then its 2nd, its 3rd …,
 * until it runs through without one; then all of it again with every allocation from the 1st, 2nd … on failing.
 *
 *     static mz_status read_it(void *context, mz_error *error) { … }
 *     TEST(a_failed_allocation_is_an_error_and_not_a_crash) { mz_oom_each(read_it, NULL); }
 *
 * and in meson.build `oom_tests += ['floor-x']`. The functions malloc, calloc, realloc, strdup, strndup and free are
 * replaced by the linker in the test and in libmizan; what shared libraries allocate for themselves goes on unhindered.
 * The body allocates and frees everything itself, uses no CHECK, and one test at a time runs one. */
#ifndef MIZAN_TEST_OOM_H
#define MIZAN_TEST_OOM_H

#include "mizan/status.h"

#include <stddef.h>

typedef mz_status (*mz_oom_body)(void *context, mz_error *error);

/* Fails the running test unless every run that lacked memory returned MZ_ERR_MEMORY (or MZ_OK, when it could do
 * without), the last of each round MZ_OK, and every run freed what it allocated. Returns the number of allocations
 * of a whole run, so that a test may say how many there are. */
size_t mz_oom_each(mz_oom_body body, void *context);

/* How often the body allocates when nothing fails: for a budget in a test. */
size_t mz_oom_count(mz_oom_body body, void *context);

#endif
