/* Scans of words in blocks with the vectors of a processor. On x86-64: 16 words at once where there is SSSE3, 32 where
 * there is AVX2, 64 where there is AVX-512 with look-ups and packing of bytes (VBMI, VBMI2), as is found out when the
 * program runs. On aarch64: 16, by NEON, which is always there. Written with intrinsics: a look-up in a table of 32
 * bytes is an instruction to three there, and nothing that the compiler's own vectors would become. */
#include "match/sound_scan.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

/* ---- SSSE3 ---- */

#define SCAN_TARGET_SSSE3 __attribute__((target("ssse3")))
#define INLINE_SSSE3 SCAN_TARGET_SSSE3 static inline __attribute__((always_inline))

/* A look-up takes 4 bits within 16 bytes, and gives 0 where the highest bit is set: so that of a code's two keys one
 * is always nothing. */
typedef struct keys_ssse3 {
    __m128i low, high; /* codes of 0…15, and of 16…31 */
} keys_ssse3;

INLINE_SSSE3 keys_ssse3 keys_of_ssse3(__m128i codes) {
    return (keys_ssse3){_mm_add_epi8(codes, _mm_set1_epi8(INT8_MAX - 15)), _mm_sub_epi8(codes, _mm_set1_epi8(16))};
}

INLINE_SSSE3 __m128i look_ssse3(const uint8_t *table, keys_ssse3 keys) {
    __m128i low = _mm_loadu_si128((const void *)table), high = _mm_loadu_si128((const void *)(table + 16));
    return _mm_or_si128(_mm_shuffle_epi8(low, keys.low), _mm_shuffle_epi8(high, keys.high));
}

INLINE_SSSE3 uint32_t within_ssse3(__m128i costs, __m128i most) {
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(costs, most), costs));
}

INLINE_SSSE3 __m128i elsewhere_ssse3(__m128i bits, __m128i bit) {
    return _mm_cmpeq_epi8(_mm_and_si128(bits, bit), _mm_setzero_si128());
}

#define SCAN scan_ssse3
#define SCAN_TARGET SCAN_TARGET_SSSE3
#define SCAN_LANES 16
#define SCAN_VECTOR __m128i
#define SCAN_KEYS keys_ssse3
#define SCAN_SPLAT(byte) _mm_set1_epi8((char)(byte))
#define SCAN_LOAD(from) _mm_loadu_si128((const void *)(from))
#define SCAN_STORE(to, costs) _mm_storeu_si128((void *)(to), costs)
#define SCAN_ADD _mm_adds_epu8
#define SCAN_LEAST _mm_min_epu8
#define SCAN_AND _mm_and_si128
#define SCAN_CODES keys_of_ssse3
#define SCAN_LOOK look_ssse3
#define SCAN_WITHIN within_ssse3
#define SCAN_OR _mm_or_si128
#define SCAN_ELSEWHERE elsewhere_ssse3
#define SCAN_LOW _mm_unpacklo_epi8
#define SCAN_HIGH _mm_unpackhi_epi8
#define SCAN_PACK _mm_packus_epi16
#define SCAN_SPLAT16(value) _mm_set1_epi16((short)(value))
#define SCAN_ADD16 _mm_add_epi16
#define SCAN_LEAST16 _mm_min_epi16
#define SCAN_ABOVE16 _mm_cmpgt_epi16
#define SCAN_HIGH16(costs) _mm_srli_epi16(costs, 8)
#define SCAN_GATHER mz_block_gather_plain
#include "match/sound_scan.inc"

/* ---- AVX2 ---- */

#define SCAN_TARGET_AVX2 __attribute__((target("avx2")))
#define INLINE_AVX2 SCAN_TARGET_AVX2 static inline __attribute__((always_inline))

/* As those of SSSE3: a look-up stays within its half. */
typedef struct keys_avx2 {
    __m256i low, high; /* codes of 0…15, and of 16…31 */
} keys_avx2;

INLINE_AVX2 keys_avx2 keys_of_avx2(__m256i codes) {
    return (keys_avx2){_mm256_add_epi8(codes, _mm256_set1_epi8(INT8_MAX - 15)),
                       _mm256_sub_epi8(codes, _mm256_set1_epi8(16))};
}

INLINE_AVX2 __m256i look_avx2(const uint8_t *table, keys_avx2 keys) {
    __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)table));
    __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)(table + 16)));
    return _mm256_or_si256(_mm256_shuffle_epi8(low, keys.low), _mm256_shuffle_epi8(high, keys.high));
}

INLINE_AVX2 uint32_t within_avx2(__m256i costs, __m256i most) {
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(costs, most), costs));
}

INLINE_AVX2 __m256i elsewhere_avx2(__m256i bits, __m256i bit) {
    return _mm256_cmpeq_epi8(_mm256_and_si256(bits, bit), _mm256_setzero_si256());
}

#define SCAN scan_avx2
#define SCAN_TARGET SCAN_TARGET_AVX2
#define SCAN_LANES 32
#define SCAN_VECTOR __m256i
#define SCAN_KEYS keys_avx2
#define SCAN_SPLAT(byte) _mm256_set1_epi8((char)(byte))
#define SCAN_LOAD(from) _mm256_loadu_si256((const void *)(from))
#define SCAN_STORE(to, costs) _mm256_storeu_si256((void *)(to), costs)
#define SCAN_ADD _mm256_adds_epu8
#define SCAN_LEAST _mm256_min_epu8
#define SCAN_AND _mm256_and_si256
#define SCAN_CODES keys_of_avx2
#define SCAN_LOOK look_avx2
#define SCAN_WITHIN within_avx2
#define SCAN_OR _mm256_or_si256
#define SCAN_ELSEWHERE elsewhere_avx2
#define SCAN_LOW _mm256_unpacklo_epi8
#define SCAN_HIGH _mm256_unpackhi_epi8
#define SCAN_PACK _mm256_packus_epi16
#define SCAN_SPLAT16(value) _mm256_set1_epi16((short)(value))
#define SCAN_ADD16 _mm256_add_epi16
#define SCAN_LEAST16 _mm256_min_epi16
#define SCAN_ABOVE16 _mm256_cmpgt_epi16
#define SCAN_HIGH16(costs) _mm256_srli_epi16(costs, 8)
#define SCAN_GATHER mz_block_gather_plain
#include "match/sound_scan.inc"

/* ---- AVX-512 ---- */

#define SCAN_TARGET_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2")))

SCAN_TARGET_AVX512 static void gather_avx512(const mz_block_column *columns, size_t count, uint64_t mask,
                                             mz_block_batch *batch) {
    static const uint8_t lanes[MZ_BLOCK_LANES] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                                  16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                                  32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                                  48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
    for (size_t i = 0; i < count; i++)
        _mm512_storeu_si512((void *)(batch->phones[i] + batch->count),
                            _mm512_maskz_compress_epi8(mask, _mm512_loadu_si512((const void *)columns[i].at)));
    _mm512_storeu_si512((void *)(batch->lanes + batch->count),
                        _mm512_maskz_compress_epi8(mask, _mm512_loadu_si512((const void *)lanes)));
    batch->count += (size_t)__builtin_popcountll(mask);
}

#define SCAN scan_avx512
#define SCAN_TARGET SCAN_TARGET_AVX512
#define SCAN_LANES 64
#define SCAN_VECTOR __m512i
#define SCAN_KEYS __m512i
#define SCAN_SPLAT(byte) _mm512_set1_epi8((char)(byte))
#define SCAN_LOAD(from) _mm512_loadu_si512((const void *)(from))
#define SCAN_STORE(to, costs) _mm512_storeu_si512((void *)(to), costs)
#define SCAN_ADD _mm512_adds_epu8
#define SCAN_LEAST _mm512_min_epu8
#define SCAN_AND _mm512_and_si512
#define SCAN_CODES(codes) (codes)
#define SCAN_LOOK(table, codes)                                                                                        \
    _mm512_permutexvar_epi8(codes, _mm512_castsi256_si512(_mm256_loadu_si256((const void *)(table))))
#define SCAN_WITHIN(costs, most) _mm512_cmple_epu8_mask(costs, most)
#define SCAN_OR _mm512_or_si512
#define SCAN_ELSEWHERE(bits, bit) _mm512_movm_epi8(_mm512_testn_epi8_mask(bits, bit))
#define SCAN_LOW _mm512_unpacklo_epi8
#define SCAN_HIGH _mm512_unpackhi_epi8
#define SCAN_PACK _mm512_packus_epi16
#define SCAN_SPLAT16(value) _mm512_set1_epi16((short)(value))
#define SCAN_ADD16 _mm512_add_epi16
#define SCAN_LEAST16 _mm512_min_epi16
#define SCAN_ABOVE16(costs, most) _mm512_movm_epi16(_mm512_cmpgt_epi16_mask(costs, most))
#define SCAN_HIGH16(costs) _mm512_srli_epi16(costs, 8)
#define SCAN_GATHER gather_avx512
#include "match/sound_scan.inc"

size_t mz_block_scans_fast(const mz_block_scan *scans[MZ_BLOCK_SCANS_MOST]) {
    size_t count = 0;
    if (__builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
        __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
        scans[count++] = &scan_avx512;
    if (__builtin_cpu_supports("avx2")) scans[count++] = &scan_avx2;
    if (__builtin_cpu_supports("ssse3")) scans[count++] = &scan_ssse3;
    return count;
}

#elif defined(__aarch64__) && defined(__ARM_NEON)
#include <arm_neon.h>

/* ---- NEON ---- */

static inline __attribute__((always_inline)) uint8x16_t look_neon(const uint8_t *table, uint8x16_t codes) {
    uint8x16x2_t both = {{vld1q_u8(table), vld1q_u8(table + 16)}};
    return vqtbl2q_u8(both, codes);
}

static inline __attribute__((always_inline)) uint32_t within_neon(uint8x16_t costs, uint8x16_t most) {
    static const uint8_t bits[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t within = vandq_u8(vcleq_u8(costs, most), vld1q_u8(bits));
    return vaddv_u8(vget_low_u8(within)) | (uint32_t)vaddv_u8(vget_high_u8(within)) << 8;
}

#define WIDE_NEON(operation, left, right)                                                                              \
    vreinterpretq_u8_u16(operation(vreinterpretq_u16_u8(left), vreinterpretq_u16_u8(right)))

static inline __attribute__((always_inline)) uint8x16_t pack_neon(uint8x16_t low, uint8x16_t high) {
    return vcombine_u8(vqmovn_u16(vreinterpretq_u16_u8(low)), vqmovn_u16(vreinterpretq_u16_u8(high)));
}

#define SCAN scan_neon
#define SCAN_TARGET
#define SCAN_LANES 16
#define SCAN_VECTOR uint8x16_t
#define SCAN_KEYS uint8x16_t
#define SCAN_SPLAT vdupq_n_u8
#define SCAN_LOAD vld1q_u8
#define SCAN_STORE vst1q_u8
#define SCAN_ADD vqaddq_u8
#define SCAN_LEAST vminq_u8
#define SCAN_AND vandq_u8
#define SCAN_CODES(codes) (codes)
#define SCAN_LOOK look_neon
#define SCAN_WITHIN within_neon
#define SCAN_OR vorrq_u8
#define SCAN_ELSEWHERE(bits, bit) vmvnq_u8(vtstq_u8(bits, bit))
#define SCAN_LOW vzip1q_u8
#define SCAN_HIGH vzip2q_u8
#define SCAN_PACK pack_neon
#define SCAN_SPLAT16(value) vreinterpretq_u8_u16(vdupq_n_u16((uint16_t)(value)))
#define SCAN_ADD16(left, right) WIDE_NEON(vaddq_u16, left, right)
#define SCAN_LEAST16(left, right) WIDE_NEON(vminq_u16, left, right)
#define SCAN_ABOVE16(costs, most) WIDE_NEON(vcgtq_u16, costs, most)
#define SCAN_HIGH16(costs) vreinterpretq_u8_u16(vshrq_n_u16(vreinterpretq_u16_u8(costs), 8))
#define SCAN_GATHER mz_block_gather_plain
#include "match/sound_scan.inc"

size_t mz_block_scans_fast(const mz_block_scan *scans[MZ_BLOCK_SCANS_MOST]) {
    scans[0] = &scan_neon;
    return 1;
}

#else
size_t mz_block_scans_fast(const mz_block_scan *scans[MZ_BLOCK_SCANS_MOST]) {
    (void)scans;
    return 0;
}
#endif
