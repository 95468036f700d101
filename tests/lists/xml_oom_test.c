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

typedef struct whole {
    const char *path;
    size_t entities;
    uint64_t rejected;
} whole;

/* What memory does not suffice for ends the reading; nothing is rejected for it, as if it were wrong. */
static mz_status read_path(void *context, mz_error *error) {
    const whole *list = context;
    size_t entities = 0;
    mz_read_report report;
    mz_read_options options = {.record = count_records, .context = &entities};
    mz_status status = mz_list_read(NULL, list->path, &options, &report, error);
    bool lost = !status && (entities != list->entities || report.rejected != list->rejected);
    return lost ? MZ_ERR_INPUT : status;
}

TEST(a_failed_allocation_is_an_error_and_not_a_crash) {
    static const char *const samples[] = {"un.xml", "ofac.xml", "eu.xml", "canada-2025.xml"};
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        char path[4096];
        (void)snprintf(path, sizeof path, "%s/tests/lists/samples/%s", mz_test_source(), samples[i]);
        mz_test_case("%s", samples[i]);
        whole list = {.path = path};
        mz_read_report report;
        mz_error error;
        mz_read_options options = {.record = count_records, .context = &list.entities};
        CHECK_OK(mz_list_read(NULL, path, &options, &report, &error), error);
        list.rejected = report.rejected;
        mz_oom_each(read_path, &list);
    }
}

TEST_MAIN()
