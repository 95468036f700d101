/* The head of a request: what HTTP/1.1 asks of it, and what is refused before anything is done. */
#include "server/head.h"
#include "test.h"

#include <string.h>

/* Checks a head of "name: value" lines. */
static mz_status check(const char *method, const char *version, const char *lines, mz_framing *ret_framing,
                       int *status) {
    mz_parameter items[MZ_HEADERS_MOST + 2];
    size_t count = 0;
    mz_error error;
    for (const char *at = lines; *at && count < MZ_HEADERS_MOST + 2;) {
        const char *end = strchr(at, '\n'), *colon = strchr(at, ':');
        items[count++] = (mz_parameter){{at, (size_t)(colon - at)}, {colon + 1, (size_t)(end - colon - 1)}};
        at = end + 1;
    }
    mz_test_case("%s %s %s", method, version, lines);
    return mz_head_check(mz_str_of(method), mz_str_of(version), (mz_parameters){items, count}, ret_framing, status,
                         &error);
}

TEST(usual_heads_are_taken) {
    mz_framing framing;
    int status;
    CHECK_INT(MZ_OK, check("GET", "HTTP/1.1", "host:localhost:8080\naccept:*/*\n", &framing, &status));
    CHECK(!framing.chunked && !framing.has_length);
    CHECK_INT(MZ_OK,
              check("POST", "HTTP/1.1", "host:[::1]\ncontent-length:12\nexpect:100-continue\n", &framing, &status));
    CHECK(framing.has_length && framing.length_bytes == 12);
    CHECK_INT(MZ_OK, check("POST", "HTTP/1.1", "host:\ntransfer-encoding:Chunked\n", &framing, &status));
    CHECK(framing.chunked);
    CHECK_INT(MZ_OK, check("GET", "HTTP/1.0", "", &framing, &status));
    CHECK_INT(MZ_OK, check("PURGE", "HTTP/1.1", "host:a\nx-empty:\ncontent-encoding:identity\n", &framing, &status));
}

TEST(what_is_not_as_the_standard_says_is_refused) {
    static const struct {
        const char *method, *version, *lines;
        int status;
    } cases[] = {
        {"GET", "HTTP/1.1", "accept:*/*\n", 400},
        {"GET", "HTTP/1.1", "host:a\nhost:a\n", 400},
        {"GET", "HTTP/1.1", "host:a b\n", 400},
        {"GET", "HTTP/1.1", "host:a/b\n", 400},
        {"GET", "HTTP/1.1", "host:user@a\n", 400},
        {"GET", "HTTP/2.0", "host:a\n", 400},
        {"GET", "HTTP/1.2", "host:a\n", 400},
        {"GET", "http/1.1", "host:a\n", 400},
        {"G\x01T", "HTTP/1.1", "host:a\n", 400},
        {"", "HTTP/1.1", "host:a\n", 400},
        {"GET", "HTTP/1.1", "host:a\nx y:b\n", 400},
        {"GET", "HTTP/1.1", "host:a\n:b\n", 400},
        {"GET", "HTTP/1.1", "host:a\nx:b\x01\n", 400},
        {"GET", "HTTP/1.1", "host:a\nx:b\rc\n", 400},
        {"POST", "HTTP/1.1", "host:a\ncontent-length:5\ncontent-length:5\n", 400},
        {"POST", "HTTP/1.1", "host:a\ncontent-length:5, 5\n", 400},
        {"POST", "HTTP/1.1", "host:a\ncontent-length:+5\n", 400},
        {"POST", "HTTP/1.1", "host:a\ncontent-length:-0\n", 400},
        {"POST", "HTTP/1.1", "host:a\ncontent-length:0x5\n", 400},
        {"POST", "HTTP/1.1", "host:a\ncontent-length:\n", 400},
        {"POST", "HTTP/1.1", "host:a\ncontent-length:18446744073709551621\n", 400},
        {"POST", "HTTP/1.1", "host:a\ncontent-length:5\ntransfer-encoding:chunked\n", 400},
        {"POST", "HTTP/1.1", "host:a\ntransfer-encoding:gzip, chunked\n", 400},
        {"POST", "HTTP/1.1", "host:a\ntransfer-encoding:chunked, identity\n", 400},
        {"POST", "HTTP/1.1", "host:a\ntransfer-encoding:xchunked\n", 400},
        {"POST", "HTTP/1.1", "host:a\ntransfer-encoding:\n", 400},
        {"POST", "HTTP/1.1", "host:a\ntransfer-encoding:chunked\ntransfer-encoding:chunked\n", 400},
        {"POST", "HTTP/1.0", "transfer-encoding:chunked\n", 400},
        {"POST", "HTTP/1.1", "host:a\ncontent-encoding:gzip\n", 415},
        {"POST", "HTTP/1.1", "host:a\nexpect:a miracle\n", 417},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        mz_framing framing;
        int status;
        CHECK_INT(MZ_ERR_INPUT, check(cases[k].method, cases[k].version, cases[k].lines, &framing, &status));
        CHECK_INT(cases[k].status, status);
    }
}

TEST(fields_have_a_bound) {
    char lines[(MZ_HEADERS_MOST + 1) * 4 + 1] = "";
    mz_framing framing;
    int status;
    for (size_t k = 0; k <= MZ_HEADERS_MOST; k++) memcpy(lines + 4 * k, "a:b\n", 4);
    CHECK_INT(MZ_ERR_LIMIT, check("GET", "HTTP/1.1", lines, &framing, &status));
    CHECK_INT(431, status);
}

TEST(methods_are_known_by_their_words_in_capitals) {
    CHECK_INT(MZ_PATCH, mz_method_of(MZ_STR("PATCH")));
    CHECK_INT(MZ_METHOD_COUNT, mz_method_of(MZ_STR("get")));
    CHECK_INT(MZ_METHOD_COUNT, mz_method_of(MZ_STR("")));
}

TEST_MAIN()
