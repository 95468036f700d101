/* The image file: the same records give the same bytes, everything comes back, and what is not whole is refused. */
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

static const char *path_of(const char *name) {
    static char paths[4][600];
    static unsigned next;
    char *path = paths[next++ % 4];
    (void)snprintf(path, sizeof paths[0], "%s/%s", mz_test_folder(), name);
    return path;
}

/* The bytes of a file in memory of just their size, aligned; to be freed. */
static unsigned char *bytes_of(const char *path, size_t *ret_size) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    CHECK(descriptor >= 0);
    struct stat facts;
    CHECK(fstat(descriptor, &facts) == 0);
    *ret_size = (size_t)facts.st_size;
    unsigned char *copy = malloc(*ret_size + 1);
    CHECK(copy != NULL);
    CHECK_INT(*ret_size, read(descriptor, copy, *ret_size));
    (void)close(descriptor);
    return copy;
}

static unsigned char *invented_bytes(size_t *ret_size) {
    CHECK_OK(invented_image(path_of("invented.mzi"), &error), error);
    return bytes_of(path_of("invented.mzi"), ret_size);
}

static void check_refused(const void *bytes, size_t size) {
    mz_index *index = NULL;
    error = (mz_error){0};
    mz_status status = mz_index_open_memory(bytes, size, &index, &error);
    if (!status) mz_index_close(index);
    CHECK_INT(MZ_ERR_INPUT, status);
    CHECK(error.text[0] != '\0');
}

/* ---- what comes back -------------------------------------------------------------------------------------------- */

TEST(the_same_records_give_the_same_bytes) {
    size_t size, again_size;
    unsigned char *bytes = invented_bytes(&size);
    CHECK_OK(invented_image(path_of("again.mzi"), &error), error);
    unsigned char *again = bytes_of(path_of("again.mzi"), &again_size);
    CHECK_INT(size, again_size);
    CHECK(memcmp(bytes, again, size) == 0);
    free(bytes);
    free(again);
}

TEST(every_record_and_every_id_comes_back) {
    mz_index *index;
    mz_builder *builder;
    mz_buffer expected;
    CHECK_OK(invented_image(path_of("invented.mzi"), &error), error);
    CHECK_OK(mz_index_open(path_of("invented.mzi"), &index, &error), error);
    CHECK_OK(mz_builder_new(1 << 20, MZ_DATE_DAY_FIRST, &builder, &error), error);
    mz_buffer_init(&expected, 1 << 20);
    for (uint32_t i = 0; i < INVENTED_RECORDS; i++) {
        const mz_record *record;
        char *json = NULL;
        size_t size = 0;
        uint32_t number = UINT32_MAX;
        mz_index_entry entry;
        mz_test_case("%s", invented_list[i].id);
        CHECK_OK(invented_build(&invented_list[i], builder, &record, &error), error);
        mz_buffer_clear(&expected);
        mz_record_write_json(record, &expected);
        CHECK_OK(mz_index_record(index, i, &json, &size, &error), error);
        CHECK_STR(mz_buffer_view(&expected), ((mz_str){json, size}));
        CHECK_INT(0, json[size]);
        free(json);
        CHECK_OK(mz_index_find(index, mz_str_of(invented_list[i].id), &number, &error), error);
        CHECK_INT(i, number);
        mz_index_entity(index, i, &entry);
        CHECK_STR(mz_str_of(invented_list[i].id), entry.id);
        CHECK_STR(MZ_STR("invented"), entry.list);
        CHECK_STR(record->caption, entry.caption);
        CHECK_STR(record->reference, entry.reference);
        CHECK_INT(invented_list[i].schema, entry.schema);
    }
    mz_buffer_done(&expected);
    mz_builder_free(builder);
    mz_index_close(index);
}

TEST(what_is_not_there_is_not_found) {
    static const char *const unknown[] = {"", "inv", "inv-", "inv-00", "inv-010", "inv-17", "INV-01", "zzz", "\xFF"};
    mz_index *index;
    uint32_t number = 77;
    char *json = NULL;
    size_t size;
    CHECK_OK(invented_image(path_of("invented.mzi"), &error), error);
    CHECK_OK(mz_index_open(path_of("invented.mzi"), &index, &error), error);
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        mz_test_case("%s", unknown[i]);
        CHECK_INT(MZ_ERR_NOT_FOUND, mz_index_find(index, mz_str_of(unknown[i]), &number, &error));
        CHECK_INT(77, number);
    }
    CHECK_INT(MZ_ERR_ARGUMENT, mz_index_record(index, INVENTED_RECORDS, &json, &size, &error));
    CHECK_INT(MZ_ERR_ARGUMENT, mz_index_record(index, UINT32_MAX, &json, &size, &error));
    mz_index_close(index);
}

TEST(the_facts_of_an_image) {
    mz_index *index;
    mz_index_facts facts;
    CHECK_OK(invented_image(path_of("invented.mzi"), &error), error);
    CHECK_OK(mz_index_open(path_of("invented.mzi"), &index, &error), error);
    mz_index_info(index, &facts);
    CHECK_INT(INVENTED_RECORDS, facts.entities);
    CHECK_INT(19, facts.names);
    CHECK_INT(MZ_IMAGE_VERSION, facts.format_version);
    CHECK_INT(1, facts.list_count);
    CHECK_STR(MZ_STR("invented"), facts.lists[0].list);
    CHECK_STR(MZ_STR("v1"), facts.lists[0].version);
    CHECK_INT(1700000000, facts.lists[0].published);
    CHECK_INT(INVENTED_RECORDS, facts.lists[0].entities);
    mz_index_close(index);
}

/* ---- building --------------------------------------------------------------------------------------------------- */

typedef struct bench {
    mz_index_builder *image;
    mz_builder *record;
    const char *path;
} bench;

static bench begin(const char *name) {
    bench b = {.path = path_of(name)};
    CHECK_OK(mz_index_builder_new(b.path, &b.image, &error), error);
    CHECK_OK(mz_builder_new(32 << 20, MZ_DATE_DAY_FIRST, &b.record, &error), error);
    return b;
}

static void person(bench *b, const char *id) {
    mz_builder_start(b->record, MZ_STR("test"));
    (void)mz_builder_entity(b->record, MZ_SCHEMA_Person, mz_str_of(id), (mz_position){0});
}

static void put(bench *b) {
    const mz_record *record;
    CHECK_OK(mz_builder_finish(b->record, &record, &error), error);
    CHECK_OK(mz_index_builder_add(b->image, record, &error), error);
}

static mz_index *finish(bench *b) {
    mz_index *index;
    CHECK_OK(mz_index_builder_finish(b->image, &error), error);
    mz_index_builder_free(b->image);
    mz_builder_free(b->record);
    CHECK_OK(mz_index_open(b->path, &index, &error), error);
    return index;
}

static size_t hits_of(const mz_index *index, mz_str name) {
    mz_screener *screener;
    const mz_screening *screening;
    mz_screen_options options = MZ_SCREEN_OPTIONS_INIT;
    CHECK_OK(mz_screener_new(index, &options, &screener, &error), error);
    CHECK_OK(mz_screen_name(screener, MZ_SCHEMA_Person, name, &screening, &error), error);
    size_t hits = screening->total_hits;
    mz_screener_free(screener);
    return hits;
}

TEST(an_image_of_nothing_is_an_image) {
    bench b = begin("nothing.mzi");
    mz_index *index = finish(&b);
    uint32_t number;
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_index_find(index, MZ_STR("x"), &number, &error));
    CHECK_INT(0, hits_of(index, MZ_STR("Zaynab Murjani")));
    mz_index_close(index);
}

TEST(of_several_entities_with_one_id_the_first_is_found) {
    bench b = begin("twice.mzi");
    static const char *const ids[] = {"b", "a", "b", "b", "c", "b"};
    for (size_t i = 0; i < sizeof ids / sizeof ids[0]; i++) {
        person(&b, ids[i]);
        put(&b);
    }
    mz_index *index = finish(&b);
    uint32_t number = 0;
    CHECK_OK(mz_index_find(index, MZ_STR("b"), &number, &error), error);
    CHECK_INT(0, number);
    mz_index_close(index);
}

TEST(names_of_any_length_are_kept_and_found_by_their_beginning) {
    bench b = begin("long.mzi");
    static char long_name[5001], umlauts[5001];
    memset(long_name, 0, sizeof long_name);
    while (strlen(long_name) + 12 < 5000) (void)strcat(long_name, "Murjani Tazi ");
    long_name[strlen(long_name) - 1] = '\0'; /* blanks at the end are not kept */
    for (size_t i = 0; i < 5000; i += 2) memcpy(umlauts + i, "ü", 2);
    person(&b, "long");
    (void)mz_builder_add(b.record, 0, MZ_PROP_name, mz_str_of(long_name), (mz_position){0});
    put(&b);
    person(&b, "one-word");
    (void)mz_builder_add(b.record, 0, MZ_PROP_name, (mz_str){umlauts, 5000}, (mz_position){0});
    put(&b);
    person(&b, "many");
    for (int i = 0; i < 200; i++) {
        char alias[64];
        (void)snprintf(alias, sizeof alias, "%c%c%crom Balaghi", 'A' + i % 26, 'a' + i / 26, 'k' + i % 7);
        (void)mz_builder_add(b.record, 0, MZ_PROP_alias, mz_str_of(alias), (mz_position){0});
    }
    put(&b);
    mz_index *index = finish(&b);
    mz_index_facts facts;
    mz_index_info(index, &facts);
    CHECK_INT(202, facts.names);
    CHECK(hits_of(index, mz_str_of(long_name)) == 1);
    CHECK(hits_of(index, (mz_str){umlauts, 4000}) == 1);
    CHECK(hits_of(index, MZ_STR("Gblrom Balaghi")) >= 1);
    char *json;
    size_t size;
    CHECK_OK(mz_index_record(index, 0, &json, &size, &error), error);
    CHECK(strstr(json, long_name) != NULL);
    free(json);
    mz_index_close(index);
}

TEST(a_record_of_megabytes_stands_between_small_ones) {
    bench b = begin("large.mzi");
    enum { LARGE = 5 << 20 };
    char *notes = malloc(LARGE);
    CHECK(notes != NULL);
    for (size_t i = 0; i < LARGE; i++) notes[i] = (char)('a' + (i * i / 7) % 26);
    person(&b, "before");
    put(&b);
    person(&b, "large");
    (void)mz_builder_add(b.record, 0, MZ_PROP_notes, (mz_str){notes, LARGE}, (mz_position){0});
    put(&b);
    person(&b, "behind");
    put(&b);
    mz_index *index = finish(&b);
    for (uint32_t i = 0; i < 3; i++) {
        char *json = NULL;
        size_t size = 0;
        CHECK_OK(mz_index_record(index, i, &json, &size, &error), error);
        CHECK(i == 1 ? size > LARGE : size < 300);
        char *found = i == 1 ? strstr(json, "\"notes\":[\"") : NULL;
        if (i == 1) CHECK(found && memcmp(found + 10, notes, LARGE) == 0);
        free(json);
    }
    free(notes);
    mz_index_close(index);
}

TEST(a_record_of_more_than_the_limit_is_refused_and_the_rest_stays) {
    bench b = begin("limit.mzi");
    size_t size = MZ_IMAGE_RECORD_BYTES;
    char *notes = malloc(size);
    CHECK(notes != NULL);
    memset(notes, 'x', size);
    mz_fact facts[] = {{.property = MZ_PROP_name, .value = MZ_STR("Zaynab Murjani")},
                       {.property = MZ_PROP_notes, .value = {notes, size}}};
    mz_entity entity = {.id = MZ_STR("large"), .schema = MZ_SCHEMA_Person, .facts = facts, .fact_count = 2};
    mz_record record = {.list = MZ_STR("test"), .entities = &entity, .entity_count = 1};
    CHECK_INT(MZ_ERR_LIMIT, mz_index_builder_add(b.image, &record, &error));
    CHECK(strstr(error.text, "64 MiB") != NULL);
    person(&b, "small");
    put(&b);
    mz_index *index = finish(&b);
    CHECK_INT(0, hits_of(index, MZ_STR("Zaynab Murjani")));
    mz_index_close(index);
    free(notes);
}

TEST(a_refused_record_leaves_no_name_to_the_next) {
    bench b = begin("refused.mzi");
    mz_fact facts[] = {{.property = MZ_PROP_name, .value = MZ_STR("Zaynab Murjani")},
                       {.property = MZ_PROP_alias, .value = MZ_STR("Zaynab \xFF")}};
    mz_entity entity = {.id = MZ_STR("bad"), .schema = MZ_SCHEMA_Person, .facts = facts, .fact_count = 2};
    mz_record record = {.list = MZ_STR("test"), .entities = &entity, .entity_count = 1};
    CHECK_INT(MZ_ERR_INPUT, mz_index_builder_add(b.image, &record, &error));
    record.entity_count = 0;
    CHECK_INT(MZ_ERR_ARGUMENT, mz_index_builder_add(b.image, &record, &error));
    person(&b, "good");
    (void)mz_builder_add(b.record, 0, MZ_PROP_name, MZ_STR("Karim Oulghazi"), (mz_position){0});
    put(&b);
    mz_index *index = finish(&b);
    uint32_t number;
    CHECK_INT(0, hits_of(index, MZ_STR("Zaynab Murjani")));
    CHECK_INT(1, hits_of(index, MZ_STR("Karim Oulghazi")));
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_index_find(index, MZ_STR("bad"), &number, &error));
    mz_index_close(index);
}

/* ---- what is refused -------------------------------------------------------------------------------------------- */

TEST(no_byte_is_without_meaning) {
    size_t size;
    unsigned char *bytes = invented_bytes(&size);
    for (size_t i = 0; i < size; i++) {
        mz_test_case("byte %zu of %zu", i, size);
        unsigned char was = bytes[i];
        bytes[i] ^= (unsigned char)(1u << i % 8);
        check_refused(bytes, size);
        bytes[i] = was;
    }
    free(bytes);
}

TEST(an_image_cut_off_anywhere_is_refused) {
    size_t size;
    unsigned char *bytes = invented_bytes(&size);
    for (size_t kept = 0; kept < size; kept++) {
        mz_test_case("%zu bytes of %zu", kept, size);
        unsigned char *copy = malloc(kept ? kept : 1); /* of just this size, for the address sanitizer */
        CHECK(copy != NULL);
        memcpy(copy, bytes, kept);
        check_refused(copy, kept);
        free(copy);
    }
    bytes[size] = 0;
    check_refused(bytes, size + 1);
    free(bytes);
}

static void write_file(const char *path, const void *bytes, size_t size) {
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    CHECK(descriptor >= 0);
    CHECK_INT(size, write(descriptor, bytes, size));
    (void)close(descriptor);
}

/* What another version of the program took apart in another way, it would look for in vain. */
TEST(an_image_made_by_other_rules_is_refused) {
    mz_index *index = NULL;
    size_t size;
    unsigned char *bytes = invented_bytes(&size);
    mz_image_header *header = (void *)bytes;
    header->rules[3] ^= 1;
    header->checksum = 0;
    header->checksum = XXH3_64bits(header, sizeof *header);
    CHECK_INT(MZ_ERR_INPUT, mz_index_open_memory(bytes, size, &index, &error));
    CHECK(strstr(error.text, "another version of mizan") != NULL);
    CHECK(index == NULL);
    free(bytes);
}

TEST(files_that_are_no_images) {
    mz_index *index = NULL;
    size_t size;
    unsigned char *bytes = invented_bytes(&size);
    const char *path = path_of("other");
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_index_open(path_of("missing"), &index, &error));
    CHECK_INT(MZ_ERR_ARGUMENT, mz_index_open(mz_test_folder(), &index, &error));
    CHECK(strstr(error.text, "is not a file") != NULL);
    CHECK(mkfifo(path_of("pipe"), 0600) == 0);
    CHECK_INT(MZ_ERR_ARGUMENT, mz_index_open(path_of("pipe"), &index, &error));
    write_file(path, "", 0);
    CHECK_INT(MZ_ERR_INPUT, mz_index_open(path, &index, &error));
    CHECK(strstr(error.text, "is empty") != NULL);
    write_file(path, "{\"id\":\"not an image\"}", 21);
    CHECK_INT(MZ_ERR_INPUT, mz_index_open(path, &index, &error));
    CHECK(strstr(error.text, "not an index image") != NULL && strcmp(error.where, path) == 0);
    bytes[8] = MZ_IMAGE_VERSION + 1;
    write_file(path, bytes, size);
    CHECK_INT(MZ_ERR_INPUT, mz_index_open(path, &index, &error));
    CHECK(strstr(error.text, "version") != NULL && strstr(error.text, "build it again") != NULL);
    CHECK_INT(MZ_ERR_ARGUMENT, mz_index_open_memory(bytes + 1, size - 1, &index, &error));
    CHECK(index == NULL);
    free(bytes);
}

TEST(an_image_cannot_replace_a_folder) {
    mz_index_builder *builder = NULL;
    CHECK_INT(MZ_ERR_ARGUMENT, mz_index_builder_new(mz_test_folder(), &builder, &error));
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_index_builder_new(path_of("no/such/folder.mzi"), &builder, &error));
    CHECK(builder == NULL);
}

TEST_MAIN()
