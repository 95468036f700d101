/* Scans over blocks of words with the vectors of processors of the x86-64 family: 32 words at once where there is AVX2,
 * 64 where there is AVX-512 with look-ups in bytes (VBMI). Written with intrinsics: a look-up in a table of 32 bytes is
 * an instruction or two there, and nothing that the compiler's own vectors would become. */
#include "match/sound_bound.h"

#include <string.h>

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>

/* ---- AVX2 ---- */

#define SCAN_TARGET_AVX2 __attribute__((target("avx2")))
#define INLINE_AVX2 SCAN_TARGET_AVX2 static inline __attribute__((always_inline))

/* A look-up takes 4 bits within 16 bytes, and gives 0 where the highest bit is set. */
typedef struct keys_avx2 {
    __m256i low, high; /* codes of 0…15, and of 16…31 */
} keys_avx2;

INLINE_AVX2 keys_avx2 keys_of_avx2(__m256i codes) {
    __m256i is_high = _mm256_cmpgt_epi8(codes, _mm256_set1_epi8(15)), none = _mm256_set1_epi8(INT8_MIN);
    return (keys_avx2){_mm256_or_si256(codes, is_high), _mm256_or_si256(codes, _mm256_andnot_si256(is_high, none))};
}

INLINE_AVX2 __m256i look_avx2(const uint8_t *table, keys_avx2 keys) {
    __m256i low = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)table));
    __m256i high = _mm256_broadcastsi128_si256(_mm_loadu_si128((const void *)(table + 16)));
    return _mm256_or_si256(_mm256_shuffle_epi8(low, keys.low), _mm256_shuffle_epi8(high, keys.high));
}

INLINE_AVX2 uint32_t within_avx2(__m256i costs, __m256i most) {
    return (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(costs, most), costs));
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
#define SCAN_CODES keys_of_avx2
#define SCAN_LOOK look_avx2
#define SCAN_WITHIN within_avx2
#include "match/sound_scan.inc"

/* ---- AVX-512 ---- */

#define SCAN_TARGET_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi")))

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
#define SCAN_CODES(codes) (codes)
#define SCAN_LOOK(table, codes)                                                                                        \
    _mm512_permutexvar_epi8(codes, _mm512_castsi256_si512(_mm256_loadu_si256((const void *)(table))))
#define SCAN_WITHIN(costs, most) _mm512_cmple_epu8_mask(costs, most)
#include "match/sound_scan.inc"

size_t mz_block_scans_fast(mz_block_scan *scans[MZ_BLOCK_SCANS_MOST]) {
    size_t count = 0;
    if (__builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vl"))
        scans[count++] = scan_avx512;
    if (__builtin_cpu_supports("avx2")) scans[count++] = scan_avx2;
    return count;
}
#else
size_t mz_block_scans_fast(mz_block_scan *scans[MZ_BLOCK_SCANS_MOST]) {
    (void)scans;
    return 0;
}
#endif
