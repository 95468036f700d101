/* Shares and Wilson's interval, against values worked out independently (with 50 digits). */
#include "mizan/effectiveness.h"
#include "test.h"

#include <math.h>

static void check_near(double expected, double actual) {
    if (fabs(expected - actual) > 1e-9) mz_test_fail(__FILE__, __LINE__, "expected %.12f, got %.12f", expected, actual);
}

TEST(shares_have_wilsons_interval) {
    static const struct {
        uint64_t count, of;
        double low, high;
    } cases[] = {
        {0, 10, 0.000000000000, 0.277532799863},      {10, 10, 0.722467200137, 1.000000000000},
        {1, 10, 0.017876213095, 0.404150026795},      {5, 10, 0.236593090513, 0.763406909487},
        {9, 10, 0.595849973205, 0.982123786905},      {1, 1, 0.206549314377, 1.000000000000},
        {81, 263, 0.255288519878, 0.366209576983},    {960, 1000, 0.945990355879, 0.970489026315},
        {4999, 5000, 0.998867910919, 0.999964694217}, {123456, 200000, 0.615147594171, 0.619407900653},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        mz_test_case("%llu of %llu", (unsigned long long)cases[i].count, (unsigned long long)cases[i].of);
        mz_share share = mz_share_of(cases[i].count, cases[i].of);
        CHECK_INT(cases[i].count, share.count);
        CHECK_INT(cases[i].of, share.of);
        check_near((double)cases[i].count / (double)cases[i].of, share.share);
        check_near(cases[i].low, share.low);
        check_near(cases[i].high, share.high);
    }
}

TEST(nothing_asked_says_nothing) {
    mz_share share = mz_share_of(0, 0);
    check_near(0, share.low);
    check_near(1, share.high);
}

TEST_MAIN()
