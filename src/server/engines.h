/* Screeners for requests: as many as there are cores at work, each on the index that is current.
 *
 * A request takes an engine, screens, and gives it back. An engine that was made for an index which has been replaced
 * is made anew for the current one; a request goes on with the one it has. */
#ifndef MIZAN_SERVER_ENGINES_H
#define MIZAN_SERVER_ENGINES_H

#include "mizan/live.h"
#include "mizan/screen.h"

typedef struct mz_engines mz_engines;

typedef struct mz_engine {
    mz_live_lease *lease;
    const mz_index *index;
    mz_screener *screener; /* with no filter, the limit of the settings, the default policy or the service's */
    mz_comparer *comparer;
} mz_engine;

/* `live` and `options` (and what it points to) must outlive the engines; `most` is how many may be in use at once. */
mz_status mz_engines_new(mz_live *live, const mz_screen_options *options, unsigned most, mz_engines **ret_engines,
                         mz_error *error);
/* All engines must have been given back (asserted). */
void mz_engines_free(mz_engines *engines);

/* By which they judge; NULL: the default. */
const mz_policy *mz_engines_policy(const mz_engines *engines);
const mz_screen_options *mz_engines_options(const mz_engines *engines);

/* Waits for an engine, at most `wait_ms`; MZ_ERR_BUSY when none came free in this time (the service answers 503). */
mz_status mz_engines_take(mz_engines *engines, unsigned wait_ms, mz_engine **ret_engine, mz_error *error);
/* Lets go of idle engines on an index that is no longer current, and so of that index when nobody else uses it. */
void mz_engines_renew(mz_engines *engines);

typedef struct mz_engines_facts {
    unsigned most, in_use, waiting; /* waiting: those who want one */
    mz_plan done;                   /* by all engines that were given back */
} mz_engines_facts;

void mz_engines_info(mz_engines *engines, mz_engines_facts *ret_facts);

void mz_engines_give_back(mz_engines *engines, mz_engine *engine);

/* For who has an engine and much to do with it: where somebody waits for one, he and all before him go first. The
 * engine stays the caller's, on its index. */
void mz_engines_let_others(mz_engines *engines);

#endif
