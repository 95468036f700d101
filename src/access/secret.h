/* Secrets that the service makes: tokens of sessions and devices, API keys, one-time passwords, recovery codes.
 *
 * Each comes from the system's generator and is shown once; the store has its hash alone. They have so much chance in
 * them (80 bits at the least, 256 where a program keeps them) that the hash needs no salt and no work: BLAKE2b, with
 * what the secret is for in it, so that one is never taken for another. Only what people choose is hashed by Argon2id
 * (password.h).
 *
 * They are written in the 32 letters of RFC 4648 in lower case, in which no two look alike. A key ends in a checksum,
 * so that a slip of the pen is told without asking the store, and scanners of published code know one when they see it.
 */
#ifndef MIZAN_ACCESS_SECRET_H
#define MIZAN_ACCESS_SECRET_H

#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>

typedef enum mz_secret_kind { MZ_SECRET_SESSION, MZ_SECRET_DEVICE, MZ_SECRET_KEY, MZ_SECRET_RECOVERY } mz_secret_kind;

enum {
    MZ_SECRET_BYTES = 32,
    MZ_SECRET_LETTERS = 52,
    MZ_SECRET_CHECK_LETTERS = 6,
    MZ_TOKEN_SIZE = 4 + MZ_SECRET_LETTERS + 1,
    MZ_KEY_SIZE = 4 + MZ_SECRET_LETTERS + MZ_SECRET_CHECK_LETTERS + 1,
    MZ_KEY_SHOWN_SIZE = 4 + 6 + 1,
    MZ_RECOVERY_SIZE = 20, /* "xxxx-xxxx-xxxx-xxxx" */
    MZ_SECRET_HASH_SIZE = 65
};

/* "mzs_…" or "mzd_…": the cookie of a session or a device. */
void mz_token_new(mz_secret_kind kind, char ret_token[MZ_TOKEN_SIZE]);
/* Whether a text has the form of one. */
bool mz_token_fits(mz_secret_kind kind, mz_str text);

/* "mzk_…", and whether a text is one by its form and its checksum. The first ten characters may be shown. */
void mz_key_new(char ret_key[MZ_KEY_SIZE]);
bool mz_key_fits(mz_str text);

/* `groups` of four letters with hyphens between: 20 bits each. `ret_text` has 5 * groups bytes. */
void mz_secret_groups(size_t groups, char *ret_text);
/* As people type it: capitals, blanks and hyphens do not count. False when it is none of a recovery code's form. */
bool mz_recovery_read(mz_str typed, char ret_code[MZ_RECOVERY_SIZE]);

/* 64 hexadecimal digits. */
void mz_secret_hash(mz_secret_kind kind, mz_str secret, char ret_hash[MZ_SECRET_HASH_SIZE]);

/* What X-CSRF-Token says with a session: made from its token, which no script and no other site can read. */
void mz_secret_csrf(mz_str session_token, char ret_csrf[MZ_SECRET_HASH_SIZE]);

/* Whether two texts are the same, in a time that does not tell where they differ. */
bool mz_secret_equal(mz_str a, mz_str b);

/* RFC 4648 without padding: capitals where `capitals`. `ret_text` has (size * 8 + 4) / 5 + 1 bytes. */
void mz_base32(const unsigned char *bytes, size_t size, bool capitals, char *ret_text);
/* The bytes of such a text, capitals or not; false when a letter is none of the 32 or they are more than `most`. */
bool mz_base32_read(mz_str text, unsigned char *ret_bytes, size_t most, size_t *ret_size);

#endif
