/* An open image: mapping, look-ups, records. */
#include "base/error.h"
#include "index/image.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>
#include <zstd.h>

static mz_status list_facts(mz_index *index, mz_error *error) {
    index->list_facts = calloc(index->list_count + 1, sizeof *index->list_facts);
    if (!index->list_facts) return mz_fail_memory(error);
    for (uint32_t i = 0; i < index->list_count; i++)
        index->list_facts[i] =
            (mz_index_list){mz_index_text(index, index->lists[i].list), mz_index_text(index, index->lists[i].version),
                            index->lists[i].published, index->lists[i].entities};
    return MZ_OK;
}

static mz_status open_bytes(const void *bytes, size_t size, bool mapped, mz_index **ret_index, mz_error *error) {
    mz_index *index = calloc(1, sizeof *index);
    if (!index) return mz_fail_memory(error);
    index->bytes = bytes;
    index->size = size;
    mz_status status = mz_image_check(index, error);
    if (!status) status = list_facts(index, error);
    if (status) {
        mz_index_close(index);
        return status;
    }
    index->mapped = mapped;
    *ret_index = index;
    return MZ_OK;
}

mz_status mz_index_open_memory(const void *bytes, size_t size, mz_index **ret_index, mz_error *error) {
    if ((uintptr_t)bytes % sizeof(uint64_t))
        return mz_fail(error, MZ_ERR_ARGUMENT, "an image in memory must be aligned to 8 bytes");
    return open_bytes(bytes, size, false, ret_index, error);
}

static mz_status map(const char *path, int descriptor, void **ret_bytes, size_t *ret_size, mz_error *error) {
    struct stat facts;
    if (fstat(descriptor, &facts) < 0) return mz_fail_errno(error, "examine", path);
    if (!S_ISREG(facts.st_mode)) return mz_fail(error, MZ_ERR_ARGUMENT, "%.200s is not a file", path);
    if (facts.st_size == 0) return mz_fail(error, MZ_ERR_INPUT, "%.200s is empty, not an index image", path);
    void *bytes = mmap(NULL, (size_t)facts.st_size, PROT_READ, MAP_SHARED, descriptor, 0);
    if (bytes == MAP_FAILED) return mz_fail_errno(error, "map", path);
    *ret_bytes = bytes;
    *ret_size = (size_t)facts.st_size;
    return MZ_OK;
}

mz_status mz_index_open(const char *path, mz_index **ret_index, mz_error *error) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a pipe is refused, not waited for */
    if (descriptor < 0) return mz_fail_errno(error, "open", path);
    void *bytes = NULL;
    size_t size = 0;
    mz_status status = map(path, descriptor, &bytes, &size, error);
    (void)close(descriptor);
    if (status) return status;
    status = open_bytes(bytes, size, true, ret_index, error);
    if (status) {
        (void)munmap(bytes, size);
        mz_error_name(error, path);
    }
    return status;
}

void mz_index_close(mz_index *index) {
    if (!index) return;
    if (index->mapped) {
        union {
            const void *borrowed;
            void *own;
        } mapping = {index->bytes};
        (void)munmap(mapping.own, index->size);
    }
    free(index->list_facts);
    free(index);
}

void mz_index_info(const mz_index *index, mz_index_facts *ret_facts) {
    *ret_facts = (mz_index_facts){.bytes = index->size,
                                  .format_version = MZ_IMAGE_VERSION,
                                  .entities = index->entity_count,
                                  .names = index->name_count,
                                  .words = index->word_count,
                                  .identifiers = (uint32_t)index->identifiers.key_count,
                                  .lists = index->list_facts,
                                  .list_count = index->list_count};
}

void mz_index_entity(const mz_index *index, uint32_t number, mz_index_entry *ret_entry) {
    assert(number < index->entity_count);
    const mz_entity_row *row = &index->entities[number];
    *ret_entry =
        (mz_index_entry){mz_index_id(index, number), mz_index_text(index, index->lists[row->list].list),
                         mz_index_text(index, row->reference), mz_index_caption(index, number), (mz_schema)row->schema};
}

mz_status mz_index_record(const mz_index *index, uint32_t number, char **ret_json, size_t *ret_size, mz_error *error) {
    if (number >= index->entity_count) return mz_fail(error, MZ_ERR_ARGUMENT, "the image has no entity %u", number);
    const mz_entity_row *row = &index->entities[number];
    const mz_block_row *block = &index->blocks[row->block];
    char *raw = malloc(block->size ? block->size : 1), *json = malloc((size_t)row->record_size + 1);
    mz_status status = MZ_OK;
    if (!raw || !json) {
        status = mz_fail_memory(error);
    } else {
        size_t got = ZSTD_decompress(raw, block->size, index->records + block->offset, block->packed_size);
        if (ZSTD_isError(got) || got != block->size)
            status = mz_fail(error, MZ_ERR_INPUT, "the index image is damaged (record of entity %u); build it again",
                             number);
    }
    if (!status) {
        memcpy(json, raw + row->block_offset, row->record_size);
        json[row->record_size] = '\0';
        *ret_json = json;
        *ret_size = row->record_size;
        json = NULL;
    }
    free(json);
    free(raw);
    return status;
}

mz_status mz_index_find(const mz_index *index, mz_str id, uint32_t *ret_number, mz_error *error) {
    const uint32_t *entities;
    size_t count = mz_table_find(&index->ids, mz_index_text_key(id), &entities);
    for (size_t k = 0; k < count; k++)
        if (mz_str_equal(mz_index_id(index, entities[k]), id)) {
            *ret_number = entities[k];
            return MZ_OK;
        }
    return mz_fail(error, MZ_ERR_NOT_FOUND, "no entity has the id %.*s", (int)(id.size < 200 ? id.size : 200), id.data);
}

uint64_t mz_index_text_key(mz_str text) {
    return XXH3_64bits(text.data ? text.data : "", text.size);
}

mz_run mz_index_names_of(const mz_index *index, uint32_t entity) {
    const mz_entity_row *row = &index->entities[entity];
    return (mz_run){row->first_name, row->first_name + row->name_count};
}

mz_run mz_index_traits_of(const mz_index *index, uint32_t entity) {
    const mz_entity_row *row = &index->entities[entity];
    return (mz_run){row->first_trait, row->first_trait + row->trait_count};
}

mz_str mz_index_id(const mz_index *index, uint32_t entity) {
    return mz_index_text(index, index->entities[entity].id);
}

mz_str mz_index_caption(const mz_index *index, uint32_t entity) {
    return mz_index_text(index, index->entities[entity].caption);
}

mz_str mz_index_name_text(const mz_index *index, uint32_t name) {
    return mz_index_text(index, index->names[name].text);
}

uint32_t mz_index_name_word(const mz_index *index, uint32_t name, size_t i) {
    return index->name_words[index->names[name].first_word + i].word;
}

void mz_index_trait(const mz_index *index, uint32_t trait, mz_trait *ret_trait) {
    const mz_trait_row *row = &index->traits[trait];
    *ret_trait = (mz_trait){.text = mz_index_text(index, row->text),
                            .first_day = row->first_day,
                            .last_day = row->last_day,
                            .property = row->property,
                            .kind = row->kind,
                            .flags = row->flags};
    memcpy(ret_trait->country, row->country, sizeof row->country);
}

size_t mz_index_joins(const mz_index *index, uint64_t skeleton, const uint32_t **ret_names) {
    return mz_table_find(&index->joins, skeleton, ret_names);
}

size_t mz_index_skeletons(const mz_index *index, uint64_t skeleton, const uint32_t **ret_words) {
    return mz_table_find(&index->skeletons, skeleton, ret_words);
}

size_t mz_index_group(const mz_index *index, uint16_t group, const uint32_t **ret_words) {
    return mz_table_find(&index->groups, group, ret_words);
}

size_t mz_index_identifiers(const mz_index *index, mz_str key, const uint32_t **ret_entities) {
    return mz_table_find(&index->identifiers, mz_index_text_key(key), ret_entities);
}

void mz_index_word(const mz_index *index, uint32_t word, mz_name_word *ret_word) {
    const mz_word_row *row = &index->words[word];
    *ret_word = (mz_name_word){.folded = mz_index_text(index, row->folded),
                               .phones = index->phones + row->phones,
                               .skeleton = row->skeleton,
                               .phone_count = row->phone_count,
                               .bare = row->bare,
                               .class = row->class,
                               .script = row->script,
                               .system = row->system,
                               .weight = row->weight,
                               .bits = row->bits,
                               .gender = row->gender};
    memcpy(ret_word->groups, row->groups, sizeof row->groups);
}

void mz_index_name(const mz_index *index, uint32_t name, mz_name_word *words, mz_name *ret_name) {
    const mz_name_row *row = &index->names[name];
    *ret_name = (mz_name){.text = mz_index_text(index, row->text),
                          .words = words,
                          .count = row->word_count,
                          .weight = row->weight,
                          .legal_count = row->legal_count,
                          .number_count = row->number_count,
                          .culture = row->culture,
                          .organisation = row->organisation};
    for (size_t i = 0; i < row->word_count; i++) {
        const mz_name_word_row *word = &index->name_words[row->first_word + i];
        mz_index_word(index, word->word, &words[i]);
        words[i].original = (mz_str){ret_name->text.data + (word->offset & MZ_ROW_OFFSET_MASK), word->size};
        words[i].role = (uint8_t)(word->offset >> MZ_ROW_ROLE_SHIFT);
    }
    const uint32_t *aside = index->aside + row->first_aside;
    for (size_t i = 0; i < row->legal_count; i++) ret_name->legal[i] = (uint16_t)aside[i];
    for (size_t i = 0; i < row->number_count; i++) ret_name->numbers[i] = aside[row->legal_count + i];
}
