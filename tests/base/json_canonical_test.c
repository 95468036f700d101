/* One text for each value of JSON: members in the order of their keys, no blanks, every digit of a number kept. */
#include "base/json_canonical.h"

#include "base/error.h"
#include "oom.h"
#include "test.h"

static mz_status canonical(mz_str text, mz_arena *arena, mz_buffer *out, mz_error *error) {
    const mz_json_value *value;
    mz_status status = mz_json_parse(text, 0, arena, &value, error);
    return status ? status : mz_json_canonical_value(value, arena, out, error);
}

typedef struct text_pair {
    const char *given, *expected;
} text_pair;

static void check_all(const text_pair *cases, size_t count) {
    mz_arena arena;
    mz_buffer out;
    mz_error error;
    mz_arena_init(&arena, 1 << 20);
    mz_buffer_init(&out, 1 << 20);
    for (size_t k = 0; k < count; k++) {
        mz_test_case("%s", cases[k].given);
        mz_buffer_clear(&out);
        CHECK_OK(canonical(mz_str_of(cases[k].given), &arena, &out, &error), error);
        CHECK_STR(mz_str_of(cases[k].expected), mz_buffer_view(&out));
    }
    mz_buffer_done(&out);
    mz_arena_done(&arena);
}
#define CHECK_ALL(cases) check_all(cases, sizeof(cases) / sizeof *(cases))

TEST(members_stand_in_the_order_of_their_keys_without_blanks) {
    static const text_pair cases[] = {
        {"{}", "{}"},
        {"{ \"b\" : 1 , \"a\" : [ 2 , { \"d\" : null , \"c\" : true } ] }\n",
         "{\"a\":[2,{\"c\":true,\"d\":null}],\"b\":1}"},
        {"{\"aa\":1,\"a\":2,\"B\":3,\"\":4}", "{\"\":4,\"B\":3,\"a\":2,\"aa\":1}"},
        {"{\"é\":1,\"z\":2,\"ب\":3}", "{\"z\":2,\"é\":1,\"ب\":3}"},
        {"[3,1,2]", "[3,1,2]"},
        {"\"alone\"", "\"alone\""},
    };
    CHECK_ALL(cases);
}

TEST(strings_are_escaped_in_one_way) {
    static const text_pair cases[] = {
        {"\"\\u0041\\/\\u00e9\"", "\"A/é\""},
        {"\"\\u0008\\u0009\\u000a\\u000c\\u000d\\u000B\"", "\"\\b\\t\\n\\f\\r\\u000b\""},
        {"\"\\\"\\\\\"", "\"\\\"\\\\\""},
        {"\"\\ud83d\\ude00\"", "\"😀\""},
        {"{\"\\u0062\":1,\"a\":2}", "{\"a\":2,\"b\":1}"},
    };
    CHECK_ALL(cases);
}

TEST(numbers_keep_their_value_and_every_digit_of_it) {
    static const text_pair cases[] = {
        {"0", "0"},
        {"-0", "0"},
        {"-0.00e7", "0"},
        {"1.0", "1"},
        {"-1.50", "-1.5"},
        {"100", "100"},
        {"1e2", "100"},
        {"12.5E+1", "125"},
        {"0.870000", "0.87"},
        {"0.000001", "0.000001"},
        {"0.0000001", "1e-7"},
        {"0.00000123", "0.00000123"},
        {"0.000000123", "1.23e-7"},
        {"123456789012345678901", "123456789012345678901"},
        {"1234567890123456789012", "1.234567890123456789012e+21"},
        {"1e20", "100000000000000000000"},
        {"1e21", "1e+21"},
        {"10e20", "1e+21"},
        {"9007199254740993", "9007199254740993"},
        {"0.1000000000000000055511151231257827", "0.1000000000000000055511151231257827"},
        {"100.001", "100.001"},
        {"1001e-1", "100.1"},
        {"1e-400", "1e-400"},
    };
    CHECK_ALL(cases);
}

TEST(what_is_no_json_or_too_much_is_refused) {
    mz_arena arena;
    mz_buffer out;
    mz_error error;
    mz_arena_init(&arena, 1 << 16);
    mz_buffer_init(&out, 16);
    CHECK_INT(MZ_ERR_INPUT, canonical(MZ_STR(""), &arena, &out, &error));
    CHECK_INT(MZ_ERR_INPUT, canonical(MZ_STR("{\"a\":1,\"a\":2}"), &arena, &out, &error));
    CHECK_INT(MZ_ERR_LIMIT, canonical(MZ_STR("[\n1e1234567890]"), &arena, &out, &error));
    CHECK_INT(2, error.line);
    mz_buffer_clear(&out);
    CHECK_INT(MZ_ERR_LIMIT, canonical(MZ_STR("\"seventeen letters\""), &arena, &out, &error));
    mz_buffer_done(&out);
    mz_arena_done(&arena);
}

static mz_status write_it(void *context, mz_error *error) {
    mz_arena arena;
    mz_buffer out;
    (void)context;
    mz_arena_init(&arena, 1 << 16);
    mz_buffer_init(&out, 1 << 16);
    mz_status status = canonical(MZ_STR("{\"b\":[1.50,\"\\u0041\"],\"a\":{}}"), &arena, &out, error);
    mz_buffer_done(&out);
    mz_arena_done(&arena);
    return status;
}

TEST(a_failed_allocation_is_an_error) {
    mz_oom_each(write_it, NULL);
}

TEST_MAIN()
