/* Facts in prose: numbered values, numbers in sentences, words behind labels. */
#include "lists/prose.h"

#include "base/buffer.h"
#include "test.h"

static mz_buffer seen;

static const char *numbered(const char *text) {
    mz_str rest = mz_str_of(text), value;
    mz_buffer_done(&seen);
    mz_buffer_init(&seen, 4096);
    while (mz_next_numbered(&rest, &value)) {
        mz_buffer_str(&seen, value);
        mz_buffer_char(&seen, '/');
    }
    return seen.data ? seen.data : "";
}

TEST(values_that_a_field_numbers) {
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"Iraq", "Iraq/"},
        {"", ""},
        {"1) Iraq 2) Iran", "Iraq/Iran/"},
        {"(1) Iraq (2) Iran", "Iraq/Iran/"},
        {"a) Iraq, b) Iran", "Iraq/Iran/"},
        {"(1)-(2) Iraq (3) Iran", "Iraq/Iran/"},
        {"(1) to (6) Iraq (7) Iran", "Iraq/Iran/"},
        {"(1) Iraq (2)-(6) -", "Iraq/"},
        {"Iraq (since 2009)", "Iraq (since 2009)/"},
        {"number(s) 12", "number(s) 12/"},
        {"na", ""},
        {"(1)", ""},
        {"(10) ten (11) eleven", "ten/eleven/"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].text);
        CHECK_TEXT(cases[i].expected, numbered(cases[i].text));
    }
    mz_buffer_done(&seen);
}

TEST(numbers_in_sentences) {
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"A1234567", "A1234567"},
        {"Passport no. A1234567 (Iraqi). Issued on 1 June 1996", "A1234567"},
        {"no.100200300 (issued 01.02.2003)", "100200300"},
        {"ZZ 000123 (Afghan)", "ZZ 000123"},
        {"11/222 (Egypt)", "11/222"},
        {"10203040 (German) issued 1999", "10203040"},
        {"Diplomatic Passport XX0000009 (valid 01/02/2003)", "XX0000009"},
        {"Q-100200. Issued in 1996", "Q-100200"},
        {"100200-03- 4000", "100200-03- 4000"},
        {"Uganda Passport.", ""},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].text);
        CHECK_STR(mz_str_of(cases[i].expected), mz_number_in(mz_str_of(cases[i].text)));
    }
}

TEST(words_behind_labels) {
    static const struct {
        const char *text, *label, *expected;
    } cases[] = {
        {"UN Ref QDx.901. Emir of nothing.", "UN Ref", "QDx.901"},
        {"UN REF:Q.A.1.14.", "UN Ref", "Q.A.1.14"},
        {"(UN Ref):TAx.902. (Gender):Male", "UN Ref", "TAx.902"},
        {"(IMO number):9074729", "IMO", "9074729"},
        {"IMO: 9074729. MMSI: 242123456.", "MMSI", "242123456"},
        {"The IMO refused; IMO no. 9074729", "IMO", "9074729"},
        {"MAXIMO 1", "IMO", ""},
        {"IMOGEN 1", "IMO", ""},
        {"IMO", "IMO", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s", cases[i].text);
        CHECK_STR(mz_str_of(cases[i].expected), mz_word_after(mz_str_of(cases[i].text), cases[i].label));
    }
}

TEST(values_between_separators) {
    mz_str rest = MZ_STR(" a ;; b;c ;"), value;
    static const char *const expected[] = {"a", "b", "c"};
    for (size_t i = 0; i < 3; i++) {
        CHECK(mz_next_between(&rest, ";", &value));
        CHECK_STR(mz_str_of(expected[i]), value);
    }
    CHECK(!mz_next_between(&rest, ";", &value));
}

TEST(languages_have_codes) {
    CHECK_STR(MZ_STR("ar"), mz_language_code(MZ_STR(" ARABIC")));
    CHECK_STR(MZ_STR(""), mz_language_code(MZ_STR("Martian")));
}

TEST_MAIN()
