/* The learned costs: what must hold of any table, and what names teach that a table may not have forgotten. */
#include "names/spelling.h"
#include "test.h"

#include <string.h>

static const char alphabet[] = "aeiouywhbpfvmntdTszSCZJkgqxGrl0123456789";

static const mz_spelling *table(mz_sound_system a, mz_sound_system b) {
    bool turned;
    return mz_spelling_between(a, b, &turned);
}

static unsigned exchange(const mz_spelling *spelling, char left, char right) {
    return spelling->exchange[mz_phone_of_letter(left)][mz_phone_of_letter(right)];
}

TEST(every_letter_is_a_phone_and_every_phone_a_letter) {
    for (const char *c = alphabet; *c; c++) CHECK_INT(*c, mz_phone_letter(mz_phone_of_letter(*c)));
    CHECK_INT(0, mz_phone_of_letter('?'));
    CHECK_INT('_', mz_phone_letter(0));
    CHECK_INT('_', mz_phone_letter(200));
}

TEST(the_same_sound_costs_nothing_and_any_other_something) {
    for (size_t t = 0; t < MZ_SPELLING_COUNT; t++)
        for (const char *a = alphabet; *a; a++)
            for (const char *b = alphabet; *b; b++) {
                mz_test_case("table %zu: %c for %c", t, *a, *b);
                CHECK((exchange(&mz_spellings[t], *a, *b) == 0) == (*a == *b));
            }
}

TEST(leaving_out_costs_something_wherever_it_is_and_every_sound_has_a_size) {
    for (size_t t = 0; t < MZ_SPELLING_COUNT; t++)
        for (const char *c = alphabet; *c; c++) {
            uint8_t phone = mz_phone_of_letter(*c);
            mz_test_case("table %zu: %c", t, *c);
            for (unsigned place = 0; place < MZ_PHONE_PLACES; place++) {
                CHECK(mz_spellings[t].omit_left[place][phone] > 0);
                CHECK(mz_spellings[t].omit_right[place][phone] > 0);
            }
            CHECK(mz_spellings[t].size_left[phone] > 0 && mz_spellings[t].size_right[phone] > 0);
        }
}

TEST(between_words_of_one_system_left_and_right_are_the_same) {
    const mz_spelling *symmetric[] = {table(MZ_SOUNDS_LATIN, MZ_SOUNDS_LATIN),
                                      table(MZ_SOUNDS_ARABIC, MZ_SOUNDS_ARABIC),
                                      table(MZ_SOUNDS_ARABIC, MZ_SOUNDS_HEBREW), table(MZ_SOUNDS_HAN, MZ_SOUNDS_HAN),
                                      table(MZ_SOUNDS_CYRILLIC, MZ_SOUNDS_CYRILLIC)};
    for (size_t t = 0; t < sizeof symmetric / sizeof *symmetric; t++) {
        for (const char *a = alphabet; *a; a++)
            for (const char *b = alphabet; *b; b++)
                CHECK_INT(exchange(symmetric[t], *a, *b), exchange(symmetric[t], *b, *a));
        CHECK(memcmp(symmetric[t]->omit_left, symmetric[t]->omit_right, sizeof symmetric[t]->omit_left) == 0);
        CHECK(memcmp(symmetric[t]->size_left, symmetric[t]->size_right, sizeof symmetric[t]->size_left) == 0);
    }
}

TEST(two_systems_have_one_table_whichever_word_comes_first) {
    for (unsigned a = 0; a < MZ_SOUND_SYSTEM_COUNT; a++)
        for (unsigned b = 0; b < a; b++) {
            bool there, back;
            CHECK(mz_spelling_between((mz_sound_system)a, (mz_sound_system)b, &there) ==
                  mz_spelling_between((mz_sound_system)b, (mz_sound_system)a, &back));
            CHECK(there != back);
        }
}

TEST(the_size_of_a_word_is_that_of_its_side_of_the_table) {
    static const uint8_t phones[] = {9, 1, 30};
    const mz_spelling *arabic = table(MZ_SOUNDS_ARABIC, MZ_SOUNDS_LATIN);
    CHECK_INT(arabic->size_right[9] + arabic->size_right[1] + arabic->size_right[30],
              mz_phones_size(phones, 3, arabic->size_right));
    CHECK_INT(0, mz_phones_size(phones, 0, arabic->size_left));
}

/* What a clerk of each culture would say without a table. */
TEST(sounds_that_writing_confuses_are_cheaper_than_sounds_that_it_does_not) {
    static const struct {
        mz_sound_system system;
        char left, right, other; /* Latin left; right is nearer to it than other */
    } rows[] = {
        {MZ_SOUNDS_LATIN, 'q', 'k', 'm'},    {MZ_SOUNDS_LATIN, 'o', 'u', 'e'},    {MZ_SOUNDS_LATIN, 'v', 'w', 'p'},
        {MZ_SOUNDS_LATIN, 's', 'z', 'l'},    {MZ_SOUNDS_LATIN, 'C', 'S', 'b'},    {MZ_SOUNDS_ARABIC, 'g', 'J', 'm'},
        {MZ_SOUNDS_ARABIC, 'p', 'b', 't'},   {MZ_SOUNDS_ARABIC, 'v', 'f', 'r'},   {MZ_SOUNDS_ARABIC, 'u', 'w', 'h'},
        {MZ_SOUNDS_CYRILLIC, 'h', 'x', 'l'}, {MZ_SOUNDS_CYRILLIC, 'w', 'v', 'b'}, {MZ_SOUNDS_KANA, 'l', 'r', 'n'},
        {MZ_SOUNDS_HANGUL, 'r', 'l', 'n'},   {MZ_SOUNDS_HEBREW, 'v', 'b', 'd'},   {MZ_SOUNDS_GREEK, 'v', 'b', 's'},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const mz_spelling *spelling = table(MZ_SOUNDS_LATIN, rows[i].system);
        mz_test_case("system %d: %c %c %c", rows[i].system, rows[i].left, rows[i].right, rows[i].other);
        CHECK(exchange(spelling, rows[i].left, rows[i].right) < exchange(spelling, rows[i].left, rows[i].other));
    }
}

TEST(short_vowels_that_an_abjad_does_not_write_cost_little_to_leave_out) {
    const mz_spelling *arabic = table(MZ_SOUNDS_LATIN, MZ_SOUNDS_ARABIC),
                      *latin = table(MZ_SOUNDS_LATIN, MZ_SOUNDS_LATIN);
    for (const char *vowel = "ae"; *vowel; vowel++) {
        uint8_t phone = mz_phone_of_letter(*vowel);
        mz_test_case("%c", *vowel);
        for (const char *consonant = "bmrl"; *consonant; consonant++)
            CHECK(arabic->omit_left[1][phone] < arabic->omit_left[1][mz_phone_of_letter(*consonant)] * 3 / 4);
        CHECK(arabic->size_left[phone] < arabic->size_left[mz_phone_of_letter('b')]);
    }
    CHECK(latin->size_left[mz_phone_of_letter('e')] < latin->size_left[mz_phone_of_letter('b')]);
}

TEST(digits_are_never_cheap_to_confuse) {
    for (size_t t = 0; t < MZ_SPELLING_COUNT; t++)
        for (char digit = '0'; digit <= '9'; digit++)
            for (const char *other = alphabet; *other; other++)
                CHECK(*other == digit || exchange(&mz_spellings[t], digit, *other) >= MZ_PHONE_TYPO / 2);
}

TEST_MAIN()
