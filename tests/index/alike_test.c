/* The bound on which finding words by their consonants rests: no change of phones costs less than that of their
 * classes. */
#include "index/alike.h"
#include "match/word.h"
#include "test.h"

TEST(changing_a_phone_costs_at_least_changing_its_class) {
    mz_alike *alike = mz_alike_new();
    CHECK(alike != NULL);
    for (unsigned x = 1; x < MZ_PHONE_COUNT; x++) {
        unsigned class = mz_phone_class((uint8_t)x);
        mz_test_case("phone %u", x);
        CHECK(class < MZ_PHONE_CLASS_COUNT);
        if (class) {
            CHECK(mz_alike_omit(alike, class) <= mz_phone_omit[x]);
            CHECK(mz_alike_omit(alike, class) <= mz_phone_omit_abjad[x]);
        }
        for (unsigned y = 1; y < MZ_PHONE_COUNT; y++) {
            unsigned other = mz_phone_class((uint8_t)y);
            mz_test_case("phones %u and %u", x, y);
            if (class && other) CHECK(mz_alike_exchange(alike, class, other) <= mz_phone_exchange[x][y]);
            if (class && !other) CHECK(mz_alike_omit(alike, class) <= mz_phone_exchange[x][y]);
        }
    }
    mz_alike_free(alike);
}

/* Else all words would be alike, and the bound would hold for nothing. */
TEST(most_changes_of_class_cost_as_much_as_a_typing_error) {
    unsigned dear = 0, all = 0;
    mz_alike *alike = mz_alike_new();
    CHECK(alike != NULL);
    for (unsigned a = 1; a < MZ_PHONE_CLASS_COUNT; a++) {
        CHECK(mz_alike_omit(alike, a) > MZ_LIKENESS_ARTICLE);
        for (unsigned b = 1; b < a; b++, all++) dear += mz_alike_exchange(alike, a, b) >= 12;
    }
    CHECK(dear * 2 > all);
    mz_alike_free(alike);
}

TEST_MAIN()
