/* What all readers share. */
#include "lists/reader.h"
#include "test.h"

static mz_status keep_rejection(void *context, const mz_rejection *rejection, mz_error *error) {
    (void)error;
    *(mz_position *)context = rejection->at;
    CHECK_STR(MZ_STR("own-7"), rejection->record);
    CHECK(strstr(rejection->reason.data, "outgrew") != NULL);
    return MZ_OK;
}

TEST(a_record_over_its_ceiling_is_rejected_by_name_and_line) {
    static char note[100000];
    mz_position rejected = {0};
    mz_error error;
    mz_read_report report = {0};
    const mz_read_options options = {.rejected = keep_rejection, .context = &rejected};
    mz_reading reading = {
        .options = &options, .path = "list.csv", .list = MZ_STR("own"), .report = &report, .error = &error};
    CHECK_OK(mz_builder_new(64 * 1024, MZ_DATE_DAY_FIRST, &reading.builder, &error), error);
    mz_builder_start(reading.builder, reading.list);
    mz_builder_entity(reading.builder, MZ_SCHEMA_Person, MZ_STR("own-7"), (mz_position){.line = 41, .column = 2});
    memset(note, 'a', sizeof note);
    mz_builder_add(reading.builder, 0, MZ_PROP_notes, (mz_str){note, sizeof note}, (mz_position){.line = 99});
    CHECK_OK(mz_reading_emit(&reading), error);
    CHECK_INT(41, rejected.line);
    CHECK_INT(2, rejected.column);
    CHECK_INT(1, report.rejected);
    CHECK_INT(1, report.records);
    mz_builder_free(reading.builder);
}

TEST(a_list_is_of_the_latest_day_that_it_states) {
    mz_read_report report = {0};
    mz_reading reading = {.report = &report};
    mz_reading_published(&reading, MZ_STR("02/01/1970"), MZ_DATE_DAY_FIRST);
    CHECK_INT(86400, report.published);
    mz_reading_published(&reading, MZ_STR("01/03/1970"), MZ_DATE_MONTH_FIRST);
    CHECK_INT(2 * 86400, report.published);
    mz_reading_published(&reading, MZ_STR("1970-01-02"), MZ_DATE_DAY_FIRST);
    mz_reading_published(&reading, MZ_STR("soon"), MZ_DATE_DAY_FIRST);
    CHECK_INT(2 * 86400, report.published);
}

TEST_MAIN()
