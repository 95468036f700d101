/* What an entity is that does not say so: by a sanction in its record, its list, or the data set it comes from. */
#include "lists/kind.h"

#include "entity/record.h"
#include "mizan/store.h"
#include "test.h"

#include <stdio.h>

static mz_error error;

/* The kind of an entity of `list`, as "sanction, export.control". */
static const char *kind_of(const char *list, const char *dataset, unsigned flags, bool sanctioned) {
    static char told[200];
    mz_builder *builder;
    const mz_record *record;
    mz_str topics[MZ_KIND_TOPICS_MOST];
    CHECK_OK(mz_builder_new(1 << 16, MZ_DATE_DAY_FIRST, &builder, &error), error);
    mz_builder_start(builder, mz_str_of(list));
    unsigned entity = mz_builder_entity(builder, MZ_SCHEMA_Person, MZ_STR("k-1"), (mz_position){0});
    (void)mz_builder_add(builder, entity, MZ_PROP_name, MZ_STR("Amina Tazi"), (mz_position){0});
    if (dataset) {
        mz_fact *fact = mz_builder_add(builder, entity, MZ_PROP_publisher, mz_str_of(dataset), (mz_position){0});
        if (fact) fact->flags |= flags;
    }
    if (sanctioned) (void)mz_builder_entity(builder, MZ_SCHEMA_Sanction, MZ_STR("k-2"), (mz_position){0});
    CHECK_OK(mz_builder_finish(builder, &record, &error), error);
    size_t count = mz_list_kind(record, topics), size = 0;
    told[0] = '\0';
    for (size_t t = 0; t < count; t++)
        size += (size_t)snprintf(told + size, sizeof told - size, "%s%.*s", t ? ", " : "", (int)topics[t].size,
                                 topics[t].data);
    mz_builder_free(builder);
    return told;
}

TEST(lists_of_the_catalogue_are_of_a_kind) {
    size_t count;
    const mz_list_origin *origins = mz_list_origins(&count);
    for (size_t i = 0; i < count; i++) {
        mz_test_case("%s", origins[i].list);
        const char *wanted = strcmp(origins[i].list, "us-csl") == 0 ? "sanction, export.control" : "sanction";
        CHECK_TEXT(wanted, kind_of(origins[i].list, NULL, 0, false));
        for (size_t d = 0; d < MZ_ORIGIN_DATASETS_MOST && origins[i].datasets[d]; d++)
            CHECK_TEXT(wanted, kind_of("ftm", origins[i].datasets[d], MZ_FACT_DERIVED, false));
        CHECK(origins[i].datasets[0] != NULL);
    }
}

TEST(of_other_lists_nothing_is_known) {
    CHECK_TEXT("", kind_of("house", NULL, 0, false));
    CHECK_TEXT("", kind_of("", "", MZ_FACT_DERIVED, false));
    CHECK_TEXT("", kind_of("uno", "un_sc_sanctions_2", MZ_FACT_DERIVED, false));
    CHECK_TEXT("", kind_of("house", "us_csl", 0, false)); /* a publisher that somebody wrote, not a data set */
}

TEST(a_record_with_a_sanction_is_of_somebody_sanctioned) {
    CHECK_TEXT("sanction", kind_of("house", NULL, 0, true));
    CHECK_TEXT("sanction", kind_of("us-csl", "us_csl", MZ_FACT_DERIVED, true));
}

TEST_MAIN()
