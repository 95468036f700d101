/* The culture that a name is told to be of, from nothing but the name. Names are invented from common parts. */
#include "names/name.h"
#include "test.h"

typedef struct culture_row {
    const char *name;
    mz_culture culture;
} culture_row;

static mz_culture culture_of(const char *text) {
    mz_arena arena;
    mz_error error = {0};
    mz_name name = {0};
    mz_arena_init(&arena, 1 << 20);
    CHECK_OK(mz_name_parse(mz_str_of(text), false, &arena, &name, &error), error);
    mz_culture culture = (mz_culture)name.culture;
    mz_arena_done(&arena);
    return culture;
}

static void check_rows(const culture_row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        mz_test_case("%s: %s", rows[i].name, mz_culture_name(rows[i].culture));
        CHECK_TEXT(mz_culture_name(rows[i].culture), mz_culture_name(culture_of(rows[i].name)));
    }
}
#define CHECK_CULTURES(rows) check_rows((rows), sizeof(rows) / sizeof *(rows))

TEST(a_script_that_one_culture_writes_tells_it) {
    static const culture_row rows[] = {
        {"王建国", MZ_CULTURE_CHINESE},         {"김민수", MZ_CULTURE_KOREAN},
        {"タナカ タロウ", MZ_CULTURE_JAPANESE}, {"田中 たろう", MZ_CULTURE_JAPANESE},
        {"Νίκος Αλεξίου", MZ_CULTURE_GREEK},    {"יוסי אלמוג", MZ_CULTURE_HEBREW},
        {"राजेश कुमार", MZ_CULTURE_SOUTH_ASIAN},  {"สมชาย ใจดี", MZ_CULTURE_SOUTH_EAST_ASIAN},
        {"Գևորգ Սարյան", MZ_CULTURE_CAUCASIAN},
    };
    CHECK_CULTURES(rows);
}

TEST(letters_tell_languages_of_one_script_apart) {
    static const culture_row rows[] = {
        {"كريم الصباغ", MZ_CULTURE_ARABIC},         {"پرویز گلزار", MZ_CULTURE_IRANIAN},
        {"ځلمی وردک", MZ_CULTURE_IRANIAN},          {"غلام حسین شاہ بٹ", MZ_CULTURE_SOUTH_ASIAN},
        {"Сергей Цветков", MZ_CULTURE_EAST_SLAVIC}, {"Александар Јовановић", MZ_CULTURE_SOUTH_SLAVIC},
        {"Нұрлан Қасымов", MZ_CULTURE_TURKIC},      {"Işıl Çağlayan", MZ_CULTURE_TURKIC},
        {"Trần Thị Mai", MZ_CULTURE_VIETNAMESE},    {"Łukasz Brzęczek", MZ_CULTURE_WEST_SLAVIC},
        {"Jiří Dvořák", MZ_CULTURE_WEST_SLAVIC},    {"José Nuñez", MZ_CULTURE_IBERIAN},
    };
    CHECK_CULTURES(rows);
}

TEST(endings_and_beginnings_tell_cultures_in_latin_letters) {
    static const culture_row rows[] = {
        {"Sergey Ivanovich Tsvetkov", MZ_CULTURE_EAST_SLAVIC},
        {"Mykola Bondarenko", MZ_CULTURE_EAST_SLAVIC},
        {"Milan Jovanovic", MZ_CULTURE_SOUTH_SLAVIC},
        {"Jan Adamowicz", MZ_CULTURE_WEST_SLAVIC},
        {"Nikos Alexopoulos", MZ_CULTURE_GREEK},
        {"Karim Rostamzadeh", MZ_CULTURE_IRANIAN},
        {"Mehmet Hocaoglu", MZ_CULTURE_TURKIC},
        {"Youssef Benkirane", MZ_CULTURE_MAGHREBI},
        {"Giorgi Kobashvili", MZ_CULTURE_CAUCASIAN},
        {"Anna Lindmann", MZ_CULTURE_WESTERN},
    };
    CHECK_CULTURES(rows);
}

TEST(where_nothing_tells_the_culture_is_unknown) {
    static const culture_row rows[] = {{"", MZ_CULTURE_UNKNOWN},
                                       {"7", MZ_CULTURE_UNKNOWN},
                                       {"Oro Tal", MZ_CULTURE_UNKNOWN},
                                       {"J. R.", MZ_CULTURE_UNKNOWN}};
    CHECK_CULTURES(rows);
    mz_arena arena;
    mz_error error = {0};
    mz_name name = {0};
    mz_arena_init(&arena, 1 << 20);
    CHECK_OK(mz_name_parse(MZ_STR("Завод Цветков"), true, &arena, &name, &error), error);
    CHECK_INT(MZ_CULTURE_UNKNOWN, name.culture); /* a firm has none */
    mz_arena_done(&arena);
}

TEST(every_culture_has_a_name_that_leads_back_to_it) {
    for (mz_culture c = MZ_CULTURE_UNKNOWN; c < MZ_CULTURE_COUNT; c++) {
        mz_culture found = MZ_CULTURE_COUNT;
        mz_test_case("%s", mz_culture_name(c));
        CHECK(mz_culture_named(mz_str_of(mz_culture_name(c)), &found));
        CHECK_INT(c, found);
    }
    mz_culture untouched = MZ_CULTURE_GREEK;
    CHECK(!mz_culture_named(MZ_STR("Greek"), &untouched) && !mz_culture_named(MZ_STR(""), &untouched));
    CHECK_INT(MZ_CULTURE_GREEK, untouched);
}

TEST_MAIN()
