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
        {"Wang Jianguo", "Li Jianguo", PERSON, OTHER}, {"Li Xiu", "Li Kang", PERSON, OTHER},
        {"王建国", "王建军", PERSON, AT_MOST(0.80)},
    };
    CHECK_PAIRS(rows);
}

TEST(wade_giles_spells_the_same_syllables_otherwise) {
    static const pair_row rows[] = {
        {"Chang Wei-kuo", "Zhang Weiguo", PERSON, HIT},
        {"Tsai Ming-te", "Cai Mingde", PERSON, HIT},
        {"Hsu Chih-ming", "Xu Zhiming", PERSON, HIT},
        {"Hsu Chih-ming", "Zhiming Xu", PERSON, HIT},
        {"Hsu Chih-ming", "徐志明", PERSON, SAME},
        {"Teng Hsiao-chün", "Deng Xiaojun", PERSON, HIT},
        {"Chiang Ch'ing-kuo", "Jiang Qingguo", PERSON, SAME},
        {"Chou Tse-tung", "Zhou Zedong", PERSON, SAME},
        {"Hsieh Tzu-ch'iang", "谢自强", PERSON, SAME},
        {"Liu Shao-ch'i", "Liu Shaoqi", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(cantonese_and_hokkien_family_names_stand_for_their_character) {
    static const pair_row rows[] = {
        {"Wong Kin Ming", "Huang Kin Ming", PERSON, SAME}, {"Cheung Siu Fai", "Zhang Siu Fai", PERSON, SAME},
        {"Ng Siu Fai", "Wu Siu Fai", PERSON, SAME},        {"Lee Xiaoming", "李小明", PERSON, SAME},
        {"Kwok Jianguo", "Guo Jianguo", PERSON, SAME},     {"Chan Jianguo", "Wang Jianguo", PERSON, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(family_names_of_two_characters) {
    static const pair_row rows[] = {
        {"欧阳文海", "欧阳 文海", PERSON, SAME},
        {"诸葛明", "Zhuge Ming", PERSON, SAME},
        {"司徒文海", "Szeto Wenhai", PERSON, SAME},
        {"欧阳文海", "司徒文海", PERSON, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(korean_names) {
    static const pair_row rows[] = {
        {"Kim Min Su", "Kim Min-su", PERSON, SAME},    {"Kim Min Su", "Kim Minsu", PERSON, SAME},
        {"Kim Min Su", "Min Su Kim", PERSON, SAME},    {"김민수", "Kim Min Su", PERSON, HIT},
        {"김민수", "Minsu Kim", PERSON, HIT},          {"김민수", "김 민수", PERSON, SAME},
        {"박지훈", "Pak Chi-hun", PERSON, HIT},        {"Park Ji Hoon", "Pak Ji Hun", PERSON, HIT},
        {"Kim Min Su", "Kim Yong Ho", PERSON, OTHER},  {"이민수", "Lee Min-soo", PERSON, SAME},
        {"이민수", "Rhee Min Su", PERSON, SAME},       {"리민수", "Yi Min Su", PERSON, SAME},
        {"Ri Min Su", "Lee Minsu", PERSON, SAME},      {"최지훈", "Choe Chi Hun", PERSON, HIT},
        {"Choi Ji-hoon", "Choe Chihun", PERSON, HIT},  {"정지훈", "Chung Ji Hun", PERSON, SAME},
        {"남궁민수", "Namkoong Min Su", PERSON, SAME}, {"김민수", "박민수", PERSON, OTHER},
        {"김민수", "이민수", PERSON, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(japanese_names) {
    static const pair_row rows[] = {
        {"Tanaka Taro", "Taro Tanaka", PERSON, SAME},     {"Tanaka Tarou", "Tanaka Taro", PERSON, SAME},
        {"Ohno Yuichi", "Ono Yuuichi", PERSON, HIT},      {"タナカ タロウ", "Tanaka Taro", PERSON, SAME},
        {"たなか たろう", "タナカ タロウ", PERSON, SAME}, {"Satoh Kenji", "Sato Kenji", PERSON, SAME},
        {"タナカタロウ", "Tanaka Taro", PERSON, SAME},    {"田中太郎", "Tanaka Taro", PERSON, SAME},
        {"田中太郎", "Taro Tanaka", PERSON, SAME},        {"佐々木健一", "Sasaki Kenichi", PERSON, SAME},
        {"田中太郎", "山田太郎", PERSON, OTHER},          {"Wang Jianguo", "Wang Haoqiang", PERSON, OTHER},
    };
    CHECK_PAIRS(rows);
}

/* ---- not yet ---- */

/* What should hold and does not, with the score seen. A row that holds fails here: move it to where it belongs. */
TEST(not_yet) {
    static const pair_row rows[] = {
        {"Chan Tai Man", "陈大文", PERSON, HIT},          /* given names in Cantonese have no table: 0.200 */
        {"Wang Kui", "Huang Kui", PERSON, AT_MOST(0.85)}, /* two family names: 0.949 */
    };
    CHECK_NOT_YET(rows);
}

TEST_MAIN()
