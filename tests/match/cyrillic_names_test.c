/* Names in Cyrillic letters and in the many ways that passports, newspapers and neighbours romanise them. All invented
 * from common parts. */
#include "pairs.h"
#include "test.h"

TEST(standards_of_romanisation_spell_one_name) {
    static const pair_row rows[] = {
        {"Юрий Щербаков", "Yuri Shcherbakov", PERSON, SAME},    {"Юрий Щербаков", "Youri Chtcherbakov", PERSON, SAME},
        {"Юрий Щербаков", "Juri Schtscherbakow", PERSON, SAME}, {"Юрий Щербаков", "Iurii Shcherbakov", PERSON, SAME},
        {"Юрий Щербаков", "Jurij Ščerbakov", PERSON, HIT},      {"Евгений Жуков", "Yevgeny Zhukov", PERSON, SAME},
        {"Евгений Жуков", "Evgueni Joukov", PERSON, HIT},       {"Сергей Цветков", "Sergey Tsvetkov", PERSON, SAME},
        {"Сергей Цветков", "Sergej Cvetkov", PERSON, HIT},      {"Алексей Хохлов", "Alexei Khokhlov", PERSON, SAME},
        {"Алексей Хохлов", "Aleksej Hohlov", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(sky_skiy_skij_and_other_endings) {
    static const pair_row rows[] = {
        {"Dmitry Lipovsky", "Dmitriy Lipovskiy", PERSON, SAME}, {"Dmitri Lipovski", "Dmitrij Lipovskij", PERSON, SAME},
        {"Дмитрий Липовский", "Dmitry Lipovsky", PERSON, SAME}, {"Dmytro Lypovskyi", "Дмитро Липовський", PERSON, SAME},
        {"Anna Lipovskaya", "Anna Lipovskaia", PERSON, SAME},   {"Анна Липовская", "Anna Lipovskaja", PERSON, SAME},
        {"Anna Lipovskaya", "Anna Lipovsky", PERSON, HIT},      {"Anna Voronova", "Anna Voronov", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(yo_soft_signs_and_short_i) {
    static const pair_row rows[] = {
        {"Пётр Королёв", "Петр Королев", PERSON, SAME},     {"Пётр Королёв", "Pyotr Korolyov", PERSON, HIT},
        {"Пётр Королёв", "Petr Korolev", PERSON, SAME},     {"Игорь Васильев", "Igor Vasiliev", PERSON, SAME},
        {"Игорь Васильев", "Igor Vasil'yev", PERSON, SAME}, {"Наталья Соловьёва", "Natalia Solovyova", PERSON, HIT},
        {"Андрей Зайцев", "Andrei Zaitsev", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(a_patronymic_is_there_or_not_and_another_one_is_another_person) {
    static const pair_row rows[] = {
        {"Сергей Иванович Цветков", "Сергей Цветков", PERSON, HIT},
        {"Цветков Сергей Иванович", "Sergey Tsvetkov", PERSON, HIT},
        {"TSVETKOV Sergey Ivanovich", "Sergei Ivanovich Tsvetkov", PERSON, SAME},
        {"Sergey Ivanovich Tsvetkov", "Sergey Petrovich Tsvetkov", PERSON, OTHER},
        {"Sergey Ivanovich Tsvetkov", "Andrey Ivanovich Tsvetkov", PERSON, OTHER},
        {"Sergey Ivanovich Tsvetkov", "Sergey Ivanovich Lipovsky", PERSON, OTHER},
        {"Цветков С. И.", "Сергей Иванович Цветков", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(what_russians_call_one_another) {
    static const pair_row rows[] = {
        {"Саша Цветков", "Александр Цветков", PERSON, SAME}, {"Vova Tsvetkov", "Vladimir Tsvetkov", PERSON, SAME},
        {"Владимир Цветков", "Vova Tsvetkov", PERSON, SAME}, {"Misha Tsvetkov", "Михаил Цветков", PERSON, SAME},
        {"Саша Цветков", "Владимир Цветков", PERSON, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(a_missing_patronymic_costs_almost_nothing) {
    static const pair_row rows[] = {
        {"Sergey Ivanovich Tsvetkov", "Sergey Tsvetkov", PERSON, AT_LEAST(0.88)},
        {"Цветкова Анна Петровна", "Анна Цветкова", PERSON, AT_LEAST(0.88)},
        {"Heydar Rashad oglu Kolodez", "Heydar Kolodez", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(ukrainian_and_belarusian_forms) {
    static const pair_row rows[] = {
        {"Олександр Бондаренко", "Oleksandr Bondarenko", PERSON, SAME},
        {"Олександр Бондаренко", "Александр Бондаренко", PERSON, HIT},
        {"Володимир Ткаченко", "Vladimir Tkachenko", PERSON, HIT},
        {"Ігор Гриценко", "Igor Gritsenko", PERSON, HIT},
        {"Сяргей Ткачэнка", "Sergey Tkachenko", PERSON, HIT},
        {"Микола Шевчук", "Mykola Shevchuk", PERSON, SAME},
        {"Микола Шевчук", "Nikolai Shevchuk", PERSON, HIT},
        {"Дмитро Липовий", "Dmitry Lipovy", PERSON, HIT},
        {"Александар Јовановић", "Aleksandar Jovanović", PERSON, HIT},
        {"Георги Димитров", "Georgi Dimitrov", PERSON, SAME},
        {"Нұрлан Қасымов", "Nurlan Kassymov", PERSON, HIT},
        {"Ігор Гриценко", "Ihor Hrytsenko", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(look_alike_letters_do_not_hide_a_name) {
    static const pair_row rows[] = {
        {"Serg\u0435y Tsv\u0435tkov", "Sergey Tsvetkov", PERSON, AT_LEAST(0.95)},
        {"Сергей Цвeткoв", "Сергей Цветков", PERSON, AT_LEAST(0.95)},
        {"S3rgey Tsvetkov", "Sergey Tsvetkov", PERSON, HIT},
        {"Serg1y Tsvetk0v", "Sergiy Tsvetkov", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

/* A woman bears the feminine form at home, and her brother's, father's or husband's form in a passport of elsewhere. */
TEST(one_family_name_has_a_form_for_men_and_one_for_women) {
    static const pair_row rows[] = {
        {"Vera Tsvetkova", "Vera Tsvetkov", PERSON, AT_LEAST(0.95)},
        {"Вера Цветкова", "Vera Tsvetkov", PERSON, AT_LEAST(0.95)},
        {"Vera Bondareva", "Vera Bondarev", PERSON, AT_LEAST(0.95)},
        {"Vera Shubina", "Vera Shubin", PERSON, AT_LEAST(0.95)},
        {"Vera Bortnitskaya", "Vera Bortnitsky", PERSON, AT_LEAST(0.95)},
        {"Вера Бортницкая", "Vera Bortnitskiy", PERSON, AT_LEAST(0.95)},
        {"Hanna Kowalska", "Hanna Kowalski", PERSON, AT_LEAST(0.95)},
        {"Jana Lipová", "Jana Lipov", PERSON, AT_LEAST(0.95)},
        {"Jana Malíková", "Jana Malík", PERSON, HIT},
        {"Eleni Stavridi", "Eleni Stavridis", PERSON, SAME},
        {"Eleni Stavropoulou", "Eleni Stavropoulos", PERSON, SAME},
        {"Ελένη Σταυρίδη", "Eleni Stavridis", PERSON, SAME},
        /* the family is one, the people are two */
        {"Vera Tsvetkova", "Viktor Tsvetkov", PERSON, OTHER},
        {"Hanna Kowalska", "Jan Kowalski", PERSON, OTHER},
        {"Eleni Stavridi", "Nikos Stavridis", PERSON, OTHER},
        {"Евгений Цветков", "Евгения Цветкова", PERSON, AT_MOST(0.80)},
        {"Valentin Tsvetkov", "Valentina Tsvetkova", PERSON, AT_MOST(0.80)},
    };
    CHECK_PAIRS(rows);
}

TEST(other_people) {
    static const pair_row rows[] = {
        {"Ivan Petrov", "Pyotr Ivanov", PERSON, OTHER},
        {"Viktor Bondar", "Viktor Bondarenko", PERSON, AT_MOST(0.80)},
        {"Alexander Voronov", "Alexandra Voronova", PERSON, AT_MOST(0.90)},
        {"Евгений Жуков", "Jewgeni Schukow", PERSON, HIT},
        {"Сергей Цветков", "Serguei Zwetkow", PERSON, HIT},
        {"Алексей Хохлов", "Aleksey Chochlow", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

/* ---- not yet ---- */

/* What should hold and does not, with the score seen. A row that holds fails here: move it to where it belongs. */
TEST(not_yet) {
    static const pair_row rows[] = {
        {"Сергей Цветков", "Сергей Цветаев", PERSON, AT_MOST(0.80)}, /* a family name with another ending: 0.889 */
        {"Jana Malíková", "Jana Malík", PERSON, AT_LEAST(0.95)},     /* -ová behind a consonant: 0.761 */
    };
    CHECK_NOT_YET(rows);
}

TEST_MAIN()
