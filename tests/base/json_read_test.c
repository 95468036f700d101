/* What is JSON and what is refused, with the place; and that the tree says the same as cJSON's. */
#include "base/json_read.h"
#include "oom.h"
#include "test.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

static mz_arena arena;
static mz_error error;

static const mz_json_value *parsed(const char *text) {
    mz_test_case("%s", text);
    const mz_json_value *value = NULL;
    mz_arena_done(&arena);
    mz_arena_init(&arena, 1 << 20);
    CHECK_OK(mz_json_parse(mz_str_of(text), 0, &arena, &value, &error), error);
    return value;
}

TEST(a_document_becomes_a_tree_in_the_order_written) {
    const mz_json_value *root = parsed("{\"name\": [\"Zaynab\", null], \"age\": 41, \"listed\": true}");
    CHECK_INT(MZ_JSON_OBJECT, root->kind);
    CHECK_INT(3, root->count);
    const mz_json_value *names = mz_json_member(root, "name");
    CHECK_INT(2, names->count);
    CHECK_STR(MZ_STR("Zaynab"), names->child->text);
    CHECK_INT(MZ_JSON_NULL, names->child->next->kind);
    CHECK(names->child->next->next == NULL);
    CHECK_STR(MZ_STR("age"), names->next->key);
    CHECK(mz_json_member(root, "nothing") == NULL);
    CHECK(mz_json_member(names, "name") == NULL);
    mz_arena_done(&arena);
}

TEST(every_value_knows_where_it_stands) {
    const mz_json_value *root = parsed("{\n  \"a\": 1,\n  \"b\": [\n    true]}");
    CHECK_INT(2, root->child->line);
    CHECK_INT(8, root->child->column);
    CHECK_INT(4, root->child->next->child->line);
    CHECK_INT(5, root->child->next->child->column);
    mz_arena_done(&arena);
}

TEST(escapes_become_their_characters) {
    static const struct {
        const char *json, *text;
    } cases[] = {
        {"\"\"", ""},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
        {"\"\\u0041\\u00e9\\u0645\\u20AC\"", "A\u00e9\u0645\u20ac"},
        {"\"\\ud83d\\uDE00\"", "\xF0\x9F\x98\x80"},
        {"\"\\uFFFF\\u007f\"", "\xEF\xBF\xBF\x7F"},
        {"\"plain then \\\\u0041\"", "plain then \\u0041"},
        {"\"\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF \xF0\x90\x8D\x88 \xED\x9F\xBF \xEE\x80\x80\"",
         "\xD9\x85\xD8\xAD\xD9\x85\xD8\xAF \xF0\x90\x8D\x88 \xED\x9F\xBF \xEE\x80\x80"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        CHECK_STR(mz_str_of(cases[i].text), parsed(cases[i].json)->text);
    mz_arena_done(&arena);
}

TEST(numbers_stay_as_they_were_written) {
    static const char *const numbers[] = {"0", "-0", "12345678901234567890123", "1.50", "-2e10", "3E-2", "0.0"};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        const mz_json_value *value = parsed(numbers[i]);
        CHECK_INT(MZ_JSON_NUMBER, value->kind);
        CHECK_STR(mz_str_of(numbers[i]), value->text);
    }
    mz_arena_done(&arena);
}

typedef struct refusal {
    mz_str json;
    mz_status status;
    unsigned line, column;
    const char *says;
} refusal;
#define REFUSED(json, line, column, says)                                                                              \
    { {"" json, sizeof(json) - 1}, MZ_ERR_INPUT, line, column, says }

TEST(what_is_malformed_is_refused_at_its_place) {
    static const refusal cases[] = {
        REFUSED("", 1, 1, "nothing there"),
        REFUSED(" \n\t ", 2, 3, "nothing there"),
        REFUSED("\xEF\xBB\xBF", 1, 1, "nothing there"),
        REFUSED("{\"a\":1} x", 1, 9, "behind the end"),
        REFUSED("{\"a\":1}\n{\"b\":2}", 2, 1, "behind the end"),
        REFUSED("[1,]", 1, 4, "a value was expected"),
        REFUSED("[1 2]", 1, 4, "a comma or ]"),
        REFUSED("[1", 1, 3, "ends inside an array"),
        REFUSED("[1,", 1, 4, "ends where a value"),
        REFUSED("{", 1, 2, "ends inside an object"),
        REFUSED("{\"a\"", 1, 5, "ends inside an object"),
        REFUSED("{\"a\" 1}", 1, 6, "a colon"),
        REFUSED("{\"a\":", 1, 6, "ends where a value"),
        REFUSED("{\"a\":1,}", 1, 8, "a key in double quotes"),
        REFUSED("{a:1}", 1, 2, "a key in double quotes"),
        REFUSED("{'a':1}", 1, 2, "a key in double quotes"),
        REFUSED("\"abc", 1, 5, "ends inside a string"),
        REFUSED("\"abc\\", 1, 6, "ends inside a string"),
        REFUSED("\"abc\\\"", 1, 7, "ends inside a string"),
        REFUSED("\"a\nb\"", 1, 3, "a line ends inside"),
        REFUSED("\"a\tb\"", 1, 3, "a control character"),
        REFUSED("\"a\0b\"", 1, 3, "a control character"),
        REFUSED("\"\\\x01\"", 1, 3, "a control character"),
        REFUSED("\0", 1, 1, "a value was expected"),
        REFUSED("1\0", 1, 2, "behind the end"),
        REFUSED("\"\\x41\"", 1, 2, "unknown escape"),
        REFUSED("\"\\\xC3\xA9\"", 1, 2, "unknown escape"),
        REFUSED("\"\\u12g4\"", 1, 2, "four hexadecimal"),
        REFUSED("\"\\u12\"", 1, 2, "four hexadecimal"),
        REFUSED("\"\\u0000\"", 1, 2, "U+0000"),
        REFUSED("\"x\\ud800\"", 1, 3, "surrogate"),
        REFUSED("\"\\udc00\\ud800\"", 1, 2, "surrogate"),
        REFUSED("\"\\ud800\\u0041\"", 1, 2, "surrogate"),
        REFUSED("\"\\ud800\\ud800\"", 1, 2, "surrogate"),
        REFUSED("\"ab\x80\"", 1, 4, "not UTF-8"),
        REFUSED("\"\xC0\xAF\"", 1, 2, "not UTF-8"),         /* a slash in two bytes */
        REFUSED("\"\xC3\"", 1, 2, "not UTF-8"),             /* the tail is missing */
        REFUSED("\"\xE0\x80\xAF\"", 1, 2, "not UTF-8"),     /* overlong in three */
        REFUSED("\"\xED\xA0\x80\"", 1, 2, "not UTF-8"),     /* a surrogate as bytes */
        REFUSED("\"\xF0\x80\x80\xAF\"", 1, 2, "not UTF-8"), /* overlong in four */
        REFUSED("\"\xF4\x90\x80\x80\"", 1, 2, "not UTF-8"), /* beyond U+10FFFF */
        REFUSED("\"\xF5\x80\x80\x80\"", 1, 2, "not UTF-8"),
        REFUSED("\"\xFF\"", 1, 2, "not UTF-8"),
        REFUSED("\"\xE2\x82", 1, 2, "not UTF-8"), /* cut off in a character */
        REFUSED("\xC2\xA0"
                "1",
                1, 1, "a value was expected"), /* a no-break space is no white space */
        REFUSED("01", 1, 1, "leading zeros"),
        REFUSED("-", 1, 2, "without digits"),
        REFUSED("+1", 1, 1, "a value was expected"),
        REFUSED(".5", 1, 1, "a value was expected"),
        REFUSED("1.", 1, 3, "behind its point"),
        REFUSED("1e", 1, 3, "exponent"),
        REFUSED("0x10", 1, 2, "behind the end"),
        REFUSED("NaN", 1, 1, "a value was expected"),
        REFUSED("True", 1, 1, "a value was expected"),
        REFUSED("nul", 1, 1, "a value was expected"),
        REFUSED("truefalse", 1, 5, "behind the end"),
        REFUSED("/* */ 1", 1, 1, "a value was expected"),
        REFUSED("{\"id\":1,\n\"x\":2,\n\"id\":3}", 3, 6, "\"id\" stands twice"),
        REFUSED("{\"\":1,\"\":3}", 1, 10, "\"\" stands twice"),
        REFUSED("{\"a\\u0062\":1,\"\\u0061b\":3}", 1, 24, "\"ab\" stands twice"),
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%zu: %.*s", i, (int)cases[i].json.size, cases[i].json.data);
        const mz_json_value *value = NULL;
        mz_arena_init(&arena, 1 << 20);
        mz_status status = mz_json_parse(cases[i].json, 0, &arena, &value, &error);
        mz_arena_done(&arena);
        CHECK_INT(cases[i].status, status);
        CHECK(value == NULL);
        if (!strstr(error.text, cases[i].says)) CHECK_TEXT(cases[i].says, error.text);
        CHECK_INT(cases[i].line, error.line);
        CHECK_INT(cases[i].column, error.column);
    }
}

TEST(nesting_ends_at_its_limit) {
    char text[1 << 17];
    for (int depth = MZ_JSON_MOST_DEPTH; depth <= MZ_JSON_MOST_DEPTH + 1; depth++) {
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        const mz_json_value *value = NULL;
        mz_arena_init(&arena, 1 << 20);
        mz_status status = mz_json_parse((mz_str){text, 2 * (size_t)depth}, 0, &arena, &value, &error);
        CHECK_INT(depth <= MZ_JSON_MOST_DEPTH ? MZ_OK : MZ_ERR_LIMIT, status);
        mz_arena_done(&arena);
    }
    CHECK_INT(MZ_JSON_MOST_DEPTH + 1, error.column);
    memset(text, '[', sizeof text); /* and nothing is built of what was never closed */
    const mz_json_value *value = NULL;
    CHECK_INT(MZ_ERR_LIMIT, mz_json_parse((mz_str){text, sizeof text}, 0, &arena, &value, &error));
    mz_arena_done(&arena);
}

TEST(the_arena_is_the_limit_of_memory) {
    char text[4000];
    size_t size = 0;
    text[size++] = '[';
    while (size < sizeof text - 2) text[size++] = '1', text[size++] = ',';
    text[size - 1] = ']';
    const mz_json_value *value = NULL;
    mz_arena_init(&arena, 64 * 1024);
    CHECK_INT(MZ_ERR_LIMIT, mz_json_parse((mz_str){text, size}, 0, &arena, &value, &error));
    CHECK(value == NULL && arena.failed);
    mz_arena_done(&arena);
}

/* "k0":0,"k1":1,… with `again` written twice when it is not negative. */
static void many_keys(char *text, size_t size, int count, int again) {
    size_t used = 0;
    for (int i = 0; i < count; i++)
        used += (size_t)snprintf(text + used, size - used, "%c\"k%d\":%d", i ? ',' : '{', i, i);
    if (again >= 0) used += (size_t)snprintf(text + used, size - used, ",\"k%d\":0", again);
    (void)snprintf(text + used, size - used, "}");
}

TEST(a_repeated_key_is_found_among_many) {
    static char text[1 << 20];
    static const int counts[] = {2, 23, 24, 25, 1000, 30000};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        mz_test_case("%d keys", counts[i]);
        const mz_json_value *value = NULL;
        many_keys(text, sizeof text, counts[i], -1);
        mz_arena_init(&arena, 16 << 20);
        CHECK_OK(mz_json_parse(mz_str_of(text), 0, &arena, &value, &error), error);
        CHECK_INT(counts[i], value->count);
        many_keys(text, sizeof text, counts[i], counts[i] / 2);
        CHECK_INT(MZ_ERR_INPUT, mz_json_parse(mz_str_of(text), 0, &arena, &value, &error));
        CHECK_INT(strlen(text) - 1, error.column);
        CHECK_OK(mz_json_parse(mz_str_of(text), MZ_JSON_KEEP_REPEATED_KEYS, &arena, &value, &error), error);
        CHECK_INT(counts[i] + 1, value->count);
        mz_arena_done(&arena);
    }
}

TEST(members_are_read_by_type_and_a_wrong_type_is_named) {
    const mz_json_value *root =
        parsed("{\"name\":\"Idris\",\"limit\":12,\"whole\":1.2e1,\"half\":0.5,\"yes\":true,"
               "\"list\":[\"a\",\"b\"],\"mixed\":[\"a\",1],\"no\":null,\"big\":9223372036854775808}");
    mz_str text = MZ_STR("default");
    int64_t whole = -1;
    bool truth = false;
    const mz_json_value *first = NULL;
    CHECK_OK(mz_json_read_str(root, "absent", &text, &error), error);
    CHECK_OK(mz_json_read_str(root, "no", &text, &error), error);
    CHECK_STR(MZ_STR("default"), text);
    CHECK_OK(mz_json_read_str(root, "name", &text, &error), error);
    CHECK_STR(MZ_STR("Idris"), text);
    CHECK_OK(mz_json_read_int(root, "limit", 1, 12, &whole, &error), error);
    CHECK_INT(12, whole);
    whole = 0;
    CHECK_OK(mz_json_read_int(root, "whole", 1, 12, &whole, &error), error);
    CHECK_INT(12, whole);
    CHECK_OK(mz_json_read_bool(root, "yes", &truth, &error), error);
    CHECK(truth);
    CHECK_OK(mz_json_read_strings(root, "list", &first, &error), error);
    CHECK_STR(MZ_STR("a"), first->text);

    CHECK_INT(MZ_ERR_INPUT, mz_json_read_str(root, "limit", &text, &error));
    CHECK_TEXT("limit must be a string, not a number", error.text);
    CHECK_INT(25, error.column);
    CHECK_INT(MZ_ERR_INPUT, mz_json_read_int(root, "limit", 13, 20, &whole, &error));
    CHECK_TEXT("limit must be a whole number from 13 to 20, not 12", error.text);
    CHECK_INT(MZ_ERR_INPUT, mz_json_read_int(root, "half", 0, 1, &whole, &error));
    CHECK_INT(MZ_ERR_INPUT, mz_json_read_int(root, "big", INT64_MIN, INT64_MAX, &whole, &error));
    CHECK_INT(MZ_ERR_INPUT, mz_json_read_int(root, "name", 0, 1, &whole, &error));
    CHECK_INT(MZ_ERR_INPUT, mz_json_read_bool(root, "name", &truth, &error));
    CHECK_TEXT("name must be true or false, not a string", error.text);
    CHECK_INT(MZ_ERR_INPUT, mz_json_read_strings(root, "mixed", &first, &error));
    CHECK_INT(MZ_ERR_INPUT, mz_json_read_strings(root, "name", &first, &error));
    CHECK_INT(MZ_ERR_INPUT, mz_json_expect(root->child, MZ_JSON_OBJECT, "the query", &error));
    CHECK_TEXT("the query must be an object, not a string", error.text);
    CHECK_INT(12, whole); /* failures left everything as it was */
    mz_arena_done(&arena);
}

TEST(whole_numbers_in_any_spelling) {
    static const struct {
        const char *text;
        int64_t number;
    } whole[] = {
        {"-9223372036854775808", INT64_MIN},
        {"9223372036854775807", INT64_MAX},
        {"-9.223372036854775808e18", INT64_MIN},
        {"9007199254740993.0", 9007199254740993}, /* no double is that */
        {"1.5e1", 15},
        {"-1200e-2", -12},
        {"0.0012E+4", 12},
        {"1.000000000000000000000000000000", 1},
        {"-0", 0},
        {"0e99999999999999999999", 0},
        {"0.0e-99999999999999999999", 0},
    };
    static const char *const others[] = {
        "9223372036854775808",
        "-9223372036854775809",
        "1e19",
        "12345678901234567890.5",
        "0.5",
        "15e-1",
        "1e99999999999999999999",
        "1e-1",
        "1e-999",
        "1.0000000000000000001",
        "1e-99999999999999999999",
    };
    char text[100];
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
        int64_t number = 7;
        (void)snprintf(text, sizeof text, "{\"number\":%s}", whole[i].text);
        CHECK_OK(mz_json_read_int(parsed(text), "number", INT64_MIN, INT64_MAX, &number, &error), error);
        CHECK(number == whole[i].number);
        mz_arena_done(&arena);
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        int64_t number = 7;
        (void)snprintf(text, sizeof text, "{\"number\":%s}", others[i]);
        CHECK_INT(MZ_ERR_INPUT, mz_json_read_int(parsed(text), "number", INT64_MIN, INT64_MAX, &number, &error));
        CHECK_INT(7, number);
        mz_arena_done(&arena);
    }
}

static bool same(const mz_json_value *ours, const cJSON *theirs) {
    const cJSON *child = theirs->child;
    switch (ours->kind) {
    case MZ_JSON_NULL: return cJSON_IsNull(theirs);
    case MZ_JSON_FALSE: return cJSON_IsFalse(theirs);
    case MZ_JSON_TRUE: return cJSON_IsTrue(theirs);
    case MZ_JSON_NUMBER: return cJSON_IsNumber(theirs);
    case MZ_JSON_STRING: return cJSON_IsString(theirs) && mz_str_equal(ours->text, mz_str_of(theirs->valuestring));
    case MZ_JSON_ARRAY:
    case MZ_JSON_OBJECT: break;
    }
    if (ours->kind == MZ_JSON_ARRAY ? !cJSON_IsArray(theirs) : !cJSON_IsObject(theirs)) return false;
    for (const mz_json_value *element = ours->child; element; element = element->next, child = child->next)
        if (!child || !same(element, child) || !mz_str_equal(element->key, mz_str_of(child->string))) return false;
    return child == NULL;
}

/* Random small documents, made by a generator with a fixed seed. */
static void generate(uint32_t *state, char *out, size_t *size, unsigned depth) {
    static const char *const leaves[] = {
        "null",           "true", "-12.5e3", "\"\"", "\"a\\\"b\"", "\"\\u00e9\\ud83d\\ude00\"",
        "\"\xD8\xB9 x\"", "[]",   "{}",      "0"};
    *state = *state * 1664525u + 1013904223u;
    unsigned choice = *state >> 24;
    if (depth == 0 || choice < 100) {
        const char *leaf = leaves[choice % 10];
        memcpy(out + *size, leaf, strlen(leaf));
        *size += strlen(leaf);
        return;
    }
    bool object = choice & 1;
    out[(*size)++] = object ? '{' : '[';
    for (unsigned i = 0; i < 1 + choice % 5; i++) {
        if (i) out[(*size)++] = ',';
        if (choice & 2) out[(*size)++] = ' ';
        if (object) *size += (size_t)sprintf(out + *size, "\"k%u\\n\" :", i);
        generate(state, out, size, depth - 1);
    }
    out[(*size)++] = object ? '}' : ']';
}

TEST(the_tree_is_the_one_that_another_parser_builds) {
    static char text[1 << 20];
    uint32_t state = 20261121;
    for (int round = 0; round < 400; round++) {
        size_t size = 0;
        generate(&state, text, &size, 6);
        mz_test_case("%.*s", size > 900 ? 900 : (int)size, text);
        const mz_json_value *ours = NULL;
        mz_arena_init(&arena, 32 << 20);
        CHECK_OK(mz_json_parse((mz_str){text, size}, 0, &arena, &ours, &error), error);
        cJSON *theirs = cJSON_ParseWithLength(text, size);
        CHECK(theirs != NULL);
        bool agreed = same(ours, theirs);
        cJSON_Delete(theirs);
        mz_arena_done(&arena);
        CHECK(agreed);
    }
}

static mz_status parse_anew(void *context, mz_error *ret_error) {
    const mz_json_value *value = NULL;
    mz_arena own;
    mz_arena_init(&own, 1 << 20);
    mz_status status = mz_json_parse(mz_str_of(context), 0, &own, &value, ret_error);
    mz_arena_done(&own);
    return status;
}

TEST(a_failed_allocation_is_an_error) {
    static char text[1 << 17];
    many_keys(text, sizeof text, 5000, -1);
    CHECK(mz_oom_each(parse_anew, text) > 2);
}

TEST_MAIN()
