/* The bound on which finding words by their consonants rests: no change of phones costs less than that of their
 * classes. */
#include "index/alike.h"
#include "match/word.h"
#include "test.h"

TEST(changing_a_phone_costs_at_least_changing_its_class) {
    mz_alike *alike = mz_alike_new();
    CHECK(alike != NULL);
    for (size_t t = 0; t < MZ_SPELLING_COUNT; t++) {
        const mz_spelling *spelling = &mz_spellings[t];
        for (unsigned x = 1; x < MZ_PHONE_COUNT; x++) {
            unsigned class = mz_phone_class((uint8_t)x);
            mz_test_case("table %zu, phone %u", t, x);
            CHECK(class < MZ_PHONE_CLASS_COUNT);
            for (unsigned place = 0; place < MZ_PHONE_PLACES; place++) {
                CHECK(mz_alike_omit(alike, spelling, false, class) <= spelling->omit_left[place][x]);
                CHECK(mz_alike_omit(alike, spelling, true, class) <= spelling->omit_right[place][x]);
            }
            for (unsigned y = 1; y < MZ_PHONE_COUNT; y++) {
                unsigned other = mz_phone_class((uint8_t)y);
                mz_test_case("table %zu, phones %u and %u", t, x, y);
                CHECK(mz_alike_exchange(alike, spelling, class, other) <= spelling->exchange[x][y]);
                if (!other) CHECK(mz_alike_omit(alike, spelling, false, class) <= spelling->exchange[x][y]);
                if (!class) CHECK(mz_alike_omit(alike, spelling, true, other) <= spelling->exchange[x][y]);
            }
        }
    }
    mz_alike_free(alike);
}

/* Else all words would be alike, and the bound would hold for nothing. */
TEST(most_changes_of_class_cost_half_a_typing_error_and_none_is_free) {
    mz_alike *alike = mz_alike_new();
    CHECK(alike != NULL);
    for (size_t t = 0; t < MZ_SPELLING_COUNT; t++) {
        unsigned dear = 0, all = 0;
        for (unsigned a = 1; a < MZ_PHONE_CLASS_COUNT; a++)
            for (unsigned b = 1; b < a; b++, all++)
                dear += mz_alike_exchange(alike, &mz_spellings[t], a, b) >= MZ_PHONE_TYPO / 2;
        mz_test_case("table %zu: %u of %u", t, dear, all);
        CHECK(dear * 2 > all);
        for (unsigned class = 1; class < MZ_PHONE_CLASS_COUNT; class++) {
            mz_test_case("table %zu, class %u left out", t, class);
            CHECK(mz_alike_omit(alike, &mz_spellings[t], false, class) >= MZ_PHONE_TYPO / 16);
            CHECK(mz_alike_omit(alike, &mz_spellings[t], true, class) >= MZ_PHONE_TYPO / 16);
        }
    }
    mz_alike_free(alike);
}

TEST_MAIN()
