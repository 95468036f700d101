/* Passwords: which are good enough, and how they are hashed.
 *
 * Hashing is Argon2id (RFC 9106) by libsodium: two passes over 64 MiB, about a tenth of a second on one core of a small
 * machine. That is more than OWASP's least (19 MiB, two passes), and what a machine with two cores and two gigabytes
 * can afford twice at once: no more verifications run at the same time than the settings say, others wait a moment and
 * are then refused as busy, so that signing in cannot eat the memory that screening needs. A hash says by what it was
 * made, so that these figures can change: whoever signs in with an older hash gets a new one.
 *
 * A password is taken in Unicode's normal form C, since keyboards compose letters differently. */
#ifndef MIZAN_ACCESS_PASSWORD_H
#define MIZAN_ACCESS_PASSWORD_H

#include "mizan/status.h"
#include "mizan/str.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    MZ_PASSWORD_LETTERS_LEAST = 12,
    MZ_PASSWORD_BYTES_MOST = 256,
    MZ_PASSWORD_WORTH_LEAST = 8,
    MZ_PASSWORD_HASH_SIZE = 128
};

typedef struct mz_password_cost {
    size_t memory_bytes; /* 0: 64 MiB */
    unsigned passes;     /* 0: 2 */
} mz_password_cost;

typedef struct mz_passwords mz_passwords; /* any number of threads */

/* `at_once` hashes are computed at the same time; whoever waits longer than `wait_ms` is refused with MZ_ERR_BUSY. */
mz_status mz_passwords_new(unsigned at_once, unsigned wait_ms, mz_password_cost cost, mz_passwords **ret_passwords,
                           mz_error *error);
void mz_passwords_free(mz_passwords *passwords);

mz_status mz_password_hash(mz_passwords *passwords, mz_str password, char ret_hash[MZ_PASSWORD_HASH_SIZE],
                           mz_error *error);

/* Whether it is the password of that hash; `hash` NULL: of nobody, which takes as long and is never so. *ret_outdated
 * (may be NULL): it is, and the hash was made at another cost than that of today. */
mz_status mz_password_verify(mz_passwords *passwords, const char *hash, mz_str password, bool *ret_right,
                             bool *ret_outdated, mz_error *error);

/* MZ_ERR_INPUT, saying why, when a password is too short, too long, not UTF-8, or worth too little: a word that many
 * passwords are made of, one of the `about` (the person's own names), a year, a run of the same letter, of the alphabet
 * or of a keyboard counts as one letter. */
mz_status mz_password_check(mz_str password, const mz_str *about, size_t about_count, mz_error *error);

#endif
