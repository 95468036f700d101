#include "dying.h"

#include "test.h"

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

enum { DESCRIPTORS = 1024 };

static struct {
    bool counting;
    mz_dying_plan plan;
    int calls; /* so far */
    bool dirty[DESCRIPTORS];
    int closed_dirty; /* files or folders that were closed before their contents were flushed */
} state;

/* Whether this call is the one and must fail; does not return when the process is to die. */
static bool its_turn(void) {
    if (!state.counting) return false;
    state.calls++;
    const mz_dying_plan *plan = &state.plan;
    bool now = plan->lasting ? state.calls >= plan->number : state.calls == plan->number;
    if (plan->what == MZ_LIVES || !now) return false;
    if (plan->what == MZ_KILLED_BEFORE) (void)kill(getpid(), SIGKILL);
    errno = plan->error;
    return plan->what == MZ_CALL_FAILS;
}

static bool dies_halfway(void) {
    return state.plan.what == MZ_KILLED_HALFWAY && state.calls == state.plan.number;
}

static void mark(int descriptor, bool dirty) {
    if (descriptor >= 0 && descriptor < DESCRIPTORS) state.dirty[descriptor] = dirty;
}

/* ---- the calls -------------------------------------------------------------------------------------------------- */

ssize_t write(int descriptor, const void *data, size_t size) {
    if (state.counting && descriptor > 2) {
        if (its_turn()) return -1;
        if (dies_halfway()) {
            (void)syscall(SYS_write, descriptor, data, size / 2);
            (void)kill(getpid(), SIGKILL);
        }
        mark(descriptor, true);
    }
    return syscall(SYS_write, descriptor, data, size);
}

ssize_t pwrite(int descriptor, const void *data, size_t size, off_t offset) {
    if (state.counting) {
        if (its_turn()) return -1;
        if (dies_halfway()) {
            (void)syscall(SYS_pwrite64, descriptor, data, size / 2, offset);
            (void)kill(getpid(), SIGKILL);
        }
        mark(descriptor, true);
    }
    return syscall(SYS_pwrite64, descriptor, data, size, offset);
}

int ftruncate(int descriptor, off_t size) {
    if (its_turn()) return -1;
    mark(descriptor, true);
    return (int)syscall(SYS_ftruncate, descriptor, size);
}

int fsync(int descriptor) {
    if (its_turn()) return -1;
    mark(descriptor, false);
    return 0; /* nothing here outlives the machine */
}

int close(int descriptor) {
    if (state.counting && descriptor >= 0 && descriptor < DESCRIPTORS && state.dirty[descriptor]) state.closed_dirty++;
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

typedef struct message {
    int calls, closed_dirty;
    char text[MZ_ERROR_TEXT_SIZE];
} message;

static _Noreturn void run_and_tell(mz_dying_body body, void *context, const mz_dying_plan *plan, int pipe_end) {
    mz_error error = {0};
    message told = {0};
    state.plan = *plan;
    state.counting = true;
    mz_status status = body(context, &error);
    state.counting = false;
    told.calls = state.calls;
    told.closed_dirty = state.closed_dirty;
    memcpy(told.text, error.text, sizeof told.text);
    (void)syscall(SYS_write, pipe_end, &told, sizeof told);
    _exit((int)status);
}

mz_dying_end mz_dying_run(mz_dying_body body, void *context, const mz_dying_plan *plan) {
    mz_dying_end end = {.status = MZ_WAS_KILLED};
    message told = {0};
    int pipes[2], wait_status = 0;
    CHECK(pipe(pipes) == 0);
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) run_and_tell(body, context, plan, pipes[1]);
    (void)close(pipes[1]);
    ssize_t got = read(pipes[0], &told, sizeof told);
    (void)close(pipes[0]);
    CHECK(waitpid(child, &wait_status, 0) == child);
    if (WIFSIGNALED(wait_status)) {
        CHECK_INT(SIGKILL, WTERMSIG(wait_status));
        return end;
    }
    CHECK_INT(sizeof told, got);
    CHECK(plan->what != MZ_LIVES || told.closed_dirty == 0);
    end.status = WEXITSTATUS(wait_status);
    end.calls = told.calls;
    memcpy(end.text, told.text, sizeof end.text);
    return end;
}
