/* A stack of idle engines under one lock: the one given back last is taken first, since its memory is warm. */
#include "server/engines.h"

#include "base/error.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

struct mz_engines {
    mz_live *live;
    const mz_screen_options *options;
    pthread_mutex_t lock;
    pthread_cond_t free_one;
    mz_engine **idle;
    unsigned idle_count, in_use, most, waiting;
    mz_plan done;
};

mz_status mz_engines_new(mz_live *live, const mz_screen_options *options, unsigned most, mz_engines **ret_engines,
                         mz_error *error) {
    pthread_condattr_t attributes;
    mz_engines *engines = calloc(1, sizeof *engines);
    mz_engine **idle = calloc(most, sizeof *idle);
    if (!engines || !idle) {
        free(engines);
        free(idle);
        return mz_fail_memory(error);
    }
    *engines = (mz_engines){.live = live, .options = options, .idle = idle, .most = most};
    pthread_mutex_init(&engines->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&engines->free_one, &attributes);
    pthread_condattr_destroy(&attributes);
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
    pthread_cond_destroy(&engines->free_one);
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

/* A place among those in use, and an idle engine where there is one. */
static bool take_place(mz_engines *engines, unsigned wait_ms, mz_engine **ret_idle) {
    struct timespec until;
    bool free_one;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += wait_ms / 1000;
    until.tv_nsec += (long)(wait_ms % 1000) * 1000000;
    if (until.tv_nsec >= 1000000000) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000;
    }
    pthread_mutex_lock(&engines->lock);
    engines->waiting++;
    while (engines->in_use == engines->most &&
           pthread_cond_timedwait(&engines->free_one, &engines->lock, &until) != ETIMEDOUT)
        continue;
    engines->waiting--;
    free_one = engines->in_use < engines->most;
    if (free_one) {
        engines->in_use++;
        *ret_idle = engines->idle_count ? engines->idle[--engines->idle_count] : NULL;
    }
    pthread_mutex_unlock(&engines->lock);
    return free_one;
}

static void leave_place(mz_engines *engines, mz_engine *idle, const mz_plan *done) {
    pthread_mutex_lock(&engines->lock);
    if (done) mz_plan_add(&engines->done, done);
    engines->in_use--;
    if (idle) engines->idle[engines->idle_count++] = idle;
    pthread_cond_signal(&engines->free_one);
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
        leave_place(engines, NULL, NULL);
    else
        *ret_engine = engine;
    return status;
}

void mz_engines_give_back(mz_engines *engines, mz_engine *engine) {
    bool current = mz_live_is_current(engines->live, engine->lease);
    mz_plan done;
    mz_screener_take_plan(engine->screener, &done);
    if (!current) free_engine(engines, engine);
    leave_place(engines, current ? engine : NULL, &done);
}

void mz_engines_info(mz_engines *engines, mz_engines_facts *ret_facts) {
    pthread_mutex_lock(&engines->lock);
    *ret_facts = (mz_engines_facts){engines->most, engines->in_use, engines->waiting, engines->done};
    pthread_mutex_unlock(&engines->lock);
}

void mz_engines_renew(mz_engines *engines) {
    unsigned kept = 0;
    pthread_mutex_lock(&engines->lock);
    for (unsigned k = 0; k < engines->idle_count; k++) {
        mz_engine *engine = engines->idle[k];
        if (mz_live_is_current(engines->live, engine->lease))
            engines->idle[kept++] = engine;
        else
            free_engine(engines, engine);
    }
    engines->idle_count = kept;
    pthread_mutex_unlock(&engines->lock);
}
