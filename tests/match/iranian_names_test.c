/* Persian, Dari, Pashto and Urdu names: the Arabic script with letters of its own, v for w, and names of one word.
 * All invented from common parts. */
#include "pairs.h"
#include "test.h"

TEST(persian_letters_and_the_arabic_ones_beside_them) {
    static const pair_row rows[] = {
        {"علی کریمی گلزار", "علي كريمي گلزار", PERSON, SAME},
        {"پرویز گلزار", "Parviz Golzar", PERSON, SAME},
        {"چنگیز ژاله", "Changiz Zhaleh", PERSON, SAME},
        {"می‌گلی رستمی", "میگلی رستمی", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(v_and_w_gh_and_q_o_and_u) {
    static const pair_row rows[] = {
        {"Qolam Reza Tavakoli", "Gholam Reza Tawakkuli", PERSON, HIT},
        {"Gholamreza Tavakoli", "Gholam Reza Tavakoli", PERSON, SAME},
        {"غلامرضا توکلی", "Gholamreza Tavakoli", PERSON, HIT},
        {"Mohsen Golpour", "Muhsin Gulpur", PERSON, SAME},
        {"جواد نوزری", "Javad Nouzari", PERSON, SAME},
        {"Fereydoun Behrouz", "Faridun Behruz", PERSON, SAME},
        {"Davood Rostami", "Dawud Rustami", PERSON, SAME},
        {"Javad Nouzari", "Jawad Noozari", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(zadeh_pour_and_khan_are_joined_or_apart) {
    static const pair_row rows[] = {
        {"Karim Rostamzadeh", "Karim Rostam Zadeh", PERSON, SAME},
        {"کریم رستم‌زاده", "Karim Rostamzadeh", PERSON, SAME},
        {"کریم رستم زاده", "Karim Rostamzadeh", PERSON, HIT},
        {"Amir Gol Pour", "Amir Golpour", PERSON, SAME},
        {"Gul Khan Zadran", "Gul Zadran", PERSON, HIT},
        {"Gulkhan Zadran", "Gul Khan Zadran", PERSON, SAME},
        {"Karim Rostamzadeh", "Karim Rostampour", PERSON, AT_MOST(0.85)},
    };
    CHECK_PAIRS(rows);
}

TEST(abdol_and_seyyed) {
    static const pair_row rows[] = {
        {"Abdolreza Nouri", "Abd al-Reza Nouri", PERSON, SAME},
        {"Seyyed Javad Nouzari", "Javad Nouzari", PERSON, HIT},
        {"سید جواد نوزری", "Javad Nouzari", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(mullah_maulvi_haji_and_qari_are_titles) {
    static const pair_row rows[] = {
        {"Mullah Gul Rahman", "Gul Rahman", PERSON, SAME},
        {"Maulvi Gul Rahman", "Mawlawi Gul Rahman", PERSON, SAME},
        {"ملا گل رحمان", "Mullah Gul Rahman", PERSON, SAME},
        {"Haji Gul Agha Zadran", "Gul Agha Zadran", PERSON, SAME},
        {"Qari Gul Rahman", "Mullah Gul Rahman", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(pashto_and_urdu_spellings) {
    static const pair_row rows[] = {
        {"ګل رحمان", "Gul Rahman", PERSON, SAME},
        {"ځلمی وردک", "Zalmay Wardak", PERSON, HIT},
        {"غلام حسین شاہ", "Ghulam Hussain Shah", PERSON, HIT},
        {"Zia ur Rehman Qureshi", "Ziaur Rahman Quraishi", PERSON, HIT},
        {"Fazal ul Haq", "Fazlul Haque", PERSON, HIT},
        {"Sheikh Anwar ul Islam", "Anwarul Islam", PERSON, SAME},
        {"Ch. Nawaz Butt", "Nawaz Butt", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(names_of_one_word) {
    static const pair_row rows[] = {
        {"Gulzarak", "Golzarak", PERSON, SAME},
        {"Gulzarak", "گلزرک", PERSON, HIT},
        {"Zarbadin", "Zarbadin", PERSON, AT_LEAST(0.97)},
        {"Gulab", "Jalab", PERSON, AT_MOST(0.85)},
        {"Nasrat", "Nusrat", PERSON, HIT},
        {"Nasrat", "Basharat", PERSON, OTHER},
        {"Hamid", "Hamid Rostami", PERSON, AT_MOST(0.95)},
        {"منیژه تهرانی", "Manijeh Tehrani", PERSON, HIT},
        {"Abdol Reza Nouri", "عبدالرضا نوری", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(akhund_is_a_title_behind_a_name_too) {
    static const pair_row rows[] = {
        {"Karim Gulzar", "کریم گلزار آخوند", PERSON, SAME},
        {"Karim Gulzar Akhund", "کریم گلزار", PERSON, SAME},
        {"Karim Gulzar", "ملا صاحب کریم گلزار", PERSON, HIT},
        {"Haji Sahib Karim Gulzar", "حاجي صاحب کریم گلزار", PERSON, SAME},
        {"Karim Gulzar Khan", "کریم گلزار خان", PERSON, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(names_with_god_and_jan_are_written_in_one_word_and_in_two) {
    static const pair_row rows[] = {
        {"NAZIRULLAH GULZAR", "نذیر الله گلزار", PERSON, HIT}, {"WALIJAN GULZAR", "ولی جان گلزار", PERSON, SAME},
        {"FAIZULLAH GULZAR", "فیض الله گلزار", PERSON, HIT},   {"Habibullah Gulzar", "حبیب اللہ گلزار", PERSON, HIT},
        {"Atiqullah Gulzar", "عتیق الله گلزار", PERSON, SAME}, {"Wali Jan Gulzar", "ولیجان گلزار", PERSON, SAME},
        {"Gulzarak", "Gulzarak Zadran", PERSON, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST_MAIN()
