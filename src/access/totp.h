/* One-time passwords of a second factor: TOTP (RFC 6238) with what every application for it understands: HMAC-SHA-1,
 * six digits, thirty seconds. The HMAC and the truncation (RFC 4226) are liboath's: libsodium has no SHA-1. */
#ifndef MIZAN_ACCESS_TOTP_H
#define MIZAN_ACCESS_TOTP_H

#include "base/buffer.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stdint.h>

enum { MZ_TOTP_SECRET_BYTES = 20, MZ_TOTP_SECRET_TEXT_SIZE = 33, MZ_TOTP_DIGITS = 6, MZ_TOTP_STEP_S = 30 };

/* A new secret, in base32. */
void mz_totp_secret_new(char ret_secret[MZ_TOTP_SECRET_TEXT_SIZE]);

/* The code of a step (seconds since 1970 / 30), with its NUL; false when `secret` is none. */
bool mz_totp_code(mz_str secret, int64_t step, char ret_code[MZ_TOTP_DIGITS + 1]);

/* Whether `code` is that of now, of the step before or of the one after, and later than `last_step`, which was used
 * already: then *ret_step is the step to be kept as used. Blanks in the code do not count. Takes as long for any code.
 */
bool mz_totp_fits(mz_str secret, mz_str code, int64_t now_s, int64_t last_step, int64_t *ret_step);

/* "otpauth://totp/…" for an application to scan: issuer and account are shown in it. */
void mz_totp_uri(mz_str issuer, mz_str account, mz_str secret, mz_buffer *out);

#endif
