/* What each word does in a person's name, culture by culture. Names are invented from common parts. */
#include "names/name.h"
#include "test.h"

#include <stdio.h>

static mz_arena arena;
static char line[512];

/* Given g, middle m, family f, patronymic p, nisba n, kunya k, title t, suffix s, initial i, filiation b (bin),
 * particle o (of), article a; - where it is not told. */
static const char *roles_of(const char *text) {
    static const char marks[MZ_ROLE_COUNT] = {
        [MZ_ROLE_NAME] = '-',       [MZ_ROLE_GIVEN] = 'g',     [MZ_ROLE_MIDDLE] = 'm', [MZ_ROLE_FAMILY] = 'f',
        [MZ_ROLE_PATRONYMIC] = 'p', [MZ_ROLE_NISBA] = 'n',     [MZ_ROLE_KUNYA] = 'k',  [MZ_ROLE_ARTICLE] = 'a',
        [MZ_ROLE_PARTICLE] = 'o',   [MZ_ROLE_FILIATION] = 'b', [MZ_ROLE_TITLE] = 't',  [MZ_ROLE_SUFFIX] = 's',
        [MZ_ROLE_INITIAL] = 'i',    [MZ_ROLE_GENERIC] = '?',   [MZ_ROLE_NUMBER] = '#', [MZ_ROLE_LEGAL_FORM] = '?',
        [MZ_ROLE_UNUSED] = '?'};
    mz_name name;
    mz_error error = {0};
    mz_arena_done(&arena);
    mz_arena_init(&arena, 1 << 20);
    CHECK_OK(mz_name_parse(mz_str_of(text), false, &arena, &name, &error), error);
    size_t i = 0;
    for (; i < name.count && i + 1 < sizeof line; i++) line[i] = marks[name.words[i].role];
    line[i] = '\0';
    return line;
}

typedef struct roles_row {
    const char *name, *roles;
} roles_row;

static void check_rows(const roles_row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        mz_test_case("%s", rows[i].name);
        CHECK_TEXT(rows[i].roles, roles_of(rows[i].name));
    }
    mz_arena_done(&arena);
}
#define CHECK_ROLES(rows) check_rows((rows), sizeof(rows) / sizeof *(rows))

TEST(the_family_name_is_the_last_unless_its_writing_says_otherwise) {
    static const roles_row rows[] = {
        {"Robert Ashdown", "gf"},
        {"Robert James Ashdown", "gmf"},
        {"Ashdown, Robert James", "fgm"},
        {"ASHDOWN Robert James", "fgm"},
        {"Robert ASHDOWN", "gf"},
        {"ROBERT ASHDOWN", "gf"},
        {"R. J. Ashdown", "iif"},
        {"Ashdown, R.", "fi"},
        {"Dr Robert Ashdown", "tgf"},
        {"Robert", "-"},
        {"", ""},
    };
    CHECK_ROLES(rows);
}

TEST(a_suffix_tells_generations_apart_and_stands_behind_a_name) {
    static const roles_row rows[] = {{"Robert Ashdown Jr.", "gfs"},
                                     {"Robert Ashdown III", "gfs"},
                                     {"Ashdown, Robert, Jr", "fgs"},
                                     {"Junior Ashdown", "gf"},
                                     {"Carlos Herrera Filho", "gfs"}};
    CHECK_ROLES(rows);
}

TEST(arabic_names_have_fathers_nisbas_and_kunyas) {
    static const roles_row rows[] = {
        {"Karim bin Salim Qandil", "gbpf"},
        {"Karim bin Salim", "gbf"}, /* all that stands beside the given name */
        {"Karim ben Salem ben Nabil Kandil", "gbpbpf"},
        {"Bin Qandil", "b-"},
        {"Karim Salim al-Fassi", "gfan"},
        {"Karim al-Fassi", "gaf"},
        {"كريم سالم قنديل الفاسي", "gmfn"},
        {"Karim bin Abd al-Rahman Qandil", "gbpapf"},
        {"Karim Abd al-Rahman", "gfaf"},
        {"Nur al-Din Qandil", "gagf"},
        {"Karim Qandil Salim Abu Omar", "gmfkk"},
        {"Karim Abu Zayd", "gmf"},
        {"Mariam bint Salim Qandil", "gbpf"},
    };
    CHECK_ROLES(rows);
}

TEST(slavic_and_turkic_patronymics_have_a_form_or_a_word_of_their_own) {
    static const roles_row rows[] = {
        {"Sergey Ivanovich Tsvetkov", "gpf"},
        {"Цветков Сергей Иванович", "fgp"},
        {"Anna Petrovna Lipovskaya", "gpf"},
        {"Mikhail Rubanovich", "gf"},
        {"Tsvetkov Sergey", "fg"},
        {"Heydar Rashad oglu Kolodez", "gpbf"},
    };
    CHECK_ROLES(rows);
}

TEST(chinese_korean_and_vietnamese_family_names_come_first_at_home) {
    static const roles_row rows[] = {{"Wang Jianguo", "fg"}, {"Jianguo Wang", "gf"},     {"Kim Min Su", "fgm"},
                                     {"Min Su Kim", "gmf"},  {"Nguyen Dac Hung", "fgm"}, {"Hung Dac Nguyen", "gmf"}};
    CHECK_ROLES(rows);
}

TEST(spanish_and_portuguese_names_have_two_family_names) {
    static const roles_row rows[] = {{"José Tadeo Gárate Muñoz", "gmff"},
                                     {"José Gárate Muñoz", "gff"},
                                     {"João da Silva Pereira", "goff"},
                                     {"María Carmen Núñez", "gmf"}};
    CHECK_ROLES(rows);
}

TEST(words_of_a_firm_have_no_roles_of_persons) {
    mz_name name;
    mz_error error = {0};
    mz_arena_init(&arena, 1 << 20);
    CHECK_OK(mz_name_parse(MZ_STR("Karim bin Salim Trading"), true, &arena, &name, &error), error);
    for (size_t i = 0; i < name.count; i++)
        CHECK(name.words[i].role != MZ_ROLE_GIVEN && name.words[i].role != MZ_ROLE_FAMILY);
    mz_arena_done(&arena);
}

TEST_MAIN()
