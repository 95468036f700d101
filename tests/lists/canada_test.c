/* What the reader of the Canadian list makes of the samples of both generations. */
#include "seen.h"
#include "test.h"

static seen canada;

#define VALUES(expected, entity, property)                                                                             \
    CHECK_STR(mz_str_of(expected), seen_values(&canada, entity, MZ_PROP_##property))

TEST(ids_are_made_of_country_schedule_and_item) {
    see_sample(&canada, NULL, "canada-2020.xml");
    CHECK_OK(canada.status, canada.error);
    CHECK_INT(4, canada.report.entities);
    CHECK_STR(MZ_STR("canada-burma-1-1"), canada.records[0].entities[0].id);
    CHECK_STR(MZ_STR("canada-iran-1-part-2-7"), canada.records[1].entities[0].id);
    CHECK_STR(MZ_STR("iran-1-part-2-7"), canada.records[1].reference);
    /* regulations with a sentence for a name; a second record with the same three */
    CHECK_STR(MZ_STR("canada-jvcfor-3"), canada.records[2].entities[0].id);
    CHECK_STR(MZ_STR("canada-jvcfor-3-2"), canada.records[3].entities[0].id);
    seen_done(&canada);
}

TEST(a_copy_never_takes_an_id_that_another_record_has) {
    static const char list[] =
        "<data-set><record><Country>Iran</Country><Entity>A</Entity><Item>1</Item></record>"
        "<record><Country>Iran</Country><Entity>B</Entity><Schedule>1</Schedule><Item>2</Item></record>"
        "<record><Country>Iran</Country><Entity>C</Entity><Item>1</Item></record></data-set>";
    see_bytes(&canada, "canada", list, sizeof list - 1);
    CHECK_OK(canada.status, canada.error);
    CHECK_STR(MZ_STR("canada-iran-1"), canada.records[0].entities[0].id);
    CHECK_STR(MZ_STR("canada-iran-1-2"), canada.records[1].entities[0].id);
    CHECK_STR(MZ_STR("canada-iran-1-3"), canada.records[2].entities[0].id);
    seen_done(&canada);
}

TEST(commas_before_legal_forms_do_not_separate_aliases) {
    see_sample(&canada, "canada", "canada-2020.xml");
    const mz_entity *self = &seen_record(&canada, "canada-burma-1-1")->entities[0];
    CHECK_INT(MZ_SCHEMA_Organization, self->schema);
    VALUES("Pagoda River, Ltd. | Pagoda Transport Co., Ltd. | PRT Boats", self, alias);
    seen_done(&canada);
}

TEST(names_in_two_languages_stand_with_a_slash) {
    see_sample(&canada, "canada", "canada-2020.xml");
    const mz_entity *self = &seen_record(&canada, "canada-iran-1-part-2-7")->entities[0];
    VALUES("Institute of Quiet Physics", self, name);
    VALUES("IQP", self, abbreviation);
    VALUES("Institut de physique tranquille", self, alias);
    CHECK_STR(MZ_STR("fr"), seen_fact(self, MZ_PROP_alias, 0)->language);
    seen_done(&canada);
}

TEST(people_of_the_older_file) {
    see_sample(&canada, "canada", "canada-2020.xml");
    const mz_entity *self = &seen_record(&canada, "canada-jvcfor-3")->entities[0];
    CHECK_INT(MZ_SCHEMA_Person, self->schema);
    VALUES("Marceline OKONJO-BALDÉ", self, name);
    CHECK_STR(MZ_STR("gf"), seen_fact(self, MZ_PROP_name, 0)->roles);
    VALUES("Major General", self, title);
    VALUES("1972-08-10 | 1972-08-11", self, birthDate);
    VALUES("Marceline Baldé", self, alias);
    VALUES("Marcelle", self, weakAlias); /* one word alone is a part of a name */
    seen_done(&canada);
}

TEST(aliases_of_the_newer_file_say_their_language) {
    see_sample(&canada, "canada", "canada-2025.xml");
    CHECK_OK(canada.status, canada.error);
    CHECK_INT(5, canada.report.records);
    CHECK_INT(2, canada.report.rejected);
    const mz_entity *self = &seen_record(&canada, "canada-belarus-1-part-1-1")->entities[0];
    VALUES("Lubamir ZABALOTSKI | Любамiр Рыгоравiч ЗАБАЛОЦКI | Любомир Григорьевич ЗАБОЛОЦКИЙ", self, alias);
    CHECK_STR(MZ_STR("be"), seen_fact(self, MZ_PROP_alias, 1)->language);
    CHECK_STR(MZ_STR("ru"), seen_fact(self, MZ_PROP_alias, 2)->language);
    seen_done(&canada);
}

TEST(a_line_break_is_inside_an_alias_unless_the_language_changes) {
    static const char list[] =
        "<data-set><record><Country>Iran</Country><EntityOrShip>Quiet Rivers</EntityOrShip><Aliases>"
        "Quiet Rivers Company\nLimited, Акционерное общество\n«Тихая\nрека»; Rivers,\nLtd.\n"
        "Arabic: الأنهار الهادئة</Aliases><Item>1</Item></record>"
        "<record><Country>Iran</Country><LastName>Fictif</LastName><Aliases>"
        "Omar\nFICTIF, Omar Fiktif\nعمر فيكتيف</Aliases><Item>2</Item></record></data-set>";
    see_bytes(&canada, "canada", list, sizeof list - 1);
    CHECK_OK(canada.status, canada.error);
    const mz_entity *self = &canada.records[0].entities[0];
    VALUES("Quiet Rivers Company Limited | Акционерное общество «Тихая река» | Rivers, Ltd. | الأنهار الهادئة", self,
           alias);
    CHECK_STR(MZ_STR("ar"), seen_fact(self, MZ_PROP_alias, 3)->language);
    self = &canada.records[1].entities[0];
    VALUES("Omar FICTIF | Omar Fiktif | عمر فيكتيف", self, alias);
    VALUES("", self, weakAlias);
    seen_done(&canada);
}

TEST(ships) {
    see_sample(&canada, "canada", "canada-2025.xml");
    const mz_record *record = seen_record(&canada, "canada-russia-1-1-2");
    const mz_entity *ship = &record->entities[0];
    CHECK_INT(MZ_SCHEMA_Vessel, ship->schema);
    VALUES("IMO9074729", ship, imoNumber);
    VALUES("Oil Tanker", ship, type);
    VALUES("1994", ship, buildDate);
    const mz_entity *sanction = seen_attached(record, MZ_SCHEMA_Sanction, 0);
    VALUES("Russia", sanction, program);
    VALUES("ru", sanction, country);
    VALUES("1.1", sanction, provisions);
    VALUES("2025-02-21", sanction, listingDate);
    seen_done(&canada);
}

TEST_MAIN()
