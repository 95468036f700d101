/* Wallet addresses. Addresses are the examples of the specifications, or encode the hash of an invented word (made by a
 * program of its own); none belongs to anybody listed. */
#include "mizan/identifier.h"

#include "base/file.h"
#include "test.h"

#include <glob.h>
#include <stddef.h>
#include <stdio.h>

struct address {
    const char *text, *normal;
    mz_identifier_check check;
};

static mz_identifier_check check_of(mz_str text, char normal[MZ_IDENTIFIER_SIZE]) {
    size_t size;
    return mz_identifier_normalise(MZ_PROP_publicKey, text, normal, &size);
}

static void check_addresses(const struct address *cases, size_t count) {
    char normal[MZ_IDENTIFIER_SIZE];
    for (size_t i = 0; i < count; i++) {
        mz_test_case("%s", cases[i].text);
        CHECK_INT(cases[i].check, check_of(mz_str_of(cases[i].text), normal));
        CHECK_TEXT(cases[i].normal ? cases[i].normal : cases[i].text, normal);
    }
}
#define CHECK_ADDRESSES(cases) check_addresses(cases, sizeof cases / sizeof cases[0])

static const char *const base58_addresses[] = {
    "1DSYHxo8NVTsJ6LtXkdQkz6FSMKL6J4smg",  /* Bitcoin */
    "3E8ZDWHZvPnFPG3KerJ1BcTBasc3ck7JCm",  /* Bitcoin, script */
    "LXfVZB6xT9hvYu33htci31A1eZgcCswBPt",  /* Litecoin */
    "MLLhXPhXsWdgBmKDkjHM1FhauaCVbr9jyd",  /* Litecoin, script */
    "Xo8P8DT2LCgTT2wUPdwdcWn3Ggu29DinyX",  /* Dash */
    "DHadqDjmfuN9q6XVGLcyJkFrKV3dUGvTcE",  /* Dogecoin, Verge */
    "A4soxMMTzTf9HdQo4yxRRk5ZHSz5jDpYaS",  /* Dogecoin, script */
    "TNQkJ2ArXDapTGQX82H8H8nPM94eMGbS87",  /* Tron */
    "GWHTi685MM5ANZeBThHXBkS9MX7B7eY5ZJ",  /* Bitcoin Gold */
    "t1WK9JJDGLpFTtjPnUBSXtoCAh1WQtxAdpb", /* Zcash */
    "t3X1ADqhhtiZqyu6DbH78KRZ6qXo8TdPT7p", /* Zcash, script */
    "rDSYHxo34VT1JaLtXkdQkzaESMKLaJh1mg",  /* Ripple: the bytes of the first, in another alphabet */
};

TEST(base58check_addresses_are_verified_and_keep_their_letters) {
    char normal[MZ_IDENTIFIER_SIZE];
    for (size_t i = 0; i < sizeof base58_addresses / sizeof base58_addresses[0]; i++) {
        mz_test_case("%s", base58_addresses[i]);
        CHECK_INT(MZ_CHECK_RIGHT, check_of(mz_str_of(base58_addresses[i]), normal));
        CHECK_TEXT(base58_addresses[i], normal);
    }
    CHECK_INT(MZ_CHECK_RIGHT, check_of(MZ_STR("tz1Y5Zz5fM15D9bW323Ggxo67tLMdXqTh3V2"), normal)); /* Tezos */
    CHECK_INT(MZ_CHECK_RIGHT, check_of(MZ_STR("bitcoin:1DSYHxo8NVTsJ6LtXkdQkz6FSMKL6J4smg"), normal));
    CHECK_TEXT("1DSYHxo8NVTsJ6LtXkdQkz6FSMKL6J4smg", normal);
}

TEST(one_letter_changed_is_never_right) {
    char normal[MZ_IDENTIFIER_SIZE], text[64];
    for (size_t i = 0; i < sizeof base58_addresses / sizeof base58_addresses[0]; i++) {
        size_t size = strlen(base58_addresses[i]);
        for (size_t at = 1; at < size; at++) {
            memcpy(text, base58_addresses[i], size);
            text[at] = text[at] == '2' ? '3' : '2';
            mz_test_case("%.*s", (int)size, text);
            CHECK(check_of((mz_str){text, size}, normal) != MZ_CHECK_RIGHT);
        }
    }
    CHECK_INT(MZ_CHECK_WRONG, check_of(MZ_STR("1DSYHxo8NVTsJ6LtXkdQkz6FSMKL6J4smh"), normal));
    CHECK_INT(MZ_CHECK_WRONG, check_of(MZ_STR("t1WK9JJDGLpFTtjPnUBSXtoCAh1WQtxAdpc"), normal));
    CHECK_INT(MZ_CHECK_WRONG, check_of(MZ_STR("rDSYHxo34VT1JaLtXkdQkzaESMKLaJh1mz"), normal));
}

TEST(ethereum_addresses_come_in_one_spelling) {
    static const struct address cases[] = {
        /* the examples of EIP-55 */
        {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", NULL, MZ_CHECK_RIGHT},
        {"0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359", NULL, MZ_CHECK_RIGHT},
        {"0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB", NULL, MZ_CHECK_RIGHT},
        {"0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb", NULL, MZ_CHECK_RIGHT},
        /* all small or all capital letters say nothing about a checksum */
        {"0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", MZ_CHECK_NONE},
        {"0X5AAEB6053F3E94C9B9A09F33669435E7EF1BEAED", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", MZ_CHECK_NONE},
        {"0x5AAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", NULL, MZ_CHECK_WRONG},
        {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAe", "", MZ_CHECK_SHAPE},
        {"0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg", "", MZ_CHECK_SHAPE},
        /* an account of 32 bytes: another network, no checksum */
        {"0xABCD000000000000000000000000000000000000000000000000000000000001",
         "0xabcd000000000000000000000000000000000000000000000000000000000001", MZ_CHECK_NONE},
    };
    CHECK_ADDRESSES(cases);
}

TEST(bech32_addresses_follow_their_witness_version) {
    static const struct address cases[] = {
        /* valid ones of BIP-173 and BIP-350 */
        {"BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", MZ_CHECK_RIGHT},
        {"tb1qrp33g0q5c5txsp9arysrx4k6zdkfs4nce4xj0gdcccefvpysxf3q0sl5k7", NULL, MZ_CHECK_RIGHT},
        {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", NULL, MZ_CHECK_RIGHT},
        /* BIP-350's invalid ones: version 1 with the constant of version 0, and the other way round */
        {"bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqh2y7hd", NULL, MZ_CHECK_WRONG},
        {"BC1S0XLXVLHEMJA6C4DQV22UAPCTQUPFHLXM9H8Z3K2E72Q4K9HCZ7VQ54WELL", NULL, MZ_CHECK_WRONG},
        {"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kemeawh", NULL, MZ_CHECK_WRONG},
        {"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", NULL, MZ_CHECK_WRONG},
        {"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3tb", "", MZ_CHECK_SHAPE}, /* no b in the alphabet */
        {"bc1qw508d6qejxtdg4y5r3z1", "", MZ_CHECK_SHAPE},
    };
    CHECK_ADDRESSES(cases);
}

TEST(cashaddr_is_known_with_and_without_its_prefix) {
    static const struct address cases[] = {
        /* an example of the specification */
        {"bitcoincash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
         MZ_CHECK_RIGHT},
        {"qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", NULL, MZ_CHECK_RIGHT},
        {"BITCOINCASH:QPM2QSZNHKS23Z7629MMS6S4CWEF74VCWVY22GDX6A", "qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a",
         MZ_CHECK_RIGHT},
        {"qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6q", NULL, MZ_CHECK_WRONG},
        {"ecash:qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", NULL, MZ_CHECK_WRONG}, /* another network's prefix */
        {"bitcoincash:", "", MZ_CHECK_SHAPE},
        {":qpm2qsznhks23z7629mms6s4cwef74vcwvy22gdx6a", "", MZ_CHECK_SHAPE},
    };
    CHECK_ADDRESSES(cases);
}

TEST(monero_and_stellar_have_checksums_of_their_own) {
    static const struct address cases[] = {
        /* the Monero project's own published address for donations */
        {"44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A", NULL,
         MZ_CHECK_RIGHT},
        {"44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3B", NULL,
         MZ_CHECK_WRONG},
        {"44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP0A", "",
         MZ_CHECK_SHAPE}, /* no 0 in the alphabet */
        /* the example of SEP-23 */
        {"GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGZ", NULL, MZ_CHECK_RIGHT},
        {"GA7QYNF7SOWQ3GLR2BGMZEHXAVIRZA4KVWLTJJFC7MGXUA74P7UJVSGA", NULL, MZ_CHECK_WRONG},
    };
    CHECK_ADDRESSES(cases);
}

TEST(other_keys_pass_by_their_shape) {
    static const struct address cases[] = {
        {"7EqQdEULxWcraVx3mXKFjc84LhCkMGZCkRuDpvcMwJeK", NULL, MZ_CHECK_NONE}, /* 32 bytes in base58 */
        {"04a1b2c3d4e5f60718293a4b5c6d7e8f9000112233445566778899aabbccddeeff", NULL, MZ_CHECK_NONE},
        {"too short", "", MZ_CHECK_SHAPE},
        {"not an address at all, but words!", "", MZ_CHECK_SHAPE},
        {"1DSYHxo8NVTsJ6LtXkdQkz6FSMKL6J4sm0", "", MZ_CHECK_SHAPE}, /* no 0 in base58 */
        {"", "", MZ_CHECK_SHAPE},
    };
    CHECK_ADDRESSES(cases);
}

TEST(any_length_of_any_letter_is_taken_calmly) {
    static const char letters[] = "1z0xqrGT4b:";
    char text[256], normal[MZ_IDENTIFIER_SIZE];
    for (size_t l = 0; l < sizeof letters - 1; l++) {
        memset(text, letters[l], sizeof text);
        for (size_t size = 0; size <= sizeof text; size++) {
            mz_test_case("%zu times %c", size, letters[l]);
            CHECK(check_of((mz_str){text, size}, normal) != MZ_CHECK_RIGHT);
        }
    }
}

/* --- addresses of real lists ------------------------------------------------------------------------------- */

static size_t check_file(const char *path) {
    char normal[MZ_IDENTIFIER_SIZE];
    mz_input input;
    mz_buffer line;
    mz_error error;
    bool more = true;
    size_t count = 0;
    mz_buffer_init(&line, 4096);
    CHECK_OK(mz_input_open(&input, path, &error), error);
    while (more) {
        CHECK_OK(mz_input_line(&input, &line, &more, &error), error);
        if (!more || line.size == 0) continue;
        mz_test_case("%s line %u", path, (unsigned)input.line);
        mz_identifier_check check = check_of(mz_buffer_view(&line), normal);
        CHECK(check == MZ_CHECK_RIGHT || check == MZ_CHECK_NONE);
        count++;
    }
    mz_input_close(&input);
    mz_buffer_done(&line);
    return count;
}

TEST(addresses_that_an_authority_published_are_not_found_wrong) {
    glob_t files;
    char pattern[4096];
    size_t count = 0;
    (void)snprintf(pattern, sizeof pattern, "%s/data/wallets/*.txt", mz_test_shared());
    if (glob(pattern, 0, NULL, &files) != 0) mz_test_skip("no wallet addresses at %s", pattern);
    for (size_t i = 0; i < files.gl_pathc; i++) count += check_file(files.gl_pathv[i]);
    globfree(&files);
    CHECK(count > 500);
}

TEST_MAIN()
