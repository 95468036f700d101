/* The words of the tables, in three languages; and the small tools of the output. */
#include "cli/messages.h"

#include "cli/command.h"
#include "cli/output.h"
#include "test.h"
#include "text/text.h"

#include <string.h>

/* Which places {0} … {9} a message has, as bits. */
static unsigned places_of(const char *text) {
    unsigned places = 0;
    for (; *text; text++)
        if (text[0] == '{' && text[1] >= '0' && text[1] <= '9' && text[2] == '}') places |= 1u << (text[1] - '0');
    return places;
}

TEST(every_language_says_every_message_with_the_same_places) {
    for (cli_message message = 0; message < CLI_MESSAGE_COUNT; message++) {
        const char *english = cli_message_text(message, MZ_ENGLISH);
        for (mz_language language = MZ_ENGLISH; language <= MZ_ARABIC; language++) {
            const char *text = cli_message_text(message, language);
            mz_test_case("message %d (%s), language %d", (int)message, english, (int)language);
            CHECK(text && *text);
            CHECK_INT(places_of(english), places_of(text));
            CHECK(mz_utf8_valid(mz_str_of(text), NULL));
        }
    }
}

TEST(every_property_has_a_label) {
    for (mz_property property = 0; property < MZ_PROPERTY_COUNT; property++) {
        mz_test_case("%s", mz_property_name(property));
        CHECK(strcmp(cli_property_label(property, MZ_ARABIC), mz_property_name(property)) != 0);
    }
    CHECK_STR(MZ_STR("date de naissance"), mz_str_of(cli_property_label(MZ_PROP_birthDate, MZ_FRENCH)));
}

TEST(every_weight_of_a_policy_has_a_label) {
    for (unsigned p = 0; p < MZ_PRICE_COUNT; p++) {
        const char *name = mz_price_of((mz_price)p)->name;
        mz_test_case("%s", name);
        CHECK(strcmp(cli_price_label((mz_price)p, MZ_ENGLISH), name) != 0);
    }
    CHECK_TEXT("mots dans un autre ordre", cli_price_label(MZ_PRICE_order, MZ_FRENCH));
}

static bool has_arabic(const char *text) {
    size_t at = 0;
    for (uint32_t c; mz_utf8_next(mz_str_of(text), &at, &c);)
        if (mz_script_of(c) == MZ_SCRIPT_ARABIC) return true;
    return false;
}

TEST(arabic_messages_are_in_arabic_and_the_others_are_not) {
    for (cli_message message = 0; message < CLI_MESSAGE_COUNT; message++) {
        mz_test_case("message %d (%s)", (int)message, cli_message_text(message, MZ_ENGLISH));
        CHECK(has_arabic(cli_message_text(message, MZ_ARABIC)));
        CHECK(!has_arabic(cli_message_text(message, MZ_ENGLISH)));
        CHECK(!has_arabic(cli_message_text(message, MZ_FRENCH)));
    }
}

TEST(what_is_filled_in_is_not_looked_into_again) {
    mz_buffer out;
    mz_buffer_init(&out, 1000);
    CLI_SAY(&out, MZ_ENGLISH, CLI_SAY_SPELLING, "{1}", "%s{0}");
    CHECK_STR(MZ_STR("another spelling: {1} ~ %s{0}"), mz_buffer_view(&out));
    mz_buffer_clear(&out);
    CLI_SAY(&out, MZ_ENGLISH, CLI_SAY_SPELLING, "only one");
    CHECK_STR(MZ_STR("another spelling: only one ~ "), mz_buffer_view(&out));
    mz_buffer_clear(&out);
    cli_say(&out, MZ_ENGLISH, CLI_SAY_ORDER, NULL);
    CHECK_STR(MZ_STR("words in another order"), mz_buffer_view(&out));
    mz_buffer_done(&out);
}

TEST(a_field_of_csv_is_quoted_when_it_must_be) {
    static const struct {
        const char *text, *field;
    } cases[] = {
        {"", ""},
        {"plain words", "plain words"},
        {"one, two", "\"one, two\""},
        {"the \"other\"", "\"the \"\"other\"\"\""},
        {"two\nlines", "\"two\nlines\""},
        {"an old\rend", "\"an old\rend\""},
        {"another\r\nend", "\"another\r\nend\""},
    };
    mz_buffer out;
    mz_buffer_init(&out, 1000);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].field);
        mz_buffer_clear(&out);
        cli_csv(&out, mz_str_of(cases[i].text), true);
        CHECK_STR(mz_str_of(cases[i].field), mz_buffer_view(&out));
    }
    mz_buffer_done(&out);
}

TEST(every_option_is_described) {
    for (cli_option_id id = 0; id < CLI_OPTION_COUNT; id++) {
        const cli_option *option = cli_option_of(id);
        mz_test_case("option %d", (int)id);
        CHECK(option->name && *option->name && option->help && *option->help);
        CHECK((option->kind == CLI_KIND_NONE) == (option->argument == NULL));
        CHECK((option->kind == CLI_KIND_CHOICE) == (option->choices != NULL));
        CHECK(option->help[strlen(option->help) - 1] != '.');
        CHECK_INT(id, cli_option_find(mz_str_of(option->name)));
        if (option->letter) CHECK_INT(id, cli_option_find_letter(option->letter));
    }
}

TEST(distance_counts_changes_of_letters) {
    static const struct {
        const char *a, *b;
        unsigned distance;
    } cases[] = {
        {"", "", 0},
        {"screen", "screen", 0},
        {"screan", "screen", 1},
        {"sreen", "screen", 1},
        {"scrreen", "screen", 1},
        {"scerne", "screen", 2},
        {"csreen", "screen", 1},
        {"", "abc", 3},
        {"abc", "", 3},
        {"lists", "index", 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s and %s", cases[i].a, cases[i].b);
        CHECK_INT(cases[i].distance, cli_distance(mz_str_of(cases[i].a), mz_str_of(cases[i].b)));
        CHECK_INT(cases[i].distance, cli_distance(mz_str_of(cases[i].b), mz_str_of(cases[i].a)));
    }
    char longer[100];
    memset(longer, 'a', sizeof longer);
    CHECK(cli_distance((mz_str){longer, sizeof longer}, MZ_STR("a")) > 3);
}

TEST(what_is_near_is_less_than_half_a_word_away) {
    static const struct {
        const char *word, *known;
        bool near;
    } cases[] = {
        {"treshold", "threshold", true},
        {"unn", "un", true},
        {"formta", "format", true},
        {"bogus", "jobs", false},
        {"x", "id", false},
        {"ab", "a", false},
        {"lmiits", "limit", true},
        {"thrshldo", "threshold", false},
        {"", "", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s and %s", cases[i].word, cases[i].known);
        unsigned best = CLI_FAR;
        CHECK_INT(cases[i].near, cli_nearer(mz_str_of(cases[i].word), mz_str_of(cases[i].known), &best));
        CHECK_INT(cases[i].near, best < CLI_FAR);
    }
    unsigned best = 1;
    CHECK(!cli_nearer(MZ_STR("formta"), MZ_STR("format"), &best)); /* no nearer than what came before */
}

TEST(text_from_outside_is_made_harmless) {
    static const struct {
        const char *text, *harmless;
    } cases[] = {
        {"plain", "plain"},
        {"two\nlines\tand\ra tab", "two lines and a tab"},
        {"\033[2J", "\uFFFD[2J"},
        {"\u202Eturned\u2066", "\uFFFDturned\uFFFD"},
        {"c1 \xC2\x9B", "c1 \uFFFD"},
        {"broken \xC3", "broken \uFFFD"},
        {"\u0633\u0641\u064A\u0627\u0646", "\u0633\u0641\u064A\u0627\u0646"},
    };
    mz_buffer out;
    mz_buffer_init(&out, 1000);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("case %zu", i);
        mz_buffer_clear(&out);
        cli_put_safe(&out, mz_str_of(cases[i].text));
        CHECK_STR(mz_str_of(cases[i].harmless), mz_buffer_view(&out));
    }
    mz_buffer_done(&out);
}

TEST(fields_of_csv_are_quoted_when_they_must_be) {
    mz_buffer out;
    mz_buffer_init(&out, 1000);
    cli_csv(&out, MZ_STR("plain"), true);
    cli_csv(&out, MZ_STR("a,b"), false);
    cli_csv(&out, MZ_STR("say \"x\""), false);
    cli_csv(&out, MZ_STR("two\nlines"), false);
    cli_csv(&out, MZ_STR(""), false);
    cli_csv_end(&out);
    CHECK_STR(MZ_STR("plain,\"a,b\",\"say \"\"x\"\"\",\"two\nlines\",\n"), mz_buffer_view(&out));
    mz_buffer_done(&out);
}

TEST(tables_stand_in_line_whatever_the_script) {
    static const char *const names[] = {"NAME", ">COUNT", "NOTE", NULL};
    mz_buffer out;
    mz_buffer_init(&out, 1000);
    cli_table table;
    cli_table_init(&table, names);
    cli_table_cell(&table, MZ_STR("\u738B")); /* two columns wide */
    cli_table_count(&table, 7);
    cli_table_cell(&table, MZ_STR("x"));
    cli_table_cell(&table, MZ_STR("cafe\u0301")); /* four columns */
    cli_table_count(&table, 12345678);
    cli_table_cell(&table, MZ_STR(""));
    CHECK_INT(2, cli_table_rows(&table));
    CHECK(cli_table_print(&table, &out, true));
    CHECK_STR(MZ_STR("NAME     COUNT  NOTE\n"
                     "\u738B           7  x\n"
                     "cafe\u0301  12345678  \n"),
              mz_buffer_view(&out));
    CHECK_INT(0, cli_table_rows(&table));
    cli_table_done(&table);
    mz_buffer_done(&out);
}

TEST(counts_are_grouped) {
    static const struct {
        uint64_t count;
        const char *text;
    } cases[] = {{0, "0"}, {999, "999"}, {1000, "1,000"}, {1234567, "1,234,567"}};
    mz_buffer out;
    mz_buffer_init(&out, 1000);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_buffer_clear(&out);
        cli_put_count(&out, cases[i].count, ",");
        CHECK_STR(mz_str_of(cases[i].text), mz_buffer_view(&out));
    }
    mz_buffer_done(&out);
}

TEST_MAIN()
