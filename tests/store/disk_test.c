/* A disk that fails under SQLite, and a process that is killed there: at each call by which a change reaches the disk,
 * in turn. SQLite's own table of system calls is given functions that count, fail, or end the process in the middle of
 * a write. What was acknowledged is there afterwards, and nothing by half. */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { CHANGES = 4, DESCRIPTORS = 1024, TEMPLATE_BYTES = 1 << 20 };
enum { UNFLUSHED = 11, LIED = 12, WRONG_STATUS = 13 };

typedef enum disk_end { LIVES, KILLED_BEFORE, KILLED_HALFWAY, FAILS_ONCE, FAILS_FROM_THEN_ON } disk_end;

static struct {
    disk_end end;
    int number, error; /* of the call that it happens to, from 1 */
    int calls;
    bool dirty[DESCRIPTORS]; /* written to, and not flushed since */
} disk;

static bool its_turn(void) {
    if (!disk.end) return false;
    disk.calls++;
    bool now = disk.end == FAILS_FROM_THEN_ON ? disk.calls >= disk.number : disk.calls == disk.number;
    if (now && disk.end == KILLED_BEFORE) (void)kill(getpid(), SIGKILL);
    errno = disk.error;
    return now;
}

static void mark(int descriptor, bool dirty) {
    if (descriptor >= 0 && descriptor < DESCRIPTORS) disk.dirty[descriptor] = dirty;
}

static ssize_t disk_write(int descriptor, const void *data, size_t size) {
    bool now = its_turn();
    if (now && disk.end == KILLED_HALFWAY) {
        (void)!write(descriptor, data, size / 2);
        (void)kill(getpid(), SIGKILL);
    }
    if (now) return -1;
    mark(descriptor, true);
    return write(descriptor, data, size);
}

static ssize_t disk_pwrite(int descriptor, const void *data, size_t size, off_t at) {
    bool now = its_turn();
    if (now && disk.end == KILLED_HALFWAY) {
        (void)!pwrite(descriptor, data, size / 2, at);
        (void)kill(getpid(), SIGKILL);
    }
    if (now) return -1;
    mark(descriptor, true);
    return pwrite(descriptor, data, size, at);
}

static int disk_truncate(int descriptor, off_t size) {
    if (its_turn()) return -1;
    mark(descriptor, true);
    return ftruncate(descriptor, size);
}

static int disk_fallocate(int descriptor, off_t at, off_t size) {
    return its_turn() ? disk.error : posix_fallocate(descriptor, at, size);
}

/* These two SQLite calls as any program does, so that this program's are taken instead of the C library's. */
int fsync(int descriptor) {
    if (its_turn()) return -1;
    mark(descriptor, false);
    return 0; /* nothing here outlives the machine */
}

int fdatasync(int descriptor) {
    return fsync(descriptor);
}

/* SQLite asks for them by name; those that this build of it does not call are not there, which is no harm. */
static void replace_calls(void) {
    static const struct {
        const char *name;
        sqlite3_syscall_ptr call;
    } calls[] = {
        {"write", (sqlite3_syscall_ptr)disk_write},         {"pwrite", (sqlite3_syscall_ptr)disk_pwrite},
        {"pwrite64", (sqlite3_syscall_ptr)disk_pwrite},     {"ftruncate", (sqlite3_syscall_ptr)disk_truncate},
        {"fallocate", (sqlite3_syscall_ptr)disk_fallocate},
    };
    sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
    for (size_t k = 0; k < sizeof calls / sizeof *calls; k++)
        (void)vfs->xSetSystemCall(vfs, calls[k].name, calls[k].call);
}

/* ---- one life ---- */

/* A file, but for the shared memory, that was written to and not flushed: its last change may be lost with the power.
 */
static bool has_unflushed(void) {
    for (int k = 0; k < DESCRIPTORS; k++) {
        char link[64], path[4096];
        if (!disk.dirty[k]) continue;
        (void)snprintf(link, sizeof link, "/proc/self/fd/%d", k);
        ssize_t size = readlink(link, path, sizeof path);
        bool shared = size >= 4 && memcmp(path + size - 4, "-shm", 4) == 0;
        if (size > 0 && !shared) return true;
    }
    return false;
}

/* Makes the changes, each until it succeeds or twice, and tells which were acknowledged. */
static _Noreturn void live(const char *address, int pipe) {
    mz_store_options options = mz_test_options();
    mz_store *store = NULL;
    mz_error error = {0};
    mz_status status = mz_store_open_with(address, &options, &store, &error);
    if (status) _exit(status == MZ_ERR_IO || status == MZ_ERR_BUSY ? 0 : WRONG_STATUS);
    for (uint32_t number = 0, tries = 0; number < CHANGES && tries < 2 * CHANGES; tries++) {
        status = mz_writer_change(store, 0, number, &error);
        if (status == MZ_ERR_REFUSED) _exit(LIED); /* it was said to have failed, and is there */
        if (status && status != MZ_ERR_IO) _exit(WRONG_STATUS);
        if (status) continue;
        if (has_unflushed()) _exit(UNFLUSHED);
        number++;
        if (write(pipe, &number, sizeof number) != sizeof number) _exit(1);
    }
    mz_store_close(store);
    disk.end = LIVES;
    if (write(pipe, &disk.calls, sizeof disk.calls) != sizeof disk.calls) _exit(1);
    _exit(0);
}

typedef struct outcome {
    uint32_t acknowledged;
    int calls; /* when it lived to its end */
    bool killed;
} outcome;

static outcome run(const char *address, disk_end end, int number, int error) {
    outcome seen = {0};
    uint32_t told[CHANGES + 2] = {0};
    int pipes[2], how = 0;
    CHECK(pipe(pipes) == 0);
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        memset(disk.dirty, 0, sizeof disk.dirty);
        disk.number = number;
        disk.error = error;
        disk.end = end;
        live(address, pipes[1]);
    }
    (void)close(pipes[1]);
    int count = 0;
    while (count < CHANGES + 2 && read(pipes[0], &told[count], sizeof told[0]) == sizeof told[0]) count++;
    (void)close(pipes[0]);
    CHECK(waitpid(child, &how, 0) == child);
    seen.killed = WIFSIGNALED(how);
    CHECK(!seen.killed || WTERMSIG(how) == SIGKILL);
    if (!seen.killed) CHECK_INT(0, WEXITSTATUS(how));
    for (int k = 0; k < count; k++) {
        if (told[k] == seen.acknowledged + 1 && seen.acknowledged < CHANGES)
            seen.acknowledged++;
        else
            seen.calls = (int)told[k];
    }
    return seen;
}

/* ---- every call ---- */

static char template[TEMPLATE_BYTES];
static size_t template_size;

static void make_template(void) {
    const char *address = mz_test_sqlite();
    mz_store *store = mz_test_open(address);
    mz_writer_prepare(store);
    mz_store_close(store);
    FILE *file = fopen(address, "r");
    CHECK(file);
    template_size = fread(template, 1, sizeof template, file);
    CHECK(template_size > 0 && template_size < sizeof template && fclose(file) == 0);
}

static void put_template(const char *address) {
    char path[1024];
    static const char *const beside[] = {"-wal", "-shm", "-journal"};
    for (size_t k = 0; k < 3; k++) {
        (void)snprintf(path, sizeof path, "%s%s", address, beside[k]);
        (void)unlink(path);
    }
    FILE *file = fopen(address, "w");
    CHECK(file && fwrite(template, 1, template_size, file) == template_size && fclose(file) == 0);
}

static int one_call(const char *address, disk_end end, int number, int error) {
    put_template(address);
    mz_test_case("end %d at call %d, error %d", (int)end, number, error);
    outcome seen = run(address, end, number, error);
    mz_store *store = mz_test_open(address);
    uint32_t there = mz_writer_whole(store, 0);
    CHECK(there == seen.acknowledged || there == seen.acknowledged + 1);
    mz_store_close(store);
    return seen.killed || seen.acknowledged < CHANGES;
}

static void at_every_call(disk_end end, int error) {
    const char *address = mz_test_sqlite();
    int felt = 0;
    replace_calls();
    make_template();
    put_template(address);
    outcome whole = run(address, FAILS_ONCE, 1 << 30, 0);
    CHECK_INT(CHANGES, whole.acknowledged);
    CHECK(whole.calls > 3 * CHANGES);
    for (int number = 1; number <= whole.calls; number++) felt += one_call(address, end, number, error);
    CHECK(felt > 0 || end == FAILS_ONCE);
}

TEST(a_writer_that_is_killed_before_any_call_leaves_the_store_whole) {
    at_every_call(KILLED_BEFORE, 0);
}

TEST(a_writer_that_is_killed_in_the_middle_of_any_write_leaves_the_store_whole) {
    at_every_call(KILLED_HALFWAY, 0);
}

TEST(a_call_that_fails_once_leaves_the_store_whole_and_in_use) {
    at_every_call(FAILS_ONCE, EIO);
}

TEST(a_disk_that_becomes_full_leaves_the_store_whole) {
    at_every_call(FAILS_FROM_THEN_ON, ENOSPC);
}

TEST(a_disk_that_dies_leaves_the_store_whole) {
    at_every_call(FAILS_FROM_THEN_ON, EIO);
}

/* ---- what is said ---- */

TEST(a_full_disk_is_called_one_and_writing_goes_on_when_there_is_room) {
    const char *address = mz_test_sqlite();
    struct rlimit limit, small;
    mz_error error = {0};
    mz_status status = MZ_OK;
    uint32_t number = 0;
    mz_store *store = mz_test_open(address);
    mz_writer_prepare(store);
    CHECK(getrlimit(RLIMIT_FSIZE, &limit) == 0);
    small = limit;
    small.rlim_cur = 1 << 18;
    (void)signal(SIGXFSZ, SIG_IGN);
    CHECK(setrlimit(RLIMIT_FSIZE, &small) == 0);
    while (!status && number < 5000)
        if (!(status = mz_writer_change(store, 0, number, &error))) number++;
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    CHECK_INT(MZ_ERR_IO, status);
    CHECK(strstr(error.text, "nothing was changed"));
    CHECK_INT(number, mz_writer_whole(store, 0));
    CHECK_OK(mz_writer_change(store, 0, number, &error), error);
    mz_store_close(store);
    store = mz_test_open(address);
    CHECK_INT(number + 1, mz_writer_whole(store, 0));
    mz_store_close(store);
}

TEST_MAIN()
