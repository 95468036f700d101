/* The real lists, read whole: the number of records that each file has, counted without this program.
 *
 * To recount a file, count the elements or lines that are its records by other means, for example
 *     grep -c '</INDIVIDUAL>' FILE; grep -c '</ENTITY>' FILE          (un: their sum)
 *     grep -c '</sdnEntry>' FILE                                      (ofac-xml)
 *     grep -c '</record>' FILE                                        (canada)
 * or, where one line holds several, python3 -c 'import xml.etree.ElementTree as E, sys;
 * print(sum(e.tag in ("INDIVIDUAL", "ENTITY") for e in E.parse(sys.argv[1]).iter()))' FILE. */
#include "mizan/list.h"

#include "test.h"

#include <stdio.h>
#include <string.h>

typedef struct expected {
    const char *file, *format;
    uint64_t records, rejected;
    int64_t published; /* 0: the file does not say */
} expected;

static const expected lists[] = {
    {"un/consolidated-2020-11.xml", "un", 713 + 305, 0, 1606786279},
    {"un/consolidated-2025-04.xml", "un", 684 + 193, 0, 1745103604},
    {"un/consolidated-2026-08.xml", "un", 736 + 275, 0, 1785625203},
    {"ofac/consolidated-non-sdn-2025-03.xml", "ofac-xml", 443, 0, 1743120000},
    {"canada/sema-2020-10.xml", "canada", 1369, 0, 0},
    {"canada/sema-2025-06.xml", "canada", 4759, 0, 0},
    /* tables: the distinct keys (Python's csv), since a record has many rows */
    {"ofac", "ofac", 9414, 0, 0}, /* 8,976 of sdn-2021-07.csv and 442 of cons_prim-2025-12.csv, 4 in both */
    {"ofac/sdn-2021-07.csv", "ofac", 8976, 0, 0},
    {"ofac/cons_prim-2025-12.csv", "ofac", 442, 0, 0},
    {"us/consolidated-screening-list-2022-04.csv", "us-csl", 14048, 0, 0},
    {"eu/fsf-sample-2018.csv", "eu", 93, 0, 1530662400},
    {"uk/ofsi-conlist-2018-04.csv", "uk", 2106, 0, 1523577600},
    /* json and xlsx: the lines (wc -l), and the distinct numbers at the start of the references */
    {"ftm/sa-wiki-peps.ftm.json", "ftm", 1565, 0, 1710415902},
    {"ftm/uk-2026-04.ftm.json", "ftm", 6046, 0, 0},
    {"ftm/us-csl-2026-07.ftm.json", "ftm", 25921, 0, 0},
    {"australia/dfat-2026-08.xlsx", "australia", 3846, 0, 1784592000},
};

static mz_status check_record(void *context, const mz_record *record, mz_error *error) {
    (void)error;
    ++*(uint64_t *)context;
    CHECK(record->entity_count > 0);
    CHECK(record->entities[0].id.size > 0 && record->caption.size > 0);
    CHECK(mz_entity_first(&record->entities[0], MZ_PROP_name).size > 0 || record->entities[0].fact_count > 0);
    return MZ_OK;
}

TEST(the_sums_come_out) {
    const char *shared = mz_test_shared();
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        char path[4096];
        mz_read_report report;
        mz_error error = {0};
        uint64_t handed_over = 0;
        const mz_list_format *format;
        mz_read_options options = {.record = check_record, .context = &handed_over};
        (void)snprintf(path, sizeof path, "%s/data/lists/%s", shared, lists[i].file);
        mz_test_case("%s", lists[i].file);
        CHECK_OK(mz_list_sniff(path, &format, &error), error);
        CHECK_TEXT(lists[i].format, mz_list_format_name(format));
        CHECK_OK(mz_list_read(NULL, path, &options, &report, &error), error);
        CHECK_INT(lists[i].records, report.records);
        CHECK_INT(lists[i].rejected, report.rejected);
        CHECK_INT(report.records, report.entities + report.rejected);
        CHECK_INT(report.entities, handed_over);
        CHECK_INT(lists[i].published, report.published);
        if (report.stated_records) CHECK_INT(report.stated_records, report.records);
        CHECK(report.bytes > 0 && report.file_count > 0);
    }
}

/* Files that only add to a list whose primary file is not among those held. */
TEST(files_without_their_primary_file_are_refused_naming_it) {
    static const struct {
        const char *file, *missing;
    } alone[] = {
        {"ofac/alt-2026-08.csv", "sdn-2026-08.csv is missing"},
        {"ofac/add-2026-08.csv", "sdn-2026-08.csv is missing"},
        {"ofac/sdn_comments-2026-08.csv", "sdn-2026-08.csv is missing"},
    };
    const char *shared = mz_test_shared();
    for (size_t i = 0; i < sizeof alone / sizeof alone[0]; i++) {
        char path[4096];
        mz_read_report report = {0};
        mz_error error = {0};
        mz_read_options options = {0};
        (void)snprintf(path, sizeof path, "%s/data/lists/%s", shared, alone[i].file);
        mz_test_case("%s", alone[i].file);
        CHECK_INT(MZ_ERR_NOT_FOUND, mz_list_read(NULL, path, &options, &report, &error));
        if (!strstr(error.text, alone[i].missing)) CHECK_TEXT(alone[i].missing, error.text);
        CHECK_INT(0, report.records);
    }
}

TEST_MAIN()
