/* Merging: the living records of an index streamed through the builder into a new image, which takes the place of the
 * index only if that is still the one that was read. Otherwise somebody updated it meanwhile, and it is read again:
 * nobody waits for a merge but the merge itself. */
#include "base/error.h"
#include "entity/record.h"
#include "index/image.h"
#include "mizan/update.h"

/* Each attempt but the last was overtaken by an update, which is much rarer than a merge is slow. */
enum { ATTEMPTS_MOST = 8, RECORD_ARENA_BYTES = 512 << 20, TOLD_EACH = 1024 };

mz_status mz_image_add_record(const mz_index *part, uint32_t entity, mz_block_cache *cache, mz_arena *arena,
                              mz_index_builder *builder, mz_error *error) {
    mz_str json;
    mz_record record;
    mz_arena_reset(arena);
    mz_status status = mz_image_record_view(part, entity, cache, &json, error);
    if (!status) status = mz_record_read_json(json, arena, &record, error);
    if (!status) status = mz_index_builder_add(builder, &record, error);
    return status;
}

typedef struct merging {
    const mz_index *index;
    mz_index_builder *builder;
    mz_block_cache cache;
    mz_arena arena;
    int (*progress)(void *context, uint64_t done, uint64_t total);
    void *context;
    uint64_t done;
} merging;

static mz_status tell(merging *work, mz_error *error) {
    if (work->done++ % TOLD_EACH || !work->progress) return MZ_OK;
    if (!work->progress(work->context, work->done, work->index->facts.entities)) return MZ_OK;
    return mz_fail(error, MZ_ERR_CANCELLED, "stopped; the index stays as it was");
}

static mz_status add_part(merging *work, const mz_index *part, mz_error *error) {
    mz_status status = MZ_OK;
    for (uint32_t e = 0; e < part->entity_count && !status; e++) {
        if (mz_index_is_dead(part, e)) continue;
        status = tell(work, error);
        if (!status) status = mz_image_add_record(part, e, &work->cache, &work->arena, work->builder, error);
    }
    return status;
}

static mz_status add_all(merging *work, mz_error *error) {
    const mz_index_facts *facts = &work->index->facts;
    mz_status status = MZ_OK;
    for (size_t i = 0; i < facts->list_count && !status; i++)
        status = mz_index_builder_list(work->builder, facts->lists[i].list, facts->lists[i].version,
                                       facts->lists[i].published, error);
    if (!status) status = add_part(work, work->index, error);
    if (!status && work->index->changes) status = add_part(work, work->index->changes, error);
    return status;
}

/* *ret_done is false where the index was changed while it was read. */
static mz_status merge_once(const char *path, merging *work, bool *ret_done, mz_error *error) {
    mz_index *index = NULL;
    work->builder = NULL;
    work->done = 0;
    *ret_done = true;
    mz_status status = mz_index_open(path, &index, error);
    if (status || !index->changes) {
        mz_index_close(index);
        return status;
    }
    work->index = index;
    mz_block_cache_init(&work->cache);
    mz_arena_init(&work->arena, RECORD_ARENA_BYTES);
    status = mz_index_builder_new(path, &work->builder, error);
    if (!status) status = add_all(work, error);
    if (!status) status = mz_index_builder_finish_over(work->builder, &index->marks, ret_done, error);
    mz_index_builder_free(work->builder);
    mz_arena_done(&work->arena);
    mz_block_cache_done(&work->cache);
    mz_index_close(index);
    return status;
}

mz_status mz_index_merge(const char *path, int (*progress)(void *context, uint64_t done, uint64_t total), void *context,
                         mz_error *error) {
    merging work = {.progress = progress, .context = context};
    for (int attempt = 0; attempt < ATTEMPTS_MOST; attempt++) {
        bool done;
        mz_status status = merge_once(path, &work, &done, error);
        if (status || done) return status;
    }
    return mz_fail(error, MZ_ERR_IO, "%.200s is updated again and again; merge it later", path);
}
