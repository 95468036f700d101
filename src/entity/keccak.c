/* Keccak-f[1600] and its sponge at rate 1088 bits, from the Keccak reference, version 3.0 (G. Bertoni, J. Daemen,
 * M. Peeters, G. Van Assche, 2011), sections 1.2 (the five steps, in one pass over the lanes) and 2.1 (pad10*1).
 * Plain and short rather than fast: it hashes addresses of some forty bytes. */
#include "entity/keccak.h"

#include <string.h>

enum { LANES = 25, ROUNDS = 24, RATE_BYTES = 136 };

static const uint64_t round_constants[ROUNDS] = {
    0x0000000000000001, 0x0000000000008082, 0x800000000000808A, 0x8000000080008000, 0x000000000000808B,
    0x0000000080000001, 0x8000000080008081, 0x8000000000008009, 0x000000000000008A, 0x0000000000000088,
    0x0000000080008009, 0x000000008000000A, 0x000000008000808B, 0x800000000000008B, 0x8000000000008089,
    0x8000000000008003, 0x8000000000008002, 0x8000000000000080, 0x000000000000800A, 0x800000008000000A,
    0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
};

/* Offsets of the step rho for the lane at [x + 5 * y]. */
static const unsigned rotations[LANES] = {0,  1,  62, 28, 27, 36, 44, 6,  55, 20, 3,  10, 43,
                                          25, 39, 41, 45, 15, 21, 8,  18, 2,  61, 56, 14};

static uint64_t rotate(uint64_t lane, unsigned by) {
    return by ? lane << by | lane >> (64 - by) : lane;
}

static void theta(uint64_t state[LANES]) {
    uint64_t parity[5];
    for (unsigned x = 0; x < 5; x++)
        parity[x] = state[x] ^ state[x + 5] ^ state[x + 10] ^ state[x + 15] ^ state[x + 20];
    for (unsigned i = 0; i < LANES; i++) state[i] ^= parity[(i + 4) % 5] ^ rotate(parity[(i + 1) % 5], 1);
}

static void permute(uint64_t state[LANES]) {
    for (unsigned round = 0; round < ROUNDS; round++) {
        uint64_t moved[LANES];
        theta(state);
        for (unsigned y = 0; y < 5; y++) /* rho and pi */
            for (unsigned x = 0; x < 5; x++)
                moved[y + 5 * ((2 * x + 3 * y) % 5)] = rotate(state[x + 5 * y], rotations[x + 5 * y]);
        for (unsigned y = 0; y < 5; y++) /* chi */
            for (unsigned x = 0; x < 5; x++)
                state[x + 5 * y] = moved[x + 5 * y] ^ (~moved[(x + 1) % 5 + 5 * y] & moved[(x + 2) % 5 + 5 * y]);
        state[0] ^= round_constants[round]; /* iota */
    }
}

static void absorb(uint64_t state[LANES], const uint8_t block[RATE_BYTES]) {
    for (unsigned i = 0; i < RATE_BYTES; i++) state[i / 8] ^= (uint64_t)block[i] << (8 * (i % 8));
    permute(state);
}

void mz_keccak_256(const uint8_t *data, size_t size, uint8_t ret_digest[MZ_KECCAK_BYTES]) {
    uint64_t state[LANES] = {0};
    uint8_t last[RATE_BYTES] = {0};
    for (; size >= RATE_BYTES; data += RATE_BYTES, size -= RATE_BYTES) absorb(state, data);
    if (size) memcpy(last, data, size);
    last[size] = 0x01;
    last[RATE_BYTES - 1] |= 0x80;
    absorb(state, last);
    for (unsigned i = 0; i < MZ_KECCAK_BYTES; i++) ret_digest[i] = (uint8_t)(state[i / 8] >> (8 * (i % 8)));
}
