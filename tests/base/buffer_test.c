#include "base/buffer.h"

#include "base/error.h"
#include "oom.h"
#include "test.h"

TEST(an_empty_buffer_is_viewed_as_empty_text) {
    mz_buffer buffer;
    mz_buffer_init(&buffer, 10);
    mz_buffer_append(&buffer, NULL, 0);
    CHECK_INT(0, mz_buffer_view(&buffer).size);
    CHECK_TEXT("", mz_buffer_view(&buffer).data);
    mz_buffer_done(&buffer);
}

TEST(pieces_are_put_one_behind_the_other) {
    mz_buffer buffer;
    mz_buffer_init(&buffer, 1000);
    mz_buffer_str(&buffer, MZ_STR("one"));
    mz_buffer_char(&buffer, ' ');
    mz_buffer_print(&buffer, "%d-%s", 2, "two");
    mz_buffer_append(&buffer, "\0three", 6);
    CHECK_STR(MZ_STR("one 2-two\0three"), mz_buffer_view(&buffer));
    CHECK_INT('\0', buffer.data[buffer.size]);
    mz_buffer_done(&buffer);
}

TEST(a_nul_stands_behind_the_text_at_every_step) {
    mz_buffer buffer;
    mz_buffer_init(&buffer, 100000);
    for (size_t i = 0; i < 5000; i++) {
        mz_buffer_char(&buffer, 'x');
        CHECK_INT(i + 1, strlen(buffer.data));
    }
    mz_buffer_clear(&buffer);
    CHECK_TEXT("", buffer.data);
    CHECK(mz_buffer_reserve(&buffer, 50000));
    CHECK_TEXT("", buffer.data);
    mz_buffer_done(&buffer);
}

TEST(the_ceiling_is_the_number_of_bytes_that_fit) {
    static const size_t ceilings[] = {0, 1, 255, 256, 257, 1000, 4096};
    for (size_t i = 0; i < sizeof ceilings / sizeof *ceilings; i++) {
        mz_buffer buffer;
        mz_test_case("ceiling %zu", ceilings[i]);
        mz_buffer_init(&buffer, ceilings[i]);
        for (size_t n = 0; n < ceilings[i]; n++) mz_buffer_char(&buffer, 'x');
        CHECK(!buffer.failed);
        CHECK_INT(ceilings[i], buffer.size);
        CHECK(buffer.capacity <= ceilings[i] + 1);
        mz_buffer_char(&buffer, 'x');
        CHECK(buffer.failed && !buffer.starved);
        CHECK_INT(ceilings[i], buffer.size);
        mz_buffer_done(&buffer);
    }
}

TEST(failure_stays_until_cleared_and_adds_nothing) {
    mz_buffer buffer;
    mz_buffer_init(&buffer, 5);
    mz_buffer_str(&buffer, MZ_STR("1234"));
    mz_buffer_str(&buffer, MZ_STR("56"));
    CHECK(buffer.failed);
    mz_buffer_str(&buffer, MZ_STR("5"));
    mz_buffer_print(&buffer, "%d", 5);
    CHECK(!mz_buffer_reserve(&buffer, 0));
    CHECK_STR(MZ_STR("1234"), mz_buffer_view(&buffer));
    mz_buffer_clear(&buffer);
    mz_buffer_print(&buffer, "%s", "12345");
    CHECK(!buffer.failed);
    CHECK_STR(MZ_STR("12345"), mz_buffer_view(&buffer));
    mz_buffer_done(&buffer);
}

TEST(sizes_that_overflow_are_a_failure) {
    mz_buffer buffer;
    mz_buffer_init(&buffer, SIZE_MAX);
    mz_buffer_char(&buffer, 'x');
    CHECK(!mz_buffer_reserve(&buffer, SIZE_MAX));
    CHECK(buffer.failed);
    mz_buffer_clear(&buffer);
    CHECK(!mz_buffer_reserve(&buffer, SIZE_MAX)); /* the NUL behind it no longer counts */
    CHECK(buffer.failed);
    mz_buffer_done(&buffer);
}

static mz_status fill_a_buffer(void *context, mz_error *error) {
    (void)context;
    mz_buffer buffer;
    mz_buffer_init(&buffer, 1 << 20);
    for (int i = 0; i < 20000; i++) mz_buffer_print(&buffer, "line %d\n", i);
    bool failed = buffer.failed;
    mz_buffer_done(&buffer);
    return failed ? mz_fail_memory(error) : MZ_OK;
}

TEST(a_failed_allocation_is_remembered_and_leaks_nothing) {
    CHECK(mz_oom_each(fill_a_buffer, NULL) < 16); /* growth doubles */
}

TEST(a_ceiling_is_told_from_a_lack_of_memory) {
    mz_buffer buffer;
    mz_error error;
    mz_buffer_init(&buffer, 3);
    mz_buffer_append(&buffer, "four", 4);
    CHECK_INT(MZ_ERR_LIMIT, mz_fail_buffer(&buffer, &error, "a key"));
    CHECK_TEXT("a key takes more than the 3 bytes allowed", error.text);
    buffer.starved = true;
    CHECK_INT(MZ_ERR_MEMORY, mz_fail_buffer(&buffer, &error, "a key"));
    mz_buffer_done(&buffer);
}

TEST_MAIN()
