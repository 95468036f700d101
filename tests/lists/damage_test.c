/* Files of a store that were damaged, and what others than its writers do in its folder. */
#include "mizan/store.h"

#include "base/file.h"
#include "line_list.h"
#include "lists/folder.h"
#include "test.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void overwrite(const char *path, long at, const char *bytes) {
    FILE *file = fopen(path, "r+b");
    CHECK(file && fseek(file, at, SEEK_SET) == 0 && fputs(bytes, file) >= 0 && fclose(file) == 0);
}

static void cut_records(const char *path) {
    struct stat facts;
    CHECK(stat(path, &facts) == 0 && truncate(path, facts.st_size - 3) == 0);
}

static void flip_records(const char *path) {
    overwrite(path, 30, "XX");
}

static void remove_file(const char *path) {
    CHECK(remove(path) == 0);
}

static void empty_file(const char *path) {
    CHECK(truncate(path, 0) == 0);
}

static void cut_manifest(const char *path) {
    CHECK(truncate(path, 200) == 0);
}

static void other_manifest(const char *path) {
    char text[4096];
    (void)snprintf(text, sizeof text, "%s", read_text_file(path));
    char *list = strstr(text, "\"list\":\"tl\"");
    CHECK(list != NULL);
    memcpy(list, "\"list\":\"tx\"", 11);
    FILE *file = fopen(path, "wb");
    CHECK(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

static void newer_manifest(const char *path) {
    overwrite(path, 12, "9");
}

static const struct {
    const char *what, *file;
    void (*damage)(const char *path);
    const char *complaint;
    bool seen_in_history; /* without reading the records */
} damages[] = {
    {"records cut", "records.ndjson.zst", cut_records, "the manifest says", true},
    {"records changed", "records.ndjson.zst", flip_records, "but the manifest says", false},
    {"records gone", "records.ndjson.zst", remove_file, "is missing", true},
    {"manifest cut", "manifest.json", cut_manifest, "", true},
    {"manifest empty", "manifest.json", empty_file, "", true},
    {"manifest gone", "manifest.json", remove_file, "", true},
    {"manifest of another list", "manifest.json", other_manifest, "the manifest is that of tx", true},
    {"manifest of a newer mizan", "manifest.json", newer_manifest, "newer mizan", true},
};

TEST(damage_is_told_and_the_other_versions_stay_usable) {
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        mz_test_case("%s", damages[i].what);
        mz_list_version versions[3], *history = NULL;
        mz_list_store *store = store_with_editions(versions);
        mz_error error = {0};
        size_t count = 0;
        damages[i].damage(version_file(store, versions[2].version, damages[i].file));
        CHECK(strncmp("error: ", current_ids(store), 7) == 0);
        CHECK(strstr(current_ids(store), damages[i].complaint) != NULL);
        CHECK_OK(mz_list_store_history(store, "tl", &history, &count, &error), error);
        CHECK_INT(3, count);
        size_t damaged = 0;
        for (size_t at = 0; at < count; at++) damaged += history[at].damage[0] != '\0';
        CHECK_INT(damages[i].seen_in_history, damaged);
        free(history);
        CHECK_INT(damages[i].seen_in_history, current_version(store).damage[0] != '\0');
        CHECK_OK(mz_list_store_select(store, "tl", versions[1].version, &error), error);
        CHECK_TEXT("tl-a1 tl-a2 tl-a3", current_ids(store));
        CHECK(mz_list_store_select(store, "tl", versions[2].version, &error) != MZ_OK);
        mz_list_store_close(store);
    }
}

TEST(importing_the_same_list_again_repairs_it) {
    for (size_t i = 0; i < sizeof damages / sizeof damages[0]; i++) {
        mz_test_case("%s", damages[i].what);
        mz_list_version versions[3], version;
        mz_list_store *store = store_with_editions(versions);
        mz_error error = {0};
        damages[i].damage(version_file(store, versions[2].version, damages[i].file));
        CHECK_OK(import_text(store, editions[2], &version, &error), error);
        CHECK_TEXT(versions[2].version, version.version);
        CHECK_TEXT("tl-a1 tl-a3 tl-a4", current_ids(store));
        CHECK_TEXT(versions[1].version, version.previous);
        CHECK_TEXT("~tl-a1 Person.birthDate(1970>1971)\n+tl-a4\n-tl-a2\n", diff_text(store, NULL, NULL));
        mz_list_store_close(store);
    }
}

TEST(another_list_over_a_damaged_one_has_to_be_accepted) {
    mz_list_version versions[3], version;
    mz_list_store *store = store_with_editions(versions);
    mz_error error = {0};
    bool new;
    mz_import_options options = {.accept = true};
    flip_records(version_file(store, versions[2].version, "records.ndjson.zst"));
    CHECK_INT(MZ_ERR_REFUSED, import_text(store, editions[0], &version, &error));
    CHECK(strstr(error.text, "the version held is damaged") != NULL);
    const char *path = write_text(new_folder(), "list.txt", editions[0]);
    CHECK_OK(mz_list_store_import(store, &line_list, path, &options, &version, &new, &error), error);
    CHECK_TEXT("tl-a1 tl-a2 tl-a3", current_ids(store));
    mz_list_store_close(store);
}

TEST(a_damaged_current_file_is_told_and_mended_by_select) {
    mz_list_version versions[3];
    mz_list_store *store = store_with_editions(versions);
    mz_error error = {0};
    (void)write_text(version_file(store, "", ""), "current", "nonsense\n");
    CHECK(strstr(current_ids(store), "it names no version") != NULL);
    CHECK(strstr(current_version(store).damage, "it names no version") != NULL);
    CHECK_OK(mz_list_store_select(store, "tl", versions[2].version, &error), error);
    CHECK_TEXT("tl-a1 tl-a3 tl-a4", current_ids(store));
    mz_list_store_close(store);
}

/* A process that is killed while it writes this file of the store. */
static void kill_a_writer_of(const mz_list_store *store, const char *name) {
    pid_t child = fork();
    if (child == 0) {
        char path[MZ_STORE_PATH_SIZE];
        mz_file_writer writer;
        (void)snprintf(path, sizeof path, "%s/%s", mz_list_store_folder(store), name);
        if (mz_file_writer_open(&writer, path, NULL) || mz_file_writer_append(&writer, "half", 4, NULL)) _exit(1);
        (void)kill(getpid(), SIGKILL);
    }
    int ending = 0;
    CHECK(child > 0 && waitpid(child, &ending, 0) == child && WIFSIGNALED(ending));
}

static int partial_files(const char *path) {
    int count = 0;
    DIR *folder = opendir(path);
    CHECK(folder != NULL);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
        count += strstr(entry->d_name, ".partial-") != NULL;
    (void)closedir(folder);
    return count;
}

TEST(a_file_that_is_being_written_is_not_swept) {
    mz_list_store *store = store_with(editions[0]);
    mz_list_version version;
    mz_error error = {0};
    char path[MZ_STORE_PATH_SIZE];
    mz_file_writer writer;
    (void)snprintf(path, sizeof path, "%s/index.mzi", mz_list_store_folder(store));
    CHECK_OK(mz_file_writer_open(&writer, path, &error), error);
    CHECK_OK(import_text(store, editions[1], &version, &error), error);
    CHECK_OK(mz_file_writer_append(&writer, "whole", 5, &error), error);
    CHECK_OK(mz_file_writer_commit(&writer, &error), error);
    CHECK_TEXT("whole", read_text_file(path));
    mz_list_store_close(store);
}

TEST(what_killed_writers_left_is_swept_and_nothing_else) {
    mz_list_store *store = store_with(editions[0]);
    mz_list_version version;
    mz_error error = {0};
    char lists[MZ_STORE_PATH_SIZE], list[MZ_STORE_PATH_SIZE + 8], path[MZ_STORE_PATH_SIZE + 64];
    (void)snprintf(lists, sizeof lists, "%s/lists", mz_list_store_folder(store));
    (void)snprintf(list, sizeof list, "%s/tl", lists);
    (void)snprintf(path, sizeof path, "%s/.new-Ab12Cd", lists);
    CHECK(mkdir(path, 0700) == 0);
    (void)write_text(path, "records.ndjson.zst", "half");
    (void)snprintf(path, sizeof path, "%s/.new-Ab12Cd/source", lists);
    CHECK(mkdir(path, 0700) == 0);
    (void)write_text(path, "list.txt.zst", "half");
    kill_a_writer_of(store, "lists/tl/current");
    kill_a_writer_of(store, "index.mzi");
    CHECK_INT(1, partial_files(list));
    CHECK_INT(1, partial_files(mz_list_store_folder(store)));
    (void)write_text(list, "current.partial-Ab12Cd", "not ours");
    (void)write_text(list, "notes.txt", "mine");
    (void)write_text(lists, ".keep", "mine");
    (void)write_text(lists, "README", "mine");
    CHECK_OK(import_text(store, editions[0], &version, &error), error);
    (void)snprintf(path, sizeof path, "%s/.new-Ab12Cd", lists);
    CHECK(access(path, F_OK) != 0);
    CHECK_INT(0, partial_files(mz_list_store_folder(store)));
    CHECK_INT(1, partial_files(list));
    (void)snprintf(path, sizeof path, "%s/current.partial-Ab12Cd", list);
    CHECK(access(path, F_OK) == 0);
    (void)snprintf(path, sizeof path, "%s/notes.txt", list);
    CHECK(access(path, F_OK) == 0);
    (void)snprintf(path, sizeof path, "%s/.keep", lists);
    CHECK(access(path, F_OK) == 0);
    CHECK_TEXT("tl", current_version(store).list);
    mz_list_store_close(store);
}

/* A process that holds the store's lock for so long. */
static pid_t hold_lock(const mz_list_store *store, unsigned milliseconds) {
    int ready[2];
    CHECK(pipe(ready) == 0);
    pid_t child = fork();
    if (child == 0) {
        char path[MZ_STORE_PATH_SIZE];
        int lock;
        (void)snprintf(path, sizeof path, "%s/lock", mz_list_store_folder(store));
        if (mz_store_lock(path, 0, &lock, NULL)) _exit(1);
        if (write(ready[1], "x", 1) != 1) _exit(1);
        (void)nanosleep(&(struct timespec){milliseconds / 1000, milliseconds % 1000 * 1000000L}, NULL);
        _exit(0);
    }
    char byte;
    CHECK(child > 0 && read(ready[0], &byte, 1) == 1);
    (void)close(ready[0]);
    (void)close(ready[1]);
    return child;
}

TEST(the_store_is_free_while_standard_input_is_slow) {
    mz_list_store *store = store_with(editions[0]);
    mz_list_version version;
    mz_error error = {0};
    int pipes[2], ending = 1;
    bool new;
    CHECK(pipe(pipes) == 0);
    pid_t child = fork();
    if (child == 0) {
        const mz_import_options options = {.list = "slow"};
        (void)dup2(pipes[0], STDIN_FILENO);
        (void)close(pipes[1]);
        _exit(mz_list_store_import(store, &line_list, "-", &options, &version, &new, NULL) == MZ_OK ? 0 : 1);
    }
    (void)close(pipes[0]);
    CHECK(child > 0 && write(pipes[1], "a1|Person|", 10) == 10);
    (void)nanosleep(&(struct timespec){.tv_nsec = 300 * 1000000L}, NULL);
    CHECK_OK(import_text(store, editions[1], &version, &error), error); /* sweeps, and leaves the other's spool */
    CHECK(write(pipes[1], "Amina Tazi\n", 11) == 11 && close(pipes[1]) == 0);
    CHECK(waitpid(child, &ending, 0) == child && ending == 0);
    mz_list_store_close(store);
}

TEST(a_second_writer_waits_a_little) {
    mz_list_store *store = store_with(editions[0]);
    mz_list_version version;
    mz_error error = {0};
    pid_t child = hold_lock(store, 400);
    CHECK_OK(import_text(store, editions[1], &version, &error), error);
    CHECK(waitpid(child, NULL, 0) == child);
    mz_list_store_close(store);
}

TEST(a_second_writer_that_waited_long_enough_is_told_why) {
    mz_list_store *store = store_with(editions[0]);
    mz_list_version version;
    mz_error error = {0};
    pid_t child = hold_lock(store, 7000);
    CHECK_TEXT("tl-a1 tl-a2 tl-a3", current_ids(store)); /* readers need no lock */
    CHECK_INT(MZ_ERR_BUSY, import_text(store, editions[1], &version, &error));
    CHECK(strstr(error.text, "another mizan is writing to this store") != NULL);
    CHECK(waitpid(child, NULL, 0) == child);
    mz_list_store_close(store);
}

TEST(the_folder_comes_from_the_environment_when_none_is_given) {
    static const struct {
        const char *own, *data, *home, *folder;
    } cases[] = {
        {"own", "data", "home", "own"},
        {NULL, "data", "home", "data/mizan"},
        {NULL, NULL, "home", "home/.local/share/mizan"},
    };
    char base[512], path[1024];
    (void)snprintf(base, sizeof base, "%s", new_folder());
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        static const char *const names[] = {"MIZAN_HOME", "XDG_DATA_HOME", "HOME"};
        const char *const values[] = {cases[i].own, cases[i].data, cases[i].home};
        mz_list_store *store = NULL;
        mz_error error = {0};
        mz_test_case("%s", cases[i].folder);
        for (size_t at = 0; at < 3; at++) {
            (void)snprintf(path, sizeof path, "%s/%s", base, values[at] ? values[at] : "");
            CHECK((values[at] ? setenv(names[at], path, 1) : unsetenv(names[at])) == 0);
        }
        CHECK_OK(mz_list_store_open(NULL, true, &store, &error), error);
        (void)snprintf(path, sizeof path, "%s/%s", base, cases[i].folder);
        CHECK_TEXT(path, mz_list_store_folder(store));
        struct stat facts;
        CHECK(stat(path, &facts) == 0 && (facts.st_mode & 0777) == 0700);
        mz_list_store_close(store);
    }
    (void)unsetenv("HOME");
    mz_list_store *store = NULL;
    mz_error error = {0};
    CHECK_INT(MZ_ERR_ARGUMENT, mz_list_store_open(NULL, true, &store, &error));
}

TEST(a_store_for_reading_is_not_made_and_not_written) {
    char path[600];
    mz_list_store *store = NULL;
    mz_list_version version, *versions = NULL;
    mz_error error = {0};
    size_t count = 9;
    (void)snprintf(path, sizeof path, "%s/absent", new_folder());
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_list_store_open(path, false, &store, &error));
    CHECK(strstr(error.text, "mizan lists update") != NULL);
    CHECK(access(path, F_OK) != 0);
    CHECK_OK(mz_list_store_open(new_folder(), false, &store, &error), error);
    CHECK_OK(mz_list_store_current(store, &versions, &count, &error), error);
    CHECK_INT(0, count);
    free(versions);
    CHECK_INT(MZ_ERR_ARGUMENT, import_text(store, editions[0], &version, &error));
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_list_store_records(store, "tl", NULL, NULL, NULL, &error));
    mz_list_store_close(store);
}

TEST_MAIN()
