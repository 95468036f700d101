/* TOTP against the vectors of its RFC, and that a code serves once. */
#include "access/secret.h"
#include "access/totp.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

/* RFC 6238, appendix B, SHA-1, of which the last six digits: the secret is "12345678901234567890". */
static const struct {
    int64_t seconds;
    const char *code;
} vectors[] = {
    {59, "287082"},         {1111111109, "081804"}, {1111111111, "050471"},
    {1234567890, "005924"}, {2000000000, "279037"}, {20000000000, "353130"},
};
#define SECRET MZ_STR("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")

TEST(the_codes_are_those_of_rfc_6238) {
    for (size_t k = 0; k < sizeof vectors / sizeof *vectors; k++) {
        char code[MZ_TOTP_DIGITS + 1];
        mz_test_case("%lld", (long long)vectors[k].seconds);
        CHECK(mz_totp_code(SECRET, vectors[k].seconds / MZ_TOTP_STEP_S, code));
        CHECK_TEXT(vectors[k].code, code);
    }
}

TEST(a_code_fits_a_step_early_and_a_step_late) {
    int64_t step = -1;
    for (int64_t late_s = -30; late_s <= 30; late_s += 30) {
        CHECK(mz_totp_fits(SECRET, MZ_STR("050471"), 1111111111 + late_s, 0, &step));
        CHECK_INT(1111111111 / 30, step);
    }
    CHECK(!mz_totp_fits(SECRET, MZ_STR("050471"), 1111111111 + 60, 0, &step));
    CHECK(!mz_totp_fits(SECRET, MZ_STR("050471"), 1111111111 - 60, 0, &step));
}

TEST(a_code_serves_once) {
    int64_t step;
    CHECK(mz_totp_fits(SECRET, MZ_STR("050471"), 1111111111, 0, &step));
    CHECK(!mz_totp_fits(SECRET, MZ_STR("050471"), 1111111111, step, &step));
    CHECK(!mz_totp_fits(SECRET, MZ_STR("081804"), 1111111111, step, &step)); /* the one before it, neither */
}

TEST(what_is_no_code_fits_nothing) {
    int64_t step;
    static const char *const none[] = {"", "05047", "0504711", "05o471", "050471x", "٠٥٠٤٧١"};
    for (size_t k = 0; k < sizeof none / sizeof *none; k++) {
        mz_test_case("%s", none[k]);
        CHECK(!mz_totp_fits(SECRET, mz_str_of(none[k]), 1111111111, 0, &step));
    }
    CHECK(mz_totp_fits(SECRET, MZ_STR("050 471"), 1111111111, 0, &step));
    CHECK(!mz_totp_fits(MZ_STR(""), MZ_STR("050471"), 1111111111, 0, &step));
    CHECK(!mz_totp_fits(MZ_STR("no secret!"), MZ_STR("050471"), 1111111111, 0, &step));
}

TEST(an_application_gets_all_it_needs_in_one_address) {
    mz_buffer uri;
    char secret[MZ_TOTP_SECRET_TEXT_SIZE], code[MZ_TOTP_DIGITS + 1];
    mz_buffer_init(&uri, 1024);
    mz_totp_uri(MZ_STR("Mizan Café"), MZ_STR("a@b.example"), SECRET, &uri);
    CHECK_TEXT("otpauth://totp/Mizan%20Caf%C3%A9:a%40b.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
               "&issuer=Mizan%20Caf%C3%A9&algorithm=SHA1&digits=6&period=30",
               uri.data);
    mz_buffer_done(&uri);
    mz_totp_secret_new(secret);
    CHECK_INT(32, strlen(secret));
    CHECK(mz_totp_code(mz_str_of(secret), 1, code));
}

TEST_MAIN()
