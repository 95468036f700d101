/* Which network an address belongs to is seldom said, so its form decides, families with a clear mark first:
 *
 *     0x…            Ethereum and its like      EIP-55: capitals from Keccak-256 of the lower-case digits
 *     …1…            Bitcoin, Litecoin, Cosmos  bech32 (BIP-173) and bech32m (BIP-350)
 *     prefix:…       Bitcoin Cash               cashaddr, 40-bit checksum
 *     G… 56 letters  Stellar                    SEP-23: base32 with CRC-16/XMODEM
 *     95/106 letters Monero                     CryptoNote standard 007: base58 in blocks, Keccak-256
 *     r…             Ripple                     base58check in its own alphabet
 *     base58         Bitcoin, Litecoin, Dash, Dogecoin, Verge, Zcash, Tron, Tezos …   SHA-256 twice
 *
 * A text that has a family's mark and fails its checksum is MZ_CHECK_WRONG; everything else of letters and digits that
 * is long enough for a public key is MZ_CHECK_NONE.
 *
 * Sources: EIP-55 (https://eips.ethereum.org/EIPS/eip-55); BIP-173 and BIP-350; the cashaddr specification
 * (https://reference.cash/protocol/blockchain/encoding/cashaddr); SEP-23 of Stellar; xrpl.org's address encodings. */
#include "entity/wallet.h"

#include "base/ascii.h"
#include "entity/base58.h"
#include "entity/keccak.h"

#include <stdint.h>

enum { SHORTEST_ADDRESS = 25 };

static mz_identifier_check verdict(bool right) {
    return right ? MZ_CHECK_RIGHT : MZ_CHECK_WRONG;
}

static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool is_alphanumeric(char c) {
    char l = lower(c);
    return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9');
}

static bool has_lower(mz_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= 'a' && text.data[i] <= 'z') return true;
    return false;
}

static bool has_upper(mz_str text) {
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= 'A' && text.data[i] <= 'Z') return true;
    return false;
}

static bool starts_with(mz_str text, mz_str prefix) {
    return text.size >= prefix.size && memcmp(text.data, prefix.data, prefix.size) == 0;
}

/* --- Ethereum ---------------------------------------------------------------------------------------------- */

static bool is_hex(mz_str text) {
    for (size_t i = 0; i < text.size; i++) {
        char c = lower(text.data[i]);
        if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) return false;
    }
    return true;
}

/* Writes the 40 digits in the capitals of EIP-55. */
static void eip55_capitals(const char *digits, char ret_digits[40]) {
    uint8_t lowered[40], hash[MZ_KECCAK_BYTES];
    for (size_t i = 0; i < 40; i++) lowered[i] = (uint8_t)lower(digits[i]);
    mz_keccak_256(lowered, sizeof lowered, hash);
    for (size_t i = 0; i < 40; i++) {
        unsigned nibble = i % 2 ? hash[i / 2] & 0x0Fu : hash[i / 2] >> 4;
        bool letter = lowered[i] >= 'a';
        ret_digits[i] = (char)(letter && nibble >= 8 ? lowered[i] - 'a' + 'A' : lowered[i]);
    }
}

/* `text` begins with 0x. */
static mz_identifier_check check_hex(char *text, size_t size) {
    mz_str digits = {text + 2, size - 2};
    if (!is_hex(digits) || digits.size < 40 || digits.size > 130) return MZ_CHECK_SHAPE;
    text[1] = 'x';
    if (digits.size != 40) { /* other networks' accounts and public keys: no checksum, and case says nothing */
        for (size_t i = 2; i < size; i++) text[i] = lower(text[i]);
        return MZ_CHECK_NONE;
    }
    char expected[40];
    eip55_capitals(digits.data, expected);
    bool says_something = has_lower(digits) && has_upper(digits);
    bool right = memcmp(expected, digits.data, 40) == 0;
    if (says_something && !right) return MZ_CHECK_WRONG;
    memcpy(text + 2, expected, 40);
    return says_something ? MZ_CHECK_RIGHT : MZ_CHECK_NONE;
}

/* --- bech32 ------------------------------------------------------------------------------------------------ */

/* Letters of BIP-173 and of cashaddr to their five bits; -1 for others. */
static int bits_of(char c) {
    static const char letters[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    const char *at = c ? strchr(letters, lower(c)) : NULL;
    return at ? (int)(at - letters) : -1;
}

static uint32_t bech32_step(uint32_t checksum, unsigned bits) {
    static const uint32_t generator[] = {0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3};
    uint32_t top = checksum >> 25;
    checksum = (checksum & 0x1FFFFFF) << 5 ^ bits;
    for (unsigned i = 0; i < 5; i++)
        if (top >> i & 1) checksum ^= generator[i];
    return checksum;
}

/* The checksum over prefix and data; false when a letter does not belong. */
static bool bech32_checksum(mz_str prefix, mz_str data, uint32_t *ret_checksum) {
    uint32_t checksum = 1;
    for (size_t i = 0; i < prefix.size; i++) checksum = bech32_step(checksum, (unsigned)lower(prefix.data[i]) >> 5);
    checksum = bech32_step(checksum, 0);
    for (size_t i = 0; i < prefix.size; i++) checksum = bech32_step(checksum, (unsigned)lower(prefix.data[i]) & 31);
    for (size_t i = 0; i < data.size; i++) {
        int bits = bits_of(data.data[i]);
        if (bits < 0) return false;
        checksum = bech32_step(checksum, (unsigned)bits);
    }
    *ret_checksum = checksum;
    return true;
}

/* Networks with a witness version before the program (BIP-173); others say nothing about their data. */
static bool is_segwit(mz_str prefix) {
    static const char *const known[] = {"bc", "tb", "bcrt", "ltc", "tltc", "btg"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (mz_same_word(prefix, known[i])) return true;
    return false;
}

/* BIP-350: version 0 with the constant of bech32, later ones with that of bech32m; programs of 2 to 40 bytes, for
 * version 0 of 20 or 32, written in groups of five bits. */
static mz_identifier_check check_segwit(mz_str data, uint32_t checksum) {
    enum { CHECKSUM_LETTERS = 6 };
    if (data.size < 1 + 4 + CHECKSUM_LETTERS || data.size > 1 + 64 + CHECKSUM_LETTERS) return MZ_CHECK_SHAPE;
    int version = bits_of(data.data[0]);
    size_t groups = data.size - 1 - CHECKSUM_LETTERS, bytes = groups * 5 / 8;
    if (version > 16 || (version == 0 && bytes != 20 && bytes != 32)) return MZ_CHECK_SHAPE;
    return verdict(checksum == (version == 0 ? 1u : 0x2BC830A3u));
}

/* MZ_CHECK_NONE when it is not bech32 at all. */
static mz_identifier_check check_bech32(char *text, size_t size) {
    mz_str whole = {text, size};
    size_t separator = size;
    while (separator > 0 && text[separator - 1] != '1') separator--;
    if (separator < 2 || size - separator < 7 || (has_lower(whole) && has_upper(whole))) return MZ_CHECK_NONE;
    mz_str prefix = {text, separator - 1}, data = {text + separator, size - separator};
    uint32_t checksum;
    bool segwit = is_segwit(prefix);
    if (!bech32_checksum(prefix, data, &checksum)) return segwit ? MZ_CHECK_SHAPE : MZ_CHECK_NONE;
    mz_identifier_check check = segwit ? check_segwit(data, checksum)
                                       : (checksum == 1 || checksum == 0x2BC830A3 ? MZ_CHECK_RIGHT : MZ_CHECK_NONE);
    if (check == MZ_CHECK_RIGHT)
        for (size_t i = 0; i < size; i++) text[i] = lower(text[i]);
    return check;
}

/* --- cashaddr ---------------------------------------------------------------------------------------------- */

static uint64_t cashaddr_step(uint64_t checksum, unsigned bits) {
    static const uint64_t generator[] = {0x98F2BC8E61, 0x79B76D99E2, 0xF33E5FB3C4, 0xAE2EABE2A8, 0x1E4F43E470};
    uint64_t top = checksum >> 35;
    checksum = (checksum & 0x07FFFFFFFF) << 5 ^ bits;
    for (unsigned i = 0; i < 5; i++)
        if (top >> i & 1) checksum ^= generator[i];
    return checksum;
}

static mz_identifier_check check_cashaddr(mz_str prefix, mz_str data) {
    uint64_t checksum = 1;
    if (data.size < 42 || data.size > 112) return MZ_CHECK_SHAPE;
    for (size_t i = 0; i < prefix.size; i++) checksum = cashaddr_step(checksum, (unsigned)lower(prefix.data[i]) & 31);
    checksum = cashaddr_step(checksum, 0);
    for (size_t i = 0; i < data.size; i++) {
        int bits = bits_of(data.data[i]);
        if (bits < 0) return MZ_CHECK_SHAPE;
        checksum = cashaddr_step(checksum, (unsigned)bits);
    }
    return verdict(checksum == 1);
}

/* Whether it is a cashaddr of Bitcoin Cash whose prefix was left out: 42 letters, of which the first is q or p. */
static bool is_bare_cashaddr(mz_str text) {
    if (text.size != 42 || (has_lower(text) && has_upper(text))) return false;
    for (size_t i = 0; i < text.size; i++)
        if (bits_of(text.data[i]) < 0) return false;
    return lower(text.data[0]) == 'q' || lower(text.data[0]) == 'p';
}

static void drop_front(char *text, size_t *size, size_t count) {
    memmove(text, text + count, *size - count);
    *size -= count;
}

static mz_identifier_check normalise_cashaddr(char *text, size_t *size, size_t colon) {
    mz_str bitcoin_cash = MZ_STR("bitcoincash");
    bool bare = colon == *size;
    mz_str prefix = bare ? bitcoin_cash : (mz_str){text, colon};
    size_t start = bare ? 0 : colon + 1;
    mz_identifier_check check = check_cashaddr(prefix, (mz_str){text + start, *size - start});
    if (check != MZ_CHECK_RIGHT) return check;
    for (size_t i = 0; i < *size; i++) text[i] = lower(text[i]);
    /* other networks with this form ("ecash:") keep their prefix, without which the checksum cannot be verified */
    if (!bare && mz_str_equal((mz_str){text, colon}, bitcoin_cash)) drop_front(text, size, start);
    return check;
}

/* --- Stellar ----------------------------------------------------------------------------------------------- */

/* SEP-23: a version byte, 32 bytes of key and their CRC-16/XMODEM, little-endian, in base32 of RFC 4648. */
static mz_identifier_check check_stellar(mz_str text) {
    uint8_t bytes[35];
    unsigned held = 0, crc = 0;
    size_t count = 0;
    int bits = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (!((c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7'))) return MZ_CHECK_NONE;
        held = (held << 5 | (unsigned)(c >= 'A' ? c - 'A' : c - '2' + 26)) & 0xFFF;
        bits += 5;
        if (bits < 8) continue;
        bits -= 8;
        bytes[count++] = (uint8_t)(held >> bits);
    }
    for (size_t i = 0; i < 33; i++) {
        crc ^= (unsigned)bytes[i] << 8;
        for (unsigned bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? crc << 1 ^ 0x1021 : crc << 1) & 0xFFFF;
    }
    return verdict(bytes[33] == (crc & 0xFF) && bytes[34] == crc >> 8);
}

/* --- base58 ------------------------------------------------------------------------------------------------ */

static mz_identifier_check check_monero(mz_str text) {
    uint8_t bytes[MZ_BASE58_BYTES], hash[MZ_KECCAK_BYTES];
    size_t size = mz_base58_decode_blocks(text, bytes);
    if (size < 5) return MZ_CHECK_SHAPE;
    mz_keccak_256(bytes, size - 4, hash);
    return verdict(memcmp(hash, bytes + size - 4, 4) == 0);
}

static mz_identifier_check check_ripple(mz_str text) {
    uint8_t bytes[MZ_BASE58_BYTES];
    size_t size = mz_base58_decode(text, mz_base58_ripple, bytes);
    return size == 25 ? verdict(mz_base58_checksum(bytes, size)) : MZ_CHECK_SHAPE;
}

/* First letters of 25-byte addresses (a version byte, a hash of 20 bytes, four of checksum): 1 and 3 Bitcoin and its
 * forks, 2 m n their test networks, L M Litecoin, X 7 Dash, D 9 A Dogecoin and Verge, T Tron, G Bitcoin Gold. */
static bool has_known_version(mz_str text) {
    return text.size >= 26 && text.size <= 35 && strchr("132mnLMX7D9ATG", text.data[0]) != NULL;
}

/* MZ_CHECK_NONE when it is not of this family. */
static mz_identifier_check check_base58(mz_str text) {
    uint8_t bytes[MZ_BASE58_BYTES];
    size_t size = mz_base58_decode(text, mz_base58_bitcoin, bytes);
    if (size == 0) return has_known_version(text) ? MZ_CHECK_SHAPE : MZ_CHECK_NONE;
    if (mz_base58_checksum(bytes, size)) return MZ_CHECK_RIGHT;
    /* Zcash's transparent addresses have two bytes of version: t1, t3 */
    bool zcash = text.size == 35 && text.data[0] == 't' && (text.data[1] == '1' || text.data[1] == '3');
    return zcash || (has_known_version(text) && size == 25) ? MZ_CHECK_WRONG : MZ_CHECK_NONE;
}

/* --- all together ------------------------------------------------------------------------------------------ */

static mz_identifier_check check_letters(char *text, size_t *size) {
    mz_str view = {text, *size};
    if (*size < SHORTEST_ADDRESS) return MZ_CHECK_SHAPE;
    if (text[0] == '0' && lower(text[1]) == 'x') return check_hex(text, *size);
    if (is_bare_cashaddr(view)) return normalise_cashaddr(text, size, *size);
    if (view.size == 56 && text[0] == 'G') return check_stellar(view);
    if ((view.size == 95 && (text[0] == '4' || text[0] == '8')) || (view.size == 106 && text[0] == '4'))
        return check_monero(view);
    if (text[0] == 'r' && view.size <= 35) return check_ripple(view);
    mz_identifier_check check = check_bech32(text, *size);
    return check != MZ_CHECK_NONE ? check : check_base58(view);
}

mz_identifier_check mz_wallet_normalise(char *text, size_t *size) {
    size_t colon = 0;
    while (colon < *size && text[colon] != ':') colon++;
    for (size_t i = 0; i < *size; i++)
        if (i != colon && !is_alphanumeric(text[i])) return MZ_CHECK_SHAPE;
    if (colon == *size) return check_letters(text, size);
    if (colon == 0) return MZ_CHECK_SHAPE;
    if (starts_with((mz_str){text, *size}, MZ_STR("bitcoin:")) ||
        starts_with((mz_str){text, *size}, MZ_STR("litecoin:"))) {
        drop_front(text, size, colon + 1); /* BIP-21 payment links */
        return check_letters(text, size);
    }
    return normalise_cashaddr(text, size, colon);
}
