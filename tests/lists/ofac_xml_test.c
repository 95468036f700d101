/* What the reader of OFAC's XML makes of the sample in samples/ofac.xml. */
#include "seen.h"
#include "test.h"

static seen ofac;

#define VALUES(expected, entity, property)                                                                             \
    CHECK_STR(mz_str_of(expected), seen_values(&ofac, entity, MZ_PROP_##property))

static const mz_record *read_entry(const char *id) {
    see_sample(&ofac, "ofac-xml", "ofac.xml");
    CHECK_OK(ofac.status, ofac.error);
    return seen_record(&ofac, id);
}

TEST(the_file_says_how_many_entries_it_has) {
    see_sample(&ofac, NULL, "ofac.xml");
    CHECK_OK(ofac.status, ofac.error);
    CHECK_INT(6, ofac.report.stated_records);
    CHECK_INT(6, ofac.report.records);
    CHECK_INT(4, ofac.report.entities);
    CHECK_INT(1743120000, ofac.report.published); /* 28 March 2025, month first */
    CHECK_STR(MZ_STR("90005"), ofac.rejections[0].record);
    CHECK_STR(MZ_STR("NO NUMBER"), ofac.rejections[1].record);
    seen_done(&ofac);
}

TEST(a_person_has_parts_of_names_and_aliases_of_three_kinds) {
    const mz_record *record = read_entry("ofac-90001");
    const mz_entity *self = &record->entities[0];
    CHECK_STR(MZ_STR("90001"), record->reference);
    VALUES("Tarik Omar BENQUETTANE", self, name);
    CHECK_STR(MZ_STR("ggf"), seen_fact(self, MZ_PROP_name, 0)->roles);
    VALUES("Tarik Omar", self, firstName);
    VALUES("BENQUETTANE", self, lastName);
    VALUES("Tarek BEN KETTANE", self, alias);
    VALUES("ABU OMAR | ABU TAREK", self, weakAlias);
    CHECK_INT(MZ_NAME_WEAK_ALIAS, seen_fact(self, MZ_PROP_weakAlias, 0)->name_kind);
    CHECK_INT(MZ_NAME_PREVIOUS, seen_fact(self, MZ_PROP_weakAlias, 1)->name_kind); /* weak, and no longer used */
    VALUES("Tarik QETTANI", self, previousName);
    seen_done(&ofac);
}

TEST(numbers_and_notes_go_where_their_kind_belongs) {
    const mz_record *record = read_entry("ofac-90001");
    const mz_entity *self = &record->entities[0];
    VALUES("QX771204", self, passportNumber);
    VALUES("male", self, gender);
    VALUES("office@example.org", self, email);
    VALUES("G77 | K7788(9)", self, idNumber); /* the first of a kind that nobody has seen before */
    const mz_entity *passport = seen_attached(record, MZ_SCHEMA_Passport, 0);
    VALUES("2010-01-02", passport, startDate);
    VALUES("2020-01-01", passport, endDate);
    VALUES("ma", passport, country);
    const mz_entity *wallet = seen_attached(record, MZ_SCHEMA_CryptoWallet, 0);
    VALUES("1BoatSLRHtKNngkdXEeobR76b53LETtpyT", wallet, publicKey);
    VALUES("XBT", wallet, currency);
    const mz_entity *sanction = seen_attached(record, MZ_SCHEMA_Sanction, 0);
    VALUES("SDGT | IRAN", sanction, program);
    VALUES("Secondary sanctions risk: section 1(b) of an Executive Order", sanction, provisions);
    seen_done(&ofac);
}

TEST(the_rest_of_a_person) {
    const mz_record *record = read_entry("ofac-90001");
    const mz_entity *self = &record->entities[0];
    VALUES("1980-02-08 | 1979~", self, birthDate);
    VALUES("Safi, Morocco", self, birthPlace);
    VALUES("ma", self, birthCountry);
    VALUES("ma", self, nationality);
    VALUES("fr", self, citizenship);
    VALUES("ma | ye", self, country);
    VALUES("1 Quay, Agadir, 80000, Morocco | Rafah, Gaza", self, address);
    VALUES("Director of Ports", self, position);
    VALUES("President of the Assembly | Tax ID No. provisional", self, notes);
    seen_done(&ofac);
}

TEST(who_gave_a_number_out_stands_in_brackets_behind_it) {
    const mz_record *record = read_entry("ofac-90001");
    const mz_entity *self = &record->entities[0];
    VALUES("D4455", self, licenseNumber);
    VALUES("", self, taxNumber); /* "provisional" is none */
    const mz_entity *license = seen_attached(record, MZ_SCHEMA_Identification, 1);
    VALUES("D4455", license, number);
    VALUES("Casablanca", license, authority);
    VALUES("ma", license, country);
    seen_done(&ofac);
}

TEST(a_number_keeps_its_kind_unless_the_property_says_it) {
    const mz_record *record = read_entry("ofac-90001");
    const mz_entity *membership = seen_attached(record, MZ_SCHEMA_Identification, 0);
    VALUES("G77", membership, number);
    VALUES("Guild Membership No.", membership, type);
    seen_done(&ofac);
}

TEST(a_link_in_the_remarks_may_have_brackets_in_its_name) {
    const mz_record *record = read_entry("ofac-90001");
    const mz_entity *link = seen_attached(record, MZ_SCHEMA_UnknownLink, 0);
    const mz_entity *other = seen_attached(record, MZ_SCHEMA_LegalEntity, 0);
    VALUES("Linked To", link, role);
    VALUES("BLUE HARBOUR (HOLDING) LTD", other, name);
    CHECK_STR(other->id, mz_entity_first(link, MZ_PROP_object));
    seen_done(&ofac);
}

TEST(russian_and_international_numbers_are_known_by_their_check_digits) {
    const mz_record *record = read_entry("ofac-90002");
    const mz_entity *self = &record->entities[0];
    CHECK_INT(MZ_SCHEMA_Organization, self->schema);
    VALUES("7707083893", self, innCode);
    VALUES("1027700132195", self, ogrnCode);
    VALUES("529900T8BM49AURSDO55", self, leiCode);
    VALUES("", self, taxNumber);
    seen_done(&ofac);
}

TEST(ships_and_aircraft) {
    const mz_record *record = read_entry("ofac-90003");
    const mz_entity *ship = &record->entities[0];
    CHECK_INT(MZ_SCHEMA_Vessel, ship->schema);
    VALUES("IMO9074729", ship, imoNumber);
    VALUES("242123456", ship, mmsi);
    VALUES("CNAB1", ship, callSign);
    VALUES("Crude Oil Tanker", ship, type);
    VALUES("pa", ship, flag);
    VALUES("10000", ship, tonnage);
    VALUES("8000", ship, grossRegisteredTonnage);
    VALUES("BLUE HARBOUR LTD", seen_attached(record, MZ_SCHEMA_LegalEntity, 0), name);
    const mz_entity *aircraft = &seen_record(&ofac, "ofac-90004")->entities[0];
    CHECK_INT(MZ_SCHEMA_Airplane, aircraft->schema);
    VALUES("A300B4-605R", aircraft, model);
    seen_done(&ofac);
}

TEST_MAIN()
