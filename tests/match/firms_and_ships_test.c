/* Firms and ships: legal forms, words that all firms use, numbers that distinguish, sister firms, marks before a ship's
 * name. All invented. */
#include "pairs.h"
#include "test.h"

TEST(legal_forms_that_are_equal_missing_and_different_are_three_things) {
    static const pair_row rows[] = {
        {"Belkora Mining Ltd", "Belkora Mining Limited", FIRM, AT_LEAST(0.97)},
        {"Belkora Mining SARL", "Belkora Mining S.A.R.L.", FIRM, AT_LEAST(0.97)},
        {"Belkora Mining SARL", "Société à responsabilité limitée Belkora Mining", FIRM, AT_LEAST(0.95)},
        {"Belkora Mining Ltd", "Belkora Mining", FIRM, AT_LEAST(0.90)},
        {"Belkora Mining SARL", "Belkora Mining GmbH", FIRM, AT_MOST(0.85)},
        {"OOO Belkora", "ООО «Белкора»", FIRM, SAME},
        {"Общество с ограниченной ответственностью «Белкора»", "OOO Belkora", FIRM, SAME},
        {"Belkora Sanayi ve Ticaret Anonim Şirketi", "Belkora Sanayi ve Ticaret A.Ş.", FIRM, SAME},
    };
    CHECK_PAIRS(rows);
}

TEST(abbreviations_and_translations_of_common_words) {
    static const pair_row rows[] = {
        {"Belkora Trading Company", "Belkora Trading Co.", FIRM, SAME},
        {"Belkora International Group", "Belkora Intl Grp", FIRM, HIT},
        {"Belkora Bank", "Banque Belkora", FIRM, HIT},
        {"Belkora Shipping & Trading", "Belkora Shipping and Trading", FIRM, SAME},
        {"Belkora Engineering Enterprises", "Belkora Engineering Enterprise", FIRM, SAME},
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
    };
    CHECK_PAIRS(rows);
}

TEST(sister_firms_differ_in_a_place_or_a_product) {
    static const pair_row rows[] = {
        {"Belkora Mining", "Belkora Shipping", FIRM, AT_MOST(0.85)},
        {"Belkora Textiles Casablanca", "Belkora Textiles Dakar", FIRM, AT_MOST(0.80)},
        {"Bank of Belkora", "Bank of Zitouna", FIRM, OTHER},
        {"Belkora Trading Company", "Zitouna Trading Company", FIRM, OTHER},
        {"National Trading Company", "General Trading Company", FIRM, OTHER},
        {"Golden Palm Trading", "Golden Lotus Trading", FIRM, OTHER},
        {"Belkora Foundation for Relief", "Zitouna Foundation for Relief", FIRM, OTHER},
    };
    CHECK_PAIRS(rows);
}

TEST(a_ships_mark_is_no_part_of_its_name_and_its_number_is) {
    static const pair_row rows[] = {
        {"Nowhere Star", "MV Nowhere Star", SHIP, SAME},
        {"M/V Nowhere Star", "Nowhere Star", SHIP, SAME},
        {"M.V. Nowhere Star", "MV Nowhere Star", SHIP, SAME},
        {"M/T Nowhere Star", "Nowhere Star", SHIP, SAME},
        {"Nowhere Star 2", "Nowhere Star II", SHIP, AT_LEAST(0.95)},
        {"Nowhere Star 2", "Nowhere Star 3", SHIP, OTHER},
        {"Zitouna Star", "Nowhere Star", SHIP, OTHER},
        {"Nowhere Star", "Nowhere Moon", SHIP, OTHER},
        {"NOWHERESTAR", "Nowhere Star", SHIP, HIT},
    };
    CHECK_PAIRS(rows);
}

/* ---- not yet ---- */

/* What should hold and does not, with the score seen. A row that holds fails here: move it to where it belongs. */
TEST(not_yet) {
    static const pair_row rows[] = {
        {"Belkora Commercial Services", "Belkora Comm Srvcs", FIRM, HIT}, /* abbreviations in no table: 0.601 */
        {"Belkora Trading Company", "شركة بلكورة للتجارة", FIRM,
         HIT}, /* a firm across scripts, with the preposition joined: 0.654 */
        {"Second Belkora Factory", "Belkora Factory 2", FIRM, HIT}, /* a number in words at the beginning: 0.597 */
        {"Bank of Nowhere", "Bank of Elsewhere", FIRM, OTHER},      /* half of each word is the same: 0.764 */
        {"Nowhere Trading Company", "Elsewhere Trading Company", FIRM,
         OTHER},                                          /* half of each word is the same: 0.777 */
        {"Nowhere Star I", "Nowhere Star 1", SHIP, SAME}, /* one, in the Roman manner: 0.722 */
        {"Nowhere Star", "Elsewhere Star", SHIP, OTHER},  /* half of each word is the same: 0.785 */
    };
    CHECK_NOT_YET(rows);
}

TEST_MAIN()
