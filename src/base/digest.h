/* Content addresses: BLAKE2b with 32 bytes (RFC 7693), as libsodium's crypto_generichash computes it. */
#ifndef MIZAN_BASE_DIGEST_H
#define MIZAN_BASE_DIGEST_H

#include "mizan/status.h"
#include "mizan/str.h"

#include <stdint.h>

enum { MZ_DIGEST_BYTES = 32, MZ_DIGEST_HEX_SIZE = 65 };

typedef struct mz_digest {
    _Alignas(64) unsigned char state[384];
} mz_digest;

void mz_digest_init(mz_digest *digest);
void mz_digest_update(mz_digest *digest, const void *data, size_t size);
/* Ends the digest: as bytes, or as 64 lower-case hexadecimal digits and a NUL. */
void mz_digest_bytes(mz_digest *digest, unsigned char ret_bytes[MZ_DIGEST_BYTES]);
void mz_digest_hex(mz_digest *digest, char ret_hex[MZ_DIGEST_HEX_SIZE]);

#endif
