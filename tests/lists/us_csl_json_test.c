/* The Consolidated Screening List as JSON, with invented parties. */
#include "list_reading.h"

static const char *const document =
    "{\"total\":4,\"sources\":[{\"value\":\"SDN\",\"count\":2}],\"results\":[\n"
    "{\"id\":\"70001\",\"source\":\"Specially Designated Nationals (SDN) - Treasury "
    "Department\",\"entity_number\":70001,"
    "\"type\":\"Individual\",\"programs\":[\"EXAMPLE1\",\"EXAMPLE2\"],\"name\":\"EXAMPLE, "
    "Zayd\",\"title\":\"Director\","
    "\"alt_names\":[\"EXEMPLE, Zaid\"],\"addresses\":[{\"address\":\"1 Example "
    "Street\",\"city\":\"Tangier\",\"state\":null,"
    "\"postal_code\":\"90000\",\"country\":\"MA\"}],\"dates_of_birth\":[\"1970-05-01\",\"circa 1971\"],"
    "\"places_of_birth\":[\"Tangier, Morocco\"],\"nationalities\":[\"MA\"],\"citizenships\":[\"FR\"],"
    "\"ids\":[{\"type\":\"Passport\",\"number\":\"AB 123\",\"country\":\"MA\",\"issue_date\":\"2001-02-03\","
    "\"expiration_date\":null},{\"type\":\"Gender\",\"number\":\"Male\",\"country\":null}],\"remarks\":\"(Linked To: "
    "EXAMPLE HOLDING)\","
    "\"source_list_url\":\"https://example.org/list\",\"source_information_url\":\"https://example.org/"
    "about\",\"score\":9.5},\n"
    "{\"id\":\"abc0\",\"source\":\"Entity List (EL) - Bureau of Industry and "
    "Security\",\"type\":null,\"entity_number\":null,"
    "\"name\":\"Example Laboratories\",\"license_requirement\":\"For all items\",\"license_policy\":\"Presumption of "
    "denial\","
    "\"federal_register_notice\":\"99 FR 1\",\"start_date\":\"2020-01-02\",\"standard_order\":\"Y\",\"country\":\"FR\","
    "\"alt_names\":[],\"rank\":3},\n"
    "{\"id\":\"70003\",\"source\":\"Specially Designated Nationals (SDN) - Treasury "
    "Department\",\"entity_number\":70003,"
    "\"type\":\"Vessel\",\"name\":\"EXAMPLE "
    "STAR\",\"call_sign\":\"EX1\",\"vessel_type\":\"Tanker\",\"vessel_flag\":\"Panama\","
    "\"gross_tonnage\":\"1,000\",\"gross_registered_tonnage\":\"900\",\"vessel_owner\":\"Example Shipping\"},\n"
    "{\"id\":\"70004\",\"name\":\"\"}, 5\n]}\n";

static void read_document(void) {
    read_list(&mz_format_us_csl_json, "consolidated.json", mz_str_of(document), NULL);
    CHECK_OK(read_status, read_error);
}

TEST(a_person_with_all_that_is_said) {
    read_document();
    CHECK_STR(MZ_STR("us-csl-70001"), read_records[0].entities[0].id);
    CHECK_STR(MZ_STR("70001"), read_records[0].reference);
    CHECK_STR(MZ_STR("us-csl"), read_records[0].list);
    CHECK_INT(MZ_SCHEMA_Person, read_records[0].entities[0].schema);
    CHECK_INT(2, read_records[0].entities[0].at.line);
    CHECK_TEXT("Zayd EXAMPLE", facts_of(0, 0, "name"));
    CHECK_STR(MZ_STR("gf"), fact_of(0, 0, "name")->roles);
    CHECK_TEXT("Zaid EXEMPLE", facts_of(0, 0, "alias"));
    CHECK_TEXT("Director", facts_of(0, 0, "position"));
    CHECK_TEXT("1970-05-01 | 1971~", facts_of(0, 0, "birthDate"));
    CHECK_TEXT("Tangier, Morocco", facts_of(0, 0, "birthPlace"));
    CHECK_TEXT("ma", facts_of(0, 0, "nationality"));
    CHECK_TEXT("fr", facts_of(0, 0, "citizenship"));
    CHECK_TEXT("AB123", facts_of(0, 0, "passportNumber"));
    CHECK_TEXT("male", facts_of(0, 0, "gender"));
    CHECK_TEXT("sanction", facts_of(0, 0, "topics"));
    CHECK_TEXT("2001-02-03", facts_of(0, entity_of(0, "Passport"), "startDate"));
    CHECK_TEXT("1 Example Street", facts_of(0, entity_of(0, "Address"), "street"));
    CHECK_TEXT("Tangier", facts_of(0, entity_of(0, "Address"), "city"));
    size_t sanction = entity_of(0, "Sanction");
    CHECK_TEXT("Specially Designated Nationals (SDN) | EXAMPLE1 | EXAMPLE2", facts_of(0, sanction, "program"));
    CHECK_TEXT("Treasury Department", facts_of(0, sanction, "authority"));
    CHECK_TEXT("70001", facts_of(0, sanction, "recordId"));
    CHECK_TEXT("https://example.org/list | https://example.org/about", facts_of(0, sanction, "sourceUrl"));
    forget_list();
}

TEST(a_party_of_another_office_may_be_a_person_or_a_company) {
    read_document();
    CHECK_STR(MZ_STR("us-csl-abc0"), read_records[1].entities[0].id);
    CHECK_STR(MZ_STR("abc0"), read_records[1].reference);
    CHECK_INT(MZ_SCHEMA_LegalEntity, read_records[1].entities[0].schema);
    CHECK_TEXT("export.control", facts_of(1, 0, "topics"));
    CHECK_TEXT("fr", facts_of(1, 0, "country"));
    CHECK_TEXT("rank: 3", facts_of(1, 0, "notes")); /* a member nobody knew */
    size_t sanction = entity_of(1, "Sanction");
    CHECK_TEXT("2020-01-02", facts_of(1, sanction, "startDate"));
    CHECK_TEXT("License requirement: For all items | License policy: Presumption of denial | "
               "Federal Register notice: 99 FR 1 | Standard order: Y",
               facts_of(1, sanction, "provisions"));
    forget_list();
}

TEST(a_vessel_with_its_owner) {
    read_document();
    CHECK_INT(MZ_SCHEMA_Vessel, read_records[2].entities[0].schema);
    CHECK_TEXT("EX1", facts_of(2, 0, "callSign"));
    CHECK_TEXT("Tanker", facts_of(2, 0, "type"));
    CHECK_TEXT("pa", facts_of(2, 0, "flag"));
    CHECK_TEXT("1,000", facts_of(2, 0, "tonnage"));
    CHECK_TEXT("Vessel owner", facts_of(2, entity_of(2, "UnknownLink"), "role"));
    forget_list();
}

TEST(a_party_on_two_lists_is_one_record) {
    read_list(
        &mz_format_us_csl_json, "twice.json",
        MZ_STR(
            "{\"results\":[{\"id\":\"7\",\"name\":\"Example Bank\",\"type\":\"Entity\",\"source\":\"A (SDN) - Treasury "
            "Department\"},{\"id\":\"8\",\"name\":\"Other\",\"source\":\"C (UVL) - Commerce\"},\n{\"id\":\"7\","
            "\"name\":\"Example Bank\",\"type\":\"Entity\",\"source\":\"B (CAP) - Treasury Department\","
            "\"alt_names\":[\"Bank of Examples\"]}]}"),
        NULL);
    CHECK_OK(read_status, read_error);
    CHECK_INT(2, read_report.records);
    CHECK_INT(3, read_records[0].entity_count);
    CHECK_TEXT("Example Bank", facts_of(0, 0, "name"));
    CHECK_TEXT("Bank of Examples", facts_of(0, 0, "alias"));
    CHECK_INT(2, fact_of(0, 0, "alias")->at.line);
    CHECK_TEXT("A (SDN)", facts_of(0, 1, "program"));
    CHECK_TEXT("B (CAP)", facts_of(0, 2, "program"));
    CHECK_TEXT("export.risk", facts_of(1, 0, "topics"));
    forget_list();
}

TEST(an_answer_without_results_is_an_empty_list) {
    read_list(&mz_format_us_csl_json, "none.json", MZ_STR("{\"total\":0,\"results\":[]}"), NULL);
    CHECK_OK(read_status, read_error);
    CHECK_INT(0, read_report.records);
    forget_list();
}

TEST(the_sums_come_out) {
    read_document();
    CHECK_INT(5, read_report.records);
    CHECK_INT(3, read_report.entities);
    CHECK_INT(4, read_report.stated_records); /* one fewer than there are: the check of who calls */
    CHECK_INT((int64_t)strlen(document), (int64_t)read_report.bytes);
    CHECK_TEXT("5 70004: a record without a name\n5 5: a record must be an object, not a number\n", rejections());
    forget_list();
}

TEST(a_document_that_is_damaged_or_another_fails_as_a_whole) {
    static const struct {
        const char *text;
        unsigned line, column;
        const char *says;
    } cases[] = {
        {"{\"total\":0}", 0, 0, "no array \"results\""},
        {"{\"results\":[{\"id\":\"1\",\n\"name\":tru}]}", 2, 8, "a value was expected"},
        {"{\"results\":[{\"id\":\"1\",\"name\":\"a\",\"name\":\"b\"}]}", 1, 41, "stands twice"},
        {"{\"results\":[{\"id\":\"1\",\"name\":\"a\"}", 1, 34, "breaks off"},
        {"{\"results\":[{\"id\":\"1\",\"na", 1, 26, "breaks off"},
        {"{\"results\":[{\"id\":\"1\",\"name\":\"\\ud800\"}]}", 1, 31, "surrogate"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].text);
        read_list(&mz_format_us_csl_json, "bad.json", mz_str_of(cases[i].text), NULL);
        CHECK_INT(MZ_ERR_INPUT, read_status);
        if (!strstr(read_error.text, cases[i].says)) CHECK_TEXT(cases[i].says, read_error.text);
        CHECK_INT(cases[i].line, read_error.line);
        CHECK_INT(cases[i].column, read_error.column);
    }
    forget_list();
}

TEST(a_record_nested_too_deep_refuses_the_file) {
    char text[1000] = "{\"results\":[{\"id\":\"1\",\"name\":\"a\",\"x\":";
    for (int i = 0; i < 70; i++) strcat(text, "[");
    for (int i = 0; i < 70; i++) strcat(text, "]");
    strcat(text, "},{\"id\":\"2\",\"name\":\"Example\"}]}");
    read_list(&mz_format_us_csl_json, "deep.json", mz_str_of(text), NULL);
    CHECK_INT(MZ_ERR_LIMIT, read_status);
    CHECK_TEXT("JSON nested deeper than 64 levels", read_error.text);
    CHECK_INT(1, read_error.line);
    forget_list();
}

TEST(the_format_is_known_by_its_members) {
    CHECK(mz_format_us_csl_json.looks_like(mz_str_of("{\"results\":[{\"source_list_url\":1,\"alt_names\":[]"), "x"));
    CHECK(!mz_format_us_csl_json.looks_like(mz_str_of("{\"results\":[{\"alt_names\":[]"), "x"));
    CHECK(!mz_format_us_csl_json.looks_like(mz_str_of("_id,source,\"source_list_url\",\"alt_names\""), "x"));
}

TEST_MAIN()
