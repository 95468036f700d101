#include "base/digest.h"

#include <pthread.h>
#include <sodium.h>

_Static_assert(sizeof(crypto_generichash_state) <= sizeof(((mz_digest *)0)->state), "room for libsodium's state");

static crypto_generichash_state *state_of(mz_digest *digest) {
    return (crypto_generichash_state *)(void *)digest->state;
}

/* Chooses the code for this processor. Without it, or should it fail, the portable code is used: the digests are the
 * same. */
static void start_sodium(void) {
    if (sodium_init() < 0) return;
}

void mz_digest_init(mz_digest *digest) {
    static pthread_once_t started = PTHREAD_ONCE_INIT;
    (void)pthread_once(&started, start_sodium);
    (void)crypto_generichash_init(state_of(digest), NULL, 0, MZ_DIGEST_BYTES);
}

void mz_digest_update(mz_digest *digest, const void *data, size_t size) {
    if (size) (void)crypto_generichash_update(state_of(digest), data, size);
}

void mz_digest_bytes(mz_digest *digest, unsigned char ret_bytes[MZ_DIGEST_BYTES]) {
    (void)crypto_generichash_final(state_of(digest), ret_bytes, MZ_DIGEST_BYTES);
}

void mz_digest_hex(mz_digest *digest, char ret_hex[MZ_DIGEST_HEX_SIZE]) {
    unsigned char raw[MZ_DIGEST_BYTES];
    mz_digest_bytes(digest, raw);
    (void)sodium_bin2hex(ret_hex, MZ_DIGEST_HEX_SIZE, raw, sizeof raw);
}
