#include "base/digest.h"

#include "test.h"

static mz_str hex_of(mz_str text, size_t step) {
    static char hex[MZ_DIGEST_HEX_SIZE];
    mz_digest digest;
    mz_digest_init(&digest);
    for (size_t at = 0; at < text.size; at += step)
        mz_digest_update(&digest, text.data + at, text.size - at < step ? text.size - at : step);
    mz_digest_hex(&digest, hex);
    return mz_str_of(hex);
}

/* Computed with b2sum -l 256 of GNU coreutils and with Python's hashlib.blake2b(digest_size=32). */
TEST(digests_agree_with_other_implementations) {
    CHECK_STR(MZ_STR("0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8"), hex_of(MZ_STR(""), 1));
    CHECK_STR(MZ_STR("bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"), hex_of(MZ_STR("abc"), 3));
}

TEST(pieces_give_the_digest_of_the_whole) {
    char text[1000];
    for (size_t i = 0; i < sizeof text; i++) text[i] = (char)(i * 7);
    char whole[MZ_DIGEST_HEX_SIZE];
    mz_str all = {text, sizeof text};
    memcpy(whole, hex_of(all, sizeof text).data, sizeof whole);
    for (size_t step = 1; step < 200; step += 13) {
        mz_test_case("pieces of %zu", step);
        CHECK_STR(mz_str_of(whole), hex_of(all, step));
    }
}

TEST_MAIN()
