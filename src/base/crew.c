#include "base/crew.h"

#include "base/error.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

typedef struct crew {
    const mz_crew_work *work;
    atomic_uint_fast64_t next, done;
    atomic_bool stopping;
    pthread_mutex_t lock; /* of the failure */
    mz_status status;
    uint64_t failed; /* which piece */
    mz_error error;
} crew;

typedef struct member {
    crew *of;
    unsigned worker;
    pthread_t thread;
} member;

unsigned mz_crew_size(unsigned wanted) {
    long processors = wanted ? (long)wanted : sysconf(_SC_NPROCESSORS_ONLN);
    return processors < 1 ? 1 : processors > MZ_CREW_MOST ? MZ_CREW_MOST : (unsigned)processors;
}

static void fail(crew *c, uint64_t piece, mz_status status, const mz_error *error) {
    atomic_store(&c->stopping, true);
    (void)pthread_mutex_lock(&c->lock);
    if (!c->status || piece < c->failed) {
        c->status = status;
        c->failed = piece;
        c->error = *error;
    }
    (void)pthread_mutex_unlock(&c->lock);
}

/* False when there is nothing left. */
static bool do_piece(crew *c, unsigned worker) {
    if (atomic_load(&c->stopping)) return false;
    uint64_t piece = atomic_fetch_add(&c->next, 1);
    if (piece >= c->work->pieces) return false;
    mz_error error = {0};
    mz_status status = c->work->piece(c->work->context, worker, piece, &error);
    if (status) fail(c, piece, status, &error);
    (void)atomic_fetch_add(&c->done, 1);
    return true;
}

static void *help(void *context) {
    const member *m = context;
    while (do_piece(m->of, m->worker)) {
    }
    return NULL;
}

static void lead(crew *c) {
    const mz_crew_work *work = c->work;
    while (do_piece(c, 0)) {
        if (!work->progress || !work->progress(work->progress_context, atomic_load(&c->done), work->pieces)) continue;
        mz_error error = {0};
        fail(c, UINT64_MAX, mz_fail(&error, MZ_ERR_CANCELLED, "stopped"), &error);
    }
}

mz_status mz_crew_run(unsigned size, const mz_crew_work *work, mz_error *error) {
    crew c = {.work = work};
    member members[MZ_CREW_MOST];
    unsigned begun = 0;
    (void)pthread_mutex_init(&c.lock, NULL);
    while (begun + 1 < size && begun + 1 < MZ_CREW_MOST && begun + 1 < work->pieces) {
        members[begun] = (member){.of = &c, .worker = begun + 1};
        if (pthread_create(&members[begun].thread, NULL, help, &members[begun]) != 0) break;
        begun++;
    }
    lead(&c);
    for (unsigned m = 0; m < begun; m++) (void)pthread_join(members[m].thread, NULL);
    (void)pthread_mutex_destroy(&c.lock);
    if (c.status && error) *error = c.error;
    return c.status;
}
