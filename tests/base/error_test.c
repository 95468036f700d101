#include "base/error.h"

#include "test.h"

#include <errno.h>
#include <stdio.h>

TEST(a_failure_carries_status_place_and_text) {
    mz_error error = {.line = 99, .where = "old"};
    CHECK_INT(MZ_ERR_INPUT, mz_fail_at(&error, MZ_ERR_INPUT, 12, 3, "unexpected %s", "comma"));
    CHECK_INT(MZ_ERR_INPUT, error.status);
    CHECK_INT(12, error.line);
    CHECK_INT(3, error.column);
    CHECK_TEXT("unexpected comma", error.text);
    CHECK_TEXT("", error.where);
    CHECK_INT(MZ_ERR_LIMIT, mz_fail(&error, MZ_ERR_LIMIT, "too long"));
    CHECK_INT(0, error.line);
}

TEST(nobody_has_to_ask_for_the_detail) {
    CHECK_INT(MZ_ERR_MEMORY, mz_fail_memory(NULL));
    CHECK_INT(MZ_ERR_INPUT, mz_fail_at(NULL, MZ_ERR_INPUT, 1, 1, "x"));
    mz_error_name(NULL, "x");
}

TEST(errno_is_kept) {
    mz_error error;
    errno = EAGAIN;
    (void)mz_fail(&error, MZ_ERR_IO, "%s", "x");
    CHECK_INT(EAGAIN, errno);
}

TEST(the_innermost_place_wins) {
    mz_error error;
    (void)mz_fail(&error, MZ_ERR_INPUT, "x");
    mz_error_name(&error, "sdn.csv");
    mz_error_name(&error, "the folder");
    CHECK_TEXT("sdn.csv", error.where);
}

TEST(the_systems_reasons_come_with_a_remedy) {
    static const struct {
        int number;
        mz_status status;
        const char *part;
    } cases[] = {
        {ENOENT, MZ_ERR_NOT_FOUND, "cannot open list.xml: No such file"},
        {ENOSPC, MZ_ERR_IO, "free some space"},
        {EACCES, MZ_ERR_IO, "choose a place you may write to"},
        {EROFS, MZ_ERR_IO, "choose a place you may write to"},
        {ENOMEM, MZ_ERR_MEMORY, "cannot open list.xml"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mz_error error;
        errno = cases[i].number;
        CHECK_INT(cases[i].status, mz_fail_errno(&error, "open", "list.xml"));
        mz_test_case("%s", error.text);
        CHECK(strstr(error.text, cases[i].part) != NULL);
    }
}

/* A file name or a field may hold anything; a message is one line that sends nothing to a terminal. */
TEST(a_message_is_one_line_of_utf8) {
    static const struct {
        const char *quoted, *expected;
    } cases[] = {
        {"plain", "plain"},
        {"ميزان 秤 𐎠", "ميزان 秤 𐎠"},
        {"two\nlines\r", "two?lines?"},
        {"\x1b[31mred\x7f", "?[31mred?"},
        {"c1 \xC2\x9B"
         "31m",
         "c1 ??31m"},
        {"no-break \xC2\xA0 space", "no-break \xC2\xA0 space"},
        {"latin-1 \xE9t\xE9", "latin-1 ?t?"},
        {"overlong \xC0\xAF \xE0\x80\xAF", "overlong ?? ???"},
        {"surrogate \xED\xA0\x80", "surrogate ???"},
        {"beyond \xF4\x90\x80\x80", "beyond ????"},
        {"cut \xE7\xA7", "cut ??"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mz_error error;
        (void)mz_fail(&error, MZ_ERR_INPUT, "%s", cases[i].quoted);
        CHECK_TEXT(cases[i].expected, error.text);
        mz_error_name(&error, cases[i].quoted);
        CHECK_TEXT(cases[i].expected, error.where);
    }
}

TEST(a_long_message_is_cut_between_letters) {
    for (int before = 0; before < 4; before++) {
        mz_error error;
        char text[1200] = "";
        for (int i = 0; i < before; i++) (void)strcat(text, "x");
        while (strlen(text) < 1000) (void)strcat(text, "秤");
        (void)mz_fail(&error, MZ_ERR_INPUT, "%s", text);
        size_t size = strlen(error.text);
        mz_test_case("%d letters before", before);
        CHECK(size > MZ_ERROR_TEXT_SIZE - 4 && size < MZ_ERROR_TEXT_SIZE);
        CHECK_INT(0, (size - (size_t)before) % 3);
        CHECK_INT(0, memcmp(text, error.text, size));
    }
}

TEST(every_status_has_a_word) {
    for (int status = MZ_OK; status <= MZ_ERR_CANCELLED; status++) {
        mz_test_case("%d", status);
        CHECK(strcmp("unknown status", mz_status_name((mz_status)status)) != 0);
    }
}

TEST_MAIN()
