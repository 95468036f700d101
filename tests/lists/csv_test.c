/* Comma-separated values: what is read, where each field stood, and what is refused. */
#include "lists/csv.h"

#include "base/buffer.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>

/* Records with '|' between fields and '/' behind each record; "error LINE:COLUMN text" when refused. */
static mz_buffer seen;

static const char *read_with(mz_str bytes, char delimiter) {
    mz_csv *csv = NULL;
    mz_error error;
    bool more = true;
    mz_buffer_done(&seen);
    mz_buffer_init(&seen, 64 << 20);
    mz_buffer_append(&seen, "", 0);
    mz_status status = mz_csv_open_memory("input", bytes, delimiter, &csv, &error);
    while (!status && more) {
        status = mz_csv_next(csv, &more, &error);
        for (size_t i = 0; !status && more && i < mz_csv_count(csv); i++) {
            if (i) mz_buffer_char(&seen, '|');
            mz_buffer_str(&seen, mz_csv_field(csv, (int)i));
        }
        if (!status && more) mz_buffer_char(&seen, '/');
    }
    if (status) mz_buffer_print(&seen, "error %d:%d %s", (int)error.line, (int)error.column, error.text);
    mz_csv_close(csv);
    return seen.data ? seen.data : "";
}

static const char *read_text(const char *text) {
    return read_with(mz_str_of(text), ',');
}

TEST(fields_quotes_and_line_ends) {
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"", ""},
        {"a", "a/"},
        {"a,b\nc,d\n", "a|b/c|d/"},
        {"a,b\r\nc,d\r\n", "a|b/c|d/"},
        {"a,b\rc,d", "a|b/c|d/"},
        {",\n", "|/"},
        {"a,", "a|/"},
        {"\"a\"", "a/"},
        {"\"a,b\",c", "a,b|c/"},
        {"\"say \"\"yes\"\"\",x", "say \"yes\"|x/"},
        {"\"one\ntwo\r\nthree\",x", "one\ntwo\r\nthree|x/"},
        {"\"a\"  ,b", "a|b/"},
        {"\"\",\"\"", "|/"},
        {"\"\"", "/"}, /* a quoted field of nothing is a record */
        {"a \"b\" c,5\" pipe", "a \"b\" c|5\" pipe/"},
        {" \"a\",b", " \"a\"|b/"},
        {"a\n\n\nb\n", "a/b/"}, /* blank lines are none */
        {"a,b\nc\nd,e,f\n", "a|b/c/d|e|f/"},
        {"a,b\r\n\x1A", "a|b/"},       /* DOS end of file */
        {"a\n\x1A\nb\n", "a/\x1A/b/"}, /* elsewhere it is a letter */
        {"\xEF\xBB\xBF"
         "a,b\n",
         "a|b/"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].text);
        CHECK_TEXT(cases[i].expected, read_text(cases[i].text));
    }
}

TEST(what_is_refused_says_where) {
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"a,b\n\"c,d\ne,f\n", "error 2:0 the quote opened in field 1 of this line is never closed"},
        {"a,\"b\"c\n", "error 1:6 text behind a closing quote; a quote inside a field in quotes is written twice"},
        {"a\nb,\"c\nd\"\n\"e\" x", "error 4:5 text behind a closing quote"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].text);
        CHECK(strstr(read_text(cases[i].text), cases[i].expected) != NULL);
    }
    static const char nul[] = "a,b\nc,d\0e\n", quoted_nul[] = "a\n\"b\0\"";
    CHECK(strstr(read_with((mz_str){nul, sizeof nul - 1}, ','), "error 2:4 NUL byte") != NULL);
    CHECK(strstr(read_with((mz_str){quoted_nul, sizeof quoted_nul - 1}, ','), "error 2:3 NUL byte") != NULL);
}

/* Encodings. */

TEST(bytes_that_are_not_utf8_are_windows_1252) {
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"caf\xE9,b", "café|b/"},
        {"\x93quoted\x94 \x80 1", "“quoted” € 1/"},
        {"caf\xC3\xA9 and caf\xE9", "café and café/"}, /* both in one field */
        {"cut \xE2\x82", "cut â‚/"},                   /* a character cut in the middle */
        {"\x81\x8D", "\xEF\xBF\xBD\xEF\xBF\xBD/"},     /* holes in Windows-1252 */
        {"\xC0\xAF", "À¯/"},                           /* overlong is not UTF-8 */
        {"\xED\xA0\x80", "í\xC2\xA0€/"},               /* nor is a surrogate */
        {"زرياب,北京,\xF0\x9F\x90\x9D", "زرياب|北京|\xF0\x9F\x90\x9D/"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%zu", i);
        CHECK_TEXT(cases[i].expected, read_text(cases[i].text));
    }
}

TEST(utf16_of_both_orders) {
    static const char little[] = "\xFF\xFE"
                                 "a\0,\0\"\0\xE9\0\"\0\r\0\n\0\x3D\xD8\x1D\xDC",
                      big[] = "\xFE\xFF"
                              "\0a\0,\0\"\0\xE9\0\"\0\r\0\n\xD8\x3D\xDC\x1D",
                      odd[] = "\xFF\xFE"
                              "a\0b",
                      lone[] = "\xFF\xFE"
                               "\x3D\xD8"
                               "a\0";
    const char *bee = "a|é/\xF0\x9F\x90\x9D/";
    CHECK_TEXT(bee, read_with((mz_str){little, sizeof little - 1}, ','));
    CHECK_TEXT(bee, read_with((mz_str){big, sizeof big - 1}, ','));
    CHECK_TEXT("a\xEF\xBF\xBD/", read_with((mz_str){odd, sizeof odd - 1}, ','));
    CHECK_TEXT("\xEF\xBF\xBD"
               "a/",
               read_with((mz_str){lone, sizeof lone - 1}, ','));
}

/* A UTF-16 file longer than any block, so that characters are cut by the ends of reads. */
TEST(long_utf16_files) {
    enum { RECORDS = 40000 };
    static const char record[] = "\x3D\xD8\x1D\xDC"
                                 "x\0\n\0"; /* a bee, x */
    char *bytes = malloc(2 + 1 + RECORDS * (sizeof record - 1));
    CHECK(bytes != NULL);
    memcpy(bytes, "\xFF\xFE", 2);
    for (size_t i = 0; i < RECORDS; i++) memcpy(bytes + 2 + i * (sizeof record - 1), record, sizeof record - 1);
    const char *text = read_with((mz_str){bytes, 2 + RECORDS * (sizeof record - 1)}, ',');
    free(bytes);
    CHECK_INT(RECORDS * 6, strlen(text));
    for (size_t i = 0; i < RECORDS; i++) CHECK(memcmp(text + i * 6, "\xF0\x9F\x90\x9Dx/", 6) == 0);
}

/* Delimiters. */

TEST(the_delimiter_is_found_out) {
    static const struct {
        const char *text;
        char delimiter;
    } cases[] = {
        {"a,b,c\n1,2,3\n", ','},
        {"a;b;c\n1,5;2,5;3\n", ';'},
        {"a\tb\n1, 2\t3, 4\n", '\t'},
        {"a|b\n1|2\n", '|'},
        {"name\nKarim, Selim\n", ','},
        {"\"a,b,c\";d\n\"e,f\";g\n", ';'},
        {"", ','},
        {"a;b", ';'},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].text);
        mz_csv *csv;
        mz_error error;
        CHECK_OK(mz_csv_open_memory("input", mz_str_of(cases[i].text), 0, &csv, &error), error);
        char found = mz_csv_delimiter(csv);
        mz_csv_close(csv);
        CHECK_INT(cases[i].delimiter, found);
    }
}

/* Limits. */

static char *filled(size_t size, char c, const char *head, const char *tail) {
    char *bytes = malloc(size + strlen(head) + strlen(tail) + 1);
    if (!bytes) abort();
    memcpy(bytes, head, strlen(head));
    memset(bytes + strlen(head), c, size);
    memcpy(bytes + strlen(head) + size, tail, strlen(tail) + 1);
    return bytes;
}

TEST(a_field_of_one_mebibyte_is_read_and_one_byte_more_is_not) {
    char *fits = filled(MZ_CSV_FIELD_BYTES, 'x', "a\n\"", "\"\nb"),
         *over = filled(MZ_CSV_FIELD_BYTES + 1, 'x', "a\n\"", "\"\nb");
    size_t length = strlen(read_text(fits));
    bool refused = strstr(read_text(over), "error 2:0 field 1 of the record at line 2 is larger than 1024 KiB") != NULL;
    free(fits), free(over);
    CHECK_INT(2 + MZ_CSV_FIELD_BYTES + 1 + 2, length);
    CHECK(refused);
}

TEST(a_quote_left_open_does_not_eat_the_file) {
    char *bytes = filled(3 << 20, '\n', "a,b\nc,\"d\n", "");
    bool refused = strstr(read_text(bytes), "error 2:0 field 2 of the record at line 2 is larger") != NULL;
    free(bytes);
    CHECK(refused);
}

TEST(records_have_at_most_four_mebibytes_and_4096_fields) {
    char *columns = filled(MZ_CSV_COLUMNS - 1, ',', "", "\n"), *too_many = filled(MZ_CSV_COLUMNS, ',', "", "\n");
    bool read = strstr(read_text(columns), "error") == NULL;
    bool refused = strstr(read_text(too_many), "error 1:0 record with more than 4096 fields") != NULL;
    free(columns), free(too_many);
    CHECK(read && refused);

    mz_buffer wide;
    mz_buffer_init(&wide, 16 << 20);
    char *field = filled(MZ_CSV_FIELD_BYTES - 1, 'y', "", ",");
    for (int i = 0; i < 5; i++) mz_buffer_append(&wide, field, strlen(field));
    refused = strstr(read_with(mz_buffer_view(&wide), ','), "error 1:0 record larger than 4 MiB") != NULL;
    free(field);
    mz_buffer_done(&wide);
    CHECK(refused);
}

/* Places. */

TEST(records_know_their_line_and_fields_their_column) {
    mz_csv *csv;
    mz_error error;
    bool more;
    CHECK_OK(mz_csv_open_memory("input", MZ_STR("h\n\n\"a\nb\",c\r\nd\n"), ',', &csv, &error), error);
    static const int lines[] = {1, 3, 5};
    for (size_t i = 0; i < 3; i++) {
        CHECK_OK(mz_csv_next(csv, &more, &error), error);
        CHECK(more);
        CHECK_INT(lines[i], mz_csv_line(csv));
    }
    mz_position at = mz_csv_position(csv, 1, 7);
    CHECK_INT(5, at.line);
    CHECK_INT(2, at.column);
    CHECK_INT(7, at.file);
    CHECK_INT(0, mz_csv_position(csv, -1, 0).column);
    CHECK_STR(MZ_STR("d"), mz_csv_field(csv, 0));
    CHECK_STR(MZ_STR(""), mz_csv_field(csv, 9));
    CHECK_STR(MZ_STR(""), mz_csv_field(csv, -1));
    CHECK_OK(mz_csv_next(csv, &more, &error), error);
    CHECK(!more);
    mz_csv_close(csv);
}

TEST(a_table_inside_a_field_keeps_the_outer_line) {
    mz_csv *csv;
    mz_error error;
    bool more;
    CHECK_OK(mz_csv_open_memory("input", MZ_STR("x"), ';', &csv, &error), error);
    mz_csv_restart(csv, MZ_STR("a;\"b\"\"c\""), 77);
    CHECK_OK(mz_csv_next(csv, &more, &error), error);
    CHECK(more);
    CHECK_STR(MZ_STR("b\"c"), mz_csv_field(csv, 1));
    CHECK_INT(77, mz_csv_line(csv));
    mz_csv_restart(csv, MZ_STR("\"open"), 78);
    CHECK_INT(MZ_ERR_INPUT, mz_csv_next(csv, &more, &error));
    CHECK_INT(78, error.line);
    CHECK_TEXT("input", error.where);
    mz_csv_close(csv);
}

/* Headers. */

TEST(columns_are_found_by_name) {
    CHECK(mz_csv_name_equal(MZ_STR("Group ID"), MZ_STR("group_id")));
    CHECK(mz_csv_name_equal(MZ_STR(" Non-Latin\nScript "), MZ_STR("nonlatinscript")));
    CHECK(!mz_csv_name_equal(MZ_STR("D.O.B"), MZ_STR("DOB")));
    CHECK(!mz_csv_name_equal(MZ_STR("Name 1"), MZ_STR("Name 10")));

    static const mz_csv_column columns[] = {
        {"Name 6", true}, {"Nationality|Nationality(/ies)", true}, {"Gender", false}, {"", false}};
    int at[4];
    mz_csv *csv;
    mz_error error;
    bool more;
    CHECK_OK(mz_csv_open_memory("input", MZ_STR("a,nationality(/ies),NAME_6,,name 6\n"), ',', &csv, &error), error);
    CHECK_OK(mz_csv_next(csv, &more, &error), error);
    CHECK_OK(mz_csv_map(csv, columns, 4, at, &error), error);
    CHECK_INT(2, at[0]);
    CHECK_INT(1, at[1]);
    CHECK_INT(-1, at[2]);
    CHECK_INT(-1, at[3]);
    CHECK_INT(-1, mz_csv_find(csv, MZ_STR("Surname")));
    mz_csv_close(csv);
}

TEST(missing_columns_are_named) {
    static const mz_csv_column columns[] = {{"Group ID|Id", true}, {"Name 6", true}, {"Regime", true}};
    int at[3];
    mz_csv *csv;
    mz_error error;
    bool more;
    CHECK_OK(mz_csv_open_memory("input", MZ_STR("\nNom,name 6\n"), ',', &csv, &error), error);
    CHECK_OK(mz_csv_next(csv, &more, &error), error);
    CHECK_INT(MZ_ERR_INPUT, mz_csv_map(csv, columns, 3, at, &error));
    CHECK_TEXT("the header lacks \"Group ID\", \"Regime\"; it has 2 columns, the first is \"Nom\"", error.text);
    CHECK_INT(2, error.line);
    mz_csv_close(csv);
}

/* The same text in blocks and in one piece: a file longer than a block, with quotes and CRLF at every place. */
TEST(the_ends_of_blocks_do_not_show) {
    mz_buffer text;
    mz_buffer_init(&text, 16 << 20);
    for (int i = 0; i < 30000; i++) mz_buffer_print(&text, "%d,\"%.*s\"\"\r\n\",é\r\n", i, i % 13, "abcdefghijklm");
    const char *path = mz_test_folder();
    char name[512];
    (void)snprintf(name, sizeof name, "%.400s/blocks.csv", path);
    FILE *file = fopen(name, "wb");
    CHECK(file && fwrite(text.data, 1, text.size, file) == text.size && fclose(file) == 0);
    mz_buffer_done(&text);
    mz_csv *csv;
    mz_error error;
    bool more = true;
    CHECK_OK(mz_csv_open(name, 0, &csv, &error), error);
    for (int i = 0; i < 30000; i++) {
        char number[16], middle[32];
        (void)snprintf(number, sizeof number, "%d", i);
        (void)snprintf(middle, sizeof middle, "%.*s\"\r\n", i % 13, "abcdefghijklm");
        CHECK_OK(mz_csv_next(csv, &more, &error), error);
        CHECK(more);
        CHECK_INT(2 * i + 1, mz_csv_line(csv));
        CHECK_STR(mz_str_of(number), mz_csv_field(csv, 0));
        CHECK_STR(mz_str_of(middle), mz_csv_field(csv, 1));
        CHECK_STR(MZ_STR("é"), mz_csv_field(csv, 2));
    }
    CHECK_OK(mz_csv_next(csv, &more, &error), error);
    CHECK(!more);
    CHECK_INT(mz_csv_total_bytes(csv), mz_csv_consumed_bytes(csv));
    CHECK_INT(0, mz_csv_repaired_fields(csv));
    mz_csv_close(csv);
    mz_buffer_done(&seen);
}

TEST(a_file_that_is_not_there) {
    mz_csv *csv;
    mz_error error;
    CHECK_INT(MZ_ERR_NOT_FOUND, mz_csv_open("/no/such/file.csv", 0, &csv, &error));
    mz_buffer_done(&seen);
}

TEST_MAIN()
