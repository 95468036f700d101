/* Chinese, Japanese and Korean names: in characters without a blank, in pinyin joined or apart, family name first or
 * last. All invented from common parts. */
#include "pairs.h"
#include "test.h"

TEST(pinyin_is_joined_or_apart_and_the_family_name_first_or_last) {
    static const pair_row rows[] = {
        {"Wang Jianguo", "Wang Jian Guo", PERSON, SAME}, {"Wang Jianguo", "Wang Jian-guo", PERSON, SAME},
        {"Wang Jianguo", "Jianguo Wang", PERSON, SAME},  {"WANG, Jianguo", "Jian Guo Wang", PERSON, SAME},
        {"Li Xiaoming", "Li Xiao Ming", PERSON, SAME},   {"Ouyang Wenhai", "Ou Yang Wen Hai", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(characters_and_pinyin) {
    static const pair_row rows[] = {
        {"王建国", "Wang Jianguo", PERSON, HIT},  {"王建国", "Jianguo Wang", PERSON, HIT},
        {"王建国", "Wang Jian Guo", PERSON, HIT}, {"欧阳文海", "Ouyang Wenhai", PERSON, HIT},
        {"李小明", "Li Xiaoming", PERSON, HIT},   {"李小明", "Xiaoming Li", PERSON, HIT},
        {"王 建国", "王建国", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(traditional_and_simplified_characters) {
    static const pair_row rows[] = {
        {"張偉國", "张伟国", PERSON, AT_LEAST(0.97)},
        {"劉曉東", "刘晓东", PERSON, AT_LEAST(0.97)},
        {"王建国", "王建國", PERSON, AT_LEAST(0.97)},
    };
    CHECK_PAIRS(rows);
}

TEST(one_character_is_a_third_of_a_name) {
    static const pair_row rows[] = {
        {"王建国", "李建国", PERSON, OTHER},           {"王建国", "王浩强", PERSON, OTHER},
        {"Wang Jianguo", "Li Jianguo", PERSON, OTHER}, {"Wang Jianguo", "Wang Haoqiang", PERSON, OTHER},
        {"Li Xiu", "Li Kang", PERSON, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(wade_giles_and_cantonese) {
    static const pair_row rows[] = {
        {"Chang Wei-kuo", "Zhang Weiguo", PERSON, HIT},
        {"Tsai Ming-te", "Cai Mingde", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(korean_names) {
    static const pair_row rows[] = {
        {"Kim Min Su", "Kim Min-su", PERSON, SAME},   {"Kim Min Su", "Kim Minsu", PERSON, SAME},
        {"Kim Min Su", "Min Su Kim", PERSON, SAME},   {"김민수", "Kim Min Su", PERSON, HIT},
        {"김민수", "Minsu Kim", PERSON, HIT},         {"김민수", "김 민수", PERSON, SAME},
        {"박지훈", "Pak Chi-hun", PERSON, HIT},       {"Park Ji Hoon", "Pak Ji Hun", PERSON, HIT},
        {"Kim Min Su", "Kim Yong Ho", PERSON, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(japanese_names) {
    static const pair_row rows[] = {
        {"Tanaka Taro", "Taro Tanaka", PERSON, SAME},     {"Tanaka Tarou", "Tanaka Taro", PERSON, SAME},
        {"Ohno Yuichi", "Ono Yuuichi", PERSON, HIT},      {"タナカ タロウ", "Tanaka Taro", PERSON, SAME},
        {"たなか たろう", "タナカ タロウ", PERSON, SAME}, {"Satoh Kenji", "Sato Kenji", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

/* ---- not yet ---- */

/* What should hold and does not, with the score seen. A row that holds fails here: move it to where it belongs. */
TEST(not_yet) {
    static const pair_row rows[] = {
        {"王建国", "王建军", PERSON, AT_MOST(0.80)},      /* two characters of three are the same: 0.831 */
        {"Wang Kui", "Huang Kui", PERSON, AT_MOST(0.85)}, /* two family names: 0.949 */
        {"Hsu Chih-ming", "Xu Zhiming", PERSON, HIT},     /* Wade and Giles: hs, chih: 0.346 */
        {"김민수", "이민수", PERSON, OTHER},              /* another family name, in Hangul without a blank: 0.813 */
    };
    CHECK_NOT_YET(rows);
}

TEST_MAIN()
