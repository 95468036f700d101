/* What the reader of the United Nations list makes of the sample in samples/un.xml. */
#include "seen.h"
#include "test.h"

static seen un;

#define VALUES(expected, entity, property) CHECK_STR(mz_str_of(expected), seen_values(&un, entity, MZ_PROP_##property))

static const mz_record *person(void) {
    see_sample(&un, "un", "un.xml");
    CHECK_OK(un.status, un.error);
    return seen_record(&un, "un-7000001");
}

TEST(every_record_is_handed_over_or_named) {
    see_sample(&un, NULL, "un.xml");
    CHECK_OK(un.status, un.error);
    CHECK_INT(6, un.report.records);
    CHECK_INT(4, un.report.entities);
    CHECK_INT(2, un.report.rejected);
    CHECK_INT(1772359203, un.report.published); /* 2026-03-01T10:00:03Z */
    CHECK_TEXT("un.xml", un.report.files[0]);
    CHECK_STR(MZ_STR("XXi.003"), un.rejections[0].record);
    CHECK_INT(66, un.rejections[0].at.line);
    CHECK_STR(MZ_STR("NUMBERLESS"), un.rejections[1].record);
    seen_done(&un);
}

TEST(the_parts_of_a_name_are_in_order_and_of_unknown_role) {
    const mz_record *record = person();
    const mz_fact *name = seen_fact(&record->entities[0], MZ_PROP_name, 0);
    CHECK_INT(MZ_SCHEMA_Person, record->entities[0].schema);
    CHECK_STR(MZ_STR("XXi.001"), record->reference);
    CHECK_STR(MZ_STR("YUSUF TALAL BEN QANDIL AL-ZAHRI"), record->caption);
    CHECK_STR(MZ_STR("?????"), name->roles);
    CHECK_INT(MZ_NAME_PRIMARY, name->name_kind);
    CHECK_INT(8, name->at.line);
    seen_done(&un);
}

TEST(a_field_in_the_original_script_may_hold_two_names) {
    const mz_record *record = person();
    const mz_fact *second = seen_fact(&record->entities[0], MZ_PROP_name, 2);
    VALUES("YUSUF TALAL BEN QANDIL AL-ZAHRI | يوسف طلال بن قنديل الزهري | يوسف الزهري", &record->entities[0], name);
    CHECK_INT(MZ_NAME_ORIGINAL_SCRIPT, second->name_kind);
    CHECK_STR(MZ_STR("يوسف طلال بن قنديل الزهري ، يوسف الزهري"), second->original);
    const mz_fact *tigrinya = seen_fact(&seen_record(&un, "un-7000002")->entities[0], MZ_PROP_name, 1);
    CHECK_STR(MZ_STR("ገብረ ተስፋለም"), tigrinya->value);
    CHECK_STR(MZ_STR("ti"), tigrinya->language);
    seen_done(&un);
}

TEST(aliases_are_strong_or_weak_and_bring_their_own_script) {
    const mz_record *record = person();
    VALUES("Youssef Zahri | Yusef Zahry | ZAHRI Karim | Карим Захри", &record->entities[0], alias);
    VALUES("Abu Qandil | ابو قنديل", &record->entities[0], weakAlias);
    CHECK_INT(MZ_NAME_STRONG_ALIAS, seen_fact(&record->entities[0], MZ_PROP_alias, 0)->name_kind);
    CHECK_STR(MZ_STR("fg"), seen_fact(&record->entities[0], MZ_PROP_alias, 2)->roles);
    CHECK_INT(MZ_NAME_ORIGINAL_SCRIPT, seen_fact(&record->entities[0], MZ_PROP_alias, 3)->name_kind);
    CHECK_INT(MZ_NAME_WEAK_ALIAS, seen_fact(&record->entities[0], MZ_PROP_weakAlias, 0)->name_kind);
    seen_done(&un);
}

TEST(birth_dates_keep_their_precision) {
    const mz_record *record = person();
    VALUES("1970-02-05 | 1971-03-04 | 1972~ | 1968/1973 | 1969-09 | 30-35 years old", &record->entities[0], birthDate);
    CHECK_INT(MZ_FACT_UNPARSED, seen_fact(&record->entities[0], MZ_PROP_birthDate, 5)->flags);
    VALUES("Tetouan, Morocco | Larache, Tangier-Tetouan, Morocco", &record->entities[0], birthPlace);
    VALUES("ma", &record->entities[0], birthCountry);
    seen_done(&un);
}

TEST(documents_give_their_number_though_it_stands_in_a_sentence) {
    const mz_record *record = person();
    VALUES("QX771203", &record->entities[0], passportNumber);
    VALUES("ZZ99881", &record->entities[0], idNumber);
    CHECK_INT(MZ_FACT_DERIVED, seen_fact(&record->entities[0], MZ_PROP_idNumber, 0)->flags);
    const mz_entity *passport = seen_attached(record, MZ_SCHEMA_Passport, 0);
    VALUES("QX771203", passport, number);
    VALUES("ma", passport, country);
    VALUES("2010-01-02", passport, startDate);
    VALUES("Rabat", passport, authority);
    VALUES("Moroccan passport number QX 771203; expired in 2015", passport, remarks);
    VALUES("un-7000001", passport, holder);
    seen_done(&un);
}

TEST(the_rest_of_a_person) {
    const mz_record *record = person();
    const mz_entity *self = &record->entities[0];
    VALUES("ma | bh", self, nationality);
    CHECK_STR(MZ_STR("Bahrain (citizenship revoked in 2015)"), seen_fact(self, MZ_PROP_nationality, 1)->original);
    VALUES("Maulavi | Haji", self, title);
    VALUES("Treasurer | Governor of the North | Envoy", self, position);
    VALUES("male", self, gender);
    VALUES("sanction", self, topics);
    VALUES("", self, imoNumber); /* a person has none, whatever the comments say */
    VALUES("First line.\nSecond line. IMO number 9074729 belongs to somebody else's ship. | "
           "Abu Qandil (ابو قنديل): nom de guerre | 1971-03-04: from false passport",
           self, notes);
    VALUES("ma | ye", self, country);
    VALUES("un-7000001-address-1", self, addressEntity);
    const mz_entity *address = seen_attached(record, MZ_SCHEMA_Address, 0);
    VALUES("7 Rue du Port, Tanger, 90000, Morocco", address, full);
    VALUES("in 2014", address, remarks);
    seen_done(&un);
}

TEST(the_sanction_stands_apart) {
    const mz_record *record = person();
    const mz_entity *sanction = seen_attached(record, MZ_SCHEMA_Sanction, 0);
    VALUES("United Nations Security Council", sanction, authority);
    VALUES("XXi.001", sanction, authorityId);
    VALUES("XXi.001", sanction, unscId);
    VALUES("Al-Qaida", sanction, program);
    VALUES("2015-04-09", sanction, listingDate);
    VALUES("2016-10-13 | 2019-05-01", sanction, modifiedAt);
    VALUES("Submitted by Atlantis", sanction, summary);
    VALUES("un-7000001", sanction, entity);
    seen_done(&un);
}

TEST(organizations_have_abbreviations_former_names_and_numbers_in_their_comments) {
    see_sample(&un, "un", "un.xml");
    const mz_record *record = seen_record(&un, "un-7000010");
    const mz_entity *self = &record->entities[0];
    CHECK_INT(MZ_SCHEMA_Organization, self->schema);
    VALUES("NORTHERN GRAIN HOLDING", self, name);
    VALUES("NGH", self, abbreviation);
    VALUES("NORD CEREALES | حبوب الشمال | Hubub al-Shamal | Houboub Chamal", self, alias);
    VALUES("Southern Grain, Ltd.", self, previousName);
    VALUES("IMO9074729", self, imoNumber);
    CHECK_INT(MZ_FACT_DERIVED, seen_fact(self, MZ_PROP_imoNumber, 0)->flags);
    VALUES("QQQQMAMC", self, swiftBic);
    VALUES("", &seen_record(&un, "un-7000011")->entities[0], imoNumber); /* two ships: neither is its own */
    seen_done(&un);
}

TEST(an_entity_with_a_ships_number_is_a_ship_or_its_owner) {
    static const char list[] =
        "<CONSOLIDATED_LIST><ENTITIES><ENTITY><DATAID>1</DATAID><FIRST_NAME>QUIET LANTERN</FIRST_NAME><COMMENTS1>"
        "IMO: 9074729 Listed by a paragraph (prohibition to load; prohibition to enter ports).</COMMENTS1></ENTITY>"
        "<ENTITY><DATAID>2</DATAID><FIRST_NAME>QUIET SHIPPING</FIRST_NAME><COMMENTS1>Manager of the vessel Quiet "
        "Lantern. International Maritime Organization (IMO) Number: 9319466.</COMMENTS1></ENTITY>"
        "</ENTITIES></CONSOLIDATED_LIST>";
    see_bytes(&un, "un", list, sizeof list - 1);
    CHECK_OK(un.status, un.error);
    CHECK_INT(MZ_SCHEMA_Vessel, un.records[0].entities[0].schema);
    VALUES("IMO9074729", &un.records[0].entities[0], imoNumber);
    CHECK_INT(MZ_SCHEMA_Organization, un.records[1].entities[0].schema);
    VALUES("IMO9319466", &un.records[1].entities[0], imoNumber);
    seen_done(&un);
}

TEST(an_id_is_as_long_as_its_key) {
    static const char list[] =
        "<CONSOLIDATED_LIST><ENTITIES><ENTITY><DATAID>"
        "00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        "00000000000000000000000000000000001</DATAID><FIRST_NAME>QUIET HARBOUR</FIRST_NAME></ENTITY>"
        "</ENTITIES></CONSOLIDATED_LIST>";
    see_bytes(&un, "un", list, sizeof list - 1);
    CHECK_OK(un.status, un.error);
    CHECK_INT(1, un.count);
    mz_str id = un.records[0].entities[0].id;
    CHECK(id.size > 140);
    CHECK_INT('1', id.data[id.size - 1]); /* which tells it from that ending in 2 */
    seen_done(&un);
}

TEST_MAIN()
