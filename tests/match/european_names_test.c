/* Vietnamese, Turkish, Polish, Portuguese, Spanish and other names in Latin letters, and what happens to anyone's name:
 * marks dropped, particles, two family names, initials, nicknames, typing errors. All invented from common parts. */
#include "pairs.h"
#include "test.h"

TEST(vietnamese_marks_order_and_middle_names) {
    static const pair_row rows[] = {
        {"Nguyễn Đắc Hùng", "Nguyen Dac Hung", PERSON, AT_LEAST(0.97)},
        {"Nguyễn Đắc Hùng", "Hung Dac Nguyen", PERSON, SAME},
        {"Trần Thị Mai", "Tran Mai", PERSON, HIT},
        {"Đặng Quốc Bảo", "Dang Quoc Bao", PERSON, AT_LEAST(0.97)},
        {"Nguyen Dac Hung", "Nguyen Dac Minh", PERSON, OTHER},
        {"Nguyen Dac Hung", "Pham Dac Hung", PERSON, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(turkish_letters) {
    static const pair_row rows[] = {
        {"Işıl Çağlayan", "Isil Caglayan", PERSON, AT_LEAST(0.95)},
        {"İbrahim Şahin", "Ibrahim Sahin", PERSON, AT_LEAST(0.95)},
        {"İBRAHİM ŞAHİN", "ibrahim şahin", PERSON, AT_LEAST(0.95)},
        {"IŞIL YILDIRIM", "Işıl Yıldırım", PERSON, AT_LEAST(0.95)},
        {"Çağrı Şahin", "Cagri Shahin", PERSON, HIT},
        {"Cemal Hocaoğlu", "Jamal Hojaoglu", PERSON, HIT},
        {"Mehmet Öztürk", "Mehmet Oeztuerk", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(polish_and_czech_letters) {
    static const pair_row rows[] = {
        {"Łukasz Wiśniewski", "Lukasz Wisniewski", PERSON, AT_LEAST(0.95)},
        {"Grzegorz Brzęczek", "Grzegorz Brzeczek", PERSON, AT_LEAST(0.95)},
        {"Jiří Dvořák", "Jiri Dvorak", PERSON, AT_LEAST(0.95)},
        {"Anna Wiśniewska", "Anna Wiśniewski", PERSON, HIT},
        {"Małgorzata Nowak-Zielińska", "Malgorzata Nowak", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(portuguese_and_spanish_names_have_two_family_names_and_particles) {
    static const pair_row rows[] = {
        {"João da Silva e Souza", "Joao Silva Souza", PERSON, SAME},
        {"João Carlos da Silva Pereira", "João Pereira", PERSON, HIT},
        {"José Tadeo Gárate Márquez", "Jose Tadeo Garate", PERSON, HIT},
        {"José Tadeo Gárate Márquez", "Jose Tadeo Garate Marquez", PERSON, AT_LEAST(0.97)},
        {"GÁRATE MÁRQUEZ, José Tadeo", "Jose Tadeo Garate Marquez", PERSON, SAME},
        {"María del Carmen Núñez", "Maria Carmen Nunez", PERSON, SAME},
        {"José Tadeo Gárate Márquez", "José Tadeo Gárate Herrera", PERSON, OTHER},
        {"Maria Fernanda Lopes", "Maria Fernanda Nunes", PERSON, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(german_dutch_and_french_names) {
    static const pair_row rows[] = {
        {"Jürgen Müller", "Juergen Mueller", PERSON, HIT},
        {"Hans-Peter Weiß", "Hans Peter Weiss", PERSON, AT_LEAST(0.95)},
        {"Jan van der Meer", "Jan Vandermeer", PERSON, HIT},
        {"Jan van der Meer", "Jan Meer", PERSON, SAME},
        {"Jean-Pierre Lefèvre", "Jean Pierre Lefevre", PERSON, AT_LEAST(0.95)},
        {"Jean-Pierre Lefèvre", "Jeanpierre Lefevre", PERSON, SAME},
        {"François d'Arcy", "Francois Darcy", PERSON, AT_LEAST(0.95)},
    };
    CHECK_PAIRS(rows);
}

TEST(initials_and_nicknames) {
    static const pair_row rows[] = {
        {"William Ashdown", "Bill Ashdown", PERSON, HIT},   {"Robert J. Ashdown", "Robert James Ashdown", PERSON, HIT},
        {"R. Ashdown", "Robert Ashdown", PERSON, HIT},      {"R. Ashdown", "Thomas Ashdown", PERSON, OTHER},
        {"Elizabeth Ashdown", "Beth Ashdown", PERSON, HIT}, {"Robert Ashdown Jr.", "Robert Ashdown", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(a_generation_that_differs_is_another_person_and_one_not_said_is_none) {
    static const pair_row rows[] = {
        {"Robert Ashdown Jr.", "Robert Ashdown", PERSON, AT_LEAST(0.90)},
        {"Robert Ashdown Jr.", "Robert Ashdown Junior", PERSON, AT_LEAST(0.90)},
        {"Robert Ashdown II", "Robert Ashdown Jr", PERSON, AT_LEAST(0.90)},
        {"Robert Ashdown II", "Robert Ashdown III", PERSON, AT_MOST(0.80)},
        {"Robert Ashdown Jr.", "Robert Ashdown Sr.", PERSON, AT_MOST(0.80)},
        {"Carlos Herrera Filho", "Carlos Herrera Neto", PERSON, AT_MOST(0.80)},
    };
    CHECK_PAIRS(rows);
}

TEST(what_spaniards_italians_and_germans_are_called) {
    static const pair_row rows[] = {
        {"José Gárate Márquez", "Pepe Gárate Márquez", PERSON, SAME},
        {"Francisco Herrera", "Paco Herrera", PERSON, SAME},
        {"Giuseppe Morandi", "Peppe Morandi", PERSON, SAME},
        {"Johannes Lindmann", "Hannes Lindmann", PERSON, SAME},
        {"Wojciech Nowak", "Wojtek Nowak", PERSON, SAME},
        {"Ιωάννης Αλεξίου", "Yiannis Alexiou", PERSON, HIT},
        {"Francisco Herrera", "Francisca Herrera", PERSON, AT_MOST(0.80)},
    };
    CHECK_PAIRS(rows);
}

TEST(typing_errors_and_what_machines_do_to_names) {
    static const pair_row rows[] = {
        {"Robert Ashdown", "Robret Ashdown", PERSON, SAME},
        {"Robert Ashdown", "Robert Ashdwon", PERSON, SAME},
        {"Robert Ashdown", "Rober Ashdown", PERSON, SAME},
        {"Robert Ashdown", "Robert Ashdownn", PERSON, SAME},
        {"Robert Ashdown", "Robert Asdown", PERSON, SAME},
        {"Robert Ashdown", "Robertashdown", PERSON, HIT},
        {"Robert Ashdown", "Ro bert Ash down", PERSON, HIT},
        {"Robert Ashdown", "R0bert Ashd0wn", PERSON, SAME},
        {"Robert Ashdown", "Ｒｏｂｅｒｔ Ａｓｈｄｏｗｎ", PERSON, AT_LEAST(0.97)},
        {"Robert Ashdown", "ROBERT   ASHDOWN,", PERSON, AT_LEAST(0.97)},
        {"Robert Montgomery Ashdown Fairweather", "ROBERT MONTGOMERY ASHDOWN FAIRWEA", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(other_people) {
    static const pair_row rows[] = {
        {"Robert Ashdown", "Robert Fairweather", PERSON, OTHER}, {"Robert Ashdown", "Thomas Ashdown", PERSON, OTHER},
        {"Robert Ashdown", "Ashley Robertson", PERSON, OTHER},   {"Mark Reed", "Mary Reed", PERSON, AT_MOST(0.90)},
        {"Robert", "Robert Ashdown", PERSON, AT_MOST(0.90)},     {"John Marsh", "Joan Marsh", PERSON, AT_MOST(0.90)},
    };
    CHECK_PAIRS(rows);
}

TEST_MAIN()
