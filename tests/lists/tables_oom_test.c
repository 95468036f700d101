/* The tables when memory runs out: every allocation of a reading fails in turn. */
#include "mizan/list.h"

#include "oom.h"
#include "test.h"

#include <stdio.h>

/* A record that memory did not suffice for ends the reading: it is neither handed over with facts missing nor rejected,
 * as if there were something wrong with it. */
static mz_status count_facts(void *context, const mz_record *record, mz_error *error) {
    (void)error;
    for (size_t i = 0; i < record->entity_count; i++) *(size_t *)context += record->entities[i].fact_count;
    return MZ_OK;
}

typedef struct reading {
    const char *path;
    size_t facts; /* of a whole reading */
} reading;

static mz_status read_path(void *context, mz_error *error) {
    const reading *one = context;
    size_t facts = 0;
    mz_read_report report;
    mz_read_options options = {.record = count_facts, .context = &facts};
    mz_status status = mz_list_read(NULL, one->path, &options, &report, error);
    bool lost = !status && one->facts && facts != one->facts;
    return lost ? MZ_ERR_INPUT : status;
}

TEST(a_failed_allocation_is_an_error_and_loses_nothing_silently) {
    static const char *const samples[] = {"uk-ofsi-2022.csv", "uk-list.csv", "eu-2018.csv", "ofac/cons_prim.csv"};
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        char path[4096];
        (void)snprintf(path, sizeof path, "%s/tests/lists/samples/%s", mz_test_source(), samples[i]);
        mz_test_case("%s", samples[i]);
        reading one = {.path = path};
        mz_read_report report;
        mz_error error;
        mz_read_options options = {.record = count_facts, .context = &one.facts};
        CHECK_OK(mz_list_read(NULL, path, &options, &report, &error), error);
        CHECK(one.facts > 0 && report.rejected == 0);
        mz_oom_each(read_path, &one);
    }
}

TEST_MAIN()
