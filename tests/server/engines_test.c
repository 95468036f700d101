/* The pool of engines: how many there are, who gets one, and what an engine is made for. */
#include "called.h"
#include "invented_list.h"
#include "test.h"

#include <pthread.h>
#include <stdio.h>
#include <time.h>

enum { WAITERS = 6, PATIENCE_MS = 20000 };

static called_service service;

typedef struct waiter {
    pthread_t thread;
    pthread_mutex_t *lock;
    unsigned *served; /* so far */
    unsigned place;   /* in which it was served */
    mz_status status;
} waiter;

static void *wait_for_one(void *context) {
    waiter *own = context;
    mz_engine *engine;
    mz_error error;
    own->status = mz_engines_take(service.service.engines, PATIENCE_MS, &engine, &error);
    if (own->status) return NULL;
    pthread_mutex_lock(own->lock);
    own->place = (*own->served)++;
    pthread_mutex_unlock(own->lock);
    mz_engines_give_back(service.service.engines, engine);
    return NULL;
}

static void until_waiting(unsigned count) {
    mz_engines_facts facts = {.waiting = 0};
    for (unsigned k = 0; k < 4000 && facts.waiting != count; k++) {
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
        mz_engines_info(service.service.engines, &facts);
    }
    CHECK_INT(count, facts.waiting);
}

TEST(who_has_waited_longest_is_served_first) {
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    unsigned served = 0;
    waiter waiters[WAITERS];
    mz_engine *first, *second;
    mz_error error;
    called_start(&service); /* with two engines */
    CHECK_OK(mz_engines_take(service.service.engines, 0, &first, &error), error);
    CHECK_OK(mz_engines_take(service.service.engines, 0, &second, &error), error);
    for (unsigned k = 0; k < WAITERS; k++) {
        waiters[k] = (waiter){.lock = &lock, .served = &served};
        CHECK(!pthread_create(&waiters[k].thread, NULL, wait_for_one, &waiters[k]));
        until_waiting(k + 1);
    }
    mz_engines_give_back(service.service.engines, first);
    for (unsigned k = 0; k < WAITERS; k++) {
        CHECK(!pthread_join(waiters[k].thread, NULL));
        CHECK_INT(MZ_OK, waiters[k].status);
        CHECK_INT(k, waiters[k].place);
    }
    mz_engines_give_back(service.service.engines, second);
    called_stop(&service);
}

TEST(who_waits_in_vain_is_told_and_stands_in_nobodys_way) {
    mz_engine *first, *second, *third = NULL;
    mz_error error;
    mz_engines_facts facts;
    called_start(&service);
    CHECK_OK(mz_engines_take(service.service.engines, 0, &first, &error), error);
    CHECK_OK(mz_engines_take(service.service.engines, 0, &second, &error), error);
    CHECK_INT(MZ_ERR_BUSY, mz_engines_take(service.service.engines, 0, &third, &error));
    CHECK_INT(MZ_ERR_BUSY, mz_engines_take(service.service.engines, 20, &third, &error));
    mz_engines_info(service.service.engines, &facts);
    CHECK(facts.in_use == 2 && facts.waiting == 0 && !third);
    mz_engines_give_back(service.service.engines, first);
    CHECK_OK(mz_engines_take(service.service.engines, 0, &third, &error), error);
    mz_engines_give_back(service.service.engines, second);
    mz_engines_give_back(service.service.engines, third);
    mz_engines_info(service.service.engines, &facts);
    CHECK_INT(0, facts.in_use);
    called_stop(&service);
}

static void *let_others(void *context) {
    (void)context;
    mz_engines_let_others(service.service.engines);
    return NULL;
}

TEST(who_has_much_to_do_lets_others_go_first_and_keeps_his_engine) {
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    unsigned served = 0;
    waiter waiters[WAITERS];
    pthread_t busy;
    mz_engine *first, *second;
    mz_error error;
    mz_engines_facts facts;
    called_start(&service);
    CHECK_OK(mz_engines_take(service.service.engines, 0, &first, &error), error);
    mz_engines_let_others(service.service.engines); /* there are none */
    CHECK_OK(mz_engines_take(service.service.engines, 0, &second, &error), error);
    for (unsigned k = 0; k < WAITERS; k++) {
        waiters[k] = (waiter){.lock = &lock, .served = &served};
        CHECK(!pthread_create(&waiters[k].thread, NULL, wait_for_one, &waiters[k]));
        until_waiting(k + 1);
    }
    CHECK(!pthread_create(&busy, NULL, let_others, NULL));
    CHECK(!pthread_join(busy, NULL));
    for (unsigned k = 0; k < WAITERS; k++) {
        CHECK(!pthread_join(waiters[k].thread, NULL));
        CHECK(waiters[k].status == MZ_OK && waiters[k].place == k);
    }
    mz_engines_info(service.service.engines, &facts);
    CHECK(facts.in_use == 2 && facts.waiting == 0);
    mz_engines_give_back(service.service.engines, first);
    mz_engines_give_back(service.service.engines, second);
    called_stop(&service);
}

TEST(engines_of_an_index_that_was_replaced_are_let_go) {
    char path[96];
    mz_engine *before, *after;
    mz_error error;
    bool fresh;
    called_start(&service);
    CHECK_OK(mz_engines_take(service.service.engines, 0, &before, &error), error);
    const mz_index *old = before->index;
    mz_engines_give_back(service.service.engines, before);
    snprintf(path, sizeof path, "%s/index.mzi", service.folder);
    CHECK_OK(invented_update(path, &error), error);
    CHECK_OK(mz_live_refresh(service.service.live, &fresh, &error), error);
    CHECK(fresh);
    mz_engines_renew(service.service.engines);
    CHECK_OK(mz_engines_take(service.service.engines, 0, &after, &error), error);
    CHECK(after->index != old && mz_live_is_current(service.service.live, after->lease));
    mz_engines_give_back(service.service.engines, after);
    snprintf(path, sizeof path, "%s/index.mzi.changes", service.folder);
    (void)remove(path);
    called_stop(&service);
}

TEST_MAIN()
