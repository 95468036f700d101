/* Rows of a workbook: what cells become, and archives that are damaged, incomplete or hostile. */
#include "lists/xlsx.h"
#include "test.h"
#include "workbook.h"

#include <stdio.h>
#include <stdlib.h>

static mz_error error;
static mz_buffer book;
static char seen[8192];
static size_t used;

/* "NUMBER:KIND TEXT,KIND TEXT;" of each row, kinds as letters. */
static mz_status show_row(void *context, const mz_xlsx_row *row, mz_error *error_) {
    (void)context, (void)error_;
    used += (size_t)snprintf(seen + used, sizeof seen - used, "%u:", row->number);
    for (size_t i = 0; i < row->count && used < sizeof seen - 1; i++)
        used += (size_t)snprintf(seen + used, sizeof seen - used, "%s%c%.*s", i ? "," : "",
                                 "-tndbe"[row->cells[i].kind], (int)row -> cells[i].text.size, row->cells[i].text.data);
    used += (size_t)snprintf(seen + used, sizeof seen - used, ";");
    return MZ_OK;
}

static mz_status read_bytes(mz_str bytes, const char *sheet) {
    mz_xlsx_sink sink = {.row = show_row};
    used = 0;
    seen[0] = '\0';
    error = (mz_error){0};
    return mz_xlsx_read_memory(bytes, sheet, &sink, &error);
}

static mz_status read_parts(const workbook_parts *parts, const char *sheet) {
    mz_buffer_done(&book);
    mz_buffer_init(&book, 64 << 20);
    make_workbook(parts, &book);
    mz_status status = read_bytes(mz_buffer_view(&book), sheet);
    mz_buffer_done(&book);
    return status;
}

#define SHEET(rows) "<worksheet xmlns='x'><sheetData>" rows "</sheetData></worksheet>"

TEST(cells_are_given_as_their_author_sees_them) {
    workbook_parts parts = {.sheet = sheet_of("a|46126@1||46126@0|TRUE|FALSE\n\n24107.5@2|24107@3|24107@4|0.5@5|3@6")};
    CHECK_OK(read_parts(&parts, NULL), error);
    CHECK_TEXT("1:ta,d2026-04-14,-,n46126,bTRUE,bFALSE;2:;3:d1965-12,d1965,d1965-12-31,n0.5,n3;", seen);
}

TEST(days_are_counted_in_both_calendars) {
    workbook_parts parts = {.sheet = sheet_of("1@1|59@1|61@1|2958465@1|2958466@1|0@1|-5@1|1E5@1")};
    CHECK_OK(read_parts(&parts, NULL), error);
    CHECK_TEXT("1:d1900-01-01,d1900-02-28,d1900-03-01,d9999-12-31,n2958466,n0,n-5,n1E5;", seen);
    parts.workbook =
        "<workbook xmlns:r='r'><workbookPr date1904='1'/><sheets><sheet name='A' r:id='r7'/></sheets></workbook>";
    CHECK_OK(read_parts(&parts, NULL), error);
    CHECK(strstr(seen, "1:d1904-01-02,") == seen);
}

TEST(texts_are_shared_or_in_their_cell) {
    workbook_parts parts = {
        .strings =
            "<sst xmlns='x'><si><t>plain</t></si><si><r><t>two</t></r><r><rPr/><t xml:space='preserve'> runs</t></r>"
            "<rPh><t>not this</t></rPh></si><si><t>a_x000D_b_x005F_x0041_ _x0041_ _x00</t></si><si/></sst>",
        .sheet = SHEET(
            "<row r='5'><c r='B5' t='s'><v>0</v></c><c t='s'><v>1</v></c><c r='AA5' t='s'><v>2</v></c></row>"
            "<row><c t='s'><v>3</v></c><c t='str'><f>A1</f><v>formula</v></c><c t='e'><v>#N/A</v></c>"
            "<c t='d'><v>2020-01-02T00:00:00Z</v></c><c t='inlineStr'><is><r><t>in</t></r><r><t>line</t></r></is></c>"
            "<c t='inlineStr'/><c><f>1+1</f></c></row>")};
    CHECK_OK(read_parts(&parts, NULL), error);
    CHECK_TEXT("5:-,tplain,ttwo runs,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,-,ta\nb_x0041_ _x0041_ _x00;"
               "6:t,tformula,e#N/A,d2020-01-02,tinline,-,-;",
               seen);
}

TEST(a_sheet_is_chosen_by_name) {
    workbook_parts parts = {.sheet = sheet_of("a")};
    CHECK_OK(read_parts(&parts, "Notes"), error);
    CHECK_TEXT("1:ta;", seen);
    CHECK_INT(MZ_ERR_INPUT, read_parts(&parts, "Nowhere"));
    CHECK_TEXT("the workbook has no sheet named Nowhere", error.text);
}

TEST(an_incomplete_workbook_says_what_is_missing) {
    static const struct {
        workbook_parts parts;
        mz_status status;
        const char *says;
    } cases[] = {
        {{.root = "-"}, MZ_ERR_INPUT, "not an .xlsx workbook"},
        {{.root = "<Relationships/>"}, MZ_ERR_INPUT, "not an .xlsx workbook"},
        {{.workbook = "-"}, MZ_ERR_INPUT, "no xl/workbook.xml"},
        {{.workbook = "<workbook/>"}, MZ_ERR_INPUT, "no sheet"},
        {{.relations = "-"}, MZ_ERR_INPUT, "no xl/_rels/workbook.xml.rels"},
        {{.relations = "<Relationships/>"}, MZ_ERR_INPUT, "where its sheet is"},
        {{.styles = "-"}, MZ_ERR_INPUT, "no xl/styles.xml"},
        {{.strings = "-"}, MZ_ERR_INPUT, "no xl/sharedStrings.xml"},
        {{.sheet = "-"}, MZ_ERR_INPUT, "is missing"},
        {{.sheet = "<worksheet>"}, MZ_ERR_INPUT, ""},
        {{.sheet = "<other/>"}, MZ_ERR_INPUT, ""},
        {{.sheet = SHEET("<row r='3'><c r='A3' t='s'><v>0</v></c></row>")}, MZ_ERR_INPUT, "row 3 refers to a text"},
        {{.sheet = SHEET("<row><c r='A1' t='s'><v>-1</v></c></row>")}, MZ_ERR_INPUT, "row 1 refers to a text"},
        {{.sheet = SHEET("<row><c r='XFD1'><v>0</v></c></row>")}, MZ_ERR_LIMIT, "beyond column 1024"},
        {{.sheet = SHEET("<row><c r='11'><v>0</v></c></row>")}, MZ_ERR_LIMIT, "beyond column 1024"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%zu %s", i, cases[i].says);
        CHECK_INT(cases[i].status, read_parts(&cases[i].parts, NULL));
        CHECK_INT(cases[i].status, error.status);
        if (!strstr(error.text, cases[i].says)) CHECK_TEXT(cases[i].says, error.text);
    }
}

TEST(what_is_no_workbook_is_refused_with_what_to_do) {
    CHECK_INT(MZ_ERR_INPUT, read_bytes(MZ_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1 and so on"), NULL));
    CHECK(strstr(error.text, "save it as .xlsx") != NULL);
    CHECK_INT(MZ_ERR_INPUT, read_bytes(MZ_STR("Reference,Name\n"), NULL));
    CHECK_INT(MZ_ERR_INPUT, read_bytes(MZ_STR(""), NULL));
    CHECK_INT(MZ_ERR_INPUT, read_bytes(MZ_STR("PK\x03\x04 nothing behind it"), NULL));
    mz_xlsx_sink sink = {.row = show_row};
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_xlsx_read("/nowhere/x.xlsx", NULL, &sink, NULL, &error));
}

TEST(a_truncated_or_damaged_archive_is_an_error_wherever_it_is_cut) {
    workbook_parts parts = {.sheet = sheet_of("a|b\n1@1|2")};
    mz_buffer_init(&book, 64 << 20);
    make_workbook(&parts, &book);
    mz_str whole = mz_buffer_view(&book);
    for (size_t size = 0; size < whole.size; size++) {
        mz_test_case("cut at %zu of %zu", size, whole.size);
        CHECK_INT(MZ_ERR_INPUT, read_bytes((mz_str){whole.data, size}, NULL));
    }
    size_t accepted = 0;
    for (size_t at = 0; at < whole.size; at += 3) {
        book.data[at] ^= 0x20;
        mz_status status = read_bytes(whole, NULL);
        CHECK(status == MZ_OK || status == MZ_ERR_INPUT || status == MZ_ERR_LIMIT);
        accepted += status == MZ_OK;
        book.data[at] ^= 0x20;
    }
    CHECK(accepted < whole.size / 3); /* times, versions and the like may change unseen; contents may not */
    CHECK_OK(read_bytes(whole, NULL), error);
    mz_buffer_done(&book);
}

TEST(a_bomb_is_stopped_early) {
    size_t size = 48 << 20;
    char *sheet = malloc(size + 1);
    CHECK(sheet != NULL);
    memset(sheet, ' ', size);
    sheet[size] = '\0';
    memcpy(sheet, "<worksheet>", 11);
    workbook_parts parts = {.sheet = sheet};
    mz_status status = read_parts(&parts, NULL);
    free(sheet);
    CHECK_INT(MZ_ERR_LIMIT, status);
    CHECK(strstr(error.text, "made to exhaust memory") != NULL);
}

TEST(too_many_styles_are_refused) {
    enum { STYLES = 70000 };
    static char styles[STYLES * 6 + 100];
    size_t at = (size_t)snprintf(styles, sizeof styles, "<styleSheet><cellXfs>");
    for (int i = 0; i < STYLES; i++) memcpy(styles + at, "<xf/>\n", 6), at += 6;
    (void)snprintf(styles + at, sizeof styles - at, "</cellXfs></styleSheet>");
    workbook_parts parts = {.styles = styles};
    mz_status status = read_parts(&parts, NULL);
    CHECK_INT(MZ_ERR_LIMIT, status);
}

TEST_MAIN()
