/* Reports to a financial intelligence unit: valid by its schema, whatever stands in them. */
#include "reports/goaml.h"

#include "base/arena.h"
#include "base/json_write.h"
#include "test.h"
#include "text/text.h"
#include "xmllint.h"

#include <stdio.h>
#include <stdlib.h>

static struct {
    mz_arena arena;
    mz_buffer xml;
    mz_goaml_gap *gaps;
    size_t gap_count;
    mz_goaml_rules rules;
} at;

static void start(unsigned supports) {
    mz_arena_init(&at.arena, 64 << 20);
    mz_buffer_init(&at.xml, MZ_GOAML_XML_BYTES);
    at.rules = (mz_goaml_rules){.supports = supports};
}

static void end(void) {
    mz_arena_done(&at.arena);
    mz_buffer_done(&at.xml);
}

static void write_json(mz_str json) {
    const mz_json_value *value;
    mz_error error;
    mz_buffer_clear(&at.xml);
    CHECK_OK(mz_json_parse(json, 0, &at.arena, &value, &error), error);
    CHECK_OK(mz_goaml_write(value, &at.rules, &at.arena, &at.xml, &at.gaps, &at.gap_count, &error), error);
    CHECK(!at.gap_count == !!at.xml.size);
}

static const char *gap_at(const char *path) {
    for (size_t k = 0; k < at.gap_count; k++)
        if (mz_str_equal(at.gaps[k].path, mz_str_of(path))) return mz_goaml_problem_word(at.gaps[k].problem);
    return "";
}

/* Invented from beginning to end. Its members stand in another order than the schema's. */
static const char whole[] =
    "{\"report_indicators\":[\"TFS01\",\"TFS02\"],\"report_code\":\"SAR\",\"rentity_id\":17,"
    "\"rentity_branch\":\"Port of Marsa Zarqa\",\"submission_code\":\"E\",\"entity_reference\":\"2026-000123\","
    "\"submission_date\":\"2026-11-22\",\"currency_code_local\":\"MAD\","
    "\"location\":{\"address_type\":\"BU\",\"address\":\"3, rue des Amandiers\",\"city\":\"Marsa Zarqa\","
    "\"country_code\":\"MA\",\"state\":\"Oriental\"},"
    "\"reporting_person\":{\"first_name\":\"Amal\",\"last_name\":\"Ben Issa-Zahid\",\"prefix\":\"Mme\","
    "\"email\":[\"amal@bureau.example\"],"
    "\"phones\":[{\"tph_contact_type\":\"BU\",\"tph_communication_type\":\"L\",\"tph_number\":\"+212 5 00 00 00 "
    "00\"}]},"
    "\"reason\":\"A customer was found to be listed: <un> & “eu”.\",\"action\":\"The account was frozen.\","
    "\"activity\":{\"report_parties\":[{\"person\":{\"first_name\":\"Sufian\",\"last_name\":\"al-Marbacoui\","
    "\"gender\":\"M\",\"birthdate\":\"1970-05-01\",\"birth_place\":\"مرسى زرقاء\",\"alias\":\"سفيان المربكوي\","
    "\"passport_number\":\"ZZ000001\",\"passport_country\":\"MA\",\"nationality1\":\"MA\",\"nationality2\":\"DZ\","
    "\"addresses\":[{\"address_type\":\"-\",\"address\":\"1, rue du Port\",\"city\":\"Marsa Zarqa\",\"zip\":\"00001\","
    "\"country_code\":\"MA\",\"state\":\"-\"}],\"identification\":[{\"type\":\"PASSP\",\"number\":\"ZZ000001\","
    "\"issue_date\":\"2020-01-31\",\"expiry_date\":\"2030-01-30\",\"issue_country\":\"MA\"}],"
    "\"deceased\":true,\"date_deceased\":\"2025-02-28\",\"comments\":\"سفيان المربكوي\"},\"significance\":10,"
    "\"reason\":\"Found on the list un.\"},"
    "{\"entity\":{\"name\":\"Zafran Negoce SARL\",\"incorporation_number\":\"RC "
    "0001\",\"url\":\"https://zafran.example\","
    "\"incorporation_country_code\":\"MA\",\"incorporation_date\":\"1999-12-31T23:00:00Z\",\"email\":[\"a@b.example\","
    "\"c.d+e@f-g.example\"]},\"reason\":\"Owned by him.\"}]}}";

TEST(a_whole_report_is_in_the_order_of_the_schema) {
    char path[512], expected[16384];
    start(MZ_GOAML_5_0);
    write_json(mz_str_of(whole));
    CHECK_INT(0, at.gap_count);
    snprintf(path, sizeof path, "%s/tests/reports/goaml_report.xml", mz_test_source());
    if (getenv("MIZAN_TEST_UPDATE")) {
        FILE *golden = fopen(path, "we");
        CHECK(golden && fwrite(at.xml.data, 1, at.xml.size, golden) == at.xml.size && fclose(golden) == 0);
    }
    FILE *golden = fopen(path, "re");
    CHECK(golden != NULL);
    size_t size = fread(expected, 1, sizeof expected, golden);
    (void)fclose(golden);
    CHECK_STR(((mz_str){expected, size}), mz_buffer_view(&at.xml));
    end();
}

TEST(a_whole_report_is_valid_by_the_schema) {
    start(MZ_GOAML_5_0);
    write_json(mz_str_of(whole));
    CHECK(xmllint_takes(mz_buffer_view(&at.xml)));
    end();
}

/* Otherwise the test above would not show anything. */
TEST(the_schema_refuses_what_is_not_valid) {
    start(MZ_GOAML_5_0);
    CHECK(!xmllint_takes(MZ_STR("<report><rentity_id>1</rentity_id></report>")));
    end();
}

TEST(all_that_is_missing_is_told_at_once) {
    start(MZ_GOAML_5_0);
    write_json(MZ_STR("{}"));
    CHECK_INT(8, at.gap_count);
    CHECK_TEXT("missing", gap_at("/rentity_id"));
    CHECK_TEXT("missing", gap_at("/submission_code"));
    CHECK_TEXT("missing", gap_at("/report_code"));
    CHECK_TEXT("missing", gap_at("/entity_reference"));
    CHECK_TEXT("missing", gap_at("/submission_date"));
    CHECK_TEXT("missing", gap_at("/currency_code_local"));
    CHECK_TEXT("missing", gap_at("/activity"));
    CHECK_TEXT("missing", gap_at("/report_indicators"));
    CHECK_STR(MZ_STR("“Day of the report” is missing: fill in a day as YYYY-MM-DD"), at.gaps[4].says);
    end();
}

TEST(each_thing_that_the_schema_would_refuse_is_told_with_its_place) {
    static const struct {
        const char *report, *path, *problem;
    } cases[] = {
        {"{\"rentity_id\":0}", "/rentity_id", "form"},
        {"{\"rentity_id\":2147483648}", "/rentity_id", "form"},
        {"{\"rentity_id\":\"17a\"}", "/rentity_id", "form"},
        {"{\"rentity_id\":1.5}", "/rentity_id", "form"},
        {"{\"rentity_id\":[17]}", "/rentity_id", "form"},
        {"{\"report_code\":\"XYZ\"}", "/report_code", "code"},
        {"{\"report_code\":\"sar\"}", "/report_code", "code"},
        {"{\"report_code\":\"SAR STR\"}", "/report_code", "code"},
        {"{\"report_code\":17}", "/report_code", "type"},
        {"{\"report_indicators\":\"TFS01\"}", "/report_indicators", "type"},
        {"{\"report_indicators\":[\"TFS01\",\"\"]}", "/report_indicators/1", "code"},
        {"{\"submission_date\":\"1970\"}", "/submission_date", "form"},
        {"{\"submission_date\":\"1752-12-31\"}", "/submission_date", "form"},
        {"{\"submission_date\":\"2026-02-30\"}", "/submission_date", "form"},
        {"{\"entity_reference\":\" \\t\"}", "/entity_reference", "missing"},
        {"{\"location\":{\"address\":\"1, rue du Port\"}}", "/location/city", "missing"},
        {"{\"location\":{\"address\":\"1, rue du Port\"}}", "/location/state", "missing"},
        {"{\"location\":\"Marsa Zarqa\"}", "/location", "type"},
        {"{\"location\":{\"zip\":\"12345678901\"}}", "/location/zip", "too-long"},
        {"{\"reporting_person\":{\"first_name\":\"أمل\"}}", "/reporting_person/first_name", "letters"},
        {"{\"reporting_person\":{\"first_name\":\"Am\\u00e9lie\"}}", "/reporting_person/first_name", "letters"},
        {"{\"reporting_person\":{\"first_name\":\"A\\u0007\"}}", "/reporting_person/first_name", "letters"},
        {"{\"reporting_person\":{\"prefix\":\"Mademoiselle\"}}", "/reporting_person/prefix", "too-long"},
        {"{\"reporting_person\":{\"alias\":\"\\u0001\"}}", "/reporting_person/alias", "letters"},
        {"{\"reporting_person\":{\"alias\":\"\\uffff\"}}", "/reporting_person/alias", "letters"},
        {"{\"reporting_person\":{\"passport_number\":\"Z1\"}}", "/reporting_person/passport_country", "missing"},
        {"{\"reporting_person\":{\"passport_country\":\"MA\"}}", "/reporting_person/passport_number", "missing"},
        {"{\"reporting_person\":{\"nationality1\":\"UK\"}}", "/reporting_person/nationality1", "code"},
        {"{\"reporting_person\":{\"deceased\":1}}", "/reporting_person/deceased", "type"},
        {"{\"reporting_person\":{\"email\":[\"a@b\"]}}", "/reporting_person/email/0", "form"},
        {"{\"reporting_person\":{\"email\":[\"a..b@c.example\"]}}", "/reporting_person/email/0", "form"},
        {"{\"reporting_person\":{\"email\":[\"a@b.e1\"]}}", "/reporting_person/email/0", "form"},
        {"{\"reporting_person\":{\"email\":[\"a@b.c\"]}}", "/reporting_person/email/0", "form"},
        {"{\"reporting_person\":{\"email\":[\"a@.example\"]}}", "/reporting_person/email/0", "form"},
        {"{\"reporting_person\":{\"email\":[1,2,3,4,5,6]}}", "/reporting_person/email", "too-many"},
        {"{\"activity\":{\"report_parties\":[]}}", "/activity/report_parties", "missing"},
        {"{\"activity\":{\"report_parties\":[{\"reason\":\"r\"}]}}", "/activity/report_parties/0/person", "missing"},
        {"{\"activity\":{\"report_parties\":[{\"person\":{\"title\":\"a\"},\"entity\":{\"name\":\"b\"}}]}}",
         "/activity/report_parties/0/entity", "too-many"},
        {"{\"activity\":{\"report_parties\":[{\"significance\":11}]}}", "/activity/report_parties/0/significance",
         "form"},
        {"{\"activity\":{\"report_parties\":[{\"is_suspected\":true}]}}", "/activity/report_parties/0/is_suspected",
         "not-supported"},
        {"{\"activity\":{\"report_parties\":[{\"person\":{\"full_name_frn\":\"a\"}}]}}",
         "/activity/report_parties/0/person/full_name_frn", "not-supported"},
        {"{\"report_cod\":\"SAR\"}", "", "unknown"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        mz_test_case("%s", cases[k].report);
        start(MZ_GOAML_5_0);
        write_json(mz_str_of(cases[k].report));
        CHECK_TEXT(cases[k].problem, gap_at(cases[k].path));
        end();
    }
}

TEST(what_newer_installations_take_is_written_for_them) {
    static const char newer[] =
        "{\"rentity_id\":17,\"report_code\":\"CNMRA\",\"submission_code\":\"E\",\"entity_reference\":\"1\","
        "\"submission_date\":\"2026-11-22\",\"currency_code_local\":\"MAD\",\"activity\":{\"report_parties\":[{"
        "\"person\":{\"first_name\":\"Sufian\",\"last_name\":\"al-Marbacoui\",\"full_name_frn\":\"سفيان المربكوي\","
        "\"country_of_birth\":\"MA\",\"previous_names\":[{\"first_name\":\"سفيان\",\"last_name\":\"المربكوي\"}],"
        "\"sanctions\":[{\"provider\":\"United Nations\",\"sanction_list_name\":\"un\",\"match_criteria\":\"name\"}]},"
        "\"country\":\"MA\",\"is_suspected\":false,\"reason\":\"r\"},{\"entity\":{\"name\":\"Zafran\","
        "\"sanctions\":[{\"provider\":\"United Nations\",\"sanction_list_name\":\"un\"}]},\"reason\":\"r\"}]},"
        "\"report_indicators\":[\"TFS01\"]}";
    start(MZ_GOAML_5_2);
    write_json(mz_str_of(newer));
    CHECK_INT(0, at.gap_count);
    CHECK(strstr(at.xml.data, "<is_suspected>0</is_suspected>") != NULL);
    CHECK(xmllint_takes(mz_buffer_view(&at.xml)));
    end();
}

TEST(a_unit_has_codes_of_its_own) {
    const mz_json_value *codes;
    mz_error error;
    start(MZ_GOAML_5_0);
    CHECK_OK(mz_json_parse(MZ_STR("{\"report_type\":[\"DOS\",\"DGEL\"]}"), 0, &at.arena, &codes, &error), error);
    at.rules.codes = codes;
    write_json(MZ_STR("{\"report_code\":\"DOS\",\"submission_code\":\"E\"}"));
    CHECK_TEXT("", gap_at("/report_code"));
    CHECK_TEXT("", gap_at("/submission_code"));
    write_json(MZ_STR("{\"report_code\":\"SAR\"}"));
    CHECK_TEXT("code", gap_at("/report_code"));
    size_t place = 0;
    mz_str code;
    CHECK(mz_goaml_next_code(&at.rules, "report_type", &place, &code));
    CHECK_STR(MZ_STR("DOS"), code);
    CHECK(mz_goaml_next_code(&at.rules, "report_type", &place, &code));
    CHECK(!mz_goaml_next_code(&at.rules, "report_type", &place, &code));
    end();
}

TEST(names_are_put_into_the_letters_that_the_schema_takes) {
    static const struct {
        const char *name, *latin;
    } cases[] = {
        {"Sufian al-Marbacoui", "Sufian al-Marbacoui"},
        {"SUFIAN  AL MARBACOUI", "SUFIAN AL MARBACOUI"},
        {"Amélie O'Brien-Müller", "Amelie O'Brien-Muller"},
        {"Боримир Щедрогоров", "Borimir Shchedrogorov"},
        {"Zafran & Co. (Ltd)", "Zafran Co Ltd"},
        {"<b>Sufian</b>", "b Sufian b"},
        {"…", ""},
        {"", ""},
    };
    start(MZ_GOAML_5_0);
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        mz_test_case("%s", cases[k].name);
        CHECK_STR(mz_str_of(cases[k].latin), mz_goaml_latin(mz_str_of(cases[k].name), &at.arena));
    }
    CHECK(mz_goaml_latin(MZ_STR("سفيان المربكوي"), &at.arena).size > 8);
    end();
}

/* ---- whatever names are ---- */

static uint64_t next(uint64_t *seed) {
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return *seed >> 33;
}

/* Letters of all kinds: controls, marks, markup, surrogates' neighbours, noncharacters, planes far out. */
static mz_str hostile(uint64_t *seed, size_t letters) {
    static const uint32_t nasty[] = {'<',    '>',    '&',    '\'',    '"',     '\n',     '\r',   '\t',   0x01,   0x0B,
                                     0x1F,   0x7F,   0x85,   0xA0,    0xAD,    0x200F,   0x202E, 0x2028, 0xD7FF, 0xE000,
                                     0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1FFFE, 0x10FFFF, 0x645,  0x62D,  0x300,  ']'};
    char *text = malloc(letters * 4 + 1);
    size_t size = 0;
    CHECK(text != NULL);
    for (size_t k = 0; k < letters; k++) {
        uint64_t kind = next(seed) % 3;
        uint32_t letter = kind == 0   ? nasty[next(seed) % (sizeof nasty / sizeof *nasty)]
                          : kind == 1 ? (uint32_t)('a' + next(seed) % 26)
                                      : (uint32_t)(0x20 + next(seed) % 0x2FFF);
        size += mz_utf8_put(letter, text + size);
    }
    mz_str copy = mz_arena_copy(&at.arena, (mz_str){text, size});
    free(text);
    return copy;
}

static void put_hostile(mz_json *json, const char *key, uint64_t *seed, size_t letters_most) {
    size_t letters = next(seed) % 4 ? next(seed) % 20 : 1000;
    mz_json_pair(json, key, mz_goaml_clean(hostile(seed, letters), letters_most, &at.arena));
}

static mz_str hostile_report(uint64_t seed, mz_buffer *out) {
    mz_json json;
    mz_str first = mz_goaml_clean(mz_goaml_latin(hostile(&seed, 1000), &at.arena), 100, &at.arena);
    mz_str last = mz_goaml_clean(mz_goaml_latin(hostile(&seed, 5), &at.arena), 100, &at.arena);
    mz_json_init(&json, out);
    mz_json_object(&json);
    mz_json_pair_int(&json, "rentity_id", 17);
    mz_json_pair(&json, "report_code", MZ_STR("SAR"));
    mz_json_pair(&json, "submission_code", MZ_STR("E"));
    mz_json_pair(&json, "entity_reference", MZ_STR("1"));
    mz_json_pair(&json, "submission_date", MZ_STR("2026-11-22"));
    mz_json_pair(&json, "currency_code_local", MZ_STR("MAD"));
    put_hostile(&json, "reason", &seed, 8000);
    put_hostile(&json, "rentity_branch", &seed, 255);
    mz_json_key(&json, "activity");
    mz_json_raw(&json, MZ_STR("{\"report_parties\":[{\"reason\":\"r\",\"person\":"));
    mz_json person;
    mz_json_init(&person, out);
    mz_json_object(&person);
    mz_json_pair(&person, "first_name", first.size ? first : MZ_STR("A"));
    mz_json_pair(&person, "last_name", last.size ? last : MZ_STR("B"));
    put_hostile(&person, "alias", &seed, 100);
    put_hostile(&person, "full_name_frn", &seed, 255);
    put_hostile(&person, "birth_place", &seed, 255);
    put_hostile(&person, "comments", &seed, 8000);
    mz_json_object_end(&person);
    mz_buffer_print(out, "}]}");
    mz_json_key(&json, "report_indicators");
    mz_json_raw(&json, MZ_STR("[\"TFS01\"]"));
    mz_json_object_end(&json);
    return mz_buffer_view(out);
}

TEST(what_is_written_is_valid_whatever_the_names_are) {
    enum { REPORTS = 60 };
    for (uint64_t seed = 1; seed <= REPORTS; seed++) {
        mz_test_case("seed %llu", (unsigned long long)seed);
        mz_buffer json;
        start(MZ_GOAML_5_2);
        mz_buffer_init(&json, 1 << 20);
        write_json(hostile_report(seed * 7919, &json));
        if (at.gap_count)
            mz_test_fail(__FILE__, __LINE__, "%.*s: %.*s", (int)at.gaps[0].path.size, at.gaps[0].path.data,
                         (int)at.gaps[0].says.size, at.gaps[0].says.data);
        CHECK(xmllint_takes(mz_buffer_view(&at.xml)));
        mz_buffer_done(&json);
        end();
    }
}

TEST(a_report_with_too_much_in_it_is_told_within_bounds) {
    mz_buffer json;
    start(MZ_GOAML_5_0);
    mz_buffer_init(&json, 1 << 20);
    mz_buffer_print(&json, "{\"report_indicators\":[");
    for (int k = 0; k < 5000; k++) mz_buffer_print(&json, "%s\"NONE\"", k ? "," : "");
    mz_buffer_print(&json, "]}");
    write_json(mz_buffer_view(&json));
    CHECK_INT(MZ_GOAML_GAPS_MOST, at.gap_count);
    mz_buffer_done(&json);
    end();
}

TEST(every_element_has_a_name_for_people) {
    static const mz_goaml_type *const types[] = {&mz_goaml_report_type, &mz_goaml_person_type, &mz_goaml_entity_type,
                                                 &mz_goaml_address_type};
    for (size_t t = 0; t < sizeof types / sizeof *types; t++)
        for (size_t k = 0; k < types[t]->count; k++) {
            mz_test_case("%s", types[t]->fields[k].name);
            for (int language = MZ_ENGLISH; language <= MZ_ARABIC; language++)
                CHECK(mz_goaml_label(types[t]->fields[k].name, (mz_language)language) != types[t]->fields[k].name);
        }
    CHECK_TEXT("الاسم العائلي", mz_goaml_label("last_name", MZ_ARABIC));
}

TEST_MAIN()
