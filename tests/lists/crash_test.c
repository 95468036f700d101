/* A writer that dies. Each system call by which an import changes the disk is made the last one of its process, in
 * turn: killed just before it, killed in the middle of a write, or told by the system that it failed (a full disk, a
 * folder that may not be written). Whatever happened, the store opens, holds the old or the new version, whole, and
 * the next import goes through.
 *
 * The calls are this program's own functions of the same names, which the linker prefers to the C library's. */
#include "mizan/store.h"

#include "line_list.h"
#include "test.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- the calls -------------------------------------------------------------------------------------------------- */

typedef enum what_happens { NOTHING, KILLED_BEFORE, KILLED_HALFWAY, FAILS } what_happens;

static struct {
    bool counting;
    what_happens what;
    int number;    /* of the call that it happens to, from 1 */
    int error;     /* with which it fails */
    int calls;     /* so far */
    bool lasting;  /* all calls behind it fail as well, as on a full disk */
    bool happened; /* it came to that call */
    bool dirty[1024];
    int renamed_dirty; /* files or folders that were named before their contents were flushed */
} plan;

/* Whether this call is the one and must fail; does not return when the process is to die. */
static bool its_turn(void) {
    if (!plan.counting) return false;
    plan.calls++;
    bool now = plan.lasting ? plan.calls >= plan.number : plan.calls == plan.number;
    if (plan.what == NOTHING || !now) return false;
    plan.happened = true;
    if (plan.what == KILLED_BEFORE) (void)kill(getpid(), SIGKILL);
    errno = plan.error;
    return plan.what == FAILS;
}

static void mark(int descriptor, bool dirty) {
    if (descriptor >= 0 && descriptor < 1024) plan.dirty[descriptor] = dirty;
}

ssize_t write(int descriptor, const void *data, size_t size) {
    if (plan.counting && descriptor > 2) {
        if (its_turn()) return -1;
        if (plan.what == KILLED_HALFWAY && plan.calls == plan.number) {
            (void)syscall(SYS_write, descriptor, data, size / 2);
            (void)kill(getpid(), SIGKILL);
        }
        mark(descriptor, true);
    }
    return syscall(SYS_write, descriptor, data, size);
}

int fsync(int descriptor) {
    if (its_turn()) return -1;
    mark(descriptor, false);
    return 0; /* nothing here outlives the machine */
}

int close(int descriptor) {
    if (plan.counting && descriptor >= 0 && descriptor < 1024 && plan.dirty[descriptor]) plan.renamed_dirty++;
    mark(descriptor, false);
    return (int)syscall(SYS_close, descriptor);
}

int rename(const char *from, const char *to) {
    if (its_turn()) return -1;
    return (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int mkdir(const char *path, mode_t mode) {
    if (its_turn()) return -1;
    return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

char *mkdtemp(char *template) {
    static unsigned number;
    if (its_turn()) return NULL;
    (void)snprintf(template + strlen(template) - 6, 7, "%06u", number++ % 1000000);
    return syscall(SYS_mkdirat, AT_FDCWD, template, 0700) == 0 ? template : NULL;
}

int mkostemp(char *template, int flags) {
    static unsigned number;
    if (its_turn()) return -1;
    (void)snprintf(template + strlen(template) - 6, 7, "%06u", number++ % 1000000);
    return (int)syscall(SYS_openat, AT_FDCWD, template, O_RDWR | O_CREAT | O_EXCL | flags, 0600);
}

int fchmod(int descriptor, mode_t mode) {
    if (its_turn()) return -1;
    return (int)syscall(SYS_fchmod, descriptor, mode);
}

int unlink(const char *path) {
    if (its_turn()) return -1;
    return (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int unlinkat(int folder, const char *path, int flags) {
    if (its_turn()) return -1;
    return (int)syscall(SYS_unlinkat, folder, path, flags);
}

int open(const char *path, int flags, ...) {
    mode_t mode = 0;
    if (flags & O_CREAT) {
        va_list arguments;
        va_start(arguments, flags);
        mode = va_arg(arguments, mode_t);
        va_end(arguments);
        if (its_turn()) return -1;
    }
    return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

/* ---- the experiment --------------------------------------------------------------------------------------------- */

static const char old_text[] = "a1|Person|Amina Tazi\na2|Person|Basma Idrissi\n";
static const char whole_list[] =
    "a1|Person|Amina Tazi|birthDate=1970\na2|Person|Basma Idrissi\na3|Person|Chadia Naciri\n";

static const char only_changes[] = "~a1|Person|Amina Tazi|birthDate=1970\n*a3|Person|Chadia Naciri\n";
static const char *new_text = whole_list;

/* Imports in a process of its own, so that it may die. Its exit status, or 1000 when it was killed; its error's text
 * in `ret_text`. */
static int import_apart(mz_list_store *store, const char *path, what_happens what, int number, int error_number,
                        bool lasting, int *ret_calls, char ret_text[MZ_ERROR_TEXT_SIZE]) {
    struct {
        int calls, dirty;
        char text[MZ_ERROR_TEXT_SIZE];
    } message = {0};
    int pipes[2], wait_status = 0;
    CHECK(pipe(pipes) == 0);
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        mz_list_version version;
        mz_error error = {0};
        bool new;
        plan.what = what;
        plan.number = number;
        plan.error = error_number;
        plan.lasting = lasting;
        plan.counting = true;
        mz_status status = mz_list_store_import(store, &line_list, path, NULL, &version, &new, &error);
        plan.counting = false;
        message.calls = plan.calls;
        message.dirty = plan.renamed_dirty;
        memcpy(message.text, error.text, sizeof message.text);
        (void)syscall(SYS_write, pipes[1], &message, sizeof message);
        _exit((int)status);
    }
    (void)close(pipes[1]);
    ssize_t got = read(pipes[0], &message, sizeof message);
    (void)close(pipes[0]);
    CHECK(waitpid(child, &wait_status, 0) == child);
    if (WIFSIGNALED(wait_status)) {
        CHECK_INT(SIGKILL, WTERMSIG(wait_status));
        return 1000;
    }
    CHECK_INT(sizeof message, got);
    CHECK(what != NOTHING || message.dirty == 0);
    if (ret_calls) *ret_calls = message.calls;
    memcpy(ret_text, message.text, sizeof message.text);
    return WEXITSTATUS(wait_status);
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

typedef struct trial_store {
    mz_list_store *store;
    char folder[512], new_path[1024];
} trial_store;

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
static void check_recovery(const trial_store *trial) {
    char text[MZ_ERROR_TEXT_SIZE] = "";
    mz_test_case("recovering");
    CHECK_INT(MZ_OK, import_apart(trial->store, trial->new_path, NOTHING, 0, 0, false, NULL, text));
    CHECK_TEXT("tl-a1 tl-a2 tl-a3", current_ids(trial->store));
    CHECK_INT(0, count_leftovers(trial->folder));
}

static int count_calls(void) {
    int calls = 0;
    char text[MZ_ERROR_TEXT_SIZE] = "";
    trial_store trial = prepare();
    CHECK_INT(MZ_OK, import_apart(trial.store, trial.new_path, NOTHING, 0, 0, false, &calls, text));
    mz_list_store_close(trial.store);
    CHECK(calls > 30);
    return calls;
}

static void kill_everywhere(what_happens what, const char *text_of_new) {
    new_text = text_of_new;
    int calls = count_calls(), killed = 0;
    char text[MZ_ERROR_TEXT_SIZE] = "";
    for (int number = 1; number <= calls; number++) {
        mz_test_case("call %d of %d", number, calls);
        trial_store trial = prepare();
        int status = import_apart(trial.store, trial.new_path, what, number, 0, false, NULL, text);
        CHECK(status == 1000 || (status == MZ_OK && what == KILLED_HALFWAY));
        killed += status == 1000;
        check_whole(trial.folder, false);
        check_recovery(&trial);
        mz_list_store_close(trial.store);
    }
    printf("# killed at %d of %d calls\n", killed, calls);
    CHECK(killed > 0);
}

TEST(everything_is_flushed_before_it_is_closed) {
    CHECK(count_calls() > 0); /* import_apart looks for unflushed files */
}

TEST(a_writer_killed_before_any_of_its_calls_leaves_the_store_whole) {
    kill_everywhere(KILLED_BEFORE, whole_list);
}

TEST(a_writer_killed_in_the_middle_of_any_write_leaves_the_store_whole) {
    kill_everywhere(KILLED_HALFWAY, whole_list);
}

TEST(a_writer_killed_while_it_applies_changes_leaves_the_store_whole) {
    kill_everywhere(KILLED_BEFORE, only_changes);
    kill_everywhere(KILLED_HALFWAY, only_changes);
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
            char text[MZ_ERROR_TEXT_SIZE] = "";
            mz_test_case("%s at call %d of %d", failures[i].what, number, calls);
            trial_store trial = prepare();
            int status = import_apart(trial.store, trial.new_path, FAILS, number, failures[i].error,
                                      failures[i].lasting, NULL, text);
            CHECK(status == MZ_OK || status == MZ_ERR_IO);
            if (status == MZ_ERR_IO) {
                failed++;
                if (!strstr(text, failures[i].remedy)) CHECK_TEXT(failures[i].remedy, text);
            }
            check_whole(trial.folder, false);
            if (!failures[i].lasting && status == MZ_ERR_IO) CHECK_INT(0, count_leftovers(trial.folder));
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
