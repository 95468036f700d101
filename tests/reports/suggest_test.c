/* A report to begin with, made of a case: what is known goes into its place, what does not fit is told, nothing is
 * guessed. */
#include "base/clock.h"
#include "reports/goaml_suggest.h"
#include "test.h"
#include "xmllint.h"

#include <stdio.h>

static struct {
    mz_arena arena;
    mz_buffer json, xml;
    mz_goaml_note notes[MZ_GOAML_NOTES_MOST];
    size_t note_count, gap_count;
    mz_goaml_gap *gaps;
    mz_goaml_case from;
} at;

/* Invented from beginning to end. */
static const mz_goaml_match matches[] = {
    {MZ_STR_INIT("un-9900001"), MZ_STR_INIT("INi.001"), MZ_STR_INIT("SOFYANE EL MARBEKOUI"), MZ_STR_INIT("un"),
     MZ_STR_INIT("9f8e"),
     MZ_STR_INIT("{\"properties\":{\"birthDate\":[\"1974-03-09\"],\"name\":[\"SOFYANE EL MARBEKOUI\"],\"nationality\":"
                 "[\"ma\"]},\"schema\":\"Person\"}"),
     1800000000, MZ_STR_INIT("Same name, date and place of birth.")},
    {MZ_STR_INIT("house-7"), MZ_STR_INIT(""), MZ_STR_INIT("S. Marbekoui"), MZ_STR_INIT("house"), MZ_STR_INIT("1"),
     MZ_STR_INIT(""), 1800000000, MZ_STR_INIT("")},
};

static void start(const char *properties, unsigned supports) {
    mz_error error;
    const mz_json_value *standing;
    mz_arena_init(&at.arena, 64 << 20);
    mz_buffer_init(&at.json, 4 << 20);
    mz_buffer_init(&at.xml, MZ_GOAML_XML_BYTES);
    CHECK_OK(
        mz_json_parse(MZ_STR("{\"rentity_id\":17,\"currency_code_local\":\"MAD\",\"report_indicators\":[\"TFS01\"],"
                             "\"reporting_person\":{\"first_name\":\"Amal\",\"last_name\":\"Zahid\"}}"),
                      0, &at.arena, &standing, &error),
        error);
    at.from = (mz_goaml_case){.label = MZ_STR("2026-000123"),
                              .caption = MZ_STR("سفيان المربكوي"),
                              .schema = MZ_SCHEMA_Person,
                              .properties = mz_str_of(properties),
                              .matches = matches,
                              .match_count = 2,
                              .today = 1800086400,
                              .language = MZ_ENGLISH,
                              .standing = standing,
                              .rules = {.supports = supports}};
}

static void end(void) {
    mz_arena_done(&at.arena);
    mz_buffer_done(&at.json);
    mz_buffer_done(&at.xml);
}

static void suggest(void) {
    mz_error error;
    const mz_json_value *report;
    CHECK_OK(mz_goaml_suggest(&at.from, &at.arena, &at.json, at.notes, &at.note_count, &error), error);
    CHECK_OK(mz_json_parse(mz_buffer_view(&at.json), 0, &at.arena, &report, &error), error);
    CHECK_OK(mz_goaml_write(report, &at.from.rules, &at.arena, &at.xml, &at.gaps, &at.gap_count, &error), error);
}

static void check_whole(void) {
    if (at.gap_count)
        mz_test_fail(__FILE__, __LINE__, "%.*s: %.*s", (int)at.gaps[0].path.size, at.gaps[0].path.data,
                     (int)at.gaps[0].says.size, at.gaps[0].says.data);
}

static bool says(const char *text) {
    return strstr(at.xml.data, text) != NULL;
}

static bool noted(mz_goaml_note_kind kind, const char *element) {
    for (size_t k = 0; k < at.note_count; k++)
        if (at.notes[k].kind == kind && strcmp(at.notes[k].element, element) == 0) return true;
    return false;
}

static const char person[] =
    "{\"address\":[\"Derb Oulad Zerhoun 14, "
    "Tinghir\"],\"birthDate\":[\"1974-03-09\",\"1974\"],\"birthPlace\":[\"تنغير\"],"
    "\"email\":[\"sofyane@marbekoui.example\"],\"gender\":[\"male\"],\"idNumber\":[\"INV-1\",\"INV-2\"],"
    "\"name\":[\"سفيان المربكوي\",\"Sofyane El Marbekoui\"],\"nationality\":[\"ma\",\"suhh\"],"
    "\"phone\":[\"+212500000000\"],\"position\":[\"<trader> & \\\"broker\\\"\"]}";

TEST(a_person_is_told_in_the_elements_of_the_schema) {
    start(person, MZ_GOAML_5_0);
    suggest();
    check_whole();
    CHECK(says("<entity_reference>2026-000123</entity_reference>"));
    CHECK(says("<submission_date>2027-01-16T00:00:00</submission_date>"));
    CHECK(says("<report_code>CNMRA</report_code>"));
    CHECK(says("<first_name>Sofyane</first_name>"));
    CHECK(says("<last_name>El Marbekoui</last_name>"));
    CHECK(says("<birthdate>1974-03-09T00:00:00</birthdate>"));
    CHECK(says("<alias>سفيان المربكوي</alias>"));
    CHECK(says("<id_number>INV-1</id_number>"));
    CHECK(says("<nationality1>MA</nationality1>"));
    CHECK(!says("<nationality2>"));
    CHECK(says("<tph_contact_type>-</tph_contact_type>"));
    CHECK(says("<occupation>&lt;trader&gt; &amp; \"broker\"</occupation>"));
    CHECK(says("address: Derb Oulad Zerhoun 14, Tinghir")); /* no city of its own: in the comments */
    CHECK(says("date of birth: 1974\n"));
    CHECK(says("INV-2"));
    CHECK(says("Found to be SOFYANE EL MARBEKOUI, number INi.001 on the list “United Nations Security Council "
               "consolidated list” (un), version 9f8e; decided on 2027-01-15. Same name, date and place of birth."));
    CHECK(says("Found to be S. Marbekoui, number house-7 on the list “house”, version 1;"));
    CHECK(!says("full_name_frn") && !says("sanction_list"));
    CHECK(noted(MZ_GOAML_SPLIT, "last_name"));
    CHECK(!noted(MZ_GOAML_ROMANISED, "last_name"));
    CHECK(xmllint_takes(mz_buffer_view(&at.xml)));
    end();
}

TEST(each_nationality_is_told_once) {
    start(person, MZ_GOAML_5_0);
    suggest();
    CHECK(says("<nationality1>MA</nationality1>"));
    CHECK(!says("<nationality2>") && !says("<nationality3>"));
    end();
    start(
        "{\"citizenship\":[\"ma\",\"tn\",\"eg\"],\"name\":[\"Sofyane El Marbekoui\"],\"nationality\":[\"suhh\",\"fr\","
        "\"ma\",\"fr\"]}",
        MZ_GOAML_5_0);
    suggest();
    check_whole();
    CHECK(says("<nationality1>FR</nationality1>"));
    CHECK(says("<nationality2>MA</nationality2>"));
    CHECK(says("<nationality3>TN</nationality3>"));
    CHECK(says("citizenship: Egypt") && !says("Tunisia") && !says("citizenship: Morocco") &&
          !says("France")); /* what is in no field is in the comments */
    CHECK(xmllint_takes(mz_buffer_view(&at.xml)));
    end();
}

TEST(a_name_in_another_script_that_is_an_alias_is_told_once) {
    start("{\"alias\":[\"سفيان المربكوي\",\"Abou Zerhoun\"],\"name\":[\"Sofyane El Marbekoui\"]}", MZ_GOAML_5_2);
    suggest();
    check_whole();
    CHECK(says("<full_name_frn>سفيان المربكوي</full_name_frn>"));
    CHECK(says("<alias>Abou Zerhoun</alias>"));
    CHECK(!says(": سفيان المربكوي")); /* nor in comments */
    CHECK(xmllint_takes(mz_buffer_view(&at.xml)));
    end();
}

TEST(newer_installations_are_told_more) {
    start(person, MZ_GOAML_5_2);
    suggest();
    check_whole();
    CHECK(says("<full_name_frn>سفيان المربكوي</full_name_frn>"));
    CHECK(says("<provider>United Nations Security Council</provider>"));
    CHECK(xmllint_takes(mz_buffer_view(&at.xml)));
    end();
}

TEST(what_the_list_says_is_not_said_of_the_subject) {
    start("{\"name\":[\"Sofyane El Marbekoui\"]}", MZ_GOAML_5_0);
    suggest();
    check_whole();
    CHECK(!says("<birthdate>"));
    CHECK(!says("<nationality1>"));
    CHECK(says("What the list says of it: un-9900001\ndate of birth: 1974-03-09"));
    end();
}

TEST(a_name_in_another_script_is_romanised_and_said_to_be) {
    start("{\"name\":[\"سفيان المربكوي\"],\"birthDate\":[\"1974~\"]}", MZ_GOAML_5_0);
    suggest();
    check_whole();
    CHECK(noted(MZ_GOAML_ROMANISED, "last_name"));
    CHECK(!says("<birthdate>"));
    CHECK(says("date of birth: 1974~"));
    CHECK(says("<alias>سفيان المربكوي</alias>"));
    CHECK(xmllint_takes(mz_buffer_view(&at.xml)));
    end();
}

/* What a list says of one of whom it has the number also in a document. */
static const mz_goaml_match invented[] = {
    {MZ_STR_INIT("house-7"), MZ_STR_INIT("7"), MZ_STR_INIT("SAFAE TAZROUTI"), MZ_STR_INIT("house"),
     MZ_STR_INIT("fe5be04bc648a3e02b493ca0eef617b386da7a536ccebd6d105a2d88d015123a"),
     MZ_STR_INIT("{\"properties\":{\"country\":[\"ma\"],\"gender\":[\"female\"],\"idNumber\":[\"INVIC8511\"],"
                 "\"number\":[\"INVIC8511 (ma)\"]}}"),
     1800000000, MZ_STR_INIT("")},
};

TEST(sentences_are_in_the_french_that_is_written) {
    start("{\"gender\":[\"male\",\"female\"],\"name\":[\"Safae Tazrouti\"]}", MZ_GOAML_5_0);
    at.from.language = MZ_FRENCH;
    at.from.matches = invented;
    at.from.match_count = 1;
    suggest();
    check_whole();
    CHECK(says("\nsexe\u202F: féminin\nnuméro d’identité\u202F: INVIC8511 (Maroc)</comments>"));
    CHECK(says("numéro 7 de la liste «\u202Fhouse\u202F», version fe5be04bc648\u202F; décidé le 2027-01-15."));
    CHECK(!says("(house)") && !says("female") && !says("male\n") && !says("(ma)"));
    CHECK(xmllint_takes(mz_buffer_view(&at.xml)));
    end();
}

TEST(numbers_and_names_in_arabic_sentences_keep_their_order) {
    start("{\"birthDate\":[\"1974\"],\"name\":[\"Safae Tazrouti\"]}", MZ_GOAML_5_0);
    at.from.language = MZ_ARABIC;
    at.from.matches = invented;
    at.from.match_count = 1;
    suggest();
    check_whole();
    CHECK(says("الملف \u20682026-000123\u2069: تبين أن الجهة \u2068سفيان المربكوي\u2069 مدرجة."));
    CHECK(says("تبين أنه \u2068SAFAE TAZROUTI\u2069، رقم \u20687\u2069 في القائمة «\u2068house\u2069»، النسخة "
               "\u2068fe5be04bc648\u2069؛ تقرر في \u20682027-01-15\u2069."));
    CHECK(says("ما تقوله القائمة عنه: \u2068house-7\u2069\n"));
    CHECK(says("رقم الهوية: \u2068INVIC8511\u2069 (\u2068المغرب\u2069)"));
    CHECK(says("تاريخ الميلاد: \u20681974\u2069"));
    CHECK(says("<entity_reference>2026-000123</entity_reference>")); /* fields are as they were */
    CHECK(xmllint_takes(mz_buffer_view(&at.xml)));
    end();
}

TEST(what_nobody_can_know_is_asked) {
    start("{\"name\":[\"Sofyane\"],\"passportNumber\":[\"INV0017401\"]}", MZ_GOAML_5_0);
    suggest();
    CHECK_INT(2, at.gap_count);
    CHECK_STR(MZ_STR("/activity/report_parties/0/person/first_name"), at.gaps[0].path);
    CHECK_STR(MZ_STR("/activity/report_parties/0/person/passport_country"), at.gaps[1].path);
    end();
}

TEST(a_firm_is_an_entity) {
    start("{\"alias\":[\"Tazarine\"],\"incorporationDate\":[\"1999\"],\"jurisdiction\":[\"ma\"],"
          "\"name\":[\"Tazarine Nord Négoce SARL\"],\"registrationNumber\":[\"RC "
          "1\"],\"dissolutionDate\":[\"2020-02-29\"],"
          "\"website\":[\"https://tazarine.example\"]}",
          MZ_GOAML_5_0);
    at.from.schema = MZ_SCHEMA_Company;
    at.from.language = MZ_FRENCH;
    suggest();
    check_whole();
    CHECK(says("<name>Tazarine Nord Negoce SARL</name>"));
    CHECK(noted(MZ_GOAML_ROMANISED, "name"));
    CHECK(says("<incorporation_country_code>MA</incorporation_country_code>"));
    CHECK(!says("<incorporation_date>"));
    CHECK(says("<business_closed>1</business_closed>"));
    CHECK(says("<date_business_closed>2020-02-29T00:00:00</date_business_closed>"));
    CHECK(says("Tazarine Nord Négoce SARL"));
    CHECK(says("Identifié comme"));
    CHECK(xmllint_takes(mz_buffer_view(&at.xml)));
    end();
}

TEST(what_is_too_long_is_cut_and_said_to_be) {
    char properties[4096];
    mz_buffer text;
    mz_buffer_init(&text, 1 << 20);
    mz_buffer_print(&text, "{\"birthPlace\":[\"");
    for (int k = 0; k < 1000; k++) mz_buffer_print(&text, "ت");
    mz_buffer_print(&text, "\"],\"name\":[\"Sofyane ");
    for (int k = 0; k < 1000; k++) mz_buffer_print(&text, "a");
    mz_buffer_print(&text, "\"]}");
    snprintf(properties, sizeof properties, "%s", text.data);
    mz_buffer_done(&text);
    start(properties, MZ_GOAML_5_0);
    suggest();
    check_whole();
    CHECK(noted(MZ_GOAML_CUT, "birth_place"));
    CHECK(noted(MZ_GOAML_CUT, "last_name"));
    CHECK(xmllint_takes(mz_buffer_view(&at.xml)));
    end();
}

TEST(what_an_agency_says_in_each_report_is_there) {
    const mz_json_value *standing;
    mz_error error;
    start("{\"name\":[\"Sofyane El Marbekoui\"]}", MZ_GOAML_5_0);
    CHECK_OK(
        mz_json_parse(MZ_STR("{\"rentity_id\":17,\"currency_code_local\":\"MAD\",\"report_code\":\"SAR\",\"reason\":"
                             "\"As agreed.\",\"entity_reference\":\"other\",\"report_indicators\":[\"TFS02\"]}"),
                      0, &at.arena, &standing, &error),
        error);
    at.from.standing = standing;
    suggest();
    check_whole();
    CHECK(says("<report_code>SAR</report_code>"));
    CHECK(says("<reason>As agreed.</reason>"));
    CHECK(says("<indicator>TFS02</indicator>"));
    CHECK(says("<entity_reference>2026-000123</entity_reference>")); /* the case's own */
    end();
}

TEST_MAIN()
