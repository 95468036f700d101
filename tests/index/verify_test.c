/* An image by an enemy may pass the check at opening and leave out what it likes: building it anew from its records
 * shows that. */
#include "base/file.h"
#include "forged_image.h"
#include "invented_list.h"
#include "mizan/update.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

static mz_error error;
static char path[600], changes[640];

static void begin(const char *name) {
    (void)snprintf(path, sizeof path, "%s/%s", mz_test_folder(), name);
    (void)snprintf(changes, sizeof changes, "%s.changes", path);
    CHECK_OK(invented_image(path, &error), error);
}

static mz_status verify(void) {
    error = (mz_error){0};
    return mz_index_verify(path, NULL, NULL, &error);
}

TEST(an_index_that_was_built_updated_or_merged_says_what_its_records_say) {
    begin("right.mzi");
    CHECK_OK(verify(), error);
    CHECK_OK(invented_update(path, &error), error);
    CHECK_OK(verify(), error);
    CHECK_OK(mz_index_merge(path, NULL, NULL, &error), error);
    CHECK_OK(verify(), error);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_index_verify("/nowhere/x.mzi", NULL, NULL, &error));
}

/* Changes a byte of a section in such a way that the file may still be opened; false where none may. */
static bool forge(const char *file, mz_section section) {
    mz_buffer bytes;
    bool forged = false;
    mz_buffer_init(&bytes, 1 << 26);
    CHECK_OK(mz_file_read(file, &bytes, &error), error);
    uint8_t *image = (uint8_t *)bytes.data;
    mz_section_row row = forged_header(image)->sections[section];
    for (uint64_t at = row.offset; at < row.offset + row.size && !forged; at++) {
        mz_index *index = NULL;
        image[at] ^= 1;
        forged_seal(image, bytes.size);
        CHECK_OK(mz_file_replace(file, bytes.data, bytes.size, &error), error);
        forged = mz_index_open(path, &index, NULL) == MZ_OK;
        mz_index_close(index);
        image[at] ^= 1;
    }
    mz_buffer_done(&bytes);
    return forged;
}

TEST(one_that_may_be_opened_and_leaves_something_out_is_found) {
    static const mz_section sections[] = {MZ_SECTION_TEXT,          MZ_SECTION_NAMES,    MZ_SECTION_NAME_WORDS,
                                          MZ_SECTION_POSTINGS,      MZ_SECTION_CONTEXTS, MZ_SECTION_TRAITS,
                                          MZ_SECTION_JOINS + 1,     MZ_SECTION_IDS + 1,  MZ_SECTION_LISTINGS,
                                          MZ_SECTION_SKELETONS + 1, MZ_SECTION_WORDS,    MZ_SECTION_IDENTIFIERS + 1};
    for (size_t s = 0; s < sizeof sections / sizeof *sections; s++) {
        mz_test_case("%s", mz_section_name(sections[s]));
        begin("forged.mzi");
        CHECK(forge(path, sections[s]));
        CHECK_INT(MZ_ERR_INPUT, verify());
        CHECK(strstr(error.text, "is not that of the records in it") != NULL);
        CHECK_TEXT(path, error.where);
    }
}

TEST(so_is_a_file_of_changes) {
    begin("changed.mzi");
    CHECK_OK(invented_update(path, &error), error);
    CHECK(forge(changes, MZ_SECTION_CONTEXTS));
    CHECK_INT(MZ_ERR_INPUT, verify());
    CHECK(strstr(error.text, "(contexts)") != NULL);
}

TEST(nothing_is_left_beside_it) {
    begin("alone.mzi");
    CHECK_OK(verify(), error);
    char command[700];
    (void)snprintf(command, sizeof command, "test \"$(cd '%s' && echo alone.mzi*)\" = alone.mzi", mz_test_folder());
    CHECK_INT(0, system(command));
}

static int stop(void *context, uint64_t done, uint64_t total) {
    (void)context;
    return done <= total;
}

TEST(it_may_be_stopped) {
    begin("stopped.mzi");
    CHECK_INT(MZ_ERR_CANCELLED, mz_index_verify(path, stop, NULL, &error));
}

/* What a code promises of a word is looked at when an image is opened, for that is cheap. */
TEST(a_code_that_promises_more_than_its_words_hold_is_refused) {
    begin("codes.mzi");
    mz_buffer bytes;
    mz_index *index = NULL;
    mz_buffer_init(&bytes, 1 << 26);
    CHECK_OK(mz_file_read(path, &bytes, &error), error);
    uint8_t *image = (uint8_t *)bytes.data;
    mz_section_row codes = forged_header(image)->sections[MZ_SECTION_CODES];
    CHECK(codes.size > 2 * sizeof(mz_code_row));
    mz_code_row *row = (mz_code_row *)(void *)(image + codes.offset) + 1;
    row->weight++;
    forged_seal(image, bytes.size);
    error = (mz_error){0};
    CHECK_INT(MZ_ERR_INPUT, mz_index_open_memory(image, bytes.size, &index, &error));
    CHECK(strstr(error.text, "word codes: a code") != NULL);
    row->weight--;
    forged_seal(image, bytes.size);
    CHECK_OK(mz_index_open_memory(image, bytes.size, &index, &error), error);
    mz_index_close(index);
    mz_buffer_done(&bytes);
}

TEST_MAIN()
