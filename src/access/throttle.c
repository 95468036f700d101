#include "access/throttle.h"

#include "base/error.h"

#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>

enum { SLOTS = 1 << 16, FORGOTTEN_AFTER_S = 24 * 3600, TRIES_MOST = 1000 };

typedef struct slot {
    uint32_t tries;
    uint32_t wait_s; /* from the last try on */
    int64_t last_s;
} slot;

struct mz_throttle {
    mz_throttle_rule rule;
    pthread_mutex_t lock;
    unsigned char key[crypto_shorthash_KEYBYTES];
    slot slots[SLOTS];
};

mz_status mz_throttle_new(mz_throttle_rule rule, mz_throttle **ret_throttle, mz_error *error) {
    mz_throttle *throttle = calloc(1, sizeof *throttle);
    if (!throttle) return mz_fail_memory(error);
    throttle->rule = rule;
    pthread_mutex_init(&throttle->lock, NULL);
    randombytes_buf(throttle->key, sizeof throttle->key);
    *ret_throttle = throttle;
    return MZ_OK;
}

void mz_throttle_free(mz_throttle *throttle) {
    if (!throttle) return;
    pthread_mutex_destroy(&throttle->lock);
    free(throttle);
}

static slot *slot_of(mz_throttle *throttle, mz_str who) {
    union {
        unsigned char bytes[crypto_shorthash_BYTES];
        uint64_t number;
    } hash;
    (void)crypto_shorthash(hash.bytes, (const unsigned char *)(who.data ? who.data : ""), who.size, throttle->key);
    return &throttle->slots[hash.number % SLOTS];
}

static uint32_t wait_after(const mz_throttle *throttle, uint32_t tries) {
    uint32_t beyond = tries > throttle->rule.free_tries ? tries - throttle->rule.free_tries : 0;
    if (!beyond) return 0;
    uint32_t wait_s = beyond > 16 ? UINT32_MAX : 1u << beyond;
    return wait_s < throttle->rule.longest_wait_s ? wait_s : throttle->rule.longest_wait_s;
}

unsigned mz_throttle_try(mz_throttle *throttle, mz_str who, int64_t now_s) {
    unsigned wait_s = 0;
    pthread_mutex_lock(&throttle->lock);
    slot *found = slot_of(throttle, who);
    int64_t since = now_s - found->last_s;
    if (since < 0 || since > FORGOTTEN_AFTER_S) *found = (slot){0}; /* a clock that was set back locks nobody out */
    if (found->wait_s > since && found->tries) {
        wait_s = (unsigned)(found->wait_s - since);
    } else {
        if (found->tries < TRIES_MOST) found->tries++;
        found->wait_s = wait_after(throttle, found->tries);
        found->last_s = now_s;
    }
    pthread_mutex_unlock(&throttle->lock);
    return wait_s;
}

void mz_throttle_undo(mz_throttle *throttle, mz_str who) {
    pthread_mutex_lock(&throttle->lock);
    slot *found = slot_of(throttle, who);
    if (found->tries) found->tries--;
    found->wait_s = wait_after(throttle, found->tries);
    pthread_mutex_unlock(&throttle->lock);
}

void mz_throttle_forgive(mz_throttle *throttle, mz_str who) {
    pthread_mutex_lock(&throttle->lock);
    *slot_of(throttle, who) = (slot){0};
    pthread_mutex_unlock(&throttle->lock);
}
