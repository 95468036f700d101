/* Lines: from memory, from a file and from a pipe the same text gives the same lines. */
#include "base/file.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* All lines with "|" behind each, "!" for a line that was too long; at most 4096 bytes a line. */
static mz_str lines_of(mz_input *input, size_t longest) {
    static mz_buffer joined;
    mz_buffer line;
    bool more = true;
    mz_buffer_done(&joined);
    mz_buffer_init(&joined, 1 << 22);
    mz_buffer_init(&line, longest);
    for (;;) {
        mz_error error = {0};
        mz_status status = mz_input_line(input, &line, &more, &error);
        if (status == MZ_ERR_LIMIT) {
            CHECK_INT(input->line, error.line);
            mz_buffer_char(&joined, '!');
            continue;
        }
        CHECK_OK(status, error);
        if (!more) break;
        mz_buffer_str(&joined, mz_buffer_view(&line));
        mz_buffer_char(&joined, '|');
    }
    mz_buffer_done(&line);
    return mz_buffer_view(&joined);
}

static mz_str lines_of_memory(mz_str text, size_t longest) {
    mz_input input;
    mz_input_memory(&input, "memory", text);
    mz_str lines = lines_of(&input, longest);
    CHECK_INT(text.size, input.consumed);
    mz_input_close(&input);
    return lines;
}

/* The text arrives in pieces of `step` bytes, as from a slow network. */
static mz_str lines_of_pipe(mz_str text, size_t step, size_t longest) {
    int ends[2];
    mz_error error = {0};
    mz_input input;
    char path[64];
    CHECK(pipe(ends) == 0);
    pid_t child = fork();
    CHECK(child >= 0);
    if (child == 0) {
        (void)close(ends[0]);
        for (size_t at = 0; at < text.size; at += step) {
            size_t size = text.size - at < step ? text.size - at : step;
            if (write(ends[1], text.data + at, size) != (ssize_t)size) _exit(1);
            (void)usleep(300);
        }
        _exit(0);
    }
    (void)close(ends[1]);
    (void)snprintf(path, sizeof path, "/proc/self/fd/%d", ends[0]);
    CHECK_OK(mz_input_open(&input, path, &error), error);
    (void)close(ends[0]);
    mz_str lines = lines_of(&input, longest);
    mz_input_close(&input);
    int outcome = 0;
    CHECK(waitpid(child, &outcome, 0) == child);
    CHECK_INT(0, outcome);
    return lines;
}

static const struct {
    const char *what;
    mz_str text, lines;
} cases[] = {
    {"nothing", MZ_STR_INIT(""), MZ_STR_INIT("")},
    {"one line", MZ_STR_INIT("a\n"), MZ_STR_INIT("a|")},
    {"no newline at the end", MZ_STR_INIT("a\nb"), MZ_STR_INIT("a|b|")},
    {"empty lines", MZ_STR_INIT("\n\na\n\n"), MZ_STR_INIT("||a||")},
    {"CRLF", MZ_STR_INIT("a\r\n\r\nb\r\n"), MZ_STR_INIT("a||b|")},
    {"CR at the very end", MZ_STR_INIT("a\r"), MZ_STR_INIT("a|")},
    {"CR inside a line is kept", MZ_STR_INIT("a\rb\r\r\n"), MZ_STR_INIT("a\rb\r|")},
    {"byte-order mark",
     MZ_STR_INIT("\xEF\xBB\xBF"
                 "a\n"),
     MZ_STR_INIT("a|")},
    {"nothing but a byte-order mark", MZ_STR_INIT("\xEF\xBB\xBF"), MZ_STR_INIT("")},
    {"a second mark is text", MZ_STR_INIT("\xEF\xBB\xBF\xEF\xBB\xBF\n"), MZ_STR_INIT("\xEF\xBB\xBF|")},
    {"a mark on the second line is text",
     MZ_STR_INIT("a\n\xEF\xBB\xBF"
                 "b\n"),
     MZ_STR_INIT("a|\xEF\xBB\xBF"
                 "b|")},
    {"half a mark is text", MZ_STR_INIT("\xEF\xBB"), MZ_STR_INIT("\xEF\xBB|")},
    {"NUL bytes are kept", MZ_STR_INIT("a\0b\n\0\n"), MZ_STR_INIT("a\0b|\0|")},
    {"ten bytes fit", MZ_STR_INIT("1234567890\nx\n"), MZ_STR_INIT("1234567890|x|")},
    {"eleven do not, and the next line is read", MZ_STR_INIT("12345678901\nx\n"), MZ_STR_INIT("!x|")},
    {"too long at the end", MZ_STR_INIT("x\n12345678901"), MZ_STR_INIT("x|!")},
    {"too long twice", MZ_STR_INIT("12345678901\n123456789012345678901\nx"), MZ_STR_INIT("!!x|")},
};

TEST(lines_from_memory) {
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mz_test_case("%s", cases[i].what);
        CHECK_STR(cases[i].lines, lines_of_memory(cases[i].text, 10));
    }
}

TEST(lines_from_a_file) {
    char path[512];
    (void)snprintf(path, sizeof path, "%s/lines", mz_test_folder());
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mz_error error = {0};
        mz_input input;
        mz_test_case("%s", cases[i].what);
        CHECK_OK(mz_file_replace(path, cases[i].text.data, cases[i].text.size, &error), error);
        CHECK_OK(mz_input_open(&input, path, &error), error);
        CHECK_INT(cases[i].text.size, input.total_bytes);
        CHECK_STR(cases[i].lines, lines_of(&input, 10));
        mz_input_close(&input);
    }
}

TEST(lines_from_a_pipe_that_gives_single_bytes) {
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mz_test_case("%s", cases[i].what);
        CHECK_STR(cases[i].lines, lines_of_pipe(cases[i].text, 1, 10));
    }
}

/* Larger than the block that is read at once, with line ends at every place of it. */
TEST(a_line_may_cross_the_blocks_of_reading) {
    enum { SIZE = 1000000 };
    char *text = malloc(SIZE);
    CHECK(text != NULL);
    for (size_t i = 0; i < SIZE; i++) text[i] = i % 97 == 96 ? '\n' : i % 97 == 95 ? '\r' : 'x';
    mz_buffer from_memory;
    mz_buffer_init(&from_memory, 1 << 22);
    mz_buffer_str(&from_memory, lines_of_memory((mz_str){text, SIZE}, 4096));
    CHECK_STR(mz_buffer_view(&from_memory), lines_of_pipe((mz_str){text, SIZE}, 60001, 4096));
    CHECK_INT(SIZE / 97 * 96 + SIZE % 97 + 1, from_memory.size);
    mz_buffer_done(&from_memory);
    free(text);
}

TEST(lines_are_counted_from_one) {
    mz_input input;
    mz_buffer line;
    mz_error error = {0};
    bool more = false;
    mz_buffer_init(&line, 3);
    mz_input_memory(&input, "memory", MZ_STR("a\ntoo long\nb\n"));
    CHECK_OK(mz_input_line(&input, &line, &more, &error), error);
    CHECK_INT(1, input.line);
    CHECK_INT(MZ_ERR_LIMIT, mz_input_line(&input, &line, &more, &error));
    CHECK_INT(2, error.line);
    CHECK(more);
    CHECK_OK(mz_input_line(&input, &line, &more, &error), error);
    CHECK_INT(3, input.line);
    CHECK_STR(MZ_STR("b"), mz_buffer_view(&line));
    mz_buffer_done(&line);
}

TEST(the_text_of_an_empty_line_is_empty_also_as_a_c_string) {
    mz_input input;
    mz_buffer line;
    mz_error error = {0};
    bool more = false;
    mz_buffer_init(&line, 100);
    mz_input_memory(&input, "memory", MZ_STR("first\n\n"));
    CHECK_OK(mz_input_line(&input, &line, &more, &error), error);
    CHECK_OK(mz_input_line(&input, &line, &more, &error), error);
    CHECK(more);
    CHECK_TEXT("", line.data);
    mz_buffer_done(&line);
}

TEST(bytes_are_read_as_they_come) {
    mz_input input;
    mz_error error = {0};
    char text[4];
    size_t size = 99;
    mz_input_memory(&input, "memory", MZ_STR("abcdef"));
    CHECK_OK(mz_input_read(&input, text, sizeof text, &size, &error), error);
    CHECK_STR(MZ_STR("abcd"), ((mz_str){text, size}));
    CHECK_OK(mz_input_read(&input, text, sizeof text, &size, &error), error);
    CHECK_STR(MZ_STR("ef"), ((mz_str){text, size}));
    CHECK_OK(mz_input_read(&input, text, sizeof text, &size, &error), error);
    CHECK_INT(0, size);
    CHECK_INT(6, input.consumed);
}

TEST(no_memory_is_an_empty_input) {
    mz_input input;
    mz_input_memory(&input, "nothing", (mz_str){0});
    CHECK_STR(MZ_STR(""), lines_of(&input, 10));
    mz_input_close(&input);
    mz_input_close(&input);
}

TEST(what_cannot_be_opened_is_named) {
    mz_input input;
    mz_error error = {0};
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_input_open(&input, "/nowhere/at all", &error));
    CHECK(strstr(error.text, "cannot open /nowhere/at all") != NULL);
    CHECK_INT(MZ_ERR_ARGUMENT, mz_input_open(&input, "/", &error));
    mz_input_close(&input);
}

TEST_MAIN()
