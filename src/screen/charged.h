/* What screeners and comparers were charged for all they ever did, in units of work (mizan/plan.h), also for queries
 * that failed: so that whoever asks for several can be held to a sum. */
#ifndef MIZAN_SCREEN_CHARGED_H
#define MIZAN_SCREEN_CHARGED_H

#include "mizan/screen.h"

uint64_t mz_screener_charged(const mz_screener *screener);
uint64_t mz_comparer_charged(const mz_comparer *comparer);

#endif
