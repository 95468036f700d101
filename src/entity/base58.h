/* Base58 in the two alphabets and the two layouts that addresses use. */
#ifndef MIZAN_ENTITY_BASE58_H
#define MIZAN_ENTITY_BASE58_H

#include "mizan/str.h"

#include <stdint.h>

enum { MZ_BASE58_BYTES = 128 };

extern const char mz_base58_bitcoin[], mz_base58_ripple[];

/* The bytes of one big number, leading zeros as leading first letters; their count, or 0 when a letter is not in the
 * alphabet or there are more than MZ_BASE58_BYTES. */
size_t mz_base58_decode(mz_str text, const char *alphabet, uint8_t ret_bytes[MZ_BASE58_BYTES]);

/* Whether the last four bytes are the first four of SHA-256 applied twice to those before. */
bool mz_base58_checksum(const uint8_t *bytes, size_t size);

/* Monero's layout: blocks of 8 bytes in 11 letters, the last one shorter. */
size_t mz_base58_decode_blocks(mz_str text, uint8_t ret_bytes[MZ_BASE58_BYTES]);

#endif
