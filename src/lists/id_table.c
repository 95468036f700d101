#include "lists/id_table.h"

#include "base/checked.h"
#include "base/digest.h"
#include "base/error.h"

#include <stdlib.h>

enum { FIRST_ROOM = 64 };

void mz_id_table_init(mz_id_table *table) {
    *table = (mz_id_table){0};
}

void mz_id_table_done(mz_id_table *table) {
    free(table->digests);
    free(table->slots);
    mz_id_table_init(table);
}

static void digest_of(mz_str id, unsigned char ret_digest[MZ_ID_DIGEST_BYTES]) {
    unsigned char whole[MZ_DIGEST_BYTES];
    mz_digest digest;
    mz_digest_init(&digest);
    mz_digest_update(&digest, id.data, id.size);
    mz_digest_bytes(&digest, whole);
    memcpy(ret_digest, whole, MZ_ID_DIGEST_BYTES);
}

/* The slot of this digest, or the free one where it would stand. */
static uint32_t *find_slot(const mz_id_table *table, uint32_t *slots, size_t slot_count, const unsigned char *digest) {
    uint64_t start;
    memcpy(&start, digest, sizeof start);
    size_t at = (size_t)start & (slot_count - 1);
    while (slots[at] && memcmp(table->digests[slots[at] - 1], digest, MZ_ID_DIGEST_BYTES) != 0)
        at = (at + 1) & (slot_count - 1);
    return &slots[at];
}

static bool grow_digests(mz_id_table *table) {
    size_t room = table->room ? table->room : FIRST_ROOM / 2, bytes;
    if (!mz_multiply_size(room, 2, &room) || !mz_multiply_size(room, sizeof *table->digests, &bytes)) return false;
    void *grown = realloc(table->digests, bytes);
    if (!grown) return false;
    table->digests = grown;
    table->room = room;
    return true;
}

static bool grow_slots(mz_id_table *table) {
    size_t count = table->slot_count ? table->slot_count : FIRST_ROOM;
    if (!mz_multiply_size(count, 2, &count)) return false;
    uint32_t *slots = calloc(count, sizeof *slots);
    if (!slots) return false;
    for (size_t i = 0; i < table->count; i++) *find_slot(table, slots, count, table->digests[i]) = (uint32_t)i + 1;
    free(table->slots);
    table->slots = slots;
    table->slot_count = count;
    return true;
}

mz_status mz_id_table_put(mz_id_table *table, mz_str id, uint32_t *ret_number, bool *ret_fresh, mz_error *error) {
    unsigned char digest[MZ_ID_DIGEST_BYTES];
    if (table->count >= UINT32_MAX - 1)
        return mz_fail(error, MZ_ERR_LIMIT, "a list of more than %u records", UINT32_MAX - 1);
    if (table->count == table->room && !grow_digests(table)) return mz_fail_memory(error);
    if (table->count >= table->slot_count - table->slot_count / 4 && !grow_slots(table)) return mz_fail_memory(error);
    digest_of(id, digest);
    uint32_t *slot = find_slot(table, table->slots, table->slot_count, digest);
    *ret_fresh = *slot == 0;
    if (*ret_fresh) {
        memcpy(table->digests[table->count], digest, sizeof digest);
        *slot = (uint32_t)++table->count;
    }
    *ret_number = *slot - 1;
    return MZ_OK;
}

bool mz_id_table_find(const mz_id_table *table, mz_str id, uint32_t *ret_number) {
    unsigned char digest[MZ_ID_DIGEST_BYTES];
    if (!table->slot_count) return false;
    digest_of(id, digest);
    const uint32_t *slot = find_slot(table, table->slots, table->slot_count, digest);
    if (!*slot) return false;
    *ret_number = *slot - 1;
    return true;
}
