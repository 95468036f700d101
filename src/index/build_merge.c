/* Batches one behind the other: what a batch counts from its own beginning is moved behind what is there. */
#include "base/error.h"
#include "index/build.h"

#include <xxhash.h>

/* So many different traits are looked for again, of texts so short: days, countries, genders. Which they are depends on
 * the order of the records only. */
enum { COMMON_TRAITS_MOST = 1 << 16, COMMON_TEXT_BYTES = 32 };

static uint64_t bytes_in(const mz_index_builder *builder, mz_section section) {
    return mz_spill_size(&builder->sections[section]);
}

static void put(mz_index_builder *builder, mz_section section, const void *rows, size_t size) {
    mz_spill_append(&builder->sections[section], rows, size);
}

static void put_part(mz_index_builder *builder, mz_section section, const mz_batch *batch, mz_batch_part part) {
    put(builder, section, batch->parts[part].data, batch->parts[part].size);
}

mz_text_ref mz_build_text(mz_index_builder *builder, mz_str text) {
    mz_text_ref ref = {(uint32_t)bytes_in(builder, MZ_SECTION_TEXT), (uint32_t)text.size};
    put(builder, MZ_SECTION_TEXT, text.data, text.size);
    return ref;
}

mz_status mz_build_trouble(const mz_index_builder *builder, mz_error *error) {
    for (mz_section s = 0; s < MZ_SECTION_COUNT; s++) {
        mz_status status = mz_spill_failure(&builder->sections[s], error);
        if (status) return status;
        if (s != MZ_SECTION_RECORDS && bytes_in(builder, s) / mz_section_row_size[s] >= UINT32_MAX)
            return mz_fail(error, MZ_ERR_LIMIT,
                           "the lists are too large for one image: more than 4 thousand millions "
                           "of %s",
                           s == MZ_SECTION_TEXT ? "bytes of text" : mz_section_name(s));
    }
    for (size_t k = 0; k < MZ_ENTRY_KINDS; k++) {
        mz_status status = mz_spill_failure(&builder->entries[k], error);
        if (status) return status;
    }
    mz_status status = mz_spill_failure(&builder->joins, error);
    if (status) return status;
    if (builder->words.size / sizeof(mz_str) >= MZ_IMAGE_WORDS_MOST)
        return mz_fail(error, MZ_ERR_LIMIT, "the lists are too large for one image: more than %d different words",
                       MZ_IMAGE_WORDS_MOST);
    bool failed = mz_topics_failed(&builder->topics) || builder->vocabulary.failed || builder->common_traits.failed ||
                  builder->words_arena.failed || builder->traits_arena.failed || builder->words.failed ||
                  builder->renumbered.failed;
    return failed ? mz_fail_memory(error) : mz_spill_failure(&builder->name_words, error);
}

/* ---- words ---- */

static uint32_t known_word(mz_index_builder *builder, mz_str key) {
    uint32_t fresh = (uint32_t)(builder->words.size / sizeof(mz_str));
    const uint32_t *known = mz_map_get(&builder->vocabulary, key);
    if (known) return *known;
    mz_str kept = mz_arena_copy(&builder->words_arena, key);
    mz_buffer_append(&builder->words, &kept, sizeof kept);
    (void)mz_map_put(&builder->vocabulary, kept, fresh);
    return fresh;
}

/* The numbers of the batch's words among all. */
static void renumber_words(mz_index_builder *builder, const mz_batch *batch) {
    const mz_str *words = MZ_BATCH_ROWS(batch, MZ_BATCH_WORDS, mz_str);
    mz_buffer_clear(&builder->renumbered);
    for (uint32_t i = 0; i < MZ_BATCH_COUNT(batch, MZ_BATCH_WORDS, mz_str); i++) {
        uint32_t number = known_word(builder, words[i]);
        mz_buffer_append(&builder->renumbered, &number, sizeof number);
    }
}

static void put_names(mz_index_builder *builder, const mz_batch *batch) {
    mz_name_row *names = MZ_BATCH_ROWS(batch, MZ_BATCH_NAMES, mz_name_row);
    mz_name_word_row *words = MZ_BATCH_ROWS(batch, MZ_BATCH_NAME_WORDS, mz_name_word_row);
    const uint32_t *number = (const void *)builder->renumbered.data;
    uint32_t text = (uint32_t)bytes_in(builder, MZ_SECTION_TEXT), entity = mz_build_count(builder, MZ_SECTION_ENTITIES),
             first = (uint32_t)(mz_spill_size(&builder->name_words) / sizeof *words);
    if (builder->renumbered.failed) return;
    for (uint32_t n = 0; n < MZ_BATCH_COUNT(batch, MZ_BATCH_NAMES, mz_name_row); n++) {
        for (uint32_t w = 0; w < names[n].word_count; w++) {
            mz_name_word_row *word = &words[names[n].first_word + w];
            word->word = number[word->word] & (MZ_IMAGE_WORDS_MOST - 1);
        }
        names[n].text += text;
        names[n].entity += entity;
        names[n].first_word += first;
    }
    mz_spill_append(&builder->name_words, words, batch->parts[MZ_BATCH_NAME_WORDS].size);
    put_part(builder, MZ_SECTION_NAMES, batch, MZ_BATCH_NAMES);
}

/* ---- traits ---- */

static uint32_t fresh_trait(mz_index_builder *builder, const mz_trait_row *trait, mz_str text) {
    mz_trait_row row = *trait;
    uint32_t number = mz_build_count(builder, MZ_SECTION_TRAITS);
    row.text = mz_build_text(builder, text);
    put(builder, MZ_SECTION_TRAITS, &row, sizeof row);
    return number;
}

static bool may_be_common(const mz_trait_row *trait) {
    return trait->text.size <= COMMON_TEXT_BYTES && trait->kind != MZ_TRAIT_IDENTIFIER &&
           trait->kind != MZ_TRAIT_ADDRESS;
}

static uint32_t trait_number(mz_index_builder *builder, const mz_trait_row *trait, mz_str text) {
    char key[sizeof *trait + COMMON_TEXT_BYTES];
    mz_trait_row head = *trait;
    if (!may_be_common(trait)) return fresh_trait(builder, trait, text);
    head.text.offset = 0;
    memcpy(key, &head, sizeof head);
    memcpy(key + sizeof head, text.data, text.size);
    mz_str name = {key, sizeof head + text.size};
    const uint32_t *known = mz_map_get(&builder->common_traits, name);
    if (known) return *known;
    uint32_t number = fresh_trait(builder, trait, text);
    if (builder->common_traits.count < COMMON_TRAITS_MOST)
        (void)mz_map_put(&builder->common_traits, mz_arena_copy(&builder->traits_arena, name), number);
    return number;
}

static void put_traits(mz_index_builder *builder, const mz_batch *batch) {
    const mz_trait_row *traits = MZ_BATCH_ROWS(batch, MZ_BATCH_TRAITS, mz_trait_row);
    const char *text = mz_buffer_view(&batch->parts[MZ_BATCH_TRAIT_TEXT]).data;
    for (uint32_t t = 0; t < MZ_BATCH_COUNT(batch, MZ_BATCH_TRAITS, mz_trait_row); t++) {
        uint32_t number =
            trait_number(builder, &traits[t], (mz_str){text + traits[t].text.offset, traits[t].text.size});
        put(builder, MZ_SECTION_BESIDE, &number, sizeof number);
    }
}

/* ---- entities ---- */

static void put_entries(mz_index_builder *builder, const mz_batch *batch, mz_entry_kind kind, uint32_t before) {
    mz_entry *entries = MZ_BATCH_ROWS(batch, MZ_BATCH_ENTRIES + kind, mz_entry);
    uint32_t count = MZ_BATCH_COUNT(batch, MZ_BATCH_ENTRIES + kind, mz_entry);
    for (uint32_t i = 0; i < count; i++) entries[i].number += before;
    mz_spill_append(&builder->entries[kind], entries, count * sizeof *entries);
}

static void put_joins(mz_index_builder *builder, const mz_batch *batch, uint32_t before) {
    mz_join_use *joins = MZ_BATCH_ROWS(batch, MZ_BATCH_JOINS, mz_join_use);
    for (uint32_t i = 0; i < MZ_BATCH_COUNT(batch, MZ_BATCH_JOINS, mz_join_use); i++) joins[i].name += before;
    mz_spill_append(&builder->joins, joins, batch->parts[MZ_BATCH_JOINS].size);
}

static void put_entities(mz_index_builder *builder, const mz_batch *batch, uint32_t names, uint32_t traits) {
    mz_entity_row *entities = MZ_BATCH_ROWS(batch, MZ_BATCH_ENTITIES, mz_entity_row);
    uint32_t text = (uint32_t)bytes_in(builder, MZ_SECTION_TEXT);
    for (uint32_t e = 0; e < MZ_BATCH_COUNT(batch, MZ_BATCH_ENTITIES, mz_entity_row); e++) {
        entities[e].text += text;
        entities[e].first_name += names;
        entities[e].first_trait += traits;
    }
    put_part(builder, MZ_SECTION_ENTITIES, batch, MZ_BATCH_ENTITIES);
}

static void put_listings(mz_index_builder *builder, const mz_batch *batch) {
    const mz_batch_record *records = MZ_BATCH_ROWS(batch, MZ_BATCH_RECORD, mz_batch_record);
    mz_listing_row *listings = MZ_BATCH_ROWS(batch, MZ_BATCH_LISTINGS, mz_listing_row);
    for (size_t r = 0; r < mz_batch_count(batch); r++)
        listings[r].topics = mz_topics_of(&builder->topics, &records[r].record);
    put_part(builder, MZ_SECTION_LISTINGS, batch, MZ_BATCH_LISTINGS);
}

void mz_build_topics(mz_index_builder *builder) {
    const mz_topics *topics = &builder->topics;
    const mz_str *names = (const void *)topics->names.data;
    for (size_t i = 0; i < topics->names.size / sizeof *names; i++) {
        mz_text_ref ref = mz_build_text(builder, names[i]);
        put(builder, MZ_SECTION_TOPICS, &ref, sizeof ref);
    }
    put(builder, MZ_SECTION_TOPIC_SETS, topics->sets.data, topics->sets.size);
}

static mz_status put_records(mz_index_builder *builder, const mz_batch *batch, mz_error *error) {
    mz_block_row *blocks = MZ_BATCH_ROWS(batch, MZ_BATCH_BLOCKS, mz_block_row);
    const mz_buffer *packed = &batch->parts[MZ_BATCH_PACKED];
    uint64_t before = builder->records_size;
    for (uint32_t b = 0; b < MZ_BATCH_COUNT(batch, MZ_BATCH_BLOCKS, mz_block_row); b++) {
        blocks[b].offset += before;
        blocks[b].first_entity += mz_build_count(builder, MZ_SECTION_ENTITIES);
    }
    put_part(builder, MZ_SECTION_BLOCKS, batch, MZ_BATCH_BLOCKS);
    if (!packed->size) return MZ_OK;
    (void)XXH3_64bits_update(builder->records_checksum, packed->data, packed->size);
    builder->records_size += packed->size;
    return mz_file_writer_append(&builder->writer, packed->data, packed->size, error);
}

mz_status mz_build_merge(mz_index_builder *builder, mz_batch *batch, mz_error *error) {
    uint32_t entities = mz_build_count(builder, MZ_SECTION_ENTITIES), names = mz_build_count(builder, MZ_SECTION_NAMES),
             traits = mz_build_count(builder, MZ_SECTION_BESIDE);
    mz_status status = put_records(builder, batch, error);
    if (status) return status;
    renumber_words(builder, batch);
    put_names(builder, batch);
    put_entities(builder, batch, names, traits);
    put_listings(builder, batch);
    put_part(builder, MZ_SECTION_TEXT, batch, MZ_BATCH_TEXT);
    put_traits(builder, batch);
    put_joins(builder, batch, names);
    put_entries(builder, batch, MZ_ENTRY_IDENTIFIER, entities);
    put_entries(builder, batch, MZ_ENTRY_ID, entities);
    return mz_build_trouble(builder, error);
}
