/* The target of a request: what it decodes to, and what is refused. */
#include "server/target.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

static mz_arena arena;

static mz_status read(const char *target, mz_str *ret_path, mz_parameters *ret_query, mz_error *error) {
    mz_arena_done(&arena);
    mz_arena_init(&arena, 1 << 20);
    mz_test_case("%s", target);
    return mz_target_read(mz_str_of(target), &arena, ret_path, ret_query, error);
}

TEST(path_and_query_are_decoded) {
    mz_str path;
    mz_parameters query;
    mz_error error;
    CHECK_OK(read("/match/%D8%B9%D9%85%D8%B1?q=a+b%2Bc&limit=5&limit=&flag&=x&&q=%26", &path, &query, &error), error);
    CHECK_TEXT("/match/عمر", path.data);
    static const char *const expected[][2] = {{"q", "a b+c"}, {"limit", "5"}, {"limit", ""},
                                              {"flag", ""},   {"", "x"},      {"q", "&"}};
    CHECK_INT(6, query.count);
    for (size_t k = 0; k < query.count; k++) {
        CHECK_STR(mz_str_of(expected[k][0]), query.items[k].name);
        CHECK_STR(mz_str_of(expected[k][1]), query.items[k].value);
    }
}

TEST(a_plus_is_itself_in_a_path_and_letters_need_no_escapes) {
    mz_str path;
    mz_parameters query;
    mz_error error;
    CHECK_OK(read("/a+b/عمر", &path, &query, &error), error);
    CHECK_TEXT("/a+b/عمر", path.data);
    CHECK_INT(0, query.count);
    CHECK_OK(read("/?", &path, &query, &error), error);
    CHECK_TEXT("/", path.data);
}

TEST(an_address_in_full_is_its_path) {
    mz_str path;
    mz_parameters query;
    mz_error error;
    CHECK_OK(read("http://host:8080/healthz?a=1", &path, &query, &error), error);
    CHECK_TEXT("/healthz", path.data);
    CHECK_INT(1, query.count);
    CHECK_INT(MZ_ERR_INPUT, read("http://host", &path, &query, &error));
}

TEST(what_can_be_read_in_two_ways_is_refused_with_its_place) {
    static const struct {
        const char *target;
        unsigned column;
    } cases[] = {{"", 1},       {"healthz", 1},    {"*", 1},           {"/%", 2},      {"/a%4", 3},    {"/%zz", 2},
                 {"/a%2Fb", 3}, {"/a%2fb", 3},     {"/%00", 2},        {"/?a=%00", 5}, {"/a#b", 3},    {"/?q=#", 5},
                 {"/%FF", 1},   {"/?q=%C0%AF", 5}, {"/?%ED%A0%80", 3}, {"/a\x01", 3},  {"/?a=b c", 6}, {"/\x7f", 2}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        mz_str path;
        mz_parameters query;
        mz_error error;
        CHECK_INT(MZ_ERR_INPUT, read(cases[k].target, &path, &query, &error));
        CHECK_INT(cases[k].column, error.column);
    }
}

TEST(parameters_have_a_bound) {
    char target[2 * MZ_QUERY_PARAMETERS_MOST + 3] = "/?";
    mz_str path;
    mz_parameters query;
    mz_error error;
    for (size_t k = 0; k < MZ_QUERY_PARAMETERS_MOST; k++) memcpy(target + 2 + 2 * k, "a&", 2);
    CHECK_INT(MZ_ERR_LIMIT, read(target, &path, &query, &error));
    target[2 * MZ_QUERY_PARAMETERS_MOST + 1] = '\0';
    CHECK_OK(read(target, &path, &query, &error), error);
    CHECK_INT(MZ_QUERY_PARAMETERS_MOST, query.count);
}

TEST_MAIN()
