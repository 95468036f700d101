/* The table of entities that a search has met: found again, forgotten at once, and as large as what was met. */
#include "screen/standings.h"

#include "base/error.h"
#include "oom.h"
#include "test.h"

TEST(what_was_met_is_found_again_in_the_order_it_was_met) {
    mz_standings standings = {0};
    for (uint32_t k = 0; k < 5000; k++) {
        CHECK(!mz_standings_get(&standings, k * 977));
        mz_standing *met = mz_standings_meet(&standings, k * 977);
        CHECK(met && met->entity == k * 977 && met->query_name == MZ_NO_QUERY_NAME && !met->identified);
        met->cost = k;
    }
    CHECK_INT(standings.count, 5000);
    for (uint32_t k = 0; k < 5000; k++) {
        const mz_standing *met = mz_standings_get(&standings, k * 977);
        CHECK(met && met == &standings.rows[k] && met->cost == k);
        CHECK(mz_standings_meet(&standings, k * 977) == met);
    }
    CHECK(!mz_standings_get(&standings, 1));
    CHECK_INT(standings.count, 5000);
    mz_standings_done(&standings);
}

TEST(what_is_forgotten_is_as_if_it_had_never_been_met) {
    mz_standings standings = {0};
    mz_standings_forget(&standings);
    for (uint32_t round = 0; round < 100; round++) {
        for (uint32_t k = 0; k < 50; k++) {
            CHECK(!mz_standings_get(&standings, k + round));
            mz_standing *met = mz_standings_meet(&standings, k + round);
            CHECK(met && !met->identified);
            met->identified = true;
        }
        mz_standings_forget(&standings);
        CHECK_INT(standings.count, 0);
    }
    mz_standings_done(&standings);
}

TEST(the_count_of_rounds_may_run_over) {
    mz_standings standings = {0};
    CHECK(mz_standings_meet(&standings, 3));
    standings.round = UINT32_MAX;
    mz_standings_forget(&standings);
    CHECK(!mz_standings_get(&standings, 3));
    CHECK(mz_standings_meet(&standings, 4));
    CHECK(!mz_standings_get(&standings, 3) && mz_standings_get(&standings, 4));
    mz_standings_done(&standings);
}

TEST(it_is_as_large_as_what_was_met) {
    mz_standings standings = {0};
    CHECK(mz_standings_meet(&standings, 0) && mz_standings_meet(&standings, UINT32_MAX));
    CHECK(standings.room < 100);
    mz_standings_done(&standings);
}

static mz_status meet_many(void *context, mz_error *error) {
    mz_standings standings = {0};
    mz_status status = MZ_OK;
    (void)context;
    for (uint32_t k = 0; k < 1000 && !status; k++) {
        if (mz_standings_meet(&standings, k)) continue;
        status = standings.count == k ? mz_fail_memory(error) : MZ_ERR_REFUSED;
        for (uint32_t earlier = 0; earlier < k; earlier++)
            if (!mz_standings_get(&standings, earlier)) status = MZ_ERR_REFUSED;
        if (mz_standings_get(&standings, k)) status = MZ_ERR_REFUSED;
    }
    mz_standings_done(&standings);
    return status;
}

TEST(without_memory_the_table_stays_as_it_was) {
    CHECK(mz_oom_each(meet_many, NULL) > 5);
}

TEST_MAIN()
