#include "server/rate.h"

#include "base/error.h"

#include <math.h>
#include <pthread.h>
#include <sodium.h>
#include <stdlib.h>

enum { WAYS = 8, SETS = MZ_RATE_PLACES / WAYS, LOCKS = 64 };

typedef struct bucket {
    uint64_t who; /* SipHash of the name; 0: nobody's */
    uint64_t asked_ns;
    double tokens;
} bucket;

struct mz_rate {
    double per_s, burst;
    unsigned char key[crypto_shorthash_KEYBYTES];
    pthread_mutex_t locks[LOCKS]; /* of the sets whose number leaves that rest */
    bucket places[SETS][WAYS];
};

mz_status mz_rate_new(double per_s, double burst, mz_rate **ret_rate, mz_error *error) {
    if (sodium_init() < 0) return mz_fail(error, MZ_ERR_IO, "libsodium cannot be used");
    mz_rate *rate = calloc(1, sizeof *rate);
    if (!rate) return mz_fail_memory(error);
    rate->per_s = per_s;
    rate->burst = burst;
    crypto_shorthash_keygen(rate->key);
    for (unsigned k = 0; k < LOCKS; k++) pthread_mutex_init(&rate->locks[k], NULL);
    *ret_rate = rate;
    return MZ_OK;
}

void mz_rate_free(mz_rate *rate) {
    if (!rate) return;
    for (unsigned k = 0; k < LOCKS; k++) pthread_mutex_destroy(&rate->locks[k]);
    free(rate);
}

static bucket *bucket_of(bucket set[WAYS], uint64_t who, uint64_t now_ns, double burst) {
    bucket *oldest = &set[0];
    for (unsigned k = 0; k < WAYS; k++) {
        if (set[k].who == who) return &set[k];
        if (!set[k].who) set[k].asked_ns = 0;
        if (set[k].asked_ns < oldest->asked_ns) oldest = &set[k];
    }
    *oldest = (bucket){.who = who, .asked_ns = now_ns, .tokens = burst};
    return oldest;
}

bool mz_rate_take(mz_rate *rate, mz_str who, uint64_t now_ns, unsigned *ret_wait_s) {
    unsigned char hash[crypto_shorthash_BYTES];
    uint64_t name = 0;
    if (!rate) return true;
    (void)crypto_shorthash(hash, (const unsigned char *)who.data, who.size, rate->key);
    for (unsigned k = 0; k < sizeof hash; k++) name = name << 8 | hash[k];
    name |= 1;
    size_t set = name / 2 % SETS;
    pthread_mutex_t *lock = &rate->locks[set % LOCKS];
    pthread_mutex_lock(lock);
    bucket *own = bucket_of(rate->places[set], name, now_ns, rate->burst);
    if (now_ns > own->asked_ns) {
        own->tokens = fmin(rate->burst, own->tokens + (double)(now_ns - own->asked_ns) / 1e9 * rate->per_s);
        own->asked_ns = now_ns;
    }
    bool may = own->tokens >= 1;
    if (may) own->tokens -= 1;
    double wait_s = may ? 0 : ceil((1 - own->tokens) / rate->per_s);
    pthread_mutex_unlock(lock);
    *ret_wait_s = wait_s < 1 ? 1 : (unsigned)wait_s;
    return may;
}
