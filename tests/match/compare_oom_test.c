/* Two names compared when memory runs out: every allocation fails in turn, and a comparer that failed once compares
 * again as if nothing had been. */
#include "mizan/screen.h"

#include "oom.h"
#include "test.h"

static mz_status compare(void *context, mz_error *error) {
    mz_comparer *comparer;
    const mz_comparison *found;
    mz_status status = mz_comparer_new(NULL, &comparer, error);
    if (status) return status;
    status = mz_compare_names(comparer, MZ_SCHEMA_Person, MZ_STR("Dr Abd al-Rahman Salaheddine Sabbagh"),
                              MZ_STR("عبدالرحمن صلاح الدين الصباغ"), &found, error);
    if (!status) *(double *)context = found->score;
    /* names long enough that the arena takes another block, and the first two again */
    if (!status) {
        static char text[60000];
        for (size_t i = 0; i < sizeof text; i++) text[i] = i % 9 == 8 ? ' ' : "bakidomunefo"[i % 12];
        mz_str name = {text, sizeof text};
        status = mz_compare_names(comparer, MZ_SCHEMA_Company, name, name, &found, error);
    }
    mz_comparer_free(comparer);
    return status;
}

TEST(a_failed_allocation_is_an_error_and_nothing_leaks) {
    double score = 0;
    CHECK(mz_oom_each(compare, &score) > 2);
    CHECK(score > 0.8);
}

TEST(nothing_is_freed_by_freeing_nothing) {
    mz_comparer_free(NULL);
}

TEST_MAIN()
