/* A case on paper. */
#include "pages.h"
#include "test.h"

#include <stdio.h>

static mz_buffer out;

static void write_case(const mz_case_file *file, mz_language language) {
    mz_arena arena;
    mz_error error;
    const mz_sheet sheet = {.out = &out, .language = language};
    mz_arena_init(&arena, 16 << 20);
    mz_buffer_clear(&out);
    CHECK_OK(mz_case_file_write(file, &sheet, &arena, &error), error);
    mz_arena_done(&arena);
}

static bool says(const char *text) {
    return strstr(out.data, text) != NULL;
}

TEST(a_case_file_is_a_page_that_asks_for_nothing_in_each_language) {
    mz_case_file file = pages_case();
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    for (int language = MZ_ENGLISH; language <= MZ_ARABIC; language++) {
        char name[32];
        snprintf(name, sizeof name, "case-%s", mz_report_language_code((mz_language)language));
        write_case(&file, (mz_language)language);
        pages_check(mz_buffer_view(&out), name);
        CHECK(says("default-src 'none'; style-src 'sha256-"));
        CHECK(says("سفيان المربكوي"));
    }
    CHECK(says("<html lang=\"ar\" dir=\"rtl\">"));
    CHECK(says("الملف <bdi class=\"num\">2026-000123</bdi>"));
    mz_buffer_done(&out);
}

TEST(it_says_who_decided_what_when_and_why) {
    mz_case_file file = pages_case();
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    write_case(&file, MZ_ENGLISH);
    CHECK(says("<dt>Proposed by</dt><dd><bdi>Amal Zahid</bdi>, <bdi class=\"num\"><time "
               "datetime=\"2027-01-15T08:30:00Z\">2027-01-15 08:30 UTC</time></bdi></dd>"));
    CHECK(says("<dt>Approved by</dt><dd><bdi>إدريس القسموري</bdi>, "));
    CHECK(says("<dt>Reason</dt><dd><bdi>The same person</bdi></dd>"));
    CHECK(says("Same name and place.<br>The passport was seen."));
    CHECK(says("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"));
    CHECK(says("4b1d9ef6a0c2b6a4c1d8c8a1e3f7b5d9e2c4a6b8d0f1e3c5a7b9d1f3e5c7a9b1"));
    CHECK(says("<bdi class=\"prose\">draft.txt</bdi> (removed)"));
    CHECK(says("mizan audit replay 41"));
    mz_buffer_done(&out);
}

TEST(a_decision_that_was_taken_back_tells_who_approved_it_and_who_took_it_back) {
    mz_case_file file = pages_case();
    mz_decision decision = file.decisions[0];
    decision.phase = MZ_STR("undone");
    decision.undoer = (mz_named){.kind = MZ_STR("person"), .key = MZ_STR("p-3"), .name = MZ_STR("Chadia Rifi")};
    decision.undone = decision.answered + 86400;
    decision.undone_why = MZ_STR("The passport was another's.");
    file.decisions = &decision;
    file.decision_count = 1;
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    write_case(&file, MZ_ENGLISH);
    CHECK(says("<dt>Approved by</dt><dd><bdi>إدريس القسموري</bdi>, "));
    CHECK(says("<dt>Taken back by</dt><dd><bdi>Chadia Rifi</bdi>, "));
    CHECK(says("The passport was another&#39;s.") || says("The passport was another's."));
    mz_buffer_done(&out);
}

TEST(the_two_sides_stand_beside_each_other_field_by_field) {
    mz_case_file file = pages_case();
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    write_case(&file, MZ_FRENCH);
    CHECK(says("<th scope=\"row\">Date de naissance</th><td><span class=\"value\"><bdi "
               "class=\"num\">1970</bdi></span></td><td><span class=\"value\"><bdi "
               "class=\"num\">1974-03-09</bdi></span></td>"));
    CHECK(says("<th scope=\"row\">Nationalité</th><td><span class=\"value\"><bdi>Maroc</bdi></span></td>"));
    CHECK(says("<th scope=\"row\">Lieu de naissance</th><td></td>"));
    mz_buffer_done(&out);
}

TEST(bars_of_the_evidence_add_up_to_the_score) {
    mz_case_file file = pages_case();
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    write_case(&file, MZ_ENGLISH);
    CHECK(says("x=\"0\" width=\"486\""));                   /* 0 to 0.486854 */
    CHECK(says("x=\"486\" width=\"19\""));                  /* … to 0.505903 */
    CHECK(says("class=\"minus\" x=\"625\" width=\"368\"")); /* 0.993975 back to 0.625363 */
    CHECK(says("<bdi class=\"num\">0.625</bdi>"));
    CHECK(says("<bdi class=\"num\">31.4</bdi>"));
    CHECK(says("<bdi class=\"num\">\u22124.5</bdi>"));
    mz_buffer_done(&out);
}

static void say_in_french(const mz_words_of *words, const mz_evidence *evidence, mz_buffer *says_it) {
    (void)words;
    mz_buffer_print(says_it, "même mot\u202F: ");
    mz_buffer_str(says_it, evidence->query);
}

TEST(the_narrow_blanks_of_french_sentences_are_no_hidden_letters) {
    mz_case_file file = pages_case();
    mz_arena arena;
    mz_error error;
    const mz_words_of words = {.evidence = say_in_french};
    const mz_sheet sheet = {.out = &out, .language = MZ_FRENCH, .words = &words};
    mz_arena_init(&arena, 16 << 20);
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    CHECK_OK(mz_case_file_write(&file, &sheet, &arena, &error), error);
    CHECK(says("même mot\u202F: Sufyan"));
    CHECK(says("<bdi class=\"num\">123\u202F456</bdi>")); /* bytes of an attachment */
    CHECK(!says("<span class=\"unseen\">202F</span>"));
    CHECK(says("<span class=\"unseen\">202E</span>")); /* what somebody hid in a reference still shows */
    mz_arena_done(&arena);
    mz_buffer_done(&out);
}

/* A column may be as narrow as its longest word, and no narrower: what breaks anywhere is codes alone. */
TEST(words_in_tables_are_not_broken) {
    mz_case_file file = pages_case();
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    write_case(&file, MZ_ARABIC);
    CHECK(says("th,td{text-align:start;vertical-align:top;padding:.25rem .45rem;border-block-end:1px solid var(--line);"
               "overflow-wrap:break-word}"));
    CHECK(says("code{font:.86em ui-monospace,'DejaVu Sans Mono',monospace;overflow-wrap:anywhere}"));
    CHECK(says("@media screen and (max-width:40rem){table{display:block;overflow-x:auto}}"));
    mz_buffer_done(&out);
}

/* 0.996646 stays below a threshold of 0.997, and is not shown to reach it; parts add up to what is shown of the sum. */
TEST(scores_are_rounded_down_with_a_point_in_each_language) {
    mz_case_file file = pages_case();
    mz_alert alert = file.alerts[0];
    alert.score = 0.996646;
    alert.weight = 42.04;
    alert.hit = MZ_STR("{\"evidence\":[{\"rule\":\"same\",\"property\":\"name\",\"points\":0.4986,\"bits\":21.05},"
                       "{\"rule\":\"same\",\"property\":\"name\",\"points\":0.498046,\"bits\":20.99}]}");
    file.alerts = &alert;
    file.alert_count = 1;
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    write_case(&file, MZ_FRENCH);
    CHECK(says("<dt>Score</dt><dd><bdi class=\"num\">0.996</bdi>"));
    CHECK(says("<td class=\"n\"><bdi class=\"num\">0.498</bdi></td><td class=\"n\"><bdi class=\"num\">21.1</bdi>"));
    CHECK(says("<td class=\"n\"><bdi class=\"num\">0.498</bdi></td><td class=\"n\"><bdi class=\"num\">20.9</bdi>"));
    CHECK(says("<td class=\"n\"><bdi class=\"num\">0.996</bdi></td><td class=\"n\"><bdi class=\"num\">42.0</bdi>"));
    CHECK(!says("0,996") && !says("0.997"));
    mz_buffer_done(&out);
}

TEST(values_are_said_in_words_and_a_number_once_with_its_country) {
    mz_case_file file = pages_case();
    mz_alert alert = file.alerts[0];
    alert.subject_facts =
        MZ_STR("{\"properties\":{\"gender\":[\"female\"],\"idNumber\":[\"INVIC8511\"],\"name\":[\"N\"]}}");
    alert.entity_facts =
        MZ_STR("{\"properties\":{\"gender\":[\"female\"],\"idNumber\":[\"INVIC8511\"],"
               "\"number\":[\"INVIC8511 (ma)\"],\"passportNumber\":[\"INV2\",\"INV2 (tn)\",\"INV3 (copy)\"]}}");
    file.alerts = &alert;
    file.alert_count = 1;
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    write_case(&file, MZ_FRENCH);
    CHECK(says("<th scope=\"row\">Sexe</th><td><span class=\"value\"><bdi>féminin</bdi></span></td>"));
    CHECK(says("<td><span class=\"value\"><bdi class=\"num\">INVIC8511</bdi></span></td><td><span class=\"value\"><bdi "
               "class=\"num\">INVIC8511</bdi> (<bdi>Maroc</bdi>)</span></td>"));
    CHECK(says("<td><span class=\"value\"><bdi class=\"num\">INV2</bdi> (<bdi>Tunisie</bdi>)</span><span "
               "class=\"value\"><bdi class=\"num\">INV3 (copy)</bdi></span></td>"));
    CHECK(!says("(ma)") && !says("Numéro de document"));
    write_case(&file, MZ_ARABIC);
    CHECK(says("<bdi>أنثى</bdi>"));
    CHECK(says("<bdi class=\"num\">INVIC8511</bdi> (<bdi>المغرب</bdi>)"));
    mz_buffer_done(&out);
}

TEST(the_source_of_a_subject_is_told_by_its_title) {
    mz_case_file file = pages_case();
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    write_case(&file, MZ_FRENCH);
    CHECK(says("<dt>Source</dt><dd><bdi>core-banking</bdi>"));
    file.source_title = MZ_STR("Noyau bancaire");
    write_case(&file, MZ_FRENCH);
    CHECK(says("<dt>Source</dt><dd><bdi>Noyau bancaire</bdi>"));
    file.source_title = MZ_STR("");
    file.subject.source = MZ_STR("screening");
    write_case(&file, MZ_FRENCH);
    CHECK(says("<dt>Source</dt><dd><bdi>criblage ponctuel</bdi>"));
    mz_buffer_done(&out);
}

TEST(what_was_erased_is_said_to_be) {
    mz_case_file file = pages_case();
    mz_alert alert = file.alerts[0];
    mz_buffer_init(&out, MZ_SHEET_BYTES_MOST);
    alert.subject_facts = alert.entity_facts = alert.hit = (mz_str){"", 0};
    file.subject.properties = (mz_str){"", 0};
    file.alerts = &alert;
    file.alert_count = 1;
    write_case(&file, MZ_ENGLISH);
    CHECK(says("erased"));
    pages_check(mz_buffer_view(&out), "case-erased");
    mz_buffer_done(&out);
}

TEST(a_page_that_grows_too_large_is_an_error) {
    mz_arena arena;
    mz_error error;
    mz_case_file file = pages_case();
    const mz_sheet sheet = {.out = &out, .language = MZ_ENGLISH};
    mz_buffer_init(&out, 4096);
    mz_arena_init(&arena, 16 << 20);
    CHECK_INT(MZ_ERR_LIMIT, mz_case_file_write(&file, &sheet, &arena, &error));
    mz_arena_done(&arena);
    mz_buffer_done(&out);
}

TEST(decimals_of_json_are_read_to_the_millionth) {
    CHECK_INT(625363, mz_sheet_millionths(MZ_STR("0.625363")));
    CHECK_INT(-368612, mz_sheet_millionths(MZ_STR("-0.368612")));
    CHECK_INT(-4500000, mz_sheet_millionths(MZ_STR("-4.5")));
    CHECK_INT(31390000, mz_sheet_millionths(MZ_STR("31.390000999")));
    CHECK_INT(0, mz_sheet_millionths(MZ_STR("")));
    CHECK_INT(0, mz_sheet_millionths(MZ_STR("null")));
    CHECK(mz_sheet_millionths(MZ_STR("999999999999999999999999")) > 0);
}

TEST_MAIN()
