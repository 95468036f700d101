#include "base/arena.h"

#include "base/error.h"
#include "oom.h"
#include "test.h"

enum { MEGABYTE = 1024 * 1024 };

TEST(memory_is_zeroed_and_aligned_for_any_type) {
    mz_arena arena;
    mz_arena_init(&arena, MEGABYTE);
    for (size_t size = 1; size < 300; size += 7) {
        unsigned char *bytes = MZ_ARENA_NEW(&arena, size, unsigned char);
        mz_test_case("%zu bytes", size);
        CHECK(bytes != NULL);
        CHECK_INT(0, (uintptr_t)bytes % _Alignof(max_align_t));
        for (size_t i = 0; i < size; i++) CHECK_INT(0, bytes[i]);
        memset(bytes, 0xA5, size);
    }
    mz_arena_done(&arena);
}

TEST(no_bytes_are_still_an_address) {
    mz_arena arena;
    mz_arena_init(&arena, MEGABYTE);
    CHECK(mz_arena_alloc(&arena, 0, 8) != NULL);
    CHECK(mz_arena_alloc(&arena, 8, 0) != NULL);
    CHECK(!arena.failed);
    mz_arena_done(&arena);
}

TEST(a_copy_has_a_nul_behind_it_that_is_not_counted) {
    mz_arena arena;
    mz_arena_init(&arena, MEGABYTE);
    mz_str copy = mz_arena_copy(&arena, MZ_STR("ميزان"));
    CHECK_STR(MZ_STR("ميزان"), copy);
    CHECK_INT('\0', copy.data[copy.size]);
    mz_str empty = mz_arena_copy(&arena, (mz_str){0});
    CHECK_INT(0, empty.size);
    CHECK_TEXT("", empty.data);
    mz_arena_done(&arena);
}

TEST(printing_takes_what_it_needs) {
    mz_arena arena;
    mz_arena_init(&arena, MEGABYTE);
    CHECK_STR(MZ_STR("un-17 of 40"), mz_arena_print(&arena, "%s-%d of %zu", "un", 17, (size_t)40));
    mz_str wide = mz_arena_print(&arena, "%*d", 50000, 7);
    CHECK_INT(50000, wide.size);
    CHECK_INT('7', wide.data[wide.size - 1]);
    mz_arena_done(&arena);
}

TEST(earlier_objects_stay_where_they_are) {
    mz_arena arena;
    mz_arena_init(&arena, 64 * MEGABYTE);
    uint32_t *kept[4000];
    for (uint32_t i = 0; i < 4000; i++) {
        kept[i] = MZ_ARENA_NEW(&arena, 1000, uint32_t);
        CHECK(kept[i] != NULL);
        kept[i][0] = kept[i][999] = i;
    }
    for (uint32_t i = 0; i < 4000; i++) CHECK(kept[i][0] == i && kept[i][999] == i);
    mz_arena_done(&arena);
}

TEST(the_ceiling_holds_and_failure_stays) {
    mz_arena arena;
    mz_arena_init(&arena, MEGABYTE);
    size_t given = 0;
    while (mz_arena_alloc(&arena, 1, 1000)) given += 1000;
    CHECK(arena.failed && !arena.starved);
    CHECK(given <= MEGABYTE && arena.used_bytes <= MEGABYTE);
    CHECK(given > MEGABYTE * 9 / 10); /* and is used to the end */
    CHECK(mz_arena_alloc(&arena, 1, 1) == NULL);
    CHECK_INT(0, mz_arena_copy(&arena, MZ_STR("x")).size);
    CHECK_TEXT("", mz_arena_print(&arena, "x").data);
    mz_arena_done(&arena);
}

TEST(one_object_may_be_as_large_as_the_ceiling) {
    mz_arena arena;
    mz_arena_init(&arena, MEGABYTE);
    CHECK(mz_arena_alloc(&arena, 1, MEGABYTE) != NULL);
    CHECK(!arena.failed);
    mz_arena_reset(&arena);
    CHECK(mz_arena_alloc(&arena, 1, MEGABYTE + 1) == NULL);
    mz_arena_done(&arena);
}

TEST(sizes_that_overflow_are_a_failure) {
    static const size_t sizes[][2] = {
        {SIZE_MAX, 2}, {2, SIZE_MAX}, {SIZE_MAX / 2 + 1, 2}, {SIZE_MAX, 1}, {1, SIZE_MAX - 7}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        mz_arena arena;
        mz_arena_init(&arena, SIZE_MAX);
        mz_test_case("%zu times %zu", sizes[i][0], sizes[i][1]);
        CHECK(mz_arena_alloc(&arena, sizes[i][0], sizes[i][1]) == NULL);
        CHECK(arena.failed);
        mz_arena_done(&arena);
    }
}

TEST(reset_forgets_contents_and_failure_and_keeps_one_block) {
    mz_arena arena;
    mz_arena_init(&arena, MEGABYTE);
    while (mz_arena_alloc(&arena, 1, 5000)) {
    }
    mz_arena_reset(&arena);
    CHECK(!arena.failed);
    size_t kept = arena.used_bytes;
    CHECK(kept > 0 && kept < MEGABYTE);
    unsigned char *again = MZ_ARENA_NEW(&arena, 5000, unsigned char);
    CHECK(again != NULL);
    for (size_t i = 0; i < 5000; i++) CHECK_INT(0, again[i]);
    CHECK_INT(kept, arena.used_bytes);
    mz_arena_done(&arena);
    CHECK_INT(0, arena.used_bytes);
}

TEST(an_arena_may_be_used_again_when_done) {
    mz_arena arena;
    mz_arena_init(&arena, 100000);
    mz_arena_reset(&arena);
    CHECK(mz_arena_alloc(&arena, 1, 60000) != NULL);
    mz_arena_done(&arena);
    CHECK(mz_arena_alloc(&arena, 1, 60000) != NULL);
    mz_arena_done(&arena);
    mz_arena_done(&arena);
}

TEST(a_ceiling_is_told_from_a_lack_of_memory) {
    mz_arena arena;
    mz_error error;
    mz_arena_init(&arena, 1000);
    (void)mz_arena_alloc(&arena, 1, 2000);
    CHECK_INT(MZ_ERR_LIMIT, mz_fail_arena(&arena, &error, "the row"));
    CHECK_TEXT("the row takes more than the 1000 bytes of memory allowed", error.text);
    arena.starved = true;
    CHECK_INT(MZ_ERR_MEMORY, mz_fail_arena(&arena, &error, "the row"));
    mz_arena_done(&arena);
}

static mz_status fill_an_arena(void *context, mz_error *error) {
    (void)context;
    mz_arena arena;
    mz_arena_init(&arena, 8 * MEGABYTE);
    for (int i = 0; i < 500; i++) {
        (void)mz_arena_alloc(&arena, 100, 10);
        (void)mz_arena_copy(&arena, MZ_STR("a name"));
        (void)mz_arena_print(&arena, "%d", i);
    }
    mz_status status = arena.failed ? mz_fail_arena(&arena, error, "the test") : MZ_OK;
    mz_arena_done(&arena);
    return status;
}

TEST(a_failed_allocation_is_remembered_and_leaks_nothing) {
    CHECK(mz_oom_each(fill_an_arena, NULL) < 10); /* half a megabyte in doubling blocks */
}

TEST_MAIN()
