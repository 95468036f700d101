#include "test.h"

#include <ftw.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_TESTS = 512 };

static struct {
    const char *name;
    mz_test_body body;
} tests[MOST_TESTS];
static int test_count;
static jmp_buf leave;
static char reason[4096], current_case[1024], folder[256];
enum { PASSED, FAILED = 1, SKIPPED = 2 };

void mz_test_register(const char *name, mz_test_body body) {
    if (test_count == MOST_TESTS) abort();
    tests[test_count].name = name;
    tests[test_count++].body = body;
}

void mz_test_fail(const char *file, int line, const char *format, ...) {
    char text[3000];
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    (void)snprintf(reason, sizeof reason, "%s:%d: %s%s%.1000s", file, line, text, current_case[0] ? "; case: " : "",
                   current_case);
    longjmp(leave, FAILED);
}

void mz_test_skip(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(reason, sizeof reason, format, arguments);
    va_end(arguments);
    longjmp(leave, SKIPPED);
}

void mz_test_case(const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    (void)vsnprintf(current_case, sizeof current_case, format, arguments);
    va_end(arguments);
}

void mz_check_int(const char *file, int line, int64_t expected, int64_t actual, const char *expression) {
    if (expected != actual)
        mz_test_fail(file, line, "%s: expected %lld, got %lld", expression, (long long)expected, (long long)actual);
}

void mz_check_str(const char *file, int line, mz_str expected, mz_str actual, const char *expression) {
    if (!mz_str_equal(expected, actual))
        mz_test_fail(file, line, "%s: expected \"%.*s\", got \"%.*s\"", expression, (int)expected.size,
                     expected.data ? expected.data : "", (int)actual.size, actual.data ? actual.data : "");
}

const char *mz_test_shared(void) {
    static char path[1024];
    const char *given = getenv("MIZAN_SHARED");
    if (given && *given)
        (void)snprintf(path, sizeof path, "%s", given);
    else
        (void)snprintf(path, sizeof path, "%s/../shared", mz_test_source());
    if (access(path, R_OK) != 0) mz_test_skip("no real lists at %s (set MIZAN_SHARED)", path);
    return path;
}

const char *mz_test_source(void) {
    const char *given = getenv("MIZAN_SOURCE");
    return given && *given ? given : ".";
}

static int remove_entry(const char *path, const struct stat *facts, int kind, struct FTW *place) {
    (void)facts, (void)kind, (void)place;
    return remove(path);
}

static void remove_folder(void) {
    if (folder[0]) (void)nftw(folder, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

const char *mz_test_folder(void) {
    if (folder[0]) return folder;
    const char *base = getenv("TMPDIR");
    (void)snprintf(folder, sizeof folder, "%.200s/mizan-test-%ld-XXXXXX", base && *base ? base : "/tmp",
                   (long)getpid());
    if (!mkdtemp(folder)) {
        folder[0] = '\0';
        mz_test_fail(__FILE__, __LINE__, "cannot make a folder for the test");
    }
    (void)atexit(remove_folder);
    return folder;
}

static void one_line(char *text) {
    for (; *text; text++)
        if (*text == '\n' || *text == '\r') *text = ' ';
}

/* With an argument, only tests whose name contains it run. */
int mz_test_main(int argc, char **argv) {
    volatile int failed = 0, number = 0;
    printf("1..%d\n", test_count);
    for (volatile int i = 0; i < test_count; i++) {
        if (argc > 1 && !strstr(tests[i].name, argv[1])) {
            printf("ok %d - %s # SKIP not asked for\n", ++number, tests[i].name);
            continue;
        }
        current_case[0] = '\0';
        int outcome = setjmp(leave);
        if (outcome == PASSED) tests[i].body();
        one_line(reason);
        ++number;
        if (outcome == PASSED)
            printf("ok %d - %s\n", number, tests[i].name);
        else if (outcome == SKIPPED)
            printf("ok %d - %s # SKIP %s\n", number, tests[i].name, reason);
        else
            printf("not ok %d - %s\n# %s\n", number, tests[i].name, reason), failed++;
        (void)fflush(stdout);
    }
    return failed ? 1 : 0;
}
