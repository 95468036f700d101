#include "index/name_set.h"

#include <stdlib.h>

enum { ROOM_LEAST = 1024 };

bool mz_name_set_init(mz_name_set *set, uint32_t name_count) {
    set->bits = calloc((size_t)name_count / 64 + 1, sizeof *set->bits);
    return set->bits != NULL;
}

void mz_name_set_done(mz_name_set *set) {
    free(set->bits);
    free(set->names);
}

static bool make_room(mz_name_set *set) {
    size_t room = set->room ? 2 * set->room : ROOM_LEAST;
    uint32_t *grown = realloc(set->names, room * sizeof *grown);
    if (!grown) {
        set->starved = true;
        return false;
    }
    set->names = grown;
    set->room = room;
    return true;
}

bool mz_name_set_enter(mz_name_set *set, uint32_t name) {
    if (mz_name_set_has(set, name) || (set->count == set->room && !make_room(set))) return false;
    set->bits[name / 64] |= UINT64_C(1) << name % 64;
    set->names[set->count++] = name;
    return true;
}

void mz_name_set_empty(mz_name_set *set) {
    for (size_t k = 0; k < set->count; k++) set->bits[set->names[k] / 64] = 0;
    set->count = 0;
    set->starved = false;
}
