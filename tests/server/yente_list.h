/* Two small invented lists whose records have what real ones have around them: sanctions, an address, a passport, a
 * relation to another listed entity, a relative who is only mentioned. */
#ifndef MIZAN_TEST_YENTE_LIST_H
#define MIZAN_TEST_YENTE_LIST_H

#include "entity/record.h"
#include "mizan/index.h"

/* A fact of an entity; those of one entity follow each other. */
typedef struct yente_row {
    const char *id;
    mz_schema schema;
    mz_property property;
    const char *value;
} yente_row;

static const yente_row yente_alpha_1[] = {
    {"alpha-1", MZ_SCHEMA_Person, MZ_PROP_name, "Zaynab Murjani"},
    {"alpha-1", MZ_SCHEMA_Person, MZ_PROP_alias, "زينب مرجاني"},
    {"alpha-1", MZ_SCHEMA_Person, MZ_PROP_birthDate, "circa 1970"},
    {"alpha-1", MZ_SCHEMA_Person, MZ_PROP_nationality, "Morocco"},
    {"alpha-1", MZ_SCHEMA_Person, MZ_PROP_passportNumber, "AB 123-456"},
    {"alpha-1", MZ_SCHEMA_Person, MZ_PROP_topics, "sanction"},
    {"alpha-1", MZ_SCHEMA_Person, MZ_PROP_modifiedAt, "2024-06-01"},
    {"alpha-1", MZ_SCHEMA_Person, MZ_PROP_addressEntity, "alpha-1-address-1"},
    {"alpha-1-sanction-1", MZ_SCHEMA_Sanction, MZ_PROP_entity, "alpha-1"},
    {"alpha-1-sanction-1", MZ_SCHEMA_Sanction, MZ_PROP_program, "Lanterns"},
    {"alpha-1-sanction-1", MZ_SCHEMA_Sanction, MZ_PROP_listingDate, "2020-03-04"},
    {"alpha-1-sanction-2", MZ_SCHEMA_Sanction, MZ_PROP_entity, "alpha-1"},
    {"alpha-1-sanction-2", MZ_SCHEMA_Sanction, MZ_PROP_program, "Compasses"},
    {"alpha-1-address-1", MZ_SCHEMA_Address, MZ_PROP_full, "7 Lantern Street, Fes"},
    {"alpha-1-document-1", MZ_SCHEMA_Passport, MZ_PROP_holder, "alpha-1"},
    {"alpha-1-document-1", MZ_SCHEMA_Passport, MZ_PROP_number, "AB 123-456"},
    {"alpha-1-link-1", MZ_SCHEMA_Ownership, MZ_PROP_owner, "alpha-1"},
    {"alpha-1-link-1", MZ_SCHEMA_Ownership, MZ_PROP_asset, "beta-1"},
    {"alpha-1-link-1", MZ_SCHEMA_Ownership, MZ_PROP_percentage, "51"},
    {"alpha-1-link-2", MZ_SCHEMA_Family, MZ_PROP_person, "alpha-1"},
    {"alpha-1-link-2", MZ_SCHEMA_Family, MZ_PROP_relative, "alpha-1-relative-1"},
    {"alpha-1-link-2", MZ_SCHEMA_Family, MZ_PROP_relationship, "sister"},
    {"alpha-1-link-3", MZ_SCHEMA_Family, MZ_PROP_person, "alpha-1"},
    {"alpha-1-link-3", MZ_SCHEMA_Family, MZ_PROP_relative, "nobody-holds-this"},
    {"alpha-1-relative-1", MZ_SCHEMA_Person, MZ_PROP_name, "Salma Murjani"},
    {NULL, MZ_SCHEMA_Thing, MZ_PROP_name, NULL},
};
static const yente_row yente_alpha_2[] = {
    {"alpha-2", MZ_SCHEMA_Person, MZ_PROP_name, "Karim Oulghazi"},
    {"alpha-2", MZ_SCHEMA_Person, MZ_PROP_birthDate, "1968 to 1972"},
    {"alpha-2", MZ_SCHEMA_Person, MZ_PROP_nationality, "dz"},
    {"alpha-2", MZ_SCHEMA_Person, MZ_PROP_topics, "role.pep"},
    {NULL, MZ_SCHEMA_Thing, MZ_PROP_name, NULL},
};
static const yente_row yente_beta_1[] = {
    {"beta-1", MZ_SCHEMA_Company, MZ_PROP_name, "Atlas Saffron Trading Company SARL"},
    {"beta-1", MZ_SCHEMA_Company, MZ_PROP_registrationNumber, "RC 55.44.21"},
    {"beta-1", MZ_SCHEMA_Company, MZ_PROP_jurisdiction, "ma"},
    {"beta-1", MZ_SCHEMA_Company, MZ_PROP_topics, "sanction"},
    {NULL, MZ_SCHEMA_Thing, MZ_PROP_name, NULL},
};
static const yente_row yente_beta_2[] = {
    {"beta-2", MZ_SCHEMA_LegalEntity, MZ_PROP_name, "Nahda Horizon 12"},
    {"beta-2", MZ_SCHEMA_LegalEntity, MZ_PROP_country, "dz"},
    {NULL, MZ_SCHEMA_Thing, MZ_PROP_name, NULL},
};
static const yente_row yente_beta_3[] = {
    {"beta-3", MZ_SCHEMA_Person, MZ_PROP_name, "Zaynab Murjani"},
    {"beta-3", MZ_SCHEMA_Person, MZ_PROP_gender, "female"},
    {"beta-3", MZ_SCHEMA_Person, MZ_PROP_topics, "sanction"},
    {"beta-3", MZ_SCHEMA_Person, MZ_PROP_topics, "crime"},
    {NULL, MZ_SCHEMA_Thing, MZ_PROP_name, NULL},
};

static inline mz_status yente_add(mz_index_builder *image, mz_builder *builder, const char *list, const yente_row *rows,
                                  mz_error *error) {
    const mz_record *record;
    unsigned entity = 0;
    mz_builder_start(builder, mz_str_of(list));
    mz_builder_reference(builder, mz_str_of(rows[0].id));
    for (size_t r = 0; rows[r].id; r++) {
        if (!r || strcmp(rows[r].id, rows[r - 1].id))
            entity = mz_builder_entity(builder, rows[r].schema, mz_str_of(rows[r].id), (mz_position){0});
        (void)mz_builder_add(builder, entity, rows[r].property, mz_str_of(rows[r].value), (mz_position){0});
    }
    mz_status status = mz_builder_finish(builder, &record, error);
    return status ? status : mz_index_builder_add(image, record, error);
}

static inline mz_status yente_image(const char *path, mz_error *error) {
    mz_index_builder *image = NULL;
    mz_builder *builder = NULL;
    mz_status status = mz_index_builder_new(path, &image, error);
    if (!status) status = mz_builder_new((size_t)1 << 20, MZ_DATE_DAY_FIRST, &builder, error);
    if (!status)
        status = mz_index_builder_list(image, MZ_STR("alpha"), MZ_STR("0123456789abcdef0123456789abcdef"), 1700000000,
                                       error);
    if (!status) status = yente_add(image, builder, "alpha", yente_alpha_1, error);
    if (!status) status = yente_add(image, builder, "alpha", yente_alpha_2, error);
    if (!status) status = mz_index_builder_list(image, MZ_STR("beta"), MZ_STR(""), 0, error);
    if (!status) status = yente_add(image, builder, "beta", yente_beta_1, error);
    if (!status) status = yente_add(image, builder, "beta", yente_beta_2, error);
    if (!status) status = yente_add(image, builder, "beta", yente_beta_3, error);
    if (!status) status = mz_index_builder_finish(image, error);
    mz_builder_free(builder);
    mz_index_builder_free(image);
    return status;
}

#endif
