/* Building where writing fails: each system call by which an image changes the disk fails in turn, once and from then
 * on (a full disk). It is told, the old image is still there, and nothing is left beside it.
 *
 * The calls are this program's own functions of the same names, which the linker prefers to the C library's. */
#include "index/build.h"

#include "invented_list.h"
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct {
    bool counting, lasting, halfway, spilling;
    int number, error, calls;
} plan;

static bool its_turn(void) {
    if (!plan.counting) return false;
    plan.calls++;
    bool now = plan.lasting ? plan.calls >= plan.number : plan.calls == plan.number;
    if (now) errno = plan.error;
    return plan.number && now;
}

ssize_t write(int descriptor, const void *data, size_t size) {
    if (descriptor > 2 && its_turn()) {
        if (plan.halfway && size > 1) (void)syscall(SYS_write, descriptor, data, size / 2);
        errno = plan.error;
        return -1;
    }
    return syscall(SYS_write, descriptor, data, size);
}

ssize_t pwrite(int descriptor, const void *data, size_t size, off_t offset) {
    if (its_turn()) return -1;
    return syscall(SYS_pwrite64, descriptor, data, size, offset);
}

int fsync(int descriptor) {
    if (its_turn()) return -1;
    return fcntl(descriptor, F_GETFD) < 0 ? -1 : 0;
}

int rename(const char *from, const char *to) {
    if (its_turn()) return -1;
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int mkostemp(char *template, int flags) {
    static unsigned number;
    if (its_turn()) return -1;
    (void)snprintf(template + strlen(template) - 6, 7, "%06u", number++ % 1000000);
    return (int)syscall(SYS_openat, AT_FDCWD, template, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
}

/* Of whom nothing is held in memory, so that all goes through files beside the image. */
static const mz_build_limits spilling = {.threads = 1,
                                         .batch_records = 4,
                                         .batch_bytes = 1 << 20,
                                         .held_bytes = 60,
                                         .slice_bytes = 1000,
                                         .seal_least_bytes = SIZE_MAX};

static mz_status spilled_image(const char *path, mz_error *error) {
    mz_index_builder *image = NULL;
    mz_builder *builder = NULL;
    mz_status status = mz_index_builder_new(path, &image, error);
    if (!status) mz_index_builder_limit(image, &spilling);
    if (!status) status = mz_builder_new((size_t)1 << 20, MZ_DATE_DAY_FIRST, &builder, error);
    if (!status) status = invented_add_all(image, builder, error);
    if (!status) status = mz_index_builder_finish(image, error);
    mz_builder_free(builder);
    mz_index_builder_free(image);
    return status;
}

static mz_status build(const char *path, int number, int error_number, bool lasting, mz_error *error) {
    plan.calls = 0;
    plan.number = number;
    plan.error = error_number;
    plan.lasting = lasting;
    plan.counting = true;
    mz_status status = plan.spilling ? spilled_image(path, error) : invented_image(path, error);
    plan.counting = false;
    return status;
}

static int entries(const char *folder) {
    int count = 0;
    DIR *open_folder = opendir(folder);
    CHECK(open_folder != NULL);
    for (const struct dirent *entry; (entry = readdir(open_folder));) count += entry->d_name[0] != '.';
    (void)closedir(open_folder);
    return count;
}

TEST(a_write_that_fails_leaves_the_old_image) {
    static const struct {
        int error;
        const char *words;
    } reasons[] = {{ENOSPC, "full"}, {EIO, "error"}, {EACCES, "denied"}};
    char folder[512], path[600];
    mz_error error = {0};
    struct stat before, behind;
    (void)snprintf(folder, sizeof folder, "%s/images", mz_test_folder());
    (void)snprintf(path, sizeof path, "%s/x.mzi", folder);
    CHECK(mkdir(folder, 0700) == 0);
    CHECK_OK(build(path, 0, 0, false, &error), error);
    int calls = plan.calls;
    CHECK(calls > 10);
    for (int number = 1; number <= calls; number++)
        for (int round = 0; round < 12; round++) {
            int reason = round % 3;
            error = (mz_error){0};
            plan.halfway = round >= 6;
            mz_test_case("call %d of %d, %s", number, calls, strerror(reasons[reason].error));
            CHECK(stat(path, &before) == 0);
            mz_status status = build(path, number, reasons[reason].error, round % 2, &error);
            CHECK_INT(1, entries(folder));
            if (number == calls) continue; /* the folder's own flush, after the new image is in its place */
            CHECK_INT(MZ_ERR_IO, status);
            if (!strstr(error.text, strerror(reasons[reason].error)) && !strstr(error.text, reasons[reason].words))
                CHECK_TEXT(reasons[reason].words, error.text);
            CHECK(stat(path, &behind) == 0);
            CHECK_INT(before.st_ino, behind.st_ino);
        }
}

/* Files beside the image that have no name may be unwritable, too. */
TEST(a_spill_that_cannot_be_written_leaves_the_old_image) {
    char folder[512], path[600];
    mz_error error = {0};
    struct stat before, behind;
    (void)snprintf(folder, sizeof folder, "%s/spilled", mz_test_folder());
    (void)snprintf(path, sizeof path, "%s/x.mzi", folder);
    CHECK(mkdir(folder, 0700) == 0);
    plan.spilling = true;
    CHECK_OK(build(path, 0, 0, false, &error), error);
    int calls = plan.calls;
    printf("# %d calls\n", calls);
    CHECK(calls > 150); /* else nothing was spilled */
    for (int number = 1; number < calls; number++) {
        error = (mz_error){0};
        plan.halfway = number % 3 == 0;
        mz_test_case("call %d of %d", number, calls);
        CHECK(stat(path, &before) == 0);
        CHECK_INT(MZ_ERR_IO, build(path, number, ENOSPC, number % 2, &error));
        CHECK(strstr(error.text, "full") != NULL || strstr(error.text, strerror(ENOSPC)) != NULL);
        CHECK_INT(1, entries(folder));
        CHECK(stat(path, &behind) == 0);
        CHECK_INT(before.st_ino, behind.st_ino);
    }
    plan.spilling = false;
}

TEST_MAIN()
