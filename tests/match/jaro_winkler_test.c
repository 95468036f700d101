/* Jaro's and Winkler's likeness. The first three pairs are those of Winkler's own papers; every value is computed by
 * hand from the definition in the header. */
#include "match/jaro_winkler.h"

#include "test.h"

#include <string.h>

static mz_fraction likeness(const char *left, const char *right, size_t prefix_most) {
    uint32_t a[600], b[600];
    size_t a_count = strlen(left), b_count = strlen(right);
    for (size_t i = 0; i < a_count; i++) a[i] = (unsigned char)left[i];
    for (size_t i = 0; i < b_count; i++) b[i] = (unsigned char)right[i];
    return mz_jaro_winkler(a, a_count, b, b_count, prefix_most);
}

static bool is(mz_fraction found, uint64_t over, uint64_t under) {
    return found.over * under == over * found.under;
}

TEST(the_textbook_pairs_by_jaro) {
    /* MARTHA, MARHTA: 6 agree, T and H out of order, half of 2 counts: (6/6 + 6/6 + 5/6) / 3 */
    CHECK(is(likeness("MARTHA", "MARHTA", 0), 17, 18));
    /* DIXON, DICKSONX: D, I, O, N agree (X is too far): (4/5 + 4/8 + 4/4) / 3 */
    CHECK(is(likeness("DIXON", "DICKSONX", 0), 23, 30));
    /* DWAYNE, DUANE: D, A, N, E agree: (4/6 + 4/5 + 4/4) / 3 */
    CHECK(is(likeness("DWAYNE", "DUANE", 0), 37, 45));
}

TEST(winkler_adds_a_tenth_of_what_is_missing_for_each_letter_of_a_common_beginning) {
    CHECK(is(likeness("MARTHA", "MARHTA", 4), 173, 180)); /* 17/18 + 3/10 · 1/18: 0.961 */
    CHECK(is(likeness("DIXON", "DICKSONX", 4), 61, 75));  /* 23/30 + 2/10 · 7/30: 0.813 */
    CHECK(is(likeness("DWAYNE", "DUANE", 4), 378, 450));  /* 37/45 + 1/10 · 8/45: 0.840 */
    /* 7 of 7 and of 14 agree: 5/6; no more of the beginning counts than is asked for */
    CHECK(is(likeness("KARINDO", "KARINDOBELUMASA", 0), 37, 45)); /* (1 + 7/15 + 1) / 3 */
    CHECK(is(likeness("KARINDO", "KARINDOBELUMASA", 4), 402, 450));
    CHECK(is(likeness("KARINDO", "KARINDOBELUMASA", 5), 410, 450));
}

TEST(an_odd_letter_out_of_order_is_half_a_transposition) {
    /* abc, bca: reach 0, nothing agrees. Longer: "xabcy" against "xbcay", reach 1: all but a agree; x b c y, in order
     */
    CHECK(is(likeness("abc", "bca", 0), 0, 1));
    CHECK(is(likeness("xabcy", "xbcay", 0), 13, 15)); /* (4/5 + 4/5 + 4/4) / 3 */
    /* "zabcwwww" against "zbcawwww", reach 3: 8 agree, three stand elsewhere: (1 + 1 + (8 - 1.5)/8) / 3 */
    CHECK(is(likeness("zabcwwww", "zbcawwww", 0), 45, 48));
}

TEST(the_same_is_1_and_nothing_in_common_is_0) {
    CHECK(is(likeness("A", "A", 4), 1, 1));
    CHECK(is(likeness("TAMEDOUR", "TAMEDOUR", 0), 1, 1));
    CHECK(is(likeness("A", "B", 4), 0, 1));
    CHECK(is(likeness("KOLB", "TAMEDI", 4), 0, 1));
    CHECK(is(likeness("", "TAMED", 4), 0, 1));
    CHECK(is(likeness("", "", 4), 0, 1));
}

TEST(strings_that_are_too_long_are_compared_by_their_first_letters) {
    char left[600], right[600];
    for (size_t i = 0; i < sizeof left; i++) left[i] = right[i] = (char)('a' + i % 7);
    right[MZ_JARO_LETTERS_MOST] = 'z';
    left[599] = right[599] = '\0';
    CHECK(is(likeness(left, right, 4), 1, 1));
    right[MZ_JARO_LETTERS_MOST - 1] = 'z';
    mz_fraction found = likeness(left, right, 4);
    CHECK(found.over < found.under);
    CHECK(found.under < UINT64_C(1) << 40);
}

TEST(letters_outside_ascii_are_compared_as_those_within) {
    /* the same strings moved to another block of Unicode: other code compares them, with the same result */
    uint64_t state = 0x9E3779B97F4A7C15u;
    for (int round = 0; round < 4000; round++) {
        uint32_t letters[2][2][80];
        size_t count[2];
        for (int side = 0; side < 2; side++) {
            count[side] = (state >> 33) % 80;
            for (size_t i = 0; i < count[side]; i++) {
                state = state * 6364136223846793005u + 1442695040888963407u;
                letters[0][side][i] = (uint32_t)('a' + (state >> 40) % 6);
                letters[1][side][i] = letters[0][side][i] + 0x400;
            }
            state = state * 6364136223846793005u + 1442695040888963407u;
        }
        mz_test_case("%d: %zu letters and %zu", round, count[0], count[1]);
        mz_fraction ascii = mz_jaro_winkler(letters[0][0], count[0], letters[0][1], count[1], 4);
        mz_fraction other = mz_jaro_winkler(letters[1][0], count[0], letters[1][1], count[1], 4);
        CHECK_INT(other.over, ascii.over);
        CHECK_INT(other.under, ascii.under);
        CHECK(ascii.over <= ascii.under);
    }
}

TEST_MAIN()
