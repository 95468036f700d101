/* The pages as browsers get them: one HTML for every address under /app, its files by names that change with them, and
 * headers that let them do nothing but what is the service's own. */
#include "called.h"
#include "server/pages.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static called_service service;

static const char *const addresses[] = {"/app", "/app/lists", "/app/entities/un-1", "/app/people/1/history"};
enum { ADDRESSES = sizeof addresses / sizeof *addresses };

static mz_str header_of(const called_answer *answer, const char *name) {
    for (size_t h = 0; h < answer->response.header_count; h++)
        if (mz_str_equal(answer->response.headers[h].name, mz_str_of(name))) return answer->response.headers[h].value;
    return MZ_STR("");
}

/* One request with one header, or none. */
static void ask(const char *target, const char *header, const char *value, called_answer *answer) {
    const mz_parameter given = {mz_str_of(header ? header : ""), mz_str_of(value ? value : "")};
    service.headers = (mz_parameters){&given, header ? 1 : 0};
    called(&service, MZ_GET, target, NULL, 0, answer);
    service.headers = (mz_parameters){NULL, 0};
}

static const char *file_address(size_t k) {
    static char address[256];
    snprintf(address, sizeof address, "/assets/%s", mz_pages_embedded.files[k].name);
    return address;
}

TEST(whoever_opens_the_service_is_led_to_the_pages) {
    static const char *const targets[] = {"/", "/app/"};
    called_start(&service);
    for (size_t k = 0; k < sizeof targets / sizeof *targets; k++) {
        called_answer answer;
        mz_test_case("%s", targets[k]);
        ask(targets[k], NULL, NULL, &answer);
        CHECK_INT(303, answer.response.status);
        CHECK_STR(MZ_STR("/app"), header_of(&answer, "Location"));
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(every_address_under_app_is_the_same_html) {
    called_start(&service);
    for (size_t k = 0; k < ADDRESSES; k++) {
        called_answer answer, again;
        mz_test_case("%s", addresses[k]);
        ask(addresses[k], NULL, NULL, &answer);
        CHECK_INT(200, answer.response.status);
        CHECK_TEXT("text/html; charset=utf-8", answer.response.type);
        CHECK_STR(mz_pages_embedded.files[0].bytes, mz_str_of(called_body(&answer)));
        CHECK_STR(MZ_STR("no-cache"), header_of(&answer, "Cache-Control"));
        ask(addresses[k], "if-none-match", header_of(&answer, "ETag").data, &again);
        CHECK_INT(304, again.response.status);
        CHECK_TEXT("", called_body(&again));
        called_done(&again);
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(a_page_may_do_nothing_but_what_is_of_the_service) {
    static const char *const rules[] = {"default-src 'none'",     "script-src 'self'",   "style-src 'self'",
                                        "connect-src 'self'",     "base-uri 'none'",     "form-action 'self'",
                                        "frame-ancestors 'none'", "trusted-types 'none'"};
    called_answer answer;
    called_start(&service);
    ask("/app", NULL, NULL, &answer);
    mz_str policy = header_of(&answer, "Content-Security-Policy");
    for (size_t k = 0; k < sizeof rules / sizeof *rules; k++) {
        mz_test_case("%s", rules[k]);
        CHECK(strstr(policy.data, rules[k]) != NULL);
    }
    CHECK(!strstr(policy.data, "unsafe"));
    CHECK_STR(MZ_STR("no-referrer"), header_of(&answer, "Referrer-Policy"));
    CHECK(header_of(&answer, "Permissions-Policy").size > 0);
    called_done(&answer);
    called_stop(&service);
}

TEST(the_html_has_nothing_that_its_own_policy_forbids) {
    static const char *const forbidden[] = {"<script>", "<style", " style=", " onclick=", "=\"http", "=\"//", "<base"};
    called_answer answer;
    called_start(&service);
    ask("/app", NULL, NULL, &answer);
    for (size_t k = 0; k < sizeof forbidden / sizeof *forbidden; k++) {
        mz_test_case("%s", forbidden[k]);
        CHECK(!strstr(called_body(&answer), forbidden[k]));
    }
    called_done(&answer);
    called_stop(&service);
}

TEST(each_file_of_the_pages_may_be_kept_for_ever) {
    called_start(&service);
    CHECK(mz_pages_embedded.count > 2);
    for (size_t k = 1; k < mz_pages_embedded.count; k++) {
        called_answer answer, again;
        mz_test_case("%s", mz_pages_embedded.files[k].name);
        ask(file_address(k), NULL, NULL, &answer);
        CHECK_INT(200, answer.response.status);
        CHECK_TEXT(mz_pages_embedded.files[k].type, answer.response.type);
        CHECK_STR(mz_pages_embedded.files[k].bytes, mz_str_of(called_body(&answer)));
        CHECK(strstr(header_of(&answer, "Cache-Control").data, "immutable") != NULL);
        ask(file_address(k), "if-none-match", header_of(&answer, "ETag").data, &again);
        CHECK_INT(304, again.response.status);
        called_done(&again);
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(what_is_not_there_is_not_found) {
    static const char *const targets[] = {"/assets/none.js", "/assets/index.html", "/assets/", "/assets/../app",
                                          "/app/a/b/c/d"};
    called_start(&service);
    for (size_t k = 0; k < sizeof targets / sizeof *targets; k++) {
        called_answer answer;
        mz_test_case("%s", targets[k]);
        ask(targets[k], NULL, NULL, &answer);
        CHECK_INT(404, answer.response.status);
        called_done(&answer);
    }
    called_stop(&service);
}

/* A file that has all forms that a file may have: the built pages have one by brotli, the plain page that stands in
 * their place has none. */
static const mz_page_file *packed_file(size_t *index) {
    size_t best = 0;
    for (size_t k = 1; k < mz_pages_embedded.count; k++) {
        const mz_page_file *file = &mz_pages_embedded.files[k], *so_far = &mz_pages_embedded.files[best];
        if (file->gzip.size && (!best || (file->brotli.size && !so_far->brotli.size))) best = k;
    }
    CHECK(best > 0);
    *index = best;
    return &mz_pages_embedded.files[best];
}

TEST(a_packed_form_is_sent_to_who_takes_it_and_brotli_before_gzip) {
    static const struct {
        const char *accepts, *coding, *without_brotli;
    } cases[] = {{"gzip", "gzip", "gzip"},
                 {"br", "br", ""},
                 {"gzip, deflate, br", "br", "gzip"},
                 {"br, gzip", "br", "gzip"},
                 {"br;q=0.1, gzip;q=0.8", "br", "gzip"},
                 {"gzip, br;q=0.001", "br", "gzip"},
                 {"gzip, br;q=0", "gzip", "gzip"},
                 {"br; q=0.000, gzip; q=0.001", "gzip", "gzip"},
                 {"gzip;q=0, br", "br", ""},
                 {"gzip;q=0", "", ""},
                 {"br;q=0, gzip; q=0.000, *", "", ""},
                 {"identity", "", ""},
                 {"x-gzip, brotli, xbr, brx", "", ""},
                 {"", "", ""},
                 {",,;=", "", ""},
                 {"gzip;q=, br;q=", "", ""}};
    size_t index;
    const mz_page_file *file = packed_file(&index);
    called_start(&service);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        called_answer answer, again;
        mz_test_case("%s", cases[k].accepts);
        mz_str coding = mz_str_of(file->brotli.size ? cases[k].coding : cases[k].without_brotli);
        ask(file_address(index), "accept-encoding", cases[k].accepts, &answer);
        CHECK_STR(MZ_STR("Accept-Encoding"), header_of(&answer, "Vary"));
        CHECK_STR(coding, header_of(&answer, "Content-Encoding"));
        mz_str body = {answer.response.body.data, answer.response.body.size};
        CHECK_STR(!coding.size ? file->bytes : mz_str_equal(coding, MZ_STR("br")) ? file->brotli : file->gzip, body);
        CHECK_STR(mz_str_of(file->tag), header_of(&answer, "ETag"));
        CHECK(!strncmp(file->tag, "W/", 2)); /* one tag for all codings may only be a weak one */
        ask(file_address(index), "if-none-match", file->tag, &again);
        CHECK_INT(304, again.response.status);
        CHECK_STR(MZ_STR("Accept-Encoding"), header_of(&again, "Vary"));
        called_done(&again);
        called_done(&answer);
    }
    called_stop(&service);
}

TEST(a_packed_form_is_shorter_than_the_file) {
    for (size_t k = 0; k < mz_pages_embedded.count; k++) {
        const mz_page_file *file = &mz_pages_embedded.files[k];
        mz_test_case("%s", file->name);
        CHECK(file->gzip.size < file->bytes.size);
        CHECK(file->brotli.size < file->bytes.size);
        CHECK(!strstr(file->name, ".br"));
    }
}

TEST_MAIN()
