/* What the two British lists have in common: a table with a row for each combination of a record's names, dates,
 * addresses and numbers, the record being known by a key. The formats differ in the names of their columns and in the
 * key; a column that one of them lacks reads as empty. */
#ifndef MIZAN_LISTS_UK_ROWS_H
#define MIZAN_LISTS_UK_ROWS_H

#include "lists/csv.h"
#include "lists/reader.h"

enum mz_uk_column {
    MZ_UK_NAME_1, /* 1 to 5: given and middle names */
    MZ_UK_NAME_5 = MZ_UK_NAME_1 + 4,
    MZ_UK_NAME_6, /* family name, or the name of an entity or ship */
    MZ_UK_NAME_TYPE,
    MZ_UK_NAME_STRENGTH,
    MZ_UK_TITLE,
    MZ_UK_NAME_ORIGINAL,
    MZ_UK_ORIGINAL_LANGUAGE,
    MZ_UK_KIND,
    MZ_UK_REGIME,
    MZ_UK_LISTED,
    MZ_UK_DESIGNATED,
    MZ_UK_UPDATED,
    MZ_UK_GROUP_ID,
    MZ_UK_UNIQUE_ID,
    MZ_UK_UN_REFERENCE,
    MZ_UK_SOURCE,
    MZ_UK_IMPOSED,
    MZ_UK_OTHER_INFORMATION,
    MZ_UK_REASONS,
    MZ_UK_ADDRESS_1,
    MZ_UK_ADDRESS_6 = MZ_UK_ADDRESS_1 + 5,
    MZ_UK_POSTCODE,
    MZ_UK_COUNTRY,
    MZ_UK_PHONE,
    MZ_UK_WEBSITE,
    MZ_UK_EMAIL,
    MZ_UK_BIRTH_DATE,
    MZ_UK_NATIONALITY,
    MZ_UK_ID_NUMBER,
    MZ_UK_ID_DETAILS,
    MZ_UK_PASSPORT_NUMBER,
    MZ_UK_PASSPORT_DETAILS,
    MZ_UK_POSITION,
    MZ_UK_GENDER,
    MZ_UK_BIRTH_TOWN,
    MZ_UK_BIRTH_COUNTRY,
    MZ_UK_ENTITY_TYPE,
    MZ_UK_SUBSIDIARIES,
    MZ_UK_PARENT,
    MZ_UK_BUSINESS_NUMBER,
    MZ_UK_IMO,
    MZ_UK_OWNER,
    MZ_UK_OWNER_BEFORE,
    MZ_UK_FLAG,
    MZ_UK_FLAGS_BEFORE,
    MZ_UK_SHIP_TYPE,
    MZ_UK_TONNAGE,
    MZ_UK_LENGTH,
    MZ_UK_BUILT,
    MZ_UK_HULL_NUMBER,
    MZ_UK_COLUMN_COUNT
};

typedef struct mz_uk_form {
    const mz_csv_column *columns; /* MZ_UK_COLUMN_COUNT of them; an empty name is a column that the form lacks */
    enum mz_uk_column key;        /* GROUP_ID or UNIQUE_ID */
    mz_str authority;
} mz_uk_form;

mz_status mz_uk_read(mz_reading *reading, const mz_uk_form *form);

#endif
