/* How often a client may ask. */
#include "server/rate.h"
#include "test.h"

#include <stdio.h>

static const uint64_t S = 1000000000;

TEST(a_bucket_empties_and_fills_again) {
    mz_rate *rate;
    mz_error error;
    unsigned wait_s;
    CHECK_OK(mz_rate_new(2, 4, &rate, &error), error);
    for (int k = 0; k < 4; k++) CHECK(mz_rate_take(rate, MZ_STR("a"), S, &wait_s));
    CHECK(!mz_rate_take(rate, MZ_STR("a"), S, &wait_s));
    CHECK_INT(1, wait_s);
    CHECK(mz_rate_take(rate, MZ_STR("b"), S, &wait_s)); /* another's bucket */
    CHECK(mz_rate_take(rate, MZ_STR("a"), S + S / 2, &wait_s));
    CHECK(!mz_rate_take(rate, MZ_STR("a"), S + S / 2, &wait_s));
    for (int k = 0; k < 4; k++) CHECK(mz_rate_take(rate, MZ_STR("a"), 100 * S, &wait_s));
    CHECK(!mz_rate_take(rate, MZ_STR("a"), 100 * S, &wait_s)); /* no more than the burst, however long one waits */
    mz_rate_free(rate);
}

TEST(a_slow_rate_says_how_long_to_wait) {
    mz_rate *rate;
    mz_error error;
    unsigned wait_s = 0;
    CHECK_OK(mz_rate_new(0.1, 1, &rate, &error), error);
    CHECK(mz_rate_take(rate, MZ_STR("a"), S, &wait_s));
    CHECK(!mz_rate_take(rate, MZ_STR("a"), S, &wait_s));
    CHECK_INT(10, wait_s);
    mz_rate_free(rate);
}

TEST(more_clients_than_places_are_served_and_one_who_asks_on_is_not_forgotten) {
    mz_rate *rate;
    mz_error error;
    unsigned wait_s, refused = 0;
    CHECK_OK(mz_rate_new(1, 2, &rate, &error), error);
    for (unsigned k = 0; k < 4 * MZ_RATE_PLACES; k++) {
        char name[32];
        snprintf(name, sizeof name, "client %u", k);
        CHECK(mz_rate_take(rate, mz_str_of(name), S + k, &wait_s));
        refused += !mz_rate_take(rate, MZ_STR("greedy"), S + k, &wait_s);
    }
    CHECK_INT(4 * MZ_RATE_PLACES - 2, refused);
    mz_rate_free(rate);
}

TEST(nobody_is_limited_where_there_is_no_limit) {
    unsigned wait_s;
    CHECK(mz_rate_take(NULL, MZ_STR("a"), 0, &wait_s));
}

TEST_MAIN()
