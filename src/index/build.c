/* Building an image.
 *
 * Records are compressed and written as they come; everything else is kept in rows until the end, when the vocabulary
 * is sorted and numbered and the look-up tables are made. The order of every table is that of its contents or of the
 * records, never of a hash table, so the same records give the same bytes. */
#include "base/arena.h"
#include "base/buffer.h"
#include "base/checked.h"
#include "base/error.h"
#include "base/file.h"
#include "base/map.h"
#include "entity/record.h"
#include "index/blocks.h"
#include "index/image.h"
#include "index/postings.h"
#include "match/entity_score.h"
#include "names/acronym.h"
#include "names/alternatives.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>
#include <xxhash.h>
#include <zstd.h>

static const size_t SECTION_CEILING = (size_t)UINT32_MAX;
static const size_t ARENA_CEILING = (size_t)16 << 30;
enum { ZSTD_LEVEL = 6, NAME_ARENA_BYTES = 64 << 20, MERGED_MOST = 1024 };

enum {
    SKELETONS,
    JOINS,
    GROUPS,
    IDENTIFIERS,
    IDS,
    TABLE_COUNT = (MZ_SECTION_COUNT - MZ_SECTION_TABLES) / MZ_TABLE_SECTIONS
};

/* A word on its way into the vocabulary: its row, and what must be equal for two words to be one. */
typedef struct fresh_word {
    mz_word_row row;
    mz_str folded, key;
    const uint8_t *phones;
} fresh_word;

struct mz_index_builder {
    mz_file_writer writer;
    bool writing;
    mz_buffer sections[MZ_SECTION_COUNT];
    mz_buffer fresh_words; /* fresh_word */
    mz_arena kept;         /* folded words, phones, keys */
    mz_arena name_arena;
    mz_arena parts_arena; /* of the entity in hand */
    mz_name_parts parts;
    mz_map vocabulary, lists, texts;
    mz_topics topics;
    mz_buffer block, packed, key, record, traits;
    mz_buffer entries[TABLE_COUNT]; /* mz_entry */
    XXH3_state_t *records_checksum;
    uint64_t records_size;
    uint64_t base; /* of changes: as in the header */
    uint32_t base_entities;
    mz_image_kind kind;
    mz_status broken; /* why nothing can be added any more */
};

#define ROWS(builder, section, type) ((type *)(void *)(builder)->sections[section].data)
#define COUNT(builder, section, type) ((uint32_t)((builder)->sections[section].size / sizeof(type)))

static void append(mz_index_builder *builder, mz_section section, const void *row, size_t size) {
    mz_buffer_append(&builder->sections[section], row, size);
}

static mz_status pad(mz_index_builder *builder, mz_error *error) {
    static const char zeros[MZ_IMAGE_ALIGNMENT];
    size_t over = builder->writer.size % MZ_IMAGE_ALIGNMENT;
    return over ? mz_file_writer_append(&builder->writer, zeros, MZ_IMAGE_ALIGNMENT - over, error) : MZ_OK;
}

mz_status mz_index_builder_new(const char *path, mz_index_builder **ret_builder, mz_error *error) {
    mz_index_builder *builder = calloc(1, sizeof *builder);
    if (!builder) return mz_fail_memory(error);
    for (size_t s = 0; s < MZ_SECTION_COUNT; s++) mz_buffer_init(&builder->sections[s], SECTION_CEILING);
    mz_buffer_init(&builder->fresh_words, ARENA_CEILING);
    mz_arena_init(&builder->kept, ARENA_CEILING);
    mz_arena_init(&builder->name_arena, NAME_ARENA_BYTES);
    mz_arena_init(&builder->parts_arena, NAME_ARENA_BYTES);
    mz_map_init(&builder->vocabulary);
    mz_map_init(&builder->lists);
    mz_map_init(&builder->texts);
    mz_topics_init(&builder->topics);
    mz_buffer_init(&builder->block, SECTION_CEILING);
    mz_buffer_init(&builder->packed, SECTION_CEILING);
    mz_buffer_init(&builder->key, 1 << 20);
    mz_buffer_init(&builder->traits, ARENA_CEILING);
    mz_buffer_init(&builder->record, MZ_IMAGE_RECORD_BYTES);
    for (size_t t = 0; t < TABLE_COUNT; t++) mz_buffer_init(&builder->entries[t], ARENA_CEILING);
    builder->records_checksum = XXH3_createState();
    mz_status status = builder->records_checksum ? MZ_OK : mz_fail_memory(error);
    if (!status) {
        (void)XXH3_64bits_reset(builder->records_checksum);
        status = mz_file_writer_open(&builder->writer, path, error);
    }
    if (!status) {
        builder->writing = true;
        static const mz_image_header room;
        status = mz_file_writer_append(&builder->writer, &room, sizeof room, error);
        if (!status) status = pad(builder, error);
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
    if (builder->writing) mz_file_writer_abandon(&builder->writer);
    for (size_t s = 0; s < MZ_SECTION_COUNT; s++) mz_buffer_done(&builder->sections[s]);
    mz_buffer_done(&builder->fresh_words);
    mz_arena_done(&builder->kept);
    mz_arena_done(&builder->name_arena);
    mz_arena_done(&builder->parts_arena);
    mz_map_done(&builder->vocabulary);
    mz_map_done(&builder->lists);
    mz_map_done(&builder->texts);
    mz_topics_done(&builder->topics);
    mz_buffer_done(&builder->block);
    mz_buffer_done(&builder->packed);
    mz_buffer_done(&builder->key);
    mz_buffer_done(&builder->traits);
    mz_buffer_done(&builder->record);
    for (size_t t = 0; t < TABLE_COUNT; t++) mz_buffer_done(&builder->entries[t]);
    XXH3_freeState(builder->records_checksum);
    free(builder);
}

static mz_text_ref put_text(mz_index_builder *builder, mz_str text) {
    mz_text_ref ref = {(uint32_t)builder->sections[MZ_SECTION_TEXT].size, (uint32_t)text.size};
    append(builder, MZ_SECTION_TEXT, text.data, text.size);
    return ref;
}

/* The same for text that recurs: country codes, folded words. */
static mz_text_ref put_shared_text(mz_index_builder *builder, mz_str text) {
    uint32_t *known = mz_map_get(&builder->texts, text);
    if (known) return (mz_text_ref){*known, (uint32_t)text.size};
    mz_text_ref ref = put_text(builder, text);
    (void)mz_map_put(&builder->texts, mz_arena_copy(&builder->kept, text), ref.offset);
    return ref;
}

static uint32_t list_number(mz_index_builder *builder, mz_str list) {
    uint32_t fresh = COUNT(builder, MZ_SECTION_LISTS, mz_list_row), *known = mz_map_get(&builder->lists, list);
    if (known) return *known;
    mz_list_row row = {.list = put_text(builder, list)};
    append(builder, MZ_SECTION_LISTS, &row, sizeof row);
    (void)mz_map_put(&builder->lists, mz_arena_copy(&builder->kept, list), fresh);
    return fresh;
}

static void put_entry(mz_index_builder *builder, size_t table, uint64_t key, uint32_t number) {
    const mz_entry entry = {mz_table_hash(key), number};
    mz_buffer_append(&builder->entries[table], &entry, sizeof entry);
}

static mz_status check_memory(const mz_index_builder *builder, mz_error *error) {
    bool failed = builder->kept.failed || builder->vocabulary.failed || builder->lists.failed ||
                  builder->texts.failed || builder->fresh_words.failed || builder->block.failed ||
                  builder->packed.failed || builder->key.failed || mz_topics_failed(&builder->topics) ||
                  builder->traits.failed;
    for (size_t t = 0; t < TABLE_COUNT; t++) failed = failed || builder->entries[t].failed;
    for (size_t s = 0; s < MZ_SECTION_COUNT && !failed; s++) {
        const mz_buffer *section = &builder->sections[s];
        if (section->failed && section->size > section->ceiling / 2)
            return mz_fail(error, MZ_ERR_LIMIT, "the lists are too large for one image: more than 4 GiB of %s",
                           mz_section_name((mz_section)s));
        failed = section->failed;
    }
    return failed ? mz_fail_memory(error) : MZ_OK;
}

mz_status mz_index_builder_list(mz_index_builder *builder, mz_str list, mz_str version, int64_t published,
                                mz_error *error) {
    uint32_t number = list_number(builder, list);
    mz_text_ref text = put_text(builder, version);
    mz_status status = check_memory(builder, error);
    if (status) return status;
    mz_list_row *row = &ROWS(builder, MZ_SECTION_LISTS, mz_list_row)[number];
    row->version = text;
    row->published = published;
    return MZ_OK;
}

/* ---- records ---- */

static mz_status flush_block(mz_index_builder *builder, mz_error *error) {
    mz_str raw = mz_buffer_view(&builder->block);
    mz_buffer_clear(&builder->packed);
    size_t bound = ZSTD_compressBound(raw.size);
    if (builder->block.failed || !mz_buffer_reserve(&builder->packed, bound)) return mz_fail_memory(error);
    size_t packed = ZSTD_compress(builder->packed.data, bound, raw.data, raw.size, ZSTD_LEVEL);
    if (ZSTD_isError(packed))
        return mz_fail(error, MZ_ERR_MEMORY, "cannot compress records: %s", ZSTD_getErrorName(packed));
    mz_block_row row = {builder->records_size, (uint32_t)packed, (uint32_t)raw.size};
    append(builder, MZ_SECTION_BLOCKS, &row, sizeof row);
    (void)XXH3_64bits_update(builder->records_checksum, builder->packed.data, packed);
    builder->records_size += packed;
    mz_buffer_clear(&builder->block);
    return mz_file_writer_append(&builder->writer, row.packed_size ? builder->packed.data : "", packed, error);
}

static mz_status put_record(mz_index_builder *builder, const mz_record *record, mz_entity_row *row, mz_error *error) {
    mz_buffer_clear(&builder->record);
    mz_record_write_json(record, &builder->record);
    mz_str json = mz_buffer_view(&builder->record);
    if (builder->record.starved) return mz_fail_memory(error);
    if (builder->record.failed)
        return mz_fail(error, MZ_ERR_LIMIT, "a record of more than %d MiB", MZ_IMAGE_RECORD_BYTES >> 20);
    if (builder->block.size && builder->block.size + json.size > MZ_IMAGE_BLOCK_BYTES) {
        mz_status status = flush_block(builder, error);
        if (status) return status;
    }
    row->block = COUNT(builder, MZ_SECTION_BLOCKS, mz_block_row);
    row->block_offset = (uint32_t)builder->block.size;
    row->record_size = (uint32_t)json.size;
    mz_buffer_str(&builder->block, json);
    return MZ_OK;
}

/* ---- names ---- */

/* Everything of a word but where it stands decides whether two words are one. The key's failure is the caller's to see.
 */
static uint32_t word_number(mz_index_builder *builder, const mz_name_word *word) {
    mz_word_row row = {.skeleton = word->skeleton,
                       .phone_count = word->phone_count,
                       .bare = word->bare,
                       .class = word->class,
                       .script = word->script,
                       .system = word->system,
                       .weight = word->weight,
                       .bits = word->bits,
                       .gender = word->gender};
    memcpy(row.groups, word->groups, sizeof row.groups);
    mz_buffer_clear(&builder->key);
    mz_buffer_append(&builder->key, &row, sizeof row);
    mz_buffer_append(&builder->key, word->phones, word->phone_count);
    mz_buffer_str(&builder->key, word->folded);
    uint32_t fresh = (uint32_t)(builder->fresh_words.size / sizeof(fresh_word));
    if (builder->key.failed) return 0;
    uint32_t *known = mz_map_get(&builder->vocabulary, mz_buffer_view(&builder->key));
    if (known) return *known;
    mz_str key = mz_arena_copy(&builder->kept, mz_buffer_view(&builder->key));
    fresh_word entry = {.row = row, .key = key};
    if (!builder->kept.failed) {
        entry.phones = (const uint8_t *)key.data + sizeof row;
        entry.folded = (mz_str){key.data + sizeof row + row.phone_count, word->folded.size};
    }
    mz_buffer_append(&builder->fresh_words, &entry, sizeof entry);
    (void)mz_map_put(&builder->vocabulary, key, fresh);
    return fresh;
}

static void put_acronyms(mz_index_builder *builder, const mz_name *name, uint32_t number) {
    uint64_t acronyms[MZ_ACRONYMS_MOST];
    for (size_t a = mz_acronyms_of_name(name, acronyms); a-- > 0;) put_entry(builder, JOINS, acronyms[a], number);
}

static mz_status put_name(mz_index_builder *builder, mz_str text, const mz_fact *fact, mz_schema schema,
                          uint32_t entity, mz_error *error) {
    bool cut = text.size > MZ_IMAGE_NAME_BYTES;
    if (cut)
        for (text.size = MZ_IMAGE_NAME_BYTES; text.size && ((unsigned char)text.data[text.size] & 0xC0) == 0x80;)
            text.size--;
    mz_arena_reset(&builder->name_arena);
    mz_name name;
    mz_status status =
        mz_name_parse_parts(text, mz_name_organisation(schema), &builder->parts, &builder->name_arena, &name, error);
    if (status) return status;
    if (!name.count) return MZ_OK;
    uint32_t number = COUNT(builder, MZ_SECTION_NAMES, mz_name_row);
    mz_name_row row = {.text = put_text(builder, text),
                       .entity = entity,
                       .weight = name.weight,
                       .first_word = COUNT(builder, MZ_SECTION_NAME_WORDS, mz_name_word_row),
                       .first_aside = COUNT(builder, MZ_SECTION_ASIDE, uint32_t),
                       .word_count = (uint8_t)name.count,
                       .legal_count = name.legal_count,
                       .number_count = name.number_count,
                       .organisation = name.organisation,
                       .culture = name.culture,
                       .property = (uint16_t)fact->property,
                       .kind = (uint8_t)fact->name_kind};
    for (size_t i = 0; i < name.count; i++) {
        mz_name_word_row word = {
            .word = word_number(builder, &name.words[i]),
            .offset = (uint16_t)((name.words[i].original.data - text.data) | name.words[i].role << MZ_ROW_ROLE_SHIFT),
            .size = (uint16_t)name.words[i].original.size};
        if (builder->key.failed) return mz_fail_memory(error);
        append(builder, MZ_SECTION_NAME_WORDS, &word, sizeof word);
    }
    for (size_t i = 0; i < name.legal_count; i++)
        append(builder, MZ_SECTION_ASIDE, &(uint32_t){name.legal[i]}, sizeof(uint32_t));
    append(builder, MZ_SECTION_ASIDE, name.numbers, name.number_count * sizeof(uint32_t));
    put_acronyms(builder, &name, number);
    append(builder, MZ_SECTION_NAMES, &row, sizeof row);
    return MZ_OK;
}

static mz_status put_names(mz_index_builder *builder, const mz_fact *fact, mz_schema schema, uint32_t entity,
                           mz_error *error) {
    mz_str names[MZ_NAME_ALTERNATIVES_MOST];
    size_t count = mz_name_alternatives(fact->value, &builder->kept, names);
    builder->parts.roles = count == 1 ? fact->roles : (mz_str){"", 0};
    mz_status status = MZ_OK;
    for (size_t i = 0; i < count && !status; i++) status = put_name(builder, names[i], fact, schema, entity, error);
    return status;
}

/* ---- entities ---- */

static void put_trait(mz_index_builder *builder, const mz_trait *trait, uint32_t entity) {
    mz_trait_row row = {.text = put_shared_text(builder, trait->text),
                        .first_day = trait->first_day,
                        .last_day = trait->last_day,
                        .property = trait->property,
                        .kind = trait->kind,
                        .flags = trait->flags};
    memcpy(row.country, trait->country, sizeof row.country);
    append(builder, MZ_SECTION_TRAITS, &row, sizeof row);
    if (!mz_trait_decides(trait)) return;
    char room[MZ_IDENTIFIER_SIZE];
    put_entry(builder, IDENTIFIERS, mz_index_text_key(mz_trait_key(trait, room)), entity);
}

/* Entities attached to the listed one whose numbers are its own. */
static bool bears_numbers(mz_schema schema) {
    return mz_schema_is_a(schema, MZ_SCHEMA_Identification) || schema == MZ_SCHEMA_CryptoWallet ||
           schema == MZ_SCHEMA_BankAccount || schema == MZ_SCHEMA_Security;
}

static bool is_place(const mz_trait *trait) {
    return trait->kind == MZ_TRAIT_PLACE || trait->kind == MZ_TRAIT_ADDRESS;
}

/* The trait that a number of a document is: of the listed entity already, which then learns who issued it, or new.
 * Looked for among the first, so that a record of a million documents is read in time. */
static mz_trait *number_of(mz_trait *traits, size_t *count, const mz_trait *number) {
    for (size_t t = 0; t < *count && t < MERGED_MOST; t++)
        if (traits[t].kind == MZ_TRAIT_IDENTIFIER && mz_str_equal(traits[t].text, number->text) &&
            mz_same_kind_of_number((mz_property)traits[t].property, (mz_property)number->property))
            return &traits[t];
    traits[*count] = *number;
    return &traits[(*count)++];
}

static void gather_numbers(const mz_entity *part, mz_trait *traits, size_t *count) {
    bool passport = mz_schema_is_a(part->schema, MZ_SCHEMA_Passport);
    for (size_t f = 0; f < part->fact_count; f++) {
        mz_trait number;
        if (!mz_trait_of(&part->facts[f], &number) || number.kind != MZ_TRAIT_IDENTIFIER) continue;
        if (passport && number.property == MZ_PROP_number) number.property = MZ_PROP_passportNumber;
        mz_trait_issued_in(number_of(traits, count, &number), mz_entity_first(part, MZ_PROP_country));
    }
}

/* Facts of the listed entity, numbers of its documents, and where it gives no address itself those attached. Room for
 * as many as there are facts. */
static size_t gather_traits(const mz_record *record, mz_trait *traits) {
    size_t count = 0, places = 0;
    for (size_t f = 0; f < record->entities[0].fact_count; f++) {
        if (!mz_trait_of(&record->entities[0].facts[f], &traits[count])) continue;
        if (is_place(&traits[count]) && ++places > MZ_TRAIT_PLACES_MOST) continue;
        count++;
    }
    bool addressed = mz_entity_first(&record->entities[0], MZ_PROP_address).size > 0;
    for (size_t e = 1; e < record->entity_count; e++) {
        const mz_entity *part = &record->entities[e];
        if (bears_numbers(part->schema)) gather_numbers(part, traits, &count);
        if (addressed || part->schema != MZ_SCHEMA_Address) continue;
        for (size_t f = 0; f < part->fact_count; f++)
            if (mz_trait_of(&part->facts[f], &traits[count]) && traits[count].kind == MZ_TRAIT_ADDRESS &&
                ++places <= MZ_TRAIT_PLACES_MOST)
                count++;
    }
    mz_traits_settle(traits, count);
    return count;
}

static void put_traits(mz_index_builder *builder, const mz_record *record, uint32_t entity) {
    size_t facts = 0;
    for (size_t e = 0; e < record->entity_count; e++) facts += record->entities[e].fact_count;
    if (!mz_buffer_reserve(&builder->traits, (facts + 1) * sizeof(mz_trait))) return;
    mz_trait *traits = (void *)builder->traits.data;
    size_t count = gather_traits(record, traits);
    for (size_t t = 0; t < count; t++) put_trait(builder, &traits[t], entity);
}

/* What can be screened for: things with names, not the sanctions, addresses and relations of a FollowTheMoney file. */
static bool searchable(const mz_record *record) {
    mz_schema schema = record->entities[0].schema;
    return mz_schema_is_a(schema, MZ_SCHEMA_LegalEntity) || mz_schema_is_a(schema, MZ_SCHEMA_Asset);
}

static void put_listing(mz_index_builder *builder, const mz_record *record) {
    mz_listing_row row;
    mz_listing_read(record, &row);
    row.topics = mz_topics_of(&builder->topics, &record->entities[0]);
    append(builder, MZ_SECTION_LISTINGS, &row, sizeof row);
}

static mz_status add(mz_index_builder *builder, const mz_record *record, mz_error *error) {
    const mz_entity *entity = &record->entities[0];
    uint32_t number = COUNT(builder, MZ_SECTION_ENTITIES, mz_entity_row), list = list_number(builder, record->list);
    mz_entity_row row = {.id = put_text(builder, entity->id),
                         .caption = put_text(builder, record->caption),
                         .reference = put_text(builder, record->reference),
                         .list = list,
                         .schema = (uint8_t)entity->schema,
                         .searchable = searchable(record),
                         .first_name = COUNT(builder, MZ_SECTION_NAMES, mz_name_row),
                         .first_trait = COUNT(builder, MZ_SECTION_TRAITS, mz_trait_row)};
    mz_arena_reset(&builder->parts_arena);
    mz_status status = mz_name_parts_read(entity, &builder->parts_arena, &builder->parts, error);
    for (size_t f = 0; f < entity->fact_count && row.searchable && !status; f++)
        if (mz_property_is_name(entity->facts[f].property))
            status = put_names(builder, &entity->facts[f], entity->schema, number, error);
    if (!status) status = put_record(builder, record, &row, error);
    if (status) return status;
    if (row.searchable) put_traits(builder, record, number);
    row.name_count = COUNT(builder, MZ_SECTION_NAMES, mz_name_row) - row.first_name;
    row.trait_count = COUNT(builder, MZ_SECTION_TRAITS, mz_trait_row) - row.first_trait;
    put_entry(builder, IDS, mz_index_text_key(entity->id), number);
    append(builder, MZ_SECTION_ENTITIES, &row, sizeof row);
    put_listing(builder, record);
    status = check_memory(builder, error);
    if (!status) ROWS(builder, MZ_SECTION_LISTS, mz_list_row)[list].entities++;
    return status;
}

static mz_status check_usable(const mz_index_builder *builder, mz_error *error) {
    if (builder->broken)
        return mz_fail(error, builder->broken, "the image cannot be finished after an earlier failure; begin again");
    return check_memory(builder, error);
}

mz_status mz_index_builder_add(mz_index_builder *builder, const mz_record *record, mz_error *error) {
    static const mz_section of_names[] = {MZ_SECTION_NAMES, MZ_SECTION_NAME_WORDS, MZ_SECTION_ASIDE};
    enum { OF_NAMES = sizeof of_names / sizeof of_names[0] };
    size_t before[OF_NAMES], joins = builder->entries[JOINS].size;
    if (!record->entity_count) return mz_fail(error, MZ_ERR_ARGUMENT, "a record without an entity");
    mz_status status = check_usable(builder, error);
    if (status) return status;
    for (size_t s = 0; s < OF_NAMES; s++) before[s] = builder->sections[of_names[s]].size;
    status = add(builder, record, error);
    bool refused = status == MZ_ERR_INPUT || status == MZ_ERR_LIMIT;
    for (size_t s = 0; s < OF_NAMES && status; s++) builder->sections[of_names[s]].size = before[s];
    if (status) builder->entries[JOINS].size = joins;
    if (status && !refused) builder->broken = status;
    return status;
}

/* ---- tables made at the end ---- */

static int by_text(const fresh_word *a, const fresh_word *b) {
    if (a->row.phone_count != b->row.phone_count) return a->row.phone_count < b->row.phone_count ? -1 : 1;
    int order = mz_str_order(a->folded, b->folded);
    return order ? order : mz_str_order(a->key, b->key);
}

/* Words by sound (blocks.h), behind them those that are not found by sound. */
static int by_sound(const void *left, const void *right) {
    const fresh_word *a = *(const fresh_word *const *)left, *b = *(const fresh_word *const *)right;
    bool a_sounds = mz_word_sounds(a->row.class, a->row.phone_count),
         b_sounds = mz_word_sounds(b->row.class, b->row.phone_count);
    if (a_sounds != b_sounds) return a_sounds ? -1 : 1;
    if (!a_sounds) return by_text(a, b);
    if (a->row.system != b->row.system) return a->row.system < b->row.system ? -1 : 1;
    if (a->row.bare != b->row.bare) return a->row.bare < b->row.bare ? -1 : 1;
    int order = mz_blocks_order(a->phones, a->row.phone_count, b->phones, b->row.phone_count);
    return order ? order : by_text(a, b);
}

static uint8_t kind_of(const fresh_word *word) {
    mz_name_word facts = {.class = word->row.class, .script = word->row.script, .gender = word->row.gender};
    memcpy(facts.groups, word->row.groups, sizeof facts.groups);
    return mz_word_kind(&facts);
}

static void put_word(mz_index_builder *builder, fresh_word *word) {
    uint8_t kind = kind_of(word);
    word->row.folded = put_shared_text(builder, word->folded);
    word->row.phones = (uint32_t)builder->sections[MZ_SECTION_PHONES].size;
    append(builder, MZ_SECTION_PHONES, word->phones, word->row.phone_count);
    append(builder, MZ_SECTION_KINDS, &kind, 1);
    append(builder, MZ_SECTION_WORDS, &word->row, sizeof word->row);
}

/* Sorts the vocabulary, renumbers the names' words, and writes the rows. */
static mz_status make_words(mz_index_builder *builder, mz_error *error) {
    size_t count = builder->fresh_words.size / sizeof(fresh_word);
    fresh_word *fresh = (void *)builder->fresh_words.data;
    fresh_word **sorted = malloc((count + 1) * sizeof(fresh_word *));
    uint32_t *number = malloc((count + 1) * sizeof *number);
    if (!sorted || !number) {
        free(sorted), free(number);
        return mz_fail_memory(error);
    }
    for (size_t i = 0; i < count; i++) sorted[i] = &fresh[i];
    qsort(sorted, count, sizeof *sorted, by_sound);
    for (size_t i = 0; i < count; i++) number[sorted[i] - fresh] = (uint32_t)i;
    uint32_t name_words = COUNT(builder, MZ_SECTION_NAME_WORDS, mz_name_word_row);
    mz_name_word_row *uses = ROWS(builder, MZ_SECTION_NAME_WORDS, mz_name_word_row);
    for (uint32_t i = 0; i < name_words; i++) uses[i].word = number[uses[i].word];
    for (size_t i = 0; i < count; i++) put_word(builder, sorted[i]);
    free(sorted), free(number);
    return check_memory(builder, error);
}

static mz_status make_sounds(mz_index_builder *builder, mz_error *error) {
    const mz_word_row *words = ROWS(builder, MZ_SECTION_WORDS, mz_word_row);
    uint32_t words_count = COUNT(builder, MZ_SECTION_WORDS, mz_word_row), sounds = 0;
    while (sounds < words_count && mz_word_sounds(words[sounds].class, words[sounds].phone_count)) sounds++;
    mz_buffer *sections = builder->sections;
    mz_blocks_make(words, sounds, ROWS(builder, MZ_SECTION_PHONES, uint8_t), &sections[MZ_SECTION_SOUND_GROUPS],
                   &sections[MZ_SECTION_SOUND_SHARED], &sections[MZ_SECTION_SOUND_COLUMNS]);
    return check_memory(builder, error);
}

static mz_status make_postings(mz_index_builder *builder, mz_error *error) {
    mz_buffer *acronyms = &builder->entries[JOINS];
    const mz_postings_source source = {.names = ROWS(builder, MZ_SECTION_NAMES, mz_name_row),
                                       .name_count = COUNT(builder, MZ_SECTION_NAMES, mz_name_row),
                                       .uses = ROWS(builder, MZ_SECTION_NAME_WORDS, mz_name_word_row),
                                       .words = ROWS(builder, MZ_SECTION_WORDS, mz_word_row),
                                       .word_count = COUNT(builder, MZ_SECTION_WORDS, mz_word_row),
                                       .phones =
                                           (const uint8_t *)mz_buffer_view(&builder->sections[MZ_SECTION_PHONES]).data,
                                       .acronyms = (const mz_entry *)(const void *)acronyms->data,
                                       .acronym_count = acronyms->size / sizeof(mz_entry)};
    mz_postings postings;
    mz_status status = mz_postings_make(&source, &postings, error);
    if (!status) {
        append(builder, MZ_SECTION_POSTINGS, postings.names.data, postings.names.size);
        append(builder, MZ_SECTION_KEYS, postings.keys.data, postings.keys.size);
        append(builder, MZ_SECTION_CONTEXTS, postings.contexts.data, postings.contexts.size);
        append(builder, MZ_SECTION_JOIN_ROWS, postings.joins.data, postings.joins.size);
        append(builder, MZ_SECTION_PLACES, postings.places.data, postings.places.size);
        append(builder, MZ_SECTION_WORD_CODES, postings.codes, source.word_count * sizeof *postings.codes);
        append(builder, MZ_SECTION_CODES, postings.shapes, postings.code_count * sizeof *postings.shapes);
        mz_buffer_clear(acronyms);
        mz_buffer_append(acronyms, postings.join_entries.data, postings.join_entries.size);
        status = check_memory(builder, error);
    }
    mz_postings_done(&postings);
    return status;
}

/* A word by its consonants, and as the acronym that it may be. */
static void put_skeletons(mz_index_builder *builder, uint32_t number) {
    const mz_word_row *row = &ROWS(builder, MZ_SECTION_WORDS, mz_word_row)[number];
    const char *text = mz_buffer_view(&builder->sections[MZ_SECTION_TEXT]).data;
    mz_name_word word = {
        .folded = {text + row->folded.offset, row->folded.size}, .class = row->class, .script = row->script};
    const uint64_t keys[] = {row->skeleton, mz_acronym_of_word(&word)};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i]) put_entry(builder, SKELETONS, keys[i], number);
}

/* Words that meet others which neither sound nor group finds: an initial any word that begins so, an article any other
 * article. */
static bool is_special(const mz_word_row *word) {
    return word->class == MZ_WORD_INITIAL || word->class == MZ_WORD_ARTICLE || word->phone_count == 0;
}

static void make_topics(mz_index_builder *builder) {
    const mz_topics *topics = &builder->topics;
    const mz_str *names = (const void *)topics->names.data;
    for (size_t i = 0; i < topics->names.size / sizeof *names; i++) {
        mz_text_ref ref = put_text(builder, names[i]);
        append(builder, MZ_SECTION_TOPICS, &ref, sizeof ref);
    }
    if (topics->sets.size) append(builder, MZ_SECTION_TOPIC_SETS, topics->sets.data, topics->sets.size);
}

static mz_status make_lookups(mz_index_builder *builder, mz_error *error) {
    make_topics(builder);
    uint32_t count = COUNT(builder, MZ_SECTION_WORDS, mz_word_row);
    for (uint32_t i = 0; i < count; i++) {
        const mz_word_row *word = &ROWS(builder, MZ_SECTION_WORDS, mz_word_row)[i];
        if (is_special(word)) append(builder, MZ_SECTION_SPECIAL, &i, sizeof i);
        put_skeletons(builder, i);
        for (size_t g = 0; g < MZ_WORD_GROUPS_MOST && word->groups[g]; g++)
            put_entry(builder, GROUPS, word->groups[g], i);
    }
    for (size_t t = 0; t < TABLE_COUNT; t++) {
        mz_buffer *entries = &builder->entries[t];
        if (entries->failed) return mz_fail_memory(error);
        mz_table_make((void *)entries->data, entries->size / sizeof(mz_entry),
                      &builder->sections[MZ_SECTION_TABLES + t * MZ_TABLE_SECTIONS]);
    }
    return check_memory(builder, error);
}

/* ---- the file ---- */

static mz_status write_sections(mz_index_builder *builder, mz_image_header *header, mz_error *error) {
    header->sections[MZ_SECTION_RECORDS] =
        (mz_section_row){.offset = (sizeof *header + MZ_IMAGE_ALIGNMENT - 1) / MZ_IMAGE_ALIGNMENT * MZ_IMAGE_ALIGNMENT,
                         .size = builder->records_size,
                         .checksum = XXH3_64bits_digest(builder->records_checksum),
                         .row_size = 1};
    for (mz_section s = MZ_SECTION_RECORDS + 1; s < MZ_SECTION_COUNT; s++) {
        const mz_buffer *rows = &builder->sections[s];
        mz_status status = pad(builder, error);
        if (status) return status;
        header->sections[s] = (mz_section_row){.offset = builder->writer.size,
                                               .size = rows->size,
                                               .checksum = XXH3_64bits(rows->data ? rows->data : "", rows->size),
                                               .row_size = mz_section_row_size[s]};
        if (rows->size) status = mz_file_writer_append(&builder->writer, rows->data, rows->size, error);
        if (status) return status;
    }
    return MZ_OK;
}

static mz_status write_header(mz_index_builder *builder, mz_image_header *header, mz_error *error) {
    header->size = builder->writer.size;
    header->checksum = XXH3_64bits(header, sizeof *header);
    const char *bytes = (const char *)header;
    for (size_t done = 0; done < sizeof *header;) {
        ssize_t put = pwrite(builder->writer.descriptor, bytes + done, sizeof *header - done, (off_t)done);
        if (put < 0 && errno == EINTR) continue;
        if (put == 0) errno = EIO;
        if (put <= 0) return mz_fail_errno(error, "write", builder->writer.final_path);
        done += (size_t)put;
    }
    return MZ_OK;
}

void mz_index_builder_changes(mz_index_builder *builder, const mz_index *base, const uint8_t *dead) {
    builder->kind = MZ_IMAGE_CHANGES;
    builder->base = mz_index_header(base)->checksum;
    builder->base_entities = base->entity_count;
    builder->sections[MZ_SECTION_DEAD].size = 0;
    append(builder, MZ_SECTION_DEAD, dead, ((size_t)base->entity_count + 7) / 8);
}

static mz_status write_image(mz_index_builder *builder, mz_error *error) {
    mz_image_header header = {.version = MZ_IMAGE_VERSION,
                              .section_count = MZ_SECTION_COUNT,
                              .base = builder->base,
                              .base_entities = builder->base_entities,
                              .kind = builder->kind};
    memcpy(header.magic, MZ_IMAGE_MAGIC, sizeof header.magic);
    memcpy(header.rules, mz_rules_digest, sizeof header.rules);
    mz_status status = check_usable(builder, error);
    if (!status && builder->block.size) status = flush_block(builder, error);
    if (!status) status = make_words(builder, error);
    if (!status) status = make_sounds(builder, error);
    if (!status) status = make_postings(builder, error);
    if (!status) status = make_lookups(builder, error);
    if (!status) status = write_sections(builder, &header, error);
    if (!status) status = write_header(builder, &header, error);
    return status;
}

mz_status mz_index_builder_finish(mz_index_builder *builder, mz_error *error) {
    bool done;
    return mz_index_builder_finish_over(builder, NULL, &done, error);
}

mz_status mz_index_builder_finish_over(mz_index_builder *builder, const mz_index_marks *expected, bool *ret_done,
                                       mz_error *error) {
    mz_status status = write_image(builder, error);
    if (status) return status;
    builder->writing = false;
    *ret_done = true;
    /* changes are written by who has the lock already, and make nothing obsolete */
    if (builder->kind == MZ_IMAGE_CHANGES) return mz_file_writer_commit(&builder->writer, error);
    return mz_index_replace(&builder->writer, expected, ret_done, error);
}
