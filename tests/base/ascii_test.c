#include "base/ascii.h"

#include "test.h"

TEST(only_the_letters_of_ascii_are_letters) {
    unsigned letters = 0, digits = 0, capitals = 0, blanks = 0;
    for (int c = -128; c < 128; c++) {
        letters += mz_is_letter((char)c);
        digits += mz_is_digit((char)c);
        capitals += mz_is_capital((char)c);
        blanks += mz_is_blank((char)c);
        CHECK(mz_lower((char)c) == (mz_is_capital((char)c) ? c + 32 : c));
    }
    CHECK_INT(52, letters);
    CHECK_INT(10, digits);
    CHECK_INT(26, capitals);
    CHECK_INT(6, blanks);
    CHECK(mz_is_letter('z') && mz_is_letter('A') && !mz_is_letter('@') && !mz_is_letter('{'));
}

TEST(white_space_around_a_text_goes) {
    CHECK_STR(MZ_STR("a \n b"), mz_trimmed(MZ_STR(" \t\r\n\v\fa \n b \f")));
    CHECK_STR(MZ_STR(""), mz_trimmed(MZ_STR(" \n ")));
    CHECK_STR(MZ_STR(""), mz_trimmed(MZ_STR("")));
    CHECK_STR(MZ_STR("\xC2\xA0"), mz_trimmed(MZ_STR("\xC2\xA0"))); /* not cut in two: 0xA0 is a blank of Latin-1 */
}

TEST(texts_are_compared_without_their_capitals) {
    static const struct {
        const char *text, *part;
        bool starts, ends, same, contains;
    } cases[] = {
        {"Passport No.", "passport", true, false, false, true},
        {"Passport No.", "NO.", false, true, false, true},
        {"PASSPORT", "passport", true, true, true, true},
        {"Passport", "port", false, true, false, true},
        {"Passport", "spo", false, false, false, true},
        {"Pass", "passport", false, false, false, false},
        {"", "a", false, false, false, false},
        {"a", "", true, true, false, true},
        {"", "", true, true, true, true},
        {"É", "é", false, false, false, false}, /* not of ASCII */
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_str text = {cases[i].text, strlen(cases[i].text)};
        mz_test_case("\"%s\", \"%s\"", cases[i].text, cases[i].part);
        CHECK_INT(cases[i].starts, mz_starts_with(text, cases[i].part));
        CHECK_INT(cases[i].ends, mz_ends_with(text, cases[i].part));
        CHECK_INT(cases[i].same, mz_same_word(text, cases[i].part));
        CHECK_INT(cases[i].same, mz_same_letters(text, mz_str_of(cases[i].part)));
        CHECK_INT(cases[i].contains, mz_contains(text, cases[i].part));
    }
}

TEST(a_nul_inside_of_a_text_ends_nothing) {
    CHECK(!mz_starts_with((mz_str){"a\0b", 3}, "ab"));
    CHECK(mz_starts_with((mz_str){"a\0b", 3}, "A"));
    CHECK(!mz_same_word((mz_str){"a\0b", 3}, "a"));
    CHECK(!mz_starts_with((mz_str){"\0", 1}, "x"));
}

TEST_MAIN()
