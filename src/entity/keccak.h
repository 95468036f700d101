/* Keccak-256 with the padding of the original submission (0x01), as Ethereum and Monero use it; SHA3-256 of FIPS 202
 * pads with 0x06 and gives other digests, so that no packaged library's SHA-3 will do. */
#ifndef MIZAN_ENTITY_KECCAK_H
#define MIZAN_ENTITY_KECCAK_H

#include <stddef.h>
#include <stdint.h>

enum { MZ_KECCAK_BYTES = 32 };

void mz_keccak_256(const uint8_t *data, size_t size, uint8_t ret_digest[MZ_KECCAK_BYTES]);

#endif
