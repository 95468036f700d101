/* The XML readers when memory runs out: every allocation of a reading fails in turn, and each failure is told as one:
 * no record is passed over in silence, nothing leaks, nothing crashes. */
#include "mizan/list.h"

#include "oom.h"
#include "test.h"

#include <stdio.h>

static mz_status count_records(void *context, const mz_record *record, mz_error *error) {
    (void)error;
    *(size_t *)context += record->entity_count;
    return MZ_OK;
}

static mz_status read_path(void *context, mz_error *error) {
    size_t entities = 0;
    mz_read_report report;
    mz_read_options options = {.record = count_records, .context = &entities};
    return mz_list_read(NULL, context, &options, &report, error);
}

TEST(a_failed_allocation_is_an_error_and_not_a_crash) {
    static const char *const samples[] = {"un.xml", "ofac.xml", "eu.xml", "canada-2025.xml"};
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        char path[4096];
        (void)snprintf(path, sizeof path, "%s/tests/lists/samples/%s", mz_test_source(), samples[i]);
        mz_test_case("%s", samples[i]);
        mz_oom_each(read_path, path);
    }
}

TEST_MAIN()
