/* UTF-8: what is valid, reading and writing code points, repairing what pretends to be UTF-8. */
#include "test.h"
#include "text/text.h"

TEST(valid_text_of_one_to_four_bytes_a_letter) {
    const mz_str texts[] = {
        MZ_STR(""),
        MZ_STR("Nemo"),
        MZ_STR("\0"),
        MZ_STR("Némo"),
        MZ_STR("نور"),
        MZ_STR("例子"),
        MZ_STR("\xF0\x90\x80\x80"),
        MZ_STR("\xED\x9F\xBF\xEE\x80\x80"),
        MZ_STR("\xF4\x8F\xBF\xBF"),
        MZ_STR("a long line of nothing but ASCII letters"),
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        mz_test_case("row %zu", i);
        CHECK(mz_utf8_valid(texts[i], NULL));
    }
}

TEST(the_first_bad_sequence_is_found_wherever_it_starts) {
    const struct {
        mz_str text;
        size_t bad;
    } rows[] = {
        {MZ_STR("\x80"), 0},
        {MZ_STR("\xC1\xBF"), 0},
        {MZ_STR("\xC2"), 0},
        {MZ_STR("\xC2\x41"), 0},
        {MZ_STR("\xE0\x9F\xBF"), 0},
        {MZ_STR("\xED\xA0\x80"), 0},
        {MZ_STR("\xED\xBF\xBF"), 0},
        {MZ_STR("\xE2\x82\x41"), 0},
        {MZ_STR("\xF0\x8F\xBF\xBF"), 0},
        {MZ_STR("\xF4\x90\x80\x80"), 0},
        {MZ_STR("\xF8\x88\x80\x80\x80"), 0},
        {MZ_STR("eight by\xFFte"), 8},
        {MZ_STR("nine byte\xFFs"), 9},
        {MZ_STR("n\xC3\xA9\xE2\x82"), 3},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        size_t bad = 99;
        mz_test_case("row %zu", i);
        CHECK(!mz_utf8_valid(rows[i].text, &bad));
        CHECK_INT(rows[i].bad, bad);
    }
}

TEST(every_code_point_is_written_and_read_back) {
    for (uint32_t code_point = 0; code_point <= 0x10FFFF; code_point += code_point < 0x3000 ? 1 : 61) {
        if (code_point >= 0xD800 && code_point <= 0xDFFF) continue;
        char bytes[4];
        mz_str text = {bytes, mz_utf8_put(code_point, bytes)};
        size_t offset = 0;
        uint32_t back = 0;
        mz_test_case("U+%04X", (unsigned)code_point);
        CHECK(mz_utf8_valid(text, NULL));
        CHECK(mz_utf8_next(text, &offset, &back));
        CHECK_INT(code_point, back);
        CHECK_INT(text.size, offset);
        CHECK(!mz_utf8_next(text, &offset, &back));
    }
}

TEST(what_is_no_code_point_is_written_as_the_replacement_character) {
    static const uint32_t wrong[] = {0xD800, 0xDFFF, 0x110000, UINT32_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char bytes[4];
        mz_str text = {bytes, mz_utf8_put(wrong[i], bytes)};
        CHECK_STR(MZ_STR("\uFFFD"), text);
    }
}

TEST(reading_malformed_text_ends_and_replaces_each_byte) {
    size_t offset = 0, count = 0;
    uint32_t code_point;
    while (mz_utf8_next(MZ_STR("\xE2\x82z\xFF"), &offset, &code_point)) {
        CHECK_INT(count == 2 ? 'z' : 0xFFFD, code_point);
        count++;
    }
    CHECK_INT(4, count);
}

TEST(scripts_of_letters) {
    static const struct {
        uint32_t code_point;
        mz_script script;
    } rows[] = {
        {'a', MZ_SCRIPT_LATIN},         {'7', MZ_SCRIPT_NONE},       {' ', MZ_SCRIPT_NONE},
        {0x00E9, MZ_SCRIPT_LATIN},      {0x00D7, MZ_SCRIPT_NONE},    {0x1EA1, MZ_SCRIPT_LATIN},
        {0x0627, MZ_SCRIPT_ARABIC},     {0xFEFB, MZ_SCRIPT_ARABIC},  {0x0416, MZ_SCRIPT_CYRILLIC},
        {0x03A9, MZ_SCRIPT_GREEK},      {0x1F00, MZ_SCRIPT_GREEK},   {0x05D0, MZ_SCRIPT_HEBREW},
        {0x4E00, MZ_SCRIPT_HAN},        {0x20000, MZ_SCRIPT_HAN},    {0xAC00, MZ_SCRIPT_HANGUL},
        {0x3042, MZ_SCRIPT_KANA},       {0xFF76, MZ_SCRIPT_KANA},    {0x0561, MZ_SCRIPT_ARMENIAN},
        {0x10D0, MZ_SCRIPT_GEORGIAN},   {0x0E01, MZ_SCRIPT_THAI},    {0x1000, MZ_SCRIPT_BURMESE},
        {0x0905, MZ_SCRIPT_DEVANAGARI}, {0x0985, MZ_SCRIPT_BENGALI}, {0x2D30, MZ_SCRIPT_TIFINAGH},
        {0x13A0, MZ_SCRIPT_OTHER},      {0x10FFFF, MZ_SCRIPT_NONE},  {0x110000, MZ_SCRIPT_NONE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        mz_test_case("U+%04X", (unsigned)rows[i].code_point);
        CHECK_TEXT(mz_script_name(rows[i].script), mz_script_name(mz_script_of(rows[i].code_point)));
    }
}

TEST(columns_in_a_terminal) {
    CHECK_INT(4, mz_display_width(MZ_STR("Nemo")));
    CHECK_INT(4, mz_display_width(MZ_STR("Ne\u0301mo")));
    CHECK_INT(4, mz_display_width(MZ_STR("例子")));
    CHECK_INT(3, mz_display_width(MZ_STR("نُور")));
    CHECK_INT(0, mz_display_width(MZ_STR("")));
}

TEST_MAIN()
