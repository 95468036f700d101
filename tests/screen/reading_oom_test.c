/* A name is read when memory runs out. */
#include "mizan/reading.h"

#include "oom.h"
#include "test.h"

static mz_status read_names(void *context, mz_error *error) {
    static char text[60000];
    mz_reading *reading;
    for (size_t i = 0; i < sizeof text; i++) text[i] = i % 9 == 8 ? ' ' : "bakidomunefo"[i % 12];
    mz_status status = mz_reading_new(MZ_SCHEMA_Person, MZ_STR("Dr Abdurrahman عبد الرحمن 王小明"), &reading, error);
    if (status) return status;
    *(size_t *)context = reading->word_count;
    mz_reading_free(reading);
    status = mz_reading_new(MZ_SCHEMA_Company, (mz_str){text, sizeof text}, &reading, error);
    if (!status) mz_reading_free(reading);
    return status;
}

TEST(a_failed_allocation_is_an_error_and_nothing_leaks) {
    size_t words = 0;
    CHECK(mz_oom_each(read_names, &words) > 2);
    CHECK_INT(7, words);
}

TEST_MAIN()
