/* Codes of the National Archives' own examples, and what they do not say. */
#include "match/soundex.h"

#include "test.h"

#include <string.h>

static mz_str code(const char *word) {
    static char out[MZ_SOUNDEX_SIZE];
    uint32_t letters[64];
    size_t count = strlen(word);
    for (size_t i = 0; i < count; i++) letters[i] = (unsigned char)word[i];
    (void)mz_soundex(letters, count, out);
    return (mz_str){out, sizeof out};
}

TEST(the_examples_of_the_census) {
    static const char *const examples[][2] = {
        {"Washington", "W252"}, {"Lee", "L000"},     {"Gutierrez", "G362"}, {"Pfister", "P236"},
        {"Jackson", "J250"},    {"Tymczak", "T522"}, {"Ashcraft", "A261"},  {"Ashcroft", "A261"},
        {"Robert", "R163"},     {"Rupert", "R163"},  {"Rubin", "R150"},     {"VanDeusen", "V532"},
    };
    for (size_t i = 0; i < sizeof examples / sizeof examples[0]; i++) {
        mz_test_case("%s", examples[i][0]);
        CHECK_STR(mz_str_of(examples[i][1]), code(examples[i][0]));
    }
}

TEST(capitals_make_no_difference) {
    CHECK_STR(mz_str_of("R163"), code("robert"));
    CHECK_STR(mz_str_of("R163"), code("ROBERT"));
}

TEST(h_and_w_do_not_separate_and_vowels_do) {
    CHECK_STR(mz_str_of("S200"), code("sahs") /* s, vowel, h, s: the second s counts */);
    CHECK_STR(mz_str_of("S000"), code("shs"));
    CHECK_STR(mz_str_of("T320"), code("tadek"));
}

TEST(what_is_no_latin_letter_is_passed_over) {
    CHECK_STR(mz_str_of("R163"), code("7Ro-bert"));
    uint32_t arabic[] = {0x645, 0x62D};
    char out[MZ_SOUNDEX_SIZE];
    CHECK(!mz_soundex(arabic, 2, out));
    CHECK(memcmp(out, "0000", sizeof out) == 0);
    CHECK(!mz_soundex(arabic, 0, out));
}

TEST_MAIN()
