/* Many requests at once: a key that was revoked is refused by whoever asks after that, and nobody else is disturbed. */
#include "office.h"
#include "store/stores.h"
#include "test.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>

enum { THREADS = 4, KEYS = 20, ARENA_BYTES = 1 << 20 };

typedef struct traffic {
    mz_access *access;
    mz_credentials steady;     /* a key that stays */
    const char *secrets[KEYS]; /* keys that are revoked one after the other */
    atomic_uint revoked;       /* so many of them are */
    atomic_bool over;
    atomic_uint asked, late, disturbed; /* late: a revoked one that got in */
} traffic;

static void ask(traffic *all, mz_arena *arena) {
    mz_principal who;
    unsigned gone = atomic_load(&all->revoked);
    unsigned which = gone ? gone - 1 : 0;
    const mz_credentials credentials = {.authorization = mz_arena_print(arena, "ApiKey %s", all->secrets[which])};
    mz_status status = mz_identify(all->access, &credentials, arena, &who, NULL);
    if (gone && status != MZ_ERR_REFUSED) atomic_fetch_add(&all->late, 1);
    /* one that is about to be revoked, so that it is being fetched and kept at that moment */
    if (gone < KEYS) {
        const mz_credentials next = {.authorization = mz_arena_print(arena, "ApiKey %s", all->secrets[gone])};
        (void)mz_identify(all->access, &next, arena, &who, NULL);
    }
    status = mz_identify(all->access, &all->steady, arena, &who, NULL);
    if (status || who.kind != MZ_API_KEY) atomic_fetch_add(&all->disturbed, 1);
    atomic_fetch_add(&all->asked, 1);
}

static void *send_requests(void *context) {
    traffic *all = context;
    mz_arena arena;
    mz_arena_init(&arena, ARENA_BYTES);
    while (!atomic_load(&all->over)) {
        ask(all, &arena);
        mz_arena_reset(&arena);
    }
    mz_arena_done(&arena);
    return NULL;
}

STORE_TEST(a_revoked_key_gets_in_nowhere_after_that) {
    office open;
    traffic all = {.steady = {.cookie = MZ_STR("")}};
    pthread_t threads[THREADS];
    mz_key keys[KEYS + 1];
    mz_error error;
    office_open(&open, address);
    all.access = open.access;
    mz_actor actor = {.who = &open.in_house};
    const mz_key_draft draft = {.title = MZ_STR("batch")};
    for (int k = 0; k <= KEYS; k++) {
        char secret[MZ_KEY_SIZE];
        CHECK_OK(mz_key_add(open.access, &actor, &draft, &open.arena, &keys[k], secret, &error), error);
        if (k < KEYS) all.secrets[k] = mz_arena_copy(&open.arena, mz_str_of(secret)).data;
        if (k == KEYS) all.steady.authorization = mz_arena_print(&open.arena, "ApiKey %s", secret);
    }
    for (int k = 0; k < THREADS; k++) CHECK(pthread_create(&threads[k], NULL, send_requests, &all) == 0);
    mz_status status = MZ_OK;
    for (unsigned k = 0; k < KEYS && !status; k++) {
        unsigned before = atomic_load(&all.asked);
        while (atomic_load(&all.asked) < before + THREADS) sched_yield();
        status = mz_key_revoke(open.access, &actor, keys[k].key, &open.arena, &error);
        atomic_store(&all.revoked, k + 1);
    }
    atomic_store(&all.over, true);
    for (int k = 0; k < THREADS; k++) pthread_join(threads[k], NULL);
    CHECK_OK(status, error);
    CHECK_INT(0, all.late);
    CHECK_INT(0, all.disturbed);
    office_close(&open);
}

TEST_MAIN()
