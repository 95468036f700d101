/* Screening when memory runs out: every allocation of making a screener and of its queries fails in turn, and a query
 * that failed leaves the screener of use. */
#include "listed.h"
#include "oom.h"

#include <stdio.h>
#include <string.h>

static const char query[] =
    "{\"id\":\"q\",\"schema\":\"Person\",\"properties\":{\"name\":[\"Zeinab Morjani\",\"Idris Ben "
    "Zahi\"],\"birthDate\":\"1970\",\"passportNumber\":\"ZZ777888\",\"nationality\":\"ma\","
    "\"birthPlace\":\"Fez\",\"address\":\"Lantern Street 7, "
    "Fez\"},\"filter\":{\"exclude_topics\":\"role.pep\",\"lists\":[\"invented\"]}}";

static mz_status screen_once(void *context, mz_error *error) {
    mz_screener *screener = NULL;
    const mz_str id = MZ_STR("inv-02");
    const mz_filter filter = {.values = {[MZ_FILTER_EXCLUDE_ENTITIES] = {&id, 1}}};
    mz_screen_options options = {.threshold = 0.5, .limit = 10, .filter = &filter};
    mz_str answer;
    size_t hits = 0;
    mz_status status = mz_screener_new(context, &options, &screener, error);
    if (!status) status = mz_screen_json(screener, mz_str_of(query), &answer, &hits, error);
    /* when one allocation failed, the second try has the memory: and finds everything */
    if (status == MZ_ERR_MEMORY && screener && !mz_screen_json(screener, mz_str_of(query), &answer, &hits, error) &&
        hits != 4)
        status = MZ_ERR_REFUSED;
    if (!status && hits != 4) status = MZ_ERR_REFUSED;
    mz_screener_free(screener);
    return status;
}

TEST(screening_without_memory_is_an_error_that_passes) {
    union {
        const mz_index *index;
        void *context;
    } listed = {listed_index()};
    size_t count = mz_oom_each(screen_once, listed.context);
    printf("# %zu allocations\n", count);
    CHECK(count > 15);
}

/* A budget that is used up: names and entities are put in order before they are cut. */
static mz_status screen_within_budget(void *context, mz_error *error) {
    mz_screener *screener = NULL;
    mz_screen_options options = {.threshold = 0.5, .limit = 10, .budget = 60000};
    mz_str answer;
    size_t hits = 0;
    mz_status status = mz_screener_new(context, &options, &screener, error);
    if (!status) status = mz_screen_json(screener, mz_str_of(query), &answer, &hits, error);
    if (!status && !memmem(answer.data, answer.size, "\"cut\":", 6)) status = MZ_ERR_REFUSED;
    mz_screener_free(screener);
    return status;
}

TEST(screening_within_a_budget_without_memory_is_an_error) {
    union {
        const mz_index *index;
        void *context;
    } listed = {listed_index()};
    CHECK(mz_oom_each(screen_within_budget, listed.context) > 15);
}

static mz_status compare_once(void *context, mz_error *error) {
    mz_comparer *comparer = NULL;
    const mz_comparison *comparison;
    (void)context;
    mz_status status = mz_comparer_new(NULL, &comparer, error);
    if (!status)
        status = mz_compare_names(comparer, MZ_SCHEMA_Person, MZ_STR("Zeinab Morjani"), MZ_STR("زينب المرجاني"),
                                  &comparison, error);
    mz_comparer_free(comparer);
    return status;
}

TEST(comparing_without_memory_is_an_error) {
    CHECK(mz_oom_each(compare_once, NULL) > 2);
}

TEST_MAIN()
