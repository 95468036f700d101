/* Pinyin, and the spelling of Wade and Giles that was before it. */
#include "names/chinese.h"
#include "test.h"

TEST(pinyin_is_made_of_its_syllables_and_of_nothing_else) {
    static const char *const made[] = {"wang", "jianguo", "xiaoping", "zhuge", "ouyang", "er", "a"};
    static const char *const other[] = {"",      "karim", "hsu",   "tsai", "smith",    "kim",
                                        "wangx", "bla",   "ting9", "v",    "xxxxxxxx", "qa"};
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
        mz_test_case("%s", made[i]);
        CHECK(mz_pinyin(mz_str_of(made[i])));
    }
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++) {
        mz_test_case("%s", other[i]);
        CHECK(!mz_pinyin(mz_str_of(other[i])));
    }
}

TEST(wade_and_giles_becomes_pinyin) {
    static const struct {
        const char *latin, *written, *pinyin;
        bool sure;
    } rows[] = {
        {"chin", "Ch'in", "qin", true},   {"chin", "Chin", "jin", true},
        {"chih", "chih", "zhi", true},    {"chih", "ch’ih", "chi", true},
        {"hsiao", "Hsiao", "xiao", true}, {"tung", "tung", "dong", true},
        {"tung", "t'ung", "tong", true},  {"tse", "Tse", "ze", true},
        {"tzu", "tz'u", "ci", true},      {"kuo", "kuo", "guo", false},
        {"ko", "ko", "ge", true},         {"ho", "ho", "he", true},
        {"jen", "jen", "ren", true},      {"hsueh", "hsueh", "xue", true},
        {"chieh", "chieh", "jie", true},  {"yen", "yen", "yan", true},
        {"shih", "shih", "shi", true},    {"lo", "lo", "luo", false},
        {"ping", "p'ing", "ping", true},  {"ping", "ping", "bing", false},
        {"min", "min", "min", false},     {"chihming", "Chihming", "zhiming", true},
        {"karim", "Karim", "", false},    {"", "", "", false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mz_arena arena;
        bool sure;
        mz_arena_init(&arena, 4096);
        mz_test_case("%s", rows[i].written);
        CHECK_STR(mz_str_of(rows[i].pinyin),
                  mz_wade_giles(mz_str_of(rows[i].latin), mz_str_of(rows[i].written), &arena, &sure));
        CHECK_INT(rows[i].sure, sure);
        mz_arena_done(&arena);
    }
}

TEST(letters_that_pinyin_sounds_in_its_own_way) {
    static const char *const rows[][2] = {{"qing", "ching"}, {"xi", "shi"}, {"zhang", "jang"}, {"cai", "tsai"},
                                          {"chen", "chen"},  {"zi", "zi"},  {"", ""}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        mz_arena arena;
        mz_arena_init(&arena, 4096);
        mz_test_case("%s", rows[i][0]);
        CHECK_STR(mz_str_of(rows[i][1]), mz_pinyin_sounds(mz_str_of(rows[i][0]), &arena));
        mz_arena_done(&arena);
    }
}

TEST_MAIN()
