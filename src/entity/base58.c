/* Sources: Bitcoin's base58check, as draft-msporny-base58-03 and the Bitcoin wiki describe it; the Ripple alphabet,
 * https://xrpl.org/docs/references/protocol/data-types/base58-encodings; Monero's blocks, CryptoNote standard 007. */
#include "entity/base58.h"

#include <sodium.h>

const char mz_base58_bitcoin[] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const char mz_base58_ripple[] = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";

static int letter_value(const char *alphabet, char c) {
    const char *at = c ? strchr(alphabet, c) : NULL;
    return at ? (int)(at - alphabet) : -1;
}

size_t mz_base58_decode(mz_str text, const char *alphabet, uint8_t ret_bytes[MZ_BASE58_BYTES]) {
    uint8_t number[MZ_BASE58_BYTES]; /* least significant byte first */
    size_t used = 0, zeros = 0;
    while (zeros < text.size && text.data[zeros] == alphabet[0]) zeros++;
    for (size_t i = zeros; i < text.size; i++) {
        int letter = letter_value(alphabet, text.data[i]);
        if (letter < 0) return 0;
        unsigned carry = (unsigned)letter;
        for (size_t b = 0; b < used; b++) {
            carry += 58u * number[b];
            number[b] = (uint8_t)(carry & 0xFF);
            carry >>= 8;
        }
        if (carry) { /* below 58, so one more byte holds it */
            if (used == MZ_BASE58_BYTES) return 0;
            number[used++] = (uint8_t)carry;
        }
    }
    if (zeros + used > MZ_BASE58_BYTES) return 0;
    memset(ret_bytes, 0, zeros);
    for (size_t b = 0; b < used; b++) ret_bytes[zeros + b] = number[used - 1 - b];
    return zeros + used;
}

bool mz_base58_checksum(const uint8_t *bytes, size_t size) {
    uint8_t once[crypto_hash_sha256_BYTES], twice[crypto_hash_sha256_BYTES];
    if (size <= 4) return false;
    (void)crypto_hash_sha256(once, bytes, size - 4);
    (void)crypto_hash_sha256(twice, once, sizeof once);
    return memcmp(twice, bytes + size - 4, 4) == 0;
}

/* One block: `size` letters into `wanted` bytes, most significant first. */
static bool decode_block(const char *letters, size_t size, uint8_t *into, size_t wanted) {
    uint64_t number = 0;
    for (size_t i = 0; i < size; i++) {
        int letter = letter_value(mz_base58_bitcoin, letters[i]);
        if (letter < 0 || __builtin_mul_overflow(number, 58u, &number) ||
            __builtin_add_overflow(number, (uint64_t)letter, &number))
            return false;
    }
    if (wanted < 8 && number >> (8 * wanted)) return false;
    for (size_t i = 0; i < wanted; i++) into[i] = (uint8_t)(number >> (8 * (wanted - 1 - i)));
    return true;
}

size_t mz_base58_decode_blocks(mz_str text, uint8_t ret_bytes[MZ_BASE58_BYTES]) {
    /* bytes that a block of so many letters holds; 0: no block has so many */
    static const uint8_t bytes_of[] = {0, 0, 1, 2, 0, 3, 4, 5, 0, 6, 7, 8};
    size_t count = 0;
    for (size_t at = 0; at < text.size;) {
        size_t letters = text.size - at < 11 ? text.size - at : 11, wanted = bytes_of[letters];
        if (wanted == 0 || count + wanted > MZ_BASE58_BYTES) return 0;
        if (!decode_block(text.data + at, letters, ret_bytes + count, wanted)) return 0;
        count += wanted;
        at += letters;
    }
    return count;
}
