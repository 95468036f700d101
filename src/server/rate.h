/* How often a client or key may ask: token buckets (a bucket fills with `per_s` tokens a second up to `burst`, and each
 * request takes one), in a table of fixed size.
 *
 * A table has sets of eight places; a newcomer takes the place of who asked longest ago in its set, whose bucket is the
 * fullest or nearly so. Where places belong is drawn when the table is made (SipHash under a random key), so that
 * nobody can choose addresses that push another out. */
#ifndef MIZAN_SERVER_RATE_H
#define MIZAN_SERVER_RATE_H

#include "mizan/status.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { MZ_RATE_PLACES = 8192 };

typedef struct mz_rate mz_rate;

/* `per_s` and `burst` at least 1. */
mz_status mz_rate_new(double per_s, double burst, mz_rate **ret_rate, mz_error *error);
void mz_rate_free(mz_rate *rate);

/* Whether `who` may ask now (at `now_ns`, of mz_clock_ns); else *ret_wait_s is when again, in whole seconds. Any number
 * of threads may ask. `rate` NULL: always. */
bool mz_rate_take(mz_rate *rate, mz_str who, uint64_t now_ns, unsigned *ret_wait_s);

#endif
