/* Firms and ships: legal forms, words that all firms use, numbers that distinguish, sister firms, marks before a ship's
 * name. All invented. */
#include "pairs.h"
#include "test.h"

TEST(a_legal_form_is_the_same_however_it_is_written) {
    static const pair_row rows[] = {
        {"Belkora Mining Ltd", "Belkora Mining Limited", FIRM, AT_LEAST(0.97)},
        {"Belkora Mining SARL", "Belkora Mining S.A.R.L.", FIRM, AT_LEAST(0.97)},
        {"Belkora Mining SARL", "Belkora Mining S. A. R. L.", FIRM, AT_LEAST(0.97)},
        {"Belkora Mining SARL", "Société à responsabilité limitée Belkora Mining", FIRM, AT_LEAST(0.95)},
        {"Belkora Mining SARL AU", "Belkora Mining SARL à associé unique", FIRM, AT_LEAST(0.97)},
        {"Belkora Mining Pvt Ltd", "Belkora Mining (Private) Limited", FIRM, AT_LEAST(0.97)},
        {"Belkora Mining LLC", "Belkora Mining L.L.C.", FIRM, AT_LEAST(0.97)},
        {"OOO Belkora", "ООО «Белкора»", FIRM, SAME},
        {"Общество с ограниченной ответственностью «Белкора»", "OOO Belkora", FIRM, SAME},
        {"Belkora Sanayi ve Ticaret Anonim Şirketi", "Belkora Sanayi ve Ticaret A.Ş.", FIRM, SAME},
        {"شركة بلكورة ش.م.ل", "شركة بلكورة شركة مساهمة لبنانية", FIRM, SAME},
        {"شركة بلكورة ذ.م.م", "شركة بلكورة ذات مسؤولية محدودة", FIRM, SAME},
        {"شرکت بلکورا سهامی خاص", "Sherkat Belkora Sahami Khass", FIRM, SAME},
        {"PT Belkora Tbk", "Belkora Tbk PT", FIRM, AT_LEAST(0.97)},
        {"株式会社ベルコラ", "Belkora K.K.", FIRM, HIT},
    };
    CHECK_PAIRS(rows);
}

TEST(legal_forms_that_are_near_missing_and_different_are_three_things) {
    static const pair_row rows[] = {
        {"Belkora Mining Ltd", "Belkora Mining", FIRM, AT_LEAST(0.95)},  /* missing: hardly anything */
        {"Belkora Mining Ltd", "Belkora Mining SARL", FIRM, 0.85, 0.93}, /* both limited by shares held privately */
        {"Belkora Mining SARL", "Belkora Mining GmbH", FIRM, 0.85, 0.93},
        {"Belkora Mining Limited", "ООО Belkora Mining", FIRM, 0.85, 0.93},
        {"Belkora Mining PLC", "Belkora Mining AG", FIRM, 0.85, 0.93},
        {"Belkora Mining SARL", "Belkora Mining SA", FIRM, AT_MOST(0.75)}, /* another kind of company altogether */
        {"Belkora Mining GmbH", "Belkora Mining AG", FIRM, AT_MOST(0.75)},
        {"ООО Белкора", "АО Белкора", FIRM, AT_MOST(0.75)},
    };
    CHECK_PAIRS(rows);
}

TEST(words_of_all_firms_are_abbreviated) {
    static const pair_row rows[] = {
        {"Belkora Trading Company", "Belkora Trading Co.", FIRM, SAME},
        {"Belkora Trading Corporation", "Belkora Trdg Corp", FIRM, SAME},
        {"Belkora International Group", "Belkora Int'l Grp", FIRM, SAME},
        {"Belkora Manufacturing Brothers", "Belkora Mfg Bros", FIRM, SAME},
        {"Belkora Import Export Company", "Belkora Imp Exp Co", FIRM, SAME},
        {"Belkora University Department", "Belkora Univ Dept", FIRM, SAME},
        {"Belkora Commercial Services", "Belkora Comm Srvcs", FIRM, SAME},
        {"Belkora Communications Group", "BELKORA COMM GRP", FIRM, SAME},
        {"Belkora Services", "Belkora Srvces", FIRM, SAME}, /* in no table: its consonants are */
        {"Belkora Construction", "Belkora Cnstrctn", FIRM, SAME},
        {"Belkora Development", "Belkora Dvlpmnt", FIRM, SAME},
        {"Belkora Pharmaceuticals", "Belkora Pharmaceut", FIRM, SAME}, /* the beginning of a word */
        {"Belkora Engineering", "Belkora Engineer", FIRM, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(words_of_all_firms_are_translated) {
    static const pair_row rows[] = {
        {"Belkora Bank", "Banque Belkora", FIRM, SAME},
        {"Belkora Bank", "Банк Белкора", FIRM, SAME},
        {"Belkora Trading Company", "شركة بلكورة للتجارة", FIRM, HIT}, /* "for trade" in one word */
        {"Belkora Shipping", "Белкора судоходная", FIRM, HIT},
        {"Belkora Insurance", "Belkora Sigorta", FIRM, SAME},
        {"Belkora Oil Company", "شرکت نفت بلکورا", FIRM, HIT},
        {"Belkora Industries", "Industrias Belkora", FIRM, SAME},
        {"Belkora Shipping & Trading", "Belkora Shipping and Trading", FIRM, SAME},
        {"Belkora Shipping & Trading", "Belkora Shipping et Trading", FIRM, SAME},
        {"Belkora Engineering Enterprises", "Belkora Engineering Enterprise", FIRM, SAME},
        {"Belkora Aluminium Centre", "Belkora Aluminum Center", FIRM, SAME},
        {"Belkora Railway", "Belkora Railroad", FIRM, SAME},
        {"Syrian Belkora Bank", "Belkora Bank Syria", FIRM, SAME},
        {"Belkora Brothers", "Belkora's Brothers", FIRM, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(groups_charities_and_offices_are_translated) {
    static const pair_row rows[] = {
        {"شبكة النخيل للصرافة", "Palm Money Exchange Network", FIRM, SAME},
        {"جماعة بلكورة الإسلامية المقاتلة", "Belkora Islamic Fighting Group", FIRM, SAME},
        {"جماعة بلكورة الإسلامية المقاتلة", "Groupe islamique combattant de Belkora", FIRM, SAME},
        {"لواء شهداء الزيتونة", "Zitouna Martyrs Brigade", FIRM, SAME},
        {"إمارة بلكورة الإسلامية", "Islamic Emirate of Belkora", FIRM, SAME},
        {"تنظيم أنصار بلكورة", "Belkora Supporters Organization", FIRM, SAME},
        {"مؤسسة بلكورة الخيرية للأيتام", "Belkora Charity Foundation for Orphans", FIRM, SAME},
        {"مؤسسة بلكورة الخيرية للأيتام", "Fondation de bienfaisance Belkora pour les orphelins", FIRM, SAME},
        {"مكتب بلكورة للإغاثة", "Bureau de secours Belkora", FIRM, SAME},
        {"فيلق فجر بلكورة", "Belkora Dawn Corps", FIRM, SAME},
        {"صنایع بلکورا", "Belkora Industries", FIRM, SAME},
        {"موسسه تحقیقات بلکورا", "Belkora Research Institute", FIRM, SAME},
        {"صرافی بلکورا لیمیتد", "Belkora Exchange Ltd", FIRM, SAME},
        {"د بلکورا جهاد شورا", "Belkora Jihad Council", FIRM, SAME},
        {"جيش بلكورة الليبي", "Libyan Army of Belkora", FIRM, SAME},
        {"شركة بلكورة جنوب أفريقيا", "Belkora Company South Africa", FIRM, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(arabic_and_french_particles_are_written_to_the_word) {
    static const pair_row rows[] = {
        {"كتيبة المهاجرين والأنصار في بلكورة", "Battalion of the Emigrants and Supporters in Belkora", FIRM, SAME},
        {"كتيبة المهاجرين والأنصار في بلكورة", "Katibat al-Muhajirin wal-Ansar Belkora", FIRM, SAME},
        {"حركة الوحدة والجهاد في غرب بلكورة", "Movement for Unity and Jihad in West Belkora", FIRM, SAME},
        {"حركة الوحدة والجهاد في غرب بلكورة", "Mouvement pour l'unité et le jihad à l'ouest de Belkora", FIRM, HIT},
        {"شركة الزاكورة والبلكورة", "Zakora and Belkora Company", FIRM, SAME}, /* in no table */
        {"شركة وليد", "Walid Company", FIRM, SAME}, /* and these letters are the name's own */
        {"شركة بلال", "Bilal Company", FIRM, SAME},
        {"D'Amato Trading", "Damato Trading", FIRM, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(groups_of_another_name_are_others) {
    static const pair_row rows[] = {
        {"لواء شهداء الزيتونة", "Zitouna Orphans Foundation", FIRM, OTHER},
        {"شبكة النخيل للصرافة", "Rose Money Exchange Network", FIRM, OTHER},
        {"جبهة شمال بلكورة", "South Belkora Front", FIRM, OTHER},
        {"جماعة بلكورة الإسلامية", "Nowhere Islamic Group", FIRM, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(an_acronym_stands_for_its_name_the_surer_the_longer_it_is) {
    static const pair_row rows[] = {
        {"BKR", "Belkora Kasbah Rail", FIRM, 0.50, 0.65},
        {"BKRL", "Belkora Kasbah Rail Lines", FIRM, 0.70, 0.80},
        {"BKRLT", "Belkora Kasbah Rail Lines Trust", FIRM, 0.78, 0.85},
        {"BKRLTW", "Belkora Kasbah Rail Lines and Tram Works", FIRM, 0.82, 0.90},
        {"B.K.R.L.T.", "Belkora Kasbah Rail Lines Trust", FIRM, 0.78, 0.85},
        {"BKRLT Group", "Belkora Kasbah Rail Lines Trust", FIRM, HIT},
        {"BKRLT", "Belkora Kasbah Road Lines", FIRM, OTHER},
        {"Bkrlt", "Belkora Kasbah Rail Lines Trust", FIRM, OTHER}, /* written as a name */
    };
    CHECK_PAIRS(rows);
}

TEST(a_former_name_in_the_name_is_a_name_too) {
    static const pair_row rows[] = {
        {"Belkora Steel (formerly Zitouna Cement)", "Zitouna Cement", FIRM, SAME},
        {"Belkora Steel (formerly Zitouna Cement) Ltd", "Belkora Steel Ltd", FIRM, SAME},
        {"Belkora Steel a.k.a. Zitouna Cement", "Zitouna Cement formerly Nowhere Cement", FIRM, SAME},
        {"NOWHERE STAR (EX BELKORA MOON)", "Belkora Moon", SHIP, SAME},
        {"NOWHERE STAR (EX BELKORA MOON)", "Zitouna Moon", SHIP, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(an_aircraft_is_called_by_its_registration) {
    static const pair_row rows[] = {
        {"XX-BKR", "XXBKR", MZ_SCHEMA_Airplane, SAME},
        {"N7001X", "N7002X", MZ_SCHEMA_Airplane, OTHER},
        {"N7001X", "N-7001X", MZ_SCHEMA_Airplane, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(words_are_joined_and_apart) {
    static const pair_row rows[] = {
        {"Belkora Petrochem Ltd", "Belkora Petro Chem Ltd", FIRM, SAME},
        {"Bel Kora Trading", "Belkora Trading", FIRM, HIT},
        {"NORTHSTAR SHIPPING", "North Star Shipping", FIRM, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(numbers_distinguish) {
    static const pair_row rows[] = {
        {"Factory 7", "Factory No. 7", FIRM, HIT},
        {"Belkora Factory No. 7", "Belkora Factory 7", FIRM, SAME},
        {"Belkora Factory 7", "Belkora Factory VII", FIRM, AT_LEAST(0.95)},
        {"Belkora Factory 7", "Belkora Factory Seven", FIRM, AT_LEAST(0.95)},
        {"Belkora Factory 7", "Belkora Factory 9", FIRM, OTHER},
        {"Factory 7", "Factory 9", FIRM, OTHER},
        {"Second Belkora Factory", "Third Belkora Factory", FIRM, OTHER},
        {"Second Belkora Factory", "Belkora Factory 2", FIRM, SAME},
        {"Belkora Factory 2nd", "Belkora Factory No. 2", FIRM, SAME},
        {"Belkora Factory № 2", "Belkora Factory II", FIRM, SAME},
        {"Завод Белкора 2-й", "Завод Белкора № 2", FIRM, SAME},
        {"مصنع بلكورة ٧", "مصنع بلكورة رقم 7", FIRM, SAME},
        {"مصنع بلكورة الثاني", "مصنع بلكورة الثالث", FIRM, OTHER},
        {"Usine Belkora numéro deux", "Usine Belkora 2", FIRM, SAME},
        {"Белкора Завод Первый", "Белкора Завод 1", FIRM, SAME},
        {"Belkora Factory 7", "Belkora Factory", FIRM, 0.60, 0.85}, /* not said which one */
    };
    CHECK_PAIRS(rows);
}

TEST(sister_firms_differ_in_a_place_or_a_product) {
    static const pair_row rows[] = {
        {"Belkora Mining", "Belkora Shipping", FIRM, OTHER},
        {"Belkora Trading", "Belkora Steel", FIRM, OTHER},
        {"Belkora Oil Company", "Belkora Textile Company", FIRM, OTHER},
        {"Belkora Textiles Casablanca", "Belkora Textiles Dakar", FIRM, OTHER},
        {"Bank of Belkora Syria", "Bank of Belkora Lebanon", FIRM, OTHER},
        {"Belkora Group Morocco", "Belkora Group Senegal", FIRM, OTHER},
        {"Belkora Bank Lebanon", "Syrian Belkora Bank", FIRM, OTHER},
        {"Belkora Trading Hong Kong", "Belkora Trading Dubai", FIRM, OTHER},
        {"بنك بلكورة سوريا", "بنك بلكورة لبنان", FIRM, OTHER},
        {"Белкора Москва", "Белкора Минск", FIRM, OTHER},
        {"Syrian Steel Company", "Syrian Cement Company", FIRM, OTHER}, /* only the place agrees */
        {"Libyan Trading Bank", "Sudanese Trading Bank", FIRM, OTHER},
        {"Bank of Belkora", "Bank of Zitouna", FIRM, OTHER},
        {"Belkora Trading Company", "Zitouna Trading Company", FIRM, OTHER},
        {"National Trading Company", "General Trading Company", FIRM, OTHER},
        {"Golden Palm Trading", "Golden Lotus Trading", FIRM, OTHER},
        {"Belkora Foundation for Relief", "Zitouna Foundation for Relief", FIRM, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(what_is_not_said_of_a_place_or_a_product_is_no_contradiction) {
    static const pair_row rows[] = {
        {"Belkora Trading", "Belkora Trading Dubai", FIRM, SAME},
        {"Belkora", "Belkora Group", FIRM, HIT},
        {"Belkora Trading", "Belkora General Trading Group", FIRM, SAME},
        {"Belkora Steel", "Belkora Steel and Cement", FIRM, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(a_ships_mark_is_no_part_of_its_name_and_its_number_is) {
    static const pair_row rows[] = {
        {"Nowhere Star", "MV Nowhere Star", SHIP, SAME},
        {"M/V Nowhere Star", "Nowhere Star", SHIP, SAME},
        {"M.V. Nowhere Star", "MV Nowhere Star", SHIP, SAME},
        {"M/T Nowhere Star", "Nowhere Star", SHIP, SAME},
        {"LPG/C Nowhere Star", "Nowhere Star", SHIP, SAME},
        {"Motor Vessel Nowhere Star", "MV Nowhere Star", SHIP, SAME},
        {"т/х Белкора Звезда", "Белкора Звезда", SHIP, SAME},
        {"Nowhere Star 2", "Nowhere Star II", SHIP, AT_LEAST(0.95)},
        {"Nowhere Star I", "Nowhere Star 1", SHIP, SAME},
        {"Nowhere Star 2", "Nowhere Star 3", SHIP, OTHER},
        {"Zitouna Star", "Nowhere Star", SHIP, OTHER},
        {"Nowhere Star", "Nowhere Moon", SHIP, OTHER},
        {"NOWHERESTAR", "Nowhere Star", SHIP, HIT},
        {"XX-BKR", "XX-BKT", MZ_SCHEMA_Airplane, OTHER},
        {"Bank of Nowhere", "Bank of Elsewhere", FIRM, OTHER},
    };
    CHECK_PAIRS(rows);
}

/* ---- not yet ---- */

/* What should hold and does not, with the score seen. A row that holds fails here: move it to where it belongs. */
TEST(not_yet) {
    static const pair_row rows[] = {
        {"Nowhere Trading Company", "Elsewhere Trading Company", FIRM,
         OTHER},                                         /* half of each word is the same: 0.777 */
        {"Nowhere Star", "Elsewhere Star", SHIP, OTHER}, /* half of each word is the same: 0.785 */
    };
    CHECK_NOT_YET(rows);
}

TEST_MAIN()
