/* What stands in an open image: rows, look-ups, records. */
#include "base/error.h"
#include "index/image.h"

#include <stdlib.h>
#include <xxhash.h>
#include <zstd.h>

void mz_block_cache_init(mz_block_cache *cache) {
    *cache = (mz_block_cache){.part = NULL};
    mz_buffer_init(&cache->raw, MZ_IMAGE_RECORD_BYTES);
}

void mz_block_cache_done(mz_block_cache *cache) {
    mz_buffer_done(&cache->raw);
}

/* The block that holds the record of this entity. */
static mz_status unpack(const mz_index *part, uint32_t entity, mz_block_cache *cache, mz_error *error) {
    uint32_t number = part->entities[entity].block;
    const mz_block_row *block = &part->blocks[number];
    if (cache->part == part && cache->block == number) return MZ_OK;
    cache->part = NULL;
    mz_buffer_clear(&cache->raw);
    if (!mz_buffer_reserve(&cache->raw, block->size)) return mz_fail_memory(error);
    size_t got = ZSTD_decompress(cache->raw.data, block->size, part->records + block->offset, block->packed_size);
    if (ZSTD_isError(got) || got != block->size)
        return mz_fail(error, MZ_ERR_INPUT, "the index image is damaged (record of entity %u); build it again", entity);
    cache->raw.size = got;
    cache->part = part;
    cache->block = number;
    return MZ_OK;
}

mz_status mz_image_record_view(const mz_index *part, uint32_t entity, mz_block_cache *cache, mz_str *ret_json,
                               mz_error *error) {
    const mz_entity_row *row = &part->entities[entity];
    mz_status status = unpack(part, entity, cache, error);
    if (!status) *ret_json = (mz_str){cache->raw.data + row->block_offset, row->record_size};
    return status;
}

mz_status mz_image_record(const mz_index *part, uint32_t entity, char **ret_json, size_t *ret_size, mz_error *error) {
    mz_block_cache cache;
    mz_str view;
    mz_block_cache_init(&cache);
    mz_status status = mz_image_record_view(part, entity, &cache, &view, error);
    char *json = status ? NULL : malloc(view.size + 1);
    if (!status && !json) status = mz_fail_memory(error);
    if (!status) {
        memcpy(json, view.data, view.size);
        json[view.size] = '\0';
        *ret_json = json;
        *ret_size = view.size;
    }
    mz_block_cache_done(&cache);
    return status;
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

size_t mz_index_joins(const mz_index *index, uint64_t key, const uint32_t **ret_rows) {
    return mz_table_find(&index->joins, key, ret_rows);
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
