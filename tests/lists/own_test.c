/* A list of one's own: CSV and JSON, with a mapping and without; what is named when it does not fit. */
#include "list_reading.h"

#include "lists/own_mapping.h"

#include <stdio.h>

static const char mapping[] =
    "{\"list\":\"national\",\"schema\":\"Person\",\"id\":\"Ref No\",\"reference\":\"Ref No\",\n"
    " \"columns\":{\"Full name\":\"name\",\"AKA\":{\"property\":\"alias\",\"split\":\";\"},\"DOB\":\"birthDate\",\n"
    "  \"Passport\":\"passportNumber\",\"Town\":\"city\",\"Listed\":\"listingDate\"},\n"
    " \"schema_column\":\"Kind\",\"schema_values\":{\"individual\":\"Person\",\"Firm\":\"Company\"},\n"
    " \"dates\":\"day-first\",\"constants\":{\"program\":\"Invented list\",\"topics\":[\"sanction\",\"crime\"]}}";

static void read_mapped(const char *table, const char *map) {
    (void)write_list("table.csv.map.json", mz_str_of(map));
    read_list(&mz_format_csv, "table.csv", mz_str_of(table), NULL);
}

TEST(a_mapped_table_becomes_entities) {
    read_mapped(
        "Ref No,Full name,AKA,DOB,Passport,Kind,Town,Listed,Remark\n"
        "N-1,Zaynab Example,Zeinab Example; Z. Example ;,03/04/1970,AB 123,INDIVIDUAL,Tangier,01/02/2020,seen twice\n"
        "N-2,Example Trading SARL,,,,Firm,,,\n",
        mapping);
    CHECK_OK(read_status, read_error);
    CHECK_INT(2, read_record_count);
    CHECK_STR(MZ_STR("national"), read_records[0].list);
    CHECK_STR(MZ_STR("national-N-1"), read_records[0].entities[0].id);
    CHECK_STR(MZ_STR("N-1"), read_records[0].reference);
    CHECK_TEXT("Zaynab Example", facts_of(0, 0, "name"));
    CHECK_TEXT("Zeinab Example | Z. Example", facts_of(0, 0, "alias"));
    CHECK_TEXT("1970-04-03", facts_of(0, 0, "birthDate"));
    CHECK_TEXT("AB123", facts_of(0, 0, "passportNumber"));
    CHECK_TEXT("sanction | crime", facts_of(0, 0, "topics"));
    CHECK_TEXT("Remark: seen twice", facts_of(0, 0, "notes")); /* nobody mapped it, and it is there */
    CHECK_TEXT("Invented list", facts_of(0, entity_of(0, "Sanction"), "program"));
    CHECK_TEXT("2020-02-01", facts_of(0, entity_of(0, "Sanction"), "listingDate"));
    CHECK_TEXT("Tangier", facts_of(0, entity_of(0, "Address"), "city"));
    CHECK_INT(2, fact_of(0, 0, "passportNumber")->at.line);
    CHECK_INT(5, fact_of(0, 0, "passportNumber")->at.column);
    CHECK_INT(MZ_SCHEMA_Company, read_records[1].entities[0].schema);
    forget_list();
}

TEST(dates_may_have_the_month_first) {
    read_mapped("Name,Born\nZayd Example,03/04/1970\n",
                "{\"columns\":{\"Name\":\"name\",\"Born\":\"birthDate\"},\"dates\":\"month-first\"}");
    CHECK_OK(read_status, read_error);
    CHECK_TEXT("1970-03-04", facts_of(0, 0, "birthDate"));
    CHECK_INT(MZ_SCHEMA_LegalEntity, read_records[0].entities[0].schema);
    forget_list();
}

TEST(the_name_of_the_list_in_the_call_comes_first) {
    (void)write_list("m.json", MZ_STR("{\"list\":\"national\",\"columns\":{\"N\":\"name\"}}"));
    char path[600];
    (void)snprintf(path, sizeof path, "%s/m.json", mz_test_folder());
    mz_read_options options = {.list = "mine", .mapping_path = path};
    read_list(&mz_format_csv, "other.csv", MZ_STR("N\nZayd Example\n"), &options);
    CHECK_OK(read_status, read_error);
    CHECK_STR(MZ_STR("mine"), read_records[0].list);
    options.mapping_path = "/nowhere/m.json";
    read_list(&mz_format_csv, "other.csv", MZ_STR("N\nZayd Example\n"), &options);
    CHECK_INT(MZ_ERR_NOT_FOUND, read_status);
    forget_list();
}

TEST(without_a_mapping_columns_are_named_as_properties) {
    read_list(&mz_format_csv, "plain.csv",
              MZ_STR("id;schema;firstName;lastName;nationality;extra\n1;person;Idris;Sample;ma;x\n;Company;;;;\n2;"
                     "Company;;Only Ltd;;\n"),
              NULL);
    CHECK_OK(read_status, read_error);
    CHECK_STR(MZ_STR("own-1"), read_records[0].entities[0].id);
    CHECK_TEXT("Idris Sample", facts_of(0, 0, "name")); /* made of its parts, as no column is the whole */
    CHECK_STR(MZ_STR("gf"), fact_of(0, 0, "name")->roles);
    CHECK_INT(MZ_FACT_DERIVED, fact_of(0, 0, "name")->flags);
    CHECK_TEXT("ma", facts_of(0, 0, "nationality"));
    CHECK_TEXT("extra: x", facts_of(0, 0, "notes"));
    CHECK_TEXT("3 Company: neither a name nor a number of anybody in it\n", rejections());
    forget_list();
}

TEST(a_row_without_an_id_keeps_its_id_from_reading_to_reading) {
    read_list(&mz_format_csv, "a.csv", MZ_STR("name,birthDate\nZayd Example,1970\nIdris Sample,1980\n"), NULL);
    CHECK_OK(read_status, read_error);
    char zayd[80];
    (void)snprintf(zayd, sizeof zayd, "%.*s", (int)read_records[0].entities[0].id.size,
                   read_records[0].entities[0].id.data);
    CHECK_INT(4 + 16, strlen(zayd));
    read_list(&mz_format_csv, "a.csv", MZ_STR("name,birthDate\nIdris Sample,1980\nZayd Example,1970\n"), NULL);
    CHECK_STR(mz_str_of(zayd), read_records[1].entities[0].id);
    read_list(&mz_format_csv, "a.csv", MZ_STR("name,birthDate\nZayd Example,1971\n"), NULL);
    CHECK(!mz_str_equal(mz_str_of(zayd), read_records[0].entities[0].id));
    forget_list();
}

TEST(rows_that_cannot_be_used_are_named_with_their_line) {
    read_mapped("Ref No,Full name,AKA,DOB,Passport,Kind,Town,Listed\n"
                "N-1,Zayd Example,,,,Individual,,\n"
                ",,,,,,,\n"
                "N-1,Idris Sample,,,,Individual,,\n"
                "N-2,,,1970,,Individual,,\n"
                "N-3,Robot One,,,,Vesel,,\n"
                ",Twin,,,,Firm,,\n"
                ",Twin,,,,Firm,,\n",
                mapping);
    CHECK_OK(read_status, read_error);
    CHECK_TEXT(
        "4 N-1: the id stands already in line 2\n"
        "5 N-2: neither a name nor a number of anybody in it\n"
        "6 N-3: unknown schema \"Vesel\", the nearest is \"Vessel\"; schema_values in the mapping can say what it is\n"
        "8 Twin: the same row stands already in line 7\n",
        rejections());
    CHECK_INT(6, read_report.records);
    CHECK_INT(2, read_report.entities);
    forget_list();
}

TEST(a_table_that_does_not_fit_its_mapping_fails_before_the_first_row) {
    read_mapped("Ref No,Full name,AKA,Passport,Kind,Town,Listed\n", mapping);
    CHECK_INT(MZ_ERR_INPUT, read_status);
    CHECK_TEXT(
        "the mapping names a column \"DOB\" that the table does not have; it has: Ref No, Full name, AKA, Passport, "
        "Kind, Town, Listed",
        read_error.text);
    read_list(&mz_format_csv, "c.csv", MZ_STR("a,b\n1,2\n"), NULL);
    CHECK_INT(MZ_ERR_INPUT, read_status);
    CHECK(strstr(read_error.text, "no column is a name") != NULL);
    read_list(&mz_format_csv, "c.csv", MZ_STR(""), NULL);
    CHECK_INT(MZ_ERR_INPUT, read_status);
    forget_list();
}

TEST(a_mapping_that_is_not_understood_is_refused_at_its_place) {
    static const struct {
        const char *text;
        unsigned line, column;
        const char *says;
    } cases[] = {
        {"", 1, 1, "nothing there"},
        {"[]", 1, 1, "a mapping must be an object, not an array"},
        {"{\"colums\":{}}", 1, 11, "unknown key \"colums\""},
        {"{\"schema\":\"Persn\"}", 1, 11, "unknown schema \"Persn\"; did you mean \"Person\"?"},
        {"{\n\"columns\":{\"A\":\"nme\"}}", 2, 16, "unknown property \"nme\"; did you mean \"name\"?"},
        {"{\"columns\":{\"A\":{\"property\":\"zzzzzzzz\"}}}", 1, 29, "unknown property \"zzzzzzzz\""},
        {"{\"columns\":{\"A\":{\"split\":\";\"}}}", 1, 17, "says no property"},
        {"{\"columns\":{\"A\":{\"property\":\"name\",\"spilt\":\";\"}}}", 1, 44, "unknown key \"spilt\""},
        {"{\"columns\":{\"A\":[\"name\"]}}", 1, 17, "must be a string, not an array"},
        {"{\"columns\":[]}", 1, 12, "columns must be an object"},
        {"{\"schema_values\":{\"a\":\"b\"}}", 1, 23, "unknown schema \"b\""},
        {"{\"constants\":{\"programme\":\"b\"}}", 1, 27, "unknown property \"programme\"; did you mean \"program\"?"},
        {"{\"constants\":{\"program\":5}}", 1, 25, "a constant must be a string, not a number"},
        {"{\"dates\":\"middle-first\"}", 1, 10, "unknown order of dates"},
        {"{\"list\":\"a b\"}", 1, 9, "short name"},
        {"{\"id\":5}", 1, 7, "id must be a string, not a number"},
        {"{\"id\":\"a\",\"id\":\"b\"}", 1, 16, "stands twice"},
    };
    mz_arena arena;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].text);
        mz_own_mapping found;
        mz_error error;
        mz_arena_init(&arena, 1 << 20);
        mz_status status = mz_own_mapping_parse(mz_str_of(cases[i].text), &arena, &found, &error);
        mz_arena_done(&arena);
        CHECK_INT(MZ_ERR_INPUT, status);
        if (!strstr(error.text, cases[i].says)) CHECK_TEXT(cases[i].says, error.text);
        CHECK_INT(cases[i].line, error.line);
        CHECK_INT(cases[i].column, error.column);
    }
    read_mapped("A\nx\n", "{\"columns\":{\"A\":\"nme\"}}");
    CHECK_INT(MZ_ERR_INPUT, read_status);
    CHECK(strstr(read_error.where, "table.csv.map.json") != NULL);
    forget_list();
}

TEST(json_is_an_array_or_one_object_after_another) {
    static const char *const texts[] = {
        "[{\"id\":1,\"name\":[\"Zayd Example\",\"Z. "
        "Example\"],\"properties\":{\"birthDate\":1970},\"x\":{\"y\":[2,null]}},\n"
        " {\"id\":\"b\",\"schema\":\"Person\",\"name\":\"Idris Sample\"}]",
        "{\"id\":1,\"name\":[\"Zayd Example\",\"Z. "
        "Example\"],\"properties\":{\"birthDate\":1970},\"x\":{\"y\":[2,null]}}\n"
        "{\"id\":\"b\",\"schema\":\"Person\",\"name\":\"Idris Sample\"}\n",
    };
    for (size_t i = 0; i < 2; i++) {
        mz_test_case("%s", texts[i]);
        read_list(&mz_format_json, "list.json", mz_str_of(texts[i]), NULL);
        CHECK_OK(read_status, read_error);
        CHECK_INT(2, read_record_count);
        CHECK_TEXT("Zayd Example | Z. Example", facts_of(0, 0, "name"));
        CHECK_TEXT("1970", facts_of(0, 0, "birthDate"));
        CHECK_TEXT("x.y: 2", facts_of(0, 0, "notes"));
        CHECK_INT(2, fact_of(1, 0, "name")->at.line);
        CHECK_INT(MZ_SCHEMA_Person, read_records[1].entities[0].schema);
    }
    forget_list();
}

TEST(json_is_mapped_by_its_keys) {
    (void)write_list(
        "keys.json.map.json",
        MZ_STR("{\"id\":\"no\",\"columns\":{\"who.full\":\"name\",\"aka\":\"alias\"},\"schema\":\"Person\"}"));
    read_list(&mz_format_json, "keys.json",
              MZ_STR("[{\"no\":4,\"who\":{\"full\":\"Zayd Example\"},\"aka\":[\"Z\"]},{\"no\":5},7,{}]"), NULL);
    CHECK_OK(read_status, read_error);
    CHECK_STR(MZ_STR("own-4"), read_records[0].entities[0].id);
    CHECK_TEXT("Zayd Example", facts_of(0, 0, "name"));
    CHECK_TEXT("Z", facts_of(0, 0, "alias"));
    CHECK_TEXT("1 5: neither a name nor a number of anybody in it\n1 7: a record must be an object, not a number\n"
               "1 : the object says nothing\n",
               rejections());
    CHECK_INT(4, read_report.records);
    forget_list();
}

TEST(damaged_json_fails_with_its_place) {
    static const struct {
        const char *text;
        unsigned line, column;
    } cases[] = {
        {"[{\"name\":\"a\"},\n {\"name\":}]", 2, 10},
        {"[{\"name\":\"a\"}", 1, 14},
        {"{\"name\":\"a\"}\n{\"name\":\"\xC3\"}", 2, 10},
        {"{\"name\":\"a\",\"name\":\"b\"}", 1, 20},
        {"", 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].text);
        read_list(&mz_format_json, "bad.json", mz_str_of(cases[i].text), NULL);
        CHECK_INT(MZ_ERR_INPUT, read_status);
        CHECK_INT(cases[i].line, read_error.line);
        CHECK_INT(cases[i].column, read_error.column);
    }
    forget_list();
}

TEST(json_nested_too_deep_is_refused_and_no_record) {
    static const char start[] = "{\"name\":\"a\"}\n{\"x\":";
    enum { START = sizeof start - 1, DEPTH = 2000, SIZE = START + 2 * DEPTH + 1 };
    char text[SIZE];
    memcpy(text, start, START);
    memset(text + START, '[', DEPTH);
    memset(text + START + DEPTH, ']', DEPTH);
    text[SIZE - 1] = '}';
    read_list(&mz_format_json, "bomb.json", (mz_str){text, SIZE}, NULL);
    CHECK_INT(MZ_ERR_LIMIT, read_status);
    CHECK(strstr(read_error.text, "nested deeper"));
    CHECK_INT(2, read_error.line);
    forget_list();
}

TEST_MAIN()
