/* Seals: a large image is checked once and believed after, as long as it is the very same file, untouched. Whatever
 * else a seal says, the image is checked in full. */
#include "index/seal.h"

#include "invented_list.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static mz_error error;
static char folder[512], path[560], seal[600];

static const mz_opening sealing = {.seal_least_bytes = 0}, whole = {.seal_least_bytes = 0, .whole = true};

static void begin(void) {
    (void)snprintf(folder, sizeof folder, "%s/seals", mz_test_folder());
    (void)snprintf(path, sizeof path, "%s/x.mzi", folder);
    (void)snprintf(seal, sizeof seal, "%s.seal", path);
    (void)mkdir(folder, 0700);
    (void)unlink(seal);
    (void)unlink(path);
    CHECK_OK(invented_image(path, &error), error);
}

static mz_status open_as(const mz_opening *how) {
    mz_index *index = NULL;
    mz_status status = mz_index_open_as(path, how, &index, &error);
    mz_index_close(index);
    return status;
}

static bool is_there(const char *name) {
    return access(name, F_OK) == 0;
}

/* Damages a record, which is looked at only by its checksum; the header stays as it is. */
static void damage(void) {
    mz_image_header header;
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    uint8_t byte;
    CHECK(descriptor >= 0 && pread(descriptor, &header, sizeof header, 0) == sizeof header);
    off_t at = (off_t)header.sections[MZ_SECTION_RECORDS].offset + 20;
    CHECK(pread(descriptor, &byte, 1, at) == 1);
    byte ^= 1;
    CHECK(pwrite(descriptor, &byte, 1, at) == 1);
    (void)close(descriptor);
}

/* A seal of the file as it is, whether or not it was checked: what a forger would write. */
static void forge(void) {
    struct stat facts;
    mz_image_header header;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    CHECK(descriptor >= 0 && fstat(descriptor, &facts) == 0);
    CHECK(pread(descriptor, &header, sizeof header, 0) == sizeof header);
    mz_seal_put(path, &facts, &header);
    (void)close(descriptor);
}

TEST(what_was_opened_is_sealed_and_believed) {
    begin();
    CHECK(!is_there(seal)); /* too small for mz_index_builder_finish to seal it */
    CHECK_OK(open_as(&sealing), error);
    CHECK(is_there(seal));
    CHECK_OK(open_as(&sealing), error);
    const mz_opening large = {.seal_least_bytes = 1 << 30};
    (void)unlink(seal);
    CHECK_OK(open_as(&large), error);
    CHECK(!is_there(seal));
}

TEST(a_believed_image_answers_as_a_checked_one) {
    mz_index *sealed, *checked;
    begin();
    CHECK_OK(open_as(&sealing), error);
    CHECK_OK(mz_index_open_as(path, &sealing, &sealed, &error), error);
    CHECK_OK(mz_index_open_as(path, &whole, &checked, &error), error);
    CHECK_INT(checked->sound_count, sealed->sound_count);
    CHECK_INT(checked->first_joined, sealed->first_joined);
    CHECK_INT(checked->skeletons.bits, sealed->skeletons.bits);
    CHECK_INT(checked->beside_count, sealed->beside_count);
    CHECK_INT(checked->records_size, sealed->records_size);
    CHECK_INT(checked->facts.identifiers, sealed->facts.identifiers);
    mz_index_close(sealed);
    mz_index_close(checked);
}

TEST(a_seal_is_believed_of_its_file_alone_and_never_by_a_whole_check) {
    begin();
    damage();
    CHECK_INT(MZ_ERR_INPUT, open_as(&sealing));
    CHECK(!is_there(seal)); /* what is not whole is not sealed */
    forge();
    CHECK_OK(open_as(&sealing), error);
    CHECK_INT(MZ_ERR_INPUT, open_as(&whole));
    CHECK_INT(MZ_ERR_INPUT, mz_index_open(path, &(mz_index *){NULL}, &error)); /* small ones always */
}

TEST(a_file_that_was_touched_or_replaced_is_checked_again) {
    static const char *const changes[] = {"written", "touched", "made accessible", "copied", "renamed"};
    for (int change = 0; change < 5; change++) {
        char other[600];
        mz_test_case("%s", changes[change]);
        (void)snprintf(other, sizeof other, "%s/other", folder);
        begin();
        damage();
        forge();
        CHECK_OK(open_as(&sealing), error);
        struct timespec times[2] = {{.tv_sec = 1700000000}, {.tv_sec = 1700000000}};
        mz_buffer bytes;
        mz_buffer_init(&bytes, 1 << 26);
        switch (change) {
        case 0: damage(), damage(); break;
        case 1: CHECK(utimensat(AT_FDCWD, path, times, 0) == 0); break;
        case 2: CHECK(chmod(path, 0640) == 0); break;
        case 3:
            CHECK_OK(mz_file_read(path, &bytes, &error), error);
            CHECK_OK(mz_file_replace(path, bytes.data, bytes.size, &error), error);
            break;
        default: CHECK(rename(path, other) == 0 && rename(other, path) == 0);
        }
        mz_buffer_done(&bytes);
        CHECK_INT(MZ_ERR_INPUT, open_as(&sealing));
    }
}

TEST(a_seal_that_others_could_have_written_is_not_believed) {
    struct stat facts;
    char kept[620];
    begin();
    damage();
    forge();
    CHECK(stat(seal, &facts) == 0);
    CHECK_INT(0, facts.st_mode & (S_IWGRP | S_IWOTH));
    for (unsigned mode = 0; mode < 4; mode++) {
        static const mode_t modes[] = {0620, 0602, 0666, 0600};
        mz_test_case("mode %o", modes[mode]);
        CHECK(chmod(seal, modes[mode]) == 0);
        CHECK_INT(mode == 3 ? MZ_OK : MZ_ERR_INPUT, open_as(&sealing));
    }
    (void)snprintf(kept, sizeof kept, "%s/kept", folder);
    (void)unlink(kept);
    CHECK(link(seal, kept) == 0);
    CHECK_INT(MZ_ERR_INPUT, open_as(&sealing)); /* a link to a seal of another's choice */
    CHECK(unlink(seal) == 0 && symlink(kept, seal) == 0);
    CHECK_INT(MZ_ERR_INPUT, open_as(&sealing));
    CHECK(unlink(seal) == 0 && mkdir(seal, 0700) == 0);
    CHECK_INT(MZ_ERR_INPUT, open_as(&sealing));
    CHECK(rmdir(seal) == 0 && mkfifo(seal, 0600) == 0);
    CHECK_INT(MZ_ERR_INPUT, open_as(&sealing)); /* and nobody waits for a pipe */
    CHECK(unlink(seal) == 0);
}

TEST(any_byte_of_a_seal_that_is_wrong_makes_it_none) {
    mz_buffer bytes;
    mz_buffer_init(&bytes, 4096);
    begin();
    damage();
    forge();
    CHECK_OK(mz_file_read(seal, &bytes, &error), error);
    for (size_t i = 0; i < bytes.size; i++) {
        mz_test_case("byte %zu", i);
        bytes.data[i] ^= 0x40;
        CHECK_OK(mz_file_replace(seal, bytes.data, bytes.size, &error), error);
        CHECK(chmod(seal, 0600) == 0);
        CHECK_INT(MZ_ERR_INPUT, open_as(&sealing));
        bytes.data[i] ^= 0x40;
    }
    for (size_t size = 0; size <= bytes.size; size++) {
        mz_test_case("%zu bytes", size);
        CHECK_OK(mz_file_replace(seal, bytes.data, size, &error), error);
        CHECK(chmod(seal, 0600) == 0);
        CHECK_INT(size == bytes.size ? MZ_OK : MZ_ERR_INPUT, open_as(&sealing));
    }
    mz_buffer_done(&bytes);
}

/* Header and table are looked at each time: they say where everything is. */
TEST(a_seal_does_not_cover_a_header_that_is_wrong) {
    begin();
    forge();
    int descriptor = open(path, O_RDWR | O_CLOEXEC);
    uint64_t wrong = 12;
    CHECK(descriptor >= 0);
    CHECK(pwrite(descriptor, &wrong, sizeof wrong, (off_t)offsetof(mz_image_header, sections[3].size)) == sizeof wrong);
    (void)close(descriptor);
    forge();
    CHECK_INT(MZ_ERR_INPUT, open_as(&sealing));
}

TEST(where_a_seal_cannot_be_written_all_is_well) {
    begin();
    CHECK(mkdir(seal, 0700) == 0);
    CHECK_OK(open_as(&sealing), error);
    CHECK_OK(open_as(&sealing), error);
    CHECK(rmdir(seal) == 0);
}

TEST_MAIN()
