/* What a source tells of the parts of a name decides what its words do; where it tells nothing, the name is read as
 * ever. Names are invented from common parts. */
#include "names/name.h"
#include "names/parts.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

static mz_arena arena;
static mz_error error;
static char line[512];

/* Letters as in roles_test.c: given g, middle m, family f, patronymic p, nisba n, kunya k, title t, suffix s,
 * initial i, filiation b, particle o, article a, not told -. */
static const char *read_roles(const char *text, const mz_name_parts *parts) {
    static const char marks[MZ_ROLE_COUNT] = {
        [MZ_ROLE_NAME] = '-',       [MZ_ROLE_GIVEN] = 'g',     [MZ_ROLE_MIDDLE] = 'm', [MZ_ROLE_FAMILY] = 'f',
        [MZ_ROLE_PATRONYMIC] = 'p', [MZ_ROLE_NISBA] = 'n',     [MZ_ROLE_KUNYA] = 'k',  [MZ_ROLE_ARTICLE] = 'a',
        [MZ_ROLE_PARTICLE] = 'o',   [MZ_ROLE_FILIATION] = 'b', [MZ_ROLE_TITLE] = 't',  [MZ_ROLE_SUFFIX] = 's',
        [MZ_ROLE_INITIAL] = 'i',    [MZ_ROLE_GENERIC] = '?',   [MZ_ROLE_NUMBER] = '#', [MZ_ROLE_LEGAL_FORM] = '?',
        [MZ_ROLE_UNUSED] = '?'};
    mz_name name;
    CHECK_OK(mz_name_parse_parts(mz_str_of(text), false, parts, &arena, &name, &error), error);
    size_t i = 0;
    for (; i < name.count && i + 1 < sizeof line; i++) line[i] = marks[name.words[i].role];
    line[i] = '\0';
    return line;
}

static void start(void) {
    mz_arena_done(&arena);
    mz_arena_init(&arena, 1 << 20);
}

TEST(letters_beside_a_name_tell_its_words) {
    static const struct {
        const char *name, *letters, *roles;
    } rows[] = {
        /* family name first, and nothing in the name shows it */
        {"Kelvar Halden", "fg", "fg"},
        {"Kelvar Halden", "", "gf"},
        {"Robert Halden", "gf", "gf"},
        /* further given names stand between */
        {"Robert James Halden", "ggf", "gmf"},
        {"Halden Robert James", "fgg", "fgm"},
        {"Robert James Halden", "gff", "gff"},
        {"Robert James Halden", "gmf", "gmf"},
        {"Ivan Petrov Sergeev", "gpf", "gpf"},
        /* what a word is stays what it is, and what a part is made of is seen */
        {"Robert de Halden", "gff", "gof"},
        {"Karim bin Salim Tazi", "gggf", "gbpf"},
        {"Karim bin Salim", "gff", "gbf"},
        {"Salim Abu Omar Tazi", "gmmf", "gkkf"},
        {"Nikolai Petrovich Tsvetov", "gmf", "gpf"},
        {"Karim Abdurrahman Tazi", "ggf", "gmmf"},
        {"Abdurrahman Tazi", "gf", "ggf"},
        {"Jean-Pierre Halden", "gf", "gmf"},
        /* of a part only: the rest is read by its place */
        {"Karim Salim Omar Tazi", "???f", "gmmf"},
        {"Karim Salim Omar Tazi", "g???", "gmmf"},
        {"Karim Tazi", "g?", "gf"},
        {"Tazi Karim", "?g", "fg"},
        {"Karim Tazi", "?f", "gf"},
        {"Karim Salim Omar Tazi", "????", "gmmf"},
        /* one word */
        {"Tazi", "f", "f"},
        {"Karim", "g", "g"},
        {"Karim Salim", "gp", "gf"}, /* nothing else is left to be the family name */
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mz_name_parts parts = {.roles = mz_str_of(rows[i].letters)};
        start();
        mz_test_case("%s, %s", rows[i].name, rows[i].letters);
        CHECK_TEXT(rows[i].roles, read_roles(rows[i].name, &parts));
    }
    mz_arena_done(&arena);
}

TEST(letters_that_mean_nothing_or_are_too_few_or_too_many_change_nothing) {
    static const char *const letters[] = {"", "?", "???", "xyz", "tts", "   ", "?????????"};
    for (size_t i = 0; i < sizeof letters / sizeof letters[0]; i++) {
        mz_name_parts parts = {.roles = mz_str_of(letters[i])};
        start();
        mz_test_case("'%s'", letters[i]);
        CHECK_TEXT("gmf", read_roles("Robert James Halden", &parts));
    }
    mz_name_parts many = {.roles = MZ_STR("fggggggggggggggggg")};
    CHECK_TEXT("fg", read_roles("Halden Robert", &many));
    CHECK_TEXT("", read_roles("", &many));
    CHECK_TEXT("", read_roles(" ,  .", &many));
    mz_arena_done(&arena);
}

static mz_name_parts parts_of(const mz_fact *facts, size_t count) {
    mz_entity entity = {.schema = MZ_SCHEMA_Person, .facts = facts, .fact_count = count};
    mz_name_parts parts;
    CHECK_OK(mz_name_parts_read(&entity, &arena, &parts, &error), error);
    return parts;
}

TEST(properties_beside_a_name_tell_the_words_that_are_in_them) {
    static const mz_fact facts[] = {
        {.property = MZ_PROP_name, .value = MZ_STR_INIT("TAZI Karim Salim")},
        {.property = MZ_PROP_firstName, .value = MZ_STR_INIT("Karim")},
        {.property = MZ_PROP_fatherName, .value = MZ_STR_INIT("Salim")},
        {.property = MZ_PROP_lastName, .value = MZ_STR_INIT("Tazi Filali")},
        {.property = MZ_PROP_lastName, .value = MZ_STR_INIT("Тази")},
    };
    static const struct {
        const char *name, *roles;
    } rows[] = {
        {"Tazi Karim Salim", "fgp"},
        {"tázi salim karim", "fpg"}, /* in normal form, in any order */
        {"Karim Salim Tazi Filali", "gpff"},
        {"Карим Тази", "gf"},
        {"Filali", "f"},
        {"Omar Tazi Karim", "mfg"}, /* what is not told stands between */
        {"Robert Halden", "gf"},    /* another name of his */
    };
    start();
    mz_name_parts parts = parts_of(facts, sizeof facts / sizeof facts[0]);
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mz_test_case("%s", rows[i].name);
        CHECK_TEXT(rows[i].roles, read_roles(rows[i].name, &parts));
    }
    mz_arena_done(&arena);
}

TEST(a_word_in_two_parts_is_not_told) {
    static const mz_fact facts[] = {{.property = MZ_PROP_firstName, .value = MZ_STR_INIT("Salim Karim")},
                                    {.property = MZ_PROP_lastName, .value = MZ_STR_INIT("Salim")}};
    start();
    mz_name_parts parts = parts_of(facts, 2);
    CHECK_TEXT("fg", read_roles("Salim Karim", &parts));
    CHECK_TEXT("gf", read_roles("Salim Omar", &parts));
    mz_arena_done(&arena);
}

TEST(letters_say_more_than_properties) {
    static const mz_fact facts[] = {{.property = MZ_PROP_firstName, .value = MZ_STR_INIT("Halden")},
                                    {.property = MZ_PROP_lastName, .value = MZ_STR_INIT("Robert")}};
    start();
    mz_name_parts parts = parts_of(facts, 2);
    CHECK_TEXT("fg", read_roles("Robert Halden", &parts));
    parts.roles = MZ_STR("gf");
    CHECK_TEXT("gf", read_roles("Robert Halden", &parts));
    parts.roles = MZ_STR("g?");
    CHECK_TEXT("gf", read_roles("Robert Halden", &parts));
    mz_arena_done(&arena);
}

TEST(more_and_longer_parts_than_a_name_has_are_bounded) {
    enum { MANY = 500 };
    static mz_fact facts[MANY];
    static char values[MANY][16], longest[100000];
    for (size_t i = 0; i < MANY; i++) {
        (void)snprintf(values[i], sizeof values[i], "Ka%c%c%ctazi", 'a' + (int)i % 26, 'a' + (int)i / 26 % 26, 'i');
        facts[i] = (mz_fact){.property = MZ_PROP_lastName, .value = mz_str_of(values[i])};
    }
    start();
    CHECK_INT(MZ_PART_WORDS_MOST, parts_of(facts, MANY).count);
    for (size_t i = 0; i < sizeof longest; i++) longest[i] = i % 7 ? 'o' : ' ';
    mz_fact one = {.property = MZ_PROP_lastName, .value = {longest, sizeof longest}};
    CHECK_INT(0, parts_of(&one, 1).count);
    mz_arena_done(&arena);
}

TEST(a_part_that_is_not_utf_8_is_an_error) {
    mz_fact fact = {.property = MZ_PROP_lastName, .value = MZ_STR("T\xE4zi")};
    mz_entity entity = {.schema = MZ_SCHEMA_Person, .facts = &fact, .fact_count = 1};
    mz_name_parts parts;
    start();
    CHECK_INT(MZ_ERR_INPUT, mz_name_parts_read(&entity, &arena, &parts, &error));
    mz_arena_done(&arena);
}

TEST(the_name_of_a_firm_has_no_such_parts) {
    mz_name_parts parts = {.roles = MZ_STR("fgg")};
    mz_name name;
    start();
    CHECK_OK(mz_name_parse_parts(MZ_STR("Halden Robert Trading"), true, &parts, &arena, &name, &error), error);
    for (size_t i = 0; i < name.count; i++) CHECK(name.words[i].role != MZ_ROLE_FAMILY);
    mz_arena_done(&arena);
}

TEST(characters_without_a_blank_are_taken_apart_by_their_own_rule) {
    mz_name_parts parts = {.roles = MZ_STR("f")};
    start();
    CHECK_TEXT("fg", read_roles("王建国", &parts));
    parts.roles = MZ_STR("g");
    CHECK_TEXT("fg", read_roles("王建国", &parts));
    parts.roles = MZ_STR("fg");
    CHECK_TEXT("fg", read_roles("王 建国", &parts));
    parts.roles = MZ_STR("gf");
    CHECK_TEXT("gf", read_roles("建国 王", &parts));
    mz_arena_done(&arena);
}

TEST_MAIN()
