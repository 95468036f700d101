/* "uk-list": the UK Sanctions List of the Foreign, Commonwealth and Development Office, UK-Sanctions-List.csv; since
 * 28 January 2026 the only British list. First a line "Report Date: 13-Feb-2026", then a header of 58 columns, then a
 * row for each combination of a record's values; several values in a field are separated by '|'.
 * Left out: the kind of script (the name shows it). */
#include "base/ascii.h"
#include "lists/formats.h"
#include "lists/prose.h"
#include "lists/uk_rows.h"

static const mz_csv_column columns[MZ_UK_COLUMN_COUNT] = {
    [MZ_UK_NAME_1] = {"Name 1", false},
    [MZ_UK_NAME_1 + 1] = {"Name 2", false},
    [MZ_UK_NAME_1 + 2] = {"Name 3", false},
    [MZ_UK_NAME_1 + 3] = {"Name 4", false},
    [MZ_UK_NAME_5] = {"Name 5", false},
    [MZ_UK_NAME_6] = {"Name 6", true},
    [MZ_UK_NAME_TYPE] = {"Name type", true},
    [MZ_UK_NAME_STRENGTH] = {"Alias strength", false},
    [MZ_UK_TITLE] = {"Title", false},
    [MZ_UK_NAME_ORIGINAL] = {"Name non-latin script", false},
    [MZ_UK_ORIGINAL_LANGUAGE] = {"Non-latin script language", false},
    [MZ_UK_KIND] = {"Designation Type|Individual, Entity, Ship", true},
    [MZ_UK_REGIME] = {"Regime Name", true},
    [MZ_UK_LISTED] = {"Date Designated", false},
    [MZ_UK_DESIGNATED] = {"", false},
    [MZ_UK_UPDATED] = {"Last Updated", false},
    [MZ_UK_GROUP_ID] = {"OFSI Group ID", false},
    [MZ_UK_UNIQUE_ID] = {"Unique ID", true},
    [MZ_UK_UN_REFERENCE] = {"UN Reference Number", false},
    [MZ_UK_SOURCE] = {"Designation source", false},
    [MZ_UK_IMPOSED] = {"Sanctions Imposed", false},
    [MZ_UK_OTHER_INFORMATION] = {"Other Information", false},
    [MZ_UK_REASONS] = {"UK Statement of Reasons", false},
    [MZ_UK_ADDRESS_1] = {"Address Line 1", false},
    [MZ_UK_ADDRESS_1 + 1] = {"Address Line 2", false},
    [MZ_UK_ADDRESS_1 + 2] = {"Address Line 3", false},
    [MZ_UK_ADDRESS_1 + 3] = {"Address Line 4", false},
    [MZ_UK_ADDRESS_1 + 4] = {"Address Line 5", false},
    [MZ_UK_ADDRESS_6] = {"Address Line 6", false},
    [MZ_UK_POSTCODE] = {"Address Postal Code", false},
    [MZ_UK_COUNTRY] = {"Address Country", false},
    [MZ_UK_PHONE] = {"Phone number", false},
    [MZ_UK_WEBSITE] = {"Website", false},
    [MZ_UK_EMAIL] = {"Email address", false},
    [MZ_UK_BIRTH_DATE] = {"D.O.B|DOB", false},
    [MZ_UK_NATIONALITY] = {"Nationality(/ies)|Nationality", false},
    [MZ_UK_ID_NUMBER] = {"National Identifier number", false},
    [MZ_UK_ID_DETAILS] = {"National Identifier additional information", false},
    [MZ_UK_PASSPORT_NUMBER] = {"Passport number", false},
    [MZ_UK_PASSPORT_DETAILS] = {"Passport additional information", false},
    [MZ_UK_POSITION] = {"Position", false},
    [MZ_UK_GENDER] = {"Gender", false},
    [MZ_UK_BIRTH_TOWN] = {"Town of birth", false},
    [MZ_UK_BIRTH_COUNTRY] = {"Country of birth", false},
    [MZ_UK_ENTITY_TYPE] = {"Type of entity", false},
    [MZ_UK_SUBSIDIARIES] = {"Subsidiaries", false},
    [MZ_UK_PARENT] = {"Parent company", false},
    [MZ_UK_BUSINESS_NUMBER] = {"Business registration number (s)|Business registration number", false},
    [MZ_UK_IMO] = {"IMO number", false},
    [MZ_UK_OWNER] = {"Current owner/operator (s)|Current owner/operator", false},
    [MZ_UK_OWNER_BEFORE] = {"Previous owner/operator (s)|Previous owner/operator", false},
    [MZ_UK_FLAG] = {"Current believed flag of ship", false},
    [MZ_UK_FLAGS_BEFORE] = {"Previous flags", false},
    [MZ_UK_SHIP_TYPE] = {"Type of ship", false},
    [MZ_UK_TONNAGE] = {"Tonnage of ship", false},
    [MZ_UK_LENGTH] = {"Length of ship", false},
    [MZ_UK_BUILT] = {"Year Built", false},
    [MZ_UK_HULL_NUMBER] = {"Hull identification number (HIN)|HIN", false},
};

static bool looks_like(mz_str first_bytes, const char *path) {
    (void)path;
    return mz_contains(first_bytes, "Unique ID") && mz_contains(first_bytes, "Name 6") &&
           mz_contains(first_bytes, "Regime Name");
}

static mz_status read_uk_list(mz_reading *reading) {
    const mz_uk_form form = {
        .columns = columns, .key = MZ_UK_UNIQUE_ID, .authority = MZ_STR("Foreign, Commonwealth & Development Office")};
    return mz_uk_read(reading, &form);
}

const mz_list_format mz_format_uk_list = {
    .name = "uk-list",
    .title = "United Kingdom, UK Sanctions List (FCDO), CSV",
    .usual_list = "uk-list",
    .dates = MZ_DATE_DAY_FIRST,
    .looks_like = looks_like,
    .read = read_uk_list,
};
