/* Building on several threads, in batches of any number, with next to nothing held in memory: the same records give the
 * same bytes, and what fails on the way is told and leaves nothing behind. */
#include "index/build.h"

#include "base/error.h"
#include "entity/record.h"
#include "index/seal.h"
#include "mizan/screen.h"
#include "test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { RECORDS = 700 };

static mz_error error;

static const char *const syllables[] = {"ba", "rim", "zo", "lek", "ta", "mun", "di", "sor", "qa", "vel", "ghi", "nas"};

static char *path_of(char room[600], const char *name) {
    (void)snprintf(room, 600, "%s/%s", mz_test_folder(), name);
    return room;
}

/* An invented name of two to four words, of those that the number tells. */
static size_t name_of(uint32_t number, char *into, size_t size) {
    uint64_t state = (number + 1) * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = 0, words = 2 + number % 3;
    for (size_t w = 0; w < words; w++) {
        at += (size_t)snprintf(into + at, size - at, "%s%c", w ? " " : "", 'A' + (int)((state >> 40) % 26));
        for (size_t s = 0; s < 2 + w % 2; s++, state ^= state << 13, state ^= state >> 7, state ^= state << 17)
            at += (size_t)snprintf(into + at, size - at, "%s", syllables[(state >> 33) % 12]);
    }
    return at;
}

static mz_status add_record(mz_index_builder *image, mz_builder *builder, uint32_t number) {
    char id[32], text[200];
    const mz_record *record;
    bool firm = number % 7 == 0;
    (void)snprintf(id, sizeof id, "t-%u", number);
    mz_builder_start(builder, number % 3 ? MZ_STR("odd") : MZ_STR("even"));
    mz_builder_reference(builder, mz_str_of(id + 2));
    unsigned e =
        mz_builder_entity(builder, firm ? MZ_SCHEMA_Company : MZ_SCHEMA_Person, mz_str_of(id), (mz_position){0});
    (void)mz_builder_add(builder, e, MZ_PROP_name, (mz_str){text, name_of(number, text, sizeof text)},
                         (mz_position){0});
    (void)mz_builder_add(builder, e, MZ_PROP_alias, (mz_str){text, name_of(number / 2 + 9000, text, sizeof text)},
                         (mz_position){0});
    (void)snprintf(text, sizeof text, "19%02u-%02u-01", number % 90 + 10, number % 12 + 1);
    if (!firm) (void)mz_builder_add(builder, e, MZ_PROP_birthDate, mz_str_of(text), (mz_position){0});
    (void)mz_builder_add(builder, e, MZ_PROP_country, number % 2 ? MZ_STR("ma") : MZ_STR("tn"), (mz_position){0});
    (void)snprintf(text, sizeof text, "AB%06u", number * 37);
    (void)mz_builder_add(builder, e, MZ_PROP_passportNumber, mz_str_of(text), (mz_position){0});
    (void)snprintf(text, sizeof text, "note %u about nothing in particular", number);
    (void)mz_builder_add(builder, e, MZ_PROP_notes, mz_str_of(text), (mz_position){0});
    mz_status status = mz_builder_finish(builder, &record, &error);
    return status ? status : mz_index_builder_add(image, record, &error);
}

/* The image as bytes; its size is returned. */
static size_t built(const char *name, const mz_build_limits *limits, unsigned char **ret_bytes) {
    char path[600];
    mz_index_builder *image;
    mz_builder *builder;
    CHECK_OK(mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &builder, &error), error);
    CHECK_OK(mz_index_builder_new(path_of(path, name), &image, &error), error);
    if (limits) mz_index_builder_limit(image, limits);
    for (uint32_t i = 0; i < RECORDS; i++) {
        CHECK_OK(add_record(image, builder, i), error);
        if (i % 50 == 0) /* told at any time, with the records before it still on their way */
            CHECK_OK(mz_index_builder_list(image, MZ_STR("odd"), MZ_STR("version"), 1700000000 + i, &error), error);
    }
    CHECK_OK(mz_index_builder_finish(image, &error), error);
    mz_index_builder_free(image);
    mz_builder_free(builder);
    mz_buffer bytes;
    mz_buffer_init(&bytes, 1 << 26);
    CHECK_OK(mz_file_read(path, &bytes, &error), error);
    *ret_bytes = (unsigned char *)bytes.data;
    return bytes.size;
}

TEST(neither_threads_nor_memory_change_a_byte) {
    static const mz_build_limits all[] = {
        {1, 20, 1 << 20, MZ_SPILL_HELD_BYTES, 64 << 20, SIZE_MAX},
        {2, 20, 1 << 20, MZ_SPILL_HELD_BYTES, 64 << 20, SIZE_MAX},
        {8, 20, 1 << 20, MZ_SPILL_HELD_BYTES, 64 << 20, SIZE_MAX},
        {1, 20, 1 << 20, 100, 1000, SIZE_MAX},
        {3, 20, 1 << 20, 0, 0, SIZE_MAX},
        {16, 20, 1 << 20, 5000, 12, 0},
    };
    unsigned char *first, *bytes;
    size_t size = built("0.mzi", &all[0], &first);
    for (size_t i = 1; i < sizeof all / sizeof *all; i++) {
        mz_test_case("%u threads, %zu bytes held", all[i].threads, all[i].held_bytes);
        CHECK_INT(size, built("1.mzi", &all[i], &bytes));
        CHECK(memcmp(first, bytes, size) == 0);
        free(bytes);
    }
    free(first);
}

/* Batches decide which records are compressed together, and nothing else. */
TEST(every_record_is_found_whatever_the_batches) {
    static const size_t batches[] = {1, 7, 64, RECORDS, 100000};
    for (size_t b = 0; b < sizeof batches / sizeof *batches; b++) {
        char path[600];
        unsigned char *bytes;
        mz_index *index;
        mz_test_case("%zu records", batches[b]);
        const mz_build_limits limits = {2, batches[b], 1 << 20, 1000, 1 << 16, SIZE_MAX};
        (void)built("b.mzi", &limits, &bytes);
        free(bytes);
        CHECK_OK(mz_index_open(path_of(path, "b.mzi"), &index, &error), error);
        mz_index_facts facts;
        mz_index_info(index, &facts);
        CHECK_INT(RECORDS, facts.entities);
        CHECK_INT(2, facts.list_count);
        CHECK_INT(RECORDS, facts.lists[0].entities + facts.lists[1].entities);
        for (uint32_t i = 0; i < RECORDS; i++) {
            char id[32], text[200], *json;
            size_t size;
            uint32_t number;
            mz_index_entry entry;
            (void)snprintf(id, sizeof id, "t-%u", i);
            CHECK_OK(mz_index_find(index, mz_str_of(id), &number, &error), error);
            CHECK_INT(i, number);
            mz_index_entity(index, i, &entry);
            mz_str caption = {text, name_of(i, text, sizeof text)};
            CHECK_STR(caption, entry.caption);
            CHECK_STR(mz_str_of(id + 2), entry.reference);
            CHECK_OK(mz_index_record(index, i, &json, &size, &error), error);
            CHECK(strstr(json, id) != NULL && strlen(json) == size);
            free(json);
        }
        mz_index_close(index);
    }
}

TEST(what_a_screen_tells_of_a_name_is_where_it_stands_in_it) {
    unsigned char *bytes;
    mz_index *index;
    mz_screener *screener;
    const mz_screening *found;
    char path[600], text[200];
    (void)built("s.mzi", NULL, &bytes);
    free(bytes);
    CHECK_OK(mz_index_open(path_of(path, "s.mzi"), &index, &error), error);
    const mz_screen_options options = {.threshold = 0.9, .limit = 10};
    CHECK_OK(mz_screener_new(index, &options, &screener, &error), error);
    size_t size = name_of(33, text, sizeof text);
    CHECK_OK(mz_screen_name(screener, MZ_SCHEMA_Person, (mz_str){text, size}, &found, &error), error);
    CHECK(found->hit_count > 0);
    CHECK_INT(33, found->hits[0].number);
    CHECK(found->hits[0].score > 0.99);
    const mz_hit *hit = &found->hits[0];
    for (size_t i = 0; i < hit->evidence_count && hit->evidence[i].property == MZ_PROP_name; i++) {
        const mz_evidence *evidence = &hit->evidence[i];
        CHECK_STR(evidence->query, evidence->entity);
        CHECK(evidence->entity.size > 4 && evidence->entity.data >= hit->entity_name.data);
        CHECK(evidence->entity.data + evidence->entity.size <= hit->entity_name.data + hit->entity_name.size);
    }
    CHECK(hit->evidence_count > 1);
    mz_screener_free(screener);
    mz_index_close(index);
}

static int entries(const char *folder) {
    int count = 0;
    DIR *open_folder = opendir(folder);
    CHECK(open_folder != NULL);
    for (const struct dirent *entry; (entry = readdir(open_folder));) count += entry->d_name[0] != '.';
    (void)closedir(open_folder);
    return count;
}

TEST(a_large_image_is_sealed_when_it_is_built) {
    static const mz_build_limits sealing = {1, 100, 1 << 20, 1 << 20, 1 << 20, 0};
    static const mz_opening how = {.seal_least_bytes = 0};
    char path[600], seal[620];
    unsigned char *bytes;
    struct stat before, behind;
    mz_index *index;
    (void)built("sealed.mzi", &sealing, &bytes);
    free(bytes);
    (void)snprintf(seal, sizeof seal, "%s.seal", path_of(path, "sealed.mzi"));
    CHECK(stat(seal, &before) == 0);
    CHECK_OK(mz_index_open_as(path, &how, &index, &error), error);
    mz_index_close(index);
    CHECK(stat(seal, &behind) == 0);
    CHECK_INT(before.st_ino, behind.st_ino); /* it was believed, else there were another one */
}

TEST(who_gives_up_halfway_leaves_nothing) {
    char path[600];
    mz_index_builder *image;
    mz_builder *builder;
    const mz_build_limits limits = {4, 10, 1 << 20, 0, 0, 0};
    int before = entries(mz_test_folder());
    CHECK_OK(mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &builder, &error), error);
    CHECK_OK(mz_index_builder_new(path_of(path, "never.mzi"), &image, &error), error);
    mz_index_builder_limit(image, &limits);
    for (uint32_t i = 0; i < 95; i++) CHECK_OK(add_record(image, builder, i), error);
    mz_index_builder_free(image);
    mz_builder_free(builder);
    CHECK_INT(before, entries(mz_test_folder()));
}

TEST_MAIN()
