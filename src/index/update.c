/* Updating an index. Each record is compared with the one that the index has under its id; those that differ are built
 * into a new file of changes, with those of the old one that still hold, and what they replace is marked as dead.
 *
 * Two records are the same when their canonical texts are, but for the numbers of lines and columns: a record that is
 * put in at the top of a file moves all others down, which is no change of them. Anything else counts, also what no
 * search looks at, so that a hit never shows an older record than the list has. (Fingerprints as the list store
 * compares them would not do: they leave out what words of a name are, which decides about scores.) */
#include "mizan/update.h"

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/shown.h"
#include "entity/record.h"
#include "index/image.h"
#include "index/told.h"

#include <stdlib.h>
#include <unistd.h>

enum { PARTS = 2, RECORD_ARENA_BYTES = 512 << 20, MERGE_SHARE = 8 };

/* A part of the index as it was, and what becomes of its entities. */
typedef struct old_part {
    const mz_index *image; /* NULL: there is none */
    uint8_t *dead;         /* bits: is no more */
    uint8_t *came;         /* bits: was told again, of the list in hand */
} old_part;

struct mz_index_update {
    int lock;
    mz_index *index;
    mz_index_builder *builder;
    old_part parts[PARTS];
    mz_arena arena; /* of a record that is kept */
    mz_buffer list; /* in hand */
    mz_map ended;   /* lists that were read, their names in `names` */
    mz_arena names;
    bool begun;
    mz_buffer json; /* of the record in hand */
    mz_block_cache cache;
    mz_index_update_facts facts;
    uint64_t changes; /* entities in the new file of changes */
};

static bool bit_of(const uint8_t *bits, uint32_t entity) {
    return bits[entity / 8] >> entity % 8 & 1;
}

static void set_bit(uint8_t *bits, uint32_t entity) {
    bits[entity / 8] = (uint8_t)(bits[entity / 8] | 1u << entity % 8);
}

static size_t bytes_of(const mz_index *part) {
    return ((size_t)part->entity_count + 7) / 8;
}

static mz_status take_part(old_part *part, const mz_index *image, mz_error *error) {
    part->image = image;
    if (!image) return MZ_OK;
    part->dead = calloc(bytes_of(image) + 1, 1);
    part->came = calloc(bytes_of(image) + 1, 1);
    if (!part->dead || !part->came) return mz_fail_memory(error);
    if (image->dead) memcpy(part->dead, image->dead, bytes_of(image));
    return MZ_OK;
}

static mz_status name_lists(mz_index_update *update, mz_error *error) {
    mz_index_facts facts;
    mz_status status = MZ_OK;
    mz_index_info(update->index, &facts);
    for (size_t i = 0; i < facts.list_count && !status; i++)
        status = mz_index_builder_list(update->builder, facts.lists[i].list, facts.lists[i].version,
                                       facts.lists[i].published, error);
    return status;
}

mz_status mz_index_update_new(const char *path, mz_index_update **ret_update, mz_error *error) {
    char changes[MZ_INDEX_PATH_BYTES];
    mz_index_update *update = calloc(1, sizeof *update);
    if (!update) return mz_fail_memory(error);
    update->lock = -1;
    mz_arena_init(&update->arena, RECORD_ARENA_BYTES);
    mz_arena_init(&update->names, MZ_IMAGE_RECORD_BYTES);
    mz_map_init(&update->ended);
    mz_buffer_init(&update->list, MZ_IMAGE_RECORD_BYTES);
    mz_buffer_init(&update->json, MZ_IMAGE_RECORD_BYTES);
    mz_block_cache_init(&update->cache);
    mz_status status = mz_changes_path(path, changes, error);
    if (!status) status = mz_index_lock(path, &update->lock, error);
    if (!status) mz_index_sweep(path);
    if (!status) status = mz_index_open(path, &update->index, error);
    if (!status) status = take_part(&update->parts[0], update->index, error);
    if (!status) status = take_part(&update->parts[1], update->index->changes, error);
    if (!status) status = mz_index_builder_new(changes, &update->builder, error);
    if (!status) status = name_lists(update, error);
    if (status) {
        mz_index_update_free(update);
        return status;
    }
    *ret_update = update;
    return MZ_OK;
}

void mz_index_update_free(mz_index_update *update) {
    if (!update) return;
    mz_index_builder_free(update->builder);
    for (size_t p = 0; p < PARTS; p++) {
        free(update->parts[p].dead);
        free(update->parts[p].came);
    }
    mz_block_cache_done(&update->cache);
    mz_index_close(update->index);
    mz_arena_done(&update->arena);
    mz_arena_done(&update->names);
    mz_map_done(&update->ended);
    mz_buffer_done(&update->list);
    mz_buffer_done(&update->json);
    if (update->lock >= 0) (void)close(update->lock);
    free(update);
}

/* ---- lists ---- */

mz_status mz_index_update_begin(mz_index_update *update, mz_str list, mz_error *error) {
    if (update->begun) return mz_fail(error, MZ_ERR_ARGUMENT, "a list is begun before the last one has ended");
    mz_buffer_clear(&update->list);
    mz_buffer_str(&update->list, list);
    mz_str name = mz_arena_copy(&update->names, list);
    if (mz_map_get(&update->ended, list))
        return mz_fail(error, MZ_ERR_ARGUMENT, "the list %.*s is there twice; its records must come together",
                       mz_shown(list), list.data);
    if (update->list.failed || update->names.failed || !mz_map_put(&update->ended, name, 1))
        return mz_fail_memory(error);
    for (size_t p = 0; p < PARTS; p++)
        if (update->parts[p].image) memset(update->parts[p].came, 0, bytes_of(update->parts[p].image));
    update->begun = true;
    return MZ_OK;
}

static bool is_of_list(const old_part *part, uint32_t entity, mz_str list) {
    const mz_index *image = part->image;
    return mz_str_equal(mz_index_text(image, image->lists[image->entities[entity].list].list), list);
}

/* The entity of the list that the index has under this id and that has not come yet; NULL: there is none. */
static old_part *find_old(mz_index_update *update, mz_str id, uint32_t *ret_entity) {
    mz_str list = mz_buffer_view(&update->list);
    for (size_t p = 0; p < PARTS && update->parts[p].image; p++) {
        old_part *part = &update->parts[p];
        const uint32_t *entities;
        size_t count = mz_table_find(&part->image->ids, mz_index_text_key(id), &entities);
        for (size_t k = 0; k < count; k++) {
            uint32_t entity = entities[k];
            if (bit_of(part->dead, entity) || bit_of(part->came, entity) || !is_of_list(part, entity, list) ||
                !mz_str_equal(mz_index_id(part->image, entity), id))
                continue;
            *ret_entity = entity;
            return part;
        }
    }
    return NULL;
}

static bool same_but_positions(mz_str a, mz_str b) {
    size_t i = 0, j = 0;
    while (i < a.size && j < b.size) {
        if (a.data[i] != b.data[j]) return false;
        size_t behind_a = a.data[i] == '"' ? mz_told_position(a, i) : 0,
               behind_b = behind_a ? mz_told_position(b, j) : 0;
        i = behind_b ? behind_a : i + 1;
        j = behind_b ? behind_b : j + 1;
    }
    return i == a.size && j == b.size;
}

/* Whether the record is told as the index has it already. */
static mz_status compare(mz_index_update *update, const mz_record *record, const old_part *part, uint32_t entity,
                         bool *ret_same, mz_error *error) {
    mz_str old;
    mz_buffer_clear(&update->json);
    mz_record_write_json(record, &update->json);
    if (update->json.starved) return mz_fail_memory(error);
    *ret_same = false; /* one that is too large is for the builder to refuse */
    if (update->json.failed) return MZ_OK;
    mz_status status = mz_image_record_view(part->image, entity, &update->cache, &old, error);
    if (!status) *ret_same = same_but_positions(mz_buffer_view(&update->json), old);
    return status;
}

mz_status mz_index_update_add(mz_index_update *update, const mz_record *record, mz_error *error) {
    if (!update->begun) return mz_fail(error, MZ_ERR_ARGUMENT, "a record is added before its list is begun");
    if (!record->entity_count) return mz_fail(error, MZ_ERR_ARGUMENT, "a record without an entity");
    if (!mz_str_equal(record->list, mz_buffer_view(&update->list)))
        return mz_fail(error, MZ_ERR_ARGUMENT, "a record of another list than the one that was begun");
    uint32_t entity = 0;
    bool same = false;
    old_part *part = find_old(update, record->entities[0].id, &entity);
    mz_status status = part ? compare(update, record, part, entity, &same, error) : MZ_OK;
    if (status) return status;
    if (part) set_bit(same ? part->came : part->dead, entity);
    if (same) {
        update->facts.same++;
        return MZ_OK;
    }
    status = mz_index_builder_add(update->builder, record, error);
    if (status) {
        update->facts.removed += part != NULL; /* if the builder goes on at all */
        return status;
    }
    update->changes++;
    if (part)
        update->facts.changed++;
    else
        update->facts.added++;
    return MZ_OK;
}

mz_status mz_index_update_end(mz_index_update *update, mz_str version, int64_t published, mz_error *error) {
    if (!update->begun) return mz_fail(error, MZ_ERR_ARGUMENT, "a list is ended before it is begun");
    mz_str list = mz_buffer_view(&update->list);
    update->begun = false;
    for (size_t p = 0; p < PARTS && update->parts[p].image; p++) {
        old_part *part = &update->parts[p];
        for (uint32_t e = 0; e < part->image->entity_count; e++) {
            if (bit_of(part->dead, e) || bit_of(part->came, e) || !is_of_list(part, e, list)) continue;
            set_bit(part->dead, e);
            update->facts.removed++;
        }
    }
    return mz_index_builder_list(update->builder, list, version, published, error);
}

void mz_index_update_so_far(const mz_index_update *update, mz_index_facts *ret_held, mz_index_update_facts *ret_facts) {
    mz_index_info(update->index, ret_held);
    *ret_facts = update->facts;
}

/* ---- the new file of changes ---- */

/* What had changed before and was not changed again. */
static mz_status keep_old_changes(mz_index_update *update, mz_error *error) {
    const old_part *part = &update->parts[1];
    mz_status status = MZ_OK;
    for (uint32_t e = 0; part->image && e < part->image->entity_count && !status; e++) {
        if (bit_of(part->dead, e)) continue;
        status = mz_image_add_record(part->image, e, &update->cache, &update->arena, update->builder, error);
        update->changes++;
    }
    return status;
}

static bool merge_is_due(const mz_index_update *update) {
    const mz_index *base = update->index;
    uint64_t dead = 0;
    for (size_t i = 0; i < bytes_of(base); i++) dead += (uint64_t)__builtin_popcount(update->parts[0].dead[i]);
    return (dead + update->changes) * MERGE_SHARE > base->entity_count;
}

mz_status mz_index_update_finish(mz_index_update *update, mz_index_update_facts *ret_facts, mz_error *error) {
    if (update->begun) return mz_fail(error, MZ_ERR_ARGUMENT, "the last list has not ended");
    mz_status status = keep_old_changes(update, error);
    if (status) return status;
    mz_index_builder_changes(update->builder, update->index, update->parts[0].dead);
    status = mz_index_builder_finish(update->builder, error);
    if (status) return status;
    *ret_facts = update->facts;
    ret_facts->merge_due = merge_is_due(update);
    return MZ_OK;
}
