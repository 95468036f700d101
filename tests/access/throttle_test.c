/* Delays: that they grow, that they end, and that nobody slips through between a question and its answer. */
#include "access/throttle.h"
#include "oom.h"
#include "test.h"

static const mz_throttle_rule rule = {.free_tries = 3, .longest_wait_s = 60};
static const mz_str who = MZ_STR_INIT("name:house/leila");

static mz_throttle *throttle_of(mz_throttle_rule of) {
    mz_throttle *throttle;
    mz_error error;
    CHECK_OK(mz_throttle_new(of, &throttle, &error), error);
    return throttle;
}

TEST(after_the_free_tries_each_waits_twice_as_long_as_the_one_before) {
    mz_throttle *throttle = throttle_of(rule);
    int64_t now = 1000;
    for (int k = 0; k < 4; k++) CHECK_INT(0, mz_throttle_try(throttle, who, now));
    static const unsigned waits[] = {2, 4, 8, 16, 32, 60, 60, 60};
    for (size_t k = 0; k < sizeof waits / sizeof *waits; k++) {
        mz_test_case("try %zu", k);
        CHECK_INT(waits[k], mz_throttle_try(throttle, who, now));
        CHECK_INT(1, mz_throttle_try(throttle, who, now + waits[k] - 1));
        now += waits[k];
        CHECK_INT(0, mz_throttle_try(throttle, who, now));
    }
    mz_throttle_free(throttle);
}

TEST(tries_that_are_refused_make_nobody_wait_longer) {
    mz_throttle *throttle = throttle_of(rule);
    for (int k = 0; k < 4; k++) CHECK_INT(0, mz_throttle_try(throttle, who, 1000));
    for (int k = 0; k < 1000; k++) CHECK_INT(2, mz_throttle_try(throttle, who, 1000));
    CHECK_INT(0, mz_throttle_try(throttle, who, 1002));
    mz_throttle_free(throttle);
}

TEST(a_success_takes_all_back_and_one_that_was_not_made_does_not_count) {
    mz_throttle *throttle = throttle_of(rule);
    for (int k = 0; k < 4; k++) CHECK_INT(0, mz_throttle_try(throttle, who, 1000));
    mz_throttle_forgive(throttle, who);
    for (int k = 0; k < 100; k++) {
        CHECK_INT(0, mz_throttle_try(throttle, who, 1000));
        mz_throttle_undo(throttle, who);
    }
    for (int k = 0; k < 4; k++) CHECK_INT(0, mz_throttle_try(throttle, who, 1000));
    CHECK(mz_throttle_try(throttle, who, 1000) > 0);
    mz_throttle_free(throttle);
}

TEST(a_day_without_a_try_and_a_clock_set_back_forget) {
    mz_throttle *throttle = throttle_of((mz_throttle_rule){.free_tries = 0, .longest_wait_s = 900});
    for (int k = 0; k < 12; k++) (void)mz_throttle_try(throttle, who, 1000 + k * 901);
    int64_t last = 1000 + 11 * 901;
    CHECK(mz_throttle_try(throttle, who, last) > 0);
    CHECK_INT(0, mz_throttle_try(throttle, who, last + 25 * 3600));
    CHECK_INT(2, mz_throttle_try(throttle, who, last + 25 * 3600));
    CHECK_INT(0, mz_throttle_try(throttle, who, 500));
    mz_throttle_free(throttle);
}

TEST(others_do_not_wait) {
    mz_throttle *throttle = throttle_of((mz_throttle_rule){.free_tries = 0, .longest_wait_s = 900});
    CHECK_INT(0, mz_throttle_try(throttle, who, 1000));
    CHECK(mz_throttle_try(throttle, who, 1000) > 0);
    CHECK_INT(0, mz_throttle_try(throttle, MZ_STR("name:house/karim"), 1000));
    CHECK_INT(0, mz_throttle_try(throttle, MZ_STR(""), 1000));
    mz_throttle_free(throttle);
}

static mz_status make(void *context, mz_error *error) {
    mz_throttle *throttle;
    (void)context;
    mz_status status = mz_throttle_new(rule, &throttle, error);
    if (!status) mz_throttle_free(throttle);
    return status;
}

TEST(without_memory_there_is_none) {
    CHECK_INT(1, mz_oom_each(make, NULL));
}

TEST_MAIN()
