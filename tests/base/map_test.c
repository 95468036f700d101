#include "base/map.h"

#include "base/arena.h"
#include "base/error.h"
#include "oom.h"
#include "test.h"

#include <stdio.h>

TEST(an_empty_map_finds_nothing) {
    mz_map map;
    mz_map_init(&map);
    CHECK(mz_map_get(&map, MZ_STR("x")) == NULL);
    CHECK(mz_map_get(&map, (mz_str){0}) == NULL);
    mz_map_done(&map);
}

TEST(put_enters_once_and_then_gives_what_is_there) {
    mz_map map;
    mz_map_init(&map);
    uint32_t *value = mz_map_put(&map, MZ_STR("a"), 7);
    CHECK(value != NULL);
    CHECK_INT(7, *value);
    CHECK_INT(7, *mz_map_put(&map, MZ_STR("a"), 8));
    *mz_map_get(&map, MZ_STR("a")) = 9;
    CHECK_INT(9, *mz_map_get(&map, MZ_STR("a")));
    CHECK_INT(1, map.count);
    mz_map_done(&map);
}

TEST(keys_are_bytes_with_a_length) {
    mz_map map;
    mz_map_init(&map);
    CHECK_INT(1, *mz_map_put(&map, MZ_STR("a\0b"), 1));
    CHECK_INT(2, *mz_map_put(&map, MZ_STR("a\0c"), 2));
    CHECK_INT(3, *mz_map_put(&map, MZ_STR("a"), 3));
    CHECK_INT(4, *mz_map_put(&map, MZ_STR(""), 4));
    CHECK_INT(4, *mz_map_put(&map, (mz_str){0}, 5)); /* no bytes, however they are written */
    CHECK_INT(1, *mz_map_get(&map, MZ_STR("a\0b")));
    CHECK_INT(4, map.count);
    mz_map_done(&map);
}

TEST(a_hundred_thousand_keys_are_all_found) {
    enum { KEYS = 100000 };
    mz_map map;
    mz_arena arena;
    mz_map_init(&map);
    mz_arena_init(&arena, 64 << 20);
    for (uint32_t i = 0; i < KEYS; i++) CHECK_INT(i, *mz_map_put(&map, mz_arena_print(&arena, "key %u", i), i));
    CHECK_INT(KEYS, map.count);
    CHECK(map.capacity <= (size_t)KEYS * 4);
    for (uint32_t i = 0; i < KEYS; i++) {
        char key[32];
        (void)snprintf(key, sizeof key, "key %u", i);
        const uint32_t *value = mz_map_get(&map, mz_str_of(key));
        mz_test_case("%s", key);
        CHECK(value != NULL);
        CHECK_INT(i, *value);
    }
    CHECK(mz_map_get(&map, MZ_STR("key 100000")) == NULL);
    mz_arena_done(&arena);
    mz_map_done(&map);
}

/* The first letters of 64-bit numbers: many keys that differ in few bits. */
TEST(similar_keys_do_not_meet) {
    static uint64_t keys[1 << 16];
    mz_map map;
    mz_map_init(&map);
    for (size_t i = 0; i < 1 << 16; i++) {
        keys[i] = (uint64_t)i << 40;
        CHECK(mz_map_put(&map, (mz_str){(const char *)&keys[i], sizeof keys[i]}, (uint32_t)i) != NULL);
    }
    CHECK_INT(1 << 16, map.count);
    mz_map_done(&map);
}

TEST(two_maps_do_not_share_their_seed) {
    mz_map one, other;
    mz_map_init(&one);
    mz_map_init(&other);
    (void)mz_map_put(&one, MZ_STR("x"), 1);
    (void)mz_map_put(&other, MZ_STR("x"), 1);
    CHECK(one.seed != other.seed);
    mz_map_done(&one);
    mz_map_done(&other);
}

static mz_status fill_a_map(void *context, mz_error *error) {
    static char keys[3000][8];
    mz_map map;
    bool all_found = true;
    uint32_t entered = 0;
    (void)context;
    mz_map_init(&map);
    for (; entered < 3000; entered++) {
        (void)snprintf(keys[entered], sizeof keys[entered], "%u", entered);
        if (!mz_map_put(&map, mz_str_of(keys[entered]), entered)) break;
    }
    for (uint32_t i = 0; i < entered; i++) {
        const uint32_t *value = mz_map_get(&map, mz_str_of(keys[i]));
        all_found = all_found && value && *value == i;
    }
    bool failed = map.failed;
    mz_map_done(&map);
    if (!all_found) return mz_fail(error, MZ_ERR_INPUT, "an entry was lost");
    if (failed != (entered < 3000)) return mz_fail(error, MZ_ERR_INPUT, "the failure was not remembered");
    return failed ? mz_fail_memory(error) : MZ_OK;
}

TEST(what_was_entered_before_a_failed_growth_is_still_found) {
    CHECK(mz_oom_each(fill_a_map, NULL) < 12);
}

TEST_MAIN()
