/* Whether an index says what its records say.
 *
 * The same records give the same bytes, so an image is right when one that is built anew from the records in it is the
 * same: its words, sounds, contexts, tables, everything that a search goes by. That holds against whoever made the
 * image, where the check at opening holds only against harm; and it costs what building costs. What it cannot tell is
 * whether the records are those of the lists. */
#include "base/error.h"
#include "entity/record.h"
#include "index/build.h"
#include "mizan/update.h"

enum { RECORD_ARENA_BYTES = 512 << 20, TOLD_EACH = 1024 };

typedef struct verifying {
    const char *path;
    const mz_index *index;
    mz_index_builder *builder;
    mz_block_cache cache;
    mz_arena arena;
    int (*progress)(void *context, uint64_t done, uint64_t total);
    void *context;
    uint64_t done;
} verifying;

static mz_status add_record(verifying *work, const mz_index *part, uint32_t entity, mz_error *error) {
    bool tells = work->progress && work->done++ % TOLD_EACH == 0;
    if (tells && work->progress(work->context, work->done, work->index->facts.numbers))
        return mz_fail(error, MZ_ERR_CANCELLED, "stopped before all was compared");
    return mz_image_add_record(part, entity, &work->cache, &work->arena, work->builder, error);
}

static mz_status build_again(verifying *work, const mz_index *part, mz_error *error) {
    mz_status status = MZ_OK;
    for (uint32_t i = 0; i < part->list_count && !status; i++) {
        const mz_list_row *row = &part->lists[i];
        status = mz_index_builder_list(work->builder, mz_index_text(part, row->list), mz_index_text(part, row->version),
                                       row->published, error);
    }
    for (uint32_t e = 0; e < part->entity_count && !status; e++) status = add_record(work, part, e, error);
    if (!status && part != work->index) mz_index_builder_changes(work->builder, work->index, work->index->dead);
    return status ? status : mz_index_builder_compare(work->builder, part, error);
}

static mz_status verify_part(verifying *work, const mz_index *part, mz_error *error) {
    mz_block_cache_init(&work->cache);
    mz_arena_init(&work->arena, RECORD_ARENA_BYTES);
    work->builder = NULL;
    mz_status status = mz_index_builder_new(work->path, &work->builder, error);
    if (!status) status = build_again(work, part, error);
    mz_index_builder_free(work->builder);
    mz_arena_done(&work->arena);
    mz_block_cache_done(&work->cache);
    return status;
}

mz_status mz_index_verify(const char *path, int (*progress)(void *context, uint64_t done, uint64_t total),
                          void *context, mz_error *error) {
    mz_index *index = NULL;
    mz_status status = mz_index_open_whole(path, &index, error);
    if (status) return status;
    verifying work = {.path = path, .index = index, .progress = progress, .context = context};
    status = verify_part(&work, index, error);
    if (!status && index->changes) status = verify_part(&work, index->changes, error);
    if (status == MZ_ERR_INPUT) mz_error_name(error, path);
    mz_index_close(index);
    return status;
}
