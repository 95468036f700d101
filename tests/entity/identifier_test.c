/* Identifiers: one spelling for each number, and what its check digit says. Numbers are invented; those that must be
 * right were computed by a program of their own. */
#include "mizan/identifier.h"

#include "test.h"

#include <stddef.h>

struct identifier {
    mz_property property;
    const char *text, *normal;
    mz_identifier_check check;
};

static void check_identifier(const struct identifier *item) {
    char normal[MZ_IDENTIFIER_SIZE];
    size_t size = 99;
    mz_test_case("%s %s", mz_property_name(item->property), item->text);
    CHECK_INT(item->check, mz_identifier_normalise(item->property, mz_str_of(item->text), normal, &size));
    CHECK_TEXT(item->normal, normal);
    CHECK_INT(strlen(item->normal), size);
}

#define CHECK_ALL(cases)                                                                                               \
    for (size_t i_ = 0; i_ < sizeof cases / sizeof cases[0]; i_++) check_identifier(&cases[i_])

TEST(ships_and_companies_have_imo_numbers) {
    static const struct identifier cases[] = {
        {MZ_PROP_imoNumber, "9900019", "IMO9900019", MZ_CHECK_RIGHT},
        {MZ_PROP_imoNumber, "IMO 9900019", "IMO9900019", MZ_CHECK_RIGHT},
        {MZ_PROP_imoNumber, "imo9900019", "IMO9900019", MZ_CHECK_RIGHT},
        {MZ_PROP_imoNumber, "IMO No. 9900019", "IMO9900019", MZ_CHECK_RIGHT},
        {MZ_PROP_imoNumber, "IMO Number: 9900019", "IMO9900019", MZ_CHECK_RIGHT},
        {MZ_PROP_imoNumber, "6123454", "IMO6123454", MZ_CHECK_RIGHT}, /* a company's */
        {MZ_PROP_imoNumber, "9900010", "IMO9900010", MZ_CHECK_RIGHT}, /* a company's, whose check digit is 10, so 0 */
        {MZ_PROP_imoNumber, "9900018", "IMO9900018", MZ_CHECK_WRONG},
        {MZ_PROP_imoNumber, "990001", "", MZ_CHECK_SHAPE},
        {MZ_PROP_imoNumber, "99000190", "", MZ_CHECK_SHAPE},
        {MZ_PROP_imoNumber, "IMO", "", MZ_CHECK_SHAPE},
        {MZ_PROP_imoNumber, "ABC9900019", "", MZ_CHECK_SHAPE},
        {MZ_PROP_imoNumber, "99O0019", "", MZ_CHECK_SHAPE},
        {MZ_PROP_imoNumber, "", "", MZ_CHECK_SHAPE},
    };
    CHECK_ALL(cases);
}

TEST(numbers_with_mod_97) {
    static const struct identifier cases[] = {
        {MZ_PROP_leiCode, "969500MIZAN0INVENT38", "969500MIZAN0INVENT38", MZ_CHECK_RIGHT},
        {MZ_PROP_leiCode, "9695-00miz-an0i-nvent-38", "969500MIZAN0INVENT38", MZ_CHECK_RIGHT},
        {MZ_PROP_leiCode, "969500MIZAN0INVENT83", "969500MIZAN0INVENT83", MZ_CHECK_WRONG},
        {MZ_PROP_leiCode, "969500MIZAN0INVEN138", "969500MIZAN0INVEN138", MZ_CHECK_WRONG},
        {MZ_PROP_leiCode, "969500MIZAN0INVENTXX", "", MZ_CHECK_SHAPE},
        {MZ_PROP_leiCode, "969500MIZAN0INVENT3", "", MZ_CHECK_SHAPE},
        {MZ_PROP_iban, "GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819",
         MZ_CHECK_RIGHT}, /* registry's example */
        {MZ_PROP_iban, "IBAN: FR76 3000 6000 0112 3456 7890 189", "FR7630006000011234567890189", MZ_CHECK_RIGHT},
        {MZ_PROP_iban, "tn59 1000 6035 1835 9847 8831", "TN5910006035183598478831", MZ_CHECK_RIGHT},
        {MZ_PROP_iban, "MA70 0118 1000 0012 3456 7890 1234", "MA70011810000012345678901234", MZ_CHECK_RIGHT},
        {MZ_PROP_iban, "MA71011810000012345678901234", "MA71011810000012345678901234", MZ_CHECK_WRONG},
        {MZ_PROP_iban, "GB29NWBK6016133192681", "", MZ_CHECK_SHAPE}, /* a letter short */
        {MZ_PROP_iban, "ZZ29NWBK60161331926819", "", MZ_CHECK_SHAPE},
        {MZ_PROP_iban, "GBXXNWBK60161331926819", "", MZ_CHECK_SHAPE},
        {MZ_PROP_iban, "IBAN", "", MZ_CHECK_SHAPE},
    };
    CHECK_ALL(cases);
}

TEST(numbers_with_luhns_digit) {
    static const struct identifier cases[] = {
        {MZ_PROP_isin, "MA0000123457", "MA0000123457", MZ_CHECK_RIGHT},
        {MZ_PROP_isin, "us00mizan126", "US00MIZAN126", MZ_CHECK_RIGHT},
        {MZ_PROP_isinCode, "US00MIZAN126", "US00MIZAN126", MZ_CHECK_RIGHT},
        {MZ_PROP_isin, "US00MIZAN125", "US00MIZAN125", MZ_CHECK_WRONG},
        {MZ_PROP_isin, "MA0000124357", "MA0000124357", MZ_CHECK_WRONG}, /* two digits exchanged */
        {MZ_PROP_isin, "0000MIZAN126", "", MZ_CHECK_SHAPE},
        {MZ_PROP_isin, "US00MIZAN12", "", MZ_CHECK_SHAPE},
        {MZ_PROP_npiCode, "1234567893", "1234567893", MZ_CHECK_RIGHT},
        {MZ_PROP_npiCode, "1234567890", "1234567890", MZ_CHECK_WRONG},
        {MZ_PROP_npiCode, "123456789", "", MZ_CHECK_SHAPE},
    };
    CHECK_ALL(cases);
}

TEST(numbers_of_national_registers) {
    static const struct identifier cases[] = {
        {MZ_PROP_innCode, "9900123450", "9900123450", MZ_CHECK_RIGHT},
        {MZ_PROP_innCode, "990012345668", "990012345668", MZ_CHECK_RIGHT},
        {MZ_PROP_innCode, "9900123451", "9900123451", MZ_CHECK_WRONG},
        {MZ_PROP_innCode, "990012345658", "990012345658", MZ_CHECK_WRONG}, /* the first of its two check digits */
        {MZ_PROP_innCode, "99001234566", "", MZ_CHECK_SHAPE},
        {MZ_PROP_innCode, "99001234A0", "", MZ_CHECK_SHAPE},
        {MZ_PROP_ogrnCode, "1999900012341", "1999900012341", MZ_CHECK_RIGHT},
        {MZ_PROP_ogrnCode, "304999000123450", "304999000123450", MZ_CHECK_RIGHT},
        {MZ_PROP_ogrnCode, "1999900012342", "1999900012342", MZ_CHECK_WRONG},
        {MZ_PROP_ogrnCode, "19999000123411", "", MZ_CHECK_SHAPE},
        {MZ_PROP_uscCode, "91990000MA0MNTEXTJ", "91990000MA0MNTEXTJ", MZ_CHECK_RIGHT},
        {MZ_PROP_uscCode, "91990000-ma0mntext-j", "91990000MA0MNTEXTJ", MZ_CHECK_RIGHT},
        {MZ_PROP_uscCode, "91990000MA0MNTEXTK", "91990000MA0MNTEXTK", MZ_CHECK_WRONG},
        {MZ_PROP_uscCode, "91990000MA0MNTEXTI", "", MZ_CHECK_SHAPE}, /* no I in its alphabet */
        {MZ_PROP_uscCode, "9199000AMA0MNTEXTJ", "", MZ_CHECK_SHAPE}, /* the region is digits */
    };
    CHECK_ALL(cases);
}

TEST(codes_that_have_a_shape_and_no_check_digit) {
    static const struct identifier cases[] = {
        {MZ_PROP_swiftBic, "MIZNMAMC", "MIZNMAMC", MZ_CHECK_NONE},
        {MZ_PROP_swiftBic, "mizn ma mc xxx", "MIZNMAMCXXX", MZ_CHECK_NONE},
        {MZ_PROP_swiftBic, "MIZNQQMC", "", MZ_CHECK_SHAPE}, /* no such country */
        {MZ_PROP_swiftBic, "MIZNMAMCX", "", MZ_CHECK_SHAPE},
        {MZ_PROP_mmsi, "242000001", "242000001", MZ_CHECK_NONE}, /* Morocco's digits */
        {MZ_PROP_mmsi, "242-000-001", "242000001", MZ_CHECK_NONE},
        {MZ_PROP_mmsi, "002420000", "002420000", MZ_CHECK_NONE}, /* a coast station */
        {MZ_PROP_mmsi, "024200000", "024200000", MZ_CHECK_NONE}, /* a group of ships */
        {MZ_PROP_mmsi, "111242000", "111242000", MZ_CHECK_NONE}, /* an aircraft */
        {MZ_PROP_mmsi, "992420000", "992420000", MZ_CHECK_NONE}, /* a buoy */
        {MZ_PROP_mmsi, "982420000", "982420000", MZ_CHECK_NONE},
        {MZ_PROP_mmsi, "824200000", "824200000", MZ_CHECK_NONE},
        {MZ_PROP_mmsi, "970120000", "970120000", MZ_CHECK_NONE},
        {MZ_PROP_mmsi, "999000001", "", MZ_CHECK_SHAPE}, /* no administration has 900 */
        {MZ_PROP_mmsi, "200000001", "", MZ_CHECK_SHAPE},
        {MZ_PROP_mmsi, "24200000", "", MZ_CHECK_SHAPE},
        {MZ_PROP_wikidataId, "q42", "Q42", MZ_CHECK_NONE},
        {MZ_PROP_wikidataId, "Q", "", MZ_CHECK_SHAPE},
        {MZ_PROP_wikidataId, "42", "", MZ_CHECK_SHAPE},
        {MZ_PROP_email, " Office@Example.ORG ", "office@example.org", MZ_CHECK_NONE},
        {MZ_PROP_email, "office.example.org", "", MZ_CHECK_SHAPE},
        {MZ_PROP_email, "@example.org", "", MZ_CHECK_SHAPE},
        {MZ_PROP_email, "office@", "", MZ_CHECK_SHAPE},
        {MZ_PROP_email, "a@b@c", "", MZ_CHECK_SHAPE},
        {MZ_PROP_phone, "+212 (0) 5-37.00.00.00", "+2120537000000", MZ_CHECK_NONE},
        {MZ_PROP_phone, "00212 537 000000", "+212537000000", MZ_CHECK_NONE},
        {MZ_PROP_phone, "none", "", MZ_CHECK_SHAPE},
    };
    CHECK_ALL(cases);
}

TEST(other_numbers_lose_what_carries_nothing) {
    static const struct identifier cases[] = {
        {MZ_PROP_passportNumber, "ab 123-456", "AB123456", MZ_CHECK_NONE},
        {MZ_PROP_passportNumber, "AB.123/456", "AB123456", MZ_CHECK_NONE},
        {MZ_PROP_passportNumber,
         "A\xC2\xA0"
         "12\xE2\x80\x93"
         "34\xE2\x80\x8F",
         "A1234", MZ_CHECK_NONE}, /* no-break space, en dash, direction mark */
        {MZ_PROP_passportNumber, "٠١٢٣-۴۵۶", "0123456", MZ_CHECK_NONE},
        {MZ_PROP_registrationNumber, "rc 12345/2003", "RC12345/2003", MZ_CHECK_NONE}, /* a slash parts two numbers */
        {MZ_PROP_idNumber, "Ж-123", "Ж123", MZ_CHECK_NONE},
        {MZ_PROP_idNumber, "\xE2\x82\xAC-1",
         "\xE2\x82\xAC"
         "1",
         MZ_CHECK_NONE},
        {MZ_PROP_idNumber, "- -", "", MZ_CHECK_SHAPE},
        {MZ_PROP_idNumber, "", "", MZ_CHECK_SHAPE},
        {MZ_PROP_callSign, "cn-xyz", "CNXYZ", MZ_CHECK_NONE},
        {MZ_PROP_idNumber, "1\xE2\x80", "", MZ_CHECK_SHAPE}, /* cut in the middle of a character */
    };
    CHECK_ALL(cases);
}

TEST(the_longest_is_kept_and_longer_is_refused) {
    char text[MZ_IDENTIFIER_SIZE + 1], normal[MZ_IDENTIFIER_SIZE];
    size_t size;
    memset(text, '7', sizeof text);
    CHECK_INT(MZ_CHECK_NONE,
              mz_identifier_normalise(MZ_PROP_idNumber, (mz_str){text, MZ_IDENTIFIER_SIZE - 1}, normal, &size));
    CHECK_INT(MZ_IDENTIFIER_SIZE - 1, size);
    CHECK_INT(MZ_CHECK_SHAPE,
              mz_identifier_normalise(MZ_PROP_idNumber, (mz_str){text, MZ_IDENTIFIER_SIZE}, normal, &size));
    CHECK_INT(0, size);
    CHECK_INT(MZ_CHECK_SHAPE, mz_identifier_normalise(MZ_PROP_idNumber, (mz_str){NULL, 0}, normal, &size));
}

/* A check digit that lets a wrong digit through is not worth its name. */
TEST(one_digit_changed_is_seen) {
    static const struct {
        mz_property property;
        const char *right;
        size_t from; /* the first digit */
    } cases[] = {
        {MZ_PROP_leiCode, "969500MIZAN0INVENT38", 0},
        {MZ_PROP_iban, "MA70011810000012345678901234", 2},
        {MZ_PROP_isin, "MA0000123457", 2},
        {MZ_PROP_innCode, "990012345668", 0},
        {MZ_PROP_uscCode, "91990000MA0MNTEXTJ", 0},
        {MZ_PROP_npiCode, "1234567893", 0},
    };
    for (size_t c = 0; c < sizeof cases / sizeof cases[0]; c++) {
        char text[MZ_IDENTIFIER_SIZE], normal[MZ_IDENTIFIER_SIZE];
        size_t size, length = strlen(cases[c].right);
        for (size_t i = cases[c].from; i < length; i++) {
            memcpy(text, cases[c].right, length + 1);
            if (text[i] < '0' || text[i] > '9') continue;
            text[i] = text[i] == '9' ? '0' : (char)(text[i] + 1);
            mz_test_case("%s %s", mz_property_name(cases[c].property), text);
            CHECK_INT(MZ_CHECK_WRONG, mz_identifier_normalise(cases[c].property, mz_str_of(text), normal, &size));
        }
    }
}

TEST(a_number_that_does_not_say_what_it_is_is_guessed_by_its_check) {
    static const struct {
        const char *text;
        mz_property property;
    } cases[] = {
        {"IMO 9900019", MZ_PROP_imoNumber},
        {"9900019", MZ_PROPERTY_COUNT}, /* one in ten of all numbers passes */
        {"969500MIZAN0INVENT38", MZ_PROP_leiCode},
        {"GB29 NWBK 6016 1331 9268 19", MZ_PROP_iban},
        {"MA0000123457", MZ_PROP_isin},
        {"MIZNMAMCXXX", MZ_PROP_swiftBic},
        {"MIZNMAM1", MZ_PROP_swiftBic},
        {"HOSPITAL", MZ_PROPERTY_COUNT}, /* shaped like a code of Italy */
        {"12345678", MZ_PROPERTY_COUNT},
        {"1DSYHxo8NVTsJ6LtXkdQkz6FSMKL6J4smg", MZ_PROP_publicKey},
        {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", MZ_PROP_publicKey},
        {"969500MIZAN0INVENT83", MZ_PROPERTY_COUNT},
        {"passport", MZ_PROPERTY_COUNT},
        {"", MZ_PROPERTY_COUNT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].text);
        CHECK_INT(cases[i].property, mz_identifier_guess(mz_str_of(cases[i].text)));
    }
}

TEST_MAIN()
