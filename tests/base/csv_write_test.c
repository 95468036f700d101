/* CSV that other programs read, and that no spreadsheet carries out. */
#include "base/csv_write.h"
#include "test.h"

static mz_buffer out;

static const char *put(const char *text) {
    mz_buffer_clear(&out);
    mz_csv_put(&out, mz_str_of(text), true);
    return mz_buffer_view(&out).data;
}

static const char *cell(const char *text) {
    mz_buffer_clear(&out);
    mz_csv_cell(&out, mz_str_of(text), true);
    return mz_buffer_view(&out).data;
}

TEST(fields_are_quoted_when_they_must_be) {
    mz_buffer_init(&out, 1 << 16);
    CHECK_TEXT("plain", put("plain"));
    CHECK_TEXT("\"a,b\"", put("a,b"));
    CHECK_TEXT("\"a\"\"b\"", put("a\"b"));
    CHECK_TEXT("\"a\nb\"", put("a\nb"));
    CHECK_TEXT("", put(""));
    mz_csv_put(&out, MZ_STR("second"), false);
    CHECK_TEXT(",second", mz_buffer_view(&out).data);
    mz_buffer_done(&out);
}

TEST(a_text_that_a_spreadsheet_would_carry_out_is_shown_as_text) {
    mz_buffer_init(&out, 1 << 16);
    CHECK_TEXT("'=1+1", cell("=1+1"));
    CHECK_TEXT("'+31 20", cell("+31 20"));
    CHECK_TEXT("'-cmd", cell("-cmd"));
    CHECK_TEXT("'@SUM(A1)", cell("@SUM(A1)"));
    CHECK_TEXT("'\t'=1", cell("\t=1"));
    CHECK_TEXT("\"'\r'=1\"", cell("\r=1"));
    CHECK_TEXT("'\uFF1D1+1", cell("\uFF1D1+1"));
    CHECK_TEXT("\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"", cell("=HYPERLINK(\"x\",\"y\")"));
    CHECK_TEXT("a=1", cell("a=1"));
    CHECK_TEXT("محمد", cell("محمد"));
    CHECK_TEXT("", cell(""));
    CHECK_TEXT("'=", cell("="));
    mz_csv_cell(&out, MZ_STR("=2"), false);
    CHECK_TEXT("'=,'=2", mz_buffer_view(&out).data);
    mz_buffer_done(&out);
}

/* A spreadsheet that splits at semicolons takes our quotes in the middle of a line for letters. */
TEST(so_is_what_begins_a_cell_where_lines_are_split_at_semicolons) {
    mz_buffer_init(&out, 1 << 16);
    CHECK_TEXT("Sahara Two;'=cmd|' /C calc'!A0", cell("Sahara Two;=cmd|' /C calc'!A0"));
    CHECK_TEXT("a;'+1;'-1;'@x;b", cell("a;+1;-1;@x;b"));
    CHECK_TEXT("a\t'=1", cell("a\t=1"));
    CHECK_TEXT("\"a\n'=1\"", cell("a\n=1"));
    CHECK_TEXT("\"a;'\"\"=1\"", cell("a;\"=1"));
    CHECK_TEXT("a;' =1", cell("a; =1"));
    CHECK_TEXT("a;'\uFF1D1", cell("a;\uFF1D1"));
    CHECK_TEXT("a; b-c; d=e;", cell("a; b-c; d=e;"));
    CHECK_TEXT("a;=1", put("a;=1"));
    mz_buffer_done(&out);
}

TEST_MAIN()
