/* A stack of idle engines under one lock: the one given back last is taken first, since its memory is warm.
 *
 * Those who wait are served in their order: a place that comes free is handed to who has waited longest, and not left
 * to whoever runs first. With a condition that all wait for, a thread that was just served came before those asleep
 * again and again, and some waited until they were refused. */
#include "server/engines.h"

#include "base/error.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

enum {
    PARKED_FOLD = 4,      /* engines that wait for a place again, for each place: they keep their memory */
    PARKED_MS = 60 * 1000 /* to be woken now and then does no harm */
};

/* Who waits for a place; on the stack of its thread. */
typedef struct waiter {
    struct waiter *next;
    pthread_cond_t called;
    bool served;
} waiter;

struct mz_engines {
    mz_live *live;
    const mz_screen_options *options;
    pthread_mutex_t lock;
    waiter *first, *last; /* of those who wait; nobody waits while a place is free */
    mz_engine **idle;
    unsigned idle_count, in_use, most, waiting, parked;
    mz_plan done;
};

mz_status mz_engines_new(mz_live *live, const mz_screen_options *options, unsigned most, mz_engines **ret_engines,
                         mz_error *error) {
    mz_engines *engines = calloc(1, sizeof *engines);
    mz_engine **idle = calloc(most, sizeof *idle);
    if (!engines || !idle) {
        free(engines);
        free(idle);
        return mz_fail_memory(error);
    }
    *engines = (mz_engines){.live = live, .options = options, .idle = idle, .most = most};
    pthread_mutex_init(&engines->lock, NULL);
    *ret_engines = engines;
    return MZ_OK;
}

static void free_engine(mz_engines *engines, mz_engine *engine) {
    if (!engine) return;
    mz_comparer_free(engine->comparer);
    mz_screener_free(engine->screener);
    if (engine->lease) mz_live_give_back(engines->live, engine->lease);
    free(engine);
}

void mz_engines_free(mz_engines *engines) {
    if (!engines) return;
    assert(!engines->in_use);
    for (unsigned k = 0; k < engines->idle_count; k++) free_engine(engines, engines->idle[k]);
    pthread_mutex_destroy(&engines->lock);
    free(engines->idle);
    free(engines);
}

static mz_status new_engine(mz_engines *engines, mz_engine **ret_engine, mz_error *error) {
    mz_engine *engine = calloc(1, sizeof *engine);
    if (!engine) return mz_fail_memory(error);
    engine->lease = mz_live_take(engines->live);
    engine->index = mz_live_index(engine->lease);
    mz_status status = mz_screener_new(engine->index, engines->options, &engine->screener, error);
    if (!status) status = mz_comparer_new(engines->options->policy, &engine->comparer, error);
    if (status)
        free_engine(engines, engine);
    else
        *ret_engine = engine;
    return status;
}

const mz_policy *mz_engines_policy(const mz_engines *engines) {
    return engines->options->policy;
}

const mz_screen_options *mz_engines_options(const mz_engines *engines) {
    return engines->options;
}

static struct timespec moment_in(unsigned wait_ms) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += wait_ms / 1000;
    until.tv_nsec += (long)(wait_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    return until;
}

static void leave_queue(mz_engines *engines, waiter *own) {
    waiter **link = &engines->first, *before = NULL;
    while (*link != own) before = *link, link = &before->next;
    *link = own->next;
    if (engines->last == own) engines->last = before;
    engines->waiting--;
}

/* Under the lock: waits in the queue until a place was handed over; false when it took too long. */
static bool queue_for_place(mz_engines *engines, unsigned wait_ms) {
    pthread_condattr_t attributes;
    waiter own = {.served = false};
    const struct timespec until = moment_in(wait_ms);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&own.called, &attributes);
    pthread_condattr_destroy(&attributes);
    *(engines->last ? &engines->last->next : &engines->first) = &own;
    engines->last = &own;
    engines->waiting++;
    while (!own.served && pthread_cond_timedwait(&own.called, &engines->lock, &until) != ETIMEDOUT) continue;
    if (!own.served) leave_queue(engines, &own);
    pthread_cond_destroy(&own.called);
    return own.served;
}

/* A place among those in use, and an idle engine where there is one. */
static bool take_place(mz_engines *engines, unsigned wait_ms, mz_engine **ret_idle) {
    pthread_mutex_lock(&engines->lock);
    bool placed = engines->in_use < engines->most;
    if (placed)
        engines->in_use++;
    else
        placed = queue_for_place(engines, wait_ms);
    if (placed) *ret_idle = engines->idle_count ? engines->idle[--engines->idle_count] : NULL;
    pthread_mutex_unlock(&engines->lock);
    return placed;
}

/* Under the lock: gives the place to who has waited longest, or free. */
static void hand_place_on(mz_engines *engines) {
    if (engines->first) {
        waiter *next = engines->first;
        next->served = true;
        leave_queue(engines, next);
        pthread_cond_signal(&next->called);
    } else {
        engines->in_use--;
    }
}

static void leave_place(mz_engines *engines) {
    pthread_mutex_lock(&engines->lock);
    hand_place_on(engines);
    pthread_mutex_unlock(&engines->lock);
}

mz_status mz_engines_take(mz_engines *engines, unsigned wait_ms, mz_engine **ret_engine, mz_error *error) {
    mz_engine *engine = NULL;
    mz_status status = MZ_OK;
    if (!mz_live_is_sound(engines->live))
        return mz_fail(error, MZ_ERR_BUSY, "the file of the index was written into; a new one must take its place");
    if (!take_place(engines, wait_ms, &engine))
        return mz_fail(error, MZ_ERR_BUSY, "all %u engines are at work; try again in a moment", engines->most);
    if (engine && !mz_live_is_current(engines->live, engine->lease)) {
        free_engine(engines, engine);
        engine = NULL;
    }
    if (!engine) status = new_engine(engines, &engine, error);
    if (status)
        leave_place(engines);
    else
        *ret_engine = engine;
    return status;
}

void mz_engines_give_back(mz_engines *engines, mz_engine *engine) {
    mz_plan done;
    mz_screener_take_plan(engine->screener, &done);
    pthread_mutex_lock(&engines->lock);
    mz_plan_add(&engines->done, &done);
    /* under the lock, so that mz_engines_renew comes before, or finds it idle */
    bool current = mz_live_is_current(engines->live, engine->lease);
    bool kept = current && engines->idle_count < engines->most; /* parked engines are beyond the places */
    if (kept) engines->idle[engines->idle_count++] = engine;
    hand_place_on(engines);
    pthread_mutex_unlock(&engines->lock);
    if (!kept) free_engine(engines, engine);
}

void mz_engines_let_others(mz_engines *engines) {
    pthread_mutex_lock(&engines->lock);
    if (engines->first && engines->parked < PARKED_FOLD * engines->most) {
        engines->parked++;
        hand_place_on(engines);
        while (!queue_for_place(engines, PARKED_MS)) continue;
        engines->parked--;
    }
    pthread_mutex_unlock(&engines->lock);
}

void mz_engines_info(mz_engines *engines, mz_engines_facts *ret_facts) {
    pthread_mutex_lock(&engines->lock);
    *ret_facts = (mz_engines_facts){engines->most, engines->in_use, engines->waiting, engines->done};
    pthread_mutex_unlock(&engines->lock);
}

/* An idle engine on an index that is no longer current, taken out; NULL: there is none. */
static mz_engine *take_stale(mz_engines *engines) {
    mz_engine *stale = NULL;
    pthread_mutex_lock(&engines->lock);
    for (unsigned k = 0; k < engines->idle_count && !stale; k++) {
        if (mz_live_is_current(engines->live, engines->idle[k]->lease)) continue;
        stale = engines->idle[k];
        engines->idle[k] = engines->idle[--engines->idle_count];
    }
    pthread_mutex_unlock(&engines->lock);
    return stale;
}

void mz_engines_renew(mz_engines *engines) {
    for (mz_engine *stale; (stale = take_stale(engines));) free_engine(engines, stale);
}
