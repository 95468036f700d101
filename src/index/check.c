/* Believing an image only after looking at all of it.
 *
 * The order matters: the header, then the table, then the checksums, then every row. After mz_image_check no number in
 * the image leads outside of it. Checksums find accidents; the walk over the rows is what holds against an enemy, who
 * can compute checksums too. Rows that lie behind each other are to fill what they point into, each its own part: so a
 * small file cannot ask for the work or the memory of a large one. Nothing stands between the sections but zeros.
 *
 * What is checked is that a search does no harm, not that it finds what it should: an enemy's image may leave out what
 * it likes, or say of a name that its other words are others. Whoever has an image from elsewhere and doubts it has it
 * built anew from its records and compared (verify.c).
 *
 * A large image is checked by all processors: its rows are never changed, and no part of the check needs another one's
 * result. One that was checked before, as a seal says (seal.h), has its header and its table checked again. */
#include "base/error.h"
#include "index/blocks.h"
#include "index/image.h"
#include "index/postings.h"
#include "match/entity_score.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>
#include <xxhash.h>

enum { TOGETHER_BYTES = 8 << 20 }; /* images of which one processor is done before another has begun */

_Static_assert(sizeof(mz_section_row) == 32 && sizeof(mz_image_header) == 64 + 32 * MZ_SECTION_COUNT, "no padding");
_Static_assert(sizeof(mz_entity_row) == 16 && sizeof(mz_name_row) == 20 && sizeof(mz_word_row) == 56, "no padding");
_Static_assert(sizeof(mz_name_word_row) == sizeof(uint32_t) && sizeof(mz_block_row) == 16, "no padding");
_Static_assert(sizeof(mz_sound_group) == 20 && sizeof(mz_block_column) == 64 && sizeof(mz_trait_row) == 24 &&
                   sizeof(mz_list_row) == 32,
               "no padding");

const uint32_t mz_section_row_size[MZ_SECTION_COUNT] = {
    [MZ_SECTION_TEXT] = 1,
    [MZ_SECTION_LISTS] = sizeof(mz_list_row),
    [MZ_SECTION_ENTITIES] = sizeof(mz_entity_row),
    [MZ_SECTION_NAMES] = sizeof(mz_name_row),
    [MZ_SECTION_NAME_WORDS] = sizeof(mz_name_word_row),
    [MZ_SECTION_WORDS] = sizeof(mz_word_row),
    [MZ_SECTION_PHONES] = 1,
    [MZ_SECTION_POSTINGS] = sizeof(uint32_t),
    [MZ_SECTION_KEYS] = 1,
    [MZ_SECTION_CONTEXTS] = sizeof(uint16_t),
    [MZ_SECTION_WORD_CODES] = sizeof(uint16_t),
    [MZ_SECTION_JOIN_ROWS] = sizeof(mz_join_row),
    [MZ_SECTION_PLACES] = 1,
    [MZ_SECTION_CODES] = sizeof(mz_code_row),
    [MZ_SECTION_KINDS] = 1,
    [MZ_SECTION_SOUND_GROUPS] = sizeof(mz_sound_group),
    [MZ_SECTION_SOUND_COLUMNS] = sizeof(mz_block_column),
    [MZ_SECTION_SPECIAL] = sizeof(uint32_t),
    [MZ_SECTION_TRAITS] = sizeof(mz_trait_row),
    [MZ_SECTION_BESIDE] = sizeof(uint32_t),
    [MZ_SECTION_BLOCKS] = sizeof(mz_block_row),
    [MZ_SECTION_LISTINGS] = sizeof(mz_listing_row),
    [MZ_SECTION_TOPICS] = sizeof(mz_text_ref),
    [MZ_SECTION_TOPIC_SETS] = sizeof(mz_topic_set_row),
    [MZ_SECTION_DEAD] = 1,
    [MZ_SECTION_RECORDS] = 1,
#define TABLE(section)                                                                                                 \
    [section + MZ_TABLE_BUCKETS] = sizeof(uint32_t), [section + MZ_TABLE_KEYS] = sizeof(mz_key_row),                   \
               [section + MZ_TABLE_LISTS] = sizeof(uint32_t)
    TABLE(MZ_SECTION_SKELETONS),
    TABLE(MZ_SECTION_JOINS),
    TABLE(MZ_SECTION_GROUPS),
    TABLE(MZ_SECTION_IDENTIFIERS),
    TABLE(MZ_SECTION_IDS),
#undef TABLE
};

const char *mz_section_name(mz_section section) {
    static const char *const names[MZ_SECTION_COUNT] = {"records",
                                                        "text",
                                                        "lists",
                                                        "entities",
                                                        "names",
                                                        "name words",
                                                        "words",
                                                        "phones",
                                                        "kinds of words",
                                                        "postings",
                                                        "keys",
                                                        "contexts",
                                                        "word codes",
                                                        "joins",
                                                        "places",
                                                        "codes",
                                                        "sound groups",
                                                        "sound columns",
                                                        "special",
                                                        "traits",
                                                        "beside",
                                                        "blocks",
                                                        "listings",
                                                        "topics",
                                                        "topic sets",
                                                        "dead",
                                                        "skeletons: buckets",
                                                        "skeletons: keys",
                                                        "skeletons: lists",
                                                        "joins: buckets",
                                                        "joins: keys",
                                                        "joins: lists",
                                                        "groups: buckets",
                                                        "groups: keys",
                                                        "groups: lists",
                                                        "identifiers: buckets",
                                                        "identifiers: keys",
                                                        "identifiers: lists",
                                                        "ids: buckets",
                                                        "ids: keys",
                                                        "ids: lists"};
    return section < MZ_SECTION_COUNT ? names[section] : "?";
}

static mz_status damaged(mz_error *error, mz_section section, const char *what) {
    return mz_fail(error, MZ_ERR_INPUT, "the index image is damaged (%s: %s); build it again", mz_section_name(section),
                   what);
}

static mz_status check_header(const mz_index *index, mz_error *error) {
    const mz_image_header *header = (const void *)index->bytes;
    if (index->size < 16 || memcmp(header->magic, MZ_IMAGE_MAGIC, sizeof header->magic) != 0)
        return mz_fail(error, MZ_ERR_INPUT, "this is not an index image of mizan");
    if (header->version != MZ_IMAGE_VERSION)
        return mz_fail(error, MZ_ERR_INPUT,
                       "the index image has format version %u, this program reads %d; build it again", header->version,
                       MZ_IMAGE_VERSION);
    if (index->size < sizeof *header)
        return mz_fail(error, MZ_ERR_INPUT, "the index image is cut off within its header; build it again");
    if (header->section_count != MZ_SECTION_COUNT)
        return mz_fail(error, MZ_ERR_INPUT, "the index image has %u sections instead of %d; build it again",
                       header->section_count, MZ_SECTION_COUNT);
    mz_image_header copy = *header;
    copy.checksum = 0;
    if (XXH3_64bits(&copy, sizeof copy) != header->checksum)
        return mz_fail(error, MZ_ERR_INPUT, "the index image's header is damaged (checksum); build it again");
    if (header->kind >= MZ_IMAGE_KIND_COUNT ||
        (header->kind == MZ_IMAGE_WHOLE && (header->base || header->base_entities)))
        return mz_fail(error, MZ_ERR_INPUT, "the index image's header is damaged (kind); build it again");
    if (memcmp(header->rules, mz_rules_digest, sizeof header->rules) != 0)
        return mz_fail(
            error, MZ_ERR_INPUT,
            "the index image was made by another version of mizan, which took names apart by other rules; build it "
            "again");
    if (header->size != index->size)
        return mz_fail(error, MZ_ERR_INPUT,
                       "the index image has %zu bytes instead of %llu: it is cut off; build it again", index->size,
                       (unsigned long long)header->size);
    return MZ_OK;
}

static bool only_zeros(const uint8_t *bytes, uint64_t size) {
    for (uint64_t i = 0; i < size; i++)
        if (bytes[i]) return false;
    return true;
}

static mz_status check_places(const mz_index *index, mz_error *error) {
    const mz_image_header *header = (const void *)index->bytes;
    uint64_t end = sizeof *header;
    for (mz_section s = 0; s < MZ_SECTION_COUNT; s++) {
        const mz_section_row *row = &header->sections[s];
        uint64_t start = (end + MZ_IMAGE_ALIGNMENT - 1) / MZ_IMAGE_ALIGNMENT * MZ_IMAGE_ALIGNMENT;
        if (row->offset != start || start > index->size || row->size > index->size - start)
            return damaged(error, s, "not in its place");
        if (!only_zeros(index->bytes + end, start - end)) return damaged(error, s, "the bytes before it");
        if (row->row_size != mz_section_row_size[s] || row->size % row->row_size)
            return damaged(error, s, "size of rows");
        if (row->size / row->row_size >= UINT32_MAX && s != MZ_SECTION_RECORDS)
            return damaged(error, s, "too many rows");
        end = row->offset + row->size;
    }
    if (end != index->size) return damaged(error, MZ_SECTION_COUNT - 1, "bytes behind it");
    return MZ_OK;
}

static const void *rows(const mz_index *index, mz_section section, uint32_t *ret_count) {
    const mz_section_row *row = &((const mz_image_header *)(const void *)index->bytes)->sections[section];
    if (ret_count) *ret_count = (uint32_t)(row->size / row->row_size);
    return index->bytes + row->offset;
}

static uint64_t section_size(const mz_index *index, mz_section section) {
    return ((const mz_image_header *)(const void *)index->bytes)->sections[section].size;
}

static bool text_inside(mz_text_ref ref, uint64_t size) {
    return (uint64_t)ref.offset + ref.size <= size;
}

/* A run that begins where the last one ended; moves `*next` to its own end. */
static bool run_follows(uint32_t first, uint32_t count, uint32_t all, uint32_t *next) {
    if (first != *next || count > all - first) return false;
    *next += count;
    return true;
}

/* A search goes by what these say of words, and would leave some out where it is not so. */
static mz_status check_sounds(mz_index *index, uint32_t columns, mz_error *error) {
    const char *wrong = mz_blocks_wrong(index, columns);
    if (wrong) return damaged(error, MZ_SECTION_SOUND_COLUMNS, wrong);
    if (section_size(index, MZ_SECTION_KINDS) != index->word_count)
        return damaged(error, MZ_SECTION_KINDS, "their number");
    for (uint32_t i = 0; i < index->word_count; i++) {
        mz_name_word word;
        mz_index_word(index, i, &word);
        if (index->kinds[i] != mz_word_kind(&word)) return damaged(error, MZ_SECTION_KINDS, "a kind");
    }
    return MZ_OK;
}

static mz_status check_words(const mz_index *index, uint64_t text_size, mz_error *error) {
    uint64_t phones_size = section_size(index, MZ_SECTION_PHONES);
    for (uint32_t i = 0; i < index->word_count; i++) {
        const mz_word_row *row = &index->words[i];
        if (!text_inside(row->folded, text_size) || row->phone_count > MZ_PHONES_MOST ||
            (uint64_t)row->phones + row->phone_count > phones_size || row->bare > row->phone_count ||
            row->class >= MZ_WORD_CLASS_COUNT || row->script >= MZ_SCRIPT_COUNT ||
            row->system != mz_sound_system_of((mz_script)row->script) || row->gender >= MZ_WORD_GENDER_COUNT ||
            row->weight > MZ_WEIGHT_FULL || row->bits > 64)
            return damaged(error, MZ_SECTION_WORDS, "a word");
    }
    return MZ_OK;
}

/* A search reads runs of one key, and as many contexts as the keys say. Only of joins a name may stand twice. */
static mz_status check_list(const mz_index *index, uint32_t first, uint32_t count, bool of_word, uint64_t *next_context,
                            mz_error *error) {
    for (uint32_t i = first; i < first + count; i++) {
        uint8_t key = index->keys[i];
        if (index->postings[i] >= index->name_count) return damaged(error, MZ_SECTION_POSTINGS, "a name");
        *next_context += mz_key_codes(key);
        if (!mz_key_valid(key)) return damaged(error, MZ_SECTION_KEYS, "a key");
        if (i == first || index->keys[i - 1] < key) continue;
        if (index->keys[i - 1] > key || index->postings[i - 1] + of_word > index->postings[i])
            return damaged(error, MZ_SECTION_KEYS, "their order");
    }
    return MZ_OK;
}

/* Words of a posting's name that are joined are words of it. */
static bool places_inside(const mz_index *index, const mz_join_row *row) {
    for (uint32_t i = row->first_posting; i < row->first_posting + row->posting_count; i++) {
        uint8_t place = index->places[i - index->first_joined];
        if (mz_place_first(place) + mz_place_size(place) > index->names[index->postings[i]].word_count) return false;
    }
    return true;
}

static mz_status check_postings(mz_index *index, uint32_t context_count, uint32_t posting_count, uint32_t place_count,
                                mz_error *error) {
    uint64_t next_context = 0;
    uint32_t next = 0;
    mz_status status = MZ_OK;
    for (uint32_t w = 0; w < index->word_count && !status; w++) {
        const mz_word_row *row = &index->words[w];
        if (row->first_context != next_context) return damaged(error, MZ_SECTION_CONTEXTS, "where a word's begin");
        if (!run_follows(row->first_posting, row->posting_count, posting_count, &next))
            return damaged(error, MZ_SECTION_POSTINGS, "where a word's begin");
        status = check_list(index, row->first_posting, row->posting_count, true, &next_context, error);
    }
    index->first_joined = next;
    if (!status && place_count != posting_count - next) return damaged(error, MZ_SECTION_PLACES, "their number");
    for (uint32_t j = 0; j < index->joined_count && !status; j++) {
        const mz_join_row *row = &index->joined[j];
        if (row->first_context != next_context || !row->posting_count ||
            !run_follows(row->first_posting, row->posting_count, posting_count, &next))
            return damaged(error, MZ_SECTION_JOIN_ROWS, "where its postings begin");
        status = check_list(index, row->first_posting, row->posting_count, false, &next_context, error);
        if (!status && !places_inside(index, row)) return damaged(error, MZ_SECTION_PLACES, "a place");
    }
    if (status) return status;
    if (next != posting_count) return damaged(error, MZ_SECTION_POSTINGS, "their number");
    return next_context == context_count ? MZ_OK : damaged(error, MZ_SECTION_CONTEXTS, "their number");
}

/* A search takes from the code of a word what the word costs at least: it must not promise more than the word holds. */
static bool is_code_of(const mz_index *index, const mz_word_row *word, uint16_t code) {
    if (mz_rank_of_word(word) == MZ_RANK_LIGHT) return code == MZ_CODE_NONE;
    return code != MZ_CODE_NONE && code < index->code_count && index->codes[code].class == word->class &&
           index->codes[code].weight <= word->weight;
}

static mz_status check_codes(const mz_index *index, uint32_t coded_count, mz_error *error) {
    if (coded_count != index->word_count) return damaged(error, MZ_SECTION_WORD_CODES, "their number");
    if (index->code_count > MZ_CODE_COUNT) return damaged(error, MZ_SECTION_CODES, "their number");
    for (uint32_t i = 0; i < index->code_count; i++)
        if (index->codes[i].class >= MZ_WORD_CLASS_COUNT) return damaged(error, MZ_SECTION_CODES, "a class");
    for (uint32_t w = 0; w < index->word_count; w++)
        if (!is_code_of(index, &index->words[w], index->word_codes[w]))
            return damaged(error, MZ_SECTION_WORD_CODES, "a code");
    return MZ_OK;
}

static mz_status check_special(const mz_index *index, mz_error *error) {
    for (uint32_t i = 0; i < index->special_count; i++)
        if ((i && index->special[i - 1] >= index->special[i]) || index->special[i] >= index->word_count)
            return damaged(error, MZ_SECTION_SPECIAL, "a word");
    return MZ_OK;
}

static const mz_section table_sections[] = {MZ_SECTION_SKELETONS, MZ_SECTION_JOINS, MZ_SECTION_GROUPS,
                                            MZ_SECTION_IDENTIFIERS, MZ_SECTION_IDS};
enum { TABLES = sizeof table_sections / sizeof *table_sections };

static mz_table *table_of(mz_index *index, size_t number) {
    mz_table *tables[TABLES] = {&index->skeletons, &index->joins, &index->groups, &index->identifiers, &index->ids};
    return tables[number];
}

static mz_status view_table(const mz_index *index, mz_section first, mz_table *ret_table, mz_error *error) {
    uint64_t buckets = section_size(index, first) / sizeof(uint32_t);
    unsigned bits = 0;
    while (bits < 32 && (UINT64_C(1) << bits) + 1 < buckets) bits++;
    if ((UINT64_C(1) << bits) + 1 != buckets) return damaged(error, first, "their number");
    *ret_table = (mz_table){.buckets = rows(index, first, NULL),
                            .keys = rows(index, first + MZ_TABLE_KEYS, NULL),
                            .lists = rows(index, first + MZ_TABLE_LISTS, NULL),
                            .bucket_count = buckets - 1,
                            .key_count = section_size(index, first + MZ_TABLE_KEYS) / sizeof(mz_key_row),
                            .list_size = section_size(index, first + MZ_TABLE_LISTS) / sizeof(uint32_t),
                            .bits = bits};
    return MZ_OK;
}

static mz_status check_tables(mz_index *index, mz_error *error) {
    const uint32_t ends[TABLES] = {index->word_count, index->joined_count, index->word_count, index->entity_count,
                                   index->entity_count};
    for (size_t t = 0; t < TABLES; t++) {
        const char *fault = mz_table_fault(table_of(index, t), ends[t]);
        if (fault) return damaged(error, table_sections[t], fault);
    }
    return MZ_OK;
}

static mz_status check_name(const mz_index *index, const mz_name_row *row, uint64_t text_size, uint32_t uses,
                            uint32_t *next, mz_error *error) {
    uint32_t count = (uint32_t)row->word_count + row->legal_count + row->number_count;
    if ((uint64_t)row->text + row->text_size > text_size || row->text_size > MZ_IMAGE_NAME_BYTES ||
        row->entity >= index->entity_count || row->word_count > MZ_NAME_WORDS_MOST ||
        row->legal_count > MZ_NAME_NUMBERS_MOST || row->number_count > MZ_NAME_NUMBERS_MOST || row->organisation > 1 ||
        row->property >= MZ_PROPERTY_COUNT || row->kind >= MZ_NAME_KIND_COUNT || row->culture >= MZ_CULTURE_COUNT ||
        !run_follows(row->first_word, count, uses, next))
        return damaged(error, MZ_SECTION_NAMES, "a name");
    const mz_name_word_row *words = index->name_words + row->first_word;
    for (uint32_t w = 0; w < row->word_count; w++)
        if (words[w].word >= index->word_count || words[w].role > MZ_ROLE_NUMBER)
            return damaged(error, MZ_SECTION_NAME_WORDS, "a word");
    return MZ_OK;
}

static mz_status check_names(const mz_index *index, uint64_t text_size, uint32_t uses, mz_error *error) {
    uint32_t next = 0;
    for (uint32_t i = 0; i < index->name_count; i++) {
        mz_status status = check_name(index, &index->names[i], text_size, uses, &next, error);
        if (status) return status;
    }
    return next == uses ? MZ_OK : damaged(error, MZ_SECTION_NAME_WORDS, "their number");
}

static mz_status check_traits(const mz_index *index, uint64_t text_size, mz_error *error) {
    for (uint32_t i = 0; i < index->trait_count; i++) {
        const mz_trait_row *row = &index->traits[i];
        if (!text_inside(row->text, text_size) || row->property >= MZ_PROPERTY_COUNT ||
            row->kind >= MZ_TRAIT_KIND_COUNT || row->first_day > row->last_day || row->first_day < -1000000 ||
            row->last_day > 1000000)
            return damaged(error, MZ_SECTION_TRAITS, "a trait");
    }
    for (uint32_t i = 0; i < index->beside_count; i++)
        if (index->beside[i] >= index->trait_count) return damaged(error, MZ_SECTION_BESIDE, "a trait");
    return MZ_OK;
}

/* The texts of an entity are inside, and its caption is one of them or its first name. */
static bool texts_inside(const mz_index *index, const mz_entity_row *row, uint64_t text_size, bool named) {
    uint32_t id, reference, caption;
    if (row->text >= text_size) return false;
    const char *at = index->text + row->text, *end = index->text + text_size;
    return mz_image_get_size(&at, end, &id) && mz_image_get_size(&at, end, &reference) &&
           mz_image_get_size(&at, end, &caption) && (caption || named) &&
           (uint64_t)id + reference + (caption ? caption - 1 : 0) <= (uint64_t)(end - at);
}

static mz_status check_entities(const mz_index *index, uint64_t text_size, mz_error *error) {
    for (uint32_t i = 0; i < index->list_count; i++)
        if (!text_inside(index->lists[i].list, text_size) || !text_inside(index->lists[i].version, text_size))
            return damaged(error, MZ_SECTION_LISTS, "a list");
    for (uint32_t i = 0; i < index->entity_count; i++) {
        const mz_entity_row *row = &index->entities[i];
        bool begins = i || (!row->first_name && !row->first_trait);
        mz_run names = mz_index_names_of(index, i), traits = mz_index_traits_of(index, i);
        if (row->list >= index->list_count || row->schema >= MZ_SCHEMA_COUNT || row->searchable > 1 || !begins ||
            names.first > names.end || names.end > index->name_count || traits.first > traits.end ||
            traits.end > index->beside_count || !texts_inside(index, row, text_size, names.first < names.end))
            return damaged(error, MZ_SECTION_ENTITIES, "an entity");
        for (uint32_t n = names.first; n < names.end; n++)
            if (index->names[n].entity != i) return damaged(error, MZ_SECTION_NAMES, "an entity");
    }
    if (index->entity_count) return MZ_OK;
    if (index->name_count) return damaged(error, MZ_SECTION_NAMES, "their number");
    return index->beside_count ? damaged(error, MZ_SECTION_BESIDE, "their number") : MZ_OK;
}

/* Blocks fill the section of records, and hold those of all entities. A block has more than MZ_IMAGE_BLOCK_BYTES only
 * for a single record. That each has as many lines as entities is seen when a record is read. */
static mz_status check_records(const mz_index *index, mz_error *error) {
    if (!index->block_count != !index->entity_count || (!index->block_count && index->records_size))
        return damaged(error, MZ_SECTION_BLOCKS, "their number");
    for (uint32_t i = 0; i < index->block_count; i++) {
        const mz_block_row *row = &index->blocks[i];
        bool last = i + 1 == index->block_count;
        uint64_t end = last ? index->records_size : row[1].offset;
        uint32_t end_entity = last ? index->entity_count : row[1].first_entity;
        bool begins = i || (row->offset == 0 && row->first_entity == 0);
        if (!begins || row->offset >= end || end > index->records_size || row->first_entity >= end_entity ||
            end_entity > index->entity_count || !row->size || row->size > MZ_IMAGE_RECORD_BYTES + 1u ||
            (row->size > MZ_IMAGE_BLOCK_BYTES && end_entity - row->first_entity > 1))
            return damaged(error, MZ_SECTION_BLOCKS, "a block");
    }
    return MZ_OK;
}

/* Each set is made of ones before it and a larger topic, so that going through one ends. */
static mz_status check_listings(const mz_index *index, uint64_t text_size, uint32_t listing_count, mz_error *error) {
    for (uint32_t i = 0; i < index->topic_count; i++)
        if (!text_inside(index->topics[i], text_size)) return damaged(error, MZ_SECTION_TOPICS, "a topic");
    for (uint32_t i = 0; i < index->topic_set_count; i++) {
        const mz_topic_set_row *row = &index->topic_sets[i];
        if (row->topic >= index->topic_count || row->rest > i ||
            (row->rest && index->topic_sets[row->rest - 1].topic >= row->topic))
            return damaged(error, MZ_SECTION_TOPIC_SETS, "a set");
    }
    if (listing_count != index->entity_count) return damaged(error, MZ_SECTION_LISTINGS, "their number");
    for (uint32_t i = 0; i < listing_count; i++)
        if (index->listings[i].first_listed > index->listings[i].last_listed ||
            index->listings[i].topics > index->topic_set_count)
            return damaged(error, MZ_SECTION_LISTINGS, "a listing");
    return MZ_OK;
}

/* As many bits as the base has entities, and zeros behind them. */
static mz_status check_dead(const mz_index *index, mz_error *error) {
    uint32_t entities = mz_index_header(index)->base_entities;
    uint64_t size = section_size(index, MZ_SECTION_DEAD);
    const uint8_t *dead = rows(index, MZ_SECTION_DEAD, NULL);
    if (size != ((uint64_t)entities + 7) / 8) return damaged(error, MZ_SECTION_DEAD, "their number");
    if (entities % 8 && dead[size - 1] >> entities % 8) return damaged(error, MZ_SECTION_DEAD, "bits behind the last");
    return MZ_OK;
}

/* ---- all of it ---- */

/* How many rows there are of what an index has no count of. */
typedef struct extent {
    uint32_t uses, postings, keys, contexts, coded, places, columns, listings;
    uint64_t text_size;
} extent;

/* Where everything is, as the table says, which was looked at. */
static mz_status view(mz_index *index, extent *ret_extent, mz_error *error) {
    index->text = rows(index, MZ_SECTION_TEXT, NULL);
    index->lists = rows(index, MZ_SECTION_LISTS, &index->list_count);
    index->entities = rows(index, MZ_SECTION_ENTITIES, &index->entity_count);
    index->names = rows(index, MZ_SECTION_NAMES, &index->name_count);
    index->name_words = rows(index, MZ_SECTION_NAME_WORDS, &ret_extent->uses);
    index->words = rows(index, MZ_SECTION_WORDS, &index->word_count);
    index->phones = rows(index, MZ_SECTION_PHONES, NULL);
    index->postings = rows(index, MZ_SECTION_POSTINGS, &ret_extent->postings);
    index->keys = rows(index, MZ_SECTION_KEYS, &ret_extent->keys);
    index->contexts = rows(index, MZ_SECTION_CONTEXTS, &ret_extent->contexts);
    index->word_codes = rows(index, MZ_SECTION_WORD_CODES, &ret_extent->coded);
    index->joined = rows(index, MZ_SECTION_JOIN_ROWS, &index->joined_count);
    index->places = rows(index, MZ_SECTION_PLACES, &ret_extent->places);
    index->codes = rows(index, MZ_SECTION_CODES, &index->code_count);
    index->kinds = rows(index, MZ_SECTION_KINDS, NULL);
    index->sound_groups = rows(index, MZ_SECTION_SOUND_GROUPS, &index->sound_group_count);
    index->sound_columns = rows(index, MZ_SECTION_SOUND_COLUMNS, &ret_extent->columns);
    index->special = rows(index, MZ_SECTION_SPECIAL, &index->special_count);
    index->traits = rows(index, MZ_SECTION_TRAITS, &index->trait_count);
    index->beside = rows(index, MZ_SECTION_BESIDE, &index->beside_count);
    index->listings = rows(index, MZ_SECTION_LISTINGS, &ret_extent->listings);
    index->topics = rows(index, MZ_SECTION_TOPICS, &index->topic_count);
    index->topic_sets = rows(index, MZ_SECTION_TOPIC_SETS, &index->topic_set_count);
    index->blocks = rows(index, MZ_SECTION_BLOCKS, &index->block_count);
    index->records = rows(index, MZ_SECTION_RECORDS, NULL);
    index->records_size = section_size(index, MZ_SECTION_RECORDS);
    ret_extent->text_size = section_size(index, MZ_SECTION_TEXT);
    mz_status status = MZ_OK;
    for (size_t t = 0; t < TABLES && !status; t++)
        status = view_table(index, table_sections[t], table_of(index, t), error);
    return status;
}

static mz_status check_phones(const mz_index *index, mz_error *error) {
    for (uint64_t i = 0, n = section_size(index, MZ_SECTION_PHONES); i < n; i++)
        if (index->phones[i] >= MZ_PHONE_COUNT) return damaged(error, MZ_SECTION_PHONES, "a phone");
    return MZ_OK;
}

static mz_status check_vocabulary(mz_index *index, const extent *of, mz_error *error) {
    mz_status status = check_phones(index, error);
    if (!status) status = check_words(index, of->text_size, error);
    if (!status) status = check_codes(index, of->coded, error);
    if (!status) status = check_sounds(index, of->columns, error);
    return status ? status : check_special(index, error);
}

static mz_status check_lists_of_names(mz_index *index, const extent *of, mz_error *error) {
    if (of->keys != of->postings) return damaged(error, MZ_SECTION_KEYS, "their number");
    return check_postings(index, of->contexts, of->postings, of->places, error);
}

static mz_status check_all_names(mz_index *index, const extent *of, mz_error *error) {
    return check_names(index, of->text_size, of->uses, error);
}

static mz_status check_all_entities(mz_index *index, const extent *of, mz_error *error) {
    mz_status status = check_records(index, error);
    if (!status) status = check_traits(index, of->text_size, error);
    if (!status) status = check_entities(index, of->text_size, error);
    if (!status) status = check_listings(index, of->text_size, of->listings, error);
    return status ? status : check_dead(index, error);
}

static mz_status check_all_tables(mz_index *index, const extent *of, mz_error *error) {
    (void)of;
    return check_tables(index, error);
}

/* No part needs that another one was found good; the longest come first. */
static mz_status (*const parts[])(mz_index *index, const extent *of, mz_error *error) = {
    check_all_names, check_lists_of_names, check_all_entities, check_vocabulary, check_all_tables};
enum { PARTS = sizeof parts / sizeof *parts, STEPS = MZ_SECTION_COUNT + PARTS, THREADS_MOST = 16 };

/* Steps of the check: the checksums of the sections, then the parts. */
typedef struct checking {
    mz_index *index;
    const extent *of;
    atomic_size_t next;
    mz_status status[STEPS];
    mz_error errors[STEPS];
} checking;

static mz_status check_step(const checking *all, size_t step, mz_error *error) {
    if (step >= MZ_SECTION_COUNT) return parts[step - MZ_SECTION_COUNT](all->index, all->of, error);
    const mz_section_row *row = &mz_index_header(all->index)->sections[step];
    bool right = XXH3_64bits(all->index->bytes + row->offset, row->size) == row->checksum;
    return right ? MZ_OK : damaged(error, (mz_section)step, "checksum");
}

static void *take_steps(void *context) {
    checking *all = context;
    for (size_t step; (step = atomic_fetch_add(&all->next, 1)) < STEPS;)
        all->status[step] = check_step(all, step, &all->errors[step]);
    return NULL;
}

/* By all processors. What is told is the first step that failed, whoever took it. */
static mz_status check_together(checking *all, mz_error *error) {
    pthread_t helpers[THREADS_MOST];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    size_t count = 0;
    while (count < THREADS_MOST && (long)count + 1 < processors &&
           pthread_create(&helpers[count], NULL, take_steps, all) == 0)
        count++;
    (void)take_steps(all);
    while (count > 0) (void)pthread_join(helpers[--count], NULL);
    size_t step = 0;
    while (step < STEPS && !all->status[step]) step++;
    if (step == STEPS) return MZ_OK;
    if (error) *error = all->errors[step];
    return all->status[step];
}

static mz_status check_content(mz_index *index, const extent *of, mz_error *error) {
    checking all = {.index = index, .of = of};
    if (index->size >= TOGETHER_BYTES) return check_together(&all, error);
    for (size_t step = 0; step < STEPS; step++) {
        mz_status status = check_step(&all, step, error);
        if (status) return status;
    }
    return MZ_OK;
}

/* What the check finds out on its way, of an image that was checked before. */
static void believe(mz_index *index, const extent *of) {
    index->first_joined = of->postings - of->places;
    index->sound_count = 0;
    for (uint32_t g = 0; g < index->sound_group_count; g++) index->sound_count += index->sound_groups[g].word_count;
}

mz_status mz_image_check_frame(mz_index *index, mz_error *error) {
    mz_status status = check_header(index, error);
    return status ? status : check_places(index, error);
}

mz_status mz_image_check(mz_index *index, bool sealed, mz_error *error) {
    extent of;
    mz_status status = mz_image_check_frame(index, error);
    if (!status) status = view(index, &of, error);
    if (status) return status;
    if (!sealed) return check_content(index, &of, error);
    believe(index, &of);
    return MZ_OK;
}
