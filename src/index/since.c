/* Records are held against each other by a digest of their canonical JSON without the numbers of lines and columns: it
 * has all that an image is made of, also what the comparison of lists for people (lists/compare.h) leaves out because
 * it says nothing new to them, such as the roles of a name's words. */
#include "index/since.h"

#include "base/digest.h"
#include "base/error.h"
#include "base/map.h"
#include "entity/record.h"
#include "index/image.h"
#include "index/told.h"

#include <stdlib.h>

enum { KEPT_BYTES = 1 << 30, RECORD_ARENA_BYTES = 512 << 20, DIGEST_BYTES = 16, STANDS = 0, GONE = 1 };

struct mz_since {
    const mz_index *index;
    bool *fresh; /* by number */
    uint32_t fresh_count;
    mz_arena kept;  /* ids that are gone */
    mz_buffer gone; /* mz_str */
    /* the list in hand */
    mz_arena of_list;
    mz_str list;
    mz_map digests, ids;
    mz_buffer old_ids; /* mz_str, each once; a value of `ids` says whether it still stands */
    mz_buffer json;
    mz_block_cache cache;
};

mz_status mz_since_new(const mz_index *index, mz_since **ret_since, mz_error *error) {
    mz_since *s = calloc(1, sizeof *s);
    if (!s) return mz_fail_memory(error);
    s->index = index;
    s->fresh = calloc((size_t)index->facts.numbers + 1, sizeof *s->fresh);
    mz_arena_init(&s->kept, KEPT_BYTES);
    mz_arena_init(&s->of_list, KEPT_BYTES);
    mz_buffer_init(&s->gone, KEPT_BYTES);
    mz_buffer_init(&s->old_ids, KEPT_BYTES);
    mz_buffer_init(&s->json, MZ_IMAGE_RECORD_BYTES);
    mz_map_init(&s->digests);
    mz_map_init(&s->ids);
    mz_block_cache_init(&s->cache);
    if (!s->fresh) {
        mz_since_free(s);
        return mz_fail_memory(error);
    }
    *ret_since = s;
    return MZ_OK;
}

void mz_since_free(mz_since *s) {
    if (!s) return;
    free(s->fresh);
    mz_arena_done(&s->kept);
    mz_arena_done(&s->of_list);
    mz_buffer_done(&s->gone);
    mz_buffer_done(&s->old_ids);
    mz_buffer_done(&s->json);
    mz_map_done(&s->digests);
    mz_map_done(&s->ids);
    mz_block_cache_done(&s->cache);
    free(s);
}

static mz_status trouble(const mz_since *s, mz_error *error) {
    if (s->digests.failed || s->ids.failed) return mz_fail_memory(error);
    if (s->of_list.failed) return mz_fail_arena(&s->of_list, error, "a version of a list");
    if (s->kept.failed) return mz_fail_arena(&s->kept, error, "what lists have no more");
    if (s->old_ids.failed) return mz_fail_buffer(&s->old_ids, error, "a version of a list");
    return s->gone.failed ? mz_fail_buffer(&s->gone, error, "what lists have no more") : MZ_OK;
}

mz_status mz_since_begin(mz_since *s, mz_str list, mz_error *error) {
    mz_map_done(&s->digests);
    mz_map_done(&s->ids);
    mz_map_init(&s->digests);
    mz_map_init(&s->ids);
    mz_arena_reset(&s->of_list);
    mz_buffer_clear(&s->old_ids);
    s->list = mz_arena_copy(&s->of_list, list);
    return trouble(s, error);
}

/* Of what a record says, wherever it stands. */
static mz_str digest_of(mz_str json, char room[MZ_DIGEST_BYTES]) {
    mz_digest digest;
    mz_digest_init(&digest);
    for (size_t at = 0, from = 0; from < json.size;) {
        size_t behind = 0;
        while (at < json.size && !(json.data[at] == '"' && (behind = mz_told_position(json, at)) != 0)) at++;
        mz_digest_update(&digest, json.data + from, at - from);
        from = at = behind ? behind : json.size;
    }
    mz_digest_bytes(&digest, (unsigned char *)room);
    return (mz_str){room, DIGEST_BYTES};
}

mz_status mz_since_was(mz_since *s, const mz_record *record, mz_error *error) {
    char room[MZ_DIGEST_BYTES];
    mz_buffer_clear(&s->json);
    mz_record_write_json(record, &s->json);
    if (s->json.failed) return mz_fail_buffer(&s->json, error, "a record");
    mz_str digest = mz_arena_copy(&s->of_list, digest_of(mz_buffer_view(&s->json), room));
    (void)mz_map_put(&s->digests, digest, 0);
    if (!record->entity_count || mz_map_get(&s->ids, record->entities[0].id)) return trouble(s, error);
    mz_str id = mz_arena_copy(&s->of_list, record->entities[0].id);
    (void)mz_map_put(&s->ids, id, GONE);
    mz_buffer_append(&s->old_ids, &id, sizeof id);
    return trouble(s, error);
}

static bool is_of_list(const mz_since *s, const mz_index *part, uint32_t entity) {
    return mz_str_equal(mz_index_text(part, part->lists[part->entities[entity].list].list), s->list);
}

static mz_status look(mz_since *s, const mz_index *part, uint32_t first, uint32_t *fresh, mz_error *error) {
    for (uint32_t e = 0; e < part->entity_count; e++) {
        char room[MZ_DIGEST_BYTES];
        mz_str json;
        if (mz_index_is_dead(part, e) || !is_of_list(s, part, e)) continue;
        uint32_t *stands = mz_map_get(&s->ids, mz_index_id(part, e));
        if (stands) *stands = STANDS;
        mz_status status = stands ? mz_image_record_view(part, e, &s->cache, &json, error) : MZ_OK;
        if (status) return status;
        if (stands && mz_map_get(&s->digests, digest_of(json, room))) continue;
        s->fresh[first + e] = true;
        ++*fresh;
    }
    return MZ_OK;
}

mz_status mz_since_end(mz_since *s, uint32_t *ret_fresh, mz_error *error) {
    uint32_t fresh = 0;
    mz_status status = look(s, s->index, 0, &fresh, error);
    if (!status && s->index->changes) status = look(s, s->index->changes, s->index->entity_count, &fresh, error);
    if (status) return status;
    const mz_str *ids = (const void *)s->old_ids.data;
    for (size_t k = 0; k < s->old_ids.size / sizeof *ids; k++) {
        if (*mz_map_get(&s->ids, ids[k]) == STANDS) continue;
        mz_str id = mz_arena_copy(&s->kept, ids[k]);
        mz_buffer_append(&s->gone, &id, sizeof id);
    }
    s->fresh_count += fresh;
    if (ret_fresh) *ret_fresh = fresh;
    return trouble(s, error);
}

uint32_t mz_since_fresh(const mz_since *s) {
    return s->fresh_count;
}

const mz_str *mz_since_gone(const mz_since *s, size_t *ret_count) {
    *ret_count = s->gone.size / sizeof(mz_str);
    return (const void *)s->gone.data;
}

static mz_status add_part(const mz_since *s, const mz_index *part, uint32_t first, mz_index_builder *builder,
                          mz_error *error) {
    mz_status status = MZ_OK;
    mz_block_cache cache;
    mz_arena arena;
    mz_block_cache_init(&cache);
    mz_arena_init(&arena, RECORD_ARENA_BYTES);
    for (uint32_t e = 0; e < part->entity_count && !status; e++)
        if (s->fresh[first + e]) status = mz_image_add_record(part, e, &cache, &arena, builder, error);
    mz_arena_done(&arena);
    mz_block_cache_done(&cache);
    return status;
}

mz_status mz_since_write(const mz_since *s, const char *path, mz_error *error) {
    mz_index_builder *builder = NULL;
    const mz_index_facts *facts = &s->index->facts;
    mz_status status = mz_index_builder_new(path, &builder, error);
    for (size_t l = 0; l < facts->list_count && !status; l++)
        status = mz_index_builder_list(builder, facts->lists[l].list, facts->lists[l].version,
                                       facts->lists[l].published, error);
    if (!status) status = add_part(s, s->index, 0, builder, error);
    if (!status && s->index->changes) status = add_part(s, s->index->changes, s->index->entity_count, builder, error);
    if (!status) status = mz_index_builder_finish(builder, error);
    mz_index_builder_free(builder);
    return status;
}
