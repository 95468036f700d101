/* What a screening says it did. */
#include "listed.h"

#include <string.h>

static mz_error error;

static mz_screener *screener_with(bool exhaustive, bool timed) {
    mz_screener *screener;
    mz_screen_options options = {.threshold = 0.7, .limit = 10, .exhaustive = exhaustive, .timed = timed};
    CHECK_OK(mz_screener_new(listed_index(), &options, &screener, &error), error);
    return screener;
}

static mz_plan plan_of(mz_screener *screener, const char *name) {
    const mz_screening *screening;
    CHECK_OK(mz_screen_name(screener, MZ_SCHEMA_Person, mz_str_of(name), &screening, &error), error);
    CHECK(screening->plan != NULL);
    return *screening->plan;
}

TEST(the_work_of_a_query_is_counted) {
    mz_screener *screener = screener_with(false, false);
    mz_plan plan = plan_of(screener, "Zeinab Morjani");
    CHECK_INT(1, plan.queries);
    CHECK_INT(1, plan.names);
    static const mz_plan_counter done[] = {MZ_PLAN_WORDS_SEARCHED, MZ_PLAN_ROWS_WALKED,    MZ_PLAN_WORDS_COMPARED,
                                           MZ_PLAN_WORDS_ALIKE,    MZ_PLAN_POSTINGS_READ,  MZ_PLAN_NAMES_MET,
                                           MZ_PLAN_PAIRS_SCORED,   MZ_PLAN_ENTITIES_JUDGED};
    for (size_t d = 0; d < sizeof done / sizeof done[0]; d++) {
        mz_test_case("%s", mz_plan_counter_name(done[d]));
        CHECK(plan.counts[MZ_PLAN_BASE][done[d]] > 0);
        CHECK_INT(0, plan.counts[MZ_PLAN_OVERLAY][done[d]]);
    }
    CHECK(plan.work > 0);
    mz_screener_free(screener);
}

TEST(what_is_remembered_is_charged_as_if_it_were_done) {
    mz_screener *screener = screener_with(false, false);
    mz_plan first = plan_of(screener, "Zeinab Morjani"), again = plan_of(screener, "Zeinab Morjani");
    CHECK(first.counts[MZ_PLAN_BASE][MZ_PLAN_ROWS_WALKED] > 0);
    CHECK_INT(0, first.counts[MZ_PLAN_BASE][MZ_PLAN_WORDS_REMEMBERED]);
    CHECK_INT(0, again.counts[MZ_PLAN_BASE][MZ_PLAN_ROWS_WALKED]);
    CHECK_INT(first.counts[MZ_PLAN_BASE][MZ_PLAN_WORDS_SEARCHED], again.counts[MZ_PLAN_BASE][MZ_PLAN_WORDS_REMEMBERED]);
    CHECK_INT(first.counts[MZ_PLAN_BASE][MZ_PLAN_WORDS_ALIKE], again.counts[MZ_PLAN_BASE][MZ_PLAN_WORDS_ALIKE]);
    CHECK_INT(first.work, again.work);
    mz_screener_free(screener);
}

TEST(without_the_index_no_word_is_looked_for) {
    mz_screener *screener = screener_with(true, false);
    mz_plan plan = plan_of(screener, "Zeinab Morjani");
    mz_index_facts facts;
    mz_index_info(listed_index(), &facts);
    CHECK_INT(2 * facts.words, mz_plan_count(&plan, MZ_PLAN_WORDS_COMPARED));
    CHECK_INT(0, mz_plan_count(&plan, MZ_PLAN_WORDS_SEARCHED));
    CHECK_INT(0, mz_plan_count(&plan, MZ_PLAN_POSTINGS_READ));
    CHECK(mz_plan_count(&plan, MZ_PLAN_PAIRS_SCORED) > 0);
    CHECK_INT(mz_plan_count(&plan, MZ_PLAN_NAMES_MET),
              mz_plan_count(&plan, MZ_PLAN_PAIRS_SCORED) + mz_plan_count(&plan, MZ_PLAN_NAMES_INCOMPARABLE));
    mz_screener_free(screener);
}

TEST(no_clock_is_asked_unless_times_are_asked_for) {
    for (int timed = 0; timed < 2; timed++) {
        mz_screener *screener = screener_with(false, timed);
        mz_plan plan = plan_of(screener, "Zeinab Morjani");
        uint64_t all_ns = 0;
        for (unsigned stage = 0; stage < MZ_PLAN_STAGE_COUNT; stage++) all_ns += plan.ns[stage];
        CHECK_INT(timed, plan.timed);
        CHECK_INT(timed, all_ns > 0);
        mz_screener_free(screener);
    }
}

TEST(plans_of_queries_are_added_up) {
    mz_screener *screener = screener_with(false, true), *untimed = screener_with(false, false);
    mz_plan sum, a = plan_of(screener, "Zeinab Morjani"), b = plan_of(screener, "Idris Ben Zahi"),
                 c = plan_of(untimed, "Nahda Horizon");
    memset(&sum, 0, sizeof sum);
    mz_plan_add(&sum, &a);
    mz_plan_add(&sum, &b);
    CHECK(sum.timed);
    CHECK_INT(2, sum.queries);
    CHECK_INT(a.work + b.work, sum.work);
    CHECK_INT(a.ns[MZ_PLAN_IN_WORDS] + b.ns[MZ_PLAN_IN_WORDS], sum.ns[MZ_PLAN_IN_WORDS]);
    CHECK_INT(mz_plan_count(&a, MZ_PLAN_POSTINGS_READ) + mz_plan_count(&b, MZ_PLAN_POSTINGS_READ),
              mz_plan_count(&sum, MZ_PLAN_POSTINGS_READ));
    mz_plan_add(&sum, &c);
    CHECK(!sum.timed);
    CHECK_INT(3, sum.queries);
    mz_screener_free(screener);
    mz_screener_free(untimed);
}

TEST(everything_that_is_counted_has_a_word_of_its_own) {
    for (unsigned a = 0; a < MZ_PLAN_COUNTER_COUNT; a++)
        for (unsigned b = 0; b < a; b++)
            CHECK(strcmp(mz_plan_counter_name((mz_plan_counter)a), mz_plan_counter_name((mz_plan_counter)b)) != 0);
    CHECK_TEXT("postings_read", mz_plan_counter_name(MZ_PLAN_POSTINGS_READ));
    CHECK_TEXT("pairs", mz_plan_stage_name(MZ_PLAN_IN_PAIRS));
    CHECK_TEXT("base", mz_plan_part_name(MZ_PLAN_BASE));
    CHECK_TEXT("overlay", mz_plan_part_name(MZ_PLAN_OVERLAY));
}

TEST_MAIN()
