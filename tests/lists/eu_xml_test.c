/* What the reader of the European Union's XML makes of the sample in samples/eu.xml. */
#include "seen.h"
#include "test.h"

static seen eu;

#define VALUES(expected, entity, property) CHECK_STR(mz_str_of(expected), seen_values(&eu, entity, MZ_PROP_##property))

static const mz_record *read_entity(const char *id) {
    see_sample(&eu, "eu-xml", "eu.xml");
    CHECK_OK(eu.status, eu.error);
    return seen_record(&eu, id);
}

TEST(every_entity_is_handed_over_or_named) {
    see_sample(&eu, NULL, "eu.xml");
    CHECK_OK(eu.status, eu.error);
    CHECK_INT(4, eu.report.records);
    CHECK_INT(2, eu.report.entities);
    CHECK_INT(1771681194, eu.report.published); /* 2026-02-21T14:39:54+01:00 */
    CHECK_STR(MZ_STR("EU.93.33"), eu.rejections[0].record);
    seen_done(&eu);
}

TEST(the_first_strong_name_is_the_primary_one) {
    const mz_record *record = read_entity("eu-9101");
    const mz_entity *self = &record->entities[0];
    CHECK_STR(MZ_STR("EU.91.11"), record->reference);
    CHECK_INT(MZ_SCHEMA_Person, self->schema);
    VALUES("Idir Amazigh Tamzalit", self, name);
    CHECK_STR(MZ_STR("gmf"), seen_fact(self, MZ_PROP_name, 0)->roles);
    VALUES("إيدير تمزاليت | Идир Тамзалит", self, alias);
    CHECK_STR(MZ_STR("ar"), seen_fact(self, MZ_PROP_alias, 0)->language);
    CHECK_INT(MZ_NAME_ORIGINAL_SCRIPT, seen_fact(self, MZ_PROP_alias, 1)->name_kind);
    VALUES("The Tide | Abu Idir", self, weakAlias); /* by attribute, and by remark */
    VALUES("Minister of Tides | Mayor", self, position);
    VALUES("Dr.", self, title);
    VALUES("male", self, gender);
    seen_done(&eu);
}

TEST(birth_dates_come_in_four_forms) {
    const mz_record *record = read_entity("eu-9101");
    VALUES("1960-04-10 | 1961~ | 1958/1962 | 1959-07", &record->entities[0], birthDate);
    VALUES("Béjaïa", &record->entities[0], birthPlace);
    VALUES("dz", &record->entities[0], birthCountry);
    VALUES("dz", &record->entities[0], citizenship);
    seen_done(&eu);
}

TEST(addresses_bring_telephones_and_mail) {
    const mz_record *record = read_entity("eu-9101");
    const mz_entity *address = seen_attached(record, MZ_SCHEMA_Address, 0);
    VALUES("3 Rue des Marins, 77, Alger, 16000, ALGERIA", address, full);
    VALUES("77", address, postOfficeBox);
    VALUES("last known", address, remarks);
    VALUES("+21321000001 | +21321000002", &record->entities[0], phone);
    VALUES("idir@example.org", &record->entities[0], email);
    seen_done(&eu);
}

TEST(papers_say_what_is_known_of_them) {
    const mz_record *record = read_entity("eu-9101");
    const mz_entity *passport = seen_attached(record, MZ_SCHEMA_Passport, 0);
    VALUES("QX000111", passport, number);
    VALUES("diplomatic; known to be expired; in the name of I. Tamzalit", passport, remarks);
    VALUES("2001-02-03", passport, startDate);
    VALUES("QX000111", &record->entities[0], passportNumber);
    seen_done(&eu);
}

TEST(each_programme_is_a_sanction) {
    const mz_record *record = read_entity("eu-9101");
    const mz_entity *sanction = seen_attached(record, MZ_SCHEMA_Sanction, 0);
    VALUES("TAQA", sanction, program);
    VALUES("EU.91.11", sanction, authorityId);
    VALUES("XXi.007", sanction, unscId);
    VALUES("2018/000 (OJ L00)", sanction, provisions);
    VALUES("2014-02-03 | 2018-02-17", sanction, startDate);
    VALUES("https://example.org/regulation?uri=1&from=EN", sanction, sourceUrl);
    const mz_record *firm = seen_record(&eu, "eu-9202");
    CHECK_INT(2, seen_attached_count(firm, MZ_SCHEMA_Sanction));
    VALUES("EU.92.22", seen_attached(firm, MZ_SCHEMA_Sanction, 0), authorityId);
    VALUES("RUSDA", seen_attached(firm, MZ_SCHEMA_Sanction, 1), program);
    seen_done(&eu);
}

TEST(numbers_of_organizations) {
    const mz_entity *self = &read_entity("eu-9202")->entities[0];
    CHECK_INT(MZ_SCHEMA_Organization, self->schema);
    VALUES("Großes Werk für Maßstäbe", self, name);
    CHECK_STR(MZ_STR("de"), seen_fact(self, MZ_PROP_name, 0)->language);
    VALUES("529900T8BM49AURSDO55", self, leiCode);
    VALUES("IMO9074729", self, imoNumber);
    VALUES("shipyard", self, notes);
    seen_done(&eu);
}

TEST_MAIN()
