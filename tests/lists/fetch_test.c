/* Downloading from a server that behaves, and from servers that do not. The server is http_server.py on this machine;
 * nothing else is asked. */
#include "lists/fetch.h"

#include "http_server.h"
#include "line_list.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { TEXT_BYTES = 50000 };

/* What the server has as "list.txt". */
static const char *list_text(void) {
    static char text[TEXT_BYTES + 1];
    if (!text[0]) {
        for (size_t i = 0; i < TEXT_BYTES; i++) text[i] = (char)('a' + i * 7 % 26);
        (void)write_text(served_folder(), "list.txt", text);
    }
    return text;
}

typedef struct test_download {
    char path[1024];
    mz_fetch_request request;
    mz_fetch_answer answer;
    mz_error error;
} test_download;

static test_download *new_download(const char *path) {
    static test_download next;
    next = (test_download){.request = {.path = next.path, .plain_loopback = true, .pause_ms = 10, .timeout_s = 10}};
    (void)list_text();
    (void)snprintf(next.path, sizeof next.path, "%s/file", new_folder());
    next.request.address = served(path);
    (void)requests_seen();
    return &next;
}

static mz_status run(test_download *download) {
    return mz_fetch(&download->request, &download->answer, &download->error);
}

static bool has_file(const test_download *download, const char *behind) {
    char path[1100];
    (void)snprintf(path, sizeof path, "%s%s", download->path, behind);
    return access(path, F_OK) == 0;
}

static void check_whole(const test_download *download) {
    CHECK_TEXT(list_text(), read_text_file(download->path));
    CHECK_INT(TEXT_BYTES, download->answer.bytes);
    CHECK(!has_file(download, ".partial"));
    CHECK(!has_file(download, ".partial.json"));
}

TEST(a_file_comes_whole_with_its_marks) {
    test_download *download = new_download("etag/list.txt");
    CHECK_OK(run(download), download->error);
    check_whole(download);
    CHECK(!download->answer.unchanged);
    CHECK_INT(18, strlen(download->answer.etag));
    CHECK_INT(1, download->answer.tries);
    CHECK(strstr(requests_seen(), "User-Agent=mizan/") != NULL);
}

TEST(a_file_that_is_held_is_not_sent_again) {
    static const char *const paths[] = {"etag/list.txt", "modified/list.txt"};
    for (size_t i = 0; i < 2; i++) {
        mz_test_case("%s", paths[i]);
        test_download *download = new_download(paths[i]);
        CHECK_OK(run(download), download->error);
        mz_fetch_answer first = download->answer;
        CHECK(remove(download->path) == 0);
        download->request.etag = first.etag;
        download->request.last_modified = first.last_modified;
        CHECK_OK(run(download), download->error);
        CHECK(download->answer.unchanged);
        CHECK(!has_file(download, "") && !has_file(download, ".partial"));
    }
}

/* How a download ends that is broken off, starved, refused or led astray. */
static const struct {
    const char *path;
    mz_status status;
    unsigned tries;
    uint64_t limit_bytes;
    bool resumed;
    const char *complaint; /* NULL: the file comes whole */
} cases[] = {
    {"plain/list.txt", MZ_OK, 1, 0, false, NULL},
    {"gzip/list.txt", MZ_OK, 1, 0, false, NULL},
    {"breaks/list.txt", MZ_OK, 2, 0, true, NULL},
    {"breaks-plain/list.txt", MZ_OK, 2, 0, false, NULL},
    {"breaks-weak/list.txt", MZ_OK, 2, 0, false, NULL},
    {"gzip-breaks/list.txt", MZ_OK, 2, 0, false, NULL},
    {"wrong-range/list.txt", MZ_OK, 3, 0, false, NULL},
    {"no-range/list.txt", MZ_OK, 3, 0, false, NULL},
    {"busy/2/list.txt", MZ_OK, 3, 0, false, NULL},
    {"busy/9/list.txt", MZ_ERR_NETWORK, 4, 0, false, "answered with HTTP 503; try again later"},
    {"redirect/5/etag/list.txt", MZ_OK, 1, 0, false, NULL},
    {"redirect/6/etag/list.txt", MZ_ERR_NETWORK, 1, 0, false, "more than 5 times"},
    {"to-plain", MZ_ERR_NETWORK, 1, 0, false, "leads elsewhere: only https addresses are taken"},
    {"to-file", MZ_ERR_NETWORK, 1, 0, false, "leads elsewhere: not an address: file:///"},
    {"to-https", MZ_ERR_NETWORK, 4, 0, false, "cannot reach 127.0.0.1"},
    {"to-nowhere", MZ_ERR_NETWORK, 1, 0, false, "leads nowhere"},
    {"missing", MZ_ERR_NETWORK, 1, 0, false, "has no such file any more (HTTP 404)"},
    {"gone", MZ_ERR_NETWORK, 1, 0, false, "has no such file any more (HTTP 410)"},
    {"forbidden", MZ_ERR_NETWORK, 1, 0, false, "refuses to hand out the list (HTTP 403)"},
    {"broken", MZ_ERR_NETWORK, 4, 0, false, "answered with HTTP 500"},
    {"empty", MZ_ERR_NETWORK, 4, 0, false, "is empty"},
    {"page", MZ_ERR_NETWORK, 1, 0, false, "answered with a web page instead of the list"},
    {"page-xml", MZ_ERR_NETWORK, 1, 0, false, "answered with a web page instead of the list"},
    {"etag/list.txt", MZ_OK, 1, TEXT_BYTES, false, NULL},
    {"etag/list.txt", MZ_ERR_LIMIT, 1, TEXT_BYTES - 1, false, "larger than the limit of 49999 bytes"},
    {"gzip/list.txt", MZ_ERR_LIMIT, 1, TEXT_BYTES - 1, false, "larger than the limit of 49999 bytes"},
    {"huge", MZ_ERR_LIMIT, 1, 0, false, "larger than the limit of 1073741824 bytes"},
    {"endless", MZ_ERR_LIMIT, 1, 1000000, false, "larger than the limit"},
    {"bomb", MZ_ERR_LIMIT, 1, 1000000, false, "larger than the limit"},
};

static size_t count_lines(const char *text) {
    size_t count = *text != '\0';
    for (; *text; text++) count += *text == '\n';
    return count;
}

TEST(every_way_in_which_a_download_can_end) {
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s, limit %llu", cases[i].path, (unsigned long long)cases[i].limit_bytes);
        test_download *download = new_download(cases[i].path);
        download->request.limit_bytes = cases[i].limit_bytes;
        mz_status status = run(download);
        if (status != cases[i].status) CHECK_OK(status, download->error);
        CHECK_INT(cases[i].status, status);
        if (cases[i].complaint) {
            if (!strstr(download->error.text, cases[i].complaint)) CHECK_TEXT(cases[i].complaint, download->error.text);
            CHECK(!has_file(download, ""));
        } else {
            check_whole(download);
            CHECK_INT(cases[i].tries, download->answer.tries);
            CHECK_INT(cases[i].resumed, download->answer.resumed_bytes > 0);
        }
        if (strncmp(cases[i].path, "redirect", 8) != 0 && strncmp(cases[i].path, "to-https", 8) != 0)
            CHECK_INT(cases[i].tries, count_lines(requests_seen()));
    }
}

TEST(what_broke_off_is_gone_on_with_in_a_later_run) {
    test_download *download = new_download("breaks-often/list.txt");
    download->request.tries = 1;
    unsigned runs = 1;
    while (run(download) == MZ_ERR_NETWORK) {
        CHECK(strstr(download->error.text, "what came is kept, the next try goes on from there") != NULL);
        CHECK(has_file(download, ".partial") && has_file(download, ".partial.json"));
        CHECK(++runs < 9);
    }
    CHECK_INT(6, runs);
    check_whole(download);
    CHECK(download->answer.resumed_bytes > TEXT_BYTES / 2);
    CHECK(strstr(requests_seen(), "Range=bytes=25000- If-Range=\"") != NULL);
}

TEST(what_broke_off_is_dropped_when_the_file_is_another_by_now) {
    test_download *download = new_download("breaks-and-changes/list.txt");
    CHECK_OK(run(download), download->error);
    CHECK_INT(2, download->answer.tries);
    CHECK_INT(0, download->answer.resumed_bytes);
    const char *file = read_text_file(download->path);
    CHECK_INT(TEXT_BYTES, strlen(file));
    for (size_t i = 0; i < TEXT_BYTES; i++) CHECK(file[i] == list_text()[TEXT_BYTES - 1 - i]);
}

TEST(what_another_address_left_is_not_gone_on_with) {
    test_download *download = new_download("breaks-often/list.txt?other");
    download->request.tries = 1;
    CHECK_INT(MZ_ERR_NETWORK, run(download));
    CHECK(has_file(download, ".partial"));
    download->request.address = served("etag/list.txt");
    (void)requests_seen();
    CHECK_OK(run(download), download->error);
    check_whole(download);
    CHECK(strstr(requests_seen(), "Range") == NULL);
}

TEST(damaged_marks_of_a_broken_download_are_no_marks) {
    static const char *const marks[] = {"", "{", "[]", "{\"address\":7}",
                                        "{\"address\":\"https://x/\",\"etag\":\"\\\"1\\\"\"}"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        mz_test_case("%s", marks[i]);
        test_download *download = new_download("etag/list.txt");
        char folder[1024];
        (void)snprintf(folder, sizeof folder, "%.*s", (int)(strlen(download->path) - strlen("/file")), download->path);
        (void)write_text(folder, "file.partial", "something else");
        (void)write_text(folder, "file.partial.json", marks[i]);
        CHECK_OK(run(download), download->error);
        check_whole(download);
    }
}

TEST(a_mark_too_long_to_be_one_is_not_gone_on_with) {
    test_download *download = new_download("breaks-often/list.txt");
    char folder[1024], marks[2048], etag[600];
    (void)snprintf(folder, sizeof folder, "%.*s", (int)(strlen(download->path) - strlen("/file")), download->path);
    memset(etag, 'x', sizeof etag);
    for (size_t size = 255; size <= 600; size += size == 255 ? 1 : 172) { /* 255 fits, 256, 428 and 600 do not */
        mz_test_case("%zu bytes", size);
        (void)snprintf(marks, sizeof marks, "{\"address\":\"%s\",\"etag\":\"%.*s\",\"last_modified\":\"\"}",
                       download->request.address, (int)size, etag);
        (void)write_text(folder, "file.partial", "something else");
        (void)write_text(folder, "file.partial.json", marks);
        download->request.tries = 1;
        (void)requests_seen();
        (void)run(download);
        CHECK_INT(size == 255, strstr(requests_seen(), "If-Range=x") != NULL);
    }
}

TEST(a_server_that_drips_is_given_up) {
    test_download *download = new_download("drip");
    download->request.timeout_s = 1;
    download->request.tries = 1;
    CHECK_INT(MZ_ERR_NETWORK, run(download));
    CHECK(strstr(download->error.text, "is too slow or does not answer") != NULL);
}

static int stop_in_the_middle(void *context, uint64_t done_bytes, uint64_t total_bytes) {
    *(uint64_t *)context = total_bytes;
    return done_bytes > 0;
}

TEST(a_download_can_be_stopped) {
    uint64_t total_bytes = 0;
    test_download *download = new_download("drip");
    download->request.progress = stop_in_the_middle;
    download->request.context = &total_bytes;
    CHECK_INT(MZ_ERR_CANCELLED, run(download));
    CHECK_INT(100000, total_bytes);
}

TEST(a_certificate_that_nobody_vouches_for_is_refused) {
    test_download *download = new_download("etag/list.txt");
    download->request.address = served_with_tls("etag/list.txt");
    CHECK_INT(MZ_ERR_NETWORK, run(download));
    CHECK(strstr(download->error.text, "cannot verify that this is 127.0.0.1") != NULL);
    CHECK(!has_file(download, ""));
}

TEST(without_a_network_the_proxy_is_spoken_of) {
    test_download *download = new_download("");
    download->request.address = "https://lists.invalid/list.xml";
    download->request.tries = 1;
    CHECK(setenv("https_proxy", "http://127.0.0.1:1", 1) == 0);
    mz_status status = run(download);
    (void)unsetenv("https_proxy");
    CHECK_INT(MZ_ERR_NETWORK, status);
    CHECK(strstr(download->error.text, "cannot reach lists.invalid") != NULL);
    CHECK(strstr(download->error.text, "https_proxy") != NULL);
}

TEST(only_https_addresses_without_passwords_are_taken) {
    static const struct {
        const char *address;
        bool plain_loopback, fine;
    } addresses[] = {
        {"https://lists.example/un.xml", false, true},
        {"HTTPS://lists.example:8443/un.xml?token=1", false, true},
        {"http://lists.example/un.xml", false, false},
        {"http://lists.example/un.xml", true, false},
        {"http://127.0.0.1:8080/un.xml", false, false},
        {"http://127.0.0.1:8080/un.xml", true, true},
        {"http://[::1]:8080/un.xml", true, true},
        {"http://localhost/un.xml", true, true},
        {"http://localhost.lists.example/un.xml", true, false},
        {"http://127.0.0.1.lists.example/un.xml", true, false},
        {"https://user:secret@lists.example/un.xml", false, false},
        {"https://user@lists.example/un.xml", false, false},
        {"ftp://lists.example/un.xml", true, false},
        {"file:///etc/hostname", true, false},
        {"/etc/hostname", true, false},
        {"", true, false},
        {"https://", true, false},
    };
    for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
        mz_error error = {0};
        mz_test_case("%s", addresses[i].address);
        mz_status status = mz_fetch_check_address(addresses[i].address, addresses[i].plain_loopback, &error);
        CHECK_INT(addresses[i].fine ? MZ_OK : MZ_ERR_ARGUMENT, status);
    }
}

TEST_MAIN()
