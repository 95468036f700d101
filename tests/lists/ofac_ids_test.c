/* The table of the kinds of numbers that OFAC gives. */
#include "lists/ofac_ids.h"

#include "lists/document_number.h"

#include "test.h"

TEST(kinds_are_properties_and_papers) {
    static const struct {
        const char *kind;
        mz_property property;
        mz_schema document;
    } cases[] = {
        {"Passport", MZ_PROP_passportNumber, MZ_SCHEMA_Passport},
        {"passport:", MZ_PROP_passportNumber, MZ_SCHEMA_Passport},
        {"Tax ID No.", MZ_PROP_taxNumber, MZ_SCHEMA_COUNT},
        {"Additional Sanctions Information -", MZ_PROP_provisions, MZ_SCHEMA_COUNT}, /* the first of the table */
        {"Website", MZ_PROP_website, MZ_SCHEMA_COUNT},                               /* the last */
        {"Digital Currency Address - XBT", MZ_PROP_publicKey, MZ_SCHEMA_CryptoWallet},
        {"Executive Order 14024 Directive Information -", MZ_PROP_provisions, MZ_SCHEMA_COUNT},
        {"Listing Date (CMIC)", MZ_PROP_provisions, MZ_SCHEMA_COUNT},
        {"Unified Social Credit Code (USCC)", MZ_PROP_uscCode, MZ_SCHEMA_COUNT},
        {"Fax", MZ_PROP_phone, MZ_SCHEMA_COUNT},
        {"Fax No.", MZ_PROP_phone, MZ_SCHEMA_COUNT},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_property property = MZ_PROPERTY_COUNT;
        mz_schema document = MZ_SCHEMA_Thing;
        mz_test_case("%s", cases[i].kind);
        CHECK(mz_ofac_id_kind(mz_str_of(cases[i].kind), &property, &document));
        CHECK_INT(cases[i].property, property);
        CHECK_INT(cases[i].document, document);
    }
}

TEST(unknown_kinds_are_said_to_be_so) {
    static const char *const kinds[] = {"", ":", "Pass", "Passports", "Guild Membership No.", "Exec", "zzz"};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        mz_property property = MZ_PROP_notes;
        mz_schema document = MZ_SCHEMA_Thing;
        mz_test_case("%s", kinds[i]);
        CHECK(!mz_ofac_id_kind(mz_str_of(kinds[i]), &property, &document));
        CHECK_INT(MZ_PROP_notes, property);
    }
}

TEST(currencies) {
    CHECK_STR(MZ_STR("XBT"), mz_ofac_currency(MZ_STR("Digital Currency Address - XBT")));
    CHECK_STR(MZ_STR(""), mz_ofac_currency(MZ_STR("Digital Currency Address")));
    CHECK_STR(MZ_STR(""), mz_ofac_currency(MZ_STR("Passport")));
}

TEST(a_number_narrows_its_kind_down) {
    mz_property tax = MZ_PROP_taxNumber, registration = MZ_PROP_registrationNumber;
    CHECK_INT(MZ_PROP_innCode, mz_identifier_refined(tax, MZ_STR("7707083893"), MZ_STR("Russia")));
    CHECK_INT(tax, mz_identifier_refined(tax, MZ_STR("7707083894"), MZ_STR("Russia")));
    CHECK_INT(tax, mz_identifier_refined(tax, MZ_STR("7707083893"), MZ_STR("Egypt")));
    CHECK_INT(MZ_PROP_ogrnCode, mz_identifier_refined(registration, MZ_STR("1027700132195"), MZ_STR("Russia")));
    CHECK_INT(MZ_PROP_leiCode, mz_identifier_refined(registration, MZ_STR("529900T8BM49AURSDO55"), MZ_STR("")));
    CHECK_INT(registration, mz_identifier_refined(registration, MZ_STR("12345"), MZ_STR("")));
}

TEST_MAIN()
