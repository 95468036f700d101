#include "access/cache.h"

#include "access/access.h"
#include "base/error.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { SETS = 256, WAYS = 4 };

struct mz_cache {
    pthread_mutex_t lock;
    uint64_t age;
    mz_cached sets[SETS][WAYS];
};

mz_status mz_cache_new(mz_cache **ret_cache, mz_error *error) {
    mz_cache *cache = calloc(1, sizeof *cache);
    if (!cache) return mz_fail_memory(error);
    pthread_mutex_init(&cache->lock, NULL);
    *ret_cache = cache;
    return MZ_OK;
}

void mz_cache_free(mz_cache *cache) {
    if (!cache) return;
    pthread_mutex_destroy(&cache->lock);
    free(cache);
}

/* The first byte of a hash that nobody chooses: its digits are letters of 4 bits. */
static mz_cached *set_of(mz_cache *cache, const char *hash) {
    unsigned set = 0;
    for (int k = 0; k < 2; k++) set = set * 16 + (unsigned)(hash[k] <= '9' ? hash[k] - '0' : hash[k] - 'a' + 10);
    return cache->sets[set % SETS];
}

static mz_cached *find(mz_cache *cache, const char *hash) {
    mz_cached *set = set_of(cache, hash);
    for (int k = 0; k < WAYS; k++)
        if (strcmp(set[k].hash, hash) == 0) return &set[k];
    return NULL;
}

uint64_t mz_cache_age(mz_cache *cache) {
    pthread_mutex_lock(&cache->lock);
    uint64_t age = cache->age;
    pthread_mutex_unlock(&cache->lock);
    return age;
}

bool mz_cache_get(mz_cache *cache, const char *hash, int64_t now, mz_cached *ret_found) {
    pthread_mutex_lock(&cache->lock);
    const mz_cached *found = find(cache, hash);
    bool fresh = found && now >= found->fetched && now - found->fetched < MZ_ACCESS_STALE_S &&
                 (!found->ends || now < found->ends);
    if (fresh) *ret_found = *found;
    pthread_mutex_unlock(&cache->lock);
    return fresh;
}

void mz_cache_put(mz_cache *cache, uint64_t age, const mz_cached *found) {
    pthread_mutex_lock(&cache->lock);
    if (age == cache->age) {
        mz_cached *set = set_of(cache, found->hash), *place = find(cache, found->hash);
        for (int k = 0; !place && k < WAYS; k++)
            if (!set[k].hash[0]) place = &set[k];
        if (!place) {
            place = set;
            for (int k = 1; k < WAYS; k++)
                if (set[k].fetched < place->fetched) place = &set[k];
        }
        *place = *found;
    }
    pthread_mutex_unlock(&cache->lock);
}

bool mz_cache_note(mz_cache *cache, const char *hash, int64_t now, int64_t every_s) {
    pthread_mutex_lock(&cache->lock);
    mz_cached *found = find(cache, hash);
    bool due = found && (now - found->noted >= every_s || now < found->noted);
    if (due) found->noted = now;
    pthread_mutex_unlock(&cache->lock);
    return due;
}

void mz_cache_clear(mz_cache *cache) {
    pthread_mutex_lock(&cache->lock);
    cache->age++;
    memset(cache->sets, 0, sizeof cache->sets);
    pthread_mutex_unlock(&cache->lock);
}
