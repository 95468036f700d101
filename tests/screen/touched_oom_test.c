/* Making a roster and asking it when memory runs out: each allocation fails in turn, and nothing is left behind. */
#include "mizan/watch.h"
#include "oom.h"
#include "test.h"

#include <stdio.h>

static const char *const names[] = {"Tamovel Zorvanek", "T. Zorvanek", "Zorvanek Steel Trading SARL", "Abd al-Zorvan",
                                    "Abdzorvan Tamovel"};

static mz_entity entity_of(size_t n, mz_fact facts[3]) {
    static const mz_schema schemata[] = {MZ_SCHEMA_Person, MZ_SCHEMA_Person, MZ_SCHEMA_Company, MZ_SCHEMA_LegalEntity,
                                         MZ_SCHEMA_Thing};
    static const char *const ids[] = {"a", "b", "c", "d", "e"};
    facts[0] = (mz_fact){.property = MZ_PROP_name, .value = mz_str_of(names[n])};
    facts[1] = (mz_fact){.property = MZ_PROP_passportNumber, .value = MZ_STR("ZZ777888")};
    return (mz_entity){.id = mz_str_of(ids[n]), .schema = schemata[n], .facts = facts, .fact_count = 2};
}

static mz_status build(const char *path, mz_error *error) {
    mz_roster_builder *builder = NULL;
    mz_status status = mz_roster_builder_new(path, &builder, error);
    for (size_t n = 0; n < sizeof names / sizeof *names && !status; n++) {
        mz_fact facts[3];
        mz_entity entity = entity_of(n, facts);
        status = mz_roster_builder_add(builder, entity.id, &entity, error);
    }
    if (!status) status = mz_roster_builder_finish(builder, MZ_STR("1"), 0, error);
    mz_roster_builder_free(builder);
    return status;
}

static mz_status touch(const char *path, const mz_index *changed, mz_error *error) {
    mz_roster *roster = NULL;
    mz_touched *touched = NULL;
    mz_touched_options options = {.screen = MZ_SCREEN_OPTIONS_INIT, .threads = 1};
    mz_status status = mz_roster_open(path, &roster, error);
    if (!status) status = mz_roster_touched(roster, changed, &options, &touched, error);
    if (!status && touched->subjects != 5) status = MZ_ERR_REFUSED; /* all bear one number */
    mz_touched_free(touched);
    mz_roster_close(roster);
    return status;
}

typedef struct made {
    char roster[512], index[512];
    mz_index *changed;
} made;

static mz_status build_and_touch(void *context, mz_error *error) {
    made *m = context;
    mz_status status = build(m->roster, error);
    return status ? status : touch(m->roster, m->changed, error);
}

TEST(a_roster_without_memory_is_an_error_and_not_a_crash) {
    mz_error error = {0};
    made m;
    mz_index_builder *builder;
    (void)snprintf(m.roster, sizeof m.roster, "%s/roster.mzr", mz_test_folder());
    (void)snprintf(m.index, sizeof m.index, "%s/changed.mzi", mz_test_folder());
    CHECK_OK(mz_index_builder_new(m.index, &builder, &error), error);
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        mz_fact facts[3];
        mz_entity entity = entity_of(n, facts);
        const mz_record record = {MZ_STR("test"), MZ_STR(""), MZ_STR(""), true, &entity, 1};
        CHECK_OK(mz_index_builder_add(builder, &record, &error), error);
    }
    CHECK_OK(mz_index_builder_finish(builder, &error), error);
    mz_index_builder_free(builder);
    CHECK_OK(mz_index_open(m.index, &m.changed, &error), error);
    size_t count = mz_oom_each(build_and_touch, &m);
    printf("# %zu allocations\n", count);
    CHECK(count > 50);
    mz_index_close(m.changed);
}

TEST_MAIN()
