/* Building an image.
 *
 * Records are taken into batches. A full batch is made into rows, with its records compressed (batch.c), and rows of
 * batches are put behind each other in the order of the batches (merge.c); at the end come the vocabulary and the
 * tables (build_words.c) and the file (build_file.c). Making is most of the work, and is done by as many threads as
 * there are processors: the caller's, which reads, and helpers that are begun with the second batch, so that a small
 * list needs none. Who has nothing else to do makes a batch or merges those that are next. Where a batch ends and what
 * comes of it depends on the records, and no order on a hash table or on threads: the same records give the same bytes.
 *
 * Memory. Of each section a little is held and the rest is in a file without a name beside the image (spill.h), which
 * is written once, from front to back. What stays in memory is the vocabulary: some 300 bytes a distinct word while
 * names come, and some 500 while it is put in order; and at the end the postings, 9 bytes for each word of each name.
 *
 * Until mz_file_writer_commit the old image is not touched: what fails, leaves it. */
#include "index/build.h"

#include "base/error.h"
#include "index/seal.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>
#include <xxhash.h>

enum { SLICE_BYTES = 64 << 20, LISTS_MOST = UINT16_MAX };
static const size_t CEILING = (size_t)16 << 30;

/* ---- batches and threads; all but making and merging happens under the lock ---- */

static bool is_failed(const mz_index_builder *builder) {
    return builder->failed != MZ_OK;
}

static mz_slot *slot_waiting(mz_index_builder *builder) {
    for (size_t i = 0; i < builder->slot_count; i++) {
        mz_slot *slot = &builder->slots[(builder->merging + i) % builder->slot_count];
        if (slot->state == MZ_SLOT_WAITING) return slot;
    }
    return NULL;
}

static void make_one(mz_index_builder *builder, mz_slot *slot) {
    bool needed = !is_failed(builder);
    slot->state = MZ_SLOT_MAKING;
    pthread_mutex_unlock(&builder->lock);
    if (needed) mz_batch_make(&slot->batch);
    pthread_mutex_lock(&builder->lock);
    slot->state = MZ_SLOT_MADE;
    pthread_cond_broadcast(&builder->changed);
}

/* The first batch that fails, in the order of the records, tells why. */
static void merge_one(mz_index_builder *builder, mz_slot *slot) {
    mz_error error = {0};
    mz_status status = MZ_OK;
    bool needed = !is_failed(builder);
    builder->merging_now = true;
    pthread_mutex_unlock(&builder->lock);
    if (needed) {
        status = slot->batch.status;
        error = slot->batch.error;
        if (!status) status = mz_build_merge(builder, &slot->batch, &error);
    }
    mz_batch_clear(&slot->batch);
    pthread_mutex_lock(&builder->lock);
    if (status) {
        builder->failed = status;
        builder->failure = error;
    }
    slot->state = MZ_SLOT_FREE;
    builder->merging = (builder->merging + 1) % builder->slot_count;
    builder->merging_now = false;
    pthread_cond_broadcast(&builder->changed);
}

/* Does something that is to be done; false when there is nothing. */
static bool work(mz_index_builder *builder) {
    mz_slot *next = &builder->slots[builder->merging], *waiting;
    if (next->state == MZ_SLOT_MADE && !builder->merging_now)
        merge_one(builder, next);
    else if ((waiting = slot_waiting(builder)))
        make_one(builder, waiting);
    else
        return false;
    return true;
}

static void *help(void *context) {
    mz_index_builder *builder = context;
    pthread_mutex_lock(&builder->lock);
    while (!builder->stopping)
        if (!work(builder)) pthread_cond_wait(&builder->changed, &builder->lock);
    pthread_mutex_unlock(&builder->lock);
    return NULL;
}

static unsigned threads_of(const mz_index_builder *builder) {
    long processors = builder->limits.threads ? (long)builder->limits.threads : sysconf(_SC_NPROCESSORS_ONLN);
    return processors < 1 ? 1 : processors > MZ_BUILD_THREADS_MOST ? MZ_BUILD_THREADS_MOST : (unsigned)processors;
}

/* A thread that cannot be begun is done without. */
static void begin_helpers(mz_index_builder *builder) {
    unsigned threads = threads_of(builder);
    builder->begun = true;
    while (builder->helper_count + 1 < threads &&
           pthread_create(&builder->helpers[builder->helper_count], NULL, help, builder) == 0)
        builder->helper_count++;
    builder->slot_count = 2 * builder->helper_count + 1;
}

static void end_helpers(mz_index_builder *builder) {
    pthread_mutex_lock(&builder->lock);
    builder->stopping = true;
    pthread_cond_broadcast(&builder->changed);
    pthread_mutex_unlock(&builder->lock);
    for (size_t h = 0; h < builder->helper_count; h++) (void)pthread_join(builder->helpers[h], NULL);
    builder->helper_count = 0;
}

static mz_status failure(const mz_index_builder *builder, mz_error *error) {
    if (is_failed(builder) && error) *error = builder->failure;
    return builder->failed;
}

/* Hands over the batch that was filled, and waits for a slot for the next; with `all`, for all that were handed over.
 */
static mz_status hand_over(mz_index_builder *builder, bool all, mz_error *error) {
    pthread_mutex_lock(&builder->lock);
    builder->slots[builder->filling].state = MZ_SLOT_WAITING;
    if (!builder->begun && !all) begin_helpers(builder);
    pthread_cond_broadcast(&builder->changed);
    builder->filling = (builder->filling + 1) % builder->slot_count;
    size_t last = all ? (builder->filling + builder->slot_count - 1) % builder->slot_count : builder->filling;
    while (builder->slots[last].state != MZ_SLOT_FREE)
        if (!work(builder)) pthread_cond_wait(&builder->changed, &builder->lock);
    builder->slots[builder->filling].state = MZ_SLOT_FILLING;
    mz_status status = failure(builder, error);
    pthread_mutex_unlock(&builder->lock);
    return status;
}

/* ---- the builder ---- */

void mz_index_builder_limit(mz_index_builder *builder, const mz_build_limits *limits) {
    builder->limits = *limits;
    for (size_t s = 0; s < MZ_SECTION_COUNT; s++) builder->sections[s].held_most = limits->held_bytes;
    for (size_t k = 0; k < MZ_ENTRY_KINDS; k++) builder->entries[k].held_most = limits->held_bytes;
    builder->name_words.held_most = limits->held_bytes;
    builder->joins.held_most = limits->held_bytes;
}

static void init(mz_index_builder *builder) {
    const mz_build_limits limits = {0,           MZ_BATCH_RECORDS,   MZ_BATCH_BYTES, MZ_SPILL_HELD_BYTES,
                                    SLICE_BYTES, MZ_SEAL_LEAST_BYTES};
    const char *path = builder->writer.final_path;
    mz_map_init(&builder->list_numbers);
    mz_arena_init(&builder->list_texts, CEILING);
    mz_buffer_init(&builder->lists, CEILING);
    for (size_t s = 0; s < MZ_BUILD_SLOTS_MOST; s++) mz_batch_init(&builder->slots[s].batch);
    builder->slot_count = 1;
    builder->slots[0].state = MZ_SLOT_FILLING;
    (void)pthread_mutex_init(&builder->lock, NULL);
    (void)pthread_cond_init(&builder->changed, NULL);
    for (size_t s = 0; s < MZ_SECTION_COUNT; s++) mz_spill_init(&builder->sections[s], path, 0);
    for (size_t k = 0; k < MZ_ENTRY_KINDS; k++) mz_spill_init(&builder->entries[k], path, 0);
    mz_spill_init(&builder->name_words, path, 0);
    mz_spill_init(&builder->joins, path, 0);
    mz_map_init(&builder->vocabulary);
    mz_map_init(&builder->common_traits);
    mz_topics_init(&builder->topics);
    mz_arena_init(&builder->words_arena, CEILING);
    mz_arena_init(&builder->traits_arena, CEILING);
    mz_buffer_init(&builder->words, CEILING);
    mz_buffer_init(&builder->renumbered, CEILING);
    mz_index_builder_limit(builder, &limits);
}

mz_status mz_index_builder_new(const char *path, mz_index_builder **ret_builder, mz_error *error) {
    mz_index_builder *builder = calloc(1, sizeof *builder);
    if (!builder) return mz_fail_memory(error);
    init(builder);
    builder->records_checksum = XXH3_createState();
    mz_status status = builder->records_checksum ? MZ_OK : mz_fail_memory(error);
    if (!status) {
        (void)XXH3_64bits_reset(builder->records_checksum);
        mz_index_sweep(path);
        status = mz_file_writer_open(&builder->writer, path, error);
    }
    if (!status) {
        builder->writing = true;
        status = mz_build_room(builder, error);
    }
    if (status) {
        mz_index_builder_free(builder);
        return status;
    }
    *ret_builder = builder;
    return MZ_OK;
}

void mz_index_builder_free(mz_index_builder *builder) {
    if (!builder) return;
    end_helpers(builder);
    if (builder->writing) mz_file_writer_abandon(&builder->writer);
    mz_map_done(&builder->list_numbers);
    mz_arena_done(&builder->list_texts);
    mz_buffer_done(&builder->lists);
    for (size_t s = 0; s < MZ_BUILD_SLOTS_MOST; s++) mz_batch_done(&builder->slots[s].batch);
    (void)pthread_mutex_destroy(&builder->lock);
    (void)pthread_cond_destroy(&builder->changed);
    for (size_t s = 0; s < MZ_SECTION_COUNT; s++) mz_spill_done(&builder->sections[s]);
    for (size_t k = 0; k < MZ_ENTRY_KINDS; k++) mz_spill_done(&builder->entries[k]);
    mz_spill_done(&builder->name_words);
    mz_spill_done(&builder->joins);
    mz_map_done(&builder->vocabulary);
    mz_map_done(&builder->common_traits);
    mz_topics_done(&builder->topics);
    mz_arena_done(&builder->words_arena);
    mz_arena_done(&builder->traits_arena);
    mz_buffer_done(&builder->words);
    mz_buffer_done(&builder->renumbered);
    XXH3_freeState(builder->records_checksum);
    free(builder);
}

static mz_status check_usable(const mz_index_builder *builder, mz_error *error) {
    if (!builder->broken) return MZ_OK;
    return mz_fail(error, builder->broken, "the image cannot be finished after an earlier failure; begin again");
}

/* ---- lists ---- */

static mz_build_list *list_of(mz_index_builder *builder, uint32_t number) {
    return &((mz_build_list *)(void *)builder->lists.data)[number];
}

static mz_status list_number(mz_index_builder *builder, mz_str list, uint16_t *ret_number, mz_error *error) {
    uint32_t fresh = (uint32_t)(builder->lists.size / sizeof(mz_build_list)),
             *known = mz_map_get(&builder->list_numbers, list);
    if (!known) {
        if (fresh == LISTS_MOST) return mz_fail(error, MZ_ERR_LIMIT, "more than %d lists in one image", LISTS_MOST);
        mz_build_list row = {.list = mz_arena_copy(&builder->list_texts, list), .version = {"", 0}};
        mz_buffer_append(&builder->lists, &row, sizeof row);
        known = mz_map_put(&builder->list_numbers, row.list, fresh);
        if (builder->list_texts.failed || builder->lists.failed || !known) {
            builder->broken = MZ_ERR_MEMORY;
            return mz_fail_memory(error);
        }
    }
    *ret_number = (uint16_t)*known;
    return MZ_OK;
}

mz_status mz_index_builder_list(mz_index_builder *builder, mz_str list, mz_str version, int64_t published,
                                mz_error *error) {
    uint16_t number;
    mz_status status = check_usable(builder, error);
    if (!status) status = list_number(builder, list, &number, error);
    if (status) return status;
    mz_build_list *row = list_of(builder, number);
    row->version = mz_arena_copy(&builder->list_texts, version);
    row->published = published;
    if (!builder->list_texts.failed) return MZ_OK;
    builder->broken = MZ_ERR_MEMORY;
    return mz_fail_memory(error);
}

static void put_lists(mz_index_builder *builder) {
    for (uint32_t i = 0; i < builder->lists.size / sizeof(mz_build_list); i++) {
        const mz_build_list *list = list_of(builder, i);
        mz_list_row row = {.list = mz_build_text(builder, list->list),
                           .version = mz_build_text(builder, list->version),
                           .published = list->published,
                           .entities = list->entities};
        mz_spill_append(&builder->sections[MZ_SECTION_LISTS], &row, sizeof row);
    }
}

/* ---- records ---- */

mz_status mz_index_builder_add(mz_index_builder *builder, const mz_record *record, mz_error *error) {
    uint16_t list;
    if (!record->entity_count) return mz_fail(error, MZ_ERR_ARGUMENT, "a record without an entity");
    mz_status status = check_usable(builder, error);
    if (!status) status = mz_batch_refuses(record, error);
    if (!status) status = list_number(builder, record->list, &list, error);
    if (status) return status;
    mz_batch *batch = &builder->slots[builder->filling].batch;
    status = mz_batch_add(batch, record, list, error);
    if (!status) list_of(builder, list)->entities++;
    if (!status &&
        (mz_batch_count(batch) >= builder->limits.batch_records || batch->bytes >= builder->limits.batch_bytes))
        status = hand_over(builder, false, error);
    builder->broken = status;
    return status;
}

void mz_index_builder_changes(mz_index_builder *builder, const mz_index *base, const uint8_t *dead) {
    mz_spill *bits = &builder->sections[MZ_SECTION_DEAD];
    builder->kind = MZ_IMAGE_CHANGES;
    builder->base = mz_index_header(base)->checksum;
    builder->base_entities = base->entity_count;
    mz_spill_done(bits);
    mz_spill_append(bits, dead, ((size_t)base->entity_count + 7) / 8);
}

static mz_status write_image(mz_index_builder *builder, mz_error *error) {
    mz_status status = check_usable(builder, error);
    if (!status) status = hand_over(builder, true, error);
    if (status) return status;
    end_helpers(builder);
    put_lists(builder);
    mz_build_topics(builder);
    status = mz_build_words(builder, error);
    if (!status) status = mz_build_tables(builder, error);
    if (!status) status = mz_build_trouble(builder, error);
    if (!status) status = mz_build_file(builder, error);
    return status ? status : mz_build_check(builder, error);
}

static mz_status compare_sections(const mz_index *made, const mz_index *part, mz_error *error) {
    const mz_image_header *wanted = mz_index_header(made), *header = mz_index_header(part);
    for (mz_section s = 0; s < MZ_SECTION_COUNT; s++) {
        const mz_section_row *a = &wanted->sections[s], *b = &header->sections[s];
        if (s == MZ_SECTION_RECORDS || s == MZ_SECTION_BLOCKS) continue;
        if (a->size != b->size || memcmp(made->bytes + a->offset, part->bytes + b->offset, a->size) != 0)
            return mz_fail(
                error, MZ_ERR_INPUT,
                "the index is not that of the records in it (%s): a search may miss some of them; build it again "
                "from the lists",
                mz_section_name(s));
    }
    return MZ_OK;
}

mz_status mz_index_builder_compare(mz_index_builder *builder, const mz_index *part, mz_error *error) {
    mz_status status = write_image(builder, error);
    if (status) return status;
    size_t size = (size_t)builder->writer.size;
    void *bytes = mmap(NULL, size, PROT_READ, MAP_SHARED, builder->writer.descriptor, 0);
    if (bytes == MAP_FAILED) return mz_fail_errno(error, "map", builder->writer.final_path);
    const mz_index made = {.bytes = bytes, .size = size};
    status = compare_sections(&made, part, error);
    (void)munmap(bytes, size);
    return status;
}

/* Puts the file in its place. */
static mz_status place(mz_index_builder *builder, const mz_index_marks *expected, bool *ret_done, mz_error *error) {
    *ret_done = true;
    /* changes are written by who has the lock already, and make nothing obsolete */
    if (builder->kind == MZ_IMAGE_CHANGES) return mz_file_writer_commit(&builder->writer, error);
    return mz_index_replace(&builder->writer, expected, ret_done, error);
}

/* The file was checked, but got its last time only when it came into its place. */
static void seal(const char *path, int descriptor) {
    struct stat facts;
    mz_image_header header;
    if (fstat(descriptor, &facts) == 0 && pread(descriptor, &header, sizeof header, 0) == sizeof header)
        mz_seal_put(path, &facts, &header);
}

mz_status mz_index_builder_finish(mz_index_builder *builder, mz_error *error) {
    bool done;
    return mz_index_builder_finish_over(builder, NULL, &done, error);
}

mz_status mz_index_builder_finish_over(mz_index_builder *builder, const mz_index_marks *expected, bool *ret_done,
                                       mz_error *error) {
    mz_status status = write_image(builder, error);
    if (status) return status;
    bool sealable = builder->writer.size >= builder->limits.seal_least_bytes;
    int kept = sealable ? dup(builder->writer.descriptor) : -1; /* to be the same file, whatever has its name */
    builder->writing = false;
    status = place(builder, expected, ret_done, error);
    if (!status && *ret_done && kept >= 0) seal(builder->writer.final_path, kept);
    if (kept >= 0) (void)close(kept);
    return status;
}
