/* "uk": the consolidated list of financial sanctions targets of the Office of Financial Sanctions Implementation,
 * ConList.csv. First a line "Last Updated,13/04/2018", then the header, then a row for each combination of a group's
 * values; the rows of a group need not stand together. Windows-1252 until about 2020, UTF-8 since.
 *
 * Two forms: that of 2018 (29 columns) and that of 2022 ("2022format", 36 columns), which gave passports, national
 * numbers, names in their own script and the quality of aliases columns of their own. The list was withdrawn on
 * 28 January 2026 in favour of the UK Sanctions List (uk_list.c); it is read for files kept from before.
 * Left out: the kind of script, which the name shows by itself, and Grp Status ("A", asset freeze, for all). */
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
    [MZ_UK_NAME_TYPE] = {"Alias Type", true},
    [MZ_UK_NAME_STRENGTH] = {"Alias Quality", false},
    [MZ_UK_TITLE] = {"Title", false},
    [MZ_UK_NAME_ORIGINAL] = {"Name Non-Latin Script", false},
    [MZ_UK_ORIGINAL_LANGUAGE] = {"Non-Latin Script Language", false},
    [MZ_UK_KIND] = {"Group Type", true},
    [MZ_UK_REGIME] = {"Regime", true},
    [MZ_UK_LISTED] = {"Listed On", false},
    [MZ_UK_DESIGNATED] = {"UK Sanctions List Date Designated|Date Designated", false},
    [MZ_UK_UPDATED] = {"Last Updated", false},
    [MZ_UK_GROUP_ID] = {"Group ID", true},
    [MZ_UK_UNIQUE_ID] = {"UK Sanctions List Ref", false},
    [MZ_UK_UN_REFERENCE] = {"UN Ref", false},
    [MZ_UK_SOURCE] = {"", false},
    [MZ_UK_IMPOSED] = {"Sanctions Imposed", false},
    [MZ_UK_OTHER_INFORMATION] = {"Other Information", false},
    [MZ_UK_REASONS] = {"UK Statement of Reasons", false},
    [MZ_UK_ADDRESS_1] = {"Address 1", false},
    [MZ_UK_ADDRESS_1 + 1] = {"Address 2", false},
    [MZ_UK_ADDRESS_1 + 2] = {"Address 3", false},
    [MZ_UK_ADDRESS_1 + 3] = {"Address 4", false},
    [MZ_UK_ADDRESS_1 + 4] = {"Address 5", false},
    [MZ_UK_ADDRESS_6] = {"Address 6", false},
    [MZ_UK_POSTCODE] = {"Post/Zip Code", false},
    [MZ_UK_COUNTRY] = {"Country", false},
    [MZ_UK_PHONE] = {"Phone Number", false},
    [MZ_UK_WEBSITE] = {"Website", false},
    [MZ_UK_EMAIL] = {"Email Address", false},
    [MZ_UK_BIRTH_DATE] = {"DOB", false},
    [MZ_UK_NATIONALITY] = {"Nationality", false},
    [MZ_UK_ID_NUMBER] = {"National Identification Number|NI Number", false},
    [MZ_UK_ID_DETAILS] = {"National Identification Details", false},
    [MZ_UK_PASSPORT_NUMBER] = {"Passport Number", false},
    [MZ_UK_PASSPORT_DETAILS] = {"Passport Details", false},
    [MZ_UK_POSITION] = {"Position", false},
    [MZ_UK_GENDER] = {"Gender", false},
    [MZ_UK_BIRTH_TOWN] = {"Town of Birth", false},
    [MZ_UK_BIRTH_COUNTRY] = {"Country of Birth", false},
    [MZ_UK_ENTITY_TYPE] = {"", false},
    [MZ_UK_SUBSIDIARIES] = {"", false},
    [MZ_UK_PARENT] = {"", false},
    [MZ_UK_BUSINESS_NUMBER] = {"", false},
    [MZ_UK_IMO] = {"", false},
    [MZ_UK_OWNER] = {"", false},
    [MZ_UK_OWNER_BEFORE] = {"", false},
    [MZ_UK_FLAG] = {"", false},
    [MZ_UK_FLAGS_BEFORE] = {"", false},
    [MZ_UK_SHIP_TYPE] = {"", false},
    [MZ_UK_TONNAGE] = {"", false},
    [MZ_UK_LENGTH] = {"", false},
    [MZ_UK_BUILT] = {"", false},
    [MZ_UK_HULL_NUMBER] = {"", false},
};

static bool looks_like(mz_str first_bytes, const char *path) {
    (void)path;
    return mz_contains(first_bytes, "Name 6") && mz_contains(first_bytes, "Group Type") &&
           mz_contains(first_bytes, "Group ID") && !mz_contains(first_bytes, "Unique ID");
}

static mz_status read_ofsi(mz_reading *reading) {
    const mz_uk_form form = {
        .columns = columns, .key = MZ_UK_GROUP_ID, .authority = MZ_STR("Office of Financial Sanctions Implementation")};
    return mz_uk_read(reading, &form);
}

const mz_list_format mz_format_uk = {
    .name = "uk",
    .title = "United Kingdom, OFSI consolidated list (until January 2026), CSV",
    .usual_list = "uk",
    .dates = MZ_DATE_DAY_FIRST,
    .looks_like = looks_like,
    .read = read_ofsi,
};
