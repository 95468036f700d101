/* Mappings: read, written, refused; dates in a format; and what columns seem to be. */
#include "subjects/mapping.h"

#include "test.h"

#include <stdio.h>
#include <string.h>

static mz_arena arena;

static void fresh(void) {
    mz_arena_done(&arena);
    mz_arena_init(&arena, 64 << 20);
}

static const char *written(const mz_subject_mapping *mapping) {
    mz_buffer out;
    mz_buffer_init(&out, 1 << 16);
    mz_subject_mapping_write(mapping, &out);
    CHECK(!out.failed);
    mz_str kept = mz_arena_copy(&arena, mz_buffer_view(&out));
    mz_buffer_done(&out);
    return kept.data;
}

static const char *again(const char *text) {
    mz_subject_mapping mapping;
    mz_error error;
    CHECK_OK(mz_subject_mapping_parse(mz_str_of(text), &arena, &mapping, &error), error);
    return written(&mapping);
}

TEST(a_mapping_is_written_in_one_form) {
    const char *full =
        "{\"schema\":{\"column\":\"Type\",\"usual\":\"Person\",\"values\":{\"C\":\"Company\"}},\"reference\":\"No\","
        "\"properties\":{\"name\":[\"Name\",{\"column\":\"AKA\",\"split\":\";\"}],\"birthDate\":[{\"column\":\"DOB\","
        "\"format\":\"DD/MM/"
        "YYYY\"}]},\"constant\":{\"country\":[\"ma\",\"fr\"]},\"dates\":\"month-first\",\"encoding\":"
        "\"windows-1256\",\"delimiter\":\";\",\"sheet\":\"Clients\"}";
    fresh();
    CHECK_TEXT(full, again(full));
    CHECK_TEXT("{\"schema\":\"LegalEntity\",\"reference\":\"No\",\"properties\":{\"name\":[\"Name\"]}}",
               again("{\"properties\":{\"name\":\"Name\"}, \"reference\":\"No\"}"));
}

TEST(a_mapping_that_nobody_understands_is_refused_with_its_place) {
    static const struct {
        const char *json, *text;
    } cases[] = {
        {"[]", "a mapping must be an object"},
        {"{\"refrence\":\"No\"}", "a mapping has schema, reference"},
        {"{\"properties\":{\"name\":\"Name\"}}", "says no \"reference\""},
        {"{\"reference\":\"No\"}", "no column with a name"},
        {"{\"reference\":\"No\",\"properties\":{\"country\":\"C\"}}", "no column with a name"},
        {"{\"reference\":\"No\",\"properties\":{\"nmae\":\"Name\"}}", "did you mean “name”"},
        {"{\"reference\":\"No\",\"properties\":{\"name\":7}}", "a column must be an object"},
        {"{\"reference\":\"No\",\"properties\":{\"name\":{\"colum\":\"N\"}}}", "a column has column, format"},
        {"{\"reference\":\"No\",\"properties\":{\"name\":{\"split\":\";\"}}}", "has no name"},
        {"{\"reference\":\"No\",\"properties\":{\"name\":{\"column\":\"N\",\"format\":\"YYYY\"}}}", "only dates"},
        {"{\"reference\":\"No\",\"properties\":{\"name\":\"N\",\"birthDate\":{\"column\":\"D\",\"format\":\"%d\"}}}",
         "is like DD/MM/YYYY"},
        {"{\"reference\":\"No\",\"schema\":\"Persn\",\"properties\":{\"name\":\"N\"}}", "did you mean “Person”"},
        {"{\"reference\":\"No\",\"schema\":\"Sanction\",\"properties\":{\"name\":\"N\"}}", "cannot be a"},
        {"{\"reference\":\"No\",\"schema\":{\"values\":{}},\"properties\":{\"name\":\"N\"}}", "names no column"},
        {"{\"reference\":\"No\",\"dates\":\"any\",\"properties\":{\"name\":\"N\"}}", "day-first or month-first"},
        {"{\"reference\":\"No\",\"encoding\":\"x\",\"properties\":{\"name\":\"N\"}}", "an encoding is"},
        {"{\"reference\":\"No\",\"delimiter\":\"ab\",\"properties\":{\"name\":\"N\"}}", "a delimiter is"},
        {"{\"reference\":\"No\",\"constant\":{\"country\":1},\"properties\":{\"name\":\"N\"}}", "a constant must be"},
    };
    fresh();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        mz_subject_mapping mapping;
        mz_error error;
        mz_test_case("%s", cases[i].json);
        CHECK_INT(MZ_ERR_INPUT, mz_subject_mapping_parse(mz_str_of(cases[i].json), &arena, &mapping, &error));
        if (!strstr(error.text, cases[i].text)) CHECK_TEXT(cases[i].text, error.text);
        CHECK_INT(1, error.line);
    }
}

TEST(dates_are_read_in_the_format_of_their_column) {
    static const struct {
        const char *format, *text, *date; /* NULL: it is none */
    } cases[] = {
        {"DD/MM/YYYY", "04/03/1970", "1970-03-04"},
        {"MM/DD/YYYY", "04/03/1970", "1970-04-03"},
        {"DD/MM/YYYY", "4/3/1970", "1970-03-04"},
        {"DD/MM/YYYY", "04/03/1970 00:00:00", "1970-03-04"},
        {"DD/MM/YYYY", "04-03-1970", NULL},
        {"DD/MM/YYYY", "31/02/1970", NULL},
        {"DD/MM/YYYY", "00/00/0000", NULL},
        {"DD/MM/YYYY", "04/03/70", NULL},
        {"YYYYMMDD", "19700304", "1970-03-04"},
        {"DDMMYYYY", "04031970", "1970-03-04"},
        {"DDMMYYYY", "4031970", NULL},
        {"YYYYMMDD", "197003041", NULL},
        {"YYMMDD", "700304", "1970-03-04"},
        {"DD.MM.YY", "04.03.05", "2005-03-04"},
        {"DD-MMM-YYYY", "04-MAR-1970", "1970-03-04"},
        {"DD MMM YYYY", "4 février 1970", "1970-02-04"},
        {"MM/YYYY", "03/1970", "1970-03"},
        {"YYYY", "1970", "1970"},
        {"YYYY-MM-DD", "1970-03-04T10:00:00Z", "1970-03-04"},
        {"YYYY", "", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char date[MZ_DATE_TEXT_SIZE];
        mz_test_case("%s in %s", cases[i].text, cases[i].format);
        CHECK(mz_date_format_valid(mz_str_of(cases[i].format)));
        bool read = mz_date_format_read(mz_str_of(cases[i].format), mz_str_of(cases[i].text), date);
        CHECK_INT(cases[i].date != NULL, read);
        if (read) CHECK_TEXT(cases[i].date, date);
    }
    static const char *const bad[] = {"",      "DD",        "DDD/MM/YYYY", "DD/MM", "DD/YYYY", "YYYYY", "DD/MM/YYYY/DD",
                                      "d/m/y", "MMMM YYYY", "DD1MM2YYYY"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        mz_test_case("%s", bad[i]);
        CHECK(!mz_date_format_valid(mz_str_of(bad[i])));
    }
}

/* The guess for a table whose cells are separated by '|' and its rows by newlines; the first row is the heading. */
static const char *guessed(const char *table) {
    enum { CELLS_MOST = 200 };
    mz_str cells[CELLS_MOST];
    mz_subject_mapping mapping;
    mz_error error;
    size_t count = 0, columns = 0;
    for (const char *at = table; *at;) {
        size_t size = strcspn(at, "|\n");
        cells[count++] = (mz_str){at, size};
        at += size;
        if (*at == '\n' && !columns) columns = count;
        if (*at) at++;
    }
    CHECK(columns && count % columns == 0);
    fresh();
    CHECK_OK(mz_subject_mapping_guess(cells, columns, cells + columns, count / columns - 1, &arena, &mapping, &error),
             error);
    return written(&mapping);
}

TEST(columns_are_guessed_in_three_languages) {
    CHECK_TEXT("{\"schema\":{\"column\":\"Customer "
               "Type\",\"usual\":\"LegalEntity\",\"values\":{\"I\":\"Person\",\"C\":\"Company\"}},\"reference\":"
               "\"CUSTOMER.NO\",\"properties\":{\"name\":[\"Full Name\"],\"birthDate\":[{\"column\":\"Date of Birth\","
               "\"format\":\"DD/MM/YYYY\"}],\"nationality\":[\"Nationality\"],\"passportNumber\":[\"PassportNo\"]}}",
               guessed("CUSTOMER.NO|Customer Type|Full Name|Date of Birth|Nationality|PassportNo|Branch\n"
                       "1|I|Amina Tazi|14/03/1971|MA|X1|7\n2|C|Tamzirt||||7\n"));
    CHECK_TEXT(
        "{\"schema\":\"Person\",\"reference\":\"N° client\",\"properties\":{\"firstName\":[\"Prénom\"],\"lastName\":["
        "\"Nom\"],\"birthDate\":[{\"column\":\"Date de naissance\",\"format\":\"YYYYMMDD\"}],\"country\":[\"Pays de "
        "résidence\"],\"idNumber\":[\"CIN\"],\"city\":[\"Ville\"]}}",
        guessed("N° client|Nom|Prénom|Date de naissance|CIN|Ville|Pays de résidence|Agence\n"
                "1|Tazi|Amina|19710314|X1|Fès|MA|7\n"));
    CHECK_TEXT("{\"schema\":{\"column\":\"نوع "
               "العميل\",\"usual\":\"LegalEntity\",\"values\":{\"شركة\":\"Company\",\"فرد\":\"Person\"}},"
               "\"reference\":\"رقم العميل\",\"properties\":{\"name\":[\"الاسم الكامل\"],\"birthDate\":[\"تاريخ "
               "الميلاد\"],\"nationality\":[\"الجنسية\"],\"idNumber\":[\"رقم البطاقة الوطنية\"],\"phone\":[\"رقم "
               "الهاتف\"],\"address\":[\"العنوان\"]}}",
               guessed("رقم العميل|نوع العميل|الاسم الكامل|تاريخ الميلاد|الجنسية|رقم البطاقة الوطنية|رقم "
                       "الهاتف|العنوان\n1|شركة|أ||||2|3\n2|فرد|ب|1971-03-14|مغربي|7||\n"));
}

TEST(a_column_that_nothing_is_known_of_is_left_out) {
    CHECK_TEXT("{\"schema\":\"LegalEntity\",\"reference\":\"\",\"properties\":{}}", guessed("Foo|Bar\n1|2\n"));
    CHECK_TEXT("{\"schema\":\"LegalEntity\",\"reference\":\"ID\",\"properties\":{\"name\":[\"Nom\"]}}",
               guessed("ID|Nom\n1|Tamzirt\n")); /* alone it is the whole name */
    CHECK_TEXT("{\"schema\":\"LegalEntity\",\"reference\":\"ID\",\"properties\":{\"name\":[\"Name\"]}}",
               guessed("ID|Name|Type\n1|A|I\n2|B|Gold\n")); /* words that say nothing that is known */
    CHECK_TEXT("{\"schema\":\"Vessel\",\"reference\":\"Ref\",\"properties\":{\"name\":[\"Vessel "
               "name\"],\"imoNumber\":[\"IMO\"]"
               ",\"flag\":[\"Flag\"]}}",
               guessed("Ref|Vessel name|IMO|Flag\n1|Amlal Star|9074729|PA\n"));
}

TEST(months_before_days_show_by_their_days) {
    const char *text = guessed("ID|Name|DOB\n1|A|03/14/1971\n2|B|01/02/1980\n");
    CHECK(strstr(text, "MM/DD/YYYY"));
    text = guessed("ID|Name|DOB\n1|A|03.04.1971\n");
    CHECK(strstr(text, "DD.MM.YYYY"));
    text = guessed("ID|Name|DOB\n1|A|14031971\n2|A|02121980\n");
    CHECK(strstr(text, "DDMMYYYY"));
    text = guessed("ID|Name|DOB\n1|A|1971\n2|A|14/03/1971\n");
    CHECK(!strstr(text, "format"));
}

TEST_MAIN()
