/* Two texts, divided by a zero byte, as places, addresses and numbers: taken apart in bounded memory, compared the same
 * from both sides, never taking less than nothing. */
#include "match/entity_score.h"
#include "match/place.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void compare(mz_property property, mz_str a, mz_str b, mz_arena *arena) {
    mz_trait left, right;
    mz_findings there, back;
    mz_fact query = {.property = property, .value = a}, entity = {.property = property, .value = b};
    if (!mz_trait_of(&query, &left) || !mz_trait_of(&entity, &right)) return;
    (void)mz_traits_prepare(&left, 1, arena);
    (void)mz_traits_prepare(&right, 1, arena);
    mz_compare_traits(&mz_default_prices, &left, 1, &right, 1, &there);
    mz_compare_traits(&mz_default_prices, &right, 1, &left, 1, &back);
    if (there.count != back.count || there.cost < 0) abort();
    if (there.cost < back.cost || there.cost > back.cost || there.bits < back.bits || there.bits > back.bits) abort();
    if (mz_identified(&there) != mz_traits_identify(&left, 1, &right, 1)) abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const mz_property properties[] = {MZ_PROP_birthPlace, MZ_PROP_address,   MZ_PROP_idNumber,
                                             MZ_PROP_imoNumber,  MZ_PROP_birthDate, MZ_PROP_deathDate};
    const uint8_t *zero = size ? memchr(data, 0, size) : NULL;
    size_t first = zero ? (size_t)(zero - data) : size;
    mz_str a = {(const char *)data, first}, b = {(const char *)data + first, size - first};
    if (b.size) b = (mz_str){b.data + 1, b.size - 1};
    mz_arena arena;
    mz_arena_init(&arena, 1 << 20);
    for (size_t p = 0; p < sizeof properties / sizeof properties[0]; p++) compare(properties[p], a, b, &arena);
    bool failed = arena.failed && !arena.starved;
    mz_arena_done(&arena);
    if (failed) abort(); /* two texts of any length need less */
    return 0;
}
