/* Countries: whatever a list calls them; and that the folding of the generator and of the library are one. */
#include "mizan/country.h"

#include "base/file.h"
#include "test.h"

#include <stddef.h>
#include <stdio.h>

/* The code, or "" when the text is no country's. */
static const char *code(const char *text) {
    mz_test_case("\"%s\"", text);
    const char *found = mz_country_code(mz_str_of(text));
    return found ? found : "";
}

struct naming {
    const char *text, *code;
};

static void check_namings(const struct naming *cases, size_t count) {
    for (size_t i = 0; i < count; i++) CHECK_TEXT(cases[i].code, code(cases[i].text));
}
#define CHECK_NAMINGS(cases) check_namings(cases, sizeof cases / sizeof cases[0])

TEST(codes_names_and_demonyms_are_understood) {
    static const struct naming cases[] = {
        {"ma", "ma"},
        {"MA", "ma"},
        {"MAR", "ma"},
        {"Morocco", "ma"},
        {"Kingdom of Morocco", "ma"},
        {"Maroc", "ma"},
        {"Royaume du Maroc", "ma"},
        {"المغرب", "ma"},
        {"المملكة المغربية", "ma"},
        {"Moroccan", "ma"},
        {"marocaine", "ma"},
        {"مغربية", "ma"},
        {"Burma", "mm"},
        {"DPRK", "kp"},
        {"D.P.R.K.", "kp"},
        {"RPDC", "kp"},
        {"Iraqi", "iq"},
        {"Ivorian", "ci"},
        {"Türkiye", "tr"},
        {"TURKIYE", "tr"},
        {"U.S.A.", "us"},
        {"uk", "gb"},
        {"la", "la"}, /* codes that are small words, too */
        {"DE", "de"},
        {"et", "et"},
        {"XK", "xk"},
    };
    CHECK_NAMINGS(cases);
}

TEST(word_order_case_marks_and_small_words_do_not_matter) {
    static const struct naming cases[] = {
        {"Iran (Islamic Republic of)", "ir"},
        {"IRAN, ISLAMIC REPUBLIC OF", "ir"},
        {"Islamic Republic of Iran", "ir"},
        {"Congo, The Democratic Republic of the", "cd"},
        {"Democratic Republic of the Congo", "cd"},
        {"Republic of the Congo", "cg"},
        {"Cote d'Ivoire", "ci"},
        {"CÔTE D’IVOIRE", "ci"},
        {"Cote d Ivoire", "ci"},
        {"Korea, North", "kp"},
        {"Democratic People's Republic of Korea (North Korea)", "kp"},
        {"  Saudi   Arabia ", "sa"},
        {"Myanmar (Burma)", "mm"},
        {"Kuwaiti citizenship", "kw"},
        {"Region: Crimea", "ua-cri"},
        {"سوريا", "sy"},
        {"الجزائر", "dz"},
        {"Re\xCC\x81union", "re"}, /* the accent as a character of its own */
    };
    CHECK_NAMINGS(cases);
}

TEST(neighbours_in_the_alphabet_are_kept_apart) {
    static const struct naming cases[] = {
        {"Niger", "ne"},
        {"Nigeria", "ng"},
        {"Nigerien", "ne"},
        {"Nigerian", "ng"},
        {"Guinea", "gn"},
        {"Guinea-Bissau", "gw"},
        {"Equatorial Guinea", "gq"},
        {"Papua New Guinea", "pg"},
        {"Dominica", "dm"},
        {"Dominican Republic", "do"},
        {"Sudan", "sd"},
        {"South Sudan", "ss"},
        {"Austria", "at"},
        {"Australia", "au"},
        {"Republic of Korea", "kr"},
        {"Samoa", "ws"},
        {"American Samoa", "as"},
        {"Ireland", "ie"},
        {"Northern Ireland", "gb"},
        {"China", "cn"},
        {"Republic of China", "tw"},
        {"Jordan", "jo"},
        {"Georgia", "ge"},
        {"South Georgia", "gs"},
    };
    CHECK_NAMINGS(cases);
}

TEST(what_iso_does_not_have_has_the_codes_of_followthemoney) {
    static const struct naming cases[] = {
        {"USSR", "suhh"},
        {"former Soviet Union", "suhh"},
        {"Yugoslavia", "yucs"},
        {"Serbia and Montenegro", "csxx"},
        {"Kosovo", "xk"},
        {"Czechoslovakia", "cshh"},
        {"East Germany", "dd"},
        {"Abkhazia", "ge-ab"},
        {"Transnistria", "md-pmr"},
        {"European Union", "eu"},
        {"Netherlands Antilles", "an"},
    };
    CHECK_NAMINGS(cases);
}

TEST(one_country_in_two_languages_is_one_country) {
    CHECK_TEXT("sy", code("Syria / Syrie"));
    CHECK_TEXT("mm", code("Myanmar (Burma) / Myanmar (Birmanie)"));
    CHECK_TEXT("", code("Sudan / South Sudan"));
    CHECK_TEXT("", code("Iran / unknown"));
    CHECK_TEXT("", code("/"));
    CHECK_TEXT("sy", code("Syria /"));
}

TEST(what_is_no_country_is_none) {
    static const char *const cases[] = {
        "",
        " ",
        "-",
        "unknown",
        "Africa",
        "Casablanca, Morocco",
        "1) Saudi Arabia 2) Qatar",
        "Moroccoo",
        "zzz",
        "x",
        "of the",
        "Congolese", /* of one of two countries */
        "\xFF\xFE",
        "Moroc\xC3",
        "المغربب",
        "a very long text that names no country and goes on for longer than the name of any country ever could, be it "
        "official, historical or both at once",
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) CHECK_TEXT("", code(cases[i]));
    CHECK(mz_country_code((mz_str){NULL, 0}) == NULL);
    CHECK(mz_country_code((mz_str){"ma\0", 3}) != NULL);
}

TEST(a_code_has_a_name_in_three_languages) {
    CHECK_TEXT("Morocco", mz_country_name(MZ_STR("ma"), MZ_ENGLISH));
    CHECK_TEXT("Maroc", mz_country_name(MZ_STR("ma"), MZ_FRENCH));
    CHECK_TEXT("المغرب", mz_country_name(MZ_STR("ma"), MZ_ARABIC));
    CHECK_TEXT("Soviet Union", mz_country_name(MZ_STR("suhh"), MZ_ENGLISH));
    CHECK(mz_country_name(MZ_STR("MA"), MZ_ENGLISH) == NULL);
    CHECK(mz_country_name(MZ_STR("Morocco"), MZ_ENGLISH) == NULL);
    CHECK(mz_country_name(MZ_STR(""), MZ_ENGLISH) == NULL);
}

/* --- the table itself -------------------------------------------------------------------------------------- */

enum { COLUMNS = 7 };

static mz_str next_field(mz_str *rest, char separator) {
    const char *end = rest->size ? memchr(rest->data, separator, rest->size) : NULL;
    mz_str field = {rest->data, end ? (size_t)(end - rest->data) : rest->size};
    size_t used = end ? field.size + 1 : field.size;
    rest->data += used;
    rest->size -= used;
    return field;
}

static void check_name(mz_str own_code, mz_str text) {
    if (!text.size) return;
    mz_test_case("%.*s: %.*s", (int)own_code.size, own_code.data, (int)text.size, text.data);
    CHECK_STR(own_code, mz_str_of(mz_country_code(text)));
}

static void check_row(mz_str line) {
    mz_str fields[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++) fields[i] = next_field(&line, '\t');
    mz_test_case("%.*s", (int)fields[0].size, fields[0].data);
    CHECK(fields[2].size > 0 && fields[3].size > 0 && fields[4].size > 0);
    CHECK_STR(fields[2], mz_str_of(mz_country_name(fields[0], MZ_ENGLISH)));
    CHECK_STR(fields[4], mz_str_of(mz_country_name(fields[0], MZ_ARABIC)));
    for (size_t i = 0; i < 5; i++) check_name(fields[0], fields[i]);
    for (size_t i = 5; i < COLUMNS; i++)
        while (fields[i].size) check_name(fields[0], next_field(&fields[i], ';'));
}

TEST(every_name_in_the_table_is_understood_as_its_own_country) {
    char path[4096];
    mz_input input;
    mz_buffer line;
    mz_error error;
    bool more = true;
    size_t rows = 0;
    (void)snprintf(path, sizeof path, "%s/data/countries.tsv", mz_test_source());
    CHECK_OK(mz_input_open(&input, path, &error), error);
    mz_buffer_init(&line, 1 << 16);
    while (more) {
        CHECK_OK(mz_input_line(&input, &line, &more, &error), error);
        mz_str text = mz_buffer_view(&line);
        bool heading = text.size >= 5 && memcmp(text.data, "code\t", 5) == 0;
        if (!more || !text.size || text.data[0] == '#' || heading) continue;
        check_row(text);
        rows++;
    }
    CHECK(rows > 250);
    mz_buffer_done(&line);
    mz_input_close(&input);
}

TEST_MAIN()
