/* Images when memory runs out: every allocation of building, opening, reading and screening fails in turn. What was in
 * the place of the new image stays there, and no half one is left beside it. */
#include "invented_list.h"
#include "mizan/screen.h"
#include "oom.h"
#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Instead of the C library's: hundreds of images need not wait for a disk. */
int fsync(int descriptor) {
    return fcntl(descriptor, F_GETFD) < 0 ? -1 : 0;
}

static const char old_contents[] = "old";
static char folder[512], path[600];

static int entries(void) {
    int count = 0;
    DIR *open_folder = opendir(folder);
    for (const struct dirent *entry; open_folder && (entry = readdir(open_folder));) count += entry->d_name[0] != '.';
    if (open_folder) (void)closedir(open_folder);
    return count;
}

static bool old_is_there(void) {
    struct stat facts;
    return stat(path, &facts) == 0 && facts.st_size == sizeof old_contents;
}

static mz_status build_again(void *context, mz_error *error) {
    (void)context;
    int descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool put = write(descriptor, old_contents, sizeof old_contents) == sizeof old_contents;
    (void)close(descriptor);
    mz_status status = invented_image(path, error);
    if (!put || old_is_there() != (status != MZ_OK) || entries() != 1) return MZ_ERR_IO;
    return status;
}

TEST(building_without_memory_leaves_the_old_image) {
    (void)snprintf(folder, sizeof folder, "%s/built", mz_test_folder());
    (void)snprintf(path, sizeof path, "%s/x.mzi", folder);
    CHECK(mkdir(folder, 0700) == 0);
    size_t count = mz_oom_each(build_again, NULL);
    printf("# %zu allocations\n", count);
    CHECK(count > 20);
}

static mz_status look(void *context, mz_error *error) {
    mz_index *index = NULL;
    char *json = NULL;
    size_t size;
    (void)context;
    mz_status status = mz_index_open(path, &index, error);
    if (!status) status = mz_index_record(index, 2, &json, &size, error);
    free(json);
    mz_index_close(index);
    return status;
}

TEST(opening_and_reading_without_memory) {
    mz_error error = {0};
    (void)snprintf(path, sizeof path, "%s/y.mzi", mz_test_folder());
    CHECK_OK(invented_image(path, &error), error);
    CHECK(mz_oom_each(look, NULL) >= 4);
}

TEST_MAIN()
