/* The algorithm `ofac`, on invented names. Scores are computed by hand from what ofac.h says; the likenesses of
 * Jaro and Winkler behind them are tested apart. */
#include "match/ofac_bound.h"

#include "oom.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static mz_arena scratch, arena;

static mz_ofac_name ready(mz_str text) {
    mz_ofac_name name;
    mz_error error = {0};
    CHECK_OK(mz_ofac_prepare(text, &scratch, &arena, &name, &error), error);
    return name;
}

static unsigned score_of(mz_str query, mz_str listed) {
    mz_arena_init(&scratch, 64 << 20);
    mz_arena_init(&arena, 64 << 20);
    mz_ofac_name left = ready(query), right = ready(listed);
    unsigned score = mz_ofac_score(&left, &right);
    CHECK_INT(score, mz_ofac_score(&left, &right));
    mz_arena_done(&scratch);
    mz_arena_done(&arena);
    return score;
}

static unsigned score(const char *query, const char *listed) {
    return score_of(mz_str_of(query), mz_str_of(listed));
}

/* ---- names made ready ---- */

static void check_ready(const char *text, const char *whole, const char *parts) {
    char found_whole[300], found_parts[400];
    size_t size = 0;
    mz_test_case("%s", text);
    mz_arena_init(&scratch, 64 << 20);
    mz_arena_init(&arena, 64 << 20);
    mz_ofac_name name = ready(mz_str_of(text));
    for (size_t i = 0; i < name.letter_count; i++) found_whole[i] = (char)name.letters[i];
    for (size_t i = 0; i < name.part_count; i++) {
        if (i) found_parts[size++] = ' ';
        for (size_t j = 0; j < name.parts[i].count; j++)
            found_parts[size++] = (char)name.letters[name.parts[i].first + j];
    }
    CHECK_STR(mz_str_of(whole), ((mz_str){found_whole, name.letter_count}));
    CHECK_STR(mz_str_of(parts), ((mz_str){found_parts, size}));
    mz_arena_done(&scratch);
    mz_arena_done(&arena);
}

TEST(the_whole_string_keeps_hyphens_and_nothing_else_but_letters) {
    check_ready("TAMEDOUR, Belkaro", "tamedourbelkaro", "tamedour belkaro");
    check_ready("AL-TAMED, Belkaro Osk", "al-tamedbelkaroosk", "al tamed belkaro osk");
    check_ready("O'Tamed  (Belkaro)", "otamedbelkaro", "otamed belkaro");
    check_ready("T.M. Belkaro", "tmbelkaro", "tm belkaro");
    check_ready("Belkaro - Tamed", "belkarotamed", "belkaro tamed");
}

TEST(capitals_and_marks_make_no_difference) {
    check_ready("TÂMÉDOÜR", "tamedour", "tamedour");
    CHECK_INT(100, score("tâmédoür belkaro", "TAMEDOUR BELKARO"));
}

TEST(digits_stay_with_their_letters) {
    check_ready("Belkaro7 12", "belkaro712", "belkaro7 12");
}

TEST(other_scripts_are_romanised) {
    check_ready("Белкаро", "belkaro", "belkaro");
    CHECK_INT(100, score("Белкаро", "BELKARO, Tamed"));
}

TEST(what_has_no_letter_has_no_part) {
    check_ready("", "", "");
    check_ready(" -- ,.", "", "");
}

/* ---- whole names ---- */

TEST(the_same_name_is_100_in_any_order_of_its_parts) {
    CHECK_INT(100, score("Tamedour", "Tamedour"));
    CHECK_INT(100, score("Belkaro Tamedour", "TAMEDOUR, Belkaro"));
    CHECK_INT(100, score("A", "a"));
}

TEST(what_is_left_over_of_the_listed_name_costs_nothing) {
    CHECK_INT(100, score("Tamedour", "TAMEDOUR, Belkaro Osk"));
    CHECK_INT(100, score("Belkaro Tamedour", "AL-TAMEDOUR, Belkaro Osk"));
}

TEST(a_part_that_meets_nothing_counts_0) {
    /* KOLB begins like no part: (100 + 0) / 2, and the whole strings are less alike than that */
    CHECK_INT(50, score("Tamedour Kolb", "ISHIVANE, Tamedour"));
}

TEST(parts_are_rounded_up_and_their_mean_to_the_nearest) {
    CHECK_INT(97, score("martha", "MARHTA, Belkarodis Osk"));            /* 0.9611 */
    CHECK_INT(99, score("martha belkarodis", "MARHTA, Belkarodis Osk")); /* (97 + 100) / 2 = 98.5 */
}

TEST(the_whole_strings_decide_where_they_are_more_alike) {
    /* No part meets. 6 letters each, reach 2; A, M, E, D agree: (4/6 + 4/6 + 1) / 3 = 0.7778 */
    CHECK_INT(78, score("tamedo", "kamedi"));
    /* of a common beginning 5 letters count: 8 agree, (8/10 + 8/10 + 1) / 3 = 13/15, and half of 2/15 */
    CHECK_INT(93, score("belkarodis", "belkarodum") /* as a part: 4 letters, 0.92 */);
}

TEST(parts_meet_when_they_begin_alike_and_are_more_than_half_alike) {
    /* 1 letter exchanged in the beginning: no part meets; the whole strings: (4/5 + 4/5 + 1) / 3 = 0.867 */
    CHECK_INT(87, score("tamed", "kamed"));
    /* BELKA and BELKAROTOM: 5 of 10 letters put in are half: no part meets. 0.8333 + 0.5 · 0.1667 */
    CHECK_INT(92, score("belka", "belkarotom"));
}

TEST(parts_of_one_soundex_code_meet_however_they_are_spelled) {
    /* T535 both; 5 edits in 10 letters. T, M, D, M agree: (4/5 + 4/10 + 1) / 3 = 11/15, and a tenth of 4/15 */
    CHECK_INT(76, score("tmdmn", "BELKARO, Taamudaman"));
    CHECK_INT(0, score("tmdkn", "BELKARO, Taamudaman")); /* T532, and T535 */
}

TEST(short_parts_do_not_count_where_there_are_longer_ones) {
    CHECK_INT(100, score("Dr Tamedour", "TAMEDOUR, Belkaro"));
    CHECK_INT(100, score("Xi Ye", "YE, Xi"));
    CHECK_INT(50, score("Xi Ye", "BRONDLAUKMUTH, Xi") /* both count when there are no others */);
}

TEST(a_name_below_80_is_not_found_when_its_parts_are_unlike_the_first_one_typed) {
    /* TAMEDOUR agrees in both; KOLB is like nothing of the listed name, and one of two is not more than half */
    CHECK_INT(0, score("Kolb Tamedour", "ISHIVANE, Tamedour"));
    CHECK_INT(67, score("Kolb Tamedour Ishivane", "ISHIVANE, Tamedour"));
    /* OSK too is like nothing; but the whole strings reach 80: (8/11 + 8/8 + 1) / 3 */
    CHECK_INT(91, score("Osk Tamedour", "TAMEDOUR"));
}

TEST(below_50_there_is_no_score) {
    CHECK_INT(0, score("Tamedour", "ISK"));
    CHECK_INT(0, score("", ""));
    CHECK_INT(0, score("", "Tamedour"));
    CHECK_INT(0, score("Tamedour", "--"));
}

/* ---- limits, and bad input ---- */

TEST(a_very_long_name_is_cut_and_says_so) {
    static char text[200000];
    for (size_t i = 0; i < sizeof text; i++) text[i] = i % 9 == 8 ? ' ' : "bakidomunefo"[i % 12];
    mz_str name = {text, sizeof text};
    CHECK_INT(100, score_of(name, name));
    mz_arena_init(&scratch, 64 << 20);
    mz_arena_init(&arena, 64 << 20);
    mz_ofac_name cut = ready(name), one_long_word = ready((mz_str){memset(text, 'b', sizeof text), sizeof text});
    CHECK(cut.cut && one_long_word.cut);
    CHECK_INT(MZ_OFAC_LETTERS_MOST, one_long_word.letter_count);
    CHECK_INT(1, one_long_word.part_count);
    CHECK(cut.letter_count <= MZ_OFAC_LETTERS_MOST && cut.part_count <= MZ_OFAC_PARTS_MOST);
    for (size_t i = 0; i < sizeof text; i++) text[i] = i % 2 ? ' ' : 'x';
    mz_ofac_name many = ready(name);
    CHECK(many.cut);
    CHECK_INT(MZ_OFAC_PARTS_MOST, many.part_count);
    mz_ofac_name short_one = ready(MZ_STR("Tamedour"));
    CHECK(!short_one.cut);
    mz_arena_done(&scratch);
    mz_arena_done(&arena);
}

TEST(what_is_not_utf_8_is_refused) {
    mz_ofac_name name;
    mz_error error = {0};
    mz_arena_init(&scratch, 64 << 20);
    mz_arena_init(&arena, 64 << 20);
    CHECK_INT(MZ_ERR_INPUT, mz_ofac_prepare(MZ_STR("Tamed\xC3"), &scratch, &arena, &name, &error));
    mz_arena_done(&scratch);
    mz_arena_done(&arena);
}

static mz_status prepare(void *context, mz_error *error) {
    mz_arena temporary, kept;
    mz_ofac_name name;
    (void)context;
    mz_arena_init(&temporary, 1 << 20);
    mz_arena_init(&kept, 1 << 20);
    mz_status status = mz_ofac_prepare(MZ_STR("AL-TAMEDOUR, Belkaro Osk"), &temporary, &kept, &name, error);
    if (!status && mz_ofac_score(&name, &name) != 100) abort();
    mz_arena_done(&temporary);
    mz_arena_done(&kept);
    return status;
}

TEST(a_failed_allocation_is_an_error_and_nothing_leaks) {
    CHECK(mz_oom_each(prepare, NULL) >= 2);
}

TEST(a_full_arena_is_an_error) {
    mz_ofac_name name;
    mz_error error = {0};
    mz_arena_init(&scratch, 64 << 20);
    mz_arena_init(&arena, 16);
    CHECK_INT(MZ_ERR_LIMIT, mz_ofac_prepare(MZ_STR("Tamedour Belkaro"), &scratch, &arena, &name, &error));
    mz_arena_done(&scratch);
    mz_arena_done(&arena);
}

/* ---- the bound ---- */

TEST(no_name_that_reaches_a_score_is_passed_over_and_most_others_are) {
    static const char *const syllables[] = {"ba", "ka", "ra", "mu", "ham", "sa", "lim",
                                            "do", "vi", "-",  " ",  " ",   " ",  "ou"};
    uint64_t state = 88172645463325252u;
    size_t reached = 0, passed = 0, all = 0;
    mz_arena_init(&scratch, 64 << 20);
    mz_arena_init(&arena, 64 << 20);
    for (int round = 0; round < 20000; round++) {
        char text[2][200] = {"", ""};
        for (int side = 0; side < 2; side++)
            for (int i = 0; i < 9; i++) {
                state ^= state << 13, state ^= state >> 7, state ^= state << 17;
                strcat(text[side], syllables[(state >> 33) % (round % 3 ? 14 : 6)]);
            }
        mz_test_case("%s ~ %s", text[0], text[1]);
        mz_arena_reset(&arena);
        mz_ofac_name query = ready(mz_str_of(text[0])), listed = ready(mz_str_of(text[1]));
        mz_ofac_sketch sketch;
        mz_ofac_sketch_of(&listed, &sketch);
        unsigned score = mz_ofac_score(&query, &listed);
        for (unsigned percent = MZ_OFAC_SCORE_LEAST; percent <= 100; percent += 5) {
            mz_ofac_bound bound;
            mz_ofac_bound_for(&query, percent, &bound);
            bool may = mz_ofac_may_reach(&bound, &listed, &sketch);
            CHECK(may || score < percent);
            reached += score >= percent;
            passed += !may;
            all++;
        }
    }
    mz_test_case("%zu of %zu passed over, %zu reached", passed, all, reached);
    CHECK(reached > all / 100 && passed > all / 3);
    mz_arena_done(&scratch);
    mz_arena_done(&arena);
}

TEST(an_account_adds_up_to_its_score) {
    static const struct {
        const char *query, *listed;
        bool by_whole;
        size_t meetings, missing;
    } cases[] = {{"Belkaro Tamed", "TAMED, Belkaro", false, 2, 0},
                 {"Belkaro Tamed Osk", "TAMED, Belkaro", false, 3, 1},
                 {"Tamedour Belka-ro", "TAMEDOUR, Belkaro", true, 0, 0},
                 {"Al Tamed", "TAMED, Belkaro", false, 1, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%s ~ %s", cases[i].query, cases[i].listed);
        mz_arena_init(&scratch, 64 << 20);
        mz_arena_init(&arena, 64 << 20);
        mz_ofac_name query = ready(mz_str_of(cases[i].query)), listed = ready(mz_str_of(cases[i].listed));
        mz_ofac_account account;
        unsigned percent = mz_ofac_account_for(&query, &listed, &account), sum = 0;
        size_t missing = 0;
        CHECK_INT(mz_ofac_score(&query, &listed), percent);
        CHECK_INT(cases[i].by_whole, account.by_whole);
        for (size_t m = 0; m < account.meeting_count; m++) {
            sum += account.meetings[m].score;
            missing += account.meetings[m].listed_part == MZ_OFAC_NO_PART;
        }
        if (!account.by_whole) {
            CHECK_INT(cases[i].meetings, account.meeting_count);
            CHECK_INT(cases[i].missing, missing);
            CHECK_INT((2 * sum + account.meeting_count) / (2 * account.meeting_count), percent);
        }
        mz_arena_done(&scratch);
        mz_arena_done(&arena);
    }
}

TEST_MAIN()
