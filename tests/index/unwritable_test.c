/* Building where writing fails: each system call by which an image changes the disk fails in turn, once and from then
 * on (a full disk). It is told, the old image is still there, and nothing is left beside it.
 *
 * The calls are this program's own functions of the same names, which the linker prefers to the C library's. */
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
    bool counting, lasting, halfway;
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

static mz_status build(const char *path, int number, int error_number, bool lasting, mz_error *error) {
    plan.calls = 0;
    plan.number = number;
    plan.error = error_number;
    plan.lasting = lasting;
    plan.counting = true;
    mz_status status = invented_image(path, error);
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

TEST_MAIN()
