/* What XML readers refuse, and with which words and place: through the reader of the UN list, as a user meets it. */
#include "lists/xml.h"

#include "seen.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

static seen list;

#define HEAD "<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><DATAID>1</DATAID><FIRST_NAME>"
#define TAIL "</FIRST_NAME></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"

/* A literal with its size, so that it may hold NUL. */
#define BYTES(literal) "" literal, sizeof(literal) - 1

TEST(damaged_files_are_refused_with_line_column_and_reason) {
    static const struct {
        const char *what, *bytes;
        size_t size;
        mz_status status;
        unsigned line, column;
        const char *text;
    } cases[] = {
        {"empty", BYTES(""), MZ_ERR_INPUT, 1, 1, "the file is empty"},
        {"cut off", BYTES("<CONSOLIDATED_LIST>\n <INDIVIDUALS>\n  <INDIV"), MZ_ERR_INPUT, 3, 3, "cut off"},
        {"cut off between elements", BYTES("<CONSOLIDATED_LIST>\n<INDIVIDUALS>\n"), MZ_ERR_INPUT, 3, 1, "cut off"},
        {"another document", BYTES("<html>\n</html>"), MZ_ERR_INPUT, 1, 1, "it begins with <html>"},
        {"not XML", BYTES("uid,name\n1,x\n"), MZ_ERR_INPUT, 1, 1, "not well-formed XML"},
        {"tags that cross", BYTES("<CONSOLIDATED_LIST><a></b>"), MZ_ERR_INPUT, 1, 25, "closed under another name"},
        {"invalid UTF-8", BYTES("<CONSOLIDATED_LIST>\n<a>\xC3(</a>"), MZ_ERR_INPUT, 2, 4, "not valid"},
        {"an overlong sequence", BYTES("<CONSOLIDATED_LIST>\xC0\x80"), MZ_ERR_INPUT, 1, 20, "not valid"},
        {"a NUL byte", BYTES("<CONSOLIDATED_LIST>\n\n a\0b"), MZ_ERR_INPUT, 3, 3, "control character"},
        {"columns count bytes", BYTES("<CONSOLIDATED_LIST>\n<a>é\x01</a>"), MZ_ERR_INPUT, 2, 6, "control character"},
        {"an entity that nobody defined", BYTES("<CONSOLIDATED_LIST>&lol;"), MZ_ERR_INPUT, 1, 20, "entity reference"},
        {"text behind the end", BYTES("<CONSOLIDATED_LIST/>x"), MZ_ERR_INPUT, 1, 21, "behind the end"},
        {"an encoding from elsewhere", BYTES("<?xml version='1.0' encoding='ebcdic-int'?><a/>"), MZ_ERR_INPUT, 1, 31,
         "convert it to UTF-8"},
        {"a document type",
         BYTES("<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'file:///etc/passwd'>\n<CONSOLIDATED_LIST/>"), MZ_ERR_INPUT,
         2, 0, "entity declarations are not allowed"},
        {"entities that grow",
         BYTES("<!DOCTYPE l [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;'>]>\n<CONSOLIDATED_LIST>&b;"
               "</CONSOLIDATED_LIST>"),
         MZ_ERR_INPUT, 1, 0, "entity declarations are not allowed"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].what);
        see_bytes(&list, "un", cases[i].bytes, cases[i].size);
        CHECK_INT(cases[i].status, list.status);
        if (!strstr(list.error.text, cases[i].text)) CHECK_TEXT(cases[i].text, list.error.text);
        CHECK_INT(cases[i].line, list.error.line);
        if (cases[i].column) CHECK_INT(cases[i].column, list.error.column);
        CHECK(strstr(list.error.where, "input"));
        seen_done(&list);
    }
}

/* `head`, then `count` times `body`, then `tail`. */
static void see_repeated(const char *head, const char *body, size_t count, const char *tail) {
    size_t size = strlen(body), whole = strlen(head) + size * count + strlen(tail);
    char *bytes = malloc(whole + 1), *at = bytes;
    CHECK(bytes);
    at = stpcpy(at, head);
    for (size_t i = 0; i < count; i++) at = stpcpy(at, body);
    stpcpy(at, tail);
    see_bytes(&list, "un", bytes, whole);
    free(bytes);
}

TEST(what_is_larger_than_any_honest_list_is_refused) {
    static const struct {
        const char *what, *head, *body;
        size_t count;
        const char *tail, *text;
    } cases[] = {
        {"deep nesting", "<CONSOLIDATED_LIST>", "<a>", 100000, "", "64 deep"},
        {"one huge text", HEAD, "0123456789abcdef", (1 << 16) + 1, TAIL, "longer than 1 MiB"},
        {"one huge tag", "<CONSOLIDATED_LIST a='", "0123456789abcdef", 1 << 18, "'/>", "longer than 1 MiB"},
        {"one huge comment", "<CONSOLIDATED_LIST><!--", "0123456789abcdef", 1 << 18, "--></CONSOLIDATED_LIST>",
         "1 MiB"},
        {"a record without end", HEAD "x</FIRST_NAME>", "<a>0123456789</a>", 1 << 19, "</INDIVIDUAL>", "32 MiB"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].what);
        see_repeated(cases[i].head, cases[i].body, cases[i].count, cases[i].tail);
        CHECK_INT(MZ_ERR_LIMIT, list.status);
        if (!strstr(list.error.text, cases[i].text)) CHECK_TEXT(cases[i].text, list.error.text);
        seen_done(&list);
    }
}

TEST(text_just_under_the_limit_is_read) {
    see_repeated(HEAD, "0123456789abcdef", 1 << 16, TAIL);
    CHECK_OK(list.status, list.error);
    CHECK_INT(1, list.report.entities);
    seen_done(&list);
}

TEST(names_are_read_from_every_usual_encoding) {
    static const struct {
        const char *what, *bytes;
        size_t size;
        const char *name;
    } cases[] = {
        {"UTF-8", BYTES(HEAD "Zo\xC3\xAB" TAIL), "Zoë"},
        {"UTF-8 with a mark", BYTES("\xEF\xBB\xBF" HEAD "Zo\xC3\xAB" TAIL), "Zoë"},
        {"ISO-8859-1", BYTES("<?xml version='1.0' encoding='ISO-8859-1'?>" HEAD "Zo\xEB" TAIL), "Zoë"},
        {"windows-1252", BYTES("<?xml version='1.0' encoding='Windows-1252'?>" HEAD "Zo\xEB \x8Cuvre" TAIL),
         "Zoë Œuvre"},
        {"references", BYTES(HEAD "A &amp; B &#x639;" TAIL), "A & B ع"},
        {"CDATA", BYTES(HEAD "<![CDATA[A <&> B]]>" TAIL), "A <&> B"},
        {"prefixes",
         BYTES("<u:CONSOLIDATED_LIST xmlns:u='urn:x'><u:INDIVIDUALS><u:INDIVIDUAL><u:DATAID>1</u:DATAID>"
               "<u:FIRST_NAME>P</u:FIRST_NAME></u:INDIVIDUAL></u:INDIVIDUALS></u:CONSOLIDATED_LIST>"),
         "P"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].what);
        see_bytes(&list, "un", cases[i].bytes, cases[i].size);
        CHECK_OK(list.status, list.error);
        CHECK_STR(mz_str_of(cases[i].name), list.records[0].caption);
        seen_done(&list);
    }
}

TEST(utf_16_is_known_by_its_mark) {
    static const char text[] = HEAD "Lina" TAIL;
    char bytes[2 * sizeof text];
    size_t size = 0;
    bytes[size++] = '\xFF', bytes[size++] = '\xFE';
    for (size_t i = 0; text[i]; i++) bytes[size++] = text[i], bytes[size++] = '\0';
    see_bytes(&list, NULL, bytes, size); /* the format is found in it, too */
    CHECK_OK(list.status, list.error);
    CHECK_STR(MZ_STR("Lina"), list.records[0].caption);
    seen_done(&list);
    see_bytes(&list, "un", bytes, size - 7);
    CHECK_INT(MZ_ERR_INPUT, list.status);
    seen_done(&list);
}

typedef struct walk {
    char text[256];
    mz_status status;
} walk;

static mz_status note(void *context, const mz_xml_node *node, mz_error *error) {
    (void)error;
    walk *steps = context;
    size_t used = strlen(steps->text);
    (void)snprintf(steps->text + used, sizeof steps->text - used, "%.*s:%u(%.*s) ", (int)node->name.size,
                   node->name.data, node->at.line, (int)node->text.size, node->text.data);
    return steps->status;
}

static mz_status note_children(void *context, const mz_xml_node *node, mz_error *error) {
    mz_status status = note(context, node, error);
    for (const mz_xml_node *child = node->child; child && !status; child = child->next)
        status = note_children(context, child, error);
    return status;
}

static mz_status read_with(const mz_xml_rule *rules, size_t count, const char *text, walk *steps, mz_error *error) {
    mz_input input;
    mz_input_memory(&input, "memory", mz_str_of(text));
    mz_xml_source source = {.input = &input, .what = "a test", .rules = rules, .rule_count = count, .context = steps};
    return mz_xml_read(&source, error);
}

TEST(rules_get_elements_at_their_path_only) {
    static const mz_xml_rule rules[] = {
        {"r", note, NULL}, {"r/a/item", NULL, note_children}, {"r/b", note, note_children}};
    walk steps = {0};
    mz_error error = {0};
    CHECK_OK(read_with(rules, 3,
                       "<r>\n<item>no</item><a>\n<item>x<y> z </y>w</item></a>\n<b q='1'>\n <c/>\n </b><c/></r>",
                       &steps, &error),
             error);
    CHECK_TEXT("r:1() item:3(xw) y:3( z ) b:4() b:4() c:5() ", steps.text);
}

TEST(what_a_rule_answers_ends_the_reading) {
    static const mz_xml_rule rules[] = {{"r/a", NULL, note}};
    walk steps = {.status = MZ_ERR_CANCELLED};
    mz_error error = {0};
    CHECK_INT(MZ_ERR_CANCELLED, read_with(rules, 1, "<r><a>1</a><a>2</a></r>", &steps, &error));
    CHECK_TEXT("a:1(1) ", steps.text);
}

TEST(the_root_is_seen_without_reading_on) {
    CHECK(mz_xml_root_is(MZ_STR("<?xml version='1.0'?>\n<!-- <b> --> <x:a xmlns:x='y'> broken <<<"), "a"));
    CHECK(!mz_xml_root_is(MZ_STR("<ab>"), "a"));
    CHECK(!mz_xml_root_is(MZ_STR("a"), "a"));
    CHECK(!mz_xml_root_is(MZ_STR(""), "a"));
    CHECK(!mz_xml_root_is(MZ_STR("<!-- never closed <a>"), "a"));
}

TEST_MAIN()
