#include "index/batch.h"

#include "base/error.h"
#include "entity/record.h"
#include "match/entity_score.h"
#include "names/alternatives.h"

#include <zstd.h>

static const size_t CEILING = (size_t)1 << 31;
/* Level 6 makes records smaller by a twentieth and takes twice as long. */
enum { ZSTD_LEVEL = 3, NAME_ARENA_BYTES = 64 << 20, MERGED_MOST = 1024, KEPT_BYTES = 4 << 20 };

/* ---- records in ---- */

void mz_batch_init(mz_batch *batch) {
    *batch = (mz_batch){.status = MZ_OK};
    for (size_t p = 0; p < MZ_BATCH_PARTS; p++) mz_buffer_init(&batch->parts[p], CEILING);
    batch->parts[MZ_BATCH_JSON].ceiling = MZ_IMAGE_RECORD_BYTES;
    mz_arena_init(&batch->records, CEILING);
    mz_arena_init(&batch->words, CEILING);
    mz_arena_init(&batch->scratch, NAME_ARENA_BYTES);
    mz_arena_init(&batch->entity, NAME_ARENA_BYTES);
    mz_map_init(&batch->vocabulary);
}

void mz_batch_done(mz_batch *batch) {
    for (size_t p = 0; p < MZ_BATCH_PARTS; p++) mz_buffer_done(&batch->parts[p]);
    mz_arena_done(&batch->records);
    mz_arena_done(&batch->words);
    mz_arena_done(&batch->scratch);
    mz_arena_done(&batch->entity);
    mz_map_done(&batch->vocabulary);
}

/* What a large record needed is given back. */
void mz_batch_clear(mz_batch *batch) {
    for (size_t p = 0; p < MZ_BATCH_PARTS; p++) {
        if (batch->parts[p].capacity > KEPT_BYTES) mz_buffer_done(&batch->parts[p]);
        mz_buffer_clear(&batch->parts[p]);
    }
    mz_arena_reset(&batch->records);
    mz_arena_reset(&batch->words);
    mz_map_done(&batch->vocabulary);
    batch->bytes = 0;
    batch->status = MZ_OK;
}

/* Everything of a record that is text, and room for what stands around it. */
static size_t text_bytes(const mz_record *record) {
    size_t bytes = record->list.size + record->reference.size + record->caption.size;
    for (size_t e = 0; e < record->entity_count; e++) {
        const mz_entity *entity = &record->entities[e];
        bytes += entity->id.size;
        for (size_t f = 0; f < entity->fact_count; f++) {
            const mz_fact *fact = &entity->facts[f];
            bytes += fact->value.size + fact->original.size + fact->roles.size + fact->language.size;
        }
    }
    return bytes;
}

static size_t fact_count(const mz_record *record) {
    size_t facts = 0;
    for (size_t e = 0; e < record->entity_count; e++) facts += record->entities[e].fact_count;
    return facts;
}

static mz_status refuse_size(const mz_record *record, mz_error *error) {
    enum { ESCAPE_BYTES = 6, FACT_BYTES = 256 }; /* no text takes more, nor what stands around a fact */
    size_t most = text_bytes(record) * ESCAPE_BYTES + (fact_count(record) + record->entity_count + 1) * FACT_BYTES;
    if (most < MZ_IMAGE_RECORD_BYTES) return MZ_OK;
    mz_buffer json;
    mz_buffer_init(&json, MZ_IMAGE_RECORD_BYTES);
    mz_record_write_json(record, &json);
    mz_status status = MZ_OK;
    if (json.starved)
        status = mz_fail_memory(error);
    else if (json.failed)
        status = mz_fail(error, MZ_ERR_LIMIT, "a record of more than %d MiB", MZ_IMAGE_RECORD_BYTES >> 20);
    mz_buffer_done(&json);
    return status;
}

mz_status mz_batch_refuses(const mz_record *record, mz_error *error) {
    const mz_entity *entity = &record->entities[0];
    for (size_t f = 0; f < entity->fact_count; f++) {
        mz_property_type type = mz_property_kind(entity->facts[f].property);
        size_t at;
        if ((type == MZ_TYPE_NAME || type == MZ_TYPE_NAME_PART) && !mz_utf8_valid(entity->facts[f].value, &at))
            return mz_fail(error, MZ_ERR_INPUT, "a name is not UTF-8 (byte %zu)", at + 1);
    }
    return refuse_size(record, error);
}

/* A copy at `*at`, which moves behind it. */
static mz_str copied(char **at, mz_str text) {
    mz_str copy = {*at, text.size};
    if (text.size) memcpy(*at, text.data, text.size);
    *at += text.size;
    return copy;
}

static mz_entity copied_entity(char **at, const mz_entity *entity, mz_fact *facts) {
    for (size_t f = 0; f < entity->fact_count; f++) {
        facts[f] = entity->facts[f];
        facts[f].value = copied(at, facts[f].value);
        facts[f].original = copied(at, facts[f].original);
        facts[f].roles = copied(at, facts[f].roles);
        facts[f].language = copied(at, facts[f].language);
    }
    mz_entity copy = *entity;
    copy.id = copied(at, entity->id);
    copy.facts = facts;
    return copy;
}

mz_status mz_batch_add(mz_batch *batch, const mz_record *record, uint16_t list, mz_error *error) {
    size_t bytes = text_bytes(record);
    char *text = MZ_ARENA_NEW(&batch->records, bytes + 1, char);
    mz_fact *facts = MZ_ARENA_NEW(&batch->records, fact_count(record) + 1, mz_fact);
    mz_entity *entities = MZ_ARENA_NEW(&batch->records, record->entity_count, mz_entity);
    if (!text || !facts || !entities) return mz_fail_memory(error);
    mz_batch_record copy = {.record = *record, .list = list};
    copy.record.list = copied(&text, record->list);
    copy.record.reference = copied(&text, record->reference);
    copy.record.caption = copied(&text, record->caption);
    for (size_t e = 0; e < record->entity_count; e++) {
        entities[e] = copied_entity(&text, &record->entities[e], facts);
        facts += record->entities[e].fact_count;
    }
    copy.record.entities = entities;
    mz_buffer_append(&batch->parts[MZ_BATCH_RECORD], &copy, sizeof copy);
    batch->bytes += bytes;
    return batch->parts[MZ_BATCH_RECORD].failed ? mz_fail_memory(error) : MZ_OK;
}

/* ---- what comes out ---- */

static void append(mz_batch *batch, mz_batch_part part, const void *row, size_t size) {
    mz_buffer_append(&batch->parts[part], row, size);
}

static uint32_t put_text(mz_batch *batch, mz_batch_part part, mz_str text) {
    uint32_t offset = (uint32_t)batch->parts[part].size;
    append(batch, part, text.data, text.size);
    return offset;
}

static void put_entry(mz_batch *batch, mz_entry_kind kind, uint64_t key, uint32_t number) {
    const mz_entry entry = {mz_table_hash(key), number};
    append(batch, MZ_BATCH_ENTRIES + kind, &entry, sizeof entry);
}

/* ---- names ---- */

/* Everything of a word but where it stands decides whether two words are one. */
static uint32_t word_number(mz_batch *batch, const mz_name_word *word) {
    mz_word_key head = {.skeleton = word->skeleton,
                        .phone_count = word->phone_count,
                        .bare = word->bare,
                        .class = word->class,
                        .script = word->script,
                        .system = word->system,
                        .weight = word->weight,
                        .bits = word->bits,
                        .gender = word->gender,
                        .folded_size = (uint32_t)word->folded.size};
    memcpy(head.groups, word->groups, sizeof head.groups);
    mz_buffer *key = &batch->parts[MZ_BATCH_KEY];
    mz_buffer_clear(key);
    mz_buffer_append(key, &head, sizeof head);
    mz_buffer_append(key, word->phones, word->phone_count);
    mz_buffer_str(key, word->folded);
    if (key->failed) {
        batch->words.failed = batch->words.starved = true;
        return 0;
    }
    uint32_t fresh = MZ_BATCH_COUNT(batch, MZ_BATCH_WORDS, mz_str);
    const uint32_t *known = mz_map_get(&batch->vocabulary, mz_buffer_view(key));
    if (known) return *known;
    mz_str kept = mz_arena_copy(&batch->words, mz_buffer_view(key));
    append(batch, MZ_BATCH_WORDS, &kept, sizeof kept);
    (void)mz_map_put(&batch->vocabulary, kept, fresh);
    return fresh;
}

static void put_name_words(mz_batch *batch, const mz_name *name) {
    for (size_t i = 0; i < name->count; i++) {
        const mz_name_word *word = &name->words[i];
        mz_name_word_row row = {.word = word_number(batch, word) & (MZ_IMAGE_WORDS_MOST - 1),
                                .capitalised = word->capitalised,
                                .role = word->role & 15u};
        append(batch, MZ_BATCH_NAME_WORDS, &row, sizeof row);
    }
    for (size_t i = 0; i < name->legal_count; i++)
        append(batch, MZ_BATCH_NAME_WORDS, &(uint32_t){name->legal[i]}, sizeof(uint32_t));
    append(batch, MZ_BATCH_NAME_WORDS, name->numbers, name->number_count * sizeof(uint32_t));
}

static mz_str cut(mz_str text) {
    if (text.size <= MZ_IMAGE_NAME_BYTES) return text;
    text.size = MZ_IMAGE_NAME_BYTES;
    while (text.size && ((unsigned char)text.data[text.size] & 0xC0) == 0x80) text.size--;
    return text;
}

static mz_status put_name(mz_batch *batch, mz_str text, const mz_fact *fact, mz_schema schema, mz_error *error) {
    mz_name name;
    text = cut(text);
    mz_arena_reset(&batch->scratch);
    mz_status status =
        mz_name_parse_parts(text, mz_name_organisation(schema), &batch->name_parts, &batch->scratch, &name, error);
    if (status || !name.count) return status;
    mz_name_row row = {.text = put_text(batch, MZ_BATCH_TEXT, text),
                       .entity = MZ_BATCH_COUNT(batch, MZ_BATCH_ENTITIES, mz_entity_row),
                       .first_word = MZ_BATCH_COUNT(batch, MZ_BATCH_NAME_WORDS, mz_name_word_row),
                       .text_size = (uint16_t)text.size,
                       .word_count = (uint8_t)name.count,
                       .legal_count = name.legal_count & 15u,
                       .number_count = name.number_count & 15u,
                       .property = (uint8_t)fact->property,
                       .kind = (uint8_t)fact->name_kind,
                       .culture = name.culture,
                       .organisation = name.organisation};
    put_name_words(batch, &name);
    mz_postings_joins(&name, MZ_BATCH_COUNT(batch, MZ_BATCH_NAMES, mz_name_row), &batch->parts[MZ_BATCH_JOINS]);
    append(batch, MZ_BATCH_NAMES, &row, sizeof row);
    return MZ_OK;
}

static mz_status put_names(mz_batch *batch, const mz_entity *entity, mz_error *error) {
    mz_status status = mz_name_parts_read(entity, &batch->entity, &batch->name_parts, error);
    for (size_t f = 0; f < entity->fact_count && !status; f++) {
        const mz_fact *fact = &entity->facts[f];
        if (!mz_property_is_name(fact->property)) continue;
        mz_str names[MZ_NAME_ALTERNATIVES_MOST];
        size_t count = mz_name_alternatives(fact->value, &batch->entity, names);
        batch->name_parts.roles = count == 1 ? fact->roles : (mz_str){"", 0};
        for (size_t i = 0; i < count && !status; i++) status = put_name(batch, names[i], fact, entity->schema, error);
    }
    return status;
}

/* ---- what is known beside names ---- */

static void put_trait(mz_batch *batch, const mz_trait *trait, uint32_t entity) {
    mz_trait_row row = {
        .text = {put_text(batch, MZ_BATCH_TRAIT_TEXT, trait->text), (uint32_t)trait->text.size},
        .first_day = trait->first_day,
        .last_day = trait->last_day,
        .property = trait->property,
        .kind = trait->kind,
        .flags = trait->flags,
    };
    memcpy(row.country, trait->country, sizeof row.country);
    append(batch, MZ_BATCH_TRAITS, &row, sizeof row);
    if (!mz_trait_decides(trait)) return;
    char room[MZ_IDENTIFIER_SIZE];
    put_entry(batch, MZ_ENTRY_IDENTIFIER, mz_index_text_key(mz_trait_key(trait, room)), entity);
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

static mz_status put_traits(mz_batch *batch, const mz_record *record, uint32_t entity, mz_error *error) {
    mz_buffer *found = &batch->parts[MZ_BATCH_FOUND];
    mz_buffer_clear(found);
    if (!mz_buffer_reserve(found, (fact_count(record) + 1) * sizeof(mz_trait))) return mz_fail_memory(error);
    mz_trait *traits = (void *)found->data;
    size_t count = gather_traits(record, traits);
    for (size_t t = 0; t < count; t++) put_trait(batch, &traits[t], entity);
    return MZ_OK;
}

/* ---- records ---- */

static mz_status end_block(mz_batch *batch, mz_error *error) {
    mz_str raw = mz_buffer_view(&batch->parts[MZ_BATCH_BLOCK]);
    mz_buffer *packed = &batch->parts[MZ_BATCH_PACKED];
    size_t bound = ZSTD_compressBound(raw.size);
    if (batch->parts[MZ_BATCH_BLOCK].failed) return mz_fail_memory(error);
    if (!raw.size) return MZ_OK;
    if (!mz_buffer_reserve(packed, bound)) return mz_fail_memory(error);
    size_t size = ZSTD_compress(packed->data + packed->size, bound, raw.data, raw.size, ZSTD_LEVEL);
    if (ZSTD_isError(size))
        return mz_fail(error, MZ_ERR_MEMORY, "cannot compress records: %s", ZSTD_getErrorName(size));
    mz_block_row row = {packed->size, (uint32_t)raw.size, batch->block_first};
    append(batch, MZ_BATCH_BLOCKS, &row, sizeof row);
    packed->size += size;
    batch->block_first = MZ_BATCH_COUNT(batch, MZ_BATCH_ENTITIES, mz_entity_row);
    mz_buffer_clear(&batch->parts[MZ_BATCH_BLOCK]);
    return MZ_OK;
}

static mz_status put_record(mz_batch *batch, const mz_record *record, mz_error *error) {
    mz_buffer *json = &batch->parts[MZ_BATCH_JSON], *block = &batch->parts[MZ_BATCH_BLOCK];
    mz_buffer_clear(json);
    mz_record_write_json(record, json);
    if (json->failed) return mz_fail_memory(error); /* too large ones were refused */
    mz_status status = MZ_OK;
    if (block->size + json->size + 1 > MZ_IMAGE_BLOCK_BYTES) status = end_block(batch, error);
    mz_buffer_str(block, mz_buffer_view(json));
    mz_buffer_char(block, '\n');
    return status;
}

/* ---- entities ---- */

static void put_size(mz_batch *batch, uint32_t size) {
    for (; size > 0x7F; size >>= 7) append(batch, MZ_BATCH_TEXT, &(uint8_t){(uint8_t)(size | 0x80)}, 1);
    append(batch, MZ_BATCH_TEXT, &(uint8_t){(uint8_t)size}, 1);
}

/* Mostly the first name is what to show. */
static bool is_first_name(const mz_batch *batch, mz_str caption, uint32_t first) {
    bool failed = batch->parts[MZ_BATCH_TEXT].failed || batch->parts[MZ_BATCH_NAMES].failed;
    if (failed || first == MZ_BATCH_COUNT(batch, MZ_BATCH_NAMES, mz_name_row)) return false;
    const mz_name_row *row = &MZ_BATCH_ROWS(batch, MZ_BATCH_NAMES, mz_name_row)[first];
    const mz_str name = {batch->parts[MZ_BATCH_TEXT].data + row->text, row->text_size};
    return mz_str_equal(name, caption);
}

static void put_entity_texts(mz_batch *batch, const mz_record *record, uint32_t first_name) {
    bool named = is_first_name(batch, record->caption, first_name);
    put_size(batch, (uint32_t)record->entities[0].id.size);
    put_size(batch, (uint32_t)record->reference.size);
    put_size(batch, named ? 0 : (uint32_t)record->caption.size + 1);
    (void)put_text(batch, MZ_BATCH_TEXT, record->entities[0].id);
    (void)put_text(batch, MZ_BATCH_TEXT, record->reference);
    if (!named) (void)put_text(batch, MZ_BATCH_TEXT, record->caption);
}

/* What can be screened for: things with names, not the sanctions, addresses and relations of a FollowTheMoney file. */
static bool searchable(const mz_record *record) {
    mz_schema schema = record->entities[0].schema;
    return mz_schema_is_a(schema, MZ_SCHEMA_LegalEntity) || mz_schema_is_a(schema, MZ_SCHEMA_Asset);
}

static mz_status put_entity(mz_batch *batch, const mz_batch_record *of, mz_error *error) {
    const mz_entity *entity = &of->record.entities[0];
    uint32_t number = MZ_BATCH_COUNT(batch, MZ_BATCH_ENTITIES, mz_entity_row);
    mz_entity_row row = {.first_name = MZ_BATCH_COUNT(batch, MZ_BATCH_NAMES, mz_name_row),
                         .first_trait = MZ_BATCH_COUNT(batch, MZ_BATCH_TRAITS, mz_trait_row),
                         .list = of->list,
                         .schema = (uint8_t)entity->schema,
                         .searchable = searchable(&of->record)};
    mz_arena_reset(&batch->entity);
    mz_status status = row.searchable ? put_names(batch, entity, error) : MZ_OK;
    if (!status) status = put_record(batch, &of->record, error);
    if (!status && row.searchable) status = put_traits(batch, &of->record, number, error);
    if (status) return status;
    row.text = (uint32_t)batch->parts[MZ_BATCH_TEXT].size;
    put_entity_texts(batch, &of->record, row.first_name);
    put_entry(batch, MZ_ENTRY_ID, mz_index_text_key(entity->id), number);
    append(batch, MZ_BATCH_ENTITIES, &row, sizeof row);
    mz_listing_row listing;
    mz_listing_read(&of->record, &listing);
    append(batch, MZ_BATCH_LISTINGS, &listing, sizeof listing);
    return MZ_OK;
}

static mz_status make(mz_batch *batch, mz_error *error) {
    const mz_batch_record *records = MZ_BATCH_ROWS(batch, MZ_BATCH_RECORD, mz_batch_record);
    mz_status status = MZ_OK;
    batch->block_first = 0;
    for (size_t r = 0; r < mz_batch_count(batch) && !status; r++) status = put_entity(batch, &records[r], error);
    if (!status) status = end_block(batch, error);
    bool failed = batch->words.failed || batch->vocabulary.failed || batch->entity.failed;
    for (size_t p = 0; p < MZ_BATCH_PARTS; p++) failed = failed || batch->parts[p].failed;
    return !status && failed ? mz_fail_memory(error) : status;
}

void mz_batch_make(mz_batch *batch) {
    batch->status = make(batch, &batch->error);
}
