/* Australia's consolidated list, with invented people in workbooks of its form. */
#include "list_reading.h"
#include "workbook.h"

#include <stdio.h>

#define HEADINGS                                                                                                       \
    "Reference|Name of Individual or Entity|Type|Name Type|Alias Strength|Date of Birth|Place of Birth|Citizenship|"   \
    "Address|Additional Information|Listing Information|IMO Number|Committees|Control Date|Instrument of "             \
    "Designation|Targeted Financial Sanction|Travel Ban|New Column\n"

static void read_rows(const char *rows) {
    mz_buffer book;
    workbook_parts parts = {.sheet = sheet_of(rows)};
    mz_buffer_init(&book, 16 << 20);
    make_workbook(&parts, &book);
    read_list(&mz_format_australia, "list.xlsx", mz_buffer_view(&book), NULL);
    mz_buffer_done(&book);
}

TEST(the_rows_of_a_number_are_one_record) {
    read_rows(HEADINGS
              "7@0|Zayd EXAMPLE|Individual|Primary Name||24107@1|a) Tangier, Morocco b) Fes, Morocco|Morocco;France|"
              "Rabat, Morocco; Lebanon|XXi.001. Also known elsewhere.|Listed by the Example Committee on 14 July 2026||"
              "9999 (Example)|46126@1|Example Regulations 2008|TRUE|FALSE|new\n"
              "7a|Zaid EXAMPLE|Individual|Alias|Strong|24107@1|a) Tangier, Morocco b) Fes, Morocco|Morocco;France|"
              "Rabat, Morocco; Lebanon|XXi.001. Also known elsewhere.|Listed by the Example Committee on 14 July 2026||"
              "9999 (Example)|46127@1|Example Regulations 2008|TRUE|FALSE\n"
              "8@0|EXAMPLE STAR|Vessel|Primary Name||||||||9999993|Autonomous (Vessels)|46000@1\n"
              "7b|Zed|Individual|Alias|Weak\n"
              "7aa|\xD8\xB2\xD9\x8A\xD8\xAF|Individual|Original Script\n"
              "7c|Zayd OLD|Individual|Formerly known as\n"
              "9@0|Example Front|Entity|Primary Name\n");
    CHECK_OK(read_status, read_error);
    CHECK_INT(3, read_report.records);
    CHECK_INT(3, read_record_count);
    CHECK_STR(MZ_STR("australia-7"), read_records[0].entities[0].id);
    CHECK_STR(MZ_STR("7"), read_records[0].reference);
    CHECK_STR(MZ_STR("Zayd EXAMPLE"), read_records[0].caption);
    CHECK_TEXT("Zayd EXAMPLE", facts_of(0, 0, "name"));
    CHECK_TEXT("Zaid EXAMPLE | \xD8\xB2\xD9\x8A\xD8\xAF", facts_of(0, 0, "alias"));
    CHECK_INT(MZ_NAME_STRONG_ALIAS, fact_of(0, 0, "alias")->name_kind);
    CHECK_TEXT("Zed", facts_of(0, 0, "weakAlias"));
    CHECK_TEXT("Zayd OLD", facts_of(0, 0, "previousName"));
    CHECK_TEXT("1965-12-31", facts_of(0, 0, "birthDate"));
    CHECK_TEXT("Tangier, Morocco | Fes, Morocco", facts_of(0, 0, "birthPlace"));
    CHECK_TEXT("ma", facts_of(0, 0, "birthCountry"));
    CHECK_TEXT("ma | fr", facts_of(0, 0, "citizenship"));
    CHECK_TEXT("Rabat, Morocco", facts_of(0, 0, "address"));
    CHECK_TEXT("ma | lb", facts_of(0, 0, "country"));
    CHECK_TEXT("XXi.001. Also known elsewhere. | New Column: new", facts_of(0, 0, "notes"));
    CHECK_TEXT("2026-04-14 | 2026-04-15", facts_of(0, 0, "modifiedAt"));
    CHECK_INT(2, fact_of(0, 0, "name")->at.line);
    CHECK_INT(2, fact_of(0, 0, "name")->at.column);
    size_t sanction = entity_of(0, "Sanction");
    CHECK_TEXT("9999 (Example)", facts_of(0, sanction, "program"));
    CHECK_TEXT("Targeted Financial Sanction", facts_of(0, sanction, "provisions"));
    CHECK_TEXT("2026-07-14", facts_of(0, sanction, "listingDate"));
    CHECK_TEXT("XXi.001", facts_of(0, sanction, "unscId"));
    CHECK_TEXT("Example Regulations 2008", facts_of(0, sanction, "authorityId"));
    CHECK_INT(MZ_SCHEMA_Vessel, read_records[1].entities[0].schema);
    CHECK_TEXT("IMO9999993", facts_of(1, 0, "imoNumber"));
    CHECK_INT(MZ_SCHEMA_Organization, read_records[2].entities[0].schema);
    CHECK_INT(1776211200, read_report.published); /* the latest control date, 2026-04-15 */
    forget_list();
}

TEST(a_cell_may_hold_several_dates) {
    static const struct {
        const char *cell, *dates, *notes;
    } cases[] = {
        {"1954, 1962, 5/06/1965", "1954 | 1962 | 1965-06-05", ""},
        {"Approximately 1964, 28/02/1973", "1964~ | 1973-02-28", ""},
        {"Approximately: Between 1957 and 1966", "1957~/1966~", ""},
        {"a) 1 May 1957 b) April 1957", "1957-05-01 | 1957-04", ""},
        {"1961 8/08/1967", "1961 | 1967-08-08", ""},
        {"1971, 1972.1973, 1974", "1971 | 1972 | 1973 | 1974", ""},
        {"1963, /03/1963", "1963 | 1963-03", ""},
        {"05/1969; 06/1969", "1969-05 | 1969-06", ""},
        {"21/11/1979, 01/01/1400", "1979-11-21", "Date of Birth: 01/01/1400"},
        {"24107@2", "1965-12", ""},
        {"1961@0", "1961", ""},
        {"11/071963", "11/071963", ""},
        {" ,", "", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char rows[2000];
        mz_test_case("%s", cases[i].cell);
        (void)snprintf(rows, sizeof rows, HEADINGS "1|Zayd EXAMPLE|Individual|Primary Name||%s\n", cases[i].cell);
        read_rows(rows);
        CHECK_OK(read_status, read_error);
        CHECK_TEXT(cases[i].dates, facts_of(0, 0, "birthDate"));
        CHECK_TEXT(cases[i].notes, facts_of(0, 0, "notes"));
    }
    forget_list();
}

TEST(rows_that_belong_to_no_record_are_rejected) {
    read_rows("Consolidated list\n" HEADINGS "1|Zayd EXAMPLE|Individual|Primary Name\n"
              "x2|Idris SAMPLE|Individual|Primary Name\n"
              "|Nobody|Individual|Primary Name\n"
              "3@0||Individual|Primary Name\n"
              "||||\n"
              "4@0|Example Thing|Robot|Primary Name\n");
    CHECK_OK(read_status, read_error);
    CHECK_TEXT("4 Idris SAMPLE: the reference \"x2\" is not a number with letters behind it\n"
               "5 Nobody: the reference \"\" is not a number with letters behind it\n"
               "6 3: a record without a name\n",
               rejections());
    CHECK_INT(5, read_report.records);
    CHECK_INT(MZ_SCHEMA_Thing, read_records[1].entities[0].schema);
    CHECK_TEXT("Robot", facts_of(1, 0, "type"));
    forget_list();
}

TEST(another_workbook_is_not_the_list) {
    read_rows("Name|Reference\n1|2\n");
    CHECK_INT(MZ_ERR_INPUT, read_status);
    CHECK(strstr(read_error.text, "no row with the headings Reference, Name of Individual or Entity") != NULL);
    read_list(&mz_format_australia, "list.xls", MZ_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), NULL);
    CHECK_INT(MZ_ERR_INPUT, read_status);
    CHECK(strstr(read_error.text, "save it as .xlsx") != NULL);
    forget_list();
}

TEST_MAIN()
