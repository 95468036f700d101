/* Files of changes that are not whole, not honest, or of another index: refused with the reason, or passed over, or
 * used without harm; never believed before they were looked at. */
#include "base/file.h"
#include "forged_image.h"
#include "invented_list.h"
#include "mizan/screen.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

static mz_error error;

typedef struct parts {
    uint8_t *base, *changes;
    size_t base_size, changes_size;
} parts;

static uint8_t *bytes_of(const char *path, size_t *ret_size) {
    mz_buffer buffer;
    mz_buffer_init(&buffer, 1 << 26);
    CHECK_OK(mz_file_read(path, &buffer, &error), error);
    uint8_t *bytes = malloc(buffer.size);
    CHECK(bytes != NULL);
    memcpy(bytes, buffer.data, buffer.size);
    *ret_size = buffer.size;
    mz_buffer_done(&buffer);
    return bytes;
}

static parts invented(void) {
    char path[600], changes[640];
    parts both;
    (void)snprintf(path, sizeof path, "%s/invented.mzi", mz_test_folder());
    (void)snprintf(changes, sizeof changes, "%s.changes", path);
    CHECK_OK(invented_image(path, &error), error);
    CHECK_OK(invented_update(path, &error), error);
    both.base = bytes_of(path, &both.base_size);
    both.changes = bytes_of(changes, &both.changes_size);
    return both;
}

static void done(parts *both) {
    free(both->base);
    free(both->changes);
}

static mz_status open_parts(const parts *both, mz_index **ret_index) {
    error = (mz_error){0};
    return mz_index_open_parts(both->base, both->base_size, both->changes, both->changes_size, ret_index, &error);
}

/* Everything that may be done with an index. */
static void use(const mz_index *index) {
    static const char *const queries[] = {
        "{\"schema\":\"Person\",\"properties\":{\"name\":[\"Zeinab Morjani\",\"Karim Olghazi\"],\"birthDate\":\"1970\","
        "\"passportNumber\":[\"AB123456\",\"XK765432\"]}}",
        "{\"properties\":{\"name\":[\"Sea Lantern\",\"Zeinab Benzahi\"],\"imoNumber\":\"9074729\"}}",
    };
    mz_index_facts facts;
    mz_screener *screener;
    mz_screen_options options = {.threshold = 0.5, .limit = 20};
    mz_index_info(index, &facts);
    for (uint32_t i = 0; i < facts.numbers; i++) {
        mz_index_entry entry;
        char *json;
        size_t size;
        uint32_t number;
        if (!mz_index_holds(index, i)) continue;
        mz_index_entity(index, i, &entry);
        if (mz_index_record(index, i, &json, &size, NULL) == MZ_OK) free(json);
        if (mz_index_find(index, entry.id, &number, NULL) == MZ_OK) CHECK(mz_index_holds(index, number));
    }
    CHECK_OK(mz_screener_new(index, &options, &screener, &error), error);
    for (size_t q = 0; q < sizeof queries / sizeof queries[0]; q++) {
        mz_str answer;
        size_t hits;
        CHECK_OK(mz_screen_json(screener, mz_str_of(queries[q]), &answer, &hits, &error), error);
    }
    mz_screener_free(screener);
}

static void check_refused(const parts *both, const char *reason) {
    mz_index *index = NULL;
    mz_status status = open_parts(both, &index);
    if (!status) mz_index_close(index);
    CHECK_INT(MZ_ERR_INPUT, status);
    if (!strstr(error.text, reason)) CHECK_TEXT(reason, error.text);
}

TEST(base_and_changes_are_one_index) {
    parts both = invented();
    mz_index *index;
    mz_index_facts facts;
    uint32_t number;
    CHECK_OK(open_parts(&both, &index), error);
    mz_index_info(index, &facts);
    CHECK_INT(INVENTED_RECORDS, facts.entities);
    CHECK_INT(INVENTED_RECORDS + 2, facts.numbers);
    CHECK_INT(2, facts.added);
    CHECK_INT(2, facts.removed);
    CHECK_INT(1, facts.list_count);
    CHECK(!facts.foreign_changes);
    CHECK_STR(MZ_STR("v2"), facts.lists[0].version);
    CHECK_INT(both.base_size + both.changes_size, facts.bytes);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_index_find(index, MZ_STR("inv-01"), &number, &error));
    CHECK_OK(mz_index_find(index, MZ_STR("inv-02"), &number, &error), error);
    CHECK(number >= INVENTED_RECORDS);
    use(index);
    mz_index_close(index);
    done(&both);
}

TEST(a_file_with_any_byte_changed_is_refused) {
    parts both = invented();
    for (size_t i = 0; i < both.changes_size; i++) {
        mz_index *index = NULL;
        mz_test_case("byte %zu", i);
        both.changes[i] ^= 0x40;
        mz_status status = open_parts(&both, &index);
        mz_index_close(index);
        CHECK_INT(MZ_ERR_INPUT, status);
        both.changes[i] ^= 0x40;
    }
    done(&both);
}

TEST(a_file_cut_off_anywhere_is_refused) {
    parts both = invented();
    size_t whole = both.changes_size;
    for (both.changes_size = 0; both.changes_size < whole; both.changes_size++) {
        mz_index *index = NULL;
        mz_test_case("%zu bytes", both.changes_size);
        mz_status status = open_parts(&both, &index);
        mz_index_close(index);
        CHECK_INT(MZ_ERR_INPUT, status);
    }
    both.changes_size = whole;
    done(&both);
}

TEST(bits_that_lead_astray_are_refused) {
    parts both = invented();
    mz_image_header *header = forged_header(both.changes), honest = *header;
    mz_section_row *dead = &header->sections[MZ_SECTION_DEAD];
    uint8_t *bits = both.changes + dead->offset, last = bits[dead->size - 1];
    CHECK_INT(2, dead->size); /* for 16 entities */
    CHECK_INT(16, INVENTED_RECORDS);
    /* a base of one entity less has a bit behind the last */
    bits[1] |= 0x80;
    header->base_entities = 15;
    forged_seal(both.changes, both.changes_size);
    check_refused(&both, "dead: bits behind the last");
    bits[1] = last;
    /* and with that bit clear it is not this base */
    bits[1] &= 0x7F;
    forged_seal(both.changes, both.changes_size);
    check_refused(&both, "entities");
    bits[1] = last;
    header->base_entities = 17;
    forged_seal(both.changes, both.changes_size);
    check_refused(&both, "dead: their number");
    header->base_entities = UINT32_MAX;
    forged_seal(both.changes, both.changes_size);
    check_refused(&both, "dead: their number");
    *header = honest;
    header->kind = MZ_IMAGE_KIND_COUNT;
    forged_seal(both.changes, both.changes_size);
    check_refused(&both, "kind");
    header->kind = MZ_IMAGE_WHOLE;
    forged_seal(both.changes, both.changes_size);
    check_refused(&both, "kind");
    *header = honest;
    forged_seal(both.changes, both.changes_size);
    mz_index *index;
    CHECK_OK(open_parts(&both, &index), error);
    mz_index_close(index);
    done(&both);
}

/* Whichever entities are said to be no more: those are not found, the others are. */
TEST(all_and_none_may_be_dead) {
    parts both = invented();
    mz_image_header *header = forged_header(both.changes);
    uint8_t *bits = both.changes + header->sections[MZ_SECTION_DEAD].offset;
    for (unsigned pattern = 0; pattern < 1 << INVENTED_RECORDS; pattern += pattern < 255 ? 1 : 331) {
        mz_index *index;
        mz_index_facts facts;
        mz_test_case("pattern %x", pattern);
        bits[0] = (uint8_t)pattern;
        bits[1] = (uint8_t)(pattern >> 8);
        forged_seal(both.changes, both.changes_size);
        CHECK_OK(open_parts(&both, &index), error);
        mz_index_info(index, &facts);
        CHECK_INT(__builtin_popcount(pattern), facts.removed);
        CHECK_INT(INVENTED_RECORDS + 2 - facts.removed, facts.entities);
        CHECK_INT(facts.entities, facts.lists[0].entities);
        for (uint32_t e = 0; e < INVENTED_RECORDS; e++) CHECK_INT(!(pattern >> e & 1), mz_index_holds(index, e));
        use(index);
        mz_index_close(index);
    }
    done(&both);
}

TEST(changes_of_another_image_are_passed_over) {
    parts both = invented();
    mz_image_header *header = forged_header(both.changes);
    mz_index *index;
    header->base ^= 1;
    forged_seal(both.changes, both.changes_size);
    CHECK_OK(open_parts(&both, &index), error);
    mz_index_facts facts;
    mz_index_info(index, &facts);
    CHECK_INT(INVENTED_RECORDS, facts.entities);
    CHECK_INT(0, facts.added + facts.removed);
    CHECK(facts.foreign_changes);
    use(index);
    mz_index_close(index);
    done(&both);
}

TEST(an_empty_file_of_changes_is_named_once) {
    char path[600], changes[640];
    mz_index *index;
    (void)snprintf(path, sizeof path, "%s/x.mzi", mz_test_folder());
    (void)snprintf(changes, sizeof changes, "%s.changes", path);
    CHECK_OK(invented_image(path, &error), error);
    CHECK_OK(mz_file_replace(changes, "", 0, &error), error);
    error = (mz_error){0};
    CHECK_INT(MZ_ERR_INPUT, mz_index_open(path, &index, &error));
    const char *named = strstr(error.text, changes);
    CHECK(named && !strstr(named + 1, changes));
    CHECK_TEXT("", error.where);
}

TEST_MAIN()
