/* Delays for those who guess.
 *
 * Each try is counted before it is known whether it succeeds, so that a hundred at the same time are not all the first;
 * a success takes the count back. After some free tries each further one has to wait twice as long as the one before,
 * up to a longest wait. Nobody is locked out for ever: tries that are refused are not counted, a wait ends by itself,
 * and the count is forgotten after a day without a try.
 *
 * Counts stand in a table of fixed size in memory, found by a keyed hash. Two names may share a place, and then the
 * delay; who does not know the key cannot bring that about. Rejected: counts in the store, which would let anybody who
 * may not sign in write to it; a table that grows and forgets the oldest, which is emptied by trying many names. */
#ifndef MIZAN_ACCESS_THROTTLE_H
#define MIZAN_ACCESS_THROTTLE_H

#include "mizan/status.h"
#include "mizan/str.h"

#include <stdint.h>

typedef struct mz_throttle mz_throttle; /* any number of threads */

typedef struct mz_throttle_rule {
    unsigned free_tries;
    unsigned longest_wait_s;
} mz_throttle_rule;

mz_status mz_throttle_new(mz_throttle_rule rule, mz_throttle **ret_throttle, mz_error *error);
void mz_throttle_free(mz_throttle *throttle);

/* Counts a try of `who`, when it may be made now: 0. Else the seconds to wait, and nothing is counted. */
unsigned mz_throttle_try(mz_throttle *throttle, mz_str who, int64_t now_s);
/* The last try does not count (it was not carried out). */
void mz_throttle_undo(mz_throttle *throttle, mz_str who);
/* It succeeded: all is forgotten. */
void mz_throttle_forgive(mz_throttle *throttle, mz_str who);

#endif
