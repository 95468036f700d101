/* Text in pages of HTML: markup is text, what hides is shown, and what a script needs stays. */
#include "test.h"
#include "text/html.h"

static void check_text(mz_str text, mz_str expected) {
    mz_buffer out;
    mz_buffer_init(&out, 1 << 10);
    mz_html_text(&out, text);
    CHECK(!out.failed);
    CHECK_STR(expected, mz_buffer_view(&out));
    mz_buffer_done(&out);
}

#define UNSEEN(number) "<span class=\"unseen\">" number "</span>"

TEST(markup_is_text) {
    check_text(MZ_STR("<b title='\"'>A & B</b>"), MZ_STR("&lt;b title=&#39;&quot;&#39;&gt;A &amp; B&lt;/b&gt;"));
}

TEST(what_hides_is_shown_by_its_number) {
    check_text(MZ_STR("a\x01z"), MZ_STR("a" UNSEEN("0001") "z"));
    check_text(MZ_STR("Kari\u200Bm"), MZ_STR("Kari" UNSEEN("200B") "m"));
    check_text(MZ_STR("نور\u200F\u202Eab\u2066"), MZ_STR("نور" UNSEEN("200F") UNSEEN("202E") "ab" UNSEEN("2066")));
    check_text(MZ_STR("\u200Eab"), MZ_STR(UNSEEN("200E") "ab"));
}

TEST(the_blanks_of_french_stay_while_others_are_shown) {
    check_text(MZ_STR("pays\u202F: Maroc, «\u00A01\u202F234\u00A0»"),
               MZ_STR("pays\u202F: Maroc, «\u00A01\u202F234\u00A0»"));
    check_text(MZ_STR("a\u2003b\u3000c\u2028d"), MZ_STR("a" UNSEEN("2003") "b" UNSEEN("3000") "c" UNSEEN("2028") "d"));
}

/* "Kardan-pisheh" in Persian is written with a half space; shown as a box it would be no name any more. */
TEST(the_half_space_of_a_script_that_joins_stays) {
    check_text(MZ_STR("کاردان\u200Cپیشه"), MZ_STR("کاردان\u200Cپیشه"));
    check_text(MZ_STR("هـ\u200D"), MZ_STR("هـ\u200D"));
    check_text(MZ_STR("क\u094D\u200Dष"), MZ_STR("क\u094D\u200Dष"));
}

TEST(between_letters_that_do_not_join_a_joiner_is_shown) {
    check_text(MZ_STR("Taz\u200Crouti"), MZ_STR("Taz" UNSEEN("200C") "routi"));
    check_text(MZ_STR("\u200Dنور"), MZ_STR(UNSEEN("200D") "نور"));
    check_text(MZ_STR("نور\u200C\u200C"), MZ_STR("نور\u200C" UNSEEN("200C")));
}

TEST_MAIN()
