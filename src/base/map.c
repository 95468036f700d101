#include "base/map.h"

#include "base/checked.h"

#include <stdlib.h>
#include <sys/random.h>
#include <xxhash.h>

struct mz_map_slot {
    mz_str key;
    uint32_t hash; /* 0 marks a free slot */
    uint32_t value;
};

void mz_map_init(mz_map *map) {
    *map = (mz_map){0};
}

void mz_map_done(mz_map *map) {
    free(map->slots);
    mz_map_init(map);
}

static uint32_t hash_of(const mz_map *map, mz_str key) {
    uint32_t hash = (uint32_t)XXH3_64bits_withSeed(key.data ? key.data : "", key.size, map->seed);
    return hash ? hash : 1;
}

static struct mz_map_slot *find(struct mz_map_slot *slots, size_t capacity, mz_str key, uint32_t hash) {
    size_t at = hash & (capacity - 1);
    while (slots[at].hash && !(slots[at].hash == hash && mz_str_equal(slots[at].key, key)))
        at = (at + 1) & (capacity - 1);
    return &slots[at];
}

/* Without random bytes (very early at boot) the address still differs from process to process. */
static uint64_t fresh_seed(const mz_map *map) {
    uint64_t seed;
    if (getrandom(&seed, sizeof seed, GRND_NONBLOCK) != (ssize_t)sizeof seed) seed = (uint64_t)(uintptr_t)map;
    return seed;
}

static bool grow(mz_map *map) {
    if (!map->capacity) map->seed = fresh_seed(map);
    size_t capacity = map->capacity ? map->capacity : 32, bytes;
    if (!mz_multiply_size(capacity, map->capacity ? 2 : 1, &capacity) ||
        !mz_multiply_size(capacity, sizeof(struct mz_map_slot), &bytes))
        return false;
    struct mz_map_slot *slots = calloc(1, bytes);
    if (!slots) return false;
    for (size_t i = 0; i < map->capacity; i++)
        if (map->slots[i].hash) *find(slots, capacity, map->slots[i].key, map->slots[i].hash) = map->slots[i];
    free(map->slots);
    map->slots = slots;
    map->capacity = capacity;
    return true;
}

uint32_t *mz_map_get(const mz_map *map, mz_str key) {
    if (!map->capacity) return NULL;
    struct mz_map_slot *slot = find(map->slots, map->capacity, key, hash_of(map, key));
    return slot->hash ? &slot->value : NULL;
}

uint32_t *mz_map_put(mz_map *map, mz_str key, uint32_t fresh) {
    if (map->count + 1 > map->capacity - map->capacity / 4 && !grow(map)) {
        map->failed = true;
        return NULL;
    }
    uint32_t hash = hash_of(map, key);
    struct mz_map_slot *slot = find(map->slots, map->capacity, key, hash);
    if (!slot->hash) {
        *slot = (struct mz_map_slot){.key = key, .hash = hash, .value = fresh};
        map->count++;
    }
    return &slot->value;
}
