/* The vocabulary: names both ways, ancestry, and what a misspelt name is told. */
#include "mizan/schema.h"
#include "test.h"

#include <stddef.h>

TEST(every_schema_is_found_by_its_name) {
    for (unsigned i = 0; i < MZ_SCHEMA_COUNT; i++) {
        mz_schema found = MZ_SCHEMA_COUNT;
        const char *name = mz_schema_name((mz_schema)i);
        mz_test_case("%s", name);
        CHECK(mz_schema_find(mz_str_of(name), &found));
        CHECK_INT(i, found);
    }
}

TEST(every_property_is_found_by_its_name) {
    for (unsigned i = 0; i < MZ_PROPERTY_COUNT; i++) {
        mz_property found = MZ_PROPERTY_COUNT;
        const char *name = mz_property_name((mz_property)i);
        mz_test_case("%s", name);
        CHECK(mz_property_find(mz_str_of(name), &found));
        CHECK_INT(i, found);
    }
}

TEST(names_are_exact_and_what_is_not_found_leaves_the_result_alone) {
    static const char *const wrong[] = {"", "perso", "Perso", "Persons", "PERSON", " Person"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        mz_schema schema = MZ_SCHEMA_Debt;
        mz_property property = MZ_PROP_proof;
        mz_test_case("\"%s\"", wrong[i]);
        CHECK(!mz_schema_find(mz_str_of(wrong[i]), &schema));
        CHECK(!mz_property_find(mz_str_of(wrong[i]), &property));
        CHECK_INT(MZ_SCHEMA_Debt, schema);
        CHECK_INT(MZ_PROP_proof, property);
    }
    mz_schema schema = MZ_SCHEMA_Debt;
    CHECK(!mz_schema_find((mz_str){NULL, 0}, &schema));
}

TEST(properties_have_the_type_of_their_values) {
    CHECK_INT(MZ_TYPE_NAME, mz_property_kind(MZ_PROP_weakAlias));
    CHECK_INT(MZ_TYPE_DATE, mz_property_kind(MZ_PROP_birthDate));
    CHECK_INT(MZ_TYPE_COUNTRY, mz_property_kind(MZ_PROP_flag));
    CHECK_INT(MZ_TYPE_ENTITY, mz_property_kind(MZ_PROP_proof));
    CHECK_TEXT("operator", mz_property_name(MZ_PROP_operator));
}

TEST(a_schema_is_itself_and_its_ancestors) {
    CHECK(mz_schema_is_a(MZ_SCHEMA_Vessel, MZ_SCHEMA_Vessel));
    CHECK(mz_schema_is_a(MZ_SCHEMA_Vessel, MZ_SCHEMA_Vehicle));
    CHECK(mz_schema_is_a(MZ_SCHEMA_Vessel, MZ_SCHEMA_Thing));
    CHECK(!mz_schema_is_a(MZ_SCHEMA_Vehicle, MZ_SCHEMA_Vessel));
    CHECK(!mz_schema_is_a(MZ_SCHEMA_Sanction, MZ_SCHEMA_Thing));
    CHECK(mz_schema_is_a(MZ_SCHEMA_Passport, MZ_SCHEMA_Interval));
}

TEST(only_what_may_be_the_same_is_compared) {
    static const struct {
        mz_schema a, b;
        bool comparable;
    } cases[] = {
        {MZ_SCHEMA_Person, MZ_SCHEMA_Person, true},
        {MZ_SCHEMA_Person, MZ_SCHEMA_LegalEntity, true}, /* a list that does not say which */
        {MZ_SCHEMA_Person, MZ_SCHEMA_Company, false},
        {MZ_SCHEMA_Company, MZ_SCHEMA_PublicBody, true},
        {MZ_SCHEMA_Company, MZ_SCHEMA_Organization, true},
        {MZ_SCHEMA_Vessel, MZ_SCHEMA_Airplane, false},
        {MZ_SCHEMA_Vessel, MZ_SCHEMA_Company, false},
        {MZ_SCHEMA_Vessel, MZ_SCHEMA_Thing, true},
        {MZ_SCHEMA_Vessel, MZ_SCHEMA_Organization, true}, /* a list that has no word for ships */
        {MZ_SCHEMA_LegalEntity, MZ_SCHEMA_Airplane, true},
        {MZ_SCHEMA_Person, MZ_SCHEMA_Vessel, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s and %s", mz_schema_name(cases[i].a), mz_schema_name(cases[i].b));
        CHECK_INT(cases[i].comparable, mz_schema_comparable(cases[i].a, cases[i].b));
        CHECK_INT(cases[i].comparable, mz_schema_comparable(cases[i].b, cases[i].a));
    }
}

TEST(a_misspelt_name_is_told_the_nearest) {
    CHECK_TEXT("Person", mz_schema_nearest(MZ_STR("persn")));
    CHECK_TEXT("CryptoWallet", mz_schema_nearest(MZ_STR("Cryptowalet")));
    CHECK_TEXT("birthDate", mz_property_nearest(MZ_STR("birth_date")));
    CHECK_TEXT("nationality", mz_property_nearest(MZ_STR("nationalities")));
    CHECK_TEXT("leiCode", mz_property_nearest(MZ_STR("leicode")));
}

TEST(a_name_like_nothing_is_told_nothing) {
    CHECK(mz_schema_nearest(MZ_STR("")) == NULL);
    CHECK(mz_property_nearest(MZ_STR("xyz")) == NULL);
    CHECK(mz_property_nearest(MZ_STR("somethingElseAltogether")) == NULL);
    char long_name[4096];
    memset(long_name, 'a', sizeof long_name);
    CHECK(mz_property_nearest((mz_str){long_name, sizeof long_name}) == NULL);
}

TEST_MAIN()
