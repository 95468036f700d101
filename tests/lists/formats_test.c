/* The one way in: finding the format, limits, progress, and the names that lists may have. */
#include "mizan/list.h"

#include "seen.h"
#include "test.h"

#include <stdio.h>

static seen list;
static char path[4096];

static const char *sample(const char *name) {
    (void)snprintf(path, sizeof path, "%s/tests/lists/samples/%s", mz_test_source(), name);
    return path;
}

TEST(formats_are_known_by_name_and_title) {
    size_t count;
    const mz_list_format *const *formats = mz_list_formats(&count);
    CHECK(count > 0);
    for (size_t i = 0; i < count; i++) {
        const char *name = mz_list_format_name(formats[i]);
        mz_test_case("%s", name);
        CHECK(mz_list_format_find(mz_str_of(name)) == formats[i]);
        CHECK(strlen(mz_list_format_title(formats[i])) > 10);
    }
    CHECK(mz_list_format_find(MZ_STR("xyz")) == NULL);
    CHECK(mz_list_format_find(MZ_STR("")) == NULL);
}

TEST(a_source_may_begin_with_its_format) {
    static const struct {
        const char *source, *format, *path;
    } cases[] = {
        {"un:list.xml", "un", "list.xml"},      {"un:-", "un", "-"},        {"list.xml", NULL, "list.xml"},
        {"xyz:list.xml", NULL, "xyz:list.xml"}, {"un:", "un", ""},          {"", NULL, ""},
        {"un:ofac:x", "un", "ofac:x"},          {"/a/b:c", NULL, "/a/b:c"}, {":x", NULL, ":x"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const mz_list_format *format;
        const char *rest;
        mz_test_case("%s", cases[i].source);
        mz_list_source_parse(cases[i].source, &format, &rest);
        CHECK_TEXT(cases[i].path, rest);
        CHECK_INT(cases[i].format != NULL, format != NULL);
        if (format) CHECK_TEXT(cases[i].format, mz_list_format_name(format));
    }
}

TEST(formats_are_found_from_the_first_bytes) {
    static const char *const samples[][2] = {{"un.xml", "un"},
                                             {"ofac.xml", "ofac-xml"},
                                             {"eu.xml", "eu-xml"},
                                             {"canada-2020.xml", "canada"},
                                             {"canada-2025.xml", "canada"}};
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        const mz_list_format *format;
        mz_error error = {0};
        mz_test_case("%s", samples[i][0]);
        CHECK_OK(mz_list_sniff(sample(samples[i][0]), &format, &error), error);
        CHECK_TEXT(samples[i][1], mz_list_format_name(format));
    }
}

TEST(what_fits_no_format_is_refused_with_the_formats_named) {
    see_bytes(&list, NULL, "<note/>", 7);
    CHECK_INT(MZ_ERR_ARGUMENT, list.status);
    CHECK(strstr(list.error.text, "un, ofac"));
    seen_done(&list);
    see(&list, NULL, "-");
    CHECK_INT(MZ_ERR_ARGUMENT, list.status);
    CHECK(strstr(list.error.text, "un:-"));
    seen_done(&list);
    see(&list, NULL, "/nowhere/list.xml");
    CHECK_INT(MZ_ERR_NOT_FOUND, list.status);
    seen_done(&list);
    see(&list, "un", mz_test_folder());
    CHECK_INT(MZ_ERR_ARGUMENT, list.status);
    seen_done(&list);
}

TEST(a_list_name_becomes_part_of_ids) {
    static const char *const bad[] = {
        "", "a b", "a/b", "é", "-x", ".x", "0123456789012345678901234567890123456789012345678901234567890123"};
    mz_read_report report;
    mz_error error = {0};
    mz_read_options options = {.list = "my-un_2"};
    CHECK_OK(mz_list_read(NULL, sample("un.xml"), &options, &report, &error), error);
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        mz_test_case("%s", bad[i]);
        options.list = bad[i];
        CHECK_INT(MZ_ERR_ARGUMENT, mz_list_read(NULL, sample("un.xml"), &options, &report, &error));
    }
}

static mz_status check_list(void *context, const mz_record *record, mz_error *error) {
    (void)error;
    unsigned *count = context;
    CHECK_STR(MZ_STR("mine"), record->list);
    CHECK(record->entities[0].id.size > 5 && memcmp(record->entities[0].id.data, "mine-", 5) == 0);
    ++*count;
    return *count == 3 ? MZ_ERR_IO : MZ_OK;
}

TEST(a_callback_may_stop_the_reading) {
    mz_read_report report = {.records = 77};
    mz_error error = {0};
    unsigned count = 0;
    mz_read_options options = {.list = "mine", .record = check_list, .context = &count};
    CHECK_INT(MZ_ERR_IO, mz_list_read(NULL, sample("un.xml"), &options, &report, &error));
    CHECK_INT(3, count);
    CHECK_INT(77, report.records); /* untouched on failure */
}

static int stop_at_once(void *context, uint64_t done_bytes, uint64_t total_bytes) {
    uint64_t *told = context;
    told[0] = done_bytes;
    told[1] = total_bytes;
    return 1;
}

TEST(progress_is_told_and_may_cancel) {
    mz_read_report report;
    mz_error error = {0};
    uint64_t told[2] = {0};
    mz_read_options options = {.progress = stop_at_once, .context = told};
    CHECK_INT(MZ_ERR_CANCELLED, mz_list_read(NULL, sample("un.xml"), &options, &report, &error));
    CHECK(told[0] > 0);
    CHECK_INT(told[0], told[1]);
}

TEST(a_list_larger_than_the_limit_is_refused) {
    mz_read_report report;
    mz_error error = {0};
    mz_read_options options = {.limit_bytes = 1000};
    CHECK_INT(MZ_ERR_LIMIT, mz_list_read(NULL, sample("un.xml"), &options, &report, &error));
    CHECK(strstr(error.text, "the limit is 1000"));
}

TEST_MAIN()
