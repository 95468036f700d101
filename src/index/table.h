/* A look-up table of the image: from a key of 64 bits to the numbers that stand under it, ascending.
 *
 * Three sections, one behind the other: buckets, keys, lists. The first bits of a key's hash choose its bucket, the
 * next 31 are its tag; keys stand by bucket and tag, so that a look-up reads one bucket, mostly one line of the cache.
 * A key with one number, as most have, holds it; else it says where its list begins, which is how many numbers follow
 * and then the numbers. Keys themselves are not kept: two with the same 31 bits and more share what is under both, some
 * billion to one. Who looks up, looks at what it finds anyway, so that this costs a glance and never an answer. */
#ifndef MIZAN_INDEX_TABLE_H
#define MIZAN_INDEX_TABLE_H

#include "index/spill.h"
#include "mizan/status.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct mz_key_row {
    uint32_t tag; /* 31 bits of the hash, then whether `at` is the only number */
    uint32_t at;
} mz_key_row;

enum { MZ_TABLE_BUCKETS, MZ_TABLE_KEYS, MZ_TABLE_LISTS, MZ_TABLE_SECTIONS };

typedef struct mz_table {
    const uint32_t *buckets; /* where each begins among the keys, and where the last ends */
    const mz_key_row *keys;
    const uint32_t *lists;
    uint64_t bucket_count, key_count, list_size; /* list_size: of the section, in numbers */
    unsigned bits;                               /* bucket_count is 1 << bits */
} mz_table;

/* Every bit of the key moves every bit of the hash, and no two keys have the same. */
static inline uint64_t mz_table_hash(uint64_t key) {
    key ^= key >> 33;
    key *= UINT64_C(0xff51afd7ed558ccd);
    key ^= key >> 33;
    key *= UINT64_C(0xc4ceb9fe1a85ec53);
    return key ^ key >> 33;
}

static inline size_t mz_table_bucket(uint64_t hash, unsigned bits) {
    return bits ? (size_t)(hash >> (64 - bits)) : 0;
}

static inline uint32_t mz_table_tag(uint64_t hash, unsigned bits) {
    return (uint32_t)(hash << bits >> 33) << 1;
}

/* The numbers under a key, and perhaps a few that are not. */
size_t mz_table_find(const mz_table *table, uint64_t key, const uint32_t **ret_numbers);

/* Whether a table may be followed without looking, and all its numbers are below `end`; else why not. */
const char *mz_table_fault(const mz_table *table, uint32_t end);

/* ---- building ---- */

/* A number to be found under a key. */
typedef struct mz_entry {
    uint64_t hash;
    uint32_t number;
} __attribute__((packed, aligned(4))) mz_entry;

/* Makes a table of entries whose numbers ascend under each key, and may be repeated. They are not changed: slices of
 * them, as many as `slice_bytes` hold, are copied and put in order one after the other. A key of more than that takes
 * more. Failures of the sections are theirs to tell. */
mz_status mz_table_make(const mz_entry *entries, size_t count, size_t slice_bytes, mz_spill sections[MZ_TABLE_SECTIONS],
                        mz_error *error);

#endif
