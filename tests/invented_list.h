/* A small list of invented persons, firms and ships, for tests and fuzz targets that need an image to screen against.
 * Each record is one row: what it tests stands beside it. */
#ifndef MIZAN_TEST_INVENTED_LIST_H
#define MIZAN_TEST_INVENTED_LIST_H

#include "entity/record.h"
#include "mizan/index.h"
#include "mizan/update.h"

enum { INVENTED_FACTS_MOST = 10 };

typedef struct invented_record {
    const char *id;
    mz_schema schema;
    struct {
        mz_property property;
        const char *value;
    } facts[INVENTED_FACTS_MOST];
} invented_record;

static const invented_record invented_list[] = {
    {"inv-01",
     MZ_SCHEMA_Person,
     {{MZ_PROP_name, "Zaynab Murjani"},
      {MZ_PROP_alias, "زينب مرجاني"},
      {MZ_PROP_weakAlias, "Umm Lantern"},
      {MZ_PROP_birthDate, "1970-05-01"},
      {MZ_PROP_nationality, "Morocco"},
      {MZ_PROP_gender, "female"},
      {MZ_PROP_birthPlace, "Fes, Morocco"},
      {MZ_PROP_address, "7 Lantern Street, Fes"},
      {MZ_PROP_passportNumber, "AB 123-456"}}},
    {"inv-02",
     MZ_SCHEMA_Person,
     {{MZ_PROP_name, "Karim Oulghazi"},
      {MZ_PROP_alias, "Карим Улгази"},
      {MZ_PROP_birthDate, "1985"},
      {MZ_PROP_nationality, "dz"},
      {MZ_PROP_nationality, "fr"},
      {MZ_PROP_topics, "sanction"},
      {MZ_PROP_topics, "role.pep"},
      {MZ_PROP_createdAt, "2019-04"}}},
    {"inv-03", MZ_SCHEMA_Person, {{MZ_PROP_name, "Боримир Щедрогоров"}, {MZ_PROP_birthDate, "circa 1962"}}},
    {"inv-04", MZ_SCHEMA_Person, {{MZ_PROP_name, "欧阳拓霖"}, {MZ_PROP_alias, "Ouyang Tuolin"}}},
    {"inv-05", MZ_SCHEMA_Person, {{MZ_PROP_name, "Dr A. Qasmouri"}, {MZ_PROP_name, "Abd al-Rahman ibn Qasmouri"}}},
    {"inv-06",
     MZ_SCHEMA_Company,
     {{MZ_PROP_name, "Atlas Saffron Trading Company SARL"},
      {MZ_PROP_alias, "شركة زعفران الأطلس"},
      {MZ_PROP_registrationNumber, "RC 55.44.21"},
      {MZ_PROP_jurisdiction, "ma"},
      {MZ_PROP_topics, "sanction"}}},
    /* two ships of one name: only the number tells them apart */
    {"inv-07", MZ_SCHEMA_Vessel, {{MZ_PROP_name, "Sea Lantern"}, {MZ_PROP_imoNumber, "IMO 1234567"}}},
    {"inv-08", MZ_SCHEMA_Vessel, {{MZ_PROP_name, "Sea Lantern"}, {MZ_PROP_imoNumber, "9074729"}}},
    {"inv-09", MZ_SCHEMA_LegalEntity, {{MZ_PROP_name, "Nahda Horizon 12"}}},
    {"inv-10", MZ_SCHEMA_Organization, {{MZ_PROP_name, "Front of the Blue Lanterns"}, {MZ_PROP_abbreviation, "FBL"}}},
    /* ties, added in the order that is not theirs by id */
    {"inv-12", MZ_SCHEMA_Person, {{MZ_PROP_name, "Idris Benzahi"}}},
    {"inv-11", MZ_SCHEMA_Person, {{MZ_PROP_name, "Idris Benzahi"}}},
    /* a number and no name; nothing at all; a name without a letter; what is not screened for */
    {"inv-13", MZ_SCHEMA_Person, {{MZ_PROP_passportNumber, "ZZ777888"}}},
    {"inv-14", MZ_SCHEMA_Person, {{MZ_PROP_name, NULL}}},
    {"inv-15", MZ_SCHEMA_Person, {{MZ_PROP_name, "???"}}},
    {"inv-16", MZ_SCHEMA_Address, {{MZ_PROP_full, "7 Lantern Street, Fes"}}},
};
enum { INVENTED_RECORDS = sizeof invented_list / sizeof invented_list[0] };

/* The record of a row, the builder's until its next start. */
static inline mz_status invented_build(const invented_record *row, mz_builder *builder, const mz_record **ret_record,
                                       mz_error *error) {
    mz_builder_start(builder, MZ_STR("invented"));
    mz_builder_reference(builder, mz_str_of(row->id + 4));
    (void)mz_builder_entity(builder, row->schema, mz_str_of(row->id), (mz_position){0});
    for (size_t f = 0; f < INVENTED_FACTS_MOST && row->facts[f].value; f++)
        (void)mz_builder_add(builder, 0, row->facts[f].property, mz_str_of(row->facts[f].value),
                             (mz_position){.line = (uint32_t)f + 1});
    return mz_builder_finish(builder, ret_record, error);
}

static inline mz_status invented_add_all(mz_index_builder *image, mz_builder *builder, mz_error *error) {
    mz_status status = mz_index_builder_list(image, MZ_STR("invented"), MZ_STR("v1"), 1700000000, error);
    for (size_t i = 0; i < INVENTED_RECORDS && !status; i++) {
        const mz_record *record;
        status = invented_build(&invented_list[i], builder, &record, error);
        if (!status) status = mz_index_builder_add(image, record, error);
    }
    return status;
}

/* Makes the image of the whole list. */
static inline mz_status invented_image(const char *path, mz_error *error) {
    mz_index_builder *image = NULL;
    mz_builder *builder = NULL;
    mz_status status = mz_index_builder_new(path, &image, error);
    if (!status) status = mz_builder_new((size_t)1 << 20, MZ_DATE_DAY_FIRST, &builder, error);
    if (!status) status = invented_add_all(image, builder, error);
    if (!status) status = mz_index_builder_finish(image, error);
    mz_builder_free(builder);
    mz_index_builder_free(image);
    return status;
}

/* Changes it: the first record is gone, the second is told otherwise, one is new. */
static inline mz_status invented_update(const char *path, mz_error *error) {
    static const invented_record changed[] = {
        {"inv-02", MZ_SCHEMA_Person, {{MZ_PROP_name, "Karim Oulghazi"}, {MZ_PROP_passportNumber, "XK 765-432"}}},
        {"inv-20", MZ_SCHEMA_Person, {{MZ_PROP_name, "Zaynab Benzahi"}, {MZ_PROP_passportNumber, "AB 123-456"}}},
    };
    mz_index_update *update = NULL;
    mz_index_update_facts facts;
    mz_builder *builder = NULL;
    mz_status status = mz_index_update_new(path, &update, error);
    if (!status) status = mz_builder_new((size_t)1 << 20, MZ_DATE_DAY_FIRST, &builder, error);
    if (!status) status = mz_index_update_begin(update, MZ_STR("invented"), error);
    for (size_t i = 1; i <= INVENTED_RECORDS && !status; i++) {
        const mz_record *record;
        const invented_record *row = i == 1 ? &changed[0] : i < INVENTED_RECORDS ? &invented_list[i] : &changed[1];
        status = invented_build(row, builder, &record, error);
        if (!status) status = mz_index_update_add(update, record, error);
    }
    if (!status) status = mz_index_update_end(update, MZ_STR("v2"), 1700000000, error);
    if (!status) status = mz_index_update_finish(update, &facts, error);
    mz_builder_free(builder);
    mz_index_update_free(update);
    return status;
}

#endif
