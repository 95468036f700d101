/* Numbers of names of an image, each once: a bit for each name, and those set in the order in which they were. */
#ifndef MIZAN_INDEX_NAME_SET_H
#define MIZAN_INDEX_NAME_SET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct mz_name_set {
    uint64_t *bits;
    uint32_t *names;
    size_t count, room;
    bool starved; /* for want of memory, not all were entered */
} mz_name_set;

/* Of zeroed memory, for so many names. False: out of memory; it is to be done with in any case. */
bool mz_name_set_init(mz_name_set *set, uint32_t name_count);
void mz_name_set_done(mz_name_set *set);

static inline bool mz_name_set_has(const mz_name_set *set, uint32_t name) {
    return set->bits[name / 64] >> name % 64 & 1;
}

/* False when it was there already, or memory does not suffice. */
bool mz_name_set_enter(mz_name_set *set, uint32_t name);
void mz_name_set_empty(mz_name_set *set);

#endif
