#include "access/totp.h"

#include "access/secret.h"
#include "base/ascii.h"

#include <oath.h>
#include <sodium.h>

void mz_totp_secret_new(char ret_secret[MZ_TOTP_SECRET_TEXT_SIZE]) {
    unsigned char chance[MZ_TOTP_SECRET_BYTES];
    randombytes_buf(chance, sizeof chance);
    mz_base32(chance, sizeof chance, true, ret_secret);
    sodium_memzero(chance, sizeof chance);
}

bool mz_totp_code(mz_str secret, int64_t step, char ret_code[MZ_TOTP_DIGITS + 1]) {
    unsigned char bytes[64];
    size_t size;
    if (!mz_base32_read(secret, bytes, sizeof bytes, &size) || !size || step < 0) return false;
    int outcome = oath_hotp_generate((const char *)bytes, size, (uint64_t)step, MZ_TOTP_DIGITS, false,
                                     OATH_HOTP_DYNAMIC_TRUNCATION, ret_code);
    sodium_memzero(bytes, sizeof bytes);
    return outcome == OATH_OK;
}

/* Six digits without the blanks that some applications show between them. */
static bool read_code(mz_str text, char ret_code[MZ_TOTP_DIGITS]) {
    size_t count = 0;
    for (size_t k = 0; k < text.size; k++) {
        if (text.data[k] == ' ') continue;
        if (!mz_is_digit(text.data[k]) || count == MZ_TOTP_DIGITS) return false;
        ret_code[count++] = text.data[k];
    }
    return count == MZ_TOTP_DIGITS;
}

bool mz_totp_fits(mz_str secret, mz_str code, int64_t now_s, int64_t last_step, int64_t *ret_step) {
    char given[MZ_TOTP_DIGITS], expected[MZ_TOTP_DIGITS + 1];
    int64_t now = now_s / MZ_TOTP_STEP_S, found = -1;
    if (!read_code(code, given)) return false;
    for (int64_t step = now - 1; step <= now + 1; step++) {
        if (!mz_totp_code(secret, step, expected)) continue;
        bool same = sodium_memcmp(given, expected, MZ_TOTP_DIGITS) == 0;
        if (same && step > last_step) found = step;
    }
    if (found < 0) return false;
    *ret_step = found;
    return true;
}

static void put_encoded(mz_buffer *out, mz_str text) {
    for (size_t k = 0; k < text.size; k++) {
        char c = text.data[k];
        if (mz_is_letter(c) || mz_is_digit(c) || c == '-' || c == '.' || c == '_')
            mz_buffer_char(out, c);
        else
            mz_buffer_print(out, "%%%02X", (unsigned)(unsigned char)c);
    }
}

void mz_totp_uri(mz_str issuer, mz_str account, mz_str secret, mz_buffer *out) {
    mz_buffer_str(out, MZ_STR("otpauth://totp/"));
    put_encoded(out, issuer);
    mz_buffer_char(out, ':');
    put_encoded(out, account);
    mz_buffer_str(out, MZ_STR("?secret="));
    mz_buffer_str(out, secret);
    mz_buffer_str(out, MZ_STR("&issuer="));
    put_encoded(out, issuer);
    mz_buffer_print(out, "&algorithm=SHA1&digits=%d&period=%d", MZ_TOTP_DIGITS, MZ_TOTP_STEP_S);
}
