#include "base/json_write.h"

#include "base/error.h"
#include "oom.h"
#include "test.h"

#include <float.h>
#include <locale.h>
#include <math.h>

static mz_buffer out;
static mz_json json;

static void start(void) {
    mz_buffer_done(&out);
    mz_buffer_init(&out, 1 << 20);
    mz_json_init(&json, &out);
}

static void check(const char *expected) {
    CHECK(!out.failed);
    CHECK_STR(mz_str_of(expected), mz_buffer_view(&out));
    mz_buffer_done(&out);
}

TEST(commas_stand_between_values_and_nowhere_else) {
    start();
    mz_json_object(&json);
    mz_json_pair(&json, "id", MZ_STR("q1"));
    mz_json_key(&json, "hits");
    mz_json_array(&json);
    for (int i = 0; i < 2; i++) {
        mz_json_object(&json);
        mz_json_pair_int(&json, "n", i);
        mz_json_pair_bool(&json, "even", i % 2 == 0);
        mz_json_object_end(&json);
    }
    mz_json_array(&json);
    mz_json_array_end(&json);
    mz_json_null(&json);
    mz_json_raw(&json, MZ_STR("{\"x\":1}"));
    mz_json_array_end(&json);
    mz_json_key(&json, "empty");
    mz_json_object(&json);
    mz_json_object_end(&json);
    mz_json_object_end(&json);
    check("{\"id\":\"q1\",\"hits\":[{\"n\":0,\"even\":true},{\"n\":1,\"even\":false},[],null,{\"x\":1}],\"empty\":{}}");
}

TEST(a_value_may_stand_alone) {
    start();
    mz_json_str(&json, MZ_STR("x"));
    check("\"x\"");
}

TEST(strings_escape_what_json_forbids_and_keep_the_rest) {
    static const struct {
        mz_str text;
        const char *expected;
    } cases[] = {
        {MZ_STR_INIT(""), "\"\""},
        {{NULL, 0}, "\"\""},
        {MZ_STR_INIT("say \"no\""), "\"say \\\"no\\\"\""},
        {MZ_STR_INIT("a\\b"), "\"a\\\\b\""},
        {MZ_STR_INIT("one\ntwo\r\tthree"), "\"one\\ntwo\\r\\tthree\""},
        {MZ_STR_INIT("\b\f\v"), "\"\\b\\f\\u000b\""},
        {MZ_STR_INIT("\0\x01\x1f"), "\"\\u0000\\u0001\\u001f\""},
        {MZ_STR_INIT("ميزان / 秤"), "\"ميزان / 秤\""},
        {MZ_STR_INIT("\"\"\""), "\"\\\"\\\"\\\"\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        start();
        mz_test_case("%s", cases[i].expected);
        mz_json_str(&json, cases[i].text);
        check(cases[i].expected);
    }
}

TEST(keys_are_escaped_too) {
    start();
    mz_json_object(&json);
    mz_json_key(&json, "a\"b");
    mz_json_int(&json, -1);
    mz_json_object_end(&json);
    check("{\"a\\\"b\":-1}");
}

TEST(integers_are_exact_at_both_ends) {
    start();
    mz_json_array(&json);
    mz_json_int(&json, INT64_MIN);
    mz_json_int(&json, INT64_MAX);
    mz_json_array_end(&json);
    check("[-9223372036854775808,9223372036854775807]");
}

TEST(fixed_numbers_have_their_decimals) {
    static const struct {
        double number;
        int decimals;
        const char *expected;
    } cases[] = {
        {0.93, 4, "0.9300"}, {1, 0, "1"},           {-2.5, 1, "-2.5"},      {0, 2, "0.00"},
        {-0.0, 2, "0.00"},   {-0.001, 2, "0.00"},   {-0.009, 2, "-0.01"},   {1e15, 3, "1000000000000000.000"},
        {NAN, 2, "null"},    {INFINITY, 2, "null"}, {-INFINITY, 2, "null"}, {123456.789, 2, "123456.79"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        start();
        mz_test_case("%s", cases[i].expected);
        mz_json_fixed(&json, cases[i].number, cases[i].decimals);
        check(cases[i].expected);
    }
}

TEST(the_largest_number_is_written_whole) {
    start();
    mz_json_fixed(&json, -DBL_MAX, 17);
    CHECK_INT(1 + 309 + 1 + 17, out.size);
    mz_buffer_done(&out);
}

/* Whichever of these the system has; their radix characters are a comma and U+066B. */
TEST(a_locale_changes_nothing) {
    static const char *const locales[] = {"fr_FR.UTF-8", "de_DE.UTF-8", "fa_IR.UTF-8", "ps_AF.UTF-8", "ar_MA.UTF-8"};
    int tried = 0;
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
        if (!setlocale(LC_ALL, locales[i])) continue;
        tried++;
        start();
        mz_json_fixed(&json, -1234.5, 2);
        (void)setlocale(LC_ALL, "C");
        mz_test_case("%s", locales[i]);
        check("-1234.50");
    }
    if (!tried) mz_test_skip("none of five locales is installed");
}

static mz_status write_much(void *context, mz_error *error) {
    mz_buffer text;
    mz_json writer;
    (void)context;
    mz_buffer_init(&text, 1 << 20);
    mz_json_init(&writer, &text);
    mz_json_array(&writer);
    for (int i = 0; i < 2000; i++) mz_json_str(&writer, MZ_STR("a \"name\""));
    mz_json_array_end(&writer);
    bool failed = text.failed;
    mz_buffer_done(&text);
    return failed ? mz_fail_memory(error) : MZ_OK;
}

TEST(a_failed_allocation_shows_in_the_buffer) {
    (void)mz_oom_each(write_much, NULL);
}

TEST_MAIN()
