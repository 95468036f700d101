/* A hash table from byte strings to 32-bit numbers; open addressing, linear probing, keys borrowed (they
 * must outlive the map, usually in an arena). Each map has a random seed of its own, so that nobody can write a list
 * whose names all fall into one slot. No result may depend on its order: there is no iteration. */
#ifndef MIZAN_BASE_MAP_H
#define MIZAN_BASE_MAP_H

#include "mizan/str.h"

#include <stdbool.h>
#include <stdint.h>

typedef struct mz_map {
    struct mz_map_slot *slots;
    size_t capacity; /* a power of two, or 0 */
    size_t count;
    uint64_t seed;
    bool failed; /* sticky: a growth could not be made; what was put before is still found */
} mz_map;

void mz_map_init(mz_map *map);
void mz_map_done(mz_map *map);

/* The value stored for `key`, or NULL; valid until the next put. */
uint32_t *mz_map_get(const mz_map *map, mz_str key);

/* The value slot for `key`, which is entered with `fresh` when absent; NULL when out of memory. */
uint32_t *mz_map_put(mz_map *map, mz_str key, uint32_t fresh);

#endif
