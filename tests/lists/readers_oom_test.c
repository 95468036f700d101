/* Each reader of JSON and workbooks when memory runs out, at every allocation in turn. */
#include "list_reading.h"
#include "oom.h"
#include "workbook.h"

#include <stdio.h>
#include <stdlib.h>

static const mz_list_format *format;
static char path[600];

static uint64_t rejected; /* of a whole reading */

/* What memory does not suffice for ends the reading, and is not rejected as if something were wrong with it. */
static mz_status read_it(void *context, mz_error *error) {
    (void)context;
    mz_read_report report;
    mz_status status = mz_list_read(format, path, NULL, &report, error);
    return !status && report.rejected != rejected ? MZ_ERR_INPUT : status;
}

static void check(const mz_list_format *of, const char *name, mz_str bytes) {
    format = of;
    mz_read_report report;
    mz_error error;
    (void)snprintf(path, sizeof path, "%s", write_list(name, bytes));
    CHECK_OK(mz_list_read(of, path, NULL, &report, &error), error);
    rejected = report.rejected;
    CHECK(mz_oom_each(read_it, NULL) > 0);
}

TEST(ftm) {
    check(
        &mz_format_ftm, "x.ftm.json",
        MZ_STR(
            "{\"id\":\"p\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Zayd Example\"],\"hobby\":[\"a\\u00e9\"],"
            "\"sanctions\":[{\"id\":\"s\",\"schema\":\"Sanction\",\"properties\":{\"program\":[\"G\"]}}]}}\n[\"no "
            "entity\"]\n"
            "{\"id\":\"q\",\"schema\":\"Company\",\"properties\":{\"name\":[\"Example Ltd\"]}}\n"));
}

TEST(us_csl_json) {
    check(&mz_format_us_csl_json, "x.json",
          MZ_STR("{\"total\":2,\"results\":[{\"id\":\"1\",\"name\":\"EXAMPLE, "
                 "Zayd\",\"type\":\"Individual\",\"source\":\"A (SDN) - "
                 "Treasury\",\"ids\":[{\"type\":\"Passport\",\"number\":\"AB1\",\"country\":\"MA\"}],\"addresses\":[{"
                 "\"city\":\"Fes\"}]},"
                 "{\"id\":\"1\",\"name\":\"EXAMPLE, Zayd\",\"source\":\"B (CAP) - Treasury\"}]}"));
}

TEST(own_csv_with_a_mapping) {
    (void)write_list("x.csv.map.json",
                     MZ_STR("{\"columns\":{\"N\":\"name\",\"T\":\"city\"},\"constants\":{\"program\":\"P\"}}"));
    check(&mz_format_csv, "x.csv", MZ_STR("N,T,R\nZayd Example,Fes,r\nIdris Sample,,\n"));
}

TEST(own_json) {
    check(&mz_format_json, "y.json",
          MZ_STR("[{\"firstName\":\"Zayd\",\"lastName\":\"Example\",\"a\":{\"b\":1}},{\"name\":\"X\"}]"));
}

TEST(australia) {
    static char bytes[1 << 16];
    mz_buffer book;
    workbook_parts parts = {
        .sheet = sheet_of("Reference|Name of Individual or Entity|Type|Name Type|Committees|Travel Ban\n"
                          "1|Zayd EXAMPLE|Individual|Primary Name|C|TRUE\n1a|Zaid|Individual|Alias|C|TRUE\n")};
    mz_buffer_init(&book, 1 << 20);
    make_workbook(&parts, &book);
    size_t size = book.size;
    CHECK(size <= sizeof bytes);
    memcpy(bytes, book.data, size);
    mz_buffer_done(&book);
    check(&mz_format_australia, "x.xlsx", (mz_str){bytes, size});
}

TEST_MAIN()
