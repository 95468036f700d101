/* A test program: TEST bodies, checks that say what they saw, and one line a test in the Test Anything Protocol.
 *
 *     TEST(a_missing_nisba_is_nothing) {
 *         CHECK_INT(1, words("..."));
 *     }
 *     TEST_MAIN()
 *
 * A failed check names file, line and both values, ends its test and goes on with the next. */
#ifndef MIZAN_TEST_H
#define MIZAN_TEST_H

#include "mizan/str.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdint.h>

typedef void (*mz_test_body)(void);

void mz_test_register(const char *name, mz_test_body body);
_Noreturn void mz_test_fail(const char *file, int line, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Ends the test as skipped, with the reason. */
_Noreturn void mz_test_skip(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Names the case in hand (a row of a table, an input); shown with a failure. Cleared at each test's start. */
void mz_test_case(const char *format, ...) __attribute__((format(printf, 1, 2)));
void mz_check_int(const char *file, int line, int64_t expected, int64_t actual, const char *expression);
void mz_check_str(const char *file, int line, mz_str expected, mz_str actual, const char *expression);
int mz_test_main(int argc, char **argv);

/* The folder with the real lists: $MIZAN_SHARED, else ../shared beside the source tree; skips the test
 * when it is not there. */
const char *mz_test_shared(void);
/* The project's source folder, and an empty folder of this test's own, removed at the end of the program. */
const char *mz_test_source(void);
const char *mz_test_folder(void);

#define TEST(name)                                                                                                     \
    static void test_##name(void);                                                                                     \
    __attribute__((constructor)) static void register_##name(void) {                                                   \
        mz_test_register(#name, test_##name);                                                                          \
    }                                                                                                                  \
    static void test_##name(void)
#define TEST_MAIN()                                                                                                    \
    int main(int argc, char **argv) {                                                                                  \
        return mz_test_main(argc, argv);                                                                               \
    }

#define CHECK(truth)                                                                                                   \
    do {                                                                                                               \
        if (!(truth)) mz_test_fail(__FILE__, __LINE__, "not so: %s", #truth);                                          \
    } while (0)
#define CHECK_INT(expected, actual) mz_check_int(__FILE__, __LINE__, (int64_t)(expected), (int64_t)(actual), #actual)
#define CHECK_STR(expected, actual) mz_check_str(__FILE__, __LINE__, (expected), (actual), #actual)
#define CHECK_TEXT(expected, actual) mz_check_str(__FILE__, __LINE__, mz_str_of(expected), mz_str_of(actual), #actual)
/* An mz_status that must be MZ_OK; the error's text is shown when it is not. */
#define CHECK_OK(status, error)                                                                                        \
    do {                                                                                                               \
        int status_ = (int)(status);                                                                                   \
        if (status_) mz_test_fail(__FILE__, __LINE__, "%s: status %d: %s", #status, status_, (error).text);            \
    } while (0)

#endif
