/* An importer that dies at any of its system calls, or whose calls fail (dying.h). Whatever happened, the store opens,
 * holds the old or the new version, whole, and the next import goes through. */
#include "mizan/store.h"

#include "dying.h"
#include "line_list.h"
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char old_text[] = "a1|Person|Amina Tazi\na2|Person|Basma Idrissi\n";
static const char whole_list[] =
    "a1|Person|Amina Tazi|birthDate=1970\na2|Person|Basma Idrissi\na3|Person|Chadia Naciri\n";

static const char only_changes[] = "~a1|Person|Amina Tazi|birthDate=1970\n*a3|Person|Chadia Naciri\n";
static const char *new_text = whole_list;

typedef struct trial_store {
    mz_list_store *store;
    char folder[512], new_path[1024];
} trial_store;

static mz_status import_new(void *context, mz_error *error) {
    const trial_store *trial = context;
    mz_list_version version;
    bool new;
    return mz_list_store_import(trial->store, &line_list, trial->new_path, NULL, &version, &new, error);
}

/* Opens the store anew and looks at everything in it. */
static void check_whole(const char *folder, bool must_be_old) {
    mz_list_store *store = NULL;
    mz_list_version *history = NULL;
    mz_error error = {0};
    size_t count = 0;
    CHECK_OK(mz_list_store_open(folder, false, &store, &error), error);
    const char *ids = current_ids(store);
    bool old = strcmp(ids, "tl-a1 tl-a2") == 0;
    if (!old) CHECK_TEXT("tl-a1 tl-a2 tl-a3", ids);
    CHECK(old || !must_be_old);
    if (!old) CHECK_TEXT("~tl-a1 Person.birthDate(>1970)\n+tl-a3\n", diff_text(store, NULL, NULL));
    CHECK_OK(mz_list_store_history(store, "tl", &history, &count, &error), error);
    CHECK(count == 1 || count == 2);
    for (size_t i = 0; i < count; i++) CHECK_TEXT("", history[i].damage);
    free(history);
    mz_list_store_close(store);
}

static int count_leftovers(const char *folder) {
    char path[1024];
    int count = 0;
    (void)snprintf(path, sizeof path, "%s/lists", folder);
    DIR *entries = opendir(path);
    CHECK(entries != NULL);
    for (const struct dirent *entry; (entry = readdir(entries));) count += strncmp(entry->d_name, ".new-", 5) == 0;
    (void)closedir(entries);
    return count;
}

static trial_store prepare(void) {
    trial_store trial = {NULL, "", ""};
    mz_error error = {0};
    mz_list_version version;
    (void)snprintf(trial.folder, sizeof trial.folder, "%s", new_folder());
    (void)snprintf(trial.new_path, sizeof trial.new_path, "%s", write_text(new_folder(), "new.txt", new_text));
    CHECK_OK(mz_list_store_open(trial.folder, true, &trial.store, &error), error);
    CHECK_OK(import_text(trial.store, old_text, &version, &error), error);
    return trial;
}

/* The import that follows a disaster goes through and leaves nothing of the disaster. */
static void check_recovery(trial_store *trial) {
    mz_test_case("recovering");
    CHECK_INT(MZ_OK, mz_dying_run(import_new, trial, &(mz_dying_plan){.what = MZ_LIVES}).status);
    CHECK_TEXT("tl-a1 tl-a2 tl-a3", current_ids(trial->store));
    CHECK_INT(0, count_leftovers(trial->folder));
}

static int count_calls(void) {
    trial_store trial = prepare();
    mz_dying_end end = mz_dying_run(import_new, &trial, &(mz_dying_plan){.what = MZ_LIVES});
    CHECK_INT(MZ_OK, end.status);
    mz_list_store_close(trial.store);
    CHECK(end.calls > 30);
    return end.calls;
}

static void kill_everywhere(mz_death what, const char *text_of_new) {
    new_text = text_of_new;
    int calls = count_calls(), killed = 0;
    for (int number = 1; number <= calls; number++) {
        mz_test_case("call %d of %d", number, calls);
        trial_store trial = prepare();
        int status = mz_dying_run(import_new, &trial, &(mz_dying_plan){.what = what, .number = number}).status;
        CHECK(status == MZ_WAS_KILLED || (status == MZ_OK && what == MZ_KILLED_HALFWAY));
        killed += status == MZ_WAS_KILLED;
        check_whole(trial.folder, false);
        check_recovery(&trial);
        mz_list_store_close(trial.store);
    }
    printf("# killed at %d of %d calls\n", killed, calls);
    CHECK(killed > 0);
}

TEST(everything_is_flushed_before_it_is_closed) {
    CHECK(count_calls() > 0); /* mz_dying_run looks for unflushed files */
}

TEST(a_writer_killed_before_any_of_its_calls_leaves_the_store_whole) {
    kill_everywhere(MZ_KILLED_BEFORE, whole_list);
}

TEST(a_writer_killed_in_the_middle_of_any_write_leaves_the_store_whole) {
    kill_everywhere(MZ_KILLED_HALFWAY, whole_list);
}

TEST(a_writer_killed_while_it_applies_changes_leaves_the_store_whole) {
    kill_everywhere(MZ_KILLED_BEFORE, only_changes);
    kill_everywhere(MZ_KILLED_HALFWAY, only_changes);
}

/* The reasons the system gives, and what the person reads. */
static const struct {
    const char *what;
    int error;
    bool lasting;
    const char *remedy;
} failures[] = {
    {"the disk is full", ENOSPC, true, "free some space"},
    {"the disk is full for a moment", ENOSPC, false, "free some space"},
    {"nothing may be written", EROFS, true, "may write"},
    {"the disk is broken", EIO, false, "Input/output error"},
};

static void fail_everywhere(const char *text_of_new) {
    new_text = text_of_new;
    int calls = count_calls(), failed = 0;
    for (size_t i = 0; i < sizeof failures / sizeof failures[0]; i++) {
        for (int number = 1; number <= calls; number++) {
            mz_test_case("%s at call %d of %d", failures[i].what, number, calls);
            trial_store trial = prepare();
            const mz_dying_plan plan = {MZ_CALL_FAILS, number, failures[i].error, failures[i].lasting};
            mz_dying_end end = mz_dying_run(import_new, &trial, &plan);
            CHECK(end.status == MZ_OK || end.status == MZ_ERR_IO);
            if (end.status == MZ_ERR_IO) {
                failed++;
                if (!strstr(end.text, failures[i].remedy)) CHECK_TEXT(failures[i].remedy, end.text);
            }
            check_whole(trial.folder, false);
            if (!failures[i].lasting && end.status == MZ_ERR_IO) CHECK_INT(0, count_leftovers(trial.folder));
            check_recovery(&trial);
            mz_list_store_close(trial.store);
        }
    }
    printf("# %d failures told\n", failed);
    CHECK(failed > calls);
}

TEST(a_call_that_fails_is_an_error_in_words_and_leaves_the_store_whole) {
    fail_everywhere(whole_list);
}

TEST(a_call_that_fails_while_changes_are_applied_is_an_error_in_words_too) {
    fail_everywhere(only_changes);
}

TEST_MAIN()
