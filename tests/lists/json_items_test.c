/* A large JSON document taken apart: the three shapes, the places, and what is malformed around the elements. */
#include "lists/json_items.h"
#include "test.h"

#include <stdio.h>

static mz_error error;
static char seen[4096];

/* The items, each as "KEY=TEXT@LINE:COLUMN;", or the error's text behind them. */
static const char *items_of(mz_str text, const char *array_key, size_t ceiling_bytes) {
    mz_json_items items;
    size_t used = 0;
    bool more = true;
    mz_status status = MZ_OK;
    seen[0] = '\0';
    mz_json_items_memory(&items, "test", text, array_key, ceiling_bytes);
    while (more && !status && used < sizeof seen - 1) {
        mz_json_item item;
        status = mz_json_items_next(&items, &item, &more, &error);
        if (status || !more) break;
        used += (size_t)snprintf(seen + used, sizeof seen - used, "%s%.*s=%.*s@%d:%d;", item.element ? "*" : "",
                                 (int)item.key.size, item.key.data, (int)item.text.size, item.text.data, (int)item.line,
                                 (int)item.column);
    }
    if (status)
        (void)snprintf(seen + used, sizeof seen - used, "!%s@%d:%d", error.text, (int)error.line, (int)error.column);
    mz_json_items_close(&items);
    return seen;
}

TEST(elements_are_found_in_all_three_shapes) {
    static const struct {
        const char *text, *key, *items;
    } cases[] = {
        {"[]", NULL, ""},
        {" [ 1 , \"a,]\" ,{\"b\":[1,2]}\n, true ]\n", NULL, "*=1@1:4;*=\"a,]\"@1:8;*={\"b\":[1,2]}@1:15;*=true@2:3;"},
        {"{\"a\":1}\n{\"a\":2}{\"a\":3}\n", NULL, "*={\"a\":1}@1:1;*={\"a\":2}@2:1;*={\"a\":3}@2:8;"},
        {"{\"total\": 2, \"r\": [ {\"x\":\"}\"}, [] ], \"z\":{}}", "r",
         "total=2@1:11;*r={\"x\":\"}\"}@1:21;*r=[]@1:32;z={}@1:42;"},
        {"{\"r\":[]}", "r", ""},
        {"{\"r\":5}", "r", "r=5@1:6;"},
        {"[5]", "r", "*=5@1:2;"},
        {"\xEF\xBB\xBF[1]", NULL, "*=1@1:2;"},
        {"[\"\\\"]\\\\\"]", NULL, "*=\"\\\"]\\\\\"@1:2;"},
        {"[{\"a\":\n\n1},2]", NULL, "*={\"a\":\n\n1}@1:2;*=2@3:4;"},
        {"1 2", NULL, "*=1@1:1;*=2@1:3;"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].text);
        CHECK_TEXT(cases[i].items, items_of(mz_str_of(cases[i].text), cases[i].key, 1000));
    }
}

TEST(what_is_malformed_around_the_elements_is_refused_at_its_place) {
    static const struct {
        const char *text, *key, *items;
    } cases[] = {
        {"", NULL, "!the file is empty; fetch it again@1:1"},
        {"[1", NULL, "*=1@1:2;!the file breaks off; fetch it again@1:3"},
        {"[1,", NULL, "*=1@1:2;!a value was expected@1:4"},
        {"[1 2]", NULL, "*=1@1:2;!a comma or ] was expected@1:4"},
        {"[,1]", NULL, "!a value was expected@1:2"},
        {"[1,]", NULL, "*=1@1:2;!a value was expected@1:4"},
        {"[{\"a\":1", NULL, "!the file breaks off inside a value; fetch it again@1:8"},
        {"[\"a", NULL, "!the file breaks off inside a value; fetch it again@1:4"},
        {"[1] 2", NULL, "*=1@1:2;!more text behind the end of the document@1:5"},
        {"{\"r\":[1]", "r", "*r=1@1:7;!the file breaks off; fetch it again@1:9"},
        {"{\"a\" 1}", "r", "!a colon was expected behind the key@1:6"},
        {"{a:1}", "r", "!a key in double quotes was expected@1:3"},
        {"{\"a\":}", "r", "!a value was expected@1:6"},
        {"{}x", "r", "!more text behind the end of the document@1:3"},
        {"1,2", NULL, "*=1@1:1;!a value was expected@1:2"},
        {"]", NULL, "!a value was expected@1:1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].text);
        CHECK_TEXT(cases[i].items, items_of(mz_str_of(cases[i].text), cases[i].key, 1000));
    }
}

TEST(an_element_over_the_ceiling_is_passed_over) {
    mz_json_items items;
    mz_json_item item;
    bool more;
    mz_json_items_memory(&items, "test", MZ_STR("[1,\n{\"long\":\"0123456789\"},3]"), NULL, 12);
    CHECK_OK(mz_json_items_next(&items, &item, &more, &error), error);
    CHECK_INT(MZ_ERR_LIMIT, mz_json_items_next(&items, &item, &more, &error));
    CHECK_INT(2, error.line);
    CHECK_INT(1, error.column);
    CHECK_OK(mz_json_items_next(&items, &item, &more, &error), error);
    CHECK_STR(MZ_STR("3"), item.text);
    CHECK_OK(mz_json_items_next(&items, &item, &more, &error), error);
    CHECK(!more);
    mz_json_items_close(&items);
}

TEST(a_key_over_the_ceiling_is_an_error) {
    CHECK_TEXT("!a key longer than any is@1:16", items_of(MZ_STR("{\"0123456789ab\":1}"), "r", 12));
}

TEST(an_error_inside_an_element_has_its_place_in_the_file) {
    mz_json_items items;
    mz_json_item item;
    mz_arena arena;
    const mz_json_value *value = NULL;
    bool more;
    mz_arena_init(&arena, 1 << 20);
    mz_json_items_memory(&items, "test", MZ_STR("[1,\n  {\"a\":tru},{\"b\":\n\n nul}]"), NULL, 100);
    CHECK_OK(mz_json_items_next(&items, &item, &more, &error), error);
    CHECK_OK(mz_json_items_next(&items, &item, &more, &error), error);
    CHECK_INT(MZ_ERR_INPUT, mz_json_item_parse(&item, 0, &arena, &value, &error));
    CHECK_INT(2, error.line);
    CHECK_INT(8, error.column);
    CHECK_OK(mz_json_items_next(&items, &item, &more, &error), error);
    CHECK_INT(MZ_ERR_INPUT, mz_json_item_parse(&item, 0, &arena, &value, &error));
    CHECK_INT(4, error.line);
    CHECK_INT(2, error.column);
    mz_json_items_close(&items);
    mz_arena_done(&arena);
}

TEST_MAIN()
