/* Keccak-256 against digests from an independent implementation that also gave hashlib's SHA3-256 with the other
 * padding; the sizes stand around the block of 136 bytes. */
#include "entity/keccak.h"

#include "test.h"

#include <stdio.h>

static const char *hex_of(const uint8_t *data, size_t size) {
    static char hex[2 * MZ_KECCAK_BYTES + 1];
    uint8_t digest[MZ_KECCAK_BYTES];
    mz_keccak_256(data, size, digest);
    for (size_t i = 0; i < sizeof digest; i++) (void)snprintf(hex + 2 * i, 3, "%02x", digest[i]);
    return hex;
}

TEST(digests_are_those_of_the_original_padding) {
    static const struct {
        size_t size;
        const char *hex;
    } cases[] = {
        {0, "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"},
        {135, "cbdfd9dee5faad3818d6b06f95a219fd290b0e1706f6a82e5a595b9ce9faca62"},
        {136, "7ce759f1ab7f9ce437719970c26b0a66ff11fe3e38e17df89cf5d29c7d7f807e"},
        {137, "ac73d4fae68b8453f764007c1a20ce95994187861f0c3227a3a8e99a73a3b1db"},
        {300, "4699841dafd5e26cca72b05a41d38c96b4b468e5a6cbf694cbebe77dacdf6528"},
    };
    uint8_t data[300];
    for (size_t i = 0; i < sizeof data; i++) data[i] = (uint8_t)(i % 251);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) CHECK_TEXT(cases[i].hex, hex_of(data, cases[i].size));
    CHECK_TEXT("4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45", hex_of((const uint8_t *)"abc", 3));
}

TEST_MAIN()
