/* A table of the ids of a version: each gets the next number, from 0.
 *
 * Kept of an id is its BLAKE2b digest cut to 128 bits, so that a list of four million ids needs about 100 MB:
 * 16 bytes for the digest and 5 to 11 for the slots of the hash table (while it grows, both sizes at once). Nobody
 * can make two ids with one digest, nor ids that fall into one slot faster than by trying. */
#ifndef MIZAN_LISTS_ID_TABLE_H
#define MIZAN_LISTS_ID_TABLE_H

#include "mizan/status.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { MZ_ID_DIGEST_BYTES = 16 };

typedef struct mz_id_table {
    unsigned char (*digests)[MZ_ID_DIGEST_BYTES];
    uint32_t *slots; /* number + 1; 0 is free */
    size_t slot_count, count, room;
} mz_id_table;

void mz_id_table_init(mz_id_table *table);
void mz_id_table_done(mz_id_table *table);

/* Enters the id with the next number, *ret_number. *ret_fresh false when it was there; then it is its number. */
mz_status mz_id_table_put(mz_id_table *table, mz_str id, uint32_t *ret_number, bool *ret_fresh, mz_error *error);
bool mz_id_table_find(const mz_id_table *table, mz_str id, uint32_t *ret_number);

#endif
