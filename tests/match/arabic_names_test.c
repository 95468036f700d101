/* Names of the Arab world: in Arabic letters, in the Gulf's English spelling, in the Maghreb's French one.
 *
 * A full name may have a given name, the father's and the grandfather's behind ibn/bin/ben/ould or behind nothing, a
 * teknonym (Abu, Umm: father, mother of), a family name with the article, and a nisba, the adjective of a place or
 * tribe (al-Fassi, al-Baghdadi). Short vowels are not written, doubled consonants only with a mark nobody sets, and
 * everyone romanises by ear. All names here are invented from common parts. */
#include "pairs.h"
#include "test.h"

TEST(the_article_is_written_apart_joined_assimilated_or_dropped) {
    static const pair_row rows[] = {
        {"Karim al-Sabbagh", "Karim Al Sabbagh", PERSON, SAME},
        {"Karim al-Sabbagh", "Karim Alsabbagh", PERSON, SAME},
        {"Karim al-Sabbagh", "Karim as-Sabbagh", PERSON, SAME},
        {"Karim al-Sabbagh", "Karim El Sabbagh", PERSON, SAME},
        {"Karim al-Sabbagh", "Karim Essabbagh", PERSON, HIT},
        {"Karim al-Sabbagh", "Karim Sabbagh", PERSON, SAME},
        {"Karim Elfassi", "Karim Fassi", PERSON, SAME},
        {"كريم الصباغ", "Karim al-Sabbagh", PERSON, SAME},
        {"كريم صباغ", "كريم الصباغ", PERSON, SAME},
        {"كريم الصباغ", "Karim Sabbagh", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(the_gulfs_english_and_the_maghrebs_french_spell_one_name) {
    static const pair_row rows[] = {
        {"Youssef Benkirane", "Yusuf Bin Kiran", PERSON, HIT},
        {"Youssef Chraibi", "Yusuf Shuraybi", PERSON, HIT},
        {"Rachid Boutaïeb", "Rashid Butayib", PERSON, HIT},
        {"Khalid Ouazzani", "Khaled Wazzani", PERSON, HIT},
        {"Noureddine Cherkaoui", "Nur al-Din Sharqawi", PERSON, HIT},
        {"Nouredine Sabbagh", "Noureddine Sabbagh", PERSON, SAME},
        {"Bouchra Lahlou", "Bushra Lahlu", PERSON, SAME},
        {"Djamel Hadjadj", "Jamal Hajjaj", PERSON, SAME},
        {"Abdelghani Tahiri", "Abdul Ghani Tahiri", PERSON, SAME},
        {"Mounir Guessous", "Munir Gassus", PERSON, HIT},
        {"Fouad Benhaddou", "Fuad Bin Haddu", PERSON, HIT},
        {"Mustapha Slaoui", "Mustafa Slawi", PERSON, SAME},
        {"Saïd Ouhbi", "Saeed Uhbi", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(qaf_jim_shin_and_waw_have_many_letters) {
    static const pair_row rows[] = {
        {"Qasim Farouq", "Kassem Farouk", PERSON, SAME},  {"Qasim Farouq", "Gasim Faroug", PERSON, HIT},
        {"Jalal Najjar", "Djalal Nadjar", PERSON, SAME},  {"Gamal Naggar", "Jamal Najjar", PERSON, HIT},
        {"Sharif Shakir", "Cherif Chakir", PERSON, SAME}, {"Mu'awiya Darwish", "Mouaouia Darouiche", PERSON, HIT},
        {"Ghassan Dhiab", "Gassan Diab", PERSON, HIT},    {"Thabit Haddad", "Sabit Haddad", PERSON, HIT},
        {"Nizar Zahra", "Nidhar Zahra", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(muhammad_and_his_like_in_any_spelling) {
    static const pair_row rows[] = {
        {"Mohammed Sabbagh", "Muhammad Sabbagh", PERSON, SAME},
        {"Mohamed Sabbagh", "Muhammed Sabbagh", PERSON, SAME},
        {"محمد الصباغ", "Mohamed Sabbagh", PERSON, SAME},
        {"Ahmed Chebbak", "Ahmad Shebbak", PERSON, SAME},
        {"أحمد الشباك", "Ahmed Chebbak", PERSON, SAME},
        {"Hussein Nassif", "Hossein Nasif", PERSON, SAME},
        {"حسين ناصيف", "Husayn Nasif", PERSON, SAME},
        {"Khaled Omar", "Khalid Umar", PERSON, SAME},
        {"فاطمة الزهراء بناني", "Fatima Zahra Bennani", PERSON, HIT},
        {"عائشة قنديل", "Aicha Kandil", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(abd_al_x_is_one_name_in_all_its_forms) {
    static const pair_row rows[] = {
        {"Abd al-Rahman Sabbagh", "Abdulrahman Sabbagh", PERSON, SAME},
        {"Abd al-Rahman Sabbagh", "Abderrahmane Sabbagh", PERSON, SAME},
        {"Abd al-Rahman Sabbagh", "Abd ar-Rahman Sabbagh", PERSON, SAME},
        {"Abd al-Rahman Sabbagh", "Abdul Rahman Sabbagh", PERSON, SAME},
        {"عبد الرحمن الصباغ", "Abderrahmane Sabbagh", PERSON, SAME},
        {"عبدالرحمن الصباغ", "عبد الرحمن الصباغ", PERSON, SAME},
        {"Abdelkader Tahiri", "عبد القادر الطاهري", PERSON, SAME},
        {"Abdellatif Tahiri", "Abdul Latif Tahiri", PERSON, SAME},
        {"Abdullah Tahiri", "Abdellah Tahiri", PERSON, SAME},
        {"عبد الله الطاهري", "عبدالله الطاهري", PERSON, SAME},
        {"عبدالله الطاهري", "Abdullah Tahiri", PERSON, SAME},
        {"Abdelhak Naciri", "Abd al-Haqq Nasiri", PERSON, SAME},
        /* another of the ninety-nine names is another man */
        {"Abdulrahman Sabbagh", "Abdulaziz Sabbagh", PERSON, OTHER},
        {"عبد الرحمن الصباغ", "عبد العزيز الصباغ", PERSON, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(al_din_and_abu_are_joined_or_apart) {
    static const pair_row rows[] = {
        {"Salah al-Din Qandil", "Salaheddine Kandil", PERSON, SAME},
        {"Salah al-Din Qandil", "Salahuddin Qandil", PERSON, SAME},
        {"صلاح الدين قنديل", "Salah Eddine Kandil", PERSON, HIT},
        {"Nur al-Din Qandil", "Nureddin Qandil", PERSON, SAME},
        {"نورالدين قنديل", "نور الدين قنديل", PERSON, SAME},
        {"Abu Bakr Qandil", "Aboubakr Kandil", PERSON, SAME},
        {"أبو بكر قنديل", "Abu Bakr Qandil", PERSON, SAME},
        {"أبو بكر قنديل", "أبوبكر قنديل", PERSON, SAME},
        {"Umm Kulthum Qandil", "Oum Keltoum Kandil", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(bin_ben_ibn_and_ould_come_and_go) {
    static const pair_row rows[] = {
        {"Karim bin Salim Qandil", "Karim Salim Qandil", PERSON, SAME},
        {"Karim ben Salem Kandil", "Karim ibn Salim Qandil", PERSON, SAME},
        {"كريم بن سالم قنديل", "Karim Salem Kandil", PERSON, SAME},
        {"Sidi Ould Cheikh Ahmedou", "Sidi Cheikh Ahmedou", PERSON, SAME},
        {"Mariam bint Salim", "Maryam Salim", PERSON, SAME},
        {"Karim Bensalem", "Karim Ben Salem", PERSON, SAME},
        {"كريم بن سالم", "Karim Bensalem", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(a_missing_nisba_or_grandfather_is_little_and_a_different_one_is_another_person) {
    static const pair_row rows[] = {
        {"Karim Salim Qandil al-Fassi", "Karim Salim Qandil", PERSON, HIT},
        {"Karim Salim al-Fassi", "Karim al-Fassi", PERSON, HIT},
        {"كريم سالم قنديل الفاسي", "كريم سالم قنديل", PERSON, HIT},
        {"Karim al-Fassi", "Karim al-Baghdadi", PERSON, OTHER},
        {"كريم الفاسي", "كريم البغدادي", PERSON, OTHER},
        {"Karim Salim al-Fassi", "Karim Salim al-Baghdadi", PERSON, OTHER},
        {"Karim Salim", "Nabil Salim", PERSON, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(hamza_alif_ta_marbuta_and_marks_are_written_as_one_likes) {
    static const pair_row rows[] = {
        {"أحمد إبراهيم القنديل", "احمد ابراهيم القنديل", PERSON, SAME},
        {"آمنة يحيى", "امنه يحيي", PERSON, SAME},
        {"مُحَمَّد الصَّبَّاغ", "محمد الصباغ", PERSON, SAME},
        {"محـــمد الصباغ", "محمد الصباغ", PERSON, SAME},
        {"رؤوف شاكر", "رووف شاكر", PERSON, SAME},
        {"فؤاد عيسى", "Fouad Issa", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(a_missing_father_nisba_or_kunya_costs_almost_nothing) {
    static const pair_row rows[] = {
        {"Karim bin Salim Qandil", "Karim Qandil", PERSON, SAME},
        {"Karim Salim Qandil al-Fassi", "Karim Salim Qandil", PERSON, AT_LEAST(0.90)},
        {"كريم بن سالم قنديل", "كريم قنديل", PERSON, SAME},
        {"Karim Qandil Salim Abu Omar", "Karim Qandil Salim", PERSON, SAME},
        {"Mariam bint Salim Qandil", "Mariam Qandil", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(sons_are_not_their_fathers_and_brothers_not_each_other) {
    static const pair_row rows[] = {
        {"Ahmad bin Ali", "Ali bin Ahmad", PERSON, OTHER},
        {"أحمد بن علي", "علي بن أحمد", PERSON, OTHER},
        {"Ahmad bin Ali Qandil", "Ali bin Ahmad Qandil", PERSON, OTHER},
        {"Karim bin Salim Qandil", "Nabil bin Salim Qandil", PERSON, OTHER},
        {"Karim bin Salim Qandil", "Karim bin Nabil Qandil", PERSON, OTHER},
        {"Karim bin Salim Qandil", "Salim Qandil", PERSON, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(a_letter_makes_a_woman_of_a_man) {
    static const pair_row rows[] = {
        {"Samir Qandil", "Samira Qandil", PERSON, AT_MOST(0.80)},
        {"Karim Qandil", "Karima Qandil", PERSON, AT_MOST(0.80)},
        {"Amine Kandil", "Amina Kandil", PERSON, AT_MOST(0.80)},
        /* in Arabic script it is the ta marbuta, and across scripts the vowel that stands for it */
        {"سمير القنديل", "سميرة القنديل", PERSON, AT_MOST(0.80)},
        {"سمير القنديل", "Samira Qandil", PERSON, AT_MOST(0.80)},
        {"نبيلة القنديل", "Nabil Qandil", PERSON, AT_MOST(0.80)},
        {"نبيلة القنديل", "Nabila Qandil", PERSON, SAME},
        {"نبيل القنديل", "Nabil Qandil", PERSON, SAME},
        {"حمزة القنديل", "Hamza Qandil", PERSON, SAME}, /* a ta marbuta and a man */
        {"نور القنديل", "Noura Qandil", PERSON, HIT},   /* Nour is borne by both */
        {"أكرم القنديل", "Akram Qandil", PERSON, SAME}, /* so is Akram */
    };
    CHECK_PAIRS(rows);
}

TEST(the_maghrebs_own_forms_of_arab_names) {
    static const pair_row rows[] = {
        {"Driss Ouazzani", "Idris al-Wazzani", PERSON, HIT},      {"M'hamed Kandil", "Muhammad Qandil", PERSON, SAME},
        {"Brahim Kandil", "Ibrahim Qandil", PERSON, SAME},        {"Simo Chraibi", "Mohamed Chraibi", PERSON, SAME},
        {"Slimane Boutaieb", "Sulayman Boutaïeb", PERSON, SAME},  {"Lahcen Kandil", "Hassan Kandil", PERSON, SAME},
        {"Mariam Mint Salem", "Maryam bint Salim", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(titles_honour_and_do_not_distinguish) {
    static const pair_row rows[] = {
        {"Haji Karim Qandil", "Karim Qandil", PERSON, SAME},
        {"Sheikh Dr. Karim Qandil", "Karim Qandil", PERSON, SAME},
        {"الشيخ كريم قنديل", "كريم قنديل", PERSON, SAME},
        {"El Hadj Karim Qandil", "Haji Karim Qandil", PERSON, SAME},
        {"Sheikh Karim Qandil", "Sheikh Nabil Qandil", PERSON, OTHER},
        {"Hassan Qandil", "Hussein Qandil", PERSON, AT_MOST(0.85)},
    };
    CHECK_PAIRS(rows);
}

TEST(names_written_in_one_word_and_in_two) {
    static const pair_row rows[] = {
        {"SANAULLAH Zaytouni", "ثناء الله الزيتوني", PERSON, SAME},
        {"ثناءالله الزيتوني", "Sana Ullah Zaytouni", PERSON, SAME},
        {"Sanaullah", "ثناء الله", PERSON, SAME},
        {"Saifulislam Zaytouni", "سيف الإسلام الزيتوني", PERSON, SAME},
        {"Ziaullah Zaytouni", "ضياء الله الزيتوني", PERSON, SAME},
        {"Faizullah", "فيض الله", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(father_and_son_of_one_name) {
    static const pair_row rows[] = {
        {"Karim Zaytoun Jr", "كريم زيتون الابن", PERSON, SAME},
        {"Karim Zaytoun Junior", "كريم زيتون الإبن", PERSON, SAME},
        {"Karim Zaytoun père", "كريم زيتون الأب", PERSON, SAME},
        {"Karim Zaytoun", "كريم زيتون الابن", PERSON, SAME}, /* not said */
        {"Karim Zaytoun Jr", "كريم زيتون الأب", PERSON, OTHER},
        {"كريم زيتون الابن", "كريم زيتون الأب", PERSON, OTHER},
        {"سيدي ولد زيتون", "Sidi ould Zaytoun", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

/* ---- not yet ---- */

/* What should hold and does not, with the score seen. A row that holds fails here: move it to where it belongs. */
TEST(not_yet) {
    static const pair_row rows[] = {
        {"Nourredine Cherkaoui", "Nur al-Din Sharqawi", PERSON, HIT}, /* the r doubled instead of the d: 0.418 */
        {"Mohammed Sabbagh", "Mahmoud Sabbagh", PERSON,
         OTHER},                                               /* two given names that differ in one consonant: 0.910 */
        {"Said Qandil", "Saad Qandil", PERSON, AT_MOST(0.90)}, /* the same: 0.975 */
    };
    CHECK_NOT_YET(rows);
}

TEST_MAIN()
