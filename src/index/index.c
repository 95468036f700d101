/* What stands in an open image: rows, look-ups, records. */
#include "base/error.h"
#include "index/image.h"

#include <stdlib.h>
#include <xxhash.h>
#include <zstd.h>

/* ---- texts of an entity ---- */

bool mz_image_get_size(const char **at, const char *end, uint32_t *ret_size) {
    uint64_t size = 0;
    for (unsigned shift = 0; *at < end && shift <= 28; shift += 7) {
        uint8_t byte = (uint8_t) * (*at)++;
        size |= (uint64_t)(byte & 0x7F) << shift;
        if (byte & 0x80) continue;
        *ret_size = (uint32_t)size;
        return size <= UINT32_MAX;
    }
    return false;
}

typedef struct entity_texts {
    mz_str id, reference, caption;
} entity_texts;

static entity_texts texts_of(const mz_index *index, uint32_t entity) {
    const char *at = index->text + index->entities[entity].text, *end = at + 3 * 5;
    uint32_t id = 0, reference = 0, caption = 0; /* the check has read them */
    (void)mz_image_get_size(&at, end, &id);
    (void)mz_image_get_size(&at, end, &reference);
    (void)mz_image_get_size(&at, end, &caption);
    return (entity_texts){{at, id},
                          {at + id, reference},
                          caption ? (mz_str){at + id + reference, caption - 1}
                                  : mz_index_name_text(index, index->entities[entity].first_name)};
}

mz_str mz_index_id(const mz_index *index, uint32_t entity) {
    return texts_of(index, entity).id;
}

void mz_image_entity(const mz_index *part, uint32_t entity, mz_index_entry *ret_entry) {
    const mz_entity_row *row = &part->entities[entity];
    entity_texts texts = texts_of(part, entity);
    *ret_entry = (mz_index_entry){texts.id, mz_index_text(part, part->lists[row->list].list), texts.reference,
                                  texts.caption, (mz_schema)row->schema};
}

/* ---- records ---- */

static const mz_block_row *block_of(const mz_index *index, uint32_t entity) {
    uint32_t low = 0, high = index->block_count; /* the last that begins with it or before */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (index->blocks[middle].first_entity <= entity)
            low = middle;
        else
            high = middle;
    }
    return &index->blocks[low];
}

/* Line number `line`; each ends with a line feed. */
static bool line_in(mz_str block, uint32_t line, mz_str *ret_line) {
    for (;; line--) {
        const char *end = block.size ? memchr(block.data, '\n', block.size) : NULL;
        if (!end) return false;
        *ret_line = (mz_str){block.data, (size_t)(end - block.data)};
        if (!line) return true;
        block.size -= ret_line->size + 1;
        block.data = end + 1;
    }
}

void mz_block_cache_init(mz_block_cache *cache) {
    *cache = (mz_block_cache){.part = NULL};
    mz_buffer_init(&cache->raw, MZ_IMAGE_RECORD_BYTES + 1);
}

void mz_block_cache_done(mz_block_cache *cache) {
    mz_buffer_done(&cache->raw);
}

static mz_status damaged(uint32_t entity, mz_error *error) {
    return mz_fail(error, MZ_ERR_INPUT, "the index image is damaged (record of entity %u); build it again", entity);
}

/* The block that holds the record of this entity. */
static mz_status unpack(const mz_index *part, uint32_t entity, mz_block_cache *cache, mz_error *error) {
    const mz_block_row *block = block_of(part, entity);
    uint32_t number = (uint32_t)(block - part->blocks);
    if (cache->part == part && cache->block == number) return MZ_OK;
    cache->part = NULL;
    mz_buffer_clear(&cache->raw);
    if (!mz_buffer_reserve(&cache->raw, block->size)) return mz_fail_memory(error);
    uint64_t end = number + 1 == part->block_count ? part->records_size : block[1].offset;
    size_t got =
        ZSTD_decompress(cache->raw.data, block->size, part->records + block->offset, (size_t)(end - block->offset));
    if (ZSTD_isError(got) || got != block->size) return damaged(entity, error);
    cache->raw.size = got;
    cache->part = part;
    cache->block = number;
    return MZ_OK;
}

mz_status mz_image_record_view(const mz_index *part, uint32_t entity, mz_block_cache *cache, mz_str *ret_json,
                               mz_error *error) {
    mz_status status = unpack(part, entity, cache, error);
    if (status) return status;
    uint32_t line = entity - part->blocks[cache->block].first_entity;
    return line_in(mz_buffer_view(&cache->raw), line, ret_json) ? MZ_OK : damaged(entity, error);
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
    return (mz_run){row->first_name, entity + 1 < index->entity_count ? row[1].first_name : index->name_count};
}

mz_run mz_index_traits_of(const mz_index *index, uint32_t entity) {
    const mz_entity_row *row = &index->entities[entity];
    return (mz_run){row->first_trait, entity + 1 < index->entity_count ? row[1].first_trait : index->beside_count};
}

mz_str mz_index_name_text(const mz_index *index, uint32_t name) {
    return (mz_str){index->text + index->names[name].text, index->names[name].text_size};
}

void mz_index_trait(const mz_index *index, uint32_t trait, mz_trait *ret_trait) {
    const mz_trait_row *row = &index->traits[index->beside[trait]];
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
    *ret_name = (mz_name){.text = mz_index_name_text(index, name),
                          .words = words,
                          .count = row->word_count,
                          .legal_count = row->legal_count,
                          .number_count = row->number_count,
                          .culture = row->culture,
                          .organisation = row->organisation};
    const mz_name_word_row *from = index->name_words + row->first_word;
    for (size_t i = 0; i < row->word_count; i++) {
        mz_index_word(index, from[i].word, &words[i]);
        words[i].original = (mz_str){ret_name->text.data, 0};
        words[i].role = from[i].role;
        words[i].capitalised = from[i].capitalised;
        ret_name->weight += words[i].weight;
    }
    uint32_t aside[2 * MZ_NAME_NUMBERS_MOST];
    memcpy(aside, from + row->word_count, (row->legal_count + row->number_count) * sizeof *aside);
    for (size_t i = 0; i < row->legal_count; i++) ret_name->legal[i] = (uint16_t)aside[i];
    memcpy(ret_name->numbers, aside + row->legal_count, row->number_count * sizeof *aside);
}

/* The rules are those that made the image, so that only a forged one has a name that they do not give. */
void mz_index_name_written(const mz_index *index, uint32_t name, mz_arena *arena, mz_name_word *words) {
    const mz_name_row *row = &index->names[name];
    mz_name parsed;
    if (mz_name_parse(mz_index_name_text(index, name), row->organisation, arena, &parsed, NULL) ||
        parsed.count != row->word_count)
        return;
    for (size_t i = 0; i < parsed.count; i++) words[i].original = parsed.words[i].original;
}
