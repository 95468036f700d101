#include "base/file.h"

#include "base/error.h"
#include "oom.h"
#include "test.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *in_folder(const char *name) {
    static char paths[4][512];
    static int next;
    char *path = paths[next++ % 4];
    (void)snprintf(path, sizeof paths[0], "%s/%s", mz_test_folder(), name);
    return path;
}

static void put(const char *path, mz_str bytes) {
    mz_error error = {0};
    CHECK_OK(mz_file_replace(path, bytes.data, bytes.size, &error), error);
}

static int entries_of(const char *folder) {
    int count = 0;
    DIR *open = opendir(folder);
    CHECK(open != NULL);
    for (const struct dirent *entry; (entry = readdir(open)) != NULL;)
        if (entry->d_name[0] != '.') count++;
    (void)closedir(open);
    return count;
}

/* Tests of missing rights mean nothing to the superuser, who may do all. */
static void needs_an_ordinary_user(void) {
    if (geteuid() == 0) mz_test_skip("the superuser may write everywhere");
}

TEST(a_file_is_read_whole) {
    mz_buffer text;
    mz_error error = {0};
    mz_buffer_init(&text, 100);
    put(in_folder("whole"), MZ_STR("one\0two"));
    mz_buffer_str(&text, MZ_STR("what was there before"));
    CHECK_OK(mz_file_read(in_folder("whole"), &text, &error), error);
    CHECK_STR(MZ_STR("one\0two"), mz_buffer_view(&text));
    put(in_folder("whole"), MZ_STR(""));
    CHECK_OK(mz_file_read(in_folder("whole"), &text, &error), error);
    CHECK_STR(MZ_STR(""), mz_buffer_view(&text));
    mz_buffer_done(&text);
}

TEST(a_file_over_the_limit_is_refused_before_it_is_read) {
    mz_buffer text;
    mz_error error = {0};
    put(in_folder("seven"), MZ_STR("1234567"));
    mz_buffer_init(&text, 7);
    CHECK_OK(mz_file_read(in_folder("seven"), &text, &error), error);
    mz_buffer_done(&text);
    mz_buffer_init(&text, 6);
    CHECK_INT(MZ_ERR_LIMIT, mz_file_read(in_folder("seven"), &text, &error));
    CHECK(strstr(error.text, "7 bytes, the limit is 6") != NULL);
    CHECK_INT(0, text.capacity);
    mz_buffer_done(&text);
}

/* A device says 0 bytes and gives more: the limit holds while reading. */
TEST(a_source_that_does_not_say_its_size_is_limited_too) {
    mz_buffer text;
    mz_error error = {0};
    mz_buffer_init(&text, 1000000);
    CHECK_INT(MZ_ERR_LIMIT, mz_file_read("/dev/zero", &text, &error));
    CHECK(text.capacity <= 1000001);
    CHECK_OK(mz_file_read("/dev/null", &text, &error), error);
    CHECK_INT(0, text.size);
    CHECK_OK(mz_file_read("/proc/self/status", &text, &error), error);
    CHECK(text.size > 100);
    mz_buffer_done(&text);
}

TEST(what_cannot_be_read_is_named) {
    mz_buffer text;
    mz_error error = {0};
    mz_buffer_init(&text, 100);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_file_read(in_folder("nothing"), &text, &error));
    CHECK(strstr(error.text, "nothing: No such file") != NULL);
    CHECK_INT(MZ_ERR_ARGUMENT, mz_file_read(mz_test_folder(), &text, &error));
    CHECK(strstr(error.text, "is a folder") != NULL);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_file_read("", &text, &error));
    mz_buffer_done(&text);
}

TEST(replacing_leaves_the_new_contents_and_nothing_beside_them) {
    mz_error error = {0};
    mz_buffer text;
    const char *folder = in_folder("replace"), *path = in_folder("replace/list");
    CHECK_OK(mz_folder_make(folder, &error), error);
    put(path, MZ_STR("old"));
    put(path, MZ_STR("new and longer"));
    mz_buffer_init(&text, 100);
    CHECK_OK(mz_file_read(path, &text, &error), error);
    CHECK_STR(MZ_STR("new and longer"), mz_buffer_view(&text));
    CHECK_INT(1, entries_of(folder));
    mz_buffer_done(&text);
}

TEST(whoever_has_the_old_file_open_keeps_it) {
    mz_error error = {0};
    mz_input input;
    char text[8];
    size_t size = 0;
    put(in_folder("held"), MZ_STR("old"));
    CHECK_OK(mz_input_open(&input, in_folder("held"), &error), error);
    put(in_folder("held"), MZ_STR("new"));
    CHECK_OK(mz_input_read(&input, text, sizeof text, &size, &error), error);
    CHECK_STR(MZ_STR("old"), ((mz_str){text, size}));
    mz_input_close(&input);
}

static unsigned mode_of(const char *path) {
    struct stat facts;
    CHECK(stat(path, &facts) == 0);
    return facts.st_mode & 0777;
}

TEST(the_rights_of_the_old_file_are_kept_and_a_first_one_follows_the_umask) {
    mode_t mask = umask(027);
    put(in_folder("rights"), MZ_STR("x"));
    (void)umask(mask);
    CHECK_INT(0640, mode_of(in_folder("rights")));
    CHECK(chmod(in_folder("rights"), 0600) == 0);
    put(in_folder("rights"), MZ_STR("y"));
    CHECK_INT(0600, mode_of(in_folder("rights")));
}

TEST(an_abandoned_file_is_gone_and_the_old_one_stays) {
    mz_error error = {0};
    mz_file_writer writer;
    mz_buffer text;
    const char *folder = in_folder("abandon"), *path = in_folder("abandon/list");
    CHECK_OK(mz_folder_make(folder, &error), error);
    put(path, MZ_STR("old"));
    CHECK_OK(mz_file_writer_open(&writer, path, &error), error);
    CHECK_OK(mz_file_writer_append(&writer, "half", 4, &error), error);
    CHECK_INT(4, writer.size);
    CHECK_INT(2, entries_of(folder));
    mz_file_writer_abandon(&writer);
    mz_file_writer_abandon(&writer);
    CHECK_INT(1, entries_of(folder));
    mz_buffer_init(&text, 100);
    CHECK_OK(mz_file_read(path, &text, &error), error);
    CHECK_STR(MZ_STR("old"), mz_buffer_view(&text));
    mz_buffer_done(&text);
}

/* /dev/full takes no byte and says that the disk is full. */
TEST(a_full_disk_is_said_with_its_remedy_and_changes_nothing) {
    mz_error error = {0};
    mz_file_writer writer;
    const char *folder = in_folder("full"), *path = in_folder("full/list");
    int full = open("/dev/full", O_WRONLY | O_CLOEXEC);
    if (full < 0) mz_test_skip("no /dev/full here");
    CHECK_OK(mz_folder_make(folder, &error), error);
    put(path, MZ_STR("old"));
    CHECK_OK(mz_file_writer_open(&writer, path, &error), error);
    CHECK(dup2(full, writer.descriptor) == writer.descriptor);
    (void)close(full);
    CHECK_INT(MZ_ERR_IO, mz_file_writer_append(&writer, "x", 1, &error));
    CHECK(strstr(error.text, "No space left") != NULL);
    CHECK(strstr(error.text, "free some space and try again") != NULL);
    mz_file_writer_abandon(&writer);
    CHECK_INT(1, entries_of(folder));
}

TEST(a_folder_that_may_not_be_written_is_said_with_its_remedy) {
    needs_an_ordinary_user();
    mz_error error = {0};
    CHECK_OK(mz_folder_make(in_folder("closed"), &error), error);
    CHECK(chmod(in_folder("closed"), 0500) == 0);
    mz_status status = mz_file_replace(in_folder("closed/list"), "x", 1, &error);
    (void)chmod(in_folder("closed"), 0700);
    CHECK_INT(MZ_ERR_IO, status);
    CHECK(strstr(error.text, "choose a place you may write to") != NULL);
}

/* The superuser is stopped by this one: nothing can be made in /proc. */
TEST(a_place_that_takes_no_files_is_refused) {
    mz_error error = {0};
    CHECK(mz_file_replace("/proc/self/list", "x", 1, &error) != MZ_OK);
    CHECK(strstr(error.text, "cannot write /proc/self/list") != NULL);
}

TEST(only_files_are_replaced) {
    static const char *const paths[] = {"/dev/null", "/"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        mz_error error = {0};
        mz_test_case("%s", paths[i]);
        CHECK_INT(MZ_ERR_ARGUMENT, mz_file_replace(paths[i], "x", 1, &error));
        CHECK(strstr(error.text, "the name of a file is needed") != NULL);
    }
}

TEST(a_path_that_is_too_long_is_refused) {
    static char path[6000];
    mz_error error = {0};
    memset(path, 'x', sizeof path - 1);
    CHECK(mz_file_replace(path, "x", 1, &error) == MZ_ERR_ARGUMENT);
    CHECK(mz_folder_make(path, &error) == MZ_ERR_ARGUMENT);
    path[4090] = '\0'; /* it fits, but not with what marks it as partial */
    CHECK(mz_file_replace(path, "x", 1, &error) != MZ_OK);
}

TEST(a_folder_is_made_with_those_above_it) {
    mz_error error = {0};
    CHECK_OK(mz_folder_make(in_folder("a/b//c/"), &error), error);
    CHECK_OK(mz_folder_make(in_folder("a/b/c"), &error), error);
    CHECK_INT(0700, mode_of(in_folder("a/b/c")));
    CHECK_OK(mz_folder_sync(in_folder("a/b"), &error), error);
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_folder_sync(in_folder("a/x"), &error));
}

TEST(a_file_in_the_way_of_a_folder_is_said) {
    mz_error error = {0};
    put(in_folder("file"), MZ_STR("x"));
    CHECK_INT(MZ_ERR_IO, mz_folder_make(in_folder("file"), &error));
    CHECK(strstr(error.text, "is not a folder") != NULL);
    CHECK_INT(MZ_ERR_IO, mz_folder_make(in_folder("file/below"), &error));
    CHECK_INT(MZ_ERR_ARGUMENT, mz_folder_make("", &error));
}

static mz_status read_a_file(void *context, mz_error *error) {
    mz_buffer text;
    mz_buffer_init(&text, 1 << 20);
    mz_status status = mz_file_read(context, &text, error);
    mz_buffer_done(&text);
    return status;
}

static mz_status read_lines(void *context, mz_error *error) {
    mz_input input;
    mz_buffer line;
    bool more = true;
    mz_buffer_init(&line, 1 << 20);
    mz_status status = mz_input_open(&input, context, error);
    while (!status && more) status = mz_input_line(&input, &line, &more, error);
    mz_input_close(&input);
    mz_buffer_done(&line);
    return status;
}

TEST(a_failed_allocation_is_an_error_and_leaks_nothing) {
    static char text[20000];
    char path[512];
    memset(text, 'x', sizeof text);
    (void)snprintf(path, sizeof path, "%s", in_folder("long line"));
    put(path, (mz_str){text, sizeof text});
    CHECK(mz_oom_each(read_a_file, path) > 0);
    CHECK(mz_oom_each(read_lines, path) > 1); /* not taken for a line over the limit */
}

TEST_MAIN()
