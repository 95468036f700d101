/* Headers that say who sends a request, well formed and not. */
#include "access/headers.h"
#include "test.h"

TEST(a_cookie_is_found_by_its_whole_name) {
    static const struct {
        const char *header, *value;
    } cases[] = {
        {"mizan_session=abc", "abc"},
        {"a=b; mizan_session=abc; c=d", "abc"},
        {"mizan_session=\"abc\"", "abc"},
        {"mizan_session=", ""},
        {"xmizan_session=1; mizan_session=2; mizan_session=3", "2"},
        {" mizan_session = a=b ;", "a=b"},
        {"mizan_session=\"", "\""},
        {"", NULL},
        {"mizan_session", NULL},
        {";;;=;", NULL},
        {"mizan_sessio=1; mizan_session2=1", NULL},
        {"Mizan_Session=1", NULL},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        mz_str value = {NULL, 0};
        mz_test_case("%s", cases[k].header);
        bool found = mz_cookie_find(mz_str_of(cases[k].header), MZ_STR("mizan_session"), &value);
        CHECK_INT(cases[k].value != NULL, found);
        if (found) CHECK_STR(mz_str_of(cases[k].value), value);
    }
}

TEST(a_key_stands_behind_apikey_or_bearer) {
    static const struct {
        const char *header, *key;
    } cases[] = {
        {"ApiKey mzk_a", "mzk_a"},
        {"apikey mzk_a", "mzk_a"},
        {"Bearer  mzk_a ", "mzk_a"},
        {"BEARER x y", "x y"},
        {"Bearer", ""},
        {"", NULL},
        {"Basic dXNlcg==", NULL},
        {"mzk_a", NULL},
        {"ApiKeys mzk_a", NULL},
        {"Bearer\tmzk_a", NULL},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        mz_str key = {NULL, 0};
        mz_test_case("%s", cases[k].header);
        bool found = mz_authorization_key(mz_str_of(cases[k].header), &key);
        CHECK_INT(cases[k].key != NULL, found);
        if (found) CHECK_STR(mz_str_of(cases[k].key), key);
    }
}

TEST(a_page_of_another_site_is_told_by_what_the_browser_says) {
    static const struct {
        const char *site, *origin, *host, *expected;
        bool fits;
    } cases[] = {
        {"", "", "a.example", "", true}, /* no browser */
        {"same-origin", "https://a.example", "a.example", "", true},
        {"none", "", "a.example", "", true},
        {"cross-site", "", "a.example", "", false},
        {"same-site", "https://b.a.example", "a.example", "", false},
        {"", "https://a.example", "a.example", "", true},
        {"", "http://a.example:8080", "a.example:8080", "", true},
        {"", "https://a.example", "a.example:8080", "", false},
        {"", "https://evil.example", "a.example", "", false},
        {"", "https://evil.example/a.example", "a.example", "", false},
        {"", "null", "a.example", "", false},
        {"", "https://a.example", "", "", false},
        {"", "https://a.example", "inside:8080", "https://a.example", true},
        {"", "https://A.Example", "inside:8080", "https://a.example", true},
        {"", "http://a.example", "a.example", "https://a.example", false},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        mz_test_case("%s %s at %s", cases[k].site, cases[k].origin, cases[k].host);
        CHECK_INT(cases[k].fits, mz_origin_fits(mz_str_of(cases[k].site), mz_str_of(cases[k].origin),
                                                mz_str_of(cases[k].host), mz_str_of(cases[k].expected)));
    }
}

TEST(a_name_of_somebody_else_is_not_this_machine) {
    static const struct {
        const char *host, *expected;
        bool fits;
    } cases[] = {
        {"", "", true}, /* a program that speaks HTTP/1.0 */
        {"localhost", "", true},
        {"LocalHost:8080", "", true},
        {"127.0.0.1:8080", "", true},
        {"192.0.2.7", "", true},
        {"[::1]", "", true},
        {"[2001:db8::1]:8080", "", true},
        {"evil.example", "", false},
        {"evil.example:8080", "", false},
        {"localhost.evil.example", "", false},
        {"127.0.0.1.evil.example", "", false},
        {"127.1", "", false},
        {"::1", "", false},
        {"[]", "", false},
        {"[127.0.0.1]", "", false},
        {"[::1", "", false},
        {":8080", "", false},
        {"a.example", "https://a.example", true},
        {"A.Example:443", "https://a.example", true},
        {"a.example", "https://a.example:8443/", true},
        {"b.example", "https://a.example", false},
        {"b.example", "a.example", false},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        mz_test_case("%s, expected %s", cases[k].host, cases[k].expected);
        CHECK_INT(cases[k].fits, mz_host_fits(mz_str_of(cases[k].host), mz_str_of(cases[k].expected)));
    }
}

TEST(one_household_is_one_client) {
    static const char *const cases[][2] = {
        {"192.0.2.7", "192.0.2.7"},
        {"2001:db8:1:2:3:4:5:6", "2001:0db8:0001:0002::/64"},
        {"2001:db8:1:2::1", "2001:0db8:0001:0002::/64"},
        {"::ffff:192.0.2.7", "192.0.2.7"},
        {"unix", "unix"},
        {"", ""},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        char group[MZ_CLIENT_SIZE];
        mz_test_case("%s", cases[k][0]);
        mz_client_group(mz_str_of(cases[k][0]), group);
        CHECK_TEXT(cases[k][1], group);
    }
}

TEST_MAIN()
