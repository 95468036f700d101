/* Secrets that the service makes: their form, their checksum, and that none is like another. */
#include "access/secret.h"
#include "test.h"

#include <stdio.h>
#include <string.h>

TEST(a_key_tells_a_slip_of_the_pen_from_itself) {
    char key[MZ_KEY_SIZE], other[MZ_KEY_SIZE];
    mz_key_new(key);
    mz_key_new(other);
    CHECK_INT(MZ_KEY_SIZE - 1, strlen(key));
    CHECK(memcmp(key, "mzk_", 4) == 0 && strcmp(key, other) != 0);
    CHECK(mz_key_fits(mz_str_of(key)));
    for (size_t at = 0; at < MZ_KEY_SIZE - 1; at++) {
        char slip[MZ_KEY_SIZE];
        memcpy(slip, key, sizeof slip);
        slip[at] = slip[at] == 'x' ? 'y' : 'x';
        mz_test_case("letter %zu of %s", at, slip);
        CHECK(!mz_key_fits(mz_str_of(slip)));
    }
    CHECK(!mz_key_fits((mz_str){key, MZ_KEY_SIZE - 2}));
    CHECK(!mz_key_fits(MZ_STR("")));
}

TEST(a_token_is_of_one_kind) {
    char session[MZ_TOKEN_SIZE], device[MZ_TOKEN_SIZE];
    mz_token_new(MZ_SECRET_SESSION, session);
    mz_token_new(MZ_SECRET_DEVICE, device);
    CHECK(mz_token_fits(MZ_SECRET_SESSION, mz_str_of(session)));
    CHECK(mz_token_fits(MZ_SECRET_DEVICE, mz_str_of(device)));
    CHECK(!mz_token_fits(MZ_SECRET_SESSION, mz_str_of(device)));
    CHECK(!mz_token_fits(MZ_SECRET_SESSION, MZ_STR("mzs_")));
}

TEST(a_hash_says_what_the_secret_is_for) {
    char session[MZ_SECRET_HASH_SIZE], key[MZ_SECRET_HASH_SIZE], csrf[MZ_SECRET_HASH_SIZE];
    mz_str secret = MZ_STR("mzs_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
    mz_secret_hash(MZ_SECRET_SESSION, secret, session);
    mz_secret_hash(MZ_SECRET_KEY, secret, key);
    mz_secret_csrf(secret, csrf);
    CHECK_INT(MZ_SECRET_HASH_SIZE - 1, strlen(session));
    CHECK(strcmp(session, key) != 0 && strcmp(session, csrf) != 0);
}

TEST(a_recovery_code_is_read_as_people_type_it) {
    char code[MZ_RECOVERY_SIZE], read[MZ_RECOVERY_SIZE], typed[64];
    mz_secret_groups(4, code);
    CHECK_INT(MZ_RECOVERY_SIZE - 1, strlen(code));
    CHECK(mz_recovery_read(mz_str_of(code), read));
    CHECK_TEXT(code, mz_str_of(read).data);
    snprintf(typed, sizeof typed, " ABCD efgh-ijkl  mnop ");
    CHECK(mz_recovery_read(mz_str_of(typed), read));
    CHECK_TEXT("abcd-efgh-ijkl-mnop", read);
    static const char *const none[] = {"", "abcd-efgh-ijkl", "abcd-efgh-ijkl-mno1", "abcd-efgh-ijkl-mnopq", "123456"};
    for (size_t k = 0; k < sizeof none / sizeof *none; k++) {
        mz_test_case("%s", none[k]);
        CHECK(!mz_recovery_read(mz_str_of(none[k]), read));
    }
}

/* RFC 4648, section 10. */
TEST(base_32_is_that_of_rfc_4648) {
    static const char *const vectors[][2] = {{"", ""},
                                             {"f", "MY"},
                                             {"fo", "MZXQ"},
                                             {"foo", "MZXW6"},
                                             {"foob", "MZXW6YQ"},
                                             {"fooba", "MZXW6YTB"},
                                             {"foobar", "MZXW6YTBOI"}};
    for (size_t k = 0; k < sizeof vectors / sizeof *vectors; k++) {
        char text[32];
        unsigned char back[32];
        size_t size;
        mz_test_case("%s", vectors[k][0]);
        mz_base32((const unsigned char *)vectors[k][0], strlen(vectors[k][0]), true, text);
        CHECK_TEXT(vectors[k][1], text);
        CHECK(mz_base32_read(mz_str_of(text), back, sizeof back, &size));
        CHECK_STR(mz_str_of(vectors[k][0]), ((mz_str){(const char *)back, size}));
    }
    unsigned char small[2];
    size_t size;
    CHECK(!mz_base32_read(MZ_STR("MZXW6"), small, sizeof small, &size));
    CHECK(!mz_base32_read(MZ_STR("MZ=="), small, sizeof small, &size));
}

TEST(secrets_are_compared_whole) {
    CHECK(mz_secret_equal(MZ_STR("abc"), MZ_STR("abc")) && mz_secret_equal(MZ_STR(""), MZ_STR("")));
    CHECK(!mz_secret_equal(MZ_STR("abc"), MZ_STR("abd")) && !mz_secret_equal(MZ_STR("abc"), MZ_STR("ab")));
}

TEST_MAIN()
