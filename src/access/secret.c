#include "access/secret.h"

#include "base/digest.h"

#include <sodium.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

static const char *const prefixes[] = {
    [MZ_SECRET_SESSION] = "mzs_", [MZ_SECRET_DEVICE] = "mzd_", [MZ_SECRET_KEY] = "mzk_", [MZ_SECRET_RECOVERY] = "mzr_"};

void mz_base32(const unsigned char *bytes, size_t size, bool capitals, char *ret_text) {
    const char *letters = capitals ? "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" : "abcdefghijklmnopqrstuvwxyz234567";
    unsigned held = 0, bits = 0;
    for (size_t k = 0; k < size; k++) {
        held = held << 8 | bytes[k];
        for (bits += 8; bits >= 5; bits -= 5) *ret_text++ = letters[held >> (bits - 5) & 31];
    }
    if (bits) *ret_text++ = letters[held << (5 - bits) & 31];
    *ret_text = '\0';
}

static int letter_value(char c) {
    if (c >= 'a' && c <= 'z') return c - 'a';
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= '2' && c <= '7') return c - '2' + 26;
    return -1;
}

bool mz_base32_read(mz_str text, unsigned char *ret_bytes, size_t most, size_t *ret_size) {
    unsigned held = 0, bits = 0;
    size_t size = 0;
    for (size_t k = 0; k < text.size; k++) {
        int value = letter_value(text.data[k]);
        if (value < 0) return false;
        held = (held << 5 | (unsigned)value) & 0xFFFF;
        bits += 5;
        if (bits < 8) continue;
        if (size == most) return false;
        bits -= 8;
        ret_bytes[size++] = (unsigned char)(held >> bits);
    }
    *ret_size = size;
    return true;
}

/* mz_digest has started libsodium when it was used once; randombytes_buf needs no start. */
static void fresh_letters(const char *prefix, char ret_text[MZ_TOKEN_SIZE]) {
    unsigned char chance[MZ_SECRET_BYTES];
    randombytes_buf(chance, sizeof chance);
    memcpy(ret_text, prefix, 4);
    mz_base32(chance, sizeof chance, false, ret_text + 4);
    sodium_memzero(chance, sizeof chance);
}

static bool are_letters(mz_str text) {
    for (size_t k = 0; k < text.size; k++)
        if (!((text.data[k] >= 'a' && text.data[k] <= 'z') || (text.data[k] >= '2' && text.data[k] <= '7')))
            return false;
    return true;
}

static bool has_form(mz_secret_kind kind, mz_str text, size_t letters) {
    return text.size == 4 + letters && memcmp(text.data, prefixes[kind], 4) == 0 &&
           are_letters((mz_str){text.data + 4, letters});
}

void mz_token_new(mz_secret_kind kind, char ret_token[MZ_TOKEN_SIZE]) {
    fresh_letters(prefixes[kind], ret_token);
}

bool mz_token_fits(mz_secret_kind kind, mz_str text) {
    return has_form(kind, text, MZ_SECRET_LETTERS);
}

/* The first 30 bits of a digest of what stands before. */
static void checksum_of(mz_str text, char ret_letters[MZ_SECRET_CHECK_LETTERS + 1]) {
    unsigned char bytes[MZ_DIGEST_BYTES];
    char letters[8];
    mz_digest digest;
    mz_digest_init(&digest);
    mz_digest_update(&digest, text.data, text.size);
    mz_digest_bytes(&digest, bytes);
    mz_base32(bytes, 4, false, letters);
    memcpy(ret_letters, letters, MZ_SECRET_CHECK_LETTERS);
    ret_letters[MZ_SECRET_CHECK_LETTERS] = '\0';
}

void mz_key_new(char ret_key[MZ_KEY_SIZE]) {
    fresh_letters(prefixes[MZ_SECRET_KEY], ret_key);
    checksum_of((mz_str){ret_key, MZ_TOKEN_SIZE - 1}, ret_key + MZ_TOKEN_SIZE - 1);
}

bool mz_key_fits(mz_str text) {
    char check[MZ_SECRET_CHECK_LETTERS + 1];
    if (!has_form(MZ_SECRET_KEY, text, MZ_SECRET_LETTERS + MZ_SECRET_CHECK_LETTERS)) return false;
    checksum_of((mz_str){text.data, MZ_TOKEN_SIZE - 1}, check);
    return memcmp(check, text.data + MZ_TOKEN_SIZE - 1, MZ_SECRET_CHECK_LETTERS) == 0;
}

void mz_secret_groups(size_t groups, char *ret_text) {
    for (size_t g = 0; g < groups; g++) {
        unsigned char chance[3];
        char letters[6];
        randombytes_buf(chance, sizeof chance);
        mz_base32(chance, sizeof chance, false, letters);
        memcpy(ret_text + 5 * g, letters, 4);
        ret_text[5 * g + 4] = g + 1 < groups ? '-' : '\0';
    }
}

bool mz_recovery_read(mz_str typed, char ret_code[MZ_RECOVERY_SIZE]) {
    size_t letters = 0, at = 0;
    for (size_t k = 0; k < typed.size; k++) {
        char c = typed.data[k];
        if (c == ' ' || c == '-') continue;
        if (letter_value(c) < 0 || letters == 16) return false;
        if (letters && letters % 4 == 0) ret_code[at++] = '-';
        ret_code[at++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
        letters++;
    }
    ret_code[at] = '\0';
    return letters == 16;
}

static void digest_of(const char *purpose, mz_str secret, char ret_hash[MZ_SECRET_HASH_SIZE]) {
    mz_digest digest;
    mz_digest_init(&digest);
    mz_digest_update(&digest, purpose, strlen(purpose) + 1);
    mz_digest_update(&digest, secret.data, secret.size);
    mz_digest_hex(&digest, ret_hash);
    sodium_memzero(&digest, sizeof digest);
}

void mz_secret_hash(mz_secret_kind kind, mz_str secret, char ret_hash[MZ_SECRET_HASH_SIZE]) {
    digest_of(prefixes[kind], secret, ret_hash);
}

void mz_secret_csrf(mz_str session_token, char ret_csrf[MZ_SECRET_HASH_SIZE]) {
    digest_of("csrf", session_token, ret_csrf);
}

bool mz_secret_equal(mz_str a, mz_str b) {
    return a.size == b.size && (a.size == 0 || sodium_memcmp(a.data, b.data, a.size) == 0);
}
