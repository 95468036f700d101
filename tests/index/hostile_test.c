/* Images by an enemy, who can compute checksums: numbers in the rows are changed and the checksums made right again, so
 * that only the walk over the rows stands between the file and the program. Each is refused, or may be screened, looked
 * up and read without harm; the address sanitizer sees what "without harm" means. */
#include "index/image.h"

#include "invented_list.h"
#include "mizan/screen.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

static mz_error error;

typedef struct image {
    unsigned char *bytes;
    size_t size;
} image;

static image invented(void) {
    char path[600];
    struct stat facts;
    (void)snprintf(path, sizeof path, "%s/invented.mzi", mz_test_folder());
    CHECK_OK(invented_image(path, &error), error);
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    CHECK(descriptor >= 0 && fstat(descriptor, &facts) == 0);
    image whole = {malloc((size_t)facts.st_size), (size_t)facts.st_size};
    CHECK(whole.bytes != NULL);
    CHECK_INT(whole.size, read(descriptor, whole.bytes, whole.size));
    (void)close(descriptor);
    return whole;
}

static mz_image_header *header_of(const image *of) {
    return (mz_image_header *)(void *)of->bytes;
}

static mz_section_row *section_of(const image *of, mz_section section) {
    return &header_of(of)->sections[section];
}

/* Makes all checksums right. */
static void seal(const image *of) {
    mz_image_header *header = header_of(of);
    for (size_t s = 0; s < MZ_SECTION_COUNT; s++) {
        mz_section_row *row = &header->sections[s];
        if (row->offset <= of->size && row->size <= of->size - row->offset)
            row->checksum = XXH3_64bits(of->bytes + row->offset, row->size);
    }
    header->checksum = 0;
    header->checksum = XXH3_64bits(header, sizeof *header);
}

static mz_status open_image(const image *of, mz_index **ret_index) {
    error = (mz_error){0};
    return mz_index_open_memory(of->bytes, of->size, ret_index, &error);
}

/* Everything that may be done with an image. */
static void use(const mz_index *index, bool exhaustive) {
    static const char *const queries[] = {
        "{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zeinab Morjani\",\"Karim Olghazi\"],\"birthDate\":\"1970\","
        "\"passportNumber\":\"AB123456\",\"nationality\":\"ma\",\"gender\":\"male\",\"birthPlace\":\"Fes\","
        "\"address\":\"7 Lantern Street, Fes\",\"deathDate\":\"2001\",\"idNumber\":\"0047190255\"}}",
        "{\"properties\":{\"name\":[\"Sea Lantern\",\"A. Q.\",\"Atlas Safran Sarl 12\"],\"imoNumber\":\"9074729\"}}",
    };
    mz_index_facts facts;
    mz_screener *screener;
    mz_screen_options options = {.threshold = 0.5, .limit = 20, .exhaustive = exhaustive};
    mz_index_info(index, &facts);
    for (uint32_t i = 0; i < facts.entities; i++) {
        mz_index_entry entry;
        char *json;
        size_t size;
        uint32_t number;
        mz_index_entity(index, i, &entry);
        if (mz_index_record(index, i, &json, &size, NULL) == MZ_OK) free(json);
        if (mz_index_find(index, entry.id, &number, NULL) == MZ_OK) CHECK(number < facts.entities);
    }
    CHECK_OK(mz_screener_new(index, &options, &screener, &error), error);
    for (size_t q = 0; q < sizeof queries / sizeof queries[0]; q++) {
        mz_str answer;
        size_t hits;
        CHECK_OK(mz_screen_json(screener, mz_str_of(queries[q]), &answer, &hits, &error), error);
    }
    mz_screener_free(screener);
}

/* ---- thousands of changes --------------------------------------------------------------------------------------- */

static uint64_t state = 0x9E3779B97F4A7C15u;

static uint32_t chance(uint32_t below) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return (uint32_t)(state >> 33) % below;
}

static uint64_t number(const image *of) {
    switch (chance(6)) {
    case 0: return chance(4);
    case 1: return UINT64_MAX >> chance(64);
    case 2: return chance((uint32_t)of->size);
    case 3: return UINT64_C(1) << chance(64);
    case 4: return section_of(of, (mz_section)chance(MZ_SECTION_COUNT))->size;
    default: return chance(64);
    }
}

static void change_number(const image *of, size_t at, size_t end) {
    static const uint8_t sizes[] = {1, 1, 2, 4, 4, 8};
    size_t size = sizes[chance(sizeof sizes)];
    uint64_t value = number(of);
    at -= at % size;
    if (at + size > end) return;
    if (chance(2)) { /* near to what is there: the end of a run, one too many */
        uint64_t was = 0;
        memcpy(&was, of->bytes + at, size);
        value = was + chance(5) - 2;
    }
    memcpy(of->bytes + at, &value, size);
}

static void mutate(const image *of) {
    for (uint32_t n = 1 + chance(3); n > 0; n--) {
        if (chance(12) == 0) {
            change_number(of, 8 + chance(sizeof(mz_image_header) - 8), sizeof(mz_image_header));
            continue;
        }
        const mz_section_row *row = section_of(of, (mz_section)chance(MZ_SECTION_COUNT));
        bool inside = row->offset <= of->size && row->size <= of->size - row->offset;
        if (inside && row->size) change_number(of, row->offset + chance((uint32_t)row->size), row->offset + row->size);
    }
}

TEST(changed_numbers_are_refused_or_harmless) {
    enum { CHANGES = 6000 };
    image whole = invented(), changed = {malloc(whole.size), whole.size};
    size_t opened = 0, refused = 0;
    CHECK(changed.bytes != NULL);
    for (int i = 0; i < CHANGES; i++) {
        mz_index *index;
        mz_test_case("change %d", i);
        memcpy(changed.bytes, whole.bytes, whole.size);
        mutate(&changed);
        seal(&changed);
        mz_status status = open_image(&changed, &index);
        if (status) {
            CHECK_INT(MZ_ERR_INPUT, status);
            CHECK(error.text[0] != '\0');
            refused++;
            continue;
        }
        opened++;
        use(index, i % 4 == 0);
        mz_index_close(index);
    }
    CHECK(refused > CHANGES / 4); /* else the changes were too tame … */
    CHECK(opened > CHANGES / 20); /* … or nothing was ever used */
    printf("# %zu refused, %zu used\n", refused, opened);
    free(changed.bytes);
    free(whole.bytes);
}

/* ---- one by one: what each check is for ------------------------------------------------------------------------- */

#define FIELD(type, field) offsetof(type, field), sizeof(((type *)NULL)->field)

TEST(each_number_that_leads_astray_is_refused) {
    static const struct {
        mz_section section;
        uint32_t row;
        size_t offset, size;
        uint64_t value;
        const char *reason;
    } cases[] = {
        {MZ_SECTION_LISTS, 0, FIELD(mz_list_row, list.offset), UINT32_MAX, "lists"},
        {MZ_SECTION_ENTITIES, 1, FIELD(mz_entity_row, text), UINT32_MAX, "entities"},
        {MZ_SECTION_ENTITIES, 1, FIELD(mz_entity_row, list), 1, "entities"},
        {MZ_SECTION_ENTITIES, 1, FIELD(mz_entity_row, schema), MZ_SCHEMA_COUNT, "entities"},
        {MZ_SECTION_ENTITIES, 1, FIELD(mz_entity_row, searchable), 2, "entities"},
        {MZ_SECTION_ENTITIES, 0, FIELD(mz_entity_row, first_name), 1, "entities"},
        {MZ_SECTION_ENTITIES, 0, FIELD(mz_entity_row, first_trait), 1, "entities"},
        {MZ_SECTION_ENTITIES, 1, FIELD(mz_entity_row, first_name), 0, "entities"},
        {MZ_SECTION_ENTITIES, 1, FIELD(mz_entity_row, first_name), UINT32_MAX, "entities"},
        {MZ_SECTION_ENTITIES, 1, FIELD(mz_entity_row, first_trait), UINT32_MAX, "entities"},
        {MZ_SECTION_NAMES, 1, FIELD(mz_name_row, entity), 1, "an entity"},
        {MZ_SECTION_NAMES, 1, FIELD(mz_name_row, text), UINT32_MAX, "names"},
        {MZ_SECTION_NAMES, 1, FIELD(mz_name_row, text_size), MZ_IMAGE_NAME_BYTES + 1, "names"},
        {MZ_SECTION_NAMES, 1, FIELD(mz_name_row, word_count), MZ_NAME_WORDS_MOST + 1, "names"},
        {MZ_SECTION_NAMES, 1, FIELD(mz_name_row, first_word), 0, "names"},
        {MZ_SECTION_NAMES, 1, offsetof(mz_name_row, word_count) + 1, 1, MZ_NAME_NUMBERS_MOST + 1, "names"},
        {MZ_SECTION_NAMES, 1, offsetof(mz_name_row, word_count) + 1, 1, (MZ_NAME_NUMBERS_MOST + 1) << 4, "names"},
        {MZ_SECTION_NAMES, 1, offsetof(mz_name_row, word_count) + 1, 1, 8 << 4, "names"},
        {MZ_SECTION_NAMES, 1, FIELD(mz_name_row, property), MZ_PROPERTY_COUNT, "names"},
        {MZ_SECTION_NAMES, 1, FIELD(mz_name_row, kind), MZ_NAME_KIND_COUNT, "names"},
        {MZ_SECTION_NAMES, 1, FIELD(mz_name_row, culture), MZ_CULTURE_COUNT, "names"},
        {MZ_SECTION_NAMES, 1, FIELD(mz_name_row, organisation), 2, "names"},
        {MZ_SECTION_NAME_WORDS, 0, 0, 3, 0xFFFFFF, "name words"},
        {MZ_SECTION_NAME_WORDS, 0, 3, 1, 0xF0, "name words"},
        {MZ_SECTION_BESIDE, 0, 0, 4, UINT32_MAX, "beside"},
        {MZ_SECTION_WORDS, 2, FIELD(mz_word_row, phones), UINT32_MAX, "words"},
        {MZ_SECTION_WORDS, 2, FIELD(mz_word_row, phone_count), MZ_PHONES_MOST + 1, "words"},
        {MZ_SECTION_WORDS, 2, FIELD(mz_word_row, bare), 255, "words"},
        {MZ_SECTION_WORDS, 2, FIELD(mz_word_row, system), MZ_SOUND_SYSTEM_COUNT, "words"},
        {MZ_SECTION_KINDS, 2, 0, 1, 255, "kinds"},
        {MZ_SECTION_SOUND_GROUPS, 0, FIELD(mz_sound_group, first_word), 1, "sound columns"},
        {MZ_SECTION_SOUND_GROUPS, 0, FIELD(mz_sound_group, word_count), 0, "sound columns"},
        {MZ_SECTION_SOUND_GROUPS, 0, FIELD(mz_sound_group, word_count), 1000, "sound columns"},
        {MZ_SECTION_SOUND_GROUPS, 0, FIELD(mz_sound_group, word_count), UINT32_MAX, "sound columns"},
        {MZ_SECTION_SOUND_GROUPS, 0, FIELD(mz_sound_group, first_phone), UINT32_MAX, "sound columns"},
        {MZ_SECTION_SOUND_GROUPS, 0, FIELD(mz_sound_group, first_column), UINT32_MAX, "sound columns"},
        {MZ_SECTION_SOUND_GROUPS, 0, FIELD(mz_sound_group, system), 255, "sound columns"},
        {MZ_SECTION_SOUND_GROUPS, 0, FIELD(mz_sound_group, bare), 1, "sound columns"},
        {MZ_SECTION_SOUND_GROUPS, 0, FIELD(mz_sound_group, phone_count), 0, "sound columns"},
        {MZ_SECTION_SOUND_GROUPS, 0, FIELD(mz_sound_group, phone_count), 255, "sound columns"},
        {MZ_SECTION_SOUND_GROUPS, 0, FIELD(mz_sound_group, reserved), 1, "sound columns"},
        {MZ_SECTION_SOUND_GROUPS, 1, FIELD(mz_sound_group, first_word), 0, "sound columns"},
        {MZ_SECTION_SOUND_COLUMNS, 0, 0, 1, 0, "sound columns"},
        {MZ_SECTION_SOUND_COLUMNS, 0, 63, 1, 0, "sound columns"},
        {MZ_SECTION_WORDS, 2, FIELD(mz_word_row, class), MZ_WORD_CLASS_COUNT, "words"},
        {MZ_SECTION_WORDS, 2, FIELD(mz_word_row, script), 255, "words"},
        {MZ_SECTION_WORDS, 2, FIELD(mz_word_row, first_posting), 0, "postings"},
        {MZ_SECTION_WORDS, 2, FIELD(mz_word_row, posting_count), UINT32_MAX, "postings"},
        {MZ_SECTION_PHONES, 0, 0, 1, MZ_PHONE_COUNT, "phones"},
        {MZ_SECTION_POSTINGS, 0, 0, 4, UINT32_MAX, "postings"},
        {MZ_SECTION_SKELETONS + MZ_TABLE_BUCKETS, 0, 0, 4, 1, "skeletons"},
        {MZ_SECTION_SKELETONS + MZ_TABLE_BUCKETS, 1, 0, 4, UINT32_MAX, "skeletons"},
        {MZ_SECTION_SKELETONS + MZ_TABLE_KEYS, 0, FIELD(mz_key_row, tag), UINT32_MAX, "skeletons"},
        {MZ_SECTION_SKELETONS + MZ_TABLE_LISTS, 0, 0, 4, 1, "skeletons"},
        {MZ_SECTION_SKELETONS + MZ_TABLE_LISTS, 0, 0, 4, UINT32_MAX, "skeletons"},
        {MZ_SECTION_SKELETONS + MZ_TABLE_LISTS, 1, 0, 4, UINT32_MAX, "skeletons"},
        {MZ_SECTION_SKELETONS + MZ_TABLE_LISTS, 2, 0, 4, 0, "skeletons"},
        {MZ_SECTION_JOINS + MZ_TABLE_KEYS, 1, FIELD(mz_key_row, at), UINT32_MAX, "joins"},
        {MZ_SECTION_JOINS + MZ_TABLE_BUCKETS, 2, 0, 4, 0, "joins"},
        {MZ_SECTION_GROUPS + MZ_TABLE_KEYS, 0, FIELD(mz_key_row, at), UINT32_MAX, "groups"},
        {MZ_SECTION_SPECIAL, 0, 0, 4, UINT32_MAX, "special"},
        {MZ_SECTION_TRAITS, 0, FIELD(mz_trait_row, property), MZ_PROPERTY_COUNT, "traits"},
        {MZ_SECTION_TRAITS, 0, FIELD(mz_trait_row, first_day), 0x80000000u, "traits"},
        {MZ_SECTION_TRAITS, 0, FIELD(mz_trait_row, last_day), 0x80000000u, "traits"},
        {MZ_SECTION_IDENTIFIERS + MZ_TABLE_KEYS, 0, FIELD(mz_key_row, at), UINT32_MAX, "identifiers"},
        {MZ_SECTION_IDS + MZ_TABLE_KEYS, 0, FIELD(mz_key_row, at), INVENTED_RECORDS, "ids"},
        {MZ_SECTION_IDS + MZ_TABLE_BUCKETS, 0, 0, 4, 1, "ids"},
        {MZ_SECTION_TOPICS, 1, FIELD(mz_text_ref, size), UINT32_MAX, "a topic"},
        {MZ_SECTION_TOPIC_SETS, 1, FIELD(mz_topic_set_row, topic), 2, "a set"},
        {MZ_SECTION_TOPIC_SETS, 1, FIELD(mz_topic_set_row, topic), 0, "a set"},
        {MZ_SECTION_TOPIC_SETS, 1, FIELD(mz_topic_set_row, rest), 2, "a set"},
        {MZ_SECTION_TOPIC_SETS, 0, FIELD(mz_topic_set_row, rest), 1, "a set"},
        {MZ_SECTION_LISTINGS, 1, FIELD(mz_listing_row, topics), 3, "a listing"},
        {MZ_SECTION_LISTINGS, 1, FIELD(mz_listing_row, first_listed), INT32_MAX, "a listing"},
        {MZ_SECTION_BLOCKS, 0, FIELD(mz_block_row, offset), 1, "blocks"},
        {MZ_SECTION_BLOCKS, 0, FIELD(mz_block_row, first_entity), 1, "blocks"},
        {MZ_SECTION_BLOCKS, 0, FIELD(mz_block_row, size), 0, "blocks"},
        {MZ_SECTION_BLOCKS, 0, FIELD(mz_block_row, size), UINT32_MAX, "blocks"},
    };
    image whole = invented();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_index *index = NULL;
        const mz_section_row *section = section_of(&whole, cases[i].section);
        unsigned char *at = whole.bytes + section->offset + (size_t)cases[i].row * section->row_size + cases[i].offset;
        uint64_t was = 0;
        mz_test_case("%s, row %u, byte %zu", mz_section_name(cases[i].section), cases[i].row, cases[i].offset);
        CHECK((size_t)(cases[i].row + 1) * section->row_size <= section->size);
        memcpy(&was, at, cases[i].size);
        memcpy(at, &cases[i].value, cases[i].size);
        seal(&whole);
        mz_status status = open_image(&whole, &index);
        mz_index_close(index);
        CHECK_INT(MZ_ERR_INPUT, status);
        if (!strstr(error.text, cases[i].reason)) CHECK_TEXT(cases[i].reason, error.text);
        memcpy(at, &was, cases[i].size);
    }
    free(whole.bytes);
}

TEST(sections_must_lie_where_they_belong) {
    image whole = invented();
    for (size_t s = 0; s < MZ_SECTION_COUNT; s++) {
        mz_section_row *row = section_of(&whole, (mz_section)s), was = *row;
        const mz_section_row changes[] = {
            {was.offset + 64, was.size, 0, was.row_size, 0}, {was.offset - 64, was.size, 0, was.row_size, 0},
            {was.offset + 1, was.size, 0, was.row_size, 0},  {UINT64_MAX - 63, was.size, 0, was.row_size, 0},
            {was.offset, UINT64_MAX, 0, was.row_size, 0},    {was.offset, whole.size, 0, was.row_size, 0},
            {was.offset, was.size, 0, was.row_size + 1, 0},  {was.offset, was.size, 0, 0, 0},
            {was.offset, was.size + 64, 0, was.row_size, 0},
        };
        for (size_t c = 0; c < sizeof changes / sizeof changes[0]; c++) {
            mz_index *index = NULL;
            mz_test_case("%s, change %zu", mz_section_name((mz_section)s), c);
            *row = changes[c];
            seal(&whole);
            mz_status status = open_image(&whole, &index);
            mz_index_close(index);
            CHECK_INT(MZ_ERR_INPUT, status);
        }
        *row = was;
    }
    free(whole.bytes);
}

/* A block that says it holds more or less than it does is told when it is read; one of several records that says it is
 * larger than such blocks are made, at once: no record costs more than its own size to look at. */
TEST(a_block_that_lies_about_its_size_is_told_when_it_is_read) {
    static const uint32_t sizes[] = {MZ_IMAGE_BLOCK_BYTES, 300, 1};
    image whole = invented();
    mz_block_row *block = (void *)(whole.bytes + section_of(&whole, MZ_SECTION_BLOCKS)->offset);
    mz_index *index;
    CHECK_INT(sizeof *block, section_of(&whole, MZ_SECTION_BLOCKS)->size);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char *json = NULL;
        size_t size;
        mz_test_case("%u bytes", sizes[i]);
        block->size = sizes[i];
        seal(&whole);
        CHECK_OK(open_image(&whole, &index), error);
        CHECK_INT(MZ_ERR_INPUT, mz_index_record(index, 3, &json, &size, &error));
        CHECK(strstr(error.text, "damaged (record of entity 3)") != NULL && json == NULL);
        mz_index_close(index);
    }
    block->size = MZ_IMAGE_BLOCK_BYTES + 1;
    seal(&whole);
    CHECK_INT(MZ_ERR_INPUT, open_image(&whole, &index));
    free(whole.bytes);
}

TEST_MAIN()
