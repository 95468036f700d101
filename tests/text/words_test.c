/* Names into words: what separates, what joins, what is dropped, and what is refused. */
#include "test.h"
#include "words.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static char line[LINE_SIZE];

static const char *folded(mz_str name) {
    return words_line(name, SHOW_FOLDED, line);
}

TEST(white_space_hyphens_slashes_commas_and_brackets_separate) {
    static const words_row rows[] = {
        {"Anna Berta", "anna berta"},
        {"  Anna\t\tBerta\r\n", "anna berta"},
        {"Anna\u00A0Berta\u3000Clara", "anna berta clara"},
        {"Anna-Berta", "anna berta"},
        {"Anna\u2010Berta\u2011Clara\u2013Dora\u2014Emma\u2212Frida", "anna berta clara dora emma frida"},
        {"Berta,Anna;Clara:Dora", "berta anna clara dora"},
        {"Anna (Berta) [Clara] {Dora} <Emma>", "anna berta clara dora emma"},
        {"M/V Nowhere_Star", "m v nowhere star"},
        {"Noah & Sons + Co", "noah sons co"},
        {"\"Anna\" \u00ABBerta\u00BB \u201EClara\u201C", "anna berta clara"},
        {"\u00BFAnna? \u00A1Berta!", "anna berta"},
        {"Foo\u2122 Bar\u00AE", "foo bar"},
        {"بريق،ضوء؛نور", "بريق ضو نور"},
        {"ジョン・スミス", "ジョン スミス"},
        {"ｼﾞｮﾝ･ｽﾐｽ", "ジョン スミス"},
        {"约翰·史密斯", "约翰 史密斯"},
        {"בן־נמר", "בנ נמר"},
    };
    CHECK_ROWS(rows, SHOW_FOLDED);
}

TEST(camel_case_is_no_border_so_that_capitals_do_not_matter) {
    CHECK_TEXT("mcfiction mcfiction", folded(MZ_STR("McFiction MCFICTION")));
}

TEST(dots_separate_but_for_letters_that_each_have_one) {
    static const words_row rows[] = {
        {"U.S.A.", "usa"},
        {"S.A.R.L", "sarl"},
        {"S.A.R.L. Nulle", "sarl nulle"},
        {"Mr.Nemo", "mr nemo"},
        {"Co. Ltd.", "co ltd"},
        {"J. Nemo", "j nemo"},
        {"J.Nemo", "j nemo"},
        {"J.R.Nemo", "jr nemo"},
        {"Sr.J.R.Nemo", "sr jr nemo"},
        {"ش.م.م", "شمم"},
        {"Выдумка С.А.", "выдумка са"},
        {"3.5", "3 5"},
        {"A.1", "a 1"},
        {"...", ""},
        {"É.D.F.", "edf"},
        {".A.B", "ab"},
    };
    CHECK_ROWS(rows, SHOW_FOLDED);
}

TEST(apostrophes_are_dropped_wherever_they_stand) {
    static const words_row rows[] = {
        {"O'Nobody", "onobody"},      {"O\u2019Nobody", "onobody"}, {"O\u2018Nobody", "onobody"},
        {"Nu\u02BFmat", "numat"},     {"Nu`mat", "numat"},          {"Nu\u00B4mat", "numat"},
        {"Sana\u02BC", "sana"},       {"'Anna'", "anna"},           {"\u2018Anna\u2019", "anna"},
        {"al-\u2018Adam", "al adam"}, {"d'Exemple", "dexemple"},    {"'''", ""},
        {"Col\u00B7lina", "collina"}, /* Catalan, where the middle dot is spelling */
    };
    CHECK_ROWS(rows, SHOW_FOLDED);
}

TEST(the_double_quote_inside_a_hebrew_abbreviation_is_dropped) {
    CHECK_TEXT("דוגמה בעמ", folded(MZ_STR("דוגמה בע\"מ")));
    CHECK_TEXT("בעמ", folded(MZ_STR("בע״מ")));
    CHECK_TEXT("a b", folded(MZ_STR("a\"b")));
}

TEST(invisible_characters_are_nothing_at_all) {
    static const words_row rows[] = {
        {"An\u00ADna", "anna"}, /* soft hyphen */
        {"An\u200Bna\u200C\u200D\u2060\uFEFF", "anna"},
        {"\u202EAnna\u202C \u2066Berta\u2069\u200E\u200F\u061C", "anna berta"},
        {"می\u200Cنویسد", "مينويسد"}, /* the Persian half space */
        {"葛\uFE00城", "葛城"},       /* a variation selector */
        {"An\uFFFDna", "anna"},       /* a letter that was lost before */
        {"\u200B\u200E", ""},
    };
    CHECK_ROWS(rows, SHOW_FOLDED);
}

TEST(a_run_of_digits_is_a_word_of_its_own) {
    static const words_row rows[] = {
        {"Factory7", "factory 7"},
        {"Factory 77B", "factory 77 b"},
        {"7Seas", "7 seas"},
        {"٣٤ ۵۶ ७८ ๙", "34 56 78 9"},
        {"１２３", "123"},
        {"№ 2", "no 2"},
        {"Ⅱ", "ii"},
        {"x²", "x 2"},
        {"½", "1 2"},
        {"重庆123公司", "重庆 123 公司"},
        {"Area1North", "area 1 north"},
        {"Mi8MTV", "mi 8 mtv"},
        {"B1T", "b 1 t"},
        {"Block100B", "block 100 b"},
    };
    CHECK_ROWS(rows, SHOW_FOLDED);
}

TEST(a_lone_0_or_1_between_letters_is_read_as_a_letter_and_flagged) {
    static const words_row rows[] = {
        {"N0body", "nobody*"},        {"Fict1on", "fictlon*"}, {"M1rko", "mirko*"},     {"F1CT0N", "ficton*"},
        {"Н0мер", "номер*"},          {"No1", "no 1"},         {"N00body", "n00body*"}, {"n00body", "n00body*"},
        {"Sub000way", "sub 000 way"}, {"N0 B", "n 0 b"},
    };
    CHECK_ROWS(rows, SHOW_FOLDED);
}

TEST(look_alike_letters_are_read_in_the_script_of_the_rest_and_flagged) {
    static const words_row rows[] = {
        {"\u0410nna", "anna*"},          /* Cyrillic A in a Latin word */
        {"N\u043Eb\u043Edy", "nobody*"}, /* Cyrillic o */
        {"Nob\u03BFdy", "nobody*"},      /* Greek omicron */
        {"Выд\x61мов", "выдамов*"},      /* Latin a in a Cyrillic word */
        {"\x42ыдумов", "выдумов*"},      /* Latin B */
        {"Пример\x6Fв", "примеров*"},
        {"Паραδειγμ", "παραδειγμ*"},
        {"АСЕ", "асе"}, /* all of one script: nothing to read otherwise */
    };
    CHECK_ROWS(rows, SHOW_FOLDED);
}

TEST(a_word_of_two_scripts_without_look_alikes_is_split_between_them) {
    static const words_row rows[] = {
        {"Выдумbank", "выдум bank"}, {"IBM株式会社", "ibm 株式会社"}, {"東京タワー", "东京 タワー"},
        {"김Anna", "김 anna"},       {"نورAnna", "نور anna"},         {"कAnna", "क anna"},
    };
    CHECK_ROWS(rows, SHOW_FOLDED);
}

TEST(original_is_the_slice_as_written) {
    static const words_row rows[] = {
        {"Jean O'Nobody,", "Jean O'Nobody"},
        {"U.S.A. Ltd.", "U.S.A. Ltd"},
        {"\u2018Anna\u2019", "Anna"},
        {"مُنِير", "مُنِير"},
        {"(㈱)Ｄ３", "㈱ Ｄ ３"},
        {"Müller", "Müller"},
    };
    CHECK_ROWS(rows, SHOW_ORIGINAL);
}

TEST(each_word_says_its_script_and_whether_it_lacks_vowels) {
    CHECK_TEXT(
        "Latin Arabic Cyrillic Greek Hebrew Han Hangul Kana Armenian Georgian Thai Burmese Devanagari Bengali None",
        words_line(MZ_STR("Nemo نور Выдум Νεμο נמו 例子 가상 タロウ Նեմո ნემო นก နေ राम রাম 7"), SHOW_SCRIPT, line));
    mz_arena arena;
    mz_word *words;
    size_t count;
    bool cut;
    mz_error error;
    mz_arena_init(&arena, 1024 * 1024);
    CHECK_OK(mz_text_words(MZ_STR("نور 7 Nemo נמו"), &arena, 8, &words, &count, &cut, &error), error);
    CHECK_INT(4, count);
    CHECK(words[0].abjad && !words[0].number);
    CHECK(words[1].number && !words[1].abjad);
    CHECK(!words[2].abjad && !words[2].number && !words[2].lookalike);
    CHECK(words[3].abjad);
    mz_arena_done(&arena);
}

TEST(names_without_letters_and_digits_have_no_words) {
    static const char *const names[] = {"", " ", "-", "!!! --- ...", "\u200B", "\u0301\u0301", "ء", "☃", "\u202E"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        mz_test_case("%s", names[i]);
        CHECK_TEXT("", folded(mz_str_of(names[i])));
    }
    CHECK_TEXT("", folded((mz_str){NULL, 0}));
}

TEST(a_nul_separates) {
    CHECK_TEXT("anna berta", folded(MZ_STR("Anna\0Berta")));
}

TEST(what_is_not_utf_8_is_refused_with_the_byte_as_column) {
    const struct {
        mz_str name;
        uint64_t column;
    } rows[] = {
        {MZ_STR("M\xFCller"), 2}, /* Latin-1 */
        {MZ_STR("\xC0\xAF"), 1},  /* overlong */
        {MZ_STR("Anna \xE0\x80\x80"), 6},
        {MZ_STR("\xED\xA0\x80"), 1},     /* a surrogate */
        {MZ_STR("\xF4\x90\x80\x80"), 1}, /* above U+10FFFF */
        {MZ_STR("\xF5\x80\x80\x80"), 1},
        {MZ_STR("Anna Berta Clara \xE2\x82"), 18}, /* cut in the middle of a letter */
        {MZ_STR("\x80"), 1},
        {MZ_STR("\xFE\xFF"), 1},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        mz_test_case("row %zu", i);
        mz_arena arena;
        mz_word *words = NULL;
        size_t count = 77;
        bool cut;
        mz_error error = {0};
        mz_arena_init(&arena, 1024 * 1024);
        CHECK_INT(MZ_ERR_INPUT, mz_text_words(rows[i].name, &arena, 8, &words, &count, &cut, &error));
        CHECK_INT(rows[i].column, error.column);
        CHECK(words == NULL && count == 77);
        mz_arena_done(&arena);
    }
}

static mz_status count_words(mz_str name, size_t most, size_t ceiling, size_t *ret_count, bool *ret_cut) {
    mz_arena arena;
    mz_word *words;
    mz_error error;
    mz_arena_init(&arena, ceiling);
    mz_status status = mz_text_words(name, &arena, most, &words, ret_count, ret_cut, &error);
    mz_arena_done(&arena);
    return status;
}

/* `piece` so often that it fills `bytes`, to be freed. */
static mz_str repeated(const char *piece, size_t times) {
    size_t size = strlen(piece);
    char *text = malloc(size * times);
    for (size_t i = 0; text && i < times; i++) memcpy(text + i * size, piece, size);
    return (mz_str){text, text ? size * times : 0};
}

TEST(more_words_than_asked_for_are_said_to_be_cut) {
    size_t count;
    bool cut;
    CHECK_INT(MZ_OK, count_words(MZ_STR("Anna Berta Clara"), 3, 1 << 20, &count, &cut));
    CHECK(count == 3 && !cut);
    CHECK_INT(MZ_OK, count_words(MZ_STR("Anna Berta Clara"), 2, 1 << 20, &count, &cut));
    CHECK(count == 2 && cut);
    CHECK_INT(MZ_OK, count_words(MZ_STR("Änna Bérta Clära"), 2, 1 << 20, &count, &cut));
    CHECK(count == 2 && cut);
    CHECK_INT(MZ_OK, count_words(MZ_STR("Anna, "), 1, 1 << 20, &count, &cut));
    CHECK(count == 1 && !cut);
    CHECK_INT(MZ_OK, count_words(MZ_STR("Anna"), 0, 1 << 20, &count, &cut));
    CHECK(count == 0 && cut);
}

TEST(names_of_ten_thousand_words_cost_what_is_asked_of_them) {
    size_t count;
    bool cut;
    static const char *const pieces[] = {"Nemo ", "Némo ", "نور ", "7a "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        mz_str name = repeated(pieces[i], 10000);
        mz_test_case("%s", pieces[i]);
        CHECK_INT(MZ_OK, count_words(name, 100, 1 << 20, &count, &cut));
        CHECK(count == 100 && cut);
        CHECK_INT(MZ_OK, count_words(name, 30000, 1 << 26, &count, &cut));
        CHECK(count >= 10000 && !cut);
        free((void *)(uintptr_t)name.data);
    }
}

TEST(ten_thousand_words_without_a_separator_are_split_all_the_same) {
    size_t count;
    bool cut;
    mz_str name = repeated("7a", 10000);
    CHECK_INT(MZ_OK, count_words(name, 30000, 1 << 26, &count, &cut));
    CHECK(count == 20000 && !cut);
    free((void *)(uintptr_t)name.data);
}

TEST(one_letter_with_ten_thousand_marks_is_that_letter) {
    mz_str marks = repeated("\u0301\u0323", 5000);
    CHECK_TEXT("", folded(marks));
    free((void *)(uintptr_t)marks.data);
    mz_str letters = repeated("\u1EAD\u0301", 300); /* a with two marks, and a third */
    const char *text = folded(letters);
    CHECK_INT(300, strlen(text));
    CHECK_INT(300, strspn(text, "a"));
    free((void *)(uintptr_t)letters.data);
}

TEST(ligatures_that_unfold_to_a_sentence_stay_in_bounds) {
    mz_str name = repeated("\uFDFA", 2000); /* 18 code points each */
    size_t count;
    bool cut;
    CHECK_INT(MZ_OK, count_words(name, 100, 1 << 22, &count, &cut));
    CHECK(count == 100 && cut);
    free((void *)(uintptr_t)name.data);
}

TEST(a_full_arena_is_an_error_like_any_other) {
    size_t count;
    bool cut;
    mz_str long_word = repeated("é", 100000);
    CHECK_INT(MZ_ERR_MEMORY, count_words(long_word, 100, 100000, &count, &cut));
    CHECK_INT(MZ_ERR_MEMORY, count_words(MZ_STR("Anna"), 100, 10, &count, &cut));
    CHECK_INT(MZ_ERR_MEMORY, count_words(MZ_STR("Änna"), 100, 10, &count, &cut));
    free((void *)(uintptr_t)long_word.data);
}

TEST(at_every_ceiling_a_name_is_either_whole_or_refused) {
    static const char name[] = "Anna Ñúñez نور Выдумов U.S.A. 例子 Factory7 राम M0rgen Nobοdy";
    size_t whole = 0, count = 0;
    bool cut;
    CHECK_INT(MZ_OK, count_words(mz_str_of(name), 100, 1 << 20, &whole, &cut));
    for (size_t ceiling = 0; ceiling < 20000; ceiling += 16) {
        mz_status status = count_words(mz_str_of(name), 100, ceiling, &count, &cut);
        mz_test_case("ceiling %zu", ceiling);
        CHECK(status == MZ_ERR_MEMORY || (status == MZ_OK && count == whole && !cut));
    }
}

/* The planes that have letters. Between letters, because a mark needs one before it. */
TEST(what_was_folded_stays_as_it_is_for_every_code_point) {
    char name[8], once[LINE_SIZE], twice[LINE_SIZE];
    for (uint32_t code_point = 1; code_point < 0x32000; code_point++) {
        if (code_point >= 0xD800 && code_point <= 0xDFFF) continue;
        name[0] = 'x';
        size_t size = 1 + mz_utf8_put(code_point, name + 1);
        words_line((mz_str){name, size}, SHOW_FOLDED_ALONE, once);
        mz_test_case("U+%04X", (unsigned)code_point);
        CHECK_TEXT(once, words_line(mz_str_of(once), SHOW_FOLDED_ALONE, twice));
    }
}

TEST(a_name_of_sixteen_mebibytes_is_refused) {
    mz_str name = repeated("Nemo Nemo Nemo. ", 1024 * 1024);
    size_t count;
    bool cut;
    CHECK_INT(MZ_ERR_LIMIT, count_words(name, 100, 1 << 26, &count, &cut));
    free((void *)(uintptr_t)name.data);
}

TEST_MAIN()
